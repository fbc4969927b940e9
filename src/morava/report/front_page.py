"""The first page: what was asked, the answer, the most telling findings, how to read an answer, what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from morava.languages import slug
from morava.report.blocks import Block, Runs, bar, heading, paragraph, plain, table
from morava.report.material import Material
from morava.report.telling import most_telling
from morava.report.words import Words

Row = Mapping[str, Any]
BY_MODELS = ("fails", "hinges", "holds")
BY_EVIDENCE = ("contradicted", "partly", "confirmed")
OPEN = ("unverified", "not modelled", "opinion")
ANSWERS = (*BY_MODELS, *BY_EVIDENCE, *OPEN)
"""Answers in the order in which they are shown: those that somebody must act on come first."""


def count_answers(claims: Sequence[Row]) -> dict[str, int]:
    """Return how many claims have each answer, in the order shown; none is zero.

    Examples
    --------
    >>> count_answers([{"answer": "holds"}, {"answer": "fails"}, {"answer": "holds"}])
    {'fails': 1, 'holds': 2}
    """
    found = {answer: sum(row["answer"] == answer for row in claims) for answer in ANSWERS}
    return {answer: count for answer, count in found.items() if count}


def front_page(words: Words, material: Material) -> list[Block]:
    """Return the first page."""
    about, claims = material.about, material.claims
    counts = count_answers(claims)
    strategy = words.text(f"strategy:{about['strategy']}", str(about["strategy"]))
    country = words.text(f"country:{about['country']}", str(about["country"]))
    return [
        heading(1, words.say("report-title", strategy=strategy, country=country)),
        paragraph(words.say("report-asked", strategy=strategy, country=country, claims=len(claims),
                            futures=int(about["futures"]))),
        paragraph(plain(in_one_sentence(words, counts), strong=True), block="lead"),
        verdict_bar(words, counts),
        heading(2, words.say("report-telling")),
        *_telling(words, material),
        heading(2, words.say("report-reading")),
        *_reading(words, claims),
        _left_out(words, about, counts),
    ]  # fmt: skip


def in_one_sentence(words: Words, counts: Mapping[str, int]) -> str:
    """Return the answer in one sentence with its counts."""
    tested = sum(counts.get(answer, 0) for answer in BY_MODELS)
    return words.say(
        "report-answer",
        tested=tested,
        fails=counts.get("fails", 0),
        hinges=counts.get("hinges", 0),
        holds=counts.get("holds", 0),
        evidence=sum(counts.get(answer, 0) for answer in BY_EVIDENCE),
        open=sum(counts.get(answer, 0) for answer in OPEN),
    )


def verdict_bar(words: Words, counts: Mapping[str, int]) -> Block:
    """Return the bar of answers; what is seen in it is said in its alternative text."""
    parts = [
        {"name": slug(answer), "count": count, "shown": str(count), "label": words.say(f"answer-{slug(answer)}")}
        for answer, count in counts.items()
    ]
    said = ", ".join(f"{part['shown']} {part['label']}" for part in parts)
    return bar(parts, words.say("report-alt-bar", counts=said))


def share_with_interval(words: Words, row: Row) -> str:
    """Return the share of futures in which a claim is so, with its interval; a dash where there is none."""
    if row["share"] is None:
        return "–"
    said = words.share(float(row["share"]))
    if not row["interval"]:
        return said
    low, high = (words.share(float(bound)) for bound in row["interval"])
    return words.say("report-share-interval", share=said, low=low, high=high)


def margin(words: Words, row: Row) -> str:
    """Return by how much the middle future keeps or misses the bound, with its unit; a dash where there is none."""
    if row["margin"] is None:
        return "–"
    value, unit = float(row["margin"]), words.unit(str(row["margin_unit"]))
    sign = "+" if value > 0 else ""
    return f"{sign}{words.number(value)} {unit}".strip()


def _telling(words: Words, material: Material) -> list[Block]:
    chosen, told = most_telling(material.claims, material.findings)
    items = [_told(words, row, material.at(f"claims/{row['claim']}")) for row in chosen]
    for finding in told:
        rule = rule_of(words, finding)
        items.append(
            [plain(words.say("report-told-text", rule=rule), strong=True), said_of(words, finding, before=" ")]
        )
    if not items:
        return [paragraph(words.say("report-nothing-told"))]
    return [{"block": "numbered", "items": items}]


def rule_of(words: Words, finding: Row) -> str:
    """Return what kind of finding on the text this is."""
    key = f"rule-{slug(str(finding['rule']))}"
    return words.say(key) if words.has(key) else str(finding["rule"])


def said_of(words: Words, finding: Row, before: str = "") -> dict[str, Any]:
    """Return what was found on the text, in English where nobody told it again in the language."""
    said = words.texts.get(f"finding:{finding['name']}", "")
    return plain(before + (said or str(finding["says"])), english=not said and words.language != "en")


def _told(words: Words, row: Row, page: Row | None) -> Runs:
    answer = str(row["answer"])
    says = words.text(f"claim:{row['claim']}", str(row["says"]))
    arguments = {"share": share_with_interval(words, row), "test": _deciding_test(words, row, page)}
    runs = [
        plain(f"{says}.", strong=True, swatch=slug(answer)),
        plain(" " + words.say(f"report-told-{answer}", **arguments)),
    ]
    if row["margin"] is not None and answer != "hinges":
        said = words.say(f"report-told-{answer}-by", margin=margin(words, row).lstrip("+-−"))
        runs.append(plain(f" {said.replace('..', '.')}"))
    hinges = sorted(row["hinges_on"], key=lambda hinge: -float(hinge["share"]))
    if hinges:
        part = words.share(float(hinges[0]["share"]))
        runs.append(plain(" " + words.say("report-told-on", factor=factor(words, hinges[0]), part=part)))
    return [*runs, plain(f" ({row['claim']}, § {row['paragraph']})", quiet=True)]


def _deciding_test(words: Words, row: Row, page: Row | None) -> str:
    """Return what the test asks that decides a claim: the one that the smallest share of futures passes."""
    tests = [test for test in (page or {"tests": ()})["tests"] if test["share"] is not None]
    if not tests:
        return words.text(f"claim:{row['claim']}", str(row["says"]))
    test = min(tests, key=lambda one: float(one["share"]))
    return words.text(f"test:{row['claim']}/{test['name']}", str(test["says"] or test["name"])).rstrip(".")


def factor(words: Words, hinge: Row) -> str:
    """Return the name of an uncertainty that a verdict hinges on, in the words of the pack."""
    if not hinge["key"]:
        return str(hinge["factor"])
    label = str(hinge["label"])
    said = words.text(str(hinge["key"]), str(hinge["factor"]))
    return f"{said}: {words.label('initiative', label)}" if label else said


def _reading(words: Words, claims: Sequence[Row]) -> list[Block]:
    required = Counter(float(row["required_share"] or 0) for row in claims).most_common(1)[0][0] if claims else 0.0
    bounds = {"required": words.share(required), "rest": words.share(1 - required)}
    rows: list[list[str | Runs]] = [
        [[plain(words.say(f"answer-{slug(answer)}"), strong=True, swatch=slug(answer))],
         words.say(f"report-reading-{slug(answer)}", **bounds)]
        for answer in BY_MODELS
    ]  # fmt: skip
    rows.append([words.say("report-reading-others-head"), words.say("report-reading-others")])
    return [table("", [words.say("column-answer"), words.say("report-means")], rows, ["auto", 1])]


def _left_out(words: Words, about: Row, counts: Mapping[str, int]) -> Block:
    boundary = words.text(f"boundary:{about['country']}", "")
    said = words.say("report-not-modelled", count=counts.get("not modelled", 0), opinions=counts.get("opinion", 0))
    return paragraph(plain(words.say("report-left-out"), strong=True), f" {said} {boundary}", block="note")
