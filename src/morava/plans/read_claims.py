"""Claims and their tests, from what their files say to the types."""

from __future__ import annotations

from morava.plans.read_country import by_name
from morava.plans.strategy_schemas import ClaimEntry, MeasureEntry, TestEntry
from morava.plans.types import Claim, Measure, Passage, Test


def claim_of(name: str, entry: ClaimEntry, required_share: float) -> Claim:
    """Return a claim; where it asks for no share of futures of its own, the strategy's counts."""
    passage = entry.passage
    return Claim(
        name=name,
        says=entry.says,
        passage=Passage(passage.document, passage.paragraph, passage.start, passage.length, passage.sha256),
        voice=entry.voice,
        kind=entry.kind,
        sector=entry.sector,
        tense=entry.tense,
        partners=tuple(entry.partners),
        evidence=entry.evidence,
        evidence_note=entry.evidence_note,
        facts=tuple(entry.facts),
        tests=tuple(_test(test) for test in entry.tests),
        awaits=entry.awaits,
        required_share=float(required_share if entry.required_share is None else entry.required_share),
        sets_target=by_name(entry.sets_target),
    )


def _test(entry: TestEntry) -> Test:
    return Test(
        name=entry.name,
        says=entry.says,
        measure=_measure(entry.measure),
        against=None if entry.against is None else _measure(entry.against),
        without=entry.without,
        compare=entry.compare,
        at_least=None if entry.at_least is None else float(entry.at_least),
        at_most=None if entry.at_most is None else float(entry.at_most),
        unit=entry.unit,
        by=entry.by,
        not_before=entry.not_before,
    )


def _measure(entry: MeasureEntry) -> Measure:
    where = {dim: tuple(label) if isinstance(label, list) else label for dim, label in entry.where.items()}
    # A maximum of sums is not a sum of maxima: years come last, whatever the order in the file.
    over = {dim: entry.over[dim] for dim in sorted(entry.over, key=lambda dim: (dim == "year", dim))}
    return Measure(entry.quantity, by_name(where), entry.year, over)
