"""Every screen of the Serbia run, driven as a reader would."""

from __future__ import annotations

import csv
import json
import re
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, Route

from browsing import LANGUAGES, open_screen, settle

SCREENS = (
    "country", "claims", "levers", "initiatives", "economy", "trade", "power", "dependence", "findings", "compare",
    "sources", "runs",
)  # fmt: skip
CHARTED = ("country", "initiatives", "economy", "trade", "power", "dependence")


def api(address: str, path: str) -> dict:
    """Return what an address of the API gives."""
    with urlopen(f"{address}/api/{path}") as answer:
        return json.load(answer)


@pytest.fixture(scope="session")
def run(address: str) -> str:
    """Return the name of the run that is served."""
    with urlopen(f"{address}/api/runs") as answer:
        return str(json.load(answer)[0]["run"])


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_opens_from_the_navigation(page: Page, address: str, screen: str) -> None:
    open_screen(page, address, "country")
    page.get_by_test_id(f"nav-{screen}").click()
    settle(page, screen)
    assert f"screen={screen}" in page.url or screen == "country"
    assert page.locator("h1").count() == 1
    assert page.get_by_test_id("problem").count() == 0


@pytest.mark.parametrize("screen", CHARTED)
def test_every_chart_draws_and_its_table_is_what_the_api_gives(page: Page, address: str, run: str, screen: str) -> None:
    open_screen(page, address, screen)
    charts = {chart["name"]: chart for chart in api(address, f"runs/{run}/screens/{screen}")["charts"]}
    cards = page.get_by_test_id("chart-card")
    assert cards.count() == len(charts) > 0
    for name in charts:
        assert page.locator(f"[data-chart={name}]").count() == 1
    card = cards.first
    chart = charts[str(card.get_attribute("data-chart"))]
    card.scroll_into_view_if_needed()
    card.get_by_role("tab").nth(1).click()
    assert card.locator("thead th").count() == len(chart["columns"])
    card.get_by_role("tab").nth(2).click()
    assert card.get_by_test_id("chart-sources").is_visible()


def test_a_chart_is_taken_away_as_csv(page: Page, address: str, run: str) -> None:
    open_screen(page, address, "economy")
    card = page.get_by_test_id("chart-card").first
    charts = {chart["name"]: chart for chart in api(address, f"runs/{run}/screens/economy")["charts"]}
    chart = charts[str(card.get_attribute("data-chart"))]
    with page.expect_download() as waiting:
        card.get_by_test_id("keep-csv").click()
    with waiting.value.path().open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == len(chart["rows"]) + 1
    for kind, start in (("svg", b"<svg"), ("json", b"{"), ("png", b"\x89PNG")):
        with page.expect_download() as waiting:
            card.get_by_test_id(f"keep-{kind}").click()
        assert waiting.value.path().read_bytes().lstrip().startswith(start)


def test_claims_are_sorted_filtered_and_opened(page: Page, address: str, run: str) -> None:
    open_screen(page, address, "claims")
    claims = api(address, f"runs/{run}/claims")["claims"]
    assert page.get_by_test_id("claim").count() == len(claims)
    page.get_by_test_id("sort-share").click()
    assert "sort=" in page.url
    open_screen(page, address, "claims", answer="fails")
    assert page.get_by_test_id("claim").count() == sum(claim["answer"] == "fails" for claim in claims)
    open_screen(page, address, "claims", claim="C034")
    assert page.get_by_test_id("claim-page").is_visible()
    assert page.get_by_test_id("sentence").count() == 0, "the article's words come from the reader's own copy only"


def test_state_is_in_the_address_and_back_brings_it_back(page: Page, address: str) -> None:
    open_screen(page, address, "claims")
    page.get_by_test_id("nav-economy").click()
    settle(page, "economy")
    page.go_back()
    settle(page, "claims")
    again = page.url
    page.goto(again)
    settle(page, "claims")
    assert page.url == again


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_screen_speaks_its_language(page: Page, address: str, language: str) -> None:
    open_screen(page, address, "claims", lang=language)
    assert page.locator("html").get_attribute("lang") == language
    title = page.locator("h1").inner_text()
    if language == "sr-Cyrl":
        assert re.search("[А-Яа-я]", title)
    elif language == "zh-Hans":
        assert re.search("[\u4e00-\u9fff]", title)
    else:
        assert re.search("[A-Za-z]", title)


def test_the_page_works_at_360_pixels(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for screen in SCREENS:
        open_screen(page, address, screen)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, f"{screen} is {wide} pixels wide"


def test_a_lever_moves_the_verdicts_and_stands_in_the_address(page: Page, address: str) -> None:
    open_screen(page, address, "levers")
    slider = page.locator("input[type=range]").first
    before = page.get_by_test_id("screen-levers").inner_text()
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => location.search.includes('lever.')")
    assert page.get_by_test_id("screen-levers").inner_text() != before
    moved = page.url
    page.goto(moved)
    settle(page, "levers")
    assert page.url == moved


def test_an_unknown_run_says_what_where_and_how_to_mend_it(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/?screen=claims&run=ffffffffffffffff")
    page.get_by_test_id("problem").first.wait_for()
    assert "ffffffffffffffff" in page.get_by_test_id("problem").first.inner_text()
    context.close()


DIMMED = """
window.dimmed = 0;
new MutationObserver(() => {
  const held = document.querySelector('main [aria-busy=true]');
  if (held && getComputedStyle(held.firstElementChild).opacity < 1) window.dimmed += 1;
}).observe(document, {subtree: true, childList: true, attributes: true});
"""


def test_what_came_late_is_never_drawn_dim(page: Page, address: str) -> None:
    late_answers = []

    def late(route: Route) -> None:
        late_answers.append(route.request.url)
        page.wait_for_timeout(400)
        route.continue_()

    page.route("**/claims/C034", late)
    page.add_init_script(DIMMED)
    open_screen(page, address, "claims", claim="C034")
    assert len(late_answers) == 1, "the claim was asked for, and came late"
    assert page.evaluate("window.dimmed") == 0
    assert page.evaluate("document.getAnimations().filter((one) => one.playState === 'running').length") == 0
