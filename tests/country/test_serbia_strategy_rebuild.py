"""Initiatives and agreements of Serbia are the extract and the judgements beside it: nothing lost, nothing doubled."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from itertools import chain
from pathlib import Path

import networkx as nx
import pytest
import yaml

from morava.plans.read import check_pack, read_country, read_futures, read_strategy
from morava.plans.types import Country, Initiative, Strategy
from morava.quantities.dates import interval
from morava.quantities.units import factor

ROOT = Path(__file__).parents[2]
SNAPSHOTS = ROOT / "snapshots"
PACK = ROOT / "src/morava/countries/serbia"
ABROAD = {"X1": "linglong-one", "X2": "karachi-hualong"}
IN_AN_AGREEMENT = "S025"
"""The one row of the ledger that is the date of an agreement and no promise."""


def read_rows(name: str) -> dict[str, dict[str, str]]:
    with (SNAPSHOTS / "serbia-2030" / name).open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def country() -> Country:
    return read_country("serbia")


@pytest.fixture(scope="module")
def strategy(country: Country) -> Strategy:
    return read_strategy(country)


@pytest.fixture(scope="module")
def by_origin(strategy: Strategy) -> dict[str, Initiative]:
    return {initiative.origin: initiative for initiative in strategy.initiatives.values()}


def test_rebuild_gives_the_committed_bytes(tmp_path: Path) -> None:
    script = SNAPSHOTS / "build_strategy.py"
    subprocess.run([sys.executable, str(script), "--out", str(tmp_path)], check=True, capture_output=True)
    written = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    initiatives = {path.relative_to(PACK) for path in PACK.glob("strategies/serbia-2030/initiatives/*.yaml")}
    others = {Path("reference_classes.yaml")}
    others |= {Path("strategies/serbia-2030") / name for name in ("strategy.yaml", "agreements.yaml")}
    assert written == initiatives | others
    for path in sorted(written):
        assert (tmp_path / path).read_bytes() == (PACK / path).read_bytes(), path


def test_the_pack_and_its_variant_have_no_problem() -> None:
    assert check_pack("serbia") == []
    assert check_pack("serbia", "serbia-2030-no-data-centres") == []


def test_every_project_stands_once(strategy: Strategy) -> None:
    origins = Counter(one.origin for one in chain(strategy.initiatives.values(), strategy.agreements.values()))
    assert origins == Counter([*read_rows("projects.csv"), *ABROAD])
    assert len(origins) == 69 + 2


def test_status_claims_and_facts_of_each_project_are_kept(strategy: Strategy) -> None:
    rows = read_rows("projects.csv")
    papers = {one.origin: one for one in strategy.agreements.values()}
    for initiative in strategy.initiatives.values():
        if initiative.origin in ABROAD:
            continue
        row = rows[initiative.origin]
        assert initiative.status == row["status"]
        assert initiative.sector == row["sector"]
        assert initiative.claims == tuple(filter(None, row["claim_ids"].split(";")))
        envelope = strategy.envelopes.get(initiative.envelope)
        assert set(filter(None, row["fact_ids"].split(";"))) <= {
            *initiative.facts,
            *(envelope.facts if envelope else ()),
        }
        assert row["note"] in initiative.note
    for origin, paper in papers.items():
        assert paper.facts == tuple(filter(None, rows[origin]["fact_ids"].split(";")))
        assert paper.claims == tuple(filter(None, rows[origin]["claim_ids"].split(";")))


def test_every_row_of_the_ledger_is_a_promise_once(strategy: Strategy, by_origin: dict[str, Initiative]) -> None:
    rows = read_rows("slips.csv")
    promises = [promise for one in strategy.initiatives.values() for promise in one.promises]
    assert Counter(promise.name for promise in promises if promise.name.startswith("S")) == Counter(
        name for name in rows if name != IN_AN_AGREEMENT
    )
    for initiative in by_origin.values():
        for promise in initiative.promises:
            if not promise.name.startswith("S"):
                continue
            row = rows[promise.name]
            assert row["project_id"] == initiative.origin
            assert promise.said == row["statement_date"]
            assert promise.date.split("..")[0] == row["announced_date"]
            assert promise.date.split("..")[-1] == (row["announced_date_latest"] or row["announced_date"])
            assert (promise.kind, promise.facts) == (row["kind"], tuple(filter(None, row["fact_ids"].split(";"))))
            assert row["milestone"] in (promise.milestone, promise.note.split("in the extract: ")[-1])
    paper = next(one for one in strategy.agreements.values() if one.origin == rows[IN_AN_AGREEMENT]["project_id"])
    assert paper.date == rows[IN_AN_AGREEMENT]["announced_date"]
    assert IN_AN_AGREEMENT in paper.note


def test_slip_ids_of_projects_are_the_promises_that_they_carry(by_origin: dict[str, Initiative]) -> None:
    for origin, row in read_rows("projects.csv").items():
        if origin in by_origin:
            found = [promise.name for promise in by_origin[origin].promises if promise.name.startswith("S")]
            assert found == list(filter(None, row["slip_ids"].split(";"))), origin


def test_dates_that_are_no_row_of_the_ledger_are_those_of_the_table(by_origin: dict[str, Initiative]) -> None:
    rows = read_rows("projects.csv")
    own = [(one, promise) for one in by_origin.values() for promise in one.promises if promise.name.startswith("P")]
    assert own
    for initiative, promise in own:
        row = rows[initiative.origin]
        assert promise.name == f"{initiative.origin}-1"
        assert promise.date == row["expected_finish"]
        assert promise.said == row["first_announced"] or not row["first_announced"]
        assert promise.note.startswith("from projects.csv")


def test_every_sum_of_the_table_is_kept(strategy: Strategy, by_origin: dict[str, Initiative], country: Country) -> None:
    judged = yaml.safe_load((SNAPSHOTS / "curation/initiatives.yaml").read_text(encoding="utf-8"))
    scales = {"m": 1e6, "bn": 1e9, "trillion": 1e12}
    kinds: Counter[str] = Counter()
    for origin, row in read_rows("projects.csv").items():
        if not row["cost_low"] or origin not in by_origin:
            continue
        initiative, cost = by_origin[origin], judged[origin]["cost"]
        currency, scale = row["cost_unit"].split()
        low = float(row["cost_low"]) * scales[scale]
        high = float(row["cost_high"] or row["cost_low"]) * scales[scale]
        if cost.get("as") == "envelope":
            kinds["envelope"] += 1
            envelope = strategy.envelopes[initiative.envelope]
            amount = envelope.amount * factor(envelope.unit.split()[0], "1")
            assert (initiative.cost_low, initiative.cost_high) == (None, None)
            assert envelope.unit.split()[1].startswith(currency)
            assert amount == pytest.approx(high)
        elif "facts" in cost:
            kinds["facts"] += 1
            assert {country.facts[name].quantity for name in cost["facts"]} == {"initiative_cost"}
            assert {country.facts[name].where["initiative"] for name in cost["facts"]} == {initiative.name}
        elif "low" in cost:
            kinds["apart"] += 1
            assert cost["because"]
        else:
            kinds["same"] += 1
            money = initiative.cost_unit.split()
            assert money[1].startswith(f"{currency}_")
            assert (initiative.cost_low or 0) * factor(money[0], "1") == pytest.approx(low)
            assert (initiative.cost_high or 0) * factor(money[0], "1") == pytest.approx(high)
    assert kinds == {"same": 29, "envelope": 6, "facts": 2, "apart": 3}


def test_no_sum_is_spent_as_a_whole_and_as_its_parts(strategy: Strategy, country: Country) -> None:
    def has_cost(initiative: Initiative) -> bool:
        facts = [country.facts[name] for name in initiative.facts]
        named = any(f.quantity == "initiative_cost" and f.where["initiative"] == initiative.name for f in facts)
        return initiative.cost_low is not None or named

    open_parts = {
        (one.name, one.part_of)
        for one in strategy.initiatives.values()
        if one.part_of and has_cost(one) and has_cost(strategy.initiatives[one.part_of]) and not one.finished
    }
    # The programme's sum is written without the first, and the others have no date, so that nothing of them is spent.
    assert open_parts == {(name, "hydro-refurbishment") for name in
                          ("vlasinske-hydro", "potpec-hydro", "djerdap-2-hydro", "bistrica-hydro")}  # fmt: skip
    dated = {name for name, _ in open_parts if strategy.initiatives[name].promises}
    assert dated == {"vlasinske-hydro"}
    whole, part = strategy.initiatives["hydro-refurbishment"], strategy.initiatives["vlasinske-hydro"]
    assert 1000 * (whole.cost_low or 0) + (part.cost_low or 0) == pytest.approx(
        1000 * strategy.envelopes["hydro-refurbishment"].amount
    )


def test_stages_follow_the_promises_of_their_milestones(strategy: Strategy) -> None:
    tied = 0
    for initiative in strategy.initiatives.values():
        known = {promise.milestone for promise in initiative.promises}
        for stage in initiative.stages:
            assert not stage.milestone or stage.milestone in known, stage
            tied += bool(stage.milestone)
    assert tied == 18
    nuclear = strategy.initiatives["nuclear-programme"]
    ends: dict[str, float] = {}
    for stage in nuclear.stages:
        ends[stage.name] = stage.share + max((ends[name] for name in stage.after), default=0.0)
    dates = {p.milestone: interval(p.date)[1] for p in nuclear.promises}
    said, last = interval("2026-02-23")[0], dates["first plant on grid"]
    for stage in nuclear.stages:
        if stage.milestone:
            assert said + ends[stage.name] * (last - said) == pytest.approx(dates[stage.milestone], abs=0.1), stage.name


def test_data_centres_add_up_to_what_was_promised(strategy: Strategy, country: Country) -> None:
    def added(name: str) -> float:
        changes = [c for c in strategy.initiatives[name].changes if c.quantity == "data_centre_capacity"]
        assert {change.verb for change in changes} == {"add"}
        return sum(change.value for change in changes if isinstance(change.value, float))

    now = country.facts["data-centres-2026"].low or 0.0
    assert now + added("data-centres-200mw") == 200
    assert now + added("data-centres-200mw") + added("data-centres-1gw") == 1000


def test_wind_and_sun_add_up_to_the_targets(strategy: Strategy, country: Country) -> None:
    for technology, base, target in (("wind", "F142", "F145b"), ("solar", "F143a", "F145c")):
        added = [c.value for one in strategy.initiatives.values() for c in one.changes
                 if c.quantity == "power_capacity" and c.where["technology"] == technology]  # fmt: skip
        total = (country.facts[base].low or 0.0) + sum(value for value in added if isinstance(value, float))
        assert total == pytest.approx(1000 * (country.facts[target].low or 0.0))


def test_what_waits_for_another_initiative_waits_for_a_stage_that_is_to_come(strategy: Strategy) -> None:
    network: nx.DiGraph[str] = nx.DiGraph()
    waits = []
    for name, initiative in strategy.initiatives.items():
        for stage in initiative.stages:
            for before in stage.after:
                network.add_edge(before if "/" in before else f"{name}/{before}", f"{name}/{stage.name}")
                waits += [before] if "/" in before else []
    assert waits == ["data-centres-200mw/commissioning", "grid-reinforcement/lines"]
    assert nx.is_directed_acyclic_graph(network)


def test_the_reference_cases_abroad_move_nothing(by_origin: dict[str, Initiative]) -> None:
    for origin, name in ABROAD.items():
        case = by_origin[origin]
        assert case.name == name
        assert (case.cost_low, case.financing, case.changes, case.reference_class, case.stages) == (
            None,
            (),
            (),
            "",
            (),
        )


def test_each_genuine_conflict_is_drawn(country: Country) -> None:
    futures = read_futures(country)
    drawn = {one.conflict for one in futures.uncertainties.values() if one.conflict}
    assert drawn == {name for name, conflict in country.conflicts.items() if conflict.kind == "genuine"}
    assert "cost_range" in futures.uncertainties


def test_records_of_arms_change_nothing(strategy: Strategy) -> None:
    records = [one for one in strategy.initiatives.values() if one.sector.startswith("defence")]
    assert len(records) == 8
    assert not any(one.changes for one in records)
