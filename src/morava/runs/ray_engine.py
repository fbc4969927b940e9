"""Ray as an optional library: the chunks of a run on a cluster, or on a small one that is started for it here."""

from __future__ import annotations

import logging
import os
import re
import socket
import sys
import tempfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from types import ModuleType

from morava.errors import MoravaError, Problem
from morava.runs.engines import SINGLE_THREAD, Remote, Task, stopped_worker

ADDRESS_VARIABLE = "RAY_ADDRESS"
QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}
"""Nothing is reported to Ray's makers; and Ray need not warn of accelerators, which no chunk asks for."""
LOCAL = "local"
HOST_AND_PORT = re.compile(r"(?P<host>[^/:]+):(?P<port>[0-9]{1,5})")
PATIENCE = 10.0
"""Seconds within which a cluster must answer."""
RETRIES = 3
"""How often a chunk is computed again when its worker died: a machine may leave, but a chunk may also be what kills."""


def load_ray(name: str = "ray") -> ModuleType:
    """Return Ray, or a part of it.

    Raises
    ------
    MoravaError
        When it is not installed.
    """
    os.environ.update(QUIET)
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise MoravaError(Problem(f"{name} is not installed", "--engine ray", 'pip install "morava[ray]"')) from error


@dataclass(frozen=True)
class RayCluster:
    """A cluster by its address; without one, that of RAY_ADDRESS; without either, one of this machine."""

    address: str = ""
    name: str = "ray"

    @property
    def place(self) -> str:
        """The address that is meant; none for a cluster of this machine."""
        return self.address or os.environ.get(ADDRESS_VARIABLE, "")

    def default_workers(self) -> int:
        """Return one worker a core of this machine, or zero, all that there is, on a cluster by its address."""
        return 0 if self.place else os.cpu_count() or 1

    def completed(self, task: Task, chunks: Sequence[range], workers: int) -> Generator[range]:
        """Give every chunk as soon as it is whole on disk.

        On a cluster by its address at most so many chunks are computed at a time as there are workers; zero: as many as
        the cluster takes.

        Raises
        ------
        MoravaError
            When Ray is not installed, the cluster is not found, or a worker ended without an answer again and again.
        """
        if not chunks:
            return
        ray = load_ray()
        with connected(ray, self.place, workers):
            common = ray.put(task.elsewhere())
            compute = ray.remote(num_cpus=1, max_retries=RETRIES)(_compute)
            todo = iter(chunks)
            waiting: dict[object, range] = {}
            while True:
                for numbers in islice(todo, (workers or len(chunks)) - len(waiting)):
                    waiting[compute.remote(common, numbers)] = numbers
                if not waiting:
                    return
                for ready in ray.wait(list(waiting))[0]:
                    numbers = waiting.pop(ready)
                    task.keep(numbers, self._result(ray, ready, numbers))
                    yield numbers

    def _result(self, ray: ModuleType, ready: object, numbers: range) -> dict[str, bytes]:
        try:
            found: dict[str, bytes] = ray.get(ready)
        except ray.exceptions.RayTaskError as error:
            if isinstance(error.cause, MoravaError):
                raise error.cause from error
            raise
        except ray.exceptions.RayError as error:
            raise stopped_worker(numbers, self.name, type(error).__name__) from error
        return found


def _compute(task: Remote, numbers: range) -> dict[str, bytes]:
    return dict(task(numbers))


@contextmanager
def connected(ray: ModuleType, address: str, workers: int) -> Iterator[None]:
    """Hold a connection to a cluster; one that was there before is used, and left as it is.

    Raises
    ------
    MoravaError
        When no cluster answers.
    """
    if ray.is_initialized():
        yield
        return
    # Ray tells of workers that died by printing, with no way to ask it not to; stdout belongs to the document.
    with redirect_stdout(sys.stderr):
        _connect(ray, address, workers)
        try:
            yield
        finally:
            ray.shutdown()


def _connect(ray: ModuleType, address: str, workers: int) -> None:
    where = {"address": address} if address else {"address": LOCAL, "num_cpus": workers or os.cpu_count()}
    try:
        _knock(address)
        ray.init(
            **where,
            include_dashboard=None if address else False,
            log_to_driver=False,
            logging_level=logging.ERROR,
            runtime_env={"env_vars": dict.fromkeys(SINGLE_THREAD, "1")},
        )
    except (OSError, RuntimeError, ValueError, ImportError, ray.exceptions.RayError) as error:
        mend = (
            "start one with `ray start --head`, and name it on one of its machines as host:port or auto; "
            "where it asks for a token, set RAY_AUTH_MODE=token"
            if address
            else f"look into {tempfile.gettempdir()}/ray/session_latest/logs, or compute with `--engine local`"
        )
        raise MoravaError(Problem(f"no Ray cluster answers ({error})", f"Ray at {address or LOCAL}", mend)) from error


def _knock(address: str) -> None:
    """See that somebody listens at host:port; Ray itself would try for minutes."""
    found = HOST_AND_PORT.fullmatch(address)
    if found:
        socket.create_connection((found["host"], int(found["port"])), timeout=PATIENCE).close()
