"""What the text of Serbia 2030 must be found to say and not to say, whatever else the pack comes to hold."""

import pytest

from morava.plans.coherence import find_incoherences
from morava.plans.read import read_country, read_strategy


@pytest.fixture(scope="module")
def findings():
    country = read_country("serbia")
    return {item.name: item for item in find_incoherences(country, read_strategy(country)).findings}


def test_two_wages_for_2030(findings):
    found = findings["contradictory-targets: average_wage 2030"]
    assert [item.low for item in found.numbers] == [1320, 1700]
    assert found.conflicts == ("K02",)


def test_the_halves_make_the_whole_and_energy_lies_across_them(findings):
    halves = "serbia-2030-first-half", "serbia-2030-second-half"
    assert f"sums-and-envelopes: serbia-2030-capital as {' + '.join(halves)}" not in findings
    across = findings[f"sums-and-envelopes: energy-programme across {' and '.join(halves)}"]
    assert across.severity == "note"
    assert across.numbers[0].low == pytest.approx(0.3)


def test_the_gigawatt_has_no_known_start(findings):
    found = findings["target-without-indicator: data_centre_capacity"]
    assert found.claims == ("C034",)
    assert found.paragraphs == ("article 59",)


def test_reactors_come_after_the_money(findings):
    found = findings["broken-order: nuclear-programme in the years of energy-generation"]
    assert found.severity == "clear"
    assert "C067" in found.claims


def test_what_the_evidence_contradicts(findings):
    contradicted = {item.subject for item in findings.values() if item.says.startswith("Evidence contradicts")}
    assert contradicted == {"C026", "C060"}


def test_counts_that_nobody_can_look_up(findings):
    found = findings["unsourced-past: C010"]
    assert "agreements-2026" in found.agreements
    assert found.paragraphs == ("article 9",)


def test_no_conflict_is_told_twice(findings):
    told = [name for item in findings.values() for name in item.conflicts]
    assert len(told) == len(set(told)) > 10
