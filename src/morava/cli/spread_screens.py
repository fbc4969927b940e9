"""How far a result moves with what nobody knows, as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table


def print_spread(console: Console, spread: Sequence[Mapping[str, Any]]) -> None:
    """Print, test by test, what each choice gives and how far the choices lie apart."""
    for entry in spread:
        console.print(
            f"\n[bold]how far it moves: {escape(entry['test'])}[/bold]"
            + (f" ({escape(entry['unit'])})" if entry["unit"] else ""),
            highlight=False,
        )
        table = Table(box=None, pad_edge=False, header_style="dim")
        for heading in ("choice", "P10", "P50", "P90", "holds", "futures", "moves the median by"):
            table.add_column(heading, justify="left" if heading == "choice" else "right")
        for choice in entry["choices"]:
            for place, row in enumerate(choice["values"]):
                numbers = [_number(row[level]) for level in ("p10", "p50", "p90")]
                moved = _number(choice["moves"]) if place == 0 else ""
                name = f"{choice['by']} {row['label']}"
                holds = "" if row["holds"] is None else f"{row['holds']:.1%}"
                table.add_row(escape(name), *numbers, holds, str(row["futures"]), moved)
        console.print(table)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
