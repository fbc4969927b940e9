"""The command `backtest`: how well the models would have foreseen what came, beside a naive trend."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from morava.cli.documents import write_json
from morava.plans import read_country
from morava.plans.foreseen import FILE
from morava.runs.backtest import FUTURES
from morava.runs.backtest import backtest as run_backtest
from morava.runs.backtest_types import Backtest, Row, Score
from morava.runs.store import write_whole

WIDTH = 124
"""Columns of what is printed where no terminal says how wide it is."""
FEWEST, MOST = 10, 2000
DIGITS = 4

Country = Annotated[str, typer.Argument(help="Name of a country pack, or the folder of one.")]
Count = Annotated[int, typer.Option("--futures", min=FEWEST, max=MOST, help="Futures of each freeze.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Write = Annotated[bool, typer.Option("--write", help=f"Write the scores into {FILE} of the pack, for `explain`.")]


def backtest(
    country: Country = "serbia", futures: Count = FUTURES, write: Write = False, as_json: Json = False
) -> None:
    """Freeze a country in the past, forecast what is known by now, and score it against a naive trend."""
    found = run_backtest(country, futures)
    if write:
        path = Path(read_country(country).folder) / FILE
        write_whole(path, scores_yaml(found))
    if as_json:
        write_json(found.document())
    else:
        print_backtest(Console(width=None if sys.stdout.isatty() else WIDTH), found)


def scores_yaml(found: Backtest) -> str:
    """Return the scores as the file of a pack that `morava.plans.foreseen` reads."""
    entries = {
        score.quantity: _entry(score, [row for row in found.rows if row.quantity == score.quantity])
        for score in found.scores
    }
    head = f"# Written by `morava backtest {found.country} --write` over {found.futures} futures; errors are means.\n"
    return head + yaml.safe_dump(entries, sort_keys=True, allow_unicode=True, width=116)


def _entry(score: Score, rows: list[Row]) -> dict[str, Any]:
    return {
        "title": score.title,
        "unit": score.unit,
        "freezes": sorted({row.freeze for row in rows}),
        "last_year": max(row.year for row in rows),
        "rows": score.rows,
        **{
            name: None if getattr(score, name) is None else float(f"{getattr(score, name):.{DIGITS}g}")
            for name in ("effective_n", "error", "naive_error", "no_change_error", "skill", "coverage")
        },
        "verdict": score.verdict,
        "foresees": list(score.foresees),
        "technology": score.technology,
    }


def print_backtest(console: Console, found: Backtest) -> None:
    """Print the scores by quantity, every year, and what the forecasts knew too early."""
    low, high = found.interval
    console.print(f"[bold]{escape(found.country)}[/bold]: {found.futures} futures of each freeze", highlight=False)
    console.print(Padding(escape(found.standing), (0, 0, 1, 2)), highlight=False)
    _print_scores(console, found)
    still = [score.quantity for score in found.scores if score.error > score.no_change_error]
    console.print(f"further off than no change at all: {escape(', '.join(still) or 'none')}", highlight=False)
    share = f"{found.coverage:.0%} of {len(found.rows)} years lie inside the 80 % interval"
    worth = f"worth {found.effective_n:.1f} independent ones"
    why = f"errors repeat by {found.persistence:.2f} from year to year"
    console.print(f"\n{share}, {worth} ({why}): {low:.0%} to {high:.0%}\n", highlight=False)
    _print_rows(console, found)
    console.print(f"\n{len(found.kept)} quantities of later days were kept", style="bold", highlight=False)
    names = ", ".join(f"{kept.quantity} ({kept.known_on or 'no day'})" for kept in found.kept)
    seen = ", ".join(f"{kept.quantity} ({kept.hindsight})" for kept in found.kept if kept.hindsight)
    for words in (names, f"of them with years in sight that were then to come: {seen or 'none'}"):
        console.print(Padding(escape(words), (0, 0, 0, 2)), highlight=False)
    for note in found.notes:
        console.print(Padding(escape(note), (0, 0, 0, 2)), highlight=False)


def _print_scores(console: Console, found: Backtest) -> None:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in (
        "quantity",
        "unit",
        "years",
        "error",
        "trend's",
        "no change's",
        "CRPS",
        "trend's",
        "skill",
        "inside",
        "worth",
        "",
    ):
        table.add_column(heading, justify="left" if heading in ("quantity", "unit", "") else "right", no_wrap=True)
    for score in found.scores:
        numbers = (score.error, score.naive_error, score.no_change_error, score.crps, score.naive_crps)
        table.add_row(
            escape(score.quantity), score.unit, str(score.rows), *(f"{number:.2f}" for number in numbers),
            "" if score.skill is None else f"{score.skill:+.2f}", f"{score.coverage:.0%}", f"{score.effective_n:.1f}",
            score.verdict,
        )  # fmt: skip
    console.print(table)


def _print_rows(console: Console, found: Backtest) -> None:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in (
        "quantity",
        "freeze",
        "year",
        "observed",
        "p10",
        "p50",
        "p90",
        "trend",
        "error",
        "trend's",
        "inside",
    ):
        table.add_column(heading, justify="left" if heading in ("quantity", "inside") else "right")
    for row in found.rows:
        table.add_row(
            escape(row.quantity), str(row.freeze), str(row.year), f"{row.observed:.2f}", f"{row.p10:.2f}",
            f"{row.p50:.2f}", f"{row.p90:.2f}", f"{row.naive:.2f}", f"{row.error:+.2f}", f"{row.naive_error:+.2f}",
            "yes" if row.inside else "no",
        )  # fmt: skip
    console.print(table)
