from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from morava.models.economy.accounts import read_accounts
from morava.models.economy.calibrate import base_conditions, calibrate
from morava.models.economy.dynamics import Dynamics, no_programme
from morava.models.economy.options import Closure, Structure

OTHERS = {
    "labour": "labour",
    "capital": "capital",
    "tax on production": "production tax",
    "duty": "import duty",
    "tax on use": "commodity tax",
    "tax on users": "use tax",
    "income tax": "direct tax",
    "households": "household",
    "state": "government",
    "saving": "investment",
    "world": "abroad",
}


def _table(seed, sectors):
    """Return a random balanced table: rates and final demand are drawn, output follows, saving is what is left."""
    random = np.random.default_rng(seed)
    names = [f"sector {k}" for k in range(sectors)]
    labels = names + list(OTHERS)
    roles = dict.fromkeys(names, "sector") | OTHERS
    bought = random.dirichlet(np.ones(sectors + 2), sectors).T[:sectors] * random.uniform(0.5, 0.9)
    home, made_tax, duty, use_tax = (
        random.uniform(*ends, sectors) for ends in ((0.5, 1), (0, 0.1), (0, 0.2), (0, 0.2))
    )
    by_input, (by_household, by_state, by_saving) = random.uniform(0, 0.1, sectors), random.uniform(0, 0.2, 3)
    household, government, investment, exports = (random.uniform(5, 20, sectors) * part for part in (3, 1, 1, 2))
    final = household + government + investment
    net = (home / (1 + use_tax) / (1 + made_tax))[:, None]
    output = np.linalg.solve(np.eye(sectors) - net * bought, net[:, 0] * final + exports / (1 + made_tax))
    inputs = bought * output
    use = (inputs.sum(axis=1) + final) / (1 + use_tax)
    imports = (1 - home) * use / (1 + duty)
    input_tax = by_input * inputs.sum(axis=0)
    added = output - inputs.sum(axis=0) - input_tax
    labour = added * random.uniform(0.3, 0.8, sectors)
    capital = added - labour
    abroad = random.uniform(0, 0.3) * capital.sum()
    factors = added.sum() - abroad
    direct, transfers, remittances, grants, interest = factors * random.uniform(0.0, 0.1, 5)
    taxes = made_tax * output, duty * imports, use_tax * use
    table, at = np.zeros((len(labels), len(labels))), {label: k for k, label in enumerate(labels)}
    goods = slice(0, sectors)
    table[goods, goods] = inputs
    for row, values in (
        ("labour", labour), ("capital", capital), ("tax on production", taxes[0]), ("duty", taxes[1]),
        ("tax on use", taxes[2]), ("tax on users", input_tax), ("world", imports),
    ):  # fmt: skip
        table[at[row], goods] = values
    for column, values in (
        ("households", household),
        ("state", government),
        ("saving", investment),
        ("world", exports),
    ):
        table[goods, at[column]] = values
    by_user = by_household * household.sum(), by_state * government.sum(), by_saving * investment.sum()
    saving_home = factors - direct + transfers + remittances - household.sum() - by_user[0]
    revenue = direct + sum(tax.sum() for tax in (*taxes, input_tax)) + sum(by_user)
    saving_state = revenue + grants - transfers - interest - government.sum() - by_user[1]
    for row, column, value in (
        ("households", "labour", labour.sum()), ("households", "capital", capital.sum() - abroad),
        ("world", "capital", abroad), ("state", "tax on production", taxes[0].sum()), ("state", "duty", taxes[1].sum()),
        ("state", "tax on use", taxes[2].sum()), ("state", "tax on users", input_tax.sum() + sum(by_user)),
        ("tax on users", "households", by_user[0]), ("tax on users", "state", by_user[1]),
        ("tax on users", "saving", by_user[2]), ("income tax", "households", direct), ("state", "income tax", direct),
        ("households", "state", transfers), ("households", "world", remittances), ("state", "world", grants),
        ("world", "state", interest), ("saving", "households", saving_home), ("saving", "state", saving_state),
        ("saving", "world", imports.sum() + abroad + interest - exports.sum() - remittances - grants),
    ):  # fmt: skip
        table[at[row], at[column]] = value
    return table, labels, roles


def _structure(seed, sectors, kind=0, energy=1):
    random = np.random.default_rng(seed)

    def draw(low, high):
        return random.uniform(low, high, (1, sectors))

    return Structure(
        armington=draw(0.5, 4),
        exports=("transformation", "demand")[kind % 2],
        export_elasticity=draw(1, 4),
        value_added_elasticity=draw(0.3, 1.5),
        energy=tuple(f"sector {k}" for k in range(energy)),
        energy_elasticity=draw(0.1, 0.7),
        capital=("fixed", "mobile")[kind // 2 % 2],
        subsistence=draw(0, 0.6),
        investment_elasticity=(0.0, 1.0, 0.5)[kind % 3],
        government=("real", "share")[kind // 4 % 2],
        labour=("wage curve", "full")[kind // 8 % 2],
        unemployment=random.uniform(0.05, 0.2, 1),
        curve=0.1,
    )


def _given(seed, given, strength):
    """Return conditions that differ from those of the base in all that may differ."""
    random = np.random.default_rng(seed)
    factors = (
        "capital",
        "productivity",
        "import_price",
        "export_price",
        "export_demand",
        "government_demand",
        "labour",
    )
    parts = {
        name: vars(given)[name] * np.exp(strength * random.normal(size=vars(given)[name].shape)) for name in factors
    }
    size = given.investment.max()
    for name in ("transfers", "remittances", "grants", "interest_abroad", "foreign_saving", "government_balance"):
        parts[name] = vars(given)[name] + 0.1 * strength * size * random.normal(size=vars(given)[name].shape)
    for name in ("import_duty", "input_tax", "household_tax", "government_tax", "investment_tax"):
        parts[name] = vars(given)[name] * random.uniform(0, 1.5, vars(given)[name].shape)
    parts["public_project"] = (
        0.1 * strength * size * random.uniform(0, 1, given.import_duty.shape) / given.import_duty.shape[1]
    )
    for name in ("project_import", "public_import", "foreign_project"):
        parts[name] = 0.1 * strength * size * random.uniform(0, 1, given.project_import.shape)
    return replace(given, **parts)


def _economy(seed, sectors, kind=0, energy=1):
    accounts = read_accounts(*_table(seed, sectors), "random table")
    economy = calibrate(accounts, _structure(seed, sectors, kind, energy), "random table")
    return accounts, economy, base_conditions(accounts, economy)


def _closures(economy):
    """Return all closures that fit an economy."""
    return [
        Closure(budget, external, numeraire)
        for budget, external, numeraire in product(
            ("savings", "tax", "borrowing"), ("saving", "rate"), ("wage", "consumer price", "exchange rate")
        )
        if (budget, external) != ("borrowing", "rate")
        and not (budget == "tax" and economy.structure.government == "share")
    ]


def _plain_dynamics(accounts, **parts):
    """Return dynamics of capital alone, with what differs."""
    none, nothing = np.zeros_like(accounts.capital), np.zeros(1)
    dynamics = Dynamics(
        stock=accounts.capital / 0.15, depreciation=none + 0.05, return_elasticity=nothing + 1.0,
        public_efficiency=nothing + 0.7, gap=none, catch_up=none, spillover=none,
        infrastructure=nothing, infrastructure_depreciation=nothing, infrastructure_elasticity=nothing,
        home_debt=nothing, foreign_debt=nothing, home_interest=nothing, foreign_interest=nothing,
        foreign_borrowing=nothing,
        foreign_inflation=nothing,
    )  # fmt: skip
    return replace(dynamics, **parts)


def _going_on(economy, given, years):
    """Return conditions and a programme in which a part of the investment of the base year is decided and goes on."""
    invested = given.investment
    public, foreign = 0.2 * invested, 0.1 * invested
    plain = replace(
        given, foreign_saving=given.foreign_saving - foreign, government_balance=given.government_balance - public,
        investment=given.investment - public,
    )  # fmt: skip
    owned = given.foreign_share * economy.capital
    by_sector = (foreign[:, None] * owned / owned.sum(axis=1, keepdims=True))[:, None] * np.ones((1, years, 1))
    works = public[:, None] * np.ones((1, years))
    programme = replace(
        no_programme(years, len(economy.sectors)), infrastructure=works, infrastructure_commissioned=works,
        foreign=by_sector, foreign_commissioned=by_sector,
    )  # fmt: skip
    return plain, programme


@pytest.fixture(scope="session")
def make_table():
    return _table


@pytest.fixture(scope="session")
def make_economy():
    return _economy


@pytest.fixture(scope="session")
def make_conditions():
    return _given


@pytest.fixture(scope="session")
def closures_of():
    return _closures


@pytest.fixture(scope="session")
def plain_dynamics():
    return _plain_dynamics


@pytest.fixture(scope="session")
def going_on():
    return _going_on
