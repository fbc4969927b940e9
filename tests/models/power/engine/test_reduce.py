"""What is taken out of a program before it is solved, and the prices that it gets back."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.models.power.engine import lower_bound
from morava.models.power.engine.reduce import reduce_program, restore_prices
from morava.models.power.program import Builder

LINKS = ["ring", "open", "day", "far", "none"]


def plants():
    """Return coal up to 3 by a row, gas up to 1 by another, and dear oil, for a load of five; one cannot move."""
    builder = Builder("plants")
    coal, gas, oil = (builder.columns(name, (), 0, 9, cost) for name, cost in (("coal", 1), ("gas", 3), ("oil", 7)))
    fixed = builder.columns("fixed", (), 0.5, 0.5, 2)
    load = builder.rows("load", (), 5.5, 5.5)
    builder.add(load, [coal, gas, oil, fixed], 1)
    builder.add(builder.rows("coal most", (), -np.inf, 6), coal, 2)
    builder.add(builder.rows("gas most", (), -np.inf, 1.5), [gas, fixed], 1)
    builder.rows("nothing", (), -1, 1)
    builder.add(builder.rows("wide", (), -np.inf, 1000), [coal, oil], 1)
    return builder.program()


def test_rows_of_one_column_become_bounds_and_idle_rows_go():
    reduced = reduce_program(plants())
    assert reduced.rows.tolist() == [0]
    assert reduced.contradiction == ""
    assert reduced.program.upper.tolist() == [3, 1, 9, 0.5]
    assert reduced.program.lower.tolist() == [0, 0, 0, 0.5]
    assert reduced.program.matrix.shape == (1, 4)


def test_rows_get_their_prices_back(made):
    program = plants()
    reduced = reduce_program(program)
    prices = restore_prices(program, reduced, np.array([7.0]))
    truth = made.by_highs(program)
    # Coal is worth 6 less than oil, of which two stand in a unit of its row; gas is worth 4 less.
    assert prices.tolist() == [7, -3, -4, 0, 0]
    assert truth.prices == pytest.approx(prices)
    bound, left_out = lower_bound(program, prices)
    assert (bound, left_out) == (pytest.approx(truth.cost), 0)


def test_a_row_that_leaves_one_column_free_after_another_was_fixed_becomes_a_bound_too():
    builder = Builder("chain")
    x = builder.columns("x", ((1,), (0, 1, 2, 3)), 0, 9, 1)
    first = builder.rows("first", (), 4, 4)
    builder.add(first, x[0, 0], 2)
    rows = builder.rows("next", ((1,), (1, 2, 3)), 1, 1)
    builder.add(rows, x[:, 1:], 1)
    builder.add(rows, x[:, :-1], -1)
    program = builder.program()
    reduced = reduce_program(program)
    assert len(reduced.rows) == 0
    assert reduced.program.lower.tolist() == reduced.program.upper.tolist() == [2, 3, 4, 5]
    prices = restore_prices(program, reduced, np.zeros(0))
    bound, left_out = lower_bound(program, prices)
    assert left_out == 0
    assert bound == pytest.approx(14)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(3, np.inf, [1, 0]), (-np.inf, 2, [1, 0])], "rows leave a column no value"),
        (
            [(3, np.inf, [1, 0]), (-np.inf, 3, [1, 0]), (9, np.inf, [2, 0])],
            "rows whose columns cannot move are not met",
        ),
        ([(1, np.inf, [0, 0])], "rows whose columns cannot move are not met"),
    ],
)
def test_what_cannot_be_is_found_at_once(rows, said):
    builder = Builder("never")
    x = builder.columns("x", ((1, 2),), 0, 9)
    for number, (low, high, values) in enumerate(rows):
        builder.add(builder.rows(f"r{number}", (), low, high), x, values)
    found = reduce_program(builder.program()).contradiction
    assert found in (said, "rows leave a column no value")
    assert found


@settings(deadline=None, max_examples=120, derandomize=True, database=None)
@given(
    seed=st.integers(0, 10**6),
    lengths=st.lists(st.integers(1, 9), min_size=1, max_size=2),
    edges=st.tuples(st.integers(0, 1), st.integers(0, 1)),
    links=st.sampled_from(LINKS),
    torn=st.sampled_from([0.0, 0.4]),
)
def test_the_least_cost_stays_and_restored_prices_prove_it(made, seed, lengths, edges, links, torn):
    program, _ = made.random_program(seed, made.Shape(tuple(lengths), 2, 3, *edges, False, links, torn))
    program = made.with_costs(program)
    reduced = reduce_program(program)
    assert reduced.contradiction == ""
    truth, smaller = made.by_highs(program), made.by_highs(reduced.program)
    assert smaller.cost == pytest.approx(truth.cost, rel=1e-7, abs=1e-7)
    assert (reduced.program.lower >= program.lower).all()
    assert (reduced.program.upper <= program.upper).all()
    prices = restore_prices(program, reduced, smaller.prices)
    bound, left_out = lower_bound(program, prices)
    assert left_out <= 1e-9
    assert bound == pytest.approx(truth.cost, rel=1e-6, abs=1e-6)


def unique_prices(program, truth):
    """Return whether no other prices prove the least cost: as many columns lie inside their bounds as rows are held."""
    activity = program.matrix @ truth.values
    held = (activity - program.row_lower < 1e-7) | (program.row_upper - activity < 1e-7)
    inside = (truth.values - program.lower > 1e-7) & (program.upper - truth.values > 1e-7)
    part = program.matrix.toarray()[np.ix_(held, inside)]
    return held.sum() > 0 and np.linalg.matrix_rank(part) == held.sum()


def test_where_prices_are_unique_the_restored_ones_are_those_of_highs(made):
    compared = 0
    for seed in range(60):
        program, _ = made.random_program(seed, made.Shape((6,), 3, 3, 1, 0, False, "open", 0.3))
        program = replace(made.with_costs(program), upper=np.full(len(program.upper), 50.0))
        truth = made.by_highs(program)
        if not unique_prices(program, truth):
            continue
        reduced = reduce_program(program)
        prices = restore_prices(program, reduced, made.by_highs(reduced.program).prices)
        np.testing.assert_allclose(prices, truth.prices, atol=1e-7)
        compared += bool(reduced.passes) and len(reduced.rows) > 0
    assert compared > 10
