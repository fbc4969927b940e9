"""The command `backtest`: its table says what its document says, and `--write` leaves what `explain` reads."""

from __future__ import annotations

import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from morava.cli.app import app
from morava.cli.backtest_screens import WIDTH, print_backtest
from morava.plans import read_country
from morava.plans.foreseen import FILE, read_foreseen
from morava.runs.backtest import backtest
from morava.runs.backtest_economy import economy_forecast

FUTURES = "10"


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    return Path(shutil.copytree(read_country("serbia").folder, tmp_path_factory.mktemp("packs") / "serbia"))


@pytest.fixture(scope="module")
def document(pack):
    (pack / FILE).unlink()
    found = CliRunner().invoke(app, ["backtest", str(pack), "--json", "--write", "--futures", FUTURES])
    assert found.exit_code == 0, found.output
    return json.loads(found.output)


def test_the_document_holds_coverage_rows_and_what_was_kept(document):
    assert 0 <= document["coverage"] <= 1
    assert 1 <= document["effective_n"] <= len(document["rows"])
    assert "Pseudo-real-time" in document["standing"]
    assert {row["freeze"] for row in document["rows"]} == {2015, 2019}
    assert all(row["error"] == pytest.approx(row["p50"] - row["observed"]) for row in document["rows"])
    assert "trade_elasticity" in {kept["quantity"] for kept in document["kept"]}


def test_what_was_written_is_what_was_found(pack, document):
    held = {one.name: one for one in read_foreseen(pack)}
    assert set(held) == {score["quantity"] for score in document["scores"]}
    for score in document["scores"]:
        assert held[score["quantity"]].verdict == score["verdict"]
        assert held[score["quantity"]].error == pytest.approx(score["error"], rel=1e-3)


def test_the_table_names_each_verdict():
    found = backtest("serbia", int(FUTURES), [economy_forecast])
    console = Console(width=WIDTH, record=True, file=StringIO())
    print_backtest(console, found)
    lines = console.export_text().splitlines()
    for score in found.scores:
        assert any(score.quantity in line and score.verdict in line for line in lines)
    assert f"{len(found.kept)} quantities of later days were kept" in lines
    assert sum(line.rstrip().endswith((" yes", " no")) for line in lines) == len(found.rows)
