"""Addresses of the messages: one text a language."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.responses import PlainTextResponse, Response

from morava.errors import nearest
from morava.languages import LANGUAGES
from morava.views.catalogue import catalogue
from morava.web.replies import refusal
from morava.web.service import Known

Language = Annotated[
    str,
    Path(max_length=20, description="Name of a language.", json_schema_extra={"enum": [*LANGUAGES]}),
]

AS_TEXT: dict[int | str, dict[str, Any]] = {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}

router = APIRouter(prefix="/api", dependencies=[Known], tags=["languages"])


@router.get("/languages/{language}.ftl", response_class=Response, responses=AS_TEXT)
def messages(language: Language) -> Response:
    """Give all messages of a language in Fluent's syntax."""
    check_language(language)
    return PlainTextResponse(catalogue(language))


def check_language(language: str) -> None:
    """Refuse a language that has no messages.

    Raises
    ------
    RefusedError
        With the nearest one.
    """
    if language not in LANGUAGES:
        raise refusal(404, f"there is no language {language}", "languages", nearest(language, LANGUAGES))
