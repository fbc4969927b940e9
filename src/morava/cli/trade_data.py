"""The command that loads real trade data into a copy of a pack."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from morava.cli.documents import write_json
from morava.exchange.trade_data import KINDS, Asked, Loaded, NewSource, load_trade_data

PIPED_WIDTH = 112
"""Columns of what is printed where no terminal says how wide it is."""


def load_trade(
    kind: Annotated[str, typer.Argument(help=f"What the file is: {', '.join(KINDS)}.")],
    file: Annotated[Path, typer.Argument(help="The CSV file; docs/how-to/load-trade-data.md shows each format.")],
    out: Annotated[Path, typer.Option("--out", help="Folder of the copy: new, empty, or made this way before.")],
    source_title: Annotated[str, typer.Option("--source-title", help="Title of what the file was taken from.")],
    source_address: Annotated[str, typer.Option("--source-address", help="Where that can be read.")],
    source_producer: Annotated[str, typer.Option("--source-producer", help="Who published it.")],
    source_published: Annotated[str, typer.Option("--source-published", help="When, as 2024-12-31.")] = "",
    source_licence: Annotated[str, typer.Option("--source-licence", help="Under what terms.")] = "",
    source_grade: Annotated[
        str, typer.Option("--source-grade", help="A official or academic, B press, C other.")
    ] = "A",
    country: Annotated[str, typer.Option("--country", help="Pack to copy, by name or folder.")] = "serbia",
    name: Annotated[str, typer.Option("--name", help="input-output: name of the technology.")] = "",
    only: Annotated[bool, typer.Option("--only", help="input-output: drop the technologies that stood in.")] = False,
    partner: Annotated[
        str, typer.Option("--partner", help="duties: region of the agreement, if not the only one.")
    ] = "",
    fit: Annotated[
        bool, typer.Option("--fit", help="Scale the country's inputs that its purchases cannot feed.")
    ] = False,
    sectors: Annotated[Path | None, typer.Option("--sectors", help="Your own mapping of codes to sectors.")] = None,
    regions: Annotated[Path | None, typer.Option("--regions", help="Your own mapping of countries to regions.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Load real trade data into a copy of a pack: duties, input-output, baci or itpd."""
    source = NewSource(
        source_title, source_address, source_producer, source_published, source_licence, source_grade
    )  # fmt: skip
    found = load_trade_data(
        Asked(kind, file, country, out, source, name, only, fit, partner, sectors, regions)
    )  # fmt: skip
    if as_json:
        write_json(found.document())
    else:
        print_loaded(Console(width=None if sys.stdout.isatty() else PIPED_WIDTH), found)


def print_loaded(console: Console, found: Loaded) -> None:
    """Print what was loaded, what had to give, and what to do next."""
    console.print(f"[bold]{found.kind}[/bold] loaded into {escape(found.folder)}", highlight=False)
    for line in found.lines:
        console.print(Padding(escape(line), (0, 0, 0, 2)), highlight=False)
    console.print(f"next: `morava check {escape(found.folder)}`, `morava run {escape(found.folder)}`", highlight=False)
