"""What a run says of the economy: who adjusts, other closures, promises, how well foreseen, how far it moves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from morava.plans.foreseen import foreseen
from morava.plans.read import read_country
from morava.plans.types import Fact, Measure
from morava.runs.economy_answer import HEADLINES, economy_rows, foreseen_of, who_adjusts, years_shown
from morava.runs.explain import explain_claim, explain_quantity

SHOWN = (2026, 2030, 2035, 2040)


def median(values):
    return float(np.quantile(values, 0.5, method="inverted_cdf"))


def measure(quantity, **where):
    return Measure(quantity, where, None, {})


@pytest.fixture(scope="module")
def serbia():
    return read_country("serbia")


@pytest.fixture(scope="module")
def rows(answers):
    return economy_rows(answers)


def test_what_was_foreseen_is_told_once_with_its_verdict(serbia):
    (one,) = foreseen_of(serbia, [measure("gdp"), measure("gdp_growth"), measure("wage_real")])
    (known,) = foreseen(serbia, "gdp")
    assert (one["quantity"], one["says"], one["skill"]) == ("gdp", known.says, known.skill)
    assert one["verdict"] in one["says"]


def test_a_model_that_loses_to_the_trend_says_so(serbia):
    (one,) = foreseen_of(serbia, [measure("sector_export", sector="steel")])
    assert one["skill"] < 0
    assert "loses to the trend" in one["says"]


@pytest.mark.parametrize(
    ("where", "count"), [({"technology": "hydro"}, 1), ({"technology": ("hydro", "wind")}, 2), ({}, 5)]
)
def test_of_a_technology_only_its_own_score_is_told(serbia, where, count):
    assert len(foreseen_of(serbia, [measure("power_output", **where)])) == count


def test_what_nobody_scored_has_no_score(serbia, ruritania):
    assert foreseen_of(serbia, [measure("wage_real")]) == foreseen_of(ruritania, [measure("gdp")]) == []


def test_behind_output_stands_who_adjusts_and_the_other_closure(answers):
    found = who_adjusts(answers, {"gdp": [2030], "debt_ratio": [2035]})
    assert (found["main"], list(found["others"])) == ("investment adjusts", ["taxes adjust"])
    values = answers.outcome.values
    assert [(row["quantity"], row["year"], row["closure"]) for row in found["rows"]] == [
        ("gdp_by_closure", 2030, "investment adjusts"),
        ("gdp_by_closure", 2030, "taxes adjust"),
    ]
    for row in found["rows"]:
        assert row["p50"] == median(values["gdp_by_closure"].sel(closure=row["closure"], year=2030).to_numpy())
    assert found["rows"][0]["p50"] == median(values["gdp"].sel(year=2030).to_numpy())
    assert found["rows"][0]["p50"] != found["rows"][1]["p50"]


def test_who_adjusts_is_said_of_every_result_of_the_economy_and_of_nothing_else(answers):
    assert who_adjusts(answers, {"public_balance": [2030]})["rows"] == []
    assert who_adjusts(answers, {"debt_ratio": [2030], "initiative_finish": []}) is None


def test_results_are_those_of_the_run_in_the_years_of_the_promises(answers, rows):
    assert tuple(years_shown(answers)) == SHOWN
    results = {(row["quantity"], row["year"]): row for row in rows if row["part"] == "result"}
    assert set(results) == {(name, year) for name in HEADLINES for year in SHOWN}
    for (name, year), row in results.items():
        over = answers.outcome.values[name].sel(year=year).to_numpy()
        assert [row["p10"], row["p50"], row["p90"]] == np.quantile(
            over, [0.1, 0.5, 0.9], method="inverted_cdf"
        ).tolist()
    assert results["wage_real", 2035]["unit"] == "RUC_2025 / month"
    assert results["wage_in_money", 2035]["unit"] == "RUC / month"


@pytest.mark.parametrize("name", ["gdp", "wage_real"])
def test_beside_output_and_wages_stands_what_they_are_under_each_closure(rows, name):
    shown = [row for row in rows if row["part"] == "result" and row["quantity"] == name]
    for row in shown:
        assert row["closures"]["investment adjusts"] == pytest.approx(row["p50"], rel=1e-12)
        assert row["closures"]["taxes adjust"] == pytest.approx(row["p50"], rel=0.1)
    assert all(row["closures"]["taxes adjust"] != row["p50"] for row in shown)


def test_how_often_the_coupling_passed_is_told(answers, rows):
    coupling = {row["quantity"]: row for row in rows if row["part"] == "coupling"}
    assert coupling["coupling_passes"]["p50"] == median(answers.outcome.values["coupling_passes"].to_numpy())
    assert 0 < coupling["coupling_residual"]["p90"] < 0.01


def promise(name, wage, unit, status="planned"):
    return Fact(name, "average_wage", {}, wage, wage, "", unit, "2035", "2025", "", "crown-office", "", status, "")


def with_promises(answers, *facts):
    country = answers.plan.country
    more = replace(country, facts={**country.facts, **{fact.name: fact for fact in facts}})
    return replace(answers, plan=replace(answers.plan, country=more))


def test_a_promised_wage_is_asked_in_both_readings_of_its_money(answers):
    # 0.92 of a RUC_2025 buys what a RUC_2023 did: deflators 92 and 100.
    promised = median(answers.outcome.values["wage_real"].sel(year=2035).to_numpy()) * 0.92
    found = economy_rows(with_promises(answers, promise("w", promised, "RUC_2023 / month")))
    real, money = (row for row in found if row["part"] == "promise")
    assert (real["quantity"], money["quantity"]) == ("wage_real", "wage_in_money")
    assert real["share"] == pytest.approx(0.5, abs=0.01)
    over = answers.outcome.values["wage_in_money"].sel(year=2035).to_numpy()
    assert money["share"] == (over >= promised).mean()
    assert money["share"] > real["share"]


def test_what_is_no_promise_or_other_money_is_not_asked_as_money_of_the_day(answers):
    asked = with_promises(answers, promise("past", 1, "RUC_2025 / month", "reported"))
    assert not [row for row in economy_rows(asked) if row["part"] == "promise"]


def test_a_claim_on_wages_says_who_adjusts_and_how_far_it_moves(answers):
    shown = explain_claim(answers, "wages")
    assert shown["closure"]["main"] == "investment adjusts"
    assert {(row["quantity"], row["year"]) for row in shown["closure"]["rows"]} == {
        ("wage_by_closure", 2025),
        ("wage_by_closure", 2035),
    }
    assert shown["foreseen"] == []
    (entry,) = shown["spread"]
    assert [choice["by"] for choice in entry["choices"]] == ["accounts of", "elasticities of"]
    for choice in entry["choices"]:
        assert sum(row["futures"] for row in choice["values"]) == len(answers.factors.futures)
        medians = [row["p50"] for row in choice["values"]]
        assert choice["moves"] == max(medians) - min(medians) > 0


def test_a_claim_on_dates_says_nothing_of_closures(answers):
    shown = explain_claim(answers, "solar-220")
    assert (shown["closure"], shown["spread"], shown["foreseen"]) == (None, [], [])


def test_a_quantity_of_the_economy_moves_with_the_accounts_in_the_year_asked_for(answers):
    shown = explain_quantity(answers, "gdp", {"year": "2035"})
    assert {row["year"] for row in shown["closure"]["rows"]} == {2035}
    (entry,) = shown["spread"]
    used = answers.outcome.values["economy_donor_used"]
    gdp = answers.outcome.values["gdp"].sel(year=2035).to_numpy()
    for row in entry["choices"][0]["values"]:
        assert row["p50"] == median(gdp[used.sel(donor=row["label"]).to_numpy() > 0])
        assert row["holds"] is None
    assert [one["test"] for one in explain_quantity(answers, "gdp", {})["spread"]] == [f"gdp {year}" for year in SHOWN]


def test_a_quantity_over_sectors_has_a_spread_where_one_is_named(answers):
    assert explain_quantity(answers, "sector_output", {})["spread"] == []
    sector = str(answers.outcome.values["sector_output"].coords["sector"].to_numpy()[0])
    assert len(explain_quantity(answers, "sector_output", {"sector": sector})["spread"]) == len(SHOWN)


def test_a_claim_of_serbia_tells_how_well_its_quantities_were_foreseen(serbia):
    measures = [measure("gdp_growth"), measure("debt_ratio")]
    assert [one["quantity"] for one in foreseen_of(serbia, measures)] == ["gdp_growth", "debt_ratio"]
