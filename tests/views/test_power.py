"""The screen of power: its hours are those of the program, and its curves, stacks and proofs those of the run."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.runs.store import read_hours
from morava.views.power import power
from morava.views.power_hours import CHARGING, NET_IMPORT, UNSERVED, hours_of, weeks_of

YEAR, WEEK = 2030, 27


@pytest.fixture(scope="module")
def screen(answers):
    return power(answers, {"year": str(YEAR), "week": str(WEEK)})


@pytest.fixture(scope="module")
def charts(screen):
    return {chart.name: chart for chart in screen.charts}


@pytest.fixture(scope="module")
def hours(answers):
    return hours_of(answers)


def cells(chart, name):
    place = [column.name for column in chart.columns].index(name)
    return [row[place] for row in chart.rows]


def test_the_dispatch_of_every_hour_is_its_load(charts):
    chart = charts["dispatch"]
    total: dict[int, float] = {}
    load: dict[int, float] = {}
    for _, hour, value, whole in chart.rows:
        total[hour] = total.get(hour, 0.0) + value
        load[hour] = whole
    assert sorted(total) == list(range((WEEK - 1) * 168, WEEK * 168))
    assert [total[hour] for hour in sorted(total)] == pytest.approx([load[hour] for hour in sorted(load)], abs=1e-3)


def test_the_energy_of_a_week_is_that_of_the_stored_hours(charts, answers):
    stored = read_hours(
        answers.path, answers.request, ["power_output_hourly", "border_flow_hourly", "power_load_hourly"]
    )
    week = {"future": 0, "year": YEAR, "hour": range((WEEK - 1) * 168, WEEK * 168)}
    chart = charts["dispatch"]
    for technology in stored["power_output_hourly"].coords["technology"].to_numpy():
        shown = sum(row[2] for row in chart.rows if row[0] == technology)
        assert shown == pytest.approx(float(stored["power_output_hourly"].sel(week).sel(technology=technology).sum()))
    flow = stored["border_flow_hourly"].sel(week).sum(["border", "hour"])
    net = sum(row[2] for row in chart.rows if row[0] == NET_IMPORT)
    assert net == pytest.approx(float(flow.sel(direction="import") - flow.sel(direction="export")))
    assert sum(set(cells(chart, "load"))) > 0


def test_charging_is_below_zero_and_nothing_unserved_is_shown_where_nothing_is(charts, hours):
    chart = charts["dispatch"]
    assert max(row[2] for row in chart.rows if row[0] == CHARGING) <= 0
    unserved = hours["power_unserved_hourly"].sel(future=0, year=YEAR, hour=range((WEEK - 1) * 168, WEEK * 168))
    assert (UNSERVED in cells(chart, "technology")) == bool(np.abs(unserved).max() > 0)


def test_prices_and_storages_of_the_week_are_the_stored_ones(charts, hours):
    price = hours["power_price_hourly"].sel(future=0, year=YEAR)
    for hour, value in charts["dispatch-price"].rows:
        assert value == float(price.sel(hour=hour))
    level = hours["power_level_hourly"].sel(future=0, year=YEAR)
    for technology, hour, value in charts["dispatch-storage"].rows:
        assert value == float(level.sel(technology=technology, hour=hour))


def test_all_weeks_and_the_years_that_were_solved_can_be_chosen(screen, hours):
    assert screen.choices["week"] == tuple(str(week) for week in range(1, 53))
    assert screen.choices["year"] == tuple(str(year) for year in hours["power_load_hourly"].coords["year"].to_numpy())
    assert screen.choices["future"] == ("0",)
    assert screen.chosen == {"year": str(YEAR), "week": str(WEEK), "future": "0"}


@pytest.mark.parametrize("wrong", [{"week": "53"}, {"year": "1999"}, {"future": "1"}])
def test_what_was_not_solved_is_refused(answers, wrong):
    with pytest.raises(MoravaError, match="cannot be chosen"):
        power(answers, wrong)


def test_of_chosen_weeks_only_those_are_offered(hours):
    some = {"power_load_hourly": hours["power_load_hourly"].sel(hour=[*range(168, 336), *range(8568, 8736)])}
    assert weeks_of(some) == ("2", "52")
    assert weeks_of({}) == ()


def test_curves_are_sorted_and_over_the_futures_that_are_solved(charts, hours):
    for name in ("power-load-duration", "power-residual-duration", "power-price-duration"):
        chart, curve = charts[name], hours[name.replace("-", "_")].sel(year=YEAR)
        assert cells(chart, "share") == [share / 1000 for share in curve.coords["quantile"].to_numpy()]
        for level in ("p10", "p50", "p90"):
            assert cells(chart, level) == sorted(cells(chart, level), reverse=True)
        assert cells(chart, "p90") == curve.max("future").to_numpy().tolist()
        assert cells(chart, "p50") == curve.min("future").to_numpy().tolist()  # of two futures


def test_the_proof_names_every_future_that_was_solved(charts, answers):
    values = answers.outcome.values
    rows = charts["power-proof"].rows
    assert [row[0] for row in rows] == [0, 1]
    for number, solved, cost, bound, gap, _ in rows:
        assert solved == "exact"
        assert cost == float(values["power_solve_cost"].sel(future=number))
        assert abs(cost - bound) / max(1, abs(cost)) == pytest.approx(gap, abs=1e-6)


def test_a_future_past_those_solved_exactly_is_called_screened(answers):
    fewer = replace(answers, request=replace(answers.request, power_futures=1, power_screened=2))
    chart = next(chart for chart in power(fewer, {}).charts if chart.name == "power-proof")
    assert cells(chart, "solved") == ["exact", "screened"]


def test_adequacy_stands_by_both_methods(charts, answers):
    values = answers.outcome.values
    for name in ("adequacy_lole", "adequacy_eue"):
        rows = [row for row in charts[name.replace("_", "-")].rows if row[1] == YEAR]
        assert {row[0]: row[-1] for row in rows} == {
            "simple": 500, "simulated": 2, "sampling low": 2, "sampling high": 2,
        }  # fmt: skip
        simple = np.sort(values[name].sel(year=YEAR).to_numpy())
        assert rows[0][2:5] == (simple[49], simple[249], simple[449])


def test_borders_stand_by_direction(charts, answers):
    flow = answers.outcome.values["border_flow"]
    for direction in ("import", "export"):
        for border, year, p10, _, p90 in charts[f"border-{direction}"].rows:
            both = flow.sel(border=border, direction=direction, year=year).to_numpy()
            assert (p10, p90) == (both.min(), both.max())


def test_notes_say_where_power_is_solved(screen):
    notes = {note.key: dict(note.arguments) for note in screen.notes}
    assert notes["note-power-solved"]["futures"] == 2
    assert "note-power-all-hours" in notes
    assert "note-power-screened" not in notes


def test_without_hours_no_dispatch_is_shown(answers, monkeypatch):
    monkeypatch.setattr("morava.views.power.hours_of", lambda _answers: {})
    screen = power(answers, {})
    names = {chart.name for chart in screen.charts}
    assert not names & {"dispatch", "dispatch-price", "dispatch-storage", "power-load-duration"}
    assert "power-output" in names
    assert set(screen.choices) == {"year"}
