"""A power system with mistakes in it: each is found, and in a spoilt copy of Serbia's pack all of them at once."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import duckdb
import pytest
import yaml

from morava.errors import MoravaError, Problems
from morava.models.power.assemble import MAKERS
from morava.plans import check_pack, read_country
from morava.plans.check_power import KINDS, check_power
from morava.plans.places import Places

SERBIA = Path(str(files("morava"))) / "countries" / "serbia"


@pytest.fixture(scope="module")
def serbia():
    return read_country("serbia")


@pytest.fixture
def pack(tmp_path):
    return Path(shutil.copytree(SERBIA, tmp_path / "serbia"))


def found_in(country):
    problems = Problems()
    check_power(country, Places(), problems)
    assert all(problem.where and problem.mend for problem in problems)
    return list(problems)


def find_fact(country, quantity, **where):
    """Return the one fact of a quantity, of the first period where there are several."""
    facts = [one for one in country.facts.values() if one.quantity == quantity and dict(one.where) == where]
    return min(facts, key=lambda fact: fact.period)


def spoilt(country, quantity, cell, change):
    """Return the country with one fact changed, or without it where nothing is given instead."""
    fact = find_fact(country, quantity, **cell)
    facts = {name: one for name, one in country.facts.items() if name != fact.name}
    return replace(country, facts=facts | ({fact.name: replace(fact, **change)} if change else {}))


def test_a_whole_pack_has_no_problem(serbia):
    assert found_in(serbia) == []


def test_every_kind_that_the_check_knows_can_be_assembled():
    assert sorted(KINDS) == sorted(MAKERS)


BATTERY = {"technology": "battery"}
PUMPED = {"technology": "pumped_storage"}
GAS = {"technology": "gas"}
MISTAKES = [
    ("power_energy_hours", BATTERY, {"low": 0.0, "high": 0.0}, "the storage battery holds no energy", "above zero"),
    ("power_energy_hours", BATTERY, {}, "the storage battery holds no energy", "give power_energy_hours"),
    ("power_energy_hours", {"technology": "reservoir"}, {"low": 0.0}, "the storage reservoir holds no energy", "above"),
    ("power_charge_ratio", BATTERY, {"low": 0.0}, "the storage battery has no power to charge", "above zero"),
    ("power_charge_ratio", PUMPED, {}, "the storage pumped_storage has no power to charge", "give power_charge_ratio"),
    ("power_technology_kind", GAS, {"text": "termal"}, "gas is of the unknown kind 'termal'", "did you mean thermal?"),
    ("power_technology_fuel", GAS, {"text": "gass"}, "the fuel 'gass' of gas has no price", "did you mean gas?"),
    (
        "power_unit_technology", {"unit": "tent-a1"}, {"text": "lignit"},
        "unit tent-a1 is of the technology 'lignit', which has no kind", "did you mean lignite?",
    ),
    ("power_unit_end", {"unit": "tent-a3"}, {"low": 1950.0}, "unit tent-a3 ends before it starts", "exchange"),
    ("border_price_slope", {"border": "HU"}, {"where": {"border": "UH"}}, "the border 'UH', which has no capacity", ""),
    ("border_price", {"border": "HU"}, {"where": {"border": "HUN"}}, "the border 'HUN', which has no", "mean HU?"),
    ("border_outage", {"border": "HU"}, {"where": {"border": "HUN"}}, "the border 'HUN', which has no", "mean HU?"),
    ("border_carbon_area", {"border": "HU"}, {"where": {"border": "HUN"}}, "the border 'HUN', which has", "mean HU?"),
    (
        "border_capacity", {"border": "HU", "direction": "import"}, {"where": {"border": "HU", "direction": "imprt"}},
        "has the direction 'imprt'", "did you mean import?",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("quantity", "cell", "change", "what", "mend"), MISTAKES, ids=lambda value: str(value)[:30])
def test_each_mistake_of_a_fact_is_found_and_nothing_else(serbia, quantity, cell, change, what, mend):
    found = found_in(spoilt(serbia, quantity, cell, change))
    assert [what in problem.what for problem in found] == [True], found
    assert mend in found[0].mend


def test_a_fuel_whose_price_is_taken_away_is_missed_by_each_that_burns_it(serbia):
    facts = {name: one for name, one in serbia.facts.items() if dict(one.where) != {"fuel": "gas"}}
    burning = [
        one.where["technology"]
        for one in serbia.facts.values()
        if one.quantity == "power_technology_fuel" and one.text == "gas"
    ]
    told = [problem.what for problem in found_in(replace(serbia, facts=facts))]
    assert len(burning) > 1
    assert told == [f"the fuel 'gas' of {technology} has no price" for technology in sorted(burning)]


def test_a_border_without_capacity_is_missed_wherever_it_is_named(serbia):
    facts = {
        name: one
        for name, one in serbia.facts.items()
        if not (one.quantity == "border_capacity" and one.where["border"] == "HU")
    }
    told = [problem.what for problem in found_in(replace(serbia, facts=facts))]
    named = [
        one.name
        for one in serbia.facts.values()
        if one.where.get("border") == "HU" and one.quantity != "border_capacity"
    ]
    expected = [f"{name} names the border 'HU', which has no capacity" for name in named]
    expected += [
        f"border 'HU' stands in only one of series {name} and border_capacity"
        for name in ("border-price", "border-price-open")
    ]
    assert sorted(told) == sorted(expected)


def test_a_country_without_a_power_system_has_nothing_to_mend(serbia):
    assert found_in(replace(serbia, facts={}, series={})) == []


# Whole packs.


def spoil_facts(pack: Path, changes: dict[str, dict[str, str] | None]) -> None:
    """Change cells of facts by name; None takes the row away."""
    left = set(changes)
    for path in sorted((pack / "facts").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            header, rows = list(reader.fieldnames or []), list(reader)
        if not left & {row["name"] for row in rows}:
            continue
        kept = [row | (changes.get(row["name"]) or {}) for row in rows if changes.get(row["name"], {}) is not None]
        left -= {row["name"] for row in rows}
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, lineterminator="\n")
            writer.writeheader()
            writer.writerows(kept)
    assert not left


def spoil_series(pack: Path, file: str, select: str) -> None:
    """Write a series anew, as a query over what it was."""
    path = pack / "series" / file
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE series AS SELECT row_number() OVER () AS hour, * FROM read_parquet('{path}')")
        connection.execute(f"COPY (SELECT {select} FROM series ORDER BY hour) TO '{path}' (FORMAT parquet)")


def test_all_mistakes_of_a_pack_are_reported_in_one_error(pack, serbia):
    """A dozen: in facts, in the list of series, in what stands in three of its files, and in their labels."""
    capacity = find_fact(serbia, "power_capacity", technology="lignite")
    spoil_facts(
        pack,
        {
            capacity.name: {"low": "-4256", "high": "-4256"},
            find_fact(serbia, "power_energy_hours", **BATTERY).name: {"low": "0", "high": "0"},
            find_fact(serbia, "power_energy_hours", technology="reservoir").name: None,
            find_fact(serbia, "power_charge_ratio", **PUMPED).name: {"low": "0", "high": "0"},
            find_fact(serbia, "power_technology_kind", **GAS).name: {"text": "termal"},
            find_fact(serbia, "power_technology_fuel", technology="lignite").name: {"text": "brown coal"},
            find_fact(serbia, "power_unit_technology", unit="tent-a1").name: {"text": "lignit"},
            find_fact(serbia, "power_unit_end", unit="tent-a3").name: {"low": "1951", "high": "1951"},
            find_fact(serbia, "border_outage", border="HU").name: {"where": "border=HUN"},
        },
    )
    spoil_series(
        pack, "wind.parquet", '* EXCLUDE (hour) REPLACE (CASE WHEN hour IN (8, 9) THEN NULL ELSE "2015" END AS "2015")'
    )
    spoil_series(pack, "temperature.parquet", '* EXCLUDE (hour) REPLACE ("2016" + 100 AS "2016")')
    spoil_series(pack, "dispaset-eupl/load.parquet", '* EXCLUDE (hour) REPLACE ("2010" * 2 AS "2010")')
    spoil_series(
        pack, "dispaset-eupl/border-price.parquet", "* EXCLUDE (hour, HU) REPLACE (NULL::DOUBLE AS BG), HU AS UH"
    )
    listing = pack / "series" / "series.yaml"
    entries = yaml.safe_load(listing.read_text(encoding="utf-8"))
    entries["river"] |= {"status": "derivd", "file": "dispaset-eupl/rvier.parquet"}
    listing.write_text(yaml.safe_dump(entries), encoding="utf-8")

    with pytest.raises(MoravaError) as caught:
        read_country(pack)
    told = [problem.what for problem in caught.value.problems]
    assert all(problem.where and problem.mend for problem in caught.value.problems)
    for words in (
        f"{capacity.name}: power_capacity of -4256 MW is below 0",
        "the storage battery holds no energy",
        "the storage reservoir holds no energy",
        "the storage pumped_storage has no power to charge",
        "gas is of the unknown kind 'termal'",
        "the fuel 'brown coal' of lignite has no price",
        "unit tent-a1 is of the technology 'lignit', which has no kind",
        "unit tent-a3 ends before it starts",
        "names the border 'HUN', which has no capacity",
        "series wind, 2015, has 2 gaps, the first at hour 7",
        "air_temperature is above 60",
        "series load, 2010, has the mean 2",
        "series border-price, BG, has 8760 gaps",
        "border 'HU' stands in only one of series border-price and border_capacity",
        "border 'UH' stands in only one of series border-price and border_capacity",
        "status 'derivd' is unknown",
        "there is no file dispaset-eupl/rvier.parquet",
    ):
        assert len([what for what in told if words in what]) == 1, (words, told)
    assert len(told) == 17
    assert [problem.what for problem in check_pack(pack) if problem.what in told] == told


def test_a_negative_capacity_is_reported_at_its_line(pack, serbia):
    fact = find_fact(serbia, "power_capacity", technology="wind")
    spoil_facts(pack, {fact.name: {"low": "-1", "high": "-1"}})
    (problem,) = check_pack(pack)
    assert problem.what == f"{fact.name}: power_capacity of -1 MW is below 0"
    path, line = problem.where.split(":")
    text = (pack.parent / path).read_text(encoding="utf-8").splitlines()
    assert text[int(line) - 1].startswith(f"{fact.name},power_capacity,")


def test_a_folder_of_series_that_is_left_out_is_missed_where_nothing_stands_in(pack):
    """Data under another licence may be left out only where another series stands in."""
    listing = pack / "series" / "series.yaml"
    text = listing.read_text(encoding="utf-8")
    shutil.rmtree(pack / "series" / "dispaset-eupl")
    assert check_pack(pack) == []
    listing.write_text(text.replace("  instead: load-open\n", ""), encoding="utf-8")
    (problem,) = check_pack(pack)
    assert problem.what == "there is no file dispaset-eupl/load.parquet"


def test_hydro_power_is_one_technology(serbia):
    none = spoilt(serbia, "power_technology_kind", {"technology": "hydro"}, {"text": "wind"})
    assert "0 technologies are of the kind river" in [problem.what for problem in found_in(none)]
    two = spoilt(serbia, "power_technology_kind", {"technology": "wind"}, {"text": "river"})
    assert "2 technologies are of the kind river" in [problem.what for problem in found_in(two)]
