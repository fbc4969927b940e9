"""The social accounting matrix is what its script makes of the extracts, balances, and agrees with the world table."""

from __future__ import annotations

import csv
import gzip
import importlib.util
import io
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
import yaml

from morava.models.trade.input_output import balance_by_ras

ROOT = Path(__file__).parents[2]
ECONOMY = ROOT / "snapshots/economy"
PACK = ROOT / "src/morava/countries/serbia"
GOODS = (
    "agriculture", "energy", "ores", "food", "textiles", "wood and paper", "chemicals", "rubber and minerals", "steel",
    "non-ferrous metals", "machinery", "electronics", "electrical", "vehicles", "other goods",
)  # fmt: skip
SERVICES = ("electricity", "construction", "computing", "trade and transport", "other services")
SECTORS = (*GOODS, *SERVICES)
OTHERS = (
    "labour", "capital", "production tax", "import duty", "commodity tax", "direct tax", "household", "government",
    "investment", "foreign profits", "foreign",
)  # fmt: skip
ACCOUNTS = (*SECTORS, *OTHERS)
DONORS = ("hungary-2020", "croatia-2010")
FACTORS = ("labour", "capital", "production tax")
USERS = ("household", "government", "investment")
WORDS = {"published", "world table", "pattern", "assumed", "residual", "empty"}
LEVEL = 0.750861
"""Of the world table, in USD of 2023."""
ALLOWED = {
    **{receiver: set(SECTORS) for receiver in (*FACTORS, "import duty")},
    "commodity tax": {*SECTORS, *USERS},
    "direct tax": {"household"},
    "household": {"labour", "capital", "government", "foreign"},
    "government": {"production tax", "import duty", "commodity tax", "direct tax"},
    "investment": {"household", "government", "foreign profits", "foreign"},
    "foreign profits": {"capital"},
    "foreign": {*SECTORS, "government", "investment", "foreign profits"},
    **{receiver: {*SECTORS, *USERS, "foreign"} for receiver in SECTORS},
}
"""Who pays whom at all."""
Array = npt.NDArray[np.float64]
Names = str | tuple[str, ...]


@dataclass(frozen=True)
class Accounts:
    """[receiver, payer], million USD of 2023, under one donor."""

    donor: str
    table: Array

    def cells(self, receiver: Names, payer: Names) -> Array:
        rows, columns = ([ACCOUNTS.index(one) for one in ([names] if isinstance(names, str) else names)]
                         for names in (receiver, payer))  # fmt: skip
        return self.table[np.ix_(rows, columns)]

    def total(self, receiver: Names, payer: Names) -> float:
        return float(self.cells(receiver, payer).sum())


def load_balance() -> ModuleType:
    spec = importlib.util.spec_from_file_location("accounts_balance", ROOT / "snapshots/accounts_balance.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["accounts_balance"] = module
    spec.loader.exec_module(module)
    return module


BALANCE = load_balance()


def rows(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def table(name: str) -> pd.DataFrame:
    with duckdb.connect(config={"threads": 1}) as connection:
        return connection.execute(f"SELECT * FROM '{PACK / 'trade' / name}.parquet'").df()


def gdp() -> float:
    found = {row["iso3"]: row["gdp_usd_latest_wdi"] for row in rows(ECONOMY / "trade/gdp_194_countries_wdi_latest.csv")}
    return float(found["SRB"]) / 1e6


def percent(indicator: str, year: int) -> float:
    """An indicator of Serbia, million USD for a share of GDP of 2023."""
    found = {
        (row["geo"], row["indicator"], row["year"]): row["value"]
        for row in rows(ECONOMY / "macro/gapminder_sg_macro_21_countries_1990_2026.csv.gz")
    }
    return float(found["srb", f"{indicator}_percent_of_gdp", str(year)]) / 100


def factbook(field: str) -> float:
    found = {row["field"]: row["text"] for row in rows(ECONOMY / "macro/cia_factbook_serbia_text.csv")}
    return float(found[f"Economy / {field}"].replace("$", "").split()[0].rstrip("%"))


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("accounts")
    script = ROOT / "snapshots/derive_accounts.py"
    command = [sys.executable, str(script), "--out", str(out), "--report", str(out / "report.yaml")]
    subprocess.run(command, check=True, capture_output=True)
    return out


@pytest.fixture(scope="module")
def report(rebuilt: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((rebuilt / "report.yaml").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module", params=DONORS)
def accounts(request: pytest.FixtureRequest) -> Accounts:
    found = table("social_accounts")["value"].to_numpy().reshape(len(DONORS), len(ACCOUNTS), len(ACCOUNTS))
    return Accounts(request.param, found[DONORS.index(request.param)])


@pytest.fixture(scope="module")
def flow() -> Array:
    """The world table, [importer, exporter, sector], million USD of 2023."""
    return table("flow")["value"].to_numpy().reshape(12, 12, 16) / LEVEL


def as_world(values: Array) -> Array:
    """Sectors of the matrix as those of the world table."""
    found = values.ravel()
    return np.append(found[:15], found[15:].sum())


def test_the_rebuilt_matrix_has_the_same_bytes(rebuilt: Path) -> None:
    name = "social_accounts.parquet"
    assert (rebuilt / name).read_bytes() == (PACK / "trade" / name).read_bytes()


def test_every_cell_stands_once_in_order_and_says_what_it_rests_on() -> None:
    found = table("social_accounts")
    names = ["donor", "receiver", "payer"]
    wanted = pd.MultiIndex.from_product([DONORS, ACCOUNTS, ACCOUNTS], names=names)
    assert pd.MultiIndex.from_frame(found[names]).equals(wanted)
    assert np.isfinite(found["value"]).all()
    assert (found["value"] >= 0).all()
    assert set(found["confidence"]) == WORDS
    assert ((found["confidence"] == "empty") == (found["value"] == 0)).all()
    assert [float(f"{value:.7g}") for value in found["value"]] == found["value"].tolist()


def test_every_account_pays_what_it_receives(accounts: Accounts, report: dict[str, Any]) -> None:
    received, paid = accounts.table.sum(axis=1), accounts.table.sum(axis=0)
    assert received.min() > 0
    np.testing.assert_allclose(received, paid, rtol=1e-12)
    told = report["donors"][accounts.donor]
    assert told["largest_imbalance_before_rounding"] < 1e-9
    assert told["residual"] < 1e-11


def test_nobody_pays_whom_he_owes_nothing(accounts: Accounts) -> None:
    assert set(ALLOWED) == set(ACCOUNTS)
    for receiver, payers in ALLOWED.items():
        paying = {payer for payer in ACCOUNTS if accounts.total(receiver, payer) > 0}
        assert paying <= payers, receiver


def test_trade_and_output_by_sector_are_those_of_the_world_table(accounts: Accounts, flow: Array) -> None:
    exports, imports = accounts.cells(SECTORS, "foreign").ravel(), accounts.cells("foreign", SECTORS).ravel()
    np.testing.assert_allclose(as_world(exports), flow[1:, 0].sum(axis=0), rtol=1e-4)
    np.testing.assert_allclose(as_world(imports), flow[0, 1:].sum(axis=0), rtol=1e-4)
    output = accounts.cells(SECTORS, ACCOUNTS).sum(axis=1) - imports - accounts.cells("import duty", SECTORS).ravel()
    np.testing.assert_allclose(as_world(output), flow[:, 0].sum(axis=0), rtol=1e-4)
    assert (output > exports).all()


def test_value_added_by_sector_is_that_of_the_donor(accounts: Accounts, flow: Array) -> None:
    donors = tuple(table("technology")["donor"].unique())
    technology = table("technology")["value"].to_numpy().reshape(len(donors), 12, 16, 16)
    shares = 1 - technology[donors.index(accounts.donor), 0].sum(axis=0)
    added = accounts.cells(FACTORS, SECTORS).sum(axis=0)
    np.testing.assert_allclose(as_world(added), shares * flow[:, 0].sum(axis=0), rtol=1e-4)
    assert accounts.cells(("labour", "capital"), SECTORS).min() > 0


def test_electricity_crosses_the_border_as_published(accounts: Accounts) -> None:
    assert (accounts.total("electricity", "foreign"), accounts.total("foreign", "electricity")) == (1640, 1290)


def test_product_is_the_same_three_ways(accounts: Accounts) -> None:
    on_products = accounts.total(("commodity tax", "import duty"), ACCOUNTS)
    income = accounts.total(FACTORS, SECTORS) + on_products
    used = accounts.total((*SECTORS, "commodity tax"), USERS)
    spent = used + accounts.total(SECTORS, "foreign") - accounts.total("foreign", SECTORS)
    output = accounts.total(SECTORS, ACCOUNTS) - accounts.total(("foreign", "import duty"), SECTORS)
    made = output - accounts.total((*SECTORS, "commodity tax"), SECTORS) + on_products
    assert income == pytest.approx(gdp(), rel=1e-6)
    assert spent == pytest.approx(income, rel=1e-12)
    assert made == pytest.approx(income, rel=1e-12)


def test_use_and_trade_are_their_shares_of_product(accounts: Accounts) -> None:
    assert accounts.total(SECTORS, "foreign") == pytest.approx(percent("exports", 2023) * gdp(), rel=1e-5)
    assert accounts.total("foreign", SECTORS) == pytest.approx(percent("imports", 2023) * gdp(), rel=1e-5)
    used = {user: accounts.total((*SECTORS, "commodity tax"), user) / gdp() for user in USERS}
    assert used["investment"] == pytest.approx(percent("investments", 2023), rel=1e-5)
    ends = "GDP - composition, by end use"
    assert used["government"] == pytest.approx(factbook(f"{ends} / government consumption") / 100, rel=1e-5)
    assert used["household"] == pytest.approx(factbook(f"{ends} / household consumption") / 100, abs=0.01)


def test_the_balance_of_payments_closes(accounts: Accounts) -> None:
    goods = accounts.total(SECTORS, "foreign") - accounts.total("foreign", SECTORS)
    sent_home, profits = accounts.total("household", "foreign"), accounts.total("foreign profits", "capital")
    account = goods + sent_home - accounts.total("foreign", "government") - profits
    assert account == pytest.approx(1e3 * factbook("Current account balance / Current account balance 2023"), rel=1e-4)
    invested = accounts.total("investment", ("foreign", "foreign profits"))
    share = percent("foreign_direct_investment_net_inflows", 2023)
    assert invested == pytest.approx(share * gdp(), rel=1e-5)
    assert invested - accounts.total("foreign", "investment") == pytest.approx(-account, rel=1e-9)
    assert sent_home == pytest.approx(factbook("Remittances / Remittances 2023") / 100 * gdp(), rel=1e-4)


def test_labour_has_the_share_of_the_penn_world_table(accounts: Accounts) -> None:
    found = {
        (row["country"], row["year"]): row["labsh"] for row in rows(ECONOMY / "macro/pwt1001_selected_1990_2019.csv")
    }
    labour, capital = (accounts.total(factor, SECTORS) for factor in ("labour", "capital"))
    assert labour / (labour + capital) == pytest.approx(float(found["srb", "2019"]), abs=1e-6)


def test_the_budget_adds_up(accounts: Accounts) -> None:
    revenue = accounts.total("government", ACCOUNTS)
    assert revenue / gdp() == pytest.approx(factbook("Budget / revenues") / 66.81, rel=1e-3)
    built = 5e3 / 0.9245
    assert accounts.total("investment", "government") - built == pytest.approx(-0.0131 * gdp(), rel=1e-3)


def test_duties_are_the_middle_of_the_range_on_what_pays_them(accounts: Accounts, flow: Array) -> None:
    facts = [row for row in rows(PACK / "facts/trade_model.csv") if row["quantity"].startswith("own_duty")]
    said = {(row["quantity"], row["where"]): float(row["low"]) for row in facts if row["where"]}
    regions = table("flow")["importer"].unique().tolist()
    paying = np.array([said["own_duty_share", f"region={region}"] for region in regions])
    for number, name in enumerate(GOODS):
        rate = (said["own_duty_least", f"sector={name}"] + said["own_duty_most", f"sector={name}"]) / 2
        taxed = float((paying[1:] * flow[0, 1:, number]).sum())
        assert accounts.total("import duty", name) == pytest.approx(rate * taxed, rel=1e-4, abs=0.006), name
    assert accounts.total("import duty", SERVICES) == 0


def test_the_report_tells_how_far_each_block_moved(report: dict[str, Any]) -> None:
    for told in report["donors"].values():
        moved = {name: block["moved_share"] for name, block in told["moved"].items()}
        assert {
            "purchases of inputs",
            "labour",
            "capital",
            "exports",
            "imports",
            *(f"purchases of {one}" for one in USERS),
        } <= set(moved)
        assert 0 < max(moved.values()) < 0.12
        assert sum(told["share_of_all_payments_by_confidence"].values()) == pytest.approx(1, abs=1e-3)
    assert set(report["left_out"]) == {"hungary-1993"}


def margins(target: Array, axis: int) -> list[Any]:
    found = []
    for number, total in enumerate(target):
        weights = np.zeros((3, 4))
        weights[(number, slice(None)) if axis == 0 else (slice(None), number)] = 1
        found.append(BALANCE.Condition(f"{axis} {number}", weights, float(total)))
    return found


def test_with_margins_alone_the_nearest_table_is_that_of_ras() -> None:
    first = np.arange(1.0, 13.0).reshape(3, 4)
    first[1, 2] = 0
    receipts, payments = np.array([20.0, 15.0, 25.0]), np.array([10.0, 20.0, 18.0, 12.0])
    found = BALANCE.nearest(first, [*margins(receipts, 0), *margins(payments, 1)])
    wanted = balance_by_ras(first, receipts, payments, tolerance=1e-14)
    np.testing.assert_allclose(found.table, wanted.table, rtol=1e-10)
    assert found.residual < 1e-12


def test_nothing_moves_where_the_conditions_hold_already() -> None:
    first = np.arange(1.0, 13.0).reshape(3, 4)
    found = BALANCE.nearest(first, margins(first.sum(axis=1), 0))
    np.testing.assert_array_equal(found.table, first)
    assert found.steps == 0


def test_conditions_that_contradict_one_another_are_an_error() -> None:
    first = np.ones((3, 4))
    with pytest.raises(ValueError, match=r"conditions|contradict"):
        BALANCE.nearest(first, [*margins(np.array([1.0, 1.0, 1.0]), 0), *margins(np.full(4, 1.0), 1)])
    with pytest.raises(ValueError, match="no cell can meet"):
        BALANCE.nearest(np.eye(3, 4), margins(np.array([0.0, 0.0, 0.0, 2.0]), 1))


def test_rounding_that_does_not_close_is_an_error() -> None:
    lopsided = np.array([[0.0, 1.0], [3.0, 0.0]])
    with pytest.raises(ValueError, match="rounding does not close"):
        BALANCE.on_grid(lopsided, 100, [])
    even, largest = BALANCE.on_grid(lopsided, 100, [(0, (1, 0), 1)])
    np.testing.assert_array_equal(even, [[0.0, 1.0], [1.0, 0.0]])
    assert largest == 200
