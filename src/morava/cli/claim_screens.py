"""What is printed of one claim: its verdict and everything behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from morava.cli.economy_screens import print_closure, print_foreseen
from morava.cli.speech import english, named, said_basis, said_label, said_quantity, said_unit, written
from morava.cli.spread_screens import print_spread
from morava.plans.types import Futures
from morava.quantities.dates import calendar_day
from morava.report.words import Words
from morava.views.translations import say_factor

STYLE = {
    "fails": "red", "hinges": "yellow", "holds": "green", "contradicted": "red", "partly": "yellow",
    "confirmed": "green", "unverified": "magenta", "not modelled": "cyan", "opinion": "white",
}  # fmt: skip


def print_claim(
    console: Console, shown: Mapping[str, Any], words: Words | None = None, futures: Futures | None = None
) -> None:
    """Print everything behind one verdict; with the futures file, its factors in the language of the words."""
    words = words or english()
    verdict = shown["verdict"]
    says = words.text(f"claim:{shown['claim']}", shown["says"])
    console.print(f"[bold]{shown['claim']}[/bold] {escape(says)}")
    _print_passage(console, shown["passage"], words)
    style = STYLE[verdict["answer"]]
    answer = f"[bold {style}]{named(words, 'cli-answer', verdict['answer'])}[/bold {style}]"
    basis = said_basis(words, verdict["basis"])
    if verdict["share_of_futures"] is None:
        console.print(words.say("cli-verdict", answer=answer, basis=basis))
    else:
        share = _share(words, verdict["share_of_futures"])
        console.print(words.say("cli-verdict-in", answer=answer, basis=basis, share=share))
    if verdict["interval"]:
        low, high = (_share(words, bound) for bound in verdict["interval"])
        required = f"{shown['required_share']:.0%}"
        console.print(words.say("cli-threshold", low=low, high=high, required=required))
    for place, reason in enumerate(verdict["reasons"]):
        said = words.text(f"reason:{shown['claim']}/{place}", reason)
        console.print(f"  - {escape(said)}", highlight=False)
    _print_tests(console, shown["claim"], verdict["tests"], words, futures)
    print_foreseen(console, shown["foreseen"], words)
    print_closure(console, shown["closure"], words)
    print_spread(console, shown["spread"], words, shown["claim"])
    for conflict in shown["conflicts"]:
        _print_conflict(console, conflict, words)
    for initiative in shown["initiatives"]:
        _print_initiative(console, initiative, words)
    if shown["facts"]:
        print_facts(console, shown["facts"], words)
    for page in shown["models"]:
        console.print(words.say("cli-model-page", page=page), highlight=False)


def _print_passage(console: Console, passage: Mapping[str, Any], words: Words) -> None:
    place = {
        "document": escape(words.text(f"document:{passage['document']}", passage["title"])),
        "paragraph": str(passage["paragraph"]),
        "start": str(passage["start"]),
        "end": str(passage["start"] + passage["length"]),
    }
    if passage["sha256"]:
        said = words.say("cli-passage", **place, hash=passage["sha256"])
    else:
        said = words.say("cli-passage-without-hash", **place)
    console.print(said, style="dim", highlight=False)


def _print_tests(
    console: Console, claim: str, tests: Sequence[Mapping[str, Any]], words: Words, futures: Futures | None
) -> None:
    if not tests:
        return
    table = Table(title=words.say("cli-tests"), title_justify="left", box=None, pad_edge=False, header_style="dim")
    for heading in ("answer", "share", "P10", "P50", "P90", "unit", "bound", "quantity", "hinges-on"):
        table.add_column(heading if heading[0] == "P" else words.say(f"cli-column-{heading}"))
    for test in tests:
        numbers = [_value(test[level], test["unit"], words) for level in ("p10", "p50", "p90")]
        shares = [hinge["share"] for hinge in test["hinges_on"]]
        factors = [
            say_factor(hinge["factor"], futures, words.texts) if futures else hinge["factor"]
            for hinge in test["hinges_on"]
        ]
        hinges = ", ".join(f"{factor} ({share:.0%})" for factor, share in zip(factors, shares, strict=True))
        share = "" if test["share"] is None else _share(words, test["share"])
        unit = words.say("cli-date") if test["unit"] == "year" else said_unit(words, test["unit"])
        answer = named(words, "cli-answer", test["answer"])
        bound = words.text(f"bound:{claim}/{test['name']}", test["bound"])
        row = [answer, share, *numbers, unit, bound, said_quantity(words, test["quantity"]), hinges]
        table.add_row(*[escape(str(cell)) for cell in row])
    console.print(table)


def _share(words: Words, share: float) -> str:
    return written(words, f"{share:.1%}")


def _value(value: float | None, unit: str, words: Words) -> str:
    if value is None:
        return words.say("cli-never")
    return calendar_day(value).isoformat() if unit == "year" else written(words, f"{value:,.4g}")


def _print_conflict(console: Console, conflict: Mapping[str, Any], words: Words) -> None:
    name = conflict["conflict"]
    subject = escape(words.text(f"conflict:{name}", conflict["subject"]))
    kind = named(words, "kind", conflict["kind"])
    head, mark, rest = words.say("cli-conflict", name=name, kind=kind, subject=subject).partition(name)
    console.print(f"\n[bold]{head}{mark}[/bold]{rest}")
    for place, side in enumerate(conflict["sides"]):
        number = str(place + 1)
        said = words.say("cli-version-chosen" if conflict["chosen"] == place else "cli-version", number=number)
        if conflict["weights"]:
            said = words.say(
                "cli-version-weight", number=number, weight=written(words, f"{conflict['weights'][place]:g}")
            )
        console.print(f"  {said}")
        for row in side:
            if "claim" in row:
                says = escape(words.text(f"claim:{row['claim']}", row["says"]))
                console.print(f"    {words.say('cli-claim', claim=row['claim'], says=says)}", highlight=False)
            else:
                console.print(f"    {_fact_line(row, words)}", highlight=False)
    reading = escape(words.text(f"reading:{name}", conflict["reading"]))
    console.print(f"  {words.say('cli-reading', reading=reading)}", highlight=False)


def _fact_line(row: Mapping[str, Any], words: Words) -> str:
    where = ", ".join(said_label(words, dim, str(label)) for dim, label in row["where"].items())
    quantity, unit = said_quantity(words, row["quantity"]), said_unit(words, row["unit"])
    return escape(
        f"{row['fact']}: {quantity} {where} {row['period']} = {row['value']} {unit} "
        f"[{named(words, 'status', row['status'])}, {words.say('cli-grade', grade=row['grade'])}] {row['source']}"
    )


def _print_initiative(console: Console, shown: Mapping[str, Any], words: Words) -> None:
    name = shown["initiative"]
    title = escape(words.text(f"initiative:{name}", shown["title"]))
    status = named(words, "status", shown["status"])
    head, mark, rest = words.say("cli-initiative", name=name, title=title, status=status).partition(name)
    console.print(f"\n[bold]{head}{mark}[/bold]{rest}")
    for promise in shown["promises"]:
        said = words.say(
            "cli-promise",
            promise=promise["promise"],
            milestone=escape(words.text(f"milestone:{promise['milestone']}", promise["milestone"])),
            date=promise["date"],
            said=promise["said"],
            kind=named(words, "kind", promise["kind"]),
        )
        console.print(f"  {said}", highlight=False)
    if "finish" in shown:
        low, middle, high = (str(day) for day in shown["finish"])
        said = words.say(
            "cli-done",
            low=low,
            middle=middle,
            high=high,
            promised=str(shown["latest_promise"]),
            share=_share(words, shown["share_by_latest_promise"]),
            cancelled=_share(words, shown["cancelled_share"]),
        )
        console.print(f"  {said}", highlight=False)
    _print_money(console, shown, words)


def _print_money(console: Console, shown: Mapping[str, Any], words: Words) -> None:
    if "cost" in shown:
        low, high = (written(words, f"{side:,.0f}") for side in shown["cost"]["range"])
        key = "cli-estimate" if low == high else "cli-estimate-range"
        span = {"low": low} if low == high else {"low": low, "high": high}
        console.print(f"  {words.say(key, unit=said_unit(words, shown['cost']['unit']), **span)}", highlight=False)
    for quantity, key in (("initiative_outturn", "cli-outturn"), ("funding_gap", "cli-without-source")):
        if quantity in shown:
            low, middle, high = (written(words, f"{value:,.0f}") for value in shown[quantity]["quantiles"])
            said = words.say(key, low=low, middle=middle, high=high, unit=said_unit(words, shown[quantity]["unit"]))
            console.print(f"  {said}", highlight=False)
    if "cost" in shown:
        said = words.say("cli-with-source", share=f"{shown['financing_known']:.0%}")
        console.print(f"  {said}", highlight=False)
    for money in shown["financing"]:
        said = words.say(
            "cli-financing",
            lender=escape(named(words, "label-lender", money["lender"])),
            partner=escape(named(words, "label-partner", money["partner"])),
            share=f"{money['share']:.0%}",
            kind=named(words, "kind", money["kind"]),
        )
        console.print(f"    {said}", highlight=False)


def print_facts(console: Console, facts: Sequence[Mapping[str, Any]], words: Words | None = None) -> None:
    """Print facts, each with the address of its source."""
    words = words or english()
    console.print(f"\n[bold]{words.say('cli-facts-head')}[/bold]")
    for row in facts:
        console.print(f"  {_fact_line(row, words)}", highlight=False)
        if row["address"]:
            console.print(f"      {escape(row['address'])}", style="dim", highlight=False)
