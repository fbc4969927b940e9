"""The frozen answer of power: arithmetic by hand, the mean of solved futures, and runs that rest on it."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.quantities import labelled
from morava.runs.explore import Plan, explore
from morava.runs.frozen_power import QUANTITIES, FrozenPower, demand_of, demand_path, freeze_power, mean_of, since_first
from morava.runs.frozen_run import frozen_by
from morava.runs.request import Detail, make_request
from morava.runs.simulate import _rough
from morava.runs.store import read_outcome

FUTURES = {"future": [0, 1]}
RUN = 4
DETAIL = Detail(2, (2026, 2030), 1, 0)


def of_years(name, values, years):
    return labelled(name, values, {**FUTURES, "year": list(years)})


KNOWN = {
    "power_demand_path": labelled("power_demand_path", [100.0, 121.0, 160.0], {"year": [2020, 2030, 2040]}),
    "power_demand_growth_assumed": labelled("power_demand_growth_assumed", 0.0, {}),
    "power_cost_initial": labelled("power_cost_initial", 20.0, {}),
}
SOLVED = {
    "power_demand_path": of_years("power_demand_path", [[100.0, 120.0], [100.0, 130.0]], (2020, 2030)),
    "power_load": of_years("power_load", [[130.0, 150.0], [140.0, 160.0]], (2020, 2030)),
    "power_cost_per_energy": of_years("power_cost_per_energy", [[15.0, 30.0], [42.0, 40.0]], (2020, 2030)),
    "power_price_mean": of_years("power_price_mean", [[45.0, 60.0], [40.0, 50.0]], (2020, 2030)),
}


def use(values, years=(2020, 2030, 2040)):
    return of_years("electricity_use_factor", values, years)


def test_another_unit_of_demand_costs_the_price():
    frozen = freeze_power(SOLVED)
    assert frozen.years == (2020, 2030)
    # Demand of 2030 is 121 in both: 1 GWh more than was solved in the first future, 9 less in the second.
    factor = frozen.cost_factor(KNOWN, use([[1.0, 1.0, 1.0]] * 2))
    by_hand = [(30 * 150 + 60 * 1) / 151, (40 * 160 - 50 * 9) / 151]
    assert factor.sel(year=2020).to_numpy().tolist() == [1, 1]
    np.testing.assert_allclose(
        factor.sel(year=2030), [1 + (by_hand[0] - 15) / 20, 1 + (by_hand[1] - 42) / 20], rtol=1e-14
    )
    assert (factor.name, factor.dims) == ("power_cost_factor", ("future", "year"))


def test_at_the_demand_that_was_solved_electricity_costs_what_was_solved():
    frozen = freeze_power(SOLVED)
    factor = frozen.cost_factor(KNOWN, use([[1.0, 120 / 121, 1.0], [1.0, 130 / 121, 1.0]]))
    np.testing.assert_allclose(factor.sel(year=2030), [1 + (30 - 15) / 20, 1 + (40 - 42) / 20], rtol=1e-14)


def test_a_wet_future_is_held_against_its_own_first_year():
    dearer = {**SOLVED, "power_cost_per_energy": SOLVED["power_cost_per_energy"] + 7}
    same = use([[1.0, 120 / 121, 1.0], [1.0, 130 / 121, 1.0]])
    one, other = (freeze_power(solved).cost_factor(KNOWN, same) for solved in (SOLVED, dearer))
    np.testing.assert_allclose(one, other, rtol=1e-14)
    np.testing.assert_allclose(
        since_first(SOLVED["power_cost_per_energy"], KNOWN["power_cost_initial"]), one, rtol=1e-14
    )


def test_futures_without_a_solution_take_the_mean_of_those_with_one():
    mean = mean_of(freeze_power(SOLVED))
    assert all("future" not in array.dims for array in vars(mean).values())
    assert [float(array[-1]) for array in vars(mean).values()] == [125.0, 155.0, 35.0, 55.0]
    factor = mean.cost_factor(KNOWN, use([[1.0, 1.0, 1.0], [1.0, 1.1, 1.0]]))
    by_hand = [(35 * 155 + 55 * (121 * more - 125)) / (155 + 121 * more - 125) for more in (1.0, 1.1)]
    np.testing.assert_allclose(factor.sel(year=2030), [1 + (cost - 28.5) / 20 for cost in by_hand], rtol=1e-14)


def test_demand_of_a_year_without_a_path_lies_on_the_line_between():
    solved = {
        name: array.assign_coords(year=[2020, 2025]) if name != "power_demand_path" else array
        for name, array in SOLVED.items()
    }
    frozen = freeze_power(solved)
    assert frozen.demand.sel(year=2025).to_numpy().tolist() == [110.0, 115.0]
    factor = frozen.cost_factor(KNOWN, use([[1.0, 1.0, 1.0]] * 2))  # the path gives 110.5 in 2025
    cost = (30 * 150 + 60 * 0.5) / 150.5
    np.testing.assert_allclose(factor.sel(future=0, year=2025), 1 + (cost - 15) / 20, rtol=1e-14)


def test_electricity_that_costs_nothing_is_refused():
    free = {**SOLVED, "power_price_mean": 100 * SOLVED["power_price_mean"]}
    with pytest.raises(MoravaError, match="electricity would cost nothing"):
        freeze_power(free).cost_factor(KNOWN, use([[1.0, 0.9, 1.0]] * 2))


def test_demand_follows_use_beyond_what_its_source_expects():
    grows = {**KNOWN, "power_demand_growth_assumed": labelled("power_demand_growth_assumed", 0.02, {})}
    as_said = use([[1.0, 1.02**10, 1.02**20], [2.0, 2.2, 3.0]])
    demand = demand_path(grows, as_said)
    np.testing.assert_allclose(demand.sel(future=0), [100, 121, 160], rtol=1e-14)
    np.testing.assert_allclose(demand.sel(future=1), [100, 121 * 1.1 / 1.02**10, 160 * 1.5 / 1.02**20], rtol=1e-14)
    assert demand_of({}, as_said) == {}
    assert demand_of(grows, as_said)["power_demand_path"].identical(demand)


def test_before_and_after_the_economy_is_known_the_path_is_that_of_its_source():
    path = labelled("power_demand_path", [90.0, 121.0, 160.0], {"year": [2015, 2030, 2050]})
    grows = {
        "power_demand_path": path,
        "power_demand_growth_assumed": labelled("power_demand_growth_assumed", 0.02, {}),
    }
    demand = demand_path(grows, use([[1.0, 1.5, 1.5], [1.0, 1.0, 1.0]]))
    np.testing.assert_allclose(demand.sel(future=0), [90, 121 * 1.5 / 1.02**10, 160 * 1.5 / 1.02**20], rtol=1e-14)
    np.testing.assert_allclose(demand.sel(future=1), [90, 121 / 1.02**10, 160 / 1.02**20], rtol=1e-14)


def chunks(path):
    return {str(file.relative_to(path)): file.read_bytes() for file in path.glob("chunk-*/**/*") if file.is_file()}


@pytest.fixture(scope="module")
def plan(ruritania, crown, nobody):
    return Plan(ruritania, crown, nobody, "ruritania")


@pytest.fixture(scope="module")
def request_(ruritania, crown, nobody):
    return make_request(ruritania, crown, nobody, RUN, chunk_size=1, detail=DETAIL)


@pytest.fixture(scope="module")
def whole(plan, request_, tmp_path_factory):
    return explore(plan, request_, tmp_path_factory.mktemp("whole"), 1)


def test_a_run_rests_on_its_frozen_answer_where_power_is_not_solved(plan, request_, whole):
    values = read_outcome(whole, request_).values
    assert values["coupling_power_solves"].to_numpy().tolist() == [1, 1, 0, 0]
    solved = values["power_cost_per_energy"]
    assert solved.coords["future"].to_numpy().tolist() == [0, 1]
    frozen = frozen_by(whole, request_)
    assert isinstance(frozen, FrozenPower)
    for part, name in zip(vars(frozen).values(), QUANTITIES, strict=True):
        mean = values[name].sel(future=[0, 1]).interp(year=[2026, 2030]).mean("future")
        np.testing.assert_allclose(part, mean, rtol=1e-14)
    assert (values["power_cost_factor"].sel(future=[2, 3], year=2026) == 1).all()
    assert (values["power_cost_factor"].sel(future=[2, 3], year=2030) != 1).all()
    taken = values["power_cost_factor"].sel(future=[0, 1])
    initial = plan.country.facts["light-cost"].low
    gap = abs(taken / since_first(solved, initial) - 1).max("year")
    np.testing.assert_allclose(values["coupling_power_gap"].sel(future=[0, 1]), gap, rtol=1e-9)
    assert ((gap > 0) & (gap < 0.05)).all()
    assert (values["coupling_residual"] <= 1e-3).all()


def test_workers_and_an_interruption_leave_the_same_bytes(plan, request_, whole, tmp_path):
    other = explore(plan, request_, tmp_path, 2)
    assert chunks(other) == chunks(whole)
    for chunk in ("chunk-0000001", "chunk-0000003"):
        shutil.rmtree(other / chunk)
    assert explore(plan, request_, tmp_path, 1) == other
    assert chunks(other) == chunks(whole)


@pytest.mark.parametrize(("weeks", "rough"), [(0, 8), (12, 8), (8, 8), (4, 4)])
def test_the_frozen_answer_is_made_on_few_weeks(weeks, rough):
    assert _rough(Detail(1, (2030,), weeks, 0)) == Detail(1, (2030,), rough, 0)
    assert _rough(None) is None


def test_demand_beyond_the_path_is_as_the_power_program_reads_it():
    solved = {
        name: array.assign_coords(year=[2020, 2050]) if name != "power_demand_path" else array
        for name, array in SOLVED.items()
    }
    assert freeze_power(solved).demand.sel(year=2050).to_numpy().tolist() == [120.0, 130.0]


def test_a_damaged_chunk_is_named(request_, whole, tmp_path):
    broken = tmp_path / whole.name
    shutil.copytree(whole, broken)
    (broken / "chunk-0000001" / "chunk.json").write_text("{", encoding="utf-8")
    with pytest.raises(MoravaError, match="damaged chunk"):
        frozen_by(broken, request_)
