"""Nobody is shut out: axe finds nothing serious on any screen, in any language, light or dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from browsing import LANGUAGES, THEMES, open_screen
from test_screens import SCREENS

SERIOUS = ("serious", "critical")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_serious(page: Page, address: str, language: str, theme: str) -> None:
    found = []
    for screen in (*SCREENS, "claim"):
        state = {"claim": "C034"} if screen == "claim" else {}
        open_screen(page, address, "claims" if screen == "claim" else screen, lang=language, theme=theme, **state)
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in SERIOUS:
                found += [f"{screen}: {violation['id']}: {node['html'][:160]}" for node in violation["nodes"]]
    assert found == []


def test_the_page_is_used_by_the_keyboard_alone(page: Page, address: str) -> None:
    open_screen(page, address, "country")
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    assert str(first).startswith("#"), "the first stop leads to the content"
    page.get_by_test_id("nav-claims").focus()
    page.keyboard.press("Enter")
    page.get_by_test_id("screen-claims").wait_for()
