"""The back-test holds forecasts against what came; what it says follows from its rows, whatever foresaw them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from morava.cli.backtest_screens import scores_yaml
from morava.errors import MoravaError
from morava.plans import read_country
from morava.plans.foreseen import FILE, foreseen, read_foreseen
from morava.runs.backtest import backtest, rows_of, score, score_of
from morava.runs.backtest_history import FREEZES, QUANTITIES, frozen, known, observed, origins, series
from morava.runs.backtest_scores import trend_of
from morava.runs.backtest_types import BETTER, SAME, WORSE, Forecast, Kept, Origin

FUTURES = 11


@pytest.fixture(scope="module")
def serbia():
    return read_country("serbia")


def foresees(values):
    """Return a forecaster of output from a function of what came and the horizon."""

    def forecaster(country, _futures, origin, count):
        came = observed(country)["gdp"]
        spread = np.linspace(-1.0, 1.0, count)
        return Forecast(
            {"gdp": {year: values(100 * came[year] / came[origin.base], year) + spread for year in origin.years}},
            (Kept("social_accounts", 1, "2026-06-30"),),
            ("a note",),
        )

    return forecaster


def test_what_came_beats_the_trend_and_lies_inside():
    found = backtest("serbia", FUTURES, [foresees(lambda came, _year: came)])
    assert {row.freeze for row in found.rows} == set(FREEZES)
    assert (found.coverage, found.scores[0].verdict) == (1.0, BETTER)
    assert all(abs(row.error) < 1e-9 for row in found.rows)
    assert (found.kept, found.notes) == ((Kept("social_accounts", 1, "2026-06-30"),), ("a note",))


def test_a_forecast_far_off_loses_to_the_trend_and_is_worth_little():
    found = backtest("serbia", FUTURES, [foresees(lambda came, _year: came + 40)])
    only = found.scores[0]
    assert (found.coverage, only.verdict) == (0.0, WORSE)
    assert only.skill < 0
    assert only.error == pytest.approx(40)
    # One constant miss in both paths is one observation.
    assert found.effective_n < 2
    assert found.interval[0] == 0


def test_rows_say_what_the_naive_trend_said(serbia):
    origin = Origin(2019, 2018, 2024)
    came = observed(serbia)["gdp"]
    sample = {year: np.linspace(90, 130, FUTURES) for year in origin.years}
    rows = rows_of(QUANTITIES[0], origin, sample, came)
    history = [100 * value / came[2018] for year, value in sorted(came.items()) if year <= 2018]
    for row in rows:
        naive = trend_of(history, row.year - 2018, of_logs=True)
        assert (row.naive, row.naive_crps) == pytest.approx((naive.middle, naive.crps(row.observed)))
        assert (row.p10, row.p50, row.p90) == pytest.approx((94, 110, 126))
        assert row.inside == (94 <= row.observed <= 126)


def test_years_without_a_figure_are_no_rows(serbia):
    origin = Origin(2019, 2018, 2024)
    debt = next(one for one in QUANTITIES if one.name == "debt_ratio")
    sample = {year: np.array([50.0, 60.0]) for year in origin.years}
    assert [row.year for row in rows_of(debt, origin, sample, observed(serbia)["debt_ratio"])] == [
        2019,
        2020,
        2021,
        2022,
    ]


def test_a_tie_is_called_one(serbia):
    origin = Origin(2015, 2014, 2024)
    wind = {"power from wind": {2016: np.zeros(3)}}
    came = {**observed(serbia), "power from wind": dict.fromkeys(range(2008, 2025), 0.0)}
    quantity = next(one for one in QUANTITIES if one.name == "power from wind")
    assert [row.crps for row in rows_of(quantity, origin, wind["power from wind"], came["power from wind"])] == [0.0]
    found = score_of(quantity, rows_of(quantity, origin, wind["power from wind"], came["power from wind"]))
    assert (found.verdict, found.skill, found.rows) == (SAME, None, 1)


def test_nothing_forecast_is_refused(serbia):
    with pytest.raises(MoravaError, match="nothing was forecast"):
        score(serbia, {Origin(2015, 2014, 2024): [Forecast({})]}, 3)


def test_a_pack_without_a_past_is_refused():
    with pytest.raises(MoravaError, match="does not hold what was observed"):
        backtest("ruritania", FUTURES, [])


@pytest.mark.parametrize("origin", origins())
def test_a_freeze_knows_the_year_before_and_no_later(serbia, origin):
    cut = frozen(serbia, origin)
    for quantity in ("past_gdp", "past_export_share", "past_debt_ratio", "past_capital_ratio"):
        assert max(series(cut, quantity)) == origin.base
    assert {one.known_on[:4] <= str(origin.freeze) for one in cut.tables.values()} == {True}


def test_holes_in_the_past_are_refused():
    with pytest.raises(MoravaError, match="years before 2014 are missing"):
        known({2012: 1.0, 2014: 2.0}, Origin(2015, 2014, 2024))
    with pytest.raises(MoravaError, match="years before 2014 are missing"):
        known({2012: 1.0, 2013: 2.0}, Origin(2015, 2014, 2024))


def test_a_series_in_two_moneys_is_refused(serbia):
    name, fact = next((name, one) for name, one in serbia.facts.items() if one.quantity == "past_gdp")
    spoilt = replace(serbia, facts={**serbia.facts, name: replace(fact, unit="million * EUR_2015 / year")})
    with pytest.raises(MoravaError, match="in 2 units"):
        series(spoilt, "past_gdp")


def test_the_stored_scores_read_back(serbia, tmp_path: Path):
    found = backtest("serbia", FUTURES, [foresees(lambda came, _year: came + 3)])
    (tmp_path / FILE).write_text(scores_yaml(found), encoding="utf-8")
    held = replace(serbia, folder=str(tmp_path))
    (one,) = read_foreseen(tmp_path)
    assert foreseen(held, "gdp_growth") == (one,)
    assert foreseen(held, "satellite_count") == ()
    assert (one.verdict, one.rows, one.freezes) == (found.scores[0].verdict, 16, FREEZES)
    assert one.error == pytest.approx(3, rel=1e-3)
    assert "frozen at the end of 2015 and 2019" in one.says


def test_a_broken_file_of_scores_is_refused(serbia, tmp_path: Path):
    (tmp_path / FILE).write_text("gdp: {title: Output}\n", encoding="utf-8")
    with pytest.raises(MoravaError):
        foreseen(replace(serbia, folder=str(tmp_path)), "gdp")


def test_the_page_shows_the_scores_that_the_pack_holds(serbia):
    page = (Path(__file__).parents[2] / "docs/models/backtest.md").read_text(encoding="utf-8")
    held = read_foreseen(Path(serbia.folder))
    assert {one.name for one in held} == {one.name for one in QUANTITIES}
    for one in held:
        numbers = " | ".join(f"{number:.3g}" for number in (one.error, one.naive_error, one.no_change_error))
        row = f"| {one.name} | {one.unit} | {one.rows} | {numbers} | {one.skill:+.2f} | {one.coverage:.0%} | "
        assert f"{row}{one.effective_n:.1f} | {one.verdict} |" in page
