"""The run of the plan that a design stands on: one that is there already, or made for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from morava.errors import MoravaError, Problem
from morava.plans.levers import read_levers
from morava.runs.emulator import Emulator
from morava.runs.explore import Plan, explore, request_again
from morava.runs.frozen_run import frozen_by
from morava.runs.levers_design import Design
from morava.runs.levers_fit import fit, read_points
from morava.runs.levers_outputs import shares, watched
from morava.runs.lower import lower
from morava.runs.request import make_request
from morava.runs.store import is_finished, list_runs, read_outcome
from morava.runs.types import Request


def base_run(
    plan: Plan, runs: Path, futures: int, make: int, workers: int, progress: Callable[[int, int], None] | None = None
) -> tuple[Path, Request]:
    """Return the finished run of a plan with most futures, so many at least; made where there is none.

    Parameters
    ----------
    plan
        As it is written.
    runs
        Where runs are kept.
    futures
        How many are needed.
    make
        How many are made where no run is there.
    workers, progress
        As for `explore`.
    """
    there = [
        (request.futures, path, request)
        for path, request in list_runs(runs)
        if request.futures >= futures
        and request.seed == plan.futures.seed
        and request == request_again(plan, request)
        and is_finished(path, request)
    ]
    if there:
        _, path, request = max(there, key=lambda one: (one[0], one[1].name))
        return path, request
    request = make_request(plan.country, plan.strategy, plan.futures, max(make, futures))
    return explore(plan, request, runs, workers, progress), request


def design_on(plan: Plan, path: Path, request: Request, futures: int, power_futures: int) -> Design:
    """Return the design over the levers of a plan that stands on a run of it.

    Raises
    ------
    MoravaError
        A plan without levers, or one whose levers are moved already.
    """
    levers = read_levers(plan.country, plan.strategy)
    if plan.levers or not levers:
        what = "levers are moved already" if plan.levers else f"{plan.strategy.name} declares no levers"
        raise MoravaError(Problem(what, f"strategy {plan.strategy.name}", "add levers.yaml, and move none"))
    frozen = frozen_by(path, request)
    return Design(plan, request, levers, futures, power_futures if frozen else 0, frozen)


def fit_design(design: Design, folder: Path, points: int, base: Path) -> Emulator:
    """Return the emulator of a design on disk, anchored at the run that it stands on."""
    plan, request = design.plan, design.request
    outcome = read_outcome(base, request)
    numbers = [number for number in range(request.futures) if number not in outcome.failed]
    evidence = lower(plan.country, plan.strategy, plan.futures, request.seed, numbers).evidence
    held = shares(plan.strategy, outcome, evidence)
    return fit(design, read_points(design, folder, points), watched(outcome.values, plan.country, of_power=True), held)
