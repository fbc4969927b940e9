"""Tables of trade of a pack: each mistake is found, all of them at once, with what, where and a way to mend it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from morava.errors import MoravaError
from morava.plans import check_pack, freeze, read_country, read_strategy
from morava.plans.read import read_futures
from morava.plans.trade_tables import confidence_in, load_table, needs_tables
from morava.runs.evidence import gather
from morava.runs.lower_trade import agreement_start, table_in_money, world_labels

RURITANIA = Path(read_country("ruritania").folder)
LIST = "trade/trade.yaml"


@pytest.fixture
def pack(tmp_path):
    return Path(shutil.copytree(RURITANIA, tmp_path / "ruritania"))


def spoil(pack: Path, old: str, new: str) -> None:
    path = pack / LIST
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def rewrite(pack: Path, file: str, change) -> None:
    path = pack / "trade" / file
    with duckdb.connect() as connection:
        frame = change(connection.execute("SELECT * FROM read_parquet(?)", [str(path)]).df())
        connection.register("frame", frame)
        connection.execute(f"COPY frame TO '{path}' (FORMAT parquet)")


@pytest.mark.parametrize(
    ("old", "new", "what", "mend"),
    [
        ("quantity: world_flow", "quantity: world_flaw", "world_flaw is no quantity of a table of trade", "world_flow"),
        ("quantity: world_flow", "quantity: power_capacity", "power_capacity is no quantity of a table", ""),
        ("file: flow.parquet", "file: ../flow.parquet", "../flow.parquet is no file of the pack", "inside the folder"),
        ("file: flow.parquet", "file: flaw.parquet", "there is no file flaw.parquet", "take the table away"),
        ("unit: million RUC_2020", "unti: million RUC_2020", "table flow has the unknown key unti", "unit"),
        ("  unit: million RUC_2020\n", "", "table flow has no unit", "give unit"),
        ("sources: [crown-office]", "sources: [crown-offise]", "there is no source 'crown-offise'", "crown-office"),
        ("sources: [crown-office]", "sources: crown-office", "sources is not a list", "[one, two]"),
        ("status: derived", "status: guessed", "status 'guessed' is unknown", "measured"),
        ("quantity: world_technology", "quantity: world_flow", "flow and technology both give world_flow", "keep one"),
        ("  status: derived\n", "  status: derived\n  known_on: soon\n", "is no date", "in quotes"),
    ],
)  # fmt: skip
def test_each_mistake_of_the_list_is_named(pack, old, new, what, mend):
    spoil(pack, old, new)
    found = [problem for problem in check_pack(pack) if what in problem.what]
    assert found
    assert mend in found[0].mend
    assert found[0].where.startswith(f"ruritania/{LIST}:")


def test_a_folder_without_its_list_is_refused(pack):
    (pack / LIST).unlink()
    assert any("trade holds no trade.yaml" in problem.what for problem in check_pack(pack))


@pytest.mark.parametrize(
    ("file", "quantity", "change", "says"),
    [
        ("flow.parquet", "world_flow", lambda f: f.iloc[1:], "gives 1 cells not once"),
        ("flow.parquet", "world_flow", lambda f: pd.concat([f, f.iloc[:2]]), "gives 2 cells not once"),
        ("flow.parquet", "world_flow", lambda f: f.drop(columns="exporter"), "has no column exporter"),
        ("tariff.parquet", "world_tariff", lambda f: f.assign(value=-f.value - 0.1), "world_tariff is below 0"),
        ("tariff.parquet", "world_tariff", lambda f: f.assign(value=np.nan), "has a hole"),
        ("tariff.parquet", "world_tariff", lambda f: f.assign(value="a"), "holds what is no number"),
        ("elasticity.parquet", "trade_elasticity", lambda f: f.assign(value=0.0), "trade_elasticity is below"),
    ],
)
def test_each_mistake_of_a_table_is_named(pack, file, quantity, change, says):
    rewrite(pack, file, change)
    with pytest.raises(MoravaError, match=says):
        load_table(read_country(pack), quantity)


def test_a_broken_file_is_told_of(pack):
    (pack / "trade/flow.parquet").write_bytes(b"nothing")
    with pytest.raises(MoravaError, match="table flow cannot be read"):
        load_table(read_country(pack), "world_flow")


def test_labels_keep_the_order_of_the_file_and_money_the_unit_of_the_list():
    flow = load_table(read_country("ruritania"), "world_flow")
    assert list(flow.coords["importer"].to_numpy()) == ["Ruritania", "Northmark", "Southmark", "Eastmark"]
    assert flow.attrs["unit"] == "million RUC_2020"


def test_money_is_turned_by_the_prices_of_the_country():
    country = read_country("ruritania")
    turned = table_in_money(country, "world_flow", gather(country, read_futures(country), {}))
    # crowns of 2020 stand at 80 where those of 2025 stand at 100
    np.testing.assert_allclose(turned, load_table(country, "world_flow") * 100 / 80)
    assert turned.attrs["unit"] == "million money"


def test_a_table_without_confidence_has_none():
    country = read_country("ruritania")
    assert confidence_in(country, country.tables["flow"]) == {}


def test_confidence_counts_the_country_s_own_trade():
    country = read_country("serbia")
    shares = confidence_in(country, country.tables["flow"], "Serbia")
    assert sum(shares.values()) == pytest.approx(1)
    assert set(shares) == {"published", "margins", "pattern", "assumed"}


def test_a_changed_table_changes_the_hash_of_its_record(pack):
    before = read_country(pack).tables["tariff"].sha256
    rewrite(pack, "tariff.parquet", lambda frame: frame.assign(value=frame.value * 2))
    assert read_country(pack).tables["tariff"].sha256 != before


def test_only_tables_hold_what_tables_hold():
    assert needs_tables(["power_capacity", "world_flow"])
    assert not needs_tables(["power_capacity", "region_balance"])


def test_an_agreement_counts_from_its_day_if_it_is_in_force():
    country = read_country("ruritania")
    strategy = read_strategy(country)
    start = agreement_start(country, strategy)
    assert float(start.sel(region="Northmark")) == 2021
    assert np.isinf(start.drop_sel(region="Northmark")).all()
    signed = replace(strategy.agreements["northmark-treaty"], stage="signed")
    other = replace(strategy, agreements={**strategy.agreements, "northmark-treaty": signed})
    assert np.isinf(agreement_start(country, other)).all()


def test_the_country_is_known_by_its_region_and_not_by_its_title():
    country = replace(read_country("ruritania"), title_en="Zenda")
    assert np.isinf(agreement_start(country, read_strategy(country)).sel(region="Ruritania"))


def test_an_agreement_of_before_the_table_is_in_its_duties_already():
    country = read_country("ruritania")
    strategy = read_strategy(country)
    old = replace(strategy.agreements["northmark-treaty"], date="2019-01-01")
    other = replace(strategy, agreements={**strategy.agreements, "northmark-treaty": old})
    assert np.isinf(agreement_start(country, other)).all()


def test_an_agreement_without_a_date_is_refused():
    country = read_country("ruritania")
    strategy = read_strategy(country)
    undated = replace(strategy.agreements["northmark-treaty"], date="")
    with pytest.raises(MoravaError, match="in force without a date"):
        agreement_start(country, replace(strategy, agreements={"northmark-treaty": undated}))


def test_two_agreements_with_one_region_are_refused():
    country = read_country("ruritania")
    strategy = read_strategy(country)
    again = {**strategy.agreements, "again": strategy.agreements["northmark-treaty"]}
    with pytest.raises(MoravaError, match="again and northmark-treaty are both in force with Northmark"):
        agreement_start(country, replace(strategy, agreements=again))


def test_labels_of_draws_are_sorted_as_facts_are():
    labels = world_labels(read_country("ruritania"))
    assert labels["region"] == sorted(labels["region"])
    assert labels["sector"] == ["clocks", "copper", "grain", "services"]


def vintages(pack, *known):
    """Write the table of flows once more for each day, all other values than before."""
    path, text = pack / LIST, (pack / LIST).read_text(encoding="utf-8")
    for number, day in enumerate(known, 1):
        shutil.copy(pack / "trade/flow.parquet", pack / f"trade/flow{number}.parquet")
        rewrite(pack, f"flow{number}.parquet", lambda frame, by=number: frame.assign(value=frame["value"] * (1 + by)))
        text += (
            f"flow{number}:\n  quantity: world_flow\n  file: flow{number}.parquet\n  unit: million RUC_2020\n"
            f"  sources: [crown-office]\n  status: derived\n  known_on: {day}\n"
        )
    path.write_text(text, encoding="utf-8")


def test_a_quantity_may_have_vintages_and_the_one_without_a_day_counts(pack):
    before = load_table(read_country(pack), "world_flow")
    vintages(pack, "2015-06", "2019-06")
    country = read_country(pack)
    assert check_pack(pack) == []
    assert np.array_equal(load_table(country, "world_flow"), before)
    for date, factor in (("2015", 2), ("2018", 2), ("2019", 3)):
        assert np.array_equal(load_table(freeze(country, date), "world_flow"), factor * before)
    with pytest.raises(MoravaError, match="no table gives world_flow"):
        load_table(freeze(country, "2014"), "world_flow")


def test_two_tables_of_one_day_are_refused(pack):
    vintages(pack, "2015-06", "2015-06-30")
    assert [problem.what for problem in check_pack(pack)] == ["flow1 and flow2 both give world_flow"]
