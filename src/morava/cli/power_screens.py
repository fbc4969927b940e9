"""What is printed of power systems: how a run solved them, and one that was solved by itself."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from morava.cli.speech import english, named, written
from morava.report.words import Words
from morava.runs.calendar_check import OVER_LOAD
from morava.runs.power_summary import PowerSummary
from morava.runs.system_answer import SystemAnswer

SHOWN_GAP = 1e-9
"""Gaps below this are shown as this: their digits are those of the machine."""


def count(number: int, thing: str) -> str:
    """Return a number with the thing that it counts.

    Examples
    --------
    >>> count(1, "future"), count(2, "future")
    ('1 future', '2 futures')
    """
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def print_power(console: Console, power: PowerSummary, words: Words | None = None) -> None:
    """Print where power was solved, and how far the chosen weeks are off."""
    words = words or english()
    weeks = power.weeks
    solved = {
        "futures": words.say("cli-power-futures", count=power.futures),
        "calendar": words.say("cli-power-weeks", count=weeks) if weeks else words.say("cli-power-all-hours"),
        "years": ", ".join(str(year) for year in power.years),
        "gap": f"{max(power.largest_gap, SHOWN_GAP):.1g}",
    }
    if power.failed:
        said = words.say("cli-power-failed", **solved, failed=str(power.failed))
    else:
        said = words.say("cli-power", **solved)
    console.print(said, highlight=False)
    if power.screened:
        said = words.say(
            "cli-power-screened",
            futures=words.say("cli-power-further", count=power.screened),
            gap=f"{power.screened_largest_gap:.1g}",
            half=f"{power.screened_median_gap:.1g}",
        )
        console.print(f"  {said}", highlight=False)
    if weeks == 0:
        return
    if not power.calendar_errors:
        console.print(f"  {words.say('cli-power-not-measured')}", highlight=False)
        return
    for item in dict.fromkeys(error.item for error in power.calendar_errors):
        own = [error for error in power.calendar_errors if error.item == item]
        shown = ", ".join(f"{error.year} {written(words, f'{error.error:+.1%}')}" for error in own)
        key = "cli-power-calendar-load" if item in OVER_LOAD else "cli-power-calendar"
        said = words.say(key, future=str(own[0].future), item=named(words, "label-item", item), errors=shown)
        console.print(f"  {said}", highlight=False)


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
