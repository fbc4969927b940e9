from itertools import pairwise

import numpy as np
import pytest

from morava.models.projects.data_centres import POINTS, day_shape, delayed, filled, site_draw

RISING = np.array([10.0, 10.0, 60.0, 200.0, 200.0, 520.0])
PATHS = {
    "rising": RISING,
    "level": np.full(6, 40.0),
    "falling": RISING[::-1].copy(),
    "up and down": np.array([10.0, 300.0, 20.0, 250.0, 0.0, 90.0]),
}


def overhead(temperature, fixed, load, slope, threshold, use):
    """Return the power usage effectiveness: what the site draws over what its computers do."""
    return site_draw(temperature, fixed, load, slope, threshold, use) / use


def test_a_delay_of_whole_years_shifts_the_path():
    assert delayed(RISING, np.array(2.0)).tolist() == [10, 10, 10, 10, 60, 200]


def test_a_delay_of_a_part_of_a_year_lies_straight_between_its_ends():
    assert delayed(RISING, np.array(0.25)) == pytest.approx([10, 10, 47.5, 165, 200, 440])
    assert delayed(RISING, np.array(1.5)) == pytest.approx([10, 10, 10, 35, 130, 200])


def test_without_delay_the_path_stands():
    for path in PATHS.values():
        assert delayed(path, np.array(0.0)).tolist() == path.tolist()


def test_a_delay_beyond_all_years_leaves_the_first():
    assert delayed(RISING, np.array(50.0)).tolist() == [10.0] * 6


def test_what_is_taken_away_is_gone_at_once():
    assert delayed(PATHS["falling"], np.array(2.0)).tolist() == PATHS["falling"].tolist()


def test_each_future_has_its_own_delay():
    many = delayed(np.tile(RISING, (3, 1)), np.array([0.0, 0.5, 2.0]))
    for row, lag in zip(many, (0.0, 0.5, 2.0), strict=True):
        assert row.tolist() == delayed(RISING, np.array(lag)).tolist()


def test_filling_takes_the_mean_over_its_time():
    """One step of 100: after a year of two, half of it is filled; after two, all."""
    step = np.array([0.0, 0.0, 100.0, 100.0, 100.0])
    # Power comes straight over the year, so that half a year of delay counts half of the step.
    assert filled(step, np.array(1.0)) == pytest.approx([0, 0, 50, 100, 100])
    assert filled(step, np.array(2.0)) == pytest.approx([0, 0, 25, 75, 100])


def test_filling_a_straight_rise_lags_by_half_its_time():
    rise = 10.0 * np.arange(12)
    assert filled(rise, np.array(3.0))[4:] == pytest.approx(rise[4:] - 10 * 1.5)


def test_filling_in_no_time_is_at_once():
    assert filled(RISING, np.array(0.0)) == pytest.approx(RISING)


def test_points_of_the_fill_are_the_middles_of_equal_parts():
    """A delay past the first year is level: the parts of 24 that lie before it are counted exactly."""
    path = np.array([0.0, 24.0])
    expected = np.mean([24.0 * max(0.0, 1 - 8.0 * (point + 0.5) / POINTS) for point in range(POINTS)])
    assert filled(path, np.array(8.0))[1] == pytest.approx(expected)


def test_each_future_fills_in_its_own_time():
    many = filled(np.tile(RISING, (3, 1)), np.array([0.5, 2.0, 4.0]))
    for row, time in zip(many, (0.5, 2.0, 4.0), strict=True):
        assert row == pytest.approx(filled(RISING, np.array(time)), rel=1e-15)


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS.keys())
@pytest.mark.parametrize("lag", [0.0, 0.3, 1.0, 2.7, 20.0])
@pytest.mark.parametrize("time", [0.0, 0.4, 1.0, 3.3, 20.0])
def test_used_is_at_most_powered_and_powered_at_most_installed(path, lag, time):
    powered = delayed(path, np.array(lag))
    used = filled(powered, np.array(time))
    assert (powered <= path).all()
    assert (used <= powered + 1e-12 * path.max()).all()
    assert (used >= 0).all()


def test_longer_waits_and_slower_fills_never_use_more():
    used = [filled(delayed(RISING, np.array(lag)), np.array(time)) for lag, time in ((0, 1), (1, 1), (1, 2), (3, 5))]
    for more, less in pairwise(used):
        assert (less <= more + 1e-12).all()
        assert less.sum() < more.sum()


def test_paths_are_not_changed():
    path = RISING.copy()
    filled(delayed(path, np.array(0.7)), np.array(2.0))
    assert path.tolist() == RISING.tolist()


@pytest.mark.parametrize("peak", [0.0, 7.5, 19.0, 24.0])
@pytest.mark.parametrize("swing", [0.0, 0.3, 1.0])
def test_a_day_has_the_mean_one_and_never_falls_below_zero(peak, swing):
    day = day_shape(swing, peak)
    assert day.shape == (24,)
    assert day.mean() == pytest.approx(1.0, abs=1e-12)
    assert day.min() >= 0
    assert day.max() <= 1 + swing + 1e-12


def test_a_day_peaks_at_its_hour_and_is_lowest_twelve_hours_off():
    day = day_shape(0.3, 19.0)
    assert day.argmax() == 19
    assert day.argmin() == 7
    assert day[19] == pytest.approx(1.3)
    assert day[7] == pytest.approx(0.7)


def test_overhead_is_the_sum_of_its_parts():
    found = overhead(np.array([10.0, 30.0]), 0.08, 0.1, 0.005, 20.0, np.array([1.0, 0.5]))
    assert found == pytest.approx([1 + 0.1 + 0.08, 1 + 0.1 + 0.005 * 10 + 0.08 / 0.5])


def test_overhead_rises_with_every_degree_above_the_threshold_only():
    temperature = np.array([-20.0, 0.0, 15.0, 15.5, 25.0, 40.0])
    found = overhead(temperature, 0.08, 0.1, 0.004, 15.0, np.ones(1))
    assert found[:3] == pytest.approx(np.full(3, 1.18))
    assert np.diff(found[2:]) == pytest.approx(0.004 * np.diff(temperature[2:]))


def test_overhead_rises_as_use_falls():
    found = overhead(np.full(4, 10.0), 0.08, 0.1, 0.004, 15.0, np.array([1.0, 0.7, 0.3, 0.05]))
    assert (np.diff(found) > 0).all()
    assert found[-1] == pytest.approx(1.1 + 0.08 / 0.05)


def test_the_load_itself_falls_with_use_in_spite_of_it():
    use = np.array([1.0, 0.7, 0.3, 0.05])
    assert (np.diff(use * overhead(np.full(4, 10.0), 0.08, 0.1, 0.004, 15.0, use)) < 0).all()
