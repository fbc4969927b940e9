"""A run that is killed goes on to the same bytes; workers do not matter; broken stores are refused in words."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
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
    assert "lacks 6 of 7 chunks" in refused.stderr
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


def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "morava", "run", "ruritania", "--futures", "200000", "--workers", "2"]
    with subprocess.Popen(
        [*command, "--out", str(tmp_path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as one:
        until(lambda: len(list(tmp_path.glob("*/chunk-*"))) > 0)
        workers = [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/stat") if parent_of(path) == one.pid]
        assert len(workers) >= 2
        one.kill()
    until(lambda: not any(is_running(worker) for worker in workers))


def until(happens: Callable[[], bool]) -> None:
    """Wait until something happens, for a minute at most."""
    for _ in range(600):
        if happens():
            return
        time.sleep(0.1)
    pytest.fail("it did not happen within a minute")


def parent_of(stat: Path) -> int:
    try:
        return int(stat.read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, IndexError):
        return -1


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
