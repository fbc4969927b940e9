"""The exact distribution of capacity on outage, by convolution of independent two-state units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from morava.errors import MoravaError, Problem

Array = npt.NDArray[np.float64]
GRID = 10
"""Steps of the table in a MW: capacities are held to a tenth of a MW, and refused where they are finer."""
FITS = 1e-6


@dataclass(frozen=True)
class OutageTable:
    """Probability of each capacity that may be available, in steps of a tenth of a MW.

    Parameters
    ----------
    capacity : MW: all units together
    probability : [step], 1: of so many steps being available
    """

    capacity: float
    probability: Array

    def at_least_out(self, megawatt: float) -> float:
        """Return the probability that at least so much is out, 1."""
        steps = round((self.capacity - megawatt) * GRID)
        return float(self.probability[: steps + 1].sum()) if steps >= 0 else 0.0


def steps_of(capacities: Array) -> list[int]:
    """Return capacities in steps of the grid, [unit].

    Raises
    ------
    MoravaError
        When one is finer than the grid, or below zero.
    """
    steps = np.rint(capacities * GRID).astype(int)
    if (np.abs(steps - capacities * GRID) > FITS).any() or (steps < 0).any():
        raise MoravaError(
            Problem("a unit does not fit a tenth of a MW", "adequacy", "round its capacity where it is read")
        )
    return [int(step) for step in steps]


NOTHING = OutageTable(0.0, np.ones(1))
"""The table of no unit at all."""


def outage_table(capacities: Sequence[float], outages: Sequence[float]) -> OutageTable:
    """Return the table of independent units.

    Parameters
    ----------
    capacities : [unit], MW
    outages : [unit], 1: chance to be out

    Raises
    ------
    MoravaError
        When a capacity is finer than the grid, or a chance is none.

    Examples
    --------
    >>> outage_table([10, 10], [0.1, 0.1]).at_least_out(20)
    0.010000000000000002
    """
    steps = steps_of(np.asarray(capacities, dtype=float))
    rates = np.asarray(outages, dtype=float)
    if not ((rates >= 0) & (rates <= 1)).all():  # NaN is neither
        raise MoravaError(Problem("an outage rate lies outside 0 to 1", "adequacy", "mend the rate of the unit"))
    return add_units(NOTHING, steps, outages)


def add_units(table: OutageTable, steps: Sequence[int], outages: Sequence[float]) -> OutageTable:
    """Return a table with more independent units.

    Parameters
    ----------
    steps : [unit]: capacities in steps of the grid
    outages : [unit], 1

    Examples
    --------
    >>> one = add_units(NOTHING, [100], [0.1])
    >>> round(add_units(one, [50], [0.1]).at_least_out(15), 3)
    0.01
    """
    top = len(table.probability) - 1
    found = np.zeros(top + int(sum(steps)) + 1)
    found[: top + 1] = table.probability
    for step, out in sorted(zip(steps, outages, strict=True)):  # sums depend on order in their last bit
        if step == 0:
            continue
        kept = found[: top + 1].copy()
        found[: top + 1] = kept * out
        found[step : top + step + 1] += kept * (1 - out)
        top += step
    return OutageTable(top / GRID, found)


def expected_shortage(table: OutageTable, load: Array) -> tuple[Array, Array]:
    """Return the chance that available capacity is below load, and the expected shortage, for every load.

    Parameters
    ----------
    load : [...], MW: what units must carry; below zero it is never short

    Returns
    -------
    tuple
        Probability [...], 1, with capacity strictly below load, and expected shortage [...], MW.
    """
    below = np.concatenate([[0.0], np.cumsum(table.probability)])
    weighted = np.concatenate([[0.0], np.cumsum(table.probability * np.arange(len(table.probability)) / GRID)])
    # Steps strictly below the load; a load within rounding of a step counts as equal to it.
    count = np.clip(np.ceil(load * GRID - FITS), 0, len(table.probability)).astype(int)
    chance = below[count]
    return chance, np.maximum(load * chance - weighted[count], 0.0)
