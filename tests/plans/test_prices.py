"""Money of another year: deflated in its own currency, then converted at the rate of the base year; nothing guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.errors import MoravaError
from morava.plans import Prices, read_country
from morava.plans.types import Conflict


@pytest.fixture(scope="module")
def country():
    return read_country("ruritania")


@pytest.fixture(scope="module")
def prices(country):
    return Prices(country)


@pytest.mark.parametrize(
    ("value", "unit", "target", "expected"),
    [
        (100, "million RUC_2025", "million money", 100),
        (1, "billion RUC_2025", "million money", 1000),
        (92, "million RUC_2023", "million money", 100),
        (80, "million RUC_2020", "million RUC_2023", 92),
        (1, "EUR_2025", "money", 4),
        (96, "million EUR_2023", "million money", 400),
        (8, "RUC_2025", "EUR_2025", 2),
        (92, "RUC_2023", "EUR_2025", 25),
        (5, "million money", "million money", 5),
        (5, "million money", "EUR_2025", 1_250_000),
        (96, "EUR_2023 / MWh", "money / MWh", 400),
        (96, "EUR_2023 / kWh", "money / MWh", 400_000),
        (400, "MWh / EUR_2023", "MWh / money", 96),
        (12, "million RUC_2025 / month", "million money / year", 144),
        (3, "GW", "MW", 3000),
    ],
)
def test_conversions_worked_by_hand(prices, value, unit, target, expected):
    assert prices.convert(value, unit, target) == pytest.approx(expected, rel=1e-12)


def test_deflating_and_converting_in_the_other_order_would_be_another_number(prices):
    """Without a rate of 2023 only the stated order is possible: the euro deflator, then the rate of 2025."""
    assert prices.convert(1, "EUR_2023", "RUC_2025") == pytest.approx(100 / 96 * 4)
    with pytest.raises(MoravaError, match="no exchange rate of RUC for 2023"):
        prices.convert(1, "EUR_2023", "RUC_2023")


@pytest.mark.parametrize(
    ("unit", "target", "what", "mend"),
    [
        ("RUC_2021", "money", "no deflator of RUC for 2021", "currency=RUC and period 2021"),
        ("USD_2025", "money", "no exchange rate of USD for 2025", "a fact of exchange_rate with where currency=USD"),
        ("USD_2023", "money", "no deflator of USD for 2025", "a fact of price_deflator with where currency=USD"),
        ("MW", "money", "MW cannot be read as RUC_2025", "must measure the same"),
        ("money", "MW", "RUC_2025 cannot be read as MW", "must measure the same"),
        ("RUC_2023 / year", "money", "cannot be read as", "must measure the same"),
        ("RUC_2023 * EUR_2023", "money", "names two kinds of money", "one currency and one year"),
        ("gold", "money", "unknown unit 'gold'", "pint units"),
    ],
)
def test_what_no_fact_gives_is_named_and_never_guessed(prices, unit, target, what, mend):
    with pytest.raises(MoravaError) as error:
        prices.convert(1.0, unit, target)
    assert what in error.value.problems[0].what
    assert mend in error.value.problems[0].mend


@settings(deadline=None, max_examples=60)
@given(
    value=st.floats(-1e9, 1e9),
    unit=st.sampled_from(["RUC_2020", "RUC_2023", "RUC_2025", "EUR_2023", "EUR_2025"]),
    target=st.sampled_from(["RUC_2020", "RUC_2023", "RUC_2025", "EUR_2023", "EUR_2025"]),
)
def test_there_and_back_through_the_price_base_loses_nothing(value, unit, target):
    prices = Prices(read_country("ruritania"))
    direct = prices.convert(value, unit, "money")
    assert direct == pytest.approx(value * prices.convert(1.0, unit, "money"), rel=1e-12, abs=1e-9)
    if unit[:3] == target[:3]:
        back = prices.convert(prices.convert(value, unit, target), target, unit)
        assert back == pytest.approx(value, rel=1e-12, abs=1e-9)


def facts_with(country, name, **changes):
    return {**country.facts, "other": replace(country.facts[name], name="other", **changes)}


def test_two_deflators_of_one_year_are_refused_until_a_conflict_chooses(country):
    facts = facts_with(country, "deflator-2023", low=50.0, high=50.0)
    with pytest.raises(MoravaError, match="is not one number above zero: deflator-2023, other"):
        Prices(replace(country, facts=facts)).convert(1, "RUC_2023", "money")
    chosen = Conflict("c", "deflator", (("deflator-2023",), ("other",)), "vintage", (), 1, "newer")
    settled = replace(country, facts=facts, conflicts={**country.conflicts, "c": chosen})
    assert Prices(settled).convert(1, "RUC_2023", "money") == pytest.approx(2)


def test_planned_prices_and_ranges_are_no_prices(country):
    planned = facts_with(country, "deflator-2023", status="planned", period="2030")
    with pytest.raises(MoravaError, match="no deflator of RUC for 2030"):
        Prices(replace(country, facts=planned)).convert(1, "RUC_2030", "money")
    ranged = {**country.facts, "deflator-2023": replace(country.facts["deflator-2023"], high=93.0)}
    with pytest.raises(MoravaError, match="is not one number"):
        Prices(replace(country, facts=ranged)).convert(1, "RUC_2023", "money")
