"""Costs, lenders, envelopes and partners as the arrays of the models of money and of dependence."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem, Problems
from morava.models.money.debt import mean_of_history
from morava.plans.types import Country, Envelope, Initiative, Strategy
from morava.quantities import labelled
from morava.quantities.dates import interval
from morava.runs.evidence import Evidence, value_at
from morava.runs.lower_schedule import dated_promises, promised

NOT_FOUND = "not found"
"""Label of the lender that stands for money without a named source."""
NOT_STATED = "not stated"
"""Currency of a lender where nobody says in what money it lends."""
PUBLIC_KINDS = ("state", "loan to the state")
"""Kinds of financing that the state spends or borrows."""
TRENDS = {
    "trend_growth": ("gdp_growth", "history_growth"),
    "trend_primary_balance": ("primary_balance_before_programme", "history_primary_balance"),
}
"""What public debt takes as foreseen: the path of the economy where it is known, else the mean of a history."""
SWING = "trend_swing"


def lower_money(
    country: Country,
    strategy: Strategy,
    scheduled: Mapping[str, Initiative],
    evidence: Evidence,
    drawn: Mapping[str, xr.DataArray],
) -> dict[str, xr.DataArray]:
    """Return costs, spending spans, lenders and envelopes of every scheduled initiative that has a cost.

    Parameters
    ----------
    drawn : mapping of DataArray
        Draws by uncertainty; `cost_range` [initiative], 1, places the estimate within the range that was named.
    """
    problems = Problems()
    cost: dict[str, xr.DataArray | float] = {}
    for name, initiative in scheduled.items():
        with problems.collecting():
            found = _cost(initiative, evidence, drawn)
            if found is not None:
                cost[name] = found * initiative.size
    problems.raise_if_any()
    names = sorted(cost)
    if not names:
        raise MoravaError(
            Problem(
                "no scheduled initiative has a cost",
                f"strategy {strategy.name}",
                "give at least one initiative a cost and a dated promise",
            )
        )
    chosen = {name: scheduled[name] for name in names}
    return (
        {"initiative_cost": _stack_costs(cost, names)}
        | _spans(country, chosen)
        | _lenders(chosen)
        | _envelopes(strategy, chosen, evidence)
    )


def _cost(initiative: Initiative, evidence: Evidence, drawn: Mapping[str, xr.DataArray]) -> xr.DataArray | float | None:
    if initiative.cost_low is None and initiative.cost_high is None:
        cell = (("initiative", initiative.name),)
        facts = tuple(
            fact
            for fact in evidence.country.facts.values()
            if fact.quantity == "initiative_cost" and dict(fact.where) == dict(cell) and fact.name in initiative.facts
        )
        return value_at(evidence, "initiative_cost", cell, facts) if facts else None
    if initiative.cost_low is None or initiative.cost_high is None:
        bound = f"at most {initiative.cost_high}" if initiative.cost_low is None else f"at least {initiative.cost_low}"
        raise MoravaError(
            Problem(
                f"{initiative.name} costs {bound} {initiative.cost_unit}, and a model needs both ends",
                f"initiative {initiative.name}, cost",
                "give low and high, equal ones for a single estimate",
            )
        )
    low, high = (
        evidence.convert(value, initiative.cost_unit, "million money")
        for value in (initiative.cost_low, initiative.cost_high)
    )
    if low == high:
        return low
    if "cost_range" not in drawn or "initiative" not in drawn["cost_range"].dims:
        raise MoravaError(
            Problem(
                f"{initiative.name} has a cost from {low:.6g} to {high:.6g} million, and nothing draws within it",
                "futures file",
                "add an uncertainty cost_range, each: [initiative], uniform, moving initiative_cost_draw by set",
            )
        )
    share = drawn["cost_range"].sel(initiative=initiative.name, drop=True)
    return low + share * (high - low)


def _stack_costs(cost: Mapping[str, xr.DataArray | float], names: list[str]) -> xr.DataArray:
    arrays = [part for part in cost.values() if isinstance(part, xr.DataArray)]
    if not arrays:
        return labelled("initiative_cost", [cost[name] for name in names], {"initiative": names})
    numbers = arrays[0].coords["future"].to_numpy()
    values = np.empty((len(numbers), len(names)))
    for column, name in enumerate(names):
        part = cost[name]
        values[:, column] = part.to_numpy() if isinstance(part, xr.DataArray) else part
    return labelled("initiative_cost", values, {"future": list(numbers), "initiative": names})


def _spans(country: Country, chosen: Mapping[str, Initiative]) -> dict[str, xr.DataArray]:
    as_of = interval(country.as_of)[0]
    starts = [interval(initiative.started)[0] if initiative.started else as_of for initiative in chosen.values()]
    finishes = [promised(dated_promises(initiative)[-1]) for initiative in chosen.values()]
    names = {"initiative": list(chosen)}
    return {
        "initiative_spending_start": labelled("initiative_spending_start", starts, names),
        "initiative_planned_finish": labelled("initiative_planned_finish", finishes, names),
    }


def _lenders(chosen: Mapping[str, Initiative]) -> dict[str, xr.DataArray]:
    known: dict[str, tuple[str, float, str]] = {NOT_FOUND: (NOT_FOUND, 0.0, NOT_FOUND)}
    problems = Problems()
    for initiative in chosen.values():
        for money in initiative.financing:
            terms = (money.partner, float(money.kind in PUBLIC_KINDS), money.currency or NOT_STATED)
            if known.setdefault(money.lender, terms) != terms:
                problems.add(
                    f"lender {money.lender} stands for two partners or currencies, or lends both publicly and not",
                    f"initiative {initiative.name}",
                    "write two lenders",
                )
    problems.raise_if_any()
    lenders = sorted(known)
    share = np.zeros((len(chosen), len(lenders)))
    guaranteed = np.zeros(len(chosen))
    for row, initiative in enumerate(chosen.values()):
        for money in initiative.financing:
            share[row, lenders.index(money.lender)] += money.share
            guaranteed[row] += money.share * money.guaranteed
        rest = 1.0 - share[row].sum()
        share[row, lenders.index(NOT_FOUND)] += rest if abs(rest) > 1e-12 else 0.0
    names = list(chosen)
    return {
        "lender_share": labelled("lender_share", share, {"initiative": names, "lender": lenders}),
        "lender_partner": labelled("lender_partner", [known[name][0] for name in lenders], {"lender": lenders}),
        "lender_public": labelled("lender_public", [known[name][1] for name in lenders], {"lender": lenders}),
        "lender_currency": labelled("lender_currency", [known[name][2] for name in lenders], {"lender": lenders}),
        "guaranteed_share": labelled("guaranteed_share", guaranteed, {"initiative": names}),
    }


def _within(envelopes: Mapping[str, Envelope], name: str) -> set[str]:
    found: set[str] = set()
    while name:
        found.add(name)
        name = envelopes[name].part_of
    return found


def _envelopes(strategy: Strategy, chosen: Mapping[str, Initiative], evidence: Evidence) -> dict[str, xr.DataArray]:
    envelopes = dict(sorted(strategy.envelopes.items()))
    if not envelopes:
        raise MoravaError(
            Problem("the strategy has no envelope", f"strategy {strategy.name}", "name the sum that it may spend")
        )
    member = np.zeros((len(chosen), len(envelopes)))
    for row, initiative in enumerate(chosen.values()):
        inside = _within(envelopes, initiative.envelope)
        member[row] = [name in inside for name in envelopes]
    names = {"envelope": list(envelopes)}
    amounts = [evidence.convert(e.amount, e.unit, "million money") for e in envelopes.values()]
    return {
        "initiative_envelope": labelled("initiative_envelope", member, {"initiative": list(chosen), **names}),
        "envelope_amount": labelled("envelope_amount", amounts, names),
        "envelope_start": labelled("envelope_start", [float(e.first_year) for e in envelopes.values()], names),
        "envelope_end": labelled("envelope_end", [float(e.last_year + 1) for e in envelopes.values()], names),
    }


def trends(known: Mapping[str, xr.DataArray]) -> dict[str, xr.DataArray]:
    """Return growth and primary balance as foreseen in the years of the grid, from the economy or from history.

    The economy draws its own good and bad years: those of history come on top of a mean alone.

    Parameters
    ----------
    known : mapping of DataArray
        `debt_history_draw`, whose years are the grid; `gdp_growth` and `primary_balance_before_programme` [year]
        where the economy is answered; `history_growth` and `history_primary_balance` [period].
    """
    years = [int(year) for year in known["debt_history_draw"].coords["year"].to_numpy()]
    swings = not all(foreseen in known for foreseen, _ in TRENDS.values())
    found = {SWING: labelled(SWING, float(swings))}
    for name, (foreseen, history) in TRENDS.items():
        if foreseen in known:
            # The model of debt names the years that are not there.
            path = known[foreseen].sel(year=[year for year in years if year in known[foreseen].coords["year"]])
        else:
            past = known[history].transpose(..., "period")
            mean = past.isel(period=0, drop=True).copy(data=mean_of_history(past.to_numpy()))
            path = mean.expand_dims(year=years, axis=-1)
        found[name] = labelled(name, path.to_numpy(), {str(dim): path.coords[dim].to_numpy() for dim in path.dims})
    return found


def lower_partners(evidence: Evidence) -> dict[str, xr.DataArray]:
    """Return flows by domain and partner over the union of partners: zero where a partner is not named in a domain.

    Zero is what the facts say there: what named partners do not cover is the rest, never lost.
    """
    problems = Problems()
    flows = evidence.by_cell.get("partner_flow", {})
    totals = evidence.by_cell.get("partner_total", {})
    domains = sorted({dict(cell)["domain"] for cell in totals})
    partners = sorted({dict(cell)["partner"] for cell in flows})
    for cell in flows:
        if dict(cell)["domain"] not in domains:
            problems.add(
                f"domain {dict(cell)['domain']} has flows and no total", "facts", "add a fact of partner_total"
            )
    if not domains or not partners:
        problems.add("no fact gives partner_flow and partner_total", "facts", "add flows by partner, with a total")
    problems.raise_if_any()
    values = np.zeros((len(domains), len(partners)))
    for cell, facts in flows.items():
        labels = dict(cell)
        place = domains.index(labels["domain"]), partners.index(labels["partner"])
        values[place] = float(value_at(evidence, "partner_flow", cell, facts))
    total = np.zeros(len(domains))
    for cell, facts in totals.items():
        total[domains.index(dict(cell)["domain"])] = float(value_at(evidence, "partner_total", cell, facts))
    return {
        "partner_flow": labelled("partner_flow", values, {"domain": domains, "partner": partners}),
        "partner_total": labelled("partner_total", total, {"domain": domains}),
    }
