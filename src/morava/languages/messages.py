"""Messages in Fluent: one text a language, said with its arguments, and never silently without one.

English, Serbian in Cyrillic and simplified Chinese are written; Serbian in Latin follows from the Cyrillic.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.languages.formats import locale_of
from morava.languages.latin import latin

LANGUAGES = ("en", "sr-Cyrl", "sr-Latn", "zh-Hans")
"""As BCP 47 names them; Serbian state bodies write Cyrillic, so that it comes first of the two."""
WRITTEN = ("en", "sr-Cyrl", "zh-Hans")
"""Languages that have a file of their own."""

_OTHER = re.compile(r"[^a-z0-9]+")


def slug(label: str) -> str:
    """Return a label as it stands in the key of a message: small letters and digits, all else one hyphen.

    Examples
    --------
    >>> slug("European Union"), slug("export 2023 (SORS)")
    ('european-union', 'export-2023-sors')
    """
    return _OTHER.sub("-", label.lower()).strip("-")


@cache
def catalogue(language: str) -> str:
    """Return all messages of a language as one text in Fluent's syntax.

    Raises
    ------
    MoravaError
        When the language is not one of LANGUAGES, or its file does not follow the syntax; every place at once.
    """
    locale_of(language)
    written = "sr-Cyrl" if language == "sr-Latn" else language
    name = f"{written}.ftl"
    text = files("morava.languages").joinpath(name).read_text(encoding="utf-8")
    problems = Problems()
    for entry in FluentParser().parse(text).body:
        if isinstance(entry, Junk):
            line = text.count("\n", 0, entry.span.start if entry.span else 0) + 1
            problems.add(f"no message: {(entry.content or '').splitlines()[0]}", f"{name}:{line}", "write key = text")
    problems.raise_if_any()
    return latin(text) if language == "sr-Latn" else text


def say(language: str, key: str, **arguments: str | int | float) -> str:
    """Return a message in a language, with its arguments.

    Raises
    ------
    MoravaError
        When there is no such message, or an argument of it is missing.

    Examples
    --------
    >>> say("en", "answer-holds"), say("sr-Latn", "answer-holds")
    ('holds', 'važi')
    """
    return say_from(catalogue(language), language, key, arguments)


def say_from(text: str, language: str, key: str, arguments: Mapping[str, str | int | float]) -> str:
    """Return a message of a catalogue, which may hold more than the files of this room.

    Raises
    ------
    MoravaError
        As `say`.
    """
    bundle = _bundle(text, language)
    if not bundle.has_message(key):
        raise MoravaError(Problem(f"there is no message {key}", f"language {language}", nearest(key, _keys(text))))
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise MoravaError(Problem(f"the message {key} is empty", f"language {language}", "give it a text"))
    said, errors = bundle.format_pattern(pattern, dict(arguments))
    if errors:
        raise MoravaError(
            Problem(f"the message {key} cannot be said: {error}", f"language {language}", "give every argument")
            for error in errors
        )
    return str(said)


def keys(text: str) -> tuple[str, ...]:
    """Return the keys of a catalogue, sorted."""
    return _keys(text)


@lru_cache(maxsize=16)
def _bundle(text: str, language: str) -> FluentBundle:
    bundle = FluentBundle([str(locale_of(language)).replace("_", "-")], use_isolating=False)
    bundle.add_resource(FluentResource(text))
    return bundle


@lru_cache(maxsize=16)
def _keys(text: str) -> tuple[str, ...]:
    return tuple(sorted(re.findall(r"^([a-z][A-Za-z0-9_-]*) *=", text, re.MULTILINE)))
