"""How the report says things: messages, texts of the pack, labels, units, numbers and days, all in one language."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from morava.languages import date, number, percent, slug
from morava.languages.messages import keys, say_from
from morava.views.catalogue import catalogue, unit_message

NEVER = "never"
"""What stands for a day that does not come."""
SMALL, MIDDLE, WHOLE = 1.0, 10.0, 100.0
"""Numbers as large as these are shown with two decimals, with one, and with none."""
NEAR = 0.1
"""Shares as near as this to nothing or to all are shown with a decimal."""


@dataclass(frozen=True)
class Words:
    """One language, its messages, and the texts of the pack in it.

    Parameters
    ----------
    language
        One of the four.
    messages
        The catalogue in Fluent's syntax.
    texts
        What people wrote in the pack, by key (`claim:C001`).
    """

    language: str
    messages: str
    texts: Mapping[str, str]

    def say(self, key: str, **arguments: str | int | float) -> str:
        """Return a message; one that is missing is refused."""
        return say_from(self.messages, self.language, key, arguments)

    def has(self, key: str) -> bool:
        """Return whether there is a message of this key."""
        return key in _known(self.messages)

    def text(self, key: str, otherwise: str) -> str:
        """Return a text of the pack, or what stands for it."""
        return self.texts.get(key, otherwise)

    def label(self, dim: str, label: str) -> str:
        """Return how a label of a dimension is said: by a message, by a text of the pack, or as it is written."""
        if f"{dim}:{label}" in self.texts:
            return self.texts[f"{dim}:{label}"]
        for key in (f"label-{slug(dim)}-{slug(label)}", f"{slug(dim)}-{slug(label)}", f"quantity-{label}"):
            if self.has(key):
                return self.say(key)
        return label

    def unit(self, unit: str) -> str:
        """Return how a unit is said; one that no message says stays as the glossary writes it."""
        if not unit or unit == "1":
            return ""
        key, base = unit_message(unit)
        if not self.has(key):
            return unit
        return self.say(key, base=self.say("price-base", **base)) if base else self.say(key)

    def number(self, value: float) -> str:
        """Return a number with the decimals that its size bears."""
        size = abs(value)
        digits = 0 if size >= WHOLE or value == int(value) else 1 if size >= MIDDLE else 2 if size >= SMALL else 3
        return number(self.language, value, digits)

    def share(self, value: float) -> str:
        """Return a share of one in percent, with a decimal near nothing and near all."""
        near = 0.0 < abs(value) < NEAR or 1.0 - NEAR < value < 1.0
        return percent(self.language, value, 1 if near else 0)

    def day(self, value: str) -> str:
        """Return a day written as 2030-05-01; a month, a year or `never` as such.

        Examples
        --------
        >>> Words("en", "", {}).day("2030-05-01"), Words("en", "", {}).day("2030-05")
        ('May 1, 2030', '2030-05')
        """
        if value == NEVER:
            return self.say("report-never")
        try:
            return date(self.language, datetime.date.fromisoformat(value))
        except ValueError:
            return value

    def note(self, note: Mapping[str, object]) -> str:
        """Return a note of a screen, which travels as its key and arguments."""
        given = note.get("arguments")
        arguments = given if isinstance(given, Mapping) else {}
        return self.say(str(note["key"]), **{name: _argument(value) for name, value in arguments.items()})


def words_in(language: str, texts: Mapping[str, str]) -> Words:
    """Return the words of a language with the texts of a pack."""
    return Words(language, catalogue(language), texts)


@lru_cache(maxsize=8)
def _known(messages: str) -> frozenset[str]:
    return frozenset(keys(messages))


def _argument(value: object) -> str | int | float:
    return value if isinstance(value, (str, int, float)) and not isinstance(value, bool) else str(value)


def finite(value: object) -> float | None:
    """Return a number that can be drawn, or None for one that is not known or never comes."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return None
    return float(value)
