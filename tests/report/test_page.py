"""The report in one file: it holds what the page asks for, loads nothing, and no text in it does anything."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.errors import MoravaError
from morava.report.material import Material
from morava.report.page import LARGE, PLACE, inert, page, read_back, template

SHELL = f"""<!doctype html><html lang="en"><head><meta charset="utf-8" /><title>x</title>
<script type="module">let a = "b";</script><style>p {{ color: red }}</style></head><body>{PLACE}</body></html>"""
LOADING = {"src", "href", "srcset", "data", "poster", "action", "formaction", "xlink:href", "background"}
SCRIPT_END = "</script><script>alert(1)</script><!--<script>"


class Elements(HTMLParser):
    """Every element of a page with its attributes, and what stands in scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str]]] = []
        self.codes: dict[int, str] = {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] in ("script", "style") and self.cdata_elem is not None:
            place = len(self.found) - 1
            self.codes[place] = self.codes.get(place, "") + data

    @property
    def inside(self) -> list[tuple[str, dict[str, str], str]]:
        return [(*self.found[place], code) for place, code in self.codes.items()]


@pytest.fixture(scope="module")
def html(material: Material) -> str:
    return page(material.data, "sr-Cyrl", "Круна 2030").decode("utf-8")


def test_data_read_back_are_what_the_page_gives(material: Material, html: str) -> None:
    assert read_back(html.encode("utf-8")) == dict(material.data)


def test_nothing_stands_where_it_would_be_fetched(html: str) -> None:
    loading = [
        (tag, name, value)
        for tag, attributes in Elements(html).found
        for name, value in attributes.items()
        if name in LOADING and not value.startswith(("data:", "#"))
    ]
    assert loading == []
    styles = "".join(text for tag, _, text in Elements(html).inside if tag == "style")
    assert not re.search(r"@import|url\((?![\"']?data:)", styles)


def test_the_policy_names_every_script_and_style_and_nothing_outside(html: str) -> None:
    elements = Elements(html)
    (policy,) = [
        found["content"] for tag, found in elements.found if found.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split("; ")}
    assert rules["default-src"] == ["'none'"]
    assert "connect-src" not in rules
    for directive, tag in (("script-src", "script"), ("style-src", "style")):
        codes = [code for name, found, code in elements.inside if name == tag and "json" not in found.get("type", "")]
        hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'" for code in codes]
        assert rules[directive] == hashes
    assert "unsafe" not in policy


def test_the_policy_comes_before_every_script(html: str) -> None:
    assert html.index("Content-Security-Policy") < html.index("<script")


def test_it_opens_in_the_language_asked_for_under_its_title(html: str) -> None:
    assert Elements(html).found[0] == ("html", {"lang": "sr-Cyrl", "data-report": "sr-Cyrl"})
    assert "<title>Круна 2030</title>" in html


def test_a_title_is_no_markup() -> None:
    made = page({}, "en", "</title><script>alert(1)</script>", SHELL).decode()
    assert [tag for tag, _ in Elements(made).found].count("script") == 2


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=st.characters() | st.sampled_from('<>/!-"&\u2028\u202e'), max_size=60))
def test_no_text_ends_the_element_that_it_stands_in(text: str) -> None:
    data = {"/api/runs/x": {SCRIPT_END + text: [text, SCRIPT_END]}}
    assert "<" not in inert(data)
    made = page(data, "en", "x", SHELL)
    assert read_back(made) == data
    assert [tag for tag, _ in Elements(made.decode()).found].count("script") == 2


def test_large_parts_are_packed_and_read_back() -> None:
    data = {"/api/big": {"text": SCRIPT_END * LARGE}, "/api/languages/en.ftl": "a = b\n" * LARGE}
    made = page(data, "en", "x", SHELL)
    assert len(made) < LARGE
    assert read_back(made) == data


@pytest.mark.parametrize(
    ("shell", "what"),
    [
        (SHELL.replace(PLACE, ""), "0 places"),
        (SHELL.replace(PLACE, PLACE * 2), "2 places"),
        (SHELL.replace(PLACE, f'{PLACE}<img src="https://example.org/a.png">'), "would load"),
        (SHELL.replace("<title>", '<link rel="stylesheet" href="./a.css"><title>'), "would load"),
        (SHELL.replace('<script type="module">', '<script type="module" src="a.js">'), "would load"),
        (SHELL.replace('<meta charset="utf-8" />', ""), "no character set"),
    ],
)
def test_a_built_page_that_cannot_be_a_report_is_refused(shell: str, what: str) -> None:
    with pytest.raises(MoravaError, match=what):
        page({}, "en", "x", shell)


def test_a_file_without_data_is_refused() -> None:
    with pytest.raises(MoravaError, match="no data of Morava"):
        read_back(b"<html></html>")


def test_the_package_holds_a_built_page_with_one_place() -> None:
    assert template().count(PLACE) == 1


def test_no_sentence_of_the_document_travels(material: Material) -> None:
    claims = [content for address, content in material.data.items() if "/claims/" in address]
    assert claims
    assert all("sentence" not in content and "sentence" not in content["passage"] for content in claims)
