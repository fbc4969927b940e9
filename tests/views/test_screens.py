"""Every screen of Ruritania and of Serbia: plain finite data, known columns, claims counted once."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from morava.errors import MoravaError
from morava.runs.listing import facts_behind, pooled_slip
from morava.views.about import about
from morava.views.documents import document
from morava.views.screens import SCREENS, chart, screen, screens_of
from morava.views.types import COLUMN_KINDS, DRAWN

RUNS = ("small", "serbia_run")


@pytest.fixture(params=RUNS)
def run(request):
    return request.getfixturevalue(request.param)


def test_every_screen_is_finite_json_with_known_columns(run):
    names = screens_of(run)
    assert {"country", "sources"} <= set(names)
    for name in names:
        made = screen(run, name)
        assert json.loads(json.dumps(document(made), allow_nan=False))["name"] == name
        assert len({one.name for one in made.charts}) == len(made.charts)
        for one in made.charts:
            known = {column.name for column in one.columns}
            assert len(known) == len(one.columns)
            assert {one.x, one.by, *one.y} - {""} <= known
            assert one.drawn in DRAWN
            assert {column.kind for column in one.columns} <= set(COLUMN_KINDS)
            assert {len(row) for row in one.rows} == {len(one.columns)}
            assert one.key.startswith(("quantity-", "chart-"))


def test_the_country_counts_every_claim_once_and_says_what_the_run_said(run):
    made = screen(run, "country")
    by_name = {one.name: one for one in made.charts}
    assert sum(row[1] for row in by_name["verdicts"].rows) == len(run.plan.strategy.claims)
    counted = Counter(verdict.answer for verdict in run.verdicts)
    assert {row[0]: row[1] for row in by_name["verdicts"].rows} == counted
    assert sum(row[2] for row in by_name["findings"].rows) == len(run.coherence.findings)
    notes = {note.key: note.arguments for note in made.notes}
    assert tuple(notes["note-facts"].values()) == facts_behind(run)
    assert tuple(notes["note-slip"].values()) == pooled_slip(run)
    assert notes["note-futures"] == {"futures": run.request.futures}


def test_a_headline_is_the_row_of_its_chart(run):
    made = screen(run, "country", {"year": "2035"})
    by_name = {one.name: one for one in made.charts}
    assert made.chosen == {"year": "2035"}
    for one in made.headlines:
        row = next(row for row in by_name[one.chart].rows if row[0] == one.year)
        assert row[1:] == (one.p10, one.p50, one.p90)
        assert one.year == 2035 or one.name.startswith("power-")


def test_a_chart_is_found_by_its_address(small):
    assert chart(small, "country", "gdp") == next(one for one in screen(small, "country").charts if one.name == "gdp")


@pytest.mark.parametrize(
    ("name", "choices"),
    [("nowhere", {}), ("country", {"year": "1066"}), ("country", {"month": "5"}), ("sources", {"year": "2030"})],
)
def test_what_is_not_there_is_refused(small, name, choices):
    with pytest.raises(MoravaError):
        screen(small, name, choices)


def test_a_chart_that_is_not_there_is_refused(small):
    with pytest.raises(MoravaError, match="no chart is called"):
        chart(small, "country", "gpd")


def test_a_run_says_what_it_is(run):
    found = about(run)
    assert found.screens == tuple(name for name in SCREENS if name in found.screens)
    assert found.answered + len(found.failed) == found.futures == run.request.futures
    assert set(found.hashes.values()) == {
        run.request.country_hash, run.request.strategy_hash, run.request.futures_hash, run.request.code_hash
    }  # fmt: skip
    json.dumps(document(found), allow_nan=False)
