"""Output, exports, jobs and public debt as the model of the economy would have foreseen them, without any plan.

Accounts, capital, productivity, unemployment and debt are those of the base year; the labour force goes on as before.
Taken as they were: growth of partners, terms of trade, and the mean of foreign investment. Elasticities and all else
are those of today and are told as kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem, nearest
from morava.models.contract import Model, as_model
from morava.models.economy.model import economy
from morava.plans.draws import draw
from morava.plans.trade_tables import needs_tables
from morava.plans.types import Country, Futures, Uncertainty
from morava.quantities import find, labelled
from morava.runs.apply import apply_world
from morava.runs.backtest_history import frozen, kept_of, known, observed, series
from morava.runs.backtest_scores import Array
from morava.runs.backtest_types import Forecast, Kept, Origin
from morava.runs.evidence import Evidence, array_from_facts, gather
from morava.runs.guard import run
from morava.runs.lower_trade import table_in_money

ACCOUNTS = "social_accounts"
PRODUCT_ROLES = ("labour", "capital", "production tax", "import duty", "commodity tax", "use tax")
"""Roles whose receipts make up gross domestic product."""
CHUNK = 50
"""Futures solved side by side: more take more memory and no less time."""
NO_PLAN = "no plan"
Inputs = dict[str, xr.DataArray]


def economy_forecast(country: Country, futures: Futures, origin: Origin, count: int) -> Forecast:
    """Return output, exports and jobs (100 in the base year) and debt (percent of output) in every year of an origin.

    Raises
    ------
    MoravaError
        When the pack lacks something, or no future finds an equilibrium.
    """
    model = as_model(economy)
    evidence = gather(country, futures, {})
    given, kept = inputs_of(country, evidence, model, origin)
    parts: list[Mapping[str, Array]] = []
    lost: dict[str, int] = {}
    for start in range(0, count, CHUNK):
        numbers = np.arange(start, min(start + CHUNK, count))
        parts += answered(model, country, futures, evidence, given, numbers, origin, lost)
    if not parts:
        raise MoravaError(
            Problem(
                f"no future finds an equilibrium: {next(iter(lost))}", f"back-test of {origin.freeze}",
                "mend the accounts of the base year, or its outside conditions",
            )
        )  # fmt: skip
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    values = {
        name: {year: found[:, place + 1] for place, year in enumerate(origin.years)} for name, found in whole.items()
    }
    notes = [f"freeze {origin.freeze}: {many} of {count} futures left out: {why}" for why, many in lost.items()]
    names = sorted(drawn_here(futures, model))
    return Forecast(values, kept, (f"spread of the economy: today's distributions of {', '.join(names)}", *notes))


def drawn_here(futures: Futures, model: Model) -> dict[str, Uncertainty]:
    """Return the uncertainties of the pack that move what the model needs, but those that set what an origin sets."""
    fixed = set(of_origin())
    return {
        name: one
        for name, one in futures.uncertainties.items()
        if one.quantity in model.needs and not (one.verb == "set" and one.quantity in fixed)
    }


def answered(
    model: Model,
    country: Country,
    futures: Futures,
    evidence: Evidence,
    given: Inputs,
    numbers: np.ndarray,
    origin: Origin,
    lost: dict[str, int],
) -> list[Mapping[str, Array]]:
    """Return what some futures say; a future without an equilibrium is left out, counted in `lost` by its reason."""
    try:
        drawn = moved(country, futures, evidence, model, given, numbers, origin)
        return [outcome(country, origin, run(model, drawn), len(numbers), drawn)]
    except MoravaError as error:
        if len(numbers) == 1:
            reason = error.problems[0].what
            lost[reason] = lost.get(reason, 0) + 1
            return []
    half = len(numbers) // 2
    return [
        *answered(model, country, futures, evidence, given, numbers[:half], origin, lost),
        *answered(model, country, futures, evidence, given, numbers[half:], origin, lost),
    ]


def moved(
    country: Country, futures: Futures, evidence: Evidence, model: Model, given: Inputs, numbers: np.ndarray,
    origin: Origin,
) -> Inputs:  # fmt: skip
    """Return inputs as the futures of the pack move them; what belongs to the origin is never set anew."""
    own = drawn_here(futures, model)
    pairs = {pair: rank for pair, rank in futures.correlations.items() if set(pair) <= set(own)}
    some = replace(futures, uncertainties=own, correlations=pairs)
    labels = {
        dim: given[one.quantity].coords[dim].to_numpy().tolist()
        for one in own.values()
        for dim in one.each
        if one.quantity in given
    }
    labels["year"] = [year for year in origin.years if year > origin.base]
    draws = draw(some, futures.seed, numbers, labels, country.conflicts)
    return apply_world(given, some, draws, evidence)


def inputs_of(country: Country, evidence: Evidence, model: Model, origin: Origin) -> tuple[Inputs, tuple[Kept, ...]]:
    """Return what the model needs at an origin but draws, and which quantities of today were kept.

    Raises
    ------
    MoravaError
        When a fact, a table or a series is missing.
    """
    known_by = frozen(country, origin)
    table = table_in_money(replace(known_by, facts=country.facts), ACCOUNTS, evidence)
    setters = of_origin()
    given: Inputs = {ACCOUNTS: table}
    kept: list[Kept | None] = []
    for name in model.needs:
        if name in setters:
            given[name] = setters[name](country, evidence, table, origin)
        elif name == ACCOUNTS or find(name).kind == "draw":
            continue
        elif needs_tables([name]):
            given[name] = table_in_money(country, name, evidence)
            kept.append(Kept(name, 1, ""))
        else:
            given[name] = array_from_facts(evidence, name)
            kept.append(kept_of(country, name, origin, known_by.facts))
    return given, tuple(one for one in kept if one is not None)


Setter = Callable[[Country, Evidence, xr.DataArray, Origin], xr.DataArray]


@cache
def of_origin() -> Mapping[str, Setter]:
    """Return how each input that belongs to an origin is made, by name."""
    return {
        "world_year": _number("world_year", lambda _country, origin: origin.base),
        "wage_year": _number("wage_year", lambda _country, origin: origin.base),
        "unemployment_initial": _of_base("past_unemployment_rate"),
        "foreign_investment_initial": _of_base("past_foreign_investment"),
        "public_investment_baseline": _of_base("past_public_investment"),
        "capital_depreciation": _of_base("past_depreciation"),
        "debt_social_accounts": _of_base("past_debt_ratio"),
        "productivity_gap": _number(
            "productivity_gap", lambda country, origin: -float(np.log(_at_base(country, "past_productivity", origin)))
        ),
        "foreign_investment_rate": _number("foreign_investment_rate", _mean_inflow),
        "labour_force_growth": _number("labour_force_growth", _force_growth),
        "raw_material_expansion": _number("raw_material_expansion", lambda _country, _origin: 1.0),
        "capital_stock_initial": _capital,
        "export_demand_factor": _world("export_demand_factor", _partners),
        "import_price_factor": _world("import_price_factor", _terms),
        "import_duty_factor": _world("import_duty_factor", lambda _country, origin: np.ones(len(origin.years))),
        "power_cost_factor": _by_year("power_cost_factor", 1.0),
        "guarantee_called": _by_year("guarantee_called", 0.0),
        "public_programme_reference": _by_year("public_programme_reference", 0.0),
        "foreign_programme_reference": _by_year("foreign_programme_reference", 0.0),
        "closure_budget": _closure,
        **{name: _programme(name) for name in PROGRAMME},
    }


PROGRAMME: Mapping[str, float | str] = {
    "initiative_cost": 0.0, "initiative_finish": float("inf"), "programme_works": 0.0,
    "initiative_capital_sector": "none", "initiative_import_share": 0.0, "initiative_sector_share": 0.0,
    "initiative_closed": 0.0, "lender_share": 0.0, "lender_public": 0.0, "lender_foreign": 0.0,
}  # fmt: skip
"""A programme of one initiative that is nothing."""


def _number(name: str, value: Callable[[Country, Origin], float]) -> Setter:
    return lambda country, _evidence, _table, origin: labelled(name, float(value(country, origin)))


def _at_base(country: Country, quantity: str, origin: Origin) -> float:
    found = series(country, quantity)
    if origin.base not in found:
        raise MoravaError(
            Problem(
                f"{quantity} has no fact of {origin.base}", f"facts of {country.name}",
                nearest(str(origin.base), [str(year) for year in found]),
            )
        )  # fmt: skip
    return found[origin.base]


def _of_base(quantity: str) -> Setter:
    names = {
        "past_unemployment_rate": "unemployment_initial", "past_foreign_investment": "foreign_investment_initial",
        "past_public_investment": "public_investment_baseline", "past_depreciation": "capital_depreciation",
        "past_debt_ratio": "debt_social_accounts",
    }  # fmt: skip
    return _number(names[quantity], lambda country, origin: _at_base(country, quantity, origin))


def _mean_inflow(country: Country, origin: Origin) -> float:
    inflow = series(country, "past_foreign_investment")
    return float(np.mean([inflow[year] for year in origin.years]))


def _force_growth(country: Country, origin: Origin) -> float:
    """Return the mean yearly growth of people who work or look for work, over the years that were known."""
    idle = series(country, "past_unemployment_rate")
    force = {year: at_work / (1 - idle[year]) for year, at_work in observed(country)["employment"].items()}
    values = known(force, origin)
    return float((values[-1] / values[0]) ** (1 / (len(values) - 1)) - 1)


def product_of(evidence: Evidence, table: xr.DataArray) -> float:
    """Return gross domestic product of accounts, in their money: what factors and taxes on products receive."""
    roles = array_from_facts(evidence, "account_role")
    names = [
        str(label)
        for label, role in zip(roles.coords["receiver"].to_numpy(), roles.to_numpy(), strict=True)
        if role in PRODUCT_ROLES
    ]
    return float(table.sel(receiver=names).sum(["receiver", "payer"]).mean())


def _capital(country: Country, evidence: Evidence, table: xr.DataArray, origin: Origin) -> xr.DataArray:
    ratio = _at_base(country, "past_capital_ratio", origin)
    return labelled("capital_stock_initial", ratio * product_of(evidence, table))


def _partners(country: Country, origin: Origin) -> Array:
    growth = series(country, "past_partner_growth")
    return np.asarray(np.cumprod([1 + growth[year] for year in origin.years]), dtype=np.float64)


def _terms(country: Country, origin: Origin) -> Array:
    """Return the price of imports over that of exports since the base; after the last figure it stays."""
    terms = series(country, "past_terms_of_trade")
    last = max(terms)
    return np.array([terms[origin.base] / terms[min(year, last)] for year in origin.years])


def _world(name: str, values: Callable[[Country, Origin], Array]) -> Setter:
    def made(country: Country, evidence: Evidence, _table: xr.DataArray, origin: Origin) -> xr.DataArray:
        sectors = table_in_money(country, "trade_elasticity", evidence).coords["sector"].to_numpy().tolist()
        rows = np.broadcast_to(values(country, origin), (len(sectors), len(origin.years)))
        return labelled(name, rows, {"sector": sectors, "year": list(origin.years)})

    return made


def _by_year(name: str, value: float) -> Setter:
    return lambda _country, _evidence, _table, origin: labelled(
        name, [value] * len(origin.years), {"year": list(origin.years)}
    )


def _closure(_country: Country, evidence: Evidence, _table: xr.DataArray, _origin: Origin) -> xr.DataArray:
    """Return the main closure alone: the others are no part of a forecast."""
    main = str(array_from_facts(evidence, "closure_main").item())
    return array_from_facts(evidence, "closure_budget").sel(closure=[main])


def _programme(name: str) -> Setter:
    def made(_country: Country, _evidence: Evidence, _table: xr.DataArray, origin: Origin) -> xr.DataArray:
        labels = {dim: list(origin.years) if dim == "year" else [NO_PLAN] for dim in find(name).dims}
        shape = [len(label) for label in labels.values()]
        return labelled(
            name, np.full(shape, PROGRAMME[name], dtype=object if name.endswith("sector") else float), labels
        )

    return made


def outcome(
    country: Country, origin: Origin, found: Mapping[str, xr.DataArray], count: int, given: Inputs
) -> dict[str, Array]:
    """Return output, exports and jobs (100 in the base year) and debt (percent), [future, year], base year first.

    Debt follows from the balance of each year: what is owed at home is counted in consumption, what is owed abroad in
    foreign money. It starts from what was observed.
    """
    names = ("gdp", "employment", "public_balance", "real_exchange_rate")
    output, jobs, balance, rate = (_plain(found[name], count) for name in names)
    sold = _plain((found["sector_export"] * found["sector_price"]).sum("sector"), count)
    abroad = np.broadcast_to(given["debt_foreign_share"].to_numpy(), (count,))
    debt = np.empty_like(output)
    debt[:, 0] = _at_base(country, "past_debt_ratio", origin)
    for year in range(1, output.shape[1]):
        dearer = 1 - abroad + abroad * rate[:, year] / rate[:, year - 1]
        debt[:, year] = debt[:, year - 1] * dearer * output[:, year - 1] / output[:, year] - balance[:, year]
    return {
        **{name: 100 * values / values[:, :1] for name, values in
           (("gdp", output), ("exports", sold), ("employment", jobs))},
        "debt_ratio": 100 * debt,
    }  # fmt: skip


def _plain(array: xr.DataArray, count: int) -> Array:
    whole = array if "future" in array.dims else array.expand_dims(future=count)
    return np.asarray(whole.transpose("future", "year").to_numpy(), dtype=np.float64)
