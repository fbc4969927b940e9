"""The model on labelled arrays: a small country with everything in it."""

import numpy as np
import pytest
import xarray as xr

from morava.errors import MoravaError
from morava.models.adequacy import adequacy, adequacy_chronological
from morava.models.adequacy.chronological import GIVES, system_of
from morava.models.adequacy.chronology import simulate
from morava.models.adequacy.convolution import expected_shortage, outage_table
from morava.models.contract import as_model
from morava.quantities import labelled
from morava.runs.guard import run

TECHNOLOGIES = {
    "lignite": "thermal",
    "hydro": "river",
    "reservoir": "reservoir",
    "pumped": "pumped_storage",
    "battery": "battery",
    "wind": "wind",
    "solar": "solar",
}
BORDERS = ["east", "west"]
YEARS = [2025, 2030]
HOURS = 8760


def by_technology(name, *values):
    return labelled(name, values, {"technology": list(TECHNOLOGIES)})


def known(**changes) -> dict[str, xr.DataArray]:
    random = np.random.default_rng(3)
    hour = np.arange(HOURS)
    weather = {"weather": ["1999", "2000"], "hour": hour.tolist()}
    load = np.stack([1 + 0.2 * np.cos(2 * np.pi * hour / HOURS) + 0.15 * np.sin(2 * np.pi * hour / 24)] * 2)
    unit = {"unit": ["old", "new"]}
    found = {
        "power_fleet": labelled(
            "power_fleet",
            [[500, 420], [60, 60], [40, 40], [50, 50], [0, 40], [100, 200], [0, 100]],
            {"technology": list(TECHNOLOGIES), "year": YEARS},
        ),
        "power_capacity": labelled(
            "power_capacity",
            [[500, 420], [100, 100], [50, 50], [0, 0], [100, 150], [0, 50]],
            {"technology": [name for name in TECHNOLOGIES if name not in ("reservoir",)], "year": YEARS},
        ),
        "power_technology_kind": by_technology("power_technology_kind", *TECHNOLOGIES.values()),
        "power_unit_capacity": labelled("power_unit_capacity", [100, 250], unit),
        "power_unit_technology": labelled("power_unit_technology", ["lignite", "lignite"], unit),
        "power_unit_start": labelled("power_unit_start", [1970, 2000], unit),
        "power_unit_end": labelled("power_unit_end", [2029, 2099], unit),
        "power_unit_outage": labelled("power_unit_outage", [0.2, 0.1], unit),
        "power_standard_size": by_technology("power_standard_size", 60, 5, 20, 50, 20, 5, 5),
        "power_standard_outage": by_technology("power_standard_outage", 0.1, 0.03, 0.03, 0.04, 0.03, 0, 0),
        "power_repair_time": by_technology("power_repair_time", 60, 40, 40, 40, 40, 10, 10),
        "power_energy_hours": by_technology("power_energy_hours", 0, 0, 300, 8, 4, 0, 0),
        "power_round_trip_efficiency": by_technology("power_round_trip_efficiency", 1, 1, 1, 0.75, 0.9, 1, 1),
        "power_charge_ratio": by_technology("power_charge_ratio", 0, 0, 0, 1, 1, 0, 0),
        "power_reservoir_capacity": labelled("power_reservoir_capacity", 40),
        "power_load_shape": labelled("power_load_shape", load, weather),
        "wind_availability": labelled("wind_availability", random.uniform(0, 0.6, (2, HOURS)), weather),
        "solar_availability": labelled("solar_availability", random.uniform(0, 0.3, (2, HOURS)), weather),
        "river_availability": labelled("river_availability", np.full((2, HOURS), 0.5), weather),
        "inflow_shape": labelled("inflow_shape", np.ones((2, HOURS)), weather),
        "weather_draw": labelled("weather_draw", 0.7),
        "hydro_output_expected": labelled("hydro_output_expected", 300),
        "hydro_year_factor": labelled("hydro_year_factor", 1.0),
        "power_demand_path": labelled("power_demand_path", [4200, 4400], {"year": YEARS}),
        "data_centre_energy": labelled("data_centre_energy", [0, 100], {"year": YEARS}),
        "data_centre_load_shape": labelled("data_centre_load_shape", np.ones(HOURS), {"hour": hour.tolist()}),
        "border_capacity": labelled(
            "border_capacity",
            [[[80, 80], [60, 60]], [[40, 60], [30, 30]]],
            {"border": BORDERS, "direction": ["import", "export"], "year": YEARS},
        ),
        "border_firm_share": labelled("border_firm_share", 0.5),
        "border_mean_share": labelled("border_mean_share", 0.5),
        "border_outage": labelled("border_outage", [0.05, 0.01], {"border": BORDERS[::-1]}),
        "border_stress_correlation": labelled("border_stress_correlation", 0.5),
        "border_stress_persistence": labelled("border_stress_persistence", 48),
        "adequacy_outage_draw": labelled("adequacy_outage_draw", 0.25),
        "adequacy_samples": labelled("adequacy_samples", 10),
        "power_solve_year": labelled("power_solve_year", YEARS, {"item": ["2025", "2030"]}),
        "power_period": labelled("power_period", YEARS, {"item": ["2025", "2030"]}),
    }
    return found | changes


def answer(inputs):
    return adequacy_chronological(**{name: inputs[name] for name in adequacy_chronological.needs})


def over_futures(name, values):
    return labelled(name, values, {"future": [4, 9]})


def test_results_pass_the_border_and_hang_together():
    found = run(as_model(adequacy_chronological), known())
    assert list(found) == list(GIVES)
    assert found["adequacy_lole_without_border"].dims == ("border", "year")
    assert found["adequacy_lole_without_border"].coords["border"].to_numpy().tolist() == BORDERS
    for kind in ("lole", "eue"):
        low, mean, high = (found[f"adequacy_{kind}_{which}"] for which in ("low", "simulated", "high"))
        assert (low <= mean).all()
        assert (mean < high).all()
        assert (mean > 0).all()
    assert (found["adequacy_lole_without_border"] >= found["adequacy_lole_simulated"]).all()


def test_a_future_is_itself_in_any_company():
    drawn = {
        "adequacy_outage_draw": over_futures("adequacy_outage_draw", [0.25, 0.75]),
        "weather_draw": over_futures("weather_draw", [0.7, 0.1]),
    }
    both, alone = answer(known(**drawn)), answer(known())
    for name in GIVES:
        assert both[name].dims[0] == "future"
        assert both[name].sel(future=4).to_numpy().tobytes() == alone[name].to_numpy().tobytes()
    assert (both["adequacy_eue_simulated"].sel(future=9) != alone["adequacy_eue_simulated"]).any()


@pytest.mark.parametrize("draw", [0.0, 1.0])
def test_the_ends_of_the_draw_are_seeds_too(draw):
    found = answer(known(adequacy_outage_draw=labelled("adequacy_outage_draw", draw)))
    assert (found["adequacy_lole_simulated"] > 0).all()


def test_what_stands_in_a_year():
    before, after = (system_of(known(), year) for year in YEARS)
    assert before.units.names == ("new", "old", "lignite, addition 1", "lignite, addition 2", "lignite, addition 3")
    assert before.units.capacity.tolist() == [250, 100, 60, 60, 30]
    assert before.units.repair.tolist() == [60] * 5
    # The old unit is gone, and no longer in what the program leaves standing: it is not taken off twice.
    assert after.units.capacity.tolist() == [250, 60, 60, 50]
    assert after.units.capacity.sum() == 420
    lake, pumped, battery = after.storages
    assert (lake.charge, lake.discharge, lake.energy) == pytest.approx((0, 40 * 0.97, 40 * 300))
    assert lake.inflow == pytest.approx(np.full(HOURS, 300e3 * 0.4 / HOURS))
    assert (pumped.charge, pumped.discharge, pumped.energy) == pytest.approx((48, 48, 400))
    assert pumped.efficiency_charge * pumped.efficiency_discharge == pytest.approx(0.75)
    assert battery.energy == 160
    assert after.neighbours.names == ("border east", "border west")
    assert after.neighbours.capacity.tolist() == [80, 60]
    assert after.neighbours.outage.tolist() == [0.01, 0.05]
    assert after.neighbours.repair.tolist() == [48, 48]


def test_load_less_weather_is_that_of_the_fleet():
    inputs = known()
    residual = system_of(inputs, 2030).residual
    mean = (4400 + 100) * 1000 / HOURS
    wind, solar = (
        float(inputs[name].sel(weather="2000").mean()) for name in ("wind_availability", "solar_availability")
    )
    river = 300e3 * 0.6 / HOURS
    assert residual.mean() == pytest.approx(mean - 200 * wind - 100 * solar - river)


def test_without_storages_and_neighbours_it_is_the_exact_table():
    nothing = known()["power_fleet"].copy()
    nothing.loc[{"technology": ["reservoir", "pumped", "battery"]}] = 0
    system = system_of(known(power_fleet=nothing, border_mean_share=labelled("border_mean_share", 0.0)), 2030)
    chance, _ = expected_shortage(outage_table(system.units.capacity, system.units.outage), system.residual)
    hours = simulate(system, samples=200, seed=5).hours
    assert abs(hours.mean() - chance.sum()) < 4 * hours.std(ddof=1) / np.sqrt(200)


def test_inputs_of_different_futures_are_refused():
    other = labelled("weather_draw", [0.1, 0.2], {"future": [1, 2]})
    drawn = known(adequacy_outage_draw=over_futures("adequacy_outage_draw", [0.25, 0.75]), weather_draw=other)
    with pytest.raises(MoravaError, match="different futures"):
        answer(drawn)


def test_borders_may_stand_in_any_order():
    """Both models read the outage of a border by its name, whatever the order of facts."""
    turned = known()["border_outage"].sel(border=BORDERS)
    for model in (adequacy, adequacy_chronological):
        inputs, others = ({name: some[name] for name in model.needs} for some in (known(), known(border_outage=turned)))
        one, other = model(**inputs), model(**others)
        assert all(one[name].to_numpy().tobytes() == other[name].to_numpy().tobytes() for name in one)
