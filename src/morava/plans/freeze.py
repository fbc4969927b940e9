"""A country as it was known on a day: to score what was said then by what came of it."""

from __future__ import annotations

from dataclasses import replace

from morava.errors import MoravaError, Problem
from morava.plans.types import Conflict, Country
from morava.quantities.dates import interval


def freeze(country: Country, date: str) -> Country:
    """Return a country with only the facts that were surely known on or before a date.

    Facts and tables of trade whose `known_on` is empty are left out: nobody can say that they were known. Conflicts
    keep the sides that still have all their facts, and disappear with the last but one. Reference classes that rest on
    later facts are left out. The future is counted from the date.

    Parameters
    ----------
    country
        As it is known now.
    date
        A day, month or year; known is what was known by its end.

    Raises
    ------
    MoravaError
        When the text is no date, or lies after the day on which the country stands.

    Examples
    --------
    >>> from morava.plans.read import read_country
    >>> sorted(freeze(read_country("ruritania"), "2023-06").facts)
    ['export-north-2020', 'solar-cost-crown', 'solar-cost-gazette']
    """
    first, end = interval(date)
    if first > interval(country.as_of)[0]:
        raise MoravaError(
            Problem(f"{date} comes after {country.as_of}", f"country {country.name}", "name a day before its as_of")
        )
    facts = {name: fact for name, fact in country.facts.items() if fact.known_on and interval(fact.known_on)[1] <= end}
    lost = set(country.facts) - set(facts)
    conflicts = {name: _reduce(conflict, lost) for name, conflict in country.conflicts.items()}
    return replace(
        country,
        as_of=date,
        first_year=min(country.first_year, int(first)),
        facts=facts,
        tables={
            name: table
            for name, table in country.tables.items()
            if table.known_on and interval(table.known_on)[1] <= end
        },
        conflicts={name: conflict for name, conflict in conflicts.items() if conflict is not None},
        reference_classes={
            name: known for name, known in country.reference_classes.items() if not lost & {*known.delay, *known.cost}
        },
    )


def _reduce(conflict: Conflict, lost: set[str]) -> Conflict | None:
    """Return a conflict with the sides that are left, their weights as before to each other."""
    kept = [index for index, side in enumerate(conflict.sides) if not lost & set(side)]
    if len(kept) < 2:
        return None
    if len(kept) == len(conflict.sides):
        return conflict
    total = sum(conflict.weights[index] for index in kept) if conflict.weights else 0.0
    return replace(
        conflict,
        sides=tuple(conflict.sides[index] for index in kept),
        weights=tuple(conflict.weights[index] / total for index in kept) if total > 0 else (),
        chosen=kept.index(conflict.chosen) if conflict.chosen in kept else None,
    )
