"""Read CSV that somebody else wrote: a strict header, one row a line, every problem with its line."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.plans.text_file import read_text

MOST_ROWS = 100_000
"""Rows of one file."""
LONGEST_CELL = 5_000
"""Characters of one cell."""

_NUMBER = re.compile(r"^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$")


@dataclass(frozen=True)
class Row:
    """One row: its cells by column, trimmed, and the place where it stands."""

    where: str
    cells: Mapping[str, str]


def read_csv(path: Path, shown: str, columns: Sequence[str], problems: Problems) -> list[Row]:
    """Return the rows of a CSV file; rows that are wrong are noted and left out.

    Parameters
    ----------
    path
        The file.
    shown
        How problems name it.
    columns
        The columns that it must have, in any order, and no others.
    problems
        Takes everything that is wrong.
    """
    try:
        text = read_text(path, shown)
    except MoravaError as error:
        problems.extend(error.problems)
        return []
    return parse_csv(text, shown, columns, problems)


def parse_csv(text: str, shown: str, columns: Sequence[str], problems: Problems) -> list[Row]:
    r"""Return the rows of a CSV text, as `read_csv`.

    Examples
    --------
    >>> found = Problems()
    >>> parse_csv('name,unit\nsun,"MW, net"\n', "facts.csv", ["name", "unit"], found)
    [Row(where='facts.csv:2', cells={'name': 'sun', 'unit': 'MW, net'})]
    """
    rows: list[Row] = []
    header: list[str] | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        where = f"{shown}:{number}"
        if not line.strip():
            continue
        if number > MOST_ROWS:
            problems.add(f"more than {MOST_ROWS:,} rows", where, "split the file into several")
            break
        cells = _split(line, where, problems)
        if header is None:
            if cells is None or not _check_header(cells, columns, where, problems):
                return []
            header = cells
        elif cells is not None:
            if len(cells) == len(header):
                rows.append(Row(where, dict(zip(header, cells, strict=True))))
            else:
                problems.add(
                    f"the row has {len(cells)} cells, the header {len(header)}",
                    where,
                    "give each column its cell; put a cell that holds a comma in double quotes",
                )
    if header is None:
        problems.add("the file is empty", f"{shown}:1", f"begin with the header {','.join(columns)}")
    return rows


def _split(line: str, where: str, problems: Problems) -> list[str] | None:
    # One line at a time: a quote that is never closed then spoils one row and not all that follow.
    try:
        cells = [cell.strip() for cell in next(csv.reader([line], strict=True))]
    except csv.Error as error:
        problems.add(
            f"the row is not CSV: {error}", where, "close each double quote on its line, and double it inside a cell"
        )
        return None
    if any(len(cell) > LONGEST_CELL for cell in cells):
        problems.add(f"a cell is longer than {LONGEST_CELL:,} characters", where, "write it shorter")
        return None
    return cells


def _check_header(cells: Sequence[str], columns: Sequence[str], where: str, problems: Problems) -> bool:
    before = len(problems)
    for cell in cells:
        if cell not in columns:
            problems.add(f"unknown column {cell!r}", where, nearest(cell, set(columns)))
    for cell in sorted({cell for cell in cells if cells.count(cell) > 1 and cell in columns}):
        problems.add(f"column {cell} stands twice", where, "keep one of the two")
    for column in columns:
        if column not in cells:
            problems.add(f"no column {column}", where, f"the header is {','.join(columns)}")
    return len(problems) == before


def read_number(text: str) -> float:
    """Return a finite number written with a decimal point.

    Raises
    ------
    MoravaError
        Words, `nan`, `inf`, a decimal comma, digits in groups, or a number too large.

    Examples
    --------
    >>> read_number("-1.5e3")
    -1500.0
    >>> read_number("1,5")
    Traceback (most recent call last):
    morava.errors.MoravaError: '1,5' is not a number
      where: number
      mend:  write digits with a decimal point and no separators, e.g. 1500.5
    """
    if not _NUMBER.match(text) or not math.isfinite(float(text)):
        shown = text if len(text) <= 40 else text[:40] + "..."
        raise MoravaError(
            Problem(
                f"{shown!r} is not a number",
                "number",
                "write digits with a decimal point and no separators, e.g. 1500.5",
            )
        )
    return float(text)
