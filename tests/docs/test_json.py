"""The page of JSON documents names the keys that the commands print, and they print one document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from morava.cli import app

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "json.md"
COMMANDS = {
    "check": ["check", "ruritania"],
    "compare": ["compare"],
    "export": ["export"],
    "explain CLAIM": ["explain", "green"],
    "explain QUANTITY": ["explain", "initiative_finish", "--where", "initiative=railway", "--future", "3"],
}


VERDICT = {
    "claim", "answer", "basis", "share_of_futures", "interval", "open", "margin", "hinges_on", "reasons",
}  # fmt: skip


def printed(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    app([*arguments, "--json"], standalone_mode=False)
    return json.loads(capsys.readouterr().out)


def keys_of(row: str) -> set[str]:
    """Return the words in backticks of one row, those of a row in brackets left out."""
    depth, kept = 0, []
    for sign in row:
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            kept.append(sign)
    return set("".join(kept).split("`")[1::2])


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MORAVA_RUNS", str(tmp_path / "runs"))
    return tmp_path


def test_a_run_prints_the_keys_of_the_page(runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    found = printed(["run", "ruritania", "--futures", "40", "--workers", "1"], capsys)
    assert set(found) == {"run", "power", "coherence", "verdicts"}
    assert len(list(runs.glob("runs/*/run.json"))) == 1
    for verdict in found["verdicts"]:
        assert set(verdict) == VERDICT
    named = set(page.split("`")[1::2])
    assert VERDICT | set(found["coherence"]) | {key for one in found["coherence"]["findings"] for key in one} <= named
    assert printed(["judge"], capsys) == found


def test_the_other_commands_print_the_keys_of_the_page(runs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in ("40", "50"):
        printed(["run", "ruritania", "--futures", number, "--workers", "1"], capsys)
    rows = {
        row.split("|")[1].strip(" `"): row.split("|", 2)[2]
        for row in PAGE.read_text("utf-8").splitlines()
        if "|" in row
    }
    assert COMMANDS.keys() <= rows.keys()
    for name, arguments in COMMANDS.items():
        assert set(printed(arguments, capsys)) == keys_of(rows[name]), name
    assert set(printed(["show", "claims", "--country", "ruritania"], capsys)) == {"claims"}
    assert (runs / "export" / "verdicts.csv").is_file()
