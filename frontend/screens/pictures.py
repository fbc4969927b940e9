"""Write pictures of every screen, light and dark, to docs/pictures/page: `python frontend/screens/pictures.py ADDRESS`.

ADDRESS is that of a running `morava serve` with the default run of Serbia.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from browsing import THEMES, TIME, chromium, open_screen
from test_screens import SCREENS

PICTURES = Path(__file__).parents[2] / "docs" / "pictures" / "page"
MOVED = {"lever.data-centres-size": "0.4", "lever.wind-size": "1.6"}
"""What stands on the levers in their picture, so that one sees what a lever does."""


def main(address: str) -> None:
    """Write a picture of the first screenful of every screen."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium())
        for theme in THEMES:
            page = browser.new_page(viewport={"width": 1280, "height": 1300}, reduced_motion="reduce")
            page.set_default_timeout(TIME)
            for screen in (*SCREENS, "claim"):
                state = {"claim": "C034"} if screen == "claim" else MOVED if screen == "levers" else {}
                open_screen(page, address, "claims" if screen == "claim" else screen, theme=theme, **state)
                page.wait_for_function("() => document.fonts.status === 'loaded'")
                page.wait_for_timeout(500)
                page.screenshot(path=PICTURES / f"{screen}-{theme}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
