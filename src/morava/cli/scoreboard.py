"""What `validate` prints: other people's numbers beside ours, and past years beside what was measured."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from morava.runs.backcast import Backcast
from morava.runs.cases import CaseResult


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
