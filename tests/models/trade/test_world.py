import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.errors import MoravaError
from morava.models.trade.equilibrium import no_shock, solve
from morava.models.trade.world import calibrate, net_flow, revenue_of

shapes = st.tuples(st.integers(0, 2**32 - 1), st.integers(2, 6), st.integers(1, 5))


def calibrated(table, **more):
    flow, technology, tariff, elasticity = table
    regions = tuple("abcdef"[: flow.shape[0]])
    sectors = tuple(f"s{j}" for j in range(flow.shape[2]))
    return calibrate(
        regions, sectors, flow[None], technology[None], tariff[None], elasticity[None], "table.csv", **more
    )


def refused(*arguments, **more):
    with pytest.raises(MoravaError) as caught:
        calibrated(*arguments, **more)
    return [problem.what for problem in caught.value.problems]


@given(shapes)
@settings(max_examples=40, deadline=None)
def test_the_base_is_the_table(make_table, shape):
    table = make_table(*shape)
    world = calibrated(table)
    flow, technology, tariff, _ = table
    regions, _, sectors = flow.shape
    np.testing.assert_allclose(np.moveaxis(world.flow[0], 0, 2), flow, rtol=1e-12)
    for n in range(regions):
        spent, sold, duties, deficit, wages = np.zeros(sectors), np.zeros(sectors), 0.0, 0.0, 0.0
        for i in range(regions):
            spent += flow[n, i] * (1 + tariff[n, i])
            sold += flow[i, n]
            duties += (flow[n, i] * tariff[n, i]).sum()
            deficit += flow[n, i].sum() - flow[i, n].sum()
        for j in range(sectors):
            wages += sold[j] * (1 - technology[n, :, j].sum())
        final = spent - technology[n] @ sold
        np.testing.assert_allclose(world.spending[0, n], spent)
        np.testing.assert_allclose(world.output[0, n], sold)
        np.testing.assert_allclose(world.revenue[0, n], duties)
        np.testing.assert_allclose(world.deficit[0, n], deficit, atol=1e-9)
        np.testing.assert_allclose(world.wages[0, n], wages)
        np.testing.assert_allclose(world.income[0, n], final.sum())
        np.testing.assert_allclose(world.final[0, n], final / final.sum(), rtol=1e-9)
    np.testing.assert_allclose(world.share.sum(axis=3), 1.0)
    np.testing.assert_allclose(world.value_added + world.technology.sum(axis=2), 1.0)


def test_a_table_by_hand():
    flow = np.array([[[60.0], [20.0]], [[30.0], [40.0]]])
    tariff = np.array([[[0.0], [0.1]], [[0.0], [0.0]]])
    world = calibrated((flow, np.array([[[0.5]], [[0.25]]]), tariff, np.array([4.0])))
    np.testing.assert_allclose(world.spending[0, :, 0], [82, 70])
    np.testing.assert_allclose(world.output[0, :, 0], [90, 60])
    np.testing.assert_allclose(world.share[0, 0], [[60 / 82, 22 / 82], [30 / 70, 40 / 70]])
    np.testing.assert_allclose(world.wages[0], [45, 45])
    np.testing.assert_allclose(world.revenue[0], [2, 0])
    np.testing.assert_allclose(world.deficit[0], [-10, 10])
    np.testing.assert_allclose(world.income[0], [37, 55])


def test_duties_are_what_deliveries_without_them_leave_of_spending(make_world):
    world = make_world(1, 3, 2)
    net = net_flow(world.share, world.spending, world.tariff)
    paid = np.swapaxes(world.spending, 1, 2) - net.sum(axis=3)
    np.testing.assert_allclose(revenue_of(world.share, world.spending, world.tariff), paid.sum(axis=1))


def test_all_that_is_wrong_is_said_at_once(make_table):
    flow, technology, tariff, elasticity = make_table(1, 3, 2)
    flow[0, 2, 1], tariff[1, 0, 0], elasticity[1] = -1.0, -0.2, 0.0
    technology[2, :, 0] = [0.7, 0.6]
    assert refused((flow, technology, tariff, elasticity)) == [
        "the flow of s1 from c to a is negative",
        "a duty is negative",
        "the elasticity of s1 is not above zero",
        "s0 in c uses more than it makes, or less than nothing",
    ]


def test_a_negative_input_share_is_refused(make_table):
    flow, technology, tariff, elasticity = make_table(1, 3, 2)
    technology[1, 0, 1] = -0.01
    assert refused((flow, technology, tariff, elasticity)) == ["s1 in b uses more than it makes, or less than nothing"]


def test_shapes_and_holes_are_named_before_anything_else(make_table):
    flow, technology, tariff, elasticity = make_table(1, 3, 2)
    flow[0, 0, 0] = np.nan
    assert refused((flow, technology[:, :1], tariff[:2], elasticity[:1])) == [
        "flow has a hole",
        "technology has the shape (3, 1, 2)",
        "tariff has the shape (2, 3, 2)",
        "elasticity has the shape (1,)",
    ]


def over_used(make_table):
    """Return a table in which production in one region uses more of a sector than the region buys."""
    flow, technology, tariff, elasticity = make_table(4, 3, 2)
    spent = (flow * (1 + tariff)).sum(axis=1)
    technology[1, 0] = 0.9 * spent[1, 0] / flow[:, 1].sum(axis=0)
    technology[1, 1] = 0.0
    return flow, technology, tariff, elasticity


def test_production_cannot_use_more_than_is_bought(make_table):
    assert refused(over_used(make_table)) == ["b uses more of s0 in production than it buys"]


def test_negative_final_demand_can_be_lifted_and_the_solution_then_moves(make_table):
    world = calibrated(over_used(make_table), lift_final=True)
    np.testing.assert_array_equal(world.final[0, 1], [0.0, 1.0])
    np.testing.assert_allclose(world.final.sum(axis=2), 1.0)
    found = solve(world, no_shock(world))
    assert found.converged.all()
    assert np.abs(found.wage - 1).max() > 1e-3
