"""The model `spending`: from dates and cost factors to what is spent, whose money it is and what envelopes hold."""

from __future__ import annotations

import numpy as np
import xarray as xr

from morava.models.contract import model
from morava.models.money.delay import construction_interest, delay_overhead, price_of_delay, years_late
from morava.models.money.guarantees import guarantees_by_year
from morava.models.money.inputs import LENDS_IN, NOT_FOUND, Inputs, read_programme
from morava.models.money.spending import Array, share_kept, share_spent, sum_by_weight, sum_in_order


@model(
    gives=[
        "initiative_outturn",
        "initiative_delay_cost",
        "initiative_delay_present_value",
        "programme_spending",
        "lender_commitment",
        "currency_commitment",
        "envelope_spending",
        "envelope_outturn",
        "envelope_balance",
        "funding_gap",
        "guarantee_called",
        "programme_works",
        "public_programme_spending",
    ]
)
def spending(
    initiative_cost: xr.DataArray,
    initiative_cost_factor: xr.DataArray,
    initiative_finish: xr.DataArray,
    initiative_cancelled: xr.DataArray,
    initiative_spending_start: xr.DataArray,
    initiative_planned_finish: xr.DataArray,
    schedule_as_of: xr.DataArray,
    lender_share: xr.DataArray,
    lender_public: xr.DataArray,
    lender_currency: xr.DataArray,
    initiative_envelope: xr.DataArray,
    envelope_amount: xr.DataArray,
    envelope_start: xr.DataArray,
    envelope_end: xr.DataArray,
    delay_cost_rate: xr.DataArray,
    discount_rate: xr.DataArray,
    guaranteed_share: xr.DataArray,
    guarantee_call_probability: xr.DataArray,
    guarantee_draw: xr.DataArray,
    debt_history_draw: xr.DataArray,
) -> dict[str, xr.DataArray]:
    """Return what the programme costs, when and from whom, and whether its envelopes hold it.

    What each quantity means stands in the glossary; equations and closures in `docs/models/money.md`.

    Parameters
    ----------
    initiative_cost
        [initiative], million money
    initiative_cost_factor
        [initiative], 1
    initiative_finish
        [initiative], year
    initiative_cancelled
        [initiative], 1
    initiative_spending_start
        [initiative], year
    initiative_planned_finish
        [initiative], year
    schedule_as_of
        [], year
    lender_share
        [initiative, lender], 1
    lender_public
        [lender], 1
    lender_currency
        [lender], text
    initiative_envelope
        [initiative, envelope], 1
    envelope_amount
        [envelope], million money
    envelope_start
        [envelope], year
    envelope_end
        [envelope], year
    delay_cost_rate
        [], 1 / year
    discount_rate
        [], 1
    guaranteed_share
        [initiative], 1
    guarantee_call_probability
        [], 1
    guarantee_draw
        [initiative], 1
    debt_history_draw
        [year], 1: its years are the grid, its numbers are not used

    Returns
    -------
    dict
        By name: `initiative_outturn`, `initiative_delay_cost`, `initiative_delay_present_value` and `funding_gap`
        [initiative], million money; `programme_spending` [initiative, year], `lender_commitment` [lender, year],
        `currency_commitment` [currency, year], `envelope_spending` [envelope, year], `guarantee_called`,
        `programme_works` [initiative, year] and `public_programme_spending` [year], million money / year;
        `envelope_outturn` and `envelope_balance` [envelope], million money.

    Raises
    ------
    MoravaError
        Where labels, shares, dates or years do not fit together.

    Identity
    --------
    Sum of `programme_spending` over the years = `initiative_outturn` times the share completed within the grid; sum
    of `lender_commitment` over lenders = sum of `programme_spending` over initiatives, every year.

    Source
    ------
    Norden-Rayleigh phasing of project budgets (Norden; Putnam; Lee, Hogue and Gallagher).
    """
    inputs = read_programme(dict(locals()))
    cost = _price(inputs)
    spent = _spend(inputs, cost)
    lenders = sum_by_weight(spent, inputs.values["lender_share"])
    found = {
        "initiative_outturn": cost["outturn"],
        "initiative_delay_cost": cost["overhead"] + cost["interest"],
        "initiative_delay_present_value": cost["present_value"],
        "programme_spending": spent,
        "lender_commitment": lenders,
        "currency_commitment": sum_by_weight(lenders, inputs.values[LENDS_IN]),
        "funding_gap": _unfunded(inputs, cost["whole"]),
        "guarantee_called": _take_over(inputs, cost),
        **_fill_envelopes(inputs, cost, spent),
        **_works(inputs, cost, spent),
    }
    return {name: inputs.give(name, values) for name, values in found.items()}


def _price(inputs: Inputs) -> dict[str, Array]:
    """Return the parts of the cost, [future, initiative], million money, and the dates that the curve runs between."""
    given = inputs.values
    as_of, rate = given["schedule_as_of"][:, np.newaxis], given["discount_rate"][:, np.newaxis]
    start, promised = given["initiative_spending_start"], given["initiative_planned_finish"]
    endless = np.isinf(given["initiative_finish"]).astype(float)
    # What never ends stops on the curve of its promise: it is never late, and bears no overhead or interest.
    finish = np.where(endless > 0, promised, given["initiative_finish"])
    late = years_late(finish, promised)
    kept = share_kept(endless, as_of, start, promised)
    planned = given["initiative_cost"] * given["initiative_cost_factor"]
    overhead = delay_overhead(given["initiative_cost"], given["delay_cost_rate"][:, np.newaxis], late)
    interest = construction_interest(planned, rate, start, promised, finish)
    value = price_of_delay(planned, planned + overhead, rate, start, promised, finish, as_of)
    whole = planned + overhead + interest
    return {
        "whole": whole,
        "outturn": whole * kept,
        "overhead": overhead,
        "interest": interest,
        "present_value": value,
        "finish": finish,
        "until": np.where(endless > 0, as_of, np.inf),
    }


def _spent_by(inputs: Inputs, cost: dict[str, Array], moment: Array) -> Array:
    """Return money spent by moments [future, initiative, moment], million money."""
    stopped = np.minimum(moment, cost["until"][..., np.newaxis])
    start = inputs.values["initiative_spending_start"][..., np.newaxis]
    return cost["whole"][..., np.newaxis] * share_spent(stopped, start, cost["finish"][..., np.newaxis])


def _spend(inputs: Inputs, cost: dict[str, Array]) -> Array:
    """Return `programme_spending` [future, initiative, year], million money / year."""
    first = float(inputs.labels["year"][0])
    edges: Array = first + np.arange(len(inputs.labels["year"]) + 1, dtype=np.float64)
    spent = _spent_by(inputs, cost, edges[np.newaxis, np.newaxis])
    return spent[..., 1:] - spent[..., :-1]


def _fill_envelopes(inputs: Inputs, cost: dict[str, Array], spending: Array) -> dict[str, Array]:
    counts = inputs.values["initiative_envelope"]
    begin, end = inputs.values["envelope_start"][:, np.newaxis], inputs.values["envelope_end"][:, np.newaxis]
    within = _spent_by(inputs, cost, end) - _spent_by(inputs, cost, begin)
    return {
        "envelope_spending": sum_by_weight(spending, counts),
        "envelope_outturn": sum_in_order(cost["outturn"][..., np.newaxis] * counts, axis=1),
        "envelope_balance": inputs.values["envelope_amount"] - sum_in_order(within * counts, axis=1),
    }


def _unfunded(inputs: Inputs, whole: Array) -> Array:
    """Return what no source was named for; also of what is given up, perhaps for want of this very money."""
    if NOT_FOUND not in inputs.labels["lender"]:
        return np.zeros_like(whole)
    return whole * inputs.values["lender_share"][..., inputs.labels["lender"].index(NOT_FOUND)]


def _take_over(inputs: Inputs, cost: dict[str, Array]) -> Array:
    given = inputs.values
    return guarantees_by_year(
        cost["outturn"] * given["guaranteed_share"],
        given["guarantee_draw"],
        given["guarantee_call_probability"][:, np.newaxis],
        given["initiative_finish"],
        np.asarray(inputs.labels["year"], dtype=float),
    )


def _works(inputs: Inputs, cost: dict[str, Array], spent: Array) -> dict[str, Array]:
    """Return what is spent without interest during construction, and what public lenders pay of that, by year."""
    given = inputs.values
    # The debt identity charges interest on what was borrowed, and interest buys no goods.
    paid = np.where(cost["whole"] > 0, 1 - cost["interest"] / np.where(cost["whole"] > 0, cost["whole"], 1.0), 0.0)
    public = sum_in_order(given["lender_share"] * given["lender_public"][:, np.newaxis], axis=2)
    return {
        "programme_works": spent * paid[..., np.newaxis],
        "public_programme_spending": sum_in_order(spent * (paid * public)[..., np.newaxis], axis=1),
    }
