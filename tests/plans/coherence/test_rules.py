from dataclasses import replace

import pytest

from morava.errors import MoravaError
from morava.plans.coherence import RULES, find_incoherences, score_line, write_out
from morava.plans.coherence.criteria import cards, score
from morava.plans.coherence.findings import Checked, Told


def test_every_rule_has_its_card_in_the_same_order():
    assert list(RULES) == list(cards())
    assert all(card.criteria and card.title_en and card.title_sr and card.modelled_on for card in cards().values())


def checked(total, clear=0, weak=0, notes=0):
    severities = ["clear"] * clear + ["weak"] * weak + ["note"] * notes
    told = tuple(Told(str(index), severity, "", "") for index, severity in enumerate(severities))
    return Checked(tuple(map(str, range(total))), told)


@pytest.mark.parametrize(
    ("rule", "given", "points"),
    [
        ("contradictory-targets", checked(5), 2),
        ("contradictory-targets", checked(5, clear=1, weak=3), 1),
        ("contradictory-targets", checked(5, clear=2), 0),
        ("contradictory-targets", checked(5, weak=5), 2),
        ("measure-without-cost", checked(4, clear=2), 1),
        ("measure-without-cost", checked(4, clear=3), 0),
        ("measure-without-cost", checked(4, notes=2), 2),
        ("sums-and-envelopes", checked(15, weak=3), 3),
        ("sums-and-envelopes", checked(15, weak=6), 2),
        ("sums-and-envelopes", checked(15, weak=9), 1),
        ("sums-and-envelopes", checked(15, weak=10), 0),
    ],
)
def test_points_follow_the_criteria(rule, given, points):
    assert score(cards()[rule], given).points == points


def test_a_subject_with_two_findings_counts_once():
    told = (Told("a", "clear", "", ""), Told("a", "weak", "", ""))
    result = score(cards()["two-owners"], Checked(("a", "b"), told))
    assert (result.applicable, result.met, result.share) == (2, 1, 0.5)


def test_nothing_to_check_is_not_assessed(made):
    coherence = find_incoherences(*made.text())
    assert coherence.share is None
    assert coherence.applicable == 0
    assert all(item.share is None for item in coherence.scores)
    assert "not assessed" in score_line(coherence)


def busy(made):
    facts = [
        made.fact("a", "average_wage", 1320, "RUC_2025 / month", "2030", "planned"),
        made.fact("b", "average_wage", 1700, "RUC_2025 / month", "2030", "planned"),
    ]
    return made.text(
        facts,
        claims=[
            made.claim("wages", facts=("a", "b")),
            made.claim("past", kind="fact", tense="past", evidence="not found"),
        ],
        initiatives=[
            made.initiative("sun", 50, owner="A; B", envelope="green", promises=(made.promise("2030"),)),
            made.initiative(
                "hall", owner="C", depends_on=("sun",), promises=(made.promise("2028"),), claims=("wages",)
            ),
        ],
        agreements=[made.agreement("pact")],
        envelopes=[made.envelope("green", 40, 2026, 2028), made.envelope("grey", 10, 2027, 2028)],
    )


def test_findings_do_not_depend_on_the_order_of_files(made):
    country, strategy = busy(made)
    turned = {
        name: dict(reversed(list(getattr(strategy, name).items())))
        for name in ("claims", "initiatives", "agreements", "envelopes")
    }
    facts = dict(reversed(list(country.facts.items())))
    again = find_incoherences(replace(country, facts=facts), replace(strategy, **turned))
    assert find_incoherences(country, strategy) == again


def test_every_finding_has_one_name_and_mends(made):
    coherence = find_incoherences(*busy(made))
    names = [finding.name for finding in coherence.findings]
    assert len(names) == len(set(names)) > 8
    assert all(finding.says.endswith(".") and not finding.says.endswith("..") for finding in coherence.findings)
    assert all(finding.mend for finding in coherence.findings)


def test_every_finding_that_counts_was_among_what_was_checked(made):
    coherence = find_incoherences(*busy(made))
    for item in coherence.scores:
        counting = {f.subject for f in coherence.findings if f.rule == item.rule and f.severity != "note"}
        assert item.met == item.applicable - len(counting) >= 0


def test_the_page_prints_every_finding_and_the_score(made):
    coherence = find_incoherences(*busy(made))
    page = write_out(coherence)
    assert all(finding.says in page for finding in coherence.findings)
    assert page.endswith(f"{score_line(coherence)}\n")
    assert f"{coherence.met} of {coherence.applicable} criteria met" in page


def test_money_that_cannot_be_compared_is_refused_with_every_reason(made):
    initiatives = [made.initiative("hall", 1, "million RUC_2020"), made.initiative("sun", 1, "million USD_2025")]
    with pytest.raises(MoravaError) as caught:
        find_incoherences(*made.text(initiatives=initiatives))
    assert "RUC" in str(caught.value)
