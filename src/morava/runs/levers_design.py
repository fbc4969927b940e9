"""A design of runs over levers: the plan at many places of its levers, each in the same futures.

Points fill the space as a scrambled Sobol sequence does, so that more of them only add to those that are there. Each
is whole on disk or not there. Power is not solved in the futures of a point: it answers by the frozen answer of a run
of the plan, moved by what power says of this point less what it says of the plan, solved roughly in a few futures.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import xarray as xr
from scipy.stats import qmc
from threadpoolctl import threadpool_limits

from morava.errors import MoravaError, Problem
from morava.plans.levers import Lever
from morava.runs.engines import ProcessPool, Remote
from morava.runs.explore import Plan
from morava.runs.frozen_power import FrozenPower, freeze_power
from morava.runs.levers import DIGITS, moved
from morava.runs.levers_outputs import shares, watched
from morava.runs.lower import lower
from morava.runs.request import Detail, detail_of, name_of
from morava.runs.simulate import simulate_outcome, solve_near
from morava.runs.store import make_folder, write_whole
from morava.runs.types import Request

NEAR_WEEKS = 4
"""Weeks of a year on which power is solved to compare a point with the plan: what is wanted is a difference."""
PLAN_POWER = "plan-power"
"""What power says of the plan: the file of it, without its ending."""
WORDS = ("title_en", "title_sr", "because", "facts", "sources", "step")
"""Of a lever, what moves nothing."""
HELD_OUT = 5
"""Each point of which the number divides by this is held out of the fit."""


@dataclass(frozen=True)
class Design:
    """What a design is made from.

    Parameters
    ----------
    plan, request
        What was read, and the run of the plan that anchors it.
    levers
        By name, in the order of the file.
    futures
        In how many futures each point is answered, the first ones.
    power_futures
        In how many of them power is solved roughly; none where the country has no power system.
    frozen
        What power answers in the run of the plan; none where it was not solved.
    """

    plan: Plan
    request: Request
    levers: Mapping[str, Lever]
    futures: int
    power_futures: int
    frozen: FrozenPower | None

    @property
    def rough(self) -> Detail:
        """Return how power is solved to compare a point with the plan."""
        asked = detail_of(self.request)
        weeks = min(asked.weeks, NEAR_WEEKS) if asked.weeks else NEAR_WEEKS
        return Detail(self.power_futures, asked.years, weeks, 0)


def levers_hash(levers: Mapping[str, Lever]) -> str:
    """Return the sha256 of what levers move and how far, in their order; titles and reasons are no part of it."""
    kept = [{name: value for name, value in asdict(one).items() if name not in WORDS} for one in levers.values()]
    return sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()


def folder_of(design: Design, runs: Path) -> Path:
    """Return the folder of a design, named by what it depends on; how many points it has is no part of that."""
    told = (name_of(design.request), levers_hash(design.levers), design.futures, design.power_futures)
    return runs / f"levers-{sha256(json.dumps(told).encode()).hexdigest()[:16]}"


def settings_of(design: Design, number: int) -> dict[str, float]:
    """Return where levers stand at a point: none moved at zero, then those of the sequence.

    Examples
    --------
    >>> from morava.runs.emulator import terms_of
    >>> len(terms_of(16))
    152
    """
    if number == 0:
        return {}
    unit = sequence(len(design.levers), number, design.request.seed)[-1]
    return {
        one.name: float(format(one.at_least + float(part) * (one.at_most - one.at_least), DIGITS))
        for one, part in zip(design.levers.values(), unit, strict=True)
    }


def sequence(levers: int, count: int, seed: int) -> np.ndarray:
    """Return the first points of a scrambled Sobol sequence, [point, lever] within 0 and 1: more only add to them.

    Examples
    --------
    >>> bool((sequence(3, 8, 1)[:5] == sequence(3, 5, 1)).all())
    True
    """
    whole = 1 << max(count - 1, 1).bit_length()
    found: np.ndarray = qmc.Sobol(levers, scramble=True, rng=np.random.default_rng(seed)).random(whole)[:count]
    return found


def solve_plan(design: Design, folder: Path) -> None:
    """Solve power roughly for the plan itself, once: what every point is compared with."""
    if design.frozen is not None and not (folder / f"{PLAN_POWER}.json").exists():
        begun = time.monotonic()
        with threadpool_limits(limits=1):
            found = _power(design, design.plan, design.frozen)
        write_whole(folder / f"{PLAN_POWER}.json", json.dumps({**found, "seconds": time.monotonic() - begun}))


def _power(design: Design, plan: Plan, frozen: FrozenPower) -> dict[str, Any]:
    """Return what power says roughly of a plan: its frozen answer, and what is watched, means over futures by year."""
    solved = [
        solve_near(plan.country, plan.strategy, plan.futures, design.request.seed, number, design.rough, frozen)
        for number in range(design.power_futures)
    ]
    answers = [vars(freeze_power(one)) for one in solved]
    seen = [{one.name: one for one in watched(found, plan.country, of_power=True)} for found in solved]
    names = [name for name in seen[0] if name.startswith("power_") and all(name in one for one in seen)]
    return {
        "years": list(frozen.years),
        "frozen": {
            name: np.mean([one[name].to_numpy().reshape(-1) for one in answers], axis=0).tolist() for name in answers[0]
        },
        "watched": {name: np.mean([one[name].values[0] for one in seen], axis=0).tolist() for name in names},
    }


def shifted(frozen: FrozenPower, here: Mapping[str, Any], plan: Mapping[str, Any]) -> FrozenPower:
    """Return the frozen answer of a run moved by what is found at a point less what is found at the plan."""
    return FrozenPower(
        **{
            name: array + xr.DataArray(np.array(here["frozen"][name]) - np.array(plan["frozen"][name]), dims=["year"])
            for name, array in vars(frozen).items()
        }
    )


def solve_point(design: Design, number: int, plan_power: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what is watched at one point of a design; for a point without an answer, why.

    Parameters
    ----------
    design
        What is asked.
    number
        Which point; zero is the plan itself.
    plan_power
        What power says roughly of the plan.
    """
    begun, settings = time.monotonic(), settings_of(design, number)
    plan = replace(design.plan, strategy=moved(design.plan.strategy, design.plan.country, design.levers, settings))
    found: dict[str, Any] = {"point": number, "settings": settings}
    try:
        with threadpool_limits(limits=1):
            frozen, power = design.frozen, None
            if frozen is not None and plan_power is not None:
                power = _power(design, plan, frozen) if number else plan_power
                frozen = shifted(frozen, power, plan_power)
            found |= _answered(design, plan, frozen, power)
    except MoravaError as error:
        found["failed"] = str(error)
    return {**found, "seconds": time.monotonic() - begun}


def _answered(
    design: Design, plan: Plan, frozen: FrozenPower | None, power: Mapping[str, Any] | None
) -> dict[str, Any]:
    seed, numbers = design.request.seed, list(range(design.futures))
    outcome = simulate_outcome(plan.country, plan.strategy, plan.futures, seed, numbers, frozen=frozen)
    answered = [number for number in numbers if number not in outcome.failed]
    if not answered:
        raise MoravaError(Problem(next(iter(outcome.failed.values())), "every future", "move levers less"))
    evidence = lower(plan.country, plan.strategy, plan.futures, seed, answered).evidence
    told = {
        one.name: {
            "quantity": one.quantity, "where": dict(one.where), "unit": one.unit, "years": list(one.years),
            "levels": one.levels().tolist(),
        }
        for one in watched(outcome.values, plan.country)
    }  # fmt: skip
    held = [[claim, test, share] for (claim, test), share in sorted(shares(plan.strategy, outcome, evidence).items())]
    return {
        "answered": len(answered) / len(numbers),
        "outputs": told,
        "shares": held,
        "power": power["watched"] if power else {},
    }


@dataclass(frozen=True)
class PointTask:
    """The work of a design, point by point."""

    design: Design
    path: Path

    def compute(self, numbers: range) -> None:
        """Compute points and write them beside those that are there."""
        plan_power = read_point(self.path, PLAN_POWER)
        for number in numbers:
            if not point_file(self.path, number).exists():
                found = solve_point(self.design, number, plan_power)
                write_whole(point_file(self.path, number), json.dumps(found, allow_nan=False) + "\n")

    def elsewhere(self) -> Remote:
        """Refuse: a design is computed on this machine."""
        return self._only_here()

    def keep(self, numbers: range, files: Mapping[str, bytes]) -> None:
        """Refuse: a design is computed on this machine."""
        del numbers, files
        self._only_here()

    def _only_here(self) -> NoReturn:
        raise MoravaError(Problem("a design is computed on this machine", str(self.path), "leave the engine out"))


def point_file(path: Path, number: int) -> Path:
    """Return the file of a point."""
    return path / f"point-{number:05d}.json"


def read_point(path: Path, name: str) -> dict[str, Any] | None:
    """Return what a file of a design holds; none where it is not there.

    Raises
    ------
    MoravaError
        When it is damaged.
    """
    file = path / f"{name}.json"
    if not file.exists():
        return None
    try:
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise MoravaError(
            Problem(f"{file.name} is damaged ({error})", str(file), "take the file away, then start again")
        ) from error
    return found


def seconds_a_point(path: Path) -> float:
    """Return how long a point takes one worker, by the plan's own and the power solved for it."""
    parts = [read_point(path, name) for name in (point_file(path, 0).stem, PLAN_POWER)]
    return sum(float(part["seconds"]) for part in parts if part)


def solve_design(
    design: Design, runs: Path, points: int, workers: int, progress: Callable[[int, int], None] | None = None
) -> Path:
    """Compute every point that a design still lacks, the plan and so many others; return its folder."""
    path = folder_of(design, runs)
    make_folder(path)
    solve_plan(design, path)
    todo = [range(number, number + 1) for number in range(points + 1) if not point_file(path, number).exists()]
    done = points + 1 - len(todo)
    if progress:
        progress(done, points + 1)
    with closing(ProcessPool().completed(PointTask(design, path), todo, workers)) as completed:
        for _ in completed:
            done += 1
            if progress:
                progress(done, points + 1)
    return path
