"""A run on disk: bit for bit what was written, the same bytes again, and nothing of a damaged one."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.quantities import labelled
from morava.runs.request import NO_POWER, Detail, make_request, name_of
from morava.runs.store import (
    RUN_FILE,
    find_run,
    list_runs,
    log,
    missing_chunks,
    open_run,
    pack_chunk,
    pack_of,
    read_hours,
    read_outcome,
    read_request,
    runs_folder,
    unpack_chunk,
    write_chunk,
)
from morava.runs.types import Outcome

HARD = [0.1 + 0.2, 5e-324, -0.0, 1.7976931348623157e308, np.pi, np.inf]


@pytest.fixture
def request_for(ruritania, crown, nobody):
    return lambda number, seed=1, size=3: make_request(ruritania, crown, nobody, number, seed, size, NO_POWER)


def answered(numbers, failed=()):
    numbers = [number for number in numbers if number not in failed]
    dates = np.array([np.roll(HARD, number) for number in numbers]).reshape(len(numbers), 2, 3)
    values = {
        "stage_finish": labelled(
            "stage_finish", dates[:, :, 0], {"future": numbers, "stage": ["хала/финансије", "a 'quoted'/\"name\""]}
        ),
        "programme_spending": labelled(
            "programme_spending", dates, {"future": numbers, "initiative": ["sun", "hall"], "year": [2028, 2026, 2027]}
        ),
        "slip_rate": labelled("slip_rate", dates[:, 0, 0], {"future": numbers}),
    }
    return Outcome(values, {"sun": values}, {number: f"разлог {number}" for number in failed}, "")


def bits(array):
    return array.to_numpy().view(np.uint64)


def test_a_round_trip_keeps_every_bit_and_label(tmp_path, request_for):
    request = request_for(6)
    path = open_run(request, tmp_path)
    write_chunk(path, range(3), answered(range(3)))
    write_chunk(path, range(3, 6), answered(range(3, 6), failed=[4]))
    found = read_outcome(path, request)
    assert dict(found.failed) == {4: "разлог 4"}
    assert found.run == path.name
    wanted = answered(range(6), failed=[4]).values
    for values in (found.values, found.without["sun"]):
        assert sorted(values) == sorted(wanted)
        for name, array in wanted.items():
            got = values[name]
            assert got.dims == array.dims
            assert got.attrs == array.attrs
            for dim in array.dims:
                assert got.coords[dim].to_numpy().tolist() == sorted(array.coords[dim].to_numpy().tolist())
            np.testing.assert_array_equal(bits(got), bits(array.sortby(list(array.dims))))
    assert [type(year) for year in found.values["programme_spending"].coords["year"].to_numpy().tolist()] == [int] * 3


def test_two_writes_give_the_same_bytes(tmp_path, request_for):
    contents = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        path = open_run(request_for(3), folder)
        write_chunk(path, range(3), answered(range(3)))
        write_chunk(path, range(3), answered(range(3)))
        contents.append({file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()})
    assert contents[0] == contents[1]
    assert len(contents[0]) == 1 + 1 + 2 * 3


def test_a_missing_chunk_is_refused_and_named(tmp_path, request_for):
    request = request_for(7)
    path = open_run(request, tmp_path)
    write_chunk(path, range(3), answered(range(3)))
    assert missing_chunks(path, request) == [range(3, 6), range(6, 7)]
    with pytest.raises(MoravaError, match="lacks 2 of 3 chunks") as caught:
        read_outcome(path, request)
    assert "morava resume" in caught.value.problems[0].mend


def break_json(chunk):
    (chunk / "chunk.json").write_text("{", encoding="utf-8")


def empty_json(chunk):
    (chunk / "chunk.json").write_text("[]", encoding="utf-8")


def take_a_table_away(chunk):
    (chunk / "slip_rate.parquet").unlink()


def take_the_counterfactual_away(chunk):
    shutil.rmtree(chunk / "without")


def cut_a_table(chunk):
    path = chunk / "stage_finish.parquet"
    path.write_bytes(path.read_bytes()[:-40])


def take_a_table_of_another_chunk(chunk):
    shutil.copy(chunk.with_name("chunk-0000003") / "slip_rate.parquet", chunk / "slip_rate.parquet")


def claim_that_a_future_failed(chunk):
    status = json.loads((chunk / "chunk.json").read_text(encoding="utf-8"))
    (chunk / "chunk.json").write_text(json.dumps(status | {"failed": {"1": "why"}}), encoding="utf-8")


@pytest.mark.parametrize(
    "damage",
    [
        break_json,
        empty_json,
        take_a_table_away,
        take_the_counterfactual_away,
        cut_a_table,
        take_a_table_of_another_chunk,
        claim_that_a_future_failed,
    ],
)
def test_a_damaged_chunk_is_refused_in_words(tmp_path, request_for, damage):
    request = request_for(6)
    path = open_run(request, tmp_path)
    for first in (0, 3):
        write_chunk(path, range(first, first + 3), answered(range(first, first + 3)))
    damage(path / "chunk-0000000")
    with pytest.raises(MoravaError, match="has a damaged chunk") as caught:
        read_outcome(path, request)
    assert "resume" in caught.value.problems[0].mend


def test_a_request_comes_back_as_it_was(tmp_path, request_for):
    request = request_for(5)
    assert read_request(open_run(request, tmp_path)) == request
    assert list_runs(tmp_path) == [(tmp_path / name_of(request), request)]


@pytest.mark.parametrize("field", ["futures", "seed", "chunk_size", "country", "code_hash"])
def test_a_request_that_was_changed_by_hand_is_no_run(tmp_path, request_for, field):
    path = open_run(request_for(5), tmp_path)
    content = json.loads((path / RUN_FILE).read_text(encoding="utf-8"))
    (path / RUN_FILE).write_text(json.dumps(content | {field: "many"}), encoding="utf-8")
    with pytest.raises(MoravaError, match=f"{path.name} holds the request of"):
        read_request(path)
    assert list_runs(tmp_path) == []


def test_runs_are_found_by_the_beginning_of_their_name(tmp_path, request_for):
    paths = [open_run(request_for(3, seed=seed), tmp_path) for seed in range(40)]
    for path in paths:
        assert find_run(path.name, tmp_path)[0] == path
    firsts = [path.name[0] for path in paths]
    shared = next(letter for letter in firsts if firsts.count(letter) > 1)
    with pytest.raises(MoravaError, match=f"{firsts.count(shared)} runs begin with {shared}"):
        find_run(shared, tmp_path)


@pytest.mark.parametrize(
    "name", ["../../x", "..", "/", "*", "?", "~", "C:\\x", "a b", "\x00", "run.json", "Ж", "[a-f]"]
)
def test_a_strange_name_is_refused_and_reaches_nothing(tmp_path, request_for, name):
    inside = tmp_path / "deep" / "runs"
    open_run(request_for(3), inside)
    open_run(request_for(4), tmp_path / "x")
    with pytest.raises(MoravaError, match="no run is called"):
        find_run(name, inside)


def test_without_a_name_the_newest_finished_run_is_meant(tmp_path, request_for):
    with pytest.raises(MoravaError, match="there is no finished run"):
        find_run("", tmp_path)
    done, begun = request_for(3), request_for(4)
    path = open_run(done, tmp_path)
    write_chunk(path, range(3), answered(range(3)))
    open_run(begun, tmp_path)
    assert find_run("", tmp_path) == (path, done)


def test_a_folder_that_cannot_be_made_is_refused_in_words(tmp_path, request_for):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(MoravaError, match="no folder can be made here"):
        open_run(request_for(3), tmp_path / "file")


def test_the_log_says_where_the_pack_lay_last(tmp_path, request_for):
    request = request_for(3)
    path = open_run(request, tmp_path)
    assert pack_of(path, request) == "ruritania"
    log(path, "start", pack="packs/one")
    log(path, "chunk", first=0)
    log(path, "start", pack="packs/two")
    assert pack_of(path, request) == "packs/two"
    (path / "log.jsonl").write_text("no JSON", encoding="utf-8")
    assert pack_of(path, request) == "ruritania"


def test_runs_are_kept_where_one_is_told(monkeypatch):
    monkeypatch.delenv("MORAVA_RUNS", raising=False)
    assert runs_folder() == Path("runs")
    monkeypatch.setenv("MORAVA_RUNS", "elsewhere")
    assert runs_folder() == Path("elsewhere")
    assert runs_folder("here") == Path("here")


def test_a_run_is_named_by_its_request(tmp_path, request_for):
    request = request_for(3)
    assert open_run(request, tmp_path) != open_run(replace(request, seed=2), tmp_path)


@pytest.fixture
def solved_twice(ruritania, crown, nobody):
    """Return a request of four futures, power solved in the first two."""
    return make_request(ruritania, crown, nobody, 4, 1, 3, Detail(2, (2030, 2040), 0, 0))


def kept_by_hour(number):
    hours = np.linspace(-1 / 3, 7.7, 12).reshape(1, 2, 6)[:, ::-1]
    over = {"future": [number], "year": [2030, 2040]}
    curve = labelled("power_load_duration", hours[:, :, :3] + 9 * number + 1, {**over, "quantile": [0, 5, 1000]})
    load = labelled("power_price_hourly", hours, {**over, "hour": [0, 1, 2, 100, 20, 3]})
    return {"power_load_duration": curve} | ({"power_price_hourly": load} if number == 0 else {})


def write_all(path, hours=kept_by_hour):
    for numbers in (range(1), range(1, 2)):
        write_chunk(path, numbers, answered(numbers), hours(numbers.start))
    write_chunk(path, range(2, 4), answered(range(2, 4)))


def test_hours_come_back_in_single_precision_beside_the_outcome(tmp_path, solved_twice):
    path = open_run(solved_twice, tmp_path)
    write_all(path)
    names = ("power_load_duration", "power_price_hourly", "power_load_hourly")
    found = read_hours(path, solved_twice, names)
    assert sorted(found) == sorted(names[:2])
    for name, array in kept_by_hour(0).items():
        single = array.astype(np.float32).astype(float).sortby(list(array.dims))
        assert found[name].sel(future=[0]).identical(single.assign_attrs(array.attrs).rename(name))
    assert found["power_price_hourly"].coords["future"].to_numpy().tolist() == [0]
    assert found["power_load_duration"].coords["future"].to_numpy().tolist() == [0, 1]
    assert sorted(read_outcome(path, solved_twice).values) == sorted(answered([0]).values)
    assert read_hours(path, solved_twice, ["power_load_hourly"]) == {}


def test_hours_are_packed_and_unpacked_to_the_same_bytes(tmp_path, solved_twice):
    one, other = (open_run(solved_twice, tmp_path / name) for name in ("one", "other"))
    write_all(one)
    unpack_chunk(other, range(1), pack_chunk(range(1), answered(range(1)), kept_by_hour(0)))
    first, second = (
        {f.relative_to(p): f.read_bytes() for f in (p / "chunk-0000000").rglob("*.*")} for p in (one, other)
    )
    assert first == second
    assert Path("chunk-0000000/hours/power_price_hourly.parquet") in first


def test_a_run_without_power_keeps_no_hours(tmp_path, request_for):
    path = open_run(request_for(3), tmp_path)
    write_chunk(path, range(3), answered(range(3)))
    assert read_hours(path, request_for(3), ["power_load_hourly"]) == {}
    assert not list(path.rglob("hours"))


def test_damaged_hours_are_refused_in_words_and_hurt_nothing_else(tmp_path, solved_twice):
    path = open_run(solved_twice, tmp_path)
    write_all(path)
    (path / "chunk-0000001" / "hours" / "power_load_duration.parquet").unlink()
    with pytest.raises(MoravaError, match="has a damaged chunk"):
        read_hours(path, solved_twice, ["power_load_duration"])
    assert sorted(read_hours(path, solved_twice, ["power_price_hourly"])) == ["power_price_hourly"]
    assert len(read_outcome(path, solved_twice).values["slip_rate"]) == 4
