"""Cases C1 to C4: what training runs and data centres draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from morava.models.projects.compute import (
    accelerator_hours,
    annual_energy,
    load_factor,
    training_energy,
    training_operations,
)
from morava.runs.cases.readings import Reading

Inputs = Mapping[str, Any]
MILLION = 1e6
PERCENT = 100.0
HOURS, ENERGY = "accelerator hours", "energy (MWh)"
HOURS_IN_MILLIONS = "million accelerator hours"


def training(inputs: Inputs, label: str) -> Reading:
    """Return hours of accelerators or electricity of a training run, from its operations or its size."""
    operations = inputs["operations"] if "operations" in inputs else training_operations(*inputs["size"])
    hours = accelerator_hours(operations, inputs["peak"], inputs["utilisation"])
    energy = training_energy(hours, inputs["power"], inputs["overhead"])
    return Reading(float({HOURS: hours, HOURS_IN_MILLIONS: hours / MILLION, ENERGY: energy}[label]))


def mean_load(inputs: Inputs) -> Reading:
    """Return the load factor that energy and capacity imply."""
    return Reading(float(load_factor(inputs["energy"], inputs["capacity"])))


def yearly(inputs: Inputs, label: str) -> Reading:
    """Return what a data centre draws in a year, TWh, or how much it adds to a country's demand, percent."""
    energy = float(annual_energy(inputs["capacity"], inputs["load_factor"]))
    return Reading(energy if label == "energy (TWh)" else PERCENT * energy / inputs["demand"])
