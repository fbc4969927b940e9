from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest

from morava.errors import MoravaError
from morava.models.economy.accounts import read_accounts
from morava.models.economy.calibrate import base_conditions, calibrate
from morava.models.economy.dynamics import grown, without_interest
from morava.models.economy.options import Closure, Structure
from morava.models.economy.recursive import solve_path
from morava.models.economy.static import solve

YEARS = 6
PRICES = ("home_price", "user_price", "cost", "rent", "wage", "exchange_rate", "consumer_price")
SERBIA = Path(__file__).parents[3] / "src/morava/countries/serbia/trade/social_accounts.parquet"
ROLES = {
    "commodity tax": "use tax",
    "foreign profits": "abroad",
    "foreign": "abroad",
    **{
        name: name
        for name in (
            "labour", "capital", "production tax", "import duty", "direct tax", "household", "government", "investment",
        )
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def serbia():
    """Return the tables of both donors, labels, and roles."""
    with duckdb.connect(config={"threads": 1}) as connection:
        cells = connection.execute(f"SELECT * FROM '{SERBIA}'").df()
    labels = list(cells["receiver"].drop_duplicates())
    donors = list(cells["donor"].drop_duplicates())
    tables = [
        cells[cells["donor"] == donor].pivot(index="receiver", columns="payer", values="value").loc[labels, labels]
        for donor in donors
    ]
    roles = {label: ROLES.get(label, "sector") for label in labels}
    return np.stack([table.to_numpy() for table in tables]), labels, roles


def serbian(serbia):
    """Return accounts, economy and conditions of the base year under both donors, all blocks on."""
    accounts = read_accounts(*serbia, "Serbia's accounts")
    same = np.ones((1, len(accounts.sectors)))
    structure = Structure(
        5 * same, "demand", 5 * same, 0.8 * same, ("energy", "electricity"), 0.3 * same, "fixed", 0.3 * same, 0.0,
        "real", "wage curve", np.array([0.09]), 0.1,
    )  # fmt: skip
    economy = calibrate(accounts, structure, "Serbia's accounts")
    return accounts, economy, base_conditions(accounts, economy)


def test_every_cell_of_serbias_accounts_is_read(serbia):
    table, labels, _ = serbia
    accounts = read_accounts(*serbia, "Serbia's accounts")

    def paid(receivers, payer):
        rows = [labels.index(name) for name in receivers]
        return table[:, rows, labels.index(payer)].sum(axis=1)

    np.testing.assert_allclose(accounts.profit_abroad, paid(["foreign", "investment"], "foreign profits"), rtol=1e-12)
    lent = paid(["investment"], "foreign") + paid(["investment"], "foreign profits") - paid(["foreign"], "investment")
    np.testing.assert_allclose(accounts.foreign_saving, lent, rtol=1e-12)
    for name in ("household", "government", "investment"):
        np.testing.assert_allclose(vars(accounts)[f"{name}_tax"], paid(["commodity tax"], name), rtol=1e-12)
    whole = table[:, labels.index("government"), labels.index("commodity tax")]
    by_user = accounts.household_tax + accounts.government_tax + accounts.investment_tax
    np.testing.assert_allclose(accounts.input_tax.sum(axis=1) + by_user, whole, rtol=1e-9)
    np.testing.assert_array_equal(accounts.commodity_tax, 0.0)


@pytest.mark.parametrize("budget", ["savings", "tax", "borrowing"])
@pytest.mark.parametrize("external", ["saving", "rate"])
def test_serbias_accounts_are_a_base_year_and_carry_a_path(
    serbia, closures_of, budget, external, plain_dynamics, going_on
):
    accounts, economy, given = serbian(serbia)
    if all((one.budget, one.external) != (budget, external) for one in closures_of(economy)):
        with pytest.raises(MoravaError, match="let investment follow saving"):
            solve(economy, given, Closure(budget, external, "consumer price"))
        return
    closure, size = Closure(budget, external, "consumer price"), accounts.product[:, None]
    base = solve(economy, given, closure)
    for name in PRICES:
        np.testing.assert_allclose(vars(base)[name], 1.0, rtol=1e-9, err_msg=name)
    for name in ("exports", "imports", "labour", "capital"):
        np.testing.assert_allclose(vars(base)[name] / size, vars(accounts)[name] / size, atol=1e-9, err_msg=name)
    np.testing.assert_allclose(base.product, accounts.product, rtol=1e-9)
    np.testing.assert_allclose(base.real_product, accounts.product, rtol=1e-9)
    np.testing.assert_allclose(base.foreign_saving / accounts.product, accounts.foreign_saving / accounts.product,
                               atol=1e-9)  # fmt: skip
    plain, programme = going_on(economy, given, 12)
    growth = 1.01 ** np.arange(12)
    foreign, works = programme.foreign * growth[:, None], programme.infrastructure * growth
    programme = replace(
        programme, infrastructure=works, infrastructure_commissioned=works, foreign=foreign,
        foreign_commissioned=foreign,
    )  # fmt: skip
    dynamics = plain_dynamics(
        accounts, spillover=np.full((1, 20), 0.1), infrastructure=0.5 * accounts.product,
        infrastructure_depreciation=np.array([0.03]), infrastructure_elasticity=np.array([0.1]),
        home_debt=0.2 * accounts.product, foreign_debt=0.3 * accounts.product, home_interest=np.array([0.03]),
        foreign_interest=accounts.interest_abroad / (0.3 * accounts.product), foreign_borrowing=np.array([0.6]),
    )  # fmt: skip
    shock = np.random.default_rng(7).normal(scale=0.01, size=(2, 20))
    years = [
        replace(
            grown(without_interest(plain, dynamics), np.array([1.01**year])),
            import_price=np.exp(shock[:1] * year), productivity=np.exp((0.01 + 0.5 * shock[1:]) * year),
        )
        for year in range(12)
    ]  # fmt: skip
    path = solve_path(economy, years, dynamics, programme, closure)
    assert path.reason == ("", "")
    assert path.equilibrium.residual.max() < 1e-9
    assert np.abs(path.equilibrium.walras).max() < 1e-9
    np.testing.assert_allclose(path.equilibrium.output[:, 0], economy.output, rtol=1e-9)
