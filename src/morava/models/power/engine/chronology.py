"""When each row and column of a program takes place: what lets a long program be cut into small equal stages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
BORDER = -1
"""Chain and step of what belongs to no step: a column that many steps use, a row that sums over many."""


@dataclass(frozen=True)
class Chronology:
    """The place in time of every row and column of a program.

    A chain is a line of steps that follow each other, closed to a ring or open; chains know each other only through
    the border. What is of one kind looks alike in all steps: it has entries with the same kinds, though other values.

    Parameters
    ----------
    column_kind, row_kind : [column], [row], number of the kind
    column_chain, row_chain : [column], [row], number of the chain from 0; BORDER for none
    column_step, row_step : [column], [row], number of the step in the chain from 0; BORDER for none
    """

    column_kind: Numbers
    column_chain: Numbers
    column_step: Numbers
    row_kind: Numbers
    row_chain: Numbers
    row_step: Numbers
