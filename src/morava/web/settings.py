"""What the page is started with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Settings:
    """Where the page listens, what it shows, and what it bears.

    Parameters
    ----------
    country
        Name or folder of the pack that is served first.
    folder
        Where runs are kept.
    host
        Address that it listens on.
    token
        What every request must hold; empty where it listens on this machine alone.
    document
        The reader's own copy of the strategy's document.
    static
        Folder of the built page; that of the package without it.
    begin
        Whether a run is started where none can be shown.
    futures
        Futures of a run where a request names no number.
    largest_body
        Bytes of a request's body.
    body_seconds
        Seconds in which a body must have come.
    most_at_once
        Requests at a time.
    most_waiting
        Requests that wait for the answers of a run.
    most_jobs
        Jobs that wait.
    kept_runs
        Runs whose answers stay in memory.
    """

    country: str = "serbia"
    folder: Path = Path("runs")
    host: str = "127.0.0.1"
    token: str = ""
    document: Path | None = None
    static: Path | None = None
    begin: bool = False
    futures: int = 1000
    largest_body: int = 64 * 1024
    body_seconds: float = 10.0
    most_at_once: int = 96
    most_waiting: int = 32
    most_jobs: int = 8
    kept_runs: int = 3


def is_loopback(host: str) -> bool:
    """Return whether an address is that of this machine alone.

    Examples
    --------
    >>> is_loopback("127.0.0.1"), is_loopback("0.0.0.0")
    (True, False)
    """
    return host in LOOPBACK
