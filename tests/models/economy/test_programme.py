from dataclasses import replace

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.models.economy.dynamics import after_gestation, no_programme
from morava.models.economy.options import Closure
from morava.models.economy.recursive import solve_path, vintages
from morava.models.economy.static import at_base, solve

YEARS = 6
PRICES = ("home_price", "user_price", "cost", "rent", "wage", "exchange_rate", "consumer_price")


def test_a_delay_costs_output_and_not_money(make_economy, plain_dynamics):
    accounts, economy, given = make_economy(2, 3, 8, 0)
    spent = np.zeros((1, YEARS, 3))
    spent[:, :2] = 0.1 * accounts.investment.sum()
    closure = Closure("savings", "saving", "consumer price")
    soon, late = (
        solve_path(
            economy, [given] * YEARS, plain_dynamics(accounts),
            replace(no_programme(YEARS, 3), public=spent, commissioned=after_gestation(spent, np.full((1, 3), lag))),
            closure,
        )
        for lag in (0, 3)
    )  # fmt: skip
    np.testing.assert_array_equal(soon.equilibrium.real_product[:, 0], late.equilibrium.real_product[:, 0])
    assert (soon.equilibrium.real_product[:, 1:5] > late.equilibrium.real_product[:, 1:5]).all()


def test_what_was_spent_before_is_finished_later():
    spent, before = np.ones((1, 3, 2)), np.array([[[5.0, 5.0], [7.0, 7.0]]])
    finished = after_gestation(spent, np.array([[1, 2]]), before)
    np.testing.assert_array_equal(finished[0], [[7.0, 5.0], [1.0, 7.0], [1.0, 1.0]])


@pytest.mark.parametrize("kind", [0, 9])
def test_investment_that_goes_on_leaves_the_base_year_as_it_is(
    make_economy, closures_of, kind, plain_dynamics, going_on
):
    accounts, economy, given = make_economy(kind, 4, kind, 1)
    plain, programme = going_on(economy, given, 2)
    for closure in closures_of(economy):
        path = solve_path(economy, [plain] * 2, plain_dynamics(accounts), programme, closure)
        first = {name: values[:, 0] for name, values in vars(path.equilibrium).items()}
        for name in PRICES:
            np.testing.assert_allclose(first[name], 1.0, rtol=1e-9, err_msg=name)
        np.testing.assert_allclose(first["output"], economy.output, rtol=1e-9)
        np.testing.assert_allclose(first["foreign_saving"], accounts.foreign_saving, rtol=1e-9)
        np.testing.assert_allclose(first["investment_value"] + first["project_value"], given.investment, rtol=1e-9)
        np.testing.assert_allclose(path.private[:, 0].sum(), 0.7 * given.investment, rtol=1e-9)
        np.testing.assert_allclose(path.foreign_spent[:, 0], 0.1 * given.investment, rtol=1e-9)


def test_what_is_spent_is_what_is_installed_whatever_it_costs(make_economy, plain_dynamics):
    accounts, economy, given = make_economy(2, 3, 9, 0)
    closure = Closure("savings", "saving", "consumer price")
    spent = np.zeros((1, YEARS, 3))
    spent[:, 1:3, 0] = 0.05 * given.investment
    programme = replace(
        no_programme(YEARS, 3), foreign=spent, foreign_import=0.25 * spent,
        foreign_commissioned=after_gestation(spent, np.full((1, 3), 2)),
    )  # fmt: skip
    dearer = [replace(given, import_price=np.full((1, 3), price)) for price in 1.1 ** np.arange(YEARS)]
    none, path = (
        solve_path(economy, dearer, plain_dynamics(accounts), one, closure)
        for one in (no_programme(YEARS, 3), programme)
    )
    assert path.reason == ("",)
    np.testing.assert_allclose(path.foreign.sum(axis=1), spent.sum(axis=1), rtol=1e-12)
    np.testing.assert_array_equal(path.foreign[:, :3], 0.0)
    found = path.equilibrium
    cost = spent.sum(axis=2) * (0.25 + 0.75 * found.investment_price / found.exchange_rate)
    np.testing.assert_allclose(path.foreign_spent, cost, rtol=1e-12)
    np.testing.assert_allclose(found.foreign_saving, given.foreign_saving + cost, rtol=1e-9)
    kept = (1 - plain_dynamics(accounts).depreciation) * path.foreign_stock[:, 3] + path.foreign[:, 3]
    np.testing.assert_allclose(path.foreign_stock[:, 4], kept, rtol=1e-12)
    # Nobody works in a plant before it is finished: what differs until then is demand alone.
    np.testing.assert_array_equal(none.foreign_stock[:, :4], path.foreign_stock[:, :4])


def test_a_state_that_buys_abroad_pays_for_it_and_buys_nothing_at_home(make_economy, plain_dynamics):
    accounts, economy, given = make_economy(2, 3, 9, 0)
    works = np.full((1, YEARS), 0.05) * given.investment
    home, abroad = (
        solve_path(
            economy, [given] * YEARS, plain_dynamics(accounts),
            replace(no_programme(YEARS, 3), infrastructure_commissioned=works, **{name: works}),
            Closure("savings", "saving", "consumer price"),
        )
        for name in ("infrastructure", "infrastructure_import")
    )  # fmt: skip
    np.testing.assert_array_equal(home.infrastructure, abroad.infrastructure)
    np.testing.assert_array_equal(abroad.equilibrium.public_project, 0.0)
    found = abroad.equilibrium
    np.testing.assert_allclose(abroad.balance, found.government_saving - found.exchange_rate * works, rtol=1e-12)
    assert (found.exchange_rate[:, 0] > home.equilibrium.exchange_rate[:, 0]).all()


def test_a_plant_that_closes_takes_its_capital_with_it(make_economy, plain_dynamics):
    accounts, economy, given = make_economy(2, 3, 9, 0)
    closed = np.zeros((1, YEARS, 3))
    closed[:, 2:, 1] = 0.3
    closure = Closure("savings", "saving", "consumer price")
    none, path = (
        solve_path(economy, [given] * YEARS, plain_dynamics(accounts), programme, closure)
        for programme in (no_programme(YEARS, 3), replace(no_programme(YEARS, 3), closed=closed))
    )
    np.testing.assert_array_equal(path.stock[:, :2], none.stock[:, :2])
    np.testing.assert_allclose(path.stock[0, 2], none.stock[0, 2] * [1, 0.7, 1], rtol=1e-12)
    np.testing.assert_allclose(path.foreign_stock[0, 2], none.foreign_stock[0, 2] * [1, 0.7, 1], rtol=1e-12)
    assert path.equilibrium.output[0, 2, 1] < none.equilibrium.output[0, 2, 1]
    np.testing.assert_allclose(vintages(path, plain_dynamics(accounts)).sum(axis=2), path.stock, rtol=1e-12)
    again = replace(no_programme(YEARS, 3), closed=np.where(np.arange(YEARS)[:, None] == 2, closed, 0.0))
    with pytest.raises(MoravaError, match="closed falls"):
        solve_path(economy, [given] * YEARS, plain_dynamics(accounts), again, closure)


def test_a_future_says_when_and_why_it_failed(make_economy, plain_dynamics):
    accounts, economy, given = make_economy(2, 3, 9, 0)
    owed = np.array([0.0, 50 * economy.size[0]])
    years = [replace(given, interest_abroad=given.interest_abroad + owed * (year >= 3)) for year in range(YEARS)]
    path = solve_path(
        economy, years, plain_dynamics(accounts), no_programme(YEARS, 3), Closure("savings", "saving", "wage")
    )
    assert path.reason[0] == ""
    assert path.reason[1].startswith("year 3 after the first: no equilibrium was found, the residual stays at ")
    np.testing.assert_array_equal(path.converged, [[True] * YEARS, [True] * 3 + [False] * (YEARS - 3)])
    foreign = np.zeros((2, YEARS, 3))
    foreign[1, 2] = 2 * given.investment
    programme = replace(no_programme(YEARS, 3), foreign=foreign, foreign_commissioned=foreign)
    closure = Closure("borrowing", "saving", "wage")
    path = solve_path(economy, [given] * YEARS, plain_dynamics(accounts), programme, closure)
    says = "year 2 after the first: foreigners and the plan spend more at home than is invested"
    assert path.reason == ("", says)
    np.testing.assert_array_equal(path.converged, [[True] * YEARS, [True] * 2 + [False] * (YEARS - 2)])
    np.testing.assert_array_equal(path.stock[1, 2], path.stock[1, -1])


def test_a_first_year_far_from_the_base_is_found_from_the_base(make_economy, make_conditions, plain_dynamics):
    accounts, economy, given = make_economy(54, 4, 8, 1)
    changed, closure = make_conditions(54, given, 0.4), Closure("savings", "saving", "consumer price")
    assert not solve(economy, changed, closure).converged[0]
    alone = solve(economy, changed, closure, known=at_base(economy, given))
    assert alone.residual[0] < 1e-11
    path = solve_path(economy, [changed], plain_dynamics(accounts), no_programme(1, 4), closure)
    assert path.equilibrium.residual[0, 0] < 1e-11
    np.testing.assert_allclose(path.equilibrium.output[:, 0], alone.output, rtol=1e-9)


def test_public_capital_is_crowded_by_those_whom_it_serves(make_economy, plain_dynamics):
    accounts, economy, given = make_economy(2, 3, 9, 0)
    dynamics = plain_dynamics(accounts, infrastructure=np.ones(1), infrastructure_elasticity=np.array([0.1]))
    size = 1.05 ** np.arange(YEARS)[None]
    path = solve_path(
        economy, [given] * YEARS, dynamics, no_programme(YEARS, 3), Closure("savings", "saving", "wage"), size
    )
    np.testing.assert_allclose(path.productivity, (size**-0.1)[..., None] * np.ones(3), rtol=1e-12)
