"""One country held against published tables of products: what it has, what lies near, and what the tables leave out.

For a country whose exports are known while those of all others are not. Equations and limits in
`docs/models/complexity.md`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from morava.errors import MoravaError, Problem, Problems
from morava.models.trade.complexity import BALASSA, Array, Presence, presence

WHERE = "published tables of products"
Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class ProductTables:
    """What was published of products.

    `world` [product] is the world's exports, in the unit of the country's; `pci` [product] their complexity, 1;
    `pairs` [pair, 2] places of two products, each pair once; `near` [pair] their proximity, 1. `unpublished_at_most`
    is the highest proximity that a pair which is not listed can have: that of the last pair where the nearest were
    listed, one where nothing is known.
    """

    world: Array
    pci: Array
    pairs: Places
    near: Array
    unpublished_at_most: float


@dataclass(frozen=True)
class CountryProducts:
    """What the tables say of one country, all [product] unless said otherwise.

    `advantage` and `present` use the world's exports of the tables. `mean_pci` is the mean complexity of products
    that are present, on the scale of the published one: an estimate of the country's index before it is standardised,
    no such index. `density` rests on the published pairs alone and is not a number where a product has none;
    `density_low` and `density_high` are what it can be at least and at most, whatever the other pairs are.
    `published_pairs` counts those of each product, `share_published` is their share in all pairs. `opportunities` are
    places of products that are absent and have a density, the nearest first, the more complex first where equal;
    `undominated` says of a product that no other absent one is as near and as complex, and one of both more so.
    `share_settled` is the share of pairs of opportunities of which one is denser whatever the unpublished pairs are,
    since the ends of the two do not overlap; zero where there are fewer than two.
    """

    advantage: Array
    present: Presence
    mean_pci: float
    density: Array
    density_low: Array
    density_high: Array
    published_pairs: Places
    share_published: float
    opportunities: Places
    undominated: Presence
    share_settled: float


def place_country(exports: Array, tables: ProductTables, threshold: float = BALASSA) -> CountryProducts:
    """Return what a country's exports say beside the published tables; what is not published is not filled in.

    Parameters
    ----------
    exports
        [product], in the unit of the world's exports; zero where the country sells nothing
    tables
        What was published.
    threshold
        Comparative advantage from which a product is present.

    Raises
    ------
    MoravaError
        Exports or tables that cannot be such, exports above the world's, a country that has no product.

    Identity
    --------
    Where all pairs are published, density and both its ends are those of `density`. The true density lies between its
    ends where no pair that is left out is nearer than `unpublished_at_most`.

    Source
    ------
    Balassa (1965); Hidalgo, Klinger, Barabasi and Hausmann (2007); Hausmann, Hidalgo and others (2014).

    Examples
    --------
    >>> near = ProductTables(np.array([8.0, 8.0, 8.0]), np.array([1.0, 0.0, -1.0]), np.array([[0, 1]]),
    ...                      np.array([0.5]), 0.4)
    >>> found = place_country(np.array([0.0, 1.0, 1.0]), near)
    >>> found.density.round(3).tolist(), found.density_low.round(3).tolist(), found.density_high.round(3).tolist()
    ([0.333, 0.667, nan], [0.333, 0.667, 0.714], [0.474, 0.737, 1.0])
    >>> found.mean_pci, round(found.share_published, 3), found.opportunities.tolist()
    (-0.5, 0.333, [0])
    """
    _refuse_tables(tables)
    _refuse_exports(exports, tables.world)
    advantage = exports / exports.sum() / (tables.world / tables.world.sum())
    present = presence(advantage, threshold)
    if not present.any():
        raise MoravaError(
            Problem(f"no product has an advantage of {threshold:g} or more", WHERE, "lower the threshold")
        )
    low, middle, high, counted = _densities(present, tables)
    ranked = _ranked(present, middle, tables.pci)
    pairs = len(exports) * (len(exports) - 1) / 2
    return CountryProducts(
        advantage=advantage,
        present=present,
        mean_pci=float(tables.pci[present].mean()),
        density=middle,
        density_low=low,
        density_high=high,
        published_pairs=counted,
        share_published=len(tables.near) / pairs,
        opportunities=ranked,
        undominated=_undominated(ranked, middle, tables.pci),
        share_settled=_settled(low[ranked], high[ranked]),
    )


def _densities(present: Presence, tables: ProductTables) -> tuple[Array, Array, Array, Places]:
    """Return density at least, over published pairs, and at most, with the number of published pairs, all [product]."""
    products = len(present)
    first, second = tables.pairs[:, 0], tables.pairs[:, 1]
    ends, others = np.concatenate([first, second]), np.concatenate([second, first])
    near, has = np.concatenate([tables.near, tables.near]), present[others]
    counted = np.bincount(ends, minlength=products)
    counted_present = np.bincount(ends[has], minlength=products)
    # A product is as near to itself as can be, by definition: that pair is never missing.
    own = present.astype(float)
    known = 1 + np.bincount(ends, weights=near, minlength=products)
    known_present = own + np.bincount(ends[has], weights=near[has], minlength=products)
    left_present = present.sum() - own - counted_present
    left_absent = products - 1 - counted - left_present
    more_present, more_absent = (tables.unpublished_at_most * left for left in (left_present, left_absent))
    return (
        known_present / (known + more_absent),
        np.where(counted > 0, known_present / known, np.nan),
        (known_present + more_present) / (known + more_present),
        counted,
    )


def _ranked(present: Presence, density: Array, pci: Array) -> Places:
    """Return the places of absent products that have a density, nearest first; their order in the table breaks ties."""
    open_to_it = np.flatnonzero(~present & np.isfinite(density))
    return np.asarray(open_to_it[np.lexsort((-pci[open_to_it], -density[open_to_it]))], dtype=np.int64)


def _undominated(ranked: Places, density: Array, pci: Array) -> Presence:
    """Return of each product whether it is ranked and no other is as near and as complex, and one of both more so."""
    found = np.zeros(len(pci), dtype=bool)
    best, last = -np.inf, (np.nan, np.nan)
    for place in ranked.tolist():
        scores = (float(density[place]), float(pci[place]))
        if scores[1] > best or scores == last:
            found[place], best, last = True, scores[1], scores
    return found


def _settled(low: Array, high: Array) -> float:
    """Return the share of pairs whose ends do not overlap."""
    number = len(low)
    if number < 2:
        return 0.0
    apart = np.searchsorted(np.sort(high), low, side="left").sum()
    return float(apart / (number * (number - 1) / 2))


def _refuse_exports(exports: Array, world: Array) -> None:
    if exports.shape != world.shape:
        raise MoravaError(
            Problem(f"exports have the shape {exports.shape}, the world's {world.shape}", WHERE, "give each product")
        )
    problems = Problems()
    if not np.isfinite(exports).all():
        problems.add("exports hold cells without a number", WHERE, "give zero where nothing is sold")
    elif (exports < 0).any():
        problems.add("exports are negative", WHERE, "give gross exports")
    elif not (exports > 0).any():
        problems.add("the country exports nothing", WHERE, "give its exports by product")
    elif (exports > world).any():
        number = int((exports > world).sum())
        problems.add(
            f"exports of {number} products exceed the world's, which hold them", WHERE, "give both in one unit and year"
        )
    problems.raise_if_any()


def _refuse_tables(tables: ProductTables) -> None:
    """Raise where tables cannot be such, with all that is wrong."""
    problems = Problems()
    products = tables.world.shape
    if len(products) != 1 or products[0] < 2 or tables.pci.shape != products:
        raise MoravaError(Problem("world exports and complexity differ in shape", WHERE, "give both by product"))
    if tables.pairs.shape != (len(tables.near), 2):
        raise MoravaError(Problem("pairs and proximities differ in number", WHERE, "give [pair, 2] and [pair]"))
    if not (np.isfinite(tables.world) & (tables.world > 0)).all():
        problems.add("a product has no world exports", WHERE, "leave it out of the tables")
    if not np.isfinite(tables.pci).all():
        problems.add("a product has no complexity", WHERE, "leave it out of the tables")
    if not ((tables.near >= 0) & (tables.near <= 1)).all():
        problems.add("a proximity is not between zero and one", WHERE, "mend the table of pairs")
    if not 0 <= tables.unpublished_at_most <= 1:
        problems.add("unpublished_at_most is not between zero and one", WHERE, "give one where nothing is known")
    if ((tables.pairs < 0) | (tables.pairs >= products[0])).any():
        problems.add("a pair names a product that is not listed", WHERE, "leave it out, or list the product")
    if (tables.pairs[:, 0] == tables.pairs[:, 1]).any():
        problems.add("a pair holds one product twice", WHERE, "leave it out: that proximity is one by definition")
    if len(np.unique(np.sort(tables.pairs, axis=1), axis=0)) < len(tables.pairs):
        problems.add("a pair stands twice", WHERE, "keep one of the two")
    problems.raise_if_any()
