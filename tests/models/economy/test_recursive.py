from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.errors import MoravaError
from morava.models.economy import recursive, static
from morava.models.economy.dynamics import (
    Programme,
    after_gestation,
    grown,
    no_programme,
    without_interest,
)
from morava.models.economy.options import Closure
from morava.models.economy.recursive import solve_path, vintages
from morava.models.economy.static import solve

seeds = st.integers(0, 2**32 - 1)
KINDS = (0, 1, 4, 5, 8, 9, 12, 13)
"""Kinds of economies in which capital is fixed in each sector."""
YEARS = 6
PRICES = ("home_price", "user_price", "cost", "rent", "wage", "exchange_rate", "consumer_price", "unemployment")
SIZES = (
    "output", "exports", "imports", "labour", "capital", "household", "government", "investment", "intermediate",
    "wages", "profits_abroad", "direct_tax", "government_saving", "foreign_saving", "investment_value", "product",
)  # fmt: skip


def balanced(make_economy, plain_dynamics, seed, kind, growth):
    """Return an economy with all blocks on, whose stocks and decisions all grow at one rate."""
    accounts, economy, given = make_economy(seed, 4, kind, 1)
    invested, tied = accounts.investment.sum() + accounts.investment_tax[0], accounts.capital / accounts.capital.sum()
    public, works = 0.1 * invested * tied, 0.05 * invested
    private = invested - public.sum() - works
    depreciation, efficiency, lag = 0.06, 0.7, np.array([[0, 1, 2, 3]])
    finished = public / (1 + growth) ** lag
    # (growth + depreciation) K = home + foreign + efficiency x finished, of which foreigners install a share f of K;
    # home and foreign together are `private`, and f is the same in all sectors.
    share = given.foreign_share[0, 0]
    home = (1 - share) * private - share * efficiency * finished.sum()
    stock = (home * tied + efficiency * finished) / (1 - share) / (growth + depreciation)
    deficit = -(accounts.government_saving - public.sum() - works)
    dynamics = plain_dynamics(
        accounts, stock=stock, depreciation=np.full((1, 4), depreciation), gap=np.zeros((1, 4)),
        catch_up=np.full((1, 4), 0.1), spillover=np.full((1, 4), 0.5),
        infrastructure=np.array([efficiency * works / (growth + 0.03)]), infrastructure_depreciation=np.array([0.03]),
        infrastructure_elasticity=np.array([0.1]), home_debt=0.4 * deficit / growth,
        foreign_debt=0.6 * deficit / growth,
        home_interest=np.array([0.03]), foreign_interest=np.array([0.05]), foreign_borrowing=np.array([0.6]),
    )  # fmt: skip
    size = (1 + growth) ** np.arange(-3, YEARS)
    spent = public[:, None] * size[None, :, None]
    foreign = (share * stock * (growth + depreciation))[:, None] * size[None, 3:, None]
    programme = replace(
        no_programme(YEARS, 4),
        public=spent[:, 3:], commissioned=after_gestation(spent[:, 3:], lag, spent[:, :3]),
        infrastructure=works * size[None, 3:], infrastructure_commissioned=works * size[None, 3:],
        foreign=foreign, foreign_commissioned=foreign,
    )  # fmt: skip
    base = replace(
        without_interest(given, dynamics),
        foreign_saving=given.foreign_saving - programme.foreign[:, 0].sum(),
        government_balance=-deficit,
        investment=np.array([private]),
    )
    years = [grown(base, np.array([(1 + growth) ** year])) for year in range(YEARS)]
    return accounts, economy, years, dynamics, programme


def pick(record, some):
    """Return a record of thirty-four futures with some of them only."""
    return replace(record, **{name: array[some] for name, array in vars(record).items() if len(array) == 34})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("budget", ["savings", "tax", "borrowing"])
def test_all_grows_at_one_rate_where_all_that_is_given_does(make_economy, kind, budget, plain_dynamics):
    growth = 0.03
    accounts, economy, years, dynamics, programme = balanced(make_economy, plain_dynamics, kind, kind, growth)
    if budget == "tax" and economy.structure.government == "share":
        budget = "savings"
    path = solve_path(economy, years, dynamics, programme, Closure(budget, "saving", "consumer price"))
    assert path.converged.all()
    factor = (1 + growth) ** np.arange(YEARS + 1)
    found = path.equilibrium
    for name in PRICES:
        np.testing.assert_allclose(vars(found)[name], vars(found)[name][:, :1].repeat(YEARS, 1), rtol=1e-9, atol=1e-12)
    for name in SIZES:
        values = vars(found)[name]
        steady = values / factor[:YEARS].reshape(1, -1, *[1] * (values.ndim - 2)) / accounts.product[0]
        np.testing.assert_allclose(steady, steady[:, :1].repeat(YEARS, 1), atol=1e-9, err_msg=name)
    np.testing.assert_allclose(found.output[:, 0], economy.output, rtol=1e-9)
    for stock in (path.stock, path.foreign_stock):
        np.testing.assert_allclose(stock / factor[:, None], stock[:, :1].repeat(YEARS + 1, 1), rtol=1e-9)
    for stock in (path.infrastructure, path.home_debt, path.foreign_debt):
        np.testing.assert_allclose(stock / factor, stock[:, :1].repeat(YEARS + 1, 1), rtol=1e-9)
    np.testing.assert_allclose(path.productivity, 1.0, rtol=1e-9)


def drawn(make_economy, plain_dynamics, seed, kind, futures=1):
    """Return an economy and a programme in which nothing is in balance."""
    random = np.random.default_rng(seed)
    accounts, economy, given = make_economy(seed, 4, kind, 1)
    invested = accounts.investment.sum()

    def draw(low, high, *shape):
        return random.uniform(low, high, (futures, *shape))

    dynamics = plain_dynamics(
        accounts, return_elasticity=draw(0, 2), gap=draw(0, 1, 4),
        catch_up=draw(0, 0.05, 4), spillover=draw(-0.2, 0.4, 4), infrastructure=draw(1, 2) * invested,
        infrastructure_depreciation=draw(0, 0.1), infrastructure_elasticity=draw(0, 0.2),
        public_efficiency=draw(0.4, 1),
        home_debt=draw(0, 1) * invested, foreign_debt=draw(0, 1) * invested, home_interest=draw(0, 0.06),
        foreign_interest=draw(0, 0.06), foreign_borrowing=draw(0, 1),
    )  # fmt: skip
    public = draw(0, 0.1, YEARS, 4) * invested / 4
    works = draw(0, 0.1, YEARS) * invested
    foreign, directed = (draw(0, part, YEARS, 4) * invested / 4 for part in (0.2, 0.1))
    programme = Programme(
        public=public * 0.7, public_import=public * 0.3,
        commissioned=after_gestation(public, random.integers(0, 4, (futures, 4))),
        infrastructure=works * 0.8, infrastructure_import=works * 0.2, infrastructure_commissioned=works,
        foreign=foreign, foreign_import=foreign * draw(0, 1, 1, 4),
        foreign_commissioned=after_gestation(foreign, random.integers(0, 3, (futures, 4))),
        directed=directed, directed_commissioned=after_gestation(directed, random.integers(0, 3, (futures, 4))),
        frontier=draw(0, 0.1, YEARS, 4), guarantees=draw(0, 0.05, YEARS) * invested,
        closed=np.cumsum(draw(0, 0.05, YEARS, 4), axis=1),
    )  # fmt: skip
    years = [
        replace(
            grown(given, np.array([1.02**year])),
            import_price=np.exp(random.normal(scale=0.02, size=(futures, 4))),
            productivity=np.exp(0.01 * year + random.normal(scale=0.01, size=(futures, 4))),
        )
        for year in range(YEARS)
    ]
    return accounts, economy, years, dynamics, programme


@given(seeds, st.sampled_from(KINDS))
@settings(max_examples=10, deadline=None, derandomize=True)
def test_stocks_and_debt_follow_from_flows(make_economy, closures_of, plain_dynamics, seed, kind):
    _, economy, years, dynamics, programme = drawn(make_economy, plain_dynamics, seed, kind)
    for closure in closures_of(economy)[::2]:
        path = solve_path(economy, years, dynamics, programme, closure)
        found = path.equilibrium
        if closure.external == "saving":
            assert path.converged[0, 0]
        assert found.residual[path.converged].max(initial=0) < 1e-11
        assert np.abs(found.walras[path.converged]).max(initial=0) < 1e-9
        if not path.converged.all():
            # A future may have no equilibrium that makes sense; then its stocks stand still from that year on.
            first = int(path.converged[0].argmin())
            np.testing.assert_array_equal(path.stock[:, first], path.stock[:, -1])
            continue
        kept = (1 - dynamics.depreciation)[:, None] * path.stock[:, :-1]
        finished = dynamics.public_efficiency[:, None, None] * programme.commissioned
        whole = kept + path.private + path.foreign + finished
        np.testing.assert_allclose(path.stock[:, 1:], whole * path.standing[:, 1:], rtol=1e-12)
        np.testing.assert_allclose(np.cumprod(path.standing, axis=1)[:, :-1], 1 - programme.closed, rtol=1e-12)
        np.testing.assert_allclose(vintages(path, dynamics).sum(axis=2), path.stock, rtol=1e-12)
        owned = (path.foreign_stock / path.stock)[:, :-1]
        np.testing.assert_allclose(found.profits_abroad, (found.rent * found.capital * owned).sum(axis=2), rtol=1e-9)
        new = (1 - dynamics.foreign_borrowing) * (programme.guarantees - path.balance / found.consumer_price)
        np.testing.assert_allclose(path.home_debt[:, 1:] - path.home_debt[:, :-1], new, rtol=1e-9, atol=1e-9)
        new = dynamics.foreign_borrowing * (found.consumer_price * programme.guarantees - path.balance)
        np.testing.assert_allclose(
            path.foreign_debt[:, 1:] - path.foreign_debt[:, :-1], new / found.exchange_rate, rtol=1e-9, atol=1e-9
        )
        placed = programme.foreign - programme.foreign_import + programme.directed - programme.directed_commissioned
        bought = (path.private + placed).sum(axis=2)
        np.testing.assert_allclose(bought, found.investment_value / found.investment_price, rtol=1e-9)
        np.testing.assert_array_equal(path.foreign, programme.foreign_commissioned)


def test_debt_is_interest_primary_balance_and_guarantees(make_economy, plain_dynamics):
    _, economy, years, dynamics, programme = drawn(make_economy, plain_dynamics, 3, 0)
    dynamics = replace(dynamics, foreign_debt=np.zeros(1), foreign_borrowing=np.zeros(1))
    path = solve_path(economy, years, dynamics, programme, Closure("savings", "saving", "consumer price"))
    assert path.converged.all()
    primary = path.balance + path.interest
    grown_debt = (1 + dynamics.home_interest) * path.home_debt[:, :-1] - primary + programme.guarantees
    np.testing.assert_allclose(path.home_debt[:, 1:], grown_debt, rtol=1e-10)
    np.testing.assert_allclose(path.debt, path.home_debt[:, :-1], rtol=1e-9)


def test_a_future_has_the_same_bits_alone_and_among_others(make_economy, plain_dynamics):
    _, economy, years, dynamics, programme = drawn(make_economy, plain_dynamics, 6, 1, 34)
    closure = Closure("savings", "saving", "consumer price")
    # One of them owes more abroad in the third year than the country makes.
    owed = np.zeros(34)
    owed[11] = 50 * economy.size[0]
    years[2] = replace(years[2], interest_abroad=owed)
    together = solve_path(economy, years, dynamics, programme, closure)
    assert together.converged.any(axis=1).all()
    assert not together.converged[11, 2:].any()
    assert together.converged[np.arange(34) != 11].mean() > 0.8
    for place in (0, 10, 11, 12, 33):
        some = slice(place, place + 1)
        given = [pick(one, some) for one in years]
        alone = solve_path(economy, given, pick(dynamics, some), pick(programme, some), closure)
        for name, values in vars(together.equilibrium).items():
            np.testing.assert_array_equal(values[some], vars(alone.equilibrium)[name], err_msg=name)
        for name in ("stock", "home_debt", "productivity", "converged", "private"):
            np.testing.assert_array_equal(vars(together)[name][some], vars(alone)[name], err_msg=name)


def test_bits_do_not_depend_on_how_futures_are_batched(make_economy, plain_dynamics, monkeypatch):
    _, economy, years, dynamics, programme = drawn(make_economy, plain_dynamics, 6, 1, 34)
    closure = Closure("savings", "saving", "consumer price")
    whole = solve_path(economy, years, dynamics, programme, closure)
    monkeypatch.setattr(recursive, "BATCH", 10)
    monkeypatch.setattr(static, "BATCH", 10)
    monkeypatch.setattr(static, "SLOPES", 3)
    parts = solve_path(economy, years, dynamics, programme, closure)
    for name, values in vars(whole.equilibrium).items():
        np.testing.assert_array_equal(values, vars(parts.equilibrium)[name], err_msg=name)
    np.testing.assert_array_equal(whole.stock, parts.stock)
    assert whole.reason == parts.reason
    one = solve(economy, years[1], closure)
    monkeypatch.undo()
    for name, values in vars(solve(economy, years[1], closure)).items():
        np.testing.assert_array_equal(values, vars(one)[name], err_msg=name)


def test_the_gap_to_the_frontier_closes_by_a_part_a_year(make_economy, plain_dynamics):
    accounts, economy, given = make_economy(2, 3, 0, 0)
    dynamics = plain_dynamics(accounts, gap=np.full((1, 3), 0.4), catch_up=np.array([[0.0, 0.1, 0.25]]))
    path = solve_path(
        economy, [given] * YEARS, dynamics, no_programme(YEARS, 3), Closure("savings", "saving", "consumer price")
    )
    left = 0.4 * (1 - np.array([0.0, 0.1, 0.25])) ** np.arange(YEARS)[:, None]
    np.testing.assert_allclose(np.log(path.productivity[0]), 0.4 - left, rtol=1e-12, atol=1e-15)


def test_suppliers_of_foreign_owned_sectors_gain_and_a_prior_of_zero_gains_nothing(make_economy, plain_dynamics):
    accounts, economy, given = make_economy(2, 3, 0, 0)
    foreign = np.zeros((1, YEARS, 3))
    foreign[:, 0, 1] = 0.2 * accounts.investment.sum()
    programme = replace(no_programme(YEARS, 3), foreign=foreign)
    closure = Closure("savings", "saving", "consumer price")
    gained, none = (
        solve_path(
            economy, [given] * YEARS, plain_dynamics(accounts, spillover=np.full((1, 3), size)), programme, closure
        )
        for size in (0.5, 0.0)
    )
    change = (gained.foreign_stock / gained.stock)[0, 1] - (gained.foreign_stock / gained.stock)[0, 0]
    sales = economy.inputs[0] * economy.home_share[0][:, None] / economy.sold[0][:, None]
    np.testing.assert_allclose(np.log(gained.productivity[0, 1]), 0.5 * sales @ change, atol=1e-14)
    np.testing.assert_array_equal(none.productivity, 1.0)


def test_errors_come_at_once(make_economy, plain_dynamics):
    accounts, economy, given = make_economy(2, 3, 2, 0)
    dynamics = plain_dynamics(accounts, depreciation=np.full((1, 3), 1.5), infrastructure_elasticity=np.array([0.1]))
    programme = replace(no_programme(YEARS, 3), foreign=np.zeros((1, YEARS, 2)), guarantees=-np.ones((1, YEARS)))
    with pytest.raises(MoravaError) as error:
        solve_path(economy, [given] * YEARS, dynamics, programme, Closure("borrowing", "rate", "wage"))
    text = str(error.value)
    for says in (
        "capital is mobile between sectors",
        "depreciation is above one",
        "no infrastructure to grow from",
        "foreign has the shape",
        "guarantees is below zero",
        "let investment follow saving",
    ):
        assert says in text
    with pytest.raises(MoravaError, match="there is no year"):
        solve_path(economy, [], dynamics, programme, Closure("savings", "saving", "wage"))
