"""Driving the page in a browser: where the browser is, how a screen is opened, and what is written down meanwhile."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
TIME = 60_000
"""Milliseconds after which a page that does not answer has failed; two cores draw it, and judge the run at first."""
LANGUAGES = ("en", "sr-Cyrl", "sr-Latn", "zh-Hans")
THEMES = ("light", "dark")


def morava(*words: str, folder: Path) -> list[str]:
    """Return a command of this Python's Morava with its runs in a folder."""
    return [sys.executable, "-m", "morava", *words, "--out", str(folder)]


def chromium() -> str:
    """Return the program of a browser."""
    program = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    assert program, f"the page is driven in one of {', '.join(CHROMIUM)}: install it, as .ci/run does"
    return program


@dataclass
class Seen:
    """What a page asked for and what it complained of."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def watch(page: Page) -> Seen:
    """Write down every request of a page, and every error that it prints."""
    seen = Seen()
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on("console", lambda said: seen.complaints.append(said.text) if said.type == "error" else None)
    return seen


def open_screen(page: Page, address: str, screen: str, **state: str) -> None:
    """Open a screen and wait until nothing of it is loading."""
    page.goto(f"{address}/?{urlencode({'screen': screen, **state})}")
    settle(page, screen)


def settle(page: Page, screen: str) -> None:
    """Wait until a screen is there and nothing of it is loading."""
    page.get_by_test_id(f"screen-{screen}").wait_for()
    page.wait_for_function("() => !document.querySelector('[data-testid=loading], [aria-busy=true]')")
