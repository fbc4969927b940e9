"""One task must have one owner."""

from __future__ import annotations

from itertools import combinations

from morava.plans.coherence.findings import Checked, Told
from morava.plans.coherence.text import Text, place, stands
from morava.plans.coherence.wording import counted, listed
from morava.plans.types import Change, Initiative
from morava.quantities.dates import interval


def owners(initiative: Initiative) -> tuple[str, ...]:
    """Return the owners that an initiative names, several being divided by semicolons."""
    return tuple(sorted({owner.strip() for owner in initiative.owner.split(";") if owner.strip()}))


def find_two_owners(text: Text) -> Checked:
    """Tell of tasks for which two owners are named.

    A task is the same when one initiative names two owners, when two initiatives set the same quantity at the same
    place, or when two are parts of one whole under the same title. An initiative without an owner cannot be checked.
    """
    standing = [item for _, item in sorted(text.strategy.initiatives.items()) if stands(item)]
    named = [item for item in standing if owners(item)]
    told = [_tell_several(item) for item in named if len(owners(item)) > 1]
    for one, other in combinations(named, 2):
        task = _shared_task(one, other)
        if task and owners(one) != owners(other):
            told.append(_tell_pair(one, other, task))
    nobody = [item.name for item in standing if not owners(item)]
    if nobody:
        told.append(_tell_nobody(nobody, len(standing)))
    return Checked(tuple(item.name for item in named), tuple(told))


def _shared_task(one: Initiative, other: Initiative) -> str:
    """Say what two initiatives both do, or nothing."""
    if one.part_of and one.part_of == other.part_of and one.title_en.casefold() == other.title_en.casefold():
        return f"are both called {one.title_en} and both part of {one.part_of}"
    for left in one.changes:
        for right in other.changes:
            same = (left.quantity, place(left.where)) == (right.quantity, place(right.where))
            if same and left.verb == right.verb == "set" and not _one_after_the_other(left, right):
                labels = "".join(f", {label}" for _, label in place(left.where))
                return f"both set {left.quantity}{labels}"
    return ""


def _one_after_the_other(left: Change, right: Change) -> bool:
    """Return whether dates written in two changes keep them apart; a start that is a stage is not known yet."""

    def ends_first(first: Change, second: Change) -> bool:
        dated = bool(first.until) and second.start[:4].isdigit()
        return dated and interval(first.until)[1] <= interval(second.start)[0]

    return ends_first(left, right) or ends_first(right, left)


def _tell_several(initiative: Initiative) -> Told:
    return Told(
        subject=initiative.name,
        severity="clear",
        says=f"{initiative.title_en} has {len(owners(initiative))} owners: {listed(owners(initiative))}.",
        mend="name the one owner that answers for it, and the others as partners",
        initiatives=(initiative.name,),
    )


def _tell_pair(one: Initiative, other: Initiative, task: str) -> Told:
    return Told(
        subject=one.name,
        severity="clear",
        says=f"{one.title_en} ({listed(owners(one))}) and {other.title_en} ({listed(owners(other))}) {task}.",
        mend="give the task to one owner, or say which part each of them does",
        initiatives=(one.name, other.name),
    )


def _tell_nobody(names: list[str], standing: int) -> Told:
    return Told(
        subject="no owner named",
        severity="note",
        says=(
            f"{counted(len(names), 'initiative', 'initiatives')} of {standing} name no owner, so that nobody can check "
            f"whether two share a task: {listed(names)}."
        ),
        mend="name who answers for each",
        initiatives=tuple(names),
    )
