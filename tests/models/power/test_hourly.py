"""What power gives by the hour: it balances, sums to the year's figures, and its curves are the sorted hours."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from morava.models.contract import as_model
from morava.models.power import DURATIONS, HOURLY, power, power_in_hours
from morava.models.power.hourly import THOUSANDTHS, duration_curve
from morava.models.projects import projects
from morava.runs.guard import run
from morava.runs.lower_power import budget_committed, calendar_inputs
from morava.runs.request import Detail
from morava.runs.simulate import simulate

TWO = Detail(futures=2, years=(2026, 2040), weeks=2, check=0)


@pytest.fixture(scope="module")
def found(ruritania, crown, nobody):
    return simulate(ruritania, crown, nobody, 2030, [0, 1], TWO)


@pytest.fixture(scope="module")
def hours(found):
    return {name: array.sel(future=0) for name, array in found.hours.items()}


def test_the_first_future_has_hours_and_every_solved_one_curves(found):
    assert sorted(found.hours) == sorted((*HOURLY, *DURATIONS))
    assert {tuple(found.hours[name].coords["future"].to_numpy().tolist()) for name in HOURLY} == {(0,)}
    assert {tuple(found.hours[name].coords["future"].to_numpy().tolist()) for name in DURATIONS} == {(0, 1)}
    assert not set(found.hours) & set(found.values)


def test_every_hour_balances(hours):
    flow = hours["border_flow_hourly"].sum("border")
    supplied = (
        hours["power_output_hourly"].sum("technology")
        - hours["power_charged_hourly"].sum("technology")
        + flow.sel(direction="import", drop=True)
        - flow.sel(direction="export", drop=True)
        + hours["power_unserved_hourly"]
        + hours["power_moved_hourly"]
    )
    np.testing.assert_allclose(supplied, hours["power_load_hourly"], atol=1e-6)


@pytest.mark.parametrize(
    ("by_hour", "by_year"),
    [
        ("power_output_hourly", "power_output"),
        ("power_charged_hourly", "power_charged"),
        ("power_load_hourly", "power_load"),
        ("power_unserved_hourly", "power_unserved"),
        ("border_flow_hourly", "border_flow"),
    ],
)
def test_hours_sum_to_the_year(found, hours, by_hour, by_year):
    weights = hours["power_hour_weight"]
    assert float(weights.sum()) == pytest.approx(8760)
    summed = (hours[by_hour] * weights).sum("hour") / 1000
    yearly = found.values[by_year].sel(future=0, drop=True)
    held = {dim: summed.coords[dim].to_numpy() for dim in summed.dims}
    np.testing.assert_allclose(summed, yearly.sel(held).transpose(*summed.dims), rtol=1e-9, atol=1e-7)
    rest = yearly.drop_sel(technology=held["technology"]) if "technology" in held else yearly[:0]
    assert np.abs(rest).sum() == 0


def test_the_mean_price_is_that_of_the_hours(found, hours):
    weight = hours["power_load_hourly"] * hours["power_hour_weight"]
    mean = (hours["power_price_hourly"] * weight).sum("hour") / weight.sum("hour")
    np.testing.assert_allclose(mean, found.values["power_price_mean"].sel(future=0), rtol=1e-9)


def test_storages_hold_what_they_can(hours):
    held = hours["power_level_hourly"]
    assert held.min() >= -1e-6
    assert held.max() > 0


def test_curves_begin_at_the_highest_hour_and_end_at_the_lowest(hours):
    for curve, by_hour in (
        ("power_load_duration", "power_load_hourly"),
        ("power_price_duration", "power_price_hourly"),
    ):
        np.testing.assert_array_equal(hours[curve].sel(quantile=0), hours[by_hour].max("hour"))
        np.testing.assert_array_equal(hours[curve].sel(quantile=1000), hours[by_hour].min("hour"))
        assert (np.diff(hours[curve].transpose("year", "quantile")) <= 0).all()


def test_the_residual_load_is_what_weather_leaves(found, hours):
    kinds = found.lowered.inputs["power_technology_kind"]
    weather = kinds.coords["technology"].to_numpy()[np.isin(kinds.to_numpy(), ["wind", "solar", "river"])]
    assert len(weather) >= 3
    output = hours["power_output_hourly"].sel(technology=weather).sum("technology")
    residual = (hours["power_load_hourly"] - output).sel(year=2040).to_numpy()
    wanted = duration_curve(residual, hours["power_hour_weight"].to_numpy(), THOUSANDTHS)
    np.testing.assert_allclose(hours["power_residual_duration"].sel(year=2040), wanted)


def test_hours_are_those_of_a_future_alone_and_move_no_result(found, ruritania, crown, nobody):
    alone = simulate(ruritania, crown, nobody, 2030, [1], TWO)
    assert sorted(alone.hours) == sorted(DURATIONS)
    for name in DURATIONS:
        np.testing.assert_array_equal(alone.hours[name].sel(future=1), found.hours[name].sel(future=1))
    known = {**alone.lowered.inputs, **alone.values, **calendar_inputs(TWO, 1)}
    known |= run(as_model(projects), known)
    known |= budget_committed(known)
    plain, kept = run(as_model(power), known), run(power_in_hours(True), known)
    for name, array in plain.items():
        np.testing.assert_array_equal(array, kept[name])


def test_screened_futures_and_those_without_power_keep_nothing(ruritania, crown, nobody):
    assert simulate(ruritania, crown, nobody, 2030, [5]).hours == {}
    screened = Detail(futures=0, years=(2030,), weeks=0, check=0, screened=1)
    assert simulate(ruritania, crown, nobody, 2030, [0], screened).hours == {}


@given(
    st.lists(st.floats(-100, 100), min_size=1, max_size=30),
    st.lists(st.integers(1, 5), min_size=30, max_size=30),
)
def test_a_curve_is_the_sorted_hours_written_out(values, weights):
    weights = weights[: len(values)]
    written = np.sort(np.repeat(values, weights))[::-1]
    places = [max(-(-share * len(written) // 1000) - 1, 0) for share in THOUSANDTHS]
    found = duration_curve(np.array(values), np.array(weights, dtype=float), THOUSANDTHS)
    np.testing.assert_array_equal(found, written[places])
