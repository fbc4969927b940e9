"""Units: one pint registry in which money of different years and currencies cannot be mixed by accident.

`EUR_2025` is a dimension of its own: pint refuses to add it to `EUR_2020` or to `USD_2025`. Only
`morava.plans.prices`, with the deflators and exchange rates of a country's facts, may cross from one to another.
The glossary writes `money` where an amount stands in the price base of the country at hand.
"""

from __future__ import annotations

import math
import re
import tokenize
from functools import cache, lru_cache

import pint

from morava.errors import MoravaError, Problem

CURRENCIES = ("EUR", "USD", "CNY", "RSD", "RUC")
"""Currencies that a unit may name; RUC is the crown of fictional Ruritania."""
FIRST_PRICE_YEAR, LAST_PRICE_YEAR = 1990, 2060

_PLAUSIBLE = re.compile(r"^[A-Za-z0-9_ /*^().-]{1,80}$")
# A tower of powers ("9^9^9") would keep the machine busy for ever.
_POWER = re.compile(r"\b[A-Za-z]\w*\^-?[1-9](?=[ /*)]|$)")
_CURRENCY = re.compile(r"\b([A-Z]{3})_(\d{4})\b")
# What pint's parser lets through besides its own errors.
_UNREADABLE = (
    pint.PintError, ValueError, TypeError, SyntaxError, AttributeError, ArithmeticError, AssertionError, KeyError,
    RecursionError, tokenize.TokenError,
)  # fmt: skip


@cache
def registry() -> pint.UnitRegistry[float]:
    """Return the registry of every unit that Morava knows."""
    units: pint.UnitRegistry[float] = pint.UnitRegistry(cache_folder=None)
    for scale, factor in (("thousand", 1e3), ("million", 1e6), ("billion", 1e9), ("trillion", 1e12)):
        units.define(f"{scale} = {factor}")
    units.define("money = [money]")
    for name in ("person", "item"):
        units.define(f"{name} = [{name}]")
    units.define("operation = [computing]")
    units.define("FLOPS = operation / second")
    units.define("tonne_CO2 = [carbon]")
    for currency in CURRENCIES:
        for year in range(FIRST_PRICE_YEAR, LAST_PRICE_YEAR + 1):
            units.define(f"{currency}_{year} = [{currency}_{year}]")
    return units


@lru_cache(maxsize=4096)
def parse(unit: str) -> pint.Quantity[float]:
    """Return one of a unit, e.g. `parse("million EUR_2025 / year")`.

    Raises
    ------
    MoravaError
        When the unit is not known.

    Examples
    --------
    >>> parse("GW").to("MW").magnitude
    1000.0
    """
    units = registry()
    try:
        if not _PLAUSIBLE.match(unit) or "**" in unit or "^" in _POWER.sub("", unit):
            raise ValueError("not written as a unit")
        found: pint.Quantity[float] = units.Quantity(1.0, "") * units.parse_expression(unit)
        if not (math.isfinite(found.magnitude) and found.magnitude > 0):
            raise ValueError("one of it is not a finite number above zero")
    except _UNREADABLE as error:
        raise MoravaError(
            Problem(f"unknown unit {unit!r} ({error})", "unit", "use pint units, e.g. MW, million EUR_2025, percent")
        ) from error
    return found


def factor(source: str, target: str) -> float:
    """Return by what a number in `source` is multiplied to stand in `target`.

    Raises
    ------
    MoravaError
        When the two do not measure the same thing.

    Examples
    --------
    >>> factor("GW", "MW")
    1000.0
    >>> factor("percent", "1")
    0.01
    >>> factor("EUR_2020", "EUR_2025")
    Traceback (most recent call last):
    morava.errors.MoravaError: EUR_2020 cannot be read as EUR_2025
      where: unit
      mend:  both must measure the same; money of another year or currency needs deflators and exchange rates
    """
    try:
        return float(parse(source).to(parse(target).units).magnitude / parse(target).magnitude)
    except pint.DimensionalityError as error:
        raise MoravaError(
            Problem(
                f"{source} cannot be read as {target}",
                "unit",
                "both must measure the same; money of another year or currency needs deflators and exchange rates",
            )
        ) from error


def price(unit: str) -> tuple[str, int] | None:
    """Return the currency and price year that a unit names, or None where it names no money.

    Examples
    --------
    >>> price("million EUR_2025 / year")
    ('EUR', 2025)
    >>> price("MW") is None
    True
    """
    found = set(_CURRENCY.findall(unit))
    if not found:
        return None
    if len(found) > 1:
        raise MoravaError(Problem(f"{unit} names two kinds of money", "unit", "one currency and one year a unit"))
    currency, year = found.pop()
    return currency, int(year)


def in_money(unit: str, price_base: str) -> str:
    """Return a glossary unit as shown to a reader, `money` replaced by the price base of the country.

    Examples
    --------
    >>> in_money("million money / year", "EUR_2025")
    'million EUR_2025 / year'
    """
    return re.sub(r"\bmoney\b", price_base, unit)
