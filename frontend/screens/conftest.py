"""A served run of Serbia and a browser: what every test of the page needs.

The run is small (thirty futures, power on two weeks of two years), and everything is in it that a large one has.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
SMALL = ("--futures", "30", "--power-futures", "1", "--hours", "2", "--years", "2025,2030")
TIME = 60_000
"""Milliseconds after which a page that does not answer has failed; two cores draw it, and judge the run at first."""
LANGUAGES = ("en", "sr-Cyrl", "sr-Latn", "zh-Hans")
THEMES = ("light", "dark")


def morava(*words: str, folder: Path) -> list[str]:
    """Return a command of this Python's Morava with its runs in a folder."""
    return [sys.executable, "-m", "morava", *words, "--out", str(folder)]


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a finished small run of Serbia."""
    folder = tmp_path_factory.mktemp("runs")
    subprocess.run(morava("run", "serbia", *SMALL, folder=folder), check=True, stdout=subprocess.DEVNULL)
    return folder


@pytest.fixture(scope="session")
def address(runs: Path) -> Iterator[str]:
    """Serve the run, and give the address that the command printed."""
    server = subprocess.Popen(
        morava("serve", "serbia", "--port", "0", "--no-open", folder=runs),
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert server.stdout is not None
    found = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
    assert found, "the first line of `morava serve` names its address"
    yield found[0]
    server.terminate()
    server.wait()
    server.stdout.close()


def chromium() -> str:
    """Return the program of a browser."""
    program = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    assert program, f"the page is driven in one of {', '.join(CHROMIUM)}: install it, as .ci/run does"
    return program


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Debian's Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium())
        yield started
        started.close()


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


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a fresh page; at its end nothing went elsewhere and nothing was complained of."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    fresh = context.new_page()
    fresh.set_default_timeout(TIME)
    seen = watch(fresh)
    yield fresh
    context.close()
    outside = [url for url in seen.requests if urlsplit(url).scheme not in ("data", "blob", "file")
               and urlsplit(url).hostname != "127.0.0.1"]  # fmt: skip
    assert outside == [], "a page asks nobody but its own server"
    assert seen.complaints == [], "a page prints no error"


def open_screen(page: Page, address: str, screen: str, **state: str) -> None:
    """Open a screen and wait until nothing of it is loading."""
    page.goto(f"{address}/?{urlencode({'screen': screen, **state})}")
    settle(page, screen)


def settle(page: Page, screen: str) -> None:
    """Wait until a screen is there and nothing of it is loading."""
    page.get_by_test_id(f"screen-{screen}").wait_for()
    page.wait_for_function("() => document.querySelectorAll('[data-testid=loading]').length === 0")
