"""One power system solved by one method in a process of its own, so that its memory is its own and it can be stopped.

The engine is timed with `solve_system`; PyPSA from `to_pypsa` to the end of its `optimize`, split where it hands the
program to HiGHS. The first call of each, of two days, loads code (or compiles it) and is not counted.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any

from highspy import HighsStatus
from highspy._core import _Highs
from numba import get_num_threads

from morava.exchange.pypsa_library import quiet_pypsa
from morava.exchange.pypsa_network import to_pypsa
from morava.models.power.build import build_program
from morava.models.power.certified import OWN
from morava.models.power.solve import solve_system
from morava.models.power.system import System
from power_parts.systems import crop

ENGINE = "engine"
METHODS: dict[str, dict[str, str]] = {
    "simplex": {"solver": "simplex"},
    "ipm": {"solver": "ipx", "run_crossover": "off"},
    "hipo": {"solver": "hipo", "run_crossover": "off"},
    "pdlp": {"solver": "pdlp"},
}
"""What HiGHS is told; interior points are not taken on to a vertex, which the engine gives neither."""
END_AT_GAP = {"ipm": "ipm_optimality_tolerance", "hipo": "ipm_optimality_tolerance", "pdlp": "kkt_tolerance"}
"""The option by which a method may end at the gap at which the engine may; the simplex method ends at a vertex."""
EXACT = 1e-6
"""How far, relative, the optimum of a vertex may be off."""
SLOW = 60.0
"""Seconds from which on something is timed once only."""
GRACE = 10.0
"""Seconds that a process has after its limit to stop by itself."""
WARM_HOURS = 48
DONE, SOLVER_STOPPED, KILLED = "optimal", "time limit", "time limit, killed"
NO_METHOD = "not in the installed highspy"


@dataclass(frozen=True)
class Measured:
    """What one method took: seconds of each repetition, building apart, and what it reached."""

    build_seconds: list[float]
    seconds: list[float]
    objective: float | None
    gap: float | None
    memory_mb: float | None
    status: str
    threads: int | None = None

    def row(self, **common: object) -> dict[str, object]:
        """Return the row of a table: medians."""
        return {
            **common,
            "build_seconds": median(self.build_seconds) if self.build_seconds else None,
            "seconds": median(self.seconds) if self.seconds else None,
            "objective": self.objective,
            "gap": self.gap,
            "memory_mb": self.memory_mb,
            "status": self.status,
            "repeats": len(self.seconds),
        }


def knows(method: str) -> bool:
    """Return whether the installed HiGHS has a method."""
    highs = _Highs()
    highs.setOptionValue("output_flag", False)
    return bool(highs.setOptionValue("solver", METHODS[method]["solver"]) == HighsStatus.kOk)


def peak_memory(process: int | str = "self") -> float | None:
    """Return the most memory that a process has held so far, MB."""
    status = Path(f"/proc/{process}/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return float(line.split()[1]) / 1024
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 if process == "self" else None


def measure(system: System, method: str, repeat: int, limit: float | None, gap: float) -> Measured:
    """Return what a method takes for a system; `engine`, or PyPSA with a method of HiGHS.

    Parameters
    ----------
    limit
        Seconds that PyPSA may take each time; HiGHS is told what is left of them after building, and the process is
        killed where it does not keep to it. Without one, and for the engine, as many as it takes.
    gap
        At which a method may end that can.
    """
    if method != ENGINE and not knows(method):
        return Measured([], [], None, None, None, NO_METHOD)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    if method == ENGINE:
        process = context.Process(target=_solve_ours, args=(theirs, system, repeat, gap), daemon=True)
    else:
        process = context.Process(target=_solve_pypsa, args=(theirs, system, method, repeat, limit, gap), daemon=True)
    process.start()
    theirs.close()
    found: Measured | None = None
    built: list[float] = []
    wait: float | None = None  # until the first word: importing counts for nobody
    while found is None:
        try:
            if not ours.poll(wait):
                memory = peak_memory(process.pid or 0)
                process.kill()
                found = Measured(built, [limit or 0.0], None, None, memory, KILLED)
                continue
            said = ours.recv()
        except EOFError:
            process.join()
            found = Measured(built, [], None, None, None, f"ended without an answer, exit code {process.exitcode}")
            continue
        found = said if isinstance(said, Measured) else None
        built = [said] if isinstance(said, float) else built
        if limit is not None and method != ENGINE:
            wait = limit + GRACE - (said if isinstance(said, float) else 0.0)
    process.join()
    return found


def _solve_ours(out: Connection, system: System, repeat: int, gap: float) -> None:
    solve_system(crop(system, WARM_HOURS), ENGINE, gap)
    built: list[float] = []
    seconds: list[float] = []
    while len(seconds) < repeat and (not seconds or seconds[-1] < SLOW):
        out.send(None)
        begun = time.perf_counter()
        build_program(system)
        built.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        solution = solve_system(system, ENGINE, gap)
        seconds.append(time.perf_counter() - begun)
    status = DONE if solution.status == OWN else f"by HiGHS, after the engine: {solution.status}"
    out.send(Measured(built, seconds, solution.objective, solution.gap, peak_memory(), status, get_num_threads()))


def _solve_pypsa(out: Connection, system: System, method: str, repeat: int, limit: float | None, gap: float) -> None:
    with Path(os.devnull).open("w") as nowhere:  # HiGHS writes its banner, and PDLP its course, whatever it is told
        os.dup2(nowhere.fileno(), 1)
    _once(crop(system, WARM_HOURS), method, None, gap, lambda _: None)
    built: list[float] = []
    seconds: list[float] = []
    status, objective = DONE, None
    while len(seconds) < repeat and status == DONE and (not seconds or seconds[-1] < SLOW):
        out.send(None)
        build, total, status, objective = _once(system, method, limit, gap, out.send)
        built.append(build)
        seconds = [limit] if status == SOLVER_STOPPED and limit else [*seconds, total]
    out.send(Measured(built, seconds, objective, None, peak_memory(), status))


def _once(
    system: System, method: str, limit: float | None, gap: float, say: Callable[[float], None]
) -> tuple[float, float, str, float | None]:
    """Return the seconds of building and in all, how it ended, and the objective in EUR."""
    begun = time.perf_counter()
    made = to_pypsa(system)
    options: dict[str, Any] = dict(METHODS[method])
    if method in END_AT_GAP:
        options[END_AT_GAP[method]] = gap
    built = 0.0

    def finish(network: Any, snapshots: Any) -> None:
        nonlocal built
        made.extra_functionality(network, snapshots)
        built = time.perf_counter() - begun
        if limit is not None:  # PyPSA hands the options on after this
            options["time_limit"] = max(limit - built, 1.0)
        say(built)

    with quiet_pypsa():
        _, condition = made.network.optimize(
            solver_name="highs",
            multi_investment_periods=True,
            extra_functionality=finish,
            include_objective_constant=False,
            log_to_console=False,
            progress=False,
            solver_options=options,
        )
    total = time.perf_counter() - begun
    if condition == "optimal":
        return built, total, DONE, float(made.network.objective) + made.standing_cost
    return built, total, SOLVER_STOPPED if condition == "time_limit" else f"no optimum: {condition}", None
