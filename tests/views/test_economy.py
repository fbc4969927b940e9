"""The screen of the economy: its bands, stacks, promises and closures are those of the run."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from morava.runs.economy_answer import economy_rows, who_adjusts
from morava.views.economy import LINKS, economy
from morava.views.types import Note

SECTORS = ("sector_output", "sector_value_added", "sector_employment", "sector_price")


@pytest.fixture(scope="module")
def screen(answers):
    return economy(answers, {})


@pytest.fixture(scope="module")
def charts(screen):
    return {chart.name: chart for chart in screen.charts}


def at(values, level):
    """Return the value that a share of the futures stays at or below, from the sorted futures themselves."""
    return float(np.sort(values)[int(np.ceil(level * len(values))) - 1])


@pytest.mark.parametrize(
    "quantity", ["gdp", "gdp_growth", "employment", "unemployment_rate", "wage_real", "public_revenue"]
)
def test_a_path_is_the_quantiles_of_its_futures(charts, answers, quantity):
    array = answers.outcome.values[quantity]
    rows = charts[quantity.replace("_", "-")].rows
    assert [row[0] for row in rows] == array.coords["year"].to_numpy().tolist()
    for year, *levels in rows:
        assert levels == [at(array.sel(year=year).to_numpy(), level) for level in (0.1, 0.5, 0.9)]


def test_debt_stands_with_the_programme_and_without_it(charts, answers):
    chart, values = charts["debt-ratio"], answers.outcome.values
    assert chart.by == "variant"
    for variant, year, _, p50, _ in chart.rows:
        name = "debt_ratio" if variant == "with the programme" else "debt_ratio_without"
        assert p50 == at(values[name].sel(year=year).to_numpy(), 0.5)
    assert {row[0] for row in chart.rows} == {"with the programme", "without the programme"}
    assert "debt-ratio-without" not in charts


@pytest.mark.parametrize("measure", SECTORS)
def test_any_measure_of_sectors_can_be_chosen(answers, measure):
    chart = next(one for one in economy(answers, {"quantity": measure}).charts if one.name == measure.replace("_", "-"))
    adds_up = measure != "sector_price"
    assert chart.drawn == ("stack" if adds_up else "bands")
    assert chart.by == "sector"
    if adds_up:
        array = answers.outcome.values[measure]
        for year in (2026, 2030):
            parts = [row[2] for row in chart.rows if row[1] == year]
            assert sum(parts) == pytest.approx(float(array.sel(year=year).sum("sector").mean()))


def test_links_to_trade_are_not_shown_as_results(screen, charts):
    assert not any(name.startswith(LINKS.replace("_", "-")) for name in charts)
    assert not any(name.startswith(LINKS) for name in screen.choices["quantity"])


def test_closures_stand_side_by_side_and_the_main_one_is_named(screen, charts, answers):
    asked = who_adjusts(answers, {"gdp": [2030]})
    rows = {row[0]: row for row in charts["gdp-by-closure"].rows if row[1] == 2030}
    assert set(rows) == {asked["main"], *asked["others"]}
    for row in asked["rows"]:
        assert rows[row["closure"]][2:] == (row["p10"], row["p50"], row["p90"])
    assert screen.notes == (Note("note-closure", {"closure": asked["main"]}),)


@pytest.fixture(scope="module")
def with_promise(answers):
    """Return the verdicts on Ruritania as if somebody had promised a wage: one that half of the futures reach."""
    country = answers.plan.country
    low = float(np.round(at(answers.outcome.values["wage_real"].sel(year=2030).to_numpy(), 0.5)))
    unit = "RUC_2025 / month"
    fact = replace(
        next(iter(country.facts.values())), name="wage-promise", quantity="average_wage", where={}, low=low, high=low,
        text=str(low), unit=unit, period="2030", status="planned",
    )  # fmt: skip
    strategy = answers.plan.strategy
    claims = {**strategy.claims, "happiness": replace(strategy.claims["happiness"], facts=(fact.name,))}
    plan = replace(
        answers.plan,
        country=replace(country, facts={**country.facts, fact.name: fact}),
        strategy=replace(strategy, claims=claims),
    )
    return replace(answers, plan=plan)


def test_promises_are_marks_on_wages_and_a_table(with_promise):
    charts = {chart.name: chart for chart in economy(with_promise, {}).charts}
    promised = [row for row in economy_rows(with_promise) if row["part"] == "promise"]
    assert [row["quantity"] for row in promised] == ["wage_real", "wage_in_money"]
    said = with_promise.plan.country.facts["wage-promise"].low
    for row, shown in zip(promised, charts["wage-promises"].rows, strict=True):
        assert shown[:4] == ("wage-promise", row["quantity"], 2030, pytest.approx(said))
        assert shown[-1] == row["share"]
        marks = [mark for mark in charts[row["quantity"].replace("_", "-")].marks if mark.test == "wage-promise"]
        assert [(mark.claim, mark.year, mark.at_most) for mark in marks] == [("happiness", 2030, None)]
        reached = with_promise.outcome.values[row["quantity"]].sel(year=2030) >= marks[0].at_least
        assert row["share"] == float(reached.mean())


def test_without_promises_there_is_no_table_of_them(charts):
    assert "wage-promises" not in charts


def test_residuals_say_how_closely_the_models_agree(charts, answers):
    rows = {row[0]: row[1:] for row in charts["economy-residuals"].rows}
    assert {"coupling_residual", "economy_residual", "economy_walras"} <= set(rows)
    assert rows["economy_residual"][-1] == at(answers.outcome.values["economy_residual"].to_numpy(), 0.9)


def test_headlines_are_of_the_chosen_year(answers):
    for year in ("2026", "2030"):
        made = {one.name: one for one in economy(answers, {"year": year}).headlines}
        assert made["gdp"].year == int(year)
        assert made["gdp"].p50 == at(answers.outcome.values["gdp"].sel(year=int(year)).to_numpy(), 0.5)
