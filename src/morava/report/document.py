"""The report on paper: its pages as one JSON document, and the PDF that typst makes of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import typst

from morava.errors import MoravaError, Problem
from morava.report.blocks import clean
from morava.report.chapters import chapters
from morava.report.front_page import front_page
from morava.report.material import Material
from morava.report.words import Words

STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA-1: typst refuses a file that somebody who cannot see it could not read."""
EMBEDDED = "Libertinus Serif"
"""Comes with typst; it has Latin and Cyrillic, so that a report looks the same on every machine."""
CHINESE = (
    "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Noto Sans CJK SC", "Noto Sans SC",
    "Source Han Sans SC", "Songti SC", "PingFang SC", "SimSun", "Microsoft YaHei", "WenQuanYi Zen Hei",
)  # fmt: skip
"""Fonts of a system that write simplified Chinese, the better first."""
TYPST_LANGUAGES = {
    "en": ("en", "GB", "latn"),
    "sr-Cyrl": ("sr", "RS", "cyrl"),
    "sr-Latn": ("sr", "RS", "latn"),
    "zh-Hans": ("zh", "CN", "hans"),
}
"""Language, region and script as typst names them."""
_UNDRAWN = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]+)\}")


def paper(words: Words, material: Material) -> dict[str, Any]:
    """Return the whole document, as the template reads it."""
    about = material.about
    strategy = words.text(f"strategy:{about['strategy']}", str(about["strategy_title"]))
    country = words.text(f"country:{about['country']}", str(about["title"]))
    language, region, script = TYPST_LANGUAGES[words.language]
    return {
        "title": clean(words.say("report-title", strategy=strategy, country=country)),
        "author": "Morava",
        "keywords": [word.strip() for word in re.split("[,，、]", words.say("report-keywords"))],
        "description": clean(words.say("report-subject")),
        "footer": clean(words.say("report-footer", strategy=strategy, country=country, run=material.run)),
        "lang": language,
        "region": region,
        "script": script,
        "fonts": list(fonts_of(words.language)),
        "blocks": [
            *front_page(words, material),
            *chapters(words, material),
        ],
    }


def pdf(document: dict[str, Any], made: datetime) -> bytes:
    """Return the PDF of a document.

    A character that no font at hand can draw is written by its number, `[U+1F600]`.

    Raises
    ------
    MoravaError
        When typst refuses the document.
    """
    text = json.dumps(document)
    try:
        return _compile(text, made, system=document["fonts"] != [EMBEDDED])
    except typst.TypstError:
        pass  # a character that the embedded font has not got: look among the fonts of the system
    try:
        return _compile(text, made, system=True)
    except typst.TypstError as error:
        undrawn = set(_undrawn(error))
        if not undrawn:
            raise _refused(error) from error
    try:
        return _compile(json.dumps(_spelt(document, undrawn)), made, system=True)
    except typst.TypstError as error:
        raise _refused(error) from error


@cache
def fonts_of(language: str) -> tuple[str, ...]:
    """Return the fonts of a language, the first first.

    Raises
    ------
    MoravaError
        When the language is Chinese and the system has no font for it.
    """
    if language != "zh-Hans":
        return (EMBEDDED,)
    there = set(typst.Fonts(include_embedded_fonts=False).families())
    found = next((name for name in CHINESE if name in there), "")
    if not found:
        raise MoravaError(
            Problem(
                "no font of this machine writes Chinese, and none comes with Morava",
                "PDF in zh-Hans",
                "install one, such as Noto Serif CJK (Debian: apt install fonts-noto-cjk), or leave the PDF out",
            )
        )
    return (EMBEDDED, found)


def _compile(text: str, made: datetime, system: bool) -> bytes:
    template = files("morava.report").joinpath("report.typ").read_bytes()
    compiler = typst.Compiler(template, sys_inputs={"document": text}, ignore_system_fonts=not system)
    found = compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=int(made.timestamp()))
    if not isinstance(found, bytes):
        raise MoravaError(Problem("typst gave no file", "report.typ", "tell the authors of Morava"))
    return found


def _undrawn(error: typst.TypstError) -> Iterator[str]:
    for found in _UNDRAWN.findall(f"{error.message}\n{error.diagnostic}"):
        yield from _ESCAPE.sub(lambda one: chr(int(one[1], 16)), found)


def _spelt(value: Any, undrawn: set[str]) -> Any:
    if isinstance(value, str):
        return "".join(f"[U+{ord(letter):04X}]" if letter in undrawn else letter for letter in value)
    if isinstance(value, dict):
        return {key: _spelt(one, undrawn) for key, one in value.items()}
    return [_spelt(one, undrawn) for one in value] if isinstance(value, list) else value


def _refused(error: typst.TypstError) -> MoravaError:
    return MoravaError(
        Problem(
            f"typst refused the report ({error.message})", "report.typ", "tell the authors of Morava what was asked"
        )
    )
