import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.errors import MoravaError
from morava.models.trade.value_added import (
    TERMS,
    nine_terms,
    table_of_blocks,
    value_added_absorbed,
    value_added_by_origin,
    vax_ratio,
    vertical_specialisation,
    world_table,
)

worlds = st.tuples(st.integers(0, 2**32 - 1), st.integers(2, 4), st.integers(1, 4), st.sampled_from([0.0, 0.4]))


def balanced_world(seed, regions, sectors, highest_duty, closed=False):
    """Return flow, technology, tariff of a world solved from its final demand, with the A and the final use behind it.

    In a closed one region 0 buys only its own goods.
    """
    random = np.random.default_rng(seed)
    shares = random.random((regions, regions, sectors)) + 0.05
    if closed:
        shares[0, 1:] = 0.0
    shares /= shares.sum(axis=1, keepdims=True)
    tariff = random.uniform(0, highest_duty, (regions, regions, sectors))
    tariff[np.arange(regions), np.arange(regions)] = 0.0
    technology = random.random((regions, sectors, sectors))
    technology *= random.uniform(0.1, 0.8, (regions, 1, sectors)) / technology.sum(axis=1, keepdims=True)
    spent = random.uniform(1, 100, (regions, sectors))
    net = shares / (1 + tariff)
    size = regions * sectors
    square = np.zeros((size, size))
    for n, i, k, j in np.ndindex(regions, regions, sectors, sectors):
        square[i * sectors + k, n * sectors + j] = technology[n, k, j] * net[n, i, k]
    final = (net * spent[:, None]).swapaxes(0, 1)
    output = np.linalg.solve(np.eye(size) - square, final.sum(axis=1).ravel()).reshape(regions, sectors)
    flow = net * (np.einsum("nkj,nj->nk", technology, output) + spent)[:, None]
    return flow, technology, tariff, square, final, output


def table_of(world, closed=False):
    return world_table(*balanced_world(*world, closed)[:3])


def nine_terms_by_loops(table):
    """Return the nine terms word for word from the equation of the paper, with a full Leontief inverse."""
    regions, sectors = table.output.shape
    size = regions * sectors
    square = table.coefficients.reshape(size, size)
    inverse = np.linalg.inv(np.eye(size) - square)
    part = [slice(r * sectors, (r + 1) * sectors) for r in range(regions)]
    earned = (table.value_added + table.duties).ravel()
    local = [np.linalg.inv(np.eye(sectors) - square[p, p]) for p in part]
    exports = table.exports.sum(axis=1)
    found = np.zeros((regions, 9))
    for s in range(regions):
        own = earned[part[s]]
        others = [r for r in range(regions) if r != s]
        for r in others:
            passed = inverse[part[s], part[r]]
            found[s, 0] += own @ inverse[part[s], part[s]] @ table.final[s, r]
            found[s, 1] += own @ passed @ table.final[r, r]
            for t in others:
                found[s, 2] += 0 if t == r else own @ passed @ table.final[r, t]
            found[s, 3] += own @ passed @ table.final[r, s]
            back = passed @ square[part[r], part[s]] @ local[s]
            found[s, 4] += own @ back @ table.final[s, s]
            found[s, 5] += own @ back @ exports[s]
            for t in others:
                foreign = earned[part[t]] @ inverse[part[t], part[s]]
                sent = square[part[s], part[r]] @ local[r]
                found[s, 6] += foreign @ table.final[s, r]
                found[s, 7] += foreign @ sent @ table.final[r, r]
                found[s, 8] += foreign @ sent @ exports[r]
    return found


@settings(deadline=None, max_examples=50)
@given(worlds)
def test_the_table_is_the_one_behind_the_flows(world):
    flow, technology, tariff, square, final, output = balanced_world(*world)
    table = world_table(flow, technology, tariff)
    np.testing.assert_allclose(table.coefficients.reshape(square.shape), square, rtol=1e-10, atol=1e-14)
    np.testing.assert_allclose(table.final, final, rtol=1e-7)
    np.testing.assert_allclose(table.output, output, rtol=1e-10)
    np.testing.assert_allclose(table.value_added, 1 - technology.sum(axis=1), rtol=1e-10)
    np.testing.assert_allclose(table.content.sum(axis=0), 1, rtol=1e-10)
    used = np.einsum("ikns,ns->ink", table.coefficients, table.output)
    np.testing.assert_allclose(used + table.final, table.sales, rtol=1e-10)


@settings(deadline=None, max_examples=50)
@given(worlds)
def test_origins_sum_to_exports(world):
    table = table_of(world)
    origins = value_added_by_origin(table)
    assert (origins.factors >= 0).all()
    assert (origins.duties >= 0).all()
    np.testing.assert_allclose((origins.factors + origins.duties).sum(axis=0), table.exports, rtol=1e-10)
    assert origins.duties.any() == (world[3] > 0)


@settings(deadline=None, max_examples=50)
@given(worlds)
def test_nine_terms_sum_to_exports_and_follow_the_paper(world):
    table = table_of(world)
    terms = nine_terms(table)
    assert terms.shape == (len(table.output), len(TERMS))
    np.testing.assert_allclose(terms, nine_terms_by_loops(table), rtol=1e-9, atol=1e-9)
    exports = table.exports.sum(axis=(1, 2))
    np.testing.assert_allclose(terms.sum(axis=1), exports, rtol=1e-10)
    np.testing.assert_allclose(terms[:, :3].sum(axis=1), vax_ratio(table) * exports, rtol=1e-10)
    np.testing.assert_allclose(terms[:, 6:].sum(axis=1), vertical_specialisation(table) * exports, rtol=1e-10)
    origins = value_added_by_origin(table)
    own = np.arange(len(exports))
    domestic = (origins.factors + origins.duties)[own, own].sum(axis=(1, 2))
    np.testing.assert_allclose(terms[:, :6].sum(axis=1), domestic, rtol=1e-10)


@settings(deadline=None, max_examples=50)
@given(worlds)
def test_all_that_is_earned_is_finally_used(world):
    table = table_of(world)
    absorbed = value_added_absorbed(table)
    earned = ((table.value_added + table.duties) * table.output).sum(axis=1)
    np.testing.assert_allclose(absorbed.sum(axis=1), earned, rtol=1e-9)
    np.testing.assert_allclose(absorbed.sum(axis=0), table.final.sum(axis=(0, 2)), rtol=1e-9)


@settings(deadline=None, max_examples=30)
@given(worlds)
def test_who_imports_no_inputs_has_no_foreign_content(world):
    table = table_of(world, closed=True)
    origins = value_added_by_origin(table)
    assert not origins.factors[1:, 0].any()
    assert not origins.duties[:, 0].any()
    terms = nine_terms(table)[0]
    np.testing.assert_allclose(terms[3:], 0, atol=1e-9)
    assert terms[:3].sum() == pytest.approx(table.exports[0].sum(), rel=1e-10)


@settings(deadline=None, max_examples=30)
@given(worlds, st.floats(1e-3, 1e6))
def test_money_in_other_units_changes_no_share(world, scale):
    flow, technology, tariff = balanced_world(*world)[:3]
    one, other = world_table(flow, technology, tariff), world_table(scale * flow, technology, tariff)
    np.testing.assert_allclose(other.content, one.content, rtol=1e-9)
    np.testing.assert_allclose(nine_terms(other), scale * nine_terms(one), rtol=1e-8)
    np.testing.assert_allclose(vax_ratio(other), vax_ratio(one), rtol=1e-9)


@settings(deadline=None, max_examples=30)
@given(worlds)
def test_order_of_regions_and_sectors_does_not_matter(world):
    flow, technology, tariff = balanced_world(*world)[:3]
    random = np.random.default_rng(world[0])
    regions, sectors = random.permutation(len(flow)), random.permutation(flow.shape[2])
    turned = world_table(
        flow[np.ix_(regions, regions, sectors)],
        technology[np.ix_(regions, sectors, sectors)],
        tariff[np.ix_(regions, regions, sectors)],
    )
    table = world_table(flow, technology, tariff)
    np.testing.assert_allclose(nine_terms(turned), nine_terms(table)[regions], rtol=1e-8, atol=1e-10)
    expected = value_added_by_origin(table).factors[np.ix_(regions, regions, regions, sectors)]
    np.testing.assert_allclose(value_added_by_origin(turned).factors, expected, rtol=1e-9, atol=1e-12)


def two_regions(duty=0.25):
    """Return two regions with one sector; region 0 levies a duty on what it buys of region 1."""
    flow = np.array([[[60.0], [20.0]], [[30.0], [90.0]]])
    technology = np.array([[[0.5]], [[0.4]]])
    return flow, technology, np.array([[[0.0], [duty]], [[0.0], [0.0]]])


def test_two_regions_and_one_sector_by_hand():
    """Region 0 pays 85 for its goods, of which 5 are duty; region 1 pays 120, of which 30 go to region 0."""
    table = world_table(*two_regions())
    home, bought, duty = 0.5 * 60 / 85, 0.5 * 20 / 85, 0.5 * 5 / 85
    sold, other = 0.4 * 30 / 120, 0.4 * 90 / 120
    np.testing.assert_allclose(table.coefficients.reshape(2, 2), [[home, sold], [bought, other]], rtol=1e-14)
    np.testing.assert_allclose(table.value_added.ravel(), [0.5, 0.6], rtol=1e-14)
    np.testing.assert_allclose(table.duties.ravel(), [duty, 0], rtol=1e-14)
    determinant = (1 - home) * (1 - other) - sold * bought
    foreign = 0.6 * bought / determinant
    origins = value_added_by_origin(table)
    assert origins.factors[1, 0, 1, 0] == pytest.approx(30 * foreign, rel=1e-13)
    assert origins.duties[0, 0, 1, 0] == pytest.approx(30 * duty * (1 - other) / determinant, rel=1e-13)
    # Duties that region 0 levied are in what region 1 sells to it as well.
    assert origins.duties[0, 1, 0, 0] == pytest.approx(20 * duty * sold / determinant, rel=1e-13)
    assert vertical_specialisation(table)[0] == pytest.approx(foreign, rel=1e-13)
    kept, gone = 60 - home * 90, 30 - sold * 110
    own = (0.5 + duty) / determinant
    back = own * sold * bought / (1 - home)
    expected = [
        own * (1 - other) * gone,
        own * sold * (90 - other * 110),
        0,
        own * sold * (20 - bought * 90),
        back * kept,
        back * 30,
        foreign * gone,
        foreign * sold / (1 - other) * (90 - other * 110),
        foreign * sold / (1 - other) * 20,
    ]
    np.testing.assert_allclose(nine_terms(table)[0], expected, rtol=1e-12, atol=1e-14)


def test_without_duties_there_is_no_duty_content():
    table = world_table(*two_regions(duty=0.0))
    assert not table.duty_content.any()
    np.testing.assert_allclose(table.factor_content.sum(axis=0), 1, rtol=1e-14)


@settings(deadline=None, max_examples=30)
@given(worlds)
def test_blocks_give_the_same_table(world):
    table = table_of(world)
    intermediate = table.coefficients * table.output
    found = table_of_blocks(intermediate, table.final, table.duties * table.output)
    np.testing.assert_allclose(found.content, table.content, rtol=1e-9, atol=1e-13)
    np.testing.assert_allclose(nine_terms(found), nine_terms(table), rtol=1e-8, atol=1e-10)


def changed(place, where, value):
    arrays = [array.copy() for array in two_regions()]
    arrays[place][where] = value
    return arrays


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        (changed(0, (0, 1, 0), -1.0), "flow is negative or not a number"),
        (changed(1, (0, 0, 0), np.nan), "technology is negative or not a number"),
        (changed(2, (0, 1, 0), -0.1), "tariff is negative or not a number"),
        (changed(2, (0, 1, 0), np.inf), "tariff is negative or not a number"),
        (changed(2, (1, 1, 0), 0.1), "a duty on its own goods"),
        (changed(0, (0, slice(None), 0), 0.0), "an input is used that nobody sells"),
        (changed(1, (0, 0, 0), 0.99), "final use would be below zero"),
        (changed(1, (1, 0, 0), 1.05), "value added is negative"),
    ],
)
def test_worlds_that_are_refused(arrays, said):
    with pytest.raises(MoravaError, match=said):
        world_table(*arrays)


def test_stocks_may_fall_where_the_caller_says_so():
    arrays = changed(1, (0, 0, 0), 0.99)
    table = world_table(*arrays, stocks_may_fall=True)
    assert (table.final[:, 0] < 0).all()
    np.testing.assert_allclose(nine_terms(table).sum(axis=1), table.exports.sum(axis=(1, 2)), rtol=1e-12)


def test_faults_are_named_together():
    flow, technology, tariff = two_regions()
    with pytest.raises(MoravaError) as caught:
        world_table(-flow, -technology, tariff)
    assert len(caught.value.problems) == 2


def test_shapes_that_do_not_fit():
    flow, technology, tariff = two_regions()
    with pytest.raises(MoravaError, match="do not fit"):
        world_table(flow, technology[:1], tariff)
    with pytest.raises(MoravaError, match="do not fit"):
        table_of_blocks(np.zeros((2, 1, 2, 1)), np.zeros((2, 1, 2)), np.zeros((2, 1)))


def test_blocks_without_output_or_with_dear_inputs_are_refused():
    final = np.array([[[0.0], [0.0]], [[5.0], [5.0]]])
    blocks = np.zeros((2, 1, 2, 1))
    blocks[1, 0, 0, 0] = 3.0
    with pytest.raises(MoravaError, match="inputs are bought but output is zero"):
        table_of_blocks(blocks, final, np.zeros((2, 1)))
    with pytest.raises(MoravaError, match="value added is negative"):
        table_of_blocks(np.zeros((2, 1, 2, 1)), final, np.array([[0.0], [11.0]]))


def test_shares_of_no_exports_are_refused():
    flow, technology, tariff = two_regions()
    flow[1, 0] = 0.0
    table = world_table(flow, technology, tariff)
    assert nine_terms(table)[0].tolist() == [0.0] * 9
    for share in (vax_ratio, vertical_specialisation):
        with pytest.raises(MoravaError, match=r"exports nothing[^\n]*\n  where: regions 0"):
            share(table)
