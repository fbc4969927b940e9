"""What is printed of the economy: its main results, who adjusts behind a result, and how well it was foreseen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from morava.cli.speech import ENGLISH, english, named, said_quantity, written
from morava.report.words import Words

LARGE = 1000
"""From here on digits after the point are left out."""
IN_PERCENT = ("gdp_growth", "unemployment_rate", "investment_foreign_share", "public_balance", "debt_ratio")
PLAIN = {"1": "", "person": "people"}
"""Units as a table shows them."""


def print_foreseen(console: Console, scores: Sequence[Mapping[str, Any]], words: Words | None = None) -> None:
    """Print how well quantities were foreseen in the past; one that loses to the trend says so."""
    words = words or english()
    for one in scores:
        style = "yellow" if one["skill"] is not None and one["skill"] <= 0 else "dim"
        says = words.text(f"foreseen:{one['title']}", one["says"])
        said = words.say("cli-foreseen", quantity=said_quantity(words, one["quantity"]), says=says)
        console.print(escape(said), style=style, highlight=False)


def print_closure(console: Console, closure: Mapping[str, Any] | None, words: Words | None = None) -> None:
    """Print who adjusts behind results of the economy, and what output and wages are where somebody else does."""
    words = words or english()
    if closure is None:
        return
    for place, (name, says) in enumerate({closure["main"]: closure["says"], **closure["others"]}.items()):
        who, told = escape(named(words, "label-closure", name)), escape(words.text(f"closure:{name}", says))
        if place == 0:
            console.print(f"\n[bold]{words.say('cli-closure', who=who, says=f'[/bold]{told}')}", highlight=False)
        else:
            console.print(f"  {words.say('cli-closure-beside', who=who, says=told)}", highlight=False)
    if not closure["rows"]:
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    headings = [words.say(f"cli-column-{name}") for name in ("quantity", "year", "who-adjusts")]
    for heading in headings:
        table.add_column(heading)
    for heading in ("P10", "P50", "P90"):
        table.add_column(heading, justify="right")
    table.add_column(words.say("cli-column-unit"))
    for row in closure["rows"]:
        numbers = [written(words, _number(row[level])) for level in ("p10", "p50", "p90")]
        unit = PLAIN.get(row["unit"], row["unit"]) if words.language == ENGLISH else words.unit(row["unit"])
        who = named(words, "label-closure", row["closure"])
        table.add_row(said_quantity(words, row["quantity"]), str(row["year"]), escape(who), *numbers, unit)
    console.print(table)


def print_economy(console: Console, rows: Sequence[Mapping[str, Any]]) -> None:
    """Print the rows of `morava show economy`, part by part."""
    if not rows:
        console.print("no economy: the pack has no social accounts beside tables of trade, or no row holds the text")
        return
    by_part: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_part.setdefault(row["part"], []).append(row)
    for row in by_part.get("closure", []):
        who = "who adjusts" if row["quantity"] == "closure_main" else "beside it"
        console.print(f"{who}: [bold]{escape(row['title'])}[/bold], {escape(row['says'])}", highlight=False)
    _print_results(console, by_part.get("result", []))
    _print_promises(console, by_part.get("promise", []))
    _print_coupling(console, by_part.get("coupling", []))
    if "foreseen" in by_part:
        console.print("\n[bold]foreseen in the past[/bold]")
    for row in by_part.get("foreseen", []):
        console.print(Padding(escape(row["says"]), (0, 0, 0, 2)), highlight=False)


def _print_results(console: Console, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    others = list(dict.fromkeys(name for row in rows for name in (row["closures"] or {})))[1:]
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("", "year", "P10", "P50", "P90", *(f"P50, {name}" for name in others), "unit"):
        table.add_column(escape(heading), justify="left" if heading in ("", "year", "unit") else "right")
    last = ""
    for row in rows:
        as_shown = _percent if row["quantity"] in IN_PERCENT else _number
        numbers = [as_shown(row[level]) for level in ("p10", "p50", "p90")]
        beside = [_number((row["closures"] or {}).get(name)) for name in others]
        title = "" if row["title"] == last else row["title"]
        last = row["title"]
        unit = "percent" if row["quantity"] in IN_PERCENT else PLAIN.get(row["unit"], row["unit"])
        table.add_row(escape(title), str(row["year"]), *numbers, *beside, escape(unit))
    console.print(table)


def _print_promises(console: Console, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    console.print("\n[bold]wages that were promised[/bold]; whether in money of the day nobody said")
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("promise", "year", "reached in", "P10", "P50", "P90", "unit"):
        table.add_column(heading, justify="left" if heading in ("promise", "year", "unit") else "right")
    for row in rows:
        numbers = [_number(row[level]) for level in ("p10", "p50", "p90")]
        table.add_row(escape(row["says"]), str(row["year"]), f"{row['share']:.1%}", *numbers, escape(row["unit"]))
    console.print(table)


def _print_coupling(console: Console, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        console.print("\n[bold]economy, trade and power agree[/bold] (median; nine tenths of futures at most)")
    for row in rows:
        console.print(f"  {escape(row['title'])}: {row['p50']:.3g} ({row['p90']:.3g})", highlight=False)


def _percent(value: float) -> str:
    return f"{value * 100:.1f}"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= LARGE else f"{value:,.4g}"
