"""Questions to the trade equilibrium: what changes move, that identities hold, and that answers are spreads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.errors import MoravaError
from morava.models.contract import as_model
from morava.models.trade import trade
from morava.models.trade.equilibrium import Shock, no_shock, solve
from morava.models.trade.path import solved
from morava.models.trade.setting import Setting
from morava.models.trade.world import World, calibrate
from morava.runs.explore import Plan, read_plan
from morava.runs.guard import run
from morava.runs.simulate import apply_at_dates
from morava.runs.trade_answer import (
    KEPT_TO,
    answer_trade,
    declared_trade,
    effects,
    misses,
    scaled_deficits,
    shock_of,
)
from morava.runs.trade_changes import Labels, Question, TradeChange, read_question
from morava.runs.trade_grid import central_inputs, labels_of, needed
from morava.runs.trade_rows import ALL_PARTNERS, GROUPS, IN_MONEY, LEVERS, TradeAnswer


def ask(tmp_path: Path, text: str, labels: Labels) -> Question:
    file = tmp_path / "asked.yaml"
    file.write_text(text, encoding="utf-8")
    return read_question(file, labels)


def one(tmp_path: Path, record: str, labels: Labels, top: str = "") -> Question:
    return ask(tmp_path, f"{top}\nchanges:\n- {record}\n", labels)


REGIONS, SECTORS = ("Home", "East", "West"), ("steel", "services")


def mirror_world(without: bool = False) -> World:
    """Return a world in which East and West are each other's mirror; without: East buys no steel of Home."""
    flow = np.full((1, 3, 3, 2), 6.0)
    flow[:, range(3), range(3)] = [90.0, 120.0]
    flow[:, 0, 1:, 0] = 9.0
    if without:
        flow[:, 1, 0, 0] = 0.0
    technology = np.broadcast_to(np.array([[0.3, 0.1], [0.2, 0.3]]), (1, 3, 2, 2))
    tariff = np.full(flow.shape, 0.0)
    tariff[..., 0] = 0.05 * ~np.eye(3, dtype=bool)
    return calibrate(REGIONS, SECTORS, flow, np.array(technology), tariff, np.array([[4.0, 5.0]]), "mirror")


def setting_of(world: World) -> Setting:
    favoured = np.array([[0.0, 0.0], [0.05, 0.0], [0.05, 0.0]])
    nothing = np.zeros((1, 1))
    return Setting(
        world=world, futures=(0,), home=0, inside=np.array([1]), blocs=("Home", "East", "West"), bloc="East",
        favoured=favoured, donor_used=nothing,
        elasticity_used=nothing,
    )  # fmt: skip


def effects_of(world: World, changes: list[TradeChange]) -> dict[tuple[str, str], float]:
    shock = shock_of(world, changes, 2030)
    found = effects(setting_of(world), {}, solved(world, shock, solve(world, shock)), np.ones(1))
    return {key: float(values[0]) for key, values in found.items()}


def changed(kind: str, value: float, *cells: tuple[int, ...]) -> TradeChange:
    return TradeChange(kind, cells, {2023: value}, True, "asked.yaml:2", "")


def test_partners_alike_are_treated_alike() -> None:
    world = mirror_world()
    east, west = (effects_of(world, [changed("tariff", 0.4, (place, 0, 0))]) for place in (1, 2))
    assert abs(east["real_income", ""]) > 1e-4
    for (measure, partner), value in east.items():
        other = {"East": "West", "West": "East"}.get(partner, partner)
        assert value == pytest.approx(west[measure, other], rel=1e-7, abs=1e-9)
    both = effects_of(world, [changed("tariff", 0.4, (1, 0, 0), (2, 0, 0))])
    assert both["export_change", "East"] == pytest.approx(both["export_change", "West"], rel=1e-9)
    assert both["export_change", "East"] < -0.1


@pytest.mark.parametrize(
    ("without", "change"),
    [
        (True, changed("tariff", 2.0, (1, 0, 0))),
        (True, changed("cost", 5.0, (1, 0, 0))),
        (False, changed("tariff_change", 0.0, (1, 0, 0))),
        (False, changed("tariff", 0.05, (1, 0, 0))),
        (False, changed("deficit", 1.0, (0,))),
    ],
)
def test_a_change_of_nothing_changes_nothing(without: bool, change: TradeChange) -> None:
    found = effects_of(mirror_world(without), [change])
    moved = {key: value for key, value in found.items() if not key[0].endswith("before")}
    assert max(map(abs, moved.values())) < 1e-8
    assert found["export_before", ALL_PARTNERS] == pytest.approx(6.0 if without else 12.0)


def test_sums_over_partners_are_those_of_all() -> None:
    found = effects_of(mirror_world(), [changed("cost", 1.2, (0, 1, 0), (1, 0, 1))])
    for measure in ("export_before", "import_before", "balance_before", "balance_change"):
        assert found[measure, "East"] + found[measure, "West"] == pytest.approx(found[measure, ALL_PARTNERS])


changes_of_all = st.tuples(
    st.floats(0, 1.5), st.floats(0.8, 2.0), st.floats(0.7, 1.5), st.floats(0.8, 1.3), st.floats(-2, 2)
)


@settings(max_examples=25, deadline=None)
@given(changes_of_all)
def test_identities_hold_in_every_equilibrium(sizes: tuple[float, ...]) -> None:
    world = mirror_world()
    cells = (((1, 0, 0),), ((0, 2, 0), (0, 2, 1)), ((0, 0),), ((2,),), ((0,),))
    kinds = ("tariff", "cost", "productivity", "labour", "deficit")
    shock = shock_of(world, [changed(k, v, *c) for k, v, c in zip(kinds, sizes, cells, strict=True)], 2030)
    found = solve(world, shock)
    assert found.converged.all()
    assert all((miss < KEPT_TO).all() for miss in misses(world, shock, found).values())


@pytest.mark.parametrize(
    ("part", "named"), [("output", "goods"), ("spending", "balance"), ("spending", "revenue"), ("share", "goods")]
)
def test_a_broken_equilibrium_is_noticed(part: str, named: str) -> None:
    world = mirror_world()
    shock = shock_of(world, [changed("tariff", 0.4, (1, 0, 0))], 2030)
    found = solve(world, shock)
    uneven = np.array(vars(found)[part])
    uneven[:, 0] *= 1.01
    assert misses(world, shock, replace(found, **{part: uneven}))[named].max() > 1e-4


@settings(max_examples=50)
@given(st.dictionaries(st.integers(0, 2), st.floats(-10, 10), max_size=2), st.integers(0, 2))
def test_deficits_sum_to_zero_and_named_ones_are_scaled(factors: dict[int, float], poor: int) -> None:
    world = replace(mirror_world(), deficit=np.array([[4.0, -1.0, -3.0]]), wages=np.array([[1.0, 1.0, 1.0]]) + poor)
    found = scaled_deficits(world, factors)
    assert found.sum() == pytest.approx(0, abs=1e-9)
    assert [found[0, place] for place in factors] == pytest.approx(
        [world.deficit[0, p] * f for p, f in factors.items()]
    )
    assert (scaled_deficits(world, dict.fromkeys(range(3), 0.0)) == 0).all()


@pytest.mark.parametrize(("value", "said"), [(-0.06, "would be -0.01"), (2.99, "would be 3.04")])
def test_a_duty_moved_out_of_range_is_refused_and_not_cut(value: float, said: str) -> None:
    with pytest.raises(MoravaError, match=f"East on steel from Home {said}"):
        shock_of(mirror_world(), [changed("tariff_change", value, (1, 0, 0))], 2030)


def test_a_change_sets_its_cells_and_no_others() -> None:
    world, nothing = mirror_world(), no_shock(mirror_world())
    kinds = {
        "tariff": ((1, 0, 0), (0, 0, 1, 0)), "cost": ((1, 0, 0), (0, 0, 1, 0)), "productivity": ((2, 1), (0, 2, 1)),
        "labour": ((2,), (0, 2)),
    }  # fmt: skip
    for kind, (cell, place) in kinds.items():
        shock: Shock = shock_of(world, [changed(kind, 1.5, cell)], 2030)
        for name, before in vars(nothing).items():
            differ = [tuple(map(int, found)) for found in np.argwhere(vars(shock)[name] != before)]
            assert differ == ([place] if name == kind else [])


@pytest.fixture(scope="module")
def serbia() -> Plan:
    return read_plan("serbia")


@pytest.fixture(scope="module")
def labels(serbia: Plan) -> Labels:
    return labels_of(central_inputs(serbia.country, serbia.strategy, serbia.futures))


def answered(plan: Plan, question: Question, year: int | None = None, drawn: int = 0) -> TradeAnswer:
    return answer_trade(plan.country, plan.strategy, plan.futures, 1, question, year, drawn)


def numbers(found: TradeAnswer, year: int) -> dict[tuple[str, str], list[float]]:
    return {(r.measure, r.partner): [c.value for c in r.cells] for r in found.rows if r.year == year}


def same(one: dict[tuple[str, str], list[float]], other: dict[tuple[str, str], list[float]]) -> None:
    assert set(one) == set(other)
    for key, values in one.items():
        assert values == pytest.approx(other[key], rel=1e-9, abs=1e-12)


STEEL = "exporter: Serbia, sector: steel"


def test_the_grid_holds_every_donor_with_every_set_and_nothing_else_varies(serbia: Plan) -> None:
    found = central_inputs(serbia.country, serbia.strategy, serbia.futures)
    results = run(as_model(trade), found)
    used = np.concatenate([results[name].to_numpy() for name in ("trade_donor_used", "trade_elasticity_used")], axis=1)
    assert len(np.unique(used, axis=0)) == 9
    assert {name for name, array in found.items() if "future" in array.dims} == {
        "trade_donor_draw", "trade_elasticity_draw",
    }  # fmt: skip
    # The middle of a triangle from 0.5 over 1 to 1.5 is 1, that of a range from 0.45 to 0.75 is 0.6.
    assert found["agreement_freed_at_once"].to_numpy() == pytest.approx(0.6)
    assert float(found["own_duty_draw"].max()) == pytest.approx(0.5)


def test_a_withdrawal_is_that_of_the_model(serbia: Plan, labels: Labels, tmp_path: Path) -> None:
    text = "changes:\n- {importer: Turkey, exporter: Serbia, sector: all, cost: 1000000}\n"
    text += "- {importer: Serbia, exporter: Turkey, sector: all, cost: 1000000}\n"
    own = numbers(answered(serbia, ask(tmp_path, text, labels)), 2030)
    sheet = declared_trade(serbia.country, serbia.strategy, serbia.futures, 1, 2030)
    rows = [row for row in sheet.rows if row.scenario == "withdrawal of Turkey, 2030"]
    assert len(rows) == 6 + 3 * 11
    for row in rows:
        values = [cell.value for cell in row.cells]
        near = 1e-6 if row.measure in IN_MONEY else 1e-10
        assert values == pytest.approx(own[row.measure, row.partner], rel=1e-7, abs=near)


def test_the_sheet_holds_every_kind_of_declared_question(serbia: Plan) -> None:
    sheet = declared_trade(serbia.country, serbia.strategy, serbia.futures, 1)
    assert {row.group for row in sheet.rows} == {*GROUPS.values(), LEVERS}
    assert sheet.partners == ("China",)
    assert sheet.checks["labour"] < 1e-10


def test_a_bloc_is_its_members(serbia: Plan, labels: Labels, tmp_path: Path) -> None:
    members = ", ".join(labels.blocs["European Union"])
    union = answered(serbia, one(tmp_path, f"{{importer: European Union, {STEEL}, tariff: 0.5}}", labels))
    apart = answered(serbia, one(tmp_path, f"{{importer: [{members}], {STEEL}, tariff: 0.5}}", labels))
    assert union.rows == apart.rows
    found = numbers(union, 2030)
    for measure in ("export_before", "import_before", "balance_change"):
        whole = np.sum([found[measure, member] for member in labels.blocs["European Union"]], axis=0)
        assert found[measure, "European Union"] == pytest.approx(whole)
    assert set(union.checks) == {"goods", "balance", "revenue", "labour"}
    assert max(union.checks.values()) < KEPT_TO


def test_a_staged_path_is_its_steps(serbia: Plan, labels: Labels, tmp_path: Path) -> None:
    path = one(tmp_path, f"{{importer: Germany, {STEEL}, tariff: {{2027: 0.1, 2030: 0.5}}}}", labels)
    staged = answered(serbia, path)
    assert staged.years == (2027, 2030)
    for year, tariff in ((2027, 0.1), (2030, 0.5)):
        step = one(tmp_path, f"{{importer: Germany, {STEEL}, year: {year}, tariff: {tariff}}}", labels)
        same(numbers(staged, year), numbers(answered(serbia, step), year))
    plain = one(tmp_path, f"{{importer: Germany, {STEEL}, tariff: 0.1}}", labels)
    same(numbers(answered(serbia, path, 2029), 2029), numbers(answered(serbia, plain, 2029), 2029))


def test_a_spread_holds_its_cells_and_says_what_moves_it(serbia: Plan, labels: Labels, tmp_path: Path) -> None:
    found = answered(serbia, one(tmp_path, f"{{importer: all, {STEEL}, tariff: 0.5}}", labels), drawn=2)
    for row in found.rows:
        cells = np.array([cell.value for cell in row.cells]).reshape(3, 3)
        assert [row.least, row.middle, row.most] == [cells.min(), np.median(cells), cells.max()]
        assert row.by_donor == pytest.approx(np.ptp(cells.mean(axis=1)))
        assert row.by_elasticity == pytest.approx(np.ptp(cells.mean(axis=0)))
        assert row.drawn is not None
        assert (row.drawn.answered, row.unit == found.money) == (2, row.measure in IN_MONEY)


def test_drawn_futures_are_those_of_a_run(serbia: Plan) -> None:
    found = declared_trade(serbia.country, serbia.strategy, serbia.futures, 7, 2024, drawn=2)
    known = apply_at_dates(serbia.country, serbia.strategy, serbia.futures, 7, [0, 1]).known
    income = run(as_model(trade), needed(known))["trade_real_income_change"].sel(scenario="agreements, 2024").to_numpy()
    (row,) = [row for row in found.rows if row.measure == "real_income"]
    assert row.drawn is not None
    assert row.drawn.p50 == pytest.approx(income.min(), rel=1e-12)  # of two futures, the one that half lie at or below
    assert (found.seed, found.futures) == (7, 2)


def test_balanced_trade_is_balanced(serbia: Plan, labels: Labels, tmp_path: Path) -> None:
    record = f"{{importer: Germany, {STEEL}, tariff: 0.1}}"
    kept, zero, half = (
        numbers(answered(serbia, one(tmp_path, record, labels, top)), 2030)["balance_before", ALL_PARTNERS]
        for top in ("", "deficits: zero", "deficits: {Serbia: 0.5}")
    )
    assert (np.array(kept) < np.array(half)).all()
    assert (np.array(half) < np.array(zero)).all()


def test_what_has_no_equilibrium_is_said(serbia: Plan, labels: Labels, tmp_path: Path) -> None:
    some = answered(serbia, one(tmp_path, "{region: Serbia, deficit: 1.6}", labels, "deficits: {Serbia: -10}"))
    none = sum(cell.value is None for cell in some.rows[0].cells)
    assert 0 < none == len(some.lost) < 9
    assert "no equilibrium with the technology" in some.lost[0]
    with pytest.raises(MoravaError, match="no combination of donor and elasticities has an equilibrium"):
        answered(serbia, one(tmp_path, "{region: Serbia, deficit: 3}", labels, "deficits: {Serbia: -10}"))


@pytest.mark.parametrize(("year", "said"), [(2026, "no change of asked.yaml stands in 2026"), (2050, "no year")])
def test_a_year_without_an_answer_is_refused(
    year: int, said: str, serbia: Plan, labels: Labels, tmp_path: Path
) -> None:
    question = one(tmp_path, f"{{importer: Germany, {STEEL}, year: 2027, tariff: 0.1}}", labels)
    with pytest.raises(MoravaError, match=said):
        answered(serbia, question, year)


def test_years_and_tables_that_are_not_there_are_named(serbia: Plan) -> None:
    with pytest.raises(MoravaError, match=r"(?s)no declared scenario is of 2031.*2024, 2030, 2035, 2039"):
        declared_trade(serbia.country, serbia.strategy, serbia.futures, 1, 2031)
    with pytest.raises(MoravaError, match="no tables of trade"):
        declared_trade(replace(serbia.country, tables={}), serbia.strategy, serbia.futures, 1)
