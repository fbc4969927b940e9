"""Serbian Cyrillic to Latin, letter by letter.

Serbian is written here in Cyrillic, and Latin follows from it. There is no way back: `injekcija` has no Cyrillic
`њ` in it, and `CO2` no Cyrillic letter at all. Whatever is not a letter of the Serbian Cyrillic alphabet stays as it
is, so that `CO2`, `EU` and the syntax of Fluent pass through.
"""

from __future__ import annotations

import re

_SINGLE = dict(
    zip(
        "абвгдђежзијклмнопрстћуфхцчшАБВГДЂЕЖЗИЈКЛМНОПРСТЋУФХЦЧШ",
        "abvgdđežzijklmnoprstćufhcčšABVGDĐEŽZIJKLMNOPRSTĆUFHCČŠ",
        strict=True,
    )
)
_DOUBLE = {"љ": "lj", "њ": "nj", "џ": "dž", "Љ": "Lj", "Њ": "Nj", "Џ": "Dž"}
_LATIN = str.maketrans(_SINGLE | _DOUBLE)
_LATIN_IN_CAPITALS = str.maketrans(_SINGLE | {letter: pair.upper() for letter, pair in _DOUBLE.items()})
_WORD = re.compile(r"\w+")
ALPHABET = frozenset(_SINGLE) | frozenset(_DOUBLE)
"""The Serbian Cyrillic alphabet, small and large."""


def latin(text: str) -> str:
    """Return a text in Serbian Cyrillic as it is written in Latin.

    A large `Љ`, `Њ` or `Џ` becomes two large letters in a word of large letters, and else a large and a small one.

    Parameters
    ----------
    text
        Any text, also one of messages in Fluent's syntax.

    Examples
    --------
    >>> latin("ЉУБЉАНА, Љубљана и CO2 у ЕУ")
    'LJUBLJANA, Ljubljana i CO2 u EU'
    """
    return _WORD.sub(lambda found: _word(found[0]), text)


def _word(word: str) -> str:
    in_capitals = word.isupper() and sum(letter.isalpha() for letter in word) > 1
    return word.translate(_LATIN_IN_CAPITALS if in_capitals else _LATIN)
