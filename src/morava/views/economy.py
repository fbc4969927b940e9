"""The screen of the economy: paths with bands, sectors, who adjusts, what was promised, how well it was foreseen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from morava.plans.types import Measure
from morava.quantities import find
from morava.runs.answers import Answers
from morava.runs.economy_answer import OF_ITS_YEAR, PROMISED, YEARS, economy_rows, foreseen_of, years_shown
from morava.views.behind import references_of
from morava.views.charts import QUANTILES, bands, chosen_cells, headline, quantile_cells, quantile_rows, table
from morava.views.stacks import (
    all_bands,
    choose,
    claims_about,
    kept,
    nearest_year,
    quantities_over,
    stack,
)
from morava.views.types import Cell, Chart, Column, Headline, Mark, Note, Screen

NAME = "economy"
MODELS = ("economy", "debt")
HEADLINES = (
    "gdp", "gdp_growth", "employment", "unemployment_rate", "wage_real", "investment_total", "public_balance",
    "debt_ratio", "current_account",
)  # fmt: skip
PATHS = (
    "gdp", "gdp_growth", "employment", "unemployment_rate", "wage_real", "wage_in_money", "labour_productivity",
    "investment_total", "investment_foreign_share", "public_revenue", "public_balance", "current_account",
    "economy_trade_balance",
)  # fmt: skip
"""Paths shown first, in this order; every other path of these models follows."""
DEBT, DEBT_WITHOUT = "debt_ratio", "debt_ratio_without"
USUAL_MEASURE = "sector_value_added"
LINKS = "home_"
"""How the names of what the economy passes to trade begin: inputs of another model, and no answer of this one."""
Row = Mapping[str, Any]


def economy(answers: Answers, choices: Mapping[str, str]) -> Screen:
    """Return the screen of the economy; without charts where no economy and no debt is modelled.

    Parameters
    ----------
    choices
        `year`: of the headlines; `quantity`: what is shown of sectors.

    Raises
    ------
    MoravaError
        When something is chosen that is not offered.
    """
    sectors, paths = (
        [name for name in quantities_over(answers, MODELS, dims) if not name.startswith(LINKS)]
        for dims in (["sector", "year"], ["year"])
    )
    years = [str(year) for year in years_shown(answers)]
    offered = {"year": years, "quantity": sectors}
    usual = {"year": str(YEARS[0]), "quantity": USUAL_MEASURE}
    chosen = {name: choose(choices, name, options, usual[name]) for name, options in offered.items() if options}
    ordered = [*(name for name in PATHS if name in paths), *(name for name in paths if name not in PATHS)]
    told = economy_rows(answers)
    promised = [row for row in told if row["part"] == "promise"]
    shown: list[Chart | None] = [debt_with_and_without(answers)]
    for chart in all_bands(answers, NAME, [name for name in ordered if name not in (DEBT, DEBT_WITHOUT)]):
        shown.append(chart and _with_promises(answers, chart, promised))
    if "quantity" in chosen:
        shown.append(_sectors(answers, chosen["quantity"]))
        shown += [_sectors(answers, name) for name in sectors if find(name).kind not in ("flow", "stock")]
    shown += [
        bands(answers, NAME, name, by="closure") for name in quantities_over(answers, MODELS, ["closure", "year"])
    ]
    given = {name for dims in ([], ["year"], ["sector", "year"], ["closure", "year"])
             for name in quantities_over(answers, MODELS, dims)}  # fmt: skip
    shown += [promises(answers, promised), foreseen_table(answers, [*ordered, *sectors]), _coupling(answers)]
    shown.append(claims_about(answers, given, "economy-claims", "chart-economy-claims"))
    return Screen(
        name=NAME,
        headlines=_headlines(answers, int(chosen["year"])),
        charts=kept(shown),
        choices={name: tuple(options) for name, options in offered.items() if options},
        chosen=chosen,
        notes=tuple(
            Note("note-closure", {"closure": row["title"]}) for row in told if row["quantity"] == "closure_main"
        ),
    )


def _headlines(answers: Answers, year: int) -> tuple[Headline, ...]:
    made = [
        headline(answers, name, nearest_year(answers, name, year), chart=name.replace("_", "-"))
        for name in HEADLINES
        if name in answers.outcome.values
    ]
    return tuple(one for one in made if one is not None)


def _sectors(answers: Answers, measure: str) -> Chart | None:
    """Return a measure of all sectors: parts that add up as a stack, prices and other ratios as bands."""
    if find(measure).kind in ("flow", "stock"):
        return stack(answers, measure, by="sector")
    return bands(answers, NAME, measure, by="sector")


def debt_with_and_without(answers: Answers) -> Chart | None:
    """Return public debt over output with the programme and without it, in the same futures."""
    found = {name: chosen_cells(answers, name) for name in (DEBT, DEBT_WITHOUT)}
    chart = bands(answers, NAME, DEBT)
    if chart is None:
        return None
    rows: list[tuple[Cell, ...]] = []
    for label, (name, array) in zip(("with the programme", "without the programme"), found.items(), strict=True):
        if array is not None:
            rows += [(label, *row) for row in quantile_rows(array.transpose("year", "future"), find(name))]
    return replace(
        chart,
        columns=(Column("variant", "column-variant", "label", "variant"), *chart.columns),
        rows=tuple(rows),
        by="variant",
    )


def _with_promises(answers: Answers, chart: Chart, promised: Sequence[Row]) -> Chart:
    """Return the chart of a wage with every promised wage that no claim bounds, as a mark of a claim on its fact."""
    marks = list(chart.marks)
    for row in promised:
        bound = _promised(answers, row)
        claim = next((one.name for one in answers.plan.strategy.claims.values() if row["title"] in one.facts), "")
        known = any(mark.year == row["year"] and np.isclose(mark.at_least or 0.0, bound) for mark in marks)
        if row["quantity"].replace("_", "-") == chart.name and claim and not known:
            marks.append(Mark(claim, row["title"], row["year"], bound, None))
    return replace(chart, marks=tuple(marks))


def _promised(answers: Answers, row: Row) -> float:
    """Return what was promised: in the money of the price base for a real wage, else as it was said."""
    fact = answers.plan.country.facts[row["title"]]
    said = float(fact.low or 0.0)
    if row["quantity"] == OF_ITS_YEAR:
        return said
    return answers.lowered.evidence.convert(said, fact.unit, find(PROMISED).unit)


def promises(answers: Answers, promised: Sequence[Row]) -> Chart:
    """Return the wages that were promised, in both readings of their money, and in which share of futures they come."""
    rows = [
        (
            row["title"], row["quantity"], row["year"], _promised(answers, row), *(row[one] for one in QUANTILES),
            row["unit"], row["share"],
        )
        for row in promised
    ]  # fmt: skip
    columns = (
        Column("fact", "column-fact", "fact"),
        Column("quantity", "column-quantity", "label", "quantity"),
        Column("year", "column-year", "year", "year"),
        Column("promised", "column-promised-value", "number"),
        *(Column(level, f"column-{level}", "number") for level in QUANTILES),
        Column("unit", "column-unit", "text"),
        Column("share", "column-share-of-futures", "share"),
    )
    sources = references_of(answers, PROMISED)
    return table("wage-promises", "chart-economy-wage-promises", columns, rows, sources=sources)


def foreseen_table(answers: Answers, quantities: Sequence[str]) -> Chart:
    """Return how well the quantities of a screen were foreseen in the past, score by score."""
    scores = foreseen_of(answers.plan.country, [Measure(name, {}, None, {}) for name in quantities])
    columns = (
        Column("quantity", "column-quantity", "label", "quantity"),
        Column("score", "column-score", "text"),
        Column("verdict", "column-foreseen", "label", "foreseen"),
        Column("skill", "column-skill", "number", unit="1"),
        Column("coverage", "column-coverage", "share", unit="1"),
        Column("years", "column-effective-years", "number", unit="1"),
    )
    rows = [
        (one["quantity"], one["title"], one["verdict"], one["skill"], one["coverage"], one["effective_n"])
        for one in scores
    ]
    return table("foreseen", "chart-economy-foreseen", columns, rows)


def _coupling(answers: Answers) -> Chart:
    """Return how closely the economy balances, and how the models came to agree."""
    names = [*(name for name in answers.outcome.values if name.startswith("coupling_")),
             *quantities_over(answers, MODELS, [])]  # fmt: skip
    columns = (
        Column("quantity", "column-quantity", "label", "quantity"),
        *(Column(level, f"column-{level}", "number", unit="1") for level in QUANTILES),
    )
    rows = [(name, *quantile_cells(answers.outcome.values[name].to_numpy(), find(name))) for name in names]
    return table("economy-residuals", "chart-economy-residuals", columns, rows)
