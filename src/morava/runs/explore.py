"""Many futures: chunks over workers, each whole on disk or not there, so that a killed run can go on."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from morava.errors import MoravaError, Problem
from morava.plans.levers import read_levers
from morava.plans.read import read_country, read_futures, read_strategy
from morava.plans.types import Country, Futures, Strategy
from morava.runs.chunk_task import ChunkTask
from morava.runs.engines import Engine, ProcessPool
from morava.runs.frozen_run import frozen_by
from morava.runs.levers import canonical, moved, read_settings
from morava.runs.library import library_for
from morava.runs.lower import lower
from morava.runs.request import chunks_of, detail_of, make_request
from morava.runs.store import log, missing_chunks, open_run, pack_of
from morava.runs.types import Request
from morava.runs.without import strategies_of

STOP_AFTER_VARIABLE = "MORAVA_STOP_AFTER_CHUNKS"
"""Set by the tests of faults: the process ends itself, hard, once so many chunks are on disk."""

Progress = Callable[[int, int], None]
LOCAL_PROCESSES = ProcessPool()


@dataclass(frozen=True)
class Plan:
    """What a run reads: a country, a strategy, a futures file; the strategy as `levers` moved it."""

    country: Country
    strategy: Strategy
    futures: Futures
    pack: str
    levers: str = ""


def read_plan(
    country: str, strategy: str = "", futures: str = "default", levers: str | Mapping[str, float] = ""
) -> Plan:
    """Read a country, one of its strategies (its default without a name), and a futures file.

    Parameters
    ----------
    country, strategy, futures
        Names; of a country also its folder.
    levers
        Where levers of the strategy stand, by name or as `name=value` with commas; as written where they are not named.

    Raises
    ------
    MoravaError
        Everything that is wrong with the files or with the levers.
    """
    found = read_country(country)
    pack = str(Path(country).resolve()) if Path(country).is_dir() else country
    written = read_strategy(found, strategy)
    known = read_levers(found, written) if levers else {}
    settings = read_settings(levers, known) if isinstance(levers, str) else dict(levers)
    return Plan(
        country=found,
        strategy=moved(written, found, known, settings),
        futures=read_futures(found, futures),
        pack=pack,
        levers=canonical(known, settings),
    )


def plan_of(path: Path, request: Request) -> Plan:
    """Read again what a stored run was made from."""
    return read_plan(pack_of(path, request), request.strategy, request.futures_file, request.levers)


def explore(
    plan: Plan,
    request: Request,
    folder: Path,
    workers: int,
    progress: Progress | None = None,
    engine: Engine = LOCAL_PROCESSES,
) -> Path:
    """Compute every chunk that a run still lacks, and return its folder.

    Parameters
    ----------
    plan
        What was read; it must be what the request was made from.
    request
        What is asked.
    folder
        Where runs are kept.
    workers
        How many compute at a time; the result does not depend on them.
    progress
        Called with the number of chunks done and of all chunks.
    engine
        Who computes; the result does not depend on that either.

    Raises
    ------
    MoravaError
        When the plan is not the one of the request, lacks what the models need in every future, or a worker ended
        without an answer.
    """
    _check_same(plan, request)
    for strategy in strategies_of(plan.strategy).values():
        lower(plan.country, strategy, plan.futures, request.seed, [0])
    path = open_run(request, folder)
    todo = missing_chunks(path, request)
    total = len(chunks_of(request))
    done = total - len(todo)
    log(path, "start", workers=workers, engine=engine.name, missing=len(todo), pack=plan.pack)
    if progress:
        progress(done, total)
    library = library_for(request, plan.country, plan.strategy, plan.futures, path) if todo else None
    task = ChunkTask(plan.country, plan.strategy, plan.futures, request, path, library)
    exact = [numbers for numbers in todo if numbers.start < request.power_futures]
    for chunks in (exact, [numbers for numbers in todo if numbers not in exact]):
        if chunks and chunks is not exact:
            task = replace(task, frozen=frozen_by(path, request))
        with closing(engine.completed(task, chunks, workers)) as completed:
            for numbers in completed:
                done += 1
                _finish_one(path, numbers, done, total, progress)
    log(path, "end")
    return path


def request_again(plan: Plan, request: Request) -> Request:
    """Return what would be asked now by a plan that was read again."""
    return make_request(
        plan.country, plan.strategy, plan.futures, request.futures, request.seed, request.chunk_size,
        detail_of(request), plan.levers,
    )  # fmt: skip


def _finish_one(path: Path, numbers: range, done: int, total: int, progress: Progress | None) -> None:
    log(path, "chunk", first=numbers.start)
    if progress:
        progress(done, total)
    stop = os.environ.get(STOP_AFTER_VARIABLE)
    if stop and len(list(path.glob("chunk-*"))) >= int(stop) and done < total:
        os._exit(137)


def _check_same(plan: Plan, request: Request) -> None:
    now = request_again(plan, request)
    if now != request:
        differing = [name for name in now.__dataclass_fields__ if getattr(now, name) != getattr(request, name)]
        raise MoravaError(
            Problem(
                f"what was asked and what is here differ in {', '.join(differing)}",
                f"run of {request.country}",
                "pack, code or libraries changed since: start a new run with `morava run`",
            )
        )
