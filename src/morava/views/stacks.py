"""Tables whose parts add up, what is chosen in a screen, and what claims say of the quantities of a model.

Quantiles of parts do not add up to those of the whole, but means do. So a stack draws the mean over futures, and its
table holds P10, P50 and P90 beside it. In a chart drawn as `stack` the first column of `y` is stacked; every further
one is the same for all parts of a place on the axis, and is a line over them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem, nearest
from morava.models.chain import CHAIN
from morava.quantities import find
from morava.runs.answers import Answers
from morava.views.behind import Where, references_of, standing_notes
from morava.views.charts import (
    bands,
    chosen_cells,
    dim_column,
    quantile_columns,
    quantile_rows,
    table,
    unit_of,
    value_column,
)
from morava.views.types import Cell, Chart, Column, Note

MEAN = "mean"


def choose(choices: Mapping[str, str], name: str, options: Sequence[str], usual: str = "") -> str:
    """Return what is chosen by a parameter of a screen: as asked, the usual, or the first; blank without options.

    Raises
    ------
    MoravaError
        When what is asked is not offered.
    """
    if not options:
        return ""
    asked = choices.get(name, usual if usual in options else options[0])
    if asked not in options:
        raise MoravaError(Problem(f"{asked} cannot be chosen", name, nearest(asked, options)))
    return asked


def labels_of(answers: Answers, quantity: str, dim: str) -> tuple[str, ...]:
    """Return the labels of a dimension of a quantity; none where the outcome has not got it."""
    array = answers.outcome.values.get(quantity)
    return () if array is None or dim not in array.dims else tuple(str(one) for one in array.coords[dim].to_numpy())


def quantities_over(answers: Answers, models: Collection[str], dims: Collection[str]) -> list[str]:
    """Return the quantities of the outcome that some models give over exactly these dimensions, in running order."""
    return [
        name
        for model in CHAIN
        if model.__name__ in models
        for name in model.gives
        if name in answers.outcome.values and set(find(name).dims) == set(dims)
    ]


def stack(
    answers: Answers,
    quantity: str,
    *,
    by: str,
    where: Where | None = None,
    reduce: Mapping[str, str] | None = None,
    name: str = "",
    key: str = "",
    drawn: str = "stack",
    notes: Sequence[Note] = (),
) -> Chart | None:
    """Return the mean of every part with P10, P50 and P90 beside it; None where the outcome has not got it.

    Parameters
    ----------
    by
        The dimension whose labels are the parts; parts that are zero everywhere are left out.
    where, reduce
        As of `chosen_cells`; what is left is `by` and the axis.
    drawn
        `stack`, `bars`, `heat` or `tree`.
    """
    array = chosen_cells(answers, quantity, where, reduce)
    if array is None:
        return None
    found = find(quantity)
    axis = [str(dim) for dim in array.dims if dim not in ("future", by)]
    array = used_labels(array, by).transpose(by, *axis, "future")
    means = array.mean("future").to_numpy()
    rows = [
        (*row[: len(axis) + 1], float(mean), *row[len(axis) + 1 :])
        for row, mean in zip(quantile_rows(array, found), means.ravel(), strict=True)
    ]
    return table(
        name or quantity.replace("_", "-"),
        key or f"quantity-{quantity}",
        (
            *(dim_column(dim) for dim in (by, *axis)),
            value_column(answers, MEAN, quantity, "column-mean"),
            *quantile_columns(answers, quantity),
        ),
        rows,
        drawn=drawn,
        x=axis[0] if axis else by,
        y=(MEAN,),
        by=by if axis else "",
        unit=unit_of(answers, quantity),
        sources=references_of(answers, quantity, where),
        notes=(*standing_notes(answers, quantity, array), *notes),
    )


def used_labels(array: xr.DataArray, dim: str) -> xr.DataArray:
    """Return an array without the labels at which it is zero everywhere; as it is where nothing would be left."""
    values = array.transpose(dim, ...).to_numpy().reshape(array.sizes[dim], -1)
    used = np.abs(values).max(axis=1) > 0
    return array.isel({dim: np.flatnonzero(used)}) if used.any() else array


def all_bands(answers: Answers, screen: str, quantities: Iterable[str]) -> list[Chart | None]:
    """Return the bands of quantities over years."""
    return [bands(answers, screen, one) for one in quantities]


def kept(charts: Iterable[Chart | None]) -> tuple[Chart, ...]:
    """Return the charts that there are, each address once: the first of that name."""
    found: dict[str, Chart] = {}
    for chart in charts:
        if chart is not None and chart.rows:
            found.setdefault(chart.name, chart)
    return tuple(found.values())


def nearest_year(answers: Answers, quantity: str, year: int) -> int | None:
    """Return the last year up to one in which a quantity is known, the first after it, or None."""
    known = [int(one) for one in labels_of(answers, quantity, "year")]
    return max((one for one in known if one <= year), default=known[0] if known else None)


def claims_about(answers: Answers, quantities: Collection[str], name: str, key: str) -> Chart:
    """Return what claims say of some quantities, test by test, with the value, the share of futures and the answer."""
    columns = (
        Column("claim", "column-claim", "claim"),
        Column("test", "column-test", "label", "test"),
        Column("quantity", "column-quantity", "label", "quantity"),
        Column("p10", "column-p10", "number"),
        Column("p50", "column-p50", "number"),
        Column("p90", "column-p90", "number"),
        Column("unit", "column-unit", "text"),
        Column("share", "column-share-of-futures", "share"),
        Column("answer", "column-answer", "label", "answer"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            verdict.claim, f"{verdict.claim}/{test.name}", test.quantity, _finite(test.p10), _finite(test.p50),
            _finite(test.p90), test.unit, test.share, test.answer,
        )
        for verdict in answers.verdicts
        for test in verdict.tests
        if test.quantity in quantities
    ]  # fmt: skip
    return table(name, key, columns, rows)


def _finite(value: float | None) -> float | None:
    return value if value is not None and np.isfinite(value) else None
