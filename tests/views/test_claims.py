"""Claims, findings, facts and sources: nothing is lost between the pack, the verdicts and what is shown."""

from __future__ import annotations

import json

import pytest

from morava.errors import MoravaError
from morava.languages import latin
from morava.runs.types import Hinge
from morava.views.claim import claim_page
from morava.views.claims import claims, hinge_rows
from morava.views.documents import document
from morava.views.facts import MOST, fact_page, facts
from morava.views.findings import findings
from morava.views.methods import BESIDE, methods
from morava.views.sources import conflicts, sources
from morava.views.texts import texts, untranslated


@pytest.fixture(params=("small", "serbia_run"))
def run(request):
    return request.getfixturevalue(request.param)


def test_every_claim_has_one_row_with_its_verdict(run):
    rows = claims(run)
    assert sorted(row.claim for row in rows) == sorted(run.plan.strategy.claims)
    for row in rows:
        verdict, claim = run.verdict(row.claim), run.plan.strategy.claims[row.claim]
        assert (row.answer, row.share, row.interval) == (verdict.answer, verdict.share_of_futures, verdict.interval)
        assert (row.margin, row.open) == (verdict.margin, verdict.open)
        assert (row.says, row.paragraph, row.tests) == (claim.says, claim.passage.paragraph, len(claim.tests))
        assert list(row.promises) == sorted(
            row.promises, key=lambda one: (row.initiatives.index(one.initiative), one.said)
        )


def test_every_page_of_a_claim_is_finite_json_and_keeps_its_tests(run):
    for name, claim in run.plan.strategy.claims.items():
        page = claim_page(run, name)
        json.dumps(document(page), allow_nan=False)
        assert [test.name for test in page.tests] == [test.name for test in claim.tests]
        assert {test.chart for test in page.tests} - {""} == {chart.name for chart in page.charts}
        assert page.passage["sha256"] == claim.passage.sha256
        assert [fact["fact"] for fact in page.facts] == list(claim.facts)


def test_a_test_shows_its_bounds_its_quantiles_and_its_path(small):
    page = claim_page(small, "solar-220")
    first, ratio, due = page.tests
    assert (first.at_least, first.at_most, first.unit, first.looks_at.year) == (220.0, None, "MW", (2030, 2030))
    assert ratio.against is not None
    assert (ratio.chart, due.chart, due.without) == (first.chart, first.chart, "sun")
    (path,) = page.charts
    assert [(mark.year, mark.at_least) for mark in path.marks] == [(2030, pytest.approx(220.0))]
    assert next(row[1:] for row in path.rows if row[0] == 2030) == pytest.approx((first.p10, first.p50, first.p90))


def test_a_date_in_a_test_is_a_day(small):
    (test,) = claim_page(small, "railway-2027").tests
    assert (test.by, test.is_date, test.unit) == ("2027-06", True, "")
    assert all(value == "never" or len(value) == 10 for value in (test.p10, test.p50, test.p90))
    assert test.margin is None or test.margin < 0


def test_no_claim_of_a_wrong_name(small):
    with pytest.raises(MoravaError, match="no claim"):
        claim_page(small, "C999")


def test_what_a_verdict_hinges_on_is_named_by_its_text(small):
    futures = small.plan.futures
    title = futures.uncertainties["initiative_delay"].title
    alone, labelled, unknown = hinge_rows(
        futures, [Hinge(title, 0.5), Hinge(f"{title}: railway", 0.25), Hinge("the moon", 0.1)]
    )
    assert (alone.key, alone.label, alone.share) == ("factor:initiative_delay", "", 0.5)
    assert (labelled.key, labelled.label) == ("factor:initiative_delay", "railway")
    assert unknown.key == ""
    known = set(texts(small, "en"))
    assert {hinge.key for row in claims(small) for hinge in row.hinges_on} <= known


def test_findings_come_gravest_first_and_none_is_lost(run):
    found = findings(run)
    severities = [("clear", "weak", "note").index(one.severity) for one in found.findings]
    assert severities == sorted(severities)
    assert sorted(one.name for one in found.findings) == sorted(one.name for one in run.coherence.findings)
    json.dumps(document(found), allow_nan=False)


def test_pages_of_facts_put_together_are_all_facts(run):
    total, seen = len(run.plan.country.facts), []
    while len(seen) < total:
        page = facts(run, offset=len(seen), limit=MOST)
        assert page.total == total
        seen += [row.fact for row in page.facts]
    assert seen == list(run.plan.country.facts)
    assert facts(run, offset=total).facts == ()


def test_facts_are_found_by_words_status_and_quantity(small):
    country = small.plan.country
    assumed = facts(small, status="assumed", limit=MOST)
    assert assumed.total == sum(fact.status == "assumed" for fact in country.facts.values())
    exports = facts(small, quantity="trade_export", find_text="NORTHMARK", limit=MOST)
    assert {row.where["partner"] for row in exports.facts} == {"Northmark"}
    assert exports.total == sum(
        fact.quantity == "trade_export" and fact.where["partner"] == "Northmark" for fact in country.facts.values()
    )


@pytest.mark.parametrize(
    "asked", [{"offset": -1}, {"limit": 0}, {"limit": MOST + 1}, {"status": "guessed"}, {"quantity": "gpd"}]
)
def test_what_cannot_be_asked_of_facts_is_refused(small, asked):
    with pytest.raises(MoravaError):
        facts(small, **asked)


def test_one_fact_says_what_stands_on_it(run):
    country = run.plan.country
    for conflict in conflicts(run):
        for side in conflict.sides:
            for item in side:
                if item.kind == "fact":
                    assert conflict.conflict in fact_page(run, item.name).conflicts
    for name, claim in run.plan.strategy.claims.items():
        for fact in claim.facts:
            assert name in fact_page(run, fact).claims
    for fact in list(country.facts)[::7]:
        page = fact_page(run, fact)
        json.dumps(document(page), allow_nan=False)
        assert page.row.source in country.sources
    with pytest.raises(MoravaError, match="no fact"):
        fact_page(run, "nothing")


def test_sources_count_every_fact_once(run):
    rows = sources(run)
    assert [row.source for row in rows] == list(run.plan.country.sources)
    assert sum(row.facts for row in rows) == len(run.plan.country.facts)
    assert len(conflicts(run)) == len(run.plan.country.conflicts)


def test_every_model_of_the_chain_has_its_page():
    pages = {page.name: page for page in methods()}
    assert [name for name, page in pages.items() if page.quantities] == [
        "schedule", "projects", "spending", "economy", "trade", "power", "adequacy", "debt", "adequacy_chronological",
        "dependence",
    ]  # fmt: skip
    assert all(page.text.startswith(f"# {page.title}") for page in pages.values())
    assert not BESIDE.exists()  # in the repository there is one copy, that of the docs


def test_texts_say_every_claim_in_every_language(small):
    wanted = {f"claim:{name}" for name in small.plan.strategy.claims}
    for language in ("en", "sr-Cyrl", "sr-Latn", "zh-Hans"):
        assert wanted <= set(texts(small, language))
    cyrillic, roman = texts(small, "sr-Cyrl"), texts(small, "sr-Latn")
    derived = [key for key in cyrillic if key not in untranslated(small, "sr-Cyrl")]
    assert derived
    assert all(roman[key] == latin(cyrillic[key]) for key in derived)
    assert untranslated(small, "en") == ()
