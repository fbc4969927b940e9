"""What follows: some futures of one plan, from draws to results."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import xarray as xr

from morava.errors import MoravaError, Problem, Problems
from morava.models.chain import APART, DATES, DETAILED, given_by
from morava.models.contract import Model, as_model, one_future
from morava.models.power import Library, System, assemble, calendar_of, power, power_from
from morava.plans.types import Country, Futures, Strategy
from morava.quantities import check
from morava.runs.apply import apply_plan
from morava.runs.calendar_check import CALENDAR_ERROR, calendar_error
from morava.runs.guard import run
from morava.runs.identities import check_identities
from morava.runs.lower import Lowered, lower, models_for
from morava.runs.lower_power import budget_committed, calendar_inputs
from morava.runs.request import Detail
from morava.runs.types import Outcome


@dataclass(frozen=True)
class Simulated:
    """The results of some futures, what they were made from, and what could not be taken along, in words."""

    values: Mapping[str, xr.DataArray]
    lowered: Lowered
    notes: tuple[str, ...]


def simulate(
    country: Country,
    strategy: Strategy,
    futures: Futures,
    seed: int,
    numbers: Sequence[int],
    detail: Detail | None = None,
    library: Library | None = None,
    leave_out: Collection[Model] = (),
) -> Simulated:
    """Run the whole chain on some futures.

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
    leave_out
        Models that nobody asks: none that is asked needs what they give.

    Raises
    ------
    MoravaError
        When a model's border is not kept, or an identity is broken.
    """
    start = apply_at_dates(country, strategy, futures, seed, numbers)
    known = dict(start.known)
    for model in models_for(country):
        if model in leave_out:
            continue
        known |= _answer(model, known, detail, numbers[0], library)
    checked = [number for number in numbers if detail is not None and number < detail.check]
    if checked:
        known |= calendar_error(known, checked)
    check_identities(known)
    answered = (*given_by(), CALENDAR_ERROR)
    given = {name: known[name] for name in answered if name in known and "hour" not in known[name].dims}
    values = {
        name: _over_futures(array, checked if name == CALENDAR_ERROR else numbers)
        for name, array in {**given, **start.states}.items()
    }
    return Simulated(values, start.lowered, (*start.lowered.notes, *start.notes))


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
) -> dict[str, xr.DataArray]:
    """Return what one model adds to what is known; nothing where it was answered before, or is not asked for.

    `first` is the first of the futures; all of a chunk are answered as closely. Where that is by screening, power is
    answered from the library, and nothing else that takes its time.
    """
    if model in DATES:
        return {}
    if model not in DETAILED:
        return run(model, known)
    if detail is None or (detail.screens(first) and model is not as_model(power)):
        return {}
    by = power_from(library) if library and detail.screens(first) else model
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
    known = dict(apply_at_dates(country, strategy, futures, seed, [number]).known)
    model = as_model(power)
    for before in models_for(country):
        if before is model:
            break
        known |= _answer(before, known, None)
    known |= calendar_inputs(detail) | budget_committed(known)
    inputs = one_future({name: known[name] for name in model.needs}, number)
    return assemble(inputs, calendar_of(inputs))


def _over_futures(array: xr.DataArray, numbers: Sequence[int]) -> xr.DataArray:
    """Return an array with `future` first, repeated where it does not vary."""
    name, attrs = array.name, dict(array.attrs)
    if "future" not in array.dims:
        array = array.expand_dims(future=list(numbers))
    array = array.transpose("future", ...).sel(future=list(numbers))
    array.name, array.attrs = name, attrs
    return array


def taken_away(strategy: Strategy) -> list[str]:
    """Return the initiatives that some test takes away, by name."""
    return sorted({test.without for claim in strategy.claims.values() for test in claim.tests if test.without})


def without(strategy: Strategy, initiative: str) -> Strategy:
    """Return the strategy as if an initiative were cancelled today; everything else stays."""
    cancelled = replace(strategy.initiatives[initiative], status="cancelled")
    others = {
        name: replace(one, depends_on=tuple(before for before in one.depends_on if before != initiative))
        for name, one in strategy.initiatives.items()
    }
    return replace(strategy, initiatives={**others, initiative: cancelled})


def strategies_of(strategy: Strategy) -> dict[str, Strategy]:
    """Return what is simulated: the strategy, under no name, and it without each initiative that a test takes away."""
    return {"": strategy} | {name: without(strategy, name) for name in taken_away(strategy)}


def simulate_outcome(
    country: Country,
    strategy: Strategy,
    futures: Futures,
    seed: int,
    numbers: Sequence[int],
    detail: Detail | None = None,
    library: Library | None = None,
) -> Outcome:
    """Run some futures, and again without each initiative that a test takes away; keep futures that fail, with reason.

    A chunk that fails is run again future by future, so that one bad future costs no other.
    """
    try:
        found = {
            name: simulate(
                country, one, futures, seed, numbers, _detail_of(strategy, name, detail), library,
                _unasked(strategy, name),
            ).values
            for name, one in strategies_of(strategy).items()
        }  # fmt: skip
    except MoravaError as error:
        if len(numbers) == 1:
            return Outcome({}, {}, {int(numbers[0]): str(error)}, "")
        return join(
            [simulate_outcome(country, strategy, futures, seed, [number], detail, library) for number in numbers], ""
        )
    return Outcome(found.pop(""), found, {}, "")


def _detail_of(strategy: Strategy, initiative: str, detail: Detail | None) -> Detail | None:
    """Return how power is solved without an initiative: not at all where no test asks, and never on all hours too."""
    if not initiative or detail is None:
        return detail
    return replace(detail, check=0) if _asks_power(strategy, initiative) else None


def _asks_power(strategy: Strategy, initiative: str) -> bool:
    """Return whether some test takes an initiative away and looks at what the power program gives."""
    return _asks(strategy, initiative, {name for model in DETAILED for name in model.gives})


def _asks(strategy: Strategy, initiative: str, given: Collection[str]) -> bool:
    """Return whether some test takes an initiative away and looks at one of the quantities."""
    tests = [test for claim in strategy.claims.values() for test in claim.tests if test.without == initiative]
    return any(test.measure.quantity in given for test in tests)


def _unasked(strategy: Strategy, initiative: str) -> tuple[Model, ...]:
    """Return the models that need not be run again without an initiative: no test looks at what they give."""
    if not initiative:
        return ()
    return tuple(model for model in APART if not _asks(strategy, initiative, model.gives))


def join(outcomes: Sequence[Outcome], run_name: str) -> Outcome:
    """Return several chunks of one run as one outcome, futures in order."""
    answered = [outcome for outcome in outcomes if outcome.values]
    failed = {number: reason for outcome in outcomes for number, reason in outcome.failed.items()}
    if not answered:
        return Outcome({}, {}, failed, run_name)
    values = _join_values([outcome.values for outcome in answered])
    other = {
        initiative: _join_values([outcome.without[initiative] for outcome in answered])
        for initiative in answered[0].without
    }
    return Outcome(values, other, failed, run_name)


def _join_values(parts: Sequence[Mapping[str, xr.DataArray]]) -> dict[str, xr.DataArray]:
    """Return every quantity over all the futures in which it was answered."""
    names = dict.fromkeys(name for part in parts for name in part)
    return {name: _join_arrays([part[name] for part in parts if name in part]) for name in names}


def _join_arrays(arrays: Sequence[xr.DataArray]) -> xr.DataArray:
    joined = xr.concat(arrays, dim="future", join="exact", combine_attrs="identical") if len(arrays) > 1 else arrays[0]
    return joined.sortby("future")
