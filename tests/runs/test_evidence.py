"""Facts by cell: settled, drawn or refused by name; money of the country; holes named; intentions left out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr

from morava.errors import MoravaError
from morava.plans.types import Conflict, Fact
from morava.runs.evidence import array_from_facts, cell_of, gather, value_at

SOLAR = (("technology", "solar"), ("year", "2025"))


def fact(name, quantity="power_capacity", low=20.0, high=None, **other):
    given = {"where": {"technology": "solar"}, "unit": "MW", "period": "2025", "status": "measured", "text": ""} | other
    return Fact(
        name=name,
        quantity=quantity,
        low=low,
        high=low if high is None else high,
        known_on="2025-12-31",
        vintage="",
        source="crown-office",
        locator="",
        note="",
        **given,
    )


def conflict(kind, *sides, weights=(), chosen=None):
    return Conflict(
        "dispute", "a number", tuple((s,) if isinstance(s, str) else s for s in sides), kind, weights, chosen, "so"
    )


@pytest.fixture
def facts_of(ruritania, nobody):
    """Return evidence of Ruritania with its capacities of power exchanged for others."""

    def make(*facts, conflicts=(), drawn=None):
        kept = {n: f for n, f in ruritania.facts.items() if f.quantity not in {one.quantity for one in facts}}
        country = replace(
            ruritania,
            facts=kept | {one.name: one for one in facts},
            conflicts={one.name: one for one in conflicts},
        )
        decides = {n: replace(u, conflict="dispute") if u.conflict else u for n, u in nobody.uncertainties.items()}
        return gather(country, replace(nobody, uncertainties=decides), drawn or {})

    return make


@pytest.mark.parametrize(
    ("period", "year"),
    [("2025", "2025"), ("2025-12", "2025"), ("2025-12-31", "2025"), ("2026-01-01", "2026"), ("2023..2024", "2024")],
)
def test_a_stock_stands_in_the_year_in_which_its_period_ends(period, year):
    assert dict(cell_of(fact("a", period=period))) == {"technology": "solar", "year": year}


@pytest.mark.parametrize("period", ["2025", "2025-01..2025-09", "2025-Q1"])
def test_a_flow_keeps_its_span(period):
    flow = fact("a", "trade_export", where={"partner": "Northmark"}, unit="billion RUC_2025", period=period)
    assert dict(cell_of(flow))["year"] == period


def test_a_chosen_side_counts(facts_of):
    dispute = conflict("unit error", "a", "b", chosen=1)
    evidence = facts_of(fact("a", low=20), fact("b", low=30), conflicts=[dispute])
    assert value_at(evidence, "power_capacity", SOLAR, evidence.by_cell["power_capacity"][SOLAR]) == 30


def test_a_genuine_conflict_is_drawn_by_the_order_of_its_sides(facts_of):
    dispute = conflict("genuine", "b", "a", weights=(0.5, 0.5))
    side = xr.DataArray([0.0, 1.0, 0.0], coords={"future": [4, 5, 6]}, dims=["future"])
    evidence = facts_of(fact("a", low=20), fact("b", low=30), conflicts=[dispute], drawn={"solar_price": side})
    drawn = array_from_facts(evidence, "power_capacity").sel(technology="solar", year=2025)
    assert drawn.coords["future"].to_numpy().tolist() == [4, 5, 6]
    assert drawn.to_numpy().tolist() == [30, 20, 30]


def test_a_genuine_conflict_that_nothing_draws_is_refused(facts_of):
    evidence = facts_of(fact("a", low=20), fact("b", low=30), conflicts=[conflict("genuine", "a", "b", weights=(1, 1))])
    with pytest.raises(MoravaError, match="the genuine conflict dispute is not drawn"):
        array_from_facts(evidence, "power_capacity")


@pytest.mark.parametrize(
    "conflicts",
    [
        [],
        [conflict("unit error", "a", "elsewhere", chosen=0)],
        [conflict("genuine", "a", "b", weights=(0.5, 0.5))],
        [conflict("scope", ("a", "b"), "c", chosen=0)],
        [conflict("scope", "a", "b", chosen=0)],
        [conflict("scope", "a", "b", chosen=0), replace(conflict("scope", "c", "z", chosen=0), name="another")],
    ],
    ids=[
        "no conflict",
        "one named",
        "two sides of three facts",
        "two values on the chosen side",
        "a third fact",
        "two",
    ],
)
def test_facts_of_one_cell_that_nothing_settles_are_refused_by_name(facts_of, conflicts):
    evidence = facts_of(fact("a", low=20), fact("b", low=30), fact("c", low=40), conflicts=conflicts)
    with pytest.raises(MoravaError, match=r"power_capacity has 3 facts .*: a, b, c"):
        array_from_facts(evidence, "power_capacity")


def test_two_facts_on_the_chosen_side_may_say_the_same(facts_of):
    dispute = conflict("scope", ("a", "b"), "c", chosen=0)
    evidence = facts_of(fact("a", low=20), fact("b", low=0.02, unit="GW"), fact("c", low=40), conflicts=[dispute])
    assert array_from_facts(evidence, "power_capacity").item() == 20


@pytest.mark.parametrize(("low", "high"), [(20.0, 30.0), (20.0, None), (None, 30.0)])
def test_a_range_and_an_open_bound_are_no_number_for_a_model(facts_of, low, high):
    evidence = facts_of(replace(fact("a"), low=low, high=high))
    with pytest.raises(MoravaError, match="a gives a range") as caught:
        array_from_facts(evidence, "power_capacity")
    assert "uncertainty" in caught.value.problems[0].mend


def test_bounds_of_a_range_are_in_the_unit_of_the_glossary_and_open_sides_infinite(facts_of):
    evidence = facts_of(fact("a"))
    assert evidence.bounds(replace(fact("b"), low=1.5, high=2.0, unit="GW")) == (1500, 2000)
    assert evidence.bounds(replace(fact("b"), low=None)) == (-np.inf, 20)
    assert evidence.bounds(replace(fact("b"), high=None)) == (20, np.inf)


@pytest.mark.parametrize(
    ("value", "unit", "crowns"),
    [
        (1, "million RUC_2025", 1),
        (92, "million RUC_2023", 100),
        (96, "million EUR_2023", 400),
        (1, "billion EUR_2025", 4000),
    ],
)
def test_money_of_other_years_and_currencies_by_hand(facts_of, value, unit, crowns):
    flow = fact("a", "trade_export", value, where={"partner": "Northmark"}, unit=unit)
    assert array_from_facts(facts_of(flow), "trade_export").item() == pytest.approx(crowns, rel=1e-12)


def test_money_of_a_year_without_deflator_is_refused_by_name(facts_of):
    flow = fact("a", "trade_export", 1, where={"partner": "Northmark"}, unit="million RUC_2019")
    with pytest.raises(MoravaError, match="no deflator of RUC for 2019"):
        array_from_facts(facts_of(flow), "trade_export")


def test_all_holes_are_named_at_once(facts_of):
    facts = [fact(f"{t}-{y}", where={"technology": t}, period=str(y)) for t, y in (("sun", 2024), ("wind", 2025))]
    with pytest.raises(MoravaError) as caught:
        array_from_facts(facts_of(*facts), "power_capacity")
    assert [problem.what for problem in caught.value.problems] == [
        "power_capacity has no fact for {'technology': 'sun', 'year': '2025'}",
        "power_capacity has no fact for {'technology': 'wind', 'year': '2024'}",
    ]


def test_what_is_planned_is_no_state_of_the_world(facts_of):
    evidence = facts_of(fact("now"), fact("aim", low=500, period="2030", status="planned"))
    assert array_from_facts(evidence, "power_capacity").coords["year"].to_numpy().tolist() == [2025]
    with pytest.raises(MoravaError, match="no fact gives power_capacity") as caught:
        array_from_facts(facts_of(fact("aim", status="planned")), "power_capacity")
    assert "MW" in caught.value.problems[0].mend


def test_words_are_kept_as_words(facts_of):
    spoken = [fact(n, "statement", None, where={"item": n}, unit="", text=f"реч {n}") for n in ("a", "b")]
    spoken = [replace(one, low=None, high=None) for one in spoken]
    assert array_from_facts(facts_of(*spoken), "statement").to_numpy().tolist() == ["реч a", "реч b"]
