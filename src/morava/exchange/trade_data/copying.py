"""A copy of a pack that is whole or as it was: written beside its place, checked, and renamed."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from morava.errors import MoravaError, Problem
from morava.plans.pack import find_folder, list_countries
from morava.plans.read import check_pack, read_country
from morava.runs.needs import missing_needs

RECORD = "loaded.json"
"""File of a pack that was made by loading: what it was copied from, and every load."""
WHERE = "--out"


@dataclass(frozen=True)
class Base:
    """The pack that is copied, what it was first copied from, and what was loaded into it."""

    folder: Path
    country: str
    loads: tuple[dict[str, Any], ...]


def find_base(country: str, out: Path) -> Base:
    """Return what is to be copied: the pack in `out` where it was made this way, else the country.

    Raises
    ------
    MoravaError
        A folder that holds something else, or a pack that was copied from another country.
    """
    put_back(out)
    if out.name in list_countries():
        raise MoravaError(
            Problem(
                f"{out.name} is the name of a country of Morava",
                WHERE,
                "name the folder otherwise: both would be meant",
            )
        )
    folder = find_folder(country)
    if folder in out.parents:
        raise MoravaError(Problem(f"{out} lies inside the pack that is copied", WHERE, "name a folder outside of it"))
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        name = read_country(folder).name
        return Base(folder, name, _record(folder)[1] if (folder / RECORD).is_file() else ())
    if not out.is_dir() or not (out / RECORD).is_file():
        raise MoravaError(
            Problem(f"{out} is there already, and no pack made by loading", WHERE, "name a new or an empty folder")
        )
    name, loads = _record(out)
    if folder != out and read_country(folder).name != name:
        raise MoravaError(
            Problem(
                f"{out} was copied from {name}, not from {country}", WHERE, f"name {name}, {out}, or another folder"
            )
        )
    return Base(out, name, loads)


def _record(folder: Path) -> tuple[str, tuple[dict[str, Any], ...]]:
    try:
        held = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return str(held["country"]), tuple(dict(one) for one in held["loads"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MoravaError(
            Problem(
                f"{RECORD} cannot be read ({error})", str(folder / RECORD), "copy the pack anew into another folder"
            )
        ) from error


def write_copy(base: Base, out: Path, load: dict[str, Any], change: Callable[[Path], None]) -> None:
    """Copy a pack, change the copy, check it, and put it in its place.

    Nothing stands in `out` before the copy is whole and without a problem.

    Parameters
    ----------
    base
        What is copied.
    out
        Folder of the copy.
    load
        What is loaded, for the record.
    change
        Changes the files of the copy.

    Raises
    ------
    MoravaError
        Whatever the change refuses, and every problem of the changed pack.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".morava-", dir=out.parent) as beside:
            made = Path(beside) / out.name
            shutil.copytree(base.folder, made, ignore=shutil.ignore_patterns("__pycache__"))
            for path in made.rglob("*"):
                path.chmod(0o755 if path.is_dir() else 0o644)
            change(made)
            record = {"country": base.country, "loads": [*base.loads, load]}
            (made / RECORD).write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            problems = check_pack(made) or missing_needs(str(made))
            if problems:
                raise MoravaError(problems)
            _exchange(made, out)
    except OSError as error:
        raise MoravaError(Problem(f"the pack cannot be written ({error})", str(out), "name another folder")) from error


def _before(out: Path) -> Path:
    return out.with_name(f".{out.name}.before")


def _exchange(made: Path, out: Path) -> None:
    """Put a folder in the place of another; whatever ends the program, one of the two is whole under a known name."""
    before = _before(out)
    if out.exists():
        out.rename(before)
    made.rename(out)
    shutil.rmtree(before, ignore_errors=True)


def put_back(out: Path) -> None:
    """Put the old pack back where a program ended between the two renames of an exchange."""
    before = _before(out)
    if before.is_dir():
        if out.exists():
            shutil.rmtree(before)
        else:
            before.rename(out)
