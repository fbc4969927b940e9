"""Numbers, shares, money and days as each language writes them."""

from __future__ import annotations

import datetime
import math

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

from morava.errors import MoravaError, Problem, nearest

LOCALES = {"en": "en", "sr-Cyrl": "sr_Cyrl", "sr-Latn": "sr_Latn", "zh-Hans": "zh_Hans"}
"""What Babel calls each language."""
MOST_DIGITS = 12


def locale_of(language: str) -> Locale:
    """Return the locale of a language.

    Raises
    ------
    MoravaError
        When the language is not one of the four.
    """
    if language not in LOCALES:
        raise MoravaError(Problem(f"there is no language {language!r}", "language", nearest(language, LOCALES)))
    return Locale.parse(LOCALES[language])


def number(language: str, value: float, digits: int = 0) -> str:
    """Return a number with so many digits after the point, always as many.

    Raises
    ------
    MoravaError
        When it is not finite: what is not known, or never comes, is said by a message.

    Examples
    --------
    >>> number("sr-Cyrl", 1234567.8, 1), number("zh-Hans", 1234567.8)
    ('1.234.567,8', '1,234,568')
    """
    return str(format_decimal(_finite(value), format=_pattern("#,##0", digits), locale=locale_of(language)))


def percent(language: str, share: float, digits: int = 0) -> str:
    """Return a share of one in percent.

    Raises
    ------
    MoravaError
        As `number`.

    Examples
    --------
    >>> percent("en", 0.345, 1), percent("sr-Latn", 0.345, 1)
    ('34.5%', '34,5%')
    """
    return str(format_percent(_finite(share), format=_pattern("#,##0", digits) + "%", locale=locale_of(language)))


def money(language: str, amount: float, currency: str) -> str:
    r"""Return an amount in a currency, named by its three letters, as `en` writes it before and `sr` after the number.

    Raises
    ------
    MoravaError
        As `number`.

    Examples
    --------
    >>> money("en", 1234.5, "EUR"), money("sr-Cyrl", 1234.5, "EUR")
    ('€1,234.50', '1.234,50\xa0€')
    """
    return str(format_currency(_finite(amount), currency, locale=locale_of(language)))


def date(language: str, day: datetime.date) -> str:
    """Return a day.

    Examples
    --------
    >>> day = datetime.date(2030, 5, 1)
    >>> date("en", day), date("sr-Cyrl", day), date("zh-Hans", day)
    ('May 1, 2030', '1. 5. 2030.', '2030年5月1日')
    """
    return str(format_date(day, "medium", locale=locale_of(language)))


def _pattern(whole: str, digits: int) -> str:
    if not 0 <= digits <= MOST_DIGITS:
        raise MoravaError(Problem(f"{digits} digits after the point", "number", f"ask for 0 to {MOST_DIGITS}"))
    return whole + ("." + "0" * digits if digits else "")


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise MoravaError(Problem(f"{value} is no number to show", "number", "say by a message what it stands for"))
    return value
