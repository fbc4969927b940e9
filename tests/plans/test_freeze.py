"""A country as it was known on a day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from morava.errors import MoravaError
from morava.plans import freeze, read_country
from morava.plans.types import Conflict
from morava.quantities.dates import interval


@pytest.fixture(scope="module")
def country():
    return read_country("ruritania")


def test_only_what_was_known_is_left(country):
    frozen = freeze(country, "2025-11")
    assert set(frozen.facts) == {"solar-cost-crown", "solar-cost-gazette", "hall-now-misprint", "export-north-2020"}
    assert all(interval(fact.known_on)[1] <= interval("2025-11")[1] for fact in frozen.facts.values())
    assert (frozen.as_of, frozen.first_year) == ("2025-11", 2025)


def test_a_conflict_needs_two_sides_that_were_known(country):
    assert set(freeze(country, "2025-11").conflicts) == {"solar-price"}
    assert set(freeze(country, "2023-05-15").conflicts) == set()


def test_the_whole_country_is_known_on_its_last_day(country):
    frozen = freeze(country, "2025")
    assert (frozen.facts, frozen.conflicts, frozen.reference_classes) == (
        country.facts,
        country.conflicts,
        country.reference_classes,
    )


def test_classes_that_rest_on_later_facts_are_left_out(country):
    assert freeze(country, "2025-11").reference_classes == {}


def test_a_fact_of_unknown_day_was_not_surely_known(country):
    facts = {**country.facts, "hall-now": replace(country.facts["hall-now"], known_on="")}
    assert "hall-now" not in freeze(replace(country, facts=facts), "2025").facts


def three_sides(kind, weights, chosen):
    names = ("export-north-2020", "solar-cost-crown", "hall-now")
    return Conflict("three", "x", tuple((name,) for name in names), kind, weights, chosen, "y")


def test_weights_keep_their_ratio(country):
    genuine = three_sides("genuine", (0.2, 0.3, 0.5), None)
    left = freeze(replace(country, conflicts={"three": genuine}), "2024").conflicts["three"]
    assert left.sides == (("export-north-2020",), ("solar-cost-crown",))
    assert left.weights == pytest.approx((0.4, 0.6))


@pytest.mark.parametrize(("chosen", "expected"), [(0, 0), (1, 1), (2, None)])
def test_a_choice_stands_unless_its_side_was_not_known(country, chosen, expected):
    scope = three_sides("scope", (), chosen)
    assert freeze(replace(country, conflicts={"three": scope}), "2024").conflicts["three"].chosen == expected


def test_sides_of_claims_stay(country):
    conflict = Conflict("c", "x", (("more-exports",), ("export-north-2020",)), "scope", (), 0, "y")
    assert freeze(replace(country, conflicts={"c": conflict}), "2024").conflicts == {"c": conflict}


@pytest.mark.parametrize("date", ["2027", "soon", ""])
def test_a_later_day_or_no_day_is_refused(country, date):
    with pytest.raises(MoravaError):
        freeze(country, date)


def with_tables(country, *known):
    """Return a country whose tables of flows were known on some days."""
    one = country.tables["flow"]
    return replace(country, tables={f"flow-{number}": replace(one, known_on=day) for number, day in enumerate(known)})


def test_tables_without_a_day_were_not_surely_known(country):
    assert freeze(country, "2025").tables == {}


@pytest.mark.parametrize(
    ("date", "left"),
    [("2018", set()), ("2019", {"flow-0"}), ("2019-05", set()), ("2024", {"flow-0", "flow-2"})],
)
def test_tables_known_by_then_are_left(country, date, left):
    held = with_tables(country, "2019-06-30", "", "2023-12")
    assert set(freeze(held, date).tables) == left
