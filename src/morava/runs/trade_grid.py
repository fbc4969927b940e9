"""The grid of a trade question: every donor of technology with every set of elasticities, all else at its middle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem
from morava.models.contract import as_model
from morava.models.inputs import Inputs
from morava.models.trade import neutral, trade
from morava.models.trade.path import is_goods
from morava.models.trade.setting import read_setting
from morava.plans.distributions import quantile
from morava.plans.types import Country, Distribution, Futures, Strategy
from morava.quantities import labelled
from morava.runs.simulate import apply_at_dates
from morava.runs.trade_changes import Labels


def central_inputs(country: Country, strategy: Strategy, futures: Futures) -> dict[str, xr.DataArray]:
    """Return the inputs of the model with every draw at its middle, over all donors with all sets of elasticities.

    The middle of a conflict is the side at which half of the weights is reached. `future` numbers the combinations,
    donors first.

    Raises
    ------
    MoravaError
        When the pack has no tables of trade, or something that is missing.
    """
    if not country.tables:
        what, mend = (
            f"the pack {country.name} has no tables of trade",
            "a world needs them: use a pack that has, serbia",
        )
        raise MoravaError(Problem(what, f"pack {country.name}", mend))
    half = np.array([0.5])
    uncertainties, conflicts = dict(futures.uncertainties), dict(country.conflicts)
    for name, one in futures.uncertainties.items():
        if not one.conflict:
            middle = float(quantile(one.distribution, half)[0])
            uncertainties[name] = replace(one, distribution=Distribution("empirical", {}, (middle,), ()))
        elif one.conflict in conflicts and conflicts[one.conflict].weights:
            weights = conflicts[one.conflict].weights
            chosen = int(quantile(one.distribution, half, weights)[0])
            only = tuple(float(side == chosen) for side in range(len(weights)))
            conflicts[one.conflict] = replace(conflicts[one.conflict], weights=only)
    middle_of = replace(country, conflicts=conflicts), replace(futures, uncertainties=uncertainties)
    known = needed(apply_at_dates(middle_of[0], strategy, middle_of[1], futures.seed, [0]).known)
    given = {name: one.isel(future=0, drop=True) if "future" in one.dims else one for name, one in known.items()}
    for name, array in given.items():
        array.attrs.update(known[name].attrs)
    donors, sets = (given["world_technology"].sizes["donor"], given["trade_elasticity"].sizes["elasticity_set"])
    pairs = np.array(list(product(range(donors), range(sets))))
    for name, column, many in (("trade_donor_draw", 0, donors), ("trade_elasticity_draw", 1, sets)):
        given[name] = labelled(name, (pairs[:, column] + 0.5) / many, {"future": list(range(len(pairs)))})
    return given


def needed(known: Mapping[str, xr.DataArray]) -> dict[str, xr.DataArray]:
    """Return what the model needs of all that is known, the country's own factors being neutral.

    A question to the trade model alone is answered without the model of the economy.
    """
    own = neutral(known, known["trade_solve_year"].to_numpy())
    return {name: own[name] if name in own else known[name] for name in as_model(trade).needs}


def labels_of(inputs: Mapping[str, xr.DataArray]) -> Labels:
    """Return the words that questions to a world may use."""
    read = Inputs(inputs, "trade")
    setting = read_setting(read)
    world, goods = setting.world, is_goods(setting)
    groups = {bloc: tuple(np.array(world.regions)[np.array(setting.blocs) == bloc]) for bloc in setting.blocs}
    return Labels(
        regions=world.regions,
        sectors=world.sectors,
        goods=tuple(sector for sector, one in zip(world.sectors, goods, strict=True) if one),
        blocs={bloc: tuple(map(str, members)) for bloc, members in groups.items() if len(members) > 1},
        first_year=int(read.number("world_year")),
        last_year=int(read.array("trade_solve_year", "item").max()),
    )
