"""The command that opens the page."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from morava.cli.serve import address_of, in_words, listen
from morava.cli.speech import english
from morava.errors import MoravaError
from morava.runs.store import list_runs
from morava.web import Settings
from morava.web.settings import is_loopback


def test_it_answers_where_it_says_makes_a_run_and_ends_when_it_is_asked(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "morava", "serve", "ruritania", "--port", "0", "--no-open", "--out", str(tmp_path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    with process.stdout, process.stderr:
        found = re.fullmatch(r"Morava: (http://127\.0\.0\.1:\d+/)\n", process.stdout.readline())
        assert found is not None
        assert "only this machine" in process.stdout.readline()
        assert re.search(r"making one with 1000 futures, about \d+ (seconds|minutes?)", process.stdout.readline())
        with httpx.Client(base_url=found[1], trust_env=False, timeout=120) as page:
            assert page.get("/").status_code == 200
            job = page.get("/api/jobs").json()[0]
            with page.stream("GET", f"/api/jobs/{job['job']}/events") as events:
                states = (json.loads(line[6:]) for line in events.iter_lines() if line)
                assert next(states)["total"] == 6
                next(state for state in states if list_runs(tmp_path))
                process.send_signal(signal.SIGINT)
                assert process.wait() == 0
        assert f"morava resume {job['run']}" in process.stdout.read()
        assert process.stderr.read() == ""


def test_another_address_is_asked_for_with_a_token() -> None:
    assert address_of(Settings(host="192.0.2.7", token="abc"), 80) == "http://192.0.2.7:80/?token=abc"
    assert address_of(Settings(host="0.0.0.0", token="abc"), 80) == f"http://{socket.gethostname()}:80/?token=abc"
    assert [is_loopback(host) for host in ("127.0.0.1", "localhost", "::1", "0.0.0.0", "192.0.2.7")] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_every_address_warns_and_asks_for_the_token(store: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "morava", "serve", "ruritania", "--port", "0", "--host", "0.0.0.0", "--no-open"],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "MORAVA_RUNS": str(store)},
    )  # fmt: skip
    assert process.stdout is not None
    with process.stdout:
        found = re.fullmatch(r"Morava: http://[^/]+:(\d+)/\?token=(\S{32})\n", process.stdout.readline())
        assert found is not None
        assert process.stdout.readline().startswith("WARNING: other machines can reach 0.0.0.0.")
        with httpx.Client(base_url=f"http://127.0.0.1:{found[1]}", trust_env=False, timeout=120) as page:
            assert page.get("/api/runs").status_code == 401
            assert page.get("/", params={"token": found[2]}).status_code == 303
            assert page.get("/api/runs").status_code == 200  # by the cookie
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0


def test_a_port_that_is_taken_is_refused_in_words() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(MoravaError) as refused:
        listen("127.0.0.1", taken.getsockname()[1])
    assert "nothing can listen on 127.0.0.1" in refused.value.problems[0].what


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "1 second"), (8, "8 seconds"), (45, "1 minute"), (89, "1 minute"), (150, "2 minutes")]
)
def test_a_time_in_words(seconds: float, words: str) -> None:
    assert in_words(seconds, english()) == words
