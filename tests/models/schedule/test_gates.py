from __future__ import annotations

import numpy as np
import pytest

from morava.models.schedule.gates import pass_gate


@pytest.mark.parametrize(
    ("draws", "lost", "shut"),
    [
        ([0.1, 0.9, 0.9], 0.0, False),
        ([0.9, 0.1, 0.9], 6.0, False),
        ([0.9, 0.9, 0.1], 12.0, False),
        ([0.9, 0.9, 0.9], 12.0, True),
        ([0.5, 0.1, 0.1], 6.0, False),
    ],
)
def test_attempts_by_hand(draws: list[float], lost: float, shut: bool) -> None:
    found = pass_gate(np.array(0.5), np.array(6.0), np.array(3.0), np.array(draws))
    assert (float(found[0]), bool(found[1])) == (lost, shut)


def test_draws_beyond_the_last_attempt_do_not_matter() -> None:
    draws = np.array([[0.9], [0.0], [0.0]])
    lost, shut = pass_gate(np.array(0.5), np.array(6.0), np.array([1.0]), draws)
    assert (lost.tolist(), shut.tolist()) == ([0.0], [True])


def test_no_gate_is_always_passed_even_at_a_draw_of_one() -> None:
    lost, shut = pass_gate(np.array(1.0), np.array(6.0), np.array(2.0), np.ones((2, 3)))
    assert lost.tolist() == [0, 0, 0]
    assert not shut.any()


def test_a_gate_that_nobody_passes() -> None:
    lost, shut = pass_gate(np.array(0.0), np.array(6.0), np.array(2.0), np.zeros((2, 3)))
    assert shut.all()
    assert lost.tolist() == [6, 6, 6]


def test_chances_are_those_of_a_truncated_geometric() -> None:
    """On a lattice of equally likely draws the shares are exact."""
    grid = (np.arange(100) + 0.5) / 100
    draws = np.stack([side.ravel() for side in np.meshgrid(grid, grid, grid)])
    lost, shut = pass_gate(np.array(0.3), np.array(1.0), np.array(3.0), draws)
    assert shut.mean() == pytest.approx(0.7**3)
    assert (lost[~shut] == 1).sum() / lost.size == pytest.approx(0.7 * 0.3)
    assert lost.mean() == pytest.approx(0.7 * 0.3 + 2 * 0.7**2)


def test_each_gate_has_its_own_number_of_attempts() -> None:
    draws = np.full((4, 3), 0.9)
    lost, shut = pass_gate(np.array(0.5), np.array([1.0, 10.0, 100.0]), np.array([1.0, 2.0, 4.0]), draws)
    assert lost.tolist() == [0, 10, 300]
    assert shut.all()
