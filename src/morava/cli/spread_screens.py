"""How far a result moves with what nobody knows, as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from morava.cli.speech import ENGLISH, english, named, said_unit, written
from morava.report.words import Words
from morava.views.claim import CHOICE_OF

CHOSEN = " (chosen)"


def print_spread(
    console: Console, spread: Sequence[Mapping[str, Any]], words: Words | None = None, claim: str = ""
) -> None:
    """Print, test by test, what each choice gives and how far the choices lie apart; tests are those of a claim."""
    words = words or english()
    for entry in spread:
        said = words.say("cli-spread", what=escape(words.text(f"test:{claim}/{entry['test']}", entry["test"])))
        unit = said_unit(words, entry["unit"])
        console.print(f"\n[bold]{said}[/bold]" + (f" ({escape(unit)})" if unit else ""), highlight=False)
        table = Table(box=None, pad_edge=False, header_style="dim")
        table.add_column(words.say("cli-column-choice"))
        holds, futures, moves = (words.say(f"cli-column-{name}") for name in ("holds", "futures", "moves"))
        for heading in ("P10", "P50", "P90", holds, futures, moves):
            table.add_column(heading, justify="right")
        for choice in entry["choices"]:
            for place, row in enumerate(choice["values"]):
                numbers = [written(words, _number(row[level])) for level in ("p10", "p50", "p90")]
                moved = written(words, _number(choice["moves"])) if place == 0 else ""
                share = "" if row["holds"] is None else written(words, f"{row['holds']:.1%}")
                name = _choice(words, choice["by"], row["label"])
                table.add_row(escape(name), *numbers, share, str(row["futures"]), moved)
        console.print(table)


def _choice(words: Words, by: str, label: str) -> str:
    if words.language == ENGLISH:
        return f"{by} {label}"
    name = words.label(CHOICE_OF[by], label.removesuffix(CHOSEN))
    said = words.say("choice-of", by=named(words, "choice", by), label=name)
    return words.say("choice-chosen", label=said) if label.endswith(CHOSEN) else said


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
