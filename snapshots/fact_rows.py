"""The row of a fact file, and how numbers are written in it."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import yaml

HERE = Path(__file__).parent


@dataclass(frozen=True)
class FactRow:
    """One row of `facts/*.csv`, as text."""

    name: str
    quantity: str
    where: str
    low: str
    high: str
    text: str
    unit: str
    period: str
    known_on: str
    vintage: str
    source: str
    locator: str
    status: str
    note: str


COLUMNS = tuple(field.name for field in fields(FactRow))


def single(name: str, quantity: str, where: str, value: float, period: str, **rest: str) -> FactRow:
    """Return a row for one number without a range, rounded to six significant digits."""
    shown = f"{value:.6g}"
    words = {"unit": "1", "text": "", "vintage": "", "locator": "", "note": ""} | rest
    return FactRow(name=name, quantity=quantity, where=where, low=shown, high=shown, period=period, **words)


def read_table(path: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file below this folder; a name that ends in .gz is unpacked."""
    data = (HERE / path).read_bytes()
    text = (gzip.decompress(data) if path.endswith(".gz") else data).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def write_rows(path: Path, rows: Iterable[FactRow]) -> None:
    """Write rows with the header of the pack, line ends and all, the same on every machine."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(out.getvalue().encode("utf-8"))


def borders() -> dict[str, dict[str, str]]:
    """Return what `curation/borders.yaml` declares of every border, by its label."""
    declared: dict[str, dict[str, str]] = yaml.safe_load((HERE / "curation/borders.yaml").read_text(encoding="utf-8"))
    return declared
