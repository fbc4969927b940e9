"""What follows output of a year before: public spending in money, and the wage that people look for."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.models.economy.dynamics import grown
from morava.models.economy.following import Surprise, following, no_surprise, surprise_of
from morava.models.economy.options import Closure
from morava.models.economy.recursive import solve_path
from morava.models.economy.static import solve

CLOSURE = Closure("savings", "saving", "consumer price")
YEARS = 5
seeds = st.integers(0, 2**32 - 1)


def well(count=1):
    return np.ones(count, dtype=np.bool_)


@settings(deadline=None, max_examples=20)
@given(seed=seeds)
def test_without_surprise_all_is_as_was_planned(make_economy, seed):
    _, _, base = make_economy(seed, 3, 8)
    same = following(base, no_surprise(1))
    for name, array in vars(base).items():
        np.testing.assert_array_equal(array, vars(same)[name])


def test_each_part_follows_what_it_is_measured_by(make_economy):
    _, _, base = make_economy(3, 3, 8)
    moved = following(base, Surprise(*(np.array([factor]) for factor in (1.1, 1.2, 1.3, 1.4))))
    by = {
        "investment": 1.1, "transfers": 1.2, "government_balance": 1.2, "government_demand": 1.3, "reference_wage": 1.4,
    }  # fmt: skip
    for name, array in vars(base).items():
        np.testing.assert_allclose(vars(moved)[name], array * by.get(name, 1.0), rtol=1e-15, err_msg=name)


@settings(deadline=None, max_examples=20)
@given(seed=seeds, factor=st.floats(0.9, 1.2))
def test_growth_that_was_expected_surprises_nobody(make_economy, seed, factor):
    _, economy, base = make_economy(seed, 3, 8)
    size = np.array([factor])
    first = solve(economy, base, CLOSURE)
    larger = grown(base, size)
    found = solve(economy, replace(larger, capital=base.capital * factor), CLOSURE)
    for part in vars(surprise_of(found, first, size, size, well())).values():
        np.testing.assert_allclose(part, 1, rtol=1e-7)


def test_money_of_the_state_keeps_its_part_of_output(make_economy):
    _, economy, base = make_economy(5, 3, 8)
    first = solve(economy, base, CLOSURE)
    found = solve(economy, replace(base, productivity=base.productivity * 1.1), CLOSURE)
    surprise = surprise_of(found, first, np.ones(1), np.ones(1), well())
    assert surprise.output > 1
    np.testing.assert_allclose(surprise.output, found.real_product / first.real_product)
    np.testing.assert_allclose(found.government, first.government)
    spent, usual = ((one.government * one.user_price).sum(axis=1) for one in (found, first))
    np.testing.assert_allclose(surprise.public * spent / found.product, usual / first.product, rtol=1e-9)
    moved = base.transfers * surprise.basket * found.consumer_price
    np.testing.assert_allclose(moved / found.product, base.transfers / first.product, rtol=1e-9)
    people = found.labour.sum(axis=1) / first.labour.sum(axis=1)
    np.testing.assert_allclose(surprise.each, surprise.output / people, rtol=1e-12)


def test_a_future_that_has_failed_surprises_nobody(make_economy):
    _, economy, base = make_economy(5, 3, 8)
    first = solve(economy, base, CLOSURE)
    found = solve(economy, replace(base, productivity=base.productivity * 1.1), CLOSURE)
    for part in vars(surprise_of(found, first, np.ones(1), np.ones(1), ~well())).values():
        assert part == 1


@pytest.mark.parametrize("follows", [False, True])
def test_a_good_year_is_followed_a_year_later(make_economy, plain_dynamics, going_on, follows):
    accounts, economy, base = make_economy(7, 3, 8)
    plain, programme = going_on(economy, base, YEARS)
    better = replace(plain, productivity=plain.productivity * 1.05)
    one = np.ones((1, YEARS))
    calm, good = (
        solve_path(economy, years, plain_dynamics(accounts), programme, CLOSURE, one, follows=follows)
        for years in ([plain] * YEARS, [plain, *[better] * (YEARS - 1)])
    )
    spent = [path.equilibrium.government.sum(axis=2)[0] for path in (calm, good)]
    np.testing.assert_allclose(spent[1][:2], spent[0][:2], rtol=1e-9)  # the good year itself finds it as it was
    if follows:
        assert (spent[1][2:] > spent[0][2:] * 1.01).all()
    else:
        np.testing.assert_allclose(spent[1], spent[0], rtol=1e-9)
