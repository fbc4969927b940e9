"""Many futures: chunks over processes, each whole on disk before the next, so that a killed run can go on."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path

from threadpoolctl import threadpool_limits

from morava.errors import MoravaError, Problem
from morava.plans.read import read_country, read_futures, read_strategy
from morava.plans.types import Country, Futures, Strategy
from morava.runs.lower import lower
from morava.runs.request import chunks_of, detail_of, make_request
from morava.runs.simulate import simulate_outcome, strategies_of
from morava.runs.store import chunk_folder, log, missing_chunks, open_run, write_chunk
from morava.runs.types import Request

SINGLE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
STOP_AFTER_VARIABLE = "MORAVA_STOP_AFTER_CHUNKS"
"""Set by the tests of faults: the process ends itself, hard, once so many chunks are on disk."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Plan:
    """What a run reads: a country, a strategy, a futures file."""

    country: Country
    strategy: Strategy
    futures: Futures
    pack: str


def read_plan(country: str, strategy: str = "", futures: str = "default") -> Plan:
    """Read a country, one of its strategies (its default without a name), and a futures file."""
    found = read_country(country)
    pack = str(Path(country).resolve()) if Path(country).is_dir() else country
    return Plan(found, read_strategy(found, strategy), read_futures(found, futures), pack)


def explore(plan: Plan, request: Request, folder: Path, workers: int, progress: Progress | None = None) -> Path:
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
        Processes; the result does not depend on them.
    progress
        Called with the number of chunks done and of all chunks.

    Raises
    ------
    MoravaError
        When the plan is not the one of the request, or lacks what the models need in every future.
    """
    _check_same(plan, request)
    for strategy in strategies_of(plan.strategy).values():
        lower(plan.country, strategy, plan.futures, request.seed, [0])
    path = open_run(request, folder)
    todo = missing_chunks(path, request)
    total = len(chunks_of(request))
    done = total - len(todo)
    log(path, "start", workers=workers, missing=len(todo), pack=plan.pack)
    if progress:
        progress(done, total)
    if workers == 1 or len(todo) <= 1:
        for numbers in todo:
            _compute(plan, request, path, numbers)
            done += 1
            _finish_one(path, numbers, done, total, progress)
    else:
        with _Pool(plan, request, path, min(workers, len(todo))) as pool:
            waiting = {pool.submit(_compute_in_worker, numbers.start): numbers for numbers in todo}
            for future in as_completed(waiting):
                future.result()
                done += 1
                _finish_one(path, waiting[future], done, total, progress)
    log(path, "end")
    return path


def _finish_one(path: Path, numbers: range, done: int, total: int, progress: Progress | None) -> None:
    log(path, "chunk", first=numbers.start)
    if progress:
        progress(done, total)
    stop = os.environ.get(STOP_AFTER_VARIABLE)
    if stop and len(list(path.glob("chunk-*"))) >= int(stop) and done < total:
        os._exit(137)


def _check_same(plan: Plan, request: Request) -> None:
    now = make_request(
        plan.country, plan.strategy, plan.futures, request.futures, request.seed, request.chunk_size, detail_of(request)
    )
    if now != request:
        differing = [name for name in now.__dataclass_fields__ if getattr(now, name) != getattr(request, name)]
        raise MoravaError(
            Problem(
                f"what was asked and what is here differ in {', '.join(differing)}",
                f"run of {request.country}",
                "pack, code or libraries changed since: start a new run with `morava run`",
            )
        )


def _compute(plan: Plan, request: Request, path: Path, numbers: range) -> None:
    with threadpool_limits(limits=1):
        detail = detail_of(request) if numbers.start < request.power_futures else None
        outcome = simulate_outcome(plan.country, plan.strategy, plan.futures, request.seed, list(numbers), detail)
    write_chunk(path, numbers, outcome)


_WORK: dict[str, object] = {}
"""What a worker was given when it was started: plan, request and folder."""


def _end_with_parent() -> None:
    """Wait for the process that started this one to end, however it ends, and end with it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(EXIT_ORPHAN)


EXIT_ORPHAN = 1


def _start_worker(plan: Plan, request: Request, path: Path) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _WORK.update(plan=plan, request=request, path=path)


def _compute_in_worker(first: int) -> None:
    plan, request, path = _WORK["plan"], _WORK["request"], _WORK["path"]
    assert isinstance(plan, Plan)
    assert isinstance(request, Request)
    assert isinstance(path, Path)
    numbers = next(numbers for numbers in chunks_of(request) if numbers.start == first)
    if not chunk_folder(path, numbers).exists():
        _compute(plan, request, path, numbers)


class _Pool(ProcessPoolExecutor):
    """Fresh processes, one thread of linear algebra each."""

    def __init__(self, plan: Plan, request: Request, path: Path, workers: int) -> None:
        for variable in SINGLE_THREAD:
            os.environ.setdefault(variable, "1")
        super().__init__(
            workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start_worker,
            initargs=(plan, request, path),
        )
