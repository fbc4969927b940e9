"""Futures per second of the whole chain on the Serbia default, and where the time goes.

The peer is the same code asked for one future at a time, as a tool that wraps a model asks for it; its results are
checked to be the same to the last bit.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from morava.models.chain import CHAIN, DATES, DETAILED
from morava.runs.apply import apply_plan
from morava.runs.explore import read_plan
from morava.runs.guard import run
from morava.runs.lower import lower
from morava.runs.lower_money import TRENDS, trends
from morava.runs.request import make_request
from morava.runs.simulate import simulate, simulate_outcome
from morava.runs.store import open_run, write_chunk


def timed(work: Callable[[], object], repeat: int) -> tuple[float, object]:
    """Return the median of the seconds that some work takes, and its last result."""
    seconds, result = [], None
    for _ in range(repeat):
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    return float(np.median(seconds)), result


def measure(country: str, futures: int, singles: int, repeat: int) -> list[dict[str, object]]:
    """Return one row a part of the chain, then the whole, then the peer."""
    plan = read_plan(country)
    numbers = list(range(futures))
    seed = plan.futures.seed
    rows: list[dict[str, object]] = []

    def add(part: str, seconds: float, count: int, **more: object) -> None:
        rows.append({"part": part, "futures": count, "seconds": seconds, "futures_per_second": count / seconds, **more})

    seconds, lowered = timed(lambda: lower(plan.country, plan.strategy, plan.futures, seed, numbers), repeat)
    add("draw and lower", seconds, futures)
    known = dict(lowered.inputs)
    for model in CHAIN:
        if model in DETAILED:  # solved in few futures only: `power.py` measures it
            continue
        if set(TRENDS) <= set(model.needs):
            known = known | trends(known)
        seconds, given = timed(partial(run, model, known), repeat)
        known = known | given
        add(f"model {model.__name__}", seconds, futures)
        if model in DATES:
            seconds, applied = timed(
                partial(apply_plan, lowered.states, plan.strategy, known, lowered.evidence, numbers), repeat
            )
            known = known | applied[0]
            add("apply the plan", seconds, futures)
    with tempfile.TemporaryDirectory() as name:
        outcome = simulate_outcome(plan.country, plan.strategy, plan.futures, seed, numbers)
        request = make_request(plan.country, plan.strategy, plan.futures, futures)
        path = open_run(request, Path(name))
        seconds, _ = timed(lambda: write_chunk(path, range(futures), outcome), repeat)
        add("store", seconds, futures)
    together, whole = timed(lambda: simulate(plan.country, plan.strategy, plan.futures, seed, numbers), repeat)
    add("the chain, all futures at once", together, futures)
    alone, single = timed(
        lambda: [simulate(plan.country, plan.strategy, plan.futures, seed, [k]) for k in range(singles)], 1
    )
    for k, one in enumerate(single):
        for quantity, array in one.values.items():
            if not np.array_equal(array.isel(future=0).to_numpy(), whole.values[quantity].sel(future=k).to_numpy()):
                raise SystemExit(f"future {k} differs in {quantity}")
    add("the chain, one future at a time", alone, singles, ratio=(alone / singles) / (together / futures))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--country", default="serbia")
    parser.add_argument("--futures", type=int, default=1000)
    parser.add_argument("--singles", type=int, default=20)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = measure(options.country, options.futures, options.singles, options.repeat)
    if options.json:
        print(json.dumps({"rows": rows}, indent=1))
        return
    for row in rows:
        ratio = f"  ratio {row['ratio']:.0f}" if "ratio" in row else ""
        print(
            f"{row['part']:34} {row['futures']:6} futures {row['seconds']:8.3f} s "
            f"{row['futures_per_second']:12,.0f} a second{ratio}"
        )


if __name__ == "__main__":
    main()
