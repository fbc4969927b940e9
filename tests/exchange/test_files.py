"""What is exported comes back equal, as CSV and as a workbook; a text stays a text."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import openpyxl
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from morava.errors import MoravaError
from morava.exchange import files
from morava.exchange.files import export_csv, export_workbook
from morava.exchange.tables import TABLES, outcome_table, verdict_table

EVIL = [
    '=HYPERLINK("x")',
    "+1",
    "-1+1",
    "@SUM(1)",
    "{=1}",
    "https://example.org",
    "'quoted",
    'ред\nдва, "цитат"; крај',
    "0012",
]


def saying(answers, texts):
    """Return the answers with other words in the claims, the first of every kind of trouble."""
    claims = dict(answers.plan.strategy.claims)
    for (name, claim), text in zip(answers.plan.strategy.claims.items(), texts, strict=False):
        claims[name] = replace(claim, says=text)
    return replace(answers, plan=replace(answers.plan, strategy=replace(answers.plan.strategy, claims=claims)))


@pytest.fixture(scope="module")
def spoken(answers):
    return saying(answers, EVIL)


@pytest.fixture(scope="module")
def tables(spoken):
    return {name: table(spoken) for name, table in TABLES.items()}


def as_read(table):
    """Return a table as a reader of files sees it: no difference between empty, None and not a number."""
    return table.astype(object).where(table.notna(), None).replace("", None)


def read_sheet(book, name):
    rows = list(book[name].iter_rows(values_only=True))
    return pd.DataFrame(rows[1:], columns=rows[0], dtype=object)


@pytest.fixture(scope="module")
def book(spoken, tmp_path_factory):
    path = export_workbook(spoken, tmp_path_factory.mktemp("book") / "new" / "morava.xlsx")
    return openpyxl.load_workbook(path)


@pytest.mark.parametrize("name", TABLES)
def test_a_csv_file_reads_back_equal(spoken, tables, tmp_path, name):
    written = export_csv(spoken, tmp_path / "new" / "folder")
    assert [path.name for path in written] == [f"{table}.csv" for table in TABLES]
    path = tmp_path / "new" / "folder" / f"{name}.csv"
    found = pd.read_csv(path, dtype=str, keep_default_na=False)
    assert_frame_equal(
        found, tables[name].astype(object).where(tables[name].notna(), "").astype(str), check_dtype=False
    )
    assert b"\r" not in path.read_bytes()


def test_numbers_of_a_csv_file_come_back_to_the_last_bit(spoken, tables, tmp_path):
    export_csv(spoken, tmp_path)
    found = pd.read_csv(tmp_path / "tests.csv", float_precision="round_trip")
    for column in ("share", "margin", "p50", "interval_low"):
        np.testing.assert_array_equal(found[column].to_numpy(), tables["tests"][column].astype(float).to_numpy())


@pytest.mark.parametrize("name", TABLES)
def test_a_sheet_reads_back_equal(book, tables, name):
    assert_frame_equal(as_read(read_sheet(book, name)), as_read(tables[name]), check_dtype=False, rtol=1e-15)


def test_a_text_stays_a_text_and_nothing_is_a_formula(book):
    sheet = book["verdicts"]
    column = [cell.value for cell in sheet[1]].index("says") + 1
    found = {sheet.cell(row, column).value for row in range(2, sheet.max_row + 1)}
    assert set(EVIL) <= found
    cells = [cell for one in book.worksheets for row in one.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    assert not [cell for cell in cells if cell.hyperlink]


def test_a_sheet_can_be_filtered_and_its_header_stays_in_sight(book):
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")


def test_years_are_whole_and_a_date_that_never_comes_is_the_word(tables):
    outcomes = tables["outcomes"]
    years = outcomes.loc[outcomes.quantity == "debt_ratio", "year"]
    assert [str(year) for year in years] == [str(year) for year in range(2026, 2041)]
    hall = outcomes[(outcomes.quantity == "initiative_finish") & (outcomes.initiative == "hall")].iloc[0]
    assert hall["p90"] == "never"
    assert hall["p10"] < 2040
    assert set(outcomes.loc[outcomes.quantity == "initiative_outturn", "unit"]) == {"million RUC_2025"}


def test_quantiles_are_those_of_the_outcome(answers, tables):
    outcomes = tables["outcomes"]
    row = outcomes[(outcomes.quantity == "debt_ratio") & (outcomes.year == 2030)].iloc[0]
    over = answers.outcome.values["debt_ratio"].sel(year=2030).to_numpy()
    assert [row.p10, row.p50, row.p90] == np.quantile(over, [0.1, 0.5, 0.9], method="inverted_cdf").tolist()
    assert len(outcomes) == sum(array.isel(future=0).size for array in answers.outcome.values.values())


def test_every_claim_test_finding_source_and_input_has_its_row(answers, tables):
    strategy = answers.plan.strategy
    assert set(tables["verdicts"].claim) == set(strategy.claims)
    assert len(tables["tests"]) == sum(len(claim.tests) for claim in strategy.claims.values())
    assert len(tables["coherence"]) == len(answers.coherence.findings) > 0
    assert set(tables["sources"].source) == set(answers.plan.country.sources)
    run = dict(tables["run"].itertuples(index=False))
    assert (run["run"], run["futures"], run["seed"], run["price base"]) == (answers.run, 500, 2030, "RUC_2025")


def test_tables_without_rows_keep_their_header(answers, tmp_path):
    bare = replace(
        answers,
        verdicts=tuple(replace(verdict, tests=()) for verdict in answers.verdicts),
        coherence=replace(answers.coherence, findings=()),
    )
    export_csv(bare, tmp_path)
    for name in ("tests", "coherence"):
        found = pd.read_csv(tmp_path / f"{name}.csv")
        assert list(found.columns) == list(TABLES[name](answers).columns)
        assert len(found) == 0
    book = openpyxl.load_workbook(export_workbook(bare, tmp_path / "bare.xlsx"))
    assert [cell.value for cell in book["tests"][1]] == list(TABLES["tests"](answers).columns)


def test_cyrillic_and_verdicts_are_written_as_they_are(spoken, tmp_path):
    export_csv(spoken, tmp_path)
    text = (tmp_path / "verdicts.csv").read_text(encoding="utf-8")
    assert "ред\nдва" in text
    assert verdict_table(spoken).loc[0, "claim"] == "railway-2027"
    assert outcome_table(spoken).columns[:2].tolist() == ["quantity", "unit"]


def test_what_a_sheet_cannot_hold_is_refused_and_not_cut(answers, tmp_path, monkeypatch):
    with pytest.raises(MoravaError, match="verdicts: a text of says has 32768 characters, a cell holds 32767"):
        export_workbook(saying(answers, ["ж" * 32_768]), tmp_path / "one.xlsx")
    monkeypatch.setattr(files, "SHEET_ROWS", 13)
    with pytest.raises(MoravaError, match="verdicts has 13 rows, a sheet holds 13") as caught:
        export_workbook(answers, tmp_path / "two.xlsx")
    assert caught.value.problems[0].mend == "export as CSV"
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_refused_in_words(answers, tmp_path):
    (tmp_path / "export").write_text("", encoding="utf-8")
    for export in (
        lambda: export_csv(answers, tmp_path / "export"),
        lambda: export_workbook(answers, tmp_path / "export" / "a.xlsx"),
    ):
        with pytest.raises(MoravaError, match="no folder can be made here"):
            export()


def test_a_file_that_cannot_be_written_is_refused_in_words(answers, tmp_path):
    for name in ("verdicts.csv", "book.xlsx"):
        (tmp_path / name).mkdir()
    for export in (lambda: export_csv(answers, tmp_path), lambda: export_workbook(answers, tmp_path / "book.xlsx")):
        with pytest.raises(MoravaError, match="the file cannot be written"):
            export()
