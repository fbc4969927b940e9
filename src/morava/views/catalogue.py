"""The messages of a language with the titles of the glossary among them: what the page and the report are given."""

from __future__ import annotations

import re
from functools import cache

from morava import languages
from morava.languages import slug
from morava.quantities.glossary import glossary

_MONEY = re.compile(r"\b([A-Z]{3})_(\d{4})\b")
_SYNTAX = re.compile(r"[{}]")


@cache
def catalogue(language: str) -> str:
    """Return all messages of a language as one text in Fluent's syntax, with `quantity-NAME` for the whole glossary.

    English and Serbian titles come from the glossary; those of other languages stand in the file of the language.

    Raises
    ------
    MoravaError
        When the language is unknown.

    Examples
    --------
    >>> "quantity-debt_ratio = Public debt over GDP" in catalogue("en")
    True
    """
    text = languages.catalogue(language)
    if language == "zh-Hans":
        return text
    titles = "".join(
        f"quantity-{one.name} = {_literal(one.title_en if language == 'en' else one.title_sr)}\n"
        for one in glossary().values()
    )
    return text + "\n" + (languages.latin(titles) if language == "sr-Latn" else titles)


def say(language: str, key: str, **arguments: str | int | float) -> str:
    """Return a message, or the title of a quantity, in a language.

    Raises
    ------
    MoravaError
        When there is no such message, or an argument of it is missing.

    Examples
    --------
    >>> say("sr-Latn", "quantity-debt_ratio")
    'Javni dug prema BDP-u'
    """
    return languages.say_from(catalogue(language), language, key, arguments)


def unit_message(unit: str) -> tuple[str, dict[str, str]]:
    """Return the key of a unit's message, and what `price-base` takes for its argument `base`: nothing without money.

    Parameters
    ----------
    unit
        A unit of the glossary in which `money` may stand as the currency and price year of a country.

    Examples
    --------
    >>> unit_message("million EUR_2025 / year")
    ('unit-million-money-year', {'currency': 'EUR', 'year': '2025'})
    """
    found = _MONEY.search(unit)
    base = {"currency": found[1], "year": found[2]} if found else {}
    return f"unit-{slug(_MONEY.sub('money', unit))}", base


def say_unit(language: str, unit: str) -> str:
    """Return a unit in a language, with the currency and price year of its money.

    Raises
    ------
    MoravaError
        When no message says the unit.

    Examples
    --------
    >>> say_unit("en", "million EUR_2025 / year")
    'million EUR of 2025 a year'
    """
    key, base = unit_message(unit)
    return say(language, key, base=say(language, "price-base", **base)) if base else say(language, key)


def _literal(text: str) -> str:
    return _SYNTAX.sub(lambda found: f'{{ "{found[0]}" }}', text)
