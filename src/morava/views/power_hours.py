"""Hours of power that a run keeps: the dispatch of a week, prices and storages beside it, and duration curves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np
import xarray as xr

from morava.models.power import DURATIONS, HOURLY
from morava.quantities import find
from morava.runs.answers import Answers
from morava.runs.store import read_hours, read_request
from morava.views.behind import references_of
from morava.views.charts import QUANTILES, quantile_cells, table, unit_of
from morava.views.stacks import used_labels
from morava.views.types import Cell, Chart, Column, Note

HOURS_A_WEEK = 168
NET_IMPORT, CHARGING, MOVED, UNSERVED = "net import", "charging", "moved load", "unserved"
"""What stands in the dispatch beside the technologies: charging and load that is moved into an hour are below zero."""
DISPATCH, PRICE, LEVEL = "dispatch", "dispatch-price", "dispatch-storage"


@lru_cache(maxsize=2)
def _read(path: Path) -> Mapping[str, xr.DataArray]:
    return read_hours(path, read_request(path), (*HOURLY, *DURATIONS))


def hours_of(answers: Answers) -> Mapping[str, xr.DataArray]:
    """Return what a run keeps by the hour, and its duration curves; nothing where it solves no power."""
    return _read(answers.path)


def weeks_of(hours: Mapping[str, xr.DataArray]) -> tuple[str, ...]:
    """Return the weeks of the year, from 1, that were solved; the day that 52 weeks leave over belongs to the last."""
    load = hours.get("power_load_hourly")
    if load is None:
        return ()
    weeks = np.minimum(load.coords["hour"].to_numpy() // HOURS_A_WEEK + 1, 8760 // HOURS_A_WEEK)
    return tuple(str(week) for week in np.unique(weeks))


def by_hour(
    answers: Answers, hours: Mapping[str, xr.DataArray], future: int, year: int, week: int
) -> list[Chart | None]:
    """Return the dispatch of one week, the price in it, and what storages hold; hours count from the week's first."""
    at = {"future": future, "year": year}
    place = hours["power_load_hourly"].coords["hour"].to_numpy()
    inside = place[(place >= (week - 1) * HOURS_A_WEEK) & (place < week * HOURS_A_WEEK)]
    shown = {
        name: array.sel({dim: label for dim, label in at.items() if dim in array.dims}).sel(hour=inside)
        for name, array in hours.items()
        if "hour" in array.dims
    }
    notes = (
        Note("note-hours-of-future", {"future": future, "year": year, "week": week}),
        Note("note-hour-stands-for", {"hours": float(shown["power_hour_weight"].mean())}),
    )
    return [
        _dispatch(answers, shown, notes),
        _course(answers, shown["power_price_hourly"], PRICE, notes),
        _course(answers, used_labels(shown["power_level_hourly"], "technology"), LEVEL, notes),
    ]


def dispatch_parts(shown: Mapping[str, xr.DataArray]) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Return what feeds the grid in every hour, part by part, MW; their sum is the load.

    Parameters
    ----------
    shown
        The quantities by the hour, of one future and year.
    """
    output = shown["power_output_hourly"]
    flow = shown["border_flow_hourly"].sum("border")
    parts = {str(one): output.sel(technology=one).to_numpy() for one in output.coords["technology"].to_numpy()}
    parts[NET_IMPORT] = (flow.sel(direction="import") - flow.sel(direction="export")).to_numpy()
    parts[CHARGING] = -shown["power_charged_hourly"].sum("technology").to_numpy()
    parts[MOVED] = shown["power_moved_hourly"].to_numpy()
    parts[UNSERVED] = shown["power_unserved_hourly"].to_numpy()
    return {
        name: np.asarray(values, dtype=float) for name, values in parts.items() if np.abs(values).max(initial=0) > 0
    }


def _dispatch(answers: Answers, shown: Mapping[str, xr.DataArray], notes: tuple[Note, ...]) -> Chart:
    load = shown["power_load_hourly"]
    hours, unit = load.coords["hour"].to_numpy(), unit_of(answers, "power_load_hourly")
    rows: list[tuple[Cell, ...]] = [
        (part, int(hour), float(value), float(total))
        for part, values in dispatch_parts(shown).items()
        for hour, value, total in zip(hours, values, load.to_numpy(), strict=True)
    ]
    return table(
        DISPATCH,
        "chart-power-dispatch",
        (
            Column("technology", "column-technology", "label", "technology"),
            Column("hour", "column-hour", "hour", "hour"),
            Column("power", "column-power", "number", unit=unit),
            Column("load", "quantity-power_load_hourly", "number", unit=unit),
        ),
        rows,
        drawn="stack",
        x="hour",
        y=("power", "load"),
        by="technology",
        unit=unit,
        sources=references_of(answers, "power_output"),
        notes=notes,
    )


def _course(answers: Answers, array: xr.DataArray, name: str, notes: tuple[Note, ...]) -> Chart:
    """Return the course of something over the hours of a week, by technology where it has one."""
    quantity = str(array.name)
    unit, by = unit_of(answers, quantity), "technology" if "technology" in array.dims else ""
    rows: list[tuple[Cell, ...]] = []
    for label in array.coords["technology"].to_numpy() if by else [""]:
        values = array.sel(technology=label).to_numpy() if by else array.to_numpy()
        start: tuple[Cell, ...] = (str(label),) if by else ()
        rows += [
            (*start, int(hour), float(value))
            for hour, value in zip(array.coords["hour"].to_numpy(), values, strict=True)
        ]
    columns = (
        *([Column("technology", "column-technology", "label", "technology")] if by else []),
        Column("hour", "column-hour", "hour", "hour"),
        Column("value", f"quantity-{quantity}", "number", unit=unit),
    )
    return table(
        name, f"quantity-{quantity}", columns, rows, drawn="lines", x="hour", y=("value",), by=by, unit=unit,
        sources=references_of(answers, "power_output"), notes=notes,
    )  # fmt: skip


def duration(answers: Answers, hours: Mapping[str, xr.DataArray], quantity: str, year: int) -> Chart:
    """Return a duration curve of one year: P10, P50 and P90 over the futures in which power is solved exactly."""
    curve = hours[quantity].sel(year=year)
    unit = unit_of(answers, quantity)
    rows = [
        (int(share) / 1000, *quantile_cells(curve.sel(quantile=share).to_numpy(), find(quantity)))
        for share in curve.coords["quantile"].to_numpy()
    ]
    return table(
        quantity.replace("_", "-"),
        f"quantity-{quantity}",
        (
            Column("share", "column-share-of-hours", "share", unit="1"),
            *(Column(level, f"column-{level}", "number", unit=unit) for level in QUANTILES),
        ),
        rows,
        drawn="bands",
        x="share",
        y=QUANTILES,
        unit=unit,
        sources=references_of(answers, "power_output"),
        notes=(
            Note("note-curve-of-year", {"year": year}),
            Note("note-solved-exactly-in", {"futures": int(curve.sizes["future"])}),
        ),
    )
