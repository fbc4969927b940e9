"""Real trade data come back out of the pack that they were loaded into; what is wrong with a file is all said at once."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from typer.testing import CliRunner

from morava.cli.trade_data import load_trade
from morava.errors import MoravaError
from morava.exchange.trade_data import Asked, NewSource, load_trade_data
from morava.exchange.trade_data.baci import load_baci
from morava.exchange.trade_data.copying import RECORD, find_base
from morava.exchange.trade_data.dividing import in_sectors
from morava.exchange.trade_data.duties import _slowness, load_duties
from morava.exchange.trade_data.fitting import fit
from morava.exchange.trade_data.flows import Trade, replace_flows
from morava.exchange.trade_data.input_output import load_input_output
from morava.exchange.trade_data.itpd import load_itpd
from morava.exchange.trade_data.mappings import (
    plain_code,
    read_countries,
    read_industries,
    read_prefixes,
    read_products,
    read_sections,
    sector_of_product,
)
from morava.exchange.trade_data.world import check_equilibrium, read_world
from morava.models.trade.staging import kept_share
from morava.plans import check_pack, read_country, read_futures
from morava.plans.trade_tables import load_table
from morava.runs.explore import read_plan
from morava.runs.simulate import simulate

ROOT = Path(__file__).resolve().parents[2]
SOURCE = NewSource("A made-up table", "https://example.org/table", "Nobody", "2024-12-31")
COUNTRIES = {
    "Serbia": ("688", "SRB"), "Germany": ("276", "DEU"), "Italy": ("380", "ITA"), "Hungary": ("348", "HUN"),
    "EU neighbours": ("642", "ROU"), "other EU": ("251", "FRA"), "China": ("156", "CHN"), "Russia": ("643", "RUS"),
    "Turkey": ("792", "TUR"), "United States": ("842", "USA"), "United Kingdom": ("826", "GBR"),
    "rest of the world": ("392", "JPN"),
}  # fmt: skip
PRODUCTS = {
    "agriculture": "010121", "energy": "271000", "ores": "260300", "food": "081120", "textiles": "610910",
    "wood and paper": "440710", "chemicals": "300490", "rubber and minerals": "401110", "steel": "720839",
    "non-ferrous metals": "740311", "machinery": "847989", "electronics": "851713", "electrical": "854430",
    "vehicles": "870323", "other goods": "940360",
}  # fmt: skip
INDUSTRIES = {
    "agriculture": 1, "energy": 79, "ores": 31, "food": 34, "textiles": 52, "wood and paper": 67, "chemicals": 81,
    "rubber and minerals": 90, "steel": 101, "non-ferrous metals": 102, "machinery": 112, "electronics": 131,
    "electrical": 125, "vehicles": 138, "other goods": 148, "services": 163,
}  # fmt: skip
PHASES = "share_at_once,share_A5,share_A10,share_A15,share_excluded"


@pytest.fixture(scope="module")
def serbia():
    return read_country("serbia")


@pytest.fixture(scope="module")
def world(serbia):
    return read_world(serbia)


def asked(kind, file, out, **more):
    return Asked(kind, Path(file), more.pop("country", "serbia"), Path(out), SOURCE, **more)


def written(folder, name, lines):
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def duty_lines(world, rate=8.0, own=(0.6, 0.1, 0.1, 0.15, 0.05)):
    rows = [f"sector,side,most_favoured_percent,{PHASES}"]
    for place, sector in enumerate(world.sectors[:-1]):
        rows.append(f"{sector},own,{rate + place},{','.join(map(str, own))}")
        rows.append(f"{sector},partner,{place / 2},1,0,0,0,0")
    return rows


def section_lines(world, rate=8.0):
    shares = "0.6,0.1,0.1,0.15,0.05"
    return [f"hs_section,side,most_favoured_percent,{PHASES}"] + [
        f"{section},own,{rate},{shares}" for section in read_sections(world)
    ]


def table_lines(world, unit=100.0):
    rows = ["input,sector,value"]
    for column, sector in enumerate(world.sectors):
        rows += [
            f"{one},{sector},{unit * world.technology[0, world.home, row, column]:.9g}"
            for row, one in enumerate(world.sectors)
        ]
        rows.append(f"output,{sector},{unit}")
    return rows


def baci_lines(world, year=2023):
    rows = ["t,i,j,k,v,q"]
    for place in world.others:
        number = COUNTRIES[world.regions[place]][0]
        for sector, code in PRODUCTS.items():
            column = world.sectors.index(sector)
            sold, bought = world.flow[place, world.home, column], world.flow[world.home, place, column]
            rows.append(f"{year},688,{number},{code},{sold * world.level * 1000:.6f},   NA")
            rows.append(f"{year},{number},688,{code},{bought * world.level * 1000:.6f},1.5")
    return [*rows, f"{year},276,380,870323,1,1", f"{year},688,348,271600,1000,NA"]


def itpd_lines(world, sectors=tuple(INDUSTRIES), factor=0.8):
    rows = ["exporter_iso3,importer_iso3,year,industry_id,trade,flag_zero"]
    for sector in sectors:
        column = world.sectors.index(sector)
        for place, region in enumerate(world.regions):
            code = COUNTRIES[region][1]
            bought = world.flow[world.home, place, column] * factor
            rows.append(f"{code},SRB,2019,{INDUSTRIES[sector]},{bought:.9g},p")
            if place != world.home:
                sold = world.flow[place, world.home, column] * factor
                rows.append(f"SRB,{code},2019,{INDUSTRIES[sector]},{sold:.9g},p")
    return rows


LINES = {"duties": duty_lines, "input-output": table_lines, "baci": baci_lines, "itpd": itpd_lines}


def run_loader(kind, file, world, serbia, **more):
    """Return the change that a file asks for; nothing is written."""
    asking = asked(kind, file, "nowhere", **({"name": "new"} if kind == "input-output" else {}) | more)
    if kind == "duties":
        return load_duties(asking, world, serbia)
    return {"input-output": load_input_output, "baci": load_baci, "itpd": load_itpd}[kind](asking, world)


def bytes_of(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# What other people's tables say


def croatia_2010():
    """Return the 65 products, total flows and output of the table of Croatia as its statistical office printed it."""
    path = ROOT / "snapshots/economy/io/croatia_siot_2010_total_thkuna.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    columns = list(rows[0])[1:66]
    values = np.array([[float(row[column] or 0) for column in columns] for row in rows[:65]])
    output = next(row for row in rows if row["row"] == "P1")
    return tuple(plain_code(column) for column in columns), values, np.array([float(output[one]) for one in columns])


def test_national_table_gives_technology_of_the_pack(world):
    codes, purchases, output = croatia_2010()
    divided, lines = in_sectors(world, read_products(None, world), codes, purchases, output)
    ours = divided.rows / divided.output
    theirs = world.technology[world.donors.index("croatia-2010"), world.home]
    whole = [
        place for place, one in enumerate(world.sectors) if one not in ("energy", "ores", "steel", "non-ferrous metals")
    ]
    ratio = theirs[np.ix_(whole, whole)] / ours[np.ix_(whole, whole)]
    assert_allclose(
        ratio, np.broadcast_to(ratio.max(axis=1, keepdims=True), ratio.shape), rtol=1e-5
    )  # inputs held whole
    assert (np.abs(ratio[:, 0] - 1) < 1e-5).sum() >= len(whole) - 2
    assert any(line.startswith("C24 divided") for line in lines)


def test_divided_industries_keep_all_money(world):
    codes, purchases, output = croatia_2010()
    divided, _ = in_sectors(world, read_products(None, world), codes, purchases, output)
    assert divided.rows.sum() == pytest.approx(purchases.sum())
    assert divided.output.sum() == pytest.approx(output.sum())


@pytest.mark.parametrize(
    ("code", "sector"),
    [
        ("854430", "electrical"), ("870120", "vehicles"), ("870190", "machinery"), ("271600", "services"),
        ("081120", "food"), ("081010", "agriculture"), ("740311", "non-ferrous metals"), ("260300", "ores"),
        ("252329", "rubber and minerals"), ("390110", "chemicals"), ("392690", "rubber and minerals"),
    ],
)  # fmt: skip
def test_products_have_their_sector(world, code, sector):
    prefixes, _ = read_prefixes(None, world)
    assert world.sectors[sector_of_product(code, prefixes)] == sector


def test_every_chapter_and_industry_has_a_sector(world):
    prefixes, _ = read_prefixes(None, world)
    assert {f"{chapter:02}" for chapter in range(1, 100)} - set(prefixes) == {"77"}
    industries, _ = read_industries(None, world)
    assert sorted(industries) == list(range(1, 171))
    assert set(industries.values()) == set(range(len(world.sectors)))


def test_countries_cover_the_regions(world):
    found = read_countries(None, world)
    assert set(found.by_number.values()) == set(range(len(world.regions)))
    assert [world.regions[found.by_number[number]] for number in ("688", "842", "251", "490")] == [
        "Serbia", "United States", "other EU", "rest of the world",
    ]  # fmt: skip


@pytest.mark.parametrize("lean", [-1.0, -0.4, 0.0, 0.7, 1.0])
def test_phase_out_is_that_of_the_model(lean, world, serbia):
    from_file = np.array([1 - lean, 1.0, 1 + lean]) / 3 * 0.3
    slowness, _ = _slowness(PHASE, from_file)
    lengths = np.array([5.0, 10.0, 15.0])
    for years in (0, 3, 7, 15):
        exact = 0.1 + from_file @ (1 - np.minimum(1, years / lengths))
        one = kept_share(years, np.array([0.6]), np.array([0.1]), np.array([slowness]), lengths)
        assert one[0] == pytest.approx(exact)


class PHASE:
    names = ("A5", "A10", "A15")


def test_split_beyond_the_model_is_said():
    slowness, lines = _slowness(PHASE, np.array([1.0, 0.0, 0.0]))
    assert slowness == 0.0
    assert "the end of what the model can say" in lines[0]


# Identities


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0.2, 3.0), min_size=30, max_size=30))
def test_partners_buy_and_make_as_before(factors):
    world = read_world(read_country("serbia"))
    up, down = np.append(factors[:15], 1.0), np.append(factors[15:], 1.0)
    trade = Trade(world.flow[:, world.home] * up, world.flow[world.home] * down, None, world.goods)
    found, lines = replace_flows(world, trade)
    kept = any("keep a tenth" in line for line in lines)
    rest = world.regions.index("rest of the world")
    partners = [place for place in world.others if place != rest]
    for axis in (0, 1):
        before, after = (one.flow.sum(axis=axis)[partners] for one in (world, found))
        grown = (after - before) / before
        assert grown.min() > -1e-6
        assert kept or grown.max() < 1e-6
    sold, made = found.flow[world.others, world.home].sum(axis=0), found.flow[:, world.home].sum(axis=0)
    assert (found.flow[world.home, world.home] >= made * 0.1 * (1 - 1e-6)).all()
    before = world.flow[:, world.home].sum(axis=0)
    free = sold < before * 0.9
    assert_allclose(made[free], before[free], rtol=1e-6)


def test_fit_holds_every_technology(world):
    heavy = replace(world, technology=world.technology * 1.02)
    fitted, lines = fit(heavy, allowed=True)
    check_equilibrium(fitted)
    use = np.einsum("dnks,ns->dnk", fitted.technology, world.flow.sum(axis=0))
    bought = (world.flow * (1 + world.tariff)).sum(axis=1)
    assert (use <= 0.95 * bought * (1 + 2e-6)).all()
    assert any("scaled down" in line for line in lines)
    assert (
        fit(world, allowed=False) == (world, []) or (fit(world, allowed=False)[0].technology == world.technology).all()
    )


# There and back


@pytest.fixture(scope="module")
def loaded(world, tmp_path_factory):
    """Return a pack into which all four kinds were loaded, one after the other, and what was said."""
    place = tmp_path_factory.mktemp("loaded")
    out, said = place / "ours", {}
    for kind in ("baci", "duties", "input-output", "itpd"):
        file = written(place, f"{kind}.csv", LINES[kind](world))
        more = {"name": "Serbia 2021"} if kind == "input-output" else {}
        fits = {"fit": True} if kind == "itpd" else {}
        said[kind] = load_trade_data(asked(kind, file, out, **more, **fits))
    return out, said


def test_loaded_pack_is_without_a_problem(loaded):
    out, said = loaded
    assert check_pack(out) == []
    assert sorted(path.name for path in out.parent.iterdir()) == [
        "baci.csv", "duties.csv", "input-output.csv", "itpd.csv", "ours",
    ]  # fmt: skip
    record = json.loads((out / RECORD).read_text(encoding="utf-8"))
    assert [one["kind"] for one in record["loads"]] == ["baci", "duties", "input-output", "itpd"]
    assert said["itpd"].lines[0].startswith("loaded before: baci (baci.csv), duties (duties.csv)")


def test_flows_come_back(loaded, world):
    out, said = loaded
    found = read_world(read_country(out))
    assert_allclose(found.flow, world.flow, rtol=3e-6, atol=1e-3)
    assert set(found.words[world.others, world.home].ravel()) == {"measured"}
    assert any("times 0.750861" in line for line in said["baci"].lines)
    assert any("exports 1, imports 0" in line for line in said["baci"].lines)
    assert any("times 1.25" in line for line in said["itpd"].lines)


def test_technology_comes_back(loaded, world):
    found = read_world(read_country(loaded[0]))
    assert found.donors == (*world.donors, "Serbia 2021")
    assert_allclose(found.technology[-1], world.technology[0], rtol=3e-6)
    assert_allclose(found.technology[:-1], world.technology, rtol=3e-6)


def test_duties_come_back(loaded, world):
    country = read_country(loaded[0])
    found = read_world(country)
    china = world.regions.index("China")
    rates = np.arange(15) / 200
    assert_allclose(found.favoured[china, :15], rates)
    assert_allclose(found.tariff[china, world.home, :15], rates)
    germany = world.regions.index("Germany")
    assert_allclose(found.tariff[china, germany, :15], rates)  # it paid the most-favoured rate too
    assert (found.tariff[china, :, 15] == 0).all()
    assert_array_equal(np.delete(found.tariff, china, axis=0), np.delete(world.tariff, china, axis=0))
    facts = {(one.quantity, one.where.get("sector")): one for one in country.facts.values()}
    for end in ("least", "most"):
        one = facts[f"own_duty_{end}", "steel"]
        assert (one.low, one.high, one.status, one.source) == (0.16, 0.16, "measured", "a-made-up-table")
    assert facts["own_duty_most", "services"].high == 0


def test_phase_out_comes_back(loaded, world):
    country = read_country(loaded[0])
    moved = {one.quantity: one for one in read_futures(country).uncertainties.values()}
    own = world.flow[world.home, world.regions.index("China"), :15] * (8 + np.arange(15)) / 100
    theirs = world.flow[world.regions.index("China"), world.home, :15] * np.arange(15) / 200
    part = own.sum() / (own.sum() + theirs.sum())
    values = {name: moved[name].distribution.values for name in moved}
    assert values["agreement_freed_at_once"] == (pytest.approx(0.6 * part + 1 - part, abs=1e-4),)
    assert values["agreement_excluded"] == (pytest.approx(0.05 * part, abs=1e-4),)
    assert values["agreement_phase_draw"] == (pytest.approx(0.5 + 0.5 * (0.05 / 0.35) * 1.5, abs=1e-4),)
    assert {moved[f"agreement_{name}"].status for name in ("freed_at_once", "excluded", "phase_draw")} == {"measured"}


def test_records_say_what_was_loaded(loaded):
    country = read_country(loaded[0])
    flow, technology, tariff = (
        next(one for one in country.tables.values() if one.quantity == name)
        for name in ("world_flow", "world_technology", "world_tariff")
    )
    assert (flow.status, technology.status, tariff.status) == ("measured", "measured", "derived")
    assert "measured (A made-up table)" in flow.synthetic
    assert "Serbia is measured in Serbia 2021" in technology.synthetic
    for table in (flow, technology, tariff):
        assert any(name.startswith("a-made-up-table") for name in table.sources)
    assert any("BACI 2023" in mend.what for mend in flow.mends)
    assert any("rates of China" in mend.what for mend in tariff.mends)
    assert len(country.sources) == len(read_country("serbia").sources) + 4


def test_everything_else_is_as_it_was(loaded):
    before, after = bytes_of(ROOT / "src/morava/countries/serbia"), bytes_of(loaded[0])
    differs = {path.as_posix() for path in before | after if before.get(path) != after.get(path)}
    differs.discard("trade/technology.parquet")
    assert {name for name in differs if "__pycache__" not in name} == {
        "facts/trade_model.csv", "futures/default.yaml", RECORD, "sources.yaml", "trade/flow.parquet",
        "trade/most_favoured.parquet", "trade/tariff.parquet", "trade/trade.yaml",
    }  # fmt: skip


def test_loaded_pack_runs(loaded):
    plan = read_plan(str(loaded[0]))
    values = simulate(plan.country, plan.strategy, plan.futures, plan.futures.seed, [0, 1]).values
    assert np.isfinite(values["trade_real_income_change"]).all()
    assert [str(one) for one in values["trade_donor_used"].coords["donor"].to_numpy()][-1] == "Serbia 2021"


def test_sections_give_the_same_duty_everywhere(world, serbia, tmp_path):
    file = written(tmp_path, "sections.csv", section_lines(world))
    change = run_loader("duties", file, world, serbia)
    assert {round(value, 9) for value in change.facts.values()} == {0.08}
    assert len(change.facts) == 30
    assert change.settings["agreement_freed_at_once"].value == 0.6
    assert not change.tables


def test_only_drops_the_donors(world, serbia, tmp_path):
    file = written(tmp_path, "table.csv", table_lines(world))
    change = run_loader("input-output", file, world, serbia, only=True)
    assert change.world.donors == ("new",)
    assert change.settings["trade_donor_draw"].value == 0.5


def test_imported_inputs_are_spread_over_goods(world, serbia, tmp_path):
    lines = [
        line if not line.split(",")[0] == "energy" else f"{','.join(line.split(',')[:2])},0"
        for line in table_lines(world)
    ]
    energy = world.technology[0, world.home, world.sectors.index("energy")] * 100
    lines += [f"imports,{sector},{value:.9g}" for sector, value in zip(world.sectors, energy, strict=True)]
    change = run_loader("input-output", written(tmp_path, "table.csv", lines), world, serbia, fit=True)
    before, after = world.technology[0, world.home].sum(axis=0), change.world.technology[-1, world.home].sum(axis=0)
    assert (after <= before * (1 + 1e-6)).all()
    assert (after > 0.8 * before).all()
    assert any("imported inputs" in line for line in change.lines)


def test_services_without_sales_at_home_stay(world, serbia, tmp_path):
    lines = itpd_lines(world, tuple(PRODUCTS))
    change = run_loader("itpd", written(tmp_path, "itpd.csv", lines), world, serbia)
    services = world.sectors.index("services")
    assert_array_equal(change.world.flow[:, :, services], world.flow[:, :, services])
    assert any("kept as they are, no sales at home in the file: services" in line for line in change.lines)


def test_sales_at_home_keep_a_tenth(world):
    up = np.ones(16)
    up[world.sectors.index("machinery")] = 20.0
    trade = Trade(world.flow[:, world.home] * up, world.flow[world.home], None, world.goods)
    found, lines = replace_flows(world, trade)
    place = world.sectors.index("machinery")
    sold = found.flow[world.others, world.home, place].sum()
    assert found.flow[world.home, world.home, place] == pytest.approx(sold / 9)
    assert found.words[world.home, world.home, place] == "floor"
    assert any("sales at home of machinery" in line and "a tenth" in line for line in lines)


# What is wrong is said


def spoil(lines, old, new):
    text = "\n".join(lines)
    assert old in text
    return text.replace(old, new, 1).split("\n")


WRONG = [
    ("duties", "steel,own,16", "stel,own,16", "there is no sector 'stel'", "did you mean steel?"),
    ("duties", "steel,own,16", "steel,ours,16", "there is no side 'ours'", "own"),
    ("duties", "steel,own,16", "steel,own,1e9", "a duty of 1e+09 percent", "between 0 and 100"),
    ("duties", "steel,own,16", "steel,own,-1", "a duty of -1 percent", "between 0 and 100"),
    ("duties", "steel,own,16", "steel,own,high", "'high' is not a number", "write digits"),
    ("duties", "steel,own,16.0,0.6", "steel,own,16.0,60", "shares 60", "fractions from 0 to 1"),
    ("duties", "steel,own,16.0,0.6", "steel,own,16.0,0.5", "the shares sum to 0.9", "sum to 1"),
    ("duties", "steel,own,", "food,own,", "food of side own is given twice", "keep one"),
    ("duties", "steel,own,", "food,own,", "side own has no row of steel", "give every sector its row"),
    ("duties", "share_A15", "share_A20", "unknown column 'share_A20'", "did you mean share_A"),
    ("duties", "share_A15,", "", "no column share_A15", "the header is"),
    ("input-output", "food,steel,", "fod,steel,", "there is no industry 'fod'", "did you mean food?"),
    ("input-output", "food,steel,", "food,steel,-", "food of steel is negative", "zero or more"),
    ("input-output", "food,steel,", "food,steel,x", "is not a number", "write digits"),
    ("input-output", "food,steel,", "energy,steel,", "energy of steel is given twice", "keep one"),
    ("input-output", "food,steel,", "energy,steel,", "steel has no value of food", "write 0"),
    ("input-output", "output,steel,100.0", "imports,steel,1", "steel has no value of output", "cells are missing"),
    ("input-output", "output,steel,100.0", "output,steel,10", "steel buys", "inputs are below output"),
    ("input-output", "input,sector,value", "input,sector,values", "unknown column 'values'", "did you mean value?"),
    ("baci", "2023,688,276,010121", "2022,688,276,010121", "the row is of '2022'", "load the file of 2023"),
    ("baci", "2023,688,276,010121", "2023,688,999,010121", "there is no country '999'", "--regions FILE"),
    ("baci", "2023,688,276,010121", "2023,688,276,101", "'101' is no code of six digits", "write it as"),
    ("baci", "2023,688,276,010121", "2023,688,276,770000", "770000 has no sector", "--sectors FILE"),
    ("baci", "2023,688,276,010121,", "2023,688,276,010121,-", "is negative", "zero or more"),
    ("baci", "2023,688,276,010121,", "2023,688,276,010121,x", "is not a number", "write digits"),
    ("baci", "2023,688,276,271000", "2023,688,276,010121", "010121 from 688 to 276 is given twice", "keep one"),
    ("baci", "2023,276,380,870323", "2023,276,276,870323", "country 276 sells to itself", "between countries only"),
    ("baci", "2023,276,380,870323,1,1", "2023,276,380", "the row has 3 cells, the header 6", "its cell"),
    ("baci", "t,i,j,k,v,q", "t,i,j,k,v,qty", "unknown column 'qty'", "did you mean q?"),
    ("baci", "t,i,j,k,v,q", "t,i,j,k,v,v", "no column q", "the columns are"),
    ("itpd", "DEU,SRB,2019,1,", "DEX,SRB,2019,1,", "there is no country 'DEX'", "did you mean"),
    ("itpd", "DEU,SRB,2019,1,", "DEU,SRB,2019,999,", "there is no industry '999'", "1 to 170"),
    ("itpd", "DEU,SRB,2019,1,", "DEU,SRB,2018,1,", "the row is of 2018, the first of 2019", "one year"),
    ("itpd", "DEU,SRB,2019,1,", "DEU,SRB,2019,79,", "industry 79 from DEU to SRB is given twice", "keep one"),
    ("itpd", "DEU,SRB,2019,1,", "DEU,SRB,2019,1,-", "is negative", "zero or more"),
    ("itpd", "SRB,SRB,2019,101,", "CHN,DEU,2019,101,", "Serbia sells nothing of steel at home", "load baci"),
    ("itpd", "importer_iso3", "importer", "no column importer_iso3", "the columns are"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "old", "new", "what", "mend"), WRONG)
def test_mistakes_are_named_with_their_mend(kind, old, new, what, mend, world, serbia, tmp_path):
    lines = spoil(LINES[kind](world), old, new)
    with pytest.raises(MoravaError) as caught:
        run_loader(kind, written(tmp_path, "spoilt.csv", lines), world, serbia)
    told = [one for one in caught.value.problems if what in one.what]
    assert told, caught.value
    assert mend in told[0].mend
    assert told[0].where.startswith("spoilt.csv")


@pytest.mark.parametrize(
    ("kind", "old", "new", "line"),
    [
        ("duties", "steel,own,16", "stel,own,16", 18),
        ("input-output", "food,agriculture,", "fod,agriculture,", 5),
        ("baci", "2023,276,688,010121,", "2023,276,688,010121,-", 3),
        ("itpd", "SRB,DEU,2019,1,", "SRB,DEU,2019,1,-", 4),
    ],
)
def test_mistakes_name_their_line(kind, old, new, line, world, serbia, tmp_path):
    file = written(tmp_path, "spoilt.csv", spoil(LINES[kind](world), old, new))
    with pytest.raises(MoravaError) as caught:
        run_loader(kind, file, world, serbia)
    assert f"spoilt.csv:{line}" in {one.where for one in caught.value.problems}


def test_all_mistakes_at_once(world, serbia, tmp_path):
    lines = baci_lines(world)
    lines[1], lines[2], lines[3] = "2023,688,276,x,1,1", "2023,688,998,010121,1,1", "2021,688,276,010121,-1,1"
    with pytest.raises(MoravaError) as caught:
        run_loader("baci", written(tmp_path, "spoilt.csv", lines), world, serbia)
    assert len(caught.value.problems) == 4


def test_missing_partners_and_sectors_are_named(world, serbia, tmp_path):
    lines = [line for line in baci_lines(world) if not line.startswith("2023,156,688") and ",610910," not in line]
    with pytest.raises(MoravaError) as caught:
        run_loader("baci", written(tmp_path, "holes.csv", lines), world, serbia)
    told = " ".join(one.what for one in caught.value.problems)
    assert "no goods go from China for Serbia" in told
    assert "Serbia trades nothing of textiles" in told


def test_fractions_for_percent_are_refused(world, serbia, tmp_path):
    shares = "0.6,0.1,0.1,0.15,0.05"
    lines = [f"sector,side,most_favoured_percent,{PHASES}", *(f"{one},own,0.05,{shares}" for one in world.sectors[:-1])]
    with pytest.raises(MoravaError, match="write percent"):
        run_loader("duties", written(tmp_path, "fractions.csv", lines), world, serbia)


def test_inputs_that_cannot_be_fed_are_listed_or_scaled(world, serbia, tmp_path):
    lines = spoil(table_lines(world), "electrical,services,", "electrical,services,9")
    file = written(tmp_path, "much.csv", lines)
    with pytest.raises(MoravaError) as caught:
        run_loader("input-output", file, world, serbia)
    assert any("of electrical, and it buys" in one.what and "--fit" in one.mend for one in caught.value.problems)
    change = run_loader("input-output", file, world, serbia, fit=True)
    assert any("inputs of electrical in Serbia scaled down" in line for line in change.lines)


def test_value_added_must_add_up(world, serbia, tmp_path):
    lines = [*table_lines(world), *(f"value_added,{sector},1" for sector in world.sectors)]
    with pytest.raises(MoravaError, match="do not make its output"):
        run_loader("input-output", written(tmp_path, "table.csv", lines), world, serbia)


@pytest.mark.parametrize(
    ("kind", "text", "what"),
    [
        ("baci", "prefix,sector\n01,farming\n", "there is no sector 'farming'"),
        ("baci", "prefix,sector\n01,food\n01,food\n", "01 is given twice"),
        ("baci", "prefix,sector\n1,food\n", "'1' is no prefix"),
        ("itpd", "first,last,sector\n2,1,food\n", "are no numbers of industries"),
        ("itpd", "first,last,sector\n1,3,food\n3,4,food\n", "3 is given twice"),
        ("input-output", "code,sector,buys\nB,ores,\nB,ores,\n", "is given twice"),
        ("input-output", "code,sector,buys\nB,ores,\nB,steel,\nB,food,\n", "more than two sectors"),
    ],
)
def test_mappings_of_the_user_are_checked(kind, text, what, world, serbia, tmp_path):
    mapping = written(tmp_path, "mapping.csv", [text])
    file = written(tmp_path, "file.csv", LINES[kind](world))
    with pytest.raises(MoravaError, match=what):
        run_loader(kind, file, world, serbia, sectors=mapping)


def test_regions_of_the_user_are_checked(world, serbia, tmp_path):
    mapping = written(tmp_path, "regions.csv", ["baci,iso3,region", "688,SRB,Sebia"])
    file = written(tmp_path, "file.csv", baci_lines(world))
    with pytest.raises(MoravaError, match=r"there is no region 'Sebia'"):
        run_loader("baci", file, world, serbia, regions=mapping)
    written(tmp_path, "regions.csv", ["baci,iso3,region", "276,DEU,Germany"])
    with pytest.raises(MoravaError, match="no country is Serbia"):
        run_loader("baci", file, world, serbia, regions=mapping)


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"kind": "bacci"}, "there is no kind 'bacci'"),
        ({"kind": "duties", "name": "x"}, "duties takes no --name"),
        ({"kind": "duties", "fit": True}, "duties takes no --fit"),
        ({"kind": "baci", "partner": "China"}, "baci takes no --partner"),
        ({"kind": "duties", "partner": "Chine"}, "there is no partner 'Chine'"),
        ({"kind": "input-output"}, "the technology has no name"),
        ({"kind": "input-output", "name": "hungary-2020"}, "there is a technology 'hungary-2020' already"),
        ({"kind": "duties", "country": "ruritania"}, "ruritania has no tables of trade"),
        ({"kind": "duties", "source": NewSource("", "a", "b")}, "the source has no title"),
        ({"kind": "duties", "file": Path("absent.csv")}, "there is no file absent.csv"),
    ],
)
def test_options_that_do_not_fit_are_refused(more, what, world, tmp_path):
    file = written(tmp_path, "file.csv", duty_lines(world))
    asking = replace(asked("duties", file, tmp_path / "out"), **more)
    with pytest.raises(MoravaError, match=what):
        load_trade_data(asking)
    assert not (tmp_path / "out").exists()


# Whole, or as it was


def test_folders_that_hold_something_else_are_left_alone(world, tmp_path):
    file = written(tmp_path, "duties.csv", duty_lines(world))
    other = tmp_path / "other"
    other.mkdir()
    written(other, "letter.txt", ["dear"])
    for out, what in (
        (other, "no pack made by loading"), (tmp_path / "serbia", "name of a country of Morava"),
        (ROOT / "src/morava/countries/serbia/trade/inside", "lies inside the pack"),
    ):  # fmt: skip
        with pytest.raises(MoravaError, match=what):
            load_trade_data(asked("duties", file, out))
    assert [path.name for path in other.iterdir()] == ["letter.txt"]


def test_mistakes_write_nothing(loaded, world, tmp_path):
    out = loaded[0]
    before = bytes_of(out)
    spoilt = written(tmp_path, "spoilt.csv", spoil(duty_lines(world), "steel,own,16", "stel,own,16"))
    for target in (out, tmp_path / "new"):
        with pytest.raises(MoravaError, match="stel"):
            load_trade_data(asked("duties", spoilt, target))
    good = written(tmp_path, "good.csv", duty_lines(world))
    bad_source = replace(asked("duties", good, out), source=replace(SOURCE, title="Other", grade="Z"))
    with pytest.raises(MoravaError, match="grade"):
        load_trade_data(bad_source)
    assert bytes_of(out) == before
    assert not (tmp_path / "new").exists()
    assert not [path.name for path in out.parent.iterdir() if path.name.startswith(".")]


def test_pack_of_another_country_is_left_alone(loaded, world, tmp_path):
    file = written(tmp_path, "duties.csv", duty_lines(world))
    with pytest.raises(MoravaError, match="was copied from serbia, not from ruritania"):
        load_trade_data(asked("duties", file, loaded[0], country="ruritania"))


KILL = """
import os, sys
from pathlib import Path
from morava.exchange.trade_data import Asked, NewSource, copying, load_trade_data
copying.missing_needs = lambda pack: os._exit(9)
load_trade_data(Asked("duties", Path(sys.argv[1]), "serbia", Path(sys.argv[2]), NewSource("K", "a", "b")))
"""


def test_killed_half_way_leaves_the_old_pack_whole(loaded, world, tmp_path):
    out = loaded[0]
    before = bytes_of(out)
    file = written(tmp_path, "duties.csv", duty_lines(world, rate=20.0))
    done = subprocess.run(
        [sys.executable, "-c", KILL.replace("import Asked, NewSource, copying", "import Asked, NewSource").replace(
            "copying.missing_needs", "import morava.exchange.trade_data.copying as c; c.missing_needs"), file, out],
        check=False,
    )  # fmt: skip
    assert done.returncode == 9
    assert bytes_of(out) == before


def test_killed_between_two_renames_is_put_back(loaded):
    out = loaded[0]
    before = bytes_of(out)
    out.rename(out.with_name(f".{out.name}.before"))
    assert find_base("serbia", out).folder == out
    assert bytes_of(out) == before


# The command


def test_command_loads_and_tells(world, tmp_path):
    app = typer.Typer()
    app.command("load-trade")(load_trade)
    file = written(tmp_path, "duties.csv", duty_lines(world))
    source = ["--source-title", "T", "--source-address", "a", "--source-producer", "p"]
    command = ["duties", str(file), "--out", str(tmp_path / "ours"), *source]
    first = CliRunner().invoke(app, [*command, "--json"])
    assert first.exit_code == 0
    found = json.loads(first.stdout)
    assert (found["kind"], Path(found["folder"]).name) == ("duties", "ours")
    second = CliRunner().invoke(app, command)
    assert second.exit_code == 0
    assert "loaded before: duties (duties.csv)" in second.stdout
    assert "next: `morava check" in second.stdout
    assert load_table(read_country(tmp_path / "ours"), "world_tariff").shape == (12, 12, 16)
