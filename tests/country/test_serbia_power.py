"""The power system of the Serbia pack is what the extracts say: series, transfer capacities, units, costs, totals."""

from __future__ import annotations

import csv
import filecmp
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
import yaml

from morava.models.power import solve_system
from morava.plans import check_pack
from morava.plans.read import read_country
from morava.plans.series import load_series
from morava.plans.types import Country
from morava.runs.explore import read_plan
from morava.runs.request import Detail
from morava.runs.simulate import system_of

ROOT = Path(__file__).parents[2]
SNAPSHOTS = ROOT / "snapshots"
PACK = ROOT / "src/morava/countries/serbia"
NAMED = {
    "lignite": "lignite", "gas": "CCGT", "gas_chp": "CCGT", "gas_chp_new": "CCGT", "wind": "onwind",
    "solar": "solar-utility", "hydro": "hydro", "pumped_storage": "PHS",
}  # fmt: skip
"""Technologies of the pack by their name in the table of costs."""


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def serbia() -> Country:
    return read_country("serbia")


def test_the_rebuilt_series_have_the_same_bytes(tmp_path: Path) -> None:
    script = SNAPSHOTS / "derive_power_series.py"
    subprocess.run([sys.executable, str(script), "--out", str(tmp_path)], check=True, capture_output=True)
    written = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    committed = {path.relative_to(PACK / "series") for path in (PACK / "series").rglob("*") if path.is_file()}
    assert committed - set(written) == {Path("dispaset-eupl/NOTICE.md")}
    for path in written:
        assert filecmp.cmp(tmp_path / path, PACK / "series" / path, shallow=False), path


def test_every_mend_and_every_borrowed_shape_is_written_down(serbia: Country) -> None:
    assert all(one.mends for one in serbia.series.values())
    assert all(mend.what and mend.why for one in serbia.series.values() for mend in one.mends)
    assert set(serbia.series) == {name for name, one in serbia.series.items() if one.borrowed}


def test_load_is_that_of_serbia_without_kosovo(serbia: Country) -> None:
    """Peaks over means as the sources page has them: 6,601 MW in 34.45 TWh, 5,850 MW in 33.94 TWh."""
    shape = load_series(serbia, "power_load_shape")
    for weather, peak, energy in (("2010", 6601, 34.45), ("2015", 5850, 33.94)):
        expected = peak / (energy * 1e6 / 8760)
        assert float(shape.sel(weather=weather).max()) == pytest.approx(expected, rel=0.004)


def test_clocks_are_right(serbia: Country) -> None:
    """The lowest load comes at 3 UTC and the sun culminates between 10 and 11 UTC, at 21 degrees east."""
    load = load_series(serbia, "power_load_shape").to_numpy().reshape(3, 365, 24).mean(axis=1)
    assert set(load.argmin(axis=1)) <= {2, 3}
    sun = load_series(serbia, "solar_availability").to_numpy().reshape(3, 365, 24).sum(axis=1)
    noon = (sun * np.arange(24)).sum(axis=1) / sun.sum(axis=1)
    assert ((noon > 9.8) & (noon < 11.2)).all(), noon


def test_wind_runs_as_the_fleet_did(serbia: Country) -> None:
    wind = load_series(serbia, "wind_availability")
    assert wind.sum("hour").to_numpy() == pytest.approx(2500, rel=1e-3)
    assert float(wind.max()) <= 1


def test_transfer_capacities_of_2015_are_those_of_the_extract(serbia: Country) -> None:
    declared = yaml.safe_load((SNAPSHOTS / "curation/borders.yaml").read_text(encoding="utf-8"))
    zone = {one["capacity_2015"]: border for border, one in declared.items()}
    seen = {}
    for row in rows_of(SNAPSHOTS / "energy/dispaset-eupl/borders.csv"):
        if (row["year"], row["kind"]) == ("2015", "ntc"):
            origin, target = row["border"].split(" -> ")
            key = (zone[origin], "import") if target == "RS" else (zone[target], "export")
            seen[key] = float(row["mean_mw"])
    given = {
        (f.where["border"], f.where["direction"]): f.low
        for f in serbia.facts.values()
        if f.quantity == "border_capacity" and f.period == "2025"
    }
    assert given == seen
    assert len(declared) == 8


def test_units_add_up_to_the_plants_of_the_extract(serbia: Country) -> None:
    """Sites of the extract, net: units are their division; Kostolac B3 and Pancevo came later."""
    total: dict[str, float] = defaultdict(float)
    owner = {f.where["unit"]: f.text for f in serbia.facts.values() if f.quantity == "power_unit_technology"}
    for fact in serbia.facts.values():
        if fact.quantity == "power_unit_capacity" and fact.low is not None:
            total[owner[fact.where["unit"]]] += fact.low
    plants: dict[str, float] = defaultdict(float)
    for row in rows_of(SNAPSHOTS / "energy/dispaset-eupl/units_rs_2015.csv"):
        plants[row["Fuel"] if row["Fuel"] != "WAT" else row["Technology"]] += float(row["PowerCapacity"])
    assert total["lignite"] == pytest.approx(plants["LIG"] + 320, abs=1)
    assert total["gas_chp"] == pytest.approx(plants["GAS"], abs=0.1)
    assert total["pumped_storage"] == pytest.approx(plants["HPHS"], abs=0.1)
    assert total["reservoir"] == pytest.approx(plants["HDAM"], abs=0.5)


def test_costs_are_those_of_the_table(serbia: Country) -> None:
    table = {
        (row["year"], row["technology"]): (float(row["value"]), row["currency_year"].removesuffix(".0"))
        for row in rows_of(SNAPSHOTS / "energy/technology_data_costs.csv")
        if row["parameter"] == "investment" and row["unit"] in ("EUR/kW", "EUR/kW_e", "EUR/kWel")
    }
    checked = 0
    for fact in serbia.facts.values():
        named = NAMED.get(fact.where.get("technology", ""))
        if fact.quantity != "power_capital_cost" or named is None or fact.source != "technology-data":
            continue
        value, money = table[("2040" if fact.period == "2045" else fact.period), named]
        assert fact.low == pytest.approx(value, abs=0.1), fact.name
        assert fact.unit == f"EUR_{money} / kW", fact.name
        checked += 1
    assert checked >= 4 * 6


def test_measured_generation_adds_up_in_every_year(serbia: Country) -> None:
    """Sources add up to demand less net imports, in all years of the annual series."""
    by_year: dict[str, float] = defaultdict(float)
    sign = {"history_power_output": 1, "history_power_demand": -1, "history_power_net_import": 1}
    for fact in serbia.facts.values():
        if fact.quantity in sign and fact.low is not None:
            by_year[fact.period] += sign[fact.quantity] * fact.low
    assert len(by_year) == 18
    assert max(abs(rest) for rest in by_year.values()) <= 20  # GWh: three figures rounded to ten


def test_the_pack_is_whole_without_its_copyleft_folder(tmp_path: Path) -> None:
    """Whoever may not take data under the EUPL leaves the folder out; other shapes stand in, and say so."""
    pack = tmp_path / "serbia"
    shutil.copytree(PACK, pack, ignore=shutil.ignore_patterns("dispaset-eupl"))
    assert [str(problem) for problem in check_pack(str(pack))] == []
    country = read_country(str(pack))
    for quantity in ("power_load_shape", "solar_availability", "river_availability", "inflow_shape"):
        shape = load_series(country, quantity)
        assert shape.sizes == {"weather": 3, "hour": 8760}
    plan = read_plan(str(pack))
    system = system_of(plan.country, plan.strategy, plan.futures, 2030, 0, Detail(1, (2030,), 1, 0))
    assert solve_system(system).gap < 1e-6
