"""The model `adequacy_chronological`: the fleet that the power program leaves standing, hour by hour through outages.

Units fail and are repaired, storages and water bridge what they can, neighbours fall short when the country does.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import xarray as xr

from morava.models.adequacy.chronology import (
    HourlySystem,
    Neighbours,
    RepairableUnits,
    Storage,
    estimate,
    simulate_without,
)
from morava.models.adequacy.model import (
    HOURS_A_YEAR,
    MW_IN_GW,
    STORING,
    kinds_of,
    net_load,
    path_at,
    units_within,
)
from morava.models.contract import futures_of, model, one_future, weather_of
from morava.quantities import find, labelled

Array = npt.NDArray[np.float64]
Inputs = Mapping[str, xr.DataArray]
DRAWN = ("thermal", "nuclear", "biomass", "heat_bound")
"""Kinds whose units are drawn one by one; reservoirs are limited by water and not only by outages."""
SEEDS = 2**53
"""Different seeds that a uniform number can tell apart."""
GIVES = (
    "adequacy_lole_simulated",
    "adequacy_lole_low",
    "adequacy_lole_high",
    "adequacy_eue_simulated",
    "adequacy_eue_low",
    "adequacy_eue_high",
    "adequacy_lole_without_border",
)


@model(gives=GIVES)
def adequacy_chronological(
    power_fleet: xr.DataArray,
    power_capacity: xr.DataArray,
    power_technology_kind: xr.DataArray,
    power_unit_capacity: xr.DataArray,
    power_unit_technology: xr.DataArray,
    power_unit_start: xr.DataArray,
    power_unit_end: xr.DataArray,
    power_unit_outage: xr.DataArray,
    power_standard_size: xr.DataArray,
    power_standard_outage: xr.DataArray,
    power_repair_time: xr.DataArray,
    power_energy_hours: xr.DataArray,
    power_round_trip_efficiency: xr.DataArray,
    power_charge_ratio: xr.DataArray,
    power_reservoir_capacity: xr.DataArray,
    power_load_shape: xr.DataArray,
    wind_availability: xr.DataArray,
    solar_availability: xr.DataArray,
    river_availability: xr.DataArray,
    inflow_shape: xr.DataArray,
    weather_draw: xr.DataArray,
    hydro_output_expected: xr.DataArray,
    hydro_year_factor: xr.DataArray,
    power_demand_path: xr.DataArray,
    data_centre_energy: xr.DataArray,
    data_centre_load_shape: xr.DataArray,
    border_capacity: xr.DataArray,
    border_mean_share: xr.DataArray,
    border_outage: xr.DataArray,
    border_stress_correlation: xr.DataArray,
    border_stress_persistence: xr.DataArray,
    adequacy_outage_draw: xr.DataArray,
    adequacy_samples: xr.DataArray,
    power_solve_year: xr.DataArray,
) -> dict[str, xr.DataArray]:
    """Return loss of load, by simulation of sample years, of the fleet that the power program leaves standing.

    Parameters
    ----------
    power_fleet
        [technology, year], MW
    power_capacity
        [technology, year], MW
    power_technology_kind
        [technology], text
    power_unit_capacity
        [unit], MW
    power_unit_technology
        [unit], text
    power_unit_start
        [unit], 1
    power_unit_end
        [unit], 1
    power_unit_outage
        [unit], 1
    power_standard_size
        [technology], MW
    power_standard_outage
        [technology], 1
    power_repair_time
        [technology], hour
    power_energy_hours
        [technology], hour
    power_round_trip_efficiency
        [technology], 1
    power_charge_ratio
        [technology], 1
    power_reservoir_capacity
        [], MW
    power_load_shape
        [weather, hour], 1
    wind_availability
        [weather, hour], 1
    solar_availability
        [weather, hour], 1
    river_availability
        [weather, hour], 1
    inflow_shape
        [weather, hour], 1
    weather_draw
        [], 1
    hydro_output_expected
        [], GWh / year
    hydro_year_factor
        [], 1
    power_demand_path
        [year], GWh
    data_centre_energy
        [year], GWh / year
    data_centre_load_shape
        [hour], 1
    border_capacity
        [border, direction, year], MW
    border_mean_share
        [], 1
    border_outage
        [border], 1
    border_stress_correlation
        [], 1
    border_stress_persistence
        [], hour
    adequacy_outage_draw
        [], 1
    adequacy_samples
        [], 1
    power_solve_year
        [item], 1

    Returns
    -------
    dict
        `adequacy_lole_simulated` [year], hour / year, and `adequacy_eue_simulated` [year], MWh / year: means over
        sample years, with the bounds of their 95 % intervals in `_low` and `_high`; `adequacy_lole_without_border`
        [border, year], hour / year: with that border out of order all year.

    Raises
    ------
    MoravaError
        Inputs that hold different futures; a fleet without a solved year; sizes and rates out of range.

    Identity
    --------
    No loss is lower without a border than with it, in any sample year.

    Source
    ------
    Billinton and Allan, Reliability Evaluation of Power Systems: sequential Monte Carlo simulation.
    """
    inputs = dict(locals())
    futures = futures_of(inputs, "adequacy")
    years = sorted(int(year) for year in power_solve_year.to_numpy())
    rows = [
        _assess_future(one_future(inputs, number), years) for number in (futures if futures is not None else [None])
    ]
    coords: dict[str, list[Any]] = {
        "border": [str(border) for border in border_capacity.coords["border"].to_numpy()],
        "year": years,
    }
    found = {}
    for name in GIVES:
        labels = {dim: coords[dim] for dim in find(name).dims}
        if futures is None:
            found[name] = labelled(name, rows[0][name], labels)
        else:
            found[name] = labelled(name, np.array([row[name] for row in rows]), {"future": futures, **labels})
    return found


def _assess_future(known: Inputs, years: list[int]) -> dict[str, Array]:
    samples, seed = int(known["adequacy_samples"]), int(float(known["adequacy_outage_draw"]) * SEEDS)
    rows = []
    for year in years:
        system = system_of(known, year)
        borders = system.neighbours.names
        losses = simulate_without(system, borders, samples, seed)
        hours, energy = estimate(losses[""].hours), estimate(losses[""].energy)
        without = [float(losses[border].hours.mean()) for border in borders]
        rows.append((hours.value, hours.low, hours.high, energy.value, energy.low, energy.high, without))
    return {name: np.array([row[place] for row in rows]).T for place, name in enumerate(GIVES)}


def system_of(known: Inputs, year: int) -> HourlySystem:
    """Return what stands in a year.

    Parameters
    ----------
    known
        Inputs of one future.
    year
        One of the years that the power program solved.
    """
    fleet, weather = known["power_fleet"].sel(year=year), weather_of(known)

    def standing(technology: str) -> float:
        return float(fleet.sel(technology=technology))

    units = units_within(known, year, DRAWN, standing)
    repair = [float(known["power_repair_time"].sel(technology=technology)) for technology in units.technologies]
    return HourlySystem(
        units=RepairableUnits(units.names, units.capacity, units.outage, np.asarray(repair, dtype=float)),
        residual=net_load(known, year, weather, standing),
        storages=_storages(known, year, weather, fleet),
        neighbours=_neighbours(known, year),
    )


def _storages(known: Inputs, year: int, weather: str, fleet: xr.DataArray) -> tuple[Storage, ...]:
    """Return reservoirs and storages, those that last longest first.

    What lasts long carries what it can of a shortage from the start, so that what is soon empty is kept for its peak.
    """
    found: list[tuple[float, Storage]] = []
    for technology, kind in kinds_of(known).items():
        if kind not in (*STORING, "reservoir"):
            continue
        capacity = float(fleet.sel(technology=technology))
        hours, ratio, efficiency, outage = (
            float(known[name].sel(technology=technology))
            for name in (
                "power_energy_hours",
                "power_charge_ratio",
                "power_round_trip_efficiency",
                "power_standard_outage",
            )
        )
        works = capacity * (1 - outage)
        storage = Storage(
            charge=works * ratio,
            discharge=works,
            energy=capacity * hours,
            efficiency_charge=math.sqrt(efficiency),
            efficiency_discharge=math.sqrt(efficiency),
            inflow=_inflow(known, year, weather) if kind == "reservoir" else np.zeros(1),
        )
        found.append((hours, storage))
    return tuple(storage for _, storage in sorted(found, key=lambda pair: -pair[0]))


def _inflow(known: Inputs, year: int, weather: str) -> Array:
    """Return the energy that flows into reservoirs, [hour], MW: their part of what hydro is expected to give."""
    plan = known["power_capacity"]
    rivers = [label for label, kind in kinds_of(known).items() if kind == "river"]
    base = float(plan.sel(technology=rivers).isel(year=0).sum())
    total = sum(path_at(plan, year, technology=river) for river in rivers)
    energy = float(known["hydro_output_expected"]) * float(known["hydro_year_factor"]) * MW_IN_GW * total / base
    held = float(known["power_reservoir_capacity"]) / base
    return np.asarray(energy * held / HOURS_A_YEAR * known["inflow_shape"].sel(weather=weather).to_numpy(), dtype=float)


def _neighbours(known: Inputs, year: int) -> Neighbours:
    capacity = known["border_capacity"].sel(direction="import")
    borders = [str(border) for border in capacity.coords["border"].to_numpy()]
    outage = known["border_outage"].sel(border=borders).to_numpy().astype(float)
    persistence = float(known["border_stress_persistence"])
    return Neighbours(
        names=tuple(f"border {border}" for border in borders),
        capacity=np.array([path_at(capacity, year, border=border) for border in borders]),
        outage=outage,
        # No fact says how long borders are out: as long as stress lasts, because both come with the same weather.
        repair=np.full(len(borders), persistence),
        mean_share=float(known["border_mean_share"]),
        correlation=float(known["border_stress_correlation"]),
        persistence=persistence,
    )
