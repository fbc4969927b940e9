"""Targets: the same one must have one value, and each needs an indicator and a baseline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from morava.errors import MoravaError, Problem
from morava.plans.cells import TIME
from morava.plans.coherence.criteria import tolerances
from morava.plans.coherence.findings import Amount, Checked, Told
from morava.plans.coherence.text import Text, place, time_of, touched_facts
from morava.plans.coherence.wording import amount, listed
from morava.plans.types import Claim, Conflict
from morava.quantities import find
from morava.quantities.dates import interval

SUPERSEDED = ("unit error", "vintage")
"""Kinds of conflict whose other sides no longer stand: a misprint, and an older view."""


@dataclass(frozen=True)
class Target:
    """A value that a claim or a fact sets for a quantity, at a place and a time.

    `low` and `high` are in the glossary's unit, as far as they are given; `shown` is the value as written.
    """

    quantity: str
    where: tuple[tuple[str, str], ...]
    time: str
    low: float | None
    high: float | None
    shown: Amount
    claim: str
    fact: str

    @property
    def subject(self) -> str:
        """Name of the cell: quantity, labels and time."""
        labels = "".join(f" {label}" for _, label in self.where)
        return f"{self.quantity}{labels} {self.time}"


def targets(text: Text) -> Mapping[str, tuple[Target, ...]]:
    """Return the targets of claims and of planned facts by cell; a misprint and an older view are left out."""
    fallen = _fallen(text)
    found: dict[str, list[Target]] = {}
    stated = [_of_claim(text, claim) for claim in text.strategy.claims.values() if claim.sets_target]
    for target in (*stated, *_of_facts(text, fallen)):
        found.setdefault(target.subject, []).append(target)
    return {
        subject: tuple(sorted(group, key=lambda target: (target.claim, target.fact)))
        for subject, group in sorted(found.items())
    }


def _fallen(text: Text) -> frozenset[str]:
    return frozenset(
        name
        for conflict in text.country.conflicts.values()
        if conflict.kind in SUPERSEDED and conflict.chosen is not None
        for index, side in enumerate(conflict.sides)
        if index != conflict.chosen
        for name in side
    )


def _of_claim(text: Text, claim: Claim) -> Target:
    wanted = claim.sets_target
    missing = [key for key in ("quantity", "year", "value") if not wanted.get(key)]
    if missing:
        raise MoravaError(
            Problem(
                f"the target has no {listed(missing)}",
                f"claim {claim.name}, sets_target",
                "give quantity, year, value and unit",
            )
        )
    quantity = find(wanted["quantity"])
    where = place({dim: label for dim, label in wanted.items() if dim in quantity.dims})
    unit = wanted.get("unit", quantity.unit)
    try:
        value = interval(wanted["value"])[1] if quantity.kind == "date" else float(wanted["value"])
    except ValueError:
        raise MoravaError(
            Problem(
                f"{wanted['value']!r} is no number",
                f"claim {claim.name}, sets_target",
                "write the value as a plain number",
            )
        ) from None
    level = value if quantity.kind == "date" else text.convert(value, unit, quantity.unit)
    shown = Amount(f"{quantity.title_en}, {wanted['year']}, claim {claim.name}", value, value, unit)
    return Target(quantity.name, where, wanted["year"], level, level, shown, claim.name, "")


def _of_facts(text: Text, fallen: frozenset[str]) -> list[Target]:
    found = []
    for fact in text.country.facts.values():
        quantity = find(fact.quantity)
        time = time_of(fact)
        if fact.status != "planned" or fact.name in fallen or not time or quantity.kind == "text":
            continue
        if fact.low is None and fact.high is None:
            continue
        low, high = (
            None if side is None else text.convert(side, fact.unit, quantity.unit) for side in (fact.low, fact.high)
        )
        where = place(fact.where)
        shown = Amount(f"{quantity.title_en}, {time}, fact {fact.name}", fact.low, fact.high, fact.unit)
        found.append(Target(quantity.name, where, time, low, high, shown, "", fact.name))
    return found


def differ(one: Target, other: Target) -> bool:
    """Return whether two targets cannot both be met: their ranges lie apart by more than rounding."""
    slack = tolerances().rounding * max(
        abs(side) for side in (one.low, one.high, other.low, other.high) if side is not None
    )

    def below(left: Target, right: Target) -> bool:
        return left.high is not None and right.low is not None and left.high < right.low - slack

    return below(one, other) or below(other, one)


def contradictions(text: Text) -> Mapping[str, tuple[Target, ...]]:
    """Return the cells whose targets cannot all be met, with these targets."""
    found = {}
    for subject, group in targets(text).items():
        apart = tuple(one for one in group if any(differ(one, other) for other in group))
        if apart:
            found[subject] = apart
    return found


def conflicts_between(text: Text, group: tuple[Target, ...]) -> tuple[Conflict, ...]:
    """Return the declared conflicts that name two or more of the targets."""
    names = [name for target in group for name in (target.claim, target.fact) if name]
    counts: dict[str, int] = {}
    for name in names:
        for conflict in text.conflicts_of.get(name, ()):
            counts[conflict] = counts.get(conflict, 0) + 1
    return tuple(text.country.conflicts[name] for name, count in sorted(counts.items()) if count > 1)


def find_contradictory_targets(text: Text) -> Checked:
    """Tell of every quantity, place and time for which two different values are aimed at.

    A difference that a conflict explains by scope is weak; any other is clear.
    """
    told = []
    for subject, group in contradictions(text).items():
        quantity = find(group[0].quantity)
        conflicts = conflicts_between(text, group)
        by_scope = bool(conflicts) and all(conflict.kind == "scope" for conflict in conflicts)
        values = listed([f"{_value(target)} ({target.claim or target.fact})" for target in group])
        labels = "".join(f", {label}" for _, label in group[0].where)
        reading = "".join(f" {conflict.reading}" for conflict in conflicts)
        told.append(
            Told(
                subject=subject,
                severity="weak" if by_scope else "clear",
                says=f"{quantity.title_en}{labels}, {group[0].time}: the targets are {values}.{reading}",
                mend="say which value is the target, and withdraw the other or give it its own year, place or scope",
                claims=tuple(target.claim for target in group if target.claim),
                facts=tuple(target.fact for target in group if target.fact),
                conflicts=tuple(conflict.name for conflict in conflicts),
                numbers=tuple(target.shown for target in group),
            )
        )
    return Checked(tuple(targets(text)), tuple(told))


def _value(target: Target) -> str:
    return amount(target.shown.low, target.shown.high, target.shown.unit)


def find_targets_without_indicator(text: Text) -> Checked:
    """Tell of targets in words only, and of numeric targets whose quantity nobody measured before.

    A claim of kind `target` has an indicator when it sets a value or carries a test. A numeric target has a baseline
    when one fact, measured or reported, gives its quantity at its place for a time before the present and the target;
    a quantity that has no time (the amount of an envelope) needs none, nor does a target whose time is over.
    """
    subjects, told = [], []
    for claim in text.strategy.claims.values():
        if claim.kind != "target" or claim.voice == "reader" or claim.sets_target:
            continue
        subjects.append(claim.name)
        if not claim.tests:
            told.append(
                Told(
                    subject=claim.name,
                    severity="clear",
                    says=f"Target without an indicator: {claim.says}. No quantity, value or date is named.",
                    mend="name a quantity of the glossary with a value and a year (sets_target), or a test",
                    claims=(claim.name,),
                )
            )
    touched = touched_facts(text)
    by_place: dict[tuple[str, tuple[tuple[str, str], ...]], list[Target]] = {}
    for group in targets(text).values():
        for target in group:
            changes_in_time = bool(set(find(target.quantity).dims) & set(TIME))
            leaned_on = target.claim or target.fact in touched
            if changes_in_time and leaned_on and interval(target.time)[1] > text.as_of:
                by_place.setdefault((target.quantity, target.where), []).append(target)
    for (name, where), aimed in sorted(by_place.items()):
        subject = name + "".join(f" {label}" for _, label in where)
        subjects.append(subject)
        if not _has_baseline(text, name, where, min(interval(target.time)[0] for target in aimed)):
            told.append(_without_baseline(subject, name, where, aimed))
    return Checked(tuple(subjects), tuple(told))


def _has_baseline(text: Text, quantity: str, where: tuple[tuple[str, str], ...], target_from: float) -> bool:
    before = min(text.as_of, target_from)
    return any(
        fact.quantity == quantity
        and fact.status in ("measured", "reported")
        and place(fact.where) == where
        and interval(fact.period or fact.known_on)[0] < before
        for fact in text.country.facts.values()
    )


def _without_baseline(subject: str, quantity: str, where: tuple[tuple[str, str], ...], group: list[Target]) -> Told:
    labels = "".join(f", {label}" for _, label in where)
    distinct = {(target.time, target.low, target.high): target for target in group}.values()
    values = listed([f"{_value(target)} in {target.time}" for target in distinct])
    return Told(
        subject=subject,
        severity="clear",
        says=(
            f"{find(quantity).title_en}{labels}: the target is {values}, "
            "and no measured or reported value says where it starts."
        ),
        mend=f"add a measured or reported fact of {quantity} at that place for a year before the target",
        claims=tuple(sorted({target.claim for target in group if target.claim})),
        facts=tuple(sorted({target.fact for target in group if target.fact})),
        numbers=tuple(target.shown for target in group),
    )
