"""The report as one file of HTML: the page itself, its data inside it, and nothing fetched from anywhere."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from morava.errors import MoravaError, Problem

PLACE = "<!--morava-data-->"
"""Where the built template takes the data."""
LARGE = 16 * 1024
"""Characters of JSON from which on a part travels compressed."""
GROUPS = (
    re.compile(r"(/api/runs/[^/]+/(?:claims|facts)/)[^/]+"),
    re.compile(r"(/api/runs/[^/]+/screens/[^/?]+)(?:\?.*)?"),
)
"""Addresses that are alike travel as one part: its address is what they begin with, and a star."""
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style\s*>", re.DOTALL | re.IGNORECASE)
_ICON = re.compile(r"<link\b[^>]*\brel=\"icon\"[^>]*>", re.IGNORECASE)
_CHARSET = re.compile(r"<meta\s+charset=[^>]*>", re.IGNORECASE)
_HTML = re.compile(r"<html\b[^>]*>", re.IGNORECASE)
_LOADS = re.compile(
    r"<(?:script|link|img|iframe|source|video|audio|object|embed|use|image|base|frame)\b[^>]*?"
    r"\s(?:src|href|data|srcset|poster)\s*=\s*[\"']?(?!data:)[^\s\"'>]",
    re.IGNORECASE,
)


def template() -> str:
    """Return the built page in one file, as it lies in the package.

    Raises
    ------
    MoravaError
        When the package holds none.
    """
    place = files("morava").joinpath("web", "static", "report.html")
    if not place.is_file():
        raise MoravaError(
            Problem("the page was not built", "morava/web/static/report.html", "run `npm run build` in frontend")
        )
    return place.read_text(encoding="utf-8")


def icon() -> str:
    """Return the icon of the page as an address that holds it."""
    drawn = files("morava").joinpath("web", "static", "icon.svg")
    content = drawn.read_bytes() if drawn.is_file() else b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    return "data:image/svg+xml;base64," + base64.b64encode(content).decode("ascii")


def page(data: Mapping[str, Any], language: str, title: str, shell: str | None = None) -> bytes:
    """Return the report as one file of HTML.

    Parameters
    ----------
    data
        What the page asks for, by address: `/api/runs/…`; a text where the address gives one, else plain values.
    language
        In which it opens.
    title
        What its window is called.
    shell
        The built page; that of the package without it.

    Raises
    ------
    MoravaError
        When the built page has no place for data, or would load something from elsewhere.
    """
    html = template() if shell is None else shell
    if html.count(PLACE) != 1:
        what = f"the built page has {html.count(PLACE)} places for the data"
        raise MoravaError(Problem(what, "report.html", f"keep one {PLACE} in its body"))
    html = _ICON.sub(f'<link rel="icon" href="{icon()}" />', html)
    html = _HTML.sub(f'<html lang="{language}" data-report="{language}">', html, count=1)
    html = re.sub(r"<title>.*?</title>", lambda _: f"<title>{_escaped(title)}</title>", html, count=1, flags=re.DOTALL)
    if found := _loading(html):
        raise MoravaError(Problem(f"the page would load {found}", "report.html", "build it into one file"))
    policy = f'<meta http-equiv="Content-Security-Policy" content="{_policy(html)}" />'
    charset = _CHARSET.search(html)
    if charset is None:
        raise MoravaError(Problem("the built page names no character set", "report.html", "build it anew"))
    html = f"{html[: charset.end()]}\n    {policy}{html[charset.end() :]}"
    before, _, after = html.partition(PLACE)
    return f'{before}<script type="application/json" id="morava-data">{inert(data)}</script>{after}'.encode()


def inert(data: Mapping[str, Any]) -> str:
    r"""Return data as JSON in which no text can end the element that it stands in; large parts compressed.

    Examples
    --------
    >>> inert({"/api": "</script>"})
    '{"/api": "\\u003c/script>"}'
    """
    parts = {address: _packed(value) for address, value in grouped(data).items()}
    return json.dumps(parts, allow_nan=False).replace("<", "\\u003c")


def grouped(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return data with alike addresses as one part, in which a chart that several of them show stands once.

    Returns
    -------
    dict
        A group is `{"parts": [chart, …], "held": {address: content}}`, and a number among the `charts` of a content
        says which of the parts it is.
    """
    found: dict[str, Any] = {}
    known: dict[str, dict[str, int]] = {}
    for address, content in data.items():
        group = next((f"{match[1]}*" for one in GROUPS if (match := one.fullmatch(address))), "")
        if not group:
            found[address] = content
            continue
        here = found.setdefault(group, {"parts": [], "held": {}})
        here["held"][address] = _shared(content, here["parts"], known.setdefault(group, {}))
    return found


def _shared(content: Mapping[str, Any], parts: list[Any], known: dict[str, int]) -> dict[str, Any]:
    if "charts" not in content:
        return dict(content)
    places = []
    for chart in content["charts"]:
        text = json.dumps(chart, allow_nan=False)
        if text not in known:
            known[text] = len(parts)
            parts.append(chart)
        places.append(known[text])
    return {**content, "charts": places}


def read_back(html: bytes) -> dict[str, Any]:
    """Return the data of a report, as the page reads them.

    Raises
    ------
    MoravaError
        When the file holds none.
    """
    found = re.search(rb'<script type="application/json" id="morava-data">(.*?)</script>', html, re.DOTALL)
    if found is None:
        raise MoravaError(Problem("the file holds no data of Morava", "report", "make it with `morava report`"))
    data: dict[str, Any] = {}
    for address, value in json.loads(found[1]).items():
        content = _unpacked(address, value)
        data |= _apart(content) if address.endswith("*") else {address: content}
    return data


def _apart(group: Mapping[str, Any]) -> dict[str, Any]:
    return {
        address: {**content, "charts": [group["parts"][place] for place in content["charts"]]}
        if "charts" in content
        else content
        for address, content in group["held"].items()
    }


def _packed(value: Any) -> Any:
    text = value if isinstance(value, str) else json.dumps(value, allow_nan=False)
    if len(text) < LARGE:
        return value
    return {"gzip": base64.b64encode(gzip.compress(text.encode("utf-8"), 9, mtime=0)).decode("ascii")}


def _unpacked(address: str, value: Any) -> Any:
    if not isinstance(value, dict) or set(value) != {"gzip"}:
        return value
    text = gzip.decompress(base64.b64decode(value["gzip"])).decode("utf-8")
    return text if address.endswith((".ftl", ".csv")) else json.loads(text)


def _policy(html: str) -> str:
    """Return the policy: the scripts and styles of this file, by their hashes, and nothing else."""
    scripts = [_hash(code) for attributes, code in _SCRIPT.findall(html) if "application/json" not in attributes]
    styles = [_hash(code) for code in _STYLE.findall(html)]
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(scripts) or chr(39) + 'none' + chr(39)}",
            f"style-src {' '.join(styles) or chr(39) + 'none' + chr(39)}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(code: str) -> str:
    digest = base64.b64encode(hashlib.sha256(code.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def _loading(html: str) -> str:
    """Return the first element that would load something, outside scripts and styles; empty where none would."""
    bare = _STYLE.sub("<style></style>", _SCRIPT.sub(lambda found: f"<script{found[1]}></script>", html))
    found = _LOADS.search(bare)
    return found[0] if found else ""


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
