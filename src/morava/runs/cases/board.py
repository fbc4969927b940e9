"""The scoreboard: every number that somebody else printed, beside the one that our models give."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.resources import files
from types import ModuleType
from typing import Any

import yaml

from morava.errors import MoravaError, Problem
from morava.runs.cases import (
    adequacy,
    complexity,
    data_centres,
    economy,
    gravity,
    input_output,
    money,
    partners,
    power,
    schedule,
    trade,
    uncertainty,
    utopia,
)
from morava.runs.cases.readings import Reading

STANDINGS = ("published", "recomputed", "recalled")
CASE_FILES = ("cases.yaml", "economy.yaml", "trade.yaml", "gravity.yaml", "input_output.yaml", "complexity.yaml")
"""The files of cases, in the order of the scoreboard; what else lies beside them is data of cases."""
ERROR_MISMATCH = 0.1
"""A standard error that is off by more than this share of the stated one fails a case: the tolerance rests on it."""

_MODULES: Mapping[str, ModuleType] = {
    "schedule": schedule,
    "money": money,
    "partners": partners,
    "uncertainty": uncertainty,
    "adequacy": adequacy,
    "utopia": utopia,
    "power": power,
    "data_centres": data_centres,
    "complexity": complexity,
    "economy": economy,
    "trade": trade,
    "gravity": gravity,
    "input_output": input_output,
}


@dataclass(frozen=True)
class Case:
    """One number of somebody else's, and how it is computed here.

    `tolerance` says how far `got` may lie from `expected`. Where the number comes from draws, `standard_error` is
    what its own must be, within a tenth; it is None elsewhere.
    """

    name: str
    label: str
    source: str
    standing: str
    computes: str
    inputs: Mapping[str, Any]
    expected: float
    tolerance: float
    standard_error: float | None


@dataclass(frozen=True)
class CaseResult:
    """One row of the scoreboard."""

    case: str
    source: str
    standing: str
    expected: float
    got: float
    tolerance: float
    passed: bool

    def document(self) -> dict[str, object]:
        """Return the row as plain data."""
        return asdict(self)


def read_cases() -> list[Case]:
    """Return every case, file by file and in the order of each.

    Raises
    ------
    MoravaError
        A case with an unknown standing.
    """
    folder = files("morava.runs").joinpath("cases", "data")
    texts = [folder.joinpath(name).read_text(encoding="utf-8") for name in CASE_FILES]
    entries = [entry for text in texts for entry in yaml.safe_load(text)]
    return [case for entry in entries for case in _unfold(entry)]


def _unfold(entry: Mapping[str, Any]) -> Iterator[Case]:
    """Yield one case a label; an entry with a single number has none."""
    if entry["standing"] not in STANDINGS:
        raise MoravaError(
            Problem(f"standing {entry['standing']!r} is unknown", f"case {entry['name']}", f"use one of {STANDINGS}")
        )
    expected = entry["expected"]
    by_label: Mapping[str, float] = expected if isinstance(expected, dict) else {"": expected}
    for label, value in by_label.items():
        given = {k: v[label] if isinstance(v, dict) else v for k, v in entry["tolerance"].items()}
        yield Case(
            name=f"{entry['name']} {label}".strip(),
            label=label,
            source=entry["source"],
            standing=entry["standing"],
            computes=entry["computes"],
            inputs=entry["inputs"],
            expected=float(value),
            tolerance=_tolerance(float(value), given),
            standard_error=given.get("own"),
        )


def _tolerance(expected: float, given: Mapping[str, float]) -> float:
    if "standard_errors" in given:
        return given["standard_errors"] * math.hypot(given["own"], given["theirs"]) + given["rounding"]
    return given["absolute"] if "absolute" in given else given["relative"] * abs(expected)


def compare(case: Case) -> CaseResult:
    """Compute one case and say whether it is met."""
    room, name = case.computes.split(".")
    compute: Callable[..., Reading] = getattr(_MODULES[room], name)
    reading = compute(case.inputs, case.label) if case.label else compute(case.inputs)
    near = abs(reading.value - case.expected) <= case.tolerance
    return CaseResult(
        case=case.name,
        source=case.source,
        standing=case.standing,
        expected=case.expected,
        got=reading.value,
        tolerance=case.tolerance,
        passed=near and _error_as_stated(case, reading),
    )


def _error_as_stated(case: Case, reading: Reading) -> bool:
    if case.standard_error is None or reading.error is None:
        return case.standard_error is None and reading.error is None
    return abs(reading.error / case.standard_error - 1) <= ERROR_MISMATCH


def run_cases() -> list[CaseResult]:
    """Compute every case.

    Returns
    -------
    list
        One row a number, in the order of the file.
    """
    return [compare(case) for case in read_cases()]
