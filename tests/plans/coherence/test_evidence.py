import pytest

from morava.plans.coherence import find_incoherences


def found(country_and_strategy, rule="contradicted-claims"):
    return [item for item in find_incoherences(*country_and_strategy).findings if item.rule == rule]


@pytest.mark.parametrize(("evidence", "told"), [("contradicted", 1), ("supported", 0), ("partly", 0), ("untested", 0)])
def test_evidence_that_contradicts(made, evidence, told):
    claims = [
        made.claim("quick", kind="fact", tense="past", evidence=evidence, evidence_note="late thrice", paragraph=7)
    ]
    findings = found(made.text(claims=claims))
    assert len(findings) == told
    assert all(item.says == "Evidence contradicts the claim: It is said in quick (late thrice)." for item in findings)
    assert all(item.paragraphs == ("speech 7",) for item in findings)


def copper(made, kind, *, sides=("plan", "actual"), cited=("plan",), **claim):
    facts = [
        made.fact("plan", "production_capacity", 450, "thousand tonne / year", "2024", "planned", item="copper"),
        made.fact("actual", "production_capacity", 300, "thousand tonne / year", "2024", item="copper"),
    ]
    conflicts = [made.conflict("copper", kind, *sides, subject="copper output", chosen=1)]
    return made.text(facts, conflicts, claims=[made.claim("big", kind="fact", tense="present", facts=cited, **claim)])


@pytest.mark.parametrize("kind", ["plan against actual", "unit error"])
def test_a_plan_or_a_misprint_behind_a_claim(made, kind):
    (finding,) = found(copper(made, kind))
    assert finding.severity == "weak"
    assert finding.claims == ("big",)
    assert "450 thousand tonne / year (plan) against 300 thousand tonne / year (actual)" in finding.says


def test_a_claim_on_the_rejected_side_is_clear(made):
    (finding,) = found(copper(made, "plan against actual", sides=("big", "actual")))
    assert finding.severity == "clear"
    assert "It is said in big (big) against 300" in finding.says


def test_a_misprint_that_no_claim_rests_on_is_not_the_text(made):
    assert not found(copper(made, "unit error", cited=()))


@pytest.mark.parametrize("kind", ["plan against actual", "genuine"])
def test_a_contradicted_claim_and_its_conflict_are_told_once(made, kind):
    pair = copper(made, kind, sides=("big", "actual"), evidence="contradicted")
    told = [item for item in find_incoherences(*pair).findings if "copper" in item.conflicts]
    assert [(item.rule, item.subject) for item in told] == [("contradicted-claims", "big")]


@pytest.mark.parametrize(
    ("measured", "bounds", "severity"),
    [
        (180, {}, "weak"),
        (180, {"at_least": 220}, "clear"),
        (260, {"at_least": 220}, None),
        (260, {"at_most": 220}, "clear"),
        (180, {"at_most": 220}, None),
        (221, {"at_least": 220}, None),
    ],
)
def test_a_target_whose_year_is_over(made, measured, bounds, severity):
    tests = (made.bound("power_capacity", 2025, unit="MW", technology="solar", **bounds),) if bounds else ()
    wanted = made.target("power_capacity", "2025", "220", "MW", technology="solar")
    facts = [made.fact("now", "power_capacity", measured, "MW", "2025", technology="solar")]
    findings = found(made.text(facts, claims=[made.claim("sun", sets_target=wanted, tests=tests)]))
    assert [item.severity for item in findings] == ([severity] if severity else [])


def test_a_target_whose_year_is_to_come_is_left_to_the_models(made):
    wanted = made.target("power_capacity", "2026", "220", "MW", technology="solar")
    facts = [made.fact("now", "power_capacity", 20, "MW", "2026", technology="solar")]
    assert not found(made.text(facts, claims=[made.claim("sun", sets_target=wanted)]))


@pytest.mark.parametrize(
    ("tense", "evidence", "voice", "told"),
    [
        ("past", "not found", "article", 1),
        ("present", "not found", "quoted", 1),
        ("future", "not found", "article", 0),
        ("past", "not found", "reader", 0),
        ("past", "partly", "article", 0),
        ("past", "untested", "article", 0),
    ],
)
def test_a_past_without_a_source(made, tense, evidence, voice, told):
    claims = [made.claim("signed", kind="commitment", tense=tense, evidence=evidence, voice=voice)]
    findings = found(made.text(claims=claims), "unsourced-past")
    assert [item.severity for item in findings] == ["weak"] * told


def test_an_agreement_that_nobody_has_seen(made):
    (finding,) = found(made.text(agreements=[made.agreement("pact")]), "unsourced-past")
    assert finding.agreements == ("pact",)
    assert finding.says == "Pact (signed, 2024): neither a fact nor a supported claim speaks of its text."


def test_an_agreement_whose_force_is_not_known(made):
    (finding,) = found(
        made.text(agreements=[made.agreement("pact", facts=("f",), legal_force="unknown")]), "unsourced-past"
    )
    assert "its legal force is not known" in finding.says


def test_an_agreement_that_a_fact_or_a_supported_claim_speaks_of(made):
    claims = [made.claim("signed", kind="fact", tense="past", evidence="partly")]
    agreements = [made.agreement("pact", facts=("f",)), made.agreement("treaty", claims=("signed",))]
    assert not found(made.text(claims=claims, agreements=agreements), "unsourced-past")


def test_an_agreement_with_a_text_is_not_told_with_an_unsourced_claim(made):
    claims = [made.claim("signed", kind="fact", tense="past", evidence="not found")]
    agreements = [made.agreement("pact", facts=("f",), claims=("signed",))]
    (finding,) = found(made.text(claims=claims, agreements=agreements), "unsourced-past")
    assert finding.agreements == ()


def test_an_agreement_of_which_only_an_unsourced_claim_speaks_is_told_with_it(made):
    claims = [made.claim("signed", kind="fact", tense="past", evidence="not found")]
    (finding,) = found(
        made.text(claims=claims, agreements=[made.agreement("pact", claims=("signed",))]), "unsourced-past"
    )
    assert (finding.subject, finding.agreements) == ("signed", ("pact",))
