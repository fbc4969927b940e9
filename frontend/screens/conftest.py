"""A served run of Serbia and a browser: what every test of the page needs.

The run is small (thirty futures, power on two weeks of two years), and everything is in it that a large one has.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from browsing import TIME, chromium, morava, watch

SMALL = ("--futures", "30", "--power-futures", "1", "--hours", "2", "--years", "2025,2030")


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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Debian's Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium())
        yield started
        started.close()


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
