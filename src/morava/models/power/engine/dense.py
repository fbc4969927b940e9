"""A small symmetric system: scaled, held off from singular, and factored."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import linalg

Array = npt.NDArray[np.float64]
HELD_OFF = 1e-13
"""What is added to a diagonal of ones, on the side on which it stands."""
LEAST_DIAGONAL = 1e-12


class Dense:
    """The factor of a symmetric system whose diagonal has a sign for each unknown.

    Parameters
    ----------
    system : [unknown, unknown]
    """

    def __init__(self, system: Array) -> None:
        diagonal = np.diagonal(system)
        self.scale = 1 / np.sqrt(np.maximum(np.abs(diagonal), LEAST_DIAGONAL))
        scaled = system * self.scale * self.scale[:, None]
        place = np.arange(len(system))
        scaled[place, place] += np.where(diagonal < 0, -HELD_OFF, HELD_OFF)
        self.factor: Any = linalg.lu_factor(scaled, check_finite=False) if len(system) else None

    def solve(self, right: Array) -> Array:
        """Return the unknowns for one right side, or for each column of several."""
        if self.factor is None:
            return right
        scale = self.scale if right.ndim == 1 else self.scale[:, None]
        return np.asarray(linalg.lu_solve(self.factor, right * scale, check_finite=False) * scale)
