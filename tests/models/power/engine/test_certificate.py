"""Any prices prove a bound, and no bound passes the least cost; the arithmetic is that of weak duality by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.models.power.engine import lower_bound
from morava.models.power.engine.certificate import honest_prices, recession
from morava.models.power.program import Builder, violation

HELD = 1e-9


def pair():
    """Return x + y >= 4 and x - y in [-1, 1], x up to 9 at 2, y at 3, a constant of 5: least at (2.5, 1.5), 14.5."""
    builder = Builder("pair")
    builder.constant = 5.0
    x, y = builder.columns("x", (), 0, 9, 2), builder.columns("y", (), 0, np.inf, 3)
    builder.add(builder.rows("sum", (), 4), [x, y], 1)
    builder.add(builder.rows("apart", (), -1, 1), [x, y], [1, -1])
    return builder.program()


def test_the_right_prices_prove_the_least_cost():
    assert lower_bound(pair(), np.array([2.5, -0.5])) == (pytest.approx(14.5), 0.0)


def test_no_prices_prove_the_cheap_bounds():
    assert lower_bound(pair(), np.zeros(2)) == (5.0, 0.0)


def test_a_price_of_a_sign_that_its_row_cannot_have_counts_as_none():
    assert honest_prices(pair(), np.array([-3.0, 2.0])).tolist() == [0, 2]
    assert lower_bound(pair(), np.array([-3.0, 0.0])) == lower_bound(pair(), np.zeros(2))


def test_a_reduced_cost_without_an_end_takes_the_end_that_a_row_implies():
    """With a price of four for the sum, y would rise without end: the second row lets it reach ten, one above x."""
    bound, left_out = lower_bound(pair(), np.array([4.0, 0.0]))
    assert (bound, left_out) == (pytest.approx(5 + 4 * 4 + (2 - 4) * 9 + (3 - 4) * 10), 0.0)


def test_where_no_row_implies_an_end_the_reduced_cost_is_told():
    program = replace(pair(), upper=np.array([np.inf, np.inf]))
    bound, left_out = lower_bound(program, np.array([4.0, 0.0]))
    assert (bound, left_out) == (5 + 4 * 4, 2.0)


def test_without_cost_a_bound_above_zero_proves_that_there_is_no_point():
    program = replace(pair(), row_lower=np.array([30.0, -1.0]))
    assert lower_bound(program, np.array([2.0, -2.0]), np.zeros(2))[0] == pytest.approx(60 - 2 - 4 * 10)
    proof, left_out = lower_bound(program, np.array([1.0, 1.0]), np.zeros(2))
    assert (proof, left_out) == (pytest.approx(30 - 1 - 2 * 9), 0.0)


@settings(deadline=None, max_examples=150, derandomize=True, database=None)
@given(
    seed=st.integers(0, 10**6),
    lengths=st.lists(st.integers(1, 9), min_size=1, max_size=2),
    links=st.sampled_from(["ring", "open", "day", "none"]),
    size=st.sampled_from([0.01, 1.0, 30.0]),
    near=st.booleans(),
)
def test_no_prices_prove_more_than_the_least_cost(made, seed, lengths, links, size, near):
    program, _ = made.random_program(seed, made.Shape(tuple(lengths), 3, 2, 1, 1, False, links))
    program = made.with_costs(program)
    truth = made.by_highs(program)
    prices = size * np.random.default_rng(seed).normal(size=len(program.row_lower)) + near * truth.prices
    bound, left_out = lower_bound(program, prices)
    if left_out == 0:
        assert bound <= truth.cost + HELD * max(1.0, abs(truth.cost), size)
    closed = replace(program, upper=np.minimum(program.upper, np.maximum(truth.values + 1, 50.0)))
    bound, left_out = lower_bound(closed, prices)
    assert left_out == 0
    assert bound <= truth.cost + HELD * max(1.0, abs(truth.cost), size)


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([2.5, 1.5], 0.0),
        ([1.0, 1.0], 2 / 5),
        ([10.0, 9.5], 1 / 10),
        ([4.0, -0.5], 3.5 / 2),
        ([np.nan, 1.0], np.inf),
        ([np.inf, np.inf], np.inf),
    ],
)
def test_violations_are_measured_against_the_size_of_the_bound(values, wanted):
    with np.errstate(invalid="ignore"):
        assert violation(pair(), np.array(values)) == pytest.approx(wanted)


def test_directions_without_end_stay_within_one_and_leave_no_end():
    program = replace(pair(), lower=np.array([-np.inf, 0.0]))
    lower, upper, row_lower, row_upper = recession(program)
    assert (lower.tolist(), upper.tolist()) == ([-1, 0], [0, 1])
    assert (row_lower.tolist(), row_upper.tolist()) == ([0, 0], [np.inf, 0])
