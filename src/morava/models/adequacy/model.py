"""The model `adequacy`: loss of load of the plan's fleet, in every future; equations in `docs/models/adequacy.md`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import xarray as xr

from morava.models.adequacy.convolution import GRID, OutageTable, expected_shortage, outage_table
from morava.models.contract import model
from morava.quantities import labelled

Array = npt.NDArray[np.float64]
HOURS_A_YEAR, HOURS_A_DAY = 8760, 24
MW_IN_GW = 1000.0
FIRM = ("thermal", "nuclear", "heat_bound", "reservoir")
"""Kinds whose units are drawn one by one."""
STORING = ("pumped_storage", "battery")
"""Kinds that shave the peaks of each day."""
BY_SHAPE = {"wind": "wind_availability", "solar": "solar_availability"}


@model(
    gives=[
        "adequacy_lole",
        "adequacy_eue",
        "adequacy_lole_island",
        "adequacy_largest_unit",
        "adequacy_margin_n1",
    ]
)
def adequacy(
    power_capacity: xr.DataArray,
    power_technology_kind: xr.DataArray,
    power_unit_capacity: xr.DataArray,
    power_unit_technology: xr.DataArray,
    power_unit_start: xr.DataArray,
    power_unit_end: xr.DataArray,
    power_unit_outage: xr.DataArray,
    power_standard_size: xr.DataArray,
    power_standard_outage: xr.DataArray,
    power_energy_hours: xr.DataArray,
    power_reservoir_capacity: xr.DataArray,
    power_load_shape: xr.DataArray,
    wind_availability: xr.DataArray,
    solar_availability: xr.DataArray,
    river_availability: xr.DataArray,
    weather_draw: xr.DataArray,
    hydro_output_expected: xr.DataArray,
    hydro_year_factor: xr.DataArray,
    power_demand_path: xr.DataArray,
    data_centre_energy: xr.DataArray,
    data_centre_load_shape: xr.DataArray,
    border_capacity: xr.DataArray,
    border_firm_share: xr.DataArray,
    border_outage: xr.DataArray,
    power_solve_year: xr.DataArray,
) -> dict[str, xr.DataArray]:
    """Return loss of load of the fleet that the plan leaves standing, without what a least-cost program would add.

    Parameters
    ----------
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
    power_energy_hours
        [technology], hour
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
    border_firm_share
        [], 1
    border_outage
        [border], 1
    power_solve_year
        [item], 1

    Returns
    -------
    dict
        `adequacy_lole` [year], hour / year, and `adequacy_eue` [year], MWh / year, with borders as firm as their share
        says; `adequacy_lole_island` [year], hour / year, without them; `adequacy_largest_unit` [year], MW;
        `adequacy_margin_n1` [year], MW: the lowest hourly margin with every unit but the largest and every border but
        the largest at work.

    Raises
    ------
    MoravaError
        Units that do not fit the grid of the outage table.

    Identity
    --------
    A unit more never raises any loss; the outage table sums to one.

    Source
    ------
    Billinton and Allan, Reliability Evaluation of Power Systems: capacity outage probability table by convolution.
    """
    inputs = dict(locals())
    held = [array for array in inputs.values() if "future" in array.dims]
    futures = held[0].coords["future"].to_numpy().tolist() if held else None
    years = sorted(int(year) for year in power_solve_year.to_numpy())
    tables: dict[tuple[tuple[int, float], ...], OutageTable] = {}
    rows = [_assess_future(_one(inputs, number), years, tables) for number in (futures or [None])]
    coords: dict[str, Any] = {"year": years} if futures is None else {"future": futures, "year": years}
    found = {}
    for place, name in enumerate(NAMES):
        values = np.array([row[place] for row in rows])
        found[name] = labelled(name, values if futures is not None else values[0], coords)
    return found


NAMES = ("adequacy_lole", "adequacy_eue", "adequacy_lole_island", "adequacy_largest_unit", "adequacy_margin_n1")


def _one(inputs: Mapping[str, xr.DataArray], number: int | None) -> dict[str, xr.DataArray]:
    return {
        name: array.sel(future=number, drop=True) if "future" in array.dims else array for name, array in inputs.items()
    }


@dataclass(frozen=True)
class Units:
    """Independent two-state units of one year: MW and chance to be out, [unit]."""

    capacity: Array
    outage: Array


def _assess_future(
    known: Mapping[str, xr.DataArray], years: list[int], tables: dict[tuple[tuple[int, float], ...], OutageTable]
) -> tuple[Array, ...]:
    labels = known["power_load_shape"].coords["weather"].to_numpy()
    weather = labels[min(int(float(known["weather_draw"]) * len(labels)), len(labels) - 1)]
    result = np.zeros((len(NAMES), len(years)))
    for place, year in enumerate(years):
        units = units_of(known, year)
        residual = residual_load(known, year, str(weather))
        borders = _borders(known, year)
        both = Units(np.concatenate([units.capacity, borders.capacity]), np.concatenate([units.outage, borders.outage]))
        chance, short = expected_shortage(_table(both, tables), residual)
        alone, _ = expected_shortage(_table(units, tables), residual)
        largest, widest = units.capacity.max(initial=0.0), borders.capacity.max(initial=0.0)
        margin = both.capacity.sum() - largest - widest - residual.max()
        result[:, place] = chance.sum(), short.sum(), alone.sum(), largest, margin
    return tuple(result)


def _table(units: Units, tables: dict[tuple[tuple[int, float], ...], OutageTable]) -> OutageTable:
    """Return the table of a set of units; one future's table is another's where their units are the same."""
    steps = np.rint(units.capacity * GRID).astype(int).tolist()
    key = tuple(sorted(zip(steps, units.outage.tolist(), strict=True)))
    if key not in tables:
        tables[key] = outage_table([step / GRID for step, _ in key], [out for _, out in key])
    return tables[key]


def _path(array: xr.DataArray, year: int) -> float:
    return float(np.interp(year, array.coords["year"].to_numpy().astype(float), array.to_numpy()))


def units_of(known: Mapping[str, xr.DataArray], year: int) -> Units:
    """Return the units that stand at the end of a year: those of the pack, then what the plan adds, in standard sizes.

    Where the plan takes capacity away, the oldest units go first; the last of them may stay in part.
    """
    names = known["power_unit_technology"].to_numpy()
    capacity, outage = known["power_unit_capacity"].to_numpy(), known["power_unit_outage"].to_numpy()
    start, end = known["power_unit_start"].to_numpy(), known["power_unit_end"].to_numpy()
    sizes: list[float] = []
    chances: list[float] = []
    for label, kind in zip(
        known["power_technology_kind"].coords["technology"].to_numpy(),
        known["power_technology_kind"].to_numpy(),
        strict=True,
    ):
        if kind not in FIRM:
            continue
        own = np.flatnonzero(names == label)
        retired = capacity[own[end[own] <= year]].sum()
        left = max(_capacity(known, str(label), year) - retired, 0.0)
        for unit in own[np.argsort(-start[own], kind="stable")]:
            if end[unit] <= year or left <= 0:
                continue
            part = min(float(capacity[unit]), left)
            sizes.append(part)
            chances.append(float(outage[unit]))
            left -= part
        size = float(known["power_standard_size"].sel(technology=label))
        chance = float(known["power_standard_outage"].sel(technology=label))
        while left > 1 / GRID:
            sizes.append(min(size, left))
            chances.append(chance)
            left -= size
    return Units(np.asarray(sizes), np.asarray(chances))


def _capacity(known: Mapping[str, xr.DataArray], technology: str, year: int) -> float:
    if str(known["power_technology_kind"].sel(technology=technology).item()) == "reservoir":
        return float(known["power_reservoir_capacity"])
    if technology not in known["power_capacity"].coords["technology"].to_numpy():
        return 0.0
    return _path(known["power_capacity"].sel(technology=technology), year)


def residual_load(known: Mapping[str, xr.DataArray], year: int, weather: str) -> Array:
    """Return what units must carry in each hour: load less wind, sun and rivers, its daily peaks shaved by storages."""
    mean = _path(known["power_demand_path"], year) * MW_IN_GW / HOURS_A_YEAR
    load = mean * _shape(known, "power_load_shape", weather)
    centres = _path(known["data_centre_energy"], year) * MW_IN_GW / HOURS_A_YEAR
    load = load + centres * known["data_centre_load_shape"].to_numpy()
    kinds = {
        str(label): str(kind)
        for label, kind in zip(
            known["power_technology_kind"].coords["technology"].to_numpy(),
            known["power_technology_kind"].to_numpy(),
            strict=True,
        )
    }
    for label, kind in kinds.items():
        if kind in BY_SHAPE:
            load = load - _capacity(known, label, year) * _shape(known, BY_SHAPE[kind], weather)
        elif kind == "river":
            load = load - _river(known, label, year, weather)
    for label, kind in kinds.items():
        if kind in STORING:
            hours = float(known["power_energy_hours"].sel(technology=label))
            load = shave(load, _capacity(known, label, year), hours)
    return load


def _shape(known: Mapping[str, xr.DataArray], name: str, weather: str) -> Array:
    return np.asarray(known[name].sel(weather=weather).to_numpy(), dtype=float)


def _river(known: Mapping[str, xr.DataArray], label: str, year: int, weather: str) -> Array:
    total = _path(known["power_capacity"].sel(technology=label), year)
    base = float(known["power_capacity"].sel(technology=label).isel(year=0))
    capacity = max(total - float(known["power_reservoir_capacity"]), 0.0)
    energy = float(known["hydro_output_expected"]) * float(known["hydro_year_factor"]) * MW_IN_GW * total / base
    shape = _shape(known, "river_availability", weather)
    part = 1 - float(known["power_reservoir_capacity"]) / base
    return np.minimum(shape * (energy * part / (shape.mean() * HOURS_A_YEAR)), capacity)


def shave(load: Array, capacity: float, hours: float) -> Array:
    """Return a load whose peaks of each day a storage has shaved, as low as its power and energy allow.

    The energy of a day is that of the storage, and no more than the power can bring in a day; it is taken to be filled
    again at night, which is checked nowhere: in a day that is short at all hours this is too kind.

    Parameters
    ----------
    load : [hour], MW
    capacity : MW
    hours : MWh for each MW

    Examples
    --------
    >>> day = np.r_[np.full(20, 1.0), np.full(4, 3.0)]
    >>> shave(day, 1.0, 2.0)[-1]
    2.5
    """
    if capacity <= 0:
        return load
    days = load.reshape(-1, HOURS_A_DAY)
    energy = capacity * min(hours, HOURS_A_DAY / 2)
    low, high = days.max(axis=1) - capacity, days.max(axis=1)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        taken = np.clip(days - middle[:, None], 0, capacity).sum(axis=1)
        low, high = np.where(taken > energy, middle, low), np.where(taken > energy, high, middle)
    return np.asarray((days - np.clip(days - high[:, None], 0, capacity)).ravel())


HALVINGS = 40
"""Halvings of the bracket of a day's shaved peak: far below a tenth of a MW."""


def _borders(known: Mapping[str, xr.DataArray], year: int) -> Units:
    capacity = known["border_capacity"].sel(direction="import")
    share = float(known["border_firm_share"])
    sizes = [
        np.floor(_path(capacity.sel(border=border), year) * share * GRID) / GRID
        for border in capacity.coords["border"].to_numpy()
    ]
    return Units(np.asarray(sizes), known["border_outage"].to_numpy().astype(float))
