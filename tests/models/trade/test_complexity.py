"""Economic complexity: against a matrix done by hand, then identities, then what is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from morava.errors import MoravaError
from morava.models.trade.complexity import (
    Complexity,
    comparative_advantage,
    complexity,
    density,
    distance,
    diversity,
    opportunity_gain,
    outlook,
    presence,
    proximity,
    ubiquity,
)
from morava.models.trade.published_products import CountryProducts, ProductTables, place_country

NESTED = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0]], dtype=bool)
NEAR = 1e-9
SHAPES = st.tuples(st.integers(3, 7), st.integers(3, 9))
PRESENCE = SHAPES.flatmap(lambda shape: arrays(bool, shape))
EXPORTS = SHAPES.flatmap(lambda shape: arrays(float, shape, elements=st.integers(1, 99).map(float)))


def full(present: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return presence of which no row and no column is empty: a first country and a first product have all."""
    found = present.copy()
    found[0], found[:, 0] = True, True
    return found


def indexed(present: npt.NDArray[np.bool_]) -> Complexity:
    """Return the indices; matrices that have none are left to the tests of what is refused."""
    try:
        found = complexity(present)
    except MoravaError:
        assume(False)
        raise
    # Where two eigenvalues, or a correlation and zero, nearly meet, digits of the machine are magnified.
    second, third = found.eigenvalues[1], found.eigenvalues[2]
    assume(second - third > 1e-3 and abs(np.corrcoef(found.diversity, found.eci)[0, 1]) > 1e-3)
    return found


def refused(make, *given_to) -> str:
    with pytest.raises(MoravaError) as caught:
        make(*given_to)
    return str(caught.value)


def test_nested_countries_by_hand() -> None:
    found = complexity(NESTED)
    assert found.eigenvalues == pytest.approx([1, 1 / 4, 1 / 9], abs=1e-12)
    assert found.eci == pytest.approx([np.sqrt(1.5), 0, -np.sqrt(1.5)], abs=1e-12)
    assert found.pci == pytest.approx([-np.sqrt(1.5), 0, np.sqrt(1.5)], abs=1e-12)
    assert proximity(NESTED) == pytest.approx(np.array([[1, 2 / 3, 1 / 3], [2 / 3, 1, 1 / 2], [1 / 3, 1 / 2, 1]]))
    assert density(NESTED, proximity(NESTED))[1] == pytest.approx([5 / 6, 10 / 13, 5 / 11])
    assert (diversity(NESTED).tolist(), ubiquity(NESTED).tolist()) == ([3, 2, 1], [3, 2, 1])


def test_outlook_and_gain_by_hand() -> None:
    near, pci = proximity(NESTED), np.array([-1.0, 0.0, 1.0])
    # Country 3 has product 1 alone: density 4/13 of product 2 and 2/11 of product 3.
    assert outlook(NESTED, near, pci) == pytest.approx([0, 5 / 11, 2 / 11])
    gain = opportunity_gain(NESTED, near, pci)
    assert np.isnan(gain).tolist() == NESTED.tolist()
    assert gain[2, 1:] == pytest.approx([3 / 11, -2 / 11])


@settings(max_examples=60, deadline=None)
@given(EXPORTS, st.randoms(use_true_random=False))
def test_money_of_a_country_counts_only_by_its_shares(exports, random) -> None:
    world = comparative_advantage(exports)
    shares = exports / exports.sum(axis=0).sum()
    assert comparative_advantage(shares) == pytest.approx(world)
    # Weighed by the world's shares the advantages of a country are one on average.
    assert world @ (exports.sum(axis=0) / exports.sum()) == pytest.approx(np.ones(len(exports)))
    # What all sell alike, nobody has an advantage in.
    alike = np.outer([random.uniform(1, 9) for _ in range(len(exports))], exports[0])
    assert comparative_advantage(alike) == pytest.approx(np.ones(exports.shape))


@settings(max_examples=100, deadline=None)
@given(PRESENCE.map(full))
def test_indices_are_eigenvectors_and_means(present) -> None:
    found = indexed(present)
    averaged = present / found.diversity[:, None]
    matrix = averaged @ (present.T / found.ubiquity[:, None])
    moved = found.eci - (found.diversity * found.eci).sum() / found.diversity.sum()
    assert matrix @ moved == pytest.approx(found.eigenvalues[1] * moved, abs=1e-8)
    assert found.eigenvalues[0] == pytest.approx(1)
    assert averaged @ found.pci_as_eci == pytest.approx(found.eci, abs=1e-8)
    for index in (found.eci, found.pci):
        assert (index.mean(), index.std()) == pytest.approx((0, 1), abs=NEAR)
    assert np.corrcoef(found.eci, found.diversity)[0, 1] > 0


@settings(max_examples=100, deadline=None)
@given(PRESENCE.map(full), st.randoms(use_true_random=False))
def test_the_order_of_countries_and_products_does_not_count(present, random) -> None:
    found = indexed(present)
    rows, columns = list(range(present.shape[0])), list(range(present.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    turned = present[np.ix_(rows, columns)]
    again = complexity(turned)
    assert again.eci == pytest.approx(found.eci[rows], abs=1e-7)
    assert again.pci == pytest.approx(found.pci[columns], abs=1e-7)
    near = proximity(present)
    assert (proximity(turned) == near[np.ix_(columns, columns)]).all()
    assert density(turned, proximity(turned)) == pytest.approx(density(present, near)[np.ix_(rows, columns)])


@settings(max_examples=100, deadline=None)
@given(PRESENCE.map(full))
def test_proximity_and_density_are_shares(present) -> None:
    near = proximity(present)
    assert (near == near.T).all()
    assert (np.diagonal(near) == 1).all()
    assert (near > 0).all()  # the first country has everything
    assert (near <= 1).all()
    has = density(present, near)
    assert (has >= 0).all()
    assert (has <= 1 + NEAR).all()
    assert has[0] == pytest.approx(np.ones(present.shape[1]))
    assert distance(present, near) + has == pytest.approx(np.ones(present.shape))


@settings(max_examples=60, deadline=None)
@given(PRESENCE.map(full), st.data())
def test_the_gain_is_what_the_outlook_rises_by(present, data) -> None:
    absent = np.argwhere(~present)
    assume(len(absent) > 0)
    near = proximity(present)
    pci = np.array(data.draw(st.lists(st.floats(-3, 3), min_size=present.shape[1], max_size=present.shape[1])))
    country, product = absent[data.draw(st.integers(0, len(absent) - 1))]
    richer = present.copy()
    richer[country, product] = True
    rise = outlook(richer, near, pci) - outlook(present, near, pci)
    assert opportunity_gain(present, near, pci)[country, product] == pytest.approx(rise[country], abs=NEAR)


def test_a_lower_threshold_takes_no_product_away() -> None:
    advantage = np.array([[0.5, 1.0, 1.5]])
    assert presence(advantage).tolist() == [[False, True, True]]
    assert presence(advantage, 0.5).tolist() == [[True, True, True]]


@pytest.mark.parametrize(
    ("present", "words"),
    [
        ([[1, 1], [0, 0]], "country 2 has no product"),
        ([[1, 0], [1, 0]], "product 2 is present in no country"),
        ([[1, 1]], "there are 1 countries"),
        ([[1], [1]], "there are 1 products"),
        ([[1, 1], [1, 1]], "the second eigenvalue is zero"),
        ([[1, 0], [0, 1]], "groups that share no product"),
        ([[1, 1, 0], [0, 1, 1], [1, 0, 1]], "is not single"),
        ([[1, 1, 0], [0, 1, 1]], "no correlation with diversity"),
        ([[1, 2], [1, 1]], "other things than yes and no"),
        ([1, 1], "give [country, product]"),
    ],
)
def test_presence_without_an_index_is_refused(present, words) -> None:
    assert words in refused(complexity, np.array(present))


def test_all_empty_countries_and_products_are_named_at_once() -> None:
    said = refused(complexity, np.pad(NESTED, ((0, 7), (0, 1))))
    assert "country 4 has no product" in said
    assert "2 more like country 4" in said
    assert "product 4 is present in no country" in said


@pytest.mark.parametrize(
    ("cell", "words"),
    [(np.nan, "1 cells without a number"), (np.inf, "1 cells without a number"), (-1.0, "1 negative cells")],
)
def test_exports_that_are_none_are_refused(cell, words) -> None:
    exports = np.ones((3, 3))
    exports[1, 1] = cell
    assert words in refused(comparative_advantage, exports)


def test_exports_of_nothing_are_refused_before_they_divide() -> None:
    exports = np.ones((3, 3))
    exports[1], exports[:, 2] = 0, 0
    said = refused(comparative_advantage, exports)
    assert "country 2 exports nothing" in said
    assert "product 3 is exported by nobody" in said
    assert "have the shape" in refused(comparative_advantage, np.ones(3))


@pytest.mark.parametrize("threshold", [0.0, -1.0, np.nan, np.inf])
def test_a_threshold_is_above_zero(threshold) -> None:
    assert "the threshold is" in refused(presence, np.ones((2, 2)), threshold)


def test_proximities_and_scores_that_are_none_are_refused() -> None:
    near = proximity(NESTED)
    assert "have the shape" in refused(density, NESTED, near[:2, :2])
    assert "are not such" in refused(density, NESTED, near * 2)
    assert "are not such" in refused(density, NESTED, np.triu(near))
    assert "has gaps" in refused(outlook, NESTED, near, np.array([1.0, np.nan, 0.0]))
    assert "has gaps" in refused(opportunity_gain, NESTED, near, np.array([1.0, 0.0]))
    assert "missing or negative" in refused(presence, np.array([np.nan]))


def tables_of(present, kept: int | None = None) -> ProductTables:
    """Return what a publisher would print of a matrix: all pairs, or the nearest ones."""
    near = proximity(present)
    first, second = np.triu_indices(len(near), 1)
    order = np.argsort(-near[first, second], kind="stable")[:kept]
    listed = near[first, second][order]
    return ProductTables(
        world=np.full(len(near), 100.0),
        pci=np.linspace(-1, 1, len(near)),
        pairs=np.stack([first[order], second[order]], axis=1),
        near=listed,
        unpublished_at_most=float(listed.min()) if len(listed) else 1.0,
    )


def placed(present, tables: ProductTables) -> CountryProducts:
    """Return the second country of a matrix, whose exports are alike in all products that it has."""
    return place_country(present[1].astype(float), tables)


@settings(max_examples=60, deadline=None)
@given(PRESENCE.map(full))
def test_with_all_pairs_published_the_density_is_that_of_all_countries(present) -> None:
    found = placed(present, tables_of(present))
    assert (found.present == present[1]).all()
    wanted = density(present, proximity(present))[1]
    for one in (found.density, found.density_low, found.density_high):
        assert one == pytest.approx(wanted)
    assert found.share_published == 1


@settings(max_examples=100, deadline=None)
@given(PRESENCE.map(full), st.integers(0, 36))
def test_the_true_density_lies_between_the_ends(present, kept) -> None:
    found = placed(present, tables_of(present, kept))
    wanted = density(present, proximity(present))[1]
    assert (found.density_low <= wanted + NEAR).all()
    assert (wanted <= found.density_high + NEAR).all()
    known = found.published_pairs > 0
    assert (np.isfinite(found.density) == known).all()
    assert (found.density_low[known] <= found.density[known] + NEAR).all()
    assert (found.density[known] <= found.density_high[known] + NEAR).all()
    assert set(found.opportunities.tolist()) == set(np.flatnonzero(known & ~found.present).tolist())
    assert (np.diff(found.density[found.opportunities]) <= NEAR).all()


@settings(max_examples=60, deadline=None)
@given(PRESENCE.map(full), st.integers(1, 30))
def test_undominated_products_are_those_that_no_other_beats(present, kept) -> None:
    tables = tables_of(present, kept)
    found = placed(present, tables)
    scores = {place: (found.density[place], tables.pci[place]) for place in found.opportunities.tolist()}
    for place, own in scores.items():
        beaten = any(other != own and other[0] >= own[0] and other[1] >= own[1] for other in scores.values())
        assert found.undominated[place] == (not beaten)
    apart = sum(
        found.density_low[one] > found.density_high[other] for one in scores for other in scores if one != other
    )
    number = len(scores) * (len(scores) - 1) / 2
    assert found.share_settled == pytest.approx(apart / number if number else 0)


@settings(max_examples=40, deadline=None)
@given(arrays(float, 6, elements=st.integers(1, 20).map(float)), st.floats(0.01, 4.0))
def test_the_size_of_a_country_does_not_count(exports, factor) -> None:
    present = full(np.arange(24).reshape(4, 6) % 5 < 2)
    tables = replace(tables_of(present, 5), world=np.array([90.0, 200.0, 110.0, 170.0, 81.0, 130.0]))
    small, large = place_country(exports, tables, 0.7501), place_country(exports * factor, tables, 0.7501)
    assert large.advantage == pytest.approx(small.advantage)
    assert (large.present == small.present).all()
    assert large.mean_pci == pytest.approx(small.mean_pci)


def test_mean_complexity_is_that_of_products_present() -> None:
    found = place_country(np.array([0.0, 5.0, 5.0]), tables_of(NESTED))
    assert found.mean_pci == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("exports", "words"),
    [
        ([1, np.nan, 1], "without a number"),
        ([1, -1, 1], "negative"),
        ([0, 0, 0], "exports nothing"),
        ([1, 101, 101], "exports of 2 products exceed the world's"),
        ([1, 1], "have the shape"),
    ],
)
def test_exports_of_a_country_that_are_none_are_refused(exports, words) -> None:
    assert words in refused(place_country, np.array(exports, dtype=float), tables_of(NESTED))


def test_no_product_at_a_threshold_is_refused() -> None:
    assert "no product has an advantage of 9" in refused(place_country, np.ones(3), tables_of(NESTED), 9.0)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"world": np.array([1.0, 0.0, 1.0])}, "no world exports"),
        ({"pci": np.array([1.0, np.nan, 1.0])}, "no complexity"),
        ({"pci": np.ones(2)}, "differ in shape"),
        ({"near": np.array([0.5, 0.5, 1.5])}, "a proximity is not between"),
        ({"near": np.ones(2)}, "differ in number"),
        ({"unpublished_at_most": 1.5}, "unpublished_at_most is not between"),
        ({"pairs": np.array([[0, 1], [0, 2], [1, 3]])}, "not listed"),
        ({"pairs": np.array([[0, 1], [0, 2], [1, 1]])}, "one product twice"),
        ({"pairs": np.array([[0, 1], [0, 2], [1, 0]])}, "a pair stands twice"),
    ],
)
def test_tables_that_are_none_are_refused(changed, words) -> None:
    assert words in refused(place_country, np.ones(3), replace(tables_of(NESTED), **changed))
