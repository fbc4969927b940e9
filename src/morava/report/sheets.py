"""What stands on the sheets of the workbook: the same values as the page has, under translated headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from morava.languages import slug
from morava.report.chapters import basis, method_rows
from morava.report.front_page import count_answers, factor, in_one_sentence
from morava.report.material import Material
from morava.report.outcomes import HEAD
from morava.report.words import Words
from morava.report.workbook import Cell, Field, Sheet

Row = Mapping[str, Any]
CLAIM_FIELDS = (
    ("claim", "text"), ("says", "text"), ("document", "text"), ("paragraph", "count"), ("sector", "text"),
    ("kind", "text"), ("voice", "text"), ("tense", "text"), ("partners", "text"), ("answer", "text"),
    ("basis", "text"), ("open", "text"), ("share", "share"), ("interval-low", "share"), ("interval-high", "share"),
    ("required-share", "share"), ("margin", "number"), ("margin-unit", "text"), ("hinges-on", "text"),
    ("conflicts", "text"), ("initiatives", "text"),
)  # fmt: skip
LEVER_FIELDS = (
    ("lever", "text"), ("title", "text"), ("kind", "text"), ("initiative", "text"), ("unit", "text"),
    ("at-least", "number"), ("at-most", "number"), ("plan", "number"), ("step", "number"), ("source", "text"),
)  # fmt: skip
SOURCE_FIELDS = ("source", "title", "producer", "address", "published", "accessed", "licence", "grade")


def sheets(words: Words, material: Material) -> list[Sheet]:
    """Return every sheet, in order; one without rows keeps its headings."""
    return [
        _summary(words, material),
        _claims(words, material),
        _levers(words, material),
        _outcomes(words, material),
        *_initiatives(words, material),
        _sources(words, material),
        _method(words, material),
    ]


def _fields(words: Words, fields: Sequence[tuple[str, str]]) -> tuple[Field, ...]:
    return tuple(Field(words.say(f"column-{name}"), kind) for name, kind in fields)


def _summary(words: Words, material: Material) -> Sheet:
    about, counts = material.about, count_answers(material.claims)
    rows: list[list[Cell]] = [
        [words.say("column-strategy"), words.text(f"strategy:{about['strategy']}", str(about["strategy_title"]))],
        [words.say("column-country"), words.text(f"country:{about['country']}", str(about["title"]))],
        [words.say("report-the-answer"), in_one_sentence(words, counts)],
    ]
    rows += [[words.say(f"answer-{slug(answer)}"), count] for answer, count in counts.items()]
    rows += [
        [words.say("column-claims"), len(material.claims)],
        [words.say("report-findings"), len(material.findings)],
        [words.say("column-futures"), int(about["futures"])],
    ]
    rows += [[_headline(words, one), _band(words, one)] for one in material.headlines("country")]
    return Sheet(words.say("report-sheet-summary"), _fields(words, (("what", "text"), ("value", "count"))), rows)


def _headline(words: Words, row: Row) -> str:
    year = f" {row['year']}" if row["year"] is not None else ""
    unit = words.unit(str(row["unit"])) if row["kind"] != "share" else ""
    return f"{words.say(str(row['key']))}{year}{f', {unit}' if unit else ''}"


def _band(words: Words, row: Row) -> str:
    low, middle, high = (
        "–" if row[name] is None
        else words.day(row[name]) if isinstance(row[name], str)
        else words.share(row[name]) if row["kind"] == "share" else words.number(row[name])
        for name in ("p10", "p50", "p90")
    )  # fmt: skip
    return words.say("report-band", middle=middle, low=low, high=high)


def _claims(words: Words, material: Material) -> Sheet:
    rows = [_claim(words, row) for row in material.claims]
    return Sheet(words.say("report-sheet-claims"), _fields(words, CLAIM_FIELDS), rows)


def _claim(words: Words, row: Row) -> list[Cell]:
    low, high = row["interval"] or (None, None)
    hinges = "; ".join(f"{factor(words, hinge)} ({words.share(float(hinge['share']))})" for hinge in row["hinges_on"])
    return [
        row["claim"], words.text(f"claim:{row['claim']}", row["says"]),
        words.text(f"document:{row['document']}", row["document"]), row["paragraph"], row["sector"],
        row["kind"], row["voice"], row["tense"], ", ".join(row["partners"]),
        words.say(f"answer-{slug(row['answer'])}"), basis(words, row), row["open"], row["share"], low, high,
        row["required_share"], row["margin"], row["margin_unit"], hinges, ", ".join(row["conflicts"]),
        ", ".join(row["initiatives"]),
    ]  # fmt: skip


def _levers(words: Words, material: Material) -> Sheet:
    rows: list[list[Cell]] = [
        [one["name"], words.text(f"lever:{one['name']}", one["name"]), one["kind"], one["initiative"], one["unit"],
         one["at_least"], one["at_most"], one["plan"], one["step"], one["source"]]
        for one in material.levers
    ]  # fmt: skip
    return Sheet(words.say("report-sheet-levers"), _fields(words, LEVER_FIELDS), rows)


def _outcomes(words: Words, material: Material) -> Sheet:
    years, rows = material.outcomes
    fields = [Field(words.say(f"column-{name}")) for name in HEAD] + [Field(str(year), "number") for year in years]
    return Sheet(words.say("report-sheet-outcomes"), tuple(fields), rows)


def _initiatives(words: Words, material: Material) -> list[Sheet]:
    """Return a sheet a table of the screen of initiatives: the first takes its name from the screen."""
    found: list[Sheet] = []
    for chart in material.charts("initiatives"):
        if not chart["rows"]:
            continue
        name = words.say("screen-initiatives") if not found else words.say(str(chart["key"]))
        found.append(Sheet(name, tuple(_field(words, column) for column in chart["columns"]), chart["rows"]))
    return found


def _field(words: Words, column: Row) -> Field:
    unit = words.unit(str(column["unit"])) if column["kind"] != "share" else ""
    title = words.say(str(column["key"]))
    kind = str(column["kind"]) if column["kind"] in ("number", "share", "year") else "text"
    return Field(f"{title}, {unit}" if unit else title, kind)


def _sources(words: Words, material: Material) -> Sheet:
    rows = [[row[name] for name in SOURCE_FIELDS] for row in material.sources]
    fields = _fields(words, [(name, "text") for name in SOURCE_FIELDS])
    return Sheet(words.say("report-sheet-sources"), fields, rows)


def _method(words: Words, material: Material) -> Sheet:
    rows: list[list[Cell]] = [[what, value] for what, value in method_rows(words, material)]
    rows += [[words.say("report-outcomes-head"), words.say("report-outcomes-note")]]
    rows += [[words.say("report-boundary"), words.text(f"boundary:{material.about['country']}", "")]]
    rows += [[words.say("report-gaps"), f"{name}: {text}"] for name, text in material.gaps(words).items()]
    rows += [[words.say("report-limits"), words.say(f"report-limits-{one}")] for one in LIMITS]
    return Sheet(words.say("report-method"), _fields(words, (("what", "text"), ("value", "count"))), rows)


LIMITS = ("models", "futures", "facts", "evidence")
