"""The work of a run: one chunk of futures, computed beside the run's folder or on a machine that does not see it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import xarray as xr
from threadpoolctl import threadpool_limits

from morava.errors import MoravaError, Problem, Problems
from morava.models.power import Library
from morava.plans import series, trade_tables
from morava.plans.types import Country, Futures, Strategy
from morava.runs.frozen_power import FrozenPower
from morava.runs.request import code_hash, detail_of
from morava.runs.simulate import simulate_chunk
from morava.runs.store import has_chunk, pack_chunk, unpack_chunk, write_chunk
from morava.runs.types import Outcome, Request


@dataclass(frozen=True)
class ChunkTask:
    """What the chunks of one run have in common; a chunk is computed by its numbers alone."""

    country: Country
    strategy: Strategy
    futures: Futures
    request: Request
    path: Path
    library: Library | None = None
    frozen: FrozenPower | None = None

    def compute(self, numbers: range) -> None:
        """Compute a chunk and write it into the folder of the run."""
        if not has_chunk(self.path, numbers):  # another process may go on with the same run
            write_chunk(self.path, numbers, *self.answer(numbers))

    def answer(self, numbers: range) -> tuple[Outcome, Mapping[str, xr.DataArray]]:
        """Return what follows in some futures, and what of it is kept by the hour.

        It is computed on one thread: sums of several would differ in their digits.
        """
        with threadpool_limits(limits=1):
            asked = detail_of(self.request)
            detail = asked if numbers.start < max(asked.futures, asked.screened) else None
            return simulate_chunk(
                self.country, self.strategy, self.futures, self.request.seed, list(numbers), detail, self.library,
                self.frozen,
            )  # fmt: skip

    def elsewhere(self) -> RemoteTask:
        """Return the same work for a machine that sees neither the folder of the run nor that of the pack.

        Raises
        ------
        MoravaError
            When a series or a table is not what it was when the pack was read.
        """
        problems = Problems()
        files: dict[str, bytes] = {}
        expected = {f"{series.FOLDER}/{one.file}": one.sha256 for one in self.country.series.values()}
        expected |= {f"{trade_tables.FOLDER}/{one.file}": one.sha256 for one in self.country.tables.values()}
        for name, wanted in expected.items():
            file = Path(self.country.folder) / name
            files[name] = file.read_bytes() if file.is_file() else b""
            if sha256(files[name]).hexdigest() != wanted:
                problems.add(f"{name} changed since the pack was read", str(file), "start again")
        problems.raise_if_any()
        return RemoteTask(self, files)

    def keep(self, numbers: range, files: Mapping[str, bytes]) -> None:
        """Write a chunk that was computed elsewhere into the folder of the run."""
        unpack_chunk(self.path, numbers, files)


@dataclass(frozen=True)
class RemoteTask:
    """The work of a run and the series and tables of its pack, which a country reads from its folder when needed."""

    task: ChunkTask
    files: Mapping[str, bytes]

    def __call__(self, numbers: range) -> dict[str, bytes]:
        """Return the files of a chunk by their names.

        Raises
        ------
        MoravaError
            When Morava or a numeric library is not the one that the run is named by.
        """
        check_installed(self.task.request)
        with self._country_here() as country:
            return pack_chunk(numbers, *replace(self.task, country=country).answer(numbers))

    @contextmanager
    def _country_here(self) -> Iterator[Country]:
        """Give the country with its files in a folder of this machine; it has the pack's name, which errors show."""
        place = _place()
        folder = place / Path(self.task.country.folder).name
        try:
            for name, content in self.files.items():
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
            yield replace(self.task.country, folder=str(folder))
        finally:
            shutil.rmtree(place, ignore_errors=True)


@cache
def _place() -> Path:
    """Return a folder of this process alone, the same for every chunk: what was read from it is remembered by its name.

    It is filled before a chunk and taken away after it, as nobody tells a worker that a chunk was its last.
    """
    return Path(tempfile.mkdtemp(prefix="morava-"))


def check_installed(request: Request) -> None:
    """Refuse to compute with another Morava, or other numeric libraries, than a run is named by.

    Raises
    ------
    MoravaError
        With all that differs.
    """
    differing = [
        f"{name} {_installed(name)} instead of {wanted}"
        for name, wanted in request.versions.items()
        if _installed(name) != wanted
    ]
    if code_hash() != request.code_hash:
        differing.append("another code of morava")
    if differing:
        raise MoravaError(
            Problem(
                f"a worker has {', '.join(differing)}",
                f"run of {request.country}",
                "install the same Morava by the same lock file on every machine, and change none while a run is on",
            )
        )


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
