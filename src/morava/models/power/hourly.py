"""A solved power system hour by hour, and its duration curves, in the units of the glossary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import xarray as xr

from morava.models.power.assemble import ZONE
from morava.models.power.parts import plants
from morava.models.power.results import DIRECTIONS
from morava.models.power.system import Solution, Storage, System
from morava.quantities import labelled

Array = npt.NDArray[np.float64]
HOURLY = (
    "power_hour_weight",
    "power_output_hourly",
    "power_charged_hourly",
    "power_level_hourly",
    "power_load_hourly",
    "power_moved_hourly",
    "power_unserved_hourly",
    "border_flow_hourly",
    "power_price_hourly",
)
DURATIONS = ("power_load_duration", "power_residual_duration", "power_price_duration")
THOUSANDTHS = tuple(range(0, 1001, 5))
"""Where a duration curve is read, in thousandths of the year's hours."""
VARIABLE = ("wind", "solar", "river")
"""Kinds of technology that the weather rules: what they give is taken off the load to have the residual load."""


def hourly(inputs: Mapping[str, xr.DataArray], system: System, solution: Solution) -> dict[str, xr.DataArray]:
    """Return every quantity of `HOURLY` for one future, without the dimension `future`.

    `hour` is the position in the year, from 0. Output less charging plus imports less exports, plus what is unserved
    and what is moved away, is the load of every hour.

    Parameters
    ----------
    inputs
        What the model `power` needs, of one future.
    """
    calendar = system.calendar
    shape = (len(calendar.periods), len(calendar.hours))
    technologies = [str(label) for label in inputs["power_technology_kind"].coords["technology"].to_numpy()]
    borders = [str(label) for label in inputs["border_capacity"].coords["border"].to_numpy()]
    stores = [one.technology for one in system.storages if one.technology]
    output, charged = np.zeros((len(technologies), *shape)), np.zeros((len(stores), *shape))
    level, flow = np.zeros((len(stores), *shape)), np.zeros((len(borders), len(DIRECTIONS), *shape))
    moved = np.zeros(shape)
    for one in plants(system):
        if isinstance(one, Storage) and not one.technology:  # load of data centres that is moved within a day
            moved += solution.discharge[one.name] - solution.charge[one.name]
        elif isinstance(one, Storage):
            output[technologies.index(one.technology)] += solution.discharge[one.name]
            charged[stores.index(one.technology)] += solution.charge[one.name]
            level[stores.index(one.technology)] += solution.level[one.name]
        elif one.border:
            flow[borders.index(one.border), DIRECTIONS.index(one.direction)] += solution.output[one.name]
        else:
            output[technologies.index(one.technology)] += solution.output[one.name]
    years, hours = list(calendar.periods), calendar.hours.tolist()
    over = {"year": years, "hour": hours}
    return {
        "power_hour_weight": labelled("power_hour_weight", calendar.hour_weights, {"hour": hours}),
        "power_output_hourly": labelled("power_output_hourly", output, {"technology": technologies, **over}),
        "power_charged_hourly": labelled("power_charged_hourly", charged, {"technology": stores, **over}),
        "power_level_hourly": labelled("power_level_hourly", level, {"technology": stores, **over}),
        "power_load_hourly": labelled("power_load_hourly", system.demand[ZONE], over),
        "power_moved_hourly": labelled("power_moved_hourly", moved, over),
        "power_unserved_hourly": labelled("power_unserved_hourly", solution.unserved[ZONE], over),
        "border_flow_hourly": labelled(
            "border_flow_hourly", flow, {"border": borders, "direction": list(DIRECTIONS), **over}
        ),
        "power_price_hourly": labelled("power_price_hourly", solution.price[ZONE], over),
    }


def durations(inputs: Mapping[str, xr.DataArray], system: System, solution: Solution) -> dict[str, xr.DataArray]:
    """Return the duration curves of load, residual load and price of one future, [quantile, year].

    `quantile` is in thousandths of the year's hours.
    """
    kinds = inputs["power_technology_kind"]
    variable = kinds.coords["technology"].to_numpy()[np.isin(kinds.to_numpy().astype(str), VARIABLE)].tolist()
    load = system.demand[ZONE]
    taken = sum((solution.output[one.name] for one in system.generators if one.technology in variable), 0.0 * load)
    weights = system.calendar.hour_weights
    return {
        name: labelled(
            name,
            np.array([duration_curve(row, weights, THOUSANDTHS) for row in rows]).T,
            {"quantile": list(THOUSANDTHS), "year": list(system.calendar.periods)},
        )
        for name, rows in zip(DURATIONS, (load, load - taken, solution.price[ZONE]), strict=True)
    }


def duration_curve(values: Array, weights: Array, thousandths: Sequence[int]) -> Array:
    """Return what values reach or pass in so many thousandths of the hours: from the highest to the lowest.

    Parameters
    ----------
    values, weights : [hour], any unit, and hours that each stands for
    thousandths
        From 0, the highest value, to 1000, the lowest.

    Examples
    --------
    >>> duration_curve(np.array([1.0, 3.0, 2.0]), np.array([2.0, 1.0, 1.0]), (0, 250, 500, 501, 1000)).tolist()
    [3.0, 3.0, 2.0, 1.0, 1.0]
    """
    order = np.argsort(-values, kind="stable")
    reached = np.cumsum(weights[order])
    wanted = np.asarray(thousandths) / 1000 * reached[-1]
    # A sum of weights may miss a whole number of hours by its last bits.
    places = np.searchsorted(reached, wanted * (1 - 1e-12))
    return np.asarray(values[order][np.minimum(places, len(values) - 1)])
