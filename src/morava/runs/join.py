"""Parts of one run side by side: futures in order, each quantity over those in which it was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import xarray as xr

from morava.runs.types import Outcome


def join(outcomes: Sequence[Outcome], run_name: str) -> Outcome:
    """Return several chunks of one run as one outcome, futures in order."""
    answered = [outcome for outcome in outcomes if outcome.values]
    failed = {number: reason for outcome in outcomes for number, reason in outcome.failed.items()}
    if not answered:
        return Outcome({}, {}, failed, run_name)
    values = join_values([outcome.values for outcome in answered])
    other = {
        initiative: join_values([outcome.without[initiative] for outcome in answered])
        for initiative in answered[0].without
    }
    return Outcome(values, other, failed, run_name)


def join_values(parts: Sequence[Mapping[str, xr.DataArray]]) -> dict[str, xr.DataArray]:
    """Return every quantity over all the futures in which it was answered."""
    names = dict.fromkeys(name for part in parts for name in part)
    return {name: _join_arrays([part[name] for part in parts if name in part]) for name in names}


def _join_arrays(arrays: Sequence[xr.DataArray]) -> xr.DataArray:
    joined = xr.concat(arrays, dim="future", join="exact", combine_attrs="identical") if len(arrays) > 1 else arrays[0]
    return joined.sortby("future")
