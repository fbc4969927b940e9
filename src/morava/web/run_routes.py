"""Addresses of runs: which there are, what they are, their screens and charts."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from morava.views.about import About, about
from morava.views.compare import compare
from morava.views.types import Chart, Screen
from morava.web.asked import RUN
from morava.web.replies import CSV, JSON, as_csv, as_json, attached, reply
from morava.web.service import AboutRun, Asking, ChartName, Choices, Here, Known, ScreenName, address_of
from morava.web.stored import StoredRun, stored_runs

CHOSEN: dict[str, Any] = {
    "parameters": [
        {
            "name": "choices", "in": "query", "style": "form", "explode": True,
            "description": "What is chosen in the screen: its `choices` name the parameters and their options.",
            "schema": {"type": "object", "additionalProperties": {"type": "string", "maxLength": 80}},
        }
    ]
}  # fmt: skip
"""Choices are parameters of the address, other ones for every screen."""
AS_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}

Run = Annotated[str, Query(pattern=RUN, description="Name of a run.")]

router = APIRouter(prefix="/api/runs", tags=["runs"])
beside = APIRouter(prefix="/api", tags=["runs"])


@router.get("", response_model=list[StoredRun], dependencies=[Known])
def runs(here: Here) -> Response:
    """List the runs of the store, the newest first."""
    return reply(stored_runs(here.settings.folder))


@router.get("/{run}", response_model=About, dependencies=[Known])
def run(asking: AboutRun) -> Response:
    """Say what a run is."""
    return asking.tell(about)


@router.get("/{run}/screens/{name}", response_model=Screen, openapi_extra=CHOSEN)
def screen_of_run(asking: AboutRun, name: ScreenName, choices: Choices) -> Response:
    """Give a screen of a run."""
    return reply(asking.screen(name, choices))


@router.get("/{run}/charts/{name}/{chart_name}.csv", response_class=Response, responses=AS_CSV, openapi_extra=CHOSEN)
def chart_as_csv(asking: AboutRun, name: ScreenName, chart_name: ChartName, choices: Choices) -> Response:
    """Give the table of a chart as a file."""
    found = asking.chart(name, choices, chart_name)
    return attached(as_csv(found), CSV, f"{name}-{chart_name}-{asking.run}.csv")


@router.get("/{run}/charts/{name}/{chart_name}.json", response_model=Chart, openapi_extra=CHOSEN)
def chart_as_json(asking: AboutRun, name: ScreenName, chart_name: ChartName, choices: Choices) -> Response:
    """Give a chart with its table, units and sources as a file."""
    found = asking.chart(name, choices, chart_name)
    return attached(as_json(found), JSON, f"{name}-{chart_name}-{asking.run}.json")


@beside.get("/compare", response_model=Screen, openapi_extra=CHOSEN)
def compare_runs(here: Here, request: Request, one: Run, other: Run, choices: Choices) -> Response:
    """Put two runs beside each other."""
    chosen = {name: value for name, value in choices.items() if name not in ("one", "other")}
    asking = Asking(here, other, address_of(request))
    return asking.tell_beside(one, lambda first, second: compare(first, second, chosen))
