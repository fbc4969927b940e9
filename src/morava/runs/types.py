"""What follows from a plan, and what is said about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import xarray as xr


@dataclass(frozen=True)
class Request:
    """What is to be run. Everything here is hashed, and nothing else is.

    The power program is solved for the first `power_futures` only, in the years named (with commas), on so many chosen
    weeks of each year; zero weeks are all hours. In the first `power_check` of them it is solved on all hours too. In
    the futures after them, up to `power_screened`, it is answered within one percent. `levers` are those that do not
    stand where the strategy has them, as `name=value` with commas, sorted.
    """

    country: str
    strategy: str
    futures_file: str
    futures: int
    seed: int
    chunk_size: int
    power_futures: int
    power_years: str
    power_weeks: int
    power_check: int
    power_screened: int
    country_hash: str
    strategy_hash: str
    futures_hash: str
    code_hash: str
    versions: Mapping[str, str]
    levers: str = ""


@dataclass(frozen=True)
class Outcome:
    """Labelled arrays, always with dimension `future`, and the run that they come from.

    What the power program gives stands for the futures in which it was solved, the first ones of the run; all else for
    every future. An array's own labels say which.

    `without` holds, for each initiative that a test takes away, the same quantities in the same futures without it.
    `failed` names the futures that could not be answered, with the reason; they are counted, never dropped silently.
    """

    values: Mapping[str, xr.DataArray]
    without: Mapping[str, Mapping[str, xr.DataArray]]
    failed: Mapping[int, str]
    run: str


@dataclass(frozen=True)
class Hinge:
    """An uncertainty that a verdict depends on, and the share of the variance that it alone explains."""

    factor: str
    share: float


@dataclass(frozen=True)
class TestResult:
    """One test of a claim: in how many futures it passes, what the value was, how far from the bound."""

    __test__ = False

    name: str
    says: str
    quantity: str
    unit: str
    bound: str
    basis: str
    share: float | None
    interval: tuple[float, float] | None
    p10: float | None
    p50: float | None
    p90: float | None
    margin: float | None
    answer: str
    hinges_on: tuple[Hinge, ...]
    reason: str


@dataclass(frozen=True)
class Verdict:
    """Whether a claim is so: the answer, what it rests on, and how sure it is."""

    claim: str
    answer: str
    basis: str
    share_of_futures: float | None
    interval: tuple[float, float] | None
    open: bool
    margin: float | None
    margin_unit: str
    hinges_on: tuple[Hinge, ...]
    reasons: tuple[str, ...]
    tests: tuple[TestResult, ...]
    lineage: Mapping[str, object] = field(default_factory=dict)
