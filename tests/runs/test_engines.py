"""Whoever computes, the bytes are the same; what stops a worker is said in words."""

from __future__ import annotations

import hashlib
import inspect
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

import pytest

from morava.cli import main
from morava.errors import MoravaError
from morava.plans.read import read_country
from morava.runs.chunk_task import ChunkTask, check_installed
from morava.runs.engines import SINGLE_THREAD, Engine, ProcessPool
from morava.runs.explore import Plan, explore
from morava.runs.ray_engine import RayCluster, connected, load_ray
from morava.runs.request import detail_for, make_request
from morava.runs.store import LOG_FILE, has_chunk, missing_chunks, open_run
from morava.runs.types import Request

CHUNKS = [range(1), range(1, 4), range(4, 7), range(7, 10)]
"""One future with power, the others three at a time."""
ENGINES = {"local": ProcessPool(), "ray": RayCluster()}


@pytest.fixture(scope="module")
def plan(ruritania, crown, nobody) -> Plan:
    return Plan(ruritania, crown, nobody, "ruritania")


@pytest.fixture(scope="module")
def small(ruritania, crown, nobody) -> Request:
    detail = detail_for(ruritania, 1, hours="1", check=False)
    return make_request(ruritania, crown, nobody, 10, chunk_size=3, detail=detail)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Two workers of Ray, for all tests here that compute with it; gives their address."""
    ray = load_ray()
    with connected(ray, "", 2):
        yield ray.get_runtime_context().gcs_address
    assert not ray.is_initialized()


@pytest.fixture(scope="module")
def whole(plan, small, tmp_path_factory) -> dict[str, str]:
    """What one process alone writes."""
    return fingerprint(explore(plan, small, tmp_path_factory.mktemp("whole"), 1))


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != LOG_FILE
    }


def events(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (path / LOG_FILE).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("engine", "workers"), [("local", 2), ("ray", 1), ("ray", 2)])
@pytest.mark.usefixtures("cluster")
def test_every_engine_writes_the_same_bytes_with_any_workers(engine, workers, plan, small, whole, tmp_path):
    path = explore(plan, small, tmp_path, workers, engine=ENGINES[engine])
    assert fingerprint(path) == whole
    assert len(whole) > len(CHUNKS)
    assert "chunk-0000000/hours/power_output_hourly.parquet" in whole
    assert [(line["engine"], line["workers"]) for line in events(path) if line["event"] == "start"] == [
        (engine, workers)
    ]


@pytest.mark.parametrize(("first", "second"), [("local", "ray"), ("ray", "local")])
@pytest.mark.usefixtures("cluster")
def test_one_engine_goes_on_where_another_was_stopped(first, second, plan, small, whole, tmp_path):
    def stop(done: int, total: int) -> None:
        if 0 < done < total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        explore(plan, small, tmp_path, 1, stop, ENGINES[first])
    path = open_run(small, tmp_path)
    assert 0 < len(missing_chunks(path, small)) < len(CHUNKS)
    assert fingerprint(path).items() < whole.items()
    assert fingerprint(explore(plan, small, tmp_path, 2, engine=ENGINES[second])) == whole


def test_an_engine_is_no_part_of_a_request():
    assert "engine" in inspect.signature(explore).parameters
    assert not [one.name for one in fields(Request) if "engine" in one.name or "ray" in one.name]


@dataclass
class Told:
    """Work that does what a test says, and keeps what came of it."""

    remote: Callable[[range], Mapping[str, bytes]]
    kept: dict[int, Mapping[str, bytes]] = field(default_factory=dict)

    def compute(self, numbers: range) -> None:
        self.kept[numbers.start] = self.remote(numbers)

    def elsewhere(self) -> Callable[[range], Mapping[str, bytes]]:
        return self.remote

    def keep(self, numbers: range, files: Mapping[str, bytes]) -> None:
        self.kept[numbers.start] = files


@pytest.mark.usefixtures("cluster")
def test_workers_of_ray_have_one_thread_of_linear_algebra():
    def tell(_numbers: range) -> dict[str, bytes]:
        return {name: os.environ[name].encode() for name in SINGLE_THREAD}

    told = Told(tell)
    assert list(RayCluster().completed(told, CHUNKS[:1], 1)) == CHUNKS[:1]
    assert told.kept == {0: dict.fromkeys(SINGLE_THREAD, b"1")}


@pytest.mark.usefixtures("cluster")
def test_on_a_cluster_no_more_is_computed_at_a_time_than_asked_for(tmp_path):
    def alone(numbers: range) -> dict[str, bytes]:
        (tmp_path / "busy").mkdir()  # fails where another chunk is being computed
        (tmp_path / "busy").rmdir()
        return {str(numbers.start): b""}

    chunks = [range(first, first + 1) for first in range(20)]
    assert list(RayCluster().completed(Told(alone), chunks, 1)) == chunks


@pytest.mark.usefixtures("cluster")
def test_a_chunk_whose_worker_was_killed_is_computed_again(tmp_path):
    def die_once(numbers: range) -> dict[str, bytes]:
        if not (tmp_path / "died").exists():
            (tmp_path / "died").touch()
            os._exit(3)
        return {"numbers": str(list(numbers)).encode()}

    told = Told(die_once)
    assert list(RayCluster().completed(told, [range(2, 4)], 2)) == [range(2, 4)]
    assert told.kept == {2: {"numbers": b"[2, 3]"}}


@pytest.mark.usefixtures("cluster")
def test_a_worker_of_ray_that_dies_again_and_again_is_told_of():
    def die(_numbers: range) -> dict[str, bytes]:
        os._exit(3)

    refused(RayCluster(), Told(die), "engine ray")


DYING = """
import os

class Dying:
    def compute(self, numbers):
        os._exit(3)
"""


def test_a_process_that_dies_is_told_of(tmp_path, monkeypatch):
    (tmp_path / "dying_task.py").write_text(DYING, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)  # a fresh process imports by name what it is given
    refused(ProcessPool(), __import__("dying_task").Dying(), "engine local")


def refused(engine: Engine, task: object, where: str) -> None:
    with pytest.raises(MoravaError, match=r"a worker ended while futures \d to \d were computed") as caught:
        list(engine.completed(task, [range(2), range(2, 4)], 2))
    assert caught.value.problems[0].where == where
    assert "morava resume" in caught.value.problems[0].mend


@pytest.mark.usefixtures("cluster")
def test_a_mistake_in_a_worker_is_no_broken_worker():
    def fail(numbers: range) -> dict[str, bytes]:
        raise ValueError(f"no chunk {numbers.start}")

    with pytest.raises(ValueError, match="no chunk 1"):
        list(RayCluster().completed(Told(fail), [range(1, 2)], 2))


@pytest.mark.usefixtures("cluster")
def test_a_worker_with_other_libraries_or_code_computes_nothing(plan, small, tmp_path):
    check_installed(small)
    other = replace(small, versions={**small.versions, "numpy": "0", "scipy": "1"}, code_hash="x")
    task = ChunkTask(plan.country, plan.strategy, plan.futures, other, tmp_path)
    with pytest.raises(MoravaError) as caught:
        list(RayCluster().completed(task, CHUNKS, 2))
    (problem,) = caught.value.problems
    for words in ("numpy 2", "instead of 0", "instead of 1", "another code of morava"):
        assert words in problem.what
    assert "same lock file" in problem.mend
    assert not any(has_chunk(tmp_path, numbers) for numbers in CHUNKS)


def task_of_a_copy(small: Request, plan: Plan, place: Path) -> ChunkTask:
    pack = shutil.copytree(plan.country.folder, place / "pack" / "ruritania")
    return ChunkTask(read_country(pack), plan.strategy, plan.futures, small, place / "run")


def test_another_machine_needs_neither_the_pack_nor_the_folder_of_the_run(plan, small, whole, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    task = task_of_a_copy(small, plan, tmp_path)
    remote = task.elsewhere()
    shutil.rmtree(tmp_path / "pack")
    task.keep(CHUNKS[0], remote(CHUNKS[0]))
    assert list((tmp_path / "temporary").iterdir()) == []
    written = fingerprint(tmp_path / "run")
    assert written
    assert written == {name: one for name, one in whole.items() if name.startswith("chunk-0000000/")}


def test_a_series_that_changed_since_the_pack_was_read_is_not_sent(plan, small, tmp_path):
    task = task_of_a_copy(small, plan, tmp_path)
    names = sorted(task.country.series)[:2]
    for name in names:
        (tmp_path / "pack/ruritania/series" / task.country.series[name].file).write_bytes(b"other")
    with pytest.raises(MoravaError) as caught:
        task.elsewhere()
    assert sorted(problem.what for problem in caught.value.problems) == [
        f"series/{task.country.series[name].file} changed since the pack was read" for name in names
    ]


def test_ray_that_is_not_installed_is_refused_before_anything_is_written(monkeypatch, capsys, tmp_path):
    monkeypatch.setitem(sys.modules, "ray", None)
    assert typed(monkeypatch, "run", "ruritania", "--engine", "ray", "--out", tmp_path) == 1
    assert capsys.readouterr().err == (
        'ray is not installed\n  where: --engine ray\n  mend:  pip install "morava[ray]"\n'
    )
    assert list(tmp_path.iterdir()) == []
    assert list(RayCluster().completed(Told(dict), [], 2)) == []  # nothing to do, nothing needed


def test_an_address_without_ray_is_refused(monkeypatch, capsys, tmp_path):
    assert typed(monkeypatch, "run", "ruritania", "--ray-address", "auto", "--out", tmp_path) == 1
    assert "the engine local has no address" in capsys.readouterr().err


DIES_ONCE = """
import os, sys
from pathlib import Path
from types import SimpleNamespace
from morava.runs.ray_engine import RayCluster

address, mark = sys.argv[1], Path(sys.argv[2])

def die_once(numbers):
    if not mark.exists():
        mark.touch()
        os._exit(3)
    return {}

task = SimpleNamespace(elsewhere=lambda: die_once, keep=lambda numbers, files: None)
print(list(RayCluster(address).completed(task, [range(2)], 2)))
"""


def test_a_worker_that_died_is_not_told_of_where_the_document_is_printed(cluster, tmp_path):
    command = [sys.executable, "-c", DIES_ONCE, cluster, str(tmp_path / "mark")]
    found = subprocess.run(command, text=True, capture_output=True, check=False)
    assert (found.returncode, found.stdout) == (0, "[range(0, 2)]\n"), found.stderr
    assert "(raylet)" in found.stderr


def typed(monkeypatch: pytest.MonkeyPatch, *words: object) -> object:
    monkeypatch.setattr(sys, "argv", ["morava", *map(str, words)])
    with pytest.raises(SystemExit) as end:
        main()
    return end.value.code


@pytest.mark.parametrize("named", ["free", "nonsense"])
def test_a_cluster_that_does_not_answer_is_told_of(named, monkeypatch):
    if named == "free":
        with socket.create_server(("127.0.0.1", 0)) as listening:  # a port where nobody listens any more
            named = f"127.0.0.1:{listening.getsockname()[1]}"
    monkeypatch.setenv("RAY_ADDRESS", named)
    monkeypatch.setattr(load_ray(), "is_initialized", lambda: False)
    assert RayCluster().default_workers() == 0
    with pytest.raises(MoravaError, match="no Ray cluster answers") as caught:
        list(RayCluster().completed(Told(dict), CHUNKS, 2))
    assert caught.value.problems[0].where == f"Ray at {named}"


def test_a_run_on_a_cluster_by_its_address_prints_one_document_and_nothing_else(cluster, monkeypatch, capsys, tmp_path):
    words = ("run", "ruritania", "--futures", "6", "--power-futures", "0", "--json", "--out")
    assert typed(monkeypatch, *words, tmp_path / "local", "--workers", 1) == 0
    by_address = ("--engine", "ray", "--ray-address", cluster)
    command = [sys.executable, "-m", "morava", *words, str(tmp_path / "ray"), *by_address]
    found = subprocess.run(command, text=True, capture_output=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")
    assert json.loads(found.stdout) == json.loads(capsys.readouterr().out)
    assert fingerprint(tmp_path / "ray") == fingerprint(tmp_path / "local")
