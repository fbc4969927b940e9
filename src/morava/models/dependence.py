"""The model `dependence`: how far each domain leans on few partners.

Shares, the Herfindahl-Hirschman index and the effective number of partners, by domain and period. All partners are
treated alike; equations and limits in `docs/models/dependence.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import xarray as xr

from morava.errors import MoravaError, Problem, Problems
from morava.models.contract import model
from morava.quantities import labelled

Array = npt.NDArray[np.float64]

REST = "rest"
"""The partner that stands for all whom no fact names."""
NOT_FOUND = "not found"
"""The lender that holds money for which no source was named."""
ROUNDING = 1e-9


def sum_of_squares(shares: Array) -> Array:
    """Return the sum of squares over the last axis, partner by partner, so that its bits depend on no neighbour.

    Examples
    --------
    >>> round(float(sum_of_squares(np.array([0.5, 0.3, 0.2]))), 4)
    0.38
    """
    total = np.zeros(shares.shape[:-1])
    for partner in range(shares.shape[-1]):
        total = total + np.square(shares[..., partner])
    return total


def concentration(shares: Array, rest: Array, draw: Array) -> Array:
    """Return the Herfindahl-Hirschman index with a rest of unknown split.

    The rest adds between nothing (spread over very many) and its own square (one partner, whom no fact names), at the
    place that the draw names: the named partners need not be the largest.

    Parameters
    ----------
    shares
        [..., partner], 1: the named partners.
    rest
        [...], 1.
    draw
        [...], 1: from 0 to 1.

    Examples
    --------
    >>> round(float(concentration(np.array([0.57, 0.2, 0.074]), np.array(0.156), np.array(0.0))), 4)
    0.3704
    """
    return sum_of_squares(shares) + draw * np.square(rest)


def effective_number(index: Array) -> Array:
    """Return how many partners of equal size would be as concentrated: `1 / index`, and zero where nothing flows.

    Examples
    --------
    >>> effective_number(np.array([0.38, 1.0, 0.0])).round(4).tolist()
    [2.6316, 1.0, 0.0]
    """
    flows = index > 0
    return np.where(flows, 1 / np.where(flows, index, 1.0), 0.0)


def finance_domain(years: Sequence[Any]) -> str:
    """Return the label of the domain made of the money that lenders put into the programme.

    Examples
    --------
    >>> finance_domain([2026, 2027, 2028])
    'programme finance 2026..2028'
    """
    return f"programme finance {years[0]}..{years[-1]}"


@model(gives=["partner_share", "partner_concentration", "partner_effective_number"])
def dependence(
    partner_flow: xr.DataArray,
    partner_total: xr.DataArray,
    partner_rest_draw: xr.DataArray,
    lender_commitment: xr.DataArray,
    lender_partner: xr.DataArray,
) -> dict[str, xr.DataArray]:
    """Return shares and concentration by domain, with one more domain: who finances the programme.

    Parameters
    ----------
    partner_flow
        [domain, partner], 1
    partner_total
        [domain], 1
    partner_rest_draw
        [domain], 1
    lender_commitment
        [lender, year], million money / year
    lender_partner
        [lender], text

    Returns
    -------
    dict
        `partner_share` [domain, partner], `partner_concentration` [domain], `partner_effective_number` [domain], 1.
        Partners are those of the flows, then those of lenders, then `rest`.

    Raises
    ------
    MoravaError
        Where named partners pass the total, a domain has no flow or no named partner, a lender has no partner, or
        labels disagree.

    Identity
    --------
    The shares of a domain, `rest` included, sum to one; the effective number times the index is one, or both are
    zero in a future in which no named lender pays anything.

    Source
    ------
    Herfindahl-Hirschman index; its inverse is the effective number (Laakso and Taagepera; Hill's number of order 2).
    """
    domains, lenders = partner_flow.coords["domain"].to_numpy().tolist(), _lenders(lender_commitment, lender_partner)
    named = partner_flow.coords["partner"].to_numpy().tolist()
    financiers = [partner for partner in dict.fromkeys(lenders.values()) if partner not in named]
    partners = [*named, *financiers]
    _refuse_clash(domains, partners, lender_commitment, partner_total, partner_rest_draw)

    shares, rest = _share_flows(partner_flow, partner_total, partners)
    finance = _share_finance(lender_commitment, lenders, partners)
    draw = _rows(partner_rest_draw.sel(domain=domains), ("domain",))
    futures = _futures(partner_flow, partner_total, partner_rest_draw, lender_commitment)
    rows = 1 if futures is None else len(futures)

    index = np.broadcast_to(concentration(shares, rest, draw), (rows, len(domains)))
    index = np.concatenate([index, np.broadcast_to(sum_of_squares(finance), (rows, 1))], axis=1)
    share = np.concatenate([shares, rest[..., np.newaxis]], axis=2)
    # Where no named lender pays anything all of nothing is the rest: the index is zero, and shares still sum to one.
    paid_by_nobody = np.where((finance > 0).any(axis=2, keepdims=True), 0.0, 1.0)
    finance = np.concatenate([finance, paid_by_nobody], axis=2)
    width = len(partners) + 1
    share = np.concatenate(
        [np.broadcast_to(share, (rows, len(domains), width)), np.broadcast_to(finance, (rows, 1, width))], axis=1
    )

    coords: dict[str, Sequence[Any]] = {} if futures is None else {"future": futures}
    coords["domain"] = [*domains, finance_domain(_years(lender_commitment))]

    def give(name: str, values: Array, extra: dict[str, Sequence[Any]]) -> xr.DataArray:
        return labelled(name, values[0] if futures is None else values, {**coords, **extra})

    return {
        "partner_share": give("partner_share", share, {"partner": [*partners, REST]}),
        "partner_concentration": give("partner_concentration", index, {}),
        "partner_effective_number": give("partner_effective_number", effective_number(index), {}),
    }


def _rows(array: xr.DataArray, dims: tuple[str, ...]) -> Array:
    """Return numbers with the future first, one row where the array knows none."""
    if "future" in array.dims:
        return np.ascontiguousarray(array.transpose("future", *dims).to_numpy(), dtype=float)
    return np.ascontiguousarray(array.transpose(*dims).to_numpy()[np.newaxis], dtype=float)


def _futures(*arrays: xr.DataArray) -> list[Any] | None:
    found: list[Any] | None = None
    for array in arrays:
        if "future" in array.dims:
            own = array.coords["future"].to_numpy().tolist()
            if found is not None and own != found:
                raise MoravaError(
                    Problem(f"{array.name} has other futures", "dependence", "give one chunk of futures to all")
                )
            found = own
    return found


def _years(lender_commitment: xr.DataArray) -> list[Any]:
    years: list[Any] = lender_commitment.coords["year"].to_numpy().tolist()
    return years


def _lenders(lender_commitment: xr.DataArray, lender_partner: xr.DataArray) -> dict[str, str]:
    """Return the partner behind each lender whose money has a source."""
    problems = Problems()
    paying = lender_commitment.coords["lender"].to_numpy().tolist()
    known = dict(
        zip(lender_partner.coords["lender"].to_numpy().tolist(), lender_partner.to_numpy().tolist(), strict=True)
    )
    for lender in sorted(set(paying) ^ set(known)):
        problems.add(f"lender {lender} stands in only one of commitment and partner", "lender_partner", "give both")
    found = {str(lender): str(known.get(lender, "")).strip() for lender in paying if lender != NOT_FOUND}
    for lender, partner in found.items():
        if not partner and lender in known:
            problems.add(f"lender {lender} has no partner", "lender_partner", "name the country or group behind it")
    problems.raise_if_any()
    return found


def _refuse_clash(
    domains: list[Any],
    partners: list[Any],
    lender_commitment: xr.DataArray,
    partner_total: xr.DataArray,
    partner_rest_draw: xr.DataArray,
) -> None:
    problems = Problems()
    if REST in partners:
        problems.add(
            f"a partner is called {REST}", "partner_flow", f"{REST} is what the total leaves over: leave it out"
        )
    if finance_domain(_years(lender_commitment)) in domains:
        problems.add("a domain has the name of programme finance", "partner_flow", "give it another name")
    for array in (partner_total, partner_rest_draw):
        own = array.coords["domain"].to_numpy().tolist()
        for domain in sorted(set(map(str, own)) ^ set(map(str, domains))):
            problems.add(
                f"domain {domain} stands in only one of partner_flow and {array.name}", "dependence", "give both"
            )
    problems.raise_if_any()


def _share_flows(partner_flow: xr.DataArray, partner_total: xr.DataArray, partners: list[Any]) -> tuple[Array, Array]:
    """Return the shares of named partners [future, domain, partner] and of the rest [future, domain], 1."""
    domains = partner_flow.coords["domain"].to_numpy().tolist()
    flow = _rows(partner_flow, ("domain", "partner"))
    total = _rows(partner_total.sel(domain=domains), ("domain",))
    named = np.zeros(flow.shape[:2])
    for partner in range(flow.shape[2]):
        named = named + flow[..., partner]
    problems = Problems()
    for place, domain in enumerate(domains):
        where = f"domain {domain}"
        excess = (named[:, place] - total[:, place]) / np.where(total[:, place] > 0, total[:, place], 1.0)
        if (total[:, place] <= 0).any():
            problems.add("the total is not above zero", where, "leave the domain out, or give its total")
        elif (flow[:, place] < 0).any():
            problems.add("a partner has less than nothing", where, "flows are counted in one direction, without sign")
        elif not (flow[:, place] > 0).any(axis=-1).all():
            problems.add("no partner is named", where, "name at least one partner with a flow")
        elif (excess > ROUNDING).any():
            problems.add(
                f"the named partners are {1 + excess.max():.6g} of the total: shares do not sum to one",
                where,
                "mend a flow or the total; both must have one unit, one period and one scope",
            )
    problems.raise_if_any()
    # Within rounding of each other the named partners are the total; further above it was refused.
    whole = np.where(np.abs(total - named) <= ROUNDING * total, named, total)
    shares = flow / whole[..., np.newaxis]
    rest = (whole - named) / whole
    padding = np.zeros((*shares.shape[:2], len(partners) - shares.shape[2]))
    return np.concatenate([shares, padding], axis=2), rest


def _share_finance(lender_commitment: xr.DataArray, lenders: dict[str, str], partners: list[Any]) -> Array:
    """Return the shares of partners in the money that has a source, over all years [future, 1, partner], 1."""
    money = _rows(lender_commitment.sel(lender=list(lenders)), ("lender", "year"))
    by_partner = np.zeros((money.shape[0], len(partners)))
    for place, partner in enumerate(lenders.values()):
        for year in range(money.shape[2]):
            by_partner[:, partners.index(partner)] += money[:, place, year]
    total = np.zeros(money.shape[0])
    for place in range(len(partners)):
        total = total + by_partner[:, place]
    flows = (total > 0)[:, np.newaxis]
    return np.where(flows, by_partner / np.where(flows, total[:, np.newaxis], 1.0), 0.0)[:, np.newaxis]
