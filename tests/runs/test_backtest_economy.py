"""What the economy would have foreseen: built on what was known, and on outside conditions as they were."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.models.contract import as_model
from morava.models.economy.model import economy
from morava.plans import read_country
from morava.plans.read import read_futures
from morava.plans.trade_tables import load_table
from morava.runs.backtest_economy import economy_forecast, inputs_of, of_origin, product_of
from morava.runs.backtest_history import series
from morava.runs.backtest_types import Origin
from morava.runs.evidence import gather

ORIGIN = Origin(2019, 2018, 2024)
FUTURES = 3
FORESEEN = ("past_gdp", "past_export_share", "past_population", "past_employment_rate", "past_debt_ratio")


@pytest.fixture(scope="module")
def serbia():
    return read_country("serbia")


@pytest.fixture(scope="module")
def forecast(serbia):
    return economy_forecast(serbia, read_futures(serbia), ORIGIN, FUTURES)


@pytest.fixture(scope="module")
def given(serbia):
    evidence = gather(serbia, read_futures(serbia), {})
    return evidence, *inputs_of(serbia, evidence, as_model(economy), ORIGIN)


def test_every_scored_quantity_is_foreseen_in_every_year(forecast):
    assert set(forecast.values) == {"gdp", "exports", "employment", "debt_ratio"}
    for values in forecast.values.values():
        assert tuple(values) == ORIGIN.years
        assert all(sample.shape == (FUTURES,) and np.isfinite(sample).all() for sample in values.values())


def test_first_years_lie_near_the_base(serbia, forecast):
    for name in ("gdp", "employment"):
        assert np.allclose(forecast.values[name][2019], 100, atol=10)
    assert np.allclose(forecast.values["debt_ratio"][2019], 100 * series(serbia, "past_debt_ratio")[2018], atol=10)


def test_what_came_does_not_reach_the_forecast(serbia, forecast):
    """Everything that is scored, doubled in all years after the base: the same bits."""
    facts = {
        name: replace(fact, low=2 * fact.low, high=2 * fact.high)
        if fact.quantity in FORESEEN and int(fact.period) > ORIGIN.base
        else fact
        for name, fact in serbia.facts.items()
    }
    again = economy_forecast(replace(serbia, facts=facts), read_futures(serbia), ORIGIN, FUTURES)
    for name, values in forecast.values.items():
        assert all(np.array_equal(again.values[name][year], sample) for year, sample in values.items())


def test_accounts_are_those_of_the_base_year(serbia, given):
    evidence, inputs, _ = given
    accounts = inputs["social_accounts"]
    before = load_table(serbia, "social_accounts")
    assert accounts.coords["donor"].to_numpy().tolist() == ["croatia-2010"]
    assert before.sizes["donor"] == 2
    assert float(inputs["world_year"]) == ORIGIN.base
    ratio = float(inputs["capital_stock_initial"]) / product_of(evidence, accounts)
    assert ratio == pytest.approx(series(serbia, "past_capital_ratio")[ORIGIN.base])


def test_outside_conditions_are_those_that_came(serbia, given):
    _, inputs, _ = given
    growth, terms = series(serbia, "past_partner_growth"), series(serbia, "past_terms_of_trade")
    assert float(inputs["export_demand_factor"].isel(sector=0).sel(year=2020)) == pytest.approx(
        (1 + growth[2019]) * (1 + growth[2020])
    )
    # Exports that become cheaper against imports: imports cost more.
    assert float(inputs["import_price_factor"].isel(sector=0).sel(year=2022)) == pytest.approx(
        terms[2018] / terms[2022]
    )
    assert float(inputs["import_price_factor"].isel(sector=0).sel(year=2024)) == pytest.approx(
        terms[2018] / terms[2023]
    )


def test_what_was_kept_is_told_and_what_belongs_to_the_origin_is_not(given):
    _, inputs, kept = given
    told = {one.quantity: one for one in kept}
    assert told["catch_up_rate"].hindsight == "2014..2024"
    assert "wage_curve_elasticity" not in told
    assert not set(told) & set(of_origin())
    assert set(told) <= set(inputs)


def test_a_year_without_facts_is_refused(serbia):
    with pytest.raises(MoravaError, match="no fact of 2020"):
        economy_forecast(serbia, read_futures(serbia), Origin(2021, 2020, 2024), 2)
