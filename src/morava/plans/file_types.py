"""What a pack holds in files of their own: hourly series and tables of trade, each with its record beside it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mend:
    """What was changed in data as they were found, and why."""

    what: str
    why: str


@dataclass(frozen=True)
class Series:
    """An hourly series in a file of its own: rows are the hours of a year, columns the labels of `columns`.

    `borrowed` says why a shape stands for something that it was not measured on; it is blank for a shape of its own.
    `instead` names the series that stands in where the folder of this one is left out.
    """

    name: str
    quantity: str
    file: str
    columns: str
    sources: tuple[str, ...]
    status: str
    borrowed: str
    mends: tuple[Mend, ...]
    instead: str
    sha256: str


@dataclass(frozen=True)
class Table:
    """A table of trade in a file of its own: a row a cell, a column a dimension of the quantity, and `value`.

    `unit` is that of the file. `synthetic` says how the table was put together where nobody measured it; it is blank
    for a measured one. A column `confidence` may say of each cell how far it is known. `known_on` is the day on which
    it, or what it is made of, was known; blank where nobody says.
    """

    name: str
    quantity: str
    file: str
    unit: str
    sources: tuple[str, ...]
    status: str
    synthetic: str
    mends: tuple[Mend, ...]
    sha256: str
    known_on: str = ""
