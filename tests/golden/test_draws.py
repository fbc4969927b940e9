"""A few draws, printed once. A number here moves only together with every stored run."""

import csv
from pathlib import Path

import numpy as np
import pytest

from morava.plans.draws import draw
from morava.plans.types import Distribution, Futures, Uncertainty

TABLE = Path(__file__).parent / "draws.csv"
UNIFORM = Distribution("uniform", {"low": 0.0, "high": 1.0}, (), ())
DELAY = Distribution("lognormal", {"p10": 0.9, "p50": 1.2, "p90": 2.5}, (), ())


def uncertain(name, column, each, spread):
    return Uncertainty(name, name, column, each, spread, "", "", "", "1", {}, "assumed", "", "")


def rows():
    """Return what the table holds: uncertainty, label, future, value."""
    found = [
        uncertain("first_column", 0, (), UNIFORM),
        uncertain("eighth_column", 7, (), UNIFORM),
        uncertain("delay_column", 2, (), DELAY),
        uncertain("correlated_column", 9, (), UNIFORM),
        uncertain("gate", None, ("stage", "attempt"), UNIFORM),
        uncertain("delay", None, ("stage",), DELAY),
    ]
    futures = Futures("golden", 0, {u.name: u for u in found}, {("first_column", "correlated_column"): 0.5})
    labels = {"stage": ["railway/works", "пруга/радови"], "attempt": [0, 1]}
    for name, array in draw(futures, 2030, np.array([0, 1, 999, 123456]), labels, {}).items():
        dims = [str(dim) for dim in array.dims[1:]]
        for place in np.ndindex(array.shape):
            label = " ".join(str(array.coords[dim].to_numpy()[at]) for dim, at in zip(dims, place[1:], strict=True))
            yield name, label, int(array.coords["future"][place[0]]), float(array.to_numpy()[place])


def test_draws_are_as_printed():
    with TABLE.open(encoding="utf-8", newline="") as file:
        printed = list(csv.DictReader(line for line in file if not line.startswith("#")))
    got = list(rows())
    assert [(row["uncertainty"], row["label"], int(row["future"])) for row in printed] == [row[:3] for row in got]
    for row, (name, _, _, value) in zip(printed, got, strict=True):
        # Plain uniforms are integers over a power of two; the rest passes through the machine's exp and erf.
        expected = float(row["value"])
        exact = name in ("first_column", "eighth_column", "gate")
        assert value == expected if exact else value == pytest.approx(expected, rel=1e-13)
