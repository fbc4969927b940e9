"""Write the report of a run into a folder: the kinds that are asked for, in one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from morava.errors import MoravaError, Problem, nearest
from morava.languages import LANGUAGES
from morava.report.document import fonts_of, paper, pdf
from morava.report.gather import gather, made
from morava.report.page import page, template
from morava.report.sheets import sheets
from morava.report.whole_files import Written, write_bytes
from morava.report.words import words_in
from morava.report.workbook import workbook
from morava.runs.answers import Answers
from morava.runs.store import make_folder
from morava.views.texts import texts

KINDS = ("html", "pdf", "xlsx")


def write_report(answers: Answers, folder: Path, kinds: Sequence[str] = KINDS, language: str = "en") -> list[Written]:
    """Write the report of a run, and say what was written and how large it is.

    Parameters
    ----------
    folder
        Made if it is not there. Files are called `morava-RUN-LANGUAGE.KIND`; one that is there is replaced whole.
    kinds
        Some of KINDS.
    language
        In which PDF and workbook are written, and the HTML opens; that holds all four.

    Raises
    ------
    MoravaError
        When a kind or the language is unknown, the machine cannot write one of them, or a file cannot be written.
        What a kind needs is looked at before anything is written.
    """
    _check(kinds, language)
    material = gather(answers)
    words = words_in(language, texts(answers, language))
    title = words.say("report-title", **_titles(words.texts, answers))
    make = {
        "html": lambda: page(material.data, language, title),
        "pdf": lambda: pdf(paper(words, material), made(answers)),
        "xlsx": lambda: workbook(sheets(words, material), title, made(answers)),
    }
    contents = [(kind, make[kind]()) for kind in KINDS if kind in kinds]
    make_folder(folder)
    return [
        write_bytes(kind, folder / f"morava-{answers.run}-{language}.{kind}", content) for kind, content in contents
    ]


def _titles(said: Mapping[str, str], answers: Answers) -> dict[str, str]:
    plan = answers.plan
    return {
        "strategy": said.get(f"strategy:{plan.strategy.name}", plan.strategy.title_en),
        "country": said.get(f"country:{plan.country.name}", plan.country.title_en),
    }


def _check(kinds: Sequence[str], language: str) -> None:
    if language not in LANGUAGES:
        raise MoravaError(Problem(f"there is no language {language}", "--language", nearest(language, LANGUAGES)))
    for kind in kinds:
        if kind not in KINDS:
            raise MoravaError(Problem(f"there is no format {kind}", "--format", nearest(kind, KINDS)))
    if "html" in kinds:
        template()
    if "pdf" in kinds:
        fonts_of(language)
