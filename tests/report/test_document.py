"""The report on paper: readable without eyes, understood without Morava, and no text in it does anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
import typst
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from morava.errors import MoravaError
from morava.report import document
from morava.report.document import CHINESE, EMBEDDED, fonts_of, paper, pdf
from morava.report.material import Material
from morava.report.words import Words, words_in
from morava.runs.answers import Answers
from morava.views.texts import texts

MADE = datetime(2026, 1, 1, tzinfo=UTC)
HOSTILE = "#panic(1) $x$ *b* `c` \\u{7} @e <f> </script> =cmd|' /C calc'!A0 \u202eolleh \u2067 \x00\x07 " + "long" * 400


@pytest.fixture(scope="module")
def made(words: Words, material: Material) -> PdfReader:
    return PdfReader(BytesIO(pdf(paper(words, material), MADE)))


def root_of(reader: PdfReader) -> Any:
    """Return the catalogue of a document, whose entries have no types."""
    return reader.trailer["/Root"]


def elements(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every element of the tree by which a screen reader goes."""
    waiting: list[Any] = [root_of(reader)["/StructTreeRoot"]]
    while waiting:
        one = waiting.pop()
        found = one.get_object() if isinstance(one, IndirectObject) else one
        if isinstance(found, list):
            waiting += found
        elif isinstance(found, DictionaryObject):
            if "/S" in found:
                yield found
            if "/K" in found:
                waiting.append(found["/K"])


def words_of(reader: PdfReader, page: int | None = None) -> str:
    pages = reader.pages if page is None else [reader.pages[page]]
    return " ".join(" ".join(one.extract_text().split()) for one in pages)


def test_it_is_tagged_and_says_its_language_and_title(made: PdfReader) -> None:
    root = root_of(made)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert made.metadata is not None
    assert made.metadata.title == "Does Crown 2030 without the hall add up?"
    assert made.metadata.author == "Morava"


def test_headings_tables_and_figures_are_named_for_who_cannot_see_them(made: PdfReader) -> None:
    found = list(elements(made))
    kinds = Counter(str(one["/S"]) for one in found)
    assert kinds["/H1"] >= 5
    assert kinds["/TH"] >= 10
    figures = [one for one in found if one["/S"] == "/Figure"]
    assert figures
    assert all(len(str(one.get("/Alt", ""))) > 20 for one in figures)


def test_the_first_page_says_question_answer_findings_and_how_to_read(made: PdfReader, material: Material) -> None:
    first = words_of(made, 0)
    counts = Counter(row["answer"] for row in material.claims)
    tested = sum(counts[answer] for answer in ("fails", "hinges", "holds"))
    assert f"{len(material.claims)} claims" in first
    assert f"Of {tested} claims that the models can test, {counts['fails']} fail" in first
    for heading in ("The most telling findings", "How to read an answer", "What was not modelled"):
        assert heading in first
    for number in range(1, 6):
        assert f"{number}." in first


def test_every_claim_and_every_source_is_in_it(made: PdfReader, material: Material) -> None:
    everything = words_of(made).replace(" ", "")
    for row in material.claims:
        assert row["says"].replace(" ", "") in everything
    for row in material.sources:
        assert row["title"].replace(" ", "") in everything


def test_every_page_has_its_number(made: PdfReader) -> None:
    count = len(made.pages)
    assert count > 2
    assert all(f"{number} / {count}" in words_of(made, number - 1) for number in range(1, count + 1))


@pytest.mark.parametrize("language", ["sr-Cyrl", "sr-Latn"])
def test_it_is_written_in_the_language_asked_for(late: Answers, material: Material, language: str) -> None:
    said = words_in(language, texts(late, language))
    reader = PdfReader(BytesIO(pdf(paper(said, material), MADE)))
    assert str(root_of(reader)["/Lang"]).startswith("sr")
    assert said.say("report-telling") in words_of(reader, 0)


def test_the_same_run_gives_the_same_bytes(words: Words, material: Material) -> None:
    assert pdf(paper(words, material), MADE) == pdf(paper(words, material), MADE)


def test_hostile_texts_come_out_as_they_are_written(words: Words, material: Material) -> None:
    hostile = replace(words, texts=dict.fromkeys(words.texts, HOSTILE))
    reader = PdfReader(BytesIO(pdf(paper(hostile, material), MADE)))
    said = words_of(reader)
    for piece in ("#panic(1)", "$x$", "*b*", "`c`", "</script>", "=cmd|"):
        assert piece.replace(" ", "") in said.replace(" ", "")
    assert "\u202e" not in said
    assert all("/AA" not in page and "/Annots" not in page for page in reader.pages)
    assert "/OpenAction" not in root_of(reader)


def test_a_character_that_no_font_draws_is_written_by_its_number(words: Words, material: Material) -> None:
    odd = replace(words, texts={**words.texts, "claim:debt": "private \U0010fffd use"})
    assert "private [U+10FFFD] use" in words_of(PdfReader(BytesIO(pdf(paper(odd, material), MADE))))


def test_chinese_needs_a_font_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    class Fonts:
        def __init__(self, include_embedded_fonts: bool) -> None:
            assert not include_embedded_fonts

        def families(self) -> list[str]:
            return ["Comic Sans"]

    monkeypatch.setattr(typst, "Fonts", Fonts)
    monkeypatch.setattr(document, "fonts_of", fonts_of)
    fonts_of.cache_clear()
    with pytest.raises(MoravaError, match="no font of this machine writes Chinese") as refused:
        fonts_of("zh-Hans")
    assert "install" in refused.value.problems[0].mend
    monkeypatch.setattr(Fonts, "families", lambda _: [CHINESE[3], CHINESE[1]])
    assert fonts_of("zh-Hans") == (EMBEDDED, CHINESE[1])
    fonts_of.cache_clear()


def test_what_typst_refuses_is_refused_in_words(words: Words, material: Material) -> None:
    broken = {**paper(words, material), "title": ""}
    with pytest.raises(MoravaError, match="typst refused the report"):
        pdf(broken, MADE)
