"""What the model of the economy holds of initiatives, in words, and dates that are supposed where none was named."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from morava.errors import MoravaError, Problem
from morava.plans.types import FINISHED, Country, Initiative, Promise, Strategy
from morava.quantities.dates import interval
from morava.runs.effects_inputs import Known
from morava.runs.lower_schedule import dated_promises


def promised_for(
    country: Country, strategy: Strategy, chosen: Collection[str], year: int | None
) -> tuple[Strategy, list[str]]:
    """Return a strategy in which initiatives with a cost and without a date are promised for a year, and which.

    They are then as late as their class is, as all promises are.

    Raises
    ------
    MoravaError
        A year that is over.
    """
    if year is None:
        return strategy, []
    if not interval(country.as_of)[1] < year <= country.last_year:
        first = int(interval(country.as_of)[1]) + 1
        raise MoravaError(
            Problem(f"nothing can be promised for {year}", "--promise", f"{first} to {country.last_year}")
        )
    found = dict(strategy.initiatives)
    for name in sorted(chosen):
        one = found[name]
        if _undated(one) and _has_cost(country, one) and one.reference_class in country.reference_classes:
            said = Promise(
                f"{name}-supposed", one.milestone, country.as_of, str(year), "first promise", (), "", "supposed"
            )
            found[name] = replace(one, promises=(*one.promises, said))
    supposed = sorted(name for name in found if found[name] is not strategy.initiatives[name])
    if not supposed:
        return strategy, [f"no initiative asked has a cost and no date: nothing is supposed to be promised for {year}"]
    note = f"supposed to be promised for {year}, which nobody did: {', '.join(supposed)}"
    return replace(strategy, initiatives=found), [note]


def _undated(one: Initiative) -> bool:
    return one.status not in (*FINISHED, "cancelled") and not one.finished and not dated_promises(one)


def _has_cost(country: Country, one: Initiative) -> bool:
    if one.cost_low is not None and one.cost_high is not None:
        return True
    return any(country.facts[name].quantity == "initiative_cost" for name in one.facts if name in country.facts)


def say_members(
    country: Country, strategy: Strategy, parts: Sequence[Known], chosen: Sequence[str]
) -> tuple[Mapping[str, str], bool]:
    """Return of each initiative, by name, what the model holds, and whether it holds anything of any."""
    told = {name: _say(country, strategy.initiatives[name], parts) for name in sorted(chosen)}
    return {name: says for name, (says, _) in told.items()}, any(held for _, held in told.values())


def _say(country: Country, one: Initiative, parts: Sequence[Known]) -> tuple[str, bool]:
    known, name = parts[0], one.name
    in_programme = name in known["programme_works"].coords["initiative"]
    if name in known["initiative_sector_share"].coords["initiative"] and not in_programme:
        share = float(known["initiative_sector_share"].sel(initiative=name).max())
        if share > 0:
            sector = str(known["initiative_capital_sector"].sel(initiative=name).item())
            return f"stands: {share:.0%} of the capital of {sector} is its, and goes with it; no spending to come", True
    if one.status == "cancelled":
        return "is cancelled: nothing of it happens", False
    if one.status in FINISHED or one.finished:
        return "is finished: it is in the accounts, and no part of a sector is known to be its", False
    if not _has_cost(country, one):
        return "has no cost: it spends nothing and builds nothing here", False
    if not in_programme:
        why = "no date" if _undated(one) and not dated_promises(one) else "no stage or class to date it by"
        return f"has a cost and {why}: it is not scheduled, and weighs nothing here (see --promise)", False
    return _say_scheduled(parts, name), True


def _say_scheduled(parts: Sequence[Known], name: str) -> str:
    spent = np.concatenate([known["programme_works"].sel(initiative=name).sum("year").to_numpy() for known in parts])
    finish = np.concatenate([known["initiative_finish"].sel(initiative=name).to_numpy() for known in parts])
    last = int(parts[0]["programme_works"].coords["year"].to_numpy()[-1])
    sector = str(parts[0]["initiative_capital_sector"].sel(initiative=name).item())
    done = finish < last + 1
    when = f", in the median of these in {int(np.median(finish[done]))}" if done.any() else ""
    builds = "nothing that makes goods" if sector == "none" else f"capital of {sector}"
    if sector == "infrastructure":
        builds = "works that serve all"
    return (
        f"is scheduled: spends {np.median(spent):,.0f} million to {last} (median), for {builds}; finished by then in "
        f"{done.mean():.0%} of futures{when}"
    )
