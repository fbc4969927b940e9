"""What the commands print for people. Every number shown was made in `runs`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from morava.cli.economy_screens import print_closure, print_economy, print_foreseen
from morava.cli.power_screens import count, print_power
from morava.cli.spread_screens import print_spread
from morava.errors import Problem
from morava.plans.coherence import Coherence
from morava.quantities import find
from morava.quantities.dates import calendar_day
from morava.runs.answers import Answers
from morava.runs.compare import Comparison
from morava.runs.listing import facts_behind, pooled_slip
from morava.runs.power_summary import summarise_power
from morava.runs.types import Hinge, Verdict

ORDER = {
    "fails": "Fails in most futures",
    "hinges": "Hinges on what nobody chooses",
    "holds": "Holds in most futures",
    "contradicted": "Contradicted by evidence",
    "partly": "Partly so, by evidence",
    "confirmed": "Confirmed by evidence",
    "unverified": "No evidence found",
    "not modelled": "Not modelled yet",
    "opinion": "Opinions, which nothing can decide",
}
STYLE = {
    "fails": "red", "hinges": "yellow", "holds": "green", "contradicted": "red", "partly": "yellow",
    "confirmed": "green", "unverified": "magenta", "not modelled": "cyan", "opinion": "white",
}  # fmt: skip
BRIEF = ("opinion",)
"""Answers whose reasons are left to `morava explain`."""
FINDINGS_SHOWN = 3
LONGEST_NAME = 40
"""Characters of a first column that is never broken, so that a name can be copied."""


def print_answers(console: Console, answers: Answers) -> None:
    """Print coherence findings, then verdicts grouped by answer, then where the results lie."""
    request, strategy = answers.request, answers.plan.strategy
    failed = len(answers.outcome.failed)
    console.print(
        f"[bold]{escape(strategy.title_en)}[/bold] ({escape(answers.plan.country.title_en)}): {request.futures} futures"
        f", seed {request.seed}, as of {answers.plan.country.as_of}, money in {answers.plan.country.price_base}"
        + (f"; [red]{failed} futures failed and are left out[/red]" if failed else ""),
        highlight=False,
    )
    if failed:
        number, reason = next(iter(sorted(answers.outcome.failed.items())))
        console.print(Padding(escape(f"future {number}: {reason}"), (0, 0, 0, 2)), style="red", highlight=False)
    print_coherence(console, answers.coherence)
    groups: dict[str, list[Verdict]] = {}
    for verdict in answers.verdicts:
        groups.setdefault(verdict.answer, []).append(verdict)
    for answer, title in ORDER.items():
        if answer in groups:
            console.print(f"\n[bold {STYLE[answer]}]{title}[/bold {STYLE[answer]}] ({len(groups[answer])})")
            for verdict in groups[answer]:
                _print_verdict(console, answers, verdict, answer in BRIEF)
    _print_ending(console, answers, {answer: len(groups[answer]) for answer in ORDER if answer in groups})


def _print_ending(console: Console, answers: Answers, counts: Mapping[str, int]) -> None:
    summary = ", ".join(f"{count} {answer}" for answer, count in counts.items())
    console.print(f"\n[bold]{len(answers.verdicts)} claims:[/bold] {summary}", highlight=False)
    left_out = len(answers.lowered.notes)
    if left_out:
        console.print(
            f"{count(left_out, 'part')} of the plan left out, with reasons: `morava show notes`", highlight=False
        )
    rate, low, high = pooled_slip(answers)
    console.print(
        f"slip ledger: announced dates move by {rate:.2f} years a year (95 % interval {low:.2f} to {high:.2f})",
        highlight=False,
    )
    known, assumed = facts_behind(answers)
    console.print(
        f"the models stand on {known} facts; {assumed} of them are assumed: `morava show facts --find assumed`",
        highlight=False,
    )
    power = summarise_power(answers.request, answers.outcome)
    if power is not None:
        print_power(console, power)
    first = next((v.claim for v in answers.verdicts if v.share_of_futures is not None), answers.verdicts[0].claim)
    console.print(f"results: {answers.path}", highlight=False)
    console.print(f"next: `morava explain {first}`, `morava show milestones`, `morava export`", highlight=False)


def print_coherence(console: Console, coherence: Coherence) -> None:
    """Print how the text holds together before any model is asked, the gravest findings of every rule first."""
    console.print("\n[bold]Does the text hold together?[/bold]")
    titles = {score.rule: score for score in coherence.scores}
    for rule, score in titles.items():
        found = [finding for finding in coherence.findings if finding.rule == rule]
        if not found:
            continue
        met = f"{score.met} of {score.applicable} in order" if score.applicable else "not assessed"
        console.print(f"[yellow]{escape(score.title)}[/yellow]: {count(len(found), 'finding')}, {met}", highlight=False)
        for finding in found[:FINDINGS_SHOWN]:
            where = f" [dim]({escape(', '.join(finding.paragraphs[:4]))})[/dim]" if finding.paragraphs else ""
            console.print(Padding(escape(finding.says) + where, (0, 0, 0, 2)), highlight=False)
        if len(found) > FINDINGS_SHOWN:
            console.print(f"  [dim]and {len(found) - FINDINGS_SHOWN} more[/dim]", highlight=False)
    share = "nothing to assess" if coherence.share is None else f"{coherence.share:.0%}"
    console.print(
        f"{count(len(coherence.findings), 'finding')}; score: {coherence.met} of {coherence.applicable} criteria met "
        f"({share})",
        highlight=False,
    )


def _print_verdict(console: Console, answers: Answers, verdict: Verdict, brief: bool) -> None:
    claim = answers.plan.strategy.claims[verdict.claim]
    facts = [f"[bold]{verdict.claim}[/bold]", f"§ {claim.passage.paragraph}"]
    if verdict.share_of_futures is not None:
        facts.append(f"{verdict.share_of_futures:.1%} of futures" if verdict.interval else "on facts")
        if verdict.interval:
            facts.append(
                f"({verdict.interval[0]:.1%} to {verdict.interval[1]:.1%})" + (", open" if verdict.open else "")
            )
        facts.append(f"margin {_margin(verdict)}")
    if verdict.basis not in ("none", "opinion"):
        facts.append(f"by {verdict.basis}")
    console.print("  ".join(facts), highlight=False)
    console.print(Padding(escape(claim.says), (0, 0, 0, 6)), highlight=False)
    for reason in () if brief else _telling(verdict):
        console.print(Padding(f"[dim]{escape(reason)}[/dim]", (0, 0, 0, 6)), highlight=False)
    if verdict.hinges_on:
        console.print(Padding(f"[dim]hinges on: {_hinges(verdict.hinges_on)}[/dim]", (0, 0, 0, 6)), highlight=False)


def _telling(verdict: Verdict) -> list[str]:
    """Return the reason that decided a verdict, or the first; the others are for `morava explain`."""
    deciding = [
        test.reason
        for test in verdict.tests
        if test.share == verdict.share_of_futures and test.margin == verdict.margin
    ]
    return deciding[:1] or list(verdict.reasons[:1])


def _hinges(hinges: Sequence[Hinge]) -> str:
    return ", ".join(f"{escape(hinge.factor)} ({hinge.share:.0%})" for hinge in hinges)


def _margin(verdict: Verdict) -> str:
    if verdict.margin is None:
        return "never"
    unit = "years" if verdict.margin_unit == "year" else verdict.margin_unit
    digits = f"{verdict.margin:+,.0f}" if abs(verdict.margin) >= 1000 else f"{verdict.margin:+.3g}"
    return f"{digits} {unit}".removesuffix(" 1")


def print_claim(console: Console, shown: Mapping[str, Any]) -> None:
    """Print everything behind one verdict."""
    verdict, passage = shown["verdict"], shown["passage"]
    console.print(f"[bold]{shown['claim']}[/bold] {escape(shown['says'])}")
    console.print(
        f"{escape(passage['title'])}, paragraph {passage['paragraph']}, characters {passage['start']} to "
        f"{passage['start'] + passage['length']}, "
        + (f"sha256 {passage['sha256']}" if passage["sha256"] else "no hash recorded"),
        style="dim", highlight=False,
    )  # fmt: skip
    style = STYLE[verdict["answer"]]
    share = "" if verdict["share_of_futures"] is None else f", in {verdict['share_of_futures']:.1%} of futures"
    console.print(f"verdict: [bold {style}]{verdict['answer']}[/bold {style}] by {verdict['basis']}{share}")
    if verdict["interval"]:
        low, high = verdict["interval"]
        console.print(f"95 % interval {low:.1%} to {high:.1%}; holds from {shown['required_share']:.0%} of futures on")
    for reason in verdict["reasons"]:
        console.print(f"  - {escape(reason)}", highlight=False)
    _print_tests(console, verdict["tests"])
    print_foreseen(console, shown["foreseen"])
    print_closure(console, shown["closure"])
    print_spread(console, shown["spread"])
    for conflict in shown["conflicts"]:
        _print_conflict(console, conflict)
    for initiative in shown["initiatives"]:
        _print_initiative(console, initiative)
    if shown["facts"]:
        _print_facts(console, shown["facts"])
    for page in shown["models"]:
        console.print(f"model page: {page}", highlight=False)


def _print_tests(console: Console, tests: Sequence[Mapping[str, Any]]) -> None:
    if not tests:
        return
    table = Table(title="tests", title_justify="left", box=None, pad_edge=False, header_style="dim")
    for heading in ("answer", "share", "P10", "P50", "P90", "unit", "bound", "quantity", "hinges on"):
        table.add_column(heading)
    for test in tests:
        numbers = [_value(test[level], test["unit"]) for level in ("p10", "p50", "p90")]
        hinges = ", ".join(f"{hinge['factor']} ({hinge['share']:.0%})" for hinge in test["hinges_on"])
        share = "" if test["share"] is None else f"{test['share']:.1%}"
        unit = "date" if test["unit"] == "year" else test["unit"]
        row = [test["answer"], share, *numbers, unit, test["bound"], test["quantity"], hinges]
        table.add_row(*[escape(str(cell)) for cell in row])
    console.print(table)


def _value(value: float | None, unit: str) -> str:
    if value is None:
        return "never"
    return calendar_day(value).isoformat() if unit == "year" else f"{value:,.4g}"


def _print_conflict(console: Console, conflict: Mapping[str, Any]) -> None:
    console.print(f"\n[bold]conflict {conflict['conflict']}[/bold] ({conflict['kind']}): {escape(conflict['subject'])}")
    for number, side in enumerate(conflict["sides"]):
        mark = "chosen" if conflict["chosen"] == number else ""
        if conflict["weights"]:
            mark = f"weight {conflict['weights'][number]:g}"
        console.print(f"  version {number + 1} {mark}".rstrip())
        for row in side:
            if "claim" in row:
                console.print(f"    claim {row['claim']}: {escape(row['says'])}", highlight=False)
            else:
                console.print(f"    {_fact_line(row)}", highlight=False)
    console.print(f"  reading: {escape(conflict['reading'])}", highlight=False)


def _fact_line(row: Mapping[str, Any]) -> str:
    where = ", ".join(str(label) for label in row["where"].values())
    return escape(
        f"{row['fact']}: {row['quantity']} {where} {row['period']} = {row['value']} {row['unit']} "
        f"[{row['status']}, grade {row['grade']}] {row['source']}"
    )


def _print_initiative(console: Console, shown: Mapping[str, Any]) -> None:
    console.print(f"\n[bold]initiative {shown['initiative']}[/bold]: {escape(shown['title'])} ({shown['status']})")
    for promise in shown["promises"]:
        console.print(
            f"  {promise['promise']}: {escape(promise['milestone'])} {promise['date']}, said {promise['said']}"
            f" ({promise['kind']})",
            highlight=False,
        )
    if "finish" in shown:
        low, middle, high = shown["finish"]
        console.print(
            f"  done: P10 {low}, P50 {middle}, P90 {high}; by the latest promise ({shown['latest_promise']}) in "
            f"{shown['share_by_latest_promise']:.1%} of futures; given up in {shown['cancelled_share']:.1%}",
            highlight=False,
        )
    if "cost" in shown:
        low, high = shown["cost"]["range"]
        span = f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"
        console.print(f"  estimate: {span} {shown['cost']['unit']}", highlight=False)
    for quantity, name in (("initiative_outturn", "outturn"), ("funding_gap", "without a named source")):
        if quantity in shown:
            low, middle, high = shown[quantity]["quantiles"]
            console.print(
                f"  {name}: P10 {low:,.0f}, P50 {middle:,.0f}, P90 {high:,.0f} {shown[quantity]['unit']}",
                highlight=False,
            )
    if "cost" in shown:
        console.print(f"  money with a named source: {shown['financing_known']:.0%} of the estimate", highlight=False)
    for money in shown["financing"]:
        console.print(
            f"    {escape(money['lender'])} ({escape(money['partner'])}): {money['share']:.0%}, {money['kind']}",
            highlight=False,
        )


def _print_facts(console: Console, facts: Sequence[Mapping[str, Any]]) -> None:
    console.print("\n[bold]facts[/bold]")
    for row in facts:
        console.print(f"  {_fact_line(row)}", highlight=False)
        if row["address"]:
            console.print(f"      {escape(row['address'])}", style="dim", highlight=False)


def print_quantity(console: Console, shown: Mapping[str, Any]) -> None:
    """Print where a quantity comes from."""
    console.print(f"[bold]{shown['quantity']}[/bold]: {escape(shown['title'])} / {escape(shown['title_sr'])}")
    console.print(f"{escape(shown['description'])} Unit {shown['unit']}, over {', '.join(shown['dims']) or 'nothing'}.")
    if shown["model"]:
        console.print(
            f"given by the model {shown['model']} ({shown['page']}), which needs: {', '.join(shown['needs'])}"
        )
    if shown["borrowed"]:
        console.print(
            f"rests on borrowed hourly shapes ({', '.join(shown['borrowed'])}): `morava show series`", highlight=False
        )
    if "values" in shown:
        dated = find(shown["quantity"]).kind == "date"
        print_list(console, "values", [_with_days(row) if dated else row for row in shown["values"][:60]])
        if len(shown["values"]) > 60:
            console.print(f"... and {len(shown['values']) - 60} more rows: narrow with --where, or --json", style="dim")
    print_foreseen(console, shown["foreseen"])
    print_closure(console, shown["closure"])
    print_spread(console, shown["spread"])
    if "future" in shown:
        one = shown["future"]
        console.print(f"\n[bold]in future {one['number']}[/bold]: {one['value']}")
        for name, value in one["inputs"].items():
            console.print(f"  {name} = {value}", highlight=False, markup=False)
    if shown["facts"]:
        _print_facts(console, shown["facts"])
    for change in shown["changes"]:
        console.print(
            f"changed by {change['initiative']} ({change['verb']} from {change['start']}): {escape(change['because'])}"
        )
    for claim in shown["claims"]:
        console.print(f"tested by {claim['claim']} (§ {claim['paragraph']}): {escape(claim['says'])}")


def _with_days(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of quantiles with decimal years written as days."""
    return {
        name: calendar_day(value).isoformat() if name in ("p10", "p50", "p90") and isinstance(value, float) else value
        for name, value in row.items()
    }


def print_list(console: Console, what: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Print rows as a table; those of the economy part by part."""
    if what == "economy":
        print_economy(console, rows)
        return
    if not rows:
        console.print(f"no {what}")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    columns = list(dict.fromkeys(name for row in rows for name in row))
    for place, name in enumerate(columns):
        longest = max(len(_cell(row.get(name))) for row in rows)
        table.add_column(name, overflow="fold", no_wrap=place == 0 and longest <= LONGEST_NAME)
    for row in rows:
        table.add_row(*[escape(_cell(row.get(name))) for name in columns])
    console.print(table)
    console.print(count(len(rows), what.removesuffix("s")), style="dim", highlight=False)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,.6g}" if isinstance(value, float) else str(value)


def print_problems(console: Console, country: str, problems: Sequence[Problem]) -> None:
    """Print what is wrong with a pack."""
    for problem in problems:
        console.print(str(problem), markup=False, highlight=False)
    console.print(f"{country}: {count(len(problems), 'problem')}" if problems else f"{country}: no problem found")


def _median(value: float, quantity: str) -> str:
    if abs(value) == float("inf"):
        return "never"
    return calendar_day(value).isoformat() if find(quantity).kind == "date" else f"{value:,.6g}"


def print_comparison(console: Console, one: str, other: str, found: Comparison) -> None:
    """Print what differs between two runs."""
    for name, (first, second) in found.inputs.items():
        console.print(f"{name}: {first} -> {second}", highlight=False, markup=False)
    if not found.inputs:
        console.print("nothing that goes in differs")
    for change in found.verdicts:
        shares = " -> ".join("-" if share is None else f"{share:.1%}" for share in change.shares)
        answers = " -> ".join(answer or "(absent)" for answer in change.answers)
        console.print(f"{change.claim}: {answers} ({shares})", highlight=False)
    for moved in sorted(found.quantities, key=lambda change: change.quantity):
        where = ", ".join(f"{dim}={label}" for dim, label in moved.cell.items())
        first, second = (_median(value, moved.quantity) for value in moved.medians)
        unit = "" if moved.unit == "1" or find(moved.quantity).kind == "date" else f" {moved.unit}"
        console.print(f"median of {moved.quantity} {where}: {first} -> {second}{unit}", highlight=False)
    for name, only in zip((one, other), found.only_in, strict=True):
        if only:
            console.print(f"only in {name}: {', '.join(only[:8])}" + (" ..." if len(only) > 8 else ""))
    if not found.verdicts and not found.quantities:
        console.print("nothing that comes out differs")
