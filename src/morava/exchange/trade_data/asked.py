"""What a user asks to be loaded, what a loader wants changed, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from morava.exchange.trade_data.world import PackTables

DUTIES, INPUT_OUTPUT, BACI, ITPD = "duties", "input-output", "baci", "itpd"
KINDS = (DUTIES, INPUT_OUTPUT, BACI, ITPD)


@dataclass(frozen=True)
class NewSource:
    """The source of a file, as it will stand in `sources.yaml`."""

    title: str
    address: str
    producer: str
    published: str = ""
    licence: str = ""
    grade: str = "A"


@dataclass(frozen=True)
class Asked:
    """One file to be loaded into a copy of a pack.

    `country` is a pack by name or folder, `out` the folder of the copy. `name` and `only` are for input-output tables,
    `partner` for duties, `sectors` and `regions` are mappings of the user's own, `fit` allows inputs to be scaled.
    """

    kind: str
    file: Path
    country: str
    out: Path
    source: NewSource
    name: str = ""
    only: bool = False
    fit: bool = False
    partner: str = ""
    sectors: Path | None = None
    regions: Path | None = None


@dataclass(frozen=True)
class TableNote:
    """What the record of a table in `trade.yaml` says from now on; a blank `status` or `synthetic` stays as it is."""

    mends: tuple[tuple[str, str], ...]
    status: str = ""
    synthetic: str = ""


@dataclass(frozen=True)
class FixedDraw:
    """What an uncertainty says from now on: one value, or as it was spread where there is none, and why."""

    because: str
    value: float | None = None


@dataclass(frozen=True)
class Change:
    """What a loader wants of a pack.

    `world` are the tables from now on, `tables` the records of those that change, by quantity; `settings` are
    uncertainties by the quantity that they move; `facts` are values of facts by quantity and sector.
    """

    world: PackTables
    lines: tuple[str, ...]
    tables: Mapping[str, TableNote] = field(default_factory=dict)
    settings: Mapping[str, FixedDraw] = field(default_factory=dict)
    facts: Mapping[tuple[str, str], float] = field(default_factory=dict)
    facts_note: str = ""


@dataclass(frozen=True)
class Loaded:
    """What was done: the folder of the pack, what it was copied from, and lines to be read."""

    kind: str
    folder: str
    base: str
    lines: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """Return what `--json` prints."""
        return {"kind": self.kind, "folder": self.folder, "from": self.base, "report": list(self.lines)}
