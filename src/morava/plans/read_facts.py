"""Facts: rows of `facts/*.csv`, each one thing that somebody said or measured about one quantity."""

from __future__ import annotations

import re
from pathlib import Path

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.plans.cells import NEVER, TIME, place_dims
from morava.plans.csv_file import Row, read_csv, read_number
from morava.plans.pack import shown
from morava.plans.places import Places, is_full, placed
from morava.plans.schema_types import EARLIEST_YEAR, LATEST_YEAR
from morava.plans.types import STATUSES, Fact
from morava.quantities import Quantity, find
from morava.quantities.dates import interval
from morava.quantities.units import factor, in_money

COLUMNS = (
    "name", "quantity", "where", "low", "high", "text", "unit", "period", "known_on", "vintage", "source", "locator",
    "status", "note",
)  # fmt: skip
"""The header of a file of facts."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ +-]{0,119}")
_MONEY = re.compile(r"\b[A-Z]{3}_\d{4}\b")


def read_facts(folder: Path, places: Places, problems: Problems) -> dict[str, Fact]:
    """Return the facts of a pack by name; rows that are wrong are noted and left out.

    Parameters
    ----------
    folder
        Folder of the pack.
    places
        Takes where each fact stands, under `("facts", name)`.
    problems
        Takes everything that is wrong.
    """
    found: dict[str, Fact] = {}
    paths = sorted((folder / "facts").glob("*.csv"))
    if not paths:
        problems.add("the pack has no facts", f"{folder.name}/facts", "add facts/facts.csv")
    for path in paths:
        here = Problems()
        for row in read_csv(path, shown(folder, path), COLUMNS, here):
            fact = _read_row(row, places, here)
            if fact is not None:
                found[fact.name] = fact
            if is_full(here):
                break
        problems.extend(here)
    return found


def _read_row(row: Row, places: Places, problems: Problems) -> Fact | None:
    cells = row.cells
    name = cells["name"]
    before = len(problems)
    if not _NAME.fullmatch(name):
        problems.add(f"{name[:60]!r} is no name of a fact", row.where, "use letters without accents, digits, . _ -")
        return None
    if places.has("facts", name):
        first = places.where("facts", name)
        problems.add(f"fact {name} is given twice", row.where, f"keep one; the first stands at {first}")
        return None
    places.put(("facts", name), row.where)
    if cells["status"] not in STATUSES:
        problems.add(f"{name}: status {cells['status']!r} is unknown", row.where, nearest(cells["status"], STATUSES))
    for column in ("period", "known_on"):
        if cells[column]:
            with placed(problems, row.where, f"{name}, {column}"):
                read_day(cells[column])
    quantity: Quantity | None = None
    with placed(problems, row.where, name):
        quantity = find(cells["quantity"])
    if quantity is None:
        return None
    where = _read_where(row, quantity, problems)
    low, high, unit = _read_value(row, quantity, problems)
    if len(problems) > before:
        return None
    plain = ("name", "quantity", "text", "period", "known_on", "vintage", "source", "locator", "status", "note")
    return Fact(where=where, low=low, high=high, unit=unit, **{column: cells[column] for column in plain})


def _read_where(row: Row, quantity: Quantity, problems: Problems) -> dict[str, str]:
    name = row.cells["name"]
    where: dict[str, str] = {}
    wanted = place_dims(quantity)
    written = f"{quantity.name} is placed by " + (";".join(f"{dim}=..." for dim in wanted) or "nothing: leave it empty")
    for part in filter(None, (part.strip() for part in row.cells["where"].split(";"))):
        dim, equals, label = (piece.strip() for piece in part.partition("="))
        if not equals or not label:
            problems.add(f"{name}: {part[:60]!r} is no place", row.where, written)
        elif dim in TIME and dim in quantity.dims:
            problems.add(f"{name}: where names {dim}", row.where, "give it by the period, and leave it out of where")
        elif dim not in wanted:
            problems.add(f"{name}: {quantity.name} has no dimension {dim[:60]!r}", row.where, written)
        elif dim in where:
            problems.add(f"{name}: where names {dim} twice", row.where, "keep one: a fact fills one cell")
        where[dim] = label
    for dim in wanted:
        if dim in NEVER:
            problems.add(f"{name}: no fact can give {quantity.name}", row.where, f"{dim} is known to models only")
        elif dim not in where:
            problems.add(f"{name}: where does not name {dim}", row.where, written)
    if any(dim in TIME for dim in quantity.dims) and not row.cells["period"]:
        problems.add(f"{name}: no period", row.where, f"{quantity.name} varies in time: say of when the fact speaks")
    return dict(sorted(where.items()))


def _read_value(row: Row, quantity: Quantity, problems: Problems) -> tuple[float | None, float | None, str]:
    """Return the low and the high side of a fact, and its unit."""
    name, text, unit = row.cells["name"], row.cells["text"], row.cells["unit"]
    if quantity.kind in ("text", "date"):
        for column in ("low", "high"):
            if row.cells[column]:
                problems.add(
                    f"{name}: {column} is given for a {quantity.kind}", row.where, "write it under text, and leave low "
                    "and high empty"
                )  # fmt: skip
        if not text:
            problems.add(f"{name}: no text", row.where, f"{quantity.name} is a {quantity.kind}: write it under text")
        if unit not in ("", quantity.unit):
            problems.add(f"{name}: unit {unit!r} of a {quantity.kind}", row.where, "leave the unit empty")
        if quantity.kind == "date" and text:
            with placed(problems, row.where, f"{name}, text"):
                return (*read_day(text), quantity.unit)
        return None, None, quantity.unit
    sides: list[float | None] = [None, None]
    for index, column in enumerate(("low", "high")):
        if row.cells[column]:
            with placed(problems, row.where, f"{name}, {column}"):
                sides[index] = read_number(row.cells[column])
    low, high = sides
    if not row.cells["low"] and not row.cells["high"]:
        problems.add(f"{name}: no value", row.where, "give low and high; one of them for an open bound")
    if low is not None and high is not None and low > high:
        problems.add(f"{name}: low {low:g} is above high {high:g}", row.where, "exchange them, or mend the number")
    with placed(problems, row.where, f"{name}, unit"):
        check_unit(unit, quantity.unit)
    return low, high, unit


def read_day(text: str) -> tuple[float, float]:
    """Return the interval of a date in the years that a plan can speak of.

    Raises
    ------
    MoravaError
        When the text is no such date.
    """
    first, last = interval(text)
    if first < EARLIEST_YEAR or last > LATEST_YEAR + 1:
        raise MoravaError(
            Problem(f"{text!r} is not between {EARLIEST_YEAR} and {LATEST_YEAR}", "date", "mend the year")
        )
    return first, last


def check_unit(unit: str, target: str) -> None:
    """Raise where a unit does not measure what the glossary's unit measures, money of any year and currency apart.

    Examples
    --------
    >>> check_unit("billion RUC_2025", "million money")
    >>> check_unit("MWh", "MW")
    Traceback (most recent call last):
    morava.errors.MoravaError: MWh cannot be read as MW
      where: unit
      mend:  both must measure the same; money of another year or currency needs deflators and exchange rates
    """
    if not unit:
        raise MoravaError(Problem("no unit", "unit", f"give one that measures the same as {target}"))
    if re.search(r"\bmoney\b", unit):
        raise MoravaError(Problem(f"{unit!r} names no currency", "unit", "write it with its price year: EUR_2025"))
    named = set(_MONEY.findall(unit))
    factor(unit, in_money(target, named.pop()) if len(named) == 1 else target)
