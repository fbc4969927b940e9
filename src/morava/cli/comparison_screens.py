"""What is printed of two runs beside each other."""

from __future__ import annotations

from rich.console import Console

from morava.cli.speech import english, named, written
from morava.quantities import find
from morava.quantities.dates import calendar_day
from morava.report.words import Words
from morava.runs.compare import Comparison

NAMED = 8
"""Quantities of only one of the runs that are named."""


def print_comparison(console: Console, one: str, other: str, found: Comparison, words: Words | None = None) -> None:
    """Print what differs between two runs."""
    words = words or english()
    for name, (first, second) in found.inputs.items():
        console.print(f"{name}: {first} -> {second}", highlight=False, markup=False)
    if not found.inputs:
        console.print(words.say("cli-nothing-in"))
    for change in found.verdicts:
        shares = " -> ".join("-" if share is None else written(words, f"{share:.1%}") for share in change.shares)
        answers = " -> ".join(
            named(words, "cli-answer", answer) if answer else words.say("cli-answer-absent")
            for answer in change.answers
        )
        console.print(f"{change.claim}: {answers} ({shares})", highlight=False)
    for moved in sorted(found.quantities, key=lambda change: change.quantity):
        where = ", ".join(f"{dim}={label}" for dim, label in moved.cell.items())
        first, second = (_median(value, moved.quantity, words) for value in moved.medians)
        unit = "" if moved.unit == "1" or find(moved.quantity).kind == "date" else f" {moved.unit}"
        said = words.say("cli-median", quantity=moved.quantity, where=where, first=first, second=f"{second}{unit}")
        console.print(said, highlight=False)
    for name, only in zip((one, other), found.only_in, strict=True):
        if only:
            key = "cli-only-in-more" if len(only) > NAMED else "cli-only-in"
            console.print(words.say(key, run=name, what=", ".join(only[:NAMED])))
    if not found.verdicts and not found.quantities:
        console.print(words.say("cli-nothing-out"))


def _median(value: float, quantity: str, words: Words) -> str:
    if abs(value) == float("inf"):
        return words.say("cli-never")
    if find(quantity).kind == "date":
        return calendar_day(value).isoformat()
    return written(words, f"{value:,.6g}")
