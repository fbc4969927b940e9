"""Real trade data come back out of the pack that they were loaded into, and the pack runs."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from morava.exchange.trade_data import load_trade_data
from morava.exchange.trade_data.copying import RECORD
from morava.exchange.trade_data.world import read_world
from morava.plans import check_pack, read_country, read_futures
from morava.runs.explore import read_plan
from morava.runs.simulate import simulate

ROOT = Path(__file__).resolve().parents[3]


# There and back


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
    assert_allclose(found.technology[:, world.home], world.technology[[0, 1, 2, 0], world.home], rtol=3e-6)
    assert_array_equal(found.technology[-1, 1:], found.technology[0, 1:])
    others = np.delete(np.arange(12), world.regions.index("China"))  # its lower duties make its purchases cheaper
    assert_allclose(found.technology[:-1, others], world.technology[:, others], rtol=3e-6)


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
        assert (one.low, one.high, one.status, one.source) == (0.16, 0.16, "measured", "a-made-up-table-2")
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


def test_everything_else_is_as_it_was(made, loaded):
    before, after = made.bytes_of(ROOT / "src/morava/countries/serbia"), made.bytes_of(loaded[0])
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


def test_sections_give_the_same_duty_everywhere(made, world, serbia, tmp_path):
    file = made.written(tmp_path, "sections.csv", made.section_lines(world))
    change = made.run_loader("duties", file, world, serbia)
    assert {round(value, 9) for value in change.facts.values()} == {0.08}
    assert len(change.facts) == 30
    assert change.settings["agreement_freed_at_once"].value == 0.6
    assert not change.tables


def test_only_drops_the_donors(made, world, serbia, tmp_path):
    file = made.written(tmp_path, "table.csv", made.table_lines(world))
    change = made.run_loader("input-output", file, world, serbia, only=True)
    assert change.world.donors == ("new",)
    assert change.settings["trade_donor_draw"].value == 0.5


def test_imported_inputs_are_spread_over_goods(made, world, serbia, tmp_path):
    lines = [
        line if line.split(",")[0] != "energy" else f"{','.join(line.split(',')[:2])},0"
        for line in made.table_lines(world)
    ]
    energy = world.technology[0, world.home, world.sectors.index("energy")] * 100
    lines += [f"imports,{sector},{value:.9g}" for sector, value in zip(world.sectors, energy, strict=True)]
    change = made.run_loader("input-output", made.written(tmp_path, "table.csv", lines), world, serbia, fit=True)
    before, after = world.technology[0, world.home].sum(axis=0), change.world.technology[-1, world.home].sum(axis=0)
    assert (after <= before * (1 + 1e-6)).all()
    assert (after > 0.8 * before).all()
    assert any("imported inputs" in line for line in change.lines)


def test_services_without_sales_at_home_stay(made, world, serbia, tmp_path):
    lines = made.itpd_lines(world, tuple(made.products))
    change = made.run_loader("itpd", made.written(tmp_path, "itpd.csv", lines), world, serbia)
    services = world.sectors.index("services")
    assert_array_equal(change.world.flow[:, :, services], world.flow[:, :, services])
    assert any("kept as they are, no sales at home in the file: services" in line for line in change.lines)


def test_other_countries_load_their_own(made, tmp_path):
    ruritania = read_country("ruritania")
    world = read_world(ruritania)
    phases = sorted(one.where["item"] for one in ruritania.facts.values() if one.quantity == "agreement_phase_length")
    head = ["sector", "side", "most_favoured_percent", "share_at_once", *(f"share_{one}" for one in phases)]
    shares = ["0.5", *("0.1" for _ in phases), f"{0.5 - 0.1 * len(phases):g}"]
    goods = [one for one, is_goods in zip(world.sectors, world.goods, strict=True) if is_goods]
    lines = [",".join([*head, "share_excluded"])]
    lines += [",".join([one, side, "5", *shares]) for one in goods for side in ("own", "partner")]
    out = tmp_path / "ours"
    load_trade_data(made.asked("duties", made.written(tmp_path, "duties.csv", lines), out, country="ruritania"))
    table = made.written(tmp_path, "table.csv", made.table_lines(world))
    load_trade_data(made.asked("input-output", table, out, country=str(out), name="own books", only=True))
    assert check_pack(out) == []
    found = read_world(read_country(out))
    assert found.donors == ("own books",)
    assert_allclose(found.technology[0, found.home], world.technology[0, world.home], rtol=1e-6)
    assert [0.05] * len(goods) in found.favoured[:, found.goods].tolist()
