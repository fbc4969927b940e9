"""The model `projects`: what the data centres of a plan draw, cost and need; equations in `docs/models/projects.md`."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import xarray as xr

from morava.errors import MoravaError, Problem
from morava.models.contract import futures_of, model
from morava.models.projects.data_centres import HOURS_A_DAY, day_shape, delayed, filled, site_draw
from morava.quantities import labelled

Array = npt.NDArray[np.float64]
HOURS_A_YEAR = 8760
MW_IN_GW = 1000.0
THOUSAND = 1000.0
"""Million in a billion; litres of a MWh at one litre a kWh."""
DOUBLE = 2.0


@model(
    gives=[
        "data_centre_powered",
        "data_centre_used",
        "data_centre_energy",
        "data_centre_peak_load",
        "data_centre_load_shape",
        "data_centre_energy_share",
        "data_centre_water",
        "data_centre_capital_building",
        "data_centre_capital_all",
        "data_centre_base_ratio",
        "robot_power_need",
    ]
)
def projects(
    data_centre_capacity: xr.DataArray,
    data_centre_target: xr.DataArray,
    data_centre_power_lag: xr.DataArray,
    data_centre_fill_time: xr.DataArray,
    data_centre_training_share: xr.DataArray,
    data_centre_training_use: xr.DataArray,
    data_centre_inference_use: xr.DataArray,
    data_centre_day_swing: xr.DataArray,
    data_centre_peak_hour: xr.DataArray,
    data_centre_overhead_fixed: xr.DataArray,
    data_centre_overhead_load: xr.DataArray,
    data_centre_overhead_heat: xr.DataArray,
    data_centre_cooling_from: xr.DataArray,
    data_centre_water_use: xr.DataArray,
    data_centre_building_cost: xr.DataArray,
    data_centre_equipment_cost: xr.DataArray,
    data_centre_equipment_life: xr.DataArray,
    air_temperature: xr.DataArray,
    power_demand_path: xr.DataArray,
    robot_output_stated: xr.DataArray,
    robot_energy_per_item: xr.DataArray,
) -> dict[str, xr.DataArray]:
    """Return what data centres draw in every year, with powered and used capacity apart.

    Parameters
    ----------
    data_centre_capacity
        [year], MW
    data_centre_target
        [], MW
    data_centre_power_lag
        [], year
    data_centre_fill_time
        [], year
    data_centre_training_share
        [], 1
    data_centre_training_use
        [], 1
    data_centre_inference_use
        [], 1
    data_centre_day_swing
        [], 1
    data_centre_peak_hour
        [], hour
    data_centre_overhead_fixed
        [], 1
    data_centre_overhead_load
        [], 1
    data_centre_overhead_heat
        [], 1 / delta_degC
    data_centre_cooling_from
        [], delta_degC
    data_centre_water_use
        [], litre / kWh
    data_centre_building_cost
        [], million money / MW
    data_centre_equipment_cost
        [], million money / MW
    data_centre_equipment_life
        [], year
    air_temperature
        [weather, hour], delta_degC
    power_demand_path
        [year], GWh
    robot_output_stated
        [], item / year
    robot_energy_per_item
        [], MWh / item

    Returns
    -------
    dict
        `data_centre_powered`, `data_centre_used` [year], MW; `data_centre_energy` [year], GWh / year;
        `data_centre_peak_load` [year], MW; `data_centre_load_shape` [hour], 1; `data_centre_energy_share` [year], 1;
        `data_centre_water` [year], million litre / year; `data_centre_capital_building`, `data_centre_capital_all` [],
        billion money; `data_centre_base_ratio` [], 1; `robot_power_need` [], MW.

    Raises
    ------
    MoravaError
        When the first year has no data centre, so that nothing can be doubled; when more is used than is there; when
        inputs hold different futures.

    Identity
    --------
    Used is at most powered and powered at most the largest installed so far; the load shape has the mean one.

    Source
    ------
    Load, overhead and water after the pages named in `docs/models/projects.md`.
    """
    years = data_centre_capacity.coords["year"].to_numpy().tolist()
    futures = futures_of(
        {
            "capacity": data_centre_capacity,
            "lag": data_centre_power_lag,
            "fill": data_centre_fill_time,
            "demand": power_demand_path,
        },
        "projects",
    )
    installed = _rows(data_centre_capacity, futures)
    if (installed[:, 0] <= 0).any():
        raise MoravaError(
            Problem("there is no data centre in the first year", "projects", "give data_centre_capacity above zero")
        )
    powered = delayed(installed, _per(data_centre_power_lag, futures))
    used = filled(powered, _per(data_centre_fill_time, futures))

    training = float(data_centre_training_share)
    use_training, use_inference = float(data_centre_training_use), float(data_centre_inference_use)
    day = day_shape(float(data_centre_day_swing), float(data_centre_peak_hour))
    use = training * use_training + (1 - training) * use_inference * np.tile(day, HOURS_A_YEAR // HOURS_A_DAY)
    if use.max() > 1:
        raise MoravaError(
            Problem(
                f"at the peak hour data centres would use {use.max():.2f} times what they have", "projects",
                "lower data_centre_inference_use, data_centre_training_use or data_centre_day_swing",
            )
        )  # fmt: skip
    temperature = air_temperature.mean("weather").to_numpy().astype(float)
    fixed, load = float(data_centre_overhead_fixed), float(data_centre_overhead_load)
    heat, cooling = float(data_centre_overhead_heat), float(data_centre_cooling_from)
    # The nameplate is the site's at full use on the hottest hour: computers are that part of it.
    full = float(site_draw(temperature, fixed, load, heat, cooling, np.ones(1)).max())
    drawn = site_draw(temperature, fixed, load, heat, cooling, use) / full
    mean = float(drawn.mean())
    energy = used * mean * HOURS_A_YEAR / MW_IN_GW

    demand = np.interp(
        years,
        power_demand_path.coords["year"].to_numpy().astype(float),
        np.arange(power_demand_path.sizes["year"], dtype=float),
    )
    national = _along(_rows(power_demand_path, futures), demand)
    building, everything = _capital(
        installed,
        used / full,
        float(data_centre_building_cost),
        float(data_centre_equipment_cost),
        float(data_centre_equipment_life),
    )
    by_year = {
        "data_centre_powered": powered,
        "data_centre_used": used,
        "data_centre_energy": energy,
        "data_centre_peak_load": used * float(drawn.max()),
        "data_centre_energy_share": energy / (national + energy),
        "data_centre_water": used * float(use.mean()) / full * HOURS_A_YEAR * float(data_centre_water_use) / THOUSAND,
    }
    single = {
        "data_centre_capital_building": building,
        "data_centre_capital_all": everything,
        "data_centre_base_ratio": float(data_centre_target) / DOUBLE / installed[:, 0],
    }
    need = float(robot_output_stated) * float(robot_energy_per_item) / HOURS_A_YEAR
    found = {name: _give(name, values, futures, {"year": years}) for name, values in by_year.items()}
    found |= {name: _give(name, values, futures, {}) for name, values in single.items()}
    found["data_centre_load_shape"] = labelled(
        "data_centre_load_shape", drawn / mean, {"hour": air_temperature.coords["hour"].to_numpy().tolist()}
    )
    found["robot_power_need"] = labelled("robot_power_need", need)
    return found


def _capital(installed: Array, computers: Array, building: float, equipment: float, life: float) -> tuple[Array, Array]:
    """Return what new buildings cost, and with computers bought and bought again, billion money.

    Computers are as many as are used; what is worn out is replaced evenly, one part in `life` every year.
    """
    sites = np.maximum(np.diff(installed, axis=-1), 0).sum(axis=-1) * building
    bought = np.maximum(np.diff(computers, axis=-1), 0).sum(axis=-1) + computers[..., 1:].sum(axis=-1) / life
    return sites / THOUSAND, (sites + bought * equipment) / THOUSAND


def _along(path: Array, places: Array) -> Array:
    low = np.floor(places).astype(int)
    high = np.minimum(low + 1, path.shape[-1] - 1)
    return np.asarray(path[:, low] * (1 - (places - low)) + path[:, high] * (places - low))


def _rows(array: xr.DataArray, futures: list[Any] | None) -> Array:
    """Return a path of every future, [future, year]; the same for all where it does not vary."""
    if "future" in array.dims:
        return array.transpose("future", "year").to_numpy().astype(float)
    return np.repeat(array.to_numpy().astype(float)[None], 1 if futures is None else len(futures), axis=0)


def _per(array: xr.DataArray, futures: list[Any] | None) -> Array:
    """Return a number of every future, [future]; the same for all where it does not vary."""
    if "future" in array.dims:
        return array.to_numpy().astype(float)
    return np.full(1 if futures is None else len(futures), float(array))


def _give(name: str, values: Array, futures: list[Any] | None, coords: dict[str, list[Any]]) -> xr.DataArray:
    if futures is None:
        return labelled(name, values[0], coords)
    return labelled(name, np.broadcast_to(values, (len(futures), *values.shape[1:])), {"future": futures, **coords})
