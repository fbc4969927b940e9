"""Files are whole or not there."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from morava.errors import MoravaError
from morava.report.whole_files import beside, write_bytes

HALF = """
import os, signal, sys
from pathlib import Path
from morava.report.whole_files import beside
with beside(Path(sys.argv[1])) as place, place.open("wb") as file:
    file.write(b"half")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def half_written(target: Path) -> None:
    with beside(target) as place:
        place.write_bytes(b"half")
        raise ZeroDivisionError


def test_a_file_is_written_whole_and_its_size_said(tmp_path: Path) -> None:
    written = write_bytes("pdf", tmp_path / "a.pdf", b"12345")
    assert (written.file.read_bytes(), written.size, names(tmp_path)) == (b"12345", 5, ["a.pdf"])


def test_one_that_is_there_stays_when_writing_fails(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError):
        half_written(target)
    assert (target.read_bytes(), names(tmp_path)) == (b"old", ["a.pdf"])


def test_killed_half_way_there_is_no_file_of_that_name(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    ended = subprocess.run([sys.executable, "-c", HALF, str(target)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert not target.exists()
    assert [name for name in names(tmp_path) if not name.startswith(".")] == []


def test_a_place_that_cannot_be_written_is_refused_with_what_mends_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(MoravaError, match="cannot be written") as refused:
        write_bytes("pdf", tmp_path / "file" / "a.pdf", b"1")
    assert refused.value.problems[0].mend
