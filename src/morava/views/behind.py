"""What stands behind a number: bounds that claims put on it, facts, sources, its model, and how far to trust it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import xarray as xr

from morava.languages import slug
from morava.models.chain import CHAIN, given_by, given_from_hours, given_from_tables
from morava.plans.types import Fact, Measure, Test
from morava.quantities import find
from morava.quantities.dates import interval
from morava.runs.answers import Answers
from morava.runs.economy_answer import foreseen_of
from morava.runs.judge import borrowed_shapes
from morava.views.types import Mark, Note, Reference

Where = Mapping[str, str | tuple[str, ...]]
"""By dimension one label, or several."""


def marks_of(
    answers: Answers, quantity: str, where: Where | None = None, reduce: Mapping[str, str] | None = None
) -> tuple[Mark, ...]:
    """Return the bounds that claims put on exactly this: the quantity at these labels, reduced alike, not compared.

    Returns
    -------
    tuple of Mark
        In the unit of the chart, dates in decimal years. A bound on all years of a span is marked in each; one on their
        sum or mean is left out.
    """
    here, ways = _plain(where or {}), dict(reduce or {})
    return tuple(
        _mark(answers, claim.name, test, year)
        for claim in answers.plan.strategy.claims.values()
        for test in claim.tests
        if test.measure.quantity == quantity
        and test.against is None
        and not test.without
        and _plain(test.measure.where) == here
        for year in _years_bound(test, ways)
    )


def _years_bound(test: Test, ways: Mapping[str, str]) -> tuple[int | None, ...]:
    """Return the years in which a test binds what is drawn; None stands for what has no year.

    The largest of a span of years that stays below a bound is every year of it that does, and the smallest alike.
    """
    over, year = dict(test.measure.over), test.measure.year
    if over == ways and (year is None or year[0] == year[1]):
        return (year[0] if year else None,)
    every = (over.pop("year", ""), test.at_least is None, test.at_most is None)
    if year is not None and over == ways and every in (("max", True, False), ("min", False, True)):
        return tuple(range(year[0], year[1] + 1))
    return ()


def _plain(where: Where) -> dict[str, tuple[str, ...]]:
    return {dim: (wanted,) if isinstance(wanted, str) else tuple(wanted) for dim, wanted in where.items()}


def _mark(answers: Answers, claim: str, test: Test, year: int | None) -> Mark:
    if test.by or test.not_before:
        low = interval(test.not_before)[0] if test.not_before else None
        return Mark(claim, test.name, year, low, interval(test.by)[1] if test.by else None)
    target = find(test.measure.quantity).unit
    low, high = (
        None if bound is None else answers.lowered.evidence.convert(bound, test.unit or target, target)
        for bound in (test.at_least, test.at_most)
    )
    return Mark(claim, test.name, year, low, high)


def facts_of(answers: Answers, quantity: str, where: Where | None = None) -> list[Fact]:
    """Return the facts that speak of a quantity at these labels, as `morava explain` finds them."""
    chosen = _plain(where or {})
    return [
        fact
        for fact in answers.plan.country.facts.values()
        if fact.quantity == quantity and all(fact.where.get(dim, one[0]) in one for dim, one in chosen.items())
    ]


def references_of(answers: Answers, quantity: str, where: Where | None = None) -> tuple[Reference, ...]:
    """Return what stands behind a quantity: the page of its model, its facts, and the sources that its model reads."""
    name = given_by().get(quantity, "")
    facts = facts_of(answers, quantity, where)
    model = next((one for one in CHAIN if one.__name__ == name), None)
    return (
        *([Reference("model", name)] if name else []),
        *(Reference("fact", fact.name) for fact in facts),
        *sources_of(answers, {quantity, *(model.needs if model else ())}),
    )


def sources_of(answers: Answers, quantities: Collection[str]) -> tuple[Reference, ...]:
    """Return the sources of everything that the pack says of some quantities: facts, hourly series and tables."""
    country = answers.plan.country
    named = {fact.source for fact in country.facts.values() if fact.quantity in quantities}
    named |= {source for one in country.series.values() if one.quantity in quantities for source in one.sources}
    named |= {source for one in country.tables.values() if one.quantity in quantities for source in one.sources}
    return tuple(Reference("source", source) for source in sorted(named & set(country.sources)))


def foreseen_notes(answers: Answers, quantity: str, where: Where | None = None) -> tuple[Note, ...]:
    """Return how well a quantity was foreseen in the past, a note a score; none where nobody tested it."""
    return tuple(
        Note(f"note-foreseen-{slug(one['verdict'])}", {"coverage": one["coverage"], "years": one["effective_n"]})
        for one in foreseen_of(answers.plan.country, [Measure(quantity, where or {}, None, {})])
    )


def standing_notes(answers: Answers, quantity: str, array: xr.DataArray) -> tuple[Note, ...]:
    """Return what must be said beside a quantity: that few futures answer it, or that it rests on borrowed data.

    Parameters
    ----------
    array : DataArray [future, ...]
        What is shown of it.
    """
    notes = []
    answered, total = array.sizes["future"], answers.request.futures - len(answers.outcome.failed)
    if answered < total:
        notes.append(Note("note-few-futures", {"futures": answered, "of": total}))
    if quantity in given_from_hours() and borrowed_shapes(answers.plan.country):
        notes.append(Note("note-borrowed-shapes", {"shapes": len(borrowed_shapes(answers.plan.country))}))
    made = [one for one in answers.plan.country.tables.values() if one.synthetic]
    if quantity in given_from_tables() and made:
        notes.append(Note("note-synthetic-tables", {"tables": len(made)}))
    return tuple(notes)
