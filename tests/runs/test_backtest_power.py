"""Electricity as it would have been foreseen: nothing measured after the base year reaches the forecast but prices."""

from __future__ import annotations

import numpy as np
import pytest

from morava.plans import read_country
from morava.plans.read import read_futures
from morava.runs.backcast import read_past
from morava.runs.backtest_power import (
    Drivers,
    Past,
    answer_along_slopes,
    drivers,
    inputs_at,
    power_forecast,
    solve_year,
)
from morava.runs.backtest_types import Origin

ORIGIN = Origin(2019, 2018, 2024)
AT = (35000.0, 1.0, 0.68)
YEAR = 2021


@pytest.fixture(scope="module")
def serbia():
    return read_country("serbia")


@pytest.fixture(scope="module")
def past(serbia):
    return read_past(serbia)


def test_what_was_measured_later_changes_nothing_but_prices(past):
    """Output, demand and capacities of later years doubled: the same inputs."""
    changed = dict(past.inputs)
    for name in ("history_power_output", "history_power_demand", "history_power_capacity"):
        later = changed[name].coords["year"] > ORIGIN.base
        changed[name] = changed[name].where(~later, 2 * changed[name])
    before, after = (inputs_at(one, ORIGIN, YEAR, AT) for one in (past, Past(changed)))
    for name in (
        "power_capacity",
        "power_demand_path",
        "hydro_year_factor",
        "power_plant_availability",
        "border_price",
    ):
        assert np.array_equal(before[name], after[name])


def test_capacities_make_what_was_measured_in_the_base_year(past):
    made = solve_year(past, ORIGIN, YEAR, AT)
    wind = float(past.inputs["history_power_output"].sel(technology="wind", year=ORIGIN.base))
    assert made["wind"] == pytest.approx(wind / 1000, rel=0.1)


def test_lignite_follows_its_availability(past):
    low, high = (solve_year(past, ORIGIN, YEAR, (AT[0], AT[1], share))["lignite"] for share in (0.6, 0.72))
    assert high / low == pytest.approx(0.72 / 0.6, rel=0.02)


def test_answers_along_slopes_are_those_of_the_program(past):
    spread = np.array([-1.0, 0.0, 1.0])
    drawn = Drivers(AT[0] * (1 + 0.01 * spread), AT[1] + 0.1 * spread, AT[2] + 0.03 * spread)
    answer = answer_along_slopes(past, ORIGIN, YEAR, drawn)
    last = solve_year(past, ORIGIN, YEAR, [float(part[-1]) for part in drawn.parts()])
    for source in ("lignite", "hydro"):
        assert answer[source][-1] == pytest.approx(last[source], rel=0.02)


def test_draws_come_from_the_years_before_alone(serbia, past):
    drawn = drivers(serbia, past, ORIGIN, YEAR, np.random.default_rng(1), 4000)
    # Output of hydropower and lignite of 2008 to 2018, over the expected year and over capacity.
    assert drawn.water.mean() == pytest.approx(1.0, abs=0.06)
    assert drawn.available.mean() == pytest.approx(0.69, abs=0.03)
    assert drawn.demand.std() > 0


def test_years_without_prices_are_told(serbia):
    found = power_forecast(serbia, read_futures(serbia), Origin(2015, 2014, 2017), 5)
    assert {year for values in found.values.values() for year in values} == {2017}
    assert "not in 2015, 2016" in found.notes[0]
    assert all(len(sample) == 5 for values in found.values.values() for sample in values.values())


def test_a_pack_without_a_power_system_is_told():
    country = read_country("ruritania")
    found = power_forecast(country, read_futures(country), ORIGIN, 5)
    assert found.values == {}
    assert found.notes
