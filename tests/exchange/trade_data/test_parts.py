"""Other people's tables, and what replaced flows and fitted technologies must keep."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from morava.errors import MoravaError
from morava.exchange.trade_data.dividing import in_sectors
from morava.exchange.trade_data.duties import _slowness
from morava.exchange.trade_data.fitting import fit
from morava.exchange.trade_data.flows import MeasuredTrade, replace_flows
from morava.exchange.trade_data.mappings import (
    plain_code,
    read_countries,
    read_industries,
    read_prefixes,
    read_products,
    sector_of_product,
)
from morava.exchange.trade_data.world import check_equilibrium, read_world
from morava.models.trade.staging import kept_share
from morava.plans import read_country

ROOT = Path(__file__).resolve().parents[3]


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


@pytest.mark.parametrize(("kind", "reader"), [("sectors", read_prefixes), ("regions", read_countries)])
def test_mappings_for_another_world_are_refused(kind, reader, world):
    other = replace(world, **{kind: tuple(f"other {one}" for one in getattr(world, kind))})
    with pytest.raises(MoravaError) as caught:
        reader(None, other)
    (told,) = caught.value.problems
    assert "does not fit this pack" in told.what
    assert f"--{kind} FILE" in told.mend


@pytest.mark.parametrize("lean", [-1.0, -0.4, 0.0, 0.7, 1.0])
def test_phase_out_is_that_of_the_model(lean):
    from_file = np.array([1 - lean, 1.0, 1 + lean]) / 3 * 0.3
    slowness, _ = _slowness(PHASE, from_file)
    lengths = np.array([5.0, 10.0, 15.0])
    for years in (0, 3, 7, 15):
        exact = 0.1 + from_file @ (1 - np.minimum(1, (years + 1) / lengths))
        drawn = (np.array([[one]]) for one in (0.6, 0.1, slowness))
        assert kept_share(years, *drawn, lengths)[0, 0] == pytest.approx(exact)


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
    trade = MeasuredTrade(world.flow[:, world.home] * up, world.flow[world.home] * down, None, world.goods)
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
    same, nothing = fit(world, allowed=False)
    assert_array_equal(same.technology, world.technology)
    assert nothing == []


def test_sales_at_home_keep_a_tenth(world):
    up = np.ones(16)
    up[world.sectors.index("machinery")] = 20.0
    trade = MeasuredTrade(world.flow[:, world.home] * up, world.flow[world.home], None, world.goods)
    found, lines = replace_flows(world, trade)
    place = world.sectors.index("machinery")
    sold = found.flow[world.others, world.home, place].sum()
    assert found.flow[world.home, world.home, place] == pytest.approx(sold / 9)
    assert found.words[world.home, world.home, place] == "floor"
    assert any("sales at home of machinery" in line and "a tenth" in line for line in lines)


def test_world_without_a_rest_says_what_it_grows_by(world):
    other = replace(world, regions=(*world.regions[:-1], "elsewhere"))
    trade = MeasuredTrade(world.flow[:, world.home] * 1.1, world.flow[world.home], None, world.goods)
    found, lines = replace_flows(other, trade)
    grown = world.amount((found.flow - world.flow).sum())
    assert lines[-1] == f"there is no rest of the world to give way: the world grows by {grown}"
    others = [place for place in range(12) if place != world.home]
    assert_array_equal(found.flow[np.ix_(others, others)], world.flow[np.ix_(others, others)])
