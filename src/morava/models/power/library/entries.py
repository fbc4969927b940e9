"""What is kept of solved futures, so that others can be answered from them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from morava.errors import MoravaError, Problem
from morava.models.power.parts import THOUSAND, Layout
from morava.models.power.program import Block, Program, Solved
from morava.models.power.system import System

Array = npt.NDArray[np.float64]
Short = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Entry:
    """What is kept of one solved future, in the units of its program: GW, GWh, million EUR.

    Parameters
    ----------
    price : [period], million EUR / GWh, present value: level of the prices of the balance
    value : by storage [period, hour], million EUR / GWh: prices of the rows `storage_*`, below zero where what is held
        is worth something
    added : by name [period], GW: what stands of what was built
    discharge_capacity : by storage [period], GW: what stands, built or not
    charge, discharge, level : by storage [period, hour], GW, GW and GWh
    """

    price: Array
    value: Mapping[str, Short]
    added: Mapping[str, Array]
    discharge_capacity: Mapping[str, Array]
    charge: Mapping[str, Short]
    discharge: Mapping[str, Short]
    level: Mapping[str, Short]


@dataclass(frozen=True)
class Library:
    """Solved futures of one plan; others of any weather year are answered from them."""

    entries: tuple[Entry, ...]

    @property
    def digest(self) -> str:
        """Return the sha256 over all that is kept, with the names and shapes of it."""
        found = hashlib.sha256()
        for name, values in sorted(_flat(self).items()):
            found.update(f"{name} {values.dtype.str} {values.shape}\n".encode())
            found.update(np.ascontiguousarray(values).tobytes())
        return found.hexdigest()


def row_places(rows: tuple[Block, ...], name: str) -> npt.NDArray[np.int64]:
    """Return the numbers of the rows of a block in its shape; none where no block is called so."""
    for block in rows:
        if block.name == name:
            size = int(np.prod(block.shape, dtype=int))
            return np.arange(block.first, block.first + size, dtype=np.int64).reshape(block.shape)
    return np.zeros(0, dtype=np.int64)


def make_entry(system: System, program: Program, layout: Layout, solved: Solved) -> Entry:
    """Return what is kept of a solved future, of its system, program and layout."""
    rows = program.rows
    periods = len(system.calendar.periods)
    price = np.mean([level_of_prices(solved.row_duals[places]) for places in layout.balance.values()], axis=0)

    def short(places: Mapping[str, npt.NDArray[np.int64]]) -> dict[str, Short]:
        return {name: solved.values[columns].astype(np.float32) for name, columns in places.items()}

    added = {name: np.maximum(solved.values[columns], 0.0) for name, columns in layout.added.items()}
    standing = {
        one.name: np.broadcast_to(one.discharge_capacity, (periods,)) / THOUSAND + added.get(one.name, 0.0)
        for one in system.storages
    }
    return Entry(
        price=np.asarray(price, dtype=np.float64),
        value={
            one.name: solved.row_duals[row_places(rows, f"storage_{one.name}")].astype(np.float32)
            for one in system.storages
        },
        added=added,
        discharge_capacity=standing,
        charge=short(layout.charge),
        discharge=short(layout.discharge),
        level=short(layout.level),
    )


SCARCE = 0.05
"""Share of hours at either end whose prices say nothing of the level: scarcity, or what must run."""


def level_of_prices(prices: Array) -> Array:
    """Return the mean over hours, [period], of prices [period, hour], where extreme ones count as the next less so."""
    low, high = np.quantile(prices, (SCARCE, 1 - SCARCE), axis=1)
    return np.asarray(np.clip(prices, low[:, None], high[:, None]).mean(axis=1))


KINDS = ("value", "added", "discharge_capacity", "charge", "discharge", "level")


def _flat(library: Library) -> dict[str, npt.NDArray[np.floating]]:
    found: dict[str, npt.NDArray[np.floating]] = {}
    for number, entry in enumerate(library.entries):
        found[f"{number}/price/"] = entry.price
        for kind in KINDS:
            for name, values in getattr(entry, kind).items():
                found[f"{number}/{kind}/{name}"] = values
    return found


def save_library(library: Library, folder: Path) -> Path:
    """Write a library, named by its digest, and return its file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{library.digest}.npz"
    with path.open("wb") as file:
        np.savez(file, allow_pickle=False, **_flat(library))
    return path


def load_library(path: Path) -> Library:
    """Read a library.

    Parameters
    ----------
    path
        Its file, or a folder that holds one library and no other.

    Raises
    ------
    MoravaError
        When there is no such file, or what it holds is not what its name says.
    """
    found = sorted(path.glob("*.npz")) if path.is_dir() else [path] * path.is_file()
    if len(found) != 1:
        raise MoravaError(Problem(f"{len(found)} libraries where one is wanted", str(path), "name the file of one"))
    try:
        with found[0].open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        library = _from_flat(arrays)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise MoravaError(Problem(f"no library can be read: {error}", str(found[0]), "make it again")) from error
    if library.digest != found[0].stem:
        what = f"its bytes have the digest {library.digest[:12]}, its name says {found[0].stem[:12]}"
        raise MoravaError(Problem(what, str(found[0]), "make the library again; do not rename or edit it"))
    return library


def _from_flat(arrays: Mapping[str, npt.NDArray[np.floating]]) -> Library:
    parts: dict[int, dict[str, dict[str, npt.NDArray[np.floating]]]] = {}
    for key, values in arrays.items():
        place, kind, name = key.split("/", 2)
        parts.setdefault(int(place), {part: {} for part in (*KINDS, "price")})[kind][name] = values
    return Library(tuple(_entry(parts[number]) for number in sorted(parts)))


def _entry(kinds: Mapping[str, Mapping[str, npt.NDArray[np.floating]]]) -> Entry:
    def short(kind: str) -> dict[str, Short]:
        return {name: np.asarray(values, dtype=np.float32) for name, values in kinds[kind].items()}

    def long(kind: str) -> dict[str, Array]:
        return {name: np.asarray(values, dtype=np.float64) for name, values in kinds[kind].items()}

    return Entry(
        price=long("price")[""],
        value=short("value"),
        added=long("added"),
        discharge_capacity=long("discharge_capacity"),
        charge=short("charge"),
        discharge=short("discharge"),
        level=short("level"),
    )
