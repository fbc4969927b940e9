"""The power system of a pack held against itself: borders, storages, units, fuels, and its hourly series."""

from __future__ import annotations

from collections.abc import Mapping

from morava.errors import Problems, nearest
from morava.plans.places import Places
from morava.plans.series import FOLDER, column_labels, load_series
from morava.plans.types import Country, Fact

KINDS = (
    "thermal", "nuclear", "biomass", "heat_bound", "wind", "solar", "river", "reservoir", "pumped_storage", "battery",
    "demand_response",
)  # fmt: skip
STORING = ("reservoir", "pumped_storage", "battery")
DIRECTIONS = ("import", "export")
NO_FUEL = "none"


def check_power(country: Country, places: Places, problems: Problems) -> None:
    """Note everything in which the power system of a pack disagrees with itself, all at once.

    Series with gaps or out of range, borders that nothing declares, storages without power or without energy, units of
    technologies that have no kind or end before they start, fuels without price.
    """
    for quantity in sorted({one.quantity for one in country.series.values()}):
        with problems.collecting():
            load_series(country, quantity)
    facts: dict[str, list[Fact]] = {}
    for fact in country.facts.values():
        facts.setdefault(fact.quantity, []).append(fact)
    _check_technologies(facts, places, problems)
    _check_units(facts, places, problems)
    _check_borders(country, facts, places, problems)


def _place(facts: Mapping[str, list[Fact]], quantity: str, dim: str, label: str, places: Places) -> str:
    """Return where the fact of one label stands."""
    named = [fact.name for fact in facts.get(quantity, []) if fact.where.get(dim, "") == label]
    return places.where("facts", *named[:1])


def _words(facts: Mapping[str, list[Fact]], quantity: str, dim: str) -> dict[str, str]:
    return {fact.where.get(dim, ""): fact.text for fact in facts.get(quantity, [])}


def _numbers(facts: Mapping[str, list[Fact]], quantity: str, dim: str) -> dict[str, float]:
    return {fact.where.get(dim, ""): fact.low for fact in facts.get(quantity, []) if fact.low is not None}


def _check_technologies(facts: Mapping[str, list[Fact]], places: Places, problems: Problems) -> None:
    kinds = _words(facts, "power_technology_kind", "technology")
    hours = _numbers(facts, "power_energy_hours", "technology")
    charge = _numbers(facts, "power_charge_ratio", "technology")
    priced = {fact.where.get("fuel", "") for fact in facts.get("fuel_price", [])}
    for technology, kind in sorted(kinds.items()):
        where = _place(facts, "power_technology_kind", "technology", technology, places)
        if kind not in KINDS:
            problems.add(f"{technology} is of the unknown kind {kind!r}", where, nearest(kind, KINDS))
        if kind in STORING and hours.get(technology, 0.0) <= 0:
            problems.add(f"the storage {technology} holds no energy", where, "give power_energy_hours above zero")
        if kind in ("pumped_storage", "battery") and charge.get(technology, 0.0) <= 0:
            problems.add(
                f"the storage {technology} has no power to charge", where, "give power_charge_ratio above zero"
            )
    rivers = sorted(technology for technology, kind in kinds.items() if kind == "river")
    if kinds and len(rivers) != 1:
        problems.add(
            f"{len(rivers)} technologies are of the kind river", places.where("facts"),
            "give one for all of hydro power: power_reservoir_capacity says which part of it has a reservoir",
        )  # fmt: skip
    for technology, fuel in sorted(_words(facts, "power_technology_fuel", "technology").items()):
        if fuel not in (NO_FUEL, *priced):
            problems.add(
                f"the fuel {fuel!r} of {technology} has no price",
                _place(facts, "power_technology_fuel", "technology", technology, places),
                nearest(fuel, [NO_FUEL, *priced]),
            )  # fmt: skip


def _check_units(facts: Mapping[str, list[Fact]], places: Places, problems: Problems) -> None:
    kinds = _words(facts, "power_technology_kind", "technology")
    starts, ends = (_numbers(facts, f"power_unit_{side}", "unit") for side in ("start", "end"))
    for unit, technology in sorted(_words(facts, "power_unit_technology", "unit").items()):
        where = _place(facts, "power_unit_technology", "unit", unit, places)
        if technology not in kinds:
            problems.add(
                f"unit {unit} is of the technology {technology!r}, which has no kind", where,
                nearest(technology, kinds),
            )  # fmt: skip
        if unit in starts and unit in ends and ends[unit] < starts[unit]:
            problems.add(f"unit {unit} ends before it starts", where, "exchange the two years")


def _check_borders(country: Country, facts: Mapping[str, list[Fact]], places: Places, problems: Problems) -> None:
    declared = {fact.where.get("border", "") for fact in facts.get("border_capacity", [])}
    for fact in facts.get("border_capacity", []):
        direction = fact.where.get("direction", "")
        if direction not in DIRECTIONS:
            problems.add(
                f"{fact.name} has the direction {direction!r}", places.where("facts", fact.name),
                nearest(direction, DIRECTIONS),
            )  # fmt: skip
    for quantity in sorted(set(facts) - {"border_capacity"}):
        for fact in facts[quantity]:
            border = fact.where.get("border", "")
            if "border" in fact.where and border not in declared:
                problems.add(
                    f"{fact.name} names the border {border!r}, which has no capacity", places.where("facts", fact.name),
                    nearest(border, declared),
                )  # fmt: skip
    for one in country.series.values():
        if one.columns == "border":
            with Problems().collecting():  # what is wrong with the file itself was noted before
                for border in sorted(set(column_labels(country, one)) ^ declared):
                    problems.add(
                        f"border {border!r} stands in only one of series {one.name} and border_capacity",
                        places.where(FOLDER, one.name), nearest(border, declared),
                    )  # fmt: skip
