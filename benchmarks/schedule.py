"""Futures a second of the schedule alone, beside a plain loop over networkx graphs.

Both do the same work in the same process: a synthetic programme of 69 initiatives with 4 stages each, dependencies,
gates, both views on dates. The peer is written as one would write it first, a graph and a loop a future, and must give
the same dates.

    python benchmarks/schedule.py [--futures 10000] [--peer-futures 20] [--json]
"""

from __future__ import annotations

import argparse
import json
import math
import time
from statistics import NormalDist
from typing import Any

import networkx as nx
import numpy as np
import xarray as xr

from morava.models.schedule import schedule
from morava.quantities import labelled

INITIATIVES, STAGES, CLASSES, ATTEMPTS = 69, 4, 14, 3
SEED = 2030
NORMAL = NormalDist()
Z90 = NORMAL.inv_cdf(0.9)


def programme(futures: int) -> dict[str, xr.DataArray]:
    """Return the inputs of a synthetic strategy."""
    random = np.random.default_rng(SEED)
    names = [f"initiative-{k:02}" for k in range(INITIATIVES)]
    stages = [f"{name}/{part}" for name in names for part in ("permit", "finance", "works", "tests")]
    classes = [f"class-{k}" for k in range(CLASSES)]
    by_initiative, by_stage = {"initiative": names}, {"stage": stages}
    precedes = np.zeros((len(stages), len(stages)))
    for k in range(INITIATIVES):
        first = k * STAGES
        # Permit and finance side by side, then works, then tests.
        precedes[[first, first + 1, first + 2], [first + 2, first + 2, first + 3]] = 1
        if k and k % 3 == 0:
            other = int(random.integers(k)) * STAGES + 3
            precedes[other, [first, first + 1]] = 1
    elapsed = random.uniform(0, 60, INITIATIVES)
    planned = random.uniform(12, 120, INITIATIVES)
    again = random.random(INITIATIVES) < 0.5
    age = np.where(again, elapsed * random.uniform(0, 1, INITIATIVES), elapsed)
    promise = np.where(again, planned * random.uniform(0.3, 1.5, INITIATIVES), planned)
    median = random.uniform(1.1, 1.8, CLASSES)
    factors = np.stack([median * 0.7, median, median * random.uniform(1.3, 2.2, CLASSES)], axis=1)
    of_class = {"reference_class": classes, "quantile": ["p10", "p50", "p90"]}
    said = np.sort(random.uniform(2012, 2026, 30))
    numbers = list(range(futures))
    scalars = {
        "schedule_as_of": 2026.5,
        "schedule_programme_correlation": 0.2,
        "schedule_class_correlation": 0.2,
        "schedule_cost_correlation": 0.5,
        "schedule_stage_spread": 0.25,
        "schedule_slip_weight": 0.5,
    }
    inputs = {name: labelled(name, value) for name, value in scalars.items()}
    plain: dict[str, tuple[Any, dict[str, list[str]]]] = {
        "initiative_planned_duration": (planned, by_initiative),
        "initiative_elapsed": (elapsed, by_initiative),
        "initiative_promise_remaining": (promise, by_initiative),
        "initiative_promise_age": (age, by_initiative),
        "initiative_class": ([classes[k % CLASSES] for k in range(INITIATIVES)], by_initiative),
        "stage_initiative": ([name for name in names for _ in range(STAGES)], by_stage),
        "stage_share": ([0.3, 0.25, 0.6, 0.1] * INITIATIVES, by_stage),
        "stage_gate_pass": ([0.7, 0.8, 1.0, 1.0] * INITIATIVES, by_stage),
        "stage_gate_wait": ([6.0, 9.0, 0.0, 0.0] * INITIATIVES, by_stage),
        "stage_gate_attempts": ([3.0, 2.0, 1.0, 1.0] * INITIATIVES, by_stage),
        "stage_precedes": (precedes, {"previous": stages, "stage": stages}),
        "reference_delay_factor": (factors, of_class),
        "reference_cost_factor": (factors * 0.9, of_class),
        "slip_said": (said, {"promise": [f"p{k}" for k in range(30)]}),
        "slip_date": (said * 0.5 + 1016 + random.normal(0, 1, 30), {"promise": [f"p{k}" for k in range(30)]}),
        "slip_series": ([f"s{k % 10}" for k in range(30)], {"promise": [f"p{k}" for k in range(30)]}),
    }
    drawn: dict[str, tuple[Any, dict[str, list[Any]]]] = {
        "schedule_programme_shock": (random.standard_normal(futures), {}),
        "schedule_class_shock": (random.standard_normal((futures, CLASSES)), {"reference_class": classes}),
        "schedule_initiative_shock": (random.standard_normal((futures, INITIATIVES)), {"initiative": names}),
        "schedule_cost_shock": (random.standard_normal((futures, INITIATIVES)), {"initiative": names}),
        "schedule_stage_shock": (random.standard_normal((futures, len(stages))), {"stage": stages}),
        "schedule_gate_draw": (
            random.random((futures, len(stages), ATTEMPTS)),
            {"stage": stages, "attempt": list(range(ATTEMPTS))},
        ),
        "schedule_view_draw": (random.random(futures), {}),
        "slip_rate_shock": (random.standard_normal(futures), {}),
    }
    inputs |= {name: labelled(name, values, coords) for name, (values, coords) in plain.items()}
    return inputs | {name: labelled(name, v, {"future": numbers, **coords}) for name, (v, coords) in drawn.items()}


class Peer:
    """The same answer, one graph and one loop a future, in plain Python."""

    def __init__(self, inputs: dict[str, xr.DataArray], rate: float, error: float) -> None:
        self.fixed = {name: a.to_numpy() for name, a in inputs.items() if "future" not in a.dims}
        self.drawn = {name: a.to_numpy() for name, a in inputs.items() if "future" in a.dims}
        self.names = inputs["initiative_planned_duration"].indexes["initiative"].tolist()
        classes = inputs["reference_delay_factor"].indexes["reference_class"].tolist()
        self.class_of = [classes.index(word) for word in self.fixed["initiative_class"]]
        self.owner = [self.names.index(word) for word in self.fixed["stage_initiative"]]
        self.rate, self.error = rate, error
        self.graph: nx.DiGraph[int] = nx.DiGraph()
        self.graph.add_nodes_from(range(len(self.owner)))
        self.graph.add_edges_from(
            (int(i), int(j)) for i, j in zip(*np.nonzero(self.fixed["stage_precedes"]), strict=True)
        )
        self.share = [self._own_share(k) for k in range(len(self.names))]
        whole: nx.DiGraph[int] = nx.DiGraph()
        whole.add_nodes_from(range(len(self.names)))
        whole.add_edges_from(
            (self.owner[i], self.owner[j]) for i, j in self.graph.edges if self.owner[i] != self.owner[j]
        )
        self.order = list(nx.topological_sort(whole))
        self.inner = [self._inner(k) for k in range(len(self.names))]
        self.inner_order = [list(nx.topological_sort(inner)) for inner in self.inner]

    def _inner(self, k: int) -> nx.DiGraph[int]:
        return self.graph.subgraph([s for s, owner in enumerate(self.owner) if owner == k])

    def _own_share(self, k: int) -> float:
        ahead = self.fixed["initiative_promise_remaining"] - self.fixed["initiative_promise_age"]
        others = {self.owner[i] for i, j in self.graph.edges if self.owner[j] == k and self.owner[i] != k}
        awaited = max((ahead[other] for other in others), default=0.0)
        if awaited <= 0:
            return 1.0
        return (ahead[k] - awaited) / ahead[k] if ahead[k] > awaited else 0.0

    @staticmethod
    def _normal(median: float, quantiles: Any, value: float) -> float:
        away = math.log(value / median) if value > 0 else -math.inf
        return away * Z90 / math.log(quantiles[1] / quantiles[0] if away < 0 else quantiles[2] / quantiles[1])

    @staticmethod
    def _value(median: float, quantiles: Any, z: float) -> float:
        return median * math.exp(
            math.log(quantiles[1] / quantiles[0] if z < 0 else quantiles[2] / quantiles[1]) * z / Z90
        )

    def _by_class(self, k: int, quantiles: Any, z: float) -> tuple[float, float]:
        """Return remaining months by the reference class, and the normal number of the whole time."""
        median = self.fixed["initiative_planned_duration"][k] * quantiles[1]
        gone, age = self.fixed["initiative_elapsed"][k], self.fixed["initiative_promise_age"][k]
        promise = self.fixed["initiative_promise_remaining"][k]
        first = last = self._normal(median, quantiles, gone)
        broken = 1.0
        if age < promise:
            last = self._normal(median, quantiles, gone + promise - age)
            so_far = self._normal(quantiles[1], quantiles, age / promise)
            broken = NORMAL.cdf(-self._normal(quantiles[1], quantiles, 1.0)) / NORMAL.cdf(-so_far)
        if NORMAL.cdf(-z) <= broken:
            rank = -NORMAL.inv_cdf(NORMAL.cdf(-last) * NORMAL.cdf(-z) / broken)
        else:
            # Whichever side is smaller is computed: one less a small number would lose its digits.
            share = NORMAL.cdf(z) / (1 - broken)
            side = -1 if first > 0 else 1
            rank = side * NORMAL.inv_cdf(NORMAL.cdf(side * first) * (1 - share) + NORMAL.cdf(side * last) * share)
        return self._value(median, quantiles, rank) - gone, rank

    def initiative_left(self, k: int, f: int) -> tuple[float, float]:
        """Return remaining months and cost factor."""
        fixed, drawn, c = self.fixed, self.drawn, self.class_of[k]
        rp, rc = float(fixed["schedule_programme_correlation"]), float(fixed["schedule_class_correlation"])
        z = math.sqrt(rp) * drawn["schedule_programme_shock"][f] + math.sqrt(rc) * drawn["schedule_class_shock"][f, c]
        z += math.sqrt(1 - rp - rc) * drawn["schedule_initiative_shock"][f, k]
        delay, cost = fixed["reference_delay_factor"][c], fixed["reference_cost_factor"][c]
        left, rank = self._by_class(k, delay, z)
        lean = float(fixed["schedule_cost_correlation"])
        factor = self._value(cost[1], cost, lean * rank + math.sqrt(1 - lean**2) * drawn["schedule_cost_shock"][f, k])
        if drawn["schedule_view_draw"][f] < float(fixed["schedule_slip_weight"]):
            rate = self.rate + self.error * drawn["slip_rate_shock"][f]
            if rate >= 1:
                return math.inf, factor
            median = fixed["initiative_promise_remaining"][k] / (1 - rate)
            age = fixed["initiative_promise_age"][k]
            above = NORMAL.cdf(-self._normal(median, delay, age)) * NORMAL.cdf(-z)
            left = self._value(median, delay, -NORMAL.inv_cdf(above)) - age
        return left, factor

    def gate(self, stage: int, f: int) -> tuple[float, bool]:
        """Return months lost at the gate and whether it is shut for good."""
        chance, wait = self.fixed["stage_gate_pass"][stage], self.fixed["stage_gate_wait"][stage]
        lost, attempts = 0.0, int(self.fixed["stage_gate_attempts"][stage])
        for attempt in range(attempts):
            if chance >= 1 or self.drawn["schedule_gate_draw"][f, stage, attempt] < chance:
                return lost, False
            if attempt < attempts - 1:
                lost += wait
        return lost, True

    def answer(self, f: int) -> tuple[list[float], list[float]]:
        """Return finish (months from now) and cost factor of every initiative in one future."""
        spread = float(self.fixed["schedule_stage_spread"])
        finish: dict[int, float] = {}
        ends = [0.0] * len(self.names)
        cost = [0.0] * len(self.names)
        for k in self.order:
            left, cost[k] = self.initiative_left(k, f)
            inner, order = self.inner[k], self.inner_order[k]
            factor = {
                s: self.fixed["stage_share"][s] * math.exp(spread * self.drawn["schedule_stage_shock"][f, s])
                for s in order
            }
            reach: dict[int, float] = {}
            for s in order:
                reach[s] = max((reach[p] for p in inner.predecessors(s)), default=0.0) + factor[s]
            length = max(reach.values())
            cancel = math.inf
            for s in order:
                start = math.inf if math.isinf(left) else left * (1 - self.share[k])
                start = max([start, *(finish[p] for p in self.graph.predecessors(s))])
                lost, shut = self.gate(s, f)
                finish[s] = start + (0.0 if math.isinf(left) else factor[s] / length * left * self.share[k]) + lost
                if shut:
                    cancel = min(cancel, finish[s])
                    finish[s] = math.inf
            for s in order:
                finish[s] = math.inf if finish[s] > cancel else finish[s]
            ends[k] = max(finish[s] for s in order)
        return ends, cost


def measure(futures: int, peer_futures: int) -> dict[str, Any]:
    """Return one row of the table."""
    inputs = programme(futures)
    schedule(**inputs)
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        found = schedule(**inputs)
        times.append(time.perf_counter() - begin)
    ours = min(times)
    begin = time.perf_counter()
    peer = Peer(inputs, found["slip_rate_estimate"].values.flat[0], found["slip_rate_error"].values.flat[0])
    answers = [peer.answer(f) for f in range(peer_futures)]
    theirs = time.perf_counter() - begin
    apart = 0.0
    months = (found["initiative_finish"] - inputs["schedule_as_of"]) * 12
    for f, (ends, cost) in enumerate(answers):
        for mine, other in (
            (months.isel(future=f).to_numpy(), np.array(ends)),
            (found["initiative_cost_factor"].isel(future=f).to_numpy(), np.array(cost)),
        ):
            if not (np.isinf(mine) == np.isinf(other)).all():
                raise SystemExit(f"future {f}: never in one and not in the other")
            ended = np.isfinite(mine)
            apart = max(apart, float(np.max(np.abs(mine[ended] / other[ended] - 1), initial=0.0)))
    if apart > 1e-9:
        raise SystemExit(f"the two differ by {apart:.1e}")
    rate, peer_rate = futures / ours, peer_futures / theirs
    return {
        "work": f"schedule, {INITIATIVES} initiatives x {STAGES} stages",
        "futures": futures,
        "seconds": round(ours, 4),
        "futures_per_second": round(rate),
        "peer": "networkx and a Python loop a future",
        "peer_futures": peer_futures,
        "peer_futures_per_second": round(peer_rate, 1),
        "ratio": round(rate / peer_rate, 1),
        "largest_relative_difference": apart,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--futures", type=int, default=10_000)
    parser.add_argument("--peer-futures", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    row = measure(chosen.futures, chosen.peer_futures)
    if chosen.json:
        print(json.dumps({"rows": [row]}))
        return
    for name, value in row.items():
        print(f"{name:<28} {value}")


if __name__ == "__main__":
    main()
