"""Prices are marginal costs, objectives are sums made by hand, and every answer proves itself."""

from dataclasses import replace

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.models.power.program import TOLERANCE
from morava.models.power.solve import solve_system

METHODS = ["simplex", "ipm"]


@pytest.fixture
def mixed(tiny):
    """Two periods, two stretches, a fleet, wind, a storage that shifts, and something to build."""
    demand = [[90, 120, 60, 150, 80, 100, 130, 70], [100, 140, 70, 170, 90, 110, 150, 80]]
    wind = [0.9, 0.1, 0.8, 0.2, 0.5, 0.4, 0.0, 1.0]
    return tiny.system(
        demand,
        [
            tiny.generator("coal", 80, 20, emission=1.0, fixed_cost=3000),
            tiny.generator("gas", 60, 55, emission=0.4, reserve_credit=0.9, build=tiny.build([400, 300], lifetime=20)),
            tiny.generator("wind", 50, 0, availability=wind),
        ],
        [tiny.storage("pond", 20, 60, efficiency_charge=0.9, efficiency_discharge=0.8, cycle="stretch", cost=1.0)],
        calendar=tiny.calendar(8, (2030, 2035), weights=[4.5, 3.5], repeats=(3.0, 2.0)),
        emission_limit=np.array([1500.0, 1700.0]),
        reserve_margin=0.1,
        reserve_price=700.0,
    )


@pytest.mark.parametrize("method", METHODS)
def test_one_plant_serves_two_hours(tiny, method):
    found = solve_system(tiny.system([100, 200], [tiny.generator("coal", 300, 20)]), method)
    assert found.status == "Optimal"
    assert found.output["coal"] == pytest.approx(np.array([[100, 200]]), rel=1e-6)
    assert found.objective == pytest.approx(20 * 300, rel=1e-6)
    assert found.price["nation"] == pytest.approx(np.full((1, 2), 20.0), rel=1e-6)


def test_prices_are_those_of_the_plant_on_the_margin(tiny):
    plants = [tiny.generator("coal", 100, 10), tiny.generator("gas", 100, 30), tiny.generator("oil", 100, 90)]
    found = solve_system(tiny.system([50, 150, 250, 350], plants))
    assert found.price["nation"] == pytest.approx(np.array([[10, 30, 90, tiny.unserved_price]]))


def test_prices_do_not_depend_on_what_an_hour_stands_for(tiny):
    plants = [tiny.generator("coal", 100, 10), tiny.generator("gas", 100, 30)]
    calendar = tiny.calendar(4, (2030, 2035), weights=[4.5, 0.25], repeats=(51.0, 7 / 3))
    found = solve_system(tiny.system([[50, 150, 60, 150], [150, 50, 150, 60]], plants, calendar=calendar))
    assert found.price["nation"] == pytest.approx(np.array([[10, 30, 10, 30], [30, 10, 30, 10]]))


def test_the_objective_weighs_hours_by_their_stretch_and_periods_by_their_value(tiny):
    plants = [tiny.generator("coal", 100, [[10], [12]], fixed_cost=[40, 50]), tiny.generator("gas", 100, 30)]
    calendar = tiny.calendar(4, (2030, 2035), weights=[4.5, 0.25], repeats=(51.0, 2.5))
    found = solve_system(tiny.system([[50, 150, 60, 160], [20, 30, 40, 110]], plants, calendar=calendar))
    first = 51 * (50 * 10 + 100 * 10 + 50 * 30) + 2.5 * (60 * 10 + 100 * 10 + 60 * 30) + 100 * 40
    second = 51 * (20 * 12 + 30 * 12) + 2.5 * (40 * 12 + 100 * 12 + 10 * 30) + 100 * 50
    assert found.objective == pytest.approx(4.5 * first + 0.25 * second, rel=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_an_answer_proves_itself(mixed, method):
    found = solve_system(mixed, method)
    assert found.gap < TOLERANCE
    assert found.primal_residual < TOLERANCE
    assert found.dual_residual < TOLERANCE
    assert found.objective > 0


def test_methods_agree(mixed):
    one, other = (solve_system(mixed, method) for method in METHODS)
    assert one.objective == pytest.approx(other.objective, rel=1e-5)


@pytest.mark.parametrize("period", [0, 1])
@pytest.mark.parametrize("hour", [0, 3, 6])
def test_a_price_is_what_one_more_unit_costs(mixed, period, hour):
    """The reserve is held against a peak of its own, so that it does not move with the hour."""
    held = replace(mixed, peak=np.array([160.0, 180.0]))
    here = solve_system(held)
    costs = []
    for more in (-0.01, 0.01):
        demand = held.demand["nation"].copy()
        demand[period, hour] += more
        costs.append(solve_system(replace(held, demand={"nation": demand})).objective)
    weight = held.calendar.weights[period] * held.calendar.hour_weights[hour]
    below, above = (here.objective - costs[0]) / 0.01 / weight, (costs[1] - here.objective) / 0.01 / weight
    assert below - 1e-3 <= here.price["nation"][period, hour] <= above + 1e-3
    assert above > 0


def test_emissions_are_those_of_what_ran(mixed):
    found = solve_system(mixed)
    hours = mixed.calendar.hour_weights
    assert found.emission == pytest.approx(found.output["coal"] @ hours + 0.4 * (found.output["gas"] @ hours))
    assert (found.emission <= mixed.emission_limit * (1 + 1e-9)).all()


def test_capacity_is_what_stands_and_what_was_built(mixed):
    found = solve_system(mixed)
    built = found.built["gas"]
    assert built.sum() > 1
    assert found.capacity["gas"] == pytest.approx(60 + np.cumsum(built))
    assert found.capacity["coal"].tolist() == [80, 80]
    assert found.capacity["pond"].tolist() == [20, 20]


def test_what_nothing_can_meet_is_an_error_and_no_number(tiny):
    """A plant that must run above all demand, with nobody to take the rest."""
    system = tiny.system([100, 20], [tiny.generator("river", 100, 0, minimum=0.5)])
    with pytest.raises(MoravaError) as caught:
        solve_system(system)
    (problem,) = caught.value.problems
    assert problem.what.startswith("the program tiny was not solved: Infeasible")
    assert problem.where == "power"
    assert "must-run" in problem.mend


def test_a_hole_in_the_numbers_is_an_error_and_no_number(tiny):
    with pytest.raises(MoravaError):
        solve_system(tiny.system([100, 20], [tiny.generator("river", np.nan, 0)]))


def test_gain_without_bound_is_an_error_and_no_number(tiny):
    free = tiny.generator("sun", 0, 5, build=tiny.build(-10.0))
    with pytest.raises(MoravaError) as caught:
        solve_system(tiny.system([100, 20], [free]))
    assert "was not solved" in caught.value.problems[0].what


def test_twice_the_same_is_the_same(mixed):
    one, other = solve_system(mixed), solve_system(mixed)
    assert one.objective == other.objective
    for name in one.output:
        assert (one.output[name] == other.output[name]).all()
