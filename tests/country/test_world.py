"""The trade world is what its script makes of the extracts, and a base equilibrium without holes."""

from __future__ import annotations

import csv
import gzip
import io
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
import yaml

from morava.models.trade.equilibrium import no_shock, solve
from morava.models.trade.value_added import world_table
from morava.models.trade.world import calibrate

ROOT = Path(__file__).parents[2]
ECONOMY = ROOT / "snapshots/economy"
WORLD = ROOT / "src/morava/countries/serbia/trade"
FILES = ("elasticity", "flow", "most_favoured", "tariff", "technology")
REGIONS = (
    "Serbia", "Germany", "Italy", "Hungary", "EU neighbours", "other EU", "China", "Russia", "Turkey", "United States",
    "United Kingdom", "rest of the world",
)  # fmt: skip
SECTORS = (
    "agriculture", "energy", "ores", "food", "textiles", "wood and paper", "chemicals", "rubber and minerals", "steel",
    "non-ferrous metals", "machinery", "electronics", "electrical", "vehicles", "other goods", "services",
)  # fmt: skip
DONORS = ("hungary-2020", "croatia-2010", "hungary-1993")
SETS = ("fontagne-2022", "caliendo-parro-2015", "uniform-4")
WORDS = {"table", "table less Serbia", "floor", "published", "margins", "pattern", "assumed"}
SERBIA, CHINA, REST, SERVICES = 0, 6, 11, 15
EUROPEAN_UNION = slice(1, 6)
Array = npt.NDArray[np.float64]
Cells = dict[tuple[str, str, str], float]


def table(name: str) -> pd.DataFrame:
    with duckdb.connect(config={"threads": 1}) as connection:
        return connection.execute(f"SELECT * FROM '{WORLD / name}.parquet'").df()


def values(name: str, *shape: int) -> Array:
    return table(name)["value"].to_numpy().reshape(shape)


@pytest.fixture(scope="module")
def flow() -> Array:
    return values("flow", 12, 12, 16)


@pytest.fixture(scope="module")
def tariff() -> Array:
    return values("tariff", 12, 12, 16)


@pytest.fixture(scope="module")
def technology() -> Array:
    return values("technology", 3, 12, 16, 16)


def rows(path: str) -> list[dict[str, str]]:
    data = (ECONOMY / path).read_bytes()
    text = (gzip.decompress(data) if path.endswith(".gz") else data).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def bilateral() -> Cells:
    """By class, importer and exporter, million USD."""
    return {
        (row["sector"], row["importer"], exporter): float(value)
        for row in rows("io/icio2022_bilateral_28sector_musd.csv.gz")
        for exporter, value in row.items()
        if exporter not in ("sector", "importer")
    }


@pytest.fixture(scope="module")
def factor(bilateral: Cells) -> float:
    goods: dict[tuple[str, str], float] = defaultdict(float)
    for (kind, importer, exporter), value in bilateral.items():
        if kind != "Services" and importer != exporter:
            goods[importer, exporter] += value
    pairs = {(row["importer"], row["exporter"]): float(row["value_kusd_2023"]) / 1e3 for row in
             rows("trade/baci2023_bilateral_goods_194x194.csv.gz")}  # fmt: skip
    both = set(goods) & set(pairs)
    assert len(both) == 5812
    return sum(goods[pair] for pair in both) / sum(pairs[pair] for pair in both)


@pytest.fixture(scope="module")
def partners() -> dict[str, tuple[float, float]]:
    """Exports and imports of goods by partner, million USD of 2023."""
    return {
        row["partner"]: (float(row["exports_kusd"] or 0) / 1e3, float(row["imports_kusd"] or 0) / 1e3)
        for row in rows("trade/serbia_by_partner_baci2023.csv")
    }


def gdp() -> float:
    found = {row["iso3"]: float(row["gdp_usd_latest_wdi"]) for row in rows("trade/gdp_194_countries_wdi_latest.csv")}
    return found["SRB"] / 1e6


def percent(indicator: str, year: int) -> float:
    found = {
        (row["geo"], row["indicator"], row["year"]): row["value"]
        for row in rows("macro/gapminder_sg_macro_21_countries_1990_2026.csv.gz")
    }
    return float(found["srb", f"{indicator}_percent_of_gdp", str(year)])


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("world")
    script = ROOT / "snapshots/derive_world.py"
    command = [sys.executable, str(script), "--out", str(out), "--report", str(out / "report.yaml")]
    subprocess.run(command, check=True, capture_output=True)
    return out


@pytest.fixture(scope="module")
def report(rebuilt: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((rebuilt / "report.yaml").read_text(encoding="utf-8"))
    return found


def test_the_rebuilt_world_has_the_same_bytes(rebuilt: Path) -> None:
    assert {path.stem for path in rebuilt.glob("*.parquet")} == set(FILES)
    for name in FILES:
        assert (rebuilt / f"{name}.parquet").read_bytes() == (WORLD / f"{name}.parquet").read_bytes(), name


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("flow", {"importer": REGIONS, "exporter": REGIONS, "sector": SECTORS}),
        ("tariff", {"importer": REGIONS, "exporter": REGIONS, "sector": SECTORS}),
        ("technology", {"donor": DONORS, "region": REGIONS, "input": SECTORS, "sector": SECTORS}),
        ("elasticity", {"elasticity_set": SETS, "sector": SECTORS}),
        ("most_favoured", {"importer": REGIONS[1:], "sector": SECTORS}),
    ],
)
def test_every_cell_stands_once_in_order(name: str, labels: dict[str, tuple[str, ...]]) -> None:
    found = table(name)
    wanted = pd.MultiIndex.from_product(list(labels.values()), names=list(labels))
    assert pd.MultiIndex.from_frame(found[list(labels)]).equals(wanted)
    assert np.isfinite(found["value"]).all()
    assert (found["value"] >= 0).all()


def test_every_flow_says_what_it_rests_on(flow: Array, report: dict[str, Any]) -> None:
    words = table("flow")["confidence"].to_numpy().reshape(12, 12, 16)
    assert set(words.ravel()) == WORDS
    assert (words[1:REST, 1:REST] == "table").all()
    assert set(words[SERBIA].ravel()) | set(words[:, SERBIA].ravel()) == {"published", "margins", "pattern", "assumed"}
    assert (words == "floor").sum() == report["rest_of_the_world"]["cells_floored"] == 7
    shares = report["trade_of_serbia_by_confidence"]
    assert sum(shares.values()) == pytest.approx(1, abs=1e-3)
    traded = flow[1:, SERBIA][words[1:, SERBIA] == "published"].sum()
    whole = flow[1:, SERBIA].sum() + flow[SERBIA, 1:].sum()
    assert shares["published"] == pytest.approx(traded / whole, abs=1e-4)


@pytest.mark.parametrize("donor", range(len(DONORS)))
def test_the_table_is_a_base_equilibrium(flow: Array, tariff: Array, technology: Array, donor: int) -> None:
    output, bought = flow.sum(axis=0), (flow * (1 + tariff)).sum(axis=1)
    added = 1 - technology[donor].sum(axis=1)
    assert added.min() >= 0.10
    use = np.einsum("nks,ns->nk", technology[donor], output)
    assert (use / bought).max() <= 0.95 * (1 + 1e-6)
    income = (added * output).sum(axis=1) + (flow * tariff).sum(axis=(1, 2))
    deficit = flow.sum(axis=(1, 2)) - output.sum(axis=1)
    np.testing.assert_allclose((bought - use).sum(axis=1), income + deficit, rtol=1e-9)
    assert deficit.sum() == pytest.approx(0, abs=1e-9 * flow.sum())
    world_table(flow, technology[donor], tariff)


def test_nothing_moves_without_a_shock(flow: Array, tariff: Array, technology: Array) -> None:
    theta = values("elasticity", 3, 16)
    world = calibrate(REGIONS, SECTORS, flow[None], technology[:1], tariff[None], theta[:1], "the world of the pack")
    found = solve(world, no_shock(world))
    assert found.converged.all()
    np.testing.assert_allclose(found.income, found.income, rtol=1e-9)
    np.testing.assert_allclose(found.wage, 1, atol=1e-9)
    np.testing.assert_allclose(found.price, 1, atol=1e-9)


def test_every_region_sells_to_itself_and_serbia_a_tenth_of_output(flow: Array) -> None:
    home = flow[range(12), range(12)]
    assert home.min() > 0
    assert (home[SERBIA] / flow[:, SERBIA].sum(axis=0)).min() >= 0.10 * (1 - 1e-6)


def test_value_added_of_serbia_is_that_of_the_statistics(flow: Array, technology: Array, factor: float) -> None:
    share = {name: percent(name, 2024) / 100 for name in ("agriculture", "industry", "services")}
    scale = factor * gdp()
    added = (1 - technology[0, SERBIA].sum(axis=0)) * flow[:, SERBIA].sum(axis=0)
    assert added.sum() == pytest.approx(scale * sum(share.values()), rel=0.02)
    assert added[0] == pytest.approx(scale * share["agriculture"], rel=1e-5)
    assert scale * share["services"] < added[SERVICES] < scale * (share["services"] + share["industry"])


def test_goods_by_partner_are_those_of_the_source(
    flow: Array, factor: float, partners: dict[str, tuple[float, float]]
) -> None:
    goods = flow[:, :, :SERVICES].sum(axis=2)
    for place, code in ((1, "DEU"), (2, "ITA"), (6, "CHN"), (7, "RUS"), (8, "TUR"), (9, "USA"), (10, "GBR")):
        exports, imports = partners[code]
        assert goods[place, SERBIA] == pytest.approx(factor * exports, rel=1e-6), code
        assert goods[SERBIA, place] == pytest.approx(factor * imports, rel=1e-6), code
    exports, imports = (sum(side) for side in zip(*partners.values(), strict=True))
    assert goods[1:, SERBIA].sum() == pytest.approx(factor * (exports - 1640), rel=1e-6)
    assert goods[SERBIA, 1:].sum() == pytest.approx(factor * (imports - 1290), rel=1e-6)


def test_all_trade_is_its_share_of_gdp(flow: Array, factor: float) -> None:
    for name, money in (("exports", flow[1:, SERBIA].sum()), ("imports", flow[SERBIA, 1:].sum())):
        assert money / (factor * gdp()) == pytest.approx(percent(name, 2023) / 100, rel=1e-6)


def test_copper_is_what_china_buys(flow: Array) -> None:
    sold = flow[CHINA, SERBIA, :SERVICES] / flow[CHINA, SERBIA, :SERVICES].sum()
    ores, metals, wood = (sold[SECTORS.index(name)] for name in ("ores", "non-ferrous metals", "wood and paper"))
    assert ores + metals == pytest.approx(0.93, abs=0.03)
    assert (ores, metals, wood) == pytest.approx((842 / 1230, 301 / 1230, 26 / 1230), rel=1e-5)


@pytest.mark.parametrize(
    ("sector", "published"),
    [("ores", 1520), ("energy", 435.93), ("non-ferrous metals", 488.73), ("electrical", 1800 + 383.57 + 355.08),
     ("rubber and minerals", 575.11), ("chemicals", 428.04 + 357.89)],
)  # fmt: skip
def test_exports_reach_the_published_amounts(flow: Array, factor: float, sector: str, published: float) -> None:
    sold = flow[1:, SERBIA, SECTORS.index(sector)].sum() / factor
    assert sold >= published * (1 - 1e-6)
    if sector in ("ores", "energy"):
        assert sold == pytest.approx(published, rel=1e-6)


def test_imports_of_energy_hold_crude_oil_and_gas(flow: Array, factor: float) -> None:
    assert flow[SERBIA, 1:, SECTORS.index("energy")].sum() / factor > 1890 + 1350


def test_both_goods_tables_are_balanced(report: dict[str, Any]) -> None:
    assert set(report["ras"]) == {"exports", "imports"}
    assert all(done["converged"] and done["residual"] <= 1e-12 for done in report["ras"].values())


def test_other_regions_are_those_of_the_table(flow: Array, bilateral: Cells, report: dict[str, Any]) -> None:
    assert flow[1, 2, SECTORS.index("steel")] == pytest.approx(bilateral["C24A", "DEU", "ITA"], rel=1e-6)
    cars = sum(bilateral[name, "CHN", "DEU"] for name in ("C29", "C301", "C302T309"))
    assert flow[CHINA, 1, SECTORS.index("vehicles")] == pytest.approx(cars, rel=1e-6)
    grown = flow.sum() - sum(bilateral.values())
    assert grown == pytest.approx(report["rest_of_the_world"]["world_grows_by_musd"], abs=1e-7 * flow.sum())
    assert grown < 1e-4 * flow.sum()


def test_duties_are_those_before_the_agreement_with_china(tariff: Array) -> None:
    favoured = values("most_favoured", 11, 16)
    assert not tariff[SERBIA].any()
    assert not tariff[:, :, SERVICES].any()
    assert not tariff[range(12), range(12)].any()
    assert not tariff[EUROPEAN_UNION, EUROPEAN_UNION].any()
    free_for_serbia = [place for place in range(1, 12) if not tariff[place, SERBIA].any()]
    assert [REGIONS[place] for place in free_for_serbia] == [*REGIONS[1:6], "Russia", "Turkey", "United Kingdom"]
    np.testing.assert_array_equal(tariff[CHINA, SERBIA], favoured[CHINA - 1])
    assert (tariff[CHINA, SERBIA, :SERVICES] > 0).all()
    assert favoured.max() == tariff.max() == 0.15
    turkey = REGIONS.index("Turkey")
    taxed = {SECTORS[sector] for sector in np.flatnonzero(tariff[1, turkey])}
    assert taxed == {"agriculture", "food"}
    assert 0 < tariff[REST, SERBIA].max() < tariff[REST, CHINA].max()


def test_elasticities_are_means_of_published_ones() -> None:
    fontagne, caliendo, uniform = values("elasticity", 3, 16)
    published = {
        row["native_code"]: float(row["elasticity_abs"])
        for row in rows("elasticities/trade_elasticities_native_published.csv")
        if row["source"] == "fontagne_2022"
    }
    assert fontagne[SECTORS.index("food")] == published["C15T16"]
    assert published["C26"] < fontagne[SECTORS.index("rubber and minerals")] < published["C25"]
    assert (fontagne[SERVICES], caliendo[SERVICES]) == (5.0, 8.22)
    assert (uniform == 4).all()
    assert 13.53 < caliendo[SECTORS.index("energy")] < 16.52
    assert caliendo[SECTORS.index("vehicles")] == 8.22
