"""Read questions to the trade equilibrium: a YAML file of changes to the world of a year, every error at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import product
from pathlib import Path
from typing import Any

from morava.errors import Problems, nearest
from morava.plans.yaml_file import KeyPath, YamlFile, read_yaml

KEPT, ZERO = "kept", "zero"
ALL, GOODS = "all", "goods"
"""`all` is every region that the other side does not name, or every sector; `goods` every sector but services."""
PAIR = ("importer", "exporter", "sector")
KINDS: Mapping[str, tuple[tuple[str, ...], float, float]] = {
    "tariff": (PAIR, 0.0, 3.0),
    "tariff_change": (PAIR, -3.0, 3.0),
    "cost": (PAIR, 0.01, 1e6),
    "productivity": (("region", "sector"), 0.1, 10.0),
    "labour": (("region",), 0.1, 10.0),
    "deficit": (("region",), -10.0, 10.0),
}
"""What may change: the labels that say where, and the least and the most of its number."""
KEYS = (*PAIR, "region", "year", *KINDS)
TOP = ("deficits", "changes")

Cell = tuple[int, ...]


@dataclass(frozen=True)
class Labels:
    """The words that a question may use: regions and sectors in the order of the world, goods, members of blocs."""

    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    goods: tuple[str, ...]
    blocs: Mapping[str, tuple[str, ...]]
    first_year: int
    last_year: int


@dataclass(frozen=True)
class TradeChange:
    """One change, spread out: its cells as places in the order of `KINDS`, and its value by year.

    A value stands from its year until the next one. `always` marks one that no year was given to.
    """

    kind: str
    cells: tuple[Cell, ...]
    path: Mapping[int, float]
    always: bool
    where: str
    says: str

    def value(self, year: int) -> float | None:
        """Return what stands in a year; nothing before the first."""
        begun = [one for one in self.path if one <= year]
        return self.path[max(begun)] if begun else None


@dataclass(frozen=True)
class Question:
    """A file of changes. `deficits` holds a factor on the deficit of each region it names; one everywhere if none."""

    name: str
    deficits: Mapping[int, float]
    closure: str
    changes: tuple[TradeChange, ...]

    def years(self) -> list[int]:
        """Return the years that the file names, in order."""
        return sorted({year for change in self.changes if not change.always for year in change.path})


def read_question(path: Path, labels: Labels) -> Question:
    """Return the question of a file.

    Raises
    ------
    MoravaError
        Everything that is wrong with the file, with file and line.
    """
    file = read_yaml(path, str(path))
    problems = Problems()
    data = file.data
    if not isinstance(data, dict):
        problems.add("the file is no mapping", file.where(), "write changes: and a list of changes under it")
        problems.raise_if_any()
    for key in data:
        if key not in TOP:
            problems.add(f"unknown key {key}", file.where(key), nearest(key, TOP))
    reader = _Reader(file, labels, problems)
    deficits = reader.closure(data.get("deficits", KEPT))
    records = data.get("changes")
    if not isinstance(records, list) or not records:
        problems.add("the file has no list of changes", file.where("changes"), "write changes: and - {...} under it")
        records = []
    found = [one for place, record in enumerate(records) if (one := reader.record(record, ("changes", place)))]
    _check_twice(found, labels, problems)
    if deficits == dict.fromkeys(range(len(labels.regions)), 0.0):
        for one in found:
            if one.kind == "deficit":
                problems.add("all deficits are zero: a factor on one changes nothing", one.where, "take one of the two")
    problems.raise_if_any()
    given = data.get("deficits", KEPT)
    closure = given if isinstance(given, str) else ", ".join(f"{name} times {value:g}" for name, value in given.items())
    return Question(path.name, deficits, closure, tuple(found))


def _check_twice(found: Sequence[TradeChange], labels: Labels, problems: Problems) -> None:
    """Note two changes on one cell of one kind; a duty set and a duty moved are of one kind."""
    taken: dict[tuple[str, Cell], TradeChange] = {}
    told: set[tuple[str, str]] = set()
    for one in found:
        kind = one.kind.removesuffix("_change")
        for cell in one.cells:
            other = taken.setdefault((kind, cell), one)
            if other is one or (one.where, other.where) in told:
                continue
            told.add((one.where, other.where))
            lists = {"sector": labels.sectors}
            named = (lists.get(dim, labels.regions)[place] for dim, place in zip(KINDS[one.kind][0], cell, strict=True))
            problems.add(
                f"{kind} is changed twice for {', '.join(named)}",
                one.where,
                f"the other stands at {other.where}: write one schedule, {kind}: {{2027: ..., 2030: ...}}",
            )


class _Reader:
    """Reads the parts of a file with its labels; what is wrong is noted, and nothing comes back."""

    def __init__(self, file: YamlFile, labels: Labels, problems: Problems) -> None:
        self._file, self._labels, self._problems = file, labels, problems

    def _note(self, what: str, path: KeyPath, mend: str) -> None:
        self._problems.add(what, self._file.where(*path), mend)

    def closure(self, given: Any) -> dict[int, float]:
        """Return the factor on the deficit of each region that is named."""
        count = len(self._labels.regions)
        if given == KEPT:
            return {}
        if given == ZERO:
            return dict.fromkeys(range(count), 0.0)
        if not isinstance(given, dict) or not given:
            self._note(
                f"deficits: {_show(given)} is no closure", ("deficits",), "write kept, zero, or {Serbia: 0.5}: factors"
            )
            return {}
        found: dict[int, float] = {}
        low, high = KINDS["deficit"][1:]
        for name, value in given.items():
            number = self._number(value, "deficits", low, high, ("deficits", name))
            for place in self._places(name, "region", ("deficits", name), ()):
                if place in found:
                    self._note(f"{self._labels.regions[place]} is named twice", ("deficits", name), "name it once")
                if number is not None:
                    found[place] = number
        if len(found) == count and len(set(found.values())) > 1:
            self._note(
                "all regions have a factor on their deficit, and not the same", ("deficits",),
                "leave one out: what one borrows, others lend",
            )  # fmt: skip
        return found

    def record(self, record: Any, path: KeyPath) -> TradeChange | None:
        """Return one change."""
        before = len(self._problems)
        if not isinstance(record, dict):
            self._note(f"a change is {_show(record)}, no mapping", path, "write {importer: ..., tariff: ...}")
            return None
        kind = self._kind(record, path)
        if kind is None:
            return None
        dims, low, high = KINDS[kind]
        for key in record:
            if key in KEYS and key not in (*dims, "year", kind) and key not in KINDS:
                self._note(f"{kind} has no {key}", (*path, key), f"it takes {', '.join(dims)}")
        places: dict[str, tuple[int, ...]] = {}
        named: set[int] = set()
        # Words before `all`, which means every region that the other side does not name.
        for dim in sorted(dims, key=lambda dim: record.get(dim) == ALL):
            if dim not in record:
                if not _is_meant([key for key in record if key not in KEYS], [dim]):
                    self._note(f"{kind} has no {dim}", path, f"it takes {', '.join(dims)}")
                continue
            places[dim] = self._places(record[dim], dim, (*path, dim), named if dim in PAIR[:2] else ())
            if dim != "sector":
                named |= set(places[dim]) if record[dim] != ALL else set()
        values = self._path(record, kind, low, high, path)
        if len(self._problems) > before or values is None:
            return None
        cells = tuple(
            cell for cell in product(*(places[dim] for dim in dims)) if dims != PAIR or cell[0] != cell[1]
        )  # fmt: skip
        if not cells:
            self._note("a region does not trade with itself here", path, "name two regions")
            return None
        always = "year" not in record and not isinstance(record[kind], dict)
        return TradeChange(kind, cells, values, always, self._file.where(*path), _says(record, kind, len(cells)))

    def _kind(self, record: Mapping[str, Any], path: KeyPath) -> str | None:
        unknown = [key for key in record if key not in KEYS]
        for key in unknown:
            self._note(f"unknown key {key}", (*path, key), nearest(key, KEYS))
        kinds = [key for key in record if key in KINDS]
        if len(kinds) > 1:
            self._note(f"a change says both {' and '.join(kinds)}", path, "write one change for each")
        if not kinds and not _is_meant(unknown, list(KINDS)):
            self._note("a change does not say what changes", path, f"give one of {', '.join(KINDS)}")
        return kinds[0] if len(kinds) == 1 else None

    def _places(self, given: Any, dim: str, path: KeyPath, named: set[int] | tuple[()]) -> tuple[int, ...]:
        """Return the places of a label, a bloc, a list of both, or all but those named on the other side."""
        labels = self._labels
        own = labels.sectors if dim == "sector" else labels.regions
        groups = {GOODS: labels.goods} if dim == "sector" else dict(labels.blocs)
        if given == ALL:
            return tuple(place for place in range(len(own)) if place not in named)
        found: list[int] = []
        words = given if isinstance(given, list) else [given]
        if not words:
            self._note(f"{dim} is an empty list", path, "name at least one")
        for number, word in enumerate(words):
            here = (*path, number) if isinstance(given, list) else path
            if not isinstance(word, str):
                self._note(f"{dim}: {_show(word)} is no label", here, "write a label, a list of labels, or all")
            elif word in own:
                found.append(own.index(word))
            elif word in groups:
                found += [own.index(member) for member in groups[word]]
            elif word == ALL:
                self._note(f"{dim}: all stands in a list", here, "write all by itself")
            else:
                self._note(f"unknown {dim} {word}", here, nearest(word, [*own, *groups, ALL]))
        for place in sorted(place for place, times in Counter(found).items() if times > 1):
            self._note(f"{own[place]} is named twice", path, "name it once, by itself or with its bloc")
        return tuple(sorted(set(found)))

    def _path(
        self, record: Mapping[str, Any], kind: str, low: float, high: float, path: KeyPath
    ) -> dict[int, float] | None:
        """Return the value by year; the first year of all where none is given."""
        given, here = record[kind], (*path, kind)
        if not isinstance(given, dict):
            value = self._number(given, kind, low, high, here)
            year = self._year(record["year"], (*path, "year")) if "year" in record else self._labels.first_year
            return None if value is None or year is None else {year: value}
        if "year" in record:
            self._note("year stands beside a schedule", (*path, "year"), "take it out: the schedule names its years")
        if not given:
            self._note(f"{kind} is an empty schedule", here, "write {2027: 0.1, 2030: 0.2}")
        found: dict[int, float] = {}
        for word, one in given.items():
            year = self._year(word, (*here, word))
            value = self._number(one, kind, low, high, (*here, word))
            if year is not None and value is not None:
                found[year] = value
        return found

    def _year(self, given: Any, path: KeyPath) -> int | None:
        first, last = self._labels.first_year, self._labels.last_year
        text = str(given)
        if isinstance(given, bool) or not text.isascii() or not text.isdigit() or not first <= int(text) <= last:
            self._note(f"{_show(given)} is no year of the model", path, f"give a year from {first} to {last}")
            return None
        return int(text)

    def _number(self, given: Any, name: str, low: float, high: float, path: KeyPath) -> float | None:
        if isinstance(given, bool) or not isinstance(given, (int, float)):
            self._note(f"{name}: {_show(given)} is not a number", path, "write digits with a decimal point")
        elif not low <= given <= high:
            self._note(f"{name}: {given:g} is out of range", path, f"give a number from {low:g} to {high:g}")
        else:
            return float(given)
        return None


def _is_meant(unknown: Sequence[str], names: Sequence[str]) -> bool:
    """Return whether an unknown key is one of some names misspelt, of which is told already."""
    return any(get_close_matches(key, names, n=1) for key in unknown)


def _show(value: object) -> str:
    if isinstance(value, (dict, list)):
        return "a mapping" if isinstance(value, dict) else "a list"
    return "nothing" if value is None else repr(value)[:60]


def _listed(given: Any) -> str:
    return ", ".join(given) if isinstance(given, list) else str(given)


def _says(record: Mapping[str, Any], kind: str, cells: int) -> str:
    """Return a change in words, with the number of cells that it moves."""
    given = record[kind]
    value = (
        ", ".join(f"{one:g} from {year}" for year, one in given.items()) if isinstance(given, dict) else f"{given:g}"
    )
    since = f" from {record['year']}" if "year" in record else ""
    if kind in ("tariff", "tariff_change", "cost"):
        whom = f"{_listed(record['sector'])} from {_listed(record['exporter'])} to {_listed(record['importer'])}"
    else:
        whom = ", ".join(_listed(record[dim]) for dim in reversed(KINDS[kind][0]))
    count = f"{cells} cell" if cells == 1 else f"{cells} cells"
    return f"{kind.replace('_', ' ')} {value}{since}: {whom} ({count})"
