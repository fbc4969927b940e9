"""Facts: what somebody said or measured, page by page, and one fact with all that stands on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.models.chain import CHAIN
from morava.plans.types import STATUSES, Country, Fact
from morava.quantities import find, glossary
from morava.quantities.units import in_money
from morava.runs.answers import Answers
from morava.runs.apply import changed_by

MOST = 500
"""Facts on one page at most."""
USUAL = 50


@dataclass(frozen=True)
class FactRow:
    """A fact and its source.

    `low` and `high` are in `unit`, equal for one value, None on an open side; `text` holds words, and a date as it was
    printed.
    """

    fact: str
    quantity: str
    where: Mapping[str, str]
    low: float | None
    high: float | None
    text: str
    unit: str
    period: str
    known_on: str
    vintage: str
    status: str
    locator: str
    note: str
    source: str
    source_title: str
    address: str
    grade: str
    licence: str


@dataclass(frozen=True)
class Facts:
    """One page of the facts that were asked for: from `offset` on at most `limit` of `total`."""

    total: int
    offset: int
    limit: int
    facts: tuple[FactRow, ...]


@dataclass(frozen=True)
class FactPage:
    """One fact and what stands on it.

    `low_in_base` and `high_in_base` are its value in `base_unit`, that of the glossary in the pack's money. `models`
    need its quantity.
    """

    row: FactRow
    base_unit: str
    low_in_base: float | None
    high_in_base: float | None
    conflicts: tuple[str, ...]
    claims: tuple[str, ...]
    initiatives: tuple[str, ...]
    changed_by: tuple[str, ...]
    models: tuple[str, ...]


def facts(
    answers: Answers, find_text: str = "", status: str = "", quantity: str = "", offset: int = 0, limit: int = USUAL
) -> Facts:
    """Return one page of the facts, in the order of the pack.

    Parameters
    ----------
    find_text
        Kept are facts that hold all of its words, in any case, in their name, quantity, labels, text, note or source.
    status, quantity
        Kept are facts of just this one.

    Raises
    ------
    MoravaError
        When a status, a quantity or a number is not one that can be asked for: all at once.
    """
    problems = Problems()
    if status and status not in STATUSES:
        problems.add(f"no fact has the status {status}", "status", nearest(status, STATUSES))
    if quantity and quantity not in glossary():
        problems.add(f"no quantity is called {quantity}", "quantity", nearest(quantity, glossary()))
    if offset < 0:
        problems.add(f"a page cannot begin at {offset}", "offset", "count from 0")
    if not 1 <= limit <= MOST:
        problems.add(f"a page cannot hold {limit} facts", "limit", f"ask for 1 to {MOST}")
    problems.raise_if_any()
    country, words = answers.plan.country, find_text.casefold().split()
    kept = [
        fact
        for fact in country.facts.values()
        if (not status or fact.status == status)
        and (not quantity or fact.quantity == quantity)
        and _holds(country, fact, words)
    ]
    page = kept[offset : offset + limit]
    return Facts(len(kept), offset, limit, tuple(fact_row(country, fact) for fact in page))


def _holds(country: Country, fact: Fact, words: Iterable[str]) -> bool:
    source = country.sources[fact.source]
    held = " ".join(
        (fact.name, fact.quantity, *fact.where.values(), fact.text, fact.period, fact.note, source.name, source.title)
    ).casefold()
    return all(word in held for word in words)


def fact_row(country: Country, fact: Fact) -> FactRow:
    """Return a fact with its source."""
    source = country.sources[fact.source]
    return FactRow(
        fact=fact.name,
        quantity=fact.quantity,
        where=dict(fact.where),
        low=fact.low,
        high=fact.high,
        text=fact.text,
        unit=fact.unit,
        period=fact.period,
        known_on=fact.known_on,
        vintage=fact.vintage,
        status=fact.status,
        locator=fact.locator,
        note=fact.note,
        source=source.name,
        source_title=source.title,
        address=source.address,
        grade=source.grade,
        licence=source.licence,
    )


def fact_page(answers: Answers, name: str) -> FactPage:
    """Return one fact and what stands on it.

    Raises
    ------
    MoravaError
        When no fact has that name.
    """
    country, strategy = answers.plan.country, answers.plan.strategy
    if name not in country.facts:
        raise MoravaError(Problem(f"no fact is called {name}", f"country {country.name}", nearest(name, country.facts)))
    fact = country.facts[name]
    quantity = find(fact.quantity)
    low, high = (None, None) if quantity.kind in ("text", "date") else answers.lowered.evidence.bounds(fact)
    return FactPage(
        row=fact_row(country, fact),
        base_unit="" if quantity.kind in ("text", "date") else in_money(quantity.unit, country.price_base),
        low_in_base=_known(low),
        high_in_base=_known(high),
        conflicts=tuple(
            one for one, conflict in country.conflicts.items() if any(name in side for side in conflict.sides)
        ),
        claims=tuple(one for one, claim in strategy.claims.items() if name in claim.facts),
        initiatives=tuple(
            one
            for one, initiative in strategy.initiatives.items()
            if name in initiative.facts or any(name in promise.facts for promise in initiative.promises)
        ),
        changed_by=tuple(changed_by(strategy).get(fact.quantity, ())),
        models=tuple(model.__name__ for model in CHAIN if fact.quantity in model.needs),
    )


def _known(value: float | None) -> float | None:
    return None if value is None or not np.isfinite(value) else float(value)
