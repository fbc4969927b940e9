"""A run that is killed goes on to the same bytes; workers do not matter; broken stores are refused in words."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from morava.runs.explore import STOP_AFTER_VARIABLE
from morava.runs.store import LOG_FILE

FUTURES = 1100
"""Five chunks of 250, the last one short."""


def run(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "morava", *arguments, "--out", str(folder)]
    env = {**os.environ, **variables}
    return subprocess.run(command, text=True, capture_output=True, check=False, env=env, cwd=folder)


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != LOG_FILE
    }


def make(folder: Path, workers: int, **variables: str) -> subprocess.CompletedProcess[str]:
    folder.mkdir(exist_ok=True)
    arguments = ("run", "ruritania", "--futures", str(FUTURES), "--workers", str(workers), "--json")
    return run(folder, *arguments, **variables)


def test_a_killed_run_resumes_to_the_same_bytes_with_any_number_of_workers(tmp_path: Path) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    first = make(whole, 1)
    assert first.returncode == 0, first.stderr
    stopped = make(killed, 1, **{STOP_AFTER_VARIABLE: "2"})
    assert stopped.returncode == 137
    assert len(list(killed.glob("*/chunk-*"))) == 2
    assert fingerprint(killed) != fingerprint(whole)
    resumed = run(killed, "resume", "--workers", "2", "--json")
    assert resumed.returncode == 0, resumed.stderr
    assert fingerprint(killed) == fingerprint(whole)
    assert json.loads(resumed.stdout) == json.loads(first.stdout)


def test_a_half_written_chunk_is_not_taken_for_a_whole_one(tmp_path: Path) -> None:
    make(tmp_path, 1, **{STOP_AFTER_VARIABLE: "1"})
    path = next(tmp_path.glob("*/run.json")).parent
    debris = path / ".chunk-0000250.1"
    debris.mkdir()
    (debris / "initiative_finish.parquet").write_bytes(b"half")
    refused = run(tmp_path, "judge", path.name)
    assert refused.returncode == 1
    assert "lacks 4 of 5 chunks" in refused.stderr
    assert "morava resume" in refused.stderr
    assert run(tmp_path, "resume", "--json").returncode == 0


@pytest.mark.parametrize("content", ["", "{", '{"run": "x"}', "[]", "\x00"])
def test_a_damaged_run_is_named_and_no_other_run_is_lost(tmp_path: Path, content: str) -> None:
    bad = tmp_path / "deadbeef"
    bad.mkdir()
    (bad / "run.json").write_text(content)
    shown = run(tmp_path, "show", "runs", "--json")
    assert shown.returncode == 0
    assert json.loads(shown.stdout) == {"runs": []}
    refused = run(tmp_path, "judge", "deadbeef")
    assert refused.returncode == 1
    assert "where:" in refused.stderr
    assert "Traceback" not in refused.stderr
