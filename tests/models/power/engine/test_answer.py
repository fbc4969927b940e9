"""An answer is the same bytes on every run; what is no program gets none."""

from dataclasses import fields, replace

import numpy as np
import pytest

from morava.models.power.engine import INFEASIBLE, NOT_SOLVED, SOLVED, UNBOUNDED, Chronology, solve
from morava.models.power.program import Builder

GAP = 1e-6


@pytest.fixture(scope="module")
def drawn(made):
    """Return a program with a least cost, and when its parts take place."""
    program, chronology = made.random_program(3, made.Shape((20, 20), 3, 2, 1, 1, False, "ring"))
    return made.with_costs(program), chronology


def bytes_of(answer):
    return [getattr(answer, part.name) for part in fields(answer) if part.name not in ("values", "prices")] + [
        answer.values.tobytes(), answer.prices.tobytes()
    ]  # fmt: skip


@pytest.mark.parametrize("lengths", [(50,), (1,), (30, 30, 7)])
@pytest.mark.parametrize("wrong", [0.0, 0.2])
def test_an_answer_is_the_same_bytes_for_any_number_of_threads_and_again(made, lengths, wrong):
    program, chronology = made.random_program(11, made.Shape(lengths, 4, 3, 2, 2, False, "ring", 0.1, wrong))
    found = [bytes_of(solve(made.with_costs(program), chronology, GAP, threads)) for threads in (1, 2, 3, 1)]
    assert found[0] == found[1] == found[2] == found[3]
    assert found[0][0] in (SOLVED, INFEASIBLE)


@pytest.mark.parametrize("where", ["cost", "lower", "upper", "row_lower", "row_upper"])
@pytest.mark.parametrize("place", [0, 7, 29])
def test_what_is_no_number_gets_no_answer(drawn, where, place):
    program, chronology = drawn
    values = getattr(program, where).copy()
    values[place] = np.nan
    answer = solve(replace(program, **{where: values}), chronology, GAP)
    assert answer.status == NOT_SOLVED
    assert "no number" in answer.reason
    assert answer.bound == -np.inf


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_an_entry_or_constant_that_is_no_number_gets_no_answer(drawn, value):
    program, chronology = drawn
    matrix = program.matrix.copy()
    matrix.data[5] = value
    assert solve(replace(program, matrix=matrix), chronology, GAP).status == NOT_SOLVED
    assert solve(replace(program, constant=value), chronology, GAP).status == NOT_SOLVED


@pytest.mark.parametrize(
    ("where", "value"), [("lower", np.inf), ("upper", -np.inf), ("row_lower", np.inf), ("cost", np.inf)]
)
def test_an_end_on_the_wrong_side_gets_no_answer(drawn, where, value):
    program, chronology = drawn
    values = getattr(program, where).copy()
    values[4] = value
    assert solve(replace(program, **{where: values}), chronology, GAP).status == NOT_SOLVED


@pytest.mark.parametrize("sides", [("lower", "upper"), ("row_lower", "row_upper")])
@pytest.mark.parametrize("place", [0, 3, 7, 30])
def test_crossed_bounds_get_no_answer(drawn, sides, place):
    program, chronology = drawn
    low, high = (getattr(program, side).copy() for side in sides)
    low[place], high[place] = 2.0, 1.0
    answer = solve(replace(program, **dict(zip(sides, (low, high), strict=True))), chronology, GAP)
    assert (answer.status, answer.reason) == (NOT_SOLVED, "bounds of it are crossed")


def test_bounds_crossed_by_a_rounding_are_one_value(drawn):
    program, chronology = drawn
    lower, upper = program.lower.copy(), program.upper.copy()
    upper[4] = lower[4] - 1e-16
    assert solve(replace(program, lower=lower, upper=upper), chronology, GAP).status == SOLVED


def test_a_program_that_is_no_chain_gets_no_answer_and_the_reason():
    builder, hours = Builder("far"), list(range(9))
    x = builder.columns("x", ((1,), hours), 0, 4, 1)
    rows = builder.rows("r", ((1,), hours), 1)
    builder.add(rows, x, 1)
    builder.add(rows[:, 3:], x[:, :-3], -1)
    zero, steps = np.zeros(9, dtype=np.int64), np.arange(9)
    answer = solve(builder.program(), Chronology(zero, zero, steps, zero, zero, steps), GAP)
    assert answer.status == NOT_SOLVED
    assert answer.reason == "it is no chain of stages with a thin border: links over many steps overlap"


def column(cost, least):
    builder = Builder("one")
    x = builder.columns("x", ((1,), (0, 1)), 0, np.inf, cost)
    both = builder.rows("both", ((1,), (0, 1)), least, np.inf)
    builder.add(both, x, 1)
    builder.add(both, x[:, ::-1], -1)
    labels = np.zeros(2, dtype=np.int64), np.zeros(2, dtype=np.int64), np.arange(2)
    return builder.program(), Chronology(*labels, *labels)


def test_why_there_is_no_point_is_said_with_its_size():
    answer = solve(*column(1.0, 1.0), GAP)
    assert answer.status == INFEASIBLE
    assert answer.reason == "its rows contradict each other by 2 in all"
    assert answer.prices == pytest.approx(np.ones(2), abs=1e-5)


def test_why_there_is_no_end_is_said_with_its_steepness():
    answer = solve(*column(-1.0, -1.0), GAP)
    assert answer.status == UNBOUNDED
    assert answer.reason == "its cost falls without end, by 2 a step"
    assert answer.values == pytest.approx(np.ones(2), abs=1e-5)
