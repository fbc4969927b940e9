"""How the engine's seconds grow: with hours, periods, zones and storages, and how many futures an hour it solves."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from morava.models.power.certified import OWN
from morava.models.power.solve import solve_system
from morava.models.power.system import System
from morava.runs.engines import SINGLE_THREAD
from morava.runs.explore import Plan, read_plan
from power_parts.solving import ENGINE, WARM_HOURS, measure
from power_parts.systems import all_periods, crop, of_storages, of_zones, period_system


@dataclass(frozen=True)
class Growth:
    """What is measured: one dimension at a time, the others as small as they are."""

    hours: tuple[int, ...] = (2190, 4380, 8760)
    periods: tuple[int, ...] = (1, 2, 4, 7)
    zones: tuple[int, ...] = (1, 3, 9)
    storages: tuple[int, ...] = (3, 6, 12)
    of_hours: int = 8760
    futures: int = 8
    workers: int = 2
    futures_gap: float = 1e-3


QUICK = Growth((504, 1008, 2016), (1, 2, 4), (1, 3), (3, 6), 504, 2)


def grow(
    plan: Plan, chosen: Growth, repeat: int, gap: float, say: Callable[[dict[str, object]], None]
) -> list[dict[str, object]]:
    """Return one row a size, each said as soon as it is there."""
    one = period_system(plan, 1)
    cut = crop(one, chosen.of_hours)
    sizes: list[tuple[str, int, System]] = [("hours", count, crop(one, count)) for count in chosen.hours]
    sizes += [("periods", count, crop(period_system(plan, count), chosen.of_hours)) for count in chosen.periods]
    sizes += [("zones", count, of_zones(cut, count)) for count in chosen.zones]
    sizes += [("storages", count, of_storages(cut, count)) for count in chosen.storages]
    rows = []
    for what, count, system in sizes:
        rows.append(_row(what, count, system, repeat, gap))
        say(rows[-1])
    rows.append(many_futures(plan, chosen))
    say(rows[-1])
    return rows


def _row(what: str, count: int, system: System, repeat: int, gap: float) -> dict[str, object]:
    found = measure(system, ENGINE, repeat, None, gap)
    calendar = system.calendar
    return found.row(
        growth=what,
        count=count,
        hours=len(calendar.hours),
        periods=len(calendar.periods),
        zones=len(system.zones),
        storages=len(system.storages),
    )


def many_futures(plan: Plan, chosen: Growth) -> dict[str, object]:
    """Return how many futures of all periods the engine solves in an hour, from draws to proof, a thread each."""
    for variable in SINGLE_THREAD:
        os.environ[variable] = "1"
    context = multiprocessing.get_context("spawn")
    arguments = (plan.pack, plan.strategy.name, chosen.of_hours, chosen.futures_gap)
    with ProcessPoolExecutor(chosen.workers, context, _start, arguments) as pool:
        list(pool.map(_nothing, range(chosen.workers)))  # every worker is there and warm before the clock runs
        begun = time.perf_counter()
        proved = list(pool.map(_one_future, range(chosen.futures)))
        seconds = time.perf_counter() - begun
    system = all_periods(plan)
    return {
        "growth": "futures",
        "count": chosen.futures,
        "hours": chosen.of_hours,
        "periods": len(system.calendar.periods),
        "zones": len(system.zones),
        "storages": len(system.storages),
        "workers": chosen.workers,
        "seconds": seconds,
        "gap": max(gap for gap, _ in proved),
        "memory_mb": None,
        "futures_an_hour": chosen.futures / seconds * 3600,
        "status": f"{sum(own for _, own in proved)} of {len(proved)} proved by the engine",
    }


@dataclass
class _Worker:
    plan: Plan
    hours: int
    gap: float


_WORKER: dict[str, _Worker] = {}


def _start(pack: str, strategy: str, hours: int, gap: float) -> None:
    plan = read_plan(pack, strategy)
    _WORKER["own"] = _Worker(plan, hours, gap)
    solve_system(crop(all_periods(plan), WARM_HOURS), ENGINE, gap)


def _nothing(number: int) -> int:
    time.sleep(1)
    return number


def _one_future(number: int) -> tuple[float, bool]:
    worker = _WORKER["own"]
    solution = solve_system(crop(all_periods(worker.plan, number), worker.hours), ENGINE, worker.gap)
    return solution.gap, solution.status == OWN
