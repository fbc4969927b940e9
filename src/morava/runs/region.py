"""The power system of a region: several zones with their fleets, water, lines between them and prices beyond."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import xarray as xr

from morava.errors import Problems, nearest
from morava.models.power.assemble import cycle_of, heat_share
from morava.models.power.borders import border_generators
from morava.models.power.calendar import WEEKS, chosen_weeks, full_hours, sample_hours
from morava.models.power.system import Calendar, Generator, Link, Storage, System
from morava.runs.region_reading import FILE, read_region_folder, region_folder, region_names
from morava.runs.region_types import NO_FUEL, Array, Fleet, Region

FULL = "full"
"""All hours of the year."""


def list_regions() -> list[str]:
    """Return the names of the regions that come with Morava.

    Examples
    --------
    >>> "western-balkans" in list_regions()
    True
    """
    return region_names()


def is_region(name: str | Path) -> bool:
    """Return whether a name or folder is that of a region.

    Examples
    --------
    >>> is_region("western-balkans"), is_region("serbia")
    (True, False)
    """
    return str(name) in region_names() or (Path(name) / FILE).is_file()


def read_region(name: str | Path) -> Region:
    """Return a region, by the name of one that comes with Morava or by the path of its folder.

    Raises
    ------
    MoravaError
        When there is none, or with everything that is wrong with its files, all at once.
    """
    return read_region_folder(region_folder(name))


def region_system(
    name: str | Path | Region,
    hours: str | int = FULL,
    zones: Sequence[str] | None = None,
    periods: Sequence[int] = (),
    committed: bool = False,
) -> System:
    """Return the power system of a region with the fleet that stands in its year.

    Parameters
    ----------
    name
        A region as read, or its name or folder.
    hours
        Weeks of the year, or `full` for all hours.
    zones
        Which zones; all without it. Lines to zones that are left out are cut.
    periods
        Years in order, in which the same fleet serves a load that grows as the region says; its own year without them.
    committed
        Whether thermal fleets have a linear on-line capacity, with their least output as a share of it and the cost of
        starting; else the least output of those that are always on is a share of what is available.

    Raises
    ------
    MoravaError
        When hours, zones or periods cannot be: all at once.
    """
    region = name if isinstance(name, Region) else read_region(name)
    weeks, chosen = _asked(region, hours, zones, periods)
    make = _Maker(region, _calendar(region, weeks, chosen, tuple(periods) or (region.said.year,)), committed)
    made = [one for fleet in region.fleets if fleet.zone in chosen for one in make.of(fleet)]
    generators = [one for one in made if isinstance(one, Generator)]
    return System(
        name=region.said.region,
        calendar=make.calendar,
        zones=chosen,
        demand={zone: make.demand(zone) for zone in chosen},
        generators=(*generators, *(one for zone in chosen for one in make.borders(zone))),
        storages=tuple(one for one in made if isinstance(one, Storage)),
        links=make.links(chosen),
        unserved_price=region.said.settings.unserved_price.value,
        emission_limit=np.full(1, np.inf),
        reserve_margin=np.nan,
        reserve_price=0.0,
    )


def _asked(
    region: Region, hours: str | int, zones: Sequence[str] | None, periods: Sequence[int]
) -> tuple[int, tuple[str, ...]]:
    """Return the number of weeks, zero for all hours, and the zones in the order of the region."""
    problems = Problems()
    text = str(hours).strip()
    weeks = 0 if text == FULL else int(text) if text.isdecimal() else -1
    if text != FULL and not 1 <= weeks <= WEEKS:
        problems.add(f"hours are {text!r}", "hours", f"give 1 to {WEEKS} weeks, or {FULL}")
    for zone in zones or ():
        if zone not in region.zones:
            problems.add(f"there is no zone {zone!r}", "zones", nearest(zone, region.zones))
    if zones is not None and not zones:
        problems.add("no zone is asked for", "zones", "name one, or leave them out for all")
    if any(later <= earlier for earlier, later in pairwise(periods)):
        problems.add(f"periods are {list(periods)}", "periods", "give years in order, each once")
    if periods and min(periods) < region.said.year:
        problems.add(f"a period lies before {region.said.year}", "periods", "the fleet is that of then: begin there")
    problems.raise_if_any()
    return weeks, tuple(zone for zone in region.zones if zones is None or zone in zones)


def _calendar(region: Region, weeks: int, zones: tuple[str, ...], periods: tuple[int, ...]) -> Calendar:
    rate = region.said.settings.discount_rate.value
    if weeks == 0:
        return full_hours(periods, rate)
    own = [columns[zone] for columns in region.series.values() for zone in zones if zone in columns]
    beyond = list(region.series["border_price"].values())
    return chosen_weeks(periods, weeks, np.asarray(own + beyond), rate)


@dataclass(frozen=True)
class _Maker:
    """Makes parts of a system in the hours of a calendar."""

    region: Region
    calendar: Calendar
    committed: bool

    def of(self, fleet: Fleet) -> tuple[Generator | Storage, ...]:
        """Return what a fleet becomes."""
        return MAKERS[self.region.said.technologies[fleet.technology].kind](self, fleet)

    def full(self, value: float) -> Array:
        """Return a number in every period."""
        return np.full(len(self.calendar.periods), value)

    def demand(self, zone: str) -> Array:
        """Return the load of a zone, [period, hour], MW."""
        growth = 1 + self.region.said.settings.load_growth.value
        since = np.asarray(self.calendar.periods, dtype=float) - self.region.said.year
        return np.outer(growth**since, sample_hours(self.region.series["load"][zone], self.calendar)[0])

    def available(self, fleet: Fleet) -> float:
        """Return the share of a fleet that is there."""
        return self.region.said.technologies[fleet.technology].availability.value

    def running_cost(self, fleet: Fleet) -> tuple[Array, float]:
        """Return fuel, carbon and variable cost [period, 1], EUR / MWh, and tonnes a MWh."""
        said, technology = self.region.said, self.region.said.technologies[fleet.technology]
        cost = technology.variable_cost.value
        if technology.fuel == NO_FUEL:
            return self.full(cost)[:, None], 0.0
        fuel = said.fuels[technology.fuel]
        emission = fuel.emission.value / fleet.efficiency
        cost += fuel.price.value / fleet.efficiency + said.zones[fleet.zone].carbon_price.value * emission
        return self.full(cost)[:, None], emission

    def generator(self, fleet: Fleet, availability: Array, minimum: float = 0.0) -> Generator:
        """Return a fleet that makes power."""
        cost, emission = self.running_cost(fleet)
        ramp = self.region.said.technologies[fleet.technology].ramp.value
        return Generator(
            name=f"{fleet.zone}_{fleet.technology}",
            zone=fleet.zone,
            technology=fleet.technology,
            capacity=self.full(fleet.capacity),
            availability=availability,
            cost=cost,
            minimum=minimum,
            emission=emission,
            ramp=ramp if ramp < 1 else np.inf,
        )

    def storage(self, fleet: Fleet, inflow: Array) -> Storage:
        """Return a fleet that holds water."""
        available = np.full((1, 1), self.available(fleet))
        return Storage(
            name=f"{fleet.zone}_{fleet.technology}",
            zone=fleet.zone,
            technology=fleet.technology,
            charge_capacity=self.full(fleet.charge),
            discharge_capacity=self.full(fleet.capacity),
            energy_capacity=self.full(fleet.storage),
            efficiency_charge=fleet.charge_efficiency,
            efficiency_discharge=fleet.efficiency,
            inflow=inflow,
            cycle=cycle_of(fleet.storage / fleet.capacity),
            cost=self.full(self.region.said.technologies[fleet.technology].variable_cost.value),
            charge_profile=available,
            discharge_profile=available,
        )

    def links(self, zones: tuple[str, ...]) -> tuple[Link, ...]:
        """Return the lines between zones."""
        return tuple(
            Link(f"{one.origin}-{one.target}", one.origin, one.target, self.full(one.forward), self.full(one.backward))
            for one in self.region.lines
            if not one.outside and one.origin in zones and one.target in zones
        )

    def borders(self, zone: str) -> tuple[Generator, ...]:
        """Return import from, and export to, each price beyond the region, as a country has them."""
        own = [one for one in self.region.lines if one.outside and one.origin == zone]
        if not own:
            return ()
        said, year = self.region.said.settings, [self.region.said.year]
        border = [f"{one.origin}-{one.target}" for one in own]
        prices = np.array([self.region.series["border_price"][one.target] for one in own])
        mean = prices.mean(axis=1, keepdims=True)
        capacity = [[[one.backward, one.forward] for one in own]]
        nothing = xr.DataArray([0.0], {"year": year}, "year")

        def by_border(value: float) -> xr.DataArray:
            return xr.DataArray(np.full(len(own), value), {"border": border}, "border")

        inputs = {
            "border_capacity": xr.DataArray(
                capacity,
                {"year": year, "border": border, "direction": ["import", "export"]},
                ("year", "border", "direction"),
            ),
            "border_price": xr.DataArray(mean.T, {"year": year, "border": border}, ("year", "border")),
            "border_price_shape": xr.DataArray(prices / mean, {"border": border}, ("border", "hour")),
            "border_price_slope": by_border(said.border_slope.value),
            "border_outage": by_border(said.border_outage.value),
            "border_carbon_area": by_border(0.0),
            "export_emission_factor": xr.DataArray(0.0),
            "carbon_border_price": nothing,
            "carbon_price_path": nothing,
        }
        return border_generators(inputs, self.calendar, zone)


Made = tuple[Generator | Storage, ...]


def _thermal(make: _Maker, fleet: Fleet) -> Made:
    always = make.region.said.technologies[fleet.technology].always_on
    one = make.generator(fleet, np.full((1, 1), make.available(fleet)), fleet.minimum if always else 0.0)
    if not make.committed:
        return (one,)
    return (replace(one, committed=True, minimum=fleet.minimum, start_cost=fleet.start_cost),)


def _heat_bound(make: _Maker, fleet: Fleet) -> Made:
    """Return a fleet in two parts, as `assemble` does: one that must run as the cold asks for, and the rest of it."""
    said = make.region.said.settings
    (air,) = make.region.series["temperature"].values()
    heat = heat_share(air, said.heat_from.value, said.heat_full.value)
    least = min(said.heat_minimum.value, make.available(fleet))
    rest = make.generator(fleet, sample_hours((make.available(fleet) - least) * heat, make.calendar))
    bound = sample_hours(least * heat, make.calendar)
    return replace(rest, name=f"{rest.name}_heat", availability=bound, minimum=1.0, ramp=np.inf), rest


def _by_series(make: _Maker, fleet: Fleet, series: str) -> Made:
    shape = make.region.series[series][fleet.zone] * make.available(fleet)
    return (make.generator(fleet, sample_hours(shape, make.calendar, 1.0)),)


def _reservoir(make: _Maker, fleet: Fleet) -> Made:
    return (make.storage(fleet, sample_hours(make.region.series["inflow"][fleet.zone], make.calendar)),)


MAKERS: Mapping[str, Callable[[_Maker, Fleet], Made]] = {
    "thermal": _thermal,
    "heat_bound": _heat_bound,
    "wind": lambda make, fleet: _by_series(make, fleet, "wind"),
    "solar": lambda make, fleet: _by_series(make, fleet, "solar"),
    "river": lambda make, fleet: _by_series(make, fleet, "river"),
    "reservoir": _reservoir,
    "pumped_storage": lambda make, fleet: (make.storage(fleet, np.zeros((1, 1))),),
}
"""How each kind of technology becomes part of a system; the kinds are those of a country."""
