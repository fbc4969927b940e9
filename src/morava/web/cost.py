"""How long a run takes on this machine: said by the logs of runs that were made on it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from morava.runs.request import chunks_of, name_of
from morava.runs.store import LOG_FILE, list_runs, missing_chunks
from morava.runs.types import Request

KINDS = ("solved", "screened", "other")
Rates = Mapping[str, float]
"""Seconds of the wall clock a future takes, by what is asked of its power system."""


MEASURED: Mapping[str, Rates] = {
    "ruritania": {"solved": 0.6, "other": 0.02},
    "serbia": {"solved": 12.2, "other": 0.14},
}
"""What a run of 1,000 futures took on two cores beside other work on 2026-11-26: said where a store has no run yet."""


def kind_of(first: int, request: Request) -> str:
    """Return what is asked of the power system in the chunk that begins with a future."""
    if first < request.power_futures:
        return "solved"
    return "screened" if first < request.power_screened else "other"


def rates_of(path: Path, request: Request) -> Rates:
    """Return the seconds a future took in a run, by kind; of a kind that nobody made there, nothing.

    Chunks side by side are not told apart: the time from one end to the next counts for the one that ended.
    """
    sizes = {numbers.start: len(numbers) for numbers in chunks_of(request)}
    seconds, futures = dict.fromkeys(KINDS, 0.0), dict.fromkeys(KINDS, 0)
    last: float | None = None
    for line in _lines(path / LOG_FILE):
        first, now = line.get("first"), line.get("time")
        if not isinstance(now, float):
            continue
        if line.get("event") == "chunk" and last is not None and isinstance(first, int) and first in sizes:
            kind = kind_of(first, request)
            seconds[kind] += max(now - last, 0.0)
            futures[kind] += sizes[first]
        last = now
    return {kind: seconds[kind] / futures[kind] for kind in KINDS if futures[kind]}


def _lines(file: Path) -> list[dict[str, object]]:
    try:
        found = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.endswith("}")]
    except (OSError, ValueError):
        return []
    return [line for line in found if isinstance(line, dict)]


def rates_like(request: Request, folder: Path) -> Rates:
    """Return the rates of the newest runs of the same country that asked the same of its power system.

    What no run in the folder shows is taken from MEASURED; of a pack that is not there, nothing.
    """
    found: dict[str, float] = {}
    for path, other in list_runs(folder):
        if _likeness(other) == _likeness(request):
            found = {**rates_of(path, other), **found}
    return {**MEASURED.get(request.country, {}), **found}


def _likeness(request: Request) -> tuple[object, ...]:
    return request.country, request.power_years, request.power_weeks, bool(request.power_check)


def seconds_left(request: Request, folder: Path, rates: Rates) -> float | None:
    """Return how long the chunks that a run lacks will take; None where no rate tells it.

    Parameters
    ----------
    request
        What the run was asked.
    folder
        Where runs are kept.
    rates
        Seconds a future of runs before it; what the run itself has shown goes before them.
    """
    path = folder / name_of(request)
    found = {**rates, **rates_of(path, request)}
    left = dict.fromkeys(KINDS, 0)
    for numbers in missing_chunks(path, request):
        left[kind_of(numbers.start, request)] += len(numbers)
    wanted = [kind for kind in KINDS if left[kind]]
    return sum(left[kind] * found[kind] for kind in wanted) if all(kind in found for kind in wanted) else None
