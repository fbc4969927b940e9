"""The screen of trade: with whom, in what, what of it is earned at home, who counts it, and what if rules change."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from morava.quantities import find
from morava.runs.answers import Answers
from morava.runs.lower_trade import home_region
from morava.views.behind import references_of, standing_notes
from morava.views.charts import QUANTILES, bands, chosen_cells, headline, quantile_cells, table, unit_of
from morava.views.stacks import choose, claims_about, kept, labels_of, nearest_year, quantities_over, stack
from morava.views.types import Cell, Chart, Column, Headline, Note, Screen

NAME = "trade"
MODELS = ("trade",)
EXPORT, IMPORT, BALANCE = "region_export", "region_import", "region_balance"
FLOWS = (EXPORT, IMPORT, BALANCE)
BY_SECTOR = {EXPORT: "region_sector_export", IMPORT: "region_sector_import"}
BY_OFFICE = "bilateral_balance"
VALUE_ADDED = "export_value_added"
USUAL_YEAR = "2030"


def trade(answers: Answers, choices: Mapping[str, str]) -> Screen:
    """Return the screen of trade; without charts where no trade is modelled.

    Parameters
    ----------
    choices
        `year`: a solved year; `partner`: a region of the world; `item`: whose statistics are carried forward;
        `scenario`: which change of the rules is shown by region and sector.

    Raises
    ------
    MoravaError
        When something is chosen that is not offered.
    """
    offices = labels_of(answers, BY_OFFICE, "region")
    offered = {
        "year": labels_of(answers, EXPORT, "year"),
        "partner": labels_of(answers, EXPORT, "region"),
        "item": labels_of(answers, BY_OFFICE, "item"),
        "scenario": labels_of(answers, "trade_real_income_change", "scenario"),
    }
    usual = {"year": USUAL_YEAR, "partner": offices[0] if offices else "", "item": "", "scenario": ""}
    chosen = {name: choose(choices, name, options, usual[name]) for name, options in offered.items() if options}
    if "year" not in chosen:
        return Screen(NAME)
    shown: list[Chart | None] = [partners(answers, int(chosen["year"]))]
    shown += [
        _to_partner(answers, name, chosen["partner"]) for name in quantities_over(answers, MODELS, ["region", "year"])
    ]
    shown += [stack(answers, name, by="region", name=f"{_slug(name)}-all") for name in (EXPORT, IMPORT)]
    shown.append(bands(answers, NAME, BALANCE, by="region", name="region-balance-all", drawn="lines"))
    shown += _counted(answers, chosen)
    shown += [tree(answers, name, int(chosen["year"])) for name in BY_SECTOR.values()]
    shown += _net(answers)
    shown += _scenarios(answers, chosen)
    given = {name for dims in GIVEN_OVER for name in quantities_over(answers, MODELS, dims)}
    shown.append(claims_about(answers, given, "trade-claims", "chart-trade-claims"))
    return Screen(
        name=NAME,
        headlines=_headlines(answers, chosen),
        charts=kept(shown),
        choices={name: options for name, options in offered.items() if options},
        chosen=chosen,
        notes=_notes(answers),
    )


GIVEN_OVER = (
    ["region", "year"], ["region", "sector", "year"], ["item", "region", "year"], ["scenario"], ["region", "scenario"],
    ["scenario", "sector"], ["origin", "region"], ["item", "sector"],
)  # fmt: skip
"""Dimensions of what the model of trade gives and claims speak of."""


def _slug(quantity: str) -> str:
    return quantity.replace("_", "-")


def _headlines(answers: Answers, chosen: Mapping[str, str]) -> tuple[Headline, ...]:
    year = int(chosen["year"])
    made = [
        headline(answers, name, nearest_year(answers, name, year), reduce={"region": "sum"}, chart=f"{_slug(name)}-all")
        for name in FLOWS
    ]
    made += [
        headline(
            answers, name, nearest_year(answers, name, year), where={"region": chosen["partner"]},
            name=f"{_slug(name)}-partner", chart=_slug(name),
            notes=[Note("note-with-partner", {"partner": chosen["partner"]})],
        )
        for name in FLOWS
    ]  # fmt: skip
    return tuple(one for one in made if one is not None)


def partners(answers: Answers, year: int) -> Chart:
    """Return exports, imports and balance by region in a year."""
    values = answers.outcome.values
    rows: list[tuple[Cell, ...]] = []
    for flow, name in zip(("export", "import", "balance"), FLOWS, strict=True):
        array = values[name].sel(year=year)
        rows += [
            (str(region), flow, *quantile_cells(array.sel(region=region).to_numpy(), find(name)))
            for region in array.coords["region"].to_numpy()
        ]
    unit = unit_of(answers, EXPORT)
    return table(
        "partners",
        "chart-trade-partners",
        (
            Column("region", "column-region", "label", "region"),
            Column("flow", "column-flow", "label", "flow"),
            *(Column(level, f"column-{level}", "number", unit=unit) for level in QUANTILES),
        ),
        rows,
        drawn="bars",
        x="region",
        y=("p50",),
        by="flow",
        unit=unit,
        sources=references_of(answers, EXPORT),
        notes=(Note("note-in-year", {"year": year}), *standing_notes(answers, EXPORT, values[EXPORT])),
    )


def _to_partner(answers: Answers, quantity: str, partner: str) -> Chart | None:
    notes = (Note("note-with-partner", {"partner": partner}),)
    return bands(answers, NAME, quantity, where={"region": partner}, notes=notes)


def _counted(answers: Answers, chosen: Mapping[str, str]) -> list[Chart | None]:
    """Return the balance with a partner by who counts it, and by the chosen office alone with the bounds of claims."""
    regions = labels_of(answers, BY_OFFICE, "region")
    if not regions:
        return []
    region = chosen["partner"] if chosen["partner"] in regions else regions[0]
    notes = (Note("note-with-partner", {"partner": region}),)
    return [
        bands(answers, NAME, BY_OFFICE, by="item", where={"region": region}, notes=notes),
        bands(
            answers, NAME, BY_OFFICE, where={"region": region, "item": chosen["item"]}, name="balance-of-office",
            key="chart-trade-balance-of-office", notes=(*notes, Note("note-counted-by", {"item": chosen["item"]})),
        ),
    ]  # fmt: skip


def tree(answers: Answers, quantity: str, year: int) -> Chart | None:
    """Return the mean flow by region and sector in a year, drawn as a tree: regions, and sectors within them."""
    array = chosen_cells(answers, quantity)
    if array is None:
        return None
    array = array.sel(year=year).transpose("region", "sector", "future")
    means, unit = array.mean("future").to_numpy(), unit_of(answers, quantity)
    rows = [
        (str(region), str(sector), float(means[i, j]), *quantile_cells(array.to_numpy()[i, j], find(quantity)))
        for i, region in enumerate(array.coords["region"].to_numpy())
        for j, sector in enumerate(array.coords["sector"].to_numpy())
        if np.abs(array.to_numpy()[i, j]).max() > 0
    ]
    return table(
        _slug(quantity),
        f"quantity-{quantity}",
        (
            Column("region", "column-region", "label", "region"),
            Column("sector", "column-sector", "label", "sector"),
            Column("mean", "column-mean", "number", unit=unit),
            *(Column(level, f"column-{level}", "number", unit=unit) for level in QUANTILES),
        ),
        rows,
        drawn="tree",
        x="sector",
        y=("mean",),
        by="region",
        unit=unit,
        sources=references_of(answers, quantity),
        notes=(Note("note-in-year", {"year": year}), *standing_notes(answers, quantity, array)),
    )


def _net(answers: Answers) -> list[Chart | None]:
    """Return whose value added is in exports, the home part of it by market, and what counts as own by agreement."""
    found = [stack(answers, VALUE_ADDED, by="origin", drawn="heat")]
    home = home_region(answers.plan.country)
    if home in labels_of(answers, VALUE_ADDED, "origin"):
        found.append(
            bands(
                answers, NAME, VALUE_ADDED, where={"origin": home}, name="export-value-added-home",
                key="chart-trade-value-added-home", drawn="bars",
            )
        )  # fmt: skip
    found += [
        bands(answers, NAME, name, by="item", drawn="bars")
        for name in quantities_over(answers, MODELS, ["item", "sector"])
    ]
    return found


def _scenarios(answers: Answers, chosen: Mapping[str, str]) -> list[Chart | None]:
    """Return what scenarios change: of the whole for each, and for the chosen one by region and by sector."""
    if "scenario" not in chosen:
        return []
    found = [bands(answers, NAME, name, drawn="bars") for name in quantities_over(answers, MODELS, ["scenario"])]
    where, notes = {"scenario": chosen["scenario"]}, (Note("note-of-scenario", {"scenario": chosen["scenario"]}),)
    for other in ("region", "sector"):
        found += [
            bands(answers, NAME, name, where=where, drawn="bars", notes=notes)
            for name in quantities_over(answers, MODELS, ["scenario", other])
            if chosen["scenario"] in labels_of(answers, name, "scenario")
        ]
    return found


def _notes(answers: Answers) -> tuple[Note, ...]:
    """Return how closely the equilibria were solved."""
    residual = answers.outcome.values.get("trade_residual")
    return () if residual is None else (Note("note-trade-residual", {"residual": float(residual.max())}),)
