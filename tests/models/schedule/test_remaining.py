from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from morava.models.schedule.durations import remaining_after, two_piece_lognormal
from morava.models.schedule.remaining import by_reference_class, by_slip_ledger

DELAY = two_piece_lognormal(np.array([[1.0]]), np.array([[1.5]]), np.array([[2.5]]), "class")
Z = ndtri((np.arange(1000) + 0.5) / 1000)[None, :]


def by_class(planned: float, elapsed: float, promise: float, age: float, z: Any = Z) -> Any:
    numbers = (np.array([[number]]) for number in (planned, elapsed, promise, age))
    return by_reference_class(DELAY, *numbers, z)


def test_reference_class_at_the_beginning() -> None:
    left, rank = by_class(40, 0, 40, 0)
    assert np.quantile(left, [0.1, 0.5, 0.9]) == pytest.approx([40, 60, 100], rel=1e-2)
    assert rank == pytest.approx(Z, abs=1e-9)


@pytest.mark.parametrize(("planned", "elapsed"), [(40.0, 0.0), (40.0, 25.0), (40.0, 39.9), (40.0, 40.0), (40.0, 90.0)])
def test_with_one_promise_only_survival_is_known(planned: float, elapsed: float) -> None:
    left, rank = by_class(planned, elapsed, planned, elapsed)
    expected, expected_rank = remaining_after(DELAY.scaled(planned), np.array([[elapsed]]), Z)
    assert rank == pytest.approx(expected_rank, abs=1e-7)
    assert left == pytest.approx(expected, rel=1e-7, abs=1e-7)


@pytest.mark.parametrize("promise", [0.0, 5.0, 10.0])
def test_a_promise_that_has_passed_or_gave_no_time_says_nothing(promise: float) -> None:
    left, _ = by_class(40, 50, promise, 10)
    expected, _ = by_class(40, 50, 40, 50)
    assert left.tolist() == expected.tolist()


@pytest.mark.parametrize(
    ("promise", "age"), [(80.0, 0.0), (80.0, 20.0), (500.0, 2.0), (12.0, 0.0), (12.0, 11.0), (1e4, 0.0)]
)
def test_the_latest_promise_is_kept_as_often_as_its_class_keeps_promises(promise: float, age: float) -> None:
    left, rank = by_class(40, 30, promise, age)
    one, so_far = DELAY.normal(np.array([1.0]))[0], DELAY.normal(np.array([[age / promise]]))[0, 0]
    kept = 1 - ndtr(-one) / ndtr(-so_far)
    assert np.mean(left <= promise - age) == pytest.approx(kept, abs=1e-3)
    assert (np.diff(rank) >= 0).all()
    assert (np.diff(left) >= 0).all()
    assert np.isfinite(left).all()
    # If it is broken, the class goes on from there.
    broken = ndtri(kept) + 1e-6 < Z
    beyond, _ = remaining_after(
        DELAY.scaled(40.0), np.array(30 + promise - age), ndtri((ndtr(Z[broken]) - kept) / (1 - kept))
    )
    assert left[broken] == pytest.approx(beyond[0] + promise - age, rel=1e-6)


def test_the_longer_it_has_taken_the_later_it_will_end() -> None:
    ends = [by_class(40, gone, 40, gone)[0] + gone for gone in (0.0, 20.0, 60.0, 100.0, 400.0)]
    for earlier, later in pairwise(ends):
        assert (later >= earlier * (1 - 1e-9)).all()


@pytest.mark.parametrize(("rate", "factor"), [(0.0, 1.0), (0.5, 2.0), (0.75, 4.0), (-1.0, 0.5)])
def test_slip_ledger_stretches_the_promise(rate: float, factor: float) -> None:
    left = by_slip_ledger(DELAY, np.array([[12.0]]), np.array([[0.0]]), np.array([rate]), np.array([[0.0]]))
    assert left == pytest.approx(np.array([[12 * factor]]))


def test_dates_that_run_away_are_never_reached() -> None:
    rate = np.array([0.5, 1.0, 1.5])
    left = by_slip_ledger(DELAY, np.array([[12.0]]), np.array([[3.0]]), rate, np.zeros((1, 3)))
    assert np.isinf(left).tolist() == [[False, True, True]]
