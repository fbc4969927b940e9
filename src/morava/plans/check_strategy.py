"""A strategy held against its country, the glossary and itself."""

from __future__ import annotations

from collections.abc import Mapping

from morava.errors import MoravaError, Problems, nearest
from morava.plans.cells import place_dims
from morava.plans.check_claims import check_claim
from morava.plans.check_country import check_named, check_range, check_settled, check_stages, to_glossary
from morava.plans.networks import find_circle
from morava.plans.places import Places, is_full, placed
from morava.plans.prices import Prices
from morava.plans.types import Change, Country, Initiative, Promise, Strategy
from morava.quantities import find, glossary
from morava.quantities.dates import interval
from morava.quantities.units import factor

COST = "initiative_cost"
SHARES = 1 + 1e-9
"""What shares of financing may sum to: one, and rounding."""


def check_strategy(country: Country, strategy: Strategy, places: Places, problems: Problems) -> None:
    """Note everything in which a strategy disagrees with its country, the glossary or itself.

    Parameters
    ----------
    country
        Its facts, sources, reference classes and prices.
    strategy
        What its files say, parents included.
    places
        Where everything of both stands.
    problems
        Takes what is found.
    """
    prices = Prices(country)
    promises: dict[str, tuple[str, int]] = {}
    for initiative in strategy.initiatives.values():
        if is_full(problems):
            return
        _check_initiative(initiative, country, prices, places, problems)
        for index, promise in enumerate(initiative.promises):
            _check_promise(promise, initiative, index, promises, places, problems)
        for index, change in enumerate(initiative.changes):
            check_change(change, initiative, index, prices, places, problems)
    _check_circles(strategy, places, problems)
    _check_waits(strategy, places, problems)
    for name, agreement in strategy.agreements.items():
        for key, names, known in (
            ("initiatives", agreement.initiatives, "initiatives"),
            ("facts", agreement.facts, "facts"),
            ("claims", agreement.claims, "claims"),
        ):
            check_named(names, places.names(known), known[:-1], places, ("agreements", name, key), problems)
        if agreement.amount is not None:
            with placed(problems, places.where("agreements", name, "amount_unit"), f"{name}, amount_unit"):
                prices.convert(agreement.amount, agreement.amount_unit, "million money")
    _check_envelopes(strategy, prices, places, problems)
    for claim in strategy.claims.values():
        if is_full(problems):
            return
        check_claim(claim, country, strategy, prices, places, problems)


def _check_initiative(
    initiative: Initiative, country: Country, prices: Prices, places: Places, problems: Problems
) -> None:
    name = initiative.name
    path = ("initiatives", name)
    envelopes = places.names("strategy", "envelopes")
    for key, names, known, what in (
        ("reference_class", (initiative.reference_class,), places.names("reference_classes"), "reference class"),
        ("part_of", (initiative.part_of,), places.names("initiatives"), "initiative"),
        ("envelope", (initiative.envelope,), envelopes, "envelope"),
        ("depends_on", initiative.depends_on, places.names("initiatives"), "initiative"),
        ("facts", initiative.facts, places.names("facts"), "fact"),
        ("claims", initiative.claims, places.names("claims"), "claim"),
    ):
        check_named(names, known, what, places, (*path, key), problems)
    shares = sum(one.share for one in initiative.financing)
    if shares > SHARES:
        problems.add(
            f"{name}: the shares of its financing sum to {shares:.6g}",
            places.where(*path, "financing"),
            "let them sum to 1 at most; what is missing has no source of money",
        )
    if (
        initiative.started
        and initiative.finished
        and interval(initiative.finished)[1] <= interval(initiative.started)[0]
    ):
        problems.add(
            f"{name} is finished before it is started", places.where(*path, "finished"), "mend started or finished"
        )
    if places.has(*path, "stages") and initiative.stages:
        check_stages(initiative.stages, name, places, (*path, "stages"), problems)
    _check_cost(initiative, country, prices, places, problems)


def _check_cost(initiative: Initiative, country: Country, prices: Prices, places: Places, problems: Problems) -> None:
    name = initiative.name
    path = ("initiatives", name, "cost")
    if not places.has(*path):
        return
    sides = [side for side in (initiative.cost_low, initiative.cost_high) if side is not None]
    if sides:
        if sides != sorted(sides):
            problems.add(f"{name}: its lowest cost is above its highest", places.where(*path, "low"), "exchange them")
        with placed(problems, places.where(*path, "unit"), f"{name}, cost"):
            quantity = find(COST)
            check_range((to_glossary(prices, side, initiative.cost_unit, quantity) for side in sides), quantity)
        return
    about = [country.facts[fact] for fact in initiative.facts if fact in country.facts]
    facts = [fact for fact in about if fact.quantity == COST and fact.where.get("initiative") == name]
    if not facts and len(about) == len(initiative.facts):
        problems.add(
            f"{name}: its cost rests on no fact",
            places.where(*path),
            f"give low, high and unit, or facts of {COST} where initiative={name}",
        )
    if len(facts) > 1:
        check_settled(f"the cost of {name}", facts, country.conflicts.values(), places, problems)


def _check_promise(
    promise: Promise, initiative: Initiative, index: int, seen: dict[str, tuple[str, int]], places: Places,
    problems: Problems,
) -> None:  # fmt: skip
    path = ("initiatives", initiative.name, "promises", index)
    owner = seen.setdefault(promise.name, (initiative.name, index))
    if owner != (initiative.name, index):
        problems.add(
            f"the promise {promise.name} is given twice, the first time by {owner[0]}",
            places.where(*path, "name"),
            "names of promises are unique in a strategy",
        )
    check_named((promise.source,), places.names("sources"), "source", places, (*path, "source"), problems)
    check_named(promise.facts, places.names("facts"), "fact", places, (*path, "facts"), problems)


def check_change(
    change: Change, initiative: Initiative, index: int, prices: Prices, places: Places, problems: Problems
) -> None:
    """Note what is wrong with one change of an initiative: its quantity, place, unit, size, start."""
    name = f"{initiative.name}, change of {change.quantity}"
    path = ("initiatives", initiative.name, "changes", index)
    stages = [stage.name for stage in initiative.stages]
    if change.start not in (*stages, "finish"):
        try:
            interval(change.start)
        except MoravaError:
            problems.add(
                f"{name}: start {change.start!r} is neither a date nor a stage",
                places.where(*path, "start"),
                nearest(change.start, [*stages, "finish"]),
            )
    if change.quantity not in glossary():
        problems.add(
            f"{initiative.name}: no quantity is called {change.quantity}",
            places.where(*path, "quantity"),
            nearest(change.quantity, glossary()),
        )
        return
    quantity = find(change.quantity)
    for dim in change.where:
        if dim not in place_dims(quantity):
            problems.add(
                f"{name}: {quantity.name} has no dimension {dim} to be named",
                places.where(*path, "where", dim),
                f"it has {', '.join(place_dims(quantity)) or 'none'}",
            )
    values = list(change.value.values()) if isinstance(change.value, Mapping) else [change.value]
    if not values:
        problems.add(f"{name}: no value", places.where(*path, "value"), "give a number, or numbers by year")
    with placed(problems, places.where(*path, "unit"), name):
        if change.verb == "scale":
            factor(change.unit or "1", "1")
        else:
            values = [to_glossary(prices, value, change.unit, quantity) for value in values]
    with placed(problems, places.where(*path, "value"), name):
        if change.verb == "set":
            check_range(values, quantity)
        elif change.verb == "scale" and quantity.at_least is not None and quantity.at_least >= 0:
            check_range([min([0.0, *values])], quantity)


def _check_circles(strategy: Strategy, places: Places, problems: Problems) -> None:
    initiatives = strategy.initiatives
    for kind, key, follows in (
        ("initiatives", "part_of", {name: [one.part_of] for name, one in initiatives.items()}),
        ("initiatives", "depends_on", {name: list(one.depends_on) for name, one in initiatives.items()}),
        ("envelopes", "part_of", {name: [one.part_of] for name, one in strategy.envelopes.items()}),
    ):
        circle = find_circle(follows)
        if circle:
            start = (kind, circle[0], key) if kind == "initiatives" else ("strategy", kind, circle[0], key)
            problems.add(f"{kind} go round in a circle by {key}: {' -> '.join(circle)}", places.where(*start), "cut it")


def _check_waits(strategy: Strategy, places: Places, problems: Problems) -> None:
    """Note stages that wait for a stage of another initiative which does not exist, or for each other."""
    follows = {
        f"{name}/{stage.name}": [before if "/" in before else f"{name}/{before}" for before in stage.after]
        for name, initiative in strategy.initiatives.items()
        for stage in initiative.stages
    }
    foreign = False
    for name, initiative in strategy.initiatives.items():
        for index, stage in enumerate(initiative.stages):
            waits = [before for before in stage.after if "/" in before]
            foreign = foreign or bool(waits)
            path = ("initiatives", name, "stages", index, "after")
            check_named(waits, follows, "stage", places, path, problems)
    circle = find_circle(follows) if foreign else []
    if circle and len({stage.split("/")[0] for stage in circle}) > 1:
        where = places.where("initiatives", circle[0].split("/")[0], "stages")
        problems.add(f"stages wait for each other in a circle: {' after '.join(circle)}", where, "cut it")


def _check_envelopes(strategy: Strategy, prices: Prices, places: Places, problems: Problems) -> None:
    for name, envelope in strategy.envelopes.items():
        path = ("strategy", "envelopes", name)
        known = places.names("strategy", "envelopes")
        check_named((envelope.part_of,), known, "envelope", places, (*path, "part_of"), problems)
        check_named(envelope.facts, places.names("facts"), "fact", places, (*path, "facts"), problems)
        if envelope.first_year > envelope.last_year:
            problems.add(
                f"{name}: its first year comes after its last", places.where(*path, "first_year"), "exchange them"
            )
        with placed(problems, places.where(*path, "unit"), name):
            prices.convert(envelope.amount, envelope.unit, "million money")
