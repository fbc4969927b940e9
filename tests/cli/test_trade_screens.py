"""The command `trade`: what it prints, its document, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from jsonschema import validate

from morava.cli.trade_screens import MOST_DRAWN, OF_PARTNERS, WIDTH, trade
from morava.errors import MoravaError

NUMBER, MAYBE, TEXT, YEAR = {"type": "number"}, {"type": ["number", "null"]}, {"type": "string"}, {"type": "integer"}


def record(**keys: object) -> dict[str, object]:
    return {"type": "object", "properties": keys, "required": list(keys), "additionalProperties": False}


def many(of: object, least: int = 0) -> dict[str, object]:
    return {"type": "array", "items": of, "minItems": least}


ROW = record(
    scenario=TEXT, group=TEXT, year=YEAR, measure=TEXT, title=TEXT, partner=TEXT, unit=TEXT, least=MAYBE, middle=MAYBE,
    most=MAYBE, by_donor=MAYBE, by_elasticity=MAYBE,
    drawn={"anyOf": [{"type": "null"}, record(p10=NUMBER, p50=NUMBER, p90=NUMBER, answered=YEAR)]},
    cells=many(record(donor=TEXT, elasticity_set=TEXT, value=MAYBE), 9),
)  # fmt: skip
SCHEMA = record(
    country=TEXT, strategy=TEXT, question=TEXT, changes=many(TEXT), deficits=TEXT, years=many(YEAR, 1),
    donors=many(TEXT, 3), elasticity_sets=many(TEXT, 3), money=TEXT, synthetic=TEXT, page=TEXT, seed=MAYBE,
    futures=YEAR, checks={"type": "object", "additionalProperties": NUMBER}, lost=many(TEXT), partners=many(TEXT),
    rows=many(ROW, 1),
)  # fmt: skip
STEEL = "changes: [{importer: European Union, exporter: Serbia, sector: steel, tariff: {2027: 0.1, 2030: 0.5}}]"


@pytest.fixture
def steel(tmp_path: Path) -> Path:
    file = tmp_path / "steel.yaml"
    file.write_text(STEEL, encoding="utf-8")
    return file


def type_in(*words: object) -> None:
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(trade)
    app([str(word) for word in words], standalone_mode=False)


def printed(capsys: pytest.CaptureFixture[str], *words: object) -> list[str]:
    type_in(*words)
    return [line.rstrip() for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("words", [("--year", 2030), ("--year", 2029, "--futures", 3, "--seed", 5)])
def test_an_answer_is_printed_in_a_hundred_columns(
    words: tuple[object, ...], steel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = printed(capsys, "serbia", steel, *words)
    assert max(map(len, lines)) <= WIDTH
    year = words[1]
    titles = [line for line in lines if line.startswith(f"{year}, ")]
    assert len(titles) == 1 + len(OF_PARTNERS)
    assert "steel from Serbia to European Union (5 cells)" in lines[1]
    assert "synthetic" in " ".join(lines)
    assert "docs/models/world-table.md" in " ".join(lines)
    heading = next(line for line in lines if "least" in line and "by donor" in line)
    assert heading.split() == ["least", "middle", "most", "by", "donor", "by", "set"] + ["P10", "P50", "P90"] * (
        "--futures" in words
    )
    shown = next(line for line in lines if line.startswith("real income, exact")).removeprefix("real income, exact")
    least, middle, most = map(float, shown.split()[:3])
    assert least <= middle <= most < 0
    assert "goods" in " ".join(lines[-2:])


def test_the_document_of_a_question_holds_every_number(steel: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads("\n".join(printed(capsys, "serbia", steel, "--futures", 2, "--json")))
    validate(found, SCHEMA)
    assert found["years"] == [2027, 2030]
    assert (found["question"], found["deficits"], found["futures"]) == ("steel.yaml", "kept", 2)
    rows = {(row["year"], row["measure"], row["partner"]): row for row in found["rows"]}
    assert len(rows) == len(found["rows"])
    for row in rows.values():
        values = sorted(cell["value"] for cell in row["cells"])
        assert [values[0], values[4], values[8]] == [row["least"], row["middle"], row["most"]]
    assert (
        rows[2030, "export_change", "European Union"]["most"] < rows[2027, "export_change", "European Union"]["least"]
    )


def test_the_sheet_shows_every_declared_question(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads("\n".join(printed(capsys, "serbia", "--json")))
    validate(found, SCHEMA)
    assert (found["question"], found["changes"], found["seed"]) == ("", [], None)
    lines = printed(capsys, "serbia")
    assert max(map(len, lines)) <= WIDTH
    text = "\n".join(lines)
    assert [group for group in {row["group"] for row in found["rows"]} if f"\n{group}\n" not in text] == []
    assert [one for one in {row["scenario"] for row in found["rows"]} if f"\n{one} " not in text] == []
    assert "balance of goods with China" in text


def test_the_sheet_of_a_year_holds_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "serbia", "--year", 2024)
    assert "serbia, serbia-2030: the declared questions, 2024" in lines
    assert sum(line.startswith("agreements, 2024 ") for line in lines) == 5
    assert not any("2030 " in line and "serbia-2030" not in line for line in lines)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("changes: [{importer: Germny, exporter: Serbia, sector: steel, tariff: 7}]", ["Germany?", "0 to 3"]),
        ("deficits: some\nchanges: [{region: China, labor: 1.1}]", ["write kept, zero", "did you mean labour?"]),
        (STEEL.replace("{2027: 0.1, 2030: 0.5}", "{2022: 0.1, 2030: -1}"), ["2023 to 2039", "0 to 3"]),
    ],
)
def test_all_errors_of_a_file_are_named(text: str, said: list[str], tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(MoravaError) as caught:
        type_in("serbia", file)
    assert len(caught.value.problems) == len(said)
    assert all("wrong.yaml:" in problem.where for problem in caught.value.problems)
    mends = " ".join(problem.mend for problem in caught.value.problems)
    assert [part for part in said if part not in mends] == []


def test_a_file_or_year_that_is_not_there_is_named(steel: Path, tmp_path: Path) -> None:
    with pytest.raises(MoravaError, match="there is no such file"):
        type_in("serbia", tmp_path / "none.yaml")
    with pytest.raises(MoravaError, match=r"no change of steel\.yaml stands in 2025"):
        type_in("serbia", steel, "--year", 2025)
    with pytest.raises(typer.BadParameter):
        type_in("serbia", steel, "--futures", MOST_DRAWN + 1)
