"""Gates: a permit, a contract, a loan, a ratification.

A decision can be refused, asked for again, and refused for good. Reference classes know only what was built in the end;
gates put back what they cannot know: that some things are never decided.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def pass_gate(
    chance: FloatArray, wait: FloatArray, attempts: FloatArray, draws: FloatArray
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Return the time lost at a gate, and whether it was refused for good.

    Attempt a succeeds where its draw is below the chance. Each failed attempt that is followed by another costs the
    wait; after `attempts` failures the gate is shut. P(shut) = (1 - chance)^attempts; the number of failures before a
    success is a truncated geometric.

    Parameters
    ----------
    chance
        [...], 1. Probability that one attempt succeeds; where it is one the draw does not matter.
    wait
        [...], month. Time before the next attempt.
    attempts
        [...], 1. How many attempts there are.
    draws
        [attempt, ...], 1. Uniform numbers, at least as many as there are attempts.

    Returns
    -------
    tuple
        Time lost until the gate opens or is shut, in the unit of the wait, and whether it is shut.

    Examples
    --------
    >>> draws = np.array([[0.9, 0.9], [0.1, 0.9]])
    >>> lost, shut = pass_gate(np.array(0.5), np.array(6.0), np.array(2.0), draws)
    >>> lost.tolist(), shut.tolist()
    ([6.0, 6.0], [False, True])
    """
    shape = np.broadcast_shapes(np.shape(chance), np.shape(wait), np.shape(attempts), draws.shape[1:])
    failures = np.zeros(shape)
    waiting = np.ones(shape, dtype=bool)
    for attempt in range(int(np.max(attempts))):
        waiting &= (draws[attempt] >= chance) & (chance < 1.0) & (attempt < attempts)
        failures += waiting
    shut = failures == attempts
    return (failures - shut) * wait, shut
