"""Which runs lie in the store, and which of them this page can show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from morava.runs.levers import read_settings
from morava.runs.request import NUMERIC_LIBRARIES, chunks_of, code_hash
from morava.runs.store import RUN_FILE, is_finished, list_runs, missing_chunks
from morava.runs.types import Request


@dataclass(frozen=True)
class StoredRun:
    """A run of the store: what was asked, when it was begun, how much of it is there.

    `current` says whether the code and the libraries of today are those that it was made with; of another one only the
    saved verdicts can be read.
    """

    run: str
    country: str
    strategy: str
    futures: int
    seed: int
    finished: bool
    current: bool
    done: int
    total: int
    made: str
    levers: Mapping[str, float] = field(default_factory=dict)


def stored_runs(folder: Path) -> list[StoredRun]:
    """Return all runs of a folder, the newest first."""
    now = versions_now()
    return [_row(path, request, now) for path, request in list_runs(folder)]


def versions_now() -> dict[str, str]:
    """Return the versions of the numeric libraries that are installed."""
    return {name: version(name) for name in NUMERIC_LIBRARIES}


def _row(path: Path, request: Request, now: Mapping[str, str]) -> StoredRun:
    total = len(chunks_of(request))
    missing = len(missing_chunks(path, request))
    made = datetime.fromtimestamp((path / RUN_FILE).stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return StoredRun(
        run=path.name,
        country=request.country,
        strategy=request.strategy,
        futures=request.futures,
        seed=request.seed,
        finished=not missing,
        current=request.code_hash == code_hash() and dict(request.versions) == now,
        done=total - missing,
        total=total,
        made=made,
        levers=read_settings(request.levers),
    )


def newest_like(request: Request, folder: Path) -> str | None:
    """Return the newest finished run that stands on the same country, code and libraries as a request."""
    for path, other in list_runs(folder):
        if _ground(other) == _ground(request) and is_finished(path, other):
            return path.name
    return None


def _ground(request: Request) -> tuple[object, ...]:
    return request.country, request.country_hash, request.code_hash, dict(request.versions)
