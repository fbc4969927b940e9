"""The command `trade`: a question of one's own to the trade equilibrium, or the sheet of the declared ones."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from morava.cli.documents import write_json
from morava.cli.power_options import Seed
from morava.cli.power_screens import count
from morava.runs.explore import read_plan
from morava.runs.trade_answer import answer_trade, declared_trade
from morava.runs.trade_changes import read_question
from morava.runs.trade_grid import central_inputs, labels_of
from morava.runs.trade_rows import MEASURES, Row, TradeAnswer

WIDTH = 100
"""Columns of what is printed where no terminal says how wide it is."""
MOST_DRAWN = 1000
"""Drawn futures of one question: more say no more of a spread, and are what `morava run` is for."""
LABEL, LABEL_BESIDE_DRAWN = 46, 28
"""Columns of the first column, without drawn futures and with them."""
OF_HOME = (
    "real_income", "welfare_first_order", "terms_of_trade", "volume_of_trade", "other_first_order", "real_wage",
    "duty_revenue",
)  # fmt: skip
OF_PARTNERS = ("export_change", "import_change", "balance_change")
OF_SHEET = ("real_income", "welfare_first_order", "real_wage", "duty_revenue")

SHOWN_MISS = 1e-10
"""Misses below this are shown as this: their digits are those of the machine."""

Country = Annotated[str, typer.Argument(help="Name of a country pack, or the folder of one.")]
File = Annotated[Path | None, typer.Argument(help="File of changes; without it the declared questions are answered.")]
Strategy = Annotated[str, typer.Option("--strategy", help="Name of a strategy; the country's default without it.")]
OneYear = Annotated[int | None, typer.Option("--year", help="Only this year; between years of a path the last stands.")]
Drawn = Annotated[int, typer.Option("--futures", min=0, max=MOST_DRAWN, help="Drawn futures beside the grid.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


def trade(
    country: Country = "serbia",
    file: File = None,
    strategy: Strategy = "",
    year: OneYear = None,
    futures: Drawn = 0,
    seed: Seed = None,
    as_json: Json = False,
) -> None:
    """Put changes to the trade equilibrium, or show what the declared ones do: spreads, never one number."""
    plan = read_plan(country, strategy)
    start = plan.futures.seed if seed is None else seed
    if file is None:
        found = declared_trade(plan.country, plan.strategy, plan.futures, start, year, futures)
    else:
        labels = labels_of(central_inputs(plan.country, plan.strategy, plan.futures))
        question = read_question(file, labels)
        found = answer_trade(plan.country, plan.strategy, plan.futures, start, question, year, futures)
    if as_json:
        write_json(found.document())
    else:
        print_trade(Console(width=None if sys.stdout.isatty() else WIDTH), found)


def print_trade(console: Console, found: TradeAnswer) -> None:
    """Print the answers to a question, or the sheet of the declared ones."""
    years = ", ".join(map(str, found.years))
    title = f"{found.country}, {found.strategy}"
    if found.question:
        title += f": {found.question} in {years}, deficits {found.deficits}"
    else:
        title += f": the declared questions, {years}"
    console.print(escape(title), style="bold", highlight=False)
    for change in found.changes:
        console.print(Padding(escape(change), (0, 0, 0, 2)), highlight=False)
    console.print(_how_read(found), highlight=False)
    if found.synthetic:
        said = f"The table of the world is synthetic; no number is an observed one. {found.synthetic}: {found.page}"
        console.print(escape(said), style="yellow", highlight=False)
    if found.question:
        for year in found.years:
            _print_year(console, found, year)
    else:
        _print_sheet(console, found)
    for line in found.lost:
        console.print(escape(line), style="yellow", highlight=False)
    checks = ", ".join(f"{name} {max(miss, SHOWN_MISS):.0e}" for name, miss in found.checks.items())
    console.print(f"identities missed by at most, of wages: {checks}", highlight=False)


def _how_read(found: TradeAnswer) -> str:
    text = (
        f"least, middle, most: over {count(len(found.donors), 'donor')} of technology and "
        f"{count(len(found.elasticity_sets), 'set')} of elasticities, other draws at their middle. by donor, by set: "
        "how far the mean moves with that one alone. Each year is held against the same year without the change."
    )
    if found.futures:
        text += f" P10, P50, P90: over {count(found.futures, 'drawn future')}, seed {found.seed}."
    return text


def _print_year(console: Console, found: TradeAnswer, year: int) -> None:
    """Print what changes do to the country in a year, then its trade with every partner."""
    here = [row for row in found.rows if row.year == year]
    own = [(row.title, row) for measure in OF_HOME for row in here if row.measure == measure]
    _print_table(console, found, f"{year}, percent", own)
    for measure in OF_PARTNERS:
        rows = [(row.partner, row) for row in here if row.measure == measure]
        unit = found.money + ", prices of the base year" if rows[0][1].unit == found.money else "percent"
        _print_table(console, found, f"{year}, change of {MEASURES[measure]}, {unit}", rows)


def _print_sheet(console: Console, found: TradeAnswer) -> None:
    """Print the declared questions, one table a measure, and the balance with partners of agreements."""
    for measure in OF_SHEET:
        rows = [(row.scenario, row) for row in found.rows if row.measure == measure]
        _print_table(console, found, f"{MEASURES[measure]}, percent", rows, groups=True)
    for partner in found.partners:
        rows = [(r.scenario, r) for r in found.rows if r.measure == "balance_change" and r.partner == partner]
        _print_table(console, found, f"balance of goods with {partner}, {found.money}", rows, groups=True)


def _print_table(
    console: Console, found: TradeAnswer, title: str, rows: Iterable[tuple[str, Row]], groups: bool = False
) -> None:
    console.print(f"\n{escape(title)}", style="bold", highlight=False)
    table = Table(box=None, pad_edge=False, padding=(0, 0, 0, 1), header_style="dim")
    width = LABEL_BESIDE_DRAWN if found.futures else LABEL
    table.add_column("", min_width=width, max_width=width)
    for heading in ("least", "middle", "most", "by donor", "by set", *(("P10", "P50", "P90") if found.futures else ())):
        table.add_column(heading, justify="right", min_width=8)
    group = ""
    for label, row in rows:
        if groups and row.group != group:
            group = row.group
            table.add_row(f"[dim]{group}[/dim]")
        numbers = [row.least, row.middle, row.most]
        moved = [row.by_donor, row.by_elasticity]
        drawn = [] if row.drawn is None else [row.drawn.p10, row.drawn.p50, row.drawn.p90]
        shown = [_number(one, row.unit, "+") for one in numbers] + [_number(one, row.unit, "") for one in moved]
        table.add_row(escape(label), *shown, *(_number(one, row.unit, "+") for one in drawn))
    console.print(table)


def _number(value: float | None, unit: str, sign: str) -> str:
    """Return a share in percent, or money; a word where there is none.

    Examples
    --------
    >>> _number(-0.00123, "1", "+"), _number(1234.56, "million EUR_2025", ""), _number(None, "1", "+")
    ('-0.123', '1,234.6', 'none')
    """
    if value is None:
        return "none"
    # No minus before a zero: what rounds to it is one.
    text = f"{100 * value:{sign},.3f}" if unit == "1" else f"{value:{sign},.1f}"
    return text.removeprefix("-").removeprefix("+") if not text.strip("+-0.,") else text
