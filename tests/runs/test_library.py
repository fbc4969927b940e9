"""The solved futures of a run, from which its others are screened."""

import shutil
from pathlib import Path

import pytest

from morava.errors import MoravaError
from morava.runs.explore import Plan, explore
from morava.runs.library import FOLDER
from morava.runs.request import Detail, make_request
from morava.runs.store import read_outcome

SCREENED = Detail(1, (2030,), 0, 0, screened=4)


@pytest.fixture(scope="module")
def plan(ruritania, crown, nobody):
    return Plan(ruritania, crown, nobody, "ruritania")


@pytest.fixture(scope="module")
def request_(ruritania, crown, nobody):
    return make_request(ruritania, crown, nobody, 5, detail=SCREENED)


@pytest.fixture(scope="module")
def whole(plan, request_, tmp_path_factory):
    return explore(plan, request_, tmp_path_factory.mktemp("whole"), 1)


def chunks(path: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(path)): file.read_bytes() for file in sorted(path.glob("chunk-*/**/*")) if file.is_file()
    }


def test_a_run_keeps_its_library_by_its_digest(whole):
    (file,) = (whole / FOLDER).iterdir()
    assert len(file.stem) == 64
    assert not (whole / f".{FOLDER}").exists()


def test_workers_and_an_interruption_leave_the_same_bytes(plan, request_, whole, tmp_path):
    other = explore(plan, request_, tmp_path, 2)
    assert chunks(other) == chunks(whole)
    shutil.rmtree(other / "chunk-0000001")
    assert explore(plan, request_, tmp_path, 1) == other
    assert chunks(other) == chunks(whole)


def test_screened_futures_are_proved_within_one_percent(request_, whole):
    gaps = read_outcome(whole, request_).values["power_solve_gap"]
    assert gaps.coords["future"].to_numpy().tolist() == [0, 1, 2, 3]
    assert float(gaps.sel(future=0)) <= 1e-4
    assert float(gaps.max()) <= 1e-2


def test_a_library_of_other_bytes_is_refused(plan, request_, whole, tmp_path):
    (file,) = (whole / FOLDER).iterdir()
    path = tmp_path / whole.name
    shutil.copytree(whole, path)
    shutil.rmtree(path / "chunk-0000001")
    (path / FOLDER / file.name).rename(path / FOLDER / f"{'0' * 64}.npz")
    with pytest.raises(MoravaError, match="digest"):
        explore(plan, request_, tmp_path, 1)


def test_a_run_that_screens_nothing_has_none(plan, ruritania, crown, nobody, tmp_path):
    plain = make_request(ruritania, crown, nobody, 2, detail=Detail(0, (2030,), 0, 0))
    assert not (explore(plan, plain, tmp_path, 1) / FOLDER).exists()
