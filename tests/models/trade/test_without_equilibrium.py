"""Futures that have no equilibrium say so, and shocks that no future can have are refused."""

from dataclasses import replace

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.models.trade import equilibrium
from morava.models.trade.equilibrium import no_shock, solve, world_after
from morava.models.trade.world import calibrate


def test_a_region_that_lends_more_than_it_earns_has_no_equilibrium(make_world):
    world = make_world(3, 3, 2)
    found = solve(world, replace(no_shock(world), deficit=np.array([[2.0, -1.5, -0.5]]) * world.wages.sum()))
    assert found.income.min() < 0
    assert not found.converged.any()


def closed_world(inputs=0.0):
    """Return two regions that do not trade: no transfer between them can be paid."""
    flow = np.eye(2)[None, :, :, None] * np.array([5.0, 7.0])[None, :, None, None]
    technology = np.full((1, 2, 1, 1), inputs)
    return calibrate(("a", "b"), ("all",), flow, technology, np.zeros((1, 2, 2, 1)), np.array([[4.0]]), "the test")


def test_regions_that_do_not_trade_cannot_pay_each_other():
    world = closed_world()
    deficit = np.array([[0.0, 0.0], [1.0, -1.0]])
    found = solve(world, replace(no_shock(world), deficit=deficit))
    assert found.converged.tolist() == [True, False]


def test_prices_that_have_not_settled_are_no_equilibrium(monkeypatch):
    world = closed_world(inputs=0.5)
    shock = replace(no_shock(world), productivity=np.array([[[2.0], [1.0]]]))
    found = solve(world, shock)
    assert found.converged.all()
    np.testing.assert_allclose(found.price[0, 0, 0], 0.25, rtol=1e-12)
    monkeypatch.setattr(equilibrium, "MOST_INNER", 3)
    assert not solve(world, shock).converged.any()


def test_what_only_a_lost_partner_made_has_no_price():
    flow = np.zeros((1, 2, 2, 2))
    flow[0, :, :, 0] = [[5, 2], [2, 5]]
    flow[0, :, 0, 1] = [3, 3]
    flow[0, 0, 1, 0] = 5
    world = calibrate(
        ("a", "b"), ("s", "t"), flow, np.zeros((1, 2, 2, 2)), np.zeros((1, 2, 2, 2)), np.array([[4.0, 150.0]]), "test"
    )
    cost = np.ones((2, 2, 2, 2))
    cost[1, 1, 1, 0] = 1000.0
    found = solve(world, replace(no_shock(world), cost=cost))
    assert found.converged.tolist() == [True, False]


def test_what_a_region_neither_buys_nor_makes_is_left_alone():
    flow = np.zeros((1, 2, 2, 2))
    flow[0, :, :, 0] = [[5, 1], [3, 5]]
    flow[0, 0, :, 1] = [3, 2]
    world = calibrate(
        ("a", "b"), ("s", "t"), flow, np.zeros((1, 2, 2, 2)), np.zeros((1, 2, 2, 2)), np.array([[4.0, 3.0]]), "test"
    )
    shock = replace(no_shock(world), productivity=np.array([[[1.1, 1.0], [1.0, 1.3]]]))
    found = solve(world, shock)
    assert found.converged.all()
    assert np.isfinite(found.price).all()
    assert found.spending[0, 1, 1] == 0
    again = world_after(world, shock, found)
    np.testing.assert_allclose(solve(again, no_shock(again)).wage, 1.0, rtol=1e-9)


def test_a_shock_that_cannot_be_is_refused_with_all_its_reasons(make_world):
    world = replace(make_world(1, 3, 2), wages=np.array([[1.0, 0.0, 2.0]]))
    shock = replace(
        no_shock(world),
        tariff=world.tariff - 1,
        cost=np.zeros((1, 2, 3, 3)),
        productivity=-np.ones((1, 3, 2)),
        labour=np.array([[1.0, np.nan, 1.0]]),
        deficit=np.array([[1.0, 0.0, 0.0]]),
    )
    with pytest.raises(MoravaError) as caught:
        solve(world, shock)
    assert [problem.what for problem in caught.value.problems] == [
        "a factor on cost is not above zero",
        "a factor on productivity is not above zero",
        "a factor on labour is not above zero",
        "a duty after the shock is below zero",
        "deficits do not sum to zero over the regions",
        "region 1 earns no wages",
    ]
