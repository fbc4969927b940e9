"""One future's power program: our engine beside PyPSA with each method of HiGHS, the same program on both sides.

Ours is `solve_system(system, "engine", gap)`: building, solving and proving. PyPSA's is `to_pypsa` and `optimize`, so
building too. Both are medians of `--repeat` runs; what takes longer than a minute runs once, and its row says so
(`repeats`). Every method has a process of its own on this machine, one after the other: memory is the most that a
method held, and a method can be stopped. PyPSA may take `--limit` seconds in all. Where it does not finish (or HiGHS
does not stop and is killed) the row holds the limit as its seconds and no objective; its ratio is a lower bound.

The first call of each side in its process, on two days of the same system, loads code (ours compiles it, on a new
machine) and is not counted. The engine may end at `--gap`, and so may HiGHS where it can: interior points (IPX, HiPO)
at that optimality tolerance and without crossover to a vertex, PDLP at that tolerance for all that it measures. All
other options are its own. HiPO is not measured where highspy lacks it (`highspy-extras` of the same version brings it).

Two programs, on all hours of the year (8,760) or on its first 84 days as one circle (2,016; yearly costs by their share
of the year):

- plain: what every power model has: balance, storages, borders, investments, a limit on emission. Made from the
  country's system: no ramps, least outputs, commitment, reserve margin, budgets, demand response and movable load; as
  much may be built in each period as may stand at any time; each period may emit 80 % of what it emits without a limit.
- full: the country's own, with ramps, reserves, response and movable load, and its pack's rates of building.

In a country's system the first solved year builds nothing. So 2025 is solved before the years that are wanted (2030;
2030 and 2040; 2030, 2035, 2040 and 2045) and then cut out of the system, and every period that is left may build.

The objectives must agree: ours is proved to lie within its gap above the optimum, and must do so above theirs (give or
take the tolerance that they ended at), or the script ends with an error.

    python benchmarks/power.py [--programs plain,full] [--sizes 1x8760,4x2016] [--methods simplex,ipm,hipo,pdlp]
        [--limit 60] [--repeat 3] [--gap 1e-4] [--quick] [--growth] [--json]

The defaults take about a quarter of an hour, `--quick` about a minute. `--limit 600` lets more methods finish, and
`--sizes 4x8760` is the size that is asked for in practice, for which PyPSA needs several GB. `--growth` measures ours
alone instead: seconds by hours, periods (seven are those of the pack, as they stand), zones (copies of the full system
in a ring of lines, their demand some hours apart), storages (equal parts of those that there are), and how many futures
of all seven periods at all hours two processes of one thread each solve in an hour at a gap of 1e-3, their draws and
assembly included. PyPSA's part needs the extra `pypsa`.
"""

from __future__ import annotations

import argparse
import json
from importlib.metadata import version

from morava.models.power.system import System
from morava.runs.explore import Plan, read_plan
from power_parts.growth import QUICK, Growth, grow
from power_parts.solving import DONE, END_AT_GAP, ENGINE, EXACT, METHODS, Measured, measure
from power_parts.systems import crop, period_system, plain

PROGRAMS = ("plain", "full")
QUICK_SIZES, QUICK_LIMIT, QUICK_REPEAT = "1x1008", 10.0, 1
ALLOWED = 1e-6
"""Largest violation, relative, that a proved point of ours may have: it may be so much below the optimum."""
Rows = list[dict[str, object]]


def make_system(plan: Plan, program: str, periods: int, hours: int, gap: float) -> System:
    """Return the system of a program and size."""
    system = crop(period_system(plan, periods), hours)
    return plain(system, gap) if program == "plain" else system


def compare(plan: Plan, program: str, size: str, options: argparse.Namespace) -> Rows:
    """Return one row a method, ours first."""
    periods, hours = (int(part) for part in size.split("x"))
    system = make_system(plan, program, periods, hours, options.gap)
    common = {"program": program, "hours": hours, "periods": periods, "zones": len(system.zones)}
    ours = measure(system, ENGINE, options.repeat, None, options.gap)
    if ours.status != DONE or ours.objective is None:
        raise SystemExit(f"{program} {size}: the engine proved no answer: {ours.status}")
    first = ours.row(**common, method=f"morava, engine, {ours.threads} threads", version=version("morava"))
    first["ratio"] = 1.0
    rows = [first]
    show(first, options.json)
    for method in options.methods.split(","):
        theirs = measure(system, method, options.repeat, options.limit, options.gap)
        check_same(f"{program} {size}, {method}", ours, theirs, options.gap if method in END_AT_GAP else EXACT)
        name = f"PyPSA, HiGHS {METHODS[method]['solver']}"
        row = theirs.row(**common, method=name, version=f"{version('pypsa')} / {version('highspy')}")
        row["gap"] = None if theirs.objective is None else abs(ours.objective / theirs.objective - 1)
        row["ratio"] = float(str(row["seconds"])) / float(str(first["seconds"])) if theirs.seconds else None
        rows.append(row)
        show(row, options.json)
    return rows


def check_same(where: str, ours: Measured, theirs: Measured, off: float) -> None:
    """End where the objectives are further apart than what each says of itself allows.

    Parameters
    ----------
    off
        How far, relative, theirs may be off the optimum.
    """
    if ours.objective is None or ours.gap is None or theirs.objective is None:
        return
    apart = ours.objective / theirs.objective - 1
    if not -off - ALLOWED <= apart <= ours.gap + off + ALLOWED:
        raise SystemExit(f"{where}: PyPSA reaches {theirs.objective}, we {ours.objective} with a gap of {ours.gap:.1e}")


def show(row: dict[str, object], quiet: bool) -> None:
    """Print a row as soon as it is there."""
    if quiet:
        return

    def number(name: str, form: str) -> str:
        value = row.get(name)
        return "-" if value is None else format(value, form)

    what = f"{row.get('program', row.get('growth'))} {number('count', 'd') if 'growth' in row else ''}".strip()
    size = f"{row['periods']} x {row['hours']} h x {row['zones']} z"
    least = ">" if row["status"] != DONE and row.get("ratio") is not None else ""
    print(
        f"{what:12} {size:17} {row.get('method', ''):27} {row.get('version', ''):15} "
        f"build {number('build_seconds', '6.2f')} s  in all {number('seconds', '7.2f')} s  "
        f"objective {number('objective', '.9g'):12} gap {number('gap', '.1e'):8} {number('memory_mb', '5.0f')} MB  "
        + (f"ratio {least}{number('ratio', '.1f')}  " if "ratio" in row else "")
        + (f"{number('futures_an_hour', '.0f')} futures an hour  " if "futures_an_hour" in row else "")
        + f"{row['status']}, {row.get('repeats', 1)} runs",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--country", default="serbia")
    parser.add_argument("--programs", default=",".join(PROGRAMS))
    parser.add_argument("--sizes", default="")
    parser.add_argument("--methods", default=",".join(METHODS))
    parser.add_argument("--limit", type=float, default=None, help="seconds that PyPSA may take (60)")
    parser.add_argument("--repeat", type=int, default=None, help="of which the median is taken (3)")
    parser.add_argument("--gap", type=float, default=1e-4, help="at which the engine may end (1e-4)")
    parser.add_argument("--quick", action="store_true", help="small sizes, about a minute")
    parser.add_argument("--growth", action="store_true", help="ours alone, by size")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    options.sizes = options.sizes or (QUICK_SIZES if options.quick else "1x8760,4x2016")
    options.limit = options.limit or (QUICK_LIMIT if options.quick else 60.0)
    options.repeat = options.repeat or (QUICK_REPEAT if options.quick else 3)
    for chosen, known in ((options.programs, PROGRAMS), (options.methods, METHODS)):
        unknown = [name for name in chosen.split(",") if name not in known]
        if unknown:
            parser.error(f"{unknown[0]!r} is none of {', '.join(known)}")
    plan = read_plan(options.country)
    if options.growth:
        rows = grow(
            plan, QUICK if options.quick else Growth(), options.repeat, options.gap, lambda row: show(row, options.json)
        )
    else:
        rows = [
            row
            for program in options.programs.split(",")
            for size in options.sizes.split(",")
            for row in compare(plan, program, size, options)
        ]
    if options.json:
        print(json.dumps({"rows": rows}, indent=1))


if __name__ == "__main__":
    main()
