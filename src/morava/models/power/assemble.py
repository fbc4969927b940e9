"""From what is known of one future to its power system: fleets, storages, borders, demand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import xarray as xr

from morava.models.contract import weather_of
from morava.models.power.borders import border_generators
from morava.models.power.calendar import (
    HOURS_A_WEEK,
    HOURS_A_YEAR,
    chosen_weeks,
    full_hours,
    sample_hours,
    scale_to_mean,
)
from morava.models.power.system import Budget, Build, Calendar, Generator, Storage, System

Array = npt.NDArray[np.float64]
Inputs = Mapping[str, xr.DataArray]
ZONE = "nation"
MW_IN_GW = 1000.0
"""MWh in a GWh, MW in a GW, kW in a MW, EUR in a thousand EUR."""
MILLION = 1e6
HOURS_A_DAY = 24


@dataclass(frozen=True)
class Known:
    """The inputs of one future, read by the labels of its calendar."""

    inputs: Inputs
    calendar: Calendar
    weather: str

    def one(self, name: str) -> float:
        """Return a number without dimensions."""
        return float(self.inputs[name])

    def of(self, name: str, technology: str) -> float:
        """Return a number of a technology."""
        return float(self.inputs[name].sel(technology=technology))

    def word(self, name: str, technology: str) -> str:
        """Return a word of a technology."""
        return str(self.inputs[name].sel(technology=technology).item())

    def path(self, name: str, **labels: str) -> Array:
        """Return a path in the solved years; straight between the years that are known, level beyond them."""
        array = self.inputs[name].sel(labels) if labels else self.inputs[name]
        known = array.coords["year"].to_numpy().astype(float)
        return np.asarray(np.interp(self.calendar.periods, known, array.to_numpy()), dtype=np.float64)

    def shape(self, name: str) -> Array:
        """Return a shape of the future's weather in all hours of the year."""
        array = self.inputs[name]
        return np.asarray(array.sel(weather=self.weather) if "weather" in array.dims else array, dtype=float)

    def chosen(self, values: Array, most: float = np.inf) -> Array:
        """Return hourly values of a year in the chosen hours, [1 or period, hour], with the mean of the year."""
        return sample_hours(values, self.calendar, most)

    @property
    def technologies(self) -> list[str]:
        """Return the labels of technologies."""
        return [str(label) for label in self.inputs["power_technology_kind"].coords["technology"].to_numpy()]


def calendar_of(inputs: Inputs) -> Calendar:
    """Return the calendar that a run asks for; zero weeks are all hours."""
    years = sorted(int(year) for year in inputs["power_solve_year"].to_numpy())
    rate, weeks = float(inputs["discount_rate"]), int(inputs["power_solve_weeks"])
    if weeks == 0:
        return full_hours(years, rate)
    weather = weather_of(inputs)
    shapes = ("power_load_shape", "wind_availability", "solar_availability", "river_availability")
    features = [inputs[name].sel(weather=weather).to_numpy() for name in shapes]
    features.append(inputs["border_price_shape"].mean("border").to_numpy())
    return chosen_weeks(years, weeks, np.asarray(features, dtype=float), rate)


def assemble(inputs: Inputs, calendar: Calendar) -> System:
    """Return the power system of one future.

    Parameters
    ----------
    inputs
        What the model `power` needs, without the dimension `future`.
    calendar
        The years and hours to be solved.
    """
    known = Known(inputs, calendar, weather_of(inputs))
    full = demand_of(known)
    made = [
        one
        for technology in known.technologies
        for one in MAKERS[known.word("power_technology_kind", technology)](known, technology)
    ]
    generators = [one for one in made if isinstance(one, Generator)]
    storages = [one for one in made if isinstance(one, Storage)] + _shift(known)
    return System(
        name="power",
        calendar=calendar,
        zones=(ZONE,),
        demand={ZONE: known.chosen(full)},
        generators=(*generators, *border_generators(inputs, calendar, ZONE)),
        storages=tuple(storages),
        links=(),
        unserved_price=known.one("power_unserved_price"),
        emission_limit=np.full(1, np.inf),
        reserve_margin=known.one("power_reserve_margin"),
        reserve_price=known.one("power_reserve_price") * MW_IN_GW,
        budgets=(
            Budget(
                name="power_budget",
                first=int(known.one("power_budget_first")),
                last=int(known.one("power_budget_last")),
                amount=known.one("power_budget_amount") * MILLION,
                committed=known.one("power_budget_committed") * MILLION,
                binding=known.one("power_budget_binding") > 0,
            ),
        ),
        peak=full.max(axis=1),
    )


def demand_of(known: Known) -> Array:
    """Return demand in all hours of each solved year, data centres included, [period, 8760], MW."""
    mean = known.path("power_demand_path") * MW_IN_GW / HOURS_A_YEAR
    centres = known.path("data_centre_energy") * MW_IN_GW / HOURS_A_YEAR
    shape = known.inputs["data_centre_load_shape"].to_numpy().astype(float)
    return np.outer(mean, known.shape("power_load_shape")) + np.outer(centres, shape)


def standing_capacity(known: Known, technology: str) -> Array:
    """Return what the plan leaves standing in each solved year, less the units whose end has come, MW."""
    inputs = known.inputs
    if technology not in inputs["power_capacity"].coords["technology"].to_numpy():
        return np.zeros(len(known.calendar.periods))
    capacity = known.path("power_capacity", technology=technology)
    own = inputs["power_unit_technology"].to_numpy() == technology
    ends = inputs["power_unit_end"].to_numpy()[own]
    sizes = inputs["power_unit_capacity"].to_numpy()[own]
    retired = np.array([sizes[ends <= year].sum() for year in known.calendar.periods])
    return np.asarray(np.maximum(capacity - retired, 0.0))


def build_of(known: Known, technology: str) -> Build | None:
    """Return what the program may add of a technology, or nothing where its rate is zero."""
    rate, start = known.of("power_build_rate", technology), known.of("power_build_start", technology)
    years = np.asarray(known.calendar.periods, dtype=float)
    since = np.maximum(np.append(years[0], years[:-1]), start)
    limit = rate * np.maximum(years - since, 0.0)
    if limit.max() <= 0:
        return None
    overnight = known.path("power_capital_cost", technology=technology) + known.of("power_grid_cost", technology)
    lifetime, interest = known.of("power_lifetime", technology), known.one("discount_rate")
    recovery = interest / (1 - (1 + interest) ** -lifetime) if interest > 0 else 1 / lifetime
    return Build(
        annual_cost=(overnight * recovery + known.of("power_fixed_cost", technology)) * MW_IN_GW,
        overnight_cost=overnight * MW_IN_GW,
        limit=limit,
        total_limit=known.of("power_build_limit", technology),
        lifetime=lifetime,
    )


def running_cost(known: Known, technology: str) -> tuple[Array, float]:
    """Return fuel, carbon and variable cost [period, 1], EUR / MWh, and tonnes a MWh."""
    fuel = known.word("power_technology_fuel", technology)
    cost = np.full(len(known.calendar.periods), known.of("power_variable_cost", technology))
    if fuel == "none":
        return cost[:, None], 0.0
    efficiency = known.of("power_efficiency", technology)
    emission = float(known.inputs["fuel_emission"].sel(fuel=fuel)) / efficiency
    cost = cost + known.path("fuel_price", fuel=fuel) / efficiency + known.path("carbon_price_path") * emission
    return cost[:, None], emission


def _fleet(known: Known, technology: str, availability: Array, minimum: float, name: str = "") -> Generator:
    cost, emission = running_cost(known, technology)
    ramp = known.of("power_ramp_rate", technology)
    return Generator(
        name=name or technology,
        zone=ZONE,
        technology=technology,
        capacity=standing_capacity(known, technology),
        availability=availability,
        cost=cost,
        minimum=minimum,
        emission=emission,
        fixed_cost=np.full(1, known.of("power_fixed_cost", technology) * MW_IN_GW),
        ramp=ramp if ramp < 1 else np.inf,
        reserve_credit=known.of("power_reserve_credit", technology),
        build=build_of(known, technology),
    )


Made = tuple[Generator | Storage, ...]


def _thermal(known: Known, technology: str) -> Made:
    availability = np.full((1, 1), known.of("power_plant_availability", technology))
    return (_fleet(known, technology, availability, known.of("power_minimum_output", technology)),)


def heat_share(air: Array, warm: float, cold: float) -> Array:
    """Return what heat takes of a plant that is bound to it: nothing from `warm` up, all from `cold` down, degC.

    Examples
    --------
    >>> heat_share(np.array([20.0, 5.0, -10.0]), 15.0, -5.0).tolist()
    [0.0, 0.5, 1.0]
    """
    return np.asarray(np.clip((warm - air) / (warm - cold), 0, 1), dtype=np.float64)


def _heat_bound(known: Known, technology: str) -> Made:
    """Return a fleet in two parts: one that must run as the cold asks for, and what heat leaves of it.

    Plants of this kind make power only where somebody takes their heat, so that both parts follow the cold.
    """
    heat = heat_share(known.shape("air_temperature"), known.one("power_heat_from"), known.one("power_heat_full"))
    least, most = known.of("power_minimum_output", technology), known.of("power_plant_availability", technology)
    bound = known.chosen(least * heat)
    rest = _fleet(known, technology, known.chosen(max(most - least, 0.0) * heat), 0.0)
    cost, emission = running_cost(known, technology)
    held = Generator(f"{technology}_heat", ZONE, technology, rest.capacity, bound, cost, minimum=1.0, emission=emission)
    return held, rest


def _by_weather(known: Known, technology: str, shape: str) -> Made:
    availability = known.chosen(known.shape(shape), 1.0) * known.of("power_plant_availability", technology)
    return (_fleet(known, technology, availability, 0.0),)


def hydro_energy(known: Known) -> tuple[Array, float]:
    """Return the water's year of all hydro plants [period], MWh, and the share of it that reservoirs hold."""
    river = next(one for one in known.technologies if known.word("power_technology_kind", one) == "river")
    base = float(known.inputs["power_capacity"].sel(technology=river).isel(year=0))
    total = known.path("power_capacity", technology=river)
    year = known.one("hydro_output_expected") * known.one("hydro_year_factor") * MW_IN_GW
    return year * total / base, known.one("power_reservoir_capacity") / base


def _river(known: Known, technology: str) -> Made:
    fleet = _fleet(known, technology, np.ones((1, 1)), 0.0)
    capacity = np.maximum(fleet.capacity - known.one("power_reservoir_capacity"), 0.0)
    energy, held = hydro_energy(known)
    shape = known.shape("river_availability")
    scaled = [
        scale_to_mean(shape, share * (1 - held) / (mw * HOURS_A_YEAR) if mw > 0 else 0.0)
        for share, mw in zip(energy, capacity, strict=True)
    ]
    return (
        Generator(
            technology, ZONE, technology, capacity, known.chosen(np.asarray(scaled), 1.0), fleet.cost,
            fixed_cost=fleet.fixed_cost, reserve_credit=fleet.reserve_credit,
        ),
    )  # fmt: skip


def cycle_of(hours: float) -> str:
    """Return over what a storage of so many hours returns to its level.

    Examples
    --------
    >>> cycle_of(6.0), cycle_of(30.0), cycle_of(900.0)
    ('day', 'stretch', 'year')
    """
    return "day" if hours <= HOURS_A_DAY else "stretch" if hours < HOURS_A_WEEK else "year"


def _storage(known: Known, technology: str, capacity: Array, inflow: Array) -> Storage:
    hours, ratio = known.of("power_energy_hours", technology), known.of("power_charge_ratio", technology)
    side = float(np.sqrt(known.of("power_round_trip_efficiency", technology)))
    available = np.full((1, 1), known.of("power_plant_availability", technology))
    return Storage(
        name=technology,
        zone=ZONE,
        technology=technology,
        charge_capacity=capacity * ratio,
        discharge_capacity=capacity,
        energy_capacity=capacity * hours,
        efficiency_charge=side,
        efficiency_discharge=side,
        inflow=inflow,
        cycle=cycle_of(hours),
        cost=np.full(1, known.of("power_variable_cost", technology)),
        charge_profile=available,
        discharge_profile=available,
        fixed_cost=np.full(1, known.of("power_fixed_cost", technology) * MW_IN_GW),
        reserve_credit=known.of("power_reserve_credit", technology),
        build=build_of(known, technology),
        build_charge=ratio,
        build_hours=hours,
    )


def _plain_storage(known: Known, technology: str) -> Made:
    return (_storage(known, technology, standing_capacity(known, technology), np.zeros((1, 1))),)


def _reservoir(known: Known, technology: str) -> Made:
    energy, held = hydro_energy(known)
    capacity = np.full(len(energy), known.one("power_reservoir_capacity"))
    inflow = np.outer(energy * held / HOURS_A_YEAR, known.shape("inflow_shape"))
    return (_storage(known, technology, capacity, known.chosen(inflow)),)


def _response(known: Known, technology: str) -> Made:
    capacity = known.one("demand_response_share") * demand_of(known).max(axis=1)
    cost = np.full((1, 1), known.one("demand_response_price"))
    credit = known.of("power_reserve_credit", technology)
    return (Generator(technology, ZONE, technology, capacity, np.ones((1, 1)), cost, reserve_credit=credit),)


def _shift(known: Known) -> list[Storage]:
    """Return the part of data centres' load that can be moved within a day."""
    centres = known.path("data_centre_energy") * MW_IN_GW / HOURS_A_YEAR
    movable = centres * known.one("data_centre_flexible_share")
    if movable.max() <= 0:
        return []
    none = np.zeros((1, 1))
    return [
        Storage(
            "data_centre_shift", ZONE, "", movable, movable, movable * HOURS_A_DAY, 1.0, 1.0, none, "day", np.zeros(1)
        )
    ]


MAKERS: Mapping[str, Callable[[Known, str], Made]] = {
    "thermal": _thermal,
    "nuclear": _thermal,
    "biomass": _thermal,
    "heat_bound": _heat_bound,
    "wind": lambda known, technology: _by_weather(known, technology, "wind_availability"),
    "solar": lambda known, technology: _by_weather(known, technology, "solar_availability"),
    "river": _river,
    "reservoir": _reservoir,
    "pumped_storage": _plain_storage,
    "battery": _plain_storage,
    "demand_response": _response,
}
"""How each kind of technology becomes part of a system."""
