from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.models.trade.equilibrium import flow_after, no_shock, solve
from morava.models.trade.welfare import price_of_final_demand, welfare

shapes = st.tuples(st.integers(0, 2**32 - 1), st.integers(2, 6), st.integers(1, 5))
seeds = st.integers(0, 2**32 - 1)
KINDS = ("tariff", "cost", "productivity", "labour", "deficit")
PARTS = ("terms_of_trade", "volume_of_trade", "technology", "endowment", "transfer")


@pytest.mark.parametrize("kind", [*KINDS, "all"])
@pytest.mark.parametrize("seed", range(4))
def test_first_order_parts_miss_real_income_by_the_square_of_the_shock(make_world, make_shock, kind, seed):
    world = make_world(seed, 4, 3)
    kinds = KINDS if kind == "all" else (kind,)
    missed = []
    for size in (0.02, 0.01):
        shock = make_shock(world, seed, size, kinds=kinds)
        worth = welfare(world, shock, solve(world, shock))
        assert np.abs(worth.real_income).max() > 1e-6
        missed.append(worth.real_income - worth.first_order)
    large, small = np.abs(missed[0]), np.abs(missed[1])
    assert large.max() > 1e-8
    # Where the second order is near zero, the third is all there is.
    seen = large > 0.2 * large.max()
    np.testing.assert_allclose(large[seen] / small[seen], 4.0, rtol=0.1)


def one_sector(make_world, seed, regions):
    """Return a world without inputs, duties and deficits: the Armington model."""
    return make_world(seed, regions, 1, duty=0.0, deficit=0.0, inputs=0.0)


@given(st.integers(0, 2**32 - 1), st.integers(2, 6))
@settings(max_examples=30, deadline=None)
def test_without_trade_the_real_wage_falls_to_the_home_share_to_the_power_one_over_theta(make_world, seed, regions):
    """Arkolakis, Costinot and Rodriguez-Clare 2012, equation 1."""
    world = one_sector(make_world, seed, regions)
    cost = np.where(np.eye(regions, dtype=bool), 1.0, 1e12)[None, None]
    shock = replace(no_shock(world), cost=cost)
    found = solve(world, shock)
    home = np.einsum("fjnn->fn", world.share)
    worth = welfare(world, shock, found)
    np.testing.assert_allclose(worth.real_wage, home ** (1 / world.elasticity) - 1, rtol=1e-8)
    np.testing.assert_allclose(worth.real_income, worth.real_wage, rtol=1e-8)


@given(st.integers(0, 2**32 - 1), st.integers(2, 6), seeds)
@settings(max_examples=30, deadline=None)
def test_after_any_trade_shock_the_home_share_tells_the_real_wage(make_world, make_shock, seed, regions, other):
    world = one_sector(make_world, seed, regions)
    shock = make_shock(world, other, kinds=("cost",))
    cost = np.where(np.eye(regions, dtype=bool), 1.0, shock.cost)
    shock = replace(shock, cost=cost)
    found = solve(world, shock)
    before, after = (np.einsum("fjnn->fn", share) for share in (world.share, found.share))
    real_wage = welfare(world, shock, found).real_wage
    np.testing.assert_allclose(real_wage, (after / before) ** (-1 / world.elasticity) - 1, rtol=1e-8, atol=1e-11)


@given(shapes, seeds)
@settings(max_examples=30, deadline=None)
def test_parts_are_those_of_the_equations_cell_by_cell(make_world, make_shock, shape, seed):
    world = make_world(*shape)
    shock = make_shock(world, seed)
    found = solve(world, shock)
    worth = welfare(world, shock, found)
    before, after, duty = world.flow[0], flow_after(found, shock)[0], world.tariff[0]
    cost, income = found.cost[0] - 1, world.income[0]
    regions, sectors = len(world.regions), len(world.sectors)
    parts = {name: np.zeros(regions) for name in PARTS}
    for n, i, j in np.ndindex(regions, regions, sectors):
        bought, sold = before[j, n, i], before[j, i, n]
        parts["terms_of_trade"][n] += sold * cost[n, j] - bought * cost[i, j]
        if bought > 0:
            grown = after[j, n, i] / bought - 1
            parts["volume_of_trade"][n] += duty[j, n, i] * bought * (grown - cost[i, j])
        parts["technology"][n] -= bought * (1 + duty[j, n, i]) * (shock.cost[0, j, n, i] - 1)
    parts["technology"] += (world.output[0] * (shock.productivity[0] - 1)).sum(axis=1)
    parts["endowment"] = world.wages[0] * (shock.labour[0] - 1)
    parts["transfer"] = shock.deficit[0] - world.deficit[0]
    for name, values in parts.items():
        np.testing.assert_allclose(getattr(worth, name)[0], values / income, rtol=1e-9, atol=1e-12, err_msg=name)
    np.testing.assert_allclose(worth.first_order[0], sum(parts.values()) / income, rtol=1e-9, atol=1e-12)
    price = np.prod(found.price[0] ** world.final[0], axis=1)
    np.testing.assert_allclose(price_of_final_demand(world, found)[0], price, rtol=1e-12)
    np.testing.assert_allclose(worth.real_income[0], found.income[0] / income / price - 1, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(worth.real_wage[0], found.wage[0] / price - 1, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(worth.revenue[0], (found.revenue - world.revenue)[0] / income, rtol=1e-9, atol=1e-12)


@given(shapes)
@settings(max_examples=20, deadline=None)
def test_no_shock_is_worth_nothing(make_world, shape):
    world = make_world(*shape)
    shock = no_shock(world)
    worth = welfare(world, shock, solve(world, shock))
    for name, values in vars(worth).items():
        np.testing.assert_allclose(values, 0.0, atol=1e-9, err_msg=name)


def test_more_labour_everywhere_is_worth_as_much_as_it_is_more(make_world):
    world = make_world(2, 4, 3, deficit=0.0)
    shock = replace(no_shock(world), labour=np.full((1, 4), 1.25))
    np.testing.assert_allclose(welfare(world, shock, solve(world, shock)).real_income, 0.25, rtol=1e-9)


def test_duties_that_vanish_leave_a_hole_that_the_first_order_does_not_see(make_world):
    """The trap of the printed table in small: volume of trade is priced at duties that are gone."""
    world = make_world(5, 3, 2, duty=0.4)
    shock = replace(no_shock(world), tariff=np.zeros_like(world.tariff))
    worth = welfare(world, shock, solve(world, shock))
    np.testing.assert_allclose(worth.revenue, -world.revenue / world.income)
    assert (worth.volume_of_trade > 0).all()
    assert (worth.first_order - worth.real_income > 0.005).all()
