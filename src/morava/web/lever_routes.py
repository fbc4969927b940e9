"""Address of the levers of a run: what can be chosen otherwise, and what answers at once when it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from morava.plans.levers import read_levers
from morava.runs.answers import Answers
from morava.runs.explore import read_plan
from morava.runs.levers import read_settings
from morava.runs.levers_fit import find_emulator
from morava.views.levers import levers_document
from morava.web.replies import reply
from morava.web.service import AboutRun, Known

router = APIRouter(prefix="/api/runs/{run}", dependencies=[Known], tags=["levers"])


@router.get("/levers", response_model=dict[str, Any])
def list_levers(asking: AboutRun) -> Response:
    """List the levers with their emulator; not kept, since one may be fitted while the page is open."""
    folder = asking.service.settings.folder
    return reply(asking.show(lambda answers: levers_of(answers, folder)))


def levers_of(answers: Answers, folder: Path) -> dict[str, Any]:
    """Return the levers of the strategy as it is written, and where those of the run stand."""
    moved = answers.plan
    written = read_plan(moved.pack, moved.strategy.name, moved.futures.name) if moved.levers else moved
    emulator, differing = find_emulator(written.country, written.strategy, written.futures, folder) or (None, [])
    levers = list(read_levers(written.country, written.strategy).values())
    return levers_document(levers, emulator, differing, read_settings(moved.levers))
