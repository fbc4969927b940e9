"""Economic complexity: which countries export which products, what that says of both, and what lies near.

Plain functions on arrays. Equations, scales and limits in `docs/models/complexity.md`; a country held against
published tables of products is in `published_products.py`.

Source
------
Hidalgo and Hausmann (2009), The building blocks of economic complexity, PNAS 106(26); Hausmann, Hidalgo and others
(2014), The Atlas of Economic Complexity, MIT Press; Balassa (1965) for revealed comparative advantage.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from morava.errors import MoravaError, Problem, Problems

Array = npt.NDArray[np.float64]
Presence = npt.NDArray[np.bool_]

WHERE = "economic complexity"
BALASSA = 1.0
"""Comparative advantage from which a product is present: its share in the country is its share in the world."""
SINGLE = 1e-9
"""Eigenvalues, all from zero to one, that are nearer than this are taken for one; so is a correlation for zero."""
FEWEST = 2
"""Countries, and products, that can be told apart."""
SHOWN = 5
"""Places that a problem names one by one."""


@dataclass(frozen=True)
class Complexity:
    """What the presence matrix says of countries and products.

    `eci` [country] and `pci` [product] have mean zero and standard deviation one (ddof 0) over those given.
    `pci_as_eci` [product] is `pci` moved and stretched to the scale of `eci`: its mean over the products that are
    present in a country is that country's `eci`. `eigenvalues` run from the largest down, as many as the lesser of
    countries and products; all others are zero.
    """

    diversity: Array
    ubiquity: Array
    eci: Array
    pci: Array
    pci_as_eci: Array
    eigenvalues: Array


def comparative_advantage(exports: Array) -> Array:
    """Return the share of each product in a country's exports over its share in those of all.

    Parameters
    ----------
    exports
        [country, product], any one unit of money

    Returns
    -------
    Array
        [country, product], 1

    Raises
    ------
    MoravaError
        Numbers that are missing or negative, a country or a product without exports.

    Source
    ------
    Balassa (1965).

    Examples
    --------
    >>> comparative_advantage(np.array([[3.0, 1.0], [1.0, 3.0]])).tolist()
    [[1.5, 0.5], [0.5, 1.5]]
    """
    problems = Problems()
    if exports.ndim != 2 or 0 in exports.shape:
        raise MoravaError(Problem(f"exports have the shape {exports.shape}", WHERE, "give [country, product]"))
    bad = ~np.isfinite(exports)
    if bad.any():
        problems.add(f"exports hold {int(bad.sum())} cells without a number", WHERE, "give zero where nothing is sold")
    if (exports < 0).any():
        problems.add(f"exports hold {int((exports < 0).sum())} negative cells", WHERE, "give gross exports")
    problems.raise_if_any()
    by_country, by_product = exports.sum(axis=1), exports.sum(axis=0)
    _refuse_empty(by_country > 0, "country", "exports nothing", problems)
    _refuse_empty(by_product > 0, "product", "is exported by nobody", problems)
    problems.raise_if_any()
    share = exports / by_country[:, np.newaxis]
    return np.asarray(share / (by_product / by_product.sum()))


def presence(advantage: Array, threshold: float = BALASSA) -> Presence:
    """Return whether each product is present: an advantage at the threshold or above.

    Parameters
    ----------
    advantage
        [..., product], 1
    threshold
        Above zero; one where nothing else is said.

    Raises
    ------
    MoravaError
        A threshold that is not above zero, an advantage that is missing or negative.

    Examples
    --------
    >>> presence(np.array([[1.5, 0.5], [0.5, 1.5]])).tolist()
    [[True, False], [False, True]]
    """
    if not (np.isfinite(threshold) and threshold > 0):
        raise MoravaError(Problem(f"the threshold is {threshold}", WHERE, "give one above zero, usually one"))
    if not np.isfinite(advantage).all() or (advantage < 0).any():
        raise MoravaError(
            Problem("an advantage is missing or negative", WHERE, "compute it with comparative_advantage")
        )
    return np.asarray(advantage >= threshold)


def diversity(present: Presence) -> Array:
    """Return how many products each country has, [country], from presence [country, product]."""
    return np.asarray(present.sum(axis=1), dtype=float)


def ubiquity(present: Presence) -> Array:
    """Return how many countries have each product, [product], from presence [country, product]."""
    return np.asarray(present.sum(axis=0), dtype=float)


def complexity(present: Presence) -> Complexity:
    """Return the indices of countries and products: the second eigenvectors of the averaged presence.

    The eigenvalues are squares of the singular values of presence over the roots of diversity and ubiquity, which is
    symmetric: they are real, and one decomposition gives both sides.

    Parameters
    ----------
    present
        [country, product]: at least two of each, none empty

    Returns
    -------
    Complexity
        Indices, whose sign is such that that of countries rises with diversity, and eigenvalues.

    Raises
    ------
    MoravaError
        A country without any product, a product without any country, fewer than two of either, a second eigenvalue
        that is zero or not single, an index that diversity gives no sign.

    Identity
    --------
    The mean of `pci_as_eci` over the products that are present in a country is its `eci`.

    Source
    ------
    Hausmann, Hidalgo and others (2014), technical box on complexity: second eigenvector, sign by diversity.

    Examples
    --------
    >>> found = complexity(np.array([[True, True, True], [True, True, False], [True, False, False]]))
    >>> (found.eigenvalues.round(4) + 0.0).tolist(), (found.eci.round(4) + 0.0).tolist()
    ([1.0, 0.25, 0.1111], [1.2247, 0.0, -1.2247])
    """
    present = _checked(present)
    of_country, of_product = diversity(present), ubiquity(present)
    balanced = present / np.sqrt(of_country)[:, np.newaxis] / np.sqrt(of_product)
    left, singular, right = np.linalg.svd(balanced, full_matrices=False)
    eigenvalues: Array = np.square(singular)
    _refuse_several(eigenvalues)
    country = left[:, 1] / np.sqrt(of_country)
    product = right[1] / np.sqrt(of_product) / singular[1]
    sign = _sign(of_country, country)
    middle, spread = country.mean(), country.std()
    return Complexity(
        diversity=of_country,
        ubiquity=of_product,
        eci=sign * (country - middle) / spread,
        pci=sign * (product - product.mean()) / product.std(),
        pci_as_eci=sign * (product - middle) / spread,
        eigenvalues=eigenvalues,
    )


def proximity(present: Presence) -> Array:
    """Return how near products are: the lesser chance that a country with one of two has the other.

    Parameters
    ----------
    present
        [country, product]

    Returns
    -------
    Array
        [product, product], 1: symmetric, from zero to one, one for a product with itself

    Raises
    ------
    MoravaError
        A country without any product, a product without any country, fewer than two of either.

    Source
    ------
    Hidalgo, Klinger, Barabasi and Hausmann (2007), Science 317(5837).

    Examples
    --------
    >>> proximity(np.array([[True, True, True], [True, True, False], [True, False, False]])).round(3)[0].tolist()
    [1.0, 0.667, 0.333]
    """
    present = _checked(present)
    count = present.astype(float)
    together: Array = count.T @ count
    of_product = ubiquity(present)
    return together / np.maximum(of_product[:, np.newaxis], of_product)


def density(present: Presence, near: Array) -> Array:
    """Return how much of what lies near a product a country already has.

    The sum of proximities to products that are present, over the sum to all; a product's proximity to itself, which
    is one, counts in both.

    Parameters
    ----------
    present
        [country, product]
    near
        [product, product], 1: proximities

    Returns
    -------
    Array
        [country, product], 1

    Raises
    ------
    MoravaError
        Presence or proximities that cannot be such.

    Source
    ------
    Hidalgo, Klinger, Barabasi and Hausmann (2007).
    """
    present = _checked(present)
    _refuse_far(near, present.shape[1])
    return np.asarray(present.astype(float) @ near / near.sum(axis=0))


def distance(present: Presence, near: Array) -> Array:
    """Return how much of what lies near a product a country lacks, [country, product], 1: one less its density."""
    return 1 - density(present, near)


def outlook(present: Presence, near: Array, pci: Array) -> Array:
    """Return the complexity outlook index: the complexity of products that are absent, by how near they are.

    Parameters
    ----------
    present
        [country, product]
    near
        [product, product], 1: proximities
    pci
        [product], on a scale that the caller chose; the index moves with its zero

    Returns
    -------
    Array
        [country], on the scale of `pci`, not standardised

    Source
    ------
    Hausmann, Hidalgo and others (2014), technical box on the complexity outlook.
    """
    _refuse_scores(pci, present)
    weighed = np.where(present, 0.0, density(present, near) * pci)
    return np.asarray(weighed.sum(axis=1))


def opportunity_gain(present: Presence, near: Array, pci: Array) -> Array:
    """Return by how much the outlook would rise if a country took up one product more.

    What the product adds to the density of the others that are absent, by their complexity, less what is lost since it
    is absent no more. Proximities and complexities are held.

    Parameters
    ----------
    present
        [country, product]
    near
        [product, product], 1: proximities
    pci
        [product], on the scale of the outlook

    Returns
    -------
    Array
        [country, product], on the scale of `pci`; not a number where the product is present, since it cannot be taken
        up

    Identity
    --------
    The gain is the outlook with the product less the outlook without it.

    Source
    ------
    Hausmann, Hidalgo and others (2014), technical box on the complexity outlook.
    """
    _refuse_scores(pci, present)
    has = density(present, near)
    pull = near * (pci / near.sum(axis=0))
    np.fill_diagonal(pull, 0.0)
    absent = (~np.asarray(present, dtype=bool)).astype(float)
    return np.where(absent > 0, absent @ pull.T - has * pci, np.nan)


def _checked(present: Presence) -> Presence:
    """Return presence as such, or say all that is wrong with it."""
    problems = Problems()
    if present.ndim != 2:
        raise MoravaError(Problem(f"presence has the shape {present.shape}", WHERE, "give [country, product]"))
    if not np.isin(present, (0, 1)).all():
        raise MoravaError(Problem("presence holds other things than yes and no", WHERE, "make it with presence()"))
    found = present.astype(bool)
    for number, kind in zip(found.shape, ("countries", "products"), strict=True):
        if number < FEWEST:
            problems.add(f"there are {number} {kind}", WHERE, "give at least two: one cannot be told from another")
    problems.raise_if_any()
    _refuse_empty(np.asarray(found.any(axis=1)), "country", "has no product", problems)
    _refuse_empty(np.asarray(found.any(axis=0)), "product", "is present in no country", problems)
    problems.raise_if_any()
    return found


def _refuse_empty(full: Presence, kind: str, what: str, problems: Problems) -> None:
    """Note countries or products that have nothing, by their places counted from one."""
    empty = (np.flatnonzero(~full) + 1).tolist()
    for place in empty[:SHOWN]:
        problems.add(f"{kind} {place} {what}", WHERE, "leave it out, before advantages are computed")
    if len(empty) > SHOWN:
        problems.add(f"{len(empty) - SHOWN} more like {kind} {empty[0]}: it {what}", WHERE, "leave them out too")


def _refuse_several(eigenvalues: Array) -> None:
    third = float(eigenvalues[2]) if len(eigenvalues) > FEWEST else 0.0
    second = float(eigenvalues[1])
    what = mend = ""
    if 1 - second < SINGLE:
        what = "countries fall into groups that share no product: the second eigenvalue is one"
        mend = "take the groups one by one"
    elif second < SINGLE:
        what = "the second eigenvalue is zero: all countries have the same products"
        mend = "give countries or products that differ"
    elif second - third < SINGLE:
        what = f"the second eigenvalue, {second:.6g}, is not single: the index could be any mixture of two"
        mend = "give more countries or products; twins leave it open"
    if what:
        raise MoravaError(Problem(what, WHERE, mend))


def _sign(of_country: Array, country: Array) -> float:
    """Return the sign that makes an index rise with diversity."""
    first, second = of_country - of_country.mean(), country - country.mean()
    size = float(np.sqrt((first**2).sum() * (second**2).sum()))
    agree = float((first * second).sum()) / size if size > 0 else 0.0
    if abs(agree) < SINGLE:
        raise MoravaError(
            Problem(
                "the index has no correlation with diversity: its sign is open",
                WHERE,
                "give more countries or products",
            )
        )
    return 1.0 if agree > 0 else -1.0


def _refuse_far(near: Array, products: int) -> None:
    if near.shape != (products, products):
        raise MoravaError(Problem(f"proximities have the shape {near.shape}", WHERE, f"give [{products}, {products}]"))
    whole = np.isfinite(near).all() and (near >= 0).all() and (near <= 1).all()
    if not whole or (near != near.T).any() or (np.diagonal(near) != 1).any():
        raise MoravaError(
            Problem("proximities are not such", WHERE, "symmetric, from zero to one, one on the diagonal")
        )


def _refuse_scores(pci: Array, present: Presence) -> None:
    if pci.shape != (present.shape[-1],) or not np.isfinite(pci).all():
        raise MoravaError(Problem("the complexity of products has gaps", WHERE, "give a number for each product"))
