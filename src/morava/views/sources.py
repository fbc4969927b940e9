"""What everything rests on: sources, conflicts between them, hourly series, tables, and what the pack has not got."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from morava.plans.types import STATUSES, Country
from morava.runs.answers import Answers
from morava.views.charts import table
from morava.views.types import Chart, Column, Note, Reference, Screen

NAME = "sources"


@dataclass(frozen=True)
class SourceRow:
    """Where something was read, and how much of the pack was read there."""

    source: str
    title: str
    producer: str
    address: str
    published: str
    accessed: str
    licence: str
    sha256: str
    grade: str
    facts: int
    series: tuple[str, ...]
    tables: tuple[str, ...]


@dataclass(frozen=True)
class ConflictRow:
    """Facts or claims that disagree: each side by name, what is done about it, and why.

    `chosen` is the number of the side that counts, from 0; None where futures draw one by `weights`.
    """

    conflict: str
    subject: str
    kind: str
    sides: tuple[tuple[Reference, ...], ...]
    weights: tuple[float, ...]
    chosen: int | None
    reading: str


def sources(answers: Answers) -> tuple[SourceRow, ...]:
    """Return every source of the pack, in its order."""
    country = answers.plan.country
    facts = Counter(fact.source for fact in country.facts.values())
    return tuple(
        SourceRow(
            source=name,
            title=one.title,
            producer=one.producer,
            address=one.address,
            published=one.published,
            accessed=one.accessed,
            licence=one.licence,
            sha256=one.sha256,
            grade=one.grade,
            facts=facts[name],
            series=tuple(key for key, held in country.series.items() if name in held.sources),
            tables=tuple(key for key, held in country.tables.items() if name in held.sources),
        )
        for name, one in country.sources.items()
    )


def conflicts(answers: Answers) -> tuple[ConflictRow, ...]:
    """Return every conflict of the pack."""
    country = answers.plan.country
    return tuple(
        ConflictRow(
            conflict=name,
            subject=one.subject,
            kind=one.kind,
            sides=tuple(
                tuple(Reference("fact" if item in country.facts else "claim", item) for item in side)
                for side in one.sides
            ),
            weights=one.weights,
            chosen=one.chosen,
            reading=one.reading,
        )
        for name, one in country.conflicts.items()
    )


def sources_screen(answers: Answers, _choices: Mapping[str, str]) -> Screen:
    """Return the screen of sources: how facts are known and graded, then every list of the pack."""
    country = answers.plan.country
    charts = (
        _by_status(country), _by_grade(country), _sources(answers), _conflicts(answers), _series(country),
        _tables(country), _gaps(country),
    )  # fmt: skip
    return Screen(
        name=NAME,
        charts=tuple(chart for chart in charts if chart.rows),
        notes=(
            Note("note-sources", {"facts": len(country.facts), "sources": len(country.sources)}),
            Note("note-conflicts", {"conflicts": len(country.conflicts)}),
        ),
    )


def _text(name: str) -> Column:
    return Column(name, f"column-{name}", "text")


def _label(name: str) -> Column:
    """Return a column of labels that are no labels of a dimension: `status` is said by `status-LABEL`, and so on."""
    return Column(name, f"column-{name}", "label", name)


def _count(name: str) -> Column:
    return Column(name, f"column-{name}", "number", unit="1")


def _by_status(country: Country) -> Chart:
    found = Counter(fact.status for fact in country.facts.values())
    rows = [(status, found[status]) for status in STATUSES if found[status]]
    return table(
        "statuses", "chart-sources-statuses", (_label("status"), _count("facts")), rows, drawn="bars", x="status",
        y=("facts",), unit="1",
    )  # fmt: skip


def _by_grade(country: Country) -> Chart:
    found = Counter(country.sources[fact.source].grade for fact in country.facts.values())
    rows = [(grade, found[grade]) for grade in sorted(found)]
    return table(
        "grades", "chart-sources-grades", (_label("grade"), _count("facts")), rows, drawn="bars", x="grade",
        y=("facts",), unit="1",
    )  # fmt: skip


def _sources(answers: Answers) -> Chart:
    columns = (
        Column("source", "column-source", "source"), _text("title"), _text("producer"), _text("published"),
        _label("grade"), _count("facts"), _text("licence"), _text("address"),
    )  # fmt: skip
    rows = [
        (one.source, one.title, one.producer, one.published, one.grade, one.facts, one.licence, one.address)
        for one in sources(answers)
    ]
    return table("sources", "chart-sources-sources", columns, rows)


def _conflicts(answers: Answers) -> Chart:
    columns = (_label("conflict"), _label("kind"), _text("sides"), _text("weights"), _count("chosen"))
    rows = [
        (
            one.conflict,
            one.kind,
            " | ".join(", ".join(item.name for item in side) for side in one.sides),
            ", ".join(f"{weight:g}" for weight in one.weights),
            None if one.chosen is None else one.chosen + 1,
        )
        for one in conflicts(answers)
    ]
    return table("conflicts", "chart-sources-conflicts", columns, rows)


def _series(country: Country) -> Chart:
    columns = (
        _text("series"), _label("quantity"), _label("status"), _text("borrowed"), _text("mends"), _text("file"),
    )  # fmt: skip
    rows = [
        (one.name, one.quantity, one.status, one.borrowed,
         "; ".join(f"{mend.what} ({mend.why})" for mend in one.mends), one.file)
        for one in country.series.values()
    ]  # fmt: skip
    return table("series", "chart-sources-series", columns, rows)


def _tables(country: Country) -> Chart:
    columns = (
        _text("table"), _label("quantity"), _label("status"), _text("synthetic"), _text("mends"), _text("file"),
    )  # fmt: skip
    rows = [
        (one.name, one.quantity, one.status, one.synthetic,
         "; ".join(f"{mend.what} ({mend.why})" for mend in one.mends), one.file)
        for one in country.tables.values()
    ]  # fmt: skip
    return table("tables", "chart-sources-tables", columns, rows)


def _gaps(country: Country) -> Chart:
    columns = (_label("quantity"), _label("gap"))
    return table("gaps", "chart-sources-gaps", columns, [(name, name) for name in country.gaps])
