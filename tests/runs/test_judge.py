"""Verdicts by hand: thresholds, the weakest test, tense and evidence, margins, dates, ranges."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr

from morava.plans.types import Claim, Conflict, Measure, Passage, Test
from morava.quantities import labelled
from morava.runs.evidence import gather
from morava.runs.factors import Factors
from morava.runs.intervals import wilson
from morava.runs.judge import WILSON_Z, judge
from morava.runs.types import Outcome

SUN = Measure("initiative_finish", {"initiative": "sun"}, None, {})
EXPORTS = Measure("trade_export", {"partner": "Northmark"}, (2025, 2025), {})
BY_MODEL = Test("model", "", SUN, None, "", "", None, None, "", "2030", "")
BY_FACTS = Test("facts", "", EXPORTS, None, "", "", 2.0, None, "billion RUC_2025", "", "")


def claiming(*tests, **other):
    given = {
        "tense": "future",
        "evidence": "untested",
        "evidence_note": "",
        "awaits": "",
        "required_share": 0.8,
        "facts": (),
    }
    return Claim(
        name="c",
        says="",
        passage=Passage("speech", 1, 0, 1, ""),
        voice="article",
        kind="target",
        sector="",
        partners=(),
        tests=tests,
        **given | other,
    )


def ending(*finishes, **others):
    """Return an outcome in which `sun` is finished on these days, one a future."""
    columns = {"sun": finishes, **others}
    values = np.array(list(columns.values()), dtype=float).T
    dates = labelled("initiative_finish", values, {"future": range(len(values)), "initiative": list(columns)})
    return Outcome({"initiative_finish": dates}, {}, {}, "")


def in_time(passing, of):
    return ending(*[2030.5] * passing, *[2032.0] * (of - passing))


@pytest.fixture
def judging(ruritania, crown, nobody):
    def make(claim, outcome=None, country=ruritania, drawn=None, factors=None):
        strategy = replace(crown, claims={claim.name: claim})
        evidence = gather(country, nobody, drawn or {})
        outcome = outcome or ending(2030.5)
        return judge(country, strategy, outcome, evidence, {}, factors or Factors({}, {}, 1))[0]

    return make


@pytest.mark.parametrize(
    ("passing", "of", "required", "answer"),
    [
        (80, 100, 0.8, "holds"),
        (79, 100, 0.8, "hinges"),
        (21, 100, 0.8, "hinges"),
        (19, 100, 0.8, "fails"),
        (3, 4, 0.75, "holds"),
        (1, 4, 0.75, "fails"),
        (2, 4, 0.75, "hinges"),
        (7, 10, 0.7, "holds"),
        (9, 10, 0.9, "holds"),
        (0, 1, 1.0, "fails"),
        (1, 1, 1.0, "holds"),
        (1, 2, 1.0, "hinges"),
        (1, 2, 0.5, "holds"),
        (300, 500, 0.6, "holds"),
    ],
)
def test_the_thresholds_belong_to_the_answers(judging, passing, of, required, answer):
    found = judging(claiming(BY_MODEL, required_share=required), in_time(passing, of))
    assert (found.answer, found.basis, found.share_of_futures) == (answer, "schedule", passing / of)
    assert found.interval == wilson(passing, of, WILSON_Z)


@pytest.mark.parametrize(
    ("passing", "of", "required"),
    [
        (30, 100, 0.7),
        (40, 100, 0.6),
        (1, 4, 0.75),
        (20, 100, 0.8),
        (1, 10, 0.9),
    ],
)
def test_one_less_the_required_share_still_fails(judging, passing, of, required):
    assert judging(claiming(BY_MODEL, required_share=required), in_time(passing, of)).answer == "fails"


@pytest.mark.parametrize(
    ("passing", "of", "is_open"),
    [(80, 100, True), (20, 100, True), (100, 100, False), (0, 100, False), (500, 1000, False), (3, 6, True)],
)
def test_a_verdict_is_open_where_its_interval_crosses_a_threshold(judging, passing, of, is_open):
    assert judging(claiming(BY_MODEL), in_time(passing, of)).open is is_open


@pytest.mark.parametrize(
    ("finishes", "answer"),
    [
        ({"sun": [2030.5], "hall": [2032.0]}, "fails"),
        ({"sun": [2030.5] * 4, "hall": [2032.0, 2032.0, 2030.0, 2030.0]}, "hinges"),
        ({"sun": [2032.0, 2030.0], "hall": [2032.0, 2032.0]}, "fails"),
        ({"sun": [2030.0], "hall": [2030.0]}, "holds"),
    ],
)
def test_the_weakest_test_decides_and_all_are_shown(judging, finishes, answer):
    second = replace(BY_MODEL, name="second", measure=replace(SUN, where={"initiative": "hall"}))
    for tests in ((BY_MODEL, second), (second, BY_MODEL)):
        found = judging(claiming(*tests), ending(*finishes["sun"], hall=finishes["hall"]))
        assert found.answer == answer
        assert [result.name for result in found.tests] == [test.name for test in tests]
        assert found.share_of_futures == min(result.share for result in found.tests)


EVIDENCE = ("supported", "partly", "contradicted", "not found", "untested")
RECORDED = ("confirmed", "partly", "contradicted", "unverified", "not modelled")
TABLE = [
    *[("past", evidence, (), answer) for evidence, answer in zip(EVIDENCE, RECORDED, strict=True)],
    *[("past", evidence, (BY_FACTS,), answer) for evidence, answer in zip(EVIDENCE[:4], RECORDED, strict=False)],
    ("past", "untested", (BY_FACTS,), "confirmed"),
    *[("past", evidence, (BY_MODEL,), answer) for evidence, answer in zip(EVIDENCE[:4], RECORDED, strict=False)],
    *[("future", evidence, (), "not modelled") for evidence in EVIDENCE],
    *[("future", evidence, (BY_FACTS,), "not modelled") for evidence in EVIDENCE],
    *[
        (tense, evidence, (), answer)
        for tense in ("present", "timeless")
        for evidence, answer in zip(EVIDENCE, RECORDED, strict=True)
    ],
    *[
        (tense, evidence, (BY_FACTS,), answer)
        for tense in ("present", "timeless")
        for evidence, answer in zip(EVIDENCE, (*RECORDED[:4], "confirmed"), strict=True)
    ],
    *[
        (tense, evidence, tests, "holds")
        for tense in ("present", "timeless", "future")
        for evidence in EVIDENCE
        for tests in ((BY_MODEL,), (BY_FACTS, BY_MODEL))
    ],
    *[
        (tense, "value judgement", tests, "opinion")
        for tense in ("past", "present", "timeless", "future")
        for tests in ((), (BY_FACTS,), (BY_MODEL,), (BY_FACTS, BY_MODEL))
    ],
]


@pytest.mark.parametrize(("tense", "evidence", "tests", "answer"), TABLE)
def test_tense_and_evidence_give_the_documented_answer(judging, tense, evidence, tests, answer):
    """`decisions/0007`; both tests pass here."""
    found = judging(claiming(*tests, tense=tense, evidence=evidence))
    assert found.answer == answer
    bases = {"holds": "schedule", "opinion": "opinion", "not modelled": "none"}
    assert found.basis == bases.get(answer, "evidence")
    assert len(found.tests) == len(tests)
    decided_by_a_test = answer == "holds" or (evidence == "untested" and answer == "confirmed")
    assert (found.share_of_futures is not None) == decided_by_a_test


@pytest.mark.parametrize(
    ("passing", "awaits", "answer"),
    [(10, "economy", "not modelled"), (5, "economy", "hinges"), (0, "economy", "fails"), (10, "", "holds")],
)
def test_what_awaits_a_model_is_not_lifted_by_what_holds(judging, passing, awaits, answer):
    found = judging(claiming(BY_MODEL, awaits=awaits), in_time(passing, 10))
    assert found.answer == answer
    assert any("awaits the model of economy" in reason for reason in found.reasons) == bool(awaits)


@pytest.mark.parametrize(
    ("finish", "passes"),
    [(2031.0, True), (np.nextafter(2031.0, np.inf), False), (np.inf, False), (2030.0, True), (2029.5, True)],
)
def test_a_date_is_kept_until_the_end_of_what_it_names(judging, finish, passes):
    assert judging(claiming(BY_MODEL), ending(finish)).answer == ("holds" if passes else "fails")


@pytest.mark.parametrize(
    ("finish", "passes"), [(2028.0, True), (np.nextafter(2028.0, 0), False), (2031.0, True), (2031.01, False)]
)
def test_a_date_not_before_begins_with_what_it_names(judging, finish, passes):
    test = replace(BY_MODEL, not_before="2028")
    assert judging(claiming(test), ending(finish)).answer == ("holds" if passes else "fails")


@pytest.mark.parametrize(
    ("bounds", "margin"),
    [
        ({"at_most": 4.0}, 1.0),
        ({"at_most": 2.5}, -0.5),
        ({"at_least": 2.5}, 0.5),
        ({"at_least": 4.0}, -1.0),
        ({"at_least": 1.0, "at_most": 3.5}, 0.5),
        ({"at_least": 2.8, "at_most": 9.0}, 0.2),
        ({"at_least": 0.0, "at_most": 1.0}, -2.0),
    ],
)
def test_a_margin_is_positive_inside_and_to_the_nearer_bound(judging, bounds, margin):
    """Exports were 3 billion."""
    test = replace(BY_FACTS, at_least=bounds.get("at_least"), at_most=bounds.get("at_most"))
    found = judging(claiming(test, tense="past"))
    assert found.margin == pytest.approx(margin)
    assert found.margin_unit == "billion RUC_2025"
    assert found.answer == ("confirmed" if margin >= 0 else "contradicted")


def test_the_margin_of_a_date_that_never_comes_is_none(judging):
    found = judging(claiming(BY_MODEL), ending(np.inf, np.inf, 2030.0))
    assert (found.answer, found.margin) == ("hinges", None)
    assert found.tests[0].p10 == 2030.0
    assert found.tests[0].p50 is None
    assert "never" in found.tests[0].reason


def ranged(ruritania, low, high):
    fact = replace(ruritania.facts["export-north-2025"], low=low, high=high)
    return replace(ruritania, facts={**ruritania.facts, fact.name: fact})


@pytest.mark.parametrize(
    ("low", "high", "answer"),
    [
        (2.0, 3.0, "confirmed"),
        (1.0, 3.0, "partly"),
        (1.0, 1.9, "contradicted"),
        (2.5, None, "confirmed"),
        (1.0, None, "partly"),
        (None, 1.9, "contradicted"),
        (None, 3.0, "partly"),
    ],
)
def test_a_range_that_only_partly_passes_is_partly_so(judging, ruritania, low, high, answer):
    found = judging(claiming(BY_FACTS, tense="past"), country=ranged(ruritania, low, high))
    assert (found.answer, found.basis, found.interval) == (answer, "evidence", None)


def test_a_range_around_both_bounds_is_partly_so(judging, ruritania):
    test = replace(BY_FACTS, at_least=2.0, at_most=3.0)
    assert judging(claiming(test, tense="past"), country=ranged(ruritania, 1.0, 4.0)).answer == "partly"


@pytest.mark.parametrize(
    ("side", "percent"),
    [
        *[("at_least", percent) for percent in (7, 14, 28, 29, 50, 55, 56, 57, 58)],
        *[("at_most", percent) for percent in (7, 14, 28, 29, 50, 55, 56, 57, 58)],
    ],
)
def test_a_fact_that_says_exactly_the_bound_passes(judging, ruritania, side, percent):
    fact = replace(ruritania.facts["debt-now"], low=float(percent), high=float(percent))
    country = replace(ruritania, facts={**ruritania.facts, fact.name: fact})
    measure = Measure("debt_initial", {}, None, {})
    bounds = {"at_least": None, side: float(percent)}
    test = replace(BY_FACTS, measure=measure, unit="percent", **bounds)
    assert judging(claiming(test, tense="past"), country=country).answer == "confirmed"


def test_a_drawn_conflict_of_facts_is_partly_so(judging, ruritania):
    other = replace(ruritania.facts["export-north-2025"], name="other", low=1.0, high=1.0)
    dispute = Conflict("solar-price", "", (("export-north-2025",), ("other",)), "genuine", (0.5, 0.5), None, "so")
    country = replace(ruritania, facts={**ruritania.facts, "other": other}, conflicts={"solar-price": dispute})
    side = xr.DataArray([0.0, 0.0, 0.0, 1.0], coords={"future": range(4)}, dims=["future"])
    found = judging(claiming(BY_FACTS, tense="past"), ending(*[2030.0] * 4), country, {"solar_price": side})
    assert (found.answer, found.share_of_futures, found.interval) == ("partly", 0.75, None)


def test_recorded_evidence_and_facts_that_disagree_are_said_and_not_mended(judging):
    contradicted = replace(BY_FACTS, at_least=4.0)
    found = judging(claiming(contradicted, tense="past", evidence="supported"))
    assert found.answer == "confirmed"
    assert any("'facts' on the facts reads contradicted" in reason for reason in found.reasons)
    assert not any(
        "on the facts reads" in r for r in judging(claiming(BY_FACTS, tense="past", evidence="supported")).reasons
    )


def test_a_test_that_cannot_be_made_says_why(judging):
    missing = replace(BY_MODEL, name="missing", measure=replace(SUN, where={"initiative": "moon"}))
    found = judging(claiming(missing))
    assert (found.answer, found.basis, found.tests[0].answer) == ("not modelled", "none", "not modelled")
    assert "initiative_finish has no initiative moon" in found.reasons[0]


def test_a_test_that_cannot_be_made_holds_back_one_that_holds(judging):
    missing = replace(BY_MODEL, name="missing", measure=replace(SUN, where={"initiative": "moon"}))
    assert judging(claiming(missing, BY_MODEL)).answer == "not modelled"


def test_a_test_that_cannot_be_made_does_not_save_a_claim_that_fails(judging):
    missing = replace(BY_MODEL, name="missing", measure=replace(SUN, where={"initiative": "moon"}))
    assert judging(claiming(missing, BY_MODEL), ending(2040.0)).answer == "fails"


def test_claims_come_in_the_order_of_the_document(ruritania, crown, nobody):
    shuffled = replace(crown, claims=dict(reversed(crown.claims.items())))
    evidence = gather(ruritania, nobody, {})
    found = judge(ruritania, shuffled, ending(2030.0), evidence, {}, Factors({}, {}, 1))
    assert [shuffled.claims[one.claim].passage.paragraph for one in found] == [
        *(1, 2, 3, 3, 4, 5, 5, 6, 7, 8, 9, 10, 11)
    ]


def test_a_verdict_names_what_it_hinges_on(judging):
    random = np.random.default_rng(1)
    cause, noise = random.random(400), random.random(400)
    finishes = np.where(cause < 0.6, 2030.0, 2035.0)
    found = judging(
        claiming(BY_MODEL),
        ending(*finishes),
        factors=Factors({"cause": cause, "noise": noise}, {"cause": "", "noise": ""}, 1),
    )
    assert [hinge.factor for hinge in found.hinges_on] == ["cause"]
    assert found.hinges_on[0].share > 0.8


def test_the_lineage_of_a_verdict_leads_to_the_paragraph_and_the_source(judging):
    lineage = judging(claiming(BY_MODEL, facts=("hall-now",))).lineage
    assert (lineage["document"], lineage["paragraph"], lineage["initiatives"]) == ("speech", 1, ["sun"])
    assert [one["source"] for one in lineage["facts"]] == ["Yearbook of the Crown Office of Statistics"]
