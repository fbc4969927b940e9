"""What a region is: several power zones with fleets, series, lines and prices beyond, every number with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import numpy.typing as npt
from pydantic import AfterValidator, Field

from morava.plans.schema_types import Entry, OneOf, refuse

Array = npt.NDArray[np.float64]

KINDS = ("thermal", "heat_bound", "wind", "solar", "river", "reservoir", "pumped_storage")
"""What a technology becomes: as the kinds of a country's technologies."""
NO_FUEL = "none"
UNITS = {
    "unserved_price": "EUR / MWh",
    "discount_rate": "1 / year",
    "load_growth": "1 / year",
    "border_slope": "EUR / MWh / MW",
    "border_outage": "1",
    "heat_minimum": "1",
    "heat_from": "degC",
    "heat_full": "degC",
    "carbon_price": "EUR / tonne",
    "price": "EUR / MWh",
    "emission": "tonne / MWh",
    "availability": "1",
    "variable_cost": "EUR / MWh",
    "ramp": "1 / hour",
}
"""Unit of every number by its name; fuel counts by the heat in it."""
SERIES = {
    "load": "MW",
    "wind": "1",
    "solar": "1",
    "river": "1",
    "inflow": "MW",
    "temperature": "degC",
    "border_price": "EUR / MWh",
}
"""Unit of every hourly series; `border_price` has a column a neighbour, `temperature` one for all, the rest a zone."""


def _has_ground(number: Number) -> Number:
    if bool(number.source) == bool(number.assumed):
        refuse("a number needs a source or a reason for which it is assumed", "give source: or assumed:, one of them")
    return number


class Number(Entry):
    """A value with its unit, and either the source it stands in or why it was assumed."""

    value: float
    unit: str
    source: str = ""
    assumed: str = ""


Grounded = Annotated[Number, AfterValidator(_has_ground)]


class Zone(Entry):
    """A zone; what a tonne of carbon dioxide costs there."""

    title: str
    carbon_price: Grounded


class Fuel(Entry):
    """A fuel, by the heat in it."""

    price: Grounded
    emission: Grounded


class Technology(Entry):
    """What all fleets of a technology have in common.

    `always_on`: some plant of each fleet always runs, so that its least output does even without commitment.
    """

    kind: Annotated[str, OneOf(KINDS)]
    fuel: str
    availability: Grounded
    variable_cost: Grounded
    ramp: Grounded
    always_on: bool = False


class Settings(Entry):
    """What holds for the whole region."""

    unserved_price: Grounded
    discount_rate: Grounded
    load_growth: Grounded
    border_slope: Grounded
    border_outage: Grounded
    heat_minimum: Grounded
    heat_from: Grounded
    heat_full: Grounded


class Tables(Entry):
    """Files of fleets, of links and of borders; each may be several, one a licence."""

    fleet: list[str]
    links: list[str]
    borders: list[str]


class Listed(Entry):
    """The file of a series, and what was done to it."""

    file: str
    unit: str
    sources: list[str]
    mends: list[str]


class Water(Entry):
    """The year of water power that river and inflow of a zone were scaled to, and the factor that it took."""

    year_twh: float
    factor: float


class RegionFile(Entry):
    """What `region.yaml` says."""

    region: str
    title: str
    year: int
    licence: str
    sources: dict[str, str]
    zones: dict[str, Zone]
    settings: Settings
    fuels: dict[str, Fuel]
    technologies: dict[str, Technology]
    tables: Tables
    series: dict[str, Listed]
    gaps: list[str]
    hydro: dict[str, Water] = Field(default_factory=dict)


@dataclass(frozen=True)
class Fleet:
    """All plants of a technology in a zone.

    Parameters
    ----------
    capacity : MW, net
    efficiency : electricity of fuel or of stored water
    minimum : share of what is available that always runs
    start_cost : EUR / MW brought on line
    storage : MWh that are held
    charge : MW of pumping
    charge_efficiency : what of a MWh of pumping is held
    units : how many plants stand in it; 0 where only a sum is known
    """

    zone: str
    technology: str
    capacity: float
    efficiency: float
    minimum: float
    start_cost: float
    storage: float
    charge: float
    charge_efficiency: float
    units: float
    source: str


@dataclass(frozen=True)
class Line:
    """What may flow between two zones, or (`outside`) between a zone and a price beyond the region, MW each way."""

    origin: str
    target: str
    forward: float
    backward: float
    source: str
    outside: bool


@dataclass(frozen=True)
class Region:
    """A region as read: everything checked, series [8760] by name and column."""

    said: RegionFile
    fleets: tuple[Fleet, ...]
    lines: tuple[Line, ...]
    series: Mapping[str, Mapping[str, Array]]

    @property
    def zones(self) -> tuple[str, ...]:
        """Return the names of the zones, in the order of the file."""
        return tuple(self.said.zones)
