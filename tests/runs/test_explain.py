"""From a verdict and from a number back to models, facts, sources and the paragraph."""

from __future__ import annotations

import json

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.runs.explain import LARGEST_SHOWN, explain_claim, explain_quantity, is_quantity


def test_every_claim_and_every_quantity_can_be_explained_as_json(answers):
    for claim in answers.plan.strategy.claims:
        json.dumps(explain_claim(answers, claim), allow_nan=False)
    for name in {*answers.outcome.values, *answers.lowered.inputs, "power_generation", "statement"}:
        json.dumps(explain_quantity(answers, name, {}), allow_nan=False)
    for name in {*answers.outcome.values, *answers.lowered.inputs}:
        json.dumps(explain_quantity(answers, name, {}, 1), allow_nan=False)


def test_a_claim_leads_back_to_its_paragraph_facts_conflict_and_model(answers):
    shown = explain_claim(answers, "hall-double")
    assert (shown["passage"]["paragraph"], shown["passage"]["title"]) == (4, "Speech from the throne")
    assert [fact["fact"] for fact in shown["facts"]] == ["hall-now", "hall-now-misprint"]
    assert {fact["grade"] for fact in shown["facts"]} == {"A", "B"}
    (conflict,) = shown["conflicts"]
    assert (conflict["conflict"], conflict["chosen"]) == ("hall-unit", 0)
    assert [[fact["fact"] for fact in side] for side in conflict["sides"]] == [["hall-now"], ["hall-now-misprint"]]
    assert shown["models"] == ["docs/models/schedule.md"]
    assert shown["verdict"]["answer"] == answers.verdict("hall-double").answer


def test_an_initiative_behind_a_claim_is_shown_with_dates_and_money(answers):
    (sun,) = explain_claim(answers, "solar-220")["initiatives"]
    finish = answers.outcome.values["initiative_finish"].sel(initiative="sun").to_numpy()
    assert (sun["initiative"], sun["latest_promise"], sun["financing_known"]) == ("sun", "2027-12", 1)
    assert sun["share_by_latest_promise"] == (finish <= 2028).mean()
    assert sun["finish"][1][:4] == str(int(np.quantile(finish, 0.5, method="inverted_cdf")))
    assert sun["cost"]["unit"] == sun["initiative_outturn"]["unit"] == "million RUC_2025"
    assert sun["cost"]["range"] == pytest.approx([300 * 100 / 92, 110 * 400 / 96])


def test_a_staged_change_is_shown_with_its_years(answers):
    hall = next(i for i in explain_claim(answers, "hall-double")["initiatives"] if i["initiative"] == "hall")
    assert [change["value"] for change in hall["changes"]] == [{2026: 10, 2027: 15}, 25]


def test_a_result_is_shown_with_its_model_and_the_inputs_of_one_future(answers):
    shown = explain_quantity(answers, "initiative_outturn", {"initiative": "sun"}, 7)
    assert (shown["model"], shown["page"], shown["unit"]) == ("spending", "docs/models/spending.md", "million RUC_2025")
    assert sorted(shown["future"]["inputs"]) == sorted(shown["needs"])
    expected = answers.outcome.values["initiative_outturn"].sel(initiative="sun", future=7).item()
    assert shown["future"]["value"] == expected
    cost = answers.lowered.inputs["initiative_cost"].sel(initiative="sun", future=7).item()
    assert shown["future"]["inputs"]["initiative_cost"] == cost
    (row,) = shown["values"]
    over = answers.outcome.values["initiative_outturn"].sel(initiative="sun").to_numpy()
    assert [row["p10"], row["p50"], row["p90"]] == np.quantile(over, [0.1, 0.5, 0.9], method="inverted_cdf").tolist()


def test_a_date_that_never_comes_is_said_so_among_inputs_and_values(answers):
    finish = answers.outcome.values["initiative_finish"].sel(initiative="hall")
    never = int(finish.coords["future"][np.isinf(finish.to_numpy())][0])
    assert explain_quantity(answers, "initiative_finish", {"initiative": "hall"}, never)["future"]["value"] == "never"
    shown = explain_quantity(answers, "initiative_outturn", {"initiative": "hall"}, never)
    assert shown["future"]["inputs"]["initiative_finish"] == "never"


def test_what_is_too_large_is_named_by_its_size_and_never_cut(answers):
    shown = explain_quantity(answers, "programme_spending", {}, 0)["future"]
    size = answers.outcome.values["programme_spending"].sel(future=0).size
    assert size > LARGEST_SHOWN
    assert shown["value"] == f"{size} values over ['initiative', 'year']"


def test_an_input_is_shown_in_the_future_that_is_asked_for(answers):
    assert explain_quantity(answers, "gdp_initial", {}, 3)["future"] == {"number": 3, "value": 40000, "inputs": {}}
    drawn = answers.lowered.inputs["initiative_cost"].sel(initiative="hall", future=3).item()
    assert explain_quantity(answers, "initiative_cost", {"initiative": "hall"}, 3)["future"]["value"] == drawn


def test_words_are_shown_beside_their_labels(answers):
    shown = explain_quantity(answers, "lender_partner", {"lender": "Green Bank"})
    assert shown["values"] == [{"value": "Southmark"}]
    rows = explain_quantity(answers, "initiative_class", {}, 0)["values"]
    assert {"initiative": "sun", "value": "solar"} in rows


def test_facts_changes_and_claims_of_a_quantity(answers):
    shown = explain_quantity(answers, "power_capacity", {"technology": "solar"})
    assert [fact["fact"] for fact in shown["facts"]] == ["solar-now"]
    assert [(change["initiative"], change["verb"]) for change in shown["changes"]] == [("sun", "add")]
    assert [claim["claim"] for claim in shown["claims"]] == ["solar-220"]
    assert len(shown["values"]) == 16


@pytest.mark.parametrize(
    ("name", "where", "future", "said", "mend"),
    [
        ("debt_rtio", {}, None, "no quantity is called debt_rtio", "debt_ratio"),
        ("debt_ratio", {"yaer": "2030"}, None, "debt_ratio has no dimension yaer", "year"),
        ("debt_ratio", {"year": "2099"}, None, "debt_ratio has no year 2099", "2039"),
        ("power_capacity", {"technology": "solr"}, None, "power_capacity has no technology solr", "solar"),
        ("debt_ratio", {}, 500, "future 500 is not in this run", "0 to 499"),
        ("gdp_initial", {}, 500, "future 500 is not in this run", "0 to 499"),
        ("gdp_initial", {"year": "2030"}, None, "gdp_initial has no dimension year", "[]"),
        ("power_generation", {}, 3, "no future gives power_generation", "facts"),
        ("power_generation", {"technology": "solar"}, None, "power_generation has no dimension technology", "year"),
    ],
)
def test_what_is_not_there_is_refused_with_the_nearest(answers, name, where, future, said, mend):
    with pytest.raises(MoravaError) as caught:
        explain_quantity(answers, name, where, future)
    assert said in caught.value.problems[0].what
    assert mend in caught.value.problems[0].mend


def test_an_unknown_claim_is_refused_with_the_nearest(answers):
    with pytest.raises(MoravaError, match="no claim is called solar-221") as caught:
        explain_claim(answers, "solar-221")
    assert "solar-220" in caught.value.problems[0].mend


def test_names_of_the_glossary_are_quantities():
    assert is_quantity("debt_ratio")
    assert not is_quantity("solar-220")
