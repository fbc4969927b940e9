"""What every screen is made of: charts that are tables first, lists, and texts that are keys and not sentences.

A face draws these and knows no quantity by name. Titles, labels and units are keys of the messages
(`quantity-gdp`, `label-sector-steel`); words that somebody wrote in a pack travel as `texts` in the languages that the
pack has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Cell = float | int | str | bool | None
"""What stands in a table; None where a value is not known, and `never` for a date that does not come."""

DRAWN = ("bands", "lines", "stack", "bars", "gantt", "heat", "tree", "dots", "none")
"""How a chart is drawn: bands are P10, P50 and P90 over years; `none` is a table only."""
COLUMN_KINDS = (
    "year",
    "number",
    "share",
    "date",
    "hour",
    "label",
    "text",
    "claim",
    "fact",
    "source",
    "initiative",
    "flag",
)


@dataclass(frozen=True)
class Column:
    """One column of a table.

    `key` is the message that heads it; `kind` one of COLUMN_KINDS. For a label `dim` names the dimension, so that label
    L of it is said by the message `label-DIM-L`, or by the pack's own text. For a number `unit` is the unit in the
    glossary's spelling with the money of the pack in it.
    """

    name: str
    key: str
    kind: str
    dim: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Mark:
    """A claim's bound drawn on a chart: at `year`, from `at_least` or up to `at_most`, in the unit of the chart."""

    claim: str
    test: str
    year: int | None
    at_least: float | None
    at_most: float | None


@dataclass(frozen=True)
class Reference:
    """Where a number comes from: a fact, a source, a model page, a run, or a claim; `name` is its name."""

    kind: str
    name: str


@dataclass(frozen=True)
class Chart:
    """A table and how it is drawn.

    Parameters
    ----------
    name
        Its address, unique in its screen: letters, digits and hyphens.
    key
        The message that titles it.
    drawn
        One of DRAWN.
    columns, rows
        The table itself; a chart shows nothing that is not in it.
    x
        The column along the axis.
    y
        The columns drawn; of bands, the three of P10, P50, P90 in this order.
    by
        The column whose labels become series; empty for one series.
    unit
        What the axis says.
    marks
        Bounds of claims on what is drawn.
    sources
        What stands behind it.
    notes
        Messages with arguments, said under the chart.
    """

    name: str
    key: str
    drawn: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    x: str = ""
    y: tuple[str, ...] = ()
    by: str = ""
    unit: str = ""
    marks: tuple[Mark, ...] = ()
    sources: tuple[Reference, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Note:
    """A message with its arguments; an argument is a number, a name or a year, never a sentence."""

    key: str
    arguments: Mapping[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True)
class Headline:
    """One number with its band: P10, P50, P90 of a quantity in a year, and what is to be known of it.

    `where` says of which labels it is, by dimension; `all` where it is over all of them.
    """

    name: str
    key: str
    unit: str
    kind: str
    year: int | None
    p10: float | str | None
    p50: float | str | None
    p90: float | str | None
    chart: str = ""
    notes: tuple[Note, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Screen:
    """Everything of one screen: its headlines, its charts in order, and what is chosen in it.

    `choices` are the menus of the screen by parameter of the address (`week`, `zone`), each with its options;
    `chosen` what they stand at.
    """

    name: str
    headlines: tuple[Headline, ...] = ()
    charts: tuple[Chart, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
