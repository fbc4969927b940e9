"""A program keeps its names, and an answer is believed only where point and prices prove each other."""

import re

import highspy
import numpy as np
import pytest
from highspy._core import _Highs

from morava.errors import MoravaError
from morava.models.power.program import TOLERANCE, Builder, prove, rows_of, solve_program, write_program

YEARS, HOURS = (2030, 2035), (0, 17)
METHODS = ["simplex", "ipm"]


def feed():
    """Return two plants that serve a load of two hours in two years: 3 at 10, the rest at 30; a constant of 7."""
    builder = Builder("feed")
    builder.constant = 7.0
    coal = builder.columns("coal", (YEARS, HOURS), 0, 3, 10)
    gas = builder.columns("gas", (YEARS, HOURS), cost=30)
    load = [[2.0, 4.0], [2.5, 5.0]]
    rows = builder.rows("balance", (YEARS, HOURS), load, load)
    builder.add(rows, coal, 1)
    builder.add(rows, gas, 1)
    cap = builder.rows("cap", (), -np.inf, 100)
    builder.add(cap, gas, 1)
    return builder.program()


COST = 7 + 10 * (2 + 3 + 2.5 + 3) + 30 * (1 + 2)
VALUES = np.array([2, 3, 2.5, 3, 0, 1, 0, 2], dtype=float)
PRICES = np.array([10, 30, 10, 30, 0], dtype=float)


def one_column(lower=0.0, upper=np.inf, cost=1.0, least=-np.inf, most=np.inf):
    builder = Builder("one")
    x = builder.columns("x", (), lower, upper, cost)
    builder.add(builder.rows("held", (), least, most), x, 1)
    return builder.program()


def names(blocks):
    return [name for block in blocks for name in block.names()]


def test_columns_and_rows_are_numbered_in_the_shape_of_their_labels():
    builder = Builder("shapes")
    assert builder.columns("first", (YEARS, HOURS)).tolist() == [[0, 1], [2, 3]]
    assert builder.columns("lone", ()).tolist() == 4
    assert builder.columns("last", (YEARS,)).tolist() == [5, 6]
    assert builder.rows("rows", (YEARS, (1, 2, 3))).tolist() == [[0, 1, 2], [3, 4, 5]]
    program = builder.program()
    assert program.matrix.shape == (6, 7)
    assert [block.first for block in program.columns] == [0, 4, 5]


def test_names_say_what_and_over_which_labels():
    program = feed()
    assert names(program.columns)[:5] == [
        "coal(2030,0)",
        "coal(2030,17)",
        "coal(2035,0)",
        "coal(2035,17)",
        "gas(2030,0)",
    ]
    assert names(program.rows)[-2:] == ["balance(2035,17)", "cap"]
    assert len(names(program.columns)) == len(program.cost)
    assert len(names(program.rows)) == len(program.row_lower)


def test_a_block_over_no_labels_has_no_columns():
    builder = Builder("none")
    assert builder.columns("nothing", (YEARS, ())).shape == (2, 0)
    builder.columns("x", (YEARS,))
    assert names(builder.program().columns) == ["x(2030)", "x(2035)"]


def test_numbers_are_spread_over_labels():
    builder = Builder("spread")
    builder.columns("x", (YEARS, HOURS), [[1], [2]], [5, 6], 3)
    builder.rows("r", (YEARS, HOURS), -1, [[7, 8], [9, 10]])
    program = builder.program()
    assert program.lower.tolist() == [1, 1, 2, 2]
    assert program.upper.tolist() == [5, 6, 5, 6]
    assert program.cost.tolist() == [3, 3, 3, 3]
    assert program.row_lower.tolist() == [-1] * 4
    assert program.row_upper.tolist() == [7, 8, 9, 10]


def test_what_does_not_fit_its_labels_is_refused():
    with pytest.raises(ValueError, match="broadcast"):
        Builder("misfit").columns("x", (YEARS, HOURS), np.zeros(3))


def test_entries_are_spread_and_equal_places_add_up():
    builder = Builder("entries")
    x = builder.columns("x", ((1, 2, 3),))
    rows = builder.rows("r", (YEARS,))
    builder.add(rows[:, None], x, [[1, 2, 3]])
    builder.add(rows[0], x[1], 10)
    builder.add(rows[1], x, 0)
    program = builder.program()
    assert program.matrix.toarray().tolist() == [[1, 12, 3], [1, 2, 3]]
    assert program.matrix.nnz == 6


def test_a_program_without_rows_takes_every_column_to_its_cheap_bound():
    builder = Builder("bounds")
    builder.columns("x", (YEARS,), 2, 5, [1.0, -1.0])
    found = solve_program(builder.program())
    assert found.values.tolist() == [2, 5]
    assert found.objective == -3


@pytest.mark.parametrize("method", METHODS)
def test_a_solution_proves_itself(method):
    found = solve_program(feed(), method)
    assert found.objective == pytest.approx(COST, rel=1e-6)
    assert found.bound == pytest.approx(COST, rel=1e-6)
    assert max(found.gap, found.primal_residual, found.dual_residual) < TOLERANCE
    assert found.values == pytest.approx(VALUES, abs=1e-4)
    assert found.row_duals == pytest.approx(PRICES, abs=1e-3)


def test_right_point_and_prices_are_proved_without_the_solver():
    found = prove(feed(), VALUES, PRICES, "by hand")
    assert found.status == "by hand"
    assert found.objective == found.bound == COST
    assert (found.gap, found.primal_residual, found.dual_residual) == (0, 0, 0)


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("change", [-5.0, 5.0])
def test_a_wrong_price_is_found_out(place, change):
    """Weaker prices bound less than the optimum, and the gap shows it; or they leave a reduced cost without a bound."""
    prices = PRICES.copy()
    prices[place] += change
    found = prove(feed(), VALUES, prices, "")
    assert max(found.gap, found.dual_residual) > 1e-3


def test_no_prices_prove_nothing_but_the_cheap_bounds():
    found = prove(feed(), VALUES, np.zeros(5), "")
    assert found.bound == 7
    assert found.gap == pytest.approx((COST - 7) / COST)


def test_a_price_on_the_side_of_a_row_without_a_bound_is_found_out():
    prices = PRICES.copy()
    prices[4] = 1.0
    found = prove(feed(), VALUES, prices, "")
    assert found.dual_residual > 0.01


@pytest.mark.parametrize(
    ("place", "value", "residual"),
    [
        (4, -1.0, 1.0),  # below its own bound of zero; the balance is off by a third
        (0, 3.5, 0.5),  # above its own bound of three by an eighth; the balance is off by half
        (5, 500.0, 499.0 / 5),  # far too much of what has no upper bound
    ],
)
def test_a_wrong_point_is_found_out(place, value, residual):
    values = VALUES.copy()
    values[place] = value
    found = prove(feed(), values, PRICES, "")
    assert found.primal_residual == pytest.approx(residual, rel=1e-9)


def test_a_dearer_point_that_holds_everything_is_found_out_by_its_gap():
    values = np.array([1, 3, 2.5, 3, 1, 1, 0, 2], dtype=float)
    found = prove(feed(), values, PRICES, "")
    assert found.primal_residual == 0
    assert found.objective == COST + 20
    assert found.bound == COST
    assert found.gap == pytest.approx(20 / (COST + 20))


def test_columns_without_bounds_have_prices_of_their_own():
    program = one_column(lower=-np.inf, cost=2.0, least=-3.0)
    found = solve_program(program)
    assert found.values.tolist() == [-3]
    assert found.row_duals.tolist() == [2]
    assert prove(program, np.array([-3.0]), np.array([1.0]), "").dual_residual > 0.1


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"upper": 1.0, "least": 2.0}, "Infeasible"),
        ({"cost": -1.0}, "Unbounded"),
        ({"lower": -np.inf}, "Unbounded"),
    ],
)
def test_what_has_no_solution_is_an_error_and_no_number(given, said, method):
    with pytest.raises(MoravaError) as caught:
        solve_program(one_column(**given), method)
    (problem,) = caught.value.problems
    assert re.search(rf"the program one was not solved: .*{said}", problem.what, re.IGNORECASE)
    assert problem.where == "power"


@pytest.mark.parametrize("where", ["cost", "lower", "upper", "least", "most"])
def test_nan_is_an_error_and_no_number(where):
    with pytest.raises(MoravaError, match="program one"):
        solve_program(one_column(**{where: np.nan}))


def test_nan_in_the_matrix_is_an_error_and_no_number():
    builder = Builder("hole")
    x = builder.columns("x", ())
    builder.add(builder.rows("r", (), 1), x, np.nan)
    with pytest.raises(MoravaError, match="program hole"):
        solve_program(builder.program())


def test_crossed_bounds_are_an_error_and_no_number():
    with pytest.raises(MoravaError, match="program one"):
        solve_program(one_column(lower=2.0, upper=1.0))


def read_back(path):
    highs = _Highs()
    highs.setOptionValue("output_flag", False)
    assert highs.readModel(str(path)) == highspy.HighsStatus.kOk
    highs.run()
    return highs


@pytest.mark.parametrize("ending", [".lp", ".mps"])
def test_a_written_program_keeps_every_name_and_its_objective(tmp_path, ending):
    program = feed()
    path = write_program(program, tmp_path / f"feed{ending}")
    highs = read_back(path)
    lp = highs.getLp()
    assert sorted(lp.col_names_) == sorted(names(program.columns))
    assert sorted(lp.row_names_) == sorted(names(program.rows))
    assert highs.getObjectiveValue() == pytest.approx(COST, rel=1e-9)
    values = dict(zip(lp.col_names_, highs.getSolution().col_value, strict=True))
    assert [values[name] for name in names(program.columns)] == pytest.approx(VALUES)


def test_a_written_program_can_be_read_by_people(tmp_path):
    text = write_program(feed(), tmp_path / "feed.lp").read_text(encoding="utf-8")
    assert "balance(2030,17)" in text
    assert "coal(2035,0)" in text


def test_another_ending_is_refused_and_nothing_written(tmp_path):
    with pytest.raises(MoravaError, match=r"neither \.lp nor \.mps"):
        write_program(feed(), tmp_path / "feed.txt")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(MoravaError, match="cannot be written"):
        write_program(feed(), tmp_path / "nowhere" / "feed.lp")


def test_a_name_that_the_format_cannot_hold_is_refused_and_nothing_written(tmp_path):
    builder = Builder("spaced")
    x = builder.columns("brown coal", (YEARS,), cost=1.0)
    builder.add(builder.rows("r", (YEARS,), 1), x, 1)
    with pytest.raises(MoravaError, match="cannot hold a name"):
        write_program(builder.program(), tmp_path / "spaced.lp")
    assert list(tmp_path.iterdir()) == []


def test_a_part_has_the_rows_of_its_block_and_their_columns_only():
    part = rows_of(feed(), "cap")
    assert names(part.rows) == ["cap"]
    assert names(part.columns) == ["gas(2030,0)", "gas(2030,17)", "gas(2035,0)", "gas(2035,17)"]
    assert part.matrix.toarray().tolist() == [[1, 1, 1, 1]]
    assert part.cost.tolist() == [30] * 4
    assert part.row_upper.tolist() == [100]


def test_a_part_of_an_unknown_name_says_which_is_near():
    with pytest.raises(MoravaError, match="balance"):
        rows_of(feed(), "balanse")
