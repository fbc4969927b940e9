"""The model `schedule`: from promises, classes and gates to dates and cost factors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from morava.errors import Problems
from morava.models.contract import model
from morava.models.schedule.durations import TwoPieceLognormal, mixed_shock, two_piece_lognormal
from morava.models.schedule.layout import future_labels, in_order, one_future, plain, values_of
from morava.models.schedule.plan import QUANTILES, STRUCTURE, Plan, own_share, read_plan
from morava.models.schedule.progress import Gates, walk
from morava.models.schedule.remaining import by_reference_class, by_slip_ledger
from morava.models.schedule.slips import pool_slips
from morava.quantities import find, labelled

FloatArray = NDArray[np.float64]

MONTHS_A_YEAR = 12


@model(
    gives=[
        "stage_finish",
        "initiative_finish",
        "initiative_cancelled",
        "initiative_cost_factor",
        "stage_critical",
        "slip_rate_estimate",
        "slip_rate_error",
        "slip_rate",
    ]
)
def schedule(
    schedule_as_of: xr.DataArray,
    initiative_planned_duration: xr.DataArray,
    initiative_elapsed: xr.DataArray,
    initiative_promise_remaining: xr.DataArray,
    initiative_promise_age: xr.DataArray,
    initiative_class: xr.DataArray,
    stage_initiative: xr.DataArray,
    stage_share: xr.DataArray,
    stage_precedes: xr.DataArray,
    stage_gate_pass: xr.DataArray,
    stage_gate_wait: xr.DataArray,
    stage_gate_attempts: xr.DataArray,
    reference_delay_factor: xr.DataArray,
    reference_cost_factor: xr.DataArray,
    schedule_programme_correlation: xr.DataArray,
    schedule_class_correlation: xr.DataArray,
    schedule_cost_correlation: xr.DataArray,
    schedule_stage_spread: xr.DataArray,
    schedule_slip_weight: xr.DataArray,
    schedule_programme_shock: xr.DataArray,
    schedule_class_shock: xr.DataArray,
    schedule_initiative_shock: xr.DataArray,
    schedule_cost_shock: xr.DataArray,
    schedule_stage_shock: xr.DataArray,
    schedule_gate_draw: xr.DataArray,
    schedule_view_draw: xr.DataArray,
    slip_rate_shock: xr.DataArray,
    slip_said: xr.DataArray,
    slip_date: xr.DataArray,
    slip_series: xr.DataArray,
) -> dict[str, xr.DataArray]:
    """Return when stages and initiatives are really finished, and at what multiple of their estimate.

    The equations, and why they are these, stand on the model page, `schedule`.

    Parameters
    ----------
    schedule_as_of
        [], year. The future is counted from here.
    initiative_planned_duration
        [initiative], month. From the first promise to the date that it named.
    initiative_elapsed
        [initiative], month. From the first promise to the day that the future is counted from.
    initiative_promise_remaining
        [initiative], month. From the latest promise to the date that it named. Zero says nothing about speed: then
        the reference class is used in every future.
    initiative_promise_age
        [initiative], month. From the latest promise to the day that the future is counted from.
    initiative_class
        [initiative], word. Reference class.
    stage_initiative
        [stage], word. Initiative of a stage.
    stage_share
        [stage], 1. Share in the remaining time of the initiative.
    stage_precedes
        [previous, stage], 1. One where a stage waits for another, of its own or another initiative.
    stage_gate_pass
        [stage], 1. Chance that one attempt at the gate succeeds.
    stage_gate_wait
        [stage], month. Time before the next attempt.
    stage_gate_attempts
        [stage], 1. Attempts before the initiative is cancelled.
    reference_delay_factor
        [reference_class, quantile], 1. Total time over time first promised, at p10, p50, p90.
    reference_cost_factor
        [reference_class, quantile], 1. Cost outturn over first estimate, at p10, p50, p90.
    schedule_programme_correlation
        [], 1. Share of the variance of delay common to all.
    schedule_class_correlation
        [], 1. Share of the variance of delay common to a class.
    schedule_cost_correlation
        [], 1. Correlation of the cost shock with the delay shock.
    schedule_stage_spread
        [], 1. Standard deviation of the logarithm of a stage's own factor.
    schedule_slip_weight
        [], 1. Share of futures that follow the slip ledger.
    schedule_programme_shock
        [], 1. Standard normal.
    schedule_class_shock
        [reference_class], 1. Standard normal.
    schedule_initiative_shock
        [initiative], 1. Standard normal.
    schedule_cost_shock
        [initiative], 1. Standard normal.
    schedule_stage_shock
        [stage], 1. Standard normal.
    schedule_gate_draw
        [stage, attempt], 1. Uniform.
    schedule_view_draw
        [], 1. Uniform; below the slip weight the future follows the ledger.
    slip_rate_shock
        [], 1. Standard normal.
    slip_said
        [promise], year. Day of a statement.
    slip_date
        [promise], year. Date that it named.
    slip_series
        [promise], word. Milestone that it spoke of.

    Returns
    -------
    dict
        The quantities named in `gives`, with `future` wherever an input carries it.

    Raises
    ------
    MoravaError
        Inputs that contradict each other or that the model cannot answer, all that one step finds at once.

    Identity
    --------
    initiative_finish is the latest stage_finish of the initiative; it is infinite where initiative_cancelled is one.

    Source
    ------
    Flyvbjerg and Gardner (2023) for reference classes; Kelley (1961) for the network; more on the model page.
    """
    arrays: dict[str, xr.DataArray] = dict(locals())
    futures = future_labels(arrays)
    if futures is not None and any("future" in arrays[name].dims for name in STRUCTURE):
        return _one_by_one(arrays, futures)
    plan = read_plan(arrays)
    values = _values(arrays, plan)
    size = 1 if futures is None else len(futures)
    slips = pool_slips(values["slip_said"], values["slip_date"], arrays["slip_series"].to_numpy().tolist())
    rate = slips.estimate + slips.error * values["slip_rate_shock"]
    left, rank = _remaining(plan, values, rate, size)
    ahead = values["initiative_promise_remaining"] - values["initiative_promise_age"]
    progress = walk(
        plan,
        left,
        own_share(plan, ahead),
        values["stage_share"],
        values["schedule_stage_spread"],
        values["schedule_stage_shock"],
        _gates(arrays, values, plan),
    )
    as_of = values["schedule_as_of"]
    by_stage = {"stage": list(plan.stages)}
    by_initiative = {"initiative": list(plan.initiatives)}
    results: dict[str, tuple[Any, dict[str, list[str]]]] = {
        "stage_finish": (as_of + progress.stage / MONTHS_A_YEAR, by_stage),
        "initiative_finish": (as_of + progress.finish / MONTHS_A_YEAR, by_initiative),
        "initiative_cancelled": (progress.cancelled, by_initiative),
        "initiative_cost_factor": (_cost(plan, values, rank), by_initiative),
        "stage_critical": (progress.critical, by_stage),
        "slip_rate_estimate": (slips.estimate, {}),
        "slip_rate_error": (slips.error, {}),
        "slip_rate": (rate, {}),
    }
    return {name: _as_array(name, *result, futures) for name, result in results.items()}


def _one_by_one(arrays: Mapping[str, xr.DataArray], futures: list[Any]) -> dict[str, xr.DataArray]:
    """Answer each future by itself, for plans that hang together in another way in each."""
    answers = [schedule(**one_future(arrays, position)) for position in range(len(futures))]
    return {
        name: labelled(
            name,
            np.stack([answer[name].to_numpy() for answer in answers]),
            {"future": futures, **{str(dim): first.coords[dim].to_numpy().tolist() for dim in first.dims}},
        )
        for name, first in answers[0].items()
    }


def _as_array(name: str, values: Any, coords: dict[str, list[str]], futures: list[Any] | None) -> xr.DataArray:
    if futures is None:
        return labelled(name, values[..., 0], coords)
    spread = np.broadcast_to(values, (*np.shape(values)[:-1], len(futures)))
    return labelled(name, np.ascontiguousarray(np.moveaxis(spread, -1, 0)), {"future": futures, **coords})


def _values(arrays: Mapping[str, xr.DataArray], plan: Plan) -> dict[str, NDArray[Any]]:
    """Return every number as a plain array, futures last; what is impossible is refused."""
    labels = {
        "initiative": plan.initiatives,
        "stage": plan.stages,
        "reference_class": plan.classes,
        "quantile": QUANTILES,
        "promise": tuple(arrays["slip_said"].indexes["promise"].tolist()),
    }
    problems = Problems()
    found: dict[str, NDArray[Any]] = {}
    for name, array in arrays.items():
        if name in STRUCTURE or name == "schedule_gate_draw":
            continue
        with problems.collecting():
            found[name] = plain(name, array, {dim: labels[dim] for dim in find(name).dims})
    with problems.collecting():
        in_order("slip_series", arrays["slip_series"], {"promise": labels["promise"]})
    problems.raise_if_any()
    for place, name in enumerate(plan.initiatives):
        if (found["initiative_planned_duration"][place] <= 0).any():
            problems.add(
                f"{name} was promised in no time at all",
                "initiative_planned_duration",
                "the first promise names a date after the day on which it was made",
            )
    if (np.abs(found["schedule_cost_correlation"]) > 1).any():
        problems.add("schedule_cost_correlation is beyond -1..1", "schedule", "give a correlation")
    problems.raise_if_any()
    return found


def _class_factor(name: str, plan: Plan, values: Mapping[str, FloatArray]) -> TwoPieceLognormal:
    """Return the factor of the class of each initiative, [initiative, future]."""
    p10, p50, p90 = (values[name][plan.class_of, quantile] for quantile in range(len(QUANTILES)))
    return two_piece_lognormal(p10, p50, p90, name)


def _remaining(
    plan: Plan, values: Mapping[str, FloatArray], rate: FloatArray, size: int
) -> tuple[FloatArray, FloatArray]:
    """Return the remaining time of each initiative in months, and the standard normal number of its delay."""
    z = mixed_shock(
        values["schedule_programme_shock"],
        values["schedule_class_shock"][plan.class_of],
        values["schedule_initiative_shock"],
        values["schedule_programme_correlation"],
        values["schedule_class_correlation"],
    )
    z = np.ascontiguousarray(np.broadcast_to(z, (len(plan.initiatives), size)))
    delay = _class_factor("reference_delay_factor", plan, values)
    promise, age = values["initiative_promise_remaining"], values["initiative_promise_age"]
    left, rank = by_reference_class(
        delay, values["initiative_planned_duration"], values["initiative_elapsed"], promise, age, z
    )
    follows = np.broadcast_to(values["schedule_view_draw"] < values["schedule_slip_weight"], (size,))
    slipped = by_slip_ledger(delay, np.where(promise > 0, promise, 1.0), age, rate, z)
    return np.where(follows & (promise > 0), slipped, left), rank


def _cost(plan: Plan, values: Mapping[str, FloatArray], rank: FloatArray) -> FloatArray:
    """Return the cost factor; its shock leans on the delay that is known so far, not on the one expected at first."""
    lean = values["schedule_cost_correlation"]
    z = lean * rank + np.sqrt(1.0 - lean**2) * values["schedule_cost_shock"]
    return _class_factor("reference_cost_factor", plan, values).quantile(z)


def _gates(arrays: Mapping[str, xr.DataArray], values: Mapping[str, FloatArray], plan: Plan) -> Gates:
    chance, attempts = values["stage_gate_pass"], values["stage_gate_attempts"]
    stages = np.flatnonzero((chance < 1).any(axis=-1))
    draw = arrays["schedule_gate_draw"]
    numbers = sorted(draw.indexes["attempt"].tolist())
    problems = Problems()
    for stage in stages.tolist():
        tries = attempts[stage]
        if (tries > len(numbers)).any() or (tries < 1).any() or (tries != np.floor(tries)).any():
            problems.add(
                f"{plan.stages[stage]} has {tries.max():g} attempts at its gate and {len(numbers)} draws",
                "stage_gate_attempts",
                "a whole number of attempts, at least one, and a draw for each",
            )
    problems.raise_if_any()
    ordered = in_order("schedule_gate_draw", draw, {"attempt": numbers, "stage": plan.stages})
    return Gates(
        stages=tuple(stages.tolist()),
        chance=chance[stages],
        wait=values["stage_gate_wait"][stages],
        attempts=attempts[stages],
        draws=values_of(ordered.isel(stage=stages), ["attempt", "stage"]),
    )
