import pytest

from morava.errors import MoravaError
from morava.plans.coherence import find_incoherences


def found(country_and_strategy, rule):
    return [finding for finding in find_incoherences(*country_and_strategy).findings if finding.rule == rule]


def wages(made, *values, status="planned", conflicts=()):
    facts = [
        made.fact(f"wage-{index}", "average_wage", value, "RUC_2025 / month", year, status)
        for index, (year, value) in enumerate(values)
    ]
    return made.text(
        facts, conflicts, claims=[made.claim("pay", facts=tuple(item.name for item in facts), paragraph=4)]
    )


def test_two_values_for_one_year_contradict(made):
    (finding,) = found(wages(made, ("2030", 1320), ("2030", 1700)), "contradictory-targets")
    assert finding.name == "contradictory-targets: average_wage 2030"
    assert finding.severity == "clear"
    assert "1,320 RUC_2025 / month (wage-0) and 1,700 RUC_2025 / month (wage-1)" in finding.says
    assert finding.facts == ("wage-0", "wage-1")
    assert finding.claims == ("pay",)
    assert finding.paragraphs == ("speech 4",)
    assert [item.low for item in finding.numbers] == [1320, 1700]


@pytest.mark.parametrize(
    "values",
    [
        (("2030", 1320), ("2035", 1700)),
        (("2030", 1320), ("2030", 1325)),
        (("2030", (1300, None)), ("2030", 1700)),
        (("2030", (1300, 1800)), ("2030", 1700)),
    ],
    ids=["two years", "rounded twice", "an open bound that holds", "a range that holds"],
)
def test_values_that_can_all_be_met_do_not(made, values):
    assert not found(wages(made, *values), "contradictory-targets")


def test_money_of_two_years_is_compared_in_one(made):
    facts = [
        made.fact("old", "trade_export", 80, "million RUC_2023", "2030", "planned", partner="Northmark"),
        made.fact("new", "trade_export", 100, "million RUC_2025", "2030", "planned", partner="Northmark"),
    ]
    assert not found(made.text(facts), "contradictory-targets")


def test_a_claim_contradicts_a_fact_in_another_unit(made):
    facts = [made.fact("gazette", "data_centre_capacity", 1, "GW", "2035", "planned")]
    claims = [made.claim("halls", sets_target=made.target("data_centre_capacity", "2035", "500", "MW"))]
    (finding,) = found(made.text(facts, claims=claims), "contradictory-targets")
    assert "500 MW (halls)" in finding.says
    assert "1 GW (gazette)" in finding.says
    agreeing = [made.claim("halls", sets_target=made.target("data_centre_capacity", "2035", "1000", "MW"))]
    assert not found(made.text(facts, claims=agreeing), "contradictory-targets")


def test_a_reported_value_is_no_target(made):
    assert not found(wages(made, ("2030", 1320), ("2030", 1700), status="reported"), "contradictory-targets")


@pytest.mark.parametrize(
    ("kind", "chosen", "severity"),
    [("genuine", None, "clear"), ("scope", 0, "weak"), ("unit error", 0, None), ("vintage", 0, None)],
)
def test_a_declared_conflict_says_how_far_two_targets_contradict(made, kind, chosen, severity):
    conflicts = [made.conflict("two-wages", kind, "wage-0", "wage-1", chosen=chosen)]
    findings = found(wages(made, ("2030", 1320), ("2030", 1700), conflicts=conflicts), "contradictory-targets")
    assert [finding.severity for finding in findings] == ([severity] if severity else [])
    assert all(finding.conflicts == ("two-wages",) and finding.says.endswith("Because.") for finding in findings)


def test_a_conflict_told_as_a_contradiction_is_not_told_again(made):
    conflicts = [made.conflict("two-wages", "genuine", "wage-0", "wage-1")]
    pair = wages(made, ("2030", 1320), ("2030", 1700), conflicts=conflicts)
    assert [item.rule for item in find_incoherences(*pair).findings if "two-wages" in item.conflicts] == [
        "contradictory-targets"
    ]


def test_a_target_in_words_has_no_indicator(made):
    (finding,) = found(made.text(claims=[made.claim("hub")]), "target-without-indicator")
    assert finding.claims == ("hub",)
    assert "It is said in hub" in finding.says


@pytest.mark.parametrize(
    "other",
    [{"kind": "opinion"}, {"voice": "reader"}, {"tests": ("a test",)}],
    ids=["no target", "said by a reader", "tested"],
)
def test_other_claims_need_none(made, other):
    if "tests" in other:
        other = {"tests": (made.bound("initiative_finish", by="2030", initiative="hall"),)}
    assert not found(made.text(claims=[made.claim("hub", **other)]), "target-without-indicator")


def test_a_target_needs_a_value_to_start_from(made):
    claims = [made.claim("sun", sets_target=made.target("power_capacity", "2030", "220", "MW", technology="solar"))]
    (finding,) = found(made.text(claims=claims), "target-without-indicator")
    assert finding.subject == "power_capacity solar"
    assert "220 MW in 2030" in finding.says


@pytest.mark.parametrize(
    ("period", "status", "technology", "accepted"),
    [
        ("2025", "measured", "solar", True),
        ("2025", "reported", "solar", True),
        ("2025", "assumed", "solar", False),
        ("2025", "measured", "wind", False),
        ("2027", "reported", "solar", False),
    ],
)
def test_a_baseline_is_measured_at_the_same_place_before_today(made, period, status, technology, accepted):
    claims = [made.claim("sun", sets_target=made.target("power_capacity", "2030", "220", "MW", technology="solar"))]
    facts = [made.fact("now", "power_capacity", 20, "MW", period, status, technology=technology)]
    assert bool(found(made.text(facts, claims=claims), "target-without-indicator")) is not accepted


def test_a_target_whose_time_is_over_needs_none(made):
    wanted = made.target("power_capacity", "2025", "220", "MW", technology="solar")
    assert not found(made.text(claims=[made.claim("sun", sets_target=wanted)]), "target-without-indicator")


def test_one_target_said_twice_is_told_once(made):
    facts = [made.fact("gazette", "data_centre_capacity", 1, "GW", "2035", "planned")]
    wanted = made.target("data_centre_capacity", "2035", "1000", "MW")
    claims = [made.claim("halls", sets_target=wanted, facts=("gazette",))]
    (finding,) = found(made.text(facts, claims=claims), "target-without-indicator")
    assert finding.says.count("in 2035") == 1


def test_what_has_no_time_needs_no_baseline(made):
    wanted = made.target("envelope_amount", "2035", "14", "million RUC_2025", envelope="energy")
    assert not found(made.text(claims=[made.claim("sum", sets_target=wanted)]), "target-without-indicator")


@pytest.mark.parametrize(
    "wanted",
    [
        {"quantity": "power_capacity", "value": "1", "unit": "MW"},
        {"quantity": "power_capacity", "year": "2030", "value": "many", "unit": "MW"},
        {"quantity": "power_capacty", "year": "2030", "value": "1", "unit": "MW"},
    ],
    ids=["no year", "no number", "no such quantity"],
)
def test_a_target_that_cannot_be_read_is_refused(made, wanted):
    with pytest.raises(MoravaError):
        find_incoherences(*made.text(claims=[made.claim("sun", sets_target=wanted)]))
