"""Files of changes to the world of trade: what they may say, and which cells their words stand for."""

from __future__ import annotations

from pathlib import Path

import pytest

from morava.errors import MoravaError
from morava.runs.explore import read_plan
from morava.runs.trade_changes import Labels, Question, read_question
from morava.runs.trade_grid import central_inputs, labels_of

LABELS = Labels(
    regions=("Home", "East", "West", "Far"),
    sectors=("steel", "food", "services"),
    goods=("steel", "food"),
    blocs={"League": ("East", "West")},
    first_year=2023,
    last_year=2039,
)
PAIR = "importer: East, exporter: Home, sector: steel"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "ask-trade.md"


def ask(tmp_path: Path, text: str, labels: Labels = LABELS) -> Question:
    file = tmp_path / "asked.yaml"
    file.write_text(text, encoding="utf-8")
    return read_question(file, labels)


def one(tmp_path: Path, record: str) -> Question:
    return ask(tmp_path, f"# one change\nchanges:\n- {record}\n")


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ("{importer: East, exporter: Home, sector: steel, tarif: 0.1}", "unknown key tarif"),
        ("{importr: East, exporter: Home, sector: steel, tariff: 0.1}", "did you mean importer?"),
        ("{importer: Eastt, exporter: Home, sector: steel, tariff: 0.1}", "did you mean East?"),
        ("{importer: East, exporter: Home, sector: stel, tariff: 0.1}", "did you mean steel?"),
        ("{importer: Leage, exporter: Home, sector: steel, tariff: 0.1}", "did you mean League?"),
        ("{importer: , exporter: Home, sector: steel, tariff: 0.1}", "importer: nothing is no label"),
        ("{importer: [East, ~], exporter: Home, sector: steel, tariff: 0.1}", "importer: nothing is no label"),
        ("{importer: [], exporter: Home, sector: steel, tariff: 0.1}", "importer is an empty list"),
        ("{importer: [East, League], exporter: Home, sector: steel, tariff: 0.1}", "East is named twice"),
        ("{importer: [East, all], exporter: Home, sector: steel, tariff: 0.1}", "all stands in a list"),
        ("{importer: East, exporter: East, sector: steel, tariff: 0.1}", "does not trade with itself"),
        ("{exporter: Home, sector: steel, tariff: 0.1}", "tariff has no importer"),
        (f"{{{PAIR}, region: Far, tariff: 0.1}}", "tariff has no region"),
        (f"{{{PAIR}, tariff: }}", "tariff: nothing is not a number"),
        (f"{{{PAIR}, tariff: true}}", "tariff: True is not a number"),
        (f"{{{PAIR}, tariff: ten}}", "tariff: 'ten' is not a number"),
        (f"{{{PAIR}, tariff: -0.1}}", "tariff: -0.1 is out of range"),
        (f"{{{PAIR}, tariff: 3.1}}", "give a number from 0 to 3"),
        (f"{{{PAIR}, tariff_change: -4}}", "give a number from -3 to 3"),
        (f"{{{PAIR}, cost: 0}}", "cost: 0 is out of range"),
        ("{region: Home, sector: steel, productivity: 0}", "productivity: 0 is out of range"),
        ("{region: Home, labour: 11}", "labour: 11 is out of range"),
        ("{region: Home, deficit: 11}", "deficit: 11 is out of range"),
        (f"{{{PAIR}, tariff: 0.1, cost: 1.1}}", "a change says both tariff and cost"),
        (f"{{{PAIR}}}", "a change does not say what changes"),
        (f"{{{PAIR}, tariff: 0.1, year: 2022}}", "2022 is no year of the model"),
        (f"{{{PAIR}, tariff: 0.1, year: soon}}", "'soon' is no year of the model"),
        (f"{{{PAIR}, tariff: {{2040: 0.1}}}}", "give a year from 2023 to 2039"),
        (f"{{{PAIR}, tariff: {{2030: much}}}}", "tariff: 'much' is not a number"),
        (f"{{{PAIR}, tariff: {{}}}}", "tariff is an empty schedule"),
        (f"{{{PAIR}, tariff: {{2030: 0.1}}, year: 2030}}", "year stands beside a schedule"),
        ("East", "a change is 'East', no mapping"),
    ],
)
def test_an_error_is_said_with_its_line(record: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(MoravaError) as caught:
        one(tmp_path, record)
    assert len(caught.value.problems) == 1
    assert said in str(caught.value)
    assert caught.value.problems[0].where.endswith("asked.yaml:3")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a", "the file is no mapping"),
        ("deficits: kept", "the file has no list of changes"),
        ("changes: []", "the file has no list of changes"),
        (f"deficit: zero\nchanges: [{{{PAIR}, cost: 1.1}}]", "did you mean deficits?"),
        (f"deficits: none\nchanges: [{{{PAIR}, cost: 1.1}}]", "deficits: 'none' is no closure"),
        (f"deficits: {{Hme: 0}}\nchanges: [{{{PAIR}, cost: 1.1}}]", "did you mean Home?"),
        (f"deficits: {{Home: 99}}\nchanges: [{{{PAIR}, cost: 1.1}}]", "deficits: 99 is out of range"),
        (f"deficits: {{East: 0, League: 0}}\nchanges: [{{{PAIR}, cost: 1.1}}]", "East is named twice"),
        (f"deficits: {{Home: 0, League: 1, Far: 1}}\nchanges: [{{{PAIR}, cost: 1.1}}]", "and not the same"),
        ("deficits: zero\nchanges: [{region: Home, deficit: 0.5}]", "a factor on one changes nothing"),
    ],
)
def test_the_frame_of_a_file_is_read_strictly(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(MoravaError, match=said.replace("?", r"\?")):
        ask(tmp_path, text)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"{{{PAIR}, tariff: 0.1}}", "{importer: League, exporter: all, sector: goods, tariff: 0.2}"),
        (f"{{{PAIR}, tariff: 0.1}}", f"{{{PAIR}, tariff_change: 0.2, year: 2030}}"),
        (f"{{{PAIR}, cost: 1.1}}", f"{{{PAIR}, cost: 1.2}}"),
        ("{region: all, labour: 1.1}", "{region: Far, labour: 1.2}"),
    ],
)
def test_two_changes_of_one_kind_on_one_cell_are_refused_once(first: str, second: str, tmp_path: Path) -> None:
    with pytest.raises(MoravaError) as caught:
        ask(tmp_path, f"changes:\n- {first}\n- {second}\n")
    (problem,) = caught.value.problems
    assert "is changed twice for" in problem.what
    assert problem.where.endswith(":3")
    assert "asked.yaml:2" in problem.mend


def test_all_errors_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(MoravaError) as caught:
        ask(
            tmp_path, f"changes:\n- {{{PAIR}, tariff: 9}}\n- {{region: Hme, labour: 2}}\n- {{region: Far, labour: x}}\n"
        )
    assert [problem.where[-1] for problem in caught.value.problems] == ["2", "3", "4"]


@pytest.mark.parametrize(
    ("record", "cells"),
    [
        ("{importer: League, exporter: Home, sector: steel, cost: 2}", [(1, 0, 0), (2, 0, 0)]),
        ("{importer: League, exporter: all, sector: steel, cost: 2}", [(1, 0, 0), (1, 3, 0), (2, 0, 0), (2, 3, 0)]),
        ("{importer: all, exporter: League, sector: food, cost: 2}", [(0, 1, 1), (0, 2, 1), (3, 1, 1), (3, 2, 1)]),
        ("{importer: [East, West], exporter: [West, East], sector: food, cost: 2}", [(1, 2, 1), (2, 1, 1)]),
        ("{importer: East, exporter: Far, sector: goods, cost: 2}", [(1, 3, 0), (1, 3, 1)]),
        ("{importer: East, exporter: Far, sector: all, cost: 2}", [(1, 3, 0), (1, 3, 1), (1, 3, 2)]),
        ("{region: League, sector: food, productivity: 2}", [(1, 1), (2, 1)]),
        ("{region: all, labour: 2}", [(0,), (1,), (2,), (3,)]),
    ],
)
def test_words_stand_for_cells(record: str, cells: list[tuple[int, ...]], tmp_path: Path) -> None:
    assert list(one(tmp_path, record).changes[0].cells) == cells


def test_all_with_all_is_every_pair_but_home_sales(tmp_path: Path) -> None:
    (change,) = one(tmp_path, "{importer: all, exporter: all, sector: food, cost: 2}").changes
    assert len(set(change.cells)) == 4 * 3
    assert all(importer != exporter for importer, exporter, _ in change.cells)


def test_a_path_stands_between_its_years(tmp_path: Path) -> None:
    question = one(tmp_path, f"{{{PAIR}, tariff: {{2027: 0.1, 2030: 0.2}}}}")
    assert question.years() == [2027, 2030]
    values = [question.changes[0].value(year) for year in (2026, 2027, 2029, 2030, 2039)]
    assert values == [None, 0.1, 0.1, 0.2, 0.2]
    assert one(tmp_path, f"{{{PAIR}, tariff: 0.1}}").years() == []


def test_the_example_of_the_page_is_read(tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8").split("```text\n")[1].split("```")[0]
    plan = read_plan("serbia")
    labels = labels_of(central_inputs(plan.country, plan.strategy, plan.futures))
    assert len(ask(tmp_path, text, labels).changes) == text.count("\n- ")
