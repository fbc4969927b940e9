"""What measures cost against the envelope that pays them, and parts against their whole."""

from __future__ import annotations

import math
from dataclasses import dataclass

from morava.plans.coherence.criteria import tolerances
from morava.plans.coherence.findings import Amount, Checked, Told
from morava.plans.coherence.nesting import amount_of, inside, nested, programme_of, shares_its_years
from morava.plans.coherence.text import COST, Text, cost_of, parts_of, stands
from morava.plans.coherence.wording import amount, counted, listed
from morava.plans.types import Envelope, Initiative
from morava.quantities import find


@dataclass(frozen=True)
class Bill:
    """What initiatives cost together, million money, which of them name a cost, and which name none."""

    low: float
    high: float
    costed: tuple[str, ...]
    silent: tuple[str, ...]


def bill(text: Text, envelope: Envelope) -> Bill:
    """Return what the initiatives of an envelope cost, each sum once.

    A whole counts by its own cost, or by the envelope whose programme it is, and its parts do not count again; only in
    that envelope itself does a programme count by its parts.
    """
    members = {
        name: item
        for name, item in sorted(text.strategy.initiatives.items())
        if stands(item) and inside(text, item.envelope, envelope)
    }
    costs: dict[str, tuple[float, float]] = {}
    silent: list[str] = []

    def count(item: Initiative, seen: frozenset[str]) -> None:
        own = cost_of(text, item)
        below = [part for part in parts_of(text, item.name) if part.name not in seen]
        programme = programme_of(text, item)
        if own is None and programme is not None and programme is not envelope:
            own = (amount_of(text, programme), amount_of(text, programme))
        if own is not None and not (below and programme is envelope):
            costs[item.name] = own
        elif below or programme is envelope:
            for part in below:
                count(part, seen | {part.name})
        else:
            silent.append(item.name)

    for name, item in members.items():
        if item.part_of not in members:
            count(item, frozenset({name}))
    return Bill(
        math.fsum(low for low, _ in costs.values()),
        math.fsum(high for _, high in costs.values()),
        tuple(sorted(costs)),
        tuple(sorted(set(silent))),
    )


def check_measures(text: Text) -> Checked:
    """Compare every envelope with the sum of the measures that it pays.

    A span of a whole that has purposes across its spans may be filled by these: only more than its amount is told.
    """
    subjects, told = [], []
    for name, envelope in sorted(text.strategy.envelopes.items()):
        paid = bill(text, envelope)
        subject = f"measures of {name}"
        may_be_filled = shares_its_years(text, envelope)
        if not paid.costed and (paid.silent or may_be_filled):
            # Measures without a cost are told of as such, purposes across spans as a note: there is no sum to compare.
            continue
        subjects.append(subject)
        if not paid.costed:
            told.append(_tell_empty(subject, envelope))
        elif finding := _compare(text, subject, envelope, paid, may_be_filled):
            told.append(finding)
    return Checked(tuple(subjects), tuple(told))


def _tell_empty(subject: str, envelope: Envelope) -> Told:
    shown = amount(envelope.amount, envelope.amount, envelope.unit)
    return Told(
        subject=subject,
        severity="weak",
        says=f"{envelope.title_en} sets {shown} aside, and no measure is named that it pays.",
        mend="name the measures that it pays, or leave the money out",
        facts=envelope.facts,
        envelopes=(envelope.name,),
        numbers=(Amount(envelope.title_en, envelope.amount, envelope.amount, envelope.unit),),
    )


def _compare(text: Text, subject: str, envelope: Envelope, paid: Bill, may_be_less: bool) -> Told | None:
    total = amount_of(text, envelope)
    most, least = total * (1 + tolerances().rounding), total * (1 - tolerances().material)
    if paid.low > most:
        word, severity = "more than", "clear" if paid.low >= total * (1 + tolerances().material) else "weak"
    elif paid.high > most:
        word, severity = "perhaps more than", "weak"
    elif paid.high <= least and not may_be_less:
        word, severity = "less than", "weak"
    else:
        return None
    unit = text.in_base(find(COST).unit)
    number_of = counted(len(paid.costed), "measure that names a cost sums", "measures that name a cost sum")
    silent = f"; {counted(len(paid.silent), 'measure names', 'measures name')} no cost" if paid.silent else ""
    return Told(
        subject=subject,
        severity=severity,
        says=(
            f"{envelope.title_en}: {number_of} to {amount(paid.low, paid.high, unit)}, "
            f"{word} the {amount(total, total, unit)} set aside{silent}."
        ),
        mend="cost every measure, and fit the measures to the money or the money to the measures",
        facts=envelope.facts,
        initiatives=(*paid.costed, *paid.silent),
        envelopes=(envelope.name,),
        numbers=(
            Amount("sum of the measures", paid.low, paid.high, unit),
            Amount(envelope.title_en, total, total, unit),
        ),
    )


def check_wholes(text: Text) -> Checked:
    """Compare every initiative that has a cost and costed parts with their sum, and their envelopes with its own."""
    subjects, told = [], []
    for name, whole in sorted(text.strategy.initiatives.items()):
        below = parts_of(text, name)
        if not stands(whole) or not below:
            continue
        for part in below:
            if part.envelope and whole.envelope:
                subject = f"{part.name} and {name}"
                subjects.append(subject)
                if not nested(text, part.envelope, whole.envelope):
                    told.append(_tell_two_envelopes(text, subject, part, whole))
        own = cost_of(text, whole)
        costs = {part.name: cost_of(text, part) for part in below}
        if own is not None and any(costs.values()) and programme_of(text, whole) is None:
            subject = f"parts of {name}"
            subjects.append(subject)
            finding = _compare_whole(text, subject, whole, own, costs)
            told.extend([finding] if finding else [])
    return Checked(tuple(subjects), tuple(told))


def _tell_two_envelopes(text: Text, subject: str, part: Initiative, whole: Initiative) -> Told:
    names = [
        text.strategy.envelopes[name].title_en if name in text.strategy.envelopes else name
        for name in (part.envelope, whole.envelope)
    ]
    return Told(
        subject=subject,
        severity="clear",
        says=f"{part.title_en} is paid from {names[0]}, and {whole.title_en}, of which it is part, from {names[1]}.",
        mend="say in which envelope the money of the part counts",
        initiatives=(part.name, whole.name),
        envelopes=(part.envelope, whole.envelope),
    )


def _compare_whole(
    text: Text, subject: str, whole: Initiative, own: tuple[float, float], costs: dict[str, tuple[float, float] | None]
) -> Told | None:
    named = {name: cost for name, cost in costs.items() if cost is not None}
    low, high = (math.fsum(cost[side] for cost in named.values()) for side in (0, 1))
    if low > own[1] * (1 + tolerances().rounding):
        word, severity = "more than", "clear"
    elif len(named) == len(costs) and high <= own[0] * (1 - tolerances().material):
        word, severity = "less than", "weak"
    else:
        return None
    unit = text.in_base(find(COST).unit)
    return Told(
        subject=subject,
        severity=severity,
        says=(
            f"{whole.title_en} costs {amount(*own, unit)}; its parts {listed(sorted(named))} "
            f"cost {amount(low, high, unit)}, {word} the whole."
        ),
        mend="correct one of the sums, or name the parts that are missing",
        initiatives=(whole.name, *sorted(named)),
        numbers=(Amount("whole", *own, unit), Amount("sum of the parts", low, high, unit)),
    )
