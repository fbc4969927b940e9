"""A step through stages, rings and border is the step of the whole system of equations, solved at once by numpy."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.models.power.engine import BORDER, room

LINKS = ["ring", "open", "ahead", "day", "far", "none"]
TIGHT = 1e-7
"""How far a part of a step may be off, relative to the largest."""
LOOSE = 1e-4
"""The same for prices of rows. One that no column of its own stage supports is held off zero by a hundred-millionth
alone, which costs as many digits."""


class Whole:
    """The same program without stages: dense arrays in the order of the sheet, and how to read those of stages."""

    def __init__(self, made, newton, sheet):
        self.newton, self.sheet, self.matrix = newton, sheet, made.dense_of(sheet)
        self.inside, self.held = sheet.column_chain != BORDER, sheet.row_chain != BORDER
        self.free = sheet.upper > sheet.lower

    def columns(self, inside, border):
        """Return numbers of columns in the order of the sheet."""
        found = np.zeros(len(self.sheet.cost))
        place = self.newton.stages.column_place
        found[self.inside], found[~self.inside] = inside[place[self.inside]], border[place[~self.inside]]
        return found

    def rows(self, inside, border):
        """Return numbers of rows in the order of the sheet."""
        found = np.zeros(len(self.sheet.right))
        place = self.newton.stages.row_place
        found[self.held], found[~self.held] = inside[place[self.held]], border[place[~self.held]]
        return found

    def put(self, seed):
        """Put the program at a point within its bounds, with prices of bounds and of rows, all drawn."""
        random, sheet, newton = np.random.default_rng(seed), self.sheet, self.newton
        lower, upper = sheet.lower, sheet.upper
        share = 0.01 + random.random(len(lower))
        low_end = np.where(np.isfinite(lower), lower, np.where(np.isfinite(upper), upper - 5, -1.0))
        high_end = np.where(np.isfinite(upper), upper, low_end + 3)
        x = low_end + (high_end - low_end) * share / 1.02
        low = np.where(self.free & np.isfinite(lower), 10.0 ** random.uniform(-3, 1, len(x)), 0.0)
        high = np.where(self.free & np.isfinite(upper), 10.0 ** random.uniform(-3, 1, len(x)), 0.0)
        y = random.normal(size=len(sheet.right))
        place, row_place = newton.stages.column_place, newton.stages.row_place
        for kept, values in (("x", x), ("low", low), ("high", high)):
            getattr(newton.state, kept)[place[self.inside]] = values[self.inside]
            setattr(newton.border, kept, values[~self.inside])
        newton.state.y[row_place[self.held]] = y[self.held]
        newton.border.y = y[~self.held]
        return x, low, high, y


def prepared(made, seed, shape, threads=1):
    """Return a program in stages and as a whole; every column has an end, as free ones have next to no diagonal."""
    program, chronology = made.random_program(seed, shape)
    endless = ~np.isfinite(program.row_lower) & ~np.isfinite(program.row_upper)
    program = replace(
        program, lower=np.where(np.isfinite(program.lower), program.lower, -2.0),
        row_upper=np.where(endless, 10.0, program.row_upper),
    )  # fmt: skip
    sheet, newton = made.newton_of(program, chronology, threads)
    return newton, Whole(made, newton, sheet)


def near(found, wanted, tolerance=TIGHT):
    assert np.abs(found - wanted).max(initial=0.0) <= tolerance * max(1.0, np.abs(wanted).max(initial=0.0))


def check_step(newton, whole, point, target, aim=None):
    """Assert that a step is that of numpy; prices of rows that say the same twice count by what they say to columns."""
    move, price_move = step_of_numpy(whole, point, target, aim)
    near(whole.columns(newton.work.move, newton.border.move), move)
    found = whole.rows(newton.work.price_move, newton.border.price_move)
    near((whole.matrix.T @ found)[whole.free], (whole.matrix.T @ price_move)[whole.free], LOOSE)
    if np.linalg.matrix_rank(whole.matrix[:, whole.free]) == len(found):
        near(found, price_move, LOOSE)


def step_of_numpy(whole, point, target, aim=None):
    """Return the directions of columns and of prices of rows, from all equations at once."""
    sheet, matrix, free = whole.sheet, whole.matrix, whole.free
    x, low, high, y = point
    below, above = x - sheet.lower, sheet.upper - x
    with np.errstate(divide="ignore", invalid="ignore"):
        push_low, push_high = np.full(len(x), target), np.full(len(x), target)
        if aim is not None:
            low_aim, high_aim = -low / below * aim - low, high / above * aim - high
            push_low, push_high = target - aim * low_aim, target + aim * high_aim
        weight = low / below + high / above + room.REGULAR_COLUMN
        pushes = np.where(low > 0, push_low / below, 0.0) - np.where(high > 0, push_high / above, 0.0)
    count = int(free.sum())
    system = np.zeros((count + len(y), count + len(y)))
    system[:count, :count] = -np.diag(weight[free])
    system[:count, count:], system[count:, :count] = matrix[:, free].T, matrix[:, free]
    system[count:, count:] = room.REGULAR_ROW * np.eye(len(y))
    right = np.concatenate([(sheet.cost - matrix.T @ y - pushes)[free], sheet.right - matrix @ x])
    found = np.linalg.solve(system, right)
    move = np.zeros(len(x))
    move[free] = found[:count]
    return move, found[count:]


@settings(deadline=None, max_examples=80, derandomize=True, database=None)
@given(
    seed=st.integers(0, 10**6),
    lengths=st.lists(st.integers(3, 30), min_size=1, max_size=3),
    edges=st.tuples(st.integers(0, 2), st.integers(0, 2)),
    links=st.sampled_from(LINKS),
    torn=st.sampled_from([0.0, 0.3]),
)
def test_a_step_is_that_of_all_equations_at_once(made, seed, lengths, edges, links, torn):
    newton, whole = prepared(made, seed, made.Shape(tuple(lengths), 4, 2, *edges, False, links, torn))
    point = whole.put(seed)
    newton.residuals()
    newton.measure()
    newton.factorise()
    newton.solve(0.0, False)
    check_step(newton, whole, point, 0.0)
    aim = whole.columns(newton.work.move, newton.border.move)
    newton.keep_aim()
    newton.solve(0.3, True)
    check_step(newton, whole, point, 0.3, aim)


@pytest.mark.parametrize("lengths", [(1,), (2,), (3,), (16,), (17,), (1, 1), (2, 1), (40, 3)])
@pytest.mark.parametrize("links", ["ring", "open", "none"])
def test_a_step_is_right_for_chains_of_any_length(made, lengths, links):
    newton, whole = prepared(made, 5, made.Shape(lengths, 4, 2, 1, 1, False, links))
    point = whole.put(8)
    newton.residuals()
    newton.measure()
    newton.factorise()
    newton.solve(0.1, False)
    check_step(newton, whole, point, 0.1)


@settings(deadline=None, max_examples=60, derandomize=True, database=None)
@given(
    seed=st.integers(0, 10**6),
    lengths=st.lists(st.integers(3, 30), min_size=1, max_size=3),
    links=st.sampled_from(LINKS),
)
def test_residuals_cost_bound_and_products_are_those_of_the_whole(made, seed, lengths, links):
    newton, whole = prepared(made, seed, made.Shape(tuple(lengths), 4, 3, 2, 1, False, links, 0.2))
    sheet, (x, low, high, y) = whole.sheet, whole.put(seed)
    newton.residuals()
    row_gap = sheet.right - whole.matrix @ x
    column_gap = sheet.cost - whole.matrix.T @ y - low + high
    near(whole.rows(newton.work.row_gap, newton.border.row_gap), row_gap)
    near(whole.columns(newton.work.column_gap, newton.border.column_gap), column_gap)
    cost, bound, products, row, column, wrong = newton.measure()
    reduced = column_gap + low - high
    end = np.where(reduced > 0, sheet.lower, sheet.upper)
    held = np.isfinite(end)
    with np.errstate(invalid="ignore"):
        wanted = np.where(low > 0, low * (x - sheet.lower), 0) + np.where(high > 0, high * (sheet.upper - x), 0)
    near(np.array([cost, bound]), np.array([sheet.cost @ x, sheet.right @ y + reduced[held] @ end[held]]))
    assert products == pytest.approx(wanted.sum(), rel=1e-12)
    assert row == pytest.approx(np.abs(row_gap).max(), rel=1e-9)
    assert column == pytest.approx(np.abs(column_gap[whole.free]).max(initial=0), rel=1e-9)
    assert wrong == pytest.approx(np.abs(reduced[~held]).max(initial=0), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("seed", range(6))
def test_a_whole_step_meets_the_rows_and_the_products_are_as_foretold(made, seed):
    newton, whole = prepared(made, seed, made.Shape((21, 9), 4, 2, 1, 1, False, "ring"))
    whole.put(seed)
    newton.residuals()
    before = newton.measure()
    newton.factorise()
    shrink, shrink_price, one, two, three = newton.solve(0.0, False)
    along, along_price = 0.9 / max(shrink, 1.0), 0.8 / max(shrink_price, 1.0)
    newton.advance(0.0, False, along, along_price)
    newton.residuals()
    after = newton.measure()
    assert after[2] == pytest.approx(
        before[2] + along * one + along_price * two + along * along_price * three, rel=1e-9
    )
    assert after[3] == pytest.approx((1 - along) * before[3], rel=1e-5, abs=1e-7)
    assert after[4] == pytest.approx((1 - along_price) * before[4], rel=1e-5, abs=1e-7)
    x = whole.columns(newton.state.x, newton.border.x)
    assert (x[whole.free] > whole.sheet.lower[whole.free]).all()
    assert (x[whole.free] < whole.sheet.upper[whole.free]).all()
    for part in ((newton.state.low, newton.border.low), (newton.state.high, newton.border.high)):
        assert (whole.columns(*part) >= 0).all()


@pytest.mark.parametrize("lengths", [(45,), (20, 31, 3)])
def test_two_threads_make_the_same_bytes(made, lengths):
    moves = []
    for threads in (1, 2, 2):
        newton, whole = prepared(made, 3, made.Shape(lengths, 4, 3, 2, 2, False, "ring"), threads)
        whole.put(1)
        newton.residuals()
        sums = newton.measure()
        newton.factorise()
        newton.solve(0.1, False)
        newton.close()
        moves.append([part.tobytes() for part in (*newton.work, *newton.state, newton.border.move, sums)])
    assert moves[0] == moves[1] == moves[2]
