"""What is said of an initiative or a group of them: gross, net, and against the same money spent otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from morava.models.batches import Array

LOW, HIGH = 0.1, 0.9
"""Ends of the 80 percent range."""


@dataclass(frozen=True)
class Spread:
    """Median and 80 percent range over futures."""

    p10: float
    p50: float
    p90: float


@dataclass(frozen=True)
class Measure:
    """What is looked at: title, unit as shown, factor to it, and whether a difference is also told in percent."""

    title: str
    unit: str
    factor: float = 1.0
    percent: bool = False


@dataclass(frozen=True)
class Row:
    """One difference: `level` is the median of what it is held against, `percent` the difference as part of that."""

    kind: str
    closure: str
    measure: str
    title: str
    unit: str
    year: int
    level: float
    change: Spread
    percent: Spread | None
    futures: int


@dataclass(frozen=True)
class Gross:
    """One figure of input-output: no closure, no year."""

    measure: str
    title: str
    unit: str
    value: Spread


@dataclass(frozen=True)
class GroupEffects:
    """What is said of one group. `members` says of each initiative what the model holds of it."""

    name: str
    title: str
    members: Mapping[str, str]
    because: str
    gross: tuple[Gross, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Effects:
    """The answer. `closures` says who adjusts, `kinds` what is held against what, `lost` futures without an answer."""

    country: str
    strategy: str
    money: str
    futures: int
    seed: int
    years: tuple[int, ...]
    kinds: Mapping[str, str]
    closures: Mapping[str, str]
    main: str
    groups: tuple[GroupEffects, ...]
    lost: tuple[str, ...]
    notes: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """Return the answer as plain data."""
        return asdict(self)


def spread_over(values: Array) -> Spread:
    """Return median and 80 percent range of values [future].

    Examples
    --------
    >>> spread_over(np.array([0.0, 1.0, 2.0]))
    Spread(p10=0.2, p50=1.0, p90=1.8)
    """
    low, middle, high = (float(one) for one in np.quantile(values, [LOW, 0.5, HIGH]))
    return Spread(low, middle, high)


def rows_of(
    kind: str,
    closure: str,
    measures: Mapping[str, Measure],
    years: Sequence[int],
    numbers: Sequence[int],
    first: Mapping[str, Array],
    second: Mapping[str, Array],
) -> list[Row]:
    """Return what is with one thing less what is with another, in the futures that answer both; none where none does.

    Parameters
    ----------
    measures
        What is looked at, by name.
    years, numbers
        Years to tell, and all years of the arrays.
    first, second
        [future, year]; a future without an answer is nan in all years.
    """
    rows: list[Row] = []
    for name, measure in measures.items():
        one, other = first[name] * measure.factor, second[name] * measure.factor
        kept = np.isfinite(one).all(axis=1) & np.isfinite(other).all(axis=1)
        if not kept.any():
            return []
        for year in years:
            place = numbers.index(year)
            base, change = other[kept, place], one[kept, place] - other[kept, place]
            told = measure.percent and bool((base > 0).all())
            rows.append(
                Row(
                    kind, closure, name, measure.title, measure.unit, year, float(np.median(base)),
                    spread_over(change), spread_over(100 * change / base) if told else None, int(kept.sum()),
                )
            )  # fmt: skip
    return rows
