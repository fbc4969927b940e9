import pytest

from morava.plans.coherence import find_incoherences


def found(rule, country_and_strategy):
    return [item for item in find_incoherences(*country_and_strategy).findings if item.rule == rule]


def without_cost(made, *initiatives, facts=(), envelopes=()):
    return found("measure-without-cost", made.text(facts, initiatives=initiatives, envelopes=envelopes))


def without_source(made, *initiatives):
    return found("cost-without-source", made.text(initiatives=initiatives))


def test_a_measure_without_a_cost(made):
    (finding,) = without_cost(made, made.initiative("hall"))
    assert (finding.severity, finding.says) == ("clear", "Hall names no cost.")


@pytest.mark.parametrize("status", ["operating", "delivered", "cancelled"])
def test_what_is_done_or_dropped_needs_none(made, status):
    assert not without_cost(made, made.initiative("hall", status=status))


def test_a_cost_of_nothing_is_a_cost(made):
    assert not without_cost(made, made.initiative("hall", 0))
    assert not without_source(made, made.initiative("hall", 0))


def test_a_cost_may_stand_in_a_fact(made):
    facts = [made.fact("count", "initiative_cost", 80, "million RUC_2023", "2023", "planned", initiative="hall")]
    assert not without_cost(made, made.initiative("hall", facts=("count",)), facts=facts)
    assert without_cost(made, made.initiative("hall", facts=()), facts=facts)


def test_a_part_of_a_costed_whole_is_weak_and_names_it(made):
    (finding,) = without_cost(made, made.initiative("network", 100), made.initiative("bridge", part_of="network"))
    assert finding.severity == "weak"
    assert "its whole, Network, costs 100 million RUC_2025" in finding.says


def test_a_whole_is_the_sum_of_its_costed_parts(made):
    assert not without_cost(made, made.initiative("network"), made.initiative("bridge", 10, part_of="network"))


def test_an_envelope_is_no_cost(made):
    (finding,) = without_cost(
        made, made.initiative("hall", envelope="green"), envelopes=[made.envelope("green", 400, 2026, 2030)]
    )
    assert "it is to be paid from Green (400 million RUC_2025)" in finding.says
    assert finding.envelopes == ("green",)


def programme(made, *parts, **other):
    initiatives = [made.initiative("green", envelope="green", **other), *parts]
    return made.text(initiatives=initiatives, envelopes=[made.envelope("green", 400, 2026, 2030)])


def test_the_programme_of_an_envelope_costs_its_amount(made):
    assert not found("measure-without-cost", programme(made))
    (finding,) = found("cost-without-source", programme(made))
    assert finding.says == "Green costs 400 million RUC_2025, and no source of money is named."


def test_the_sources_of_a_programme_may_stand_with_its_parts(made):
    part = made.initiative("bridge", 10, part_of="green", financing=(made.money("budget", 1),))
    assert not found("cost-without-source", programme(made, part))


def test_a_case_to_compare_with_needs_no_money(made):
    assert not without_cost(made, made.initiative("abroad", sector="reference"))


def test_a_cost_without_any_source(made):
    (finding,) = without_source(made, made.initiative("hall", (80, 120)))
    assert finding.says == "Hall costs 80 to 120 million RUC_2025, and no source of money is named."
    assert (finding.numbers[1].low, finding.numbers[1].high) == (80, 120)


def test_what_the_sources_leave_open_is_counted(made):
    (finding,) = without_source(made, made.initiative("hall", (80, 120), financing=(made.money("budget", 0.25),)))
    assert "sources are named for 25 percent (budget 25 percent)" in finding.says
    assert (finding.numbers[1].low, finding.numbers[1].high) == (60, 90)


def test_sources_for_more_than_the_cost(made):
    lenders = (made.money("bank", 0.8), made.money("budget", 0.3))
    (finding,) = without_source(made, made.initiative("hall", 100, financing=lenders))
    assert "add up to 110 percent" in finding.says
    assert finding.numbers[1].low == pytest.approx(10)


def test_sources_that_add_up(made):
    lenders = tuple(made.money(str(index), 0.1) for index in range(10))
    assert not without_source(made, made.initiative("hall", 100, financing=lenders))


def test_not_found_is_no_source(made):
    assert without_source(made, made.initiative("hall", 100, financing=(made.money("not found", 1),)))


def test_a_part_may_be_paid_by_its_whole(made):
    whole = made.initiative("network", 100, financing=(made.money("budget", 1),))
    assert not without_source(made, whole, made.initiative("bridge", 10, part_of="network"))


def test_money_of_another_year_is_shown_in_the_price_base(made):
    (finding,) = without_source(made, made.initiative("hall", 80, "million RUC_2023"))
    assert "100 million RUC_2025" in finding.says
