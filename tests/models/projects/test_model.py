import numpy as np
import pytest

from morava.errors import MoravaError, Problems
from morava.models.contract import as_model
from morava.models.projects import projects
from morava.quantities import check, labelled

YEARS = list(range(2025, 2033))
HOURS = np.arange(8760)
INSTALLED = [20.0, 20.0, 40.0, 40.0, 140.0, 300.0, 300.0, 300.0]
BY_YEAR = ("data_centre_powered", "data_centre_used", "data_centre_energy", "data_centre_peak_load")
SCALARS = {
    "data_centre_target": 1000.0,
    "data_centre_power_lag": 1.5,
    "data_centre_fill_time": 3.0,
    "data_centre_training_share": 0.4,
    "data_centre_training_use": 0.9,
    "data_centre_inference_use": 0.5,
    "data_centre_day_swing": 0.3,
    "data_centre_peak_hour": 19.0,
    "data_centre_overhead_fixed": 0.08,
    "data_centre_overhead_load": 0.1,
    "data_centre_overhead_heat": 0.004,
    "data_centre_cooling_from": 15.0,
    "data_centre_water_use": 1.2,
    "data_centre_building_cost": 10.0,
    "data_centre_equipment_cost": 30.0,
    "data_centre_equipment_life": 5.0,
    "robot_output_stated": 50_000.0,
    "robot_energy_per_item": 2.0,
}


def plan(**other):
    """Return a plan of data centres in one future; other numbers by name, labels kept."""
    arrays = {name: labelled(name, value) for name, value in SCALARS.items()}
    arrays["data_centre_capacity"] = labelled("data_centre_capacity", INSTALLED, {"year": YEARS})
    season = 12 - 12 * np.cos(2 * np.pi * HOURS / 8760) - 5 * np.cos(2 * np.pi * (HOURS - 2) / 24)
    arrays["air_temperature"] = labelled(
        "air_temperature", [season - 1, season + 1], {"weather": ["cool", "warm"], "hour": HOURS.tolist()}
    )
    arrays["power_demand_path"] = labelled(
        "power_demand_path", [34_000.0, 36_000.0, 40_000.0], {"year": [2025, 2027, 2035]}
    )
    return arrays | {name: labelled(name, value, dict(arrays[name].coords)) for name, value in other.items()}


def with_futures(**other):
    """Return the plan in two futures: as it is, and with other capacity, lag, fill and demand."""
    arrays = plan(**other)
    futures = {"future": [3, 7]}
    for name, values in {
        "data_centre_capacity": [INSTALLED, [10.0, 10.0, 10.0, 60.0, 60.0, 60.0, 500.0, 500.0]],
        "power_demand_path": [[34_000.0, 36_000.0, 40_000.0], [33_000.0, 33_000.0, 33_000.0]],
    }.items():
        arrays[name] = labelled(name, values, futures | {"year": arrays[name].coords["year"].to_numpy().tolist()})
    for name, values in {"data_centre_power_lag": [1.5, 0.5], "data_centre_fill_time": [3.0, 1.0]}.items():
        arrays[name] = labelled(name, values, futures)
    return arrays


def flat(temperature=10.0):
    return np.full((2, 8760), temperature)


@pytest.mark.parametrize("make", [plan, with_futures])
def test_gives_what_it_promises_and_within_the_glossary(make):
    found = projects(**make())
    assert sorted(found) == sorted(as_model(projects).gives)
    problems = Problems()
    for name, array in found.items():
        check(name, array, "projects", problems)
    problems.raise_if_any()


@pytest.mark.parametrize("installed", [INSTALLED, INSTALLED[::-1], [5.0, 300.0, 20.0, 250.0, 0.0, 90.0, 0.0, 0.0]])
@pytest.mark.parametrize(("lag", "time"), [(0.0, 0.0), (0.4, 1.0), (1.5, 3.0), (6.0, 12.0)])
def test_installed_is_at_least_powered_and_powered_at_least_used_in_every_year(installed, lag, time):
    found = projects(**plan(data_centre_capacity=installed, data_centre_power_lag=lag, data_centre_fill_time=time))
    powered, used = found["data_centre_powered"], found["data_centre_used"]
    assert (powered <= np.array(installed)).all()
    assert (used <= powered + 1e-9).all()
    assert (found["data_centre_peak_load"] <= used + 1e-9).all()
    assert (found["data_centre_energy"] <= used * 8.76 + 1e-9).all()


def test_the_load_shape_has_the_mean_one():
    shape = projects(**plan())["data_centre_load_shape"]
    assert shape.sizes == {"hour": 8760}
    assert float(shape.mean()) == pytest.approx(1.0, abs=1e-12)
    assert float(shape.min()) > 0


def test_numbers_by_hand():
    """Level weather below the threshold, no day: every hour draws use * 1.1 + 0.08 of what a full hour does, 1.18."""
    found = projects(
        **plan(air_temperature=flat(), data_centre_day_swing=0.0, data_centre_power_lag=1.0, data_centre_fill_time=0.0)
    )
    use = 0.4 * 0.9 + 0.6 * 0.5
    drawn = (use * 1.1 + 0.08) / 1.18
    used = np.array([20.0, 20.0, 20.0, 40.0, 40.0, 140.0, 300.0, 300.0])
    energy = used * drawn * 8.76
    assert found["data_centre_powered"].to_numpy() == pytest.approx(used)
    assert found["data_centre_used"].to_numpy() == pytest.approx(used)
    assert found["data_centre_energy"].to_numpy() == pytest.approx(energy)
    assert found["data_centre_peak_load"].to_numpy() == pytest.approx(used * drawn)
    assert found["data_centre_load_shape"].to_numpy() == pytest.approx(np.ones(8760))
    national = np.array([34_000, 35_000, 36_000, 36_500, 37_000, 37_500, 38_000, 38_500])
    assert found["data_centre_energy_share"].to_numpy() == pytest.approx(energy / (national + energy))
    # Litres a kWh of computers: MW of computers at use, times hours, times a thousand kWh a MWh, in millions of litres.
    assert found["data_centre_water"].to_numpy() == pytest.approx(used / 1.18 * use * 8760 * 1000 * 1.2 / 1e6)
    assert found["robot_power_need"].item() == pytest.approx(50_000 * 2 / 8760)


def test_the_nameplate_is_drawn_at_full_use_in_the_hottest_hour():
    """Computers that are always in full use draw all of it in that hour, and less in every cooler one."""
    arrays = plan(data_centre_training_share=1.0, data_centre_training_use=1.0)
    found = projects(**arrays)
    assert found["data_centre_peak_load"].to_numpy() == pytest.approx(found["data_centre_used"].to_numpy())
    hottest = arrays["air_temperature"].mean("weather").to_numpy().argmax()
    assert found["data_centre_load_shape"].to_numpy().argmax() == hottest


def test_training_is_level_and_answering_has_a_day():
    level = projects(**plan(air_temperature=flat(), data_centre_training_share=1.0))["data_centre_load_shape"]
    assert level.to_numpy() == pytest.approx(np.ones(8760))
    shape = projects(**plan(air_temperature=flat(), data_centre_training_share=0.0))[
        "data_centre_load_shape"
    ].to_numpy()
    assert shape.reshape(365, 24).argmax(axis=1).tolist() == [19] * 365
    drawn = 0.5 * 1.1 + 0.08
    assert shape[19] == pytest.approx((0.5 * 1.3 * 1.1 + 0.08) / drawn)
    assert shape[7] == pytest.approx((0.5 * 0.7 * 1.1 + 0.08) / drawn)


def test_heat_raises_the_load_of_hot_hours_and_the_share_of_the_site_that_is_not_computers():
    mild = projects(**plan(data_centre_overhead_heat=0.0))
    hot = projects(**plan(data_centre_overhead_heat=0.02))
    temperature = plan()["air_temperature"].mean("weather").to_numpy()
    summer, winter = temperature > 25, temperature < 5
    more = (hot["data_centre_load_shape"] - mild["data_centre_load_shape"]).to_numpy()
    assert summer.sum() > 100
    assert winter.sum() > 100
    assert more[summer].min() > 0
    assert more[winter].max() < 0
    assert (hot["data_centre_water"] < mild["data_centre_water"]).all()


def test_capital_of_buildings_is_what_is_added():
    found = projects(**plan())
    assert found["data_centre_capital_building"].item() == pytest.approx(280 * 10 / 1000)


def test_capital_with_equipment_buys_what_is_used_and_buys_it_again():
    """Sites whose computers are all of the nameplate: no overhead at all."""
    found = projects(
        **plan(
            data_centre_overhead_fixed=0.0, data_centre_overhead_load=0.0, data_centre_overhead_heat=0.0,
            data_centre_power_lag=1.0, data_centre_fill_time=0.0,
        )
    )  # fmt: skip
    used = [20.0, 20.0, 20.0, 40.0, 40.0, 140.0, 300.0, 300.0]
    bought = (300 - 20) + sum(used[1:]) / 5
    building = found["data_centre_capital_building"].item()
    assert found["data_centre_capital_all"].item() == pytest.approx(building + bought * 30 / 1000)


def test_computers_are_the_part_of_the_site_that_overhead_leaves():
    arrays = {"air_temperature": flat(), "data_centre_power_lag": 0.0, "data_centre_fill_time": 0.0}
    found = projects(**plan(**arrays))
    added = found["data_centre_capital_all"].item() - found["data_centre_capital_building"].item()
    assert added == pytest.approx((280 + sum(INSTALLED[1:]) / 5) / 1.18 * 30 / 1000)


def test_what_is_pulled_down_gives_no_money_back():
    found = projects(**plan(data_centre_capacity=[20.0, 120.0, 20.0, 20.0, 70.0, 70.0, 0.0, 0.0]))
    assert found["data_centre_capital_building"].item() == pytest.approx((100 + 50) * 10 / 1000)


def test_doubling_to_the_target_asks_for_half_of_it_at_the_start():
    assert projects(**plan())["data_centre_base_ratio"].item() == pytest.approx(1000 / 2 / 20)
    at_half = projects(**plan(data_centre_target=40.0))
    assert at_half["data_centre_base_ratio"].item() == 1.0


@pytest.mark.parametrize("first", [0.0, -1.0])
def test_without_a_data_centre_in_the_first_year_nothing_can_be_doubled(first):
    with pytest.raises(MoravaError) as caught:
        projects(**plan(data_centre_capacity=[first, *INSTALLED[1:]]))
    (problem,) = caught.value.problems
    assert "no data centre in the first year" in problem.what
    assert problem.where == "projects"
    assert "data_centre_capacity above zero" in problem.mend


def test_one_future_without_a_first_data_centre_is_enough_to_refuse():
    arrays = with_futures()
    arrays["data_centre_capacity"].loc[{"future": 7, "year": 2025}] = 0.0
    with pytest.raises(MoravaError):
        projects(**arrays)


def test_a_future_among_others_is_the_same_as_alone():
    arrays = with_futures()
    together = projects(**arrays)
    assert together["data_centre_energy"].coords["future"].to_numpy().tolist() == [3, 7]
    for number in (3, 7):
        own = {
            name: array.sel(future=number, drop=True) if "future" in array.dims else array
            for name, array in arrays.items()
        }
        alone = projects(**own)
        for name, array in alone.items():
            held = together[name]
            held = held.sel(future=number, drop=True) if "future" in held.dims else held
            np.testing.assert_array_equal(held, array)
    assert (together["data_centre_energy"].sel(future=3) != together["data_centre_energy"].sel(future=7)).any()


def test_more_of_everything_draws_in_proportion():
    one = projects(**plan())
    other = projects(**plan(data_centre_capacity=[3 * mw for mw in INSTALLED]))
    for name in BY_YEAR:
        assert other[name].to_numpy() == pytest.approx(3 * one[name].to_numpy(), rel=1e-12)
    np.testing.assert_allclose(other["data_centre_load_shape"], one["data_centre_load_shape"], rtol=1e-12)


def test_inputs_are_not_changed():
    arrays = with_futures()
    before = {name: array.copy(deep=True) for name, array in arrays.items()}
    projects(**arrays)
    for name, array in arrays.items():
        assert array.identical(before[name]), name


def test_futures_may_come_with_any_input():
    for name, values in {"data_centre_power_lag": [1.5, 0.5], "data_centre_fill_time": [3.0, 1.0]}.items():
        found = projects(**plan() | {name: labelled(name, values, {"future": [3, 7]})})
        assert found["data_centre_used"].sizes["future"] == 2
        assert (found["data_centre_used"].sel(future=7) >= found["data_centre_used"].sel(future=3)).all()
    demand = labelled("power_demand_path", [[34_000.0], [17_000.0]], {"future": [3, 7], "year": [2025]})
    share = projects(**plan() | {"power_demand_path": demand})["data_centre_energy_share"]
    assert (share.sel(future=7) > share.sel(future=3)).all()


def test_different_futures_are_refused():
    lag = labelled("data_centre_power_lag", [1.0, 2.0], {"future": [1, 2]})
    fill = labelled("data_centre_fill_time", [1.0, 2.0], {"future": [1, 3]})
    with pytest.raises(MoravaError, match="different futures"):
        projects(**plan() | {"data_centre_power_lag": lag, "data_centre_fill_time": fill})


def test_a_site_that_computes_nothing_at_night_still_draws_its_overhead():
    found = projects(**plan(data_centre_training_share=0.0, data_centre_day_swing=1.0))
    shape = found["data_centre_load_shape"].to_numpy()
    assert np.isfinite(shape).all()
    assert shape.min() > 0


def test_more_use_than_there_is_is_refused():
    with pytest.raises(MoravaError, match=r"1\.\d+ times what they have"):
        projects(**plan(data_centre_inference_use=1.0, data_centre_day_swing=0.5, data_centre_training_share=0.0))
