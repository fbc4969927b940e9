"""How well quantities were foreseen in the past, as the last back-test of a pack wrote it into `backtest.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import RootModel

from morava.errors import Problems
from morava.plans.pack import read_file
from morava.plans.places import Places
from morava.plans.schema_types import Entry, Name
from morava.plans.types import Country

FILE = "backtest.yaml"


class ForeseenEntry(Entry):
    """One quantity: what it is, how large the errors were, and for which quantities of the glossary it speaks."""

    title: str
    unit: str
    freezes: list[int]
    last_year: int
    rows: int
    effective_n: float
    error: float
    naive_error: float
    no_change_error: float
    skill: float | None
    coverage: float
    verdict: str
    foresees: list[str]
    technology: str = ""


class ForeseenFile(RootModel[dict[Name, ForeseenEntry]]):
    """`backtest.yaml`: scores by quantity."""


@dataclass(frozen=True)
class Foreseen:
    """How well one quantity was foreseen: mean absolute errors, and skill, above zero where it beats the trend.

    `coverage` is the part of years inside the 80 % interval, `effective_n` how many independent years these are worth.
    """

    name: str
    title: str
    unit: str
    freezes: tuple[int, ...]
    last_year: int
    rows: int
    effective_n: float
    error: float
    naive_error: float
    no_change_error: float
    skill: float | None
    coverage: float
    verdict: str
    foresees: tuple[str, ...]
    technology: str
    says: str


def foreseen(country: Country, quantity: str) -> tuple[Foreseen, ...]:
    """Return how well a quantity of the glossary was foreseen; several where it has labels, none where nobody tested.

    Raises
    ------
    MoravaError
        When the file of the pack is not one.

    Examples
    --------
    >>> from morava.plans.read import read_country
    >>> foreseen(read_country("ruritania"), "gdp")
    ()
    """
    return tuple(one for one in read_foreseen(Path(country.folder)) if quantity in one.foresees)


def read_foreseen(folder: Path) -> tuple[Foreseen, ...]:
    """Return every score that a pack holds, sorted by name; none without the file."""
    path = folder / FILE
    if not path.is_file():
        return ()
    written = path.stat()
    return _read(folder, written.st_mtime_ns, written.st_size)


@lru_cache(maxsize=8)
def _read(folder: Path, _moment: int, _size: int) -> tuple[Foreseen, ...]:
    """Return the scores of a file, read once as it is: every claim and quantity asks for them."""
    path = folder / FILE
    problems = Problems()
    found = read_file(folder, path, ForeseenFile, ("backtest",), Places(), problems, frozenset({()}))
    problems.raise_if_any()
    entries = found.root if found is not None else {}
    return tuple(_foreseen(name, entry) for name, entry in sorted(entries.items()))


def _foreseen(name: str, entry: ForeseenEntry) -> Foreseen:
    started = " and ".join(str(year) for year in entry.freezes)
    inside = round(entry.coverage * entry.rows)
    return Foreseen(
        name=name,
        title=entry.title,
        unit=entry.unit,
        freezes=tuple(entry.freezes),
        last_year=entry.last_year,
        rows=entry.rows,
        effective_n=entry.effective_n,
        error=entry.error,
        naive_error=entry.naive_error,
        no_change_error=entry.no_change_error,
        skill=entry.skill,
        coverage=entry.coverage,
        verdict=entry.verdict,
        foresees=tuple(entry.foresees),
        technology=entry.technology,
        says=f"{entry.title}, frozen at the end of {started} and run to {entry.last_year}: {entry.verdict}; mean error "
        f"{entry.error:.3g} against {entry.naive_error:.3g} of the trend and {entry.no_change_error:.3g} of no change "
        f"({entry.unit}); {inside} of {entry.rows} years inside the 80 percent interval, worth "
        f"{entry.effective_n:.1f} independent ones",
    )
