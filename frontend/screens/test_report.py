"""The report on disk: one file, no network, and its levers still answer."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browsing import LANGUAGES, TIME, morava, settle, watch


@pytest.fixture(scope="session")
def report(runs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the report of the run as one HTML file."""
    folder = tmp_path_factory.mktemp("report")
    words = ("report", "--format", "html", "--to", str(folder))
    subprocess.run(morava(*words, folder=runs), check=True, stdout=subprocess.DEVNULL)
    (found,) = folder.glob("*.html")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_opens_from_disk_with_the_network_cut_and_a_lever_moves_a_number(
    browser: Browser, report: Path, language: str
) -> None:
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(TIME)
    seen = watch(page)
    page.goto(f"{report.as_uri()}#screen=levers&lang={language}")
    settle(page, "levers")
    before = page.get_by_test_id("screen-levers").inner_text()
    page.locator("input[type=range]").first.focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => location.hash.includes('lever.')")
    assert page.get_by_test_id("screen-levers").inner_text() != before
    for screen in ("country", "claims", "economy"):
        page.get_by_test_id(f"nav-{screen}").click()
        settle(page, screen)
        assert page.get_by_test_id("problem").count() == 0
    context.close()
    assert [url for url in seen.requests if not url.startswith(("file:", "data:", "blob:"))] == []
    assert seen.complaints == []
