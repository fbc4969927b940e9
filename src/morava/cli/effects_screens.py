"""The command `effects`: what an initiative does, gross, net, and against the same money spent otherwise."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from morava.cli.documents import write_json
from morava.cli.power_options import Seed
from morava.runs.effects import FUTURES, Question
from morava.runs.effects import effects as weigh
from morava.runs.effects_types import Effects, GroupEffects, Row, Spread
from morava.runs.explore import read_plan

WIDTH = 130
"""Columns of what is printed where no terminal says how wide it is."""
MOST_FUTURES, LONGEST = 1000, 30
BY_CLOSURE = ("gdp", "household_real_consumption", "wage_real", "public_debt")
"""What is shown under each closure; the document holds all."""
MONEY_MOVED, STILL = ("investment_public", "investment_foreign"), Spread(0.0, 0.0, 0.0)
"""What is shown only where it moves."""
WHOLE = 100
"""Numbers as large as this are shown without decimals."""
HOW = (
    "Medians over futures, and the 80 % range in brackets. Debt and capital are those at the start of a year; "
    "emissions are without power plants."
)
STANDS = (
    "Prices abroad and the cost of electricity stay as in the plan; what an initiative does to them is not in these "
    "numbers. Private money at home that is not spent on it goes where rents are high, in every comparison."
)

Country = Annotated[str, typer.Argument(help="Name of a country pack, or the folder of one.")]
Names = Annotated[list[str] | None, typer.Argument(help="Initiatives or groups; all groups without any.")]
Strategy = Annotated[str, typer.Option("--strategy", help="Name of a strategy; the country's default without it.")]
Count = Annotated[int, typer.Option("--futures", min=1, max=MOST_FUTURES, help="How many futures.")]
Delay = Annotated[int | None, typer.Option("--delay", min=0, max=LONGEST, help="Finish and pay so many years later.")]
Cancel = Annotated[int | None, typer.Option("--cancel-after", help="Pay until the end of this year, never finish.")]
Promise = Annotated[
    int | None, typer.Option("--promise", help="Suppose that what has a cost and no date has this one.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


def effects(
    country: Country = "serbia",
    names: Names = None,
    strategy: Strategy = "",
    futures: Count = FUTURES,
    seed: Seed = None,
    delay: Delay = None,
    cancel_after: Cancel = None,
    promise: Promise = None,
    as_json: Json = False,
) -> None:
    """Weigh initiatives: gross, net, and against the same money spent otherwise, under each closure."""
    plan = read_plan(country, strategy)
    start = plan.futures.seed if seed is None else seed
    question = Question(tuple(names or ()), delay, cancel_after, promise)
    found = weigh(plan.country, plan.strategy, plan.futures, start, question, futures)
    if as_json:
        write_json(found.document())
    else:
        print_effects(Console(width=None if sys.stdout.isatty() else WIDTH), found)


def print_effects(console: Console, found: Effects) -> None:
    """Print what is compared and who adjusts, then every group."""
    head = f"{found.country}, {found.strategy}: {found.futures} futures, seed {found.seed}, million {found.money}"
    console.print(escape(head), style="bold", highlight=False)
    console.print(HOW, highlight=False)
    for name, says in found.kinds.items():
        console.print(Padding(escape(f"{name}: {says}"), (0, 0, 0, 2)), highlight=False)
    console.print("Who adjusts:", highlight=False)
    for name, says in found.closures.items():
        console.print(Padding(escape(f"{name}: {says}"), (0, 0, 0, 2)), highlight=False)
    for line in (STANDS, *found.notes):
        console.print(escape(line), style="yellow", highlight=False)
    for group in found.groups:
        _print_group(console, found, group)
    if found.lost:
        console.print(f"\n{len(found.lost)} answers are missing and left out:", style="yellow", highlight=False)
    for line in found.lost:
        console.print(Padding(escape(line), (0, 0, 0, 2)), style="yellow", highlight=False)


def _print_group(console: Console, found: Effects, group: GroupEffects) -> None:
    console.print(f"\n[bold]{escape(group.name)}[/bold]: {escape(group.title)}", highlight=False)
    for name, says in group.members.items():
        console.print(Padding(escape(f"{name} {says}"), (0, 0, 0, 2)), highlight=False)
    if not group.gross:
        console.print(Padding("the model of the economy holds nothing of it", (0, 0, 0, 2)), highlight=False)
        return
    _print_gross(console, group)
    kinds = list(found.kinds)
    if _same(group.rows, kinds):
        told = "net and otherwise are the same: it takes no room of usual public works or of other foreign investment"
        console.print(Padding(told, (0, 0, 0, 2)), highlight=False)
        kinds = kinds[:1]
    _print_main(console, found, group, kinds)
    _print_closures(console, found, group, kinds)


def _same(rows: tuple[Row, ...], kinds: list[str]) -> bool:
    one, other = ([row.change for row in rows if row.kind == kind] for kind in (kinds[0], kinds[-1]))
    return len(kinds) > 1 and one == other


def _print_gross(console: Console, group: GroupEffects) -> None:
    table = _table("  gross: input-output at fixed prices, no limits", "unit", "median and 80 % range")
    for one in group.gross:
        table.add_row(f"    {one.title}", _short(one.unit), _spread(one.value, one.unit, sign=""))
    console.print(table)


def _print_main(console: Console, found: Effects, group: GroupEffects, kinds: list[str]) -> None:
    years = [str(year) for year in found.years]
    console.print(escape(f"  general equilibrium, {found.main}"), style="dim", highlight=False)
    table = _table("", "", *years)
    rows = [row for row in group.rows if row.closure == found.main and row.kind in kinds]
    for measure in dict.fromkeys(row.measure for row in rows):
        moved = any(row.change != STILL for row in rows if row.measure == measure)
        for kind in kinds if moved or measure not in MONEY_MOVED else ():
            here = [row for row in rows if row.measure == measure and row.kind == kind]
            title = _title(here[0]) if here and kind == kinds[0] else ""
            table.add_row(title, kind, *(_spread(row.change, row.unit) for row in here))
            if here and here[0].percent and measure == "gdp":
                table.add_row("", f"{kind}, %", *(_spread(row.percent, "%") if row.percent else "" for row in here))
    console.print(table)


def _print_closures(console: Console, found: Effects, group: GroupEffects, kinds: list[str]) -> None:
    headings = [f"{kind}\n{year}" for kind in kinds for year in found.years]
    table = _table("  who adjusts, medians", "", *headings)
    for measure in BY_CLOSURE:
        for closure in found.closures:
            here = [row for row in group.rows if row.measure == measure and row.closure == closure]
            if not here:
                continue
            title = f"    {here[0].title}, %" if here[0].percent else _title(here[0])
            cells = [row for kind in kinds for row in here if row.kind == kind]
            shown = (_number((row.percent or row.change).p50, "%", "+") for row in cells)
            table.add_row(title if closure == found.main else "", escape(closure), *shown)
    console.print(table)


def _title(row: Row) -> str:
    return f"    {row.title}, {_short(row.unit)}"


def _short(unit: str) -> str:
    """Return a unit without its money, which stands above the tables."""
    return " ".join(word for word in unit.split() if "_" not in word).replace("a month", "money a month")


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="left" if place < 2 else "right", no_wrap=True)
    return table


def _spread(value: Spread, unit: str, sign: str = "+") -> str:
    whole = "persons" if max(abs(value.p10), abs(value.p90)) >= WHOLE else unit
    middle, low, high = (_number(one, whole, sign) for one in (value.p50, value.p10, value.p90))
    return f"{middle} [{low}, {high}]".replace("[", "\\[")


def _number(value: float, unit: str, sign: str) -> str:
    """Return a number with the digits that its unit bears.

    Examples
    --------
    >>> _number(1234.56, "persons", "+"), _number(-0.0004, "% of GDP", "+"), _number(3.14159, "kt CO2", "")
    ('+1,235', '0.00', '3.1')
    """
    digits = 0 if unit.startswith("person") else 2 if unit.startswith("%") else 1
    text = f"{value:{sign},.{digits}f}"
    # No sign before a zero: what rounds to it is one.
    return text.removeprefix("-").removeprefix("+") if not text.strip("+-0.,") else text
