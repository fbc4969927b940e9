"""The power system put back into past years: what goes in is what was measured, what comes out is held against it."""

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.models.contract import as_model
from morava.models.power import power
from morava.plans.read import read_country
from morava.runs.backcast import (
    CONSTANT,
    EMISSION,
    LINE,
    MUST_RUN,
    NET_IMPORT,
    TEST_YEARS,
    Past,
    backcast,
    can_backcast,
    inputs_of_year,
    measured,
    modelled,
    read_past,
)

WEEKS = 4


@pytest.fixture(scope="module")
def past():
    return read_past(read_country("serbia"))


@pytest.fixture(scope="module")
def found():
    return backcast("serbia", WEEKS)


def test_every_year_and_quantity_stands_once(found):
    quantities = ["lignite", "gas", NET_IMPORT, EMISSION]
    assert [(row.year, row.quantity) for row in found.rows] == [(y, q) for y in TEST_YEARS for q in quantities]
    assert [score.quantity for score in found.scores] == quantities


def test_it_errs_less_than_as_last_year(found):
    assert [score.quantity for score in found.scores if not score.beats_last_year] == []


def test_scores_are_the_mean_absolute_errors_of_the_rows(found):
    for score in found.scores:
        rows = [row for row in found.rows if row.quantity == score.quantity]
        assert score.modelled == pytest.approx(np.mean([abs(row.modelled - row.measured) for row in rows]))
        assert score.last_year == pytest.approx(np.mean([abs(row.last_year - row.measured) for row in rows]))
        assert score.beats_last_year == (score.modelled < score.last_year)


def test_measured_values_are_those_of_the_annual_series(past):
    """Coal 23.49, gas 1.45 and net imports 2.75 TWh in 2022, as the table of anchors prints them."""
    seen = measured(past, 2022, {"lignite": 1.0, "gas": 0.5})
    assert (seen["lignite"], seen["gas"], seen[NET_IMPORT]) == (23.49, 1.45, 2.75)
    assert seen[EMISSION] == pytest.approx(23.49 + 0.5 * 1.45)


@pytest.mark.parametrize("year", [2019, 2022])
def test_totals_that_are_given_come_out_again(past, year):
    """Gross output of all sources and net imports is gross demand, so that asked quantities add up with given ones."""
    found = modelled(past, year, LINE, WEEKS)
    output = past.inputs["history_power_output"].sel(year=year)
    given = sum(float(output.sel(technology=one)) for one in ("hydro", "wind", "solar", "biofuel", "oil")) / 1000
    demand = float(past.inputs["history_power_demand"].sel(year=year)) / 1000
    total = found["lignite"] + found["gas"] + found[NET_IMPORT] + given
    assert total == pytest.approx(demand, abs=0.75)  # TWh: pumping, own use of what the program does not run


def test_the_availability_of_later_years_is_not_looked_at(past):
    """The line is one through 2016 to 2021; three points of it say that it is straight."""
    line = past.inputs[LINE].sel(technology="lignite")
    steps = line.diff("year").to_numpy()
    assert np.ptp(steps) == pytest.approx(0, abs=2e-6)
    output = past.inputs["history_power_output"].sel(technology="lignite")
    own = float(past.inputs["power_own_use"].sel(technology="lignite"))
    years = np.arange(2016, 2022)
    seen = output.sel(year=years).to_numpy() * (1 - own) * 1000 / (3936 * 8760)
    assert line.sel(year=years).mean() == pytest.approx(seen.mean(), abs=1e-5)
    assert past.inputs[CONSTANT].sel(technology="lignite", year=2024) == pytest.approx(seen.mean(), abs=1e-5)
    assert steps[0] == pytest.approx(np.polyfit(years, seen, 1)[0], abs=2e-6)


def test_lignite_that_always_runs_fits_the_fitted_years_best(past):
    """Root mean square errors over 2017 to 2021, as the fact that carries the share says."""
    errors = []
    for share in (0.35, 1.0):
        least = past.inputs[MUST_RUN].copy()
        least.loc[{"technology": "lignite"}] = share
        tried = Past({**past.inputs, MUST_RUN: least})
        rows = [
            modelled(tried, year, LINE, WEEKS)["lignite"] - measured(tried, year, {"lignite": 1, "gas": 1})["lignite"]
            for year in (2017, 2018, 2019, 2020, 2021)
        ]
        errors.append(float(np.sqrt(np.mean(np.square(rows)))))
    assert errors[0] > 2 > 1 > errors[1]


def test_the_past_has_no_carbon_price_no_data_centres_and_no_plan(past):
    inputs = inputs_of_year(past, 2022, LINE, "2015", WEEKS)
    assert set(as_model(power).needs) - set(inputs) == {"weather_draw"}
    for name in ("carbon_price_path", "carbon_border_price", "data_centre_energy", "power_budget_committed"):
        assert float(inputs[name].sum()) == 0


def test_a_country_without_a_past_is_refused_by_name():
    assert not can_backcast(read_country("ruritania"))
    with pytest.raises(MoravaError, match="does not hold the past"):
        backcast("ruritania")
