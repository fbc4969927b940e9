"""Hourly series of a pack: each mistake is found, all of them at once, with what, where and a way to mend it."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import pytest
import yaml

from morava.errors import MoravaError, Problems
from morava.plans.places import Places
from morava.plans.series import column_labels, load_series, read_series
from morava.plans.types import Country

HOURS = 8760
SOURCES = {"observatory": object(), "exchange": object()}
LIST = "series/series.yaml"


def wind(seed=1):
    return np.random.default_rng(seed).random(HOURS)


def load(seed=2):
    shape = 1 + np.random.default_rng(seed).random(HOURS)
    return shape / shape.mean()


def entry(quantity, file, **other):
    given = {"quantity": quantity, "file": file, "columns": "weather", "sources": ["observatory"], "status": "derived"}
    return {key: value for key, value in (given | other).items() if value is not None}


ENTRIES = {
    "load": entry("power_load_shape", "load.parquet"),
    "wind": entry("wind_availability", "free/wind.parquet", borrowed="that of a hill", mends=[
        {"what": "moved an hour", "why": "the clock"},
    ]),
    "price": entry("border_price_shape", "price.parquet", columns="border", sources=["exchange"], status="measured"),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """Return the folder of a pack with three series and nothing else."""
    (tmp_path / "series" / "free").mkdir(parents=True)
    write_list(tmp_path, ENTRIES)
    write(tmp_path, "load.parquet", {"2010": load(3), "2015": load(4)})
    write(tmp_path, "free/wind.parquet", {"2010": wind(5), "2015": wind(6)})
    write(tmp_path, "price.parquet", {"BG": load(7), "HU": load(8)})
    return tmp_path


def write_list(folder, entries):
    (folder / LIST).write_text(yaml.safe_dump(entries, sort_keys=False), encoding="utf-8")


def write(folder, file, columns):
    frame = pd.DataFrame(columns)
    with duckdb.connect() as connection:
        connection.register("frame", frame)
        connection.execute(f"COPY frame TO '{folder / 'series' / file}' (FORMAT parquet)")


def read(folder):
    """Return the series of a pack and everything that is wrong with their list."""
    problems = Problems()
    return read_series(folder, SOURCES, Places(), problems), list(problems)


def country(folder):
    series, problems = read(folder)
    assert problems == []
    return Country(
        name="made", title_en="Made", title_sr="", price_base="EUR_2025", discount_rate="", as_of="2026-01-01",
        first_year=2026, last_year=2040, boundary="", version="1", sources={}, facts={}, conflicts={},
        reference_classes={}, gaps={}, strategy="", folder=str(folder), series=series,
    )  # fmt: skip


def refused(folder, quantity):
    """Return why a series cannot be loaded."""
    with pytest.raises(MoravaError) as caught:
        load_series(country(folder), quantity)
    for problem in caught.value.problems:
        assert problem.where
        assert problem.mend
    return caught.value.problems


def test_a_whole_list_is_read_as_it_stands(folder):
    series, problems = read(folder)
    assert problems == []
    assert sorted(series) == ["load", "price", "wind"]
    one = series["wind"]
    assert (one.quantity, one.file, one.columns, one.status) == (
        "wind_availability", "free/wind.parquet", "weather", "derived",
    )  # fmt: skip
    assert one.sources == ("observatory",)
    assert one.borrowed == "that of a hill"
    assert [(mend.what, mend.why) for mend in one.mends] == [("moved an hour", "the clock")]
    assert len(one.sha256) == 64


def test_a_pack_without_the_folder_has_no_series(tmp_path):
    assert read(tmp_path) == ({}, [])


def test_a_folder_without_its_list_is_a_mistake(folder):
    (folder / LIST).unlink()
    series, (problem,) = read(folder)
    assert series == {}
    assert "series.yaml" in problem.what
    assert "list every series" in problem.mend


def test_values_come_with_their_labels_and_unit(folder):
    array = load_series(country(folder), "border_price_shape")
    assert array.dims == ("border", "hour")
    assert array.coords["border"].to_numpy().tolist() == ["BG", "HU"]
    assert array.coords["hour"].to_numpy().tolist() == list(range(HOURS))
    assert array.attrs["unit"] == "1"
    np.testing.assert_array_equal(array.sel(border="HU"), load(8))


def test_a_changed_file_is_read_anew(folder):
    before = load_series(country(folder), "wind_availability")
    write(folder, "free/wind.parquet", {"2010": wind(15), "2015": wind(16)})
    after = load_series(country(folder), "wind_availability")
    assert not before.equals(after)


def place(folder, name):
    """Return the line of a series in the list, as problems name it."""
    lines = (folder / LIST).read_text(encoding="utf-8").splitlines()
    (line,) = (number for number, text in enumerate(lines, 1) if text.startswith(f"{name}:"))
    return f"{folder.name}/{LIST}:{line}"


MISTAKES = [
    ({"quantity": "wind_avialability"}, "wind_avialability is no hourly quantity", "did you mean wind_availability?"),
    ({"quantity": "power_capacity"}, "power_capacity is no hourly quantity", ""),
    ({"quantity": None}, "series wind has no quantity", "give quantity"),
    ({"file": None}, "series wind has no file", "give file"),
    ({"file": "free/wnid.parquet"}, "there is no file free/wnid.parquet", "put it there"),
    ({"file": "gone/wind.parquet"}, "there is no file gone/wind.parquet", "put it there"),
    ({"file": "free/wind.csv"}, "free/wind.csv is no file of the pack", ".parquet"),
    ({"file": "../series/load.parquet"}, "is no file of the pack", "inside the folder"),
    ({"file": "/wind.parquet"}, "is no file of the pack", "inside the folder"),
    ({"columns": "border"}, "columns of wind are 'border'", "['weather']"),
    ({"columns": None}, "columns of wind are ''", "['weather']"),
    ({"sources": ["observatory", "obsevratory"]}, "there is no source 'obsevratory'", "did you mean observatory?"),
    ({"sources": "observatory"}, "sources is not a list", "sources: [one, two]"),
    ({"status": "derivd"}, "status 'derivd' is unknown", "derived"),
    ({"status": None}, "status '' is unknown", "measured"),
    ({"borowed": "a hill"}, "series wind has the unknown key borowed", "did you mean borrowed?"),
    ({"mends": [{"what": "moved an hour"}]}, "a mend of series wind does not say what and why", "why:"),
    ({"mends": ["moved an hour"]}, "a mend of series wind does not say what and why", "why:"),
    ({"mends": "moved an hour"}, "mends is not a list", "write mends:"),
    ({"instead": "wind-free"}, "instead of wind stands 'wind-free', which is no series", "known: load, price"),
    ({"instead": "load"}, "does not give wind_availability in its place", "the same quantity"),
    ({"instead": "wind"}, "does not give wind_availability in its place", "another series"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "what", "mend"), MISTAKES, ids=lambda value: str(value)[:40])
def test_each_mistake_of_the_list_is_found_with_a_way_to_mend_it(folder, change, what, mend):
    changed = {key: value for key, value in (ENTRIES["wind"] | change).items() if value is not None}
    write_list(folder, ENTRIES | {"wind": changed})
    series, problems = read(folder)
    assert [what in problem.what for problem in problems] == [True], problems
    assert mend in problems[0].mend
    assert problems[0].where == place(folder, "wind")
    assert {"load", "price"} <= set(series)


@pytest.mark.parametrize("text", ["wind: [a, b]\n", "wind: free/wind.parquet\n", "wind:\n"])
def test_an_entry_that_is_no_mapping_is_a_mistake(folder, text):
    (folder / LIST).write_text(text, encoding="utf-8")
    series, (problem,) = read(folder)
    assert series == {}
    assert problem.what == "series wind is not written as a series"
    assert "quantity, file" in problem.mend


def test_a_list_that_is_no_mapping_is_a_mistake(folder):
    (folder / LIST).write_text("- wind\n- load\n", encoding="utf-8")
    series, (problem,) = read(folder)
    assert series == {}
    assert problem.what == "series.yaml is not a mapping"


def test_a_list_that_is_no_yaml_is_a_mistake(folder):
    (folder / LIST).write_text("wind: [a\n", encoding="utf-8")
    series, problems = read(folder)
    assert series == {}
    assert "not YAML" in problems[0].what
    assert problems[0].where == f"{folder.name}/{LIST}:2"


def test_all_mistakes_of_all_series_are_found_at_once(folder):
    write_list(
        folder,
        {
            "load": ENTRIES["load"] | {"colour": "green", "sources": ["obsrvatory", "nobody"], "status": "guessed"},
            "wind": ENTRIES["wind"] | {"file": "free/wnid.parquet", "columns": "wether", "status": "drived"},
            "price": ENTRIES["price"] | {"quantity": "border_prize_shape", "file": "price.csv"},
            "sun": "sun.parquet",
        },
    )
    _, problems = read(folder)
    told = sorted((problem.where, problem.what) for problem in problems)
    assert told == sorted(
        [
            (place(folder, "load"), "series load has the unknown key colour"),
            (place(folder, "load"), "there is no source 'obsrvatory'"),
            (place(folder, "load"), "there is no source 'nobody'"),
            (place(folder, "load"), "status 'guessed' is unknown"),
            (place(folder, "wind"), "there is no file free/wnid.parquet"),
            (place(folder, "wind"), "columns of wind are 'wether'"),
            (place(folder, "wind"), "status 'drived' is unknown"),
            (place(folder, "price"), "border_prize_shape is no hourly quantity"),
            (place(folder, "price"), "price.csv is no file of the pack"),
            (place(folder, "sun"), "series sun is not written as a series"),
        ]
    )
    assert all(problem.mend for problem in problems)


# A series of a folder that may be left out, and the one that stands in for it.

FREE = {
    "wind": ENTRIES["wind"] | {"instead": "wind-open"},
    "wind-open": entry("wind_availability", "wind-open.parquet", status="assumed"),
}


@pytest.fixture
def both(folder):
    write_list(folder, ENTRIES | FREE)
    write(folder, "wind-open.parquet", {"2010": wind(25), "2015": wind(26)})
    return folder


def leave_out(folder):
    (folder / "series" / "free" / "wind.parquet").unlink()
    (folder / "series" / "free").rmdir()


def test_the_series_itself_is_used_where_its_folder_is_there(both):
    assert sorted(country(both).series) == ["load", "price", "wind", "wind-open"]
    np.testing.assert_array_equal(load_series(country(both), "wind_availability").sel(weather="2010"), wind(5))


def test_another_stands_in_where_the_folder_is_left_out(both):
    leave_out(both)
    assert sorted(country(both).series) == ["load", "price", "wind-open"]
    np.testing.assert_array_equal(load_series(country(both), "wind_availability").sel(weather="2010"), wind(25))


def test_nothing_stands_in_for_a_file_lost_from_a_folder_that_is_there(both):
    (both / "series" / "free" / "wind.parquet").unlink()
    _, (problem,) = read(both)
    assert problem.what == "there is no file free/wind.parquet"


def test_where_nothing_stands_in_the_folder_is_missed(folder):
    leave_out(folder)
    _, (problem,) = read(folder)
    assert problem.what == "there is no file free/wind.parquet"


@pytest.mark.parametrize(
    "other",
    [
        {"wind-open": FREE["wind-open"] | {"file": "lost.parquet"}},
        {"wind-open": FREE["wind-open"] | {"file": "lost/wind.parquet", "instead": "wind"}},
    ],
    ids=["lost", "left out too"],
)
def test_a_stand_in_that_is_not_there_itself_is_a_mistake(both, other):
    write_list(both, ENTRIES | FREE | other)
    leave_out(both)
    series, problems = read(both)
    assert "wind" not in series
    assert "the file of series wind is not there" in [problem.what for problem in problems]


def test_a_stand_in_of_another_quantity_loses_nothing_without_a_word(both):
    write_list(both, ENTRIES | {"wind": FREE["wind"] | {"instead": "load"}})
    leave_out(both)
    _, problems = read(both)
    assert [problem.what for problem in problems] == [
        "instead of wind stands load, which does not give wind_availability in its place"
    ]


# What stands in the files.


def test_a_quantity_that_no_series_gives_is_refused(folder):
    (problem,) = refused(folder, "solar_availability")
    assert problem.what == "0 series give solar_availability"
    assert problem.mend == "give exactly one"


def test_two_series_of_one_quantity_are_refused(both):
    write_list(both, ENTRIES | {"wind-open": FREE["wind-open"]})
    (problem,) = refused(both, "wind_availability")
    assert problem.what == "2 series give wind_availability"


@pytest.mark.parametrize("hole", [np.nan, None], ids=["NaN", "NULL"])
def test_a_gap_is_refused(folder, hole):
    course = wind().tolist()
    course[17] = course[4000] = hole
    write(folder, "free/wind.parquet", {"2010": wind(5), "2015": course})
    (problem,) = refused(folder, "wind_availability")
    assert problem.what == "series wind, 2015, has 2 gaps, the first at hour 17"
    assert problem.where == f"{folder.name}/series/free/wind.parquet"


@pytest.mark.parametrize("hours", [8784, 8759, 1])
def test_a_year_has_8760_hours(folder, hours):
    write(folder, "free/wind.parquet", {"2010": np.resize(wind(), hours)})
    (problem,) = refused(folder, "wind_availability")
    assert problem.what == f"series wind has {hours} hours"
    assert "29 February" in problem.mend


@pytest.mark.parametrize(("quantity", "file"), [("power_load_shape", "load"), ("border_price_shape", "price")])
def test_a_shape_has_the_mean_one(folder, quantity, file):
    write(folder, f"{file}.parquet", {"2010": load(), "2015": 1.001 * load()})
    (problem,) = refused(folder, quantity)
    assert problem.what == f"series {file}, 2015, has the mean 1.001"
    assert "divide it by its mean" in problem.mend


def test_rounding_to_single_precision_is_no_mistake(folder):
    write(folder, "load.parquet", {"2010": load().astype(np.float32)})
    assert float(load_series(country(folder), "power_load_shape").mean()) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(("value", "what"), [(-0.1, "below 0"), (1.2, "above 1"), (np.inf, "is infinite")])
def test_a_value_out_of_range_is_refused(folder, value, what):
    course = wind()
    course[123] = value
    write(folder, "free/wind.parquet", {"2010": wind(5), "2015": course})
    (problem,) = refused(folder, "wind_availability")
    assert what in problem.what
    assert "'hour': 123" in problem.what
    assert "'weather': '2015'" in problem.what


def test_words_are_no_numbers(folder):
    write(folder, "free/wind.parquet", {"2010": ["calm"] * HOURS})
    (problem,) = refused(folder, "wind_availability")
    assert problem.what == "series wind holds what is no number"


def test_a_broken_file_is_refused(folder):
    (folder / "series" / "free" / "wind.parquet").write_bytes(b"PAR1 and nothing more")
    (problem,) = refused(folder, "wind_availability")
    assert problem.what.startswith("series wind cannot be read")
    assert problem.where == f"{folder.name}/series/free/wind.parquet"


def test_all_that_is_wrong_in_a_file_is_found_at_once(folder):
    """A gap in one column, a mean in another, a range in a third, and one that is right."""
    gaps, high, low = load(1).tolist(), 2 * load(2), load(3)
    gaps[5] = None
    low[9] -= 3.0
    low[10] += 3.0
    write(folder, "load.parquet", {"2010": gaps, "2011": high, "2012": low, "2013": load(4)})
    told = [problem.what for problem in refused(folder, "power_load_shape")]
    assert [what.split(",")[1].strip() for what in told[:2]] == ["2010", "2011"]
    assert "1 gaps" in told[0]
    assert "has the mean 2" in told[1]
    assert "below 0.0 at {'weather': '2012', 'hour': 9}" in told[2]
    assert len(told) == 3


def test_labels_can_be_read_whatever_stands_below_them(folder):
    write(folder, "price.parquet", {"BG": [None, 1.0], "RO": [1.0, 1.0]})
    pack = country(folder)
    assert column_labels(pack, pack.series["price"]) == ["BG", "RO"]


def test_one_row_of_hours_is_one_column(folder):
    """A quantity over hours alone: what stands in a second column would be lost without a word."""
    only = entry("data_centre_load_shape", "centres.parquet", columns=None)
    write_list(folder, {"centres": only})
    write(folder, "centres.parquet", {"shape": load()})
    assert load_series(country(folder), "data_centre_load_shape").dims == ("hour",)
    write(folder, "centres.parquet", {"shape": load(), "other": load(9)})
    (problem,) = refused(folder, "data_centre_load_shape")
    assert problem.what == "series centres has 2 columns"
