"""The built page: files that were there when the server began, served by their exact names."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import Response

from morava.errors import nearest
from morava.web.replies import refusal
from morava.web.settings import Settings

INDEX = "index.html"
HASHED = re.compile(r"[.-][A-Za-z0-9_-]{8,}\.(js|css|woff2|svg|png|json)$")
"""Names that hold a hash of their content, which Vite gives."""
FOR_EVER, ASK_FIRST = "public, max-age=31536000, immutable", "no-cache"
TYPES = {".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".map": "application/json",
         ".ftl": "text/plain"}  # fmt: skip
NOT_BUILT = b"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Morava</title>
<h1>The page is not built</h1>
<p>This copy of Morava has no page in it. In the folder of its sources run <code>npm ci</code> and
<code>npm run build</code> in <code>frontend</code>, then start <code>morava serve</code> again.</p>
<p>What the page would ask answers already: <a href="/api/runs">/api/runs</a>,
<a href="/api/openapi.json">/api/openapi.json</a>.</p>
</html>
"""

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class PageFile:
    """One file of the page: its bytes, their type, how long they may be kept."""

    content: bytes
    media_type: str
    kept: str


def read_page(settings: Settings) -> Mapping[str, PageFile]:
    """Return every file of the built page by its address; without a page only one that says how it is built."""
    folder = settings.static or Path(str(files("morava"))) / "web" / "static"
    found = {
        path.relative_to(folder).as_posix(): _file(path) for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip
    return found if INDEX in found else {INDEX: PageFile(NOT_BUILT, "text/html", ASK_FIRST)}


def _file(path: Path) -> PageFile:
    media_type = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    kept = FOR_EVER if HASHED.search(path.name) else ASK_FIRST
    return PageFile(path.read_bytes(), media_type, kept)


@router.get("/{path:path}")
def page(path: str, request: Request) -> Response:
    """Give a file of the page; its parameters are the state of the page and are nobody's business here."""
    held: Mapping[str, PageFile] = request.app.state.page
    file = held.get(path or INDEX)
    if file is None:
        known = [f"/{name}" for name in held] if not path.startswith("api") else _addresses(request)
        raise refusal(404, "there is nothing at this address", f"/{path[:200]}", nearest(f"/{path}", known))
    return Response(file.content, media_type=file.media_type, headers={"Cache-Control": file.kept})


def _addresses(request: Request) -> list[str]:
    paths: Mapping[str, object] = request.app.openapi()["paths"]
    return list(paths)
