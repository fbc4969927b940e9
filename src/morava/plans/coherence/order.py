"""Dates against each other: what waits, what is part of what, what is paid from what."""

from __future__ import annotations

from morava.plans.coherence.findings import Amount, Checked, Told
from morava.plans.coherence.text import Text, finish_of, stands
from morava.plans.types import Envelope, Initiative
from morava.quantities.dates import interval


def find_broken_order(text: Text) -> Checked:
    """Tell of dates that cannot all hold.

    A finish before the start; a finish before that of what it depends on; a part later than its whole; work after the
    years of the envelope that pays. It is clear when every reading of the two dates breaks the order, and weak when
    only the latest reading does ("by 2027" after something "by 2027-06" may be in order).
    """
    subjects: list[str] = []
    told: list[Told] = []
    for _, initiative in sorted(text.strategy.initiatives.items()):
        if stands(initiative):
            for subject, finding in _check_one(text, initiative):
                subjects.append(subject)
                if finding:
                    told.append(finding)
    return Checked(tuple(subjects), tuple(told))


def _check_one(text: Text, initiative: Initiative) -> list[tuple[str, Told | None]]:
    found = []
    finish = finish_of(initiative)
    name = initiative.name
    if initiative.started and finish:
        subject = f"{name}, start and finish"
        found.append((subject, _check_start(subject, initiative, finish)))
    for needed in initiative.depends_on:
        other = text.strategy.initiatives.get(needed.split("/")[0])
        if other is None:
            continue
        subject = f"{name} after {needed}"
        if not stands(other):
            found.append((subject, _tell_cancelled(subject, initiative, other)))
        elif finish and "/" not in needed and finish_of(other):
            says = (
                f"{initiative.title_en} is to be finished {finish} and waits for {other.title_en}, "
                f"which is to be finished {finish_of(other)}"
            )
            mend = "move the later date forward, the earlier one back, or drop the dependence"
            found.append((subject, _compare(subject, finish_of(other), finish, says, mend, (name, other.name))))
    whole = text.strategy.initiatives.get(initiative.part_of)
    envelope = text.strategy.envelopes.get(initiative.envelope)
    if whole and finish and finish_of(whole) and not _ends_with(whole, envelope):
        subject = f"{name} in {whole.name}"
        says = f"{initiative.title_en} is to be finished {finish}, and its whole, {whole.title_en}, {finish_of(whole)}"
        mend = "let the whole end with its last part"
        found.append((subject, _compare(subject, finish, finish_of(whole), says, mend, (name, whole.name))))
    if envelope and finish:
        span = f"{envelope.first_year}..{envelope.last_year}"
        subject = f"{name} in the years of {envelope.name}"
        says = (
            f"{initiative.title_en} is to be finished {finish}, "
            f"and {envelope.title_en}, which pays, ends {envelope.last_year}"
        )
        mend = "say who pays after the envelope ends, or move the date"
        found.append((subject, _compare(subject, finish, span, says, mend, (name,), (envelope.name,))))
    return found


def _ends_with(whole: Initiative, envelope: Envelope | None) -> bool:
    """Return whether a whole ends when the money of its part does: then one comparison says it all."""
    return envelope is not None and interval(finish_of(whole))[1] == envelope.last_year + 1


def _check_start(subject: str, initiative: Initiative, finish: str) -> Told | None:
    start, end = interval(initiative.started), interval(finish)
    if start[0] < end[1]:
        return None
    return Told(
        subject=subject,
        severity="clear",
        says=f"{initiative.title_en} starts {initiative.started} and finishes before that, {finish}.",
        mend="correct one of the two dates",
        initiatives=(initiative.name,),
        numbers=(Amount("start", *start, "year"), Amount("finish", *end, "year")),
    )


def _compare(
    subject: str,
    first: str,
    then: str,
    says: str,
    mend: str,
    initiatives: tuple[str, ...],
    envelopes: tuple[str, ...] = (),
) -> Told | None:
    """Tell when `first` is not over by the end of `then`: clear when it only begins after that."""
    earlier, later = interval(first), interval(then)
    if earlier[1] <= later[1]:
        return None
    clear = earlier[0] >= later[1]
    return Told(
        subject=subject,
        severity="clear" if clear else "weak",
        says=f"{says}{'' if clear else ': in order only if the wider of the two dates is kept early'}.",
        mend=mend,
        initiatives=initiatives,
        envelopes=envelopes,
        numbers=(Amount(f"by {first}", *earlier, "year"), Amount(f"by {then}", *later, "year")),
    )


def _tell_cancelled(subject: str, initiative: Initiative, other: Initiative) -> Told:
    return Told(
        subject=subject,
        severity="clear",
        says=f"{initiative.title_en} waits for {other.title_en}, which is cancelled.",
        mend="cancel it too, or say what takes the place of what it waits for",
        initiatives=(initiative.name, other.name),
    )
