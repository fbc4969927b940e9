"""The facts of the Serbia pack are the extracts and the judgements beside them: nothing lost, nothing doubled."""

from __future__ import annotations

import csv
import hashlib
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import yaml

from morava.errors import Problems
from morava.models.money.debt import debt_factor, next_debt_ratio
from morava.plans.cells import Cell, cell_of
from morava.plans.places import Places
from morava.plans.read_facts import read_facts
from morava.plans.types import CONFLICT_KINDS, Fact

ROOT = Path(__file__).parents[2]
SNAPSHOTS = ROOT / "snapshots"
PACK = ROOT / "src/morava/countries/serbia"
QUANTILES = ("p10", "p50", "p90")
EXTRACTS = (".csv", ".gz")


def read_rows(path: str) -> list[dict[str, str]]:
    with (SNAPSHOTS / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_yaml(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((PACK / name).read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("serbia")
    script = SNAPSHOTS / "build_facts.py"
    subprocess.run([sys.executable, str(script), "--out", str(out)], check=True, capture_output=True)
    return out


@pytest.fixture(scope="module")
def facts() -> dict[str, Fact]:
    problems = Problems()
    found = read_facts(PACK, Places(), problems)
    problems.raise_if_any()
    return found


def test_the_rebuilt_pack_has_the_same_bytes(rebuilt: Path) -> None:
    written = {path.relative_to(rebuilt) for path in rebuilt.rglob("*") if path.is_file()}
    committed = {path.relative_to(PACK) for path in (PACK / "facts").iterdir()}
    assert {path for path in written if path.parts[0] == "facts"} == committed
    assert {str(path) for path in written if path.parts[0] != "facts"} == {"sources.yaml", "conflicts.yaml"}
    for path in sorted(written):
        assert (rebuilt / path).read_bytes() == (PACK / path).read_bytes(), path


def test_every_extract_is_the_one_listed_and_may_be_shipped() -> None:
    listed = {row["path"]: row for row in read_rows("manifest.csv")}
    present = {path.relative_to(SNAPSHOTS).as_posix(): path for top in ("serbia-2030", "economy", "energy")
               for path in (SNAPSHOTS / top).rglob("*") if path.is_file() and path.suffix in EXTRACTS}  # fmt: skip
    assert set(listed) == set(present)
    for name, row in listed.items():
        data = present[name].read_bytes()
        assert (str(len(data)), hashlib.sha256(data).hexdigest()) == (row["bytes"], row["sha256"]), name
        assert row["ship"] in ("yes", "yes-with-notice"), name


def test_each_fact_of_the_extract_stands_once() -> None:
    raw = read_rows("serbia-2030/facts.csv")
    assert len(raw) == 454
    lines: Counter[str] = Counter()
    for path in (PACK / "facts").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            lines.update(row["name"] for row in csv.DictReader(file))
    assert all(lines[row["id"]] == 1 for row in raw)
    assert max(lines.values()) == 1


def test_values_are_those_of_the_extract(facts: dict[str, Fact]) -> None:
    for row in read_rows("serbia-2030/facts.csv"):
        fact = facts[row["id"]]
        if fact.unit == "year" and row["unit"] in ("year", "date", "month", "quarter", "half-year"):
            assert fact.low is not None
            assert fact.high is not None
            for value in filter(None, (row["value_low"], row["value_high"])):
                # F172d says "after 2040", so that the first day that it allows is that of 2041.
                year = float(value) + (row["id"] == "F172d")
                assert fact.low <= year <= fact.high, row["id"]
            continue
        for side, value in ((fact.low, row["value_low"]), (fact.high, row["value_high"])):
            assert side == (float(value) if value else None), row["id"]
        if fact.quantity == "statement":
            assert fact.text == row["value_text"]


def test_recalled_figures_are_assumed(facts: dict[str, Fact]) -> None:
    for row in read_rows("serbia-2030/facts.csv"):
        fact = facts[row["id"]]
        assert (fact.status == "assumed") == (row["confidence"] == "recalled"), row["id"]
        assert (fact.source == "recalled") == (row["confidence"] == "recalled"), row["id"]


def test_each_source_of_the_extract_is_one_source(facts: dict[str, Fact]) -> None:
    sources = read_yaml("sources.yaml")
    by_page: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in read_rows("serbia-2030/facts.csv"):
        by_page[row["source_title"], row["source_address"]].add(facts[row["id"]].source)
    assert all(len(names) == 1 for names in by_page.values())
    assert len({name for names in by_page.values() for name in names}) == len(by_page) == 192
    assert {fact.source for fact in facts.values()} <= set(sources)


def test_each_contradiction_is_kept() -> None:
    conflicts = read_yaml("conflicts.yaml")
    raw = {row["id"]: row for row in read_rows("serbia-2030/conflicts.csv")}
    assert list(conflicts) == list(raw) == [f"K{number:02}" for number in range(1, 16)]
    for name, entry in conflicts.items():
        named = {i for number in (1, 2) for i in raw[name][f"version_{number}_fact_ids"].split(";")}
        assert named <= {i for side in entry["sides"] for i in side}, name
        assert entry["kind"] in CONFLICT_KINDS
        assert ("weights" in entry) == (entry["kind"] == "genuine"), name
        assert ("chosen" in entry) != ("weights" in entry), name
        assert entry["reading"], name


def test_each_reference_class_row_is_kept(facts: dict[str, Fact]) -> None:
    rows = read_rows("serbia-2030/reference_classes.csv")
    assert len(rows) == 105
    extract = {row["id"]: row for row in read_rows("serbia-2030/facts.csv")}
    shared = ("value_low", "value_high", "unit", "year_from", "value_text", "source_title", "source_address", "note")
    for row in rows:
        if row["record"] != "prior":
            assert all(row[key] == extract[row["id"]][key] for key in shared), row["id"]
            assert row["measure"] == extract[row["id"]]["quantity"], row["id"]
        elif row["value_low"]:
            fact = facts[row["id"]]
            assert (fact.low, fact.high) == (float(row["value_low"]), float(row["value_high"]))
        else:
            for quantile in QUANTILES:
                fact = facts[f"{row['id']}.{quantile}"]
                assert fact.low == fact.high == float(row[quantile])
                assert fact.where == {"reference_class": row["class_key"], "quantile": quantile}
                assert fact.status == "assumed"
    priors = [row["id"] for row in rows if row["record"] == "prior"]
    assert sum(name.split(".")[0] in priors for name in facts) == 28 * 3 + 1


def test_classes_name_their_factors_and_fill_their_time(facts: dict[str, Fact]) -> None:
    for name, entry in read_yaml("reference_classes.yaml").items():
        for kind in ("delay", "cost"):
            found = [facts[fact] for fact in entry[kind]]
            assert {fact.quantity for fact in found} == {f"reference_{kind}_factor"}, name
            assert [fact.where for fact in found] == [{"reference_class": name, "quantile": q} for q in QUANTILES]
            values = [fact.low or 0.0 for fact in found]
            assert values == sorted(set(values)), name
        network: nx.DiGraph[str] = nx.DiGraph()
        for stage in entry["stages"]:
            network.add_node(stage["name"])
            for before in stage.get("after", ()):
                network.add_edge(before, stage["name"])
        share = {stage["name"]: stage["share"] for stage in entry["stages"]}
        starts = [node for node in network if network.in_degree(node) == 0]
        ends = [node for node in network if network.out_degree(node) == 0]
        paths = [[node] for node in starts if node in ends] + [
            path for a in starts for b in ends if a != b for path in nx.all_simple_paths(network, a, b)
        ]
        assert max(sum(share[node] for node in path) for path in paths) == pytest.approx(1), name


def test_no_cell_has_two_facts_without_a_conflict(facts: dict[str, Fact]) -> None:
    conflict_of = {
        i: name for name, entry in read_yaml("conflicts.yaml").items() for side in entry["sides"] for i in side
    }
    cells: dict[tuple[str, Cell], list[str]] = defaultdict(list)
    for fact in facts.values():
        cells[fact.quantity, cell_of(fact)].append(fact.name)
    shared = {cell: names for cell, names in cells.items() if len(names) > 1}
    for cell, names in shared.items():
        assert len({conflict_of.get(name, name) for name in names}) == 1, (cell, names)
    assert {conflict_of[names[0]] for names in shared.values()} == {
        "K02", "K03", "K05", "K06", "K07", "K08", "K11", "K12",
    }  # fmt: skip


def test_the_debt_identity_gives_history_back(facts: dict[str, Fact]) -> None:
    debt = {
        int(row["year"]): float(row["gov_debt_pct_gdp"]) / 100
        for row in read_rows("economy/macro/serbia_government_debt_balance_2000_2029.csv")
    }

    def value(short: str, year: int) -> float:
        found = facts[f"{short}-{year}"].low
        assert found is not None
        return found

    foreign = (facts["debt-foreign"].low or 0) / 100
    years = sorted(int(fact.period) for fact in facts.values() if fact.quantity == "history_growth")
    assert years == list(range(2008, 2023))
    for year in years:
        interest = value("interest", year)
        factor = debt_factor(
            value("growth", year), value("inflation", year), interest, interest, value("depreciation", year), foreign
        )
        again = next_debt_ratio(debt[year - 1], factor, value("primary_balance", year), value("stock_flow", year))
        assert again == pytest.approx(debt[year], abs=1e-6), year


def test_rates_are_the_known_ones(facts: dict[str, Fact]) -> None:
    dinar = {int(fact.period): fact.low or 0 for fact in facts.values() if fact.name.startswith("rate-rsd-")}
    assert sorted(dinar) == list(range(2010, 2027))
    assert all(117 <= dinar[year] <= 118.4 for year in range(2018, 2027))
    assert all(101 <= dinar[year] <= 124 for year in range(2010, 2018))
    known = {2010: 1.33, 2011: 1.39, 2012: 1.28, 2015: 1.11, 2018: 1.18, 2022: 1.05, 2023: 1.08, 2025: 1.13}
    for year, rate in known.items():
        assert facts[f"rate-usd-{year}"].low == pytest.approx(rate, abs=0.01), year


def test_partners_of_a_domain_do_not_exceed_its_total(facts: dict[str, Fact]) -> None:
    total = {fact.where["domain"]: fact.low or 0 for fact in facts.values() if fact.quantity == "partner_total"}
    named: dict[str, float] = defaultdict(float)
    for fact in facts.values():
        if fact.quantity == "partner_flow":
            named[fact.where["domain"]] += fact.low or 0
    assert set(named) == set(total)
    for domain, amount in named.items():
        assert 0 < amount <= total[domain] * (1 + 1e-9), domain
