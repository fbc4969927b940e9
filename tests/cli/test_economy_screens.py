"""What is printed of the economy: `morava show economy`, and who adjusts and how well foreseen in `explain`."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from rich.console import Console
from typer.testing import CliRunner

from morava.cli.app import app
from morava.cli.economy_screens import print_closure, print_economy, print_foreseen
from morava.runs.economy_answer import economy_rows

KEYS = {"part", "quantity", "title", "year", "unit", "p10", "p50", "p90", "share", "closures", "says"}


def printed(show, *told):
    console = Console(width=120, record=True, file=StringIO())
    show(console, *told)
    return console.export_text()


def morava(*words):
    found = CliRunner().invoke(app, [*words])
    assert found.exit_code == 0, found.output
    return found.output


@pytest.fixture(scope="module")
def stored(answers, runs):
    assert answers  # the run is on disk
    return str(runs)


def test_the_economy_is_shown_as_one_document(stored, answers):
    rows = json.loads(morava("show", "economy", "--json", "--country", "ruritania", "--out", stored))["economy"]
    assert all(set(row) == KEYS for row in rows)
    assert {row["part"] for row in rows} == {"closure", "result", "coupling"}
    assert [row["title"] for row in rows if row["part"] == "closure"] == ["investment adjusts", "taxes adjust"]
    assert len(rows) == len(economy_rows(answers))


def test_the_screen_says_who_adjusts_and_what_the_other_gives(answers):
    rows = economy_rows(answers)
    text = printed(print_economy, rows)
    assert text.startswith("who adjusts: investment adjusts")
    assert "P50, taxes adjust" in text
    gdp = next(row for row in rows if (row["quantity"], row["year"]) == ("gdp", 2035))
    (line,) = (one for one in text.splitlines() if f"{gdp['p10']:,.0f}" in one and f"{gdp['p90']:,.0f}" in one)
    assert f"{gdp['closures']['taxes adjust']:,.0f}" in line
    assert "Passes of the coupling" in text


def test_rates_are_shown_in_percent(answers):
    rows = [row for row in economy_rows(answers) if (row["quantity"], row["year"]) == ("unemployment_rate", 2035)]
    text = printed(print_economy, rows)
    assert f"{rows[0]['p50'] * 100:.1f}" in text
    assert "percent" in text


def test_a_promise_stands_with_the_share_of_futures_that_reach_it():
    row = {"part": "promise", "quantity": "wage_real", "title": "F", "year": 2030, "unit": "RUC_2025 / month",
           "p10": 900.0, "p50": 1000.0, "p90": 1100.0, "share": 0.25, "closures": None,
           "says": "what 1,320 buy (F)"}  # fmt: skip
    (line,) = (one for one in printed(print_economy, [row]).splitlines() if "1,320" in one)
    assert "25.0%" in line


def test_without_an_economy_it_says_so():
    assert printed(print_economy, []).startswith("no economy")
    assert printed(print_closure, None) == ""


@pytest.mark.parametrize(("skill", "verdict"), [(0.4, "better than the trend"), (-1.0, "loses to the trend")])
def test_how_well_foreseen_is_printed_with_its_verdict(skill, verdict):
    score = {"quantity": "gdp", "title": "Output, real", "skill": skill, "says": f"Output: {verdict}"}
    assert printed(print_foreseen, [score]).strip() == f"foreseen in the past (gdp): Output: {verdict}"


def test_explain_prints_who_adjusts_and_whose_accounts_below_the_tests(stored, answers):
    text = morava("explain", "wages", "--out", stored, "--run", answers.run)
    assert text.index("tests") < text.index("who adjusts: investment adjusts") < text.index("accounts of")
    quantity = morava("explain", "gdp", "--where", "year=2035", "--out", stored)
    assert "gdp_by_closure" in quantity
    assert "how far it moves: gdp 2035" in quantity
