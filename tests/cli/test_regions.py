"""The name of a region in place of a country."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from morava.cli import main


def type_in(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr(sys, "argv", ["morava", *map(str, words)])
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_a_region_is_written_like_a_country(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "region.mps"
    assert type_in(monkeypatch, "system", "western-balkans", "--hours", 1, "--to", target) == 0
    assert "8188 rows" in capsys.readouterr().out
    text = target.read_text(encoding="utf-8")
    assert "balance_RS(2015," in text
    assert "forward_RS-XK(2015," in text


def test_what_only_a_country_has_is_refused_all_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("system", "western-balkans", "--strategy", "x", "--future", 3, "--seed", 0, "--years", "all")
    assert type_in(monkeypatch, *words) == 1
    said = capsys.readouterr().err
    assert [option for option in ("--strategy", "--future", "--seed", "--years") if option not in said] == []


def test_a_region_is_solved_and_its_zones_are_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert type_in(monkeypatch, "solve", "western-balkans", "--hours", 1, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["bound"] <= found["cost"] * (1 + 1e-9)
    assert [zone["zone"] for zone in found["zones"]] == ["RS", "BA", "ME", "MK", "AL", "XK", "HR", "BG", "RO"]
    assert type_in(monkeypatch, "solve", "western-balkans", "--hours", 1) == 0
    shown = capsys.readouterr().out
    assert "at least" in shown
    assert "mean price" in shown
