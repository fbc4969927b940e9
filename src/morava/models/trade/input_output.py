"""Input-output accounting: technical coefficients, the Leontief inverse, factor content, balance and RAS.

Plain arrays of one table, [producer, user]; nothing here knows of countries. Equations and limits in
`docs/models/value-added.md`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.linalg import lu_factor, lu_solve

from morava.errors import MoravaError, Problem, Problems

Array = npt.NDArray[np.float64]
Factors = tuple[npt.NDArray[np.float64], npt.NDArray[np.intp]]

BELOW_ONE = 1 - 1e-9
"""The spectral radius must stay below this: nearer to one, rounding decides what the answer is."""
ROUNDING = 1e-9
"""Sums that differ by less than this share of the larger one are the same."""
SHOWN = 8
"""How many places a message names."""


def technical_coefficients(flows: Array, output: Array) -> Array:
    """Return what each user buys for a unit of its output.

    Parameters
    ----------
    flows
        [producer, user], any money.
    output
        [user], same money.

    Returns
    -------
    Array
        [producer, user], 1. A user without output and without inputs has coefficients of zero.

    Raises
    ------
    MoravaError
        A shape that does not fit, numbers that are not finite, negative output, inputs without output.

    Source
    ------
    Miller and Blair 2009, Input-Output Analysis, chapter 2.

    Examples
    --------
    >>> technical_coefficients(np.array([[150.0, 500.0], [200.0, 100.0]]), np.array([1000.0, 2000.0])).tolist()
    [[0.15, 0.25], [0.2, 0.05]]
    """
    problems = Problems()
    if flows.ndim != 2 or output.shape != (flows.shape[1],):
        raise _misfit(f"flows {flows.shape} and output {output.shape}", "give flows [producer, user] and output [user]")
    _finite(problems, "flows", flows)
    _finite(problems, "output", output)
    negative = output < 0
    if negative.any():
        problems.add("output is negative", f"users {places(negative)}", "give output of zero or more")
    idle = (output == 0) & (flows != 0).any(axis=0)
    if idle.any():
        problems.add("inputs are bought but output is zero", f"users {places(idle)}", "give the output or no inputs")
    problems.raise_if_any()
    return np.where(output > 0, flows / np.where(output > 0, output, 1.0), 0.0)


def spectral_radius(coefficients: Array) -> float:
    """Return the largest modulus of an eigenvalue: below one, a unit of output needs less than a unit of inputs.

    Parameters
    ----------
    coefficients
        [producer, user], 1.

    Examples
    --------
    >>> round(spectral_radius(np.array([[0.15, 0.25], [0.2, 0.05]])), 6)
    0.329129
    """
    return float(np.abs(np.linalg.eigvals(coefficients)).max(initial=0.0))


def factorise(coefficients: Array) -> Factors:
    """Return the triangular factors of I - A, for as many right-hand sides as are needed.

    Parameters
    ----------
    coefficients
        A, [producer, user], 1: square.

    Raises
    ------
    MoravaError
        A is not square or not finite, or its spectral radius is one or more: then no final demand can be met.
    """
    if coefficients.ndim != 2 or coefficients.shape[0] != coefficients.shape[1]:
        raise _misfit(f"producers and users of coefficients {coefficients.shape}", "give as many users as producers")
    problems = Problems()
    _finite(problems, "coefficients", coefficients)
    problems.raise_if_any()
    # Column sums bound the radius from above, so that eigenvalues are seldom needed.
    if np.abs(coefficients).sum(axis=0).max(initial=0.0) >= BELOW_ONE:
        radius = spectral_radius(coefficients)
        if radius >= BELOW_ONE:
            heavy = np.abs(coefficients).sum(axis=0) >= BELOW_ONE
            raise MoravaError(
                Problem(
                    f"the spectral radius of the coefficients is {radius:.9g}, not below one",
                    f"users whose inputs reach their output: {places(heavy)}",
                    "check flows and output: this economy uses up more than it makes",
                )
            )
    found, pivots = lu_factor(np.eye(len(coefficients)) - coefficients)
    return found, pivots.astype(np.intp)


def leontief_inverse(coefficients: Array) -> Array:
    """Return the output that a unit of final demand calls for, directly and indirectly.

    Parameters
    ----------
    coefficients
        A, [producer, user], 1.

    Returns
    -------
    Array
        (I - A)^-1, [producer, producer whose product is demanded], 1.

    Raises
    ------
    MoravaError
        As `factorise`.

    Source
    ------
    Miller and Blair 2009, chapter 2.

    Examples
    --------
    >>> leontief_inverse(np.array([[0.15, 0.25], [0.2, 0.05]])).round(4).tolist()
    [[1.2541, 0.33], [0.264, 1.1221]]
    """
    return np.asarray(lu_solve(factorise(coefficients), np.eye(len(coefficients))))


def output_for(coefficients: Array, final_demand: Array) -> Array:
    """Return the output that meets a final demand.

    Parameters
    ----------
    coefficients
        A, [producer, user], 1.
    final_demand
        [producer] or [producer, case], any money.

    Returns
    -------
    Array
        As `final_demand`, same money.

    Raises
    ------
    MoravaError
        As `factorise`; a shape that does not fit.

    Examples
    --------
    >>> output_for(np.array([[0.15, 0.25], [0.2, 0.05]]), np.array([600.0, 1500.0])).round(1).tolist()
    [1247.5, 1841.6]
    """
    factors = factorise(coefficients)
    if final_demand.shape[:1] != coefficients.shape[:1]:
        raise _misfit(
            f"final demand {final_demand.shape} and coefficients {coefficients.shape}",
            "give a demand for each producer",
        )
    return np.asarray(lu_solve(factors, final_demand))


def factor_content(per_output: Array, coefficients: Array) -> Array:
    """Return what a unit of final demand for each product holds of each factor, directly and indirectly.

    Parameters
    ----------
    per_output
        [factor, producer], a unit of the factor for each unit of money of output.
    coefficients
        A, [producer, user], 1.

    Returns
    -------
    Array
        [factor, producer whose product is demanded], same unit.

    Raises
    ------
    MoravaError
        As `factorise`; a shape that does not fit.

    Source
    ------
    Miller and Blair 2009, chapter 2.

    Examples
    --------
    >>> factor_content(np.array([[0.3, 0.25]]), np.array([[0.15, 0.25], [0.2, 0.05]])).round(4).tolist()
    [[0.4422, 0.3795]]
    """
    factors = factorise(coefficients)
    if per_output.ndim != 2 or per_output.shape[1] != len(coefficients):
        raise _misfit(f"factors {per_output.shape} and coefficients {coefficients.shape}", "give [factor, producer]")
    return np.asarray(lu_solve(factors, per_output.T, trans=1)).T


@dataclass(frozen=True)
class Balanced:
    """A table scaled to its margins, and how far that went.

    Parameters
    ----------
    table : [row, column], money: rows and columns of the first table, each times a number
    iterations : passes over rows and columns
    residual : 1: largest gap between a sum and its margin, as a share of the total
    converged : whether the residual is within the tolerance that was asked
    """

    table: Array
    iterations: int
    residual: float
    converged: bool


def balance_by_ras(
    table: Array, row_margins: Array, column_margins: Array, *, tolerance: float = 1e-12, most: int = 10_000
) -> Balanced:
    """Scale rows and columns in turn until they add up to their margins (biproportional fitting, RAS).

    Cells of zero stay zero. Where zeros leave no table with these margins, the answer says that it did not converge.

    Parameters
    ----------
    table
        [row, column], money: zero or more.
    row_margins
        [row], money.
    column_margins
        [column], money.
    tolerance
        1: largest gap as a share of the total.
    most
        Passes at most.

    Raises
    ------
    MoravaError
        A shape that does not fit; negative or not finite numbers; margins whose totals differ by more than rounding; a
        row or column with a positive margin and no cell that could carry it.

    Source
    ------
    Stone 1961; Bacharach 1965, International Economic Review 6(3); Miller and Blair 2009, section 7.4.

    Examples
    --------
    >>> found = balance_by_ras(np.ones((2, 2)), np.array([3.0, 1.0]), np.array([2.0, 2.0]))
    >>> found.table.tolist(), found.converged
    ([[1.5, 1.5], [0.5, 0.5]], True)
    """
    _check_margins(table, row_margins, column_margins)
    whole = max(float(row_margins.sum()), float(column_margins.sum()))
    found = table.astype(np.float64, copy=True)
    residual, iterations = _gap(found, row_margins, column_margins, whole), 0
    while residual > tolerance and iterations < most:
        found = found * _scale(row_margins, found.sum(axis=1))[:, None]
        found = found * _scale(column_margins, found.sum(axis=0))
        iterations += 1
        residual = _gap(found, row_margins, column_margins, whole)
    return Balanced(found, iterations, residual, residual <= tolerance)


def _scale(margins: Array, sums: Array) -> Array:
    return np.where(sums > 0, margins / np.where(sums > 0, sums, 1.0), 0.0)


def _gap(table: Array, row_margins: Array, column_margins: Array, whole: float) -> float:
    gaps = np.concatenate([table.sum(axis=1) - row_margins, table.sum(axis=0) - column_margins])
    return float(np.abs(gaps).max(initial=0.0)) / (whole or 1.0)


def _check_margins(table: Array, row_margins: Array, column_margins: Array) -> None:
    if table.ndim != 2 or table.shape != (*row_margins.shape, *column_margins.shape):
        raise _misfit(
            f"table {table.shape} and margins {row_margins.shape} and {column_margins.shape}",
            "give a margin for each row and each column",
        )
    problems = Problems()
    for name, values in (("table", table), ("row margins", row_margins), ("column margins", column_margins)):
        _finite(problems, name, values)
        if (values < 0).any():
            problems.add("a number is negative", f"RAS, {name}, {places(values < 0)}", "RAS scales zero or more")
    problems.raise_if_any()
    rows, columns = float(row_margins.sum()), float(column_margins.sum())
    if abs(rows - columns) > ROUNDING * max(rows, columns):
        problems.add(
            f"row margins sum to {rows:.9g} and column margins to {columns:.9g}", "RAS", "make the totals agree"
        )
    usable = (table > 0) & (row_margins > 0)[:, None] & (column_margins > 0)
    for line, empty in (
        ("rows", (row_margins > 0) & ~usable.any(axis=1)),
        ("columns", (column_margins > 0) & ~usable.any(axis=0)),
    ):
        if empty.any():
            problems.add(
                "a margin is positive and no cell can carry it",
                f"RAS, {line} {places(empty)}",
                "fill a cell or set it to 0",
            )
    problems.raise_if_any()


def places(marked: npt.NDArray[np.bool_]) -> str:
    """Name the marked cells of an array by their positions, the first few of them.

    Examples
    --------
    >>> places(np.array([[False, True], [True, True]]))
    '(0, 1), (1, 0), (1, 1)'
    """
    found = np.argwhere(marked).tolist()
    named = ", ".join(str(place[0]) if len(place) == 1 else str(tuple(place)) for place in found[:SHOWN])
    return named + (f" and {len(found) - SHOWN} more" if len(found) > SHOWN else "")


def _finite(problems: Problems, name: str, values: Array) -> None:
    wrong = ~np.isfinite(values)
    if wrong.any():
        problems.add(f"{name}: a number is missing or infinite", f"places {places(wrong)}", "give a number")


def _misfit(what: str, mend: str) -> MoravaError:
    return MoravaError(Problem(f"{what} do not fit each other", "shapes of the input-output table", mend))
