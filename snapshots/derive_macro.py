"""Deflators, exchange rates and the history of public debt, worked out from the extracts."""

from __future__ import annotations

from collections.abc import Mapping

from fact_rows import FactRow, read_table, single
from morava.models.money.debt import debt_factor, stock_flow_adjustment

FIRST_PRICE_YEAR, LAST_MEASURED, LAST_PRICE_YEAR = 2010, 2024, 2026
HISTORY = range(2008, 2023)
KNOWN = "2026-06-30"
GAPMINDER = "economy/macro/gapminder_sg_macro_21_countries_1990_2026.csv.gz"
EURO_AREA = {"deu": "DEU", "ita": "ITA", "aut": "AUT", "grc": "GRC", "svk": "SVK", "svn": "SVN"}
Series = dict[int, float]


def read_gapminder() -> dict[tuple[str, str], Series]:
    """Return series by country and indicator."""
    found: dict[tuple[str, str], Series] = {}
    for row in read_table(GAPMINDER):
        found.setdefault((row["geo"], row["indicator"]), {})[int(row["year"])] = float(row["value"])
    return found


def euro_area_growth(series: Mapping[tuple[str, str], Series], year: int) -> float:
    """Return the deflator growth of the six euro countries of the extract, weighed by GDP in dollars, in percent."""
    table = read_table("economy/macro/gdp_current_usd_1990_2023.csv")
    gdp = {(row["Country Code"], int(row["Year"])): float(row["Value"]) for row in table}
    last = max(known for _, known in gdp)
    weight = {geo: gdp[code, min(year, last)] for geo, code in EURO_AREA.items()}
    growth = {geo: series[geo, "inflation_annual_percent"][year] for geo in EURO_AREA}
    return sum(weight[geo] * growth[geo] for geo in EURO_AREA) / sum(weight.values())


def deflators() -> list[FactRow]:
    """Return the price level of each currency, 2010 being 100."""
    series = read_gapminder()
    assumed = {
        (row["currency"], int(row["year"])): row
        for row in read_table("curation/price_assumptions.csv")
        if row["kind"] == "deflator growth percent"
    }
    country = {"USD": "usa", "CNY": "chn", "RSD": "srb"}
    rows: list[FactRow] = []
    for currency in ("EUR", "USD", "CNY", "RSD"):
        level = 100.0
        for year in range(FIRST_PRICE_YEAR, LAST_PRICE_YEAR + 1):
            source, status, note = "gapminder-systema-globalis", "derived", "chained from yearly growth, 2010 = 100"
            if currency == "EUR":
                note += "; mean of DEU, ITA, AUT, GRC, SVK and SVN by GDP, in place of the euro area as a whole"
            if year > LAST_MEASURED:
                row = assumed[currency, year]
                growth, source, status, note = float(row["value"]), "analyst", "assumed", row["note"]
            elif currency == "EUR":
                growth = euro_area_growth(series, year)
            else:
                growth = series[country[currency], "inflation_annual_percent"][year]
            level *= 1 + growth / 100 if year > FIRST_PRICE_YEAR else 1
            name, where = f"deflator-{currency.lower()}-{year}", f"currency={currency}"
            rows.append(
                single(
                    name, "price_deflator", where, level, str(year),
                    known_on=KNOWN, source=source, status=status, note=note,
                )
            )  # fmt: skip
    return rows


def dinar_rates() -> dict[int, tuple[float, str, str]]:
    """Return dinars a euro by year, with source and note: both rates to the dollar, one over the other."""
    penn = {
        (row["country"], int(row["year"])): float(row["xr"])
        for row in read_table("economy/macro/pwt1001_selected_1990_2019.csv")
        if row["xr"]
    }
    fed = {int(row["year"]): float(row["eur_per_usd"]) for row in read_table("curation/exchange_rates.csv")}
    found: dict[int, tuple[float, str, str]] = {}
    for (country, year), rate in sorted(penn.items()):
        if country == "srb" and year >= min(HISTORY) - 1:
            note = "dinars a dollar over euros a dollar"
            found[year] = (rate / penn["deu", year], "penn-world-table-10-01", note)
    for row in read_table("economy/macro/cia_factbook_serbia_text.csv"):
        path, value = list(row.values())[:2]
        if "Exchange rates / Exchange rates 20" in path:
            year = int(path.split()[-1])
            note = "dinars a dollar over euros a dollar of the Federal Reserve"
            found[year] = (float(value.split()[0]) / fed[year], "cia-world-factbook-serbia", note)
    return found


def exchange_rates() -> list[FactRow]:
    """Return how much of each currency one euro bought, yearly average."""
    fed = {int(row["year"]): row for row in read_table("curation/exchange_rates.csv")}
    assumed = {
        (row["currency"], int(row["year"])): row
        for row in read_table("curation/price_assumptions.csv")
        if row["kind"] == "exchange rate"
    }
    dinar = dinar_rates()
    rows: list[FactRow] = []
    for currency in ("EUR", "USD", "CNY", "RSD"):
        for year in range(FIRST_PRICE_YEAR, LAST_PRICE_YEAR + 1):
            source, status, note = "federal-reserve-exchange-rates", "derived", "from rates to the dollar"
            if currency == "EUR":
                rate, source, note = 1.0, "analyst", "one by definition"
            elif (currency, year) in assumed:
                row = assumed[currency, year]
                rate, source, status, note = float(row["value"]), "analyst", "assumed", row["note"]
            elif currency == "RSD":
                rate, source, note = dinar[year]
            else:
                dollar = 1 / float(fed[year]["eur_per_usd"])
                rate = dollar if currency == "USD" else dollar * float(fed[year]["cny_per_usd"])
            name, where = f"rate-{currency.lower()}-{year}", f"currency={currency}"
            rows.append(
                single(
                    name, "exchange_rate", where, rate, str(year),
                    known_on=KNOWN, source=source, status=status, note=note,
                )
            )  # fmt: skip
    return rows


def debt_history(foreign_share: float) -> list[FactRow]:
    """Return the years from which the debt model draws; what its identity leaves over is the stock-flow adjustment.

    Values are rounded before the adjustment is taken, so that the rounded rows reproduce the debt ratio.

    Parameters
    ----------
    foreign_share
        The share of debt in foreign currency that the model uses, here for the past too.
    """
    series = read_gapminder()
    gdp, deflator = series["srb", "total_gdp_us_inflation_adjusted"], series["srb", "inflation_annual_percent"]
    table = read_table("economy/macro/serbia_government_debt_balance_2000_2029.csv")
    debt = {int(row["year"]): float(row["gov_debt_pct_gdp"]) / 100 for row in table}
    balance = {int(row["year"]): float(row["gov_balance_pct_gdp"]) / 100 for row in table}
    rate = {year: value for year, (value, _, _) in dinar_rates().items()}
    rows: list[FactRow] = []
    for row in read_table("curation/fiscal.csv"):
        year, interest = int(row["year"]), float(row["interest_percent_gdp"]) / 100
        growth, inflation = rounded(gdp[year] / gdp[year - 1] - 1), rounded(deflator[year] / 100)
        depreciation = rounded(rate[year] / rate[year - 1] - 1)
        effective = rounded(interest * (1 + growth) * (1 + inflation) / debt[year - 1])
        overall = float(row["balance_percent_gdp"]) / 100 if row["balance_percent_gdp"] else balance[year]
        primary = rounded(overall + interest)
        factor = debt_factor(growth, inflation, effective, effective, depreciation, foreign_share)
        left = float(stock_flow_adjustment(debt[year], debt[year - 1], factor, primary))
        worst = "assumed" if "assumed" in (row["interest_status"], row["balance_status"]) else "derived"
        why = "; ".join(part for part in (row["interest_note"], row["balance_note"]) if part)
        macro, fiscal = "gapminder-systema-globalis", "global-macro-database-2025-06"
        for short, value, source, status, note in (
            ("growth", growth, macro, "derived", "GDP in constant dollars"),
            ("inflation", inflation, macro, "measured", "GDP deflator"),
            ("primary_balance", primary, fiscal, worst, f"balance of general government plus interest; {why}"),
            ("interest", effective, row["interest_source"], row["interest_status"],
             f"{row['interest_percent_gdp']} percent of GDP over the debt of the year before; {why}"),
            ("depreciation", depreciation, "penn-world-table-10-01" if year < 2020 else "cia-world-factbook-serbia",
             "derived", "yearly averages of dinars a euro"),
            ("stock_flow", left, fiscal, worst,
             "what the debt identity leaves over, debt-foreign being the share in foreign currency; debt of the IMF "
             "outlook of October 2024"),
        ):  # fmt: skip
            rows.append(
                single(
                    f"{short}-{year}", f"history_{short}", "", value, str(year),
                    known_on=KNOWN, source=source, status=status, note=note,
                )
            )  # fmt: skip
    return rows


def rounded(value: float) -> float:
    """Return a value with the digits that are written."""
    return float(f"{value:.6g}")
