import numpy as np

from morava.models.money.guarantees import guarantee_is_called, guarantees_by_year

YEARS = np.array([2026.0, 2027.0, 2028.0])


def by_year(finish, draw=(0.05,), exposure=(90.0,)):
    draws, exposures, finishes = (np.array([item], dtype=float) for item in (draw, exposure, finish))
    return guarantees_by_year(exposures, draws, np.array([[0.1]]), finishes, YEARS)[0].tolist()


def test_called_only_below_the_probability():
    assert guarantee_is_called(np.array([0.0, 0.0999, 0.1]), np.array(0.1)).tolist() == [True, True, False]
    assert not guarantee_is_called(np.array([0.0]), np.array(0.0)).any()


def test_falls_due_in_the_calendar_year_of_the_finish():
    assert by_year([2027.0]) == [0.0, 90.0, 0.0]
    assert by_year([2027.99]) == [0.0, 90.0, 0.0]
    assert by_year([2028.0]) == [0.0, 0.0, 90.0]


def test_outside_the_grid_or_cancelled_nothing_falls_due():
    assert by_year([2030.5]) == [0.0] * 3
    assert by_year([np.inf]) == [0.0] * 3


def test_several_add_up():
    assert by_year([2026.5, 2026.9, 2028.0], [0.01, 0.02, 0.5], [1.0, 2.0, 4.0]) == [3.0, 0.0, 0.0]
