"""One future's power program: ours beside the same system in PyPSA, both solved by HiGHS in this process.

Both build and solve the same program of Serbia (or another country) and must reach the same objective; building and
solving are timed apart, the median of some repetitions. PyPSA's part needs the extra `pypsa`.

    python benchmarks/power.py [--country serbia] [--future 0] [--years 2030] [--weeks 1] [--repeat 3] [--json]
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable
from importlib.metadata import version
from statistics import median
from typing import Any

from morava.exchange.pypsa_network import solve_pypsa, to_pypsa
from morava.models.power.build import build_program
from morava.models.power.program import solve_program
from morava.models.power.solve import read_solution
from morava.runs.explore import read_plan
from morava.runs.request import Detail
from morava.runs.simulate import system_of

SAME = 1e-6


def timed(work: Callable[[], Any], repeat: int) -> tuple[float, Any]:
    """Return the median of seconds, and what the work gave."""
    seconds = []
    for _ in range(repeat):
        begun = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - begun)
    return median(seconds), result


def measure(country: str, future: int, years: tuple[int, ...], weeks: int, repeat: int) -> list[dict[str, object]]:
    """Return one row a method."""
    plan = read_plan(country)
    system = system_of(plan.country, plan.strategy, plan.futures, plan.futures.seed, future, Detail(1, years, weeks, 0))
    common = {"hours": len(system.calendar.hours), "periods": len(years), "zones": len(system.zones)}
    build, (program, layout) = timed(lambda: build_program(system), repeat)
    solve, solved = timed(lambda: solve_program(program), repeat)
    ours = read_solution(system, layout, solved).objective
    rows = [
        {
            **common, "method": "morava, HiGHS simplex", "version": version("highspy"), "build_seconds": build,
            "seconds": build + solve, "objective": ours, "gap": solved.gap, "memory_mb": memory(), "ratio": 1.0,
        }
    ]  # fmt: skip
    build, made = timed(lambda: to_pypsa(system), repeat)
    solve, theirs = timed(lambda: solve_pypsa(to_pypsa(system)), repeat)
    if abs(theirs / ours - 1) > SAME:
        raise SystemExit(f"PyPSA reaches {theirs}, we {ours}")
    rows.append(
        {
            **common, "method": f"PyPSA, HiGHS, {len(made.network.generators)} generators", "version": version("pypsa"),
            "build_seconds": build, "seconds": solve, "objective": theirs, "gap": abs(theirs / ours - 1),
            "memory_mb": memory(), "ratio": solve / float(str(rows[0]["seconds"])),
        }
    )  # fmt: skip
    return rows


def memory() -> float:
    """Return the most memory that this process has held so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--country", default="serbia")
    parser.add_argument("--future", type=int, default=0)
    parser.add_argument("--years", default="2030")
    parser.add_argument("--weeks", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    years = tuple(int(year) for year in options.years.split(","))
    rows = measure(options.country, options.future, years, options.weeks, options.repeat)
    if options.json:
        print(json.dumps({"rows": rows}, indent=1))
        return
    for row in rows:
        size, total = f"{row['periods']} x {row['hours']} h", f"in all {row['seconds']:7.2f} s"
        print(
            f"{row['method']:42} {row['version']:8} {size}  build {row['build_seconds']:6.2f} s  {total}"
            f"  objective {row['objective']:.9g}  {row['memory_mb']:5.0f} MB  ratio {row['ratio']:.1f}"
        )


if __name__ == "__main__":
    main()
