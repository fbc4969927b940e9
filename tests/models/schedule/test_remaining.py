from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy.special import ndtri

from morava.models.schedule.durations import two_piece_lognormal
from morava.models.schedule.remaining import by_reference_class, by_slip_ledger

DELAY = two_piece_lognormal(np.array([[1.0]]), np.array([[1.5]]), np.array([[2.5]]), "class")
Z = ndtri((np.arange(1000) + 0.5) / 1000)[None, :]


def test_reference_class_at_the_beginning() -> None:
    left, rank = by_reference_class(DELAY, np.array([[40.0]]), np.array([[0.0]]), Z)
    assert np.quantile(left, [0.1, 0.5, 0.9]) == pytest.approx([40, 60, 100], rel=1e-2)
    assert rank.tolist() == Z.tolist()


def test_the_longer_it_has_taken_the_later_it_will_end() -> None:
    ends = [
        by_reference_class(DELAY, np.array([[40.0]]), np.array([[gone]]), Z)[0] + gone
        for gone in (0.0, 20.0, 60.0, 100.0, 400.0)
    ]
    for earlier, later in pairwise(ends):
        assert (later >= earlier * (1 - 1e-12)).all()


@pytest.mark.parametrize(("rate", "factor"), [(0.0, 1.0), (0.5, 2.0), (0.75, 4.0), (-1.0, 0.5)])
def test_slip_ledger_stretches_the_promise(rate: float, factor: float) -> None:
    left = by_slip_ledger(DELAY, np.array([[12.0]]), np.array([[0.0]]), np.array([rate]), np.array([[0.0]]))
    assert left == pytest.approx(np.array([[12 * factor]]))


def test_dates_that_run_away_are_never_reached() -> None:
    rate = np.array([0.5, 1.0, 1.5])
    left = by_slip_ledger(DELAY, np.array([[12.0]]), np.array([[3.0]]), rate, np.zeros((1, 3)))
    assert np.isinf(left).tolist() == [[False, True, True]]
