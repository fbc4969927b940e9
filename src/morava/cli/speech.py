"""In which language the screens of the command line speak."""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache
from typing import Annotated

import typer

from morava.languages import LANGUAGES, slug
from morava.languages.formats import locale_of
from morava.report.words import Words, words_in
from morava.runs.answers import Answers
from morava.views.texts import texts

ENGLISH = "en"
_CHOSEN: ContextVar[str] = ContextVar("language", default=ENGLISH)


def choose_language(
    language: Annotated[
        str,
        typer.Option(
            "--language",
            envvar="MORAVA_LANGUAGE",
            help=f"Language of verdicts, explanations and comparisons: {', '.join(LANGUAGES)}.",
        ),
    ] = ENGLISH,
) -> None:
    """Take the language that screens speak, and refuse one that is none of the four."""
    locale_of(language)
    _CHOSEN.set(language)


def chosen_language() -> str:
    """Return the language that was asked for on the command line or in MORAVA_LANGUAGE."""
    return _CHOSEN.get()


@cache
def english() -> Words:
    """Return the words of English, for screens that no pack speaks in."""
    return words_in(ENGLISH, {})


def spoken() -> Words:
    """Return the words of the language that was asked for, for screens that no pack speaks in."""
    return words_in(chosen_language(), {})


def words_of(answers: Answers) -> Words:
    """Return the words of the language that was asked for, with the texts of a run in it."""
    language = chosen_language()
    if language == ENGLISH:
        return english()
    return words_in(language, texts(answers, language))


def written(words: Words, number: str) -> str:
    """Return a number, written with commas and a point, as the language writes it.

    Examples
    --------
    >>> written(english(), "1,234.5")
    '1,234.5'
    """
    return number.translate(str.maketrans(",.", ".,")) if words.language.startswith("sr") else number


def named(words: Words, family: str, name: str) -> str:
    """Return a status, kind, answer or label in the language; in English, or where no message has it, as it is."""
    key = f"{family}-{slug(name)}"
    return words.say(key) if words.language != ENGLISH and words.has(key) else name


def said_basis(words: Words, basis: str) -> str:
    """Return what a verdict rests on, part by part."""
    return basis if words.language == ENGLISH else " + ".join(named(words, "basis", part) for part in basis.split("+"))


def said_quantity(words: Words, name: str) -> str:
    """Return the title of a quantity in the language; in English its name, by which everything else asks for it."""
    return name if words.language == ENGLISH else words.label("quantity", name)


def said_unit(words: Words, unit: str) -> str:
    """Return a unit in the language; in English as the glossary writes it."""
    return unit if words.language == ENGLISH else words.unit(unit)


def said_label(words: Words, dim: str, label: str) -> str:
    """Return a label of a dimension in the language; in English as it is written."""
    return label if words.language == ENGLISH else words.label(dim, label)
