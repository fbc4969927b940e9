"""Cases E2, E9 and E10: an input-output table, value added in the trade of three countries, a table balanced by RAS."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from morava.models.trade.input_output import (
    balance_by_ras,
    factor_content,
    leontief_inverse,
    output_for,
    technical_coefficients,
)
from morava.models.trade.value_added import (
    WorldTable,
    nine_terms,
    table_of_blocks,
    value_added_absorbed,
    value_added_by_origin,
    vertical_specialisation,
)
from morava.runs.cases.readings import Array, Reading

Inputs = Mapping[str, Any]


def _array(numbers: Any) -> Array:
    return np.array(numbers, dtype=np.float64)


def _coefficients(inputs: Inputs) -> Array:
    return technical_coefficients(_array(inputs["flows"]), _array(inputs["output"]))


def _cell(table: Array, label: str) -> Reading:
    """Return the cell that a label like `1,2` names, counted from one."""
    row, column = (int(part) - 1 for part in label.split(","))
    return Reading(float(table[row, column]))


def coefficient(inputs: Inputs, label: str) -> Reading:
    """Return a technical coefficient."""
    return _cell(_coefficients(inputs), label)


def inverse(inputs: Inputs, label: str) -> Reading:
    """Return an element of the Leontief inverse."""
    return _cell(leontief_inverse(_coefficients(inputs)), label)


def output(inputs: Inputs, label: str) -> Reading:
    """Return the output of a sector that a new final demand calls for."""
    return Reading(float(output_for(_coefficients(inputs), _array(inputs["demand"]))[int(label) - 1]))


def labour(inputs: Inputs, label: str) -> Reading:
    """Return the labour of a sector for a new final demand."""
    used = output_for(_coefficients(inputs), _array(inputs["demand"])) * _array(inputs["labour"])
    return Reading(float(used[int(label) - 1]))


def labour_in_demand(inputs: Inputs) -> Reading:
    """Return the labour of all sectors, by what the final demand holds."""
    held = factor_content(_array([inputs["labour"]]), _coefficients(inputs))
    return Reading(float(held[0] @ _array(inputs["demand"])))


def _world(inputs: Inputs) -> WorldTable:
    """Return the table of the case; the file has [exporter and input, importer and sector] and no duties."""
    size = (len(inputs["countries"]), len(inputs["industries"]))
    final = _array(inputs["final"]).reshape(*size, size[0]).swapaxes(1, 2)
    return table_of_blocks(_array(inputs["intermediate"]).reshape(size * 2), final, np.zeros(size))


def term(inputs: Inputs, label: str) -> Reading:
    """Return one of the nine terms of a country's exports."""
    country = inputs["countries"].index(inputs["country"])
    return Reading(float(nine_terms(_world(inputs))[country, int(label) - 1]))


def absorbed_abroad(inputs: Inputs, label: str) -> Reading:
    """Return a country's value added that others finally use."""
    country = inputs["countries"].index(label)
    absorbed = value_added_absorbed(_world(inputs))[country]
    return Reading(float(absorbed.sum() - absorbed[country]))


def foreign_content(inputs: Inputs, label: str) -> Reading:
    """Return the foreign content of a country's exports, in money."""
    world, country = _world(inputs), inputs["countries"].index(label)
    return Reading(float(vertical_specialisation(world)[country] * world.exports[country].sum()))


def domestic_content(inputs: Inputs, label: str) -> Reading:
    """Return the domestic content of exports from one country to another, by product: `exporter, product, importer`."""
    seller, product, buyer = label.split(", ")
    exporter, importer = (inputs["countries"].index(name) for name in (seller, buyer))
    found = value_added_by_origin(_world(inputs)).factors
    return Reading(float(found[exporter, exporter, importer, inputs["industries"].index(product)]))


def balanced(inputs: Inputs, label: str) -> Reading:
    """Return a technical coefficient after RAS."""
    made = _array(inputs["output"])
    flows = _array(inputs["coefficients"]) * made
    found = balance_by_ras(flows, _array(inputs["row_margins"]), _array(inputs["column_margins"]))
    return _cell(found.table / made, label)
