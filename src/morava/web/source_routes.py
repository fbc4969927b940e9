"""Addresses of what everything rests on: facts, sources, conflicts, methods."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from morava.views.facts import MOST, USUAL, FactPage, Facts, fact_page, facts
from morava.views.methods import Method, methods
from morava.views.sources import ConflictRow, SourceRow, conflicts, sources
from morava.web.service import AboutRun, EntryName, Known

LARGEST_OFFSET = 10_000_000
Word = Annotated[str, Query(max_length=200)]

router = APIRouter(prefix="/api/runs/{run}", dependencies=[Known], tags=["sources"])


@router.get("/facts", response_model=Facts)
def list_facts(
    asking: AboutRun,
    find: Word = "",
    status: Word = "",
    quantity: Word = "",
    offset: Annotated[int, Query(ge=0, le=LARGEST_OFFSET)] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST)] = USUAL,
) -> Response:
    """List facts, a page at a time."""
    return asking.tell(lambda answers: facts(answers, find, status, quantity, offset, limit))


@router.get("/facts/{name}", response_model=FactPage)
def show_fact(asking: AboutRun, name: EntryName) -> Response:
    """Give a fact and what stands on it."""
    return asking.tell(lambda answers: fact_page(answers, name))


@router.get("/sources", response_model=tuple[SourceRow, ...])
def list_sources(asking: AboutRun) -> Response:
    """List the sources of the pack."""
    return asking.tell(sources)


@router.get("/conflicts", response_model=tuple[ConflictRow, ...])
def list_conflicts(asking: AboutRun) -> Response:
    """List where sources disagree, and what is done about it."""
    return asking.tell(conflicts)


@router.get("/methods", response_model=tuple[Method, ...])
def list_methods(asking: AboutRun) -> Response:
    """Give the pages that say how each model answers."""
    return asking.tell(lambda _: methods())
