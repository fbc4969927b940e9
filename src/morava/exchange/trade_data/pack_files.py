"""Text files of a pack, changed where a loader wants it and left as they are elsewhere."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from morava.errors import MoravaError, Problem, Problems
from morava.exchange.trade_data.asked import FixedDraw, NewSource, TableNote
from morava.plans.read_facts import COLUMNS
from morava.plans.text_file import read_text
from morava.plans.trade_tables import FOLDER, LIST_FILE
from morava.plans.yaml_file import YamlFile, read_yaml

WIDTH = 118
LONGEST_SLUG = 60
NO_LICENCE = "loaded by the user: the terms are those of its publisher"


class _Plain(yaml.SafeDumper):
    """Writes what packs may hold: no anchors."""

    def ignore_aliases(self, _: Any) -> bool:
        """Write everything out."""
        return True


def _block(name: str, entry: Mapping[str, Any], indent: int) -> list[str]:
    text = yaml.dump({name: dict(entry)}, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=WIDTH)
    return [" " * indent + line if line else line for line in text.rstrip("\n").split("\n")]


def _replace(path: Path, file: YamlFile, key: tuple[str, ...], entry: Mapping[str, Any]) -> None:
    """Put an entry in the place of the one that stands at a key; comments before the next one stay."""
    lines = read_text(path, file.name).split("\n")
    start = file.lines[key] - 1
    after = [line for at, line in file.lines.items() if at[: len(key)] != key and line - 1 > start]
    end = min(after, default=len(lines) + 1) - 1
    while end - 1 > start and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    indent = len(lines[start]) - len(lines[start].lstrip())
    path.write_text("\n".join([*lines[:start], *_block(key[-1], entry, indent), *lines[end:]]), encoding="utf-8")


def note_tables(folder: Path, notes: Mapping[str, TableNote], source: str) -> dict[str, Path]:
    """Write what is new of each table into its record; return the files of the tables, by quantity."""
    listing = folder / FOLDER / LIST_FILE
    files: dict[str, Path] = {}
    for quantity, note in notes.items():
        file = read_yaml(listing, LIST_FILE)
        name = next(name for name, entry in file.data.items() if entry["quantity"] == quantity)
        entry = dict(file.data[name])
        named = list(entry.get("sources") or [])
        entry["sources"] = named if source in named else [*named, source]
        entry["status"] = note.status or entry.get("status")
        if note.synthetic:
            entry["synthetic"] = note.synthetic
        entry["mends"] = [*(entry.get("mends") or []), *({"what": what, "why": why} for what, why in note.mends)]
        _replace(listing, file, (name,), entry)
        files[quantity] = folder / FOLDER / str(entry["file"])
    return files


def set_uncertainties(folder: Path, settings: Mapping[str, FixedDraw], source: str) -> None:
    """Write one value with source and reason, or a reason alone, into every uncertainty that moves a quantity.

    Raises
    ------
    MoravaError
        Quantities that no uncertainty of the default futures moves.
    """
    problems = Problems()
    for path in sorted((folder / "futures").glob("*.yaml")):
        for quantity, setting in settings.items():
            file = read_yaml(path, path.name)
            entries: dict[str, Any] = file.data["uncertainties"]
            moving = [name for name, one in entries.items() if (one.get("moves") or {}).get("quantity") == quantity]
            if not moving and path.stem == "default":
                problems.add(f"no uncertainty moves {quantity}", f"futures/{path.name}", "add one: a draw must be set")
            for name in moving:
                entry = dict(entries[name])
                if setting.value is not None:
                    entry["distribution"] = {"kind": "discrete", "values": [setting.value], "weights": [1]}
                    entry["status"], entry["source"] = "measured", source
                entry["because"] = setting.because
                _replace(path, file, ("uncertainties", name), entry)
    problems.raise_if_any()


def set_facts(folder: Path, values: Mapping[tuple[str, str], float], source: str, known_on: str, note: str) -> None:
    """Write values into the facts of a quantity and sector, with their source.

    Raises
    ------
    MoravaError
        Facts that the pack does not have.
    """
    left = set(values)
    for path in sorted((folder / "facts").glob("*.csv")):
        rows = list(csv.reader(io.StringIO(read_text(path, path.name))))
        header, changed = rows[0], False
        place = {column: header.index(column) for column in COLUMNS}
        for row in rows[1:]:
            key = row[place["quantity"]], row[place["where"]].removeprefix("sector=") if len(row) == len(header) else ""
            if key not in values:
                continue
            left.discard(key)
            changed = True
            new = {
                "low": f"{values[key]:.7g}", "high": f"{values[key]:.7g}", "text": "", "unit": "1", "source": source,
                "known_on": known_on, "locator": "", "status": "measured", "note": note,
            }  # fmt: skip
            for column, text in new.items():
                row[place[column]] = text
        if changed:
            out = io.StringIO()
            csv.writer(out, lineterminator="\n").writerows(rows)
            path.write_text(out.getvalue(), encoding="utf-8")
    if left:
        raise MoravaError(
            Problem(f"the pack has no fact of {quantity} for {sector}", f"{folder.name}/facts", "add a row for it")
            for quantity, sector in sorted(left)
        )


def add_source(folder: Path, new: NewSource, file: Path) -> str:
    """Write a source at the end of `sources.yaml`, with the hash of the file that was read; return its name."""
    path = folder / "sources.yaml"
    known: dict[str, Any] = read_yaml(path, path.name).data
    entry = {
        "title": new.title, "producer": new.producer, "address": new.address, "published": new.published,
        "licence": new.licence or NO_LICENCE, "sha256": _hash(file), "grade": new.grade,
    }  # fmt: skip
    base = re.sub(r"[^a-z0-9]+", "-", new.title.lower()).strip("-")[:LONGEST_SLUG].strip("-") or "loaded"
    names = (base if number == 1 else f"{base}-{number}" for number in range(1, len(known) + 3))
    name = next(name for name in names if name not in known or known[name] == entry)
    if name not in known:
        text = read_text(path, path.name).rstrip("\n")
        path.write_text("\n".join([text, *_block(name, entry, 0), ""]), encoding="utf-8")
    return name


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
