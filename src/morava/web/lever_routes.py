"""Address of the levers of a run: what can be chosen otherwise, and what answers at once when it is."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from morava.views.levers import levers_of
from morava.web.replies import reply
from morava.web.service import AboutRun, Known

router = APIRouter(prefix="/api/runs/{run}", dependencies=[Known], tags=["levers"])


@router.get("/levers", response_model=dict[str, Any])
def list_levers(asking: AboutRun) -> Response:
    """List the levers with their emulator; not kept, since one may be fitted while the page is open."""
    folder = asking.service.settings.folder
    return reply(asking.show(lambda answers: levers_of(answers, folder)))
