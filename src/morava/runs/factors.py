"""Everything that was drawn, as named factors, and how much of a result each of them alone explains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import networkx as nx
import numpy as np
import xarray as xr

from morava.plans.types import Futures, Strategy, Test
from morava.runs.sensitivity import first_order
from morava.runs.types import Hinge

MOST_NAMED = 3
"""A verdict names at most so many hinges: more is no explanation."""


@dataclass(frozen=True)
class Factors:
    """Draws by name of factor, each over the futures of a run, in the order of the outcome.

    `questions` is the number of tests of the strategy: the chance of one false name is held over all of them together.
    """

    values: Mapping[str, np.ndarray]
    belongs: Mapping[str, str]
    questions: int
    futures: tuple[int, ...] = ()

    def of(self, futures: np.ndarray) -> Factors:
        """Return the same factors for some of the futures."""
        if len(futures) == len(self.futures) or not self.futures:
            return self
        places = np.searchsorted(np.asarray(self.futures), futures)
        return replace(
            self, values={n: v[places] for n, v in self.values.items()}, futures=tuple(int(k) for k in futures)
        )

    def relevant(self, test: Test, strategy: Strategy, touched: Mapping[str, Sequence[str]]) -> list[str]:
        """Return the factors that can reach what a test looks at: all common ones, and those of its initiatives."""
        near = reach(test, strategy, touched)
        return [name for name in self.values if not self.belongs[name] or self.belongs[name] in near]

    def explain(self, result: np.ndarray, names: Sequence[str]) -> tuple[Hinge, ...]:
        """Return the factors that explain more of a result than chance would, the strongest first.

        Parameters
        ----------
        result : array [future]
            Zero and one, or a number; futures that hold NaN (never) are left out.
        """
        known = ~np.isnan(result)
        varying = [name for name in names if np.ptp(self.values[name][known]) > 0] if known.any() else []
        if not varying or np.ptp(result[known]) == 0:
            return ()
        matrix = np.column_stack([self.values[name][known] for name in varying])
        found = first_order(matrix, result[known], comparisons=len(varying) * self.questions)
        hinges = [
            Hinge(name, float(share))
            for name, share, clear in zip(varying, found.index, found.significant, strict=True)
            if clear
        ]
        return tuple(sorted(hinges, key=lambda hinge: (-hinge.share, hinge.factor))[:MOST_NAMED])


def reach(test: Test, strategy: Strategy, touched: Mapping[str, Sequence[str]]) -> set[str]:
    """Return the initiatives that can reach what a test looks at, through dependencies and envelopes."""
    near: set[str] = set(touched.get(test.measure.quantity, ()))
    for measure in (test.measure, test.against):
        for dim, label in (measure.where if measure else {}).items():
            labels = [label] if isinstance(label, str) else list(label)
            if dim in ("initiative", "stage"):
                near |= {name.split("/")[0] for name in labels}
            if dim == "envelope":
                near |= {name for name, one in strategy.initiatives.items() if _pays(strategy, one.envelope, labels)}
    if test.without:
        near.add(test.without)
    network: nx.DiGraph[str] = nx.DiGraph()
    for name, initiative in strategy.initiatives.items():
        network.add_node(name)
        awaited = [stage for one in initiative.stages for stage in one.after if "/" in stage]
        network.add_edges_from((before.split("/")[0], name) for before in (*initiative.depends_on, *awaited))
    for name in list(near & set(strategy.initiatives)):
        near |= nx.ancestors(network, name)
    return near


def _pays(strategy: Strategy, envelope: str, wanted: Sequence[str]) -> bool:
    while envelope:
        if envelope in wanted:
            return True
        envelope = strategy.envelopes[envelope].part_of
    return False


def name_factors(futures: Futures, draws: Mapping[str, xr.DataArray], questions: int) -> Factors:
    """Return every draw as a factor; those of one initiative or stage belong to it."""
    values: dict[str, np.ndarray] = {}
    belongs: dict[str, str] = {}
    for name, array in draws.items():
        if "attempt" in array.dims:
            array = array.isel(attempt=0, drop=True)
        each = [str(dim) for dim in array.dims if dim != "future"]
        title = futures.uncertainties[name].title
        if not each:
            values[title], belongs[title] = array.to_numpy(), ""
            continue
        flat = array.transpose("future", *each).stack(label=each)
        for column, label in enumerate(flat.coords["label"].to_numpy()):
            shown = "/".join(str(part) for part in label)
            factor = f"{title}: {shown}"
            values[factor] = flat.to_numpy()[:, column]
            belongs[factor] = shown.split("/")[0] if each[0] in ("initiative", "stage") else ""
    some = next(iter(draws.values()), None)
    numbers = () if some is None else tuple(int(number) for number in some.coords["future"].to_numpy())
    return Factors(values, belongs, max(questions, 1), numbers)
