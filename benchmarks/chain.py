"""Futures an hour of the whole coupled chain on the Serbia default, and where the time goes.

Three kinds of futures, each on one thread:

- plain: chunks as a run computes them where power is not solved;
- exact: power solved on eight weeks for what the coupling takes of it, and once on all hours for the answer;
- screened: power answered within one percent from a library of solved futures (`--screen`).

For each kind: futures an hour, passes of the coupling and its residual, and a table of seconds by model. `coupling:` is
what is spent until economy, trade and power agree; `beside models` is all else: draws, dates, the plan applied,
identities. The library is made once a run and has its own row. `--exact 0` leaves out the two kinds that take longest.

The peer is the same code asked for one future at a time, as a tool that wraps a model asks for it; its results must be
the same to the last bit, or the script ends in an error.

    python benchmarks/chain.py [--country serbia] [--futures 250] [--exact 2] [--screened 8] [--singles 20] [--json]

The defaults take about three minutes on one core, `--exact 0` a minute and a half.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

import numpy as np
import xarray as xr
from threadpoolctl import threadpool_limits

from morava.models.contract import Model
from morava.models.power import Library
from morava.runs import coupling, simulate
from morava.runs.explore import Plan, read_plan
from morava.runs.frozen_power import QUANTITIES, FrozenPower, freeze_power, mean_of
from morava.runs.guard import run
from morava.runs.library import library_for
from morava.runs.request import Detail, detail_for, make_request
from morava.runs.store import open_run, write_chunk
from morava.runs.types import Outcome

Row = dict[str, object]
Result = TypeVar("Result")
HOUR = 3600.0
BESIDE, STORE = "beside models", "store"


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Return the seconds that some work takes, and its result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


@dataclass
class Clock:
    """Seconds and calls by model, those within the coupling apart."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    calls: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    within: str = ""

    def run(self, model: Model, known: Mapping[str, xr.DataArray]) -> dict[str, xr.DataArray]:
        """Run a model as a run does, and note how long it takes."""
        seconds, given = timed(lambda: run(model, known))
        self.add(self.within + model.__name__, seconds)
        return given

    def add(self, name: str, seconds: float) -> None:
        """Note the seconds of one call."""
        self.seconds[name] += seconds
        self.calls[name] += 1

    def couple(self, *given: Any) -> dict[str, xr.DataArray]:
        """Let the models agree, and note what they take for it under names of their own."""
        before, self.within = self.within, "coupling: "
        known = sum(self.seconds.values())
        try:
            seconds, agreed = timed(lambda: coupling.couple(*given))
        finally:
            self.within = before
        self.add("coupling: between models", seconds - (sum(self.seconds.values()) - known))
        return agreed


@contextmanager
def clocked() -> Iterator[Clock]:
    """Give a clock that notes every model that a chain asks."""
    clock = Clock()
    with (
        patch.object(simulate, "run", clock.run),
        patch.object(coupling, "run", clock.run),
        patch.object(simulate, "couple", clock.couple),
    ):
        yield clock


@dataclass(frozen=True)
class Kind:
    """Futures of one kind: their chunks, and how power is answered in them."""

    name: str
    chunks: Sequence[range]
    detail: Detail | None = None
    library: Library | None = None
    frozen: FrozenPower | None = None


def measure(plan: Plan, kind: Kind) -> tuple[list[Row], Outcome]:
    """Return what a kind of futures costs by model, then in all, and what was answered."""
    seed, parts = plan.futures.seed, []
    with clocked() as clock:
        start = time.perf_counter()
        for numbers in kind.chunks:
            parts.append(
                simulate.simulate_outcome(
                    plan.country,
                    plan.strategy,
                    plan.futures,
                    seed,
                    list(numbers),
                    kind.detail,
                    kind.library,
                    kind.frozen,
                )
            )
        answered = time.perf_counter() - start
        clock.add(BESIDE, answered - sum(clock.seconds.values()))
        with tempfile.TemporaryDirectory() as name:
            request = make_request(plan.country, plan.strategy, plan.futures, kind.chunks[-1].stop)
            path = open_run(request, Path(name))
            for numbers, part in zip(kind.chunks, parts, strict=True):
                clock.add(STORE, timed(partial(write_chunk, path, numbers, part))[0])
    whole = simulate.join(parts, "")
    futures, seconds = sum(map(len, kind.chunks)), sum(clock.seconds.values())
    rows: list[Row] = [
        {"part": kind.name, "model": model, "calls": clock.calls[model], "seconds": spent, "share": spent / seconds}
        for model, spent in sorted(clock.seconds.items(), key=lambda one: -one[1])
    ]
    total: Row = {
        "part": kind.name, "model": "all", "futures": futures, "failed": len(whole.failed), "seconds": seconds,
        "futures an hour": HOUR * futures / seconds,
    }  # fmt: skip
    return [*rows, total | _counts(whole.values)], whole


def _counts(values: Mapping[str, xr.DataArray]) -> Row:
    """Return how the coupling went, where there is one."""
    if "coupling_passes" not in values:
        return {}
    passes = values["coupling_passes"].to_numpy()
    return {
        "passes": float(passes.mean()), "most passes": float(passes.max()),
        "power solves": float(values["coupling_power_solves"].max()),
        "residual": float(values["coupling_residual"].max()), "power gap": float(values["coupling_power_gap"].max()),
    }  # fmt: skip


def peer(plan: Plan, whole: Outcome, singles: int, seconds_a_future: float) -> Row:
    """Return what one future at a time costs; each must be what it is among its neighbours."""
    seed = plan.futures.seed
    alone, found = timed(
        lambda: [
            simulate.simulate_outcome(plan.country, plan.strategy, plan.futures, seed, [k]) for k in range(singles)
        ]
    )
    for k, one in enumerate(found):
        for quantity, array in one.values.items():
            if not np.array_equal(array.isel(future=0).to_numpy(), whole.values[quantity].sel(future=k).to_numpy()):
                raise SystemExit(f"future {k} differs in {quantity}")
    return {
        "part": "plain, one future at a time", "model": "all", "futures": singles, "seconds": alone,
        "futures an hour": HOUR * singles / alone, "times as long": alone / singles / seconds_a_future,
    }  # fmt: skip


def benchmark(options: argparse.Namespace) -> Iterator[Row]:
    """Yield the rows of every kind of futures, and of the peer."""
    plan = read_plan(options.country)
    # What is compiled on first use, and read once a process, belongs to no kind.
    simulate.simulate_outcome(plan.country, plan.strategy, plan.futures, plan.futures.seed, [0])
    rows, whole = measure(plan, Kind("plain", [range(options.futures)]))
    yield from rows
    if options.singles:
        yield peer(plan, whole, min(options.singles, options.futures), _seconds(rows) / options.futures)
    if not options.exact or not plan.country.series:
        return
    exact, screened = options.exact, options.exact + options.screened
    detail = detail_for(plan.country, exact, screened=screened)
    rows, solved = measure(plan, Kind("exact", [range(k, k + 1) for k in range(exact)], detail))
    yield from rows
    if not options.screened:
        return
    request = make_request(plan.country, plan.strategy, plan.futures, screened, detail=detail)
    with tempfile.TemporaryDirectory() as name:
        seconds, library = timed(
            lambda: library_for(request, plan.country, plan.strategy, plan.futures, open_run(request, Path(name)))
        )
    yield {"part": "library, once a run", "model": "all", "seconds": seconds}
    known = {name: solved.values[name] for name in QUANTITIES if name in solved.values}
    frozen = mean_of(freeze_power(known)) if len(known) == len(QUANTITIES) else None
    rows, _ = measure(plan, Kind("screened", [range(exact, screened)], detail, library, frozen))
    yield from rows


def _seconds(rows: Sequence[Row]) -> float:
    return float(str(rows[-1]["seconds"]))


def shown(row: Row) -> str:
    """Return a row as one line."""
    text = f"{row['part']!s:28} {row['model']!s:28}"
    for name, value in row.items():
        if name in ("part", "model"):
            continue
        if name == "share":
            text += f"  {float(str(value)):6.1%}"
        elif name == "seconds":
            text += f"  {float(str(value)):8.3f} s"
        else:
            text += f"  {name} {value:,.4g}" if isinstance(value, float) else f"  {name} {value}"
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--country", default="serbia")
    parser.add_argument("--futures", type=int, default=250, help="futures without power, in one chunk")
    parser.add_argument("--exact", type=int, default=2, help="futures with power solved on all hours")
    parser.add_argument("--screened", type=int, default=8, help="futures with power screened, in one chunk")
    parser.add_argument("--singles", type=int, default=20, help="futures asked one at a time")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with threadpool_limits(limits=1):
        rows = []
        for row in benchmark(options):
            rows.append(row)
            if not options.json:
                print(shown(row), flush=True)
    if options.json:
        print(json.dumps({"rows": rows}, indent=1))


if __name__ == "__main__":
    main()
