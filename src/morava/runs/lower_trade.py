"""Lower what the trade model needs beside facts: the tables of the world, and when agreements of the plan begin."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem
from morava.plans.trade_tables import load_table
from morava.plans.types import Country, Strategy
from morava.quantities import find, labelled
from morava.quantities.dates import interval
from morava.runs.evidence import Evidence

KIND = "free trade agreement"
"""Kind of an agreement that lowers duties."""
STAGES = ("in force", "realised")
"""Stages of an agreement under which duties fall; what is only announced or signed lowers none."""
FLOW = "world_flow"
LABELS = {"region": "importer", "sector": "sector"}
"""Dimensions of facts, and where the world table holds their labels."""


def world_labels(country: Country) -> dict[str, Sequence[object]]:
    """Return the regions and sectors of the world table of a pack, sorted as facts are; none where it has no tables."""
    if not country.tables:
        return {}
    flow = load_table(country, FLOW)
    return {label: sorted(flow.coords[dim].to_numpy().tolist()) for label, dim in LABELS.items()}


def home_region(country: Country) -> str:
    """Return the region of the world table that is the country itself; blank where no fact says it."""
    return next((fact.text for fact in country.facts.values() if fact.quantity == "home_region"), "")


def table_in_money(country: Country, quantity: str, evidence: Evidence) -> xr.DataArray:
    """Return a table in the unit of the glossary, money in that of the country.

    Raises
    ------
    MoravaError
        When the prices of the country cannot turn its money.
    """
    table, unit = load_table(country, quantity), find(quantity).unit
    if table.attrs["unit"] == unit:
        return table
    turned = table * evidence.convert(1.0, str(table.attrs["unit"]), unit)
    turned.attrs["unit"], turned.name = unit, quantity
    return turned


def agreement_start(country: Country, strategy: Strategy) -> xr.DataArray:
    """Return when an agreement of the plan with each region began; never where there is none after the base year.

    An agreement in force before the end of the year of the world table is in its duties already. Parties that are no
    region of the table, such as a union of several countries, are left to the duties of the table too.

    Returns
    -------
    DataArray
        `agreement_start` [region], decimal year.

    Raises
    ------
    MoravaError
        Two agreements with one region, or one in force without a date.
    """
    regions = [str(region) for region in world_labels(country)["region"]]
    facts = [fact for fact in country.facts.values() if fact.quantity == "world_year" and fact.low is not None]
    base = max((float(fact.low) for fact in facts if fact.low is not None), default=-np.inf)
    home = home_region(country)
    found: dict[str, str] = {}
    starts = np.full(len(regions), np.inf)
    for name, agreement in sorted(strategy.agreements.items()):
        if agreement.kind != KIND or agreement.stage not in STAGES:
            continue
        for party in agreement.parties:
            if party not in regions or party == home:
                continue
            if not agreement.date:
                raise MoravaError(
                    Problem(f"{name} is in force without a date", f"agreement {name}", "give the day it began")
                )
            start = interval(agreement.date)[0]
            if start < base + 1:
                continue
            if found.setdefault(party, name) != name:
                raise MoravaError(
                    Problem(
                        f"{found[party]} and {name} are both in force with {party}",
                        f"agreements of {strategy.name}",
                        "end one of them",
                    )
                )
            starts[regions.index(party)] = start
    return labelled("agreement_start", starts, {"region": regions})
