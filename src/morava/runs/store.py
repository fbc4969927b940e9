"""A run on disk: one folder, named by the hash of what it depends on.

`run.json` says what was asked. Each chunk is a folder of Parquet files, one a quantity, in long form (dimensions as
columns, sorted), written beside and then renamed, so that a chunk is either whole or absent. Where power is solved
exactly, `hours` holds its duration curves, and in the first future its hours, in single precision. `log.jsonl` holds
times and workers; it is the only file whose bytes may differ between two equal runs. `verdicts.json` is what the run
was judged to be when it ended.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem
from morava.runs.request import chunks_of, name_of
from morava.runs.tables import read_values, write_values
from morava.runs.types import Outcome, Request

RUNS_VARIABLE = "MORAVA_RUNS"
RUN_FILE, CHUNK_FILE, LOG_FILE, WITHOUT = "run.json", "chunk.json", "log.jsonl", "without"
HOURS = "hours"
VERDICTS_FILE = "verdicts.json"
UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError, duckdb.Error)
"""What reading raises where files of a run are missing, cut, or not those that were written."""


def runs_folder(folder: str | Path | None = None) -> Path:
    """Return where runs are kept: the folder given, that of the environment variable MORAVA_RUNS, or `runs`."""
    return Path(folder or os.environ.get(RUNS_VARIABLE) or "runs")


def open_run(request: Request, folder: Path) -> Path:
    """Return the folder of a run, made if it is not there, with `run.json` in it."""
    path = folder / name_of(request)
    make_folder(path)
    target = path / RUN_FILE
    if not target.exists():
        write_whole(target, json.dumps({"run": path.name, **asdict(request)}, indent=1, sort_keys=True) + "\n")
    return path


def make_folder(path: Path) -> None:
    """Make a folder that results are written into.

    Raises
    ------
    MoravaError
        When it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MoravaError(
            Problem(f"no folder can be made here ({error.strerror})", str(path), "name another folder")
        ) from error


def write_whole(target: Path, text: str) -> None:
    """Write a file beside its place and rename it, so that it is whole or not there."""
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    beside.replace(target)


def read_request(path: Path) -> Request:
    """Return what a stored run was asked.

    Raises
    ------
    MoravaError
        When the folder holds no run, or a damaged one.
    """
    try:
        content = json.loads((path / RUN_FILE).read_text(encoding="utf-8"))
        content.pop("run")
        request = Request(**content)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise MoravaError(
            Problem(f"{path.name} is no run ({error})", str(path), "choose one of `morava show runs`")
        ) from error
    if path.name != name_of(request):
        raise MoravaError(
            Problem(
                f"{path.name} holds the request of {name_of(request)}",
                str(path / RUN_FILE),
                "a run's folder is named by what was asked: give the name back, or take the folder away",
            )
        )
    return request


def chunk_folder(path: Path, numbers: range) -> Path:
    """Return the folder of the chunk that begins with a future."""
    return path / f"chunk-{numbers.start:07d}"


def has_chunk(path: Path, numbers: range) -> bool:
    """Return whether a chunk is there."""
    return (chunk_folder(path, numbers) / CHUNK_FILE).exists()


def missing_chunks(path: Path, request: Request) -> list[range]:
    """Return the chunks that a run still lacks."""
    return [numbers for numbers in chunks_of(request) if not has_chunk(path, numbers)]


def is_finished(path: Path, request: Request) -> bool:
    """Return whether every chunk of a run is there."""
    return not missing_chunks(path, request)


def list_runs(folder: Path) -> list[tuple[Path, Request]]:
    """Return all runs of a folder that can be read, the newest first."""
    found = []
    for path in folder.glob(f"*/{RUN_FILE}"):
        try:
            found.append((path.stat().st_mtime, path.parent, read_request(path.parent)))
        except MoravaError:
            continue
    return [(path, request) for _, path, request in sorted(found, key=lambda item: (-item[0], item[1].name))]


def find_run(name: str, folder: Path) -> tuple[Path, Request]:
    """Return a run by its name, the beginning of it, or the newest finished one where no name is given.

    Raises
    ------
    MoravaError
        When there is none, or several begin so.
    """
    runs = list_runs(folder)
    if name:
        fitting = [(path, request) for path, request in runs if path.name.startswith(name)]
    else:
        fitting = [(path, request) for path, request in runs if is_finished(path, request)][:1]
    if len(fitting) == 1:
        return fitting[0]
    known = ", ".join(path.name for path, _ in runs[:8]) or "none"
    what = f"no run is called {name}" if name else "there is no finished run"
    if len(fitting) > 1:
        what = f"{len(fitting)} runs begin with {name}"
    raise MoravaError(Problem(what, str(folder), f"runs here: {known}; make one with `morava run`"))


@contextmanager
def _whole_chunk(path: Path, numbers: range) -> Iterator[Path]:
    """Give a folder beside that of a chunk, and take it for the chunk when all is written: whole or not at all."""
    final = chunk_folder(path, numbers)
    beside = path / f".{final.name}.{os.getpid()}"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    yield beside
    if final.exists():
        shutil.rmtree(final)
    beside.replace(final)


Arrays = Mapping[str, xr.DataArray]


def write_chunk(path: Path, numbers: range, outcome: Outcome, hours: Arrays | None = None) -> None:
    """Write one chunk, whole or not at all; `hours` is what is kept of it by the hour."""
    with _whole_chunk(path, numbers) as folder:
        _write_outcome(folder, numbers, outcome, hours or {})


def pack_chunk(numbers: range, outcome: Outcome, hours: Arrays | None = None) -> dict[str, bytes]:
    """Return the files of one chunk by their names, for a machine that does not see the folder of the run."""
    with tempfile.TemporaryDirectory(prefix="morava-") as name:
        folder = Path(name)
        _write_outcome(folder, numbers, outcome, hours or {})
        files = sorted(file for file in folder.rglob("*") if file.is_file())
        return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def unpack_chunk(path: Path, numbers: range, packed: Mapping[str, bytes]) -> None:
    """Write one chunk from its files, whole or not at all: the same bytes as if it had been computed here."""
    with _whole_chunk(path, numbers) as folder:
        for name, content in packed.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)


def _write_outcome(folder: Path, numbers: range, outcome: Outcome, hours: Arrays) -> None:
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("SET preserve_insertion_order = true")
        write_values(outcome.values, folder, connection)
        for initiative, values in sorted(outcome.without.items()):
            write_values(values, folder / WITHOUT / initiative, connection)
        if hours:
            write_values({name: one.astype(np.float32) for name, one in hours.items()}, folder / HOURS, connection)
    status = {
        "futures": [numbers.start, numbers.stop],
        "answered": len(numbers) - len(outcome.failed),
        "failed": {str(number): reason for number, reason in sorted(outcome.failed.items())},
        "dims": {name: [str(dim) for dim in array.dims] for name, array in sorted(outcome.values.items())},
        "without": {initiative: sorted(values) for initiative, values in sorted(outcome.without.items())},
        "hours": {name: [str(dim) for dim in array.dims] for name, array in sorted(hours.items())},
    }
    (folder / CHUNK_FILE).write_text(json.dumps(status, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read_outcome(path: Path, request: Request) -> Outcome:
    """Return everything that a finished run holds.

    Raises
    ------
    MoravaError
        When chunks are missing: a verdict from half a run would be a wrong one.
    """
    missing = missing_chunks(path, request)
    if missing:
        raise MoravaError(
            Problem(
                f"{path.name} lacks {len(missing)} of {len(chunks_of(request))} chunks",
                str(path),
                f"finish it with `morava resume {path.name}`",
            )
        )
    with _reading() as connection:
        return _told_where_damaged(path, chunks_of(request), lambda chunks: _read_outcome(path, chunks, connection))


T = TypeVar("T")


@contextmanager
def _reading() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("SET preserve_insertion_order = true")
        yield connection


def _told_where_damaged(path: Path, chunks: Sequence[range], read: Callable[[Sequence[range]], T]) -> T:
    """Read chunks at once; where that cannot be done, say which of them is damaged and how it is made again."""
    try:
        return read(chunks)
    except UNREADABLE as together:
        for numbers in chunks:
            try:
                read([numbers])
            except UNREADABLE as error:
                mend = f"take this folder away, then `morava resume {path.name}` makes it again"
                what = f"{path.name} has a damaged chunk ({error})"
                raise MoravaError(Problem(what, str(chunk_folder(path, numbers)), mend)) from error
        what, mend = f"chunks of {path.name} do not fit together ({together})", "make the run again with `morava run`"
        raise MoravaError(Problem(what, str(path), mend)) from together


def read_some(path: Path, chunks: Iterable[range], names: Collection[str]) -> dict[str, xr.DataArray]:
    """Return some quantities of some chunks on disk, over the futures that were answered.

    Raises
    ------
    MoravaError
        When a chunk is missing or damaged.
    """
    return _read_some(path, list(chunks), "dims", "", names)


def read_hours(path: Path, request: Request, names: Collection[str]) -> dict[str, xr.DataArray]:
    """Return some quantities that are kept by the hour, over the futures that hold them, in single precision.

    Duration curves are there for every future in which power is solved exactly and was answered, hours for the first
    future alone. What no chunk holds is left out.

    Raises
    ------
    MoravaError
        When a chunk is missing or damaged.
    """
    solved = [numbers for numbers in chunks_of(request) if numbers.start < request.power_futures]
    return _read_some(path, solved, "hours", HOURS, names)


def _read_some(
    path: Path, chunks: Sequence[range], listed: str, inside: str, names: Collection[str]
) -> dict[str, xr.DataArray]:
    def read(chunks: Sequence[range]) -> dict[str, xr.DataArray]:
        folders = {}
        for folder in (chunk_folder(path, numbers) for numbers in chunks):
            dims = _status(folder)[listed]
            folders[folder / inside] = {name: order for name, order in dims.items() if name in names}
        return read_values(folders, connection)

    with _reading() as connection:
        return _told_where_damaged(path, chunks, read)


def _status(folder: Path) -> dict[str, Any]:
    status: dict[str, Any] = json.loads((folder / CHUNK_FILE).read_text(encoding="utf-8"))
    return status


def _read_outcome(path: Path, chunks: Sequence[range], connection: duckdb.DuckDBPyConnection) -> Outcome:
    statuses = {numbers: _status(chunk_folder(path, numbers)) for numbers in chunks}
    failed = {int(number): why for status in statuses.values() for number, why in status["failed"].items()}
    held = {numbers: status for numbers, status in statuses.items() if status["dims"]}

    def read(inside: Path, names: Mapping[range, Collection[str]]) -> dict[str, xr.DataArray]:
        folders = {
            chunk_folder(path, numbers) / inside: {name: statuses[numbers]["dims"][name] for name in own}
            for numbers, own in names.items()
        }
        found = read_values(folders, connection)
        for name, array in found.items():
            own = [number for numbers in names if name in names[numbers] for number in numbers if number not in failed]
            if array.coords["future"].to_numpy().tolist() != own:
                raise ValueError(f"{name} does not hold the futures that were answered")
        return found

    initiatives = [sorted(status["without"]) for status in held.values()]
    if any(own != initiatives[0] for own in initiatives):
        raise ValueError("initiatives that were left out differ from chunk to chunk")
    values = read(Path(), {numbers: status["dims"] for numbers, status in held.items()})
    without = {  # the power program is not solved again without an initiative where no test asks for it
        one: read(Path(WITHOUT, one), {numbers: status["without"][one] for numbers, status in held.items()})
        for one in (initiatives[0] if initiatives else [])
    }
    return Outcome(values, without, failed, path.name)


def log(path: Path, event: str, **details: object) -> None:
    """Add a line to the log of a run, which is no part of its result."""
    line = json.dumps({"time": time.time(), "event": event, **details}, sort_keys=True)
    with (path / LOG_FILE).open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def pack_of(path: Path, request: Request) -> str:
    """Return where the pack of a run lay when it was last started: a folder, or the name of a country."""
    try:
        lines = [json.loads(line) for line in (path / LOG_FILE).read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError):
        return request.country
    packs = [str(line["pack"]) for line in lines if line.get("event") == "start" and "pack" in line]
    return packs[-1] if packs else request.country
