import numpy as np
import pytest

from morava.models.power.calendar import (
    HOURS_A_WEEK,
    HOURS_A_YEAR,
    WEEKS,
    chosen_weeks,
    full_hours,
    period_weights,
    sample_hours,
    scale_to_mean,
)

NUMBERS = [1, 2, 3, 4, 5, 8, 12, 13, 26, 51, 52]


def shapes(seed=1, features=3):
    """Return seasonal, daily and random features of a year, [feature, hour]."""
    hours = np.arange(HOURS_A_YEAR)
    random = np.random.default_rng(seed)
    return np.array(
        [
            1 + 0.3 * np.cos(2 * np.pi * (hours / HOURS_A_YEAR + phase))
            + 0.2 * np.sin(2 * np.pi * hours / 24) + 0.3 * random.random(HOURS_A_YEAR)
            for phase in np.linspace(0, 0.5, features)
        ]
    )  # fmt: skip


def by_week(levels):
    """Return a feature that is level over each week, [1, hour]; the day left over is as the last week."""
    return np.append(np.repeat(levels, HOURS_A_WEEK), np.full(HOURS_A_YEAR - WEEKS * HOURS_A_WEEK, levels[-1]))[None]


def weeks_of(calendar):
    return (calendar.hours[::HOURS_A_WEEK] // HOURS_A_WEEK).tolist()


@pytest.mark.parametrize(
    ("periods", "years"),
    [([2030], [1]), ([2025, 2030], [5, 5]), ([2025, 2030, 2040], [5, 10, 10]), ([2026, 2027, 2035], [1, 8, 8])],
)
def test_a_period_stands_for_the_years_to_the_next(periods, years):
    assert period_weights(periods, 0.0).tolist() == years


@pytest.mark.parametrize("rate", [0.01, 0.05, 0.12])
@pytest.mark.parametrize("periods", [[2025, 2030, 2040], [2026, 2027, 2030]])
def test_weights_add_up_to_the_annuity_of_all_years(rate, periods):
    last = periods[-1] - periods[-2]
    years = periods[-1] - periods[0] + last
    weights = period_weights(periods, rate)
    assert weights.sum() == pytest.approx((1 - (1 + rate) ** -years) / (1 - 1 / (1 + rate)), rel=1e-12)
    first = periods[1] - periods[0]
    assert weights[0] == pytest.approx(sum((1 + rate) ** -year for year in range(first)), rel=1e-12)
    assert weights[-1] == pytest.approx(
        sum((1 + rate) ** -(periods[-1] - periods[0] + year) for year in range(last)), rel=1e-12
    )


def test_full_hours_are_one_stretch_that_stands_once():
    calendar = full_hours([2030, 2040], 0.05)
    assert calendar.hours.tolist() == list(range(HOURS_A_YEAR))
    assert set(calendar.stretches.tolist()) == {0}
    assert calendar.hour_weights.tolist() == [1.0] * HOURS_A_YEAR
    assert calendar.periods == (2030, 2040)
    assert calendar.weights.tolist() == period_weights([2030, 2040], 0.05).tolist()


@pytest.mark.parametrize("number", NUMBERS)
def test_chosen_weeks_are_whole_and_in_order(number):
    calendar = chosen_weeks([2030], number, shapes(), 0.05)
    hours = calendar.hours.reshape(number, HOURS_A_WEEK)
    assert (hours[:, 0] % HOURS_A_WEEK == 0).all()
    assert (np.diff(hours, axis=1) == 1).all()
    assert (np.diff(hours[:, 0]) > 0).all()
    assert calendar.stretches.tolist() == [stretch for stretch in range(number) for _ in range(HOURS_A_WEEK)]


@pytest.mark.parametrize("number", NUMBERS)
def test_chosen_weeks_stand_for_the_whole_year(number):
    calendar = chosen_weeks([2030], number, shapes(), 0.05)
    assert calendar.repeats.sum() == pytest.approx(HOURS_A_YEAR / HOURS_A_WEEK, rel=1e-12)
    assert calendar.hour_weights.sum() == pytest.approx(HOURS_A_YEAR, rel=1e-12)
    seasons = [len(season) for season in np.array_split(np.arange(WEEKS), number)]
    assert calendar.repeats[:-1].tolist() == seasons[:-1]
    assert calendar.repeats[-1] == pytest.approx(seasons[-1] + 24 / HOURS_A_WEEK)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_typical_week_lies_in_its_season(number):
    seasons = np.array_split(np.arange(WEEKS), number)
    for seed in range(3):
        weeks = weeks_of(chosen_weeks([2030], number, shapes(seed), 0.05))
        assert [week in season for week, season in zip(weeks, seasons, strict=True)] == [True] * number


def test_the_week_of_the_middle_level_is_the_typical_one():
    rising = by_week(np.arange(WEEKS) % 13 * 1.0)
    assert weeks_of(chosen_weeks([2030], 4, rising, 0.0)) == [6, 19, 32, 45]


def test_a_week_out_of_the_ordinary_is_not_chosen():
    for strange in range(WEEKS):
        levels = np.ones(WEEKS)
        levels[strange] = 5.0
        assert strange not in weeks_of(chosen_weeks([2030], 4, by_week(levels), 0.0))


def test_of_weeks_of_one_level_the_course_decides():
    """Every week has the mean one; all but the fifth of each quarter run against their season's common course."""
    day = np.sin(2 * np.pi * np.arange(HOURS_A_WEEK) / 24)
    swings = np.tile([1.0, -1.0] * 6 + [0.0], 4)
    feature = 1 + np.outer(swings, day).ravel()
    feature = np.append(feature, np.ones(HOURS_A_YEAR - WEEKS * HOURS_A_WEEK))[None]
    assert weeks_of(chosen_weeks([2030], 4, feature, 0.0)) == [12, 25, 38, 51]


def test_the_size_of_a_feature_does_not_matter():
    features = shapes()
    one = chosen_weeks([2030], 8, features, 0.05)
    other = chosen_weeks([2030], 8, features * np.array([[1000.0], [1.0], [0.001]]), 0.05)
    assert one.hours.tolist() == other.hours.tolist()


def test_a_feature_that_never_moves_does_not_matter():
    rising = by_week(np.arange(WEEKS) % 13 * 1.0)
    flat = np.vstack([rising, np.full(HOURS_A_YEAR, 7.0)])
    assert weeks_of(chosen_weeks([2030], 4, flat, 0.0)) == [6, 19, 32, 45]


def test_all_weeks_are_the_year_but_its_last_day():
    calendar = chosen_weeks([2030], WEEKS, shapes(), 0.05)
    assert calendar.hours.tolist() == list(range(WEEKS * HOURS_A_WEEK))


@pytest.mark.parametrize("number", [4, 12])
def test_features_are_not_changed(number):
    features = shapes()
    before = features.copy()
    chosen_weeks([2030], number, features, 0.05)
    assert (features == before).all()


@pytest.mark.parametrize("number", [1, 4, 13])
@pytest.mark.parametrize("most", [np.inf, 1.0])
def test_sampled_hours_have_the_mean_of_the_year_and_pass_no_bound(number, most):
    calendar = chosen_weeks([2030], number, shapes(), 0.05)
    values = np.random.default_rng(9).random((2, HOURS_A_YEAR)) ** [[1.0], [4.0]]
    sampled = sample_hours(values, calendar, most)
    assert sampled.shape == (2, number * HOURS_A_WEEK)
    mean = sampled @ calendar.hour_weights / HOURS_A_YEAR
    assert mean == pytest.approx(values.mean(axis=1), rel=1e-12)
    assert sampled.max() <= most
    assert sampled.min() >= 0


def test_sampled_hours_keep_their_course():
    calendar = chosen_weeks([2030], 4, shapes(), 0.05)
    values = shapes(5, 1)[0]
    ratio = sample_hours(values, calendar)[0] / values[calendar.hours]
    assert ratio == pytest.approx(np.full(len(ratio), ratio[0]), rel=1e-12)


def test_all_hours_are_left_as_they_are():
    values = shapes()
    assert (sample_hours(values, full_hours([2030], 0.05)) == values).all()


@pytest.mark.parametrize("mean", [0.05, 0.4, 0.7, 0.9, 0.999])
def test_a_shape_is_scaled_to_a_mean_below_its_bound(mean):
    shape = np.random.default_rng(3).random(500)
    scaled = scale_to_mean(shape, mean)
    assert scaled.mean() == pytest.approx(mean, rel=1e-9)
    assert scaled.max() <= 1
    assert (np.diff(scaled[np.argsort(shape)]) >= 0).all()
    free = scaled < 1
    assert scaled[free] / shape[free] == pytest.approx(np.full(free.sum(), (scaled[free] / shape[free])[0]))


def test_a_mean_at_or_above_the_bound_is_the_bound():
    assert scale_to_mean(np.array([0.1, 0.5]), 1.0).tolist() == [1.0, 1.0]
    assert scale_to_mean(np.array([0.1, 0.5]), 7.0, most=3.0).tolist() == [3.0, 3.0]


def test_a_shape_of_nothing_becomes_its_mean():
    assert scale_to_mean(np.zeros(3), 0.4).tolist() == [0.4] * 3


def test_where_too_few_hours_have_anything_all_get_the_mean():
    """Half of the hours are still: no factor brings the mean of the others above a half."""
    assert scale_to_mean(np.array([0.0, 0.2]), 0.6).tolist() == [0.6, 0.6]
