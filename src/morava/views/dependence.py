"""The screen of dependence: who supplies, buys, lends and invests, how few they are, and what one that leaves costs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

import numpy as np
import xarray as xr

from morava.quantities import find
from morava.runs.answers import Answers
from morava.views.behind import references_of, standing_notes
from morava.views.charts import QUANTILES, bands, chosen_cells, quantile_cells, table, unit_of
from morava.views.stacks import choose, claims_about, kept, labels_of, quantities_over, stack, used_labels
from morava.views.types import Cell, Chart, Column, Note, Screen

NAME = "dependence"
MODELS = ("dependence",)
SHARE = "partner_share"
REAL_INCOME, WITHDRAWAL = "trade_real_income_change", "withdrawal of "
"""Scenarios of trade whose name begins so take a partner away."""
LOLE, LOLE_WITHOUT = "adequacy_lole_simulated", "adequacy_lole_without_border"
_PERIOD = re.compile(r"\b\d{4}(?:\.\.\d{4})?\b")


def dependence(answers: Answers, choices: Mapping[str, str]) -> Screen:
    """Return the screen of dependence.

    Parameters
    ----------
    choices
        `domain`: what partners supply; `partner`: whose shares are shown in all domains.

    Raises
    ------
    MoravaError
        When something is chosen that is not offered.
    """
    named = labels_of(answers, SHARE, "domain")
    domains = tuple(dict.fromkeys(split_domain(one)[0] for one in named))
    offered = {"domain": domains, "partner": labels_of(answers, SHARE, "partner")}
    first = largest(answers) if domains else None
    leading = Counter(str(row[2]) for row in first.rows).most_common(1)[0][0] if first else ""
    usual = {"domain": "import", "partner": leading}
    chosen = {name: choose(choices, name, options, usual[name]) for name, options in offered.items() if options}
    shown: list[Chart | None] = []
    if domains:
        notes = (Note("note-with-partner", {"partner": chosen["partner"]}),)
        shown += [
            shares_over_time(answers, chosen["domain"]),
            first,
            bands(
                answers, NAME, SHARE, where={"partner": chosen["partner"]}, drawn="bars", name="share-of-partner",
                key="chart-dependence-share-of-partner", notes=notes,
            ),
        ]  # fmt: skip
    shown += [bands(answers, NAME, name, drawn="bars") for name in quantities_over(answers, MODELS, ["domain"])]
    shown += [
        stack(answers, name, by=dim)
        for name, dim in (("lender_commitment", "lender"), ("currency_commitment", "currency"))
    ]
    shown += [withdrawals(answers), borders(answers)]
    given = {name for dims in (["domain"], ["domain", "partner"]) for name in quantities_over(answers, MODELS, dims)}
    shown.append(claims_about(answers, given, "dependence-claims", "chart-dependence-claims"))
    return Screen(
        name=NAME,
        charts=kept(shown),
        choices={name: options for name, options in offered.items() if options},
        chosen=chosen,
    )


def split_domain(label: str) -> tuple[str, str]:
    """Return the domain of a label and its period: what is counted, and when.

    Examples
    --------
    >>> split_domain("arms 2015..2019"), split_domain("export 2023 (SORS)"), split_domain("land")
    (('arms', '2015..2019'), ('export (SORS)', '2023'), ('land', ''))
    """
    found = _PERIOD.search(label)
    if found is None:
        return label, ""
    return " ".join(f"{label[: found.start()]} {label[found.end() :]}".split()), found[0]


def shares_over_time(answers: Answers, domain: str) -> Chart:
    """Return the shares of partners in a domain, period by period; they sum to one, `rest` included."""
    array = answers.outcome.values[SHARE]
    labels = sorted(
        (split_domain(one)[1], one) for one in labels_of(answers, SHARE, "domain") if split_domain(one)[0] == domain
    )
    mine = used_labels(array.sel(domain=[label for _, label in labels]), "partner")
    rows: list[tuple[Cell, ...]] = []
    for partner in mine.coords["partner"].to_numpy():
        for period, label in labels:
            over = mine.sel(partner=partner, domain=label).to_numpy()
            rows.append((str(partner), period, float(over.mean()), *quantile_cells(over, find(SHARE))))
    return table(
        "shares",
        "quantity-partner_share",
        (
            Column("partner", "column-partner", "label", "partner"),
            Column("period", "column-period", "text"),
            Column("mean", "column-mean", "share", unit="1"),
            *(Column(level, f"column-{level}", "share", unit="1") for level in QUANTILES),
        ),
        rows,
        drawn="stack",
        x="period",
        y=("mean",),
        by="partner",
        unit="1",
        sources=references_of(answers, SHARE),
        notes=(Note("note-of-domain", {"domain": domain}), *standing_notes(answers, SHARE, array)),
    )


def largest(answers: Answers) -> Chart:
    """Return the largest named partner of every domain and period: what is lost if it leaves."""
    array = answers.outcome.values[SHARE]
    named = array.sel(partner=[one for one in array.coords["partner"].to_numpy() if str(one) != "rest"])
    rows: list[tuple[Cell, ...]] = []
    for label in named.coords["domain"].to_numpy():
        means = named.sel(domain=label).mean("future")
        partner = str(means.coords["partner"].to_numpy()[int(np.argmax(means.to_numpy()))])
        over = named.sel(domain=label, partner=partner).to_numpy()
        rows.append((*split_domain(str(label)), partner, *quantile_cells(over, find(SHARE))))
    return table(
        "largest",
        "chart-dependence-largest",
        (
            Column("domain", "column-domain", "label", "domain"),
            Column("period", "column-period", "text"),
            Column("partner", "column-partner", "label", "partner"),
            *(Column(level, f"column-{level}", "share", unit="1") for level in QUANTILES),
        ),
        rows,
        sources=references_of(answers, SHARE),
    )


def withdrawals(answers: Answers) -> Chart | None:
    """Return the change of real income when a partner stops trading."""
    leaving = tuple(one for one in labels_of(answers, REAL_INCOME, "scenario") if one.startswith(WITHDRAWAL))
    if not leaving:
        return None
    return bands(
        answers, NAME, REAL_INCOME, where={"scenario": leaving}, drawn="bars", name="withdrawals",
        key="chart-dependence-withdrawals",
    )  # fmt: skip


def borders(answers: Answers) -> Chart | None:
    """Return by how many hours of lost load a year the lights suffer when one border is out of order."""
    whole, without = chosen_cells(answers, LOLE), chosen_cells(answers, LOLE_WITHOUT)
    if whole is None or without is None:
        return None
    numbers = np.intersect1d(whole.coords["future"].to_numpy(), without.coords["future"].to_numpy())
    lost: xr.DataArray = without.sel(future=numbers) - whole.sel(future=numbers)
    unit = unit_of(answers, LOLE)
    rows = [
        (str(border), int(year), *quantile_cells(lost.sel(border=border, year=year).to_numpy(), find(LOLE)))
        for border in lost.coords["border"].to_numpy()
        for year in lost.coords["year"].to_numpy()
    ]
    return table(
        "border-lost",
        "chart-dependence-border-lost",
        (
            Column("border", "column-border", "label", "border"),
            Column("year", "column-year", "year", "year"),
            *(Column(level, f"column-{level}", "number", unit=unit) for level in QUANTILES),
        ),
        rows,
        drawn="bars",
        x="border",
        y=("p50",),
        by="year",
        unit=unit,
        sources=references_of(answers, LOLE_WITHOUT),
        notes=standing_notes(answers, LOLE_WITHOUT, lost),
    )
