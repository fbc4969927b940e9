"""A country in the product space: its own exports beside published tables of products, and what these leave out.

What a file of exports does not list counts as not exported, and the answer says of how many products that is.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from morava.models.trade.complexity import BALASSA
from morava.models.trade.published_products import CountryProducts, place_country
from morava.runs.product_space_reading import Edition, Exports, Reference, Standing, read_exports, read_reference

USD_IN_MILLION = 1e6


@dataclass(frozen=True)
class ProductRow:
    """One product: exports in million USD, advantage, complexity, density (None where no pair is known), its ends."""

    product: str
    section: str
    exports: float
    advantage: float
    present: bool
    pci: float
    density: float | None
    density_low: float
    density_high: float
    published_pairs: int
    undominated: bool


@dataclass(frozen=True)
class OwnProducts:
    """What a file of exports says: million USD in all, products present, their mean complexity, products by place.

    `opportunities` are the codes of absent products, nearest first.
    """

    file: str
    exports: float
    present: int
    mean_pci: float
    share_published: float
    share_settled: float
    products: tuple[ProductRow, ...]
    opportunities: tuple[str, ...]


@dataclass(frozen=True)
class ProductSpaceAnswer:
    """What the published tables say, what the country's own exports add (None without a file), and what is missing."""

    year: int
    source: str
    licence: str
    standing: Standing
    other_editions: tuple[Edition, ...]
    own: OwnProducts | None
    missing: tuple[str, ...]

    def document(self) -> dict[str, object]:
        """Return it as plain data."""
        return asdict(self)


def answer_product_space(
    exports: Path | None = None, country: str | Path = "serbia", threshold: float = BALASSA
) -> ProductSpaceAnswer:
    """Return what is known of a country in the product space.

    Parameters
    ----------
    exports
        The user's file; without one only what the tables say.
    country
        The pack that holds the tables.
    threshold
        Comparative advantage from which a product is present.

    Raises
    ------
    MoravaError
        A pack without tables, or everything that is wrong with the file, with its lines.
    """
    reference = read_reference(country)
    own, missing = None, _missing_without_file(reference)
    if exports is not None:
        read = read_exports(exports, reference)
        placed = place_country(read.by_product, reference.tables, threshold)
        own, missing = _own(read, placed, reference), _missing_with_file(read, placed, reference)
    return ProductSpaceAnswer(
        year=reference.year,
        source=reference.source,
        licence=reference.licence,
        standing=reference.standing,
        other_editions=reference.other_editions,
        own=own,
        missing=missing,
    )


def _own(read: Exports, placed: CountryProducts, reference: Reference) -> OwnProducts:
    """Return what the file says, product by product."""

    def row(number: int) -> ProductRow:
        density = float(placed.density[number])
        return ProductRow(
            product=reference.products[number],
            section=reference.sections[number],
            exports=float(read.by_product[number]) / USD_IN_MILLION,
            advantage=float(placed.advantage[number]),
            present=bool(placed.present[number]),
            pci=float(reference.tables.pci[number]),
            density=density if np.isfinite(density) else None,
            density_low=float(placed.density_low[number]),
            density_high=float(placed.density_high[number]),
            published_pairs=int(placed.published_pairs[number]),
            undominated=bool(placed.undominated[number]),
        )

    return OwnProducts(
        file=read.file,
        exports=float(read.by_product.sum()) / USD_IN_MILLION,
        present=int(placed.present.sum()),
        mean_pci=placed.mean_pci,
        share_published=placed.share_published,
        share_settled=placed.share_settled,
        products=tuple(row(number) for number in range(len(reference.products))),
        opportunities=tuple(reference.products[number] for number in placed.opportunities.tolist()),
    )


def _missing_without_file(reference: Reference) -> tuple[str, ...]:
    """Return what cannot be said from the tables alone."""
    return (
        f"The exports of {reference.standing.country} by product are not in the tables: which products it has, what "
        "lies near and what it could take up cannot be said. Give a file with the columns product,exports_usd.",
        *_missing_of_tables(reference),
    )


def _missing_of_tables(reference: Reference) -> tuple[str, ...]:
    number, listed = len(reference.products), len(reference.tables.near)
    pairs = number * (number - 1) // 2
    return (
        f"Proximities are published for {listed:,} of {pairs:,} pairs of products ({listed / pairs:.1%}); each of the "
        f"others is at most {reference.tables.unpublished_at_most:.4g}, and is not filled in.",
        "Exports of all other countries by product are not in the tables: indices of countries and products are taken "
        "as published and cannot be computed anew.",
    )


def _missing_with_file(read: Exports, placed: CountryProducts, reference: Reference) -> tuple[str, ...]:
    """Return what cannot be said although the exports are given."""
    alone = int((placed.published_pairs == 0).sum())
    total = float(read.by_product.sum()) + read.unspecified
    found = [
        f"{read.not_listed:,} of {len(reference.products):,} products are not in the file: taken as not exported.",
        f"The world's exports are those of {reference.year} in HS 1992; the year and the edition of the file are not "
        "checked.",
    ]
    if read.unspecified:
        found.append(
            f"{read.unspecified / USD_IN_MILLION:,.6g} million USD ({read.unspecified / total:.1%} of the file) are "
            "goods not specified; they are in no share."
        )
    if alone:
        found.append(f"{alone} products have no published pair: their density is unknown, and they are not ranked.")
    found.append(
        f"Nearness is ranked over published pairs alone: {placed.share_settled:.1%} of the order of absent products "
        "would hold whatever the other pairs are. Products with few pairs come out high or low by chance."
    )
    found.append("The mean complexity of products present is not on the scale of the published index of countries.")
    return (*found, *_missing_of_tables(reference))
