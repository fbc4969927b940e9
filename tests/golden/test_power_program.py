"""One small `.lp` for every kind of constraint of the power program: the diff is the review."""

from __future__ import annotations

import ast
import importlib.util
import inspect
from pathlib import Path

import highspy
import pytest
from highspy._core import _Highs
from scipy import sparse

from morava.errors import MoravaError
from morava.models.power import cycles, parts, storages
from morava.models.power.build import build_program
from morava.models.power.program import Builder, rows_of

HERE = Path(__file__).parent
SCRIPT = importlib.util.spec_from_file_location("update", HERE / "update.py")
update = importlib.util.module_from_spec(SCRIPT)
SCRIPT.loader.exec_module(update)
power_programs = update.power_programs
MAKERS = {"rows", "limit_by_capacity"}
"""Calls that make rows; the second makes those of its caller."""


@pytest.fixture(scope="module")
def systems():
    return power_programs.systems()


@pytest.fixture(scope="module")
def programs(systems):
    return {name: build_program(system)[0] for name, system in systems.items()}


@pytest.mark.parametrize("name", power_programs.GOLDEN)
def test_a_part_of_the_program(name, programs):
    """`python tests/golden/update.py` writes the files anew; those that moved wait there for their reason."""
    reason, kept = update.read_program(power_programs.FOLDER / f"{name}.lp")
    system, block = power_programs.GOLDEN[name]
    assert kept == power_programs.text_of(programs[system], block)
    assert reason != update.REASON_MISSING


def test_no_file_is_left_over():
    assert {path.stem for path in power_programs.FOLDER.iterdir()} == set(power_programs.GOLDEN)


def test_no_kind_of_rows_is_missing(systems, programs):
    made = [power_programs.kinds_of(system, programs[name]) for name, system in systems.items()]
    assert {name.split("-")[0] for name in power_programs.GOLDEN} == set().union(*made)


def test_every_call_that_makes_rows_is_made(systems, monkeypatch):
    """A kind of rows that no system here asks for would have no golden file, and nobody would see it."""
    reached = set()
    rows = Builder.rows

    def noted(self, *given, **named):
        frame = inspect.currentframe()
        for caller in (frame.f_back, frame.f_back.f_back):
            reached.add((Path(caller.f_code.co_filename).name, caller.f_lineno))
        return rows(self, *given, **named)

    monkeypatch.setattr(Builder, "rows", noted)
    for system in systems.values():
        build_program(system)
    for module in (cycles, parts, storages):
        file = Path(module.__file__)
        calls = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
        for call in calls:
            called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if called in MAKERS:
                lines = range(call.lineno, call.end_lineno + 1)
                assert any((file.name, line) in reached for line in lines), f"{file.name}:{call.lineno}"


@pytest.mark.parametrize("name", power_programs.GOLDEN)
def test_a_file_is_the_program_that_it_shows(name, programs):
    system, block = power_programs.GOLDEN[name]
    part = rows_of(programs[system], block)
    highs = _Highs()
    highs.setOptionValue("output_flag", False)
    assert highs.readModel(str(power_programs.FOLDER / f"{name}.lp")) == highspy.HighsStatus.kOk
    read = highs.getLp()
    rows, columns = list(read.row_names_), list(read.col_names_)
    assert rows == [row.name for row in part.rows]
    assert sorted(columns) == sorted(column.name for column in part.columns)
    places = [columns.index(column.name) for column in part.columns]
    assert [read.col_lower_[place] for place in places] == pytest.approx(part.lower.tolist(), rel=1e-5)
    assert [read.col_upper_[place] for place in places] == pytest.approx(part.upper.tolist(), rel=1e-5)
    assert [read.col_cost_[place] for place in places] == pytest.approx(part.cost.tolist(), rel=1e-5)
    assert list(read.row_lower_) == pytest.approx(part.row_lower.tolist(), rel=1e-5)
    assert list(read.row_upper_) == pytest.approx(part.row_upper.tolist(), rel=1e-5)
    held = read.a_matrix_
    matrix = sparse.csc_array((held.value_, held.index_, held.start_), shape=(len(rows), len(columns))).toarray()
    assert matrix[:, places] == pytest.approx(part.matrix.toarray(), rel=1e-5)


def test_rows_that_are_not_there(programs):
    with pytest.raises(MoravaError, match="has no rows 'ballance_nation'"):
        rows_of(programs["own"], "ballance_nation")
