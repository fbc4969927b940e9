"""The life of a job: started, watched, stopped, killed half way, gone on with."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from morava.runs.explore import STOP_AFTER_VARIABLE, Plan
from morava.runs.request import chunks_of
from morava.runs.store import chunk_folder, is_finished, read_request
from morava.runs.types import Request
from morava.web import Settings
from morava.web.asked import NewRun, Work, work_of
from morava.web.cost import kind_of, rates_like, rates_of, seconds_left
from morava.web.jobs import DONE, FAILED, STOPPED, WAITING, Jobs, problems_in

Open = Callable[[Settings], httpx.Client]
NOBODY = "0123456789abcdef"


@pytest.fixture
def half(store: Path, run: str, tmp_path: Path) -> Path:
    """Return a store in which the run of the plan lacks its last chunk, as a killed server leaves it."""
    shutil.copytree(store / run, tmp_path / run)
    shutil.rmtree(chunk_folder(tmp_path / run, chunks_of(read_request(store / run))[-1]))
    return tmp_path


def told(page: httpx.Client, job: str) -> Iterator[dict[str, Any]]:
    """Give what the page tells of a job until it is over."""
    with page.stream("GET", f"/api/jobs/{job}/events") as events:
        assert events.headers["content-type"].startswith("text/event-stream")
        for line in events.iter_lines():
            if line:
                assert line.startswith("data: ")
                yield json.loads(line.removeprefix("data: "))


def resume(page: httpx.Client, run: str) -> dict[str, Any]:
    answer = page.post("/api/jobs", json={"resume": run})
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.json()
    return found


def files_of(run: Path) -> dict[str, bytes]:
    return {
        path.relative_to(run).as_posix(): path.read_bytes()
        for path in run.rglob("*")
        if path.is_file() and path.name not in ("log.jsonl", "verdicts.json")
    }


def test_a_run_that_was_left_half_way_is_offered_and_ends_as_if_it_never_stopped(
    open_page: Open, half: Path, store: Path, run: str
) -> None:
    page = open_page(Settings("ruritania", half))
    row = page.get("/api/runs").json()[0]
    assert (row["finished"], row["done"], row["total"]) == (False, 1, 2)
    job = resume(page, run)
    assert (job["run"], job["done"], job["total"], job["country"]) == (run, 1, 2, "ruritania")
    assert resume(page, run)["job"] == job["job"]  # one job a run
    seen = list(told(page, job["job"]))
    assert [state["done"] for state in seen] == sorted(state["done"] for state in seen)
    assert (seen[-1]["state"], seen[-1]["done"], seen[-1]["problems"]) == (DONE, 2, [])
    assert files_of(half / run) == files_of(store / run)
    assert page.get(f"/api/runs/{run}/claims").json() == page.get(f"/api/runs/{run}/claims").json()
    assert resume(page, run)["state"] == DONE  # nothing is left to be done


def test_one_at_a_time_and_what_waits_can_be_stopped(open_page: Open, half: Path, run: str) -> None:
    page = open_page(Settings("ruritania", half, most_jobs=1))
    first = resume(page, run)
    second = page.post("/api/jobs", json={"country": "ruritania", "futures": 2}).json()
    assert second["state"] == WAITING
    assert second["seconds_left"] > 0
    full = page.post("/api/jobs", json={"country": "ruritania", "futures": 3})
    assert (full.status_code, full.headers["retry-after"]) == (429, "30")
    assert [job["job"] for job in page.get("/api/jobs").json()] == [second["job"], first["job"]]
    assert page.delete(f"/api/jobs/{second['job']}").json()["state"] == STOPPED
    stopped = page.delete(f"/api/jobs/{first['job']}").json()
    assert stopped["state"] == STOPPED
    assert list(told(page, first["job"]))[-1] == stopped
    assert not (half / second["run"]).exists()
    assert page.get("/api/runs").json()[0]["run"] == run


def test_a_process_that_is_killed_half_way_leaves_a_run_that_can_be_resumed(
    open_page: Open, store: Path, run: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(STOP_AFTER_VARIABLE, "1")
    (tmp_path / run).mkdir()
    (tmp_path / run / "run.json").write_bytes((store / run / "run.json").read_bytes())
    page = open_page(Settings("ruritania", tmp_path))
    last = list(told(page, resume(page, run)["job"]))[-1]
    assert (last["state"], last["done"], last["total"]) == (FAILED, 1, 2)
    assert "137" in last["problems"][0]["what"]
    assert "resume" in last["problems"][0]["mend"]
    assert not is_finished(tmp_path / run, read_request(tmp_path / run))


@pytest.mark.parametrize(
    ("body", "status", "mend"),
    [
        ({}, 422, "openapi"),
        ([], 422, "openapi"),
        ({"country": "../ruritania"}, 422, "openapi"),
        ({"country": "ruritana"}, 404, "did you mean ruritania?"),
        ({"country": "ruritania", "strategy": "crown-2031"}, 404, "did you mean crown-2030?"),
        ({"country": "ruritania", "strategy": ".."}, 422, "openapi"),
        ({"country": "ruritania", "futures": 0}, 422, "openapi"),
        ({"country": "ruritania", "futures": 100_001}, 422, "openapi"),
        ({"country": "ruritania", "futures": "3"}, 422, "openapi"),
        ({"country": "ruritania", "levers": {"--out": 1}}, 422, "openapi"),
        ({"country": "ruritania", "levers": {"a": "1"}}, 422, "openapi"),
        ({"country": "ruritania", "levers": {"a": 1e300}}, 422, "openapi"),
        ({"country": "ruritania", "levers": {f"a{k}": 1 for k in range(101)}}, 422, "openapi"),
        ({"country": "ruritania", "extra": 1}, 422, "openapi"),
        ({"resume": NOBODY}, 404, "known"),
        ({"resume": "../../etc"}, 422, "openapi"),
        ({"resume": NOBODY, "country": "ruritania"}, 422, "openapi"),
    ],
)
def test_what_cannot_be_run_is_refused(page: httpx.Client, body: object, status: int, mend: str) -> None:
    answer = page.post("/api/jobs", json=body)
    assert answer.status_code == status, answer.text
    assert mend in answer.json()["problems"][0]["mend"]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"country": NaN}', b"[" * 30_000])
def test_what_is_no_json_is_refused(page: httpx.Client, body: bytes) -> None:
    answer = page.post("/api/jobs", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.json()["problems"]


def test_what_is_served_and_what_a_run_costs(page: httpx.Client, run: str) -> None:
    served = page.get("/api/served").json()
    assert (served["country"], served["run"], served["document"]) == ("ruritania", run, False)
    assert {"country": "ruritania", "strategies": ["crown-2030", "crown-2030-late"]} in served["packs"]
    cost = page.get("/api/cost", params={"futures": 10}).json()
    assert (cost["done"], cost["total"]) == (0, 3)
    assert cost["seconds"] > 0


def test_a_page_without_a_run_makes_one(open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(STOP_AFTER_VARIABLE, "1")
    page = open_page(Settings("ruritania", tmp_path, begin=True, futures=3))
    assert page.get("/api/served").json()["run"] is None
    job = page.get("/api/jobs").json()[0]
    assert (job["country"], job["strategy"], job["futures"]) == ("ruritania", "crown-2030", 3)
    page.delete(f"/api/jobs/{job['job']}")


def test_a_page_with_a_run_makes_none(open_page: Open, store: Path) -> None:
    assert open_page(Settings("ruritania", store, begin=True)).get("/api/jobs").json() == []


class TestCost:
    def test_times_between_ends_count_for_the_kind_that_ended(self, tmp_path: Path, run: str, store: Path) -> None:
        request = read_request(store / run)
        lines = [("start", None, 10.0), ("chunk", 0, 14.0), ("chunk", 1, 25.5), ("end", None, 26.0)]
        path = tmp_path / run
        path.mkdir()
        text = "\n".join(json.dumps({"event": event, "first": first, "time": now}) for event, first, now in lines)
        (path / "log.jsonl").write_text(text + '\n{"torn', encoding="utf-8")
        (path / "run.json").write_bytes((store / run / "run.json").read_bytes())
        assert rates_of(path, request) == {"solved": 4.0, "other": 0.5}
        assert rates_like(request, tmp_path) == {"solved": 4.0, "other": 0.5}
        assert seconds_left(request, tmp_path, {}) == 4.0 + 23 * 0.5

    def test_without_any_run_the_shipped_measure_speaks_and_of_others_nobody_does(
        self, tmp_path: Path, run: str, store: Path
    ) -> None:
        request = read_request(store / run)
        assert set(rates_like(request, tmp_path)) == {"solved", "other"}
        assert seconds_left(request, tmp_path, {}) is None
        assert (kind_of(0, request), kind_of(1, request)) == ("solved", "other")


class TestProblems:
    def test_those_that_a_command_prints(self) -> None:
        words = "a\n  where: b\n  mend:  c\nd\n  where: e\n  mend:  f\n"
        assert [problem.what for problem in problems_in(words, 1, "r")] == ["a", "d"]

    def test_no_traceback_is_shown(self) -> None:
        words = "Traceback (most recent call last):\n  File x\nMemoryError\n"
        (problem,) = problems_in(words, 1, "r")
        assert problem.what == "the process of the run ended with 1 (MemoryError)"

    def test_silence(self) -> None:
        assert "said nothing" in problems_in("", -9, "r")[0].what


def test_what_a_job_refuses_is_given_as_problems(
    run: str, tmp_path: Path, small_runs: tuple[tuple[Plan, Request], ...]
) -> None:
    jobs = Jobs(tmp_path, 1)
    work = Work(run, small_runs[1][1], ("run", "nowhere", "--out", str(tmp_path)))
    name = jobs.start(work).job
    shown = jobs.wait(name)
    assert shown.state == FAILED
    assert [problem.what for problem in shown.problems] == ["there is no country 'nowhere'"]
    jobs.close()
    assert jobs.left == []


def test_a_job_ends_with_the_page_however_that_ends() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "morava.web.job_process", "run", "ruritania", "--futures", "100000"],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
        env={**os.environ, "MORAVA_RUNS": os.devnull},
    )  # fmt: skip
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait() == -signal.SIGKILL
    assert process.stderr is not None
    process.stderr.close()


def test_levers_move_a_run_of_their_own(tmp_path: Path) -> None:
    settings = Settings("ruritania", tmp_path)
    plain = work_of(NewRun(country="ruritania", futures=3), settings)
    moved = work_of(NewRun(country="ruritania", futures=3, levers={"sun-size": 0.5}), settings)
    assert (plain.request.levers, moved.request.levers) == ("", "sun-size=0.5")
    assert plain.run != moved.run
    assert moved.command[moved.command.index("--lever") + 1] == "sun-size=0.5"


@pytest.mark.parametrize(("levers", "mend"), [({"sun-sise": 0.5}, "sun-size"), ({"sun-size": 1e6}, "")])
def test_a_lever_that_is_none_or_goes_too_far_is_refused(
    page: httpx.Client, levers: dict[str, float], mend: str
) -> None:
    answer = page.post("/api/jobs", json={"country": "ruritania", "futures": 3, "levers": levers})
    assert answer.status_code == 422
    assert mend in answer.json()["problems"][0]["mend"]


def test_a_job_that_begins_anew_moves_the_same_levers(open_page: Open, tmp_path: Path) -> None:
    settings = Settings("ruritania", tmp_path)
    page = open_page(settings)
    job = page.post("/api/jobs", json={"country": "ruritania", "futures": 3, "levers": {"sun-size": 0.5}}).json()
    page.delete(f"/api/jobs/{job['job']}")
    assert job["levers"] == {"sun-size": 0.5}
    asked = NewRun(**{name: job[name] for name in ("country", "strategy", "futures", "levers")})
    assert work_of(asked, settings).run == job["run"]
