"""The application: routers by theme, one guard around them, every refusal as problems."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response

from morava.errors import MoravaError, Problem
from morava.web import claim_routes, job_routes, language_routes, lever_routes, page, run_routes, source_routes
from morava.web.asked import default_work
from morava.web.guard import Guard
from morava.web.replies import Refusal, refusal, refuse
from morava.web.service import Service, make_service
from morava.web.settings import Settings
from morava.web.stored import newest_like

REFUSALS = {
    400: "the body cannot be read", 401: "the token is missing", 403: "asked from another page", 404: "not there",
    408: "the body did not come", 409: "the run cannot be shown", 413: "the body is too long",
    414: "the address is too long", 415: "the body is not JSON", 421: "asked for another host",
    422: "asked for what cannot be", 429: "too many wait", 500: "a fault", 503: "too many requests",
}  # fmt: skip
SMALLEST_PACKED = 1024


def create_app(settings: Settings) -> FastAPI:
    """Return the application.

    Raises
    ------
    MoravaError
        When the pack cannot be read, or the reader's document is not the strategy's.

    Examples
    --------
    >>> sorted(create_app(Settings("ruritania")).openapi()["paths"])[:2]
    ['/api/compare', '/api/cost']
    """
    responses: dict[int | str, dict[str, Any]] = {
        status: {"model": Refusal, "description": text} for status, text in REFUSALS.items()
    }
    app = FastAPI(
        title="Morava", version=version("morava"), openapi_url="/api/openapi.json", docs_url=None, redoc_url=None,
        lifespan=_life, redirect_slashes=False, responses=responses,
    )  # fmt: skip
    app.state.service = make_service(settings)
    app.state.page = page.read_page(settings)
    for module in (run_routes, claim_routes, lever_routes, source_routes, job_routes, language_routes):
        app.include_router(module.router)
    for router in (run_routes.beside, page.router):
        app.include_router(router)
    app.add_middleware(GZipMiddleware, minimum_size=SMALLEST_PACKED)
    app.add_middleware(Guard, settings=settings)
    app.add_exception_handler(MoravaError, _refused)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _not_there)
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    service: Service = app.state.service
    if service.settings.begin:
        begin_first(service)
    try:
        yield
    finally:
        service.jobs.close()


def begin_first(service: Service) -> None:
    """Start a run of the country served, where none of it can be shown."""
    work = default_work(service.settings)
    if newest_like(work.request, service.settings.folder) is None:
        service.jobs.start(work)


async def _refused(_: Request, error: Exception) -> Response:
    if not isinstance(error, MoravaError):
        raise error
    return refuse(error)


async def _not_understood(_: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    return refuse(MoravaError([_problem(found) for found in error.errors()]))


def _problem(found: Mapping[str, Any]) -> Problem:
    where = ".".join(str(part) for part in found["loc"])[:200]
    return Problem(f"{found['msg']}"[:300], where, "see /api/openapi.json for what this address takes")


async def _not_there(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    where, mend = request.url.path[:200], "see /api/openapi.json for the addresses that there are"
    return refuse(refusal(error.status_code, str(error.detail), where, mend), headers=error.headers)
