"""Cases A1 and A2: loss of load of published test systems, exactly and by simulation of sample years."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

from morava.models.adequacy.chronology import HourlySystem, RepairableUnits, estimate, simulate
from morava.models.adequacy.convolution import OutageTable, expected_shortage, outage_table
from morava.runs.cases.readings import Array, Reading

Inputs = Mapping[str, Any]
PERCENT = 100.0
ALL = "all hours"
"""Label of the sum over the hours of a case."""


@cache
def _read(system: str) -> Mapping[str, Any]:
    text = files("morava.runs").joinpath("cases", "data", system).read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.safe_load(text)
    return found


def units_of(system: str) -> RepairableUnits:
    """Return the units of a test system, one by one."""
    single = [(unit, number) for unit in _read(system)["units"] for number in range(unit["number"])]
    return RepairableUnits(
        names=tuple(f"{unit['capacity']} MW, number {number + 1}" for unit, number in single),
        capacity=np.array([float(unit["capacity"]) for unit, _ in single]),
        outage=np.array([float(unit["outage"]) for unit, _ in single]),
        repair=np.array([float(unit["repair"]) for unit, _ in single]),
    )


def load_of(system: str) -> Array:
    """Return the load of a test system in each hour of its 364 days, [day, hour], MW."""
    data = _read(system)
    hours = []
    for week, weekly in enumerate(data["weekly"], 1):
        season = next(s["name"] for s in data["seasons"] if any(low <= week <= high for low, high in s["weeks"]))
        for day, daily in enumerate(data["daily"]):
            kind = "weekday" if day < data["working_days"] else "weekend"
            shape = np.asarray(data["hourly"][season][kind], dtype=float) / PERCENT
            hours.append(data["peak"] * (weekly / PERCENT) * (daily / PERCENT) * shape)
    return np.array(hours)


@cache
def _table(system: str) -> OutageTable:
    units = units_of(system)
    return outage_table(units.capacity.tolist(), units.outage.tolist())


def exact(inputs: Inputs, label: str) -> Reading:
    """Return hourly loss of load, unserved energy, or loss of load of daily peaks, from the outage table."""
    load = load_of(inputs["system"])
    chance, short = expected_shortage(_table(inputs["system"]), load)
    peaks, _ = expected_shortage(_table(inputs["system"]), load.max(axis=1))
    found = {
        "LOLE (hours a year)": chance.sum(),
        "EENS (MWh a year)": short.sum(),
        "LOLE of daily peaks (days a year)": peaks.sum(),
    }
    return Reading(float(found[label]))


def outage_chance(inputs: Inputs, label: str) -> Reading:
    """Return the chance that at least so many MW, the label, are out."""
    return Reading(_table(inputs["system"]).at_least_out(float(label)))


def simulated(inputs: Inputs, label: str) -> Reading:
    """Return loss of load or unserved energy by simulation of sample years, with its standard error."""
    hours, energy = _simulated(inputs["system"], inputs["samples"], inputs["seed"])
    return {"LOLE (hours a year)": hours, "EENS (MWh a year)": energy}[label]


@cache
def _simulated(system: str, samples: int, seed: int) -> tuple[Reading, Reading]:
    losses = simulate(HourlySystem(units_of(system), load_of(system).ravel()), samples, seed)
    hours, energy = estimate(losses.hours), estimate(losses.energy)
    return Reading(hours.value, hours.error), Reading(energy.value, energy.error)


def _by_hour(inputs: Inputs) -> tuple[Array, Array]:
    table = outage_table(inputs["units"], inputs["outages"])
    return expected_shortage(table, np.asarray(inputs["load"], dtype=float) - np.asarray(inputs["source"], dtype=float))


def shortage_chance(inputs: Inputs, label: str) -> Reading:
    """Return the chance of a shortage in an hour, counted from one, or the sum of all."""
    return _pick(_by_hour(inputs)[0], label)


def shortage_energy(inputs: Inputs, label: str) -> Reading:
    """Return the expected shortage of an hour, counted from one, MWh, or the sum of all."""
    return _pick(_by_hour(inputs)[1], label)


def _pick(values: Array, label: str) -> Reading:
    return Reading(float(values.sum() if label == ALL else values[int(label) - 1]))
