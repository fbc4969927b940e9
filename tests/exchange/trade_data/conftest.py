"""Files of every kind made up from the world of the pack itself, and a pack into which all were loaded."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from morava.exchange.trade_data import Asked, NewSource, load_trade_data
from morava.exchange.trade_data.baci import load_baci
from morava.exchange.trade_data.duties import load_duties
from morava.exchange.trade_data.input_output import load_input_output
from morava.exchange.trade_data.itpd import load_itpd
from morava.exchange.trade_data.mappings import read_sections
from morava.exchange.trade_data.world import read_world
from morava.plans import read_country

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


@pytest.fixture(scope="session")
def serbia():
    return read_country("serbia")


@pytest.fixture(scope="session")
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


def spoil(lines, old, new):
    text = "\n".join(lines)
    assert old in text
    return text.replace(old, new, 1).split("\n")


@pytest.fixture(scope="session")
def made():
    """Return what makes files and asks for loads."""
    return SimpleNamespace(
        asked=asked, written=written, duty_lines=duty_lines, section_lines=section_lines, table_lines=table_lines,
        baci_lines=baci_lines, itpd_lines=itpd_lines, run_loader=run_loader, lines=LINES, bytes_of=bytes_of,
        spoil=spoil, source=SOURCE, products=PRODUCTS, phases=PHASES,
    )  # fmt: skip


@pytest.fixture(scope="session")
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
