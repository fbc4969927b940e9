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
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import xarray as xr

from morava.errors import MoravaError, Problem
from morava.quantities import find
from morava.runs.join import join
from morava.runs.request import chunks_of, name_of
from morava.runs.types import Outcome, Request

RUNS_VARIABLE = "MORAVA_RUNS"
RUN_FILE, CHUNK_FILE, LOG_FILE, WITHOUT = "run.json", "chunk.json", "log.jsonl", "without"
HOURS = "hours"
VERDICTS_FILE = "verdicts.json"


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


def _table(array: xr.DataArray) -> pd.DataFrame:
    dims = [str(dim) for dim in array.dims]
    array = array.sortby(dims)
    labels = [array.coords[dim].to_numpy() for dim in dims]
    places = np.indices(array.shape, dtype=np.int32)
    columns: dict[str, object] = {}
    for dim, label, place in zip(dims, labels, places, strict=True):
        if label.dtype.kind in "iu":
            columns[dim] = label.astype(np.int32)[place.ravel()]
        else:
            columns[dim] = pd.Categorical.from_codes(place.ravel(), categories=pd.Index([str(name) for name in label]))
    columns["value"] = array.to_numpy().ravel()
    return pd.DataFrame(columns)


def _write_values(values: Mapping[str, xr.DataArray], folder: Path, connection: duckdb.DuckDBPyConnection) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in sorted(values.items()):
        table = _table(array)
        dims = [column for column in table.columns if column != "value"]
        select = ", ".join(
            f'"{dim}"::VARCHAR AS "{dim}"' if table[dim].dtype == "category" else f'"{dim}"' for dim in dims
        )
        connection.register("long_table", table)
        target = str(folder / f"{name}.parquet").replace("'", "''")
        connection.execute(
            f"COPY (SELECT {select}, value FROM long_table) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        )
        connection.unregister("long_table")


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
        _write_values(outcome.values, folder, connection)
        for initiative, values in sorted(outcome.without.items()):
            _write_values(values, folder / WITHOUT / initiative, connection)
        if hours:
            _write_values({name: one.astype(np.float32) for name, one in hours.items()}, folder / HOURS, connection)
    status = {
        "futures": [numbers.start, numbers.stop],
        "answered": len(numbers) - len(outcome.failed),
        "failed": {str(number): reason for number, reason in sorted(outcome.failed.items())},
        "dims": {name: [str(dim) for dim in array.dims] for name, array in sorted(outcome.values.items())},
        "without": {initiative: sorted(values) for initiative, values in sorted(outcome.without.items())},
        "hours": {name: [str(dim) for dim in array.dims] for name, array in sorted(hours.items())},
    }
    (folder / CHUNK_FILE).write_text(json.dumps(status, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _labels(column: np.ndarray, block: int) -> tuple[np.ndarray, int]:
    """Return the labels of a dimension, and how many rows each of them fills in a sorted table.

    Only the first block of rows is looked at: the dimensions before hold one label there. Whole numbers stay whole.
    """
    first = column[:block]
    starts = np.concatenate([[0], np.flatnonzero(first[1:] != first[:-1]) + 1])
    labels = first[starts]
    return labels.astype(np.int64) if labels.dtype.kind in "iu" else labels.astype(object), block // len(starts)


def _read_values(
    folder: Path, dims: Mapping[str, list[str]], connection: duckdb.DuckDBPyConnection
) -> dict[str, xr.DataArray]:
    values = {}
    for name, order in dims.items():
        table = connection.execute("SELECT * FROM read_parquet(?)", [str(folder / f"{name}.parquet")]).fetchnumpy()
        coords, block = {}, len(table["value"])
        for dim in order:
            coords[dim], block = _labels(np.asarray(table[dim]), block)
        data = np.asarray(table["value"], dtype=float).reshape([len(label) for label in coords.values()])
        values[name] = xr.DataArray(data, coords=coords, dims=order, name=name, attrs={"unit": find(name).unit})
    return values


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
    outcomes = []
    with duckdb.connect(config={"threads": 1}) as connection:
        for numbers in chunks_of(request):
            folder = chunk_folder(path, numbers)
            with _told_where_damaged(path, folder):
                outcomes.append(_read_chunk(folder, numbers, path.name, connection))
    return join(outcomes, path.name)


@contextmanager
def _told_where_damaged(path: Path, folder: Path) -> Iterator[None]:
    """Say of a chunk that cannot be read which it is, and how it is made again."""
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError, AttributeError, duckdb.Error) as error:
        raise MoravaError(
            Problem(
                f"{path.name} has a damaged chunk ({error})",
                str(folder),
                f"take this folder away, then `morava resume {path.name}` makes it again",
            )
        ) from error


def read_some(path: Path, chunks: Iterable[range], names: Collection[str]) -> dict[str, xr.DataArray]:
    """Return some quantities of some chunks on disk, over the futures that were answered.

    Raises
    ------
    MoravaError
        When a chunk is missing or damaged.
    """
    outcomes = []
    with duckdb.connect(config={"threads": 1}) as connection:
        for numbers in chunks:
            folder = chunk_folder(path, numbers)
            with _told_where_damaged(path, folder):
                dims = {name: order for name, order in _status(folder)["dims"].items() if name in names}
                outcomes.append(Outcome(_read_values(folder, dims, connection), {}, {}, path.name))
    return dict(join(outcomes, path.name).values) if outcomes else {}


def read_hours(path: Path, request: Request, names: Collection[str]) -> dict[str, xr.DataArray]:
    """Return some quantities that are kept by the hour, over the futures that hold them, in single precision.

    Duration curves are there for every future in which power is solved exactly and was answered, hours for the first
    future alone. What no chunk holds is left out.

    Raises
    ------
    MoravaError
        When a chunk is missing or damaged.
    """
    parts = []
    with duckdb.connect(config={"threads": 1}) as connection:
        for numbers in chunks_of(request):
            if numbers.start >= request.power_futures:
                break
            folder = chunk_folder(path, numbers)
            with _told_where_damaged(path, folder):
                dims = {name: order for name, order in _status(folder)["hours"].items() if name in names}
                parts.append(Outcome(_read_values(folder / HOURS, dims, connection), {}, {}, path.name))
    return dict(join(parts, path.name).values) if parts else {}


def _status(folder: Path) -> dict[str, Any]:
    status: dict[str, Any] = json.loads((folder / CHUNK_FILE).read_text(encoding="utf-8"))
    return status


def _read_chunk(folder: Path, numbers: range, run_name: str, connection: duckdb.DuckDBPyConnection) -> Outcome:
    status = _status(folder)
    failed = {int(number): reason for number, reason in status["failed"].items()}
    dims = status["dims"]
    values = _read_values(folder, dims, connection)
    without = {  # the power program is not solved again without an initiative where no test asks for it
        initiative: _read_values(folder / WITHOUT / initiative, {name: dims[name] for name in names}, connection)
        for initiative, names in status["without"].items()
    }
    answered = [number for number in numbers if number not in failed]
    for array in (a for found in (values, *without.values()) for a in found.values()):
        if array.coords["future"].to_numpy().tolist() != answered:
            raise ValueError(f"{array.name} does not hold the futures that were answered")
    return Outcome(values, without, failed, run_name)


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
