import numpy as np
import pytest

from morava.models.money.debt import (
    above_baseline,
    debt_factor,
    debt_path,
    draw_history,
    grow,
    next_debt_ratio,
    recall_history,
    stabilising_primary_balance,
    stock_flow_adjustment,
)

NAMES = ("growth", "inflation", "primary_balance", "interest", "depreciation", "stock_flow")


def test_depreciation_weighs_on_foreign_debt_only():
    home = debt_factor(0.0, 0.0, 0.0, 0.0, 0.1, 0.0)
    foreign = debt_factor(0.0, 0.0, 0.0, 0.0, 0.1, 1.0)
    assert home == 1.0
    assert foreign == pytest.approx(1.1)
    assert debt_factor(0.0, 0.0, 0.0, 0.0, 0.1, 0.6) == pytest.approx(1.06)


def test_interest_at_home_and_abroad_may_differ():
    assert debt_factor(0.0, 0.0, 0.02, 0.06, 0.0, 0.25) == pytest.approx(1.03)


def test_stabilising_balance_stabilises():
    factor = debt_factor(0.02, 0.05, 0.04, 0.06, 0.03, 0.6)
    balance = stabilising_primary_balance(0.48, factor)
    assert next_debt_ratio(0.48, factor, balance, 0.0) == pytest.approx(0.48, rel=1e-15)


def test_stock_flow_adjustment_closes_the_identity():
    factor = debt_factor(0.02, 0.05, 0.04, 0.04, 0.03, 0.6)
    left_over = stock_flow_adjustment(0.51, 0.48, factor, -0.02)
    assert next_debt_ratio(0.48, factor, -0.02, left_over) == pytest.approx(0.51, rel=1e-15)


@pytest.mark.parametrize("length", [1, 2, 3, 7])
def test_blocks_are_consecutive_and_begin_where_the_draw_says(length):
    draws = np.random.default_rng(3).random((50, 10))
    drawn = draw_history(draws, np.array([float(length)]), 7)
    assert drawn.min() >= 0
    assert drawn.max() <= 6
    for year in range(10):
        if year % length:
            assert (drawn[:, year] == drawn[:, year - 1] + 1).all()
        else:
            assert (drawn[:, year] == np.floor(draws[:, year] * (7 - length + 1))).all()


def test_a_draw_of_one_is_the_last_block():
    assert draw_history(np.array([[1.0, 0.0]]), np.array([2.0]), 5).tolist() == [[3, 4]]


def test_every_block_is_as_likely_as_any_other():
    draws = (np.arange(6000) + 0.5).reshape(-1, 1) / 6000
    drawn = draw_history(draws, np.array([2.0]), 7)[:, 0]
    assert np.bincount(drawn).tolist() == [1000] * 6


def test_whole_history_as_one_block_repeats_it():
    assert draw_history(np.full((1, 6), 0.7), np.array([3.0]), 3).tolist() == [[0, 1, 2, 0, 1, 2]]


def test_length_may_differ_between_futures():
    drawn = draw_history(np.full((1, 4), 0.99), np.array([1.0, 2.0]), 5)
    assert drawn.tolist() == [[4, 4, 4, 4], [3, 4, 3, 4]]


def test_history_is_drawn_jointly():
    drawn = draw_history(np.random.default_rng(4).random((9, 8)), np.array([3.0]), 6)
    one, other = np.arange(6.0)[np.newaxis], 10 * np.arange(6.0)[np.newaxis]
    assert (recall_history(other, drawn) == 10 * recall_history(one, drawn)).all()


def test_grow_compounds():
    assert grow(np.array([200.0]), np.array([[0.1, -0.5]])).round(9).tolist() == [[220.0, 110.0]]


def test_only_what_passes_the_baseline_is_added():
    spent, gdp = np.array([[10.0, 60.0]]), np.array([[1000.0, 1000.0]])
    assert above_baseline(spent, gdp, np.array([[0.02]])).tolist() == [[0.0, pytest.approx(0.04)]]


def test_path_repeats_the_step():
    history = {name: np.array([[0.01 * (place + 1), 0.02]]) for place, name in enumerate(NAMES)}
    path = debt_path(np.array([0.5]), np.array([0.3]), history, np.array([[0.0, 0.07]]))
    first = next_debt_ratio(0.5, debt_factor(0.01, 0.02, 0.04, 0.04, 0.05, 0.3), 0.03, 0.06)
    second = next_debt_ratio(first, debt_factor(0.02, 0.02, 0.02, 0.02, 0.02, 0.3), 0.02, 0.02 + 0.07)
    assert path.tolist() == [[pytest.approx(first), pytest.approx(second)]]
