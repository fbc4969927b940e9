"""The command `effects`: what it prints, its document, and what it refuses."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from morava.cli.app import app
from morava.cli.effects_screens import WIDTH
from morava.runs.effects import BORROWING, KINDS

FEW = ("--futures", "2")


def asked(*words):
    return CliRunner().invoke(app, ["effects", *words])


@pytest.fixture(scope="module")
def document():
    found = asked("ruritania", "railway", "sun", *FEW, "--json")
    assert found.exit_code == 0, found.output
    return json.loads(found.output)


def test_the_document_holds_every_comparison(document):
    assert set(document) == {
        "country", "strategy", "money", "futures", "seed", "years", "kinds", "closures", "main", "groups", "lost",
        "notes",
    }  # fmt: skip
    assert [group["name"] for group in document["groups"]] == ["railway", "sun"]
    assert BORROWING[0] in document["closures"]
    for group in document["groups"]:
        assert set(group) == {"name", "title", "members", "because", "gross", "rows"}
        assert len({one["measure"] for one in group["gross"]}) == len(group["gross"]) == 5
        for row in group["rows"]:
            assert set(row) == {
                "kind", "closure", "measure", "title", "unit", "year", "level", "change", "percent", "futures",
            }  # fmt: skip
            assert set(row["change"]) == {"p10", "p50", "p90"}


def test_every_number_that_is_printed_is_said_of_something():
    found = asked("ruritania", "railway", *FEW)
    assert found.exit_code == 0, found.output
    lines = [line.rstrip() for line in found.output.splitlines()]
    assert max(map(len, lines)) <= WIDTH
    assert "…" not in found.output
    text = " ".join(" ".join(lines).split())
    for words in ("Prices abroad", "gross: input-output", "who adjusts", BORROWING[0], KINDS["net"].says):
        assert words in text
    gdp = next(line for line in lines if "GDP, real, million" in line)
    assert "[" in gdp
    assert "net" in gdp


def test_the_same_answer_is_told_once():
    text = asked("ruritania", "hall", *FEW, "--delay", "1").output
    assert "are the same" not in text
    assert "late" in text


@pytest.mark.parametrize(
    "words",
    [("railwy",), ("sun", "--delay", "1", "--cancel-after", "2027"), ("sun", "--cancel-after", "1999")],
)
def test_what_is_refused_leaves_no_number(words):
    found = asked("ruritania", *words, *FEW)
    assert found.exit_code != 0
    assert "GDP" not in found.output
