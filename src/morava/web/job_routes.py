"""Addresses of jobs: what is served here, what a run costs, starting, watching and stopping one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from morava.web.asked import MOST_FUTURES, NAME, Asked, NewRun, default_work, packs_of, strategies_of, work_of
from morava.web.cost import rates_like, seconds_left
from morava.web.jobs import OVER, Jobs, JobState
from morava.web.replies import RefusedError, as_json, reply
from morava.web.service import Here, JobName, JsonOnly, Known
from morava.web.stored import newest_like

BEAT = 0.5
"""Seconds between two looks at a job that somebody listens to."""
EVERY = 30
"""Looks after which something is sent even if nothing changed."""

router = APIRouter(prefix="/api", dependencies=[Known], tags=["jobs"])


@dataclass(frozen=True)
class Pack:
    """A country that runs can be made of, and its strategies; the default one first."""

    country: str
    strategies: tuple[str, ...]


@dataclass(frozen=True)
class Served:
    """What this page serves: the version, the country shown first, its newest run, whether it has a document."""

    version: str
    country: str
    run: str | None
    document: bool
    futures: int
    packs: tuple[Pack, ...]


@dataclass(frozen=True)
class Cost:
    """How many chunks a run still lacks and how long that takes; null where nobody knows yet."""

    run: str
    done: int
    total: int
    seconds: float | None


@router.get("/served", response_model=Served)
def served(here: Here) -> Response:
    """Say what is served here."""
    settings = here.settings
    request = default_work(settings).request
    packs = tuple(Pack(name, tuple(strategies_of(pack))) for name, pack in sorted(packs_of(settings).items()))
    run = newest_like(request, settings.folder)
    found = Served(version("morava"), request.country, run, here.document is not None, settings.futures, packs)
    return reply(found)


@router.get("/cost", response_model=Cost)
def cost(
    here: Here,
    country: Annotated[str | None, Query(pattern=NAME)] = None,
    strategy: Annotated[str | None, Query(pattern=NAME)] = None,
    futures: Annotated[int | None, Query(ge=1, le=MOST_FUTURES)] = None,
) -> Response:
    """Say what a run would cost before it is started."""
    named = country or default_work(here.settings).request.country
    work = work_of(NewRun(country=named, strategy=strategy, futures=futures), here.settings)
    folder = here.settings.folder
    done, total = here.jobs.progress(work)
    return reply(Cost(work.run, done, total, seconds_left(work.request, folder, rates_like(work.request, folder))))


@router.get("/jobs", response_model=list[JobState])
def jobs(here: Here) -> Response:
    """List the jobs that are remembered, the newest first."""
    return reply(here.jobs.all())


@router.post("/jobs", response_model=JobState, status_code=202, dependencies=[JsonOnly])
def start(here: Here, asked: Asked) -> Response:
    """Start a run, or go on with one."""
    return reply(here.jobs.start(work_of(asked, here.settings)), 202)


@router.get("/jobs/{job}", response_model=JobState)
def show(here: Here, job: JobName) -> Response:
    """Show how far a job is."""
    return reply(here.jobs.show(job))


@router.delete("/jobs/{job}", response_model=JobState)
def stop(here: Here, job: JobName) -> Response:
    """Stop a job; what was done is kept."""
    return reply(here.jobs.stop(job))


@router.get("/jobs/{job}/events", response_class=StreamingResponse,
            responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}})  # fmt: skip
def events(here: Here, job: JobName, request: Request) -> Response:
    """Tell of a job as it goes on, as server-sent events, until it is over."""
    here.jobs.show(job)
    return StreamingResponse(_told(here.jobs, job, request), media_type="text/event-stream")


async def _told(jobs: Jobs, job: str, request: Request) -> AsyncIterator[str]:
    last, silent = "", 0
    while not jobs.closed and not await request.is_disconnected():
        try:
            state = await asyncio.to_thread(jobs.show, job)
        except RefusedError:  # it was over long ago and is remembered no more
            return
        text = as_json(state)
        silent = 0 if text != last else silent + 1
        if text != last or silent >= EVERY:
            yield f"data: {text}\n\n"
            last, silent = text, 0
        if state.state in OVER:
            return
        await asyncio.sleep(BEAT)
