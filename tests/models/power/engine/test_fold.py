"""Slacks, carried links, shifted rows and scales leave the least cost of a program as it is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from morava.models.power.engine import BORDER, Chronology
from morava.models.power.engine.fold import DoesNotFitError, lags_of, lay_out, lengths_of
from morava.models.power.program import Block, Builder, Program

LINKS = ["ring", "open", "ahead", "day", "far", "none"]


def whole(program, kinds_of_columns, kinds_of_rows, steps):
    """Return when everything takes place in a program of one chain, whose blocks are kinds in the order of steps."""

    def labels(kinds):
        return (
            np.repeat(np.arange(kinds), steps),
            np.zeros(kinds * steps, dtype=np.int64),
            np.tile(np.arange(steps), kinds),
        )

    assert (len(program.cost), len(program.row_lower)) == (kinds_of_columns * steps, kinds_of_rows * steps)
    return Chronology(*labels(kinds_of_columns), *labels(kinds_of_rows))


def program_of(sheet):
    """Return a laid out program as a program."""
    matrix = sparse.csr_array((sheet.value, (sheet.row, sheet.column)), shape=(len(sheet.right), len(sheet.cost)))
    blocks = ((Block("x", (), 0, (len(sheet.cost),)),), (Block("r", (), 0, (len(sheet.right),)),))
    return Program(
        "sheet", sheet.cost * sheet.cost_scale, sheet.lower, sheet.upper, sheet.right, sheet.right, matrix, *blocks, 0.0
    )


@settings(deadline=None, max_examples=120, derandomize=True, database=None)
@given(
    seed=st.integers(0, 10**6),
    lengths=st.lists(st.integers(3, 17), min_size=1, max_size=3),
    edges=st.tuples(st.integers(0, 2), st.integers(0, 2)),
    whole_numbers=st.booleans(),
    links=st.sampled_from(LINKS),
    torn=st.sampled_from([0.0, 0.3]),
)
def test_the_least_cost_stays_and_no_row_reaches_further_than_the_next_step(
    made, seed, lengths, edges, whole_numbers, links, torn
):
    shape = made.Shape(tuple(lengths), 4, 3, *edges, whole_numbers, links, torn)
    program, chronology = made.random_program(seed, shape)
    program = made.with_costs(program)
    sheet = lay_out(program, chronology)
    assert np.isin(lags_of(sheet), [-1, 0, 1]).all()
    found, truth = made.by_highs(program_of(sheet)), made.by_highs(program)
    assert truth.status == found.status == "solved"
    assert found.cost + program.constant == pytest.approx(truth.cost, rel=1e-7, abs=1e-7)
    values = found.values[: sheet.columns] * sheet.column_scale[: sheet.columns]
    assert (values >= program.lower - 1e-6).all()
    assert (values <= program.upper + 1e-6).all()
    activity = program.matrix @ values
    assert (activity >= program.row_lower - 1e-5).all()
    assert (activity <= program.row_upper + 1e-5).all()
    assert lengths_of(sheet).tolist() == lengths


def test_an_inequality_gets_a_slack_between_its_sides_and_an_equality_a_right_side():
    builder = Builder("two")
    x = builder.columns("x", ((1,), (0, 1, 2)))
    rows = builder.rows("equal", ((1,), (0, 1, 2)), 4, 4)
    builder.add(rows, x, 1)
    ranged = builder.rows("ranged", ((1,), (0, 1, 2)), -1, [1, 2, np.inf])
    builder.add(ranged, x, 1)
    program = builder.program()
    sheet = lay_out(program, whole(program, 1, 2, 3))
    assert len(sheet.cost) == 6
    assert sheet.right.tolist() == [4, 4, 4, 0, 0, 0]
    assert sheet.lower.tolist() == [0, 0, 0, -1, -1, -1]
    assert sheet.upper[3:].tolist() == [1, 2, np.inf]
    assert sheet.value[-3:].tolist() == [-1, -1, -1]


def days(length, day):
    """Return a program of one storage that returns to its level within each day, and when its parts take place."""
    builder, hours = Builder("days"), list(range(length))
    level = builder.columns("level", ((1,), hours), 0, 5, 1)
    charge = builder.columns("charge", ((1,), hours), 0, 2, np.arange(length) % 3)
    rows = builder.rows("storage", ((1,), hours), np.arange(length) % 2 - 0.5, np.inf)
    builder.add(rows, level, 1)
    builder.add(rows, charge, -1)
    before = np.arange(length) - 1
    first = np.arange(0, length, day)
    before[first] = np.minimum(first + day, length) - 1
    builder.add(rows, level[:, before], -0.9)
    program = builder.program()
    return program, whole(program, 2, 1, length)


def test_a_link_over_a_day_is_carried_by_a_column_from_step_to_step(made):
    program, chronology = days(12, 4)
    sheet = lay_out(program, chronology)
    slacks, carried = 12, 12
    assert len(sheet.cost) == 24 + slacks + carried
    # Three links over four steps: three passings-on each, and one row that closes each.
    assert len(sheet.right) == 12 + 3 * 3 + 3
    assert set(lags_of(sheet).tolist()) <= {0, 1}
    assert made.by_highs(program_of(sheet)).cost == pytest.approx(made.by_highs(program).cost, rel=1e-9)


def test_links_that_lie_over_each_other_do_not_fit():
    builder, hours = Builder("far"), list(range(9))
    x = builder.columns("x", ((1,), hours))
    rows = builder.rows("r", ((1,), hours), 0)
    builder.add(rows, x, 1)
    builder.add(rows[:, 3:], x[:, :-3], -1)
    program = builder.program()
    with pytest.raises(DoesNotFitError, match="overlap"):
        lay_out(program, whole(program, 1, 1, 9))


def ramped(length):
    """Return a fleet whose output is held by two ramps against the hour before, around the year."""
    builder, hours = Builder("ramps"), list(range(length))
    out = builder.columns("out", ((1,), hours), 0, 3, 1)
    unserved = builder.columns("unserved", ((1,), hours), 0, np.inf, 20)
    load = 1.0 + np.arange(length) % 4
    balance = builder.rows("balance", ((1,), hours), load, load)
    builder.add(balance, out, 1)
    builder.add(balance, unserved, 1)
    for name, sign in (("up", 1.0), ("down", -1.0)):
        rows = builder.rows(name, ((1,), hours), -np.inf, 0.5)
        builder.add(rows, out, sign)
        builder.add(rows, np.roll(out, 1), -sign)
    program = builder.program()
    return program, whole(program, 2, 3, length)


def test_rows_that_share_a_column_with_its_past_are_kept_with_the_earlier_step(made):
    """Both ramps then touch the next stage through one column, and not the stage before through two rows."""
    program, chronology = ramped(10)
    sheet = lay_out(program, chronology)
    lag, kind = lags_of(sheet), sheet.row_kind[sheet.row]
    assert set(lag[kind == 0].tolist()) == {0}
    assert set(lag[kind == 1].tolist()) == set(lag[kind == 2].tolist()) == {0, -1}
    assert sheet.row_step[10:20].tolist() == [9, *range(9)]
    assert made.by_highs(program_of(sheet)).cost == pytest.approx(made.by_highs(program).cost, rel=1e-9)


@pytest.mark.parametrize("length", [1, 2])
def test_very_short_chains_are_not_shifted(made, length):
    program, chronology = ramped(length)
    sheet = lay_out(program, chronology)
    assert set(lags_of(sheet).tolist()) <= {0, 1}
    assert made.by_highs(program_of(sheet)).cost == pytest.approx(made.by_highs(program).cost, rel=1e-9)


def test_a_row_that_ties_chains_together_stands_in_the_border(made):
    program, chronology = made.random_program(3, made.Shape((6, 6), 2, 2, links="none", whole=False))
    matrix = program.matrix.tolil()
    row = int(np.flatnonzero((chronology.row_kind == 0) & (chronology.row_chain == 0))[2])
    column = int(np.flatnonzero(chronology.column_chain == 1)[3])
    matrix[row, column] = 2.0
    tied = Program(**{**vars(made.with_costs(program)), "matrix": sparse.csr_array(matrix)})
    sheet = lay_out(tied, chronology)
    assert np.flatnonzero(sheet.row_chain == BORDER).tolist() == [row]
    assert made.by_highs(program_of(sheet)).cost + tied.constant == pytest.approx(made.by_highs(tied).cost, rel=1e-7)


def test_too_many_rows_that_tie_chains_together_do_not_fit(made, monkeypatch):
    program, chronology = made.random_program(3, made.Shape((6, 6), 2, 2, links="none"))
    strange = Chronology(
        chronology.column_kind, 1 - chronology.column_chain, chronology.column_step, chronology.row_kind,
        chronology.row_chain, chronology.row_step,
    )  # fmt: skip
    monkeypatch.setattr("morava.models.power.engine.fold.MOST_BORDER", 4)
    with pytest.raises(DoesNotFitError, match="rows tie chains together"):
        lay_out(program, strange)


def test_scales_are_powers_of_two_one_for_each_kind_and_bring_entries_near_one(made):
    program, chronology = made.random_program(5, made.Shape((9,), 3, 2, 1, 1, whole=False))
    sizes = 10.0 ** np.array([-4, 0, 3, 5])[chronology.column_kind]
    scaled = Program(**{**vars(program), "matrix": sparse.csr_array(program.matrix * sizes[None, :])})
    sheet = lay_out(scaled, chronology)
    for scale in (sheet.row_scale, sheet.column_scale):
        assert (np.exp2(np.round(np.log2(scale))) == scale).all()
    for kind in range(3):
        assert len(np.unique(sheet.column_scale[: sheet.columns][chronology.column_kind == kind])) == 1
    largest = np.zeros(len(sheet.cost))
    np.maximum.at(largest, sheet.column_kind[sheet.column], np.abs(sheet.value))
    assert largest[largest > 0].max() < 10
    assert largest[largest > 0].min() > 0.1
