"""What a back-test takes and says: origins, forecasts, rows, scores."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import TypeAlias

from morava.plans.types import Country, Futures
from morava.runs.backtest_scores import Array

BETTER, WORSE, SAME = "better than the trend", "loses to the trend", "no better and no worse than the trend"
PSEUDO = (
    "Pseudo-real-time: series are cut where they ended on the day of the freeze, but hold the values of today's "
    "revisions, and the models and most of their parameters are of today. This flatters the forecast."
)


@dataclass(frozen=True)
class Origin:
    """Where a forecast starts: the country is frozen at the end of `freeze`, `base` is the last full year known then.

    Everything after it up to `last` is forecast, the year of the freeze too.
    """

    freeze: int
    base: int
    last: int

    @property
    def years(self) -> tuple[int, ...]:
        """Return the years that are forecast."""
        return tuple(range(self.base + 1, self.last + 1))


@dataclass(frozen=True)
class Kept:
    """What a forecast took though it was not known on the day: a judgement or a measurement of later.

    `hindsight` names a period of its facts that reaches into the years that are forecast; blank where none does.
    """

    quantity: str
    facts: int
    known_on: str
    hindsight: str = ""


@dataclass(frozen=True)
class Forecast:
    """Values [future] by quantity and year, what was kept of later, and what could not be done, in words."""

    values: Mapping[str, Mapping[int, Array]]
    kept: tuple[Kept, ...] = ()
    notes: tuple[str, ...] = ()


Forecaster: TypeAlias = Callable[[Country, Futures, Origin, int], Forecast]
"""From a country, its futures, an origin and a number of futures to what is foreseen."""


@dataclass(frozen=True)
class Scored:
    """One quantity that is scored.

    `of_logs` says whether the naive trend is one of growth. Where `is_index`, values are 100 in the base year.
    `foresees` names the quantities of the glossary for which the score speaks, `technology` the label where it is one.
    """

    name: str
    title: str
    unit: str
    of_logs: bool
    is_index: bool
    foresees: tuple[str, ...]
    technology: str = ""


@dataclass(frozen=True)
class Row:
    """One quantity in one year of one freeze; `error` and `naive_error` are the median less what was observed.

    `base` is what was observed in the last full year known.
    """

    quantity: str
    unit: str
    freeze: int
    year: int
    base: float
    observed: float
    p10: float
    p50: float
    p90: float
    naive: float
    error: float
    naive_error: float
    crps: float
    naive_crps: float
    inside: bool


@dataclass(frozen=True)
class Score:
    """One quantity over years and freezes: mean absolute errors, mean scores, and how much they rest on.

    `no_change_error` is that of who says that all stays as it was.
    """

    quantity: str
    title: str
    unit: str
    rows: int
    effective_n: float
    error: float
    naive_error: float
    no_change_error: float
    crps: float
    naive_crps: float
    skill: float | None
    coverage: float
    verdict: str
    foresees: tuple[str, ...]
    technology: str


@dataclass(frozen=True)
class Backtest:
    """Every row of a country, its scores, and what was kept of later by freeze."""

    country: str
    futures: int
    coverage: float
    interval: tuple[float, float]
    effective_n: float
    persistence: float
    rows: tuple[Row, ...]
    scores: tuple[Score, ...]
    kept: tuple[Kept, ...]
    notes: tuple[str, ...]
    standing: str = PSEUDO

    def document(self) -> dict[str, object]:
        """Return it as plain data."""
        return asdict(self)
