"""How good a forecast was: scores of ensembles and of a naive trend, and how much independent evidence they rest on."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from morava.errors import MoravaError, Problem

Array = NDArray[np.float64]
Errors: TypeAlias = Mapping[tuple[str, int], Mapping[int, float]]
"""Error by (quantity, freeze year) and year."""

LEAST_YEARS = 3
"""Years of history that a trend needs: two changes give a spread."""


def crps_of_ensemble(sample: Array, observed: float) -> float:
    """Return the fair continuous ranked probability score of an ensemble, in the unit of its members.

    Mean distance to what was observed less half the mean distance between two different members. It is fair: its
    expectation does not depend on how many members there are. It is zero or more on average, not always.

    Parameters
    ----------
    sample
        [future], at least two.

    Raises
    ------
    MoravaError
        Fewer than two members, or one that is no number.

    Source
    ------
    C. A. T. Ferro (2014), Quarterly Journal of the Royal Meteorological Society 140(683), 1917-1923; T. Gneiting and
    A. E. Raftery (2007), Journal of the American Statistical Association 102(477), equation 21.

    Examples
    --------
    >>> crps_of_ensemble(np.array([0.0, 2.0]), 1.0)
    0.0
    """
    count = len(sample)
    if count < 2 or not np.isfinite(sample).all():
        raise MoravaError(
            Problem(
                f"{count} members, or one that is no number", "score of an ensemble", "give two finite ones or more"
            )
        )
    ordered = np.sort(sample)
    # The sum of all distances between pairs from the order of the members, without a square table.
    between = float((ordered * (2 * np.arange(1, count + 1) - count - 1)).sum())
    return float(np.abs(sample - observed).mean()) - between / (count * (count - 1))


def crps_of_normal(mean: float, deviation: float, observed: float) -> float:
    """Return the continuous ranked probability score of a normal distribution; the distance where it has no spread.

    Source
    ------
    T. Gneiting and A. E. Raftery (2007), Journal of the American Statistical Association 102(477), section 4.2.

    Examples
    --------
    >>> round(crps_of_normal(0.0, 1.0, 0.0), 6)
    0.233695
    """
    if deviation <= 0:
        return abs(observed - mean)
    at = (observed - mean) / deviation
    density = math.exp(-at * at / 2) / math.sqrt(2 * math.pi)
    return deviation * (at * (2 * float(ndtr(at)) - 1) + 2 * density - 1 / math.sqrt(math.pi))


def crps_of_lognormal(mean: float, deviation: float, observed: float) -> float:
    """Return the continuous ranked probability score of a distribution whose logs are normal, for what is above zero.

    Source
    ------
    S. Baran and S. Lerch (2015), Quarterly Journal of the Royal Meteorological Society 141(691), 2289-2299.

    Examples
    --------
    >>> crps_of_lognormal(0.0, 0.0, 3.0)
    2.0
    """
    if deviation <= 0:
        return abs(observed - math.exp(mean))
    at = (math.log(observed) - mean) / deviation
    centre = math.exp(mean + deviation**2 / 2)
    parts = float(ndtr(at - deviation)) + float(ndtr(deviation / math.sqrt(2))) - 1
    return observed * (2 * float(ndtr(at)) - 1) - 2 * centre * parts


@dataclass(frozen=True)
class Trend:
    """What a random walk with drift says of a year: mean and deviation, of logs where the walk is one of growth."""

    mean: float
    deviation: float
    of_logs: bool

    @property
    def middle(self) -> float:
        """Return its median."""
        return math.exp(self.mean) if self.of_logs else self.mean

    def crps(self, observed: float) -> float:
        """Return its score against what was observed."""
        return (crps_of_lognormal if self.of_logs else crps_of_normal)(self.mean, self.deviation, observed)

    def quantile(self, share: float) -> float:
        """Return the value below which a share of it lies."""
        value = self.mean + self.deviation * float(ndtri(share))
        return math.exp(value) if self.of_logs else value


def trend_of(history: Sequence[float], ahead: int, of_logs: bool) -> Trend:
    """Return what the naive trend says some years after the last of a history.

    Drift and spread are those of the changes from year to year; the spread grows with the horizon, and with what is
    not known of the drift: sd * sqrt(h (1 + h / n)) with n changes.

    Parameters
    ----------
    history
        Values of years on end, oldest first; above zero where it is a walk of logs.
    ahead
        Years from the last of them, one or more.

    Raises
    ------
    MoravaError
        Fewer than three years, no year ahead, or what has no log.

    Source
    ------
    R. J. Hyndman and G. Athanasopoulos (2021), Forecasting: Principles and Practice, third edition, table 5.2.

    Examples
    --------
    >>> trend_of([1.0, 2.0, 3.0], 2, of_logs=False)
    Trend(mean=5.0, deviation=0.0, of_logs=False)
    """
    values = np.asarray(history, dtype=np.float64)
    if len(values) < LEAST_YEARS or ahead < 1 or not np.isfinite(values).all() or (of_logs and (values <= 0).any()):
        raise MoravaError(
            Problem(
                f"{len(values)} years make no trend {ahead} years ahead",
                "naive trend",
                f"give {LEAST_YEARS} years or more on end, above zero where the trend is one of growth",
            )
        )
    walk = np.log(values) if of_logs else values
    changes = np.diff(walk)
    spread = float(changes.std(ddof=1)) * math.sqrt(ahead * (1 + ahead / len(changes)))
    return Trend(float(walk[-1] + ahead * changes.mean()), spread, of_logs)


def persistence(errors: Errors) -> float:
    """Return how far the error of a year repeats that of the year before, -1 to 1, over all paths together.

    Errors count from zero and not from their mean: a forecast that always misses on one side repeats itself. Zero where
    no two years follow each other, or nothing was missed.
    """
    pairs = [(path[a], path[b]) for path in errors.values() for a, b in pairwise(sorted(path)) if b == a + 1]
    before, after = np.array([one for one, _ in pairs]), np.array([one for _, one in pairs])
    whole = math.sqrt(float((before**2).sum()) * float((after**2).sum()))
    return max(-1.0, min(1.0, float((before * after).sum()) / whole)) if whole > 0 else 0.0


def independent_paths(errors: Errors) -> float:
    """Return how many independent paths are worth as much as those at hand: K squared over the sum of squared r.

    r is the correlation of the errors of two paths in the years that both have, counted from zero; paths without two
    years in common count as independent. That sum is the sum of squared eigenvalues of their correlation matrix.

    Source
    ------
    C. S. Bretherton and others (1999), Journal of Climate 12(7), 1990-2009, equation 5.
    """
    paths = list(errors.values())
    squared = float(len(paths))
    for place, one in enumerate(paths):
        for other in paths[:place]:
            years = sorted(set(one) & set(other))
            if len(years) >= 2:
                squared += 2 * _alike(np.array([one[y] for y in years]), np.array([other[y] for y in years])) ** 2
    return len(paths) ** 2 / squared if paths else 0.0


def _alike(first: Array, second: Array) -> float:
    """Return the correlation of two rows of errors counted from zero; zero where one has none."""
    whole = math.sqrt(float((first**2).sum()) * float((second**2).sum()))
    return float((first * second).sum()) / whole if whole > 0 else 0.0


def effective_number(errors: Errors) -> float:
    """Return how many independent observations the errors are worth; never more than there are, nor less than one.

    Within a path n (1 - rho) / (1 + rho), at least one, with rho from `persistence`; between paths what
    `independent_paths` says. Errors should have one spread at all horizons: those of a walk are divided by the root
    of the horizon first.

    Source
    ------
    G. V. Bayley and J. M. Hammersley (1946), Supplement to the Journal of the Royal Statistical Society 8(2), 184-197,
    for errors of first order; D. S. Wilks (2011), Statistical Methods in the Atmospheric Sciences, section 5.2.4.

    Examples
    --------
    >>> effective_number({("gdp", 2014): {2015: 1.0, 2016: 1.0, 2017: 1.0}})
    1.0
    """
    count = sum(len(path) for path in errors.values())
    if not count:
        return 0.0
    length = count / len(errors)
    rho = persistence(errors)
    within = length if rho <= -1 else length * (1 - rho) / (1 + rho)
    return min(float(count), max(1.0, min(length, max(1.0, within)) * independent_paths(errors)))


def skill(scores: Sequence[float], naive: Sequence[float]) -> float | None:
    """Return one less the mean score over that of the naive trend: above zero is better; None where the trend is exact.

    Examples
    --------
    >>> skill([1.0, 2.0], [2.0, 4.0])
    0.5
    """
    whole = math.fsum(naive)
    return 1 - math.fsum(scores) / whole if whole > 0 else None
