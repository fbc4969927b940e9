"""Envelopes within and beside each other: the sums of their parts, their years, and what they may share."""

from __future__ import annotations

import math
from itertools import combinations

from morava.plans.coherence.criteria import tolerances
from morava.plans.coherence.findings import Amount, Checked, Told
from morava.plans.coherence.nesting import meet, parts, purposes, root_of, spans
from morava.plans.coherence.sums import check_measures, check_wholes
from morava.plans.coherence.text import Text
from morava.plans.coherence.wording import amount, listed, number, percent
from morava.plans.types import Envelope


def find_money_out_of_envelope(text: Text) -> Checked:
    """Tell of money that sums to more or less than its envelope, of one sum in two envelopes, of unknown overlaps.

    Parts of an envelope that follow each other and fill its years must sum to it (17 + 31 = 48). Any other part is
    one purpose among several: together they must not be more. What the text leaves open is a note.
    """
    checks = [
        check
        for _, envelope in sorted(text.strategy.envelopes.items())
        for check in (_check_years(text, envelope), _check_parts(text, envelope))
    ]
    checks += [_check_strangers(text), check_measures(text), check_wholes(text)]
    return Checked(
        tuple(subject for check in checks for subject in check.subjects),
        tuple(told for check in checks for told in check.told),
    )


def _check_years(text: Text, envelope: Envelope) -> Checked:
    subjects, told = [], []
    for part in parts(text, envelope):
        subject = f"years of {part.name}"
        subjects.append(subject)
        if part.first_year < envelope.first_year or part.last_year > envelope.last_year:
            told.append(
                Told(
                    subject=subject,
                    severity="clear",
                    says=(
                        f"{part.title_en} runs {_years(part)}, outside the years of {envelope.title_en}, "
                        f"of which it is part, {_years(envelope)}."
                    ),
                    mend="correct the years, or take the part out of the whole",
                    facts=(*part.facts, *envelope.facts),
                    envelopes=(part.name, envelope.name),
                )
            )
    return Checked(tuple(subjects), tuple(told))


def _check_parts(text: Text, envelope: Envelope) -> Checked:
    following, others = spans(text, envelope), purposes(text, envelope)
    subjects, told = [], []
    for group, must_be_equal in ((following, True), (others, False)):
        if group:
            subject = f"{envelope.name} as {' + '.join(part.name for part in group)}"
            subjects.append(subject)
            finding = _compare(text, subject, envelope, group, must_be_equal)
            told.extend([finding] if finding else [])
    for part in others:
        across = [span for span in following if meet(part, span)]
        if len(across) > 1:
            told.append(_tell_across(text, envelope, part, across))
    return Checked(tuple(subjects), tuple(told))


def _compare(
    text: Text, subject: str, envelope: Envelope, group: tuple[Envelope, ...], must_be_equal: bool
) -> Told | None:
    total = math.fsum(text.convert(part.amount, part.unit, envelope.unit) for part in group)
    excess = total - envelope.amount
    slack = tolerances().rounding * max(total, envelope.amount)
    if abs(excess) <= slack or (excess < 0 and not must_be_equal):
        return None
    shown = [_amount(part) for part in group]
    sum_told = f"{' + '.join(shown)} = {number(total)}" if len(group) > 1 else shown[0]
    difference = amount(abs(excess), abs(excess), envelope.unit)
    might_overlap = not must_be_equal and len(group) > 1
    overlap = "; whether the parts overlap is not said" if might_overlap else ""
    return Told(
        subject=subject,
        severity="weak" if might_overlap else "clear",
        says=(
            f"{listed([part.title_en for part in group])}: {sum_told}, which is {difference} "
            f"{'more' if excess > 0 else 'less'} than {envelope.title_en}, {_amount(envelope)}{overlap}."
        ),
        mend="correct the sums, or say which money counts twice",
        facts=tuple(fact for item in (*group, envelope) for fact in item.facts),
        envelopes=(envelope.name, *(part.name for part in group)),
        numbers=(
            *(Amount(part.title_en, part.amount, part.amount, part.unit) for part in group),
            Amount("sum of the parts", total, total, envelope.unit),
            Amount(envelope.title_en, envelope.amount, envelope.amount, envelope.unit),
        ),
    )


def _tell_across(text: Text, envelope: Envelope, part: Envelope, across: list[Envelope]) -> Told:
    share = text.convert(part.amount, part.unit, envelope.unit) / envelope.amount
    shown = listed([f"{span.title_en} ({_amount(span)}, {_years(span)})" for span in across])
    return Told(
        subject=f"{part.name} across {' and '.join(span.name for span in across)}",
        severity="note",
        says=(
            f"{part.title_en}, {_amount(part)} in {_years(part)}, is {percent(share)} of {envelope.title_en} "
            f"and lies across {shown}; "
            "how much of it counts in each is not said."
        ),
        mend="say how much of it falls into each span",
        facts=tuple(fact for item in (part, *across, envelope) for fact in item.facts),
        envelopes=(part.name, *(span.name for span in across), envelope.name),
        numbers=(Amount(f"share of {envelope.title_en}", share, share, "1"),),
    )


def _check_strangers(text: Text) -> Checked:
    """Tell of one sum in two envelopes that are not part of each other, and of years that two of them share.

    A note of either that names the other is taken to say whether they overlap.
    """
    subjects, told = [], []
    unknown: list[tuple[Envelope, Envelope]] = []
    envelopes = [envelope for _, envelope in sorted(text.strategy.envelopes.items())]
    for one, other in combinations(envelopes, 2):
        strangers = root_of(text, one) is not root_of(text, other)
        shared = sorted(set(one.facts) & set(other.facts))
        if strangers and shared:
            subject = f"one sum in {one.name} and {other.name}"
            subjects.append(subject)
            told.append(_tell_shared(subject, one, other, shared))
        outermost = root_of(text, one) is one and root_of(text, other) is other
        said = other.name in one.note or one.name in other.note
        if strangers and outermost and meet(one, other) and not shared and not said:
            unknown.append((one, other))
    if unknown:
        told.append(_tell_unknown(unknown))
    return Checked(tuple(subjects), tuple(told))


def _tell_unknown(pairs: list[tuple[Envelope, Envelope]]) -> Told:
    envelopes = list(dict.fromkeys(envelope for pair in pairs for envelope in pair))
    shown = listed([f"{item.title_en} ({_amount(item)}, {_years(item)})" for item in envelopes])
    which = [f"{one.name} and {other.name}" for one, other in pairs]
    return Told(
        subject="overlaps unknown",
        severity="note",
        says=f"{shown} meet in some years; whether they share money is not said for {'; '.join(which)}.",
        mend="say it in the note of one of the two envelopes, and name the other there",
        facts=tuple(fact for envelope in envelopes for fact in envelope.facts),
        envelopes=tuple(envelope.name for envelope in envelopes),
    )


def _tell_shared(subject: str, one: Envelope, other: Envelope, shared: list[str]) -> Told:
    return Told(
        subject=subject,
        severity="clear",
        says=(
            f"{one.title_en} and {other.title_en} rest on the same sum, {listed(shared)}, "
            "and neither is part of the other."
        ),
        mend="say in which of the two the money counts",
        facts=tuple(shared),
        envelopes=(one.name, other.name),
    )


def _years(envelope: Envelope) -> str:
    return f"{envelope.first_year} to {envelope.last_year}"


def _amount(envelope: Envelope) -> str:
    return amount(envelope.amount, envelope.amount, envelope.unit)
