"""Measures need a cost, and a cost needs a source of money."""

from __future__ import annotations

import math

from morava.plans.coherence.findings import Amount, Checked, Told
from morava.plans.coherence.nesting import amount_of, programme_of
from morava.plans.coherence.text import COST, Text, cost_of, is_open, parts_of
from morava.plans.coherence.wording import amount, listed, percent
from morava.plans.types import Financing, Initiative
from morava.quantities import find

NOT_FOUND = "not found"
"""Name of a lender that stands for nobody."""
ROUNDING_OF_SHARES = 1e-9
"""Shares written with decimals add up to one only within the precision of a float."""


def find_measures_without_cost(text: Text) -> Checked:
    """Tell of open initiatives for which no cost is named; one that costs nothing says so with a cost of zero.

    A whole without a cost of its own is in order when each of its parts has one, and the programme of an envelope, the
    amount of which is its cost.
    """
    subjects, told = [], []
    for name, initiative in sorted(text.strategy.initiatives.items()):
        if not is_open(initiative):
            continue
        subjects.append(name)
        parts = parts_of(text, name)
        costed = cost_of(text, initiative) is not None or programme_of(text, initiative) is not None
        if not costed and not (parts and all(cost_of(text, part) for part in parts)):
            told.append(_tell_no_cost(text, initiative))
    return Checked(tuple(subjects), tuple(told))


def _tell_no_cost(text: Text, initiative: Initiative) -> Told:
    whole = text.strategy.initiatives.get(initiative.part_of)
    within = cost_of(text, whole) if whole else None
    envelope = text.strategy.envelopes.get(initiative.envelope)
    says = f"{initiative.title_en} names no cost"
    if whole and within:
        shown = amount(*within, text.in_base(find(COST).unit))
        says += f"; its whole, {whole.title_en}, costs {shown}, and its share of that is not said"
    elif envelope:
        shown = amount(envelope.amount, envelope.amount, envelope.unit)
        says += f"; it is to be paid from {envelope.title_en} ({shown}), and how much of it is not said"
    return Told(
        subject=initiative.name,
        severity="weak" if within else "clear",
        says=f"{says}.",
        mend="name a cost with its price year, or a cost of 0 where it needs no money",
        initiatives=(initiative.name,),
        envelopes=(envelope.name,) if envelope else (),
    )


def named_sources(initiative: Initiative) -> tuple[Financing, ...]:
    """Return the financing of an initiative that somebody stands behind."""
    return tuple(money for money in initiative.financing if money.lender and money.lender != NOT_FOUND)


def find_costs_without_source(text: Text) -> Checked:
    """Tell of open initiatives whose cost has no source of money, a source for a part only, or sources for too much.

    A part without sources of its own is in order when its whole has some, and the programme of an envelope when one of
    its parts has some: the money may come from there.
    """
    subjects, told = [], []
    for name, initiative in sorted(text.strategy.initiatives.items()):
        envelope = programme_of(text, initiative)
        cost = cost_of(text, initiative)
        if cost is None and envelope:
            cost = (amount_of(text, envelope), amount_of(text, envelope))
        if not is_open(initiative) or cost is None or cost[1] == 0:
            continue
        subjects.append(name)
        share = math.fsum(money.share for money in named_sources(initiative))
        whole = text.strategy.initiatives.get(initiative.part_of)
        relatives = [*([whole] if whole else []), *(parts_of(text, name) if envelope else ())]
        covered = share == 0 and any(named_sources(relative) for relative in relatives)
        if abs(share - 1) > ROUNDING_OF_SHARES and not covered:
            told.append(_tell_source(text, initiative, cost, share))
    return Checked(tuple(subjects), tuple(told))


def _tell_source(text: Text, initiative: Initiative, cost: tuple[float, float], share: float) -> Told:
    unit = text.in_base(find(COST).unit)
    low, high = (side * abs(1 - share) for side in cost)
    total = amount(*cost, unit)
    who = listed([f"{money.lender} {percent(money.share)}" for money in named_sources(initiative)])
    if share == 0:
        says = f"{initiative.title_en} costs {total}, and no source of money is named"
    elif share < 1:
        says = (
            f"{initiative.title_en} costs {total}; sources are named for {percent(share)} ({who}), "
            f"so that {amount(low, high, unit)} is without one"
        )
    else:
        says = f"{initiative.title_en} costs {total}, and its sources add up to {percent(share)} of that ({who})"
    gap = Amount("without a source" if share < 1 else "more than the cost", low, high, unit)
    return Told(
        subject=initiative.name,
        severity="clear",
        says=f"{says}.",
        mend="name who pays, how much and on what terms, until the shares add up to one",
        initiatives=(initiative.name,),
        numbers=(Amount("cost", *cost, unit), gap),
    )
