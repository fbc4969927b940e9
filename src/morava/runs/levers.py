"""A strategy with its levers moved: another strategy, and the very same one where every lever stands as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite

from morava.errors import Problems, nearest
from morava.plans.levers import Lever, moving_promises, share_of
from morava.plans.types import FINISHED, Change, Country, Financing, Initiative, Strategy
from morava.quantities.dates import calendar_day, interval
from morava.runs.without import without

DIGITS = ".12g"
"""How values of levers are written: what is written is what is meant."""


def read_settings(text: str, levers: Mapping[str, Lever] | None = None) -> dict[str, float]:
    """Return where levers stand, written as `name=value` with commas.

    Parameters
    ----------
    text
        As `sun-size=0.5,hall-size=2`.
    levers
        The levers of the strategy; without them names and ranges are not looked at.

    Raises
    ------
    MoravaError
        Pairs that are none, values that are no numbers, names given twice, unknown levers and values outside their
        range: all at once.

    Examples
    --------
    >>> read_settings("sun-size=0.5,hall-size=2")
    {'sun-size': 0.5, 'hall-size': 2.0}
    """
    problems = Problems()
    found: dict[str, float] = {}
    seen = set[str]()
    for pair in (part.strip() for part in text.split(",")):
        name, sign, value = (part.strip() for part in pair.partition("="))
        if not pair:
            continue
        if not sign or not name:
            problems.add(f"{pair!r} moves no lever", "levers", "write name=value")
            continue
        if name in seen:
            problems.add(f"{name} is given twice", "levers", "keep one")
        seen.add(name)
        try:
            found[name] = float(value)
        except ValueError:
            problems.add(f"{value!r} is no number", f"lever {name}", "write a number with a decimal point")
            if levers is not None and name not in levers:
                _add_unknown(name, levers, problems)
    if levers is not None:
        _settled(levers, found, problems)
    problems.raise_if_any()
    return found


def settled(levers: Mapping[str, Lever], settings: Mapping[str, float]) -> dict[str, float]:
    """Return the levers that do not stand as the strategy is written, sorted, with values as they would be written.

    Raises
    ------
    MoravaError
        Unknown levers and values outside their range, all at once.
    """
    problems = Problems()
    found = _settled(levers, settings, problems)
    problems.raise_if_any()
    return found


def _add_unknown(name: str, levers: Mapping[str, Lever], problems: Problems) -> None:
    problems.add(f"there is no lever {name}", "levers", nearest(name, levers))


def _settled(levers: Mapping[str, Lever], settings: Mapping[str, float], problems: Problems) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, value in sorted(settings.items()):
        if name not in levers:
            _add_unknown(name, levers, problems)
            continue
        lever = levers[name]
        if not isfinite(value) or not lever.at_least <= value <= lever.at_most:
            problems.add(
                f"{name} cannot stand at {value:g}",
                f"lever {name}",
                f"give {lever.at_least:g} to {lever.at_most:g}",
            )
            continue
        written = float(format(value, DIGITS)) + 0.0
        if written != lever.plan:
            found[name] = written
    return found


def canonical(levers: Mapping[str, Lever], settings: Mapping[str, float]) -> str:
    """Return where levers stand in the one way in which it is stored: nothing where all stand as written."""
    return ",".join(f"{name}={value:{DIGITS}}" for name, value in settled(levers, settings).items())


def moved(strategy: Strategy, country: Country, levers: Mapping[str, Lever], settings: Mapping[str, float]) -> Strategy:
    """Return a strategy with levers moved; the very same one where all stand as it is written.

    Parameters
    ----------
    strategy, country
        As read; nothing of them is changed.
    levers
        The levers of the strategy, by name.
    settings
        Where some of them stand; the order does not matter.

    Raises
    ------
    MoravaError
        Unknown levers and values outside their range, all at once.
    """
    for name, value in settled(levers, settings).items():
        strategy = _moved(strategy, country, levers[name], value)
    return _cancelled(strategy)


def _moved(strategy: Strategy, country: Country, lever: Lever, value: float) -> Strategy:
    if lever.kind == "policy":
        change = Change(
            quantity=lever.quantity, verb=lever.verb, value=value, unit=lever.unit if lever.verb == "add" else "",
            where=lever.where, start="", full_by=0.0, until="", because=lever.because,
        )  # fmt: skip
        return replace(strategy, policies=dict(sorted({**strategy.policies, lever.name: change}.items())))
    found = dict(strategy.initiatives)
    for name in lever.initiatives:
        one = found[name]
        if lever.kind == "size":
            found[name] = replace(one, size=one.size * value)
        elif lever.kind == "start":
            found[name] = _later(one, country, value)
        else:
            found[name] = _paid_otherwise(one, lever, value)
    return replace(strategy, initiatives=found)


def _later(one: Initiative, country: Country, years: float) -> Initiative:
    """Return an initiative that is promised, and paid, some years later; what is reached already stays."""
    if one.status in FINISHED or one.finished:
        return one
    moving = {promise.name for promise in moving_promises(one)}
    promises = tuple(
        replace(promise, date=_day_ending(interval(promise.date)[1] + years))
        if promise.name in moving and promise.date
        else promise
        for promise in one.promises
    )
    as_of = interval(country.as_of)[0]
    begins = interval(one.started)[0] if one.started else as_of
    # Work that has begun is not begun again, and none begins before the pack's own day.
    later = begins if begins < as_of else max(begins + years, as_of)
    started = one.started if later == begins else calendar_day(later).isoformat()
    return replace(one, promises=promises, started=started)


def _day_ending(moment: float) -> str:
    """Return the day that ends at a moment, or in which it lies."""
    return calendar_day(moment - 1e-9).isoformat()


def _paid_otherwise(one: Initiative, lever: Lever, part: float) -> Initiative:
    if lever.paid_by is None:
        raise AssertionError(f"lever {lever.name} was read without who pays instead")
    taken = share_of(one, lever.money_of) * part
    kept = tuple(
        replace(money, share=money.share * (1 - part)) if money.lender == lever.money_of else money
        for money in one.financing
    )
    paid = replace(lever.paid_by, share=taken)
    return replace(one, financing=tuple(sorted((*kept, paid), key=_by_lender)))


def _by_lender(money: Financing) -> tuple[str, str, float]:
    return money.lender, money.kind, money.share


def _cancelled(strategy: Strategy) -> Strategy:
    """Return a strategy in which what is of no size is cancelled, and nothing waits for it."""
    for name, one in strategy.initiatives.items():
        if one.size == 0 and one.status != "cancelled":
            strategy = without(strategy, name)
    return strategy
