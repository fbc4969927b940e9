from dataclasses import replace

import numpy as np
import pytest

from morava.models.economy.calibrate import base_conditions, calibrate
from morava.models.economy.options import Closure
from morava.models.economy.static import solve

SAME = (
    "output", "home_sales", "exports", "imports", "used", "labour", "capital", "household", "government", "investment",
    "intermediate", "foreign_saving", "unemployment", "real_product", "commodity_tax", "household_spending",
    "consumer_price", "cost", "product",
)  # fmt: skip


@pytest.mark.parametrize("user", ["household", "government", "investment"])
def test_a_tax_on_a_user_is_paid_by_that_user(make_economy, user):
    _, economy, given = make_economy(9, 4, 8, 1)
    name, closure = f"{user}_tax", Closure("savings", "saving", "exchange rate")
    before, after = (solve(economy, replace(given, **{name: vars(given)[name] + more}), closure) for more in (0.0, 0.1))
    for one in (before, after):
        assert one.converged.all()
    assert after.commodity_tax[0] > before.commodity_tax[0]
    dearer = (after.household_spending / after.household.sum(), before.household_spending / before.household.sum())
    assert (dearer[0] > dearer[1] * 1.03) == (user == "household")
    assert (after.investment_price > 1.03 * before.investment_price) == (user == "investment")
    real = after.government.sum() / before.government.sum()
    assert real == pytest.approx(1.0, rel=1e-12)


def test_a_tax_on_all_users_alike_is_a_tax_on_goods(make_economy, make_conditions):
    accounts, economy, _ = make_economy(9, 4, 8, 1)
    untaxed = replace(
        accounts,
        commodity_tax=np.zeros_like(accounts.commodity_tax),
        input_tax=np.zeros_like(accounts.input_tax),
        **{f"{user}_tax": np.zeros(1) for user in ("household", "government", "investment")},
    )
    plain = calibrate(untaxed, economy.structure, "random")
    given = make_conditions(1, base_conditions(untaxed, plain), 0.05)
    on_goods = replace(given, commodity_tax=np.full((1, 4), 0.1))
    by_user = {f"{user}_tax": np.full(1, 0.1) for user in ("household", "government", "investment")}
    on_users = replace(given, input_tax=np.full((1, 4), 0.1), **by_user)
    for budget in ("savings", "tax", "borrowing"):
        closure = Closure(budget, "saving", "exchange rate")
        one, other = solve(plain, on_goods, closure), solve(plain, on_users, closure)
        for name in SAME:
            np.testing.assert_allclose(vars(other)[name], vars(one)[name], rtol=1e-8, atol=1e-8, err_msg=name)
        np.testing.assert_allclose(other.user_price * 1.1, one.user_price, rtol=1e-8)
