"""Lower what the power program needs beside facts and series: its calendar, and what the plan takes of its budget."""

from __future__ import annotations

from collections.abc import Mapping

import xarray as xr

from morava.quantities import labelled
from morava.runs.request import Detail


def calendar_inputs(detail: Detail, number: int = 0) -> dict[str, xr.DataArray]:
    """Return the years and weeks that the program is solved for, and how closely in a future."""
    labels = [str(year) for year in detail.years]
    return {
        "power_solve_year": labelled("power_solve_year", list(detail.years), {"item": labels}),
        "power_solve_weeks": labelled("power_solve_weeks", detail.weeks),
        "power_solve_tolerance": labelled("power_solve_tolerance", detail.tolerance(number)),
    }


def budget_committed(known: Mapping[str, xr.DataArray]) -> dict[str, xr.DataArray]:
    """Return what the plan spends of the power budget in its years, million money.

    Parameters
    ----------
    known : mapping of DataArray
        `envelope_spending` [envelope, year], million money / year; `power_budget_envelope`, text;
        `power_budget_first` and `power_budget_last`, years.
    """
    spending = known["envelope_spending"].sel(envelope=str(known["power_budget_envelope"].item()))
    first, last = (int(known[f"power_budget_{side}"]) for side in ("first", "last"))
    years = spending.coords["year"]
    total = spending.sel(year=years[(years >= first) & (years <= last)]).sum("year").drop_vars("envelope")
    total.name, total.attrs["unit"] = "power_budget_committed", "million money"
    return {"power_budget_committed": total}
