"""Who computes the chunks of a run. What an engine is asked for is the same bytes, in any order, with any workers."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import Protocol

from morava.errors import MoravaError, Problem

SINGLE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
"""Variables that hold a worker to one thread of linear algebra; there are as many workers as cores."""
EXIT_ORPHAN = 1


class Remote(Protocol):
    """Work that needs nothing of the machine on which it was asked for."""

    def __call__(self, numbers: range) -> Mapping[str, bytes]:
        """Return the files of a chunk by their names."""


class Task(Protocol):
    """The work of a run, chunk by chunk."""

    def compute(self, numbers: range) -> None:
        """Compute a chunk and write it where the run is kept."""

    def elsewhere(self) -> Remote:
        """Return the same work for another machine."""

    def keep(self, numbers: range, files: Mapping[str, bytes]) -> None:
        """Write a chunk that was computed elsewhere where the run is kept."""


class Engine(Protocol):
    """Computes chunks."""

    @property
    def name(self) -> str:
        """What the log calls it."""

    def default_workers(self) -> int:
        """Return how many workers there are where no number is asked for; zero: as many as there is room for."""

    def completed(self, task: Task, chunks: Sequence[range], workers: int) -> Generator[range]:
        """Give every chunk as soon as it is whole on disk.

        Raises
        ------
        MoravaError
            When a worker ended without an answer, or what computes is not there.
        """


def stopped_worker(numbers: range, engine: str, why: object) -> MoravaError:
    """Return the error for a worker that ended without an answer."""
    what = f"a worker ended while futures {numbers.start} to {numbers.stop - 1} were computed"
    mend = "what was done is kept: go on with `morava resume`, with fewer `--workers` if memory was short"
    return MoravaError(Problem(f"{what} ({why})", f"engine {engine}", mend))


@dataclass(frozen=True)
class ProcessPool:
    """Processes of this machine, or this process alone for one worker."""

    name: str = "local"

    def default_workers(self) -> int:
        """Return one worker a core."""
        return os.cpu_count() or 1

    def completed(self, task: Task, chunks: Sequence[range], workers: int) -> Generator[range]:
        """Give every chunk as soon as it is whole on disk.

        Raises
        ------
        MoravaError
            When a process ended without an answer.
        """
        if workers == 1 or len(chunks) <= 1:
            for numbers in chunks:
                task.compute(numbers)
                yield numbers
            return
        with _Pool(task, min(workers, len(chunks))) as pool:
            waiting = {pool.submit(_compute, numbers): numbers for numbers in chunks}
            try:
                for future in as_completed(waiting):
                    try:
                        future.result()
                    except BrokenProcessPool as error:
                        raise stopped_worker(waiting[future], self.name, "killed, or out of memory") from error
                    yield waiting[future]
            finally:  # an error or an interruption does not wait for chunks that nobody began
                pool.shutdown(wait=False, cancel_futures=True)


_WORK: dict[str, Task] = {}
"""What a worker was given when it was started."""


def _end_with_parent() -> None:
    """Wait for the process that started this one to end, however it ends, and end with it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(EXIT_ORPHAN)


def _start_worker(task: Task) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _WORK["task"] = task


def _compute(numbers: range) -> None:
    _WORK["task"].compute(numbers)


class _Pool(ProcessPoolExecutor):
    """Fresh processes, one thread of linear algebra each."""

    def __init__(self, task: Task, workers: int) -> None:
        for variable in SINGLE_THREAD:
            os.environ.setdefault(variable, "1")
        super().__init__(
            workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start_worker,
            initargs=(task,),
        )
