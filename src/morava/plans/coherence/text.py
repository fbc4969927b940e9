"""A country and a strategy read as one text: who speaks of what, where, and in what money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from morava.plans.cells import TIME, cell_of
from morava.plans.coherence.wording import amount
from morava.plans.prices import Prices
from morava.plans.types import FINISHED, Conflict, Country, Fact, Initiative, Promise, Strategy
from morava.quantities import find
from morava.quantities.dates import interval
from morava.quantities.units import factor, in_money, price

COST = "initiative_cost"
REFERENCE = "reference"
"""Sector of initiatives elsewhere that stand in a pack only to be compared with."""


@dataclass(frozen=True)
class Text:
    """A country and a strategy, with what refers to what looked up once."""

    country: Country
    strategy: Strategy
    claims_of_fact: Mapping[str, tuple[str, ...]]
    claims_of_initiative: Mapping[str, tuple[str, ...]]
    conflicts_of: Mapping[str, tuple[str, ...]]

    @cached_property
    def prices(self) -> Prices:
        """Deflators and exchange rates, asked for only where two kinds of money meet."""
        return Prices(self.country)

    @cached_property
    def as_of(self) -> float:
        """End of the day from which the future is counted, as a decimal year."""
        return interval(self.country.as_of)[1]

    def convert(self, value: float, unit: str, target: str) -> float:
        """Return a value in another unit; money is deflated and exchanged where the two differ."""
        if unit == target:
            return value
        if price(unit) is None and "money" not in unit:
            return value * factor(unit, target)
        return self.prices.convert(value, unit, target)

    def in_base(self, unit: str) -> str:
        """Return a unit of the glossary as a reader sees it."""
        return in_money(unit, self.country.price_base)


def open_text(country: Country, strategy: Strategy) -> Text:
    """Look up which claims speak of which facts and initiatives, and which conflicts name what."""
    claims_of_fact: dict[str, set[str]] = {}
    claims_of_initiative: dict[str, set[str]] = {name: set(item.claims) for name, item in strategy.initiatives.items()}
    for name, claim in strategy.claims.items():
        for fact in claim.facts:
            claims_of_fact.setdefault(fact, set()).add(name)
        for test in claim.tests:
            label = test.measure.where.get("initiative", "")
            for initiative in (label,) if isinstance(label, str) else label:
                claims_of_initiative.setdefault(initiative, set()).add(name)
    conflicts_of: dict[str, set[str]] = {}
    for name, conflict in country.conflicts.items():
        for member in members(conflict):
            conflicts_of.setdefault(member, set()).add(name)
    return Text(country, strategy, _sorted(claims_of_fact), _sorted(claims_of_initiative), _sorted(conflicts_of))


def _sorted(found: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(sorted(names)) for key, names in found.items()}


def members(conflict: Conflict) -> tuple[str, ...]:
    """Return every fact and claim that a conflict names, side by side."""
    return tuple(name for side in conflict.sides for name in side)


def claims_concerned(
    text: Text, claims: Iterable[str], facts: Iterable[str], initiatives: Iterable[str]
) -> tuple[str, ...]:
    """Return the claims named, those that rest on the facts, and those that speak of the initiatives."""
    found = set(claims)
    for fact in facts:
        found.update(text.claims_of_fact.get(fact, ()))
    for initiative in initiatives:
        found.update(text.claims_of_initiative.get(initiative, ()))
    return tuple(sorted(found & set(text.strategy.claims)))


def paragraphs(text: Text, claims: Iterable[str]) -> tuple[str, ...]:
    """Return document and paragraph of claims, each once, in the order of the text."""
    passages = {text.strategy.claims[name].passage for name in claims}
    places = sorted({(passage.document, passage.paragraph) for passage in passages})
    return tuple(f"{document} {paragraph}" for document, paragraph in places)


def touched_facts(text: Text) -> frozenset[str]:
    """Return the facts that the strategy leans on, by whatever way it names them."""
    strategy = text.strategy
    found: set[str] = set()
    for claim in strategy.claims.values():
        found.update(claim.facts)
    for agreement in strategy.agreements.values():
        found.update(agreement.facts)
    for envelope in strategy.envelopes.values():
        found.update(envelope.facts)
    for initiative in strategy.initiatives.values():
        found.update(initiative.facts)
        for promise in initiative.promises:
            found.update(promise.facts)
    return frozenset(found)


def time_of(fact: Fact) -> str:
    """Return the label of a fact in time; empty where its quantity has no dimension of time, or it has no period."""
    return "".join(label for dim, label in cell_of(fact) if dim in TIME)


def place(where: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the labels of a place in one order, time left out."""
    return tuple(sorted((dim, label) for dim, label in where.items() if dim not in TIME))


def show_fact(fact: Fact) -> str:
    """Write the value of a fact as it was printed, with its name."""
    in_words = (fact.low is None and fact.high is None) or find(fact.quantity).kind == "date"
    shown = (fact.text or fact.period) if in_words else amount(fact.low, fact.high, fact.unit)
    return f"{shown} ({fact.name})"


def stands(initiative: Initiative) -> bool:
    """Return whether an initiative is part of the plan, done or not: neither cancelled nor a case to compare with."""
    return initiative.status != "cancelled" and initiative.sector != REFERENCE


def is_open(initiative: Initiative) -> bool:
    """Return whether an initiative is still to be done."""
    return stands(initiative) and initiative.status not in FINISHED


def cost_of(text: Text, initiative: Initiative) -> tuple[float, float] | None:
    """Return the lowest and highest cost that is named, million money in the price base of the country, or None."""
    unit = find(COST).unit
    named = [side for side in (initiative.cost_low, initiative.cost_high) if side is not None]
    if named:
        return (
            text.convert(min(named), initiative.cost_unit, unit),
            text.convert(max(named), initiative.cost_unit, unit),
        )
    facts = [text.country.facts[name] for name in initiative.facts if name in text.country.facts]
    values = [
        text.convert(side, fact.unit, unit)
        for fact in facts
        if fact.quantity == COST and fact.where.get("initiative") == initiative.name
        for side in (fact.low, fact.high)
        if side is not None
    ]
    return (min(values), max(values)) if values else None


def parts_of(text: Text, name: str) -> tuple[Initiative, ...]:
    """Return the initiatives of the plan that say they are part of another."""
    return tuple(item for item in text.strategy.initiatives.values() if item.part_of == name and stands(item))


def dated(initiative: Initiative, milestone: str) -> tuple[Promise, ...]:
    """Return the promises of a milestone that name a date: those of unknown day first, then by the day they were made.

    An entry of kind `actual` reports what happened and promises nothing.
    """
    found = [
        promise
        for promise in initiative.promises
        if promise.milestone == milestone and promise.date and promise.kind != "actual"
    ]
    return tuple(
        sorted(found, key=lambda promise: (interval(promise.said) if promise.said else (0.0, 0.0), promise.name))
    )


def finish_of(initiative: Initiative) -> str:
    """Return when an initiative ended or is promised to end, as written; empty where nothing dated says so."""
    if initiative.finished:
        return initiative.finished
    promises = dated(initiative, initiative.milestone)
    return promises[-1].date if promises else ""
