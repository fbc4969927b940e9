"""What a run says of its power program: where it was solved, how well it is proved, how far its weeks are off."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

from morava.runs.calendar_check import CALENDAR_ERROR
from morava.runs.request import detail_of
from morava.runs.types import Outcome, Request


@dataclass(frozen=True)
class CalendarError:
    """How far the chosen weeks are off in one year: what they say less what all hours say, 1."""

    item: str
    year: int
    future: int
    error: float


@dataclass(frozen=True)
class PowerSummary:
    """In how many futures, years and weeks power was solved, the widest gap left, and the errors of the calendar.

    Zero weeks are all hours. Futures in which it could not be answered are counted in `failed`. The futures that were
    only screened are counted apart, with the widest and the median gap that was proved for them.
    """

    futures: int
    failed: int
    years: tuple[int, ...]
    weeks: int
    largest_gap: float
    screened: int
    screened_largest_gap: float
    screened_median_gap: float
    calendar_errors: tuple[CalendarError, ...]

    def document(self) -> dict[str, object]:
        """Return it as plain data."""
        return asdict(self)


def summarise_power(request: Request, outcome: Outcome) -> PowerSummary | None:
    """Return the summary of a run; None where no power program was asked for."""
    detail = detail_of(request)
    if detail.futures == 0 and detail.screened == 0:
        return None
    gap = outcome.values.get("power_solve_gap")
    errors = outcome.values.get(CALENDAR_ERROR)
    rows = []
    if errors is not None:
        for place in np.ndindex(errors.shape):
            cell = errors[place]
            labels = {str(dim): cell.coords[dim].item() for dim in errors.dims}
            rows.append(CalendarError(str(labels["item"]), int(labels["year"]), int(labels["future"]), float(cell)))
    numbers = np.zeros(0, dtype=int) if gap is None else gap.coords["future"].to_numpy()
    gaps = np.zeros(0) if gap is None else gap.to_numpy()
    exact, loose = gaps[numbers < detail.futures], gaps[numbers >= detail.futures]
    return PowerSummary(
        futures=len(exact),
        failed=sum(number < max(detail.futures, detail.screened) for number in outcome.failed),
        years=detail.years,
        weeks=detail.weeks,
        largest_gap=float(exact.max(initial=0.0)),
        screened=len(loose),
        screened_largest_gap=float(loose.max(initial=0.0)),
        screened_median_gap=float(np.median(loose)) if len(loose) else 0.0,
        calendar_errors=tuple(rows),
    )
