"""Lower what the power program needs beside facts and series: its calendar, and what the plan takes of its budget."""

from __future__ import annotations

from collections.abc import Mapping

import xarray as xr

from morava.plans.types import Strategy
from morava.quantities import labelled
from morava.runs.request import Detail


def calendar_inputs(detail: Detail) -> dict[str, xr.DataArray]:
    """Return the years and weeks that the program is solved for."""
    labels = [str(year) for year in detail.years]
    return {
        "power_solve_year": labelled("power_solve_year", list(detail.years), {"item": labels}),
        "power_solve_weeks": labelled("power_solve_weeks", detail.weeks),
    }


def budget_committed(strategy: Strategy, known: Mapping[str, xr.DataArray]) -> dict[str, xr.DataArray]:
    """Return what initiatives of the power budget's envelope, and of those inside it, cost when they are done.

    Parameters
    ----------
    known : mapping of DataArray
        `initiative_outturn` [initiative], million money, and `power_budget_envelope`, text.
    """
    envelope = str(known["power_budget_envelope"].item())
    inside = {envelope}
    while grown := {name for name, one in strategy.envelopes.items() if one.part_of in inside} - inside:
        inside |= grown
    outturn = known["initiative_outturn"]
    paid = [
        name
        for name in outturn.coords["initiative"].to_numpy()
        if name in strategy.initiatives and strategy.initiatives[name].envelope in inside
    ]
    total = outturn.sel(initiative=paid).sum("initiative")
    total.name, total.attrs["unit"] = "power_budget_committed", "million money"
    return {"power_budget_committed": total}
