"""What was observed from 2008 to 2024, and the outside conditions of these years, as facts for the back-test.

The values are those of the revision that is held; `known_on` is the June after the year, when a first figure of such a
kind appears. Revised values thus stand for what was known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from derive_macro import read_gapminder
from derive_trade import ISO
from fact_rows import FactRow, read_table, single

FIRST, LAST = 2008, 2024
LAST_DEBT, LAST_PENN = 2022, 2019
"""Debt of later years is a forecast in the extract; the Penn World Table ends."""
WORLD_BANK, PENN = "WDI as of 2025", "Penn World Table 10.01"
MACRO_SOURCE = "gapminder-systema-globalis"
PRICED, FRONTIER = 2017, "deu"
"""Year whose investment sets the price of the stock of capital; the country at the frontier."""
HOME, CHINA = "srb", ("chn", "CHN")
Series = Mapping[int, float]


def backtest_rows() -> list[FactRow]:
    """Return the facts of the back-test, series after series."""
    return [*_observed(), *_outside(), *_of_penn(), *_of_budget()]


def _rows(
    name: str, quantity: str, series: Series, vintage: str, note: str, source: str = MACRO_SOURCE, **rest: str
) -> Iterator[FactRow]:
    status = rest.pop("status", "derived")
    for year, value in sorted(series.items()):
        yield single(
            f"{name}-{year}", quantity, "", value, str(year), known_on=f"{year + 1}-06", vintage=vintage,
            source=source, status=status, note=note, **rest,
        )  # fmt: skip


def _years(series: Series, factor: float = 1.0, last: int = LAST) -> dict[int, float]:
    return {year: factor * value for year, value in series.items() if FIRST <= year <= last}


def _observed() -> Iterator[FactRow]:
    series = read_gapminder()
    gdp, head = series[HOME, "total_gdp_us_inflation_adjusted"], series[HOME, "gdppercapita_us_inflation_adjusted"]
    yield from _rows(
        "past-gdp", "past_gdp", _years(gdp, 1e-6), WORLD_BANK, "constant dollars of 2015; after the revision of 2024",
        unit="million * USD_2015 / year",
    )  # fmt: skip
    yield from _rows(
        "past-exports", "past_export_share", _years(series[HOME, "exports_percent_of_gdp"], 0.01), WORLD_BANK,
        "goods and services, current prices", status="measured",
    )  # fmt: skip
    people = {year: gdp[year] / head[year] for year in gdp if year in head}
    yield from _rows(
        "past-population", "past_population", _years(people), WORLD_BANK, "real output over real output a head",
        unit="person",
    )  # fmt: skip
    modelled = "ILO estimate; the survey of 2021 counts more people as working than the years before"
    for name, indicator in (
        ("employment", "aged_15plus_employment_rate_percent"),
        ("unemployment", "aged_15plus_unemployment_rate_percent"),
    ):
        yield from _rows(
            f"past-{name}", f"past_{name}_rate", _years(series[HOME, indicator], 0.01), "ILO estimates as of 2025",
            modelled, status="reported",
        )  # fmt: skip


def _outside() -> Iterator[FactRow]:
    series = read_gapminder()
    sold = {
        row["partner"]: float(row["exports_kusd"] or 0)
        for row in read_table("economy/trade/serbia_by_partner_baci2023.csv")
    }
    weight = {geo: sold[code] for geo, code in (*ISO.items(), CHINA) if code in sold}
    part = sum(weight.values()) / sum(sold.values())
    growth = {}
    for year in range(FIRST, LAST + 1):
        real = {geo: series[geo, "total_gdp_us_inflation_adjusted"] for geo in weight}
        known = [geo for geo in weight if {year, year - 1} <= set(real[geo])]
        whole = sum(weight[geo] for geo in known)
        growth[year] = sum(weight[geo] * (real[geo][year] / real[geo][year - 1] - 1) for geo in known) / whole
    yield from _rows(
        "past-partners", "past_partner_growth", growth, WORLD_BANK,
        f"{len(weight)} countries of the extract, {part:.0%} of goods exports; weights are exports of 2023 (BACI)",
        unit="1 / year",
    )  # fmt: skip
    terms = _years(series[HOME, "net_barter_terms_of_trade_2015_100"], 0.01)
    yield from _rows(
        "past-terms", "past_terms_of_trade", terms, WORLD_BANK, "goods, 2015 is one; no figure of 2024",
        status="measured",
    )  # fmt: skip
    inflow = _years(series[HOME, "foreign_direct_investment_net_inflows_percent_of_gdp"], 0.01)
    yield from _rows("past-fdi", "past_foreign_investment", inflow, WORLD_BANK, "net inflow", status="measured")


def _of_penn() -> Iterator[FactRow]:
    """Return capital over output as in `derive_economy.py`, depreciation, and productivity over that of the frontier.

    The stock of the Penn World Table stands at the prices of national accounts: its investment is a larger part of
    output than theirs. It is that at the end of the year before.
    """
    rows = read_table("economy/macro/pwt1001_selected_1990_2019.csv")
    penn = {geo: {int(row["year"]): row for row in rows if row["country"] == geo} for geo in (HOME, FRONTIER)}
    series, own = read_gapminder(), penn[HOME]
    invested, real = (series[HOME, name] for name in ("investments_percent_of_gdp", "total_gdp_us_inflation_adjusted"))
    capital = {year: float(own[year]["rnna"]) for year in range(FIRST - 1, LAST_PENN + 1)}
    built = capital[PRICED] - capital[PRICED - 1] * (1 - float(own[PRICED]["delta"]))
    price = invested[PRICED] / 100 / (built / float(own[PRICED]["rgdpna"]))
    whole = float(own[PRICED]["rgdpna"])
    stock = {y: price * capital[y - 1] / whole / (real[y] / real[PRICED]) for y in range(FIRST, LAST_PENN + 1)}
    above = {y: float(own[y]["ctfp"]) / float(penn[FRONTIER][y]["ctfp"]) for y in range(FIRST, LAST_PENN + 1)}
    lost = {y: float(own[y]["delta"]) for y in range(FIRST, LAST_PENN + 1)}
    for name, quantity, found, note in (
        ("capital", "past_capital_ratio", stock,
         f"stock at the end of the year before over output, times {price:.3f}: investment of {PRICED} in national "
         "accounts over that of the table"),
        ("depreciation", "past_depreciation", lost, "average over all assets"),
        ("productivity", "past_productivity", above, "at current purchasing power parities, Germany one"),
    ):  # fmt: skip
        yield from _rows(f"past-{name}", quantity, found, PENN, note, "penn-world-table-10-01")


def _of_budget() -> Iterator[FactRow]:
    table = read_table("economy/macro/serbia_government_debt_balance_2000_2029.csv")
    debt = {int(row["year"]): float(row["gov_debt_pct_gdp"]) / 100 for row in table}
    yield from _rows(
        "past-debt", "past_debt_ratio", _years(debt, last=LAST_DEBT), "IMF outlook of October 2024",
        "general government, end of the year; later years are forecasts", "global-macro-database-2025-06",
        status="reported",
    )  # fmt: skip
    for row in read_table("curation/past_totals.csv"):
        if row["total"] == "public investment":
            year, value = int(row["year"]), float(row["percent_of_gdp"]) / 100
            status = "assumed" if row["word"] == "assumed" else "reported"
            yield from _rows(
                "past-public-investment", "past_public_investment", {year: value}, "", row["note"], row["source"],
                status=status,
            )  # fmt: skip
