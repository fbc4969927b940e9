"""Lower a country, a strategy and some futures to the arrays that models need."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from morava.errors import Problems
from morava.models.chain import CHAIN, DETAILED, WORLD, given_by, needs_hours
from morava.models.contract import Model, as_model
from morava.models.economy import economy
from morava.models.trade import trade
from morava.plans.draws import draw
from morava.plans.series import load_series
from morava.plans.trade_tables import needs_tables
from morava.plans.types import Country, Futures, Initiative, Strategy
from morava.quantities import find, glossary
from morava.runs.apply import apply_policies, apply_world
from morava.runs.coupling import BESIDE, PASSED
from morava.runs.coupling import WORLD as OF_TRADE
from morava.runs.evidence import Evidence, array_from_facts, gather
from morava.runs.lower_economy import initiative_closed
from morava.runs.lower_money import SWING, TRENDS, lower_money, lower_partners
from morava.runs.lower_schedule import lower_schedule, open_initiatives
from morava.runs.lower_trade import agreement_start, table_in_money, world_labels


@dataclass(frozen=True)
class Lowered:
    """The arrays that models need, the draws behind them, and what could not be taken along, in words."""

    inputs: Mapping[str, xr.DataArray]
    states: Mapping[str, xr.DataArray]
    draws: Mapping[str, xr.DataArray]
    evidence: Evidence
    notes: tuple[str, ...]


LATER = {
    "power_solve_year", "power_solve_weeks", "power_solve_tolerance", "power_budget_committed", *TRENDS, SWING, *PASSED,
    *OF_TRADE, "public_programme_reference", "foreign_programme_reference",
}  # fmt: skip
"""What a run, and not the pack, says: how the power program is solved, and what one model takes from another."""
WITHOUT = "the pack holds no {what}: {models} left out"


def models_for(country: Country) -> tuple[Model, ...]:
    """Return the models that a country is rich enough for.

    Without hourly series there is no power system, without tables of trade no world around the country.
    """
    left_out = {model for models in _left_out(country).values() for model in models}
    return tuple(model for model in CHAIN if model not in left_out)


def _left_out(country: Country) -> dict[str, list[Model]]:
    """Return the models that a country is not rich enough for, by what its pack lacks."""
    lacking = {
        "hourly series": [] if country.series else [model for model in CHAIN if needs_hours(model)],
        "tables of trade": [] if as_model(trade) in _tabled(country) else [as_model(trade)],
        "social accounts beside tables of trade": ([] if set(WORLD) <= set(_tabled(country)) else [as_model(economy)]),
    }
    return {what: models for what, models in lacking.items() if models}


def _tabled(country: Country) -> list[Model]:
    """Return the models for which a pack holds every table that they need."""
    held = {table.quantity for table in country.tables.values()}
    return [model for model in CHAIN if all(name in held for name in model.needs if needs_tables([name]))]


def grid_years(country: Country) -> list[int]:
    """Return the years for which models answer."""
    return list(range(country.first_year, country.last_year + 1))


def draw_labels(
    country: Country, strategy: Strategy, scheduled: Mapping[str, Initiative]
) -> dict[str, Sequence[object]]:
    """Return the labels over which an uncertainty with `each` has a stream of its own."""
    domains = sorted({f.where["domain"] for f in country.facts.values() if f.quantity == "partner_total"})
    attempts = max((s.gate_attempts for i in scheduled.values() for s in i.stages), default=1)
    return {
        "initiative": sorted(strategy.initiatives),
        "stage": [f"{n}/{s.name}" for n, i in sorted(scheduled.items()) for s in i.stages if not s.done],
        "reference_class": sorted(country.reference_classes),
        "year": grid_years(country),
        "domain": domains,
        "attempt": list(range(attempts)),
        **world_labels(country),
    }


def lower(country: Country, strategy: Strategy, futures: Futures, seed: int, numbers: Sequence[int]) -> Lowered:
    """Return everything that the models of the chain need for some futures.

    Parameters
    ----------
    country, strategy, futures
        What was read.
    seed
        Seed of all draws.
    numbers
        Which futures, by number.

    Raises
    ------
    MoravaError
        Every fact that is missing, every conflict that is not settled, every unit that does not fit: all at once.
    """
    problems = Problems()
    scheduled, notes = open_initiatives(country, strategy)
    labels = draw_labels(country, strategy, scheduled)
    draws = draw(futures, seed, np.asarray(numbers), labels, country.conflicts)
    evidence = gather(country, futures, draws)
    inputs: dict[str, xr.DataArray] = {}
    with problems.collecting():
        inputs |= lower_schedule(country, strategy, scheduled)
    with problems.collecting():
        inputs |= lower_money(country, strategy, scheduled, evidence, draws)
    with problems.collecting():
        inputs |= lower_partners(evidence)
    world = {u.quantity for u in futures.uncertainties.values() if u.quantity}
    models = models_for(country)
    wanted = {name for model in models for name in model.needs} - set(given_by()) - set(inputs) - LATER
    wanted -= {change.quantity for initiative in strategy.initiatives.values() for change in initiative.changes}
    if set(models) & set(DETAILED):
        wanted.add("power_budget_envelope")
    if "agreement_start" in wanted:
        with problems.collecting():
            inputs["agreement_start"] = agreement_start(country, strategy)
        wanted.remove("agreement_start")
    if as_model(economy) in models:
        with problems.collecting():
            inputs["initiative_closed"] = initiative_closed(country, strategy)
        wanted |= BESIDE if set(models) & set(DETAILED) else set()
        wanted.remove("initiative_closed")
    inputs |= _from_pack(country, evidence, futures, wanted, world, problems)
    states: dict[str, xr.DataArray] = {}
    for name in sorted(_moved(strategy, futures) - set(inputs)):
        if find(name).kind != "draw":
            with problems.collecting():
                states[name] = _carried_forward(array_from_facts(evidence, name), grid_years(country))
    problems.raise_if_any()
    moved = apply_policies(apply_world({**inputs, **states}, futures, draws, evidence), strategy, evidence)
    _fit_draws(moved)
    for what, lacking in _left_out(country).items():
        notes = [*notes, WITHOUT.format(what=what, models=", ".join(model.__name__ for model in lacking))]
    return Lowered(
        inputs={name: array for name, array in moved.items() if name not in states},
        states={name: moved[name] for name in states},
        draws=draws,
        evidence=evidence,
        notes=tuple(notes),
    )


def _from_pack(
    country: Country, evidence: Evidence, futures: Futures, wanted: Iterable[str], world: Collection[str],
    problems: Problems,
) -> dict[str, xr.DataArray]:  # fmt: skip
    """Return what models need of series, tables and facts; note what no fact gives and no uncertainty draws."""
    inputs: dict[str, xr.DataArray] = {}
    for name in sorted(wanted):
        if "hour" in find(name).dims:
            with problems.collecting():
                inputs[name] = load_series(country, name)
        elif needs_tables([name]):
            with problems.collecting():
                inputs[name] = table_in_money(country, name, evidence)
        elif find(name).kind != "draw":
            with problems.collecting():
                inputs[name] = array_from_facts(evidence, name)
        elif name not in world:
            problems.add(f"no uncertainty draws {name}", f"futures {futures.name}", f"add one that moves {name} by set")
    return inputs


def _moved(strategy: Strategy, futures: Futures) -> set[str]:
    by_plan = {c.quantity for i in strategy.initiatives.values() for c in i.changes}
    by_world = {u.quantity for u in futures.uncertainties.values() if u.quantity}
    return (by_plan | by_world) & set(glossary())


def _carried_forward(known: xr.DataArray, years: Sequence[int]) -> xr.DataArray:
    """Return a path over known and future years: between and after known years the last known value stands."""
    if "year" not in known.dims:
        return known
    grid = sorted({int(year) for year in known.coords["year"].to_numpy()} | set(years))
    first = int(known.coords["year"].min())
    path = known.reindex(year=[year for year in grid if year >= first], method="ffill")
    path.attrs.update(known.attrs)
    path.name = known.name
    return path


def _fit_draws(inputs: dict[str, xr.DataArray]) -> None:
    """Cut the draws of every label to the labels that the models see: streams belong to labels, not to positions."""
    reference = {
        "schedule_initiative_shock": "initiative_planned_duration",
        "schedule_cost_shock": "initiative_planned_duration",
        "schedule_stage_shock": "stage_share",
        "schedule_gate_draw": "stage_share",
        "schedule_class_shock": "reference_delay_factor",
        "guarantee_draw": "initiative_cost",
        "partner_rest_draw": "partner_total",
    }
    for name, like in reference.items():
        if name in inputs and like in inputs:
            shared = [dim for dim in inputs[name].dims if dim in inputs[like].dims and dim != "future"]
            attrs = inputs[name].attrs
            inputs[name] = inputs[name].sel({dim: inputs[like].coords[dim].to_numpy() for dim in shared})
            inputs[name].attrs.update(attrs)
