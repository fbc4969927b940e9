"""The workbook: what is read back from it is what the page gives, and no text in it is a formula."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from morava.errors import MoravaError
from morava.exchange.tables import outcome_table
from morava.languages import slug
from morava.report.material import Material
from morava.report.sheets import CLAIM_FIELDS, SOURCE_FIELDS, sheets
from morava.report.words import Words, words_in
from morava.report.workbook import CELL_CHARACTERS, SHEET_ROWS, Field, Sheet, sheet_name, workbook
from morava.runs.answers import Answers
from morava.views.texts import texts

MADE = datetime(2026, 1, 1, tzinfo=UTC)
SUMMARY, CLAIMS, LEVERS, OUTCOMES = range(4)
FORMULAS = ("=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "{=1}", '=HYPERLINK("http://a")', "</script>")


def reopened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def held(value: Any) -> Any:
    """Return what a workbook holds of a value: of a number its first 16 digits, of an empty text nothing."""
    if isinstance(value, float):
        return float(f"{value:.16G}")
    return None if value == "" else value


def cells(book: Workbook, place: int | str) -> list[list[Any]]:
    sheet = book.worksheets[place] if isinstance(place, int) else book[place]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.fixture(scope="module")
def book(words: Words, material: Material) -> Workbook:
    return reopened(workbook(sheets(words, material), "Crown", MADE))


def test_every_sheet_is_read_back_cell_for_cell(words: Words, material: Material, book: Workbook) -> None:
    expected = sheets(words, material)
    assert len(book.worksheets) == len(expected)
    for place, sheet in enumerate(expected):
        found = cells(book, place)
        assert [str(title).removesuffix(" 2") for title in found[0]] == [field.title for field in sheet.fields]
        assert found[1:] == [[held(cell) for cell in row] for row in sheet.rows]


def test_claims_are_those_of_the_page(words: Words, material: Material, book: Workbook) -> None:
    names = [name for name, _ in CLAIM_FIELDS]
    rows = [dict(zip(names, row, strict=True)) for row in cells(book, CLAIMS)[1:]]
    assert len(rows) == len(material.claims)
    for row, claim in zip(rows, material.claims, strict=True):
        low, high = claim["interval"] or (None, None)
        for name in ("claim", "says", "paragraph", "open", "share", "margin"):
            assert row[name] == held(claim[name])
        assert (row["interval-low"], row["interval-high"]) == (held(low), held(high))
        assert row["required-share"] == held(claim["required_share"])
        assert row["answer"] == words.say(f"answer-{slug(claim['answer'])}")


def test_sources_are_those_of_the_page(material: Material, book: Workbook) -> None:
    found = cells(book, -2)[1:]
    assert found == [[row[name] or None for name in SOURCE_FIELDS] for row in material.sources]


def test_outcomes_are_those_of_the_exported_table(late: Answers, book: Workbook) -> None:
    head, *rows = cells(book, OUTCOMES)
    assert head[:5] == ["Model", "Scenario", "Region", "Variable", "Unit"]
    years = [int(year) for year in head[5:]]
    table = outcome_table(late)
    by_year = table[table["year"].notna()]
    dims = [name for name in by_year.columns if name not in ("quantity", "unit", "year", "p10", "p50", "p90")]
    expected: dict[tuple[str, str, int], float] = {}
    for row in by_year.to_dict("records"):
        labels = [str(row[dim]) for dim in dims if row[dim] == row[dim] and row[dim] is not None]
        for level in ("p10", "p50", "p90"):
            variable = "|".join([row["quantity"], *sorted(labels), level.upper()])
            expected[variable, row["unit"], int(row["year"])] = held(row[level])
    found: dict[tuple[str, str, int], float] = {}
    for row in rows:
        quantity, *labels, level = row[3].split("|")
        variable = "|".join([quantity, *sorted(labels), level])
        numbers = zip(years, row[5:], strict=True)
        found |= {(variable, row[4], year): value for year, value in numbers if value is not None}
    assert found == expected
    assert {tuple(row[:3]) for row in rows} == {("Morava", "crown-2030-late", "Ruritania")}


def test_headers_are_frozen_and_tables_are_native_and_filtered(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "B2"
        if sheet.max_row > 1:
            (table,) = sheet.tables.values()
            assert table.autoFilter is not None


def test_numbers_are_shown_as_what_they_are(book: Workbook) -> None:
    names = [name for name, _ in CLAIM_FIELDS]
    rows = list(book.worksheets[CLAIMS].iter_rows(min_row=2))
    for name, shown in (("share", "0.0%"), ("margin", "#,##0.###")):
        filled = [row[names.index(name)] for row in rows if row[names.index(name)].value is not None]
        assert filled
        assert {cell.number_format for cell in filled} == {shown}


@pytest.mark.parametrize("language", ["sr-Cyrl", "sr-Latn", "zh-Hans"])
def test_sheets_and_headings_are_translated_and_values_are_the_same(
    late: Answers, material: Material, book: Workbook, language: str
) -> None:
    said = words_in(language, texts(late, language))
    other = reopened(workbook(sheets(said, material), "x", MADE))
    assert other.sheetnames[CLAIMS] != book.sheetnames[CLAIMS]
    assert cells(other, OUTCOMES)[1:] == cells(book, OUTCOMES)[1:]
    assert cells(other, OUTCOMES)[0][:5] != cells(book, OUTCOMES)[0][:5]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula(text: str) -> None:
    sheet = Sheet(text, (Field(text), Field("b", "number")), [[text, text]])
    (found,) = reopened(workbook([sheet], text, MADE)).worksheets
    assert [(cell.data_type, cell.value) for cell in found[2]] == [("s", text), ("s", text)]
    assert found["A1"].data_type == "s"


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=40), st.floats(-1e300, 1e300), st.booleans())
def test_any_text_number_and_truth_is_read_back(text: str, number: float, truth: bool) -> None:
    sheet = Sheet(text, (Field(text), Field(text, "number"), Field(text)), [[text, number, truth]])
    (found,) = reopened(workbook([sheet], "x", MADE)).worksheets
    assert found["B2"].value == held(number)
    assert found["C2"].value is truth


@pytest.mark.parametrize(
    ("sheet", "what"),
    [
        (Sheet("a", (Field("b"),), [["x" * (CELL_CHARACTERS + 1)]]), "a cell holds"),
        (Sheet("a", (Field("b" * 300),), [["x"]]), "a cell holds"),
        (Sheet("a", (Field("b"),), [["x"]] * SHEET_ROWS), "a sheet holds"),
    ],
)
def test_what_excel_cannot_hold_is_refused_and_not_cut(sheet: Sheet, what: str) -> None:
    with pytest.raises(MoravaError, match=what):
        workbook([sheet], "x", MADE)


@given(st.lists(st.text(max_size=50), max_size=6))
def test_names_of_sheets_are_short_plain_and_different(names: list[str]) -> None:
    taken: list[str] = []
    for name in names:
        taken.append(sheet_name(name, taken))
    assert all(0 < len(name.encode("utf-16-le")) <= 62 and not set(name) & set("[]:*?/\\") for name in taken)
    assert len({name.lower() for name in taken}) == len(taken)


def test_a_sheet_without_rows_keeps_its_headings() -> None:
    (found,) = reopened(workbook([Sheet("a", (Field("b"), Field("B")), [])], "x", MADE)).worksheets
    assert [cell.value for cell in found[1]] == ["b", "B 2"]
