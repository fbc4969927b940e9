"""Sheets as one Excel workbook: native tables, frozen headers, filters, number formats, and no formula from a text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter

from morava.errors import Problems

Cell = float | int | str | bool | None
CELL_CHARACTERS, SHEET_ROWS, NAME_CHARACTERS, HEADER_CHARACTERS = 32_767, 1_048_576, 31, 255
"""What Excel holds; more is refused, never cut."""
WIDEST, NARROWEST = 60, 9
FORMATS = {"number": "#,##0.###", "share": "0.0%", "year": "0", "count": "#,##0"}
"""How a cell shows its number; the cell holds the number itself."""
_BARRED = re.compile(r"[\[\]:*?/\\]")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that no XML file may hold."""


@dataclass(frozen=True)
class Field:
    """A column: its heading, and how its cells are shown: `text`, `number`, `share`, `year`, `count`."""

    title: str
    kind: str = "text"


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its columns, its rows; None leaves a cell empty."""

    name: str
    fields: tuple[Field, ...]
    rows: Sequence[Sequence[Cell]]


def workbook(sheets: Sequence[Sheet], title: str, made: datetime.datetime) -> bytes:
    """Return the workbook.

    Parameters
    ----------
    made
        The moment that the file names as its own.

    Raises
    ------
    MoravaError
        When Excel cannot hold a table or a text; all such at once.
    """
    _check(sheets)
    content = BytesIO()
    options = {
        "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True,
    }  # fmt: skip
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": title, "author": "Morava", "created": made})
        formats = {kind: book.add_format({"num_format": shown, "valign": "top"}) for kind, shown in FORMATS.items()}
        formats["text"] = book.add_format({"text_wrap": True, "valign": "top"})
        names: list[str] = []
        for number, sheet in enumerate(sheets):
            names.append(sheet_name(sheet.name, names))
            _write_sheet(book.add_worksheet(names[-1]), f"Table_{number + 1}", sheet, formats)
    return content.getvalue()


def sheet_name(name: str, taken: Sequence[str]) -> str:
    """Return a name that Excel takes for a sheet: short, without its marks, and once.

    Examples
    --------
    >>> sheet_name("Sources: [all]", []), sheet_name("a", ["A"])
    ('Sources all', 'a 2')
    """
    bare = " ".join(_BARRED.sub(" ", _UNWRITABLE.sub("", name)).split())
    bare = _cut(bare, NAME_CHARACTERS) or "sheet"
    found, number = bare, 1
    while found.lower() in [other.lower() for other in taken]:
        number += 1
        found = f"{_cut(bare, NAME_CHARACTERS - len(str(number)) - 1)} {number}"
    return found


def _cut(text: str, most: int) -> str:
    """Return as much of a text as has so many characters in the counting of Excel, without marks at its ends."""
    while _length(text) > most:
        text = text[:-1]
    return text.strip("' ")


def _length(text: str) -> int:
    """Return how many characters a text has for Excel, which counts some of them twice.

    Examples
    --------
    >>> _length("a"), _length("\N{GRINNING FACE}")
    (1, 2)
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shown(value: Cell) -> Cell:
    """Return what a cell holds of a value: a text without characters that no file of Excel may hold."""
    return _UNWRITABLE.sub("", value) if isinstance(value, str) else value


def _check(sheets: Sequence[Sheet]) -> None:
    problems = Problems()
    mend = "take the report as HTML, or the tables as CSV with `morava export`"
    for sheet in sheets:
        if len(sheet.rows) >= SHEET_ROWS:
            problems.add(f"{len(sheet.rows)} rows, a sheet holds {SHEET_ROWS}", f"sheet {sheet.name}", mend)
        for place, field in enumerate(sheet.fields):
            texts = [field.title, *(row[place] for row in sheet.rows)]
            longest = max((_length(text) for text in texts if isinstance(text, str)), default=0)
            if longest > CELL_CHARACTERS or _length(field.title) > HEADER_CHARACTERS:
                what = f"a text of {field.title[:40]} has {longest} characters, a cell holds {CELL_CHARACTERS}"
                problems.add(what, f"sheet {sheet.name}", mend)
    problems.raise_if_any()


def _write_sheet(page: Any, name: str, sheet: Sheet, formats: dict[str, Any]) -> None:
    titles = _distinct([str(shown(field.title)) for field in sheet.fields])
    if sheet.rows:
        columns = [{"header": title} for title in titles]
        page.add_table(0, 0, len(sheet.rows), len(titles) - 1, {"columns": columns, "name": name,
                                                               "style": "Table Style Light 1"})  # fmt: skip
    else:
        for place, title in enumerate(titles):
            page.write_string(0, place, title)
    for place, field in enumerate(sheet.fields):
        cells = [shown(row[place]) for row in sheet.rows]
        for number, cell in enumerate(cells, start=1):
            _write_cell(page, number, place, cell, formats[field.kind], formats["text"])
        lines = [line for text in (titles[place], *cells) if text is not None for line in str(text).split("\n")]
        wide = max(len(line) for line in lines) + 2 if field.kind == "text" else len(titles[place]) + 4
        page.set_column(place, place, min(max(wide, NARROWEST), WIDEST))
    page.freeze_panes(1, 1)


def _write_cell(page: Any, row: int, column: int, cell: Cell, as_number: Any, as_text: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        page.write_boolean(row, column, cell)
    elif isinstance(cell, str):
        page.write_string(row, column, cell, as_text)
    else:
        page.write_number(row, column, cell, as_number)


def _distinct(titles: Sequence[str]) -> list[str]:
    """Return headings that differ, as a table of Excel needs them.

    Examples
    --------
    >>> _distinct(["a", "A", ""])
    ['a', 'A 2', '-']
    """
    found: list[str] = []
    for title in titles:
        bare = new = title or "-"
        number = 1
        while new.lower() in [other.lower() for other in found]:
            number += 1
            new = f"{bare} {number}"
        found.append(new)
    return found
