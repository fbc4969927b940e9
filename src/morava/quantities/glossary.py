"""The one glossary: what can be measured, in what unit, over what.

A quantity's name, unit, dimensions, titles, kind and plausible range are written once, in `glossary/*.yaml`, a file a
sector. Facts, changes, model arguments, results, claims and docs all use that name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.quantities.units import parse

DIMENSIONS = (
    "year", "period", "month", "hour", "zone", "border", "technology", "unit", "sector", "product", "partner",
    "lender", "domain", "initiative", "stage", "vintage", "future", "reference_class", "quantile", "envelope",
    "currency", "promise", "attempt", "previous", "item", "side", "weather", "fuel", "direction", "importer",
    "exporter", "region", "origin", "input", "donor", "elasticity_set", "scenario", "receiver",
    "payer", "closure",
)  # fmt: skip
"""Dimensions that an array may have. `future` is never written in the glossary: any array may carry it."""

# The parser of libyaml where it is at hand: every command reads the whole glossary before it does anything.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

KINDS = ("stock", "flow", "price", "share", "ratio", "duration", "date", "text", "draw")
"""`draw` is a random number that a model is handed; `text` is a word, not a number."""


@dataclass(frozen=True)
class Quantity:
    """What can be measured: its name, unit, dimensions and plausible range.

    `unit` is a pint unit; `money` in it stands for the price base of the country at hand. `dims` never names
    `future`. `at_least` and `at_most` bound every value, in `unit`.
    """

    name: str
    unit: str
    dims: tuple[str, ...]
    title_en: str
    title_sr: str
    description: str
    kind: str
    at_least: float | None = None
    at_most: float | None = None


@cache
def glossary() -> Mapping[str, Quantity]:
    """Return every quantity by name.

    Raises
    ------
    MoravaError
        When an entry of the glossary itself is wrong; all such entries at once.
    """
    problems = Problems()
    found: dict[str, Quantity] = {}
    for path in sorted(files("morava.quantities").joinpath("glossary").iterdir(), key=lambda item: item.name):
        if not path.name.endswith(".yaml"):
            continue
        entries: dict[str, dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), _LOADER) or {}
        for name, entry in entries.items():
            where = f"{path.name}: {name}"
            if name in found:
                problems.add(f"{name} is defined twice", where, "keep one of the two")
                continue
            quantity = _read_entry(name, entry, where, problems)
            if quantity is not None:
                found[name] = quantity
    problems.raise_if_any()
    return found


def _read_entry(name: str, entry: dict[str, Any], where: str, problems: Problems) -> Quantity | None:
    known = {"title", "description", "kind", "unit", "dims", "at_least", "at_most"}
    before = len(problems)
    for key in sorted(set(entry) - known):
        problems.add(f"unknown key {key}", where, nearest(key, known))
    for key in ("title", "description", "kind", "unit"):
        if key not in entry:
            problems.add(f"no {key}", where, f"give {key}")
    if len(problems) > before:
        return None
    if entry["kind"] not in KINDS:
        problems.add(f"kind {entry['kind']} is unknown", where, nearest(str(entry["kind"]), KINDS))
    dims = tuple(entry.get("dims", ()))
    for dim in dims:
        if dim not in DIMENSIONS or dim == "future":
            problems.add(f"dimension {dim} is unknown", where, nearest(dim, set(DIMENSIONS) - {"future"}))
    unit = str(entry["unit"])
    if entry["kind"] != "text":
        try:
            parse(unit)
        except MoravaError as error:
            problems.add(error.problems[0].what, where, error.problems[0].mend)
    if len(problems) > before:
        return None
    return Quantity(
        name=name,
        unit=unit,
        dims=dims,
        title_en=str(entry["title"]["en"]),
        title_sr=str(entry["title"]["sr"]),
        description=" ".join(str(entry["description"]).split()),
        kind=str(entry["kind"]),
        at_least=None if entry.get("at_least") is None else float(entry["at_least"]),
        at_most=None if entry.get("at_most") is None else float(entry["at_most"]),
    )


def find(name: str) -> Quantity:
    """Return a quantity, or raise with the nearest name.

    Raises
    ------
    MoravaError
        When no quantity has that name.

    Examples
    --------
    >>> find("debt_ratio").unit
    '1'
    >>> find("debt_rtio")
    Traceback (most recent call last):
    morava.errors.MoravaError: no quantity is called debt_rtio
      where: glossary
      mend:  did you mean debt_ratio?
    """
    try:
        return glossary()[name]
    except KeyError:
        raise MoravaError(Problem(f"no quantity is called {name}", "glossary", nearest(name, glossary()))) from None
