"""What is printed of power systems: how a run solved them, and one that was solved by itself."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

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


def print_power(console: Console, power: PowerSummary) -> None:
    """Print where power was solved, and how far the chosen weeks are off."""
    calendar = "all hours" if power.weeks == 0 else f"{count(power.weeks, 'week')} a year"
    years = ", ".join(str(year) for year in power.years)
    failed = f"; not solved in {power.failed}" if power.failed else ""
    console.print(
        f"power: solved in {count(power.futures, 'future')} on {calendar} of {years} (cost proved within "
        f"{max(power.largest_gap, SHOWN_GAP):.1g} of itself){failed}",
        highlight=False,
    )
    if power.screened:
        console.print(
            f"  screened in {count(power.screened, 'further future')} (cost proved within "
            f"{power.screened_largest_gap:.1g} of itself, half of them within {power.screened_median_gap:.1g})",
            highlight=False,
        )
    if power.weeks == 0:
        return
    if not power.calendar_errors:
        console.print("  how far these weeks are off was not measured: --calendar-check", highlight=False)
        return
    for item in dict.fromkeys(error.item for error in power.calendar_errors):
        own = [error for error in power.calendar_errors if error.item == item]
        shown = ", ".join(f"{error.year} {error.error:+.1%}" for error in own)
        of_load = " (of the load)" if item in OVER_LOAD else ""
        console.print(f"  weeks less all hours, future {own[0].future}, {item}{of_load}: {shown}", highlight=False)


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
