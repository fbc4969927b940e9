"""A country held against itself, the glossary and its own prices."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.plans.cells import Cell, cell_of
from morava.plans.check_power import check_power
from morava.plans.distributions import check_weights
from morava.plans.networks import find_circle, longest_path
from morava.plans.places import Places, is_full, placed
from morava.plans.prices import PIVOT, Prices
from morava.plans.types import Conflict, Country, Fact, Futures, ReferenceClass, Stage, StageTemplate
from morava.quantities import Quantity, find
from morava.quantities.dates import interval
from morava.quantities.units import factor, parse

SHARE_TOLERANCE = 1e-6
"""How far the longest path of stages may miss one."""


def check_country(country: Country, strategies: Sequence[str], places: Places, problems: Problems) -> None:
    """Note everything in which a country disagrees with itself or with the glossary.

    Parameters
    ----------
    country
        What its files say.
    strategies
        Names of the strategies of its pack.
    places
        Where everything stands.
    problems
        Takes what is found.
    """
    check_power(country, places, problems)
    with placed(problems, places.where("country", "price_base"), "price_base"):
        parse(country.price_base)
    if country.first_year > country.last_year:
        problems.add("the first year comes after the last", places.where("country", "first_year"), "exchange them")
    if country.strategy not in strategies:
        problems.add(
            f"there is no strategy {country.strategy}",
            places.where("country", "strategy"),
            nearest(country.strategy, strategies),
        )
    rate = country.facts.get(country.discount_rate)
    if rate is None and not places.has("facts", country.discount_rate):
        known = [fact.name for fact in country.facts.values() if fact.quantity == "discount_rate"]
        problems.add(
            f"there is no fact {country.discount_rate}",
            places.where("country", "discount_rate"),
            nearest(country.discount_rate, known),
        )
    elif rate is not None and rate.quantity != "discount_rate":
        problems.add(
            f"{rate.name} is a fact of {rate.quantity}",
            places.where("country", "discount_rate"),
            "name a fact of discount_rate",
        )
    prices = Prices(country)
    for fact in country.facts.values():
        if is_full(problems):
            return
        _check_fact(fact, country, prices, places, problems)
    for conflict in country.conflicts.values():
        if is_full(problems):
            return
        _check_conflict(conflict, places, problems)
    _check_cells(country, places, problems)
    for known_class in country.reference_classes.values():
        _check_class(known_class, country, places, problems)


def check_named(
    names: Iterable[str], known: Collection[str], what: str, places: Places, path: tuple[str | int, ...],
    problems: Problems,
) -> None:  # fmt: skip
    """Note names that stand for nothing, each with the nearest that does."""
    for index, name in enumerate(names):
        if name and name not in known and not is_full(problems):
            problems.add(f"there is no {what} {name}", places.where(*path, index), nearest(name, known))


def to_glossary(prices: Prices, value: float, unit: str, quantity: Quantity) -> float:
    """Return a value in the glossary's unit, money deflated and exchanged.

    Raises
    ------
    MoravaError
        Units that do not measure the same, deflators or rates that are missing.
    """
    if not unit:
        raise MoravaError(Problem("no unit", "unit", f"give one that measures the same as {quantity.unit}"))
    is_money = "money" in quantity.unit
    converted = prices.convert(value, unit, quantity.unit) if is_money else value * factor(unit, quantity.unit)
    if not math.isfinite(converted):
        raise MoravaError(Problem(f"{value:g} {unit} is too large for a number", "unit", "mend the number or its unit"))
    return converted


def check_range(values: Iterable[float], quantity: Quantity) -> None:
    """Raise where a value in the glossary's unit lies outside the glossary's range."""
    for value in values:
        is_below = quantity.at_least is not None and value < quantity.at_least
        is_above = quantity.at_most is not None and value > quantity.at_most
        if is_below or is_above:
            bound = f"below {quantity.at_least:g}" if is_below else f"above {quantity.at_most:g}"
            raise MoravaError(
                Problem(
                    f"{quantity.name} of {value:.6g} {quantity.unit} is {bound}",
                    "range",
                    "mend the number or its unit; or the range in the glossary, if it is too narrow",
                )
            )


def _check_fact(fact: Fact, country: Country, prices: Prices, places: Places, problems: Problems) -> None:
    where = places.where("facts", fact.name)
    if not places.has("sources", fact.source):
        known = places.names("sources")
        problems.add(f"{fact.name}: there is no source {fact.source!r}", where, nearest(fact.source, known))
    quantity = find(fact.quantity)
    if quantity.kind != "text":
        with placed(problems, where, fact.name):
            sides = [side for side in (fact.low, fact.high) if side is not None]
            if quantity.kind != "date":
                sides = [to_glossary(prices, side, fact.unit, quantity) for side in sides]
            check_range(sides, quantity)
    source = country.sources.get(fact.source)
    accessed = source.accessed if source is not None else ""
    if accessed and fact.known_on and interval(fact.known_on)[0] >= interval(accessed)[1]:
        problems.add(
            f"{fact.name} was known on {fact.known_on}, and its source read before, on {accessed}",
            where,
            "mend known_on, or accessed of the source",
        )
    is_pivot_rate = fact.quantity == "exchange_rate" and fact.where.get("currency") == PIVOT
    if is_pivot_rate and (fact.low, fact.high) != (1.0, 1.0):
        problems.add(f"{fact.name}: one euro buys {fact.low} euro", where, "rates are given per euro: write 1")


def _check_conflict(conflict: Conflict, places: Places, problems: Problems) -> None:
    path = ("conflicts", conflict.name)
    named = [name for side in conflict.sides for name in side]
    if conflict.kind == "genuine":
        if conflict.chosen is not None:
            problems.add(
                f"{conflict.name} is genuine and has a chosen side",
                places.where(*path, "chosen"),
                "take chosen out: both sides are drawn; or give another kind",
            )
        check_weights(conflict.weights, len(conflict.sides), places.where(*path, "weights"), problems)
    else:
        if conflict.weights:
            problems.add(
                f"{conflict.name} has weights and is not genuine",
                places.where(*path, "weights"),
                "take them out and give chosen, or make it genuine",
            )
        if conflict.chosen is None or conflict.chosen >= len(conflict.sides):
            problems.add(
                f"{conflict.name} has no chosen side",
                places.where(*path, "chosen"),
                f"give chosen, a number from 0 to {len(conflict.sides) - 1}",
            )
        if not conflict.reading:
            problems.add(
                f"{conflict.name} does not say why it is read so", places.where(*path, "reading"), "give reading"
            )
    for side in conflict.sides:
        if len(set(side)) < len(side):
            problems.add(f"{conflict.name} names something twice on a side", places.where(*path, "sides"), "keep one")
    if len(set(named)) == 1:
        problems.add(f"{conflict.name} sets {named[0]} against itself", places.where(*path, "sides"), "name another")


def check_sides(conflicts: Iterable[Conflict], known: set[str], places: Places, problems: Problems) -> None:
    """Note sides of conflicts that name neither a fact nor a claim."""
    for conflict in conflicts:
        for index, side in enumerate(conflict.sides):
            check_named(side, known, "fact or claim", places, ("conflicts", conflict.name, "sides", index), problems)


def _check_cells(country: Country, places: Places, problems: Problems) -> None:
    cells: dict[tuple[str, Cell], list[Fact]] = {}
    for fact in country.facts.values():
        if fact.status != "planned":
            cells.setdefault((fact.quantity, cell_of(fact)), []).append(fact)
    for (quantity, cell), facts in cells.items():
        if len(facts) > 1 and not is_full(problems):
            shown = ", ".join(f"{dim} {label}" for dim, label in cell) or "its one cell"
            check_settled(f"{quantity} ({shown})", facts, country.conflicts.values(), places, problems)


def check_settled(
    what: str, facts: Sequence[Fact], conflicts: Collection[Conflict], places: Places, problems: Problems
) -> None:
    """Note facts that say different things of one cell where no conflict says which of them counts."""
    names = [fact.name for fact in facts]
    named = {conflict.name: {name for side in conflict.sides for name in side} for conflict in conflicts}
    about = [conflict for conflict in conflicts if not named[conflict.name].isdisjoint(names)]
    holding = [conflict for conflict in about if named[conflict.name].issuperset(names)]
    listed = ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
    where = places.where("facts", names[-1])
    if len(about) != 1 or len(holding) != 1:
        problems.add(
            f"{what} has {len(facts)} facts: {listed}",
            where,
            "name them in one conflict, or mend where, period or status",
        )
        return
    conflict = holding[0]
    wanted = range(len(conflict.sides)) if conflict.kind == "genuine" else [conflict.chosen or 0]
    for side in wanted:
        here = {_says(fact) for fact in facts if side < len(conflict.sides) and fact.name in conflict.sides[side]}
        if len(here) != 1:
            problems.add(
                f"{what}: side {side} of {conflict.name} gives {len(here)} values",
                where,
                "let each side that counts give one value for the cell",
            )


def _says(fact: Fact) -> tuple[object, ...]:
    return (fact.low, fact.high, fact.unit, fact.text if fact.low is None and fact.high is None else "")


def _check_class(known: ReferenceClass, country: Country, places: Places, problems: Problems) -> None:
    path = ("reference_classes", known.name)
    if not places.has("sources", known.source):
        problems.add(
            f"there is no source {known.source}",
            places.where(*path, "source"),
            nearest(known.source, places.names("sources")),
        )
    for key, quantity, names in (
        ("delay", "reference_delay_factor", known.delay),
        ("cost", "reference_cost_factor", known.cost),
    ):
        values: list[float] = []
        for index, (name, quantile) in enumerate(zip(names, ("p10", "p50", "p90"), strict=True)):
            where = places.where(*path, key, index)
            fact = country.facts.get(name)
            if fact is None:
                if not places.has("facts", name):
                    problems.add(f"there is no fact {name}", where, nearest(name, places.names("facts")))
                continue
            wanted = {"reference_class": known.name, "quantile": quantile}
            if fact.quantity != quantity or dict(fact.where) != wanted:
                problems.add(
                    f"{name} is a fact of {fact.quantity} at {dict(fact.where)}", where, f"name that of {quantity} at "
                    f"{wanted}"
                )  # fmt: skip
            elif fact.low is not None:
                values.append(fact.low)
        if values != sorted(values):
            problems.add(f"{known.name}: {key} falls from p10 to p90", places.where(*path, key), "mend the facts")
    check_stages(known.stages, known.name, places, (*path, "stages"), problems)


def check_stages(
    stages: Sequence[StageTemplate | Stage],
    owner: str,
    places: Places,
    path: tuple[str | int, ...],
    problems: Problems,
) -> None:
    """Note stages of one name, of unknown predecessors, in a circle, or whose longest path is not one.

    Predecessors written initiative/stage are held against the whole strategy elsewhere.
    """
    names = {stage.name for stage in stages}
    before = len(problems)
    seen: set[str] = set()
    for index, stage in enumerate(stages):
        if stage.name in seen:
            problems.add(f"{owner} has the stage {stage.name} twice", places.where(*path, index), "keep one")
        seen.add(stage.name)
        own = [name for name in stage.after if "/" not in name]
        check_named(own, names, f"stage of {owner} called", places, (*path, index, "after"), problems)
    circle = find_circle({stage.name: stage.after for stage in stages})
    if circle:
        problems.add(f"stages of {owner} wait for each other: {' after '.join(circle)}", places.where(*path), "cut it")
    if len(problems) > before:
        return
    length = longest_path({s.name: s.share for s in stages}, {s.name: s.after for s in stages})
    if not math.isclose(length, 1.0, abs_tol=SHARE_TOLERANCE):
        problems.add(
            f"the longest path of the stages of {owner} is {length:.6g}",
            places.where(*path),
            "let the shares along the longest path sum to 1",
        )


def check_drawn(conflicts: Mapping[str, Conflict], futures: Futures, places: Places, problems: Problems) -> None:
    """Note genuine conflicts that are drawn by no uncertainty, or by several."""
    for name, conflict in conflicts.items():
        if conflict.kind != "genuine":
            continue
        drawing = [one.name for one in futures.uncertainties.values() if one.conflict == name]
        if len(drawing) != 1:
            by = f"by {len(drawing)}: {', '.join(drawing)}" if drawing else "by no uncertainty"
            problems.add(
                f"the genuine conflict {name} is drawn {by}",
                places.where("conflicts", name),
                f"add to the default futures exactly one uncertainty with conflict: {name}",
            )
