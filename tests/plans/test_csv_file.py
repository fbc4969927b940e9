"""CSV with a strict header, one row a line, every problem with its line."""

from __future__ import annotations

import pytest

from morava.errors import MoravaError, Problems
from morava.plans.csv_file import parse_csv, read_csv, read_number

COLUMNS = ("name", "unit", "note")


def read(text):
    problems = Problems()
    rows = parse_csv(text, "f.csv", COLUMNS, problems)
    return rows, [(problem.what, problem.where, problem.mend) for problem in problems]


def test_rows_keep_their_lines_whatever_lies_between():
    rows, problems = read('note,name,unit\n\n"a, ""b""", sun ,MW\n\n\nc,hall,GW\n')
    assert not problems
    assert [row.where for row in rows] == ["f.csv:3", "f.csv:6"]
    assert rows[0].cells == {"note": 'a, "b"', "name": "sun", "unit": "MW"}


def test_an_unknown_column_is_answered_with_the_nearest():
    rows, problems = read("name,unti,note\nsun,MW,\n")
    assert rows == []
    assert ("unknown column 'unti'", "f.csv:1", "did you mean unit?") in problems
    assert [what for what, _, _ in problems] == ["unknown column 'unti'", "no column unit"]


def test_a_column_given_twice_is_told():
    _, problems = read("name,unit,note,unit\n")
    assert problems[0][0] == "column unit stands twice"


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("sun,MW", "the row has 2 cells, the header 3"),
        ("sun,MW,a,b", "the row has 4 cells, the header 3"),
        ('sun,"MW,a', "the row is not CSV"),
        ('sun,"MW"x,a', "the row is not CSV"),
        ("sun,MW," + "x" * 5001, "a cell is longer than 5,000 characters"),
        ("sun,MW," + "x" * 200_000, "the row is not CSV: field larger"),
    ],
)
def test_a_bad_row_is_told_and_spoils_no_other(row, what):
    rows, problems = read(f"name,unit,note\nbefore,MW,\n{row}\nafter,MW,\n")
    assert [r.cells["name"] for r in rows] == ["before", "after"]
    assert len(problems) == 1
    assert problems[0][0].startswith(what)
    assert problems[0][1] == "f.csv:3"


def test_an_empty_file_is_told():
    _, problems = read("\n\n")
    assert problems == [("the file is empty", "f.csv:1", "begin with the header name,unit,note")]


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path):
    path = tmp_path / "f.csv"
    path.write_bytes("\ufeffname,unit,note\r\nsun,MW,č\r\n".encode())
    problems = Problems()
    assert read_csv(path, "f.csv", COLUMNS, problems)[0].cells["note"] == "č"
    assert len(problems) == 0


def test_bytes_that_are_no_text_are_told(tmp_path):
    path = tmp_path / "f.csv"
    path.write_bytes(b"name,unit,note\nsun,MW,\x00\n")
    problems = Problems()
    assert read_csv(path, "f.csv", COLUMNS, problems) == []
    assert [problem.where for problem in problems] == ["f.csv:2"]


def test_a_file_with_too_many_rows_is_cut_with_a_word():
    _, problems = read("name,unit,note\n" + "a,b,c\n" * 100_001)
    assert problems[0][0] == "more than 100,000 rows"


@pytest.mark.parametrize(("text", "value"), [("1", 1.0), ("-1.5", -1.5), (".5", 0.5), ("2.", 2.0), ("1e-3", 0.001)])
def test_numbers(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text", ["nan", "inf", "-Infinity", "1,5", "1 000", "1_000", "0x1F", "1e999", "", "١", "1.5.2", "--1", "9" * 400]
)
def test_what_is_no_finite_number_is_refused(text):
    with pytest.raises(MoravaError, match="is not a number"):
        read_number(text)
