"""Factors of solved years between them, and what is expected of a path."""

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.models.economy.years import _between

NUMBERS = tuple(range(2020, 2031))


def test_between_solved_years_factors_grow_at_one_rate_and_stay_after_the_last():
    found = _between(np.array([[1.1**2, 1.1**4]]), (2022, 2024), NUMBERS, 3)
    np.testing.assert_allclose(found, np.tile(1.1 ** np.minimum(np.arange(11), 4.0), (3, 1)), rtol=1e-14)
    assert found[0, 0] == 1


def test_a_factor_of_the_first_year_is_taken_as_it_is():
    np.testing.assert_array_equal(_between(np.array([[2.0]]), (2020,), NUMBERS, 1), np.full((1, 11), 2.0))


def test_what_is_freed_altogether_goes_down_by_the_same_step_every_year():
    found = _between(np.array([[1.0, 0.0]]), (2021, 2025), NUMBERS, 1, logs=False)
    np.testing.assert_allclose(found[0], [1, 1, 0.75, 0.5, 0.25, 0, 0, 0, 0, 0, 0], atol=1e-15)


def test_each_future_has_its_own_line():
    values = np.array([[1.21], [4.0]])
    np.testing.assert_allclose(_between(values, (2022,), NUMBERS, 2)[:, 1], [1.1, 2.0], rtol=1e-14)


def test_a_factor_of_a_year_before_the_accounts_is_refused():
    with pytest.raises(MoravaError, match="a factor is given for 2019, before the accounts"):
        _between(np.ones((1, 2)), (2019, 2025), NUMBERS, 1)
