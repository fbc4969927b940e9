from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.models.trade.equilibrium import flow_after, no_shock, solve, world_after
from morava.models.trade.response import guide
from morava.models.trade.world import calibrate

shapes = st.tuples(st.integers(0, 2**32 - 1), st.integers(2, 6), st.integers(1, 5))
seeds = st.integers(0, 2**32 - 1)
FACTORS = ("wage", "cost", "price")
LEVELS = ("spending", "output", "income", "revenue")


def same(first, second, tolerance, names=(*FACTORS, *LEVELS, "share")):
    for name in names:
        one, other = getattr(first, name), getattr(second, name)
        scale = np.abs(one).max() if name in LEVELS else 1.0
        np.testing.assert_allclose(one / scale, other / scale, rtol=tolerance, atol=tolerance, err_msg=name)


def answer_to(world, shock, wage, price):
    """Return labour asked over labour paid at given wages, and the rest, from one full linear system."""
    regions, sectors = len(world.regions), len(world.sectors)
    technology, added, final = world.technology[0], world.value_added[0], world.final[0]
    before, after = np.moveaxis(world.tariff[0], 0, 2), np.moveaxis(shock.tariff[0], 0, 2)
    base, theta = np.moveaxis(world.share[0], 0, 2), world.elasticity[0]
    trade_cost = np.moveaxis(shock.cost[0], 0, 2) * (1 + after) / (1 + before)
    paid = world.wages[0] * shock.labour[0]
    for _ in range(5000):
        cost = wage[:, None] ** added / shock.productivity[0]
        cost = cost * np.exp(np.einsum("nkj,nk->nj", technology, np.log(price)))
        last, price = price, (base * (trade_cost * cost[None]) ** -theta).sum(axis=1) ** (-1 / theta)
        if np.abs(price / last - 1).max() < 1e-14:
            break
    share = base * (trade_cost * cost[None] / price[:, None]) ** -theta
    net = share / (1 + after)
    system = np.zeros((regions, sectors, regions, sectors))
    for n, i, j, k in np.ndindex(regions, regions, sectors, sectors):
        # What region n needs of k to make j for region i, and what it buys of k from duties on j.
        system[n, k, i, j] += technology[n, k, j] * net[i, n, j]
        system[n, k, n, j] += final[n, k] * after[n, i, j] * net[n, i, j]
    size = regions * sectors
    right = (final * (wage * paid + shock.deficit[0])[:, None]).ravel()
    spending = np.linalg.solve(np.eye(size) - system.reshape(size, size), right).reshape(regions, sectors)
    output = np.einsum("nij,nj->ij", net, spending)
    asked = (added * output).sum(axis=1) / (wage * paid)
    return asked, {
        "wage": wage,
        "price": price,
        "cost": cost,
        "spending": spending,
        "output": output,
        "share": np.moveaxis(share, 2, 0),
    }


def dense(world, shock):
    """Return the equilibrium by wages that rise by a damped part of what more labour is asked than paid."""
    wage, price = np.ones(len(world.regions)), np.ones((len(world.regions), len(world.sectors)))
    paid = world.wages[0] * shock.labour[0]
    for _ in range(5000):
        asked, found = answer_to(world, shock, wage, price)
        if np.abs(asked - 1).max() < 1e-12:
            return found
        wage, price = wage * asked**0.15, found["price"]
        wage = wage * world.wages[0].sum() / (wage * paid).sum()
    raise AssertionError("the fixed point did not end")


@pytest.mark.parametrize("seed", range(5))
def test_a_dense_fixed_point_gives_the_same_equilibrium(make_world, make_shock, seed):
    world = make_world(seed, 4, 3)
    shock = make_shock(world, seed)
    found, plain = solve(world, shock), dense(world, shock)
    assert found.converged.all()
    for name, values in plain.items():
        np.testing.assert_allclose(getattr(found, name)[0], values, rtol=1e-8, atol=1e-12, err_msg=name)


@given(shapes, seeds)
@settings(max_examples=60, deadline=None)
def test_goods_money_and_duties_add_up(make_world, make_shock, shape, seed):
    world = make_world(*shape)
    shock = make_shock(world, seed)
    found = solve(world, shock)
    assert found.converged.all()
    flow, scale = flow_after(found, shock), world.wages.sum()
    paid = found.wage * world.wages * shock.labour
    imports, exports = flow.sum(axis=3).sum(axis=1), flow.sum(axis=2).sum(axis=1)
    used = np.einsum("fnkj,fnj->fnk", world.technology, found.output)
    for one, other in (
        (found.share.sum(axis=3), 1.0),
        (flow.sum(axis=2).swapaxes(1, 2) / scale, found.output / scale),
        ((used + world.final * found.income[..., None]) / scale, found.spending / scale),
        ((flow * (1 + shock.tariff)).sum(axis=3).swapaxes(1, 2) / scale, found.spending / scale),
        ((imports - exports) / scale, shock.deficit / scale),
        ((flow * shock.tariff).sum(axis=3).sum(axis=1) / scale, found.revenue / scale),
        ((paid + found.revenue + shock.deficit) / scale, found.income / scale),
        ((world.value_added * found.output).sum(axis=2) / paid, 1.0),
        (paid.sum(axis=1) / scale, 1.0),
    ):
        np.testing.assert_allclose(one, other, rtol=0, atol=1e-9)


@given(shapes, seeds)
@settings(max_examples=30, deadline=None)
def test_prices_are_those_of_the_cheapest_sources(make_world, make_shock, shape, seed):
    world = make_world(*shape)
    shock = make_shock(world, seed)
    found = solve(world, shock)
    theta = world.elasticity[:, :, None, None]
    cost = np.log(found.wage[..., None]) * world.value_added - np.log(shock.productivity)
    cost = cost + np.einsum("fnkj,fnk->fnj", world.technology, np.log(found.price))
    reached = np.exp(cost).swapaxes(1, 2)[:, :, None] * shock.cost * (1 + shock.tariff) / (1 + world.tariff)
    price = (world.share * reached**-theta).sum(axis=3) ** (-1 / theta[..., 0])
    np.testing.assert_allclose(found.cost, np.exp(cost), rtol=1e-9)
    np.testing.assert_allclose(found.price, price.swapaxes(1, 2), rtol=1e-9)
    np.testing.assert_allclose(found.share, world.share * (reached / price[..., None]) ** -theta, rtol=1e-8)


@given(shapes)
@settings(max_examples=30, deadline=None)
def test_no_shock_changes_nothing(make_world, shape):
    world = make_world(*shape)
    found = solve(world, no_shock(world))
    assert found.converged.all()
    for name in FACTORS:
        np.testing.assert_allclose(getattr(found, name), 1.0, rtol=1e-9)
    for name in ("share", "spending", "output", "income", "revenue"):
        scale = getattr(world, name).max()
        np.testing.assert_allclose(getattr(found, name), getattr(world, name), rtol=1e-9, atol=1e-9 * scale)


@given(shapes, seeds)
@settings(max_examples=20, deadline=None)
def test_the_unit_of_the_flows_changes_no_factor(make_table, make_world, make_shock, shape, seed):
    world = make_world(*shape)
    flow, technology, tariff, elasticity = make_table(*shape)
    other = calibrate(
        world.regions, world.sectors, 117.5 * flow[None], technology[None], tariff[None], elasticity[None], "the test"
    )
    shock = make_shock(world, seed)
    found = solve(other, replace(shock, deficit=117.5 * shock.deficit))
    plain = solve(world, shock)
    same(plain, found, 1e-9, (*FACTORS, "share"))
    same(plain, replace(found, **{name: getattr(found, name) / 117.5 for name in LEVELS}), 1e-9, LEVELS)


@given(shapes, seeds)
@settings(max_examples=20, deadline=None)
def test_more_labour_everywhere_is_lower_wages_and_prices_by_as_much(make_world, make_shock, shape, seed):
    world = make_world(*shape)
    shock = make_shock(world, seed)
    plain, found = solve(world, shock), solve(world, replace(shock, labour=1.6 * shock.labour))
    np.testing.assert_allclose(found.wage, plain.wage / 1.6, rtol=1e-9)
    np.testing.assert_allclose(found.price, plain.price / 1.6, rtol=1e-9)
    same(plain, found, 1e-9, (*LEVELS, "share"))


@given(shapes, seeds)
@settings(max_examples=20, deadline=None)
def test_the_order_of_regions_and_sectors_is_nothing(make_world, make_shock, shape, seed):
    world = make_world(*shape)
    random = np.random.default_rng(seed)
    shock = make_shock(world, seed)
    r, s = random.permutation(len(world.regions)), random.permutation(len(world.sectors))

    def square(array):
        return array[:, s][:, :, r][:, :, :, r]

    def table(array):
        return array[:, r][:, :, s]

    tables = {name: table(getattr(world, name)) for name in ("value_added", "final", "spending", "output")}
    turned = replace(
        world,
        share=square(world.share),
        tariff=square(world.tariff),
        technology=world.technology[:, r][:, :, s][:, :, :, s],
        elasticity=world.elasticity[:, s],
        wages=world.wages[:, r],
        deficit=world.deficit[:, r],
        **tables,
    )
    moved = replace(
        shock,
        tariff=square(shock.tariff),
        cost=square(shock.cost),
        productivity=table(shock.productivity),
        labour=shock.labour[:, r],
        deficit=shock.deficit[:, r],
    )
    plain, found = solve(world, shock), solve(turned, moved)
    for name in ("wage", "income", "revenue"):
        np.testing.assert_allclose(getattr(found, name), getattr(plain, name)[:, r], rtol=1e-8, atol=1e-9)
    for name in ("cost", "price", "spending", "output"):
        np.testing.assert_allclose(getattr(found, name), table(getattr(plain, name)), rtol=1e-8, atol=1e-9)
    np.testing.assert_allclose(found.share, square(plain.share), rtol=1e-8, atol=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_the_first_jacobian_is_the_slope_of_labour_asked(make_world, seed):
    world = make_world(seed, 4, 3, duty=0.6)
    slope = np.zeros((4, 4))
    for region in range(4):
        wages = [np.exp(step * np.eye(4)[region]) for step in (1e-5, -1e-5)]
        up, down = (answer_to(world, no_shock(world), wage, np.ones((4, 3)))[0] for wage in wages)
        slope[:, region] = (up - down) / 2e-5
    pinned = world.wages / world.wages.sum()
    np.testing.assert_allclose(guide(world)[0] - pinned, slope, atol=2e-5)


def some(record, futures):
    return replace(record, **{name: value[futures] for name, value in vars(record).items() if len(value) > 1})


@pytest.mark.parametrize("shape", [(4, 5, 4), (9, 3, 1), (2, 2, 5), (7, 12, 7)])
def test_a_future_has_the_same_bits_alone_and_among_neighbours(make_world, make_shock, shape):
    world = make_world(*shape)
    shock = make_shock(world, 3, size=1.5, futures=40)
    # A future that has no equilibrium stays to the last step, beside the others.
    shock.deficit[5] = np.linspace(-3, 3, shape[1]) * world.wages.sum()
    many = solve(world, shock)
    assert not many.converged[5]
    assert np.delete(many.converged, 5).all()
    assert len(set(many.steps)) > 2
    for futures in ([0], [5], [39], [17], list(range(7)), list(range(5, 40, 5))):
        few = solve(world, some(shock, futures))
        for name, values in vars(few).items():
            np.testing.assert_array_equal(values, getattr(many, name)[futures], err_msg=name)


def test_worlds_may_differ_between_futures(make_world, make_shock):
    worlds = [make_world(seed, 3, 2) for seed in (1, 2)]
    shocks = [make_shock(world, 3) for world in worlds]

    def both(records):
        joined = {
            name: np.concatenate([vars(one)[name] for one in records])
            for name, value in vars(records[0]).items()
            if isinstance(value, np.ndarray)
        }
        return replace(records[0], **joined)

    found = solve(both(worlds), both(shocks))
    for future, (world, shock) in enumerate(zip(worlds, shocks, strict=True)):
        alone = solve(world, shock)
        for name, values in vars(alone).items():
            np.testing.assert_array_equal(getattr(found, name)[future], values[0], err_msg=name)


def test_futures_of_several_lengths_are_refused(make_world, make_shock):
    world = make_world(1, 3, 2)
    shock = make_shock(world, 1, futures=3)
    with pytest.raises(ValueError, match=r"several lengths: \[2, 3\]"):
        solve(world, replace(shock, labour=np.ones((2, 3))))


@given(shapes, seeds)
@settings(max_examples=20, deadline=None)
def test_where_the_search_begins_is_nothing(make_world, make_shock, shape, seed):
    world = make_world(*shape)
    shock = make_shock(world, seed)
    plain = solve(world, shock)
    np.testing.assert_array_equal(solve(world, shock, guide(world)).wage, plain.wage)
    elsewhere = solve(world, shock, guide(world_after(world, shock, plain)))
    assert elsewhere.converged.all()
    same(plain, elsewhere, 1e-9)


@given(shapes, seeds)
@settings(max_examples=20, deadline=None)
def test_two_steps_are_one(make_world, make_shock, shape, seed):
    world = make_world(*shape)
    first, last = make_shock(world, seed), make_shock(world, seed + 1)
    halfway = solve(world, first)
    between = world_after(world, first, halfway)
    second = replace(
        last,
        cost=last.cost / first.cost,
        productivity=last.productivity / first.productivity,
        labour=last.labour / first.labour,
    )
    np.testing.assert_allclose(between.income, halfway.income, rtol=1e-9)
    np.testing.assert_allclose(between.flow, flow_after(halfway, first), rtol=1e-12)
    onward, at_once = solve(between, second), solve(world, last)
    assert onward.converged.all()
    for name in FACTORS:
        product = getattr(halfway, name) * getattr(onward, name)
        np.testing.assert_allclose(product, getattr(at_once, name), rtol=1e-8, err_msg=name)
    same(at_once, onward, 1e-8, (*LEVELS, "share"))


@pytest.mark.parametrize("seed", range(4))
def test_a_partner_can_be_cut_off(make_world, seed):
    world = make_world(seed, 5, 4, deficit=0.0)
    cost = np.ones((1, 4, 5, 5))
    cost[:, :, 0, 1] = cost[:, :, 1, 0] = 1000.0
    shock = replace(no_shock(world), cost=cost)
    found = solve(world, shock)
    assert found.converged.all()
    before, after = world.flow[0], flow_after(found, shock)[0]
    assert (after[:, 0, 1] + after[:, 1, 0]).sum() < 1e-3 * (before[:, 0, 1] + before[:, 1, 0]).sum()
    real_wage = found.wage / (found.price**world.final).prod(axis=2)
    assert (real_wage[0, :2] < 1).all()


@given(shapes, seeds, st.floats(1.0, 4.0))
@settings(max_examples=60, deadline=None)
def test_large_shocks_converge(make_world, make_shock, shape, seed, size):
    # Without deficits, which a region that hardly trades any more could not pay.
    world = make_world(*shape, deficit=0.0)
    shock = make_shock(world, seed, size, kinds=("tariff", "cost", "productivity", "labour"))
    assert solve(world, shock).converged.all()


# Worlds that the first Jacobian alone does not lead through.
@pytest.mark.parametrize(("seed", "regions", "sectors"), [(129, 6, 1), (308, 5, 3), (554, 6, 3), (636, 3, 1)])
def test_a_search_that_begins_far_away_ends(make_world, make_shock, seed, regions, sectors):
    world = make_world(seed, regions, sectors)
    shock = make_shock(world, seed, 4.0, kinds=("tariff", "cost", "productivity", "labour"))
    found = solve(world, shock)
    assert found.converged.all()
    np.testing.assert_allclose(answer_to(world, shock, found.wage[0], found.price[0])[0], 1.0, rtol=1e-9)
