"""A small store of runs, and pages over it that listen on a real socket."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from morava.runs.explore import Plan, explore, read_plan
from morava.runs.request import detail_for, make_request, name_of
from morava.runs.types import Request
from morava.web import Settings, create_app

Open = Callable[[Settings], httpx.Client]
FUTURES = 24


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Give the address of an application that listens on this machine while the block runs."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on", timeout_graceful_shutdown=2))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server ended before it began"
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        app.state.service.jobs.ending = True
        server.should_exit = True
        thread.join()
        listening.close()


def small(strategy: str, power_futures: int) -> tuple[Plan, Request]:
    """Return a small run of a strategy of Ruritania: power in one week of one year."""
    plan = read_plan("ruritania", strategy)
    detail = detail_for(plan.country, power_futures, "2030", "1", False)
    return plan, make_request(plan.country, plan.strategy, plan.futures, FUTURES, detail=detail)


@pytest.fixture(scope="session")
def small_runs() -> tuple[tuple[Plan, Request], ...]:
    """Return what the store holds: the variant, and the plan."""
    return small("crown-2030-late", 0), small("crown-2030", 1)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory, small_runs: tuple[tuple[Plan, Request], ...]) -> Path:
    """Return a folder with two finished runs of Ruritania: the variant, and the plan."""
    folder = tmp_path_factory.mktemp("web-runs")
    for plan, request in small_runs:
        explore(plan, request, folder, 1)
    return folder


@pytest.fixture(scope="session")
def run(small_runs: tuple[tuple[Plan, Request], ...]) -> str:
    """Return the name of the run of the plan."""
    return name_of(small_runs[1][1])


@pytest.fixture(scope="session")
def other_run(small_runs: tuple[tuple[Plan, Request], ...]) -> str:
    """Return the name of the run of the variant."""
    return name_of(small_runs[0][1])


@pytest.fixture(scope="module")
def open_page() -> Iterator[Open]:
    """Open pages, each with a client that asks as the page itself does; all end with the module."""
    with ExitStack() as stack:

        def opened(settings: Settings) -> httpx.Client:
            address = stack.enter_context(served(create_app(settings)))
            client = httpx.Client(base_url=address, headers={"Origin": address}, timeout=120, trust_env=False)
            return stack.enter_context(client)

        yield opened


@pytest.fixture(scope="module")
def page(open_page: Open, store: Path) -> httpx.Client:
    """Return a client of a page over the store."""
    return open_page(Settings("ruritania", store))
