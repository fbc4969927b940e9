"""What a solved power system means: yearly figures by technology and border, in the units of the glossary."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import xarray as xr

from morava.models.power.assemble import MILLION, MW_IN_GW, ZONE
from morava.models.power.borders import carbon_charge
from morava.models.power.parts import plants, standing
from morava.models.power.system import Solution, Storage, System

Array = npt.NDArray[np.float64]
RENEWABLE = ("wind", "solar", "river", "reservoir", "biomass")
"""Kinds of technology that count as renewable."""
FULL = 0.999
"""Share of the capacity of all borders from which imports count as full."""
UNSERVED_MW = 0.01
"""From here on an hour counts as one with unserved energy."""


def summarise(inputs: Mapping[str, xr.DataArray], system: System, solution: Solution) -> dict[str, Array]:
    """Return every result of the model `power` for one future, as arrays in the order of its labels.

    Returns
    -------
    dict
        By name of quantity: [technology, year], [border, direction, year], [year] or a number.
    """
    hours = system.calendar.hour_weights
    names = [str(label) for label in inputs["power_technology_kind"].coords["technology"].to_numpy()]
    kinds = dict(zip(names, inputs["power_technology_kind"].to_numpy().tolist(), strict=True))
    fleets = [_fleet(system, solution, name, hours) for name in names]
    unserved = solution.unserved[ZONE]
    load = system.demand[ZONE] @ hours / MW_IN_GW
    flow = border_flow(inputs, system, solution)
    imports, exports = flow[:, 0].sum(axis=0), flow[:, 1].sum(axis=0)
    output = np.array([fleet["output"] for fleet in fleets])
    charged = np.array([fleet["charged"] for fleet in fleets])
    made = (output - charged).sum(axis=0)
    green = sum((out for out, name in zip(output, names, strict=True) if kinds[name] in RENEWABLE), np.zeros(len(load)))
    cost, investment, grid = _costs(inputs, system, solution, names)
    carbon = np.interp(
        system.calendar.periods,
        inputs["carbon_price_path"].coords["year"].to_numpy().astype(float),
        inputs["carbon_price_path"].to_numpy(),
    )
    weight = system.demand[ZONE] * hours
    own = inputs["power_own_use"].sel(technology=names).to_numpy()[:, None]
    gross = output / (1 - own)
    centres = np.interp(
        system.calendar.periods,
        inputs["data_centre_energy"].coords["year"].to_numpy().astype(float),
        inputs["data_centre_energy"].to_numpy(),
    )
    return {
        "power_fleet": np.array([fleet["capacity"] for fleet in fleets]),
        "power_built": np.array([fleet["built"] for fleet in fleets]),
        "power_output": output,
        "power_output_gross": gross,
        "power_charged": charged,
        "power_load": load,
        "power_demand_gross": load + (gross - output).sum(axis=0),
        "power_grid_loss": np.maximum(load - centres, 0.0) * float(inputs["power_loss_share"]),
        "power_unserved": unserved @ hours / MW_IN_GW,
        "power_unserved_hours": (unserved > UNSERVED_MW) @ hours,
        "power_net_import": imports - exports,
        "border_flow": flow,
        "power_emission": solution.emission / MILLION,
        "power_emission_intensity": solution.emission / np.maximum(made * MW_IN_GW, 1.0),
        "power_price_mean": (solution.price[ZONE] * weight).sum(axis=1) / weight.sum(axis=1),
        "power_curtailed": _curtailed(system, solution, kinds) @ hours / MW_IN_GW,
        "power_scarce_hours": (_full_borders(system, solution) | (unserved > UNSERVED_MW)) @ hours,
        "power_renewable_share": green / load,
        "power_system_cost": cost / MILLION,
        "power_cost_per_energy": cost / (load * MW_IN_GW),
        "power_investment": investment / MILLION,
        "power_grid_investment": grid / MILLION,
        "power_budget_spent": np.asarray(solution.budget_spent["power_budget"] / MILLION),
        "power_budget_price": np.asarray(solution.budget_price.get("power_budget", 0.0)),
        "power_reserve_shortfall": solution.reserve_shortfall,
        "power_carbon_cost": carbon * solution.emission / MILLION,
        "power_carbon_border_cost": _border_charges(inputs, system, flow),
        "power_solve_cost": np.asarray(solution.objective / MILLION),
        "power_solve_bound": np.asarray(solution.bound / MILLION),
        "power_solve_gap": np.asarray(solution.gap),
        "power_solve_residual": np.asarray(max(solution.primal_residual, solution.dual_residual)),
    }


def _fleet(system: System, solution: Solution, technology: str, hours: Array) -> dict[str, Array]:
    periods = len(system.calendar.periods)
    total = {name: np.zeros(periods) for name in ("capacity", "built", "output", "charged")}
    for one in plants(system):
        if one.technology != technology:
            continue
        if isinstance(one, Storage):
            total["output"] += solution.discharge[one.name] @ hours / MW_IN_GW
            total["charged"] += solution.charge[one.name] @ hours / MW_IN_GW
        else:
            total["output"] += solution.output[one.name] @ hours / MW_IN_GW
        total["built"] += solution.built.get(one.name, np.zeros(periods))
        if one.name == technology:  # the part held by heat has a name of its own, and is no capacity of its own
            total["capacity"] += solution.capacity[one.name]
    return total


def border_flow(inputs: Mapping[str, xr.DataArray], system: System, solution: Solution) -> Array:
    """Return what crosses each border, [border, direction, year], GWh a year."""
    capacity = inputs["border_capacity"]
    flow = np.zeros((capacity.sizes["border"], 2, len(system.calendar.periods)))
    borders = [str(label) for label in capacity.coords["border"].to_numpy()]
    for one in system.generators:
        if one.border:
            place = borders.index(one.border), DIRECTIONS.index(one.direction)
            flow[place] += solution.output[one.name] @ system.calendar.hour_weights / MW_IN_GW
    return flow


DIRECTIONS = ("import", "export")


def _curtailed(system: System, solution: Solution, kinds: Mapping[str, str]) -> Array:
    lost = np.zeros((len(system.calendar.periods), len(system.calendar.hours)))
    for one in system.generators:
        if kinds.get(one.technology) in RENEWABLE:
            lost += one.availability * solution.capacity[one.name][:, None] - solution.output[one.name]
    return np.maximum(lost, 0.0)


def _full_borders(system: System, solution: Solution) -> npt.NDArray[np.bool_]:
    used = np.zeros((len(system.calendar.periods), len(system.calendar.hours)))
    most = np.zeros_like(used)
    for one in system.generators:
        if one.direction == "import":
            used += solution.output[one.name]
            most += one.availability * one.capacity[:, None]
    return np.asarray((used >= FULL * most) & (most > 0))


def _costs(
    inputs: Mapping[str, xr.DataArray], system: System, solution: Solution, names: list[str]
) -> tuple[Array, Array, Array]:
    """Return the yearly cost [year], what is invested [technology, year], and in the grid [year], all EUR."""
    calendar = system.calendar
    hours, periods = calendar.hour_weights, len(calendar.periods)
    cost = (solution.unserved[ZONE] * system.unserved_price) @ hours + solution.reserve_shortfall * system.reserve_price
    investment, grid = np.zeros((len(names), periods)), np.zeros(periods)
    for one in plants(system):
        if isinstance(one, Storage):
            cost = cost + (solution.discharge[one.name] * one.cost[:, None]) @ hours
            fixed = one.discharge_capacity
        else:
            cost = cost + (solution.output[one.name] * one.cost) @ hours
            fixed = one.capacity
        cost = cost + fixed * one.fixed_cost
        if one.build is not None:
            built = solution.built[one.name]
            cost = cost + standing(calendar.periods, one.build.lifetime) @ (built * one.build.annual_cost)
            line = float(inputs["power_grid_cost"].sel(technology=one.technology)) * MW_IN_GW
            investment[names.index(one.technology)] += built * (one.build.overnight_cost - line)
            grid += built * line
    return cost, investment, grid


def _border_charges(inputs: Mapping[str, xr.DataArray], system: System, flow: Array) -> Array:
    borders = inputs["border_capacity"].coords["border"].to_numpy()
    charges = [carbon_charge(inputs, str(border), system.calendar.periods) for border in borders]
    return np.asarray((np.array(charges) * flow[:, 1]).sum(axis=0) * MW_IN_GW / MILLION)
