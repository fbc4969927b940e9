"""What `validate` and `solve` print: numbers of other people, past years as they were measured, a proof."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from morava.runs.backcast import Backcast
from morava.runs.cases import CaseResult
from morava.runs.system_answer import SystemAnswer


def print_cases(console: Console, cases: Sequence[CaseResult]) -> None:
    """Print the scoreboard of other people's numbers."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("", "case", "expected", "got", "tolerance", "standing", "source"):
        table.add_column(heading, overflow="fold")
    for case in cases:
        mark = "[green]met[/green]" if case.passed else "[red]MISSED[/red]"
        numbers = (f"{case.expected:.9g}", f"{case.got:.9g}", f"{case.tolerance:.2g}")
        table.add_row(mark, escape(case.case), *numbers, case.standing, escape(case.source))
    console.print(table)
    console.print(f"{sum(case.passed for case in cases)} of {len(cases)} met")


def print_backcast(console: Console, found: Backcast) -> None:
    """Print past years as the power program makes them, beside what was measured and "as last year"."""
    console.print(f"\n[bold]Back-cast of the power system of {found.country}[/bold]")
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("year", "quantity", "measured", "model", "error", "as last year", "error", "unit"):
        table.add_column(heading, justify="left" if heading in ("year", "quantity", "unit") else "right")
    for row in found.rows:
        table.add_row(
            str(row.year), row.quantity, f"{row.measured:.2f}", f"{row.modelled:.2f}",
            f"{row.modelled - row.measured:+.2f}", f"{row.last_year:.2f}", f"{row.last_year - row.measured:+.2f}",
            row.unit,
        )  # fmt: skip
    console.print(table)
    for score in found.scores:
        mark = "[green]beats[/green]" if score.beats_last_year else "[red]LOSES TO[/red]"
        console.print(
            f"{score.quantity}: mean absolute error {score.modelled:.2f} {score.unit} {mark} as last year, "
            f"{score.last_year:.2f} (with a constant availability {score.constant:.2f})",
            highlight=False,
        )


def print_system(console: Console, found: SystemAnswer) -> None:
    """Print what a power system costs, how far that is proved, and what each zone has of it."""
    console.print(
        f"{found.name}, {found.hours:,} hours a year: cost {found.cost:,.6g} million, at least {found.bound:,.6g} "
        f"(gap {found.gap:.0e}, rows missed by at most {found.residual:.0e}), found by {found.solver}",
        highlight=False,
    )
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("zone", "year", "load", "made", "net import", "unserved", "mean price"):
        table.add_column(heading, justify="left" if heading == "zone" else "right")
    for row in found.zones:
        numbers = (row.load, row.made, row.net_import, row.unserved, row.mean_price)
        table.add_row(escape(row.zone), str(row.year), *(f"{number:,.1f}" for number in numbers))
    console.print(table)
    console.print("GWh a year; the price is what an hour's load pays, in the country's money a MWh", highlight=False)
