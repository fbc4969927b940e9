"""Accounts of past years for the back-test: what their script makes, balanced, on the totals of their year alone."""

from __future__ import annotations

import csv
import gzip
import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from morava.plans import freeze, read_country
from morava.plans.trade_tables import load_table

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "src/morava/countries/serbia/trade/backtest"
YEARS = (2014, 2018)


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    out = tmp_path_factory.mktemp("past")
    script = ROOT / "snapshots/derive_past_accounts.py"
    subprocess.run([sys.executable, str(script), "--out", str(out)], check=True, capture_output=True)
    return out


def test_the_rebuilt_tables_have_the_same_bytes(rebuilt):
    written = {path.name: path.read_bytes() for path in rebuilt.iterdir()}
    assert written == {path.name: path.read_bytes() for path in FOLDER.iterdir()}


@pytest.fixture(scope="module", params=YEARS)
def accounts(request):
    country = read_country("serbia")
    return request.param, load_table(freeze(country, str(request.param + 1)), "social_accounts").sel(
        donor="croatia-2010"
    )


def of_macro(indicator, year):
    path = ROOT / "snapshots/economy/macro/gapminder_sg_macro_21_countries_1990_2026.csv.gz"
    wanted = ("srb", indicator, str(year))
    for row in csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode("utf-8"))):
        if (row["geo"], row["indicator"], row["year"]) == wanted:
            return float(row["value"])
    raise LookupError(wanted)


def test_every_account_pays_what_it_receives(accounts):
    _, table = accounts
    received, paid = table.sum("payer"), table.sum("receiver")
    assert np.allclose(received, paid.rename(payer="receiver").sel(receiver=received.receiver), rtol=1e-12, atol=1e-9)


def test_only_saving_of_the_state_is_below_zero(accounts):
    year, table = accounts
    below = [(str(cell.receiver.item()), str(cell.payer.item())) for cell in table.stack(cell=table.dims).where(
        lambda one: one < 0, drop=True).transpose("cell")]  # fmt: skip
    assert below == ([("investment", "government")] if year == 2014 else [])


def test_totals_are_those_of_the_year(accounts):
    year, table = accounts
    outside = {"labour", "capital", "production tax", "import duty", "commodity tax", "direct tax", "household",
               "government", "investment", "foreign profits", "foreign"}  # fmt: skip
    sectors = [str(label) for label in table.receiver.to_numpy() if str(label) not in outside]
    factors = ["labour", "capital", "production tax", "import duty", "commodity tax"]
    product = float(table.sel(receiver=factors).sum())
    balance = of_macro("trade_balance_us_not_inflation_adjusted", year) / 1e6
    assert product == pytest.approx(balance / of_macro("trade_balance_percent_of_gdp", year) * 100, rel=1e-6)
    for indicator, found in (
        ("exports", table.sel(receiver=sectors, payer="foreign").sum()),
        ("imports", table.sel(receiver="foreign", payer=sectors).sum()),
        ("investments", table.sel(receiver=[*sectors, "commodity tax"], payer="investment").sum()),
    ):
        assert float(found) / product * 100 == pytest.approx(of_macro(f"{indicator}_percent_of_gdp", year), rel=1e-5)
    farm = float(table.sel(receiver=["labour", "capital", "production tax"], payer="agriculture").sum())
    assert farm / product * 100 == pytest.approx(of_macro("agriculture_percent_of_gdp", year), rel=1e-5)
