"""Verdicts and outcomes as files: CSV for machines, one workbook for people."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from morava.errors import MoravaError, Problem
from morava.exchange.tables import TABLES
from morava.runs.answers import Answers
from morava.runs.store import make_folder

CELL_CHARACTERS = 32_767
"""Characters of a cell; a longer text is refused, never cut."""
SHEET_ROWS = 1_048_576
"""Rows of a sheet; a table that has more is refused, never cut."""


def export_csv(answers: Answers, folder: Path) -> list[Path]:
    """Write every table as a UTF-8 CSV file and return the paths."""
    make_folder(folder)
    written = []
    for name, table in TABLES.items():
        target = folder / f"{name}.csv"
        try:
            table(answers).to_csv(target, index=False, lineterminator="\n")
        except OSError as error:
            raise _not_written(target, error) from error
        written.append(target)
    return written


def _not_written(target: Path, error: Exception) -> MoravaError:
    return MoravaError(
        Problem(
            f"the file cannot be written ({error})", str(target), "close it where it is open, or name another folder"
        )
    )


def export_workbook(answers: Answers, target: Path) -> Path:
    """Write every table as a sheet of one Excel workbook: frozen header, filters, no formula from a text.

    Raises
    ------
    MoravaError
        When a table has more rows than a sheet, or a text more characters than a cell.
    """
    make_folder(target.parent)
    tables = {name: table(answers) for name, table in TABLES.items()}
    for name, table in tables.items():
        if len(table) >= SHEET_ROWS:
            raise MoravaError(
                Problem(f"{name} has {len(table)} rows, a sheet holds {SHEET_ROWS}", str(target), "export as CSV")
            )
        for column in table.columns:
            longest = max((len(value) for value in table[column] if isinstance(value, str)), default=0)
            if longest > CELL_CHARACTERS:
                what = f"{name}: a text of {column} has {longest} characters, a cell holds {CELL_CHARACTERS}"
                raise MoravaError(Problem(what, str(target), "export as CSV"))
    options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    try:
        with xlsxwriter.Workbook(str(target), options) as book:
            bold = book.add_format({"bold": True, "bottom": 1})
            wrapped = book.add_format({"text_wrap": True, "valign": "top"})
            for name, table in tables.items():
                _write_sheet(book, name, table, bold, wrapped)
    except FileCreateError as error:
        raise _not_written(target, error) from error
    return target


def _write_sheet(book: xlsxwriter.Workbook, name: str, table: pd.DataFrame, bold: object, wrapped: object) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, list(table.columns), bold)
    for column, title in enumerate(table.columns):
        for row, value in enumerate(table[title].tolist(), start=1):
            if pd.isna(value):
                continue
            if isinstance(value, str):
                sheet.write_string(row, column, value, wrapped)
            else:
                sheet.write(row, column, value)
        shown = [str(value) for value in table[title].tolist() if not pd.isna(value)]
        longest = max([len(str(title)), *(len(line) for text in shown for line in text.split("\n"))])
        sheet.set_column(column, column, min(longest + 2, 60))
    sheet.freeze_panes(1, 1)
    if len(table):
        sheet.autofilter(0, 0, len(table), max(len(table.columns) - 1, 0))
