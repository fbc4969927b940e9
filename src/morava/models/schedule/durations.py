"""How long things take: quantile functions that take standard normal numbers or probabilities.

Everything here is a monotone function of a standard normal number z, so that one factor structure correlates delays of
all shapes (a Gaussian copula), and the same number gives the same rank whatever the distribution.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, log_ndtr, ndtr, ndtri, ndtri_exp

from morava.errors import MoravaError, Problem

FloatArray = NDArray[np.float64]

NINETY = float(ndtri(0.9))
"""The standard normal number at P90; its negative is at P10."""


@dataclass(frozen=True)
class TwoPieceLognormal:
    """A median and the spreads of the logarithm below and above it, each a number or an array of one shape.

    log x = log(median) + spread * z, with `lower` where z < 0 and `upper` elsewhere: exactly the three quantiles that
    it was made from, one standard normal number a value, no iteration.
    """

    median: FloatArray
    lower: FloatArray
    upper: FloatArray

    def scaled(self, factor: FloatArray | float) -> TwoPieceLognormal:
        """Return the distribution of a multiple."""
        return TwoPieceLognormal(self.median * factor, self.lower, self.upper)

    def with_median(self, median: FloatArray) -> TwoPieceLognormal:
        """Return the same relative spread around another median."""
        return TwoPieceLognormal(median, self.lower, self.upper)

    def quantile(self, z: FloatArray) -> FloatArray:
        """Return the value at standard normal number z."""
        return np.asarray(self.median * np.exp(np.where(z < 0, self.lower, self.upper) * z))

    def normal(self, value: FloatArray) -> FloatArray:
        """Return the standard normal number at which a value stands; zero stands at -inf."""
        with np.errstate(divide="ignore"):
            away = np.log(np.asarray(value, dtype=float) / self.median)
        return np.asarray(away / np.where(away < 0, self.lower, self.upper))


def two_piece_lognormal(p10: FloatArray, p50: FloatArray, p90: FloatArray, where: str) -> TwoPieceLognormal:
    """Return the two-piece lognormal that has exactly these three quantiles.

    Parameters
    ----------
    p10, p50, p90
        [...], any unit.
    where
        Named in the error.

    Raises
    ------
    MoravaError
        Where the three are not positive and increasing: two equal quantiles would put a lump of probability on one
        value.

    Examples
    --------
    >>> rail = two_piece_lognormal(np.array(1.2), np.array(1.8), np.array(4.0), "rail")
    >>> [round(float(rail.quantile(np.array(z))), 12) for z in (-NINETY, 0.0, NINETY)]
    [1.2, 1.8, 4.0]
    """
    low, mid, high = (np.asarray(value, dtype=float) for value in (p10, p50, p90))
    if not ((low > 0) & (low < mid) & (mid < high) & np.isfinite(high)).all():
        raise MoravaError(
            Problem("P10, P50 and P90 are not positive and increasing", where, "give three quantiles, P10 < P50 < P90")
        )
    return TwoPieceLognormal(mid, np.log(mid / low) / NINETY, np.log(high / mid) / NINETY)


def later_than(z: FloatArray, z0: FloatArray) -> FloatArray:
    """Return the standard normal number that has rank Phi(z) among those above z0.

    From P(T <= t | T > t0) = (F(t) - F(t0)) / (1 - F(t0)): the survival is multiplied, 1 - F(t) =
    (1 - F(t0)) (1 - u) with u = Phi(z). It is done on logarithms of the survival, and so holds its digits where
    1 - F(t0) is 1e-300 as well as where it is 1 - 1e-16.

    Parameters
    ----------
    z
        [...], 1. Standard normal number.
    z0
        [...], 1. Standard normal number of what is known to be passed; -inf where nothing is known.

    Examples
    --------
    >>> later_than(np.array([0.0]), np.array([-np.inf])).tolist()
    [0.0]
    >>> round(later_than(np.array([0.0]), np.array([0.0])).item(), 6)
    0.67449
    """
    z, z0 = np.broadcast_arrays(np.asarray(z, dtype=float), np.asarray(z0, dtype=float))
    known = z0 > -np.inf
    if not known.any():
        return np.array(z)
    above = -ndtri_exp(log_ndtr(-z0) + log_ndtr(-z))
    # The bound holds by the formula; the last bits of two special functions may break it.
    return np.where(known, np.maximum(above, np.maximum(z0, z)), z)


def remaining_after(time: TwoPieceLognormal, passed: FloatArray, z: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return how much longer something takes that has already taken `passed`, and its standard normal number.

    Parameters
    ----------
    time
        Distribution of the whole time.
    passed
        [...], same unit as the distribution. Time gone by without an end; zero where nothing is known.
    z
        [...], 1. Standard normal number before that was known.

    Returns
    -------
    tuple
        Time still to come, and the standard normal number of the whole time given that it is longer than `passed`.

    Examples
    --------
    >>> time = two_piece_lognormal(np.array(6.0), np.array(10.0), np.array(20.0), "x")
    >>> left, rank = remaining_after(time, np.array(10.0), np.array(0.0))
    >>> round(float(left + 10.0), 6) == round(float(time.quantile(rank)), 6)
    True
    """
    rank = later_than(z, time.normal(passed))
    # Differences of two nearly equal times may round below nothing; the whole is longer than what is passed.
    return np.maximum(time.quantile(rank) - passed, 0.0), rank


def split_at(z: FloatArray, z0: FloatArray, z_split: FloatArray, log_beyond: FloatArray) -> FloatArray:
    """Return the standard normal number of rank Phi(z) above z0, when the chance to pass a point is known otherwise.

    Below and above the point the distribution keeps its shape; only the weights of the two parts are given. With
    S = 1 - F, and b the chance to be beyond the point:

        1 - u <= b:  S(x) = S(split) (1 - u) / b
        1 - u >  b:  S(x) = S(z0) - u / (1 - b) (S(z0) - S(split))

    With b = S(split) / S(z0) this is `later_than`.

    Parameters
    ----------
    z
        [...], 1. Standard normal number.
    z0
        [...], 1. Standard normal number of what is known to be passed; -inf where nothing is known.
    z_split
        [...], 1. Standard normal number of the point, at or above z0.
    log_beyond
        [...], 1. Logarithm of the chance b, not above zero.

    Examples
    --------
    >>> log_half = np.log(np.array(0.5))
    >>> round(split_at(np.array(0.0), np.array(-np.inf), np.array(1.5), log_half).item(), 9)
    1.5
    """
    above, log_start, log_split = log_ndtr(-z), log_ndtr(-z0), log_ndtr(-z_split)
    chance = -np.expm1(log_beyond)
    share = np.divide(ndtr(z), chance, out=np.ones(np.broadcast_shapes(z.shape, chance.shape)), where=chance > 0)
    with np.errstate(divide="ignore"):
        below = log_start + np.log1p(np.minimum(share, 1.0) * np.expm1(log_split - log_start))
    beyond = log_split + np.minimum(above - log_beyond, 0.0)
    # The bounds hold by the formulas; the last bits of special functions may break them.
    survival = np.where(above <= log_beyond, beyond, np.maximum(below, log_split))
    return np.maximum(-ndtri_exp(survival), z0)


def mixed_shock(
    programme: FloatArray, of_class: FloatArray, own: FloatArray, programme_share: FloatArray, class_share: FloatArray
) -> FloatArray:
    """Return z = sqrt(rp) Zp + sqrt(rc) Zc + sqrt(1 - rp - rc) e: standard normal, with a common and a class part.

    Two things of one class have correlation rp + rc, of different classes rp.

    Parameters
    ----------
    programme, of_class, own
        [...], 1. Independent standard normal numbers.
    programme_share, class_share
        [...], 1. Shares of the variance.

    Raises
    ------
    MoravaError
        Where the shares are negative or sum to more than one.
    """
    rest = 1.0 - programme_share - class_share
    if (
        (np.asarray(rest) < -1e-12).any()
        or (np.asarray(programme_share) < 0).any()
        or (np.asarray(class_share) < 0).any()
    ):
        raise MoravaError(
            Problem(
                "shares of the variance of delay are negative or sum to more than one",
                "schedule_programme_correlation, schedule_class_correlation",
                "lower one of them",
            )
        )
    rest = np.maximum(rest, 0.0)
    return np.asarray(np.sqrt(programme_share) * programme + np.sqrt(class_share) * of_class + np.sqrt(rest) * own)


def beta_pert_shape(low: float, mode: float, high: float) -> tuple[float, float]:
    """Return the two shape parameters of the beta distribution behind a three-point estimate.

    alpha = 1 + 4 (m - a) / (b - a), beta = 1 + 4 (b - m) / (b - a): its mean is exactly (a + 4m + b) / 6.

    Raises
    ------
    MoravaError
        Where low <= mode <= high with low < high does not hold.

    Source
    ------
    Malcolm, Roseboom, Clark and Fazar (1959), Operations Research 7(5); Vose (2008), Risk Analysis, section on PERT.
    """
    if not (low <= mode <= high and low < high):
        raise MoravaError(
            Problem(
                f"{low:g}, {mode:g}, {high:g} is no three-point estimate",
                "beta-PERT",
                "low <= mode <= high, low < high",
            )
        )
    width = high - low
    return 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width


def beta_pert_quantile(share: FloatArray, low: float, mode: float, high: float) -> FloatArray:
    """Return the value at a probability; a constant where the three points are one.

    Examples
    --------
    >>> round(beta_pert_quantile(np.array([0.5]), 0.0, 5.0, 10.0).item(), 9)
    5.0
    """
    if low == mode == high:
        return np.full(np.shape(share), float(low))
    alpha, beta = beta_pert_shape(low, mode, high)
    return np.asarray(low + (high - low) * betaincinv(alpha, beta, share))


def beta_pert_moments(low: float, mode: float, high: float) -> tuple[float, float]:
    """Return mean and variance of the beta distribution itself: variance (mean - a)(b - mean) / 7.

    Examples
    --------
    >>> beta_pert_moments(1.0, 2.0, 3.0)
    (2.0, 0.14285714285714285)
    """
    mean = (low + 4 * mode + high) / 6
    return mean, (mean - low) * (high - mean) / 7


def three_point_moments(low: float, mode: float, high: float) -> tuple[float, float]:
    """Return mean and variance by the textbook's shortcut, ((b - a) / 6)^2; kept to reproduce textbooks only.

    Examples
    --------
    >>> three_point_moments(1.0, 2.0, 3.0)
    (2.0, 0.1111111111111111)
    """
    return (low + 4 * mode + high) / 6, ((high - low) / 6) ** 2
