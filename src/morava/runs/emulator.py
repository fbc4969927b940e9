"""What a plan would be with its levers elsewhere, at once: a full quadratic around the plan as it is written.

Every answer is an anchor, what the plan itself gives, plus what moves with the levers. The two are kept apart, so that
the anchor can be that of a run with many more futures than the design had.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from morava.errors import MoravaError, Problem, Problems, nearest

Array = npt.NDArray[np.float64]
LEVELS = ("p10", "p50", "p90")
QUANTILES = (0.1, 0.5, 0.9)
LEAST_ANSWERED = 0.9
"""Below this share of futures with an answer nothing is said of the others."""
STRENGTHS = tuple(10.0**power for power in np.arange(-12.0, 2.5, 0.5))
"""Strengths of the ridge that are tried, against a mean square of one of every feature."""

HELD_DOWN = (1.0, 0.3, 0.1, 0.03)
"""How much products of two levers count against the others, that are tried."""


@dataclass(frozen=True)
class Range:
    """Where a lever may stand, and where the strategy has it."""

    name: str
    at_least: float
    at_most: float
    plan: float


@dataclass(frozen=True)
class Output:
    """A number of the plan by year: its anchor [year, level], and the held-out error [year], both in `unit`."""

    name: str
    quantity: str
    where: Mapping[str, str]
    unit: str
    years: tuple[int, ...]
    base: tuple[tuple[float, ...], ...]
    error: tuple[float, ...]


@dataclass(frozen=True)
class Share:
    """In which share of futures a claim's test passes, its anchor, and the held-out error of the share."""

    claim: str
    test: str
    base: float
    error: float


@dataclass(frozen=True)
class Fitted:
    """What an emulator was fitted from: hashes, sizes of the design, and the versions that computed it.

    `frozen` is what power answered within the coupling at the plan, by year: with it any point can be computed again.
    """

    run: str
    country: str
    strategy: str
    futures_file: str
    seed: int
    country_hash: str
    strategy_hash: str
    futures_hash: str
    code_hash: str
    levers_hash: str
    design_points: int
    held_out_points: int
    futures: int
    power_futures: int
    made_with: Mapping[str, str]
    frozen: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True)
class Emulator:
    """Levers, the terms of the quadratic, and what moves with them.

    `coefficients` [row, term]: a row a year and level of every output in order, then one a share, then one for the
    share of futures with an answer. Rows of shares are in logits.
    """

    fitted: Fitted
    levers: tuple[Range, ...]
    terms: tuple[tuple[int, ...], ...]
    outputs: tuple[Output, ...]
    shares: tuple[Share, ...]
    answered: Share
    coefficients: npt.NDArray[np.float32]

    def answer(self, settings: Mapping[str, float]) -> Answer:
        """Return what the plan would be with levers moved.

        Parameters
        ----------
        settings
            Where some levers stand, by name; the others stand where the strategy has them.

        Raises
        ------
        MoravaError
            Unknown levers, values outside their range, and points at which too few futures have an answer.
        """
        point = place(self.levers, settings)
        moved = self.coefficients.astype(np.float64) @ feature(self.levers, self.terms, point)
        values: dict[str, Array] = {}
        row = 0
        for output in self.outputs:
            base = np.array(output.base)
            values[output.name] = base + moved[row : row + base.size].reshape(base.shape)
            row += base.size
        count = self.fitted.futures
        shares = {
            (share.claim, share.test): float(expit(logit_of(share.base, count) + moved[row + place]))
            for place, share in enumerate(self.shares)
        }
        answered = float(expit(logit_of(self.answered.base, count) + moved[row + len(self.shares)]))
        if answered < LEAST_ANSWERED:
            raise MoravaError(
                Problem(
                    f"only {answered:.0%} of futures would have an answer there",
                    "levers",
                    "run the plan with these levers, or move them less",
                )
            )
        return Answer(values, shares, answered)


@dataclass(frozen=True)
class Answer:
    """What an emulator says at a point: values [year, level] by output, shares by claim and test."""

    values: Mapping[str, Array]
    shares: Mapping[tuple[str, str], float]
    answered: float


def place(levers: Sequence[Range], settings: Mapping[str, float]) -> Array:
    """Return where all levers stand, [lever].

    Raises
    ------
    MoravaError
        Unknown levers and values outside their range, all at once.
    """
    problems = Problems()
    known = {lever.name: lever for lever in levers}
    for name, value in settings.items():
        if name not in known:
            problems.add(f"there is no lever {name}", "levers", nearest(name, known))
        elif not known[name].at_least <= value <= known[name].at_most:
            lever = known[name]
            problems.add(
                f"{name} at {value:g} was not looked at",
                f"lever {name}",
                f"give {lever.at_least:g} to {lever.at_most:g}",
            )
    problems.raise_if_any()
    return np.array([settings.get(lever.name, lever.plan) for lever in levers], dtype=np.float64)


def terms_of(count: int) -> tuple[tuple[int, ...], ...]:
    """Return the terms of a full quadratic without a constant, as places of the levers that are multiplied.

    Examples
    --------
    >>> terms_of(2)
    ((0,), (1,), (0, 0), (0, 1), (1, 1))
    """
    return (*((one,) for one in range(count)), *combinations_with_replacement(range(count), 2))


def feature(levers: Sequence[Range], terms: Sequence[Sequence[int]], points: Array) -> Array:
    """Return the terms at points less those at the plan, [..., term]; zero at the plan."""
    low, high, plan = (np.array([getattr(one, side) for one in levers]) for side in ("at_least", "at_most", "plan"))

    def at(where: Array) -> Array:
        z = 2 * (where - low) / (high - low) - 1
        return np.stack([np.prod(z[..., list(term)], axis=-1) for term in terms], axis=-1)

    found: Array = at(np.asarray(points, dtype=np.float64)) - at(plan)
    return found


def logit_of(share: Array | float, count: int) -> Array:
    """Return the logit of a share of so many futures, drawn in so far that none and all are finite."""
    drawn_in = (np.asarray(share, dtype=np.float64) * count + 0.5) / (count + 1)
    found: Array = np.log(drawn_in) - np.log1p(-drawn_in)
    return found


def ridge(features: Array, moved: Array, crossed: npt.NDArray[np.bool_] | None = None) -> Array:
    """Return coefficients [row, term] of what moves, each row with the strength that leaves the least error out.

    The error of leaving each point out comes in closed form from the fit with all of them, r / (1 - h). Features are
    brought to a mean square of one before. Most levers hardly change what another does: products of two may be held
    down more than the others, by as much as leaves the least error out again.

    Parameters
    ----------
    features
        [point, term], 1. Zero at the plan, where nothing moves: there is no constant.
    moved
        [point, row], any unit. What is found at a point less what is found at the plan.
    crossed
        [term]. Which terms are products of two levers; none without it.

    Source
    ------
    Hoerl and Kennard (1970) for the ridge; Allen (1974) for the error left out, PRESS.

    Examples
    --------
    >>> x = np.linspace(-1, 1, 9)
    >>> np.round(ridge(np.stack([x, x**2], axis=1), (3 * x - 2 * x**2)[:, None]), 6).tolist()
    [[3.0, -2.0]]
    """
    size = np.sqrt(np.mean(features**2, axis=0))
    size = np.where(size > 0, size, 1.0)
    best = np.full(moved.shape[1], np.inf)
    found = np.zeros((features.shape[1], moved.shape[1]))
    products = np.zeros(len(size), dtype=bool) if crossed is None else crossed
    for held_down in HELD_DOWN if products.any() else HELD_DOWN[:1]:
        weight = np.where(products, held_down, 1.0) / size
        left, values, right = np.linalg.svd(features * weight, full_matrices=False)
        inside = left.T @ moved
        for strength in STRENGTHS:
            kept = values**2 / (values**2 + strength * len(features))
            rest = moved - left @ (kept[:, None] * inside)
            rest /= np.maximum(1.0 - np.sum(left**2 * kept, axis=1), 1e-9)[:, None]
            error = np.mean(rest**2, axis=0)
            shrunk = values / (values**2 + strength * len(features))
            better = error < best
            best = np.where(better, error, best)
            found[:, better] = (weight[:, None] * (right.T @ (shrunk[:, None] * inside)))[:, better]
    whole: Array = found.T
    return whole


def root_mean_square(differences: Array, axis: int | tuple[int, ...]) -> Array:
    """Return the root of the mean square over some axes."""
    found: Array = np.sqrt(np.mean(differences**2, axis=axis))
    return found
