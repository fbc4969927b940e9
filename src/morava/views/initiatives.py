"""The screen of initiatives: when each is really done, what it costs, who pays, and how announced dates moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import xarray as xr

from morava.plans.types import Initiative, Promise
from morava.quantities import find
from morava.quantities.dates import calendar_day, interval
from morava.runs.answers import Answers
from morava.runs.listing import pooled_slip
from morava.runs.lower_schedule import dated_promises, promised
from morava.views.behind import references_of
from morava.views.charts import QUANTILES, bands, chosen_cells, headline, quantile_cells, table, unit_of
from morava.views.stacks import choose, claims_about, kept, labels_of, quantities_over, stack
from morava.views.types import Cell, Chart, Column, Headline, Note, Reference, Screen

Array = npt.NDArray[np.float64]
NAME = "initiatives"
MONEY = ("spending",)
FINISH, STAGE = "initiative_finish", "stage_finish"
ENVELOPE_SPENDING, ENVELOPE_BALANCE, ENVELOPE_OUTTURN = "envelope_spending", "envelope_balance", "envelope_outturn"
FLOWS = {"programme_spending": "initiative", "programme_works": "initiative", "lender_commitment": "lender",
         "currency_commitment": "currency"}  # fmt: skip
"""What flows in a year, each over the dimension whose labels are stacked."""


def initiatives(answers: Answers, choices: Mapping[str, str]) -> Screen:
    """Return the screen of initiatives.

    Parameters
    ----------
    choices
        `envelope`: whose spending by year is shown.

    Raises
    ------
    MoravaError
        When an envelope is chosen that is not there.
    """
    envelopes = labels_of(answers, ENVELOPE_SPENDING, "envelope")
    envelope = choose(choices, "envelope", envelopes)
    shown: list[Chart | None] = [gantt(answers), slip_ledger(answers)]
    shown += [stack(answers, name, by=dim) for name, dim in FLOWS.items()]
    if envelope:
        notes = (Note("note-of-envelope", {"envelope": envelope}),)
        shown += [
            bands(answers, NAME, ENVELOPE_SPENDING, where={"envelope": envelope}, notes=notes),
            nested_envelopes(answers),
        ]
    shown += [bands(answers, NAME, name, drawn="bars") for name in quantities_over(answers, MONEY, ["initiative"])]
    shown += [bands(answers, NAME, name) for name in quantities_over(answers, MONEY, ["year"])]
    given = {name for dims in GIVEN_OVER for name in quantities_over(answers, MONEY, dims)}
    shown.append(claims_about(answers, given, "money-claims", "chart-initiatives-money-claims"))
    rate, low, high = pooled_slip(answers)
    return Screen(
        name=NAME,
        headlines=_headlines(answers),
        charts=kept(shown),
        choices={"envelope": envelopes} if envelope else {},
        chosen={"envelope": envelope} if envelope else {},
        notes=(Note("note-slip", {"rate": rate, "low": low, "high": high}),),
    )


GIVEN_OVER = (
    ["initiative"], ["envelope"], ["year"], ["initiative", "year"], ["envelope", "year"], ["lender", "year"],
    ["currency", "year"],
)  # fmt: skip
"""Dimensions of the money that claims speak of."""


def _headlines(answers: Answers) -> tuple[Headline, ...]:
    made = [
        headline(answers, name, reduce={"initiative": "sum"}, chart=name.replace("_", "-"))
        for name in ("initiative_outturn", "initiative_delay_cost", "funding_gap")
    ]
    return tuple(one for one in made if one is not None)


def last_day(text: str) -> str:
    """Return the last day of what a date of any precision speaks of.

    Examples
    --------
    >>> last_day("2027-06"), last_day("2030"), last_day("2026-02-27")
    ('2027-06-30', '2030-12-31', '2026-02-27')
    """
    return (calendar_day(interval(text)[1]) - timedelta(days=1)).isoformat()


def gantt(answers: Answers) -> Chart:
    """Return when every initiative and each of its stages ends, against the latest promise, with what it hangs on.

    Criticality is the share of the futures in which the initiative ends whose critical path runs through the stage.
    """
    values, plan = answers.outcome.values, answers.plan.strategy.initiatives
    finish = values[FINISH]
    known = set(labels_of(answers, FINISH, "initiative"))
    rows: list[tuple[Cell, ...]] = []
    for name in sorted(known, key=lambda one: (_median(finish.sel(initiative=one)), one)):
        one, over = plan[name], finish.sel(initiative=name).to_numpy()
        latest = dated_promises(one)
        about = (one.status, one.sector, ", ".join(one.partners))
        cancelled = values.get("initiative_cancelled")
        rows.append(
            (
                name, "", *quantile_cells(over, find(FINISH)), _earlier(latest),
                last_day(latest[-1].date) if latest else None,
                float((over <= promised(latest[-1])).mean()) if latest else None,
                None if cancelled is None else float(cancelled.sel(initiative=name).mean()), None, *about,
            )
        )  # fmt: skip
        rows += [(name, *row, *about) for row in _stages(answers, one, over)]
    return table(
        "timeline", "chart-initiatives-timeline", _gantt_columns(), rows, drawn="gantt", x="initiative",
        y=(*QUANTILES, "promised"), by="stage", sources=(Reference("model", "schedule"),),
        notes=(Note("note-criticality"),),
    )  # fmt: skip


def _median(over: xr.DataArray | Array) -> float:
    return float(np.quantile(np.asarray(over), 0.5, method="inverted_cdf"))


def _gantt_columns() -> tuple[Column, ...]:
    return (
        Column("initiative", "column-initiative", "initiative", "initiative"),
        Column("stage", "column-stage", "label", "stage"),
        *(Column(level, f"column-{level}", "date") for level in QUANTILES),
        Column("earlier", "column-earlier-promises", "text"),
        Column("promised", "column-promised", "date"),
        Column("kept", "column-kept", "share", unit="1"),
        Column("cancelled", "column-cancelled", "share", unit="1"),
        Column("critical", "column-critical", "share", unit="1"),
        Column("status", "column-status", "label", "status"),
        Column("sector", "column-sector", "label", "sector"),
        Column("partners", "column-partners", "text"),
    )


def _stages(answers: Answers, initiative: Initiative, finish: Array) -> list[tuple[Cell, ...]]:
    values = answers.outcome.values
    ends = np.isfinite(finish)
    rows: list[tuple[Cell, ...]] = []
    for stage in initiative.stages:
        label = f"{initiative.name}/{stage.name}"
        if label not in labels_of(answers, STAGE, "stage"):
            continue
        over = values[STAGE].sel(stage=label).to_numpy()
        said = [one for one in initiative.promises if stage.milestone and _dated(one, stage.milestone)]
        said.sort(key=lambda one: (one.said, one.name))
        latest = said[-1] if said else None
        critical = values["stage_critical"].sel(stage=label).to_numpy()[ends]
        rows.append(
            (
                label, *quantile_cells(over, find(STAGE)), _earlier(said), last_day(latest.date) if latest else None,
                float((over <= promised(latest)).mean()) if latest else None, None,
                float(critical.mean()) if len(critical) else None,
            )
        )  # fmt: skip
    return rows


def _dated(promise: Promise, milestone: str) -> bool:
    return promise.milestone == milestone and bool(promise.date) and promise.kind != "actual"


def _earlier(said: Sequence[Promise]) -> str:
    """Return the days that were promised before the latest promise, oldest first, with a blank between."""
    return " ".join(last_day(one.date) for one in said[:-1])


def slip_ledger(answers: Answers) -> Chart:
    """Return every dated promise in order, and by how many years it moved what was said before, and all in all."""
    rows: list[tuple[Cell, ...]] = []
    for name, initiative in sorted(answers.plan.strategy.initiatives.items()):
        for milestone in dict.fromkeys(one.milestone for one in initiative.promises):
            said = [one for one in initiative.promises if one.milestone == milestone and one.date and one.said]
            said.sort(key=lambda one: (interval(one.said)[1], one.name))
            for place, one in enumerate(said):
                moved = None if place == 0 else promised(one) - promised(said[place - 1])
                whole = None if place == 0 else promised(one) - promised(said[0])
                rows.append(
                    (
                        name,
                        milestone,
                        last_day(one.said),
                        last_day(one.date),
                        one.date,
                        one.kind,
                        moved,
                        whole,
                        one.source,
                    )
                )
    columns = (
        Column("initiative", "column-initiative", "initiative", "initiative"),
        Column("milestone", "column-milestone", "label", "milestone"),
        Column("said", "column-said", "date"),
        Column("promised", "column-promised", "date"),
        Column("words", "column-as-written", "text"),
        Column("kind", "column-promise-kind", "label", "promise-kind"),
        Column("moved", "column-moved", "number", unit="year"),
        Column("moved_in_all", "column-moved-in-all", "number", unit="year"),
        Column("source", "column-source", "source"),
    )
    return table(
        "slip-ledger", "chart-initiatives-slip-ledger", columns, rows, drawn="dots", x="said", y=("promised",),
        by="initiative", sources=tuple(Reference("source", one) for one in sorted({str(row[-1]) for row in rows})),
    )  # fmt: skip


def nested_envelopes(answers: Answers) -> Chart | None:
    """Return what is set aside, what is spent of it within its span, what is left, and what all that it names costs.

    What is spent is the amount less the balance, future by future. An envelope inside another counts in both.
    """
    amount, balance = answers.lowered.inputs.get("envelope_amount"), chosen_cells(answers, ENVELOPE_BALANCE)
    outturn = chosen_cells(answers, ENVELOPE_OUTTURN)
    if amount is None or balance is None or outturn is None:
        return None
    plan = answers.plan.strategy.envelopes
    unit = unit_of(answers, ENVELOPE_BALANCE)
    rows: list[tuple[Cell, ...]] = []
    for name in (str(one) for one in balance.coords["envelope"].to_numpy()):
        left, one = balance.sel(envelope=name), plan[name]
        held = _over(amount.sel(envelope=name), left)
        rows.append(
            (
                name, one.part_of or None, one.first_year, one.last_year, _median(held),
                *quantile_cells(held - left.to_numpy(), find(ENVELOPE_BALANCE)),
                *quantile_cells(left.to_numpy(), find(ENVELOPE_BALANCE)),
                *quantile_cells(outturn.sel(envelope=name).to_numpy(), find(ENVELOPE_OUTTURN)),
                float((left >= 0).mean()),
            )
        )  # fmt: skip
    columns = (
        Column("envelope", "column-envelope", "label", "envelope"),
        Column("part_of", "column-part-of", "label", "envelope"),
        Column("first", "column-first-year", "year", "year"),
        Column("last", "column-last-year", "year", "year"),
        Column("amount", "column-amount", "number", unit=unit),
        *(Column(f"spent_{one}", f"column-spent-{one}", "number", unit=unit) for one in QUANTILES),
        *(Column(f"left_{one}", f"column-left-{one}", "number", unit=unit) for one in QUANTILES),
        *(Column(f"cost_{one}", f"column-cost-{one}", "number", unit=unit) for one in QUANTILES),
        Column("within", "column-within", "share", unit="1"),
    )
    return table(
        "envelopes", "chart-initiatives-envelopes", columns, rows, drawn="bars", x="envelope",
        y=("amount", "spent_p50"), unit=unit, sources=references_of(answers, ENVELOPE_BALANCE),
    )  # fmt: skip


def _over(amount: xr.DataArray, like: xr.DataArray) -> Array:
    """Return an amount in every future of another array."""
    if "future" not in amount.dims:
        return np.full(like.sizes["future"], float(amount))
    return np.asarray(amount.sel(future=like.coords["future"].to_numpy()).to_numpy(), dtype=float)
