"""Two runs side by side: what went in differently, which verdicts and medians moved, and both bands of one quantity."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from morava.errors import MoravaError, Problem
from morava.quantities import find
from morava.runs.answers import Answers
from morava.runs.compare import Comparison
from morava.runs.compare import compare as compare_runs
from morava.views.behind import references_of
from morava.views.charts import QUANTILES, bands, kind_of, table, unit_of
from morava.views.country import HEADLINES
from morava.views.stacks import choose, kept
from morava.views.types import Cell, Chart, Column, Note, Screen

NAME = "compare"


def compare(one: Answers, other: Answers, choices: Mapping[str, str] | None = None) -> Screen:
    """Return what differs between two runs.

    Parameters
    ----------
    choices
        `quantity`: whose bands of both runs are shown side by side, any that both give over years alone.

    Raises
    ------
    MoravaError
        When a run is put beside itself, or a quantity is chosen that is not offered.
    """
    if one.run == other.run:
        raise MoravaError(Problem(f"{one.run} is put beside itself", "compare", "name two different runs"))
    shared = [
        name
        for name, array in one.outcome.values.items()
        if set(array.dims) == {"future", "year"}
        and name in other.outcome.values
        and unit_of(one, name) == unit_of(other, name)
    ]
    quantities = (
        *(name for name in HEADLINES if name in shared),
        *sorted(name for name in shared if name not in HEADLINES),
    )
    quantity = choose(choices or {}, "quantity", quantities)
    found = compare_runs(one, other)
    shown: list[Chart | None] = [_inputs(found), _verdicts(found), _medians(found)]
    if quantity:
        shown.insert(0, side_by_side(one, other, quantity))
    shown.append(_only(found))
    return Screen(
        name=NAME,
        charts=kept(shown),
        choices={"quantity": quantities} if quantity else {},
        chosen={"quantity": quantity} if quantity else {},
        notes=(
            Note("note-compared", {"one": one.run, "other": other.run}),
            Note("note-verdicts-moved", {"moved": len(found.verdicts), "claims": len(one.verdicts)}),
        ),
    )


def side_by_side(one: Answers, other: Answers, quantity: str) -> Chart | None:
    """Return the bands of a quantity in both runs."""
    charts = [bands(answers, NAME, quantity) for answers in (one, other)]
    rows = [
        (answers.run, *row)
        for answers, chart in zip((one, other), charts, strict=True)
        if chart is not None
        for row in chart.rows
    ]
    first = charts[0]
    if first is None:
        return None
    return table(
        "side-by-side", f"quantity-{quantity}", (Column("run", "column-run", "text"), *first.columns), rows,
        drawn="bands", x=first.x, y=QUANTILES, by="run", unit=first.unit, marks=first.marks,
        sources=references_of(one, quantity),
    )  # fmt: skip


def _inputs(found: Comparison) -> Chart:
    columns = (
        Column("input", "column-input", "label", "input"),
        Column("one", "column-one", "text"),
        Column("other", "column-other", "text"),
    )
    rows = [(name, str(pair[0]), str(pair[1])) for name, pair in found.inputs.items()]
    return table("inputs", "chart-compare-inputs", columns, rows)


def _verdicts(found: Comparison) -> Chart:
    columns = (
        Column("claim", "column-claim", "claim"),
        Column("answer_one", "column-answer-one", "label", "answer"),
        Column("answer_other", "column-answer-other", "label", "answer"),
        Column("share_one", "column-share-one", "share", unit="1"),
        Column("share_other", "column-share-other", "share", unit="1"),
    )
    rows = [(change.claim, *change.answers, *change.shares) for change in found.verdicts]
    return table(
        "verdicts", "chart-compare-verdicts", columns, rows, drawn="dots", x="claim", y=("share_one", "share_other"),
        unit="1",
    )  # fmt: skip


def _medians(found: Comparison) -> Chart:
    """Return the cell of every quantity whose median moved most, the largest part first; dates as decimal years."""
    columns = (
        Column("quantity", "column-quantity", "label", "quantity"),
        Column("where", "column-where", "text"),
        Column("one", "column-median-one", "number"),
        Column("other", "column-median-other", "number"),
        Column("moved", "column-moved-by", "share", unit="1"),
        Column("unit", "column-unit", "text"),
    )
    rows: list[tuple[Cell, ...]] = []
    for change in found.quantities:
        before, after = (value if np.isfinite(value) else None for value in change.medians)
        dated = kind_of(find(change.quantity)) == "date"
        part = None if dated or before is None or after is None or before == 0 else after / before - 1
        where = ", ".join(str(label) for label in change.cell.values())
        rows.append((change.quantity, where, before, after, part, change.unit))
    rows.sort(key=lambda row: -abs(float(row[4] or 0.0)))
    return table("medians", "chart-compare-medians", columns, rows)


def _only(found: Comparison) -> Chart:
    """Return what only one of the runs holds."""
    columns = (Column("side", "column-side", "label", "run-side"), Column("what", "column-what", "text"))
    rows = [(side, what) for side, held in zip(("one", "other"), found.only_in, strict=True) for what in held]
    return table("only-in", "chart-compare-only-in", columns, rows)
