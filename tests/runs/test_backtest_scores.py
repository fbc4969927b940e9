"""Scores of forecasts against closed forms, against numbers on paper, and what must hold of them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import ndtr, ndtri

from morava.errors import MoravaError
from morava.runs.backtest_scores import (
    Trend,
    crps_of_ensemble,
    crps_of_lognormal,
    crps_of_normal,
    effective_number,
    independent_paths,
    persistence,
    skill,
    trend_of,
)

NUMBERS = st.floats(-100, 100)


def test_an_even_sample_of_a_normal_scores_as_its_closed_form():
    count = 4000
    sample = np.asarray(ndtri((np.arange(count) + 0.5) / count))
    for observed in (-2.0, 0.0, 0.7):
        assert crps_of_ensemble(3 + 2 * sample, 3 + 2 * observed) == pytest.approx(
            crps_of_normal(3.0, 2.0, 3 + 2 * observed), abs=2e-3
        )


@pytest.mark.parametrize(
    ("observed", "expected"),
    # members 0 and 4: mean distance less half their distance apart
    [(0.0, 2.0 - 2.0), (1.0, 2.0 - 2.0), (4.0, 0.0), (6.0, 4.0 - 2.0), (-1.0, 3.0 - 2.0)],
)
def test_two_members_on_paper(observed, expected):
    assert crps_of_ensemble(np.array([0.0, 4.0]), observed) == pytest.approx(expected, abs=1e-14)


def test_the_normal_at_its_mean_is_the_number_in_print():
    # (sqrt 2 - 1) / sqrt pi
    assert crps_of_normal(5.0, 2.0, 5.0) == pytest.approx(2 * (math.sqrt(2) - 1) / math.sqrt(math.pi), rel=1e-12)


@pytest.mark.parametrize("observed", [0.2, 1.0, 3.5])
@pytest.mark.parametrize("kind", ["normal", "lognormal"])
def test_closed_forms_are_the_integral_of_the_squared_distance(kind, observed):
    mean, deviation = 0.3, 0.6

    def below(x: float) -> float:
        at = x if kind == "normal" else math.log(x)
        return float(ndtr((at - mean) / deviation))

    low = -20.0 if kind == "normal" else 1e-12
    expected = quad(lambda x: below(x) ** 2, low, observed)[0] + quad(lambda x: (1 - below(x)) ** 2, observed, 60)[0]
    score = crps_of_normal if kind == "normal" else crps_of_lognormal
    assert score(mean, deviation, observed) == pytest.approx(expected, abs=1e-7)


@given(st.lists(NUMBERS, min_size=2, max_size=8), NUMBERS)
@settings(deadline=None)
def test_the_ensemble_score_is_its_definition(members, observed):
    sample = np.array(members)
    apart = np.abs(sample[:, None] - sample[None, :]).sum() / (2 * len(members) * (len(members) - 1))
    assert crps_of_ensemble(sample, observed) == pytest.approx(np.abs(sample - observed).mean() - apart, abs=1e-9)


@pytest.mark.parametrize("sample", [[1.0], [], [1.0, math.nan]])
def test_what_is_no_ensemble_is_refused(sample):
    with pytest.raises(MoravaError, match="two finite ones"):
        crps_of_ensemble(np.array(sample), 0.0)


def test_a_fair_score_does_not_depend_on_how_many_members_there_are():
    draws = np.random.default_rng(7).normal(size=(40_000, 12))
    few = np.mean([crps_of_ensemble(row[:2], 0.5) for row in draws])
    many = np.mean([crps_of_ensemble(row, 0.5) for row in draws])
    assert few == pytest.approx(many, abs=0.01)
    assert many == pytest.approx(crps_of_normal(0.0, 1.0, 0.5), abs=0.01)


def test_a_trend_on_paper():
    # Changes 1, 3, 2: drift 2, deviation 1; three years ahead sqrt(3 (1 + 3 / 3)).
    found = trend_of([10.0, 11.0, 14.0, 16.0], 3, of_logs=False)
    assert (found.mean, found.deviation) == pytest.approx((22.0, math.sqrt(6)), rel=1e-12)
    assert found.middle == found.mean
    assert found.quantile(0.5) == pytest.approx(22.0)


def test_a_trend_of_growth_goes_on_at_the_same_rate():
    found = trend_of([100 * 1.03**year for year in range(6)], 4, of_logs=True)
    assert found.middle == pytest.approx(100 * 1.03**9, rel=1e-12)
    assert found.crps(100.0) == pytest.approx(found.middle - 100, rel=1e-6)


@pytest.mark.parametrize(
    ("history", "ahead", "of_logs"), [([1.0, 2.0], 1, False), ([1.0, 2.0, 3.0], 0, False), ([0.0, 1.0, 2.0], 1, True)]
)
def test_what_makes_no_trend_is_refused(history, ahead, of_logs):
    with pytest.raises(MoravaError, match="naive trend"):
        trend_of(history, ahead, of_logs)


def path(values, first=2015):
    return {first + place: value for place, value in enumerate(values)}


def test_errors_that_repeat_are_one_observation():
    assert persistence({("a", 1): path([2.0, 2.0, 2.0])}) == pytest.approx(1.0)
    assert effective_number({("a", 1): path([2.0] * 9)}) == pytest.approx(1.0)


def test_two_paths_that_miss_alike_are_one():
    errors = {("a", 1): path([1.0, -1.0, 0.5]), ("b", 1): path([2.0, -2.0, 1.0])}
    assert independent_paths(errors) == pytest.approx(1.0)


def test_paths_that_have_nothing_in_common_count_each():
    errors = {("a", 1): path([1.0, 0.0]), ("b", 1): path([0.0, 1.0])}
    assert independent_paths(errors) == pytest.approx(2.0)


def test_white_noise_is_worth_nearly_all_of_its_length():
    noise = np.random.default_rng(3).normal(size=2000)
    assert effective_number({("a", 1): path(noise)}) == pytest.approx(2000, rel=0.1)


def test_a_first_order_path_is_worth_what_the_formula_says():
    rng, rho = np.random.default_rng(5), 0.6
    values = [0.0]
    for shock in rng.normal(size=20_000):
        values.append(rho * values[-1] + shock)
    assert effective_number({("a", 1): path(values)}) == pytest.approx(20_000 * 0.4 / 1.6, rel=0.1)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abc"), st.integers(1, 2)),
        st.dictionaries(st.integers(2015, 2024), NUMBERS, min_size=1),
        min_size=1,
    )
)
def test_the_effective_number_never_exceeds_the_count(errors):
    count = sum(len(one) for one in errors.values())
    assert 1 <= effective_number(errors) <= count


def test_nothing_is_worth_nothing():
    assert effective_number({}) == 0


@pytest.mark.parametrize(
    ("scores", "naive", "expected"), [([1.0], [2.0], 0.5), ([3.0], [2.0], -0.5), ([0.0, 0.0], [0.0, 0.0], None)]
)
def test_skill(scores, naive, expected):
    assert skill(scores, naive) == expected


def test_a_trend_without_spread_scores_its_distance():
    assert Trend(3.0, 0.0, of_logs=False).crps(5.0) == 2.0
