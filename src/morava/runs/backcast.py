"""The power system put back into years that are past: what the program makes of them, beside what was measured.

Given are demand, prices, fuel, capacities and the totals of what burns no fuel: water, wind, sun. Asked are the output
of every fuel, net imports and carbon dioxide from stacks. The availability of plants is that of a line through years
before the test. Every year is solved under each weather year of the pack, since none of them is its own, and the mean
is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache

import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem
from morava.models.contract import as_model
from morava.models.power import AIM, power
from morava.plans.read import read_country, read_futures
from morava.plans.series import load_series
from morava.plans.types import Country
from morava.quantities import find, labelled
from morava.runs.evidence import array_from_facts, gather
from morava.runs.guard import run

TEST_YEARS = (2019, 2022, 2023, 2024)
WEEKS = 0
"""All hours of a year."""
HOURS_A_YEAR, MW_IN_GW = 8760, 1000.0
LINE, CONSTANT = "power_availability_fitted", "power_availability_constant"
MUST_RUN = "power_minimum_fitted"
NEEDED = (
    LINE,
    CONSTANT,
    MUST_RUN,
    "power_statistic",
    "history_power_output",
    "history_power_demand",
    "history_power_net_import",
    "history_power_capacity",
    "history_fuel_price",
    "history_border_price",
)
NO_NAME = "none"
NET_IMPORT, EMISSION = "net import", "carbon dioxide from stacks"
PLANNED = ("power_budget_committed", "power_budget_binding", "data_centre_energy")
"""What belongs to the plan, and is nothing in the past."""
BY_SHAPE = {"wind": "wind_availability", "solar": "solar_availability"}


@dataclass(frozen=True)
class Misfit:
    """One quantity of one year: measured, modelled, and what "as last year" would have said, all in one unit.

    `constant` is what the program says where the availability of plants is the mean of the fitted years instead of the
    line through them.
    """

    year: int
    quantity: str
    unit: str
    measured: float
    modelled: float
    last_year: float
    constant: float


@dataclass(frozen=True)
class Score:
    """Mean absolute errors of one quantity over the years of the test, and whether the program's is the smaller."""

    quantity: str
    unit: str
    modelled: float
    last_year: float
    constant: float
    beats_last_year: bool


@dataclass(frozen=True)
class Backcast:
    """Every misfit of a country, and the scores by quantity."""

    country: str
    rows: tuple[Misfit, ...]
    scores: tuple[Score, ...]

    def document(self) -> dict[str, object]:
        """Return it as plain data."""
        return asdict(self)


def can_backcast(country: Country) -> bool:
    """Return whether a pack holds the past of its power system."""
    named = {fact.quantity for fact in country.facts.values()}
    return bool(country.series) and named.issuperset(NEEDED)


@cache
def backcast(name: str, weeks: int = WEEKS) -> Backcast:
    """Return the back-cast of a country by the name of its pack.

    Parameters
    ----------
    name
        Pack.
    weeks
        Chosen weeks on which each year is solved; zero: all hours.

    Raises
    ------
    MoravaError
        When the pack does not hold the past of its power system.
    """
    country = read_country(name)
    if not can_backcast(country):
        raise MoravaError(
            Problem(
                f"{name} does not hold the past of its power system", f"facts of {name}", f"give {', '.join(NEEDED)}"
            )
        )
    past = read_past(country)
    rows: list[Misfit] = []
    for year in TEST_YEARS:
        line, constant = (modelled(past, year, availability, weeks) for availability in (LINE, CONSTANT))
        factors = {fuel: line[f"emission of {fuel}"] for fuel in past.fuels}
        now, before = (measured(past, one, factors) for one in (year, year - 1))
        rows += [
            Misfit(
                year, asked, "Mt" if asked == EMISSION else "TWh", now[asked], line[asked], before[asked],
                constant[asked],
            )
            for asked in (*past.fuels, NET_IMPORT, EMISSION)
        ]  # fmt: skip
    return Backcast(country.name, tuple(rows), tuple(_scores(rows)))


def _scores(rows: Sequence[Misfit]) -> list[Score]:
    found = []
    for quantity in dict.fromkeys(row.quantity for row in rows):
        own = [row for row in rows if row.quantity == quantity]
        model, last, constant = (
            float(np.mean([abs(getattr(row, side) - row.measured) for row in own]))
            for side in ("modelled", "last_year", "constant")
        )
        found.append(Score(quantity, own[0].unit, model, last, constant, model < last))
    return found


@dataclass(frozen=True)
class Past:
    """Everything that a pack knows of its power system: facts as arrays, and the hourly series."""

    inputs: Mapping[str, xr.DataArray]

    @property
    def technologies(self) -> list[str]:
        """Return the labels of technologies."""
        return [str(label) for label in self.inputs["power_statistic"].coords["technology"].to_numpy()]

    def word(self, name: str, technology: str) -> str:
        """Return a word of a technology."""
        return str(self.inputs[name].sel(technology=technology).item())

    def counted_as(self, statistic: str) -> list[str]:
        """Return the technologies that annual statistics count under a name."""
        return [one for one in self.technologies if self.word("power_statistic", one) == statistic]

    @property
    def fuels(self) -> list[str]:
        """Return the names in statistics of what burns a fuel."""
        burning = [one for one in self.technologies if self.word("power_technology_fuel", one) != NO_NAME]
        counted = {self.word("power_statistic", one) for one in burning}
        labels = self.inputs["history_power_output"].coords["technology"].to_numpy()
        return sorted((counted - {NO_NAME}) & {str(label) for label in labels}, reverse=True)

    def capacity(self, technology: str, year: int) -> float:
        """Return what ran in a past year, MW; as in the first year of the pack where nothing is said."""
        past, now = self.inputs["history_power_capacity"], self.inputs["power_capacity"]
        if technology in past.coords["technology"].to_numpy():
            return float(past.sel(technology=technology, year=year))
        return float(now.sel(technology=technology).isel(year=0)) if technology in now.coords["technology"] else 0.0

    def net_output(self, statistic: str, year: int) -> float:
        """Return measured output without own use, GWh; own use is that of the technologies counted, by capacity."""
        gross = float(self.inputs["history_power_output"].sel(technology=statistic, year=year))
        names = self.counted_as(statistic)
        weights = np.array([self.capacity(one, year) for one in names])
        if weights.sum() <= 0:
            return gross
        own = self.inputs["power_own_use"].sel(technology=names).to_numpy()
        return gross * (1 - float(np.average(own, weights=weights)))


def read_past(country: Country) -> Past:
    """Return what a pack knows of its power system; nothing is drawn."""
    evidence = gather(country, read_futures(country), {})
    elsewhere = {"data_centre_load_shape", "power_solve_year", "power_solve_weeks", "power_solve_tolerance", *PLANNED}
    inputs = {}
    for name in sorted({*as_model(power).needs, *NEEDED} - elsewhere):
        definition = find(name)
        if "hour" in definition.dims:
            inputs[name] = load_series(country, name)
        elif definition.kind != "draw":
            inputs[name] = array_from_facts(evidence, name)
    return Past(inputs)


def measured(past: Past, year: int, factors: Mapping[str, float]) -> dict[str, float]:
    """Return what was measured in a year: gross output of each fuel, net imports, TWh, and emissions, Mt.

    Nobody prints what left the stacks: it is measured output times the emission of each fuel's plants.

    Parameters
    ----------
    factors
        Tonnes a MWh of gross output, by fuel.
    """
    output = past.inputs["history_power_output"]
    found = {fuel: float(output.sel(technology=fuel, year=year)) / MW_IN_GW for fuel in past.fuels}
    found[NET_IMPORT] = float(past.inputs["history_power_net_import"].sel(year=year)) / MW_IN_GW
    found[EMISSION] = sum(found[fuel] * factors[fuel] for fuel in past.fuels)
    return found


def modelled(past: Past, year: int, availability: str, weeks: int) -> dict[str, float]:
    """Return what the program says of a year, the mean over weather years, with the emission of each fuel a MWh."""
    labels = past.inputs["power_load_shape"].coords["weather"].to_numpy().tolist()
    answers = []
    for place, weather in enumerate(labels):
        inputs = inputs_of_year(past, year, availability, str(weather), weeks)
        inputs["weather_draw"] = labelled("weather_draw", (place + 0.5) / len(labels))
        found = run(as_model(power), inputs)
        gross = found["power_output_gross"].sel(year=year)
        answer = {fuel: float(gross.sel(technology=past.counted_as(fuel)).sum()) / MW_IN_GW for fuel in past.fuels} | {
            NET_IMPORT: float(found["power_net_import"].sel(year=year)) / MW_IN_GW,
            EMISSION: float(found["power_emission"].sel(year=year)),
        }
        for fuel in past.fuels:
            made = [(_stack(past, one), float(gross.sel(technology=one))) for one in past.counted_as(fuel)]
            total = sum(output for _, output in made)
            answer[f"emission of {fuel}"] = sum(each * output for each, output in made) / total if total else 0.0
        answers.append(answer)
    return {name: float(np.mean([answer[name] for answer in answers])) for name in answers[0]}


def _stack(past: Past, technology: str) -> float:
    """Return tonnes of carbon dioxide a MWh of gross output."""
    heat = float(past.inputs["fuel_emission"].sel(fuel=past.word("power_technology_fuel", technology)))
    net = 1 - float(past.inputs["power_own_use"].sel(technology=technology))
    return heat / float(past.inputs["power_efficiency"].sel(technology=technology)) * net


def inputs_of_year(past: Past, year: int, availability: str, weather: str, weeks: int) -> dict[str, xr.DataArray]:
    """Return what the model `power` needs for a past year, but the draw of the weather."""
    inputs = {name: past.inputs[name] for name in as_model(power).needs if name in past.inputs}
    statistics = [str(label) for label in past.inputs["history_power_output"].coords["technology"].to_numpy()]
    net = {statistic: past.net_output(statistic, year) for statistic in statistics}
    gross = {one: float(past.inputs["history_power_output"].sel(technology=one, year=year)) for one in statistics}
    nameless = sum(gross[one] for one in statistics if not past.counted_as(one))
    own_use = sum(gross[one] - net[one] for one in statistics)
    demand = float(past.inputs["history_power_demand"].sel(year=year)) - own_use - nameless
    capacity = {one: past.capacity(one, year) for one in past.technologies}
    for one in past.technologies:
        kind = past.word("power_technology_kind", one)
        own = float(past.inputs["power_plant_availability"].sel(technology=one))
        if kind in BY_SHAPE:
            own *= float(past.inputs[BY_SHAPE[kind]].sel(weather=weather).mean())
        if kind in BY_SHAPE or kind == "biomass":
            capacity[one] = net[past.word("power_statistic", one)] * MW_IN_GW / (own * HOURS_A_YEAR)
    river = next(one for one in past.technologies if past.word("power_technology_kind", one) == "river")
    water = net[past.word("power_statistic", river)] / float(past.inputs["hydro_output_expected"])
    available, least = (inputs[name].copy() for name in ("power_plant_availability", "power_minimum_output"))
    for one in past.inputs[availability].coords["technology"].to_numpy():
        available.loc[{"technology": one}] = float(past.inputs[availability].sel(technology=one, year=year))
    for one in past.inputs[MUST_RUN].coords["technology"].to_numpy():
        least.loc[{"technology": one}] = float(past.inputs[MUST_RUN].sel(technology=one))
    no_charge = {"year": [year]}
    hours = past.inputs["power_load_shape"].coords["hour"].to_numpy().tolist()
    return inputs | {
        "power_plant_availability": available,
        "power_minimum_output": least,
        "power_capacity": labelled(
            "power_capacity",
            [[capacity[one]] for one in past.technologies],
            {"technology": past.technologies, **no_charge},
        ),
        "power_demand_path": labelled("power_demand_path", [demand], no_charge),
        "hydro_year_factor": labelled("hydro_year_factor", water),
        "fuel_price": _fuel_price(past, year),
        "border_price": _renamed(past.inputs["history_border_price"].sel(year=[year]), "border_price"),
        "carbon_price_path": labelled("carbon_price_path", [0.0], no_charge),
        "carbon_border_price": labelled("carbon_border_price", [0.0], no_charge),
        "data_centre_energy": labelled("data_centre_energy", [0.0], no_charge),
        "data_centre_load_shape": labelled("data_centre_load_shape", np.ones(len(hours)), {"hour": hours}),
        "power_budget_committed": labelled("power_budget_committed", 0.0),
        "power_budget_binding": labelled("power_budget_binding", 0.0),
        "power_solve_year": labelled("power_solve_year", [year], {"item": [str(year)]}),
        "power_solve_weeks": labelled("power_solve_weeks", weeks),
        "power_solve_tolerance": labelled("power_solve_tolerance", AIM),
    }


def _fuel_price(past: Past, year: int) -> xr.DataArray:
    """Return the fuel prices of a past year; fuels of which nothing is said cost what they do in the first year."""
    now, then = past.inputs["fuel_price"].isel(year=[0]), past.inputs["history_fuel_price"]
    values = [
        float((then.sel(year=year) if fuel in then.coords["fuel"].to_numpy() else now.isel(year=0)).sel(fuel=fuel))
        for fuel in now.coords["fuel"].to_numpy()
    ]
    return labelled(
        "fuel_price", [[v] for v in values], {"fuel": now.coords["fuel"].to_numpy().tolist(), "year": [year]}
    )


def _renamed(array: xr.DataArray, name: str) -> xr.DataArray:
    return labelled(name, array.to_numpy(), {str(dim): array.coords[dim].to_numpy().tolist() for dim in array.dims})
