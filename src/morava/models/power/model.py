"""The model `power`: least-cost capacity and dispatch of the power system, in the futures in which it is solved.

The program, its equations and limits: `docs/models/power.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import xarray as xr

from morava.errors import MoravaError, Problems
from morava.models.contract import Model, as_model, futures_of, model, one_future
from morava.models.power.assemble import assemble, calendar_of
from morava.models.power.hourly import DURATIONS, HOURLY, durations, hourly
from morava.models.power.library import Library
from morava.models.power.results import DIRECTIONS, summarise
from morava.models.power.solve import screen_system, solve_system
from morava.models.power.system import Solution, System
from morava.quantities import find, labelled

Array = npt.NDArray[np.float64]
Inputs = Mapping[str, xr.DataArray]
Seen = Callable[[int | None, Inputs, System, Solution], None]
"""Told of every future that is solved: its number, its inputs, its system and the answer."""
GIVES = (
    "power_fleet",
    "power_built",
    "power_output",
    "power_output_gross",
    "power_charged",
    "power_load",
    "power_demand_gross",
    "power_grid_loss",
    "power_unserved",
    "power_unserved_hours",
    "power_net_import",
    "border_flow",
    "power_emission",
    "power_emission_intensity",
    "power_price_mean",
    "power_curtailed",
    "power_scarce_hours",
    "power_renewable_share",
    "power_system_cost",
    "power_cost_per_energy",
    "power_investment",
    "power_grid_investment",
    "power_budget_spent",
    "power_budget_price",
    "power_reserve_shortfall",
    "power_carbon_cost",
    "power_carbon_border_cost",
    "power_solve_cost",
    "power_solve_bound",
    "power_solve_gap",
    "power_solve_residual",
)


@model(gives=GIVES)
def power(
    power_load_shape: xr.DataArray,
    wind_availability: xr.DataArray,
    solar_availability: xr.DataArray,
    river_availability: xr.DataArray,
    inflow_shape: xr.DataArray,
    air_temperature: xr.DataArray,
    border_price_shape: xr.DataArray,
    power_technology_kind: xr.DataArray,
    power_technology_fuel: xr.DataArray,
    power_efficiency: xr.DataArray,
    power_variable_cost: xr.DataArray,
    power_fixed_cost: xr.DataArray,
    power_minimum_output: xr.DataArray,
    power_ramp_rate: xr.DataArray,
    power_plant_availability: xr.DataArray,
    power_own_use: xr.DataArray,
    power_loss_share: xr.DataArray,
    power_reserve_credit: xr.DataArray,
    power_energy_hours: xr.DataArray,
    power_round_trip_efficiency: xr.DataArray,
    power_charge_ratio: xr.DataArray,
    power_capital_cost: xr.DataArray,
    power_lifetime: xr.DataArray,
    power_build_rate: xr.DataArray,
    power_build_start: xr.DataArray,
    power_build_limit: xr.DataArray,
    power_grid_cost: xr.DataArray,
    fuel_price: xr.DataArray,
    fuel_emission: xr.DataArray,
    power_capacity: xr.DataArray,
    power_unit_capacity: xr.DataArray,
    power_unit_technology: xr.DataArray,
    power_unit_end: xr.DataArray,
    power_reservoir_capacity: xr.DataArray,
    hydro_output_expected: xr.DataArray,
    hydro_year_factor: xr.DataArray,
    weather_draw: xr.DataArray,
    power_demand_path: xr.DataArray,
    power_unserved_price: xr.DataArray,
    power_reserve_margin: xr.DataArray,
    power_reserve_price: xr.DataArray,
    demand_response_price: xr.DataArray,
    demand_response_share: xr.DataArray,
    power_heat_from: xr.DataArray,
    power_heat_full: xr.DataArray,
    carbon_price_path: xr.DataArray,
    carbon_border_price: xr.DataArray,
    export_emission_factor: xr.DataArray,
    border_capacity: xr.DataArray,
    border_price: xr.DataArray,
    border_price_slope: xr.DataArray,
    border_carbon_area: xr.DataArray,
    border_outage: xr.DataArray,
    data_centre_energy: xr.DataArray,
    data_centre_load_shape: xr.DataArray,
    data_centre_flexible_share: xr.DataArray,
    power_budget_amount: xr.DataArray,
    power_budget_first: xr.DataArray,
    power_budget_last: xr.DataArray,
    power_budget_binding: xr.DataArray,
    power_budget_committed: xr.DataArray,
    power_solve_year: xr.DataArray,
    power_solve_weeks: xr.DataArray,
    power_solve_tolerance: xr.DataArray,
    discount_rate: xr.DataArray,
) -> dict[str, xr.DataArray]:
    """Return what is built and how it runs, in every solved year; each future is a program of its own.

    Parameters
    ----------
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
    air_temperature
        [weather, hour], delta_degC
    border_price_shape
        [border, hour], 1
    power_technology_kind
        [technology], text
    power_technology_fuel
        [technology], text
    power_efficiency
        [technology], 1
    power_variable_cost
        [technology], money / MWh
    power_fixed_cost
        [technology], money / kW / year
    power_minimum_output
        [technology], 1
    power_ramp_rate
        [technology], 1 / hour
    power_plant_availability
        [technology], 1
    power_own_use
        [technology], 1
    power_loss_share
        [], 1
    power_reserve_credit
        [technology], 1
    power_energy_hours
        [technology], hour
    power_round_trip_efficiency
        [technology], 1
    power_charge_ratio
        [technology], 1
    power_capital_cost
        [technology, year], money / kW
    power_lifetime
        [technology], year
    power_build_rate
        [technology], MW / year
    power_build_start
        [technology], 1
    power_build_limit
        [technology], MW
    power_grid_cost
        [technology], money / kW
    fuel_price
        [fuel, year], money / MWh
    fuel_emission
        [fuel], tonne_CO2 / MWh
    power_capacity
        [technology, year], MW
    power_unit_capacity
        [unit], MW
    power_unit_technology
        [unit], text
    power_unit_end
        [unit], 1
    power_reservoir_capacity
        [], MW
    hydro_output_expected
        [], GWh / year
    hydro_year_factor
        [], 1
    weather_draw
        [], 1
    power_demand_path
        [year], GWh
    power_unserved_price
        [], money / MWh
    power_reserve_margin
        [], 1
    power_reserve_price
        [], money / kW / year
    demand_response_price
        [], money / MWh
    demand_response_share
        [], 1
    power_heat_from
        [], delta_degC
    power_heat_full
        [], delta_degC
    carbon_price_path
        [year], money / tonne_CO2
    carbon_border_price
        [year], money / tonne_CO2
    export_emission_factor
        [], tonne_CO2 / MWh
    border_capacity
        [border, direction, year], MW
    border_price
        [border, year], money / MWh
    border_price_slope
        [border], money / MWh / MW
    border_carbon_area
        [border], 1
    border_outage
        [border], 1
    data_centre_energy
        [year], GWh / year
    data_centre_load_shape
        [hour], 1
    data_centre_flexible_share
        [], 1
    power_budget_amount
        [], million money
    power_budget_first
        [], 1
    power_budget_last
        [], 1
    power_budget_binding
        [], 1
    power_budget_committed
        [], million money
    power_solve_year
        [item], 1
    power_solve_weeks
        [], 1
    power_solve_tolerance
        [], 1
    discount_rate
        [], 1

    Returns
    -------
    dict
        Every name of `GIVES`: fleets, output, exchange, shortage, emissions, prices, cost and what was invested.
        `year` holds the solved years; units in the glossary.

    Raises
    ------
    MoravaError
        When a program has no solution that proves itself, with the number of its future.

    Identity
    --------
    Output less charging plus net imports plus unserved energy is load, in every future and solved year.

    Source
    ------
    Capacity expansion with dispatch as a linear program; the page names its parts.
    """
    return solve_futures(locals())


def power_from(library: Library) -> Model:
    """Return the model `power` that answers from solved futures, within the gap that its inputs ask for."""

    def screened(**inputs: xr.DataArray) -> dict[str, xr.DataArray]:
        return solve_futures(inputs, library)

    screened.__name__ = "power"
    screened.__dict__.update(needs=as_model(power).needs, gives=GIVES)
    return as_model(screened)


def power_in_hours(hours: bool) -> Model:
    """Return the model `power` that gives duration curves too, and by `hours` the hours of its first future."""

    def kept(**inputs: xr.DataArray) -> dict[str, xr.DataArray]:
        found: dict[str, list[xr.DataArray]] = {}

        def see(number: int | None, own: Inputs, system: System, solution: Solution) -> None:
            first = hours and not found
            now = durations(own, system, solution) | (hourly(own, system, solution) if first else {})
            for name, array in now.items():
                found.setdefault(name, []).append(array if number is None else array.expand_dims(future=[number]))

        given = solve_futures(inputs, None, see)
        curves = {name: xr.concat(parts, "future") if len(parts) > 1 else parts[0] for name, parts in found.items()}
        return given | curves

    kept.__name__ = "power"
    kept.__dict__.update(needs=as_model(power).needs, gives=(*GIVES, *DURATIONS, *(HOURLY if hours else ())))
    return as_model(kept)


def solve_futures(
    inputs: Mapping[str, xr.DataArray], library: Library | None = None, see: Seen | None = None
) -> dict[str, xr.DataArray]:
    """Return the results of every future that the inputs hold; from solved ones where a library is given."""
    futures = futures_of(inputs, "power")
    problems = Problems()
    rows: list[dict[str, Array]] = []
    for number in futures if futures is not None else [None]:
        try:
            own = one_future(inputs, number)
            system = assemble(own, calendar_of(own))
            gap = float(own["power_solve_tolerance"])
            found = solve_system(system, gap=gap) if library is None else screen_system(system, library, gap)
            rows.append(summarise(own, system, found))
            if see:
                see(number, own, system, found)
        except MoravaError as error:
            for problem in error.problems:
                where = problem.where if number is None else f"{problem.where}, future {number}"
                problems.add(problem.what, where, problem.mend)
    problems.raise_if_any()
    coords = {
        "technology": inputs["power_technology_kind"].coords["technology"].to_numpy().tolist(),
        "border": inputs["border_capacity"].coords["border"].to_numpy().tolist(),
        "direction": list(DIRECTIONS),
        "year": sorted(int(year) for year in inputs["power_solve_year"].to_numpy()),
    }
    given = {}
    for name in GIVES:
        labels = {dim: coords[dim] for dim in find(name).dims}
        if futures is None:
            given[name] = labelled(name, rows[0][name], labels)
        else:
            given[name] = labelled(name, np.array([row[name] for row in rows]), {"future": futures, **labels})
    return given
