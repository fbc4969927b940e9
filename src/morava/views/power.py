"""The screen of power: how demand is met by the hour and by the year, what it costs, and how well that is proved."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr

from morava.models.power import DURATIONS
from morava.quantities import find
from morava.runs.answers import Answers
from morava.runs.power_summary import PowerSummary, summarise_power
from morava.views.behind import references_of
from morava.views.charts import bands, chosen_cells, headline, quantile_cells, table, unit_of
from morava.views.power_hours import by_hour, duration, hours_of, weeks_of
from morava.views.stacks import (
    all_bands,
    choose,
    claims_about,
    kept,
    labels_of,
    nearest_year,
    quantities_over,
    stack,
)
from morava.views.types import Cell, Chart, Column, Headline, Note, Screen

NAME = "power"
MODELS = ("power", "adequacy", "adequacy_chronological")
HEADLINES = (
    "power_renewable_share", "power_price_mean", "power_net_import", "power_emission", "adequacy_lole_simulated",
    "adequacy_lole",
)  # fmt: skip
SIMULATED = {
    "adequacy_lole": ("adequacy_lole_simulated", "adequacy_lole_low", "adequacy_lole_high"),
    "adequacy_eue": ("adequacy_eue_simulated", "adequacy_eue_low", "adequacy_eue_high"),
}
"""What is simulated hour by hour beside what is computed from the distribution of outages, with bounds of sampling."""
METHODS = ("simple", "simulated", "sampling low", "sampling high")
USUAL_YEAR = 2030


def power(answers: Answers, choices: Mapping[str, str]) -> Screen:
    """Return the screen of power; without charts where the country has no power system.

    Parameters
    ----------
    choices
        `year`: a solved year; `week`: a week of it that was solved; `future`: whose hours are shown.

    Raises
    ------
    MoravaError
        When something is chosen that is not offered.
    """
    hours = hours_of(answers)
    years = labels_of(answers, "power_output", "year") or labels_of(answers, "adequacy_lole", "year")
    year = choose(choices, "year", years, str(USUAL_YEAR))
    offered = {"year": years, "week": weeks_of(hours), "future": _futures_of(hours)}
    chosen = {name: choose(choices, name, options, year) for name, options in offered.items() if options}
    shown: list[Chart | None] = []
    if "week" in chosen:
        shown += by_hour(answers, hours, int(chosen["future"]), int(year), int(chosen["week"]))
    shown += [stack(answers, name, by="technology") for name in ("power_fleet", "power_output", "power_capacity")]
    shown += [duration(answers, hours, name, int(year)) for name in DURATIONS if name in hours]
    shown += _borders(answers)
    shown += [compared for name in SIMULATED if (compared := _simulated(answers, name)) is not None]
    handled = {name for names in SIMULATED.values() for name in names} | set(SIMULATED)
    shown += all_bands(
        answers, NAME, [name for name in quantities_over(answers, MODELS, ["year"]) if name not in handled]
    )
    shown += [
        stack(answers, name, by="technology") for name in quantities_over(answers, MODELS, ["technology", "year"])
    ]
    summary = summarise_power(answers.request, answers.outcome)
    if summary is not None:
        shown += [proof(answers), _calendar(summary)]
    shown.append(claims_about(answers, _given(answers), "power-claims", "chart-power-claims"))
    known = bool(years)
    return Screen(
        name=NAME,
        headlines=_headlines(answers, int(year)) if known else (),
        charts=kept(shown) if known else (),
        choices={name: options for name, options in offered.items() if options},
        chosen=chosen,
        notes=_notes(summary),
    )


def _futures_of(hours: Mapping[str, xr.DataArray]) -> tuple[str, ...]:
    load = hours.get("power_load_hourly")
    return () if load is None else tuple(str(one) for one in load.coords["future"].to_numpy())


def _given(answers: Answers) -> set[str]:
    dims = [[], ["year"], ["technology", "year"], ["border", "year"], ["border", "direction", "year"]]
    return {name for each in dims for name in quantities_over(answers, MODELS, each)} | {"power_capacity"}


def _headlines(answers: Answers, year: int) -> tuple[Headline, ...]:
    shown = {part: simple for simple, parts in SIMULATED.items() for part in parts}
    made = [
        headline(answers, name, nearest_year(answers, name, year), chart=shown.get(name, name).replace("_", "-"))
        for name in HEADLINES
        if name in answers.outcome.values
    ]
    return tuple(one for one in made if one is not None)


def _borders(answers: Answers) -> list[Chart | None]:
    """Return imports and exports by border, and what the lights would suffer without one border."""
    found = [
        bands(
            answers, NAME, "border_flow", by="border", where={"direction": direction},
            name=f"border-{direction}", key=f"chart-power-border-{direction}",
        )
        for direction in labels_of(answers, "border_flow", "direction")
    ]  # fmt: skip
    if "adequacy_lole_without_border" in answers.outcome.values:
        found.append(bands(answers, NAME, "adequacy_lole_without_border", by="border"))
    return found


def _simulated(answers: Answers, simple: str) -> Chart | None:
    """Return a measure of adequacy by both methods, year by year, each over the futures that know it."""
    if simple not in answers.outcome.values:
        return None
    names = dict(zip(METHODS, (simple, *SIMULATED[simple]), strict=True))
    rows: list[tuple[Cell, ...]] = []
    for method, name in names.items():
        array = chosen_cells(answers, name)
        if array is None:
            continue
        for year in array.coords["year"].to_numpy():
            over = array.sel(year=year).to_numpy()
            rows.append((method, int(year), *quantile_cells(over, find(name)), over.size))
    unit = unit_of(answers, simple)
    return table(
        simple.replace("_", "-"),
        f"quantity-{simple}",
        (
            Column("method", "column-method", "label", "method"),
            Column("year", "column-year", "year", "year"),
            *(Column(level, f"column-{level}", "number", unit=unit) for level in ("p10", "p50", "p90")),
            Column("futures", "column-futures", "number", unit="1"),
        ),
        rows,
        drawn="bands",
        x="year",
        y=("p10", "p50", "p90"),
        by="method",
        unit=unit,
        sources=references_of(answers, simple),
    )


def proof(answers: Answers) -> Chart | None:
    """Return, for every future that solves power, its cost, the bound that owes the solver nothing, and the gap."""
    names = ("power_solve_cost", "power_solve_bound", "power_solve_gap", "power_solve_residual")
    if names[2] not in answers.outcome.values:
        return None
    values = {name: answers.outcome.values[name] for name in names}
    numbers = [int(one) for one in values[names[2]].coords["future"].to_numpy()]
    rows = [
        (
            number,
            "exact" if number < answers.request.power_futures else "screened",
            *(float(values[name].sel(future=number)) for name in names),
        )
        for number in numbers
    ]
    return table(
        "power-proof",
        "chart-power-proof",
        (
            Column("future", "column-future", "number", unit="1"),
            Column("solved", "column-solved", "label", "solved"),
            *(
                Column(name, f"quantity-{name}", "number", unit=unit_of(answers, name))
                for name in names
            ),
        ),
        rows,
        drawn="none",
        x="future",
        y=(names[2],),
        by="solved",
        unit="1",
        sources=references_of(answers, names[2]),
    )  # fmt: skip


def _calendar(summary: PowerSummary) -> Chart | None:
    if not summary.calendar_errors:
        return None
    rows = [(one.item, one.year, one.future, one.error) for one in summary.calendar_errors]
    columns = (
        Column("item", "column-item", "label", "item"),
        Column("year", "column-year", "year", "year"),
        Column("future", "column-future", "number", unit="1"),
        Column("error", "quantity-power_calendar_error", "share", unit="1"),
    )
    return table(
        "power-calendar-error", "quantity-power_calendar_error", columns, rows, drawn="bars", x="item", y=("error",),
        by="year", unit="1",
    )  # fmt: skip


def _notes(summary: PowerSummary | None) -> tuple[Note, ...]:
    """Return where power was solved, how closely, and on which hours."""
    if summary is None:
        return ()
    notes = [Note("note-power-solved", {"futures": summary.futures, "gap": summary.largest_gap})]
    if summary.screened:
        notes.append(Note("note-power-screened", {"futures": summary.screened, "gap": summary.screened_largest_gap}))
    if summary.failed:
        notes.append(Note("note-power-failed", {"failed": summary.failed}))
    if summary.weeks:
        notes.append(Note("note-power-weeks", {"weeks": summary.weeks}))
    else:
        notes.append(Note("note-power-all-hours"))
    if summary.calendar_errors:
        worst = max(np.abs([one.error for one in summary.calendar_errors]))
        notes.append(Note("note-power-calendar", {"error": float(worst)}))
    return tuple(notes)
