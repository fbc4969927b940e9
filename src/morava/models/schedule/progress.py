"""Walk the programme, initiative by initiative, in all futures at once: stages, gates, waits for others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from morava.errors import MoravaError, Problem
from morava.models.schedule.gates import pass_gate
from morava.models.schedule.network import backward, forward
from morava.models.schedule.plan import Plan

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Progress:
    """What comes of the programme, in months from the day that the future is counted from.

    `stage` and `critical` are [stage, future], `finish` and `cancelled` [initiative, future]; +inf is never.
    """

    stage: FloatArray
    critical: BoolArray
    finish: FloatArray
    cancelled: BoolArray


@dataclass(frozen=True)
class Gates:
    """Which stages end at a gate (positions), and the numbers of these: draws are [attempt, gated stage, future]."""

    stages: tuple[int, ...]
    chance: FloatArray
    wait: FloatArray
    attempts: FloatArray
    draws: FloatArray


def walk(
    plan: Plan,
    left: FloatArray,
    share: FloatArray,
    weight: FloatArray,
    spread: FloatArray,
    shock: FloatArray,
    gates: Gates,
) -> Progress:
    """Return the end of every stage and initiative.

    Parameters
    ----------
    plan
        What waits for what.
    left
        [initiative, future], month. Remaining time; +inf is never.
    share
        [initiative, future], 1. Part of it that is own work, the rest a planned wait.
    weight
        [stage, future], 1. Share of a stage in the remaining time; only ratios within an initiative matter.
    spread
        [future], 1. Standard deviation of the logarithm of a stage's own factor.
    shock
        [stage, future], 1. Standard normal number of a stage.
    gates
        The gates.

    Raises
    ------
    MoravaError
        Where all shares of an initiative are zero.
    """
    futures = left.shape[-1]
    stage = np.empty((len(plan.stages), futures))
    critical = np.empty(stage.shape, dtype=bool)
    finish = np.empty((len(plan.initiatives), futures))
    cancelled = np.empty(finish.shape, dtype=bool)
    place = {position: row for row, position in enumerate(gates.stages)}
    for initiative in plan.order:
        own = plan.members[initiative]
        work, release = _own_time(plan, initiative, left, share, weight[own] * np.exp(spread * shock[own]))
        for local, other in plan.awaits[initiative]:
            release[local] = np.maximum(release[local], stage[other])
        duration, cancel = _through_gates(plan, initiative, work, release, gates, place)
        _, ends = forward(plan.networks[initiative], duration, release)
        ends = np.where(ends > cancel, np.inf, ends)
        stage[own] = ends
        finish[initiative] = np.max(ends, axis=0)
        cancelled[initiative] = np.isfinite(cancel)
        critical[own] = _critical(plan, initiative, duration, ends, finish[initiative])
    return Progress(stage, critical, finish, cancelled)


def _own_time(
    plan: Plan, initiative: int, left: FloatArray, share: FloatArray, factor: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return durations of the stages, scaled so that their longest path is the own time, and their release dates."""
    never = np.isinf(left[initiative])
    remaining = np.where(never, 0.0, left[initiative])
    own = remaining * share[initiative]
    length = np.max(forward(plan.networks[initiative], factor)[1], axis=0)
    if not (length > 0).all():
        raise MoravaError(
            Problem(
                f"all stages of {plan.initiatives[initiative]} still to come have a share of zero",
                "stage_share",
                "give at least one stage on its longest path a positive share",
            )
        )
    release = np.where(never, np.inf, remaining - own)
    return factor * (own / length), np.array(np.broadcast_to(release, factor.shape[:1] + left.shape[-1:]))


def _through_gates(
    plan: Plan,
    initiative: int,
    work: FloatArray,
    release: FloatArray,
    gates: Gates,
    place: Mapping[int, int],
) -> tuple[FloatArray, FloatArray]:
    """Return durations with the waits at gates, +inf where a gate is shut, and the moment of cancellation."""
    duration = np.array(np.broadcast_to(work, release.shape))
    cancel = np.full(release.shape[-1:], np.inf)
    decided: list[tuple[int, FloatArray, BoolArray]] = []
    for local, position in enumerate(plan.members[initiative].tolist()):
        if position not in place:
            continue
        row = place[position]
        lost, shut = pass_gate(gates.chance[row], gates.wait[row], gates.attempts[row], gates.draws[:, row])
        duration[local] += lost
        if shut.any():
            decided.append((local, np.array(duration[local]), np.broadcast_to(shut, cancel.shape)))
            duration[local] = np.where(shut, np.inf, duration[local])
    if decided:
        start, _ = forward(plan.networks[initiative], duration, release)
        for local, until, shut in decided:
            cancel = np.minimum(cancel, np.where(shut, start[local] + until, np.inf))
    return duration, cancel


def _critical(plan: Plan, initiative: int, duration: FloatArray, ends: FloatArray, finish: FloatArray) -> BoolArray:
    """Return whether a stage has no float before the end of its initiative; none has where there is no end."""
    done = np.isfinite(finish)
    if done.all():
        length, time = finish, duration
    else:
        length, time = np.where(done, finish, 0.0), np.where(done, duration, 0.0)
    _, late = backward(plan.networks[initiative], time, length)
    rounding = 64 * np.finfo(float).eps * np.maximum(1.0, length)
    return np.asarray((late - ends <= rounding) & done)
