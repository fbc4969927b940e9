"""Answers of the trade equilibrium as rows of spreads: over the grid of donors and elasticities, and drawn futures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem
from morava.models.batches import Array
from morava.plans.types import Country, Strategy
from morava.runs.trade_changes import Question

Key = tuple[str, int, str, str]
"""Scenario (blank for a question of one's own), year, measure, partner (blank for the country itself)."""
Values = dict[Key, Array]
ALL_PARTNERS = "all partners"
PAGE = "docs/models/world-table.md"
CHECKS = ("goods", "balance", "revenue", "labour")
MEASURES = {
    "real_income": "real income, exact",
    "welfare_first_order": "welfare, first order: terms and volume of trade",
    "terms_of_trade": "terms of trade, first order",
    "volume_of_trade": "volume of trade, first order",
    "other_first_order": "costs, productivity, labour, deficit, first order",
    "real_wage": "real wage, exact",
    "duty_revenue": "duty revenue, share of income",
    "export_before": "exports of goods before",
    "export_change": "exports of goods",
    "import_before": "imports of goods before",
    "import_change": "imports of goods",
    "balance_before": "balance of goods before",
    "balance_change": "balance of goods",
    "real_income_abroad": "real income of the partner, exact",
}
IN_MONEY = ("export_before", "import_before", "balance_before", "balance_change")
DECLARED = {
    "trade_real_income_change": "real_income",
    "trade_welfare_change": "welfare_first_order",
    "trade_terms_of_trade_change": "terms_of_trade",
    "trade_volume_change": "volume_of_trade",
    "trade_wage_change": "real_wage",
    "trade_revenue_change": "duty_revenue",
    "trade_export_change": "export_change",
    "trade_import_change": "import_change",
    "trade_balance_change": "balance_change",
}
"""Results of the model by scenario, and the measure that each is."""
GROUPS = {
    "agreements,": "agreements",
    "agreements end,": "accession",
    "accession,": "accession",
    "withdrawal of": "withdrawals",
    "carbon charge": "charges",
    "quota": "charges",
    "gateway": "gateway",
}
LEVERS = "levers and undoings"


def group_of(scenario: str) -> str:
    """Return the kind of a declared scenario.

    Examples
    --------
    >>> group_of("agreements, 2030"), group_of("agreements never made, 2030")
    ('agreements', 'levers and undoings')
    """
    return next((group for start, group in GROUPS.items() if scenario.startswith(start)), LEVERS)


@dataclass(frozen=True)
class Drawn:
    """Quantiles over the drawn futures that have an answer, and how many of all have one."""

    p10: float
    p50: float
    p90: float
    answered: int


@dataclass(frozen=True)
class Cell:
    """The answer with one donor's technology and one set of elasticities; none without an equilibrium."""

    donor: str
    elasticity_set: str
    value: float | None


@dataclass(frozen=True)
class Row:
    """One measure in one year as a spread over the grid.

    `by_donor` and `by_elasticity` are the ranges of the means over one of the two: how far it alone moves the answer.
    Without any answer the spread is none.
    """

    scenario: str
    group: str
    year: int
    measure: str
    title: str
    partner: str
    unit: str
    least: float | None
    middle: float | None
    most: float | None
    by_donor: float | None
    by_elasticity: float | None
    drawn: Drawn | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class TradeAnswer:
    """What a question, or the declared ones, do to the country: never one number, always a spread.

    `checks` are the largest misses of identities over the grid, `lost` the combinations and drawn futures without an
    equilibrium, in words.
    """

    country: str
    strategy: str
    question: str
    changes: tuple[str, ...]
    deficits: str
    years: tuple[int, ...]
    donors: tuple[str, ...]
    elasticity_sets: tuple[str, ...]
    money: str
    synthetic: str
    page: str
    seed: int | None
    futures: int
    checks: Mapping[str, float]
    lost: tuple[str, ...]
    partners: tuple[str, ...]
    rows: tuple[Row, ...]

    def document(self) -> dict[str, object]:
        """Return it as plain data."""
        return asdict(self)


def make_answer(
    country: Country,
    strategy: Strategy,
    grid: Mapping[str, xr.DataArray],
    found: Values,
    many: tuple[Values, int],
    question: Question | None,
    seed: int,
) -> TradeAnswer:
    """Return values over the grid, and over drawn futures if there are any, as rows.

    Raises
    ------
    MoravaError
        When no combination of the grid has an equilibrium in any year.
    """
    donors, sets = (
        tuple(str(label) for label in grid[name].coords[dim].to_numpy())
        for name, dim in (("world_technology", "donor"), ("trade_elasticity", "elasticity_set"))
    )
    drawn, without_world = many
    money = f"million {country.price_base}"
    rows = tuple(
        _row(key, values.reshape(len(donors), len(sets)), drawn.get(key), donors, sets, money)
        for key, values in found.items()
        if key[2] not in CHECKS
    )
    if all(row.middle is None for row in rows):
        what, mend = (
            "no combination of donor and elasticities has an equilibrium",
            "change less, or one thing at a time",
        )
        raise MoravaError(Problem(what, question.name if question else "model trade", mend))
    start = grid["agreement_start"]
    futures = next((len(values) for values in drawn.values()), 0) + without_world
    return TradeAnswer(
        country=country.name,
        strategy=strategy.name,
        question=question.name if question else "",
        changes=tuple(change.says for change in question.changes) if question else (),
        deficits=question.closure if question else "",
        years=tuple(dict.fromkeys(row.year for row in rows)),
        donors=donors,
        elasticity_sets=sets,
        money=money,
        synthetic=next((table.synthetic for table in country.tables.values() if table.synthetic), ""),
        page=PAGE,
        seed=seed if futures else None,
        futures=futures,
        checks=_largest(found),
        lost=_lost(rows, drawn, without_world, futures),
        partners=tuple(str(region) for region in start.coords["region"].to_numpy()[np.isfinite(_least(start))]),
        rows=rows,
    )


def _least(start: xr.DataArray) -> Array:
    """Return the earliest start of an agreement with each region, [region]."""
    by_future = start if "future" not in start.dims else start.min("future")
    least: Array = by_future.to_numpy()
    return least


def _row(
    key: Key, cells: Array, drawn: Array | None, donors: tuple[str, ...], sets: tuple[str, ...], money: str
) -> Row:
    scenario, year, measure, partner = key
    known = cells[np.isfinite(cells)]
    here = None
    if drawn is not None and np.isfinite(drawn).any():
        answered = drawn[np.isfinite(drawn)]
        p10, p50, p90 = (float(level) for level in np.quantile(answered, (0.1, 0.5, 0.9), method="inverted_cdf"))
        here = Drawn(p10, p50, p90, len(answered))
    return Row(
        scenario=scenario,
        group=group_of(scenario) if scenario else "",
        year=year,
        measure=measure,
        title=MEASURES[measure],
        partner=partner,
        unit=money if measure in IN_MONEY else "1",
        least=float(known.min()) if known.size else None,
        middle=float(np.median(known)) if known.size else None,
        most=float(known.max()) if known.size else None,
        by_donor=_moved(cells),
        by_elasticity=_moved(cells.T),
        drawn=here,
        cells=tuple(
            Cell(donor, name, float(cells[d, s]) if np.isfinite(cells[d, s]) else None)
            for d, donor in enumerate(donors)
            for s, name in enumerate(sets)
        ),
    )


def _moved(cells: Array) -> float | None:
    """Return the range of the means of rows, holes left out."""
    means = [float(row[np.isfinite(row)].mean()) for row in cells if np.isfinite(row).any()]
    return max(means) - min(means) if means else None


def _largest(found: Values) -> dict[str, float]:
    """Return the largest miss of each identity over the grid."""
    largest: dict[str, float] = {}
    for (_, _, measure, _), values in found.items():
        known = values[np.isfinite(values)]
        if measure in CHECKS and known.size:
            largest[measure] = max(largest.get(measure, 0.0), float(known.max()))
    return largest


def _lost(rows: tuple[Row, ...], drawn: Values, without_world: int, futures: int) -> tuple[str, ...]:
    """Return in words what has no equilibrium."""
    told = [
        f"{row.year}: no equilibrium with the technology {cell.donor} and the elasticities {cell.elasticity_set}"
        for row in rows
        if row.measure == "real_income"
        for cell in row.cells
        if cell.value is None
    ]
    if without_world:
        told.append(f"{without_world} of {futures} drawn futures find no world to put the question to")
    for (scenario, year, measure, _), values in drawn.items():
        missing = int((~np.isfinite(values)).sum())
        if measure == "real_income" and missing:
            told.append(f"{scenario or year}: {missing} of {futures} drawn futures find no equilibrium")
    return tuple(told)
