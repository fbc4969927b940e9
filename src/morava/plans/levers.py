"""What can be chosen otherwise in a strategy, how far, and why so far: `levers.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from morava.errors import Problems, nearest
from morava.plans.groups import Group, read_groups
from morava.plans.pack import LEVERS_FILE, own_or_parent_file, read_file
from morava.plans.places import Places
from morava.plans.schemas import LeversFile
from morava.plans.strategy_schemas import LeverEntry
from morava.plans.types import FINISHED, Country, Financing, Initiative, Promise, Strategy
from morava.quantities import find, glossary
from morava.quantities.dates import interval
from morava.quantities.units import factor

NOT_FOUND = "not found"
"""Stands for money without a named source."""
MOVES = {"size": "initiatives", "start": "initiatives", "financing": "initiatives", "policy": "change"}
"""What each kind of lever moves."""
UNITS = {"size": "1", "start": "year", "financing": "1"}
AT_PLAN = {"size": 1.0, "start": 0.0, "financing": 0.0, "scale": 1.0, "add": 0.0}
"""Where the strategy stands as it is written, by kind of lever, or verb of a policy."""


@dataclass(frozen=True)
class Lever:
    """One thing that can be chosen otherwise.

    `plan` is where the strategy stands. A size is what part of the initiatives is built; a start is how many years
    later they are promised, and paid; financing is what part of the money of one lender another pays; a policy is by
    what a quantity is scaled, or what is added to it, in `unit`.
    """

    name: str
    title_en: str
    title_sr: str
    kind: str
    initiatives: tuple[str, ...]
    money_of: str
    paid_by: Financing | None
    quantity: str
    verb: str
    where: Mapping[str, str]
    unit: str
    at_least: float
    at_most: float
    plan: float
    step: float
    because: str
    facts: tuple[str, ...]
    sources: tuple[str, ...]


def read_levers(
    country: Country, strategy: Strategy, problems: Problems | None = None, written: Places | None = None
) -> dict[str, Lever]:
    """Return the levers of a strategy, else those of the strategy that it varies; none where neither has a file.

    Parameters
    ----------
    country, strategy
        As read.
    problems
        Takes what is wrong with the file; without it, it is raised.
    written
        Knows what the other files hold, read or not: what could not be read is told there, and not again.

    Raises
    ------
    MoravaError
        Everything that is wrong with the file, at once.

    Examples
    --------
    >>> from morava.plans.read import read_country, read_strategy
    >>> country = read_country("ruritania")
    >>> read_levers(country, read_strategy(country))["sun-size"].at_most
    2.0
    """
    told = Problems() if problems is None else problems
    folder, places = Path(country.folder), Places()
    path = own_or_parent_file(folder, strategy.name, LEVERS_FILE)
    if path is None:
        return {}
    file = read_file(folder, path, LeversFile, ("levers",), places, told, frozenset({()}))
    groups = read_groups(folder, strategy, Problems())
    unread = _unread(country, strategy, written)
    entries: Mapping[str, LeverEntry] = file.root if file is not None else {}
    found: dict[str, Lever] = {}
    for name, entry in entries.items():
        if unread & {*entry.initiatives, *entry.facts, *entry.sources}:
            continue
        before = len(told)
        _check_entry(name, entry, groups, country, strategy, places, told)
        if len(told) == before:
            found[name] = _lever(name, entry, groups)
            _check_range(found[name], strategy, places.where("levers", name), told)
    _check_together(found, places, told)
    if problems is None:
        told.raise_if_any()
    return found


def _unread(country: Country, strategy: Strategy, written: Places | None) -> set[str]:
    """Return names of initiatives, facts and sources that are written and could not be read."""
    if written is None:
        return set()
    return (
        (written.names("initiatives") - set(strategy.initiatives))
        | (written.names("facts") - set(country.facts))
        | (written.names("sources") - set(country.sources))
    )


def _lever(name: str, entry: LeverEntry, groups: Mapping[str, Group]) -> Lever:
    change, paid = entry.change, entry.paid_by
    members = tuple(dict.fromkeys((*(groups[entry.group].initiatives if entry.group else ()), *entry.initiatives)))
    verb = change.verb if change else ""
    unit = UNITS.get(entry.kind, "1")
    if change and verb == "add":
        unit = change.unit or find(change.quantity).unit
    return Lever(
        name=name,
        title_en=entry.title.en,
        title_sr=entry.title.sr,
        kind=entry.kind,
        initiatives=members,
        money_of=entry.money_of,
        paid_by=Financing(paid.lender, paid.partner, 0.0, paid.kind, paid.guaranteed, "lever", "", paid.currency)
        if paid
        else None,
        quantity=change.quantity if change else "",
        verb=verb,
        where=dict(sorted(change.where.items())) if change else {},
        unit=unit,
        at_least=float(entry.at_least),
        at_most=float(entry.at_most),
        plan=AT_PLAN[verb or entry.kind],
        step=float(entry.step),
        because=entry.because,
        facts=tuple(entry.facts),
        sources=tuple(entry.sources),
    )


def _check_entry(
    name: str,
    entry: LeverEntry,
    groups: Mapping[str, Group],
    country: Country,
    strategy: Strategy,
    places: Places,
    problems: Problems,
) -> None:
    """Note what is wrong with the words of a lever: names that are not there, and keys of another kind of lever."""
    given = {
        "initiatives": bool(entry.group or entry.initiatives), "change": entry.change is not None,
        "money_of": bool(entry.money_of), "paid_by": entry.paid_by is not None,
    }  # fmt: skip
    wanted = {MOVES[entry.kind], *(("money_of", "paid_by") if entry.kind == "financing" else ())}
    where = places.where("levers", name)
    for key, here in given.items():
        if here and key not in wanted:
            problems.add(f"a lever of {entry.kind} has no {key}", where, "take it out, or mend the kind")
        if not here and key in wanted:
            problems.add(f"{name} does not say {key}", where, f"a lever of {entry.kind} needs it")
    if entry.group and entry.group not in groups:
        problems.add(f"there is no group {entry.group}", where, nearest(entry.group, groups))
    for one in entry.initiatives:
        if one not in strategy.initiatives:
            problems.add(f"{one} is no initiative of {strategy.name}", where, nearest(one, strategy.initiatives))
    for kind, names, known in (("fact", entry.facts, country.facts), ("source", entry.sources, country.sources)):
        for one in names:
            if one not in known:
                problems.add(f"there is no {kind} {one}", where, nearest(one, known))
    if entry.change is not None:
        _check_change(entry, where, problems)


def _check_change(entry: LeverEntry, where: str, problems: Problems) -> None:
    change = entry.change
    if change is None:
        return
    if change.quantity not in glossary():
        problems.add(f"there is no quantity {change.quantity}", where, nearest(change.quantity, glossary()))
        return
    if change.verb == "scale" and change.unit:
        problems.add("what scales has no unit", where, "take the unit out")
    if change.unit and "money" not in find(change.quantity).unit:
        with problems.collecting():
            factor(change.unit, find(change.quantity).unit)


def _check_range(lever: Lever, strategy: Strategy, where: str, problems: Problems) -> None:
    """Note ranges that do not hold the plan, or that reach where the kind of lever means nothing."""
    if not lever.at_least < lever.at_most:
        problems.add(f"{lever.name} has no range", where, "give at_least below at_most")
    if not lever.at_least <= lever.plan <= lever.at_most:
        problems.add(f"the plan stands at {lever.plan:g}, outside the range of {lever.name}", where, "widen the range")
    if lever.kind == "size" and lever.at_least < 0:
        problems.add(f"{lever.name} may be less than nothing", where, "give at_least 0 or more")
    if lever.kind == "financing" and not (lever.at_least >= 0 and lever.at_most <= 1):
        problems.add(f"{lever.name} moves more than all of the money", where, "give a range within 0 and 1")
    members = [strategy.initiatives[name] for name in lever.initiatives]
    for one in members:
        if lever.kind == "size" and lever.at_most > 1 and (one.status in FINISHED or one.finished):
            problems.add(f"{one.name} stands already and cannot become larger", where, "give at_most 1")
        if lever.kind == "financing" and not share_of(one, lever.money_of) > 0:
            problems.add(f"{lever.money_of} pays nothing of {one.name}", where, "name who pays, or leave it out")
        if lever.kind == "start":
            for promise in moving_promises(one):
                if promise.date and promise.said and interval(promise.date)[1] + lever.at_least <= said_until(promise):
                    what = f"promise {promise.name} of {one.name} would name a day before it was made"
                    problems.add(what, where, "raise at_least")


def said_until(promise: Promise) -> float:
    """Return the end of the time in which a promise was made."""
    return interval(promise.said)[1]


def _check_together(levers: Mapping[str, Lever], places: Places, problems: Problems) -> None:
    """Note two levers that move the money of one lender of one initiative: which goes first would matter."""
    taken: dict[tuple[str, str], str] = {}
    for lever in levers.values():
        for one in lever.initiatives if lever.kind == "financing" else ():
            other = taken.setdefault((one, lever.money_of), lever.name)
            if other != lever.name:
                problems.add(
                    f"{lever.name} and {other} both move what {lever.money_of} pays of {one}",
                    places.where("levers", lever.name),
                    "leave one out",
                )


def share_of(initiative: Initiative, lender: str) -> float:
    """Return which share of its cost a lender pays; `not found` pays what nobody is named for."""
    if lender == NOT_FOUND:
        return max(1.0 - sum(money.share for money in initiative.financing), 0.0)
    return sum(money.share for money in initiative.financing if money.lender == lender)


def moving_promises(initiative: Initiative) -> tuple[Promise, ...]:
    """Return the promises that move with the start of an initiative: those of milestones that are not yet reached."""
    reached = {promise.milestone for promise in initiative.promises if promise.kind == "actual"}
    return tuple(promise for promise in initiative.promises if promise.milestone not in reached)
