"""The command and the files that it leaves."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from morava.cli.app import app
from morava.errors import MoravaError
from morava.report import write
from morava.report.material import Material
from morava.report.page import read_back
from morava.report.write import write_report
from morava.runs.answers import Answers


@pytest.fixture(autouse=True)
def gathered_once(monkeypatch: pytest.MonkeyPatch, material: Material) -> None:
    monkeypatch.setattr(write, "gather", lambda _: material)


def asked(late: Answers, runs: Path, to: Path, *more: str) -> str:
    result = CliRunner().invoke(app, ["report", late.run, "--out", str(runs), "--to", str(to), *more])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_all_three_are_written_and_their_sizes_said(late: Answers, runs: Path, tmp_path: Path) -> None:
    said = asked(late, runs, tmp_path / "new" / "folder")
    names = sorted(path.name for path in (tmp_path / "new" / "folder").iterdir())
    assert names == [f"morava-{late.run}-en.{kind}" for kind in ("html", "pdf", "xlsx")]
    assert [line.rpartition(": ")[2].split()[1] for line in said.splitlines()] == ["kB", "kB", "kB"] or "MB" in said
    held = {path.suffix: path.read_bytes() for path in (tmp_path / "new" / "folder").iterdir()}
    assert f"/api/runs/{late.run}" in read_back(held[".html"])
    assert len(PdfReader(BytesIO(held[".pdf"])).pages) > 2
    assert openpyxl.load_workbook(BytesIO(held[".xlsx"])).sheetnames[:2] == ["Summary", "Claims"]


def test_one_kind_in_one_language_as_json(late: Answers, runs: Path, tmp_path: Path) -> None:
    document = json.loads(asked(late, runs, tmp_path, "--format", "xlsx", "--language", "sr-Latn", "--json"))
    (file,) = document["files"]
    assert (document["run"], document["language"], file["kind"]) == (late.run, "sr-Latn", "xlsx")
    assert Path(file["file"]).stat().st_size == file["bytes"]


def test_nothing_is_written_where_one_kind_cannot_be_made(
    late: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr(write, "workbook", broken)
    with pytest.raises(ZeroDivisionError):
        write_report(late, tmp_path / "report")
    assert list(tmp_path.iterdir()) == []


def test_the_same_run_gives_the_same_files(late: Answers, tmp_path: Path) -> None:
    one, other = (write_report(late, tmp_path / name) for name in ("one", "other"))
    for first, second in zip(one, other, strict=True):
        assert first.file.read_bytes() == second.file.read_bytes()


@pytest.mark.parametrize(("kinds", "language"), [(("docx",), "en"), (("pdf",), "de")])
def test_what_is_not_known_is_refused_with_what_is_near(
    late: Answers, tmp_path: Path, kinds: tuple[str, ...], language: str
) -> None:
    with pytest.raises(MoravaError, match="there is no"):
        write_report(late, tmp_path, kinds, language)
