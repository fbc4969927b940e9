"""Lower what the model of the economy needs beside facts: what part of standing plants the plan closes."""

from __future__ import annotations

import xarray as xr

from morava.errors import MoravaError, Problem, nearest
from morava.plans.types import Country, Strategy
from morava.quantities import labelled

SHARE = "initiative_sector_share"


def initiative_closed(country: Country, strategy: Strategy) -> xr.DataArray:
    """Return what part of the initiatives that stand in the base year closes: all of what is cancelled.

    Returns
    -------
    DataArray
        `initiative_closed` [initiative], 1.

    Raises
    ------
    MoravaError
        A fact on a plant that is no initiative of the strategy.
    """
    names = sorted(dict(fact.where)["initiative"] for fact in country.facts.values() if fact.quantity == SHARE)
    for name in names:
        if name not in strategy.initiatives:
            raise MoravaError(
                Problem(
                    f"{name} is no initiative of {strategy.name}",
                    f"facts of {SHARE}",
                    nearest(name, sorted(strategy.initiatives)),
                )
            )
    among = [strategy.initiatives[name] for name in names]
    closed = [1.0 if one.status == "cancelled" else max(1.0 - one.size, 0.0) for one in among]
    return labelled("initiative_closed", closed, {"initiative": names})
