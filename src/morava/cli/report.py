"""The command `report`: a run as one file of HTML, as a PDF and as a workbook, to be taken away."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from morava.cli.documents import write_json
from morava.cli.speech import chosen_language
from morava.languages import number
from morava.report.write import KINDS, write_report
from morava.runs.answers import answer
from morava.runs.explore import plan_of
from morava.runs.store import find_run, runs_folder

MEGABYTE = 1_000_000
KILOBYTE = 1_000


class Format(StrEnum):
    """What a report may be written as."""

    HTML = "html"
    PDF = "pdf"
    XLSX = "xlsx"


class Language(StrEnum):
    """What a report may be written in."""

    ENGLISH = "en"
    SERBIAN_CYRILLIC = "sr-Cyrl"
    SERBIAN_LATIN = "sr-Latn"
    CHINESE = "zh-Hans"


def report(
    name: Annotated[
        str, typer.Argument(help="A run, or the beginning of its name; the newest finished one if none.")
    ] = "",
    to: Annotated[Path, typer.Option("--to", help="Folder to write into.")] = Path("report"),
    formats: Annotated[
        list[Format] | None, typer.Option("--format", help="Only this kind of file; may be given again. All if none.")
    ] = None,
    language: Annotated[Language | None, typer.Option(
        "--language", help="Language of the PDF and the workbook, and in which the page opens; else that of `morava "
                           "--language`.")] = None,
    folder: Annotated[
        Path | None, typer.Option("--out", help="Folder where runs are kept (else MORAVA_RUNS, else ./runs).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:  # fmt: skip
    """Write a run's report: a page that opens without a server, a PDF, and an Excel workbook."""
    path, request = find_run(name, runs_folder(folder))
    answers = answer(plan_of(path, request), path, request)
    kinds = [one.value for one in formats] if formats else KINDS
    spoken = chosen_language() if language is None else language.value
    written = write_report(answers, to, kinds, spoken)
    if as_json:
        files = [{"kind": one.kind, "file": str(one.file), "bytes": one.size} for one in written]
        write_json({"run": answers.run, "language": spoken, "files": files})
        return
    console = Console(soft_wrap=True)
    for one in written:
        console.print(f"{one.file}: {size(one.size)}", markup=False, highlight=False)


def size(count: int) -> str:
    """Return a size in bytes as people say it.

    Examples
    --------
    >>> size(3_380_780), size(116_220), size(12)
    ('3.4 MB', '116 kB', '0.01 kB')
    """
    if count >= MEGABYTE:
        return f"{number('en', count / MEGABYTE, 1)} MB"
    digits = 0 if count >= KILOBYTE else 2
    return f"{number('en', count / KILOBYTE, digits)} kB"
