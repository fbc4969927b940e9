"""One thing, several values or deadlines: promises that moved, and conflicts that stand behind the text."""

from __future__ import annotations

from collections.abc import Iterable

from morava.plans.cells import cell_of
from morava.plans.coherence.criteria import tolerances
from morava.plans.coherence.findings import Amount, Checked, Told
from morava.plans.coherence.targets import conflicts_between, contradictions
from morava.plans.coherence.text import Text, dated, members, show_fact, stands, touched_facts
from morava.plans.coherence.wording import counted, listed
from morava.plans.types import Conflict, Initiative, Promise
from morava.quantities.dates import interval

MONTHS, DAYS = 12, 365.25
"""Months of a year, in which delays are told, and its days."""
SHOWN = 3
"""Members of a side that a sentence names; all of them stand in the fields of the finding."""
KINDS = ("scope", "vintage", "genuine")
"""Kinds of conflict that give one thing several values; the others are claims against facts."""


def find_different_versions(text: Text) -> Checked:
    """Tell of milestones whose date moved or differs from what a claim says, and of values in conflict."""
    deadlines = _find_moved_deadlines(text)
    values = _find_conflicting_values(text)
    return Checked((*deadlines.subjects, *values.subjects), (*deadlines.told, *values.told))


def _find_moved_deadlines(text: Text) -> Checked:
    subjects, told = [], []
    for initiative in text.strategy.initiatives.values():
        if not stands(initiative):
            continue
        for milestone in sorted({promise.milestone for promise in initiative.promises}):
            promises = dated(initiative, milestone)
            if not promises:
                continue
            subject = f"{initiative.name}, {milestone}"
            subjects.append(subject)
            claimed = _claimed_otherwise(text, initiative, promises[-1]) if milestone == initiative.milestone else {}
            if claimed or _moved(promises):
                told.append(_tell_deadline(text, subject, initiative, promises, claimed))
    return Checked(tuple(subjects), tuple(told))


def apart(one: str, other: str) -> bool:
    """Return whether two dates as written have no day in common, and end days enough from each other to be two.

    Examples
    --------
    >>> apart("2025", "2026"), apart("2027", "2027-06"), apart("2027-05-14", "2027-05-15")
    (True, False, False)
    """
    first, second = interval(one), interval(other)
    disjoint = first[1] <= second[0] or second[1] <= first[0]
    return disjoint and abs(first[1] - second[1]) >= tolerances().days / DAYS


def _moved(promises: tuple[Promise, ...]) -> bool:
    return any(apart(one.date, other.date) for one in promises for other in promises)


def _claimed_otherwise(text: Text, initiative: Initiative, latest: Promise) -> dict[str, str]:
    """Return the dates by which claims have the initiative finished, where the latest promise says another."""
    found = {}
    for claim in text.strategy.claims.values():
        for test in claim.tests:
            of_it = test.measure.where.get("initiative") == initiative.name
            if of_it and test.measure.quantity == "initiative_finish" and test.by and apart(test.by, latest.date):
                found[claim.name] = test.by
    return found


def _tell_deadline(
    text: Text, subject: str, initiative: Initiative, promises: tuple[Promise, ...], claimed: dict[str, str]
) -> Told:
    history = [f"{promise.date} ({f'said {promise.said}' if promise.said else 'day unknown'})" for promise in promises]
    if claimed:
        says = "".join(f"; claim {name} says {date}" for name, date in sorted(claimed.items()))
        mend = "let the text name the date that was promised last, or say why another holds"
    else:
        says, mend = _shift(promises), "say in the text that the date moved, and which one holds"
    return Told(
        subject=subject,
        severity="clear" if claimed else "weak",
        says=f"{initiative.title_en}, {promises[0].milestone}: {listed(history)} are the dates promised{says}."
        if len(history) > 1
        else f"{initiative.title_en}, {promises[0].milestone}: {history[0]} is the date promised{says}.",
        mend=mend,
        claims=tuple(sorted(claimed)),
        facts=tuple(sorted({fact for promise in promises for fact in promise.facts if fact in text.country.facts})),
        initiatives=(initiative.name,),
        numbers=tuple(
            Amount(f"date promised, {promise.name}", *interval(promise.date), "year") for promise in promises
        ),
    )


def _shift(promises: tuple[Promise, ...]) -> str:
    known = [promise for promise in promises if promise.said]
    if len(known) < 2 or not apart(known[0].date, known[-1].date):
        return ""
    months = round((interval(known[-1].date)[1] - interval(known[0].date)[1]) * MONTHS)
    direction = "later" if months > 0 else "earlier"
    return f", the last {counted(abs(months), 'month', 'months')} {direction} than the first"


def _find_conflicting_values(text: Text) -> Checked:
    """Tell of conflicts that the strategy leans on; what another rule tells of is left to it."""
    leaned_on = touched_facts(text) | set(text.strategy.claims)
    elsewhere = told_elsewhere(text)
    subjects: list[str] = []
    told = []
    in_conflict: set[str] = set()
    for conflict in text.country.conflicts.values():
        in_conflict.update(members(conflict))
        if conflict.kind not in KINDS or conflict.name in elsewhere or not leaned_on & set(members(conflict)):
            continue
        subjects.append(conflict.subject)
        told.append(_tell_conflict(text, conflict))
    return Checked((*subjects, *_undisputed(text, in_conflict)), tuple(told))


def _undisputed(text: Text, in_conflict: Iterable[str]) -> list[str]:
    """Return the cells that the strategy leans on and nobody disputes: they too were checked."""
    disputed = set(in_conflict)
    facts = [text.country.facts[name] for name in sorted(touched_facts(text)) if name in text.country.facts]
    cells = {(fact.quantity, cell_of(fact)) for fact in facts if fact.name not in disputed}
    return [" ".join((quantity, *(label for _, label in cell))) for quantity, cell in sorted(cells)]


def told_elsewhere(text: Text) -> frozenset[str]:
    """Return the conflicts that contradictory targets or contradicted claims already tell of."""
    of_targets = {
        conflict.name for group in contradictions(text).values() for conflict in conflicts_between(text, group)
    }
    of_claims = {
        conflict
        for claim in text.strategy.claims.values()
        if claim.evidence == "contradicted"
        for conflict in text.conflicts_of.get(claim.name, ())
    }
    return frozenset(of_targets | of_claims)


def show_side(text: Text, side: tuple[str, ...]) -> str:
    """Write one side of a conflict: the values of its facts, or what its claims say."""
    shown = []
    for name in side[:SHOWN]:
        if name in text.country.facts:
            shown.append(show_fact(text.country.facts[name]))
        elif name in text.strategy.claims:
            shown.append(f"{text.strategy.claims[name].says} ({name})")
        else:
            shown.append(name)
    if len(side) > SHOWN:
        shown.append(f"and {len(side) - SHOWN} more")
    return "; ".join(shown)


def amounts_of(text: Text, conflict: Conflict) -> tuple[Amount, ...]:
    """Return the numbers of a conflict's facts as written."""
    facts = [text.country.facts[name] for name in members(conflict) if name in text.country.facts]
    return tuple(
        Amount(f"{fact.quantity}, fact {fact.name}", fact.low, fact.high, fact.unit)
        for fact in facts
        if fact.low is not None or fact.high is not None
    )


def _tell_conflict(text: Text, conflict: Conflict) -> Told:
    sides = " against ".join(show_side(text, side) for side in conflict.sides)
    reason = {"scope": "the scope differs", "vintage": "one is older", "genuine": "nobody withdrew either"}
    sides_told = counted(len(conflict.sides), "version", "versions")
    return Told(
        subject=conflict.subject,
        severity="clear" if conflict.kind == "genuine" else "weak",
        says=f"{sides_told} of {conflict.subject}: {sides}. {reason[conflict.kind].capitalize()}. {conflict.reading}",
        mend="publish one value, with its date and what it includes",
        claims=tuple(name for name in members(conflict) if name in text.strategy.claims),
        facts=tuple(name for name in members(conflict) if name in text.country.facts),
        initiatives=_resting_on(text, conflict),
        conflicts=(conflict.name,),
        numbers=amounts_of(text, conflict),
    )


def _resting_on(text: Text, conflict: Conflict) -> tuple[str, ...]:
    """Return the initiatives that name a fact of a conflict."""
    named = set(members(conflict))
    return tuple(name for name, item in sorted(text.strategy.initiatives.items()) if named & set(item.facts))
