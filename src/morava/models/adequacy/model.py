"""The model `adequacy`: loss of load of the plan's fleet, in every future; equations in `docs/models/adequacy.md`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import xarray as xr

from morava.models.adequacy.convolution import GRID, NOTHING, OutageTable, add_units, expected_shortage, steps_of
from morava.models.contract import futures_of, model, one_future, weather_of
from morava.quantities import labelled

Array = npt.NDArray[np.float64]
HOURS_A_YEAR, HOURS_A_DAY = 8760, 24
MW_IN_GW = 1000.0
FIRM = ("thermal", "nuclear", "biomass", "heat_bound", "reservoir")
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
    power_period: xr.DataArray,
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
    power_period
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
        Inputs that hold different futures; units that do not fit the grid of the outage table.

    Identity
    --------
    A unit more never raises any loss; the outage table sums to one.

    Source
    ------
    Billinton and Allan, Reliability Evaluation of Power Systems: capacity outage probability table by convolution.
    """
    inputs = dict(locals())
    futures = futures_of(inputs, "adequacy")
    years = sorted(int(year) for year in power_period.to_numpy())
    tables: dict[tuple[tuple[int, float], ...], OutageTable] = {}
    rows = [
        _assess_future(one_future(inputs, number), years, tables)
        for number in (futures if futures is not None else [None])
    ]
    coords: dict[str, Any] = {"year": years} if futures is None else {"future": futures, "year": years}
    found = {}
    for place, name in enumerate(NAMES):
        values = np.array([row[place] for row in rows])
        found[name] = labelled(name, values if futures is not None else values[0], coords)
    return found


NAMES = ("adequacy_lole", "adequacy_eue", "adequacy_lole_island", "adequacy_largest_unit", "adequacy_margin_n1")


@dataclass(frozen=True)
class Units:
    """Independent two-state units of one year: MW and chance to be out, names and technologies, [unit]."""

    capacity: Array
    outage: Array
    names: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()


def _assess_future(
    known: Mapping[str, xr.DataArray], years: list[int], tables: dict[tuple[tuple[int, float], ...], OutageTable]
) -> tuple[Array, ...]:
    weather = weather_of(known)
    result = np.zeros((len(NAMES), len(years)))
    for place, year in enumerate(years):
        units = units_of(known, year)
        residual = residual_load(known, year, weather)
        borders = _borders(known, year)
        island = _table(units, tables)
        both = add_units(island, steps_of(borders.capacity), borders.outage.tolist())
        chance, short = expected_shortage(both, residual)
        alone, _ = expected_shortage(island, residual)
        largest, widest = units.capacity.max(initial=0.0), borders.capacity.max(initial=0.0)
        margin = units.capacity.sum() + borders.capacity.sum() - largest - widest - residual.max()
        result[:, place] = chance.sum(), short.sum(), alone.sum(), largest, margin
    return tuple(result)


def _table(units: Units, tables: dict[tuple[tuple[int, float], ...], OutageTable]) -> OutageTable:
    """Return the table of a set of units; one future's table is another's where their units are the same."""
    steps = np.rint(units.capacity * GRID).astype(int).tolist()  # a plan may leave any part of a unit standing
    key = tuple(sorted(zip(steps, units.outage.tolist(), strict=True)))
    if key not in tables:
        tables[key] = add_units(NOTHING, [step for step, _ in key], [out for _, out in key])
    return tables[key]


def pick(array: xr.DataArray, **labels: object) -> Any:
    """Return the values at some labels, by position: a tenth of the time of `sel`, which all futures add up."""
    return array.values[
        tuple(array.get_index(dim).get_loc(labels[str(dim)]) if dim in labels else slice(None) for dim in array.dims)
    ]


def path_at(array: xr.DataArray, year: int, **labels: object) -> float:
    """Return a path in a year; straight between the years that are known, level beyond them."""
    return float(np.interp(year, array.get_index("year").to_numpy().astype(float), pick(array, **labels)))


def units_of(known: Mapping[str, xr.DataArray], year: int) -> Units:
    """Return the units that stand at the end of a year: those of the pack, then what the plan adds, in standard sizes.

    Where the plan takes capacity away, the oldest units go first; the last of them may stay in part.
    """
    names, end = known["power_unit_technology"].to_numpy(), known["power_unit_end"].to_numpy()
    capacity = known["power_unit_capacity"].to_numpy()

    def standing(label: str) -> float:
        retired = capacity[(names == label) & (end <= year)].sum()
        return max(_capacity(known, label, year) - float(retired), 0.0)

    return units_within(known, year, FIRM, standing)


def units_within(
    known: Mapping[str, xr.DataArray], year: int, kinds: tuple[str, ...], standing: Callable[[str], float]
) -> Units:
    """Return the units of some kinds of technology that together are as large as what stands of each.

    Parameters
    ----------
    known
        Inputs of one future.
    year
        Units whose end has come by then are gone, those that start later are not there yet.
    kinds
        Kinds of technology.
    standing
        MW that stand, by technology: filled with the pack's units, the newest first, then with standard sizes.
    """
    owners = known["power_unit_technology"].to_numpy()
    labels = known["power_unit_technology"].coords["unit"].to_numpy()
    capacity, outage = known["power_unit_capacity"].to_numpy(), known["power_unit_outage"].to_numpy()
    start, end = known["power_unit_start"].to_numpy(), known["power_unit_end"].to_numpy()
    found: list[tuple[float, float, str, str]] = []
    for technology, kind in kinds_of(known).items():
        if kind not in kinds:
            continue
        own = np.flatnonzero(owners == technology)
        left = standing(technology)
        for unit in own[np.argsort(-start[own], kind="stable")]:
            if end[unit] <= year or start[unit] > year or left <= 0:
                continue
            part = min(float(capacity[unit]), left)
            found.append((part, float(outage[unit]), str(labels[unit]), technology))
            left -= part
        size = float(pick(known["power_standard_size"], technology=technology))
        chance = float(pick(known["power_standard_outage"], technology=technology))
        number = 0
        while left > 1 / GRID:
            number += 1
            found.append((min(size, left), chance, f"{technology}, addition {number}", technology))
            left -= size
    sizes, chances, names, technologies = zip(*found, strict=True) if found else ((), (), (), ())
    return Units(np.asarray(sizes, dtype=float), np.asarray(chances, dtype=float), names, technologies)


def kinds_of(known: Mapping[str, xr.DataArray]) -> dict[str, str]:
    """Return the kind of each technology, in order."""
    kinds = known["power_technology_kind"]
    return dict(zip(map(str, kinds.coords["technology"].to_numpy()), map(str, kinds.to_numpy()), strict=True))


def _capacity(known: Mapping[str, xr.DataArray], technology: str, year: int) -> float:
    if pick(known["power_technology_kind"], technology=technology) == "reservoir":
        return float(known["power_reservoir_capacity"])
    if technology not in known["power_capacity"].get_index("technology"):
        return 0.0
    return path_at(known["power_capacity"], year, technology=technology)


def residual_load(known: Mapping[str, xr.DataArray], year: int, weather: str) -> Array:
    """Return what units must carry in each hour: load less wind, sun and rivers, its daily peaks shaved by storages."""
    load = net_load(known, year, weather, lambda label: _capacity(known, label, year))
    for label, kind in kinds_of(known).items():
        if kind in STORING:
            hours = float(pick(known["power_energy_hours"], technology=label))
            load = shave(load, _capacity(known, label, year), hours)
    return load


def net_load(known: Mapping[str, xr.DataArray], year: int, weather: str, standing: Callable[[str], float]) -> Array:
    """Return load less wind and sun, of which so many MW stand by technology, and less rivers, [hour], MW."""
    mean = path_at(known["power_demand_path"], year) * MW_IN_GW / HOURS_A_YEAR
    load = mean * _shape(known, "power_load_shape", weather)
    centres = path_at(known["data_centre_energy"], year) * MW_IN_GW / HOURS_A_YEAR
    load = load + centres * known["data_centre_load_shape"].to_numpy()
    for label, kind in kinds_of(known).items():
        if kind in BY_SHAPE:
            load = load - standing(label) * _shape(known, BY_SHAPE[kind], weather)
        elif kind == "river":
            load = load - _river(known, label, year, weather)
    return load


def _shape(known: Mapping[str, xr.DataArray], name: str, weather: str) -> Array:
    return np.asarray(pick(known[name], weather=weather), dtype=float)


def _river(known: Mapping[str, xr.DataArray], label: str, year: int, weather: str) -> Array:
    total = path_at(known["power_capacity"], year, technology=label)
    base = float(pick(known["power_capacity"], technology=label)[0])
    capacity = max(total - float(known["power_reservoir_capacity"]), 0.0)
    energy = float(known["hydro_output_expected"]) * float(known["hydro_year_factor"]) * MW_IN_GW * total / base
    shape = _shape(known, "river_availability", weather)
    part = 1 - float(known["power_reservoir_capacity"]) / base
    return np.asarray(np.minimum(shape * (energy * part / (shape.mean() * HOURS_A_YEAR)), capacity))


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
    >>> float(shave(day, 1.0, 2.0)[-1])
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


HALVINGS = 25
"""Halvings of the bracket of a day's shaved peak: far below a tenth of a MW."""


def _borders(known: Mapping[str, xr.DataArray], year: int) -> Units:
    capacity, share = known["border_capacity"], float(known["border_firm_share"])
    borders = capacity.get_index("border")
    sizes = [
        np.floor(path_at(capacity, year, border=border, direction="import") * share * GRID) / GRID for border in borders
    ]
    # The two arrays come from different facts: their borders need not stand in the same order.
    outage = [float(pick(known["border_outage"], border=border)) for border in borders]
    return Units(np.asarray(sizes), np.asarray(outage))
