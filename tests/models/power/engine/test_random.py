"""A thousand random programs: what the engine says of each is what HiGHS says, and is proved by other arithmetic."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.models.power.engine import INFEASIBLE, SOLVED, UNBOUNDED, solve
from morava.models.power.program import violation

GAP = 1e-6
NEAR, ABOVE, BELOW = 1e-5, 1e-6, 1e-4
"""How far, relative, a cost may be from the least one; its bound above it; and its bound below it."""
BLOCK, BLOCKS = 100, 6
LINKS = ("ring", "open", "ahead", "day", "far", "none")


def implied_bounds(program):
    """Return bounds of columns, narrowed where one row with the bounds of its other columns says more."""
    lower, upper, matrix = program.lower.copy(), program.upper.copy(), program.matrix.toarray()
    for row, low, high in zip(matrix, program.row_lower, program.row_upper, strict=True):
        inside = np.flatnonzero(row)
        least = np.where(row > 0, program.lower, program.upper)[inside] * row[inside]
        most = np.where(row > 0, program.upper, program.lower)[inside] * row[inside]
        for place, column in enumerate(inside):
            ends = (low - np.delete(most, place).sum(), high - np.delete(least, place).sum())
            first, last = sorted(end / row[column] for end in ends)
            lower[column], upper[column] = max(lower[column], first), min(upper[column], last)
    return lower, upper


def least_by_prices(program, cost, prices):
    """Return what every point costs at least by weak duality, and the largest reduced cost without an end."""
    reduced = cost - program.matrix.toarray().T @ prices
    lower, upper = implied_bounds(program)
    worth = 0.0
    for price, low, high in zip(prices, program.row_lower, program.row_upper, strict=True):
        worth += price * (low if price > 0 else high) if price else 0.0
    ends = np.where(reduced > 0, lower, upper)
    held = np.isfinite(ends)
    return worth + reduced[held] @ ends[held], float(np.abs(reduced[~held]).max(initial=0.0))


def check_direction(program, direction):
    """Assert that along a direction nothing ends, and that cost falls."""
    assert program.cost @ direction < -1e-5
    activity = program.matrix @ direction
    assert (direction[np.isfinite(program.lower)] >= -ABOVE).all()
    assert (direction[np.isfinite(program.upper)] <= ABOVE).all()
    assert (activity[np.isfinite(program.row_lower)] >= -ABOVE).all()
    assert (activity[np.isfinite(program.row_upper)] <= ABOVE).all()


def check(made, program, chronology):
    """Assert that the engine is right about a program; return what it says."""
    answer, truth = solve(program, chronology, GAP), made.by_highs(program)
    assert answer.status == truth.status, answer.reason
    if answer.status == SOLVED:
        size = max(1.0, abs(truth.cost))
        assert abs(program.cost @ answer.values + program.constant - truth.cost) <= NEAR * size
        assert -BELOW * size <= answer.bound - truth.cost <= ABOVE * size
        assert violation(program, answer.values) <= ABOVE
        proved, loose = least_by_prices(program, program.cost, answer.prices)
        assert loose <= ABOVE
        assert proved + program.constant <= truth.cost + ABOVE * size
    elif answer.status == INFEASIBLE:
        proved, loose = least_by_prices(program, np.zeros(len(program.cost)), answer.prices)
        assert loose <= ABOVE
        assert proved > ABOVE
    else:
        assert answer.status == UNBOUNDED
        check_direction(program, answer.values)
    return answer.status


def shape_of(made, random):
    """Return a shape: half of them of chains of one length, and some longer than there are lanes for."""
    links = LINKS[random.integers(len(LINKS))]
    longest, chains = (3, 14, 40)[random.integers(3)], int(random.integers(1, 4))
    lengths = random.integers(3 if links == "ahead" else 1, longest + 1, chains)
    if random.random() < 0.5:
        lengths[:] = lengths[0]
    return made.Shape(
        lengths=tuple(lengths.tolist()), columns=int(random.integers(1, 5)), rows=int(random.integers(1, 4)),
        edge_columns=int(random.integers(3)), edge_rows=int(random.integers(3)), whole=bool(random.integers(2)),
        links=links, torn=(0.0, 0.2)[random.integers(2)], wrong=(0.0, 0.1)[random.integers(2)],
    )  # fmt: skip


@pytest.mark.parametrize("block", range(BLOCKS))
def test_programs_drawn_from_seeds_are_all_recognised(made, block):
    seen = set()
    for seed in range(block * BLOCK, (block + 1) * BLOCK):
        shape = shape_of(made, np.random.default_rng([seed, 1]))
        try:
            seen.add(check(made, *made.random_program(seed, shape)))
        except AssertionError as error:
            raise AssertionError(f"seed {seed}, {shape}") from error
    assert seen == {SOLVED, INFEASIBLE, UNBOUNDED}


@settings(deadline=None, max_examples=300, derandomize=True, database=None)
@given(
    seed=st.integers(0, 10**9),
    lengths=st.lists(st.integers(1, 20), min_size=1, max_size=3),
    kinds=st.tuples(st.integers(1, 4), st.integers(1, 3)),
    edges=st.tuples(st.integers(0, 2), st.integers(0, 2)),
    whole=st.booleans(),
    links=st.sampled_from([links for links in LINKS if links != "ahead"]),
    torn=st.sampled_from([0.0, 0.3]),
    wrong=st.sampled_from([0.0, 0.1]),
)
def test_programs_of_any_shape_are_recognised(made, seed, lengths, kinds, edges, whole, links, torn, wrong):
    check(made, *made.random_program(seed, made.Shape(tuple(lengths), *kinds, *edges, whole, links, torn, wrong)))


@pytest.mark.parametrize("links", LINKS)
def test_long_chains_with_costs_and_bounds_everywhere_are_solved(made, links):
    """As power systems are: nothing below zero, all costs above it, a slack for every row."""
    for seed in range(5):
        program, chronology = made.random_program(seed, made.Shape((83, 83), 4, 3, 2, 2, False, links))
        assert check(made, made.with_costs(program), chronology) == SOLVED
