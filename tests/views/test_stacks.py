"""Every screen of results: rows fit their columns, parts add up to the whole, and only what is offered is chosen."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.quantities import find
from morava.runs.types import Outcome
from morava.views.charts import NEVER
from morava.views.compare import compare
from morava.views.dependence import dependence
from morava.views.economy import economy
from morava.views.initiatives import initiatives
from morava.views.power import power
from morava.views.stacks import choose, nearest_year, stack, used_labels
from morava.views.trade import trade
from morava.views.types import COLUMN_KINDS, DRAWN

SCREENS = {one.__name__: one for one in (power, economy, trade, initiatives, dependence)}
ADDRESS = re.compile(r"[a-z0-9-]+")


@pytest.fixture(scope="module")
def screens(answers, late):
    made = {name: make(answers, {}) for name, make in SCREENS.items()}
    return made | {"compare": compare(answers, late)}


@pytest.mark.parametrize("name", [*SCREENS, "compare"])
def test_every_row_fits_its_columns(screens, name):
    assert len(screens[name].charts) >= 4
    for chart in screens[name].charts:
        names = [column.name for column in chart.columns]
        assert len(set(names)) == len(names)
        assert chart.rows
        assert {len(row) for row in chart.rows} == {len(names)}
        assert {column.kind for column in chart.columns} <= set(COLUMN_KINDS)
        assert chart.drawn in DRAWN
        assert {one for one in (chart.x, chart.by, *chart.y) if one} <= set(names)
        assert chart.drawn == "none" or (chart.x and chart.y)


@pytest.mark.parametrize("name", [*SCREENS, "compare"])
def test_cells_are_what_their_columns_say(screens, name):
    for chart in screens[name].charts:
        for place, column in enumerate(chart.columns):
            cells = [row[place] for row in chart.rows if row[place] is not None]
            if column.kind in ("number", "share"):
                assert all(isinstance(cell, int | float) and np.isfinite(cell) for cell in cells), column
            elif column.kind in ("year", "hour"):
                assert all(isinstance(cell, int) for cell in cells), column
            elif column.kind == "date":
                assert all(cell == NEVER or re.fullmatch(r"\d{4}-\d\d-\d\d", cell) for cell in cells), column
            else:
                assert all(isinstance(cell, str) for cell in cells), column


@pytest.mark.parametrize("name", [*SCREENS, "compare"])
def test_a_screen_is_plain_data_with_addresses_of_its_own(screens, name):
    screen = screens[name]
    assert screen.name == name
    names = [chart.name for chart in screen.charts]
    assert len(set(names)) == len(names)
    assert all(ADDRESS.fullmatch(one) for one in names)
    assert json.loads(json.dumps(asdict(screen), allow_nan=False))["name"] == name
    for headline in screen.headlines:
        assert headline.chart in names
        assert headline.p10 <= headline.p50 <= headline.p90


@pytest.mark.parametrize("name", SCREENS)
def test_quantiles_are_in_order(screens, name):
    for chart in screens[name].charts:
        names = [column.name for column in chart.columns]
        if {"p10", "p50", "p90"} <= set(names):
            for row in chart.rows:
                levels = [row[names.index(level)] for level in ("p10", "p50", "p90")]
                if None not in levels:
                    assert levels == sorted(levels, key=lambda one: (one == NEVER, one))


@pytest.mark.parametrize("name", SCREENS)
def test_every_choice_can_be_made_and_no_other(answers, screens, name):
    for parameter, options in screens[name].choices.items():
        for option in (options[0], options[-1]):
            made = SCREENS[name](answers, {parameter: option})
            assert made.chosen[parameter] == option
            assert [chart.name for chart in made.charts]
        with pytest.raises(MoravaError, match="Mars cannot be chosen"):
            SCREENS[name](answers, {parameter: "Mars"})
    assert screens[name].chosen.keys() == screens[name].choices.keys()


@pytest.mark.parametrize("name", ["economy", "trade", "dependence"])
def test_a_run_that_lacks_everything_of_a_screen_shows_no_results(answers, name):
    kept = {one: array for one, array in answers.outcome.values.items() if one.startswith(("initiative_", "stage_"))}
    bare = replace(answers, outcome=Outcome(kept, {}, {}, answers.run), verdicts=())
    assert {chart.name for chart in SCREENS[name](bare, {}).charts} <= {"foreseen"}


def test_means_of_parts_add_up_to_the_mean_of_the_whole(answers):
    values = answers.outcome.values
    for quantity, by in (
        ("sector_employment", "sector"),
        ("programme_spending", "initiative"),
        ("power_output", "technology"),
    ):
        chart = stack(answers, quantity, by=by)
        place = {column.name: at for at, column in enumerate(chart.columns)}
        whole = values[quantity].sum(by).mean("future")
        for year in whole.coords["year"].to_numpy():
            parts = [row[place["mean"]] for row in chart.rows if row[place["year"]] == year]
            assert sum(parts) == pytest.approx(float(whole.sel(year=year)), rel=1e-9)


def test_a_stack_holds_the_numbers_of_the_run(answers):
    chart = stack(answers, "region_sector_export", by="sector", where={"year": "2030"}, reduce={"region": "sum"})
    array = answers.outcome.values["region_sector_export"].sel(year=2030).sum("region")
    for sector, mean, p10, p50, p90 in chart.rows:
        over = np.sort(array.sel(sector=sector).to_numpy())
        number = len(over)
        assert mean == pytest.approx(over.mean())
        assert [p10, p50, p90] == [over[int(np.ceil(level * number)) - 1] for level in (0.1, 0.5, 0.9)]


def test_parts_that_are_zero_everywhere_are_left_out_but_not_all(answers):
    array = answers.outcome.values["power_output"]
    assert used_labels(array, "technology").sizes["technology"] == int((abs(array).max(["future", "year"]) > 0).sum())
    assert used_labels(0 * array, "technology").sizes == array.sizes


def test_the_year_of_a_headline_is_the_nearest_that_is_known(answers):
    known = answers.outcome.values["power_output"].coords["year"].to_numpy().tolist()
    assert [nearest_year(answers, "power_output", year) for year in (1900, 2030, 2035, 2999)] == [
        known[0], 2030, 2030, known[-1],
    ]  # fmt: skip
    assert nearest_year(answers, "nothing_at_all", 2030) is None


def test_what_is_chosen_is_asked_usual_or_first():
    assert choose({"week": "2"}, "week", ["1", "2"], "1") == "2"
    assert choose({}, "week", ["1", "2"], "2") == "2"
    assert choose({}, "week", ["1", "2"], "9") == "1"
    assert choose({"week": "2"}, "week", []) == ""


def test_what_claims_say_stands_beside_the_quantities_of_a_screen(answers, screens):
    shown = {
        (row[0], row[1])
        for name in SCREENS
        for chart in screens[name].charts
        if chart.name.endswith("-claims")
        for row in chart.rows
    }
    dated = {
        (verdict.claim, f"{verdict.claim}/{test.name}")
        for verdict in answers.verdicts
        for test in verdict.tests
        if find(test.quantity).kind == "date"
    }
    assert ("debt", "debt/below 60 percent until 2035") in shown
    assert {claim for claim, _ in shown} >= {"debt", "green", "green-half", "neighbours", "railway-cost", "wages"}
    assert not shown & dated
