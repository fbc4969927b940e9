"""The model `debt`: public debt over output, from drawn history, the trend of the economy and what the state pays."""

from __future__ import annotations

import numpy as np
import xarray as xr

from morava.models.contract import model
from morava.models.money.debt import (
    above_baseline,
    debt_path,
    draw_history,
    grow,
    mean_of_history,
    recall_history,
    shift_history,
)
from morava.models.money.inputs import read_history

HISTORY = ("growth", "inflation", "primary_balance", "interest", "depreciation", "stock_flow")
TRENDS = ("growth", "primary_balance")
"""What of history swings around a trend of its own, and not around its mean."""


@model(gives=["debt_ratio", "debt_ratio_without"])
def debt(
    debt_history_draw: xr.DataArray,
    debt_block_length: xr.DataArray,
    history_growth: xr.DataArray,
    history_inflation: xr.DataArray,
    history_primary_balance: xr.DataArray,
    history_interest: xr.DataArray,
    history_depreciation: xr.DataArray,
    history_stock_flow: xr.DataArray,
    trend_growth: xr.DataArray,
    trend_primary_balance: xr.DataArray,
    trend_swing: xr.DataArray,
    debt_initial: xr.DataArray,
    debt_foreign_share: xr.DataArray,
    gdp_initial: xr.DataArray,
    public_investment_baseline: xr.DataArray,
    public_programme_spending: xr.DataArray,
    guarantee_called: xr.DataArray,
) -> dict[str, xr.DataArray]:
    """Return public debt over output, with what the programme adds to borrowing and without it.

    What each quantity means stands in the glossary; equations and closures in `docs/models/money.md`.

    Parameters
    ----------
    debt_history_draw
        [year], 1
    debt_block_length
        [], year
    history_growth
        [period], 1
    history_inflation
        [period], 1
    history_primary_balance
        [period], 1
    history_interest
        [period], 1
    history_depreciation
        [period], 1
    history_stock_flow
        [period], 1
    trend_growth
        [year], 1
    trend_primary_balance
        [year], 1
    trend_swing
        [], 1
    debt_initial
        [], 1
    debt_foreign_share
        [], 1
    gdp_initial
        [], million money
    public_investment_baseline
        [], 1
    public_programme_spending
        [year], million money / year
    guarantee_called
        [year], million money / year

    Returns
    -------
    dict
        By name: `debt_ratio` and `debt_ratio_without` [year], 1.

    Raises
    ------
    MoravaError
        Where labels, years or history do not fit together.

    Identity
    --------
    Without public spending on the programme and without guarantees `debt_ratio` = `debt_ratio_without`. Where the
    trends are the means of history and all swings are kept, growth and primary balance are those drawn.

    Source
    ------
    Debt identity: International Monetary Fund, Technical Notes and Manuals 2021/005; drawn history: its Policy Paper
    2022/039.
    """
    inputs = read_history(dict(locals()))
    given = inputs.values
    drawn = draw_history(given["debt_history_draw"], given["debt_block_length"], len(inputs.labels["period"]))
    history = {name: recall_history(given[f"history_{name}"], drawn) for name in HISTORY}
    for name in TRENDS:
        mean = mean_of_history(given[f"history_{name}"])
        history[name] = shift_history(history[name], mean, given[f"trend_{name}"], given["trend_swing"])
    gdp = grow(given["gdp_initial"], history["growth"])
    baseline = given["public_investment_baseline"][:, np.newaxis]
    added = above_baseline(given["public_programme_spending"], gdp, baseline) + given["guarantee_called"] / gdp
    start, foreign = given["debt_initial"], given["debt_foreign_share"]
    found = {
        "debt_ratio": debt_path(start, foreign, history, added),
        "debt_ratio_without": debt_path(start, foreign, history, np.zeros_like(gdp)),
    }
    return {name: inputs.give(name, values) for name, values in found.items()}
