"""Read a CSV file of any size, row by row, with the number of each line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from morava.errors import Problems, nearest

Cells = tuple[str, ...]


def stream(
    path: Path, needed: Sequence[str], allowed: Sequence[str], problems: Problems
) -> Iterator[tuple[int, Cells]]:
    """Yield the line and the needed cells of every row; rows and headers that are wrong are noted.

    Parameters
    ----------
    path
        The file.
    needed
        Columns that it must have, in the order in which cells are given.
    allowed
        Columns that it may have besides.
    problems
        Takes everything that is wrong.
    """
    line = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = [cell.strip() for cell in next(reader, [])]
            if not _check_header(header, needed, allowed, f"{path.name}:1", problems):
                return
            places = [header.index(name) for name in needed]
            width = len(header)
            for cells in reader:
                line = reader.line_num
                if len(cells) == width:
                    yield line, tuple([cells[place].strip() for place in places])
                elif cells:
                    problems.add(
                        f"the row has {len(cells)} cells, the header {width}", f"{path.name}:{line}",
                        "give each column its cell",
                    )  # fmt: skip
    except (OSError, ValueError, csv.Error) as error:  # ValueError: bytes that are not UTF-8
        problems.add(
            f"the file cannot be read after this line ({error})", f"{path.name}:{line}", "save it as UTF-8 CSV"
        )


def _check_header(
    header: Sequence[str], needed: Sequence[str], allowed: Sequence[str], where: str, problems: Problems
) -> bool:
    before = len(problems)
    known = [*needed, *allowed]
    for cell in header:
        if cell not in known:
            problems.add(f"unknown column {cell!r}", where, nearest(cell, known))
    for cell in sorted({cell for cell in header if header.count(cell) > 1 and cell in known}):
        problems.add(f"column {cell} stands twice", where, "keep one of the two")
    for name in needed:
        if name not in header:
            problems.add(f"no column {name}", where, f"the columns are {','.join(needed)}")
    return len(problems) == before
