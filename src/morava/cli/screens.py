"""What the commands print for people. Every number shown was made in `runs`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from morava.cli.claim_screens import STYLE, print_facts
from morava.cli.economy_screens import print_closure, print_economy, print_foreseen
from morava.cli.power_screens import count, print_power
from morava.cli.speech import ENGLISH, english, named, said_basis, said_unit, written
from morava.cli.spread_screens import print_spread
from morava.errors import Problem
from morava.languages import slug
from morava.plans.coherence import Coherence
from morava.plans.types import Futures
from morava.quantities import find
from morava.quantities.dates import calendar_day
from morava.report.words import Words
from morava.runs.answers import Answers
from morava.runs.listing import facts_behind, pooled_slip
from morava.runs.power_summary import summarise_power
from morava.runs.types import Hinge, Verdict
from morava.views.translations import say_factor

ORDER = ("fails", "hinges", "holds", "contradicted", "partly", "confirmed", "unverified", "not modelled", "opinion")
"""Answers in the order in which they are shown."""
BRIEF = ("opinion",)
"""Answers whose reasons are left to `morava explain`."""
FINDINGS_SHOWN = 3
LONGEST_NAME = 40
"""Characters of a first column that is never broken, so that a name can be copied."""
MOST_VALUES = 60
"""Rows of a quantity that are printed."""


def print_answers(console: Console, answers: Answers, words: Words | None = None) -> None:
    """Print coherence findings, then verdicts grouped by answer, then where the results lie."""
    words = words or english()
    request, strategy, country = answers.request, answers.plan.strategy, answers.plan.country
    failed = len(answers.outcome.failed)
    title = escape(words.text(f"strategy:{strategy.name}", strategy.title_en))
    header = words.say(
        "cli-header",
        strategy=f"[bold]{title}[/bold]",
        country=escape(words.text(f"country:{country.name}", country.title_en)),
        futures=str(request.futures),
        seed=str(request.seed),
        day=country.as_of,
        base=country.price_base,
    )
    left_out = words.say("cli-left-out-futures", failed=str(failed))
    console.print(header + (f"; [red]{left_out}[/red]" if failed else ""), highlight=False)
    if failed:
        number, reason = next(iter(sorted(answers.outcome.failed.items())))
        said = words.say("cli-future", number=str(number), reason=reason)
        console.print(Padding(escape(said), (0, 0, 0, 2)), style="red", highlight=False)
    print_coherence(console, answers.coherence, words)
    groups: dict[str, list[Verdict]] = {}
    for verdict in answers.verdicts:
        groups.setdefault(verdict.answer, []).append(verdict)
    for answer in ORDER:
        if answer in groups:
            head = words.say(f"cli-group-{slug(answer)}")
            console.print(f"\n[bold {STYLE[answer]}]{head}[/bold {STYLE[answer]}] ({len(groups[answer])})")
            for verdict in groups[answer]:
                _print_verdict(console, answers, verdict, words)
    _print_ending(console, answers, {answer: len(groups[answer]) for answer in ORDER if answer in groups}, words)


def _print_ending(console: Console, answers: Answers, counts: Mapping[str, int], words: Words) -> None:
    summary = ", ".join(
        words.say("cli-counted", number=str(number), answer=words.say(f"cli-answer-{slug(answer)}"))
        for answer, number in counts.items()
    )
    claims = words.say("cli-claims", count=str(len(answers.verdicts)))
    console.print(f"\n[bold]{claims}[/bold] {summary}", highlight=False)
    left_out = len(answers.lowered.notes)
    if left_out:
        console.print(words.say("cli-parts-left-out", count=left_out), highlight=False)
    rate, low, high = (written(words, f"{value:.2f}") for value in pooled_slip(answers))
    console.print(words.say("cli-slip", rate=rate, low=low, high=high), highlight=False)
    known, assumed = facts_behind(answers)
    console.print(words.say("cli-facts", known=str(known), assumed=str(assumed)), highlight=False)
    power = summarise_power(answers.request, answers.outcome)
    if power is not None:
        print_power(console, power, words)
    first = next((v.claim for v in answers.verdicts if v.share_of_futures is not None), answers.verdicts[0].claim)
    console.print(words.say("cli-results", path=str(answers.path)), highlight=False)
    console.print(words.say("cli-next", claim=first), highlight=False)


def print_coherence(console: Console, coherence: Coherence, words: Words | None = None) -> None:
    """Print how the text holds together before any model is asked, the gravest findings of every rule first."""
    words = words or english()
    console.print(f"\n[bold]{words.say('cli-together')}[/bold]")
    titles = {score.rule: score for score in coherence.scores}
    for rule, score in titles.items():
        found = [finding for finding in coherence.findings if finding.rule == rule]
        if not found:
            continue
        met = words.say("cli-not-assessed")
        if score.applicable:
            met = words.say("cli-met", met=str(score.met), applicable=str(score.applicable))
        title = score.title if words.language == ENGLISH else words.say(f"rule-{rule}")
        findings = words.say("cli-findings", count=len(found))
        console.print(f"[yellow]{escape(title)}[/yellow]: {findings}, {met}", highlight=False)
        for finding in found[:FINDINGS_SHOWN]:
            where = f" [dim]({escape(', '.join(finding.paragraphs[:4]))})[/dim]" if finding.paragraphs else ""
            says = escape(words.text(f"finding:{finding.name}", finding.says))
            console.print(Padding(says + where, (0, 0, 0, 2)), highlight=False)
        if len(found) > FINDINGS_SHOWN:
            more = words.say("cli-more", count=str(len(found) - FINDINGS_SHOWN))
            console.print(f"  [dim]{more}[/dim]", highlight=False)
    share = words.say("cli-nothing-to-assess") if coherence.share is None else f"{coherence.share:.0%}"
    score_said = words.say(
        "cli-score",
        findings=words.say("cli-findings", count=len(coherence.findings)),
        met=str(coherence.met),
        applicable=str(coherence.applicable),
        share=share,
    )
    console.print(score_said, highlight=False)


def _print_verdict(console: Console, answers: Answers, verdict: Verdict, words: Words) -> None:
    claim = answers.plan.strategy.claims[verdict.claim]
    facts = [f"[bold]{verdict.claim}[/bold]", f"§ {claim.passage.paragraph}"]
    if verdict.share_of_futures is not None:
        share = _share(words, verdict.share_of_futures)
        facts.append(words.say("cli-of-futures", share=share) if verdict.interval else words.say("cli-on-facts"))
        if verdict.interval:
            low, high = (_share(words, bound) for bound in verdict.interval)
            facts.append(words.say("cli-interval-open" if verdict.open else "cli-interval", low=low, high=high))
        facts.append(words.say("cli-margin", margin=_margin(verdict, words)))
    if verdict.basis not in ("none", "opinion"):
        facts.append(words.say("cli-by", basis=said_basis(words, verdict.basis)))
    console.print("  ".join(facts), highlight=False)
    says = words.text(f"claim:{verdict.claim}", claim.says)
    console.print(Padding(escape(says), (0, 0, 0, 6)), highlight=False)
    for reason in () if verdict.answer in BRIEF else _telling(verdict):
        place = verdict.reasons.index(reason) if reason in verdict.reasons else -1
        reason = words.text(f"reason:{verdict.claim}/{place}", reason)
        console.print(Padding(f"[dim]{escape(reason)}[/dim]", (0, 0, 0, 6)), highlight=False)
    if verdict.hinges_on:
        hinges = words.say("cli-hinges-on", factors=_hinges(verdict.hinges_on, answers.plan.futures, words))
        console.print(Padding(f"[dim]{hinges}[/dim]", (0, 0, 0, 6)), highlight=False)


def _telling(verdict: Verdict) -> list[str]:
    """Return the reason that decided a verdict, or the first; the others are for `morava explain`."""
    deciding = [
        test.reason
        for test in verdict.tests
        if test.share == verdict.share_of_futures and test.margin == verdict.margin
    ]
    return deciding[:1] or list(verdict.reasons[:1])


def _hinges(hinges: Sequence[Hinge], futures: Futures, words: Words) -> str:
    return ", ".join(
        f"{escape(say_factor(hinge.factor, futures, words.texts))} ({hinge.share:.0%})" for hinge in hinges
    )


def _share(words: Words, share: float) -> str:
    return written(words, f"{share:.1%}")


def _margin(verdict: Verdict, words: Words) -> str:
    if verdict.margin is None:
        return words.say("cli-never")
    digits = f"{verdict.margin:+,.0f}" if abs(verdict.margin) >= 1000 else f"{verdict.margin:+.3g}"
    if verdict.margin_unit == "year":
        return words.say("cli-years", number=written(words, digits))
    return f"{written(words, digits)} {verdict.margin_unit}".removesuffix(" 1")


def print_quantity(console: Console, shown: Mapping[str, Any], words: Words | None = None) -> None:
    """Print where a quantity comes from."""
    words = words or english()
    titles = [shown["title"], shown["title_sr"]]
    if words.language != ENGLISH:
        titles = [words.label("quantity", shown["quantity"])]
    console.print(f"[bold]{shown['quantity']}[/bold]: {' / '.join(escape(title) for title in titles)}")
    said_dims = (dim if words.language == ENGLISH else named(words, "column", dim) for dim in shown["dims"])
    dims = ", ".join(said_dims) or words.say("cli-nothing")
    unit = said_unit(words, shown["unit"]) or "1"
    console.print(escape(words.say("cli-quantity-unit", description=shown["description"], unit=unit, dims=dims)))
    if shown["model"]:
        needs = ", ".join(shown["needs"])
        console.print(words.say("cli-quantity-model", model=shown["model"], page=shown["page"], needs=needs))
    if shown["borrowed"]:
        console.print(words.say("cli-quantity-borrowed", series=", ".join(shown["borrowed"])), highlight=False)
    if "values" in shown:
        _print_values(console, shown, words)
    print_foreseen(console, shown["foreseen"], words)
    print_closure(console, shown["closure"], words)
    print_spread(console, shown["spread"], words)
    if "future" in shown:
        one = shown["future"]
        head = words.say("cli-quantity-future", number=str(one["number"]))
        console.print(f"\n[bold]{head}[/bold]: {one['value']}")
        for name, value in one["inputs"].items():
            console.print(f"  {name} = {value}", highlight=False, markup=False)
    if shown["facts"]:
        print_facts(console, shown["facts"], words)
    for change in shown["changes"]:
        told = {name: change[name] for name in ("initiative", "start", "because")}
        verb = named(words, "verb", change["verb"])
        console.print(escape(words.say("cli-quantity-changed", verb=verb, **told)))
    for claim in shown["claims"]:
        says = words.text(f"claim:{claim['claim']}", claim["says"])
        told = {"claim": claim["claim"], "paragraph": str(claim["paragraph"]), "says": says}
        console.print(escape(words.say("cli-quantity-tested", **told)))


def _print_values(console: Console, shown: Mapping[str, Any], words: Words) -> None:
    rows = shown["values"][:MOST_VALUES]
    if find(shown["quantity"]).kind == "date":
        rows = [_with_days(row) for row in rows]
    if words.language != ENGLISH:
        rows = [
            {
                named(words, "column", name): words.label(name, value) if isinstance(value, str) else value
                for name, value in row.items()
            }
            for row in rows
        ]
    _print_table(console, rows, words)
    console.print(words.say("cli-rows", count=len(rows)) if rows else words.say("cli-no-rows"), style="dim")
    if len(shown["values"]) > MOST_VALUES:
        more = str(len(shown["values"]) - MOST_VALUES)
        console.print(words.say("cli-quantity-more", count=more), style="dim")


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
    _print_table(console, rows, english())
    console.print(count(len(rows), what.removesuffix("s")), style="dim", highlight=False)


def _print_table(console: Console, rows: Sequence[Mapping[str, Any]], words: Words) -> None:
    if not rows:
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    columns = list(dict.fromkeys(name for row in rows for name in row))
    for place, name in enumerate(columns):
        longest = max(len(_cell(row.get(name), words)) for row in rows)
        table.add_column(name, overflow="fold", no_wrap=place == 0 and longest <= LONGEST_NAME)
    for row in rows:
        table.add_row(*[escape(_cell(row.get(name), words)) for name in columns])
    console.print(table)


def _cell(value: object, words: Words) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return written(words, f"{value:,.6g}") if isinstance(value, float) else str(value)


def print_problems(console: Console, country: str, problems: Sequence[Problem]) -> None:
    """Print what is wrong with a pack."""
    for problem in problems:
        console.print(str(problem), markup=False, highlight=False)
    console.print(f"{country}: {count(len(problems), 'problem')}" if problems else f"{country}: no problem found")
