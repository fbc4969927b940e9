"""The pages behind the first: claims by answer, the text, paths, initiatives, money, dependence, sources, method."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from morava.languages import slug
from morava.report.blocks import Block, Runs, heading, new_page, pair, paragraph, plain, table
from morava.report.curves import cell, crossed, dates, more, path, whole
from morava.report.front_page import ANSWERS, BY_MODELS, factor, margin, rule_of, said_of, share_with_interval
from morava.report.material import Material
from morava.report.words import Words

Row = Mapping[str, Any]
MOST_PATHS = 8
"""Curves of one screen on paper."""
MOST_FINDINGS = 40
HINGES_SHOWN = 2
MOST_COLUMNS = 8
SCREENS_OF_PATHS = ("country", "economy", "trade", "power")
QUANTILES = ("p10", "p50", "p90")
OF_DATES = ("initiative", "status", "promised", *QUANTILES, "kept", "cancelled")
OF_ENVELOPES = ("envelope", "first", "last", "amount", "cost_p10", "cost_p50", "cost_p90", "within")
"""Columns of these tables on paper; the page and the workbook have all."""


def chapters(words: Words, material: Material) -> list[Block]:
    """Return every page behind the first; a chapter for which the run has nothing is left out."""
    makers: tuple[Callable[[Words, Material], list[Block]], ...] = (
        _claims, _findings, _paths, _initiatives, _dependence, _sources, _method,
    )  # fmt: skip
    found: list[Block] = []
    for maker in makers:
        blocks = maker(words, material)
        if blocks:
            found += [new_page() if maker is _claims else {"block": "gap"}, *blocks]
    return found


def _claims(words: Words, material: Material) -> list[Block]:
    found = [heading(1, words.say("report-claims")), paragraph(words.say("report-claims-about"), block="intro")]
    for answer in ANSWERS:
        rows = [row for row in material.claims if row["answer"] == answer]
        if rows:
            said = words.say("report-answer-count", answer=words.say(f"answer-{slug(answer)}"), count=len(rows))
            found += [heading(2, said), _claim_table(words, rows, tested=answer in BY_MODELS)]
    return found


def _claim_table(words: Words, rows: Sequence[Row], tested: bool) -> Block:
    heads = ["column-claim", "column-says", "column-paragraph"]
    heads += ["column-share", "column-margin", "column-hinges-on"] if tested else ["column-basis"]
    cells: list[list[str | Runs]] = []
    for row in rows:
        start: list[str | Runs] = [
            [plain(str(row["claim"]), quiet=True)],
            words.text(f"claim:{row['claim']}", str(row["says"])),
            f"§ {row['paragraph']}",
        ]
        hinges = [
            f"{factor(words, hinge)} ({words.share(float(hinge['share']))})"
            for hinge in row["hinges_on"][:HINGES_SHOWN]
        ]
        rest: list[str | Runs] = [share_with_interval(words, row), margin(words, row), "; ".join(hinges) or "–"]
        cells.append([*start, *(rest if tested else [basis(words, row)])])
    widths: list[str | float] = ["auto", 3, "auto", 1.5, 1.2, 2] if tested else ["auto", 4, "auto", 1]
    return table("", [words.say(head) for head in heads], cells, widths)


def basis(words: Words, row: Row) -> str:
    """Return what an answer rests on: models, evidence, both, or nothing."""
    parts = []
    for part in str(row["basis"]).split("+"):
        key = f"basis-{slug(part)}"
        parts.append(words.say(key) if words.has(key) else part)
    return ", ".join(parts)


def _findings(words: Words, material: Material) -> list[Block]:
    rows = material.findings
    if not rows:
        return []
    cells: list[list[str | Runs]] = [
        [
            [plain(rule_of(words, row), strong=True)],
            [said_of(words, row)],
            ", ".join(str(one) for one in row["paragraphs"]),
        ]
        for row in rows[:MOST_FINDINGS]
    ]
    heads = [words.say(key) for key in ("column-rule", "column-says", "column-paragraph")]
    found = [
        heading(1, words.say("report-findings")),
        paragraph(words.say("report-findings-about", count=len(rows)), block="intro"),
        table("", heads, cells, [1.2, 4, 1]),
    ]
    return [*found, more(words, len(rows) - MOST_FINDINGS)] if len(rows) > MOST_FINDINGS else found


def _paths(words: Words, material: Material) -> list[Block]:
    found: list[Block] = []
    seen: list[Any] = []
    for name in SCREENS_OF_PATHS:
        fresh = [chart for chart in material.charts(name) if chart["rows"] not in seen]
        seen += [chart["rows"] for chart in fresh]
        curves = [curve for chart in fresh if (curve := path(words, chart)) is not None]
        if curves:
            found += [heading(2, words.say(f"screen-{name}")), pair(curves[:MOST_PATHS])]
    if not found:
        return []
    start = [heading(1, words.say("report-paths")), paragraph(words.say("report-paths-about"), block="intro")]
    return [*start, *_headlines(words, material), *found]


def _headlines(words: Words, material: Material) -> list[Block]:
    rows = material.headlines("country")
    if not rows:
        return []
    heads = [words.say(f"column-{name}") for name in ("quantity", "year", *QUANTILES)]
    cells: list[list[str | Runs]] = []
    for row in rows:
        unit = "" if row["kind"] == "share" else words.unit(str(row["unit"]))
        title = words.say(str(row["key"])) + (f" ({unit})" if unit else "")
        column = {"kind": row["kind"], "dim": ""}
        cells.append([title, str(row["year"] or "–"), *(cell(words, column, row[name]) for name in QUANTILES)])
    return [table("", heads, cells, [3, "auto", 1, 1, 1], [2, 3, 4])]


def _initiatives(words: Words, material: Material) -> list[Block]:
    charts = {str(chart["name"]): chart for chart in material.charts("initiatives")}
    found: list[Block] = []
    if "timeline" in charts:
        found += _dates(words, charts["timeline"])
    if "envelopes" in charts:
        found += [
            heading(2, words.say(str(charts["envelopes"]["key"]))),
            *whole(words, charts["envelopes"], OF_ENVELOPES),
        ]
    if not found:
        return []
    return [
        heading(1, words.say("screen-initiatives")),
        paragraph(words.say("screen-initiatives-about"), block="intro"),
        *found,
    ]


def _dates(words: Words, chart: Row) -> list[Block]:
    """Return the dates of initiatives, without their stages: drawn, and as a table."""
    place = [column["name"] for column in chart["columns"]].index("stage")
    only = {**chart, "rows": [row for row in chart["rows"] if not row[place]]}
    drawn = dates(words, only, words.say("report-alt-dates", count=len(only["rows"])))
    return [
        heading(2, words.say(str(chart["key"]))),
        paragraph(words.say("report-dates-about"), block="intro"),
        *drawn,
        *whole(words, {**only, "key": "report-dates-table"}, OF_DATES),
    ]


def _dependence(words: Words, material: Material) -> list[Block]:
    found: list[Block] = []
    curves: list[Block] = []
    for chart in material.charts("dependence"):
        curve = path(words, chart)
        if curve is not None:
            curves.append(curve)
        elif chart["drawn"] == "stack" and chart["by"]:
            found += crossed(words, chart)
        elif chart["rows"] and len(chart["columns"]) <= MOST_COLUMNS:
            found += whole(words, chart)
    if not found and not curves:
        return []
    start = [heading(1, words.say("screen-dependence")), paragraph(words.say("screen-dependence-about"), block="intro")]
    return [*start, *([pair(curves[:MOST_PATHS])] if curves else []), *found]


def _sources(words: Words, material: Material) -> list[Block]:
    rows = material.sources
    if not rows:
        return []
    cells: list[list[str | Runs]] = [
        [str(row["title"]), str(row["producer"]), str(row["published"]), str(row["grade"]), str(row["licence"])]
        for row in rows
    ]
    heads = [words.say(f"column-{name}") for name in ("title", "producer", "published", "grade", "licence")]
    return [
        heading(1, words.say("report-sources")),
        paragraph(words.say("report-sources-about", count=len(rows)), block="intro"),
        table("", heads, cells, [3, 1.4, 0.8, "auto", 1.8]),
    ]


def _method(words: Words, material: Material) -> list[Block]:
    facts = method_rows(words, material)
    steps = ("read", "draw", "simulate", "judge", "hinge", "telling")
    limits = ("models", "futures", "facts", "evidence")
    return [
        heading(1, words.say("report-method")),
        {"block": "numbered", "items": [[plain(words.say(f"report-method-{step}"))] for step in steps]},
        heading(2, words.say("report-limits")),
        {"block": "list", "items": [[plain(words.say(f"report-limits-{limit}"))] for limit in limits]},
        *_gaps(words, material),
        heading(2, words.say("report-made-from")),
        table(
            "",
            [words.say("column-what"), words.say("column-value")],
            [[one, str(value)] for one, value in facts],
            [1, 2.4],
        ),
    ]


def _gaps(words: Words, material: Material) -> list[Block]:
    gaps = material.gaps(words)
    if not gaps:
        return []
    items: list[Runs] = [[plain(f"{name}: ", strong=True), plain(text)] for name, text in gaps.items()]
    return [heading(2, words.say("report-gaps")), {"block": "list", "items": items}]


def method_rows(words: Words, material: Material) -> list[tuple[str, str | int]]:
    """Return what the run was made from, a row an input."""
    about = material.about
    rows: list[tuple[str, str | int]] = [
        (words.say(f"about-{name.replace('_', '-')}"), about[name])
        for name in ("run", "country", "strategy", "futures", "seed", "price_base", "as_of")
    ]
    rows += [(words.say("about-hash", of=name), value) for name, value in dict(about["hashes"]).items()]
    return [*rows, *((words.say("about-version", of=name), value) for name, value in dict(about["versions"]).items())]
