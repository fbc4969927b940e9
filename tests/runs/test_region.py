"""A region: what is read, what is refused, and that energy is neither made nor lost between its zones."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.models.power import Solution, System, solve_system
from morava.models.power.build import build_program
from morava.runs.region import is_region, list_regions, read_region, region_system
from morava.runs.region_reading import region_folder
from morava.runs.region_types import Region

NAME = "western-balkans"
ZONES = ("RS", "BA", "ME", "MK", "AL", "XK", "HR", "BG", "RO")
HOURS = 8760
NEAR = 1e-6
"""MW that the machine's digits may leave in a balance of thousands."""


@pytest.fixture(scope="module")
def region() -> Region:
    return read_region(NAME)


@pytest.fixture(scope="module")
def week(region: Region) -> System:
    return region_system(region, hours=1)


@pytest.fixture(scope="module")
def solved(week: System) -> Solution:
    return solve_system(week)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(region_folder(NAME), tmp_path / "broken")
    return tmp_path / "broken"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def refused(make: Callable[[], object]) -> dict[str, tuple[str, str]]:
    with pytest.raises(MoravaError) as raised:
        make()
    return {one.what: (one.where, one.mend) for one in raised.value.problems}


def test_the_region_is_found_by_name_and_by_folder(region: Region) -> None:
    assert list_regions() == [NAME]
    assert is_region(NAME)
    assert not is_region("serbia")
    assert read_region(region_folder(NAME)).said == region.said
    assert any(
        "did you mean western-balkans" in mend for _, mend in refused(lambda: read_region("western-balkan")).values()
    )


def test_every_zone_has_a_load_and_a_fleet(region: Region) -> None:
    assert region.zones == ZONES
    for zone in ZONES:
        assert region.series["load"][zone].shape == (HOURS,)
        assert region.series["load"][zone].min() > 0
        firm = sum(one.capacity for one in region.fleets if one.zone == zone)
        assert firm > 0.8 * region.series["load"][zone].max(), zone


def test_units_are_those_of_the_sources(region: Region) -> None:
    load = {zone: values.sum() / 1e6 for zone, values in region.series["load"].items()}
    # TWh of 2015 as the sources page of the extracts gives them, Serbia without Kosovo.
    for zone, year in (
        ("RS", 33.94),
        ("BA", 12.37),
        ("ME", 3.42),
        ("MK", 7.84),
        ("AL", 7.27),
        ("XK", 5.57),
        ("HR", 17.19),
    ):
        assert load[zone] == pytest.approx(year, rel=2e-3)
    fleet = {(one.zone, one.technology): one for one in region.fleets}
    assert fleet["RS", "lignite"].capacity == 3936
    assert fleet["RS", "lignite"].efficiency == pytest.approx(0.34, abs=0.002)
    assert fleet["RS", "pumped_storage"].storage == 194_000
    assert fleet["HR", "nuclear"].capacity == 348
    assert region.series["border_price"]["HU"].mean() == pytest.approx(40.6, abs=0.3)


def test_water_makes_the_year_of_statistics(region: Region) -> None:
    fleet = {(one.zone, one.technology): one for one in region.fleets}
    for zone, water in region.said.hydro.items():
        dams = fleet[zone, "reservoir"]
        made = region.series["river"][zone].sum() * fleet[zone, "hydro"].capacity
        made += region.series["inflow"][zone].sum() * dams.efficiency
        assert made / 1e6 == pytest.approx(water.year_twh, rel=5e-3), zone


def test_lines_are_mutual_and_between_zones(region: Region) -> None:
    inner = {frozenset((one.origin, one.target)) for one in region.lines if not one.outside}
    assert frozenset(("RS", "XK")) in inner
    assert frozenset(("AL", "MK")) not in inner
    croatia = next(one for one in region.lines if (one.origin, one.target) == ("BA", "HR"))
    assert (croatia.forward, croatia.backward) == (1350, 600)


def test_a_system_follows_the_numbers(region: Region, week: System) -> None:
    said = region.said
    lignite = next(one for one in week.generators if one.name == "BG_lignite")
    emission = said.fuels["lignite"].emission.value / 0.33
    assert lignite.emission == pytest.approx(emission)
    assert lignite.cost.item() == pytest.approx(said.fuels["lignite"].price.value / 0.33 + 4.1 + 7.6 * emission)
    weights = week.calendar.hour_weights
    for zone in ZONES:
        assert week.demand[zone] @ weights == pytest.approx(region.series["load"][zone].sum())
    bought = next(one for one in week.generators if one.name == "HR-HU_import_1")
    sold = next(one for one in week.generators if one.name == "HR-HU_export_1")
    assert (bought.sign, sold.sign, bought.capacity.item(), sold.capacity.item()) == (1, -1, 850, 850)
    assert (bought.cost > -sold.cost).all()


def test_energy_balances_in_every_zone_and_lines_lose_none(week: System, solved: Solution) -> None:
    total = np.zeros_like(solved.unserved["RS"])
    for zone in week.zones:
        made = solved.unserved[zone] - week.demand[zone]
        for one in week.generators:
            if one.zone == zone:
                made = made + one.sign * solved.output[one.name]
        for store in week.storages:
            if store.zone == zone:
                made = made + solved.discharge[store.name] - solved.charge[store.name]
        for line in week.links:
            made = made + solved.flow[line.name] * ((line.to_zone == zone) - 1.0 * (line.from_zone == zone))
            total += solved.flow[line.name] * ((line.to_zone == zone) - 1.0 * (line.from_zone == zone))
        assert np.abs(made).max() < NEAR, zone
    assert np.abs(total).max() < NEAR
    for line in week.links:
        assert (solved.flow[line.name] <= line.capacity[:, None] + NEAR).all()
        assert (solved.flow[line.name] >= -line.backward[:, None] - NEAR).all()
    assert max(np.abs(solved.flow[line.name]).max() for line in week.links) > 100


def test_storages_keep_their_water(week: System, solved: Solution) -> None:
    for one in week.storages:
        came = one.inflow + one.efficiency_charge * solved.charge[one.name]
        left = solved.discharge[one.name] / one.efficiency_discharge + solved.spill.get(one.name, 0.0)
        assert (came - left).sum() == pytest.approx(0, abs=1e-3), one.name


def test_nothing_is_unserved_and_the_proof_is_closed(solved: Solution) -> None:
    assert solved.gap < NEAR
    assert max(values.max() for values in solved.unserved.values()) < NEAR


def test_less_of_a_line_never_makes_it_cheaper(week: System, solved: Solution) -> None:
    cut = replace(week, links=tuple(one for one in week.links if "XK" not in one.name))
    alone = solve_system(cut)
    assert alone.objective > solved.objective
    assert alone.output["XK_lignite"].sum() != pytest.approx(solved.output["XK_lignite"].sum())


def test_some_zones_alone_have_only_their_own_lines(region: Region) -> None:
    system = region_system(region, hours="1", zones=["XK", "RS"])
    assert system.zones == ("RS", "XK")
    assert [one.name for one in system.links] == ["RS-XK"]
    assert {one.zone for one in (*system.generators, *system.storages)} == {"RS", "XK"}
    build_program(system)


def test_periods_repeat_the_fleet_under_a_load_that_grows(region: Region) -> None:
    system = region_system(region, hours=1, periods=(2015, 2025))
    growth = (1 + region.said.settings.load_growth.value) ** 10
    assert system.calendar.periods == (2015, 2025)
    np.testing.assert_allclose(system.demand["AL"][1], system.demand["AL"][0] * growth)
    assert {one.capacity.shape for one in system.generators} == {(2,)}
    build_program(system)


def test_all_hours_are_one_stretch(region: Region) -> None:
    system = region_system(region)
    assert len(system.calendar.hours) == HOURS
    np.testing.assert_array_equal(system.demand["ME"][0], region.series["load"]["ME"])


def test_commitment_frees_the_least_output(region: Region) -> None:
    held = next(one for one in region_system(region, 1).generators if one.name == "HR_oil")
    free = next(one for one in region_system(region, 1, committed=True).generators if one.name == "HR_oil")
    assert (held.committed, held.minimum) == (False, 0)
    assert (free.committed, free.minimum, free.start_cost) == (True, pytest.approx(0.258, abs=1e-3), 105)


def test_what_cannot_be_asked_is_refused_all_at_once(region: Region) -> None:
    found = refused(lambda: region_system(region, "53", ["RS", "SR"], (2020, 2010)))
    assert set(found) == {
        "hours are '53'",
        "there is no zone 'SR'",
        "periods are [2020, 2010]",
        "a period lies before 2015",
    }
    assert refused(lambda: region_system(region, 1, [])) == {
        "no zone is asked for": ("zones", "name one, or leave them out for all")
    }


def test_a_broken_region_gives_all_errors_at_once(folder: Path) -> None:
    change(folder / "region.yaml", "unit: EUR / tonne", "unit: USD / tonne")
    change(folder / "region.yaml", "source: serbia-pack", "source: serbia-pak")
    change(folder / "region.yaml", "fuel: coal", "fuel: cole")
    change(folder / "fleet.csv", "BG,hydro,110.4", "BG,hydro,-110.4")
    change(folder / "dispaset-eupl/fleet.csv", "RS,lignite,3936", "RS,lignite,much")
    change(folder / "dispaset-eupl/fleet.csv", "XK,reservoir,35", "XK,wind,35")
    change(folder / "links.csv", "BG,RO", "BG,BG")
    change(folder / "borders.csv", "RO,HU", "RO,UA")
    (folder / "dispaset-eupl/solar.parquet").write_bytes(b"no parquet")
    found = refused(lambda: read_region(folder))
    expected = {
        "carbon_price is in 'USD / tonne'": "region.yaml",
        "there is no source 'serbia-pak'": "region.yaml",
        "there is no fuel 'cole'": "region.yaml",
        "capacity_mw is -110.4": "fleet.csv",
        "capacity_mw: 'much' is not a number": "fleet.csv:2",
        "XK has wind, and no series wind": "fleet.csv",
        "a line begins and ends in BG": "links.csv:2",
        "neighbour 'UA' is unknown": "borders.csv:2",
        "series solar cannot be read": "region.yaml",
    }
    assert set(expected) <= set(found)
    for what, place in expected.items():
        where, mend = found[what]
        assert where.startswith("broken/"), what
        assert place in where, what
        assert mend, what


def test_a_number_without_a_ground_is_refused(folder: Path) -> None:
    change(folder / "region.yaml", "assumed: as in the Serbia pack", "source: ''")
    (what,) = refused(lambda: read_region(folder))
    assert what == "settings.unserved_price: a number needs a source or a reason for which it is assumed"


def test_a_file_outside_the_folder_is_refused(folder: Path) -> None:
    change(folder / "region.yaml", "- fleet.csv", "- ../fleet.csv")
    change(folder / "region.yaml", "file: temperature.parquet", "file: ../temperature.parquet")
    found = refused(lambda: read_region(folder))
    assert {"../fleet.csv is no file of the region", "../temperature.parquet is no file of the region"} <= set(found)


def test_a_zone_without_load_or_plants_is_refused(folder: Path) -> None:
    price = "{value: 7.6, unit: EUR / tonne, assumed: recalled}"
    change(folder / "region.yaml", "zones:\n", f"zones:\n  SI: {{title: Slovenia, carbon_price: {price}}}\n")
    change(folder / "links.csv", "BG,RO,600,600,assumed", "BG,RO,600,600,assumed\nRO,BG,1,1,assumed")
    found = refused(lambda: read_region(folder))
    assert {"SI has no load", "SI has no plant", "line of BG and RO stands twice"} == set(found)
