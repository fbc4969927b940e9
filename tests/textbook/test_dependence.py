"""Concentration: numbers that follow from the definition of the index."""

import numpy as np
import pytest

from morava.models.dependence import concentration, effective_number

NOTHING = np.array(0.0)


def test_d1_three_partners():
    index = concentration(np.array([0.5, 0.3, 0.2]), NOTHING, NOTHING)
    assert index == pytest.approx(0.38, rel=1e-12)
    assert round(float(effective_number(index)), 4) == 2.6316


def test_d1_a_single_partner():
    index = concentration(np.array([1.0, 0.0]), NOTHING, np.array(1.0))
    assert (float(index), float(effective_number(index))) == (1.0, 1.0)


@pytest.mark.parametrize("count", [1, 2, 3, 7, 100])
def test_d1_equal_partners(count):
    index = concentration(np.full(count, 1 / count), NOTHING, np.array(1.0))
    assert index == pytest.approx(1 / count, rel=1e-12)
    assert effective_number(index) == pytest.approx(count, rel=1e-12)


def test_arms_of_serbia_2020_to_2024():
    """The pack's fact prints 0.37 to 0.39 for 57, 20, 7.4 and a rest of unknown split."""
    shares, rest = np.array([0.57, 0.2, 0.074]), np.array(0.156)
    low, high = (float(concentration(shares, rest, np.array(draw))) for draw in (0.0, 1.0))
    assert round(low, 2) == 0.37
    assert round(high, 2) == 0.39
