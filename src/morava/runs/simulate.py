"""What follows: some futures of one plan, from draws to results."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem, Problems
from morava.models.chain import DATES, DETAILED, given_by, models_behind
from morava.models.contract import Model, as_model, one_future
from morava.models.economy import economy
from morava.models.economy.initiatives import OF_OWNERS, foreign_programme
from morava.models.money.spending_model import spending
from morava.models.power import (
    DURATIONS,
    HOURLY,
    Library,
    System,
    assemble,
    calendar_of,
    power,
    power_from,
    power_in_hours,
)
from morava.models.trade import neutral, trade
from morava.plans.types import Country, Futures, Strategy
from morava.quantities import check, labelled
from morava.runs.apply import apply_plan
from morava.runs.calendar_check import CALENDAR_ERROR, calendar_error
from morava.runs.coupling import COUNTED, GIVEN, POWER, Power, couple, over_futures
from morava.runs.coupling import MADE_OF as COUPLING
from morava.runs.frozen_power import FrozenPower, freeze_power, since_first
from morava.runs.guard import run
from morava.runs.identities import check_identities
from morava.runs.join import join, join_values
from morava.runs.lower import Lowered, lower, models_for
from morava.runs.lower_money import TRENDS, trends
from morava.runs.lower_power import budget_committed, calendar_inputs
from morava.runs.request import Detail
from morava.runs.types import Outcome
from morava.runs.without import strategies_of

MADE_OF: Mapping[str, tuple[str, ...]] = {
    "power_budget_committed": ("envelope_spending",),
    **TRENDS,
    **COUPLING,
    "public_programme_reference": ("public_programme_spending",),
    "foreign_programme_reference": OF_OWNERS,
}
"""What a run makes between models, and of what."""
REFERENCES, DEMAND = ("public_programme_reference", "foreign_programme_reference"), "power_demand_path"
ROUGH_WEEKS = 8
"""Weeks of a year on which power is solved for its frozen answer within the coupling: a third of the time."""
PASSED_ON = (*GIVEN, *REFERENCES, DEMAND)
"""What a plan without an initiative takes of the plan with it."""
Agree = Callable[[Mapping[str, xr.DataArray], Sequence[int]], dict[str, xr.DataArray]]
"""Says what models pass to each other in some futures, of what is known."""


@dataclass(frozen=True)
class Simulated:
    """The results of some futures, what they were made from, and what could not be taken along, in words."""

    values: Mapping[str, xr.DataArray]
    lowered: Lowered
    notes: tuple[str, ...]
    hours: Mapping[str, xr.DataArray] = field(default_factory=dict)


def simulate(
    country: Country,
    strategy: Strategy,
    futures: Futures,
    seed: int,
    numbers: Sequence[int],
    detail: Detail | None = None,
    library: Library | None = None,
    asked: Collection[str] | None = None,
    frozen: FrozenPower | None = None,
    passed: Mapping[str, xr.DataArray] | None = None,
) -> Simulated:
    """Run the chain on some futures.

    Parameters
    ----------
    country, strategy, futures
        What was read.
    seed
        Seed of all draws.
    numbers
        Which futures, by number; the result of each depends on its own number alone.
    detail
        How the power program is solved; without it, it is not.
    library
        Solved futures from which others are screened; without it the engine screens them.
    asked
        Quantities: only the models that give them, and those whose results these need, are answered beside the dates.
        Without it, all are.
    frozen
        What power answers within the coupling where it is not solved exactly; without it electricity costs what it did.
    passed
        `PASSED_ON` of the same futures of a like plan: what the world buys, what electricity costs and what room the
        programme takes then stay as they were there, so that what the plan does not spend is not spent.

    Raises
    ------
    MoravaError
        When a model's border is not kept, or an identity is broken.
    """
    start = apply_at_dates(country, strategy, futures, seed, numbers)
    behind = models_behind(given_by() if asked is None else asked, MADE_OF)
    rich = models_for(country)
    models = [model for model in rich if model in behind]
    if {*GIVEN, DEMAND} & {name for model in models for name in model.needs}.union(asked or ()):
        agree = partial(_passed, rich, detail if as_model(power) in models else None, frozen, passed)
    else:
        agree = None
    known = _run_models(models, start.known, numbers, detail, library, agree, in_hours=asked is None)
    known |= _gap(known, numbers)
    checked = [number for number in numbers if detail is not None and number < detail.check]
    if checked:
        known |= calendar_error(known, checked)
    check_identities(known)
    answered = (*given_by(), *TRENDS, *GIVEN, *REFERENCES, DEMAND, CALENDAR_ERROR)
    given = {name: known[name] for name in answered if name in known and "hour" not in known[name].dims}
    values = {
        name: over_futures(array, checked if name == CALENDAR_ERROR else numbers)
        for name, array in {**start.states, **given}.items()
    }
    hours = {name: known[name] for name in (*DURATIONS, *HOURLY) if name in known}
    return Simulated(values, start.lowered, (*start.lowered.notes, *start.notes), hours)


def _run_models(
    models: Sequence[Model],
    start: Mapping[str, xr.DataArray],
    numbers: Sequence[int],
    detail: Detail | None,
    library: Library | None = None,
    agree: Agree | None = None,
    until: Model | None = None,
    in_hours: bool = False,
) -> dict[str, xr.DataArray]:
    """Return what is known after some models in running order; once the programme is priced, the coupled agree."""
    known = dict(start)
    for model in models:
        if model is until:
            break
        known |= _answer(model, known, detail, numbers[0], library, in_hours)
        if model is as_model(spending) and agree:
            known |= agree(known, numbers)
    return known


def _passed(
    models: Collection[Model],
    detail: Detail | None,
    frozen: FrozenPower | None,
    passed: Mapping[str, xr.DataArray] | None,
    known: Mapping[str, xr.DataArray],
    numbers: Sequence[int],
) -> dict[str, xr.DataArray]:
    """Return what economy, trade and power pass to each other; what stands for it where no economy is modelled."""
    if as_model(economy) not in models:
        return neutral(known, known["trade_solve_year"].to_numpy()) if as_model(trade) in models else {}
    if passed:
        return dict(passed)
    reference = references(known)
    known = {**known, **reference}
    answered = detail is not None and as_model(power) in models
    years = detail.years if detail is not None and answered else frozen.years if frozen else (int(known["world_year"]),)

    def solve(asked: Mapping[str, xr.DataArray]) -> FrozenPower:
        return freeze_power({**asked, **_answer(as_model(power), asked, _rough(detail), numbers[0])})

    # What is solved exactly owes nothing to the frozen answer, which is made of it.
    exactly = detail is not None and answered and not detail.screens(numbers[0])
    agreed = couple(known, numbers, Power(years, None, solve) if exactly else Power(years, frozen, None))
    return {**reference, **agreed}


def references(known: Mapping[str, xr.DataArray]) -> dict[str, xr.DataArray]:
    """Return what of a programme takes the room of usual public works and of other foreign investment, by year."""
    public, foreign = REFERENCES
    return {public: known["public_programme_spending"].rename(public), foreign: foreign_programme(known)}


def _rough(detail: Detail | None) -> Detail | None:
    """Return how power is solved for its frozen answer: on some weeks, since the last solution is on all hours."""
    if detail is None or 0 < detail.weeks <= ROUGH_WEEKS:
        return detail
    return replace(detail, weeks=ROUGH_WEEKS)


def _gap(known: Mapping[str, xr.DataArray], numbers: Sequence[int]) -> dict[str, xr.DataArray]:
    """Return how far the cost of electricity that the coupling took is from what the power program then gave."""
    if COUNTED[0] not in known:
        return {}
    gap = np.zeros(len(numbers))
    if "power_cost_per_energy" in known:
        given = since_first(known["power_cost_per_energy"], known["power_cost_initial"])
        taken = known[POWER].sel(year=given.coords["year"].to_numpy())
        gap = abs(taken / given - 1).transpose("future", "year").to_numpy().max(axis=1)
    return {COUNTED[-1]: labelled(COUNTED[-1], gap, {"future": list(numbers)})}


@dataclass(frozen=True)
class Started:
    """Some futures of a plan before the models that follow its dates: what is known, and what the plan moved."""

    lowered: Lowered
    known: Mapping[str, xr.DataArray]
    states: Mapping[str, xr.DataArray]
    notes: tuple[str, ...]


def apply_at_dates(
    country: Country, strategy: Strategy, futures: Futures, seed: int, numbers: Sequence[int]
) -> Started:
    """Return some futures with their dates simulated and the plan applied at them."""
    lowered = lower(country, strategy, futures, seed, numbers)
    known = dict(lowered.inputs)
    for model in DATES:
        known |= run(model, known)
    states, notes = apply_plan(lowered.states, strategy, known, lowered.evidence, numbers)
    problems = Problems()
    for name, array in states.items():
        check(name, array, "the plan applied at its simulated dates", problems)
    problems.raise_if_any()
    return Started(lowered, {**known, **states}, states, tuple(notes))


def _answer(
    model: Model,
    known: Mapping[str, xr.DataArray],
    detail: Detail | None,
    first: int = 0,
    library: Library | None = None,
    in_hours: bool = False,
) -> dict[str, xr.DataArray]:
    """Return what one model adds to what is known; nothing where it was answered before, or is not asked for.

    `first` is the first of the futures; all of a chunk are answered as closely. Where that is by screening, power is
    answered from the library, and nothing else that takes its time. `in_hours`: what power gives by the hour is known
    too, of the first future of a run, and its curves of every future that is solved exactly.
    """
    if model in DATES:
        return {}
    if model not in DETAILED:
        between = trends(known) if set(TRENDS) <= set(model.needs) else {}
        return between | run(model, {**known, **between})
    if detail is None or (detail.screens(first) and model is not as_model(power)):
        return {}
    by = model
    if library and detail.screens(first):
        by = power_from(library)
    elif in_hours and model is as_model(power) and not detail.screens(first):
        by = power_in_hours(first == 0)
    extra = calendar_inputs(detail, first) | budget_committed(known)
    return extra | run(by, {**known, **extra})


def system_of(country: Country, strategy: Strategy, futures: Futures, seed: int, number: int, detail: Detail) -> System:
    """Return the power system of one future, as its program is built from.

    Raises
    ------
    MoravaError
        When the country has no power system.
    """
    if not country.series:
        raise MoravaError(
            Problem(f"{country.name} has no power system", f"pack {country.name}", "a power system needs hourly series")
        )
    start, model = apply_at_dates(country, strategy, futures, seed, [number]), as_model(power)
    rich = models_for(country)
    known = _run_models(
        rich, start.known, [number], detail, agree=partial(_passed, rich, detail, None, None), until=model
    )
    known |= calendar_inputs(detail) | budget_committed(known)
    inputs = one_future({name: known[name] for name in model.needs}, number)
    return assemble(inputs, calendar_of(inputs))


def solve_near(
    country: Country,
    strategy: Strategy,
    futures: Futures,
    seed: int,
    number: int,
    detail: Detail,
    frozen: FrozenPower,
) -> dict[str, xr.DataArray]:
    """Return what the power program answers in one future, where the coupling takes a frozen answer meanwhile.

    It is solved once, at the demand that goes with the frozen answer. What comes of it serves to compare two plans that
    are near each other.
    """
    start, model, rich = (
        apply_at_dates(country, strategy, futures, seed, [number]),
        as_model(power),
        models_for(country),
    )
    behind = [one for one in rich if one in models_behind(model.gives, MADE_OF) or one is model]
    agree = partial(_passed, rich, None, frozen, None)
    known = _run_models(behind, start.known, [number], None, agree=agree, until=model)
    known |= calendar_inputs(detail) | budget_committed(known)
    return {**known, **run(model, known)}


def before_economy(
    country: Country, strategy: Strategy, futures: Futures, seed: int, numbers: Sequence[int]
) -> Started:
    """Return what the model of the economy is told in some futures, with the links as they stood still.

    Raises
    ------
    MoravaError
        When the country has no social accounts beside tables of trade.
    """
    rich = models_for(country)
    if as_model(economy) not in rich:
        raise MoravaError(
            Problem(
                f"{country.name} has no economy", f"pack {country.name}", "give it social accounts and tables of trade"
            )
        )
    start = apply_at_dates(country, strategy, futures, seed, numbers)
    agree = partial(_passed, rich, None, None, None)
    known = _run_models(rich, start.known, numbers, None, agree=agree, until=as_model(economy))
    return replace(start, known=known, notes=(*start.lowered.notes, *start.notes))


def simulate_outcome(
    country: Country,
    strategy: Strategy,
    futures: Futures,
    seed: int,
    numbers: Sequence[int],
    detail: Detail | None = None,
    library: Library | None = None,
    frozen: FrozenPower | None = None,
) -> Outcome:
    """Run some futures, and again without each initiative that a test takes away; keep futures that fail, with reason.

    A chunk that fails is run again half by half, down to the future that fails, so that it costs no other.
    """
    return simulate_chunk(country, strategy, futures, seed, numbers, detail, library, frozen)[0]


def simulate_chunk(
    country: Country,
    strategy: Strategy,
    futures: Futures,
    seed: int,
    numbers: Sequence[int],
    detail: Detail | None,
    library: Library | None,
    frozen: FrozenPower | None,
) -> tuple[Outcome, Mapping[str, xr.DataArray]]:
    """Return what `simulate_outcome` does, and what is kept by the hour: of future 0, and curves of those solved."""
    try:
        found: dict[str, Mapping[str, xr.DataArray]] = {}
        hours: Mapping[str, xr.DataArray] = {}
        for name, one in strategies_of(strategy).items():
            asked, near = _asked(strategy, name), found.get("")
            start = {part: near[part] for part in PASSED_ON if part in near} if near and COUNTED[0] in near else None
            answered = simulate(
                country, one, futures, seed, numbers, _detail_of(name, detail), library, asked, frozen, start
            )
            found[name], hours = answered.values, hours or answered.hours
    except MoravaError as error:
        if len(numbers) == 1:
            return Outcome({}, {}, {int(numbers[0]): str(error)}, ""), {}
        parts = [
            simulate_chunk(country, strategy, futures, seed, half, detail, library, frozen)
            for half in (numbers[: len(numbers) // 2], numbers[len(numbers) // 2 :])
        ]
        return join([outcome for outcome, _ in parts], ""), join_values([kept for _, kept in parts])
    return Outcome(found.pop(""), found, {}, ""), hours


def _detail_of(initiative: str, detail: Detail | None) -> Detail | None:
    """Return how power is solved without an initiative: never on all hours too."""
    return replace(detail, check=0) if initiative and detail is not None else detail


def _asked(strategy: Strategy, initiative: str) -> set[str] | None:
    """Return the quantities that tests look at without an initiative; of the strategy itself everything is asked."""
    tests = [test for claim in strategy.claims.values() for test in claim.tests if test.without == initiative]
    return {test.measure.quantity for test in tests} if initiative else None
