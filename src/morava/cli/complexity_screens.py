"""The command `complexity`, and what is printed of a country in the product space: every number was made in `runs`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from morava.cli.documents import write_json
from morava.cli.power_screens import count
from morava.runs.product_space import OwnProducts, ProductRow, ProductSpaceAnswer, answer_product_space
from morava.runs.product_space_reading import Standing

MOST_SHOWN = 15
"""Products of one table."""
LONGEST_SECTION = 28
WIDTH = 100
"""Columns of what is printed where no terminal says how wide it is."""


def complexity(
    country: Annotated[str, typer.Argument(help="Name of a country pack, or the folder of one.")] = "serbia",
    exports: Annotated[
        Path | None, typer.Option(help="CSV of what the country sells: columns product (HS4 or HS6) and exports_usd.")
    ] = None,
    threshold: Annotated[
        float, typer.Option(help="Comparative advantage from which a product counts as present.")
    ] = 1.0,
    most: Annotated[int, typer.Option(help="Products of each table.", min=1)] = MOST_SHOWN,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON document.")] = False,
) -> None:
    """Say how complex a country's exports are, and, with its own product vector, which products lie near."""
    found = answer_product_space(exports, country, threshold)
    write_json(found.document()) if as_json else show_complexity(
        Console(width=None if sys.stdout.isatty() else WIDTH), found, most
    )


def show_complexity(console: Console, found: ProductSpaceAnswer, most: int = MOST_SHOWN) -> None:
    """Print where the tables put the country, what its own exports add, and what is missing.

    Parameters
    ----------
    console
        Where to print.
    found
        The answer.
    most
        Products of each table.
    """
    _print_standing(console, found)
    if found.own is not None:
        _print_own(console, found.own, most)
    console.print("what is missing", style="bold")
    for line in found.missing:
        console.print(Padding(escape(line), (0, 0, 0, 2)), highlight=False)


def _print_standing(console: Console, found: ProductSpaceAnswer) -> None:
    one: Standing = found.standing
    console.print(
        f"{escape(one.country)}, published tables of {found.year}: economic complexity index {one.eci:.3f}, rank "
        f"{one.rank} of {one.of} territories ({one.rank_of_large} of the {one.large} that export a billion dollars or "
        f"more), {count(one.diversity, 'product')} present",
        highlight=False,
    )
    for edition in found.other_editions:
        console.print(
            f"  another edition, not to be compared by its number: {escape(edition.edition)}, index {edition.eci:.3f}, "
            f"rank {edition.rank} of {edition.of}",
            highlight=False,
        )
    console.print(f"  source: {escape(found.source)} ({escape(found.licence)})", highlight=False)


def _print_own(console: Console, own: OwnProducts, most: int) -> None:
    console.print(
        f"[bold]{escape(own.file)}[/bold]: exports of {own.exports:,.6g} million USD, "
        f"{count(own.present, 'product')} present, mean complexity of these {own.mean_pci:+.3f}",
        highlight=False,
    )
    by_code = {row.product: row for row in own.products}
    present = sorted((row for row in own.products if row.present), key=lambda row: -row.exports)
    _print_rows(console, "largest products that are present", present, most)
    absent = [by_code[code] for code in own.opportunities]
    _print_rows(console, "nearest products that are absent, over published pairs alone", absent, most)
    best = [row for row in absent if row.undominated]
    _print_rows(console, "absent products that no other beats in both density and complexity", best, most)
    console.print(
        f"density rests on published pairs, {own.share_published:.1%} of all; at least and at most are what it can be, "
        f"whatever the others are: {own.share_settled:.1%} of the order of absent products is sure",
        highlight=False,
    )


def _print_rows(console: Console, title: str, rows: Sequence[ProductRow], most: int) -> None:
    shown = f"{title}: {len(rows)}" + (f", first {most}" if len(rows) > most else "")
    console.print(shown, style="bold", highlight=False)
    if not rows:
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in (
        "HS",
        "section",
        "million USD",
        "advantage",
        "complexity",
        "pairs",
        "density",
        "at least",
        "at most",
    ):
        table.add_column(heading, justify="left" if heading in ("HS", "section") else "right")
    for row in rows[:most]:
        section = row.section if len(row.section) <= LONGEST_SECTION else row.section[: LONGEST_SECTION - 3] + "..."
        table.add_row(
            escape(row.product),
            escape(section),
            f"{row.exports:,.3f}",
            f"{row.advantage:.2f}",
            f"{row.pci:+.2f}",
            str(row.published_pairs),
            "unknown" if row.density is None else f"{row.density:.3f}",
            f"{row.density_low:.3f}",
            f"{row.density_high:.3f}",
        )
    console.print(table)
