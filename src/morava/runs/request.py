"""What a run is: its inputs by hash, and the folder that these hashes name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from morava.plans.hashes import country_hash, futures_hash, strategy_hash
from morava.plans.types import Country, Futures, Strategy
from morava.runs.types import Request

HASHED_ROOMS = ("quantities", "plans", "models", "runs")
NUMERIC_LIBRARIES = ("duckdb", "networkx", "numpy", "pandas", "scipy", "xarray")
CHUNK_SIZE = 250
"""Futures that a worker computes at a time; it never depends on the number of workers."""


def _code_files(folder: Traversable, name: str) -> Iterable[tuple[str, bytes]]:
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.is_dir():
            if item.name != "__pycache__":
                yield from _code_files(item, f"{name}/{item.name}")
        elif not item.name.endswith(".pyc"):
            yield f"{name}/{item.name}", item.read_bytes()


@cache
def code_hash() -> str:
    """Return the hash of the bytes of every room that can move a number."""
    digest = hashlib.sha256()
    for room in HASHED_ROOMS:
        for name, content in _code_files(files("morava").joinpath(room), room):
            digest.update(f"{name}:{len(content)}:".encode())
            digest.update(content.replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def make_request(
    country: Country,
    strategy: Strategy,
    futures: Futures,
    number: int,
    seed: int | None = None,
    chunk_size: int = CHUNK_SIZE,
) -> Request:
    """Return the request for a number of futures of one plan; the seed of the futures file unless one is given."""
    return Request(
        country=country.name,
        strategy=strategy.name,
        futures_file=futures.name,
        futures=number,
        seed=futures.seed if seed is None else seed,
        chunk_size=chunk_size,
        country_hash=country_hash(country),
        strategy_hash=strategy_hash(strategy),
        futures_hash=futures_hash(futures),
        code_hash=code_hash(),
        versions={name: version(name) for name in NUMERIC_LIBRARIES},
    )


def name_of(request: Request) -> str:
    """Return the name of a run: the first sixteen hexadecimal digits of the hash of everything that it depends on."""
    text = json.dumps(asdict(request), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def chunks_of(request: Request) -> list[range]:
    """Return the numbers of the futures of every chunk.

    Examples
    --------
    >>> from morava.runs.types import Request
    >>> request = Request("", "", "", 600, 1, 250, "", "", "", "", {})
    >>> chunks_of(request)
    [range(0, 250), range(250, 500), range(500, 600)]
    """
    size = request.chunk_size
    return [range(first, min(first + size, request.futures)) for first in range(0, request.futures, size)]
