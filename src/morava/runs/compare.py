"""Two runs side by side: what differs in what went in, and what differs in what came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np

from morava.quantities import find
from morava.quantities.units import in_money
from morava.runs.answers import Answers


@dataclass(frozen=True)
class VerdictChange:
    """A claim whose answer or share moved between two runs; None where a run does not hold the claim."""

    claim: str
    answers: tuple[str | None, str | None]
    shares: tuple[float | None, float | None]


@dataclass(frozen=True)
class QuantityChange:
    """The cell of a quantity whose median moved most between two runs."""

    quantity: str
    cell: Mapping[str, object]
    medians: tuple[float, float]
    unit: str


@dataclass(frozen=True)
class Comparison:
    """What differs between two runs."""

    inputs: Mapping[str, tuple[object, object]]
    verdicts: tuple[VerdictChange, ...]
    quantities: tuple[QuantityChange, ...]
    only_in: tuple[tuple[str, ...], tuple[str, ...]]


def compare(one: Answers, other: Answers) -> Comparison:
    """Return what differs between two runs: inputs by name, verdicts, and the medians that moved.

    Quantities or cells that only one of the runs holds are named, not compared.
    """
    first, second = asdict(one.request), asdict(other.request)
    inputs = {name: (first[name], second[name]) for name in first if first[name] != second[name]}
    before = {verdict.claim: verdict for verdict in one.verdicts}
    after = {verdict.claim: verdict for verdict in other.verdicts}
    verdicts = []
    for claim in sorted(before.keys() | after.keys()):
        a, b = before.get(claim), after.get(claim)
        answers = (a.answer if a else None, b.answer if b else None)
        shares = (a.share_of_futures if a else None, b.share_of_futures if b else None)
        if answers[0] != answers[1] or shares[0] != shares[1]:
            verdicts.append(VerdictChange(claim, answers, shares))
    quantities, only_one, only_other = _compare_values(one, other)
    return Comparison(inputs, tuple(verdicts), tuple(quantities), (tuple(only_one), tuple(only_other)))


def _compare_values(one: Answers, other: Answers) -> tuple[list[QuantityChange], list[str], list[str]]:
    found = []
    values, others = one.outcome.values, other.outcome.values
    only = sorted(values.keys() - others.keys()), sorted(others.keys() - values.keys())
    bases = one.plan.country.price_base, other.plan.country.price_base
    for name in sorted(values.keys() & others.keys()):
        a, b = values[name], others[name]
        units = [in_money(find(name).unit, base) for base in bases]
        if units[0] != units[1]:
            for side, unit in zip(only, units, strict=True):
                side.append(f"{name} in {unit}")
            continue
        dims = [str(dim) for dim in a.dims if dim != "future"]
        shared = {dim: np.intersect1d(a.coords[dim].to_numpy(), b.coords[dim].to_numpy()) for dim in dims}
        for dim, labels in shared.items():
            only[0].extend(f"{name} {dim} {label}" for label in np.setdiff1d(a.coords[dim].to_numpy(), labels))
            only[1].extend(f"{name} {dim} {label}" for label in np.setdiff1d(b.coords[dim].to_numpy(), labels))
        medians = [
            np.quantile(array.sel(shared).transpose("future", *dims).to_numpy(), 0.5, axis=0, method="inverted_cdf")
            for array in (a, b)
        ]
        if medians[0].size == 0:
            continue
        with np.errstate(invalid="ignore"):
            moved = np.where(medians[0] == medians[1], 0.0, np.abs(medians[1] - medians[0]))
        if moved.max() > 0:
            place = np.unravel_index(int(np.argmax(moved)), moved.shape) if dims else ()
            cell = {
                dim: shared[dim][index].item() if hasattr(shared[dim][index], "item") else shared[dim][index]
                for dim, index in zip(dims, place, strict=True)
            }
            pair = (float(medians[0][place]), float(medians[1][place]))
            found.append(QuantityChange(name, cell, pair, units[0]))
    return found, only[0], only[1]
