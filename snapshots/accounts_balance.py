"""Cross-entropy: the table nearest to a first one that meets linear conditions, and its rounding to a grid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

MOST_STEPS = 200
SHRINK = 0.5
LEAST_STEP = 1e-12
SLOPE = 1e-4
"""Part of the promised fall of the dual that a step must bring."""
CLOSE, MOST_RESIDUAL = 1e-13, 1e-11
"""Share of the largest target: where Newton stops, and what is still taken for convergence."""


@dataclass(frozen=True)
class Condition:
    """A sum of cells with weights [receiver, payer] that is to reach a target, million USD."""

    name: str
    weights: Array
    target: float


@dataclass(frozen=True)
class Nearest:
    """Cells [receiver, payer], how many steps it took, and the largest miss over the largest target."""

    table: Array
    steps: int
    residual: float


def nearest(first: Array, conditions: list[Condition]) -> Nearest:
    """Return the table that minimises the sum of a ln(a / first) - a + first under the conditions.

    Cells are first * exp(weights @ multipliers), so that a zero stays zero and nothing turns negative. The dual is
    convex: Newton with a step that is halved until it falls enough. Conditions that follow from others are harmless,
    ones that contradict others end in an error.
    """
    support = first > 0
    start = first[support]
    weights = np.array([condition.weights[support] for condition in conditions])
    empty = [one.name for one, row in zip(conditions, weights, strict=True) if not row.any() and one.target != 0]
    if empty:
        raise ValueError(f"no cell can meet {empty}")
    targets = np.array([condition.target for condition in conditions])
    scale = float(np.abs(targets).max())
    multipliers = np.zeros(len(conditions))
    cells = start.copy()
    steps = 0
    while steps < MOST_STEPS:
        miss = weights @ cells - targets
        if np.abs(miss).max() < CLOSE * scale:
            break
        steps += 1
        move = -np.linalg.lstsq((weights * cells) @ weights.T, miss, rcond=1e-13)[0]
        multipliers, cells = stepped(start, weights, targets, multipliers, move, float(miss @ move))
    residual = float(np.abs(weights @ cells - targets).max() / scale)
    if residual > MOST_RESIDUAL:
        worst = sorted(zip(np.abs(weights @ cells - targets), (one.name for one in conditions), strict=True))[-5:]
        raise ValueError(f"no table meets the conditions: residual {residual:.2g} after {steps} steps, {worst}")
    table = np.zeros_like(first)
    table[support] = cells
    return Nearest(table, steps, residual)


def stepped(
    start: Array, weights: Array, targets: Array, before: Array, move: Array, slope: float
) -> tuple[Array, Array]:
    """Return multipliers and cells after as much of a move as makes the dual fall."""
    old = float((start * np.exp(before @ weights)).sum() - before @ targets)
    size = min(1.0, 5.0 / max(float(np.abs(move @ weights).max()), 1e-300))
    while size > LEAST_STEP:
        after = before + size * move
        cells = start * np.exp(after @ weights)
        new = float(cells.sum() - after @ targets)
        if new <= old + SLOPE * size * slope + 1e-13 * abs(old):
            return after, cells
        size *= SHRINK
    raise ValueError("the dual does not fall: the conditions contradict one another")


def on_grid(table: Array, cells_a_unit: int, closing: list[tuple[int, tuple[int, int], int]]) -> tuple[Array, int]:
    """Return the table in whole parts of a unit with equal row and column sums, and the largest closing correction.

    Each entry of `closing` names an account, the cell that takes up what rounding leaves over in it, and minus one
    where the account receives that cell or one where it pays it; the last account closes by itself.
    """
    whole = np.rint(table * cells_a_unit).astype(np.int64)
    largest = 0
    for account, cell, sign in closing:
        over = int(whole[account].sum() - whole[:, account].sum())
        whole[cell] += sign * over
        largest = max(largest, abs(over))
    uneven = whole.sum(axis=1) - whole.sum(axis=0)
    if uneven.any() or (whole < 0).any():
        raise ValueError("rounding does not close")
    return whole / cells_a_unit, largest
