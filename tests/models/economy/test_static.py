from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.errors import MoravaError
from morava.models.economy.balance import respond
from morava.models.economy.calibrate import base_conditions, calibrate
from morava.models.economy.equilibrium import setting_of
from morava.models.economy.options import Closure
from morava.models.economy.static import at_base, solve

seeds = st.integers(0, 2**32 - 1)
economies = st.tuples(seeds, st.integers(2, 6), st.integers(0, 47), st.integers(0, 2))
PRICES = (
    "home_price", "import_price", "export_price", "used_price", "user_price", "cost", "rent", "wage", "exchange_rate",
    "consumer_price", "investment_price",
)  # fmt: skip
QUANTITIES = (
    "output", "home_sales", "exports", "imports", "used", "labour", "capital", "household", "government", "investment",
    "intermediate", "foreign_saving", "unemployment", "real_product",
)  # fmt: skip
MONEY = (
    "wages", "profits", "profits_abroad", "direct_tax", "production_tax", "import_duty", "commodity_tax", "transfers",
    "interest_abroad", "household_spending", "household_saving", "government_spending", "government_saving",
    "investment_value", "product",
)  # fmt: skip


@given(economies)
@settings(max_examples=25, deadline=None, derandomize=True)
def test_the_accounts_are_the_base_equilibrium_in_every_closure(make_economy, closures_of, shape):
    accounts, economy, given = make_economy(*shape)
    tax = economy.tax_before
    expected = {
        "household": accounts.household / tax,
        "government": accounts.government / tax,
        "investment": accounts.investment / tax,
        "intermediate": accounts.intermediate / tax[:, :, None],
        **{name: vars(accounts)[name] for name in ("exports", "imports", "labour", "capital", "foreign_saving")},
        **{name: vars(accounts)[name] for name in ("household_saving", "government_saving", "direct_tax", "transfers")},
        "product": accounts.product,
        "real_product": accounts.product,
        "production_tax": accounts.production_tax.sum(axis=1),
        "import_duty": accounts.import_duty.sum(axis=1),
        "commodity_tax": (accounts.commodity_tax + accounts.input_tax).sum(axis=1)
        + accounts.household_tax
        + accounts.government_tax
        + accounts.investment_tax,
        "profits_abroad": accounts.profit_abroad,
        "investment_value": accounts.investment.sum(axis=1) + accounts.investment_tax,
    }
    for closure in closures_of(economy):
        found = solve(economy, given, closure)
        assert found.converged.all()
        assert np.abs(found.walras).max() < 1e-9
        for name in PRICES:
            np.testing.assert_allclose(vars(found)[name], 1.0, rtol=1e-9, err_msg=name)
        for name, values in expected.items():
            np.testing.assert_allclose(
                vars(found)[name] / accounts.product[0], values / accounts.product[0], atol=1e-9, err_msg=name
            )


@given(economies, seeds)
@settings(max_examples=25, deadline=None, derandomize=True)
def test_what_is_left_out_holds_all_the_same(make_economy, make_conditions, closures_of, shape, seed):
    _, economy, given = make_economy(*shape)
    for closure in closures_of(economy):
        # With prices fixed by the exchange rate and capital that moves a country soon makes one good only.
        changed = make_conditions(seed, given, 0.05 if closure.external == "saving" else 0.01)
        found = solve(economy, changed, closure, known=at_base(economy, given))
        assert found.residual.max() < 1e-11
        assert np.abs(found.walras).max() < 1e-9
        size = economy.size
        abroad_bought = changed.project_import + changed.public_import
        spent = found.household_spending + found.government_spending + found.investment_value
        price = found.user_price * economy.tax_before
        project = (changed.public_project * price).sum(axis=1) * (1 + changed.investment_tax)
        for name in ("household", "government"):
            paid = (vars(found)[name] * price).sum(axis=1) * (1 + vars(changed)[f"{name}_tax"])
            np.testing.assert_allclose(vars(found)[f"{name}_spending"] / size, paid / size, atol=1e-9)
        paid = (found.investment * price).sum(axis=1) * (1 + changed.investment_tax)
        np.testing.assert_allclose(found.investment_value / size, paid / size, atol=1e-9)
        worth = found.intermediate * price[:, :, None]
        on_users = (worth.sum(axis=1) * changed.input_tax).sum(axis=1)
        for name in ("household", "government", "investment"):
            on_users += (vars(found)[name] * price).sum(axis=1) * vars(changed)[f"{name}_tax"]
        on_users += (changed.public_project * price).sum(axis=1) * changed.investment_tax
        rate = changed.commodity_tax / (1 + changed.commodity_tax)
        on_goods = (rate * price * found.used).sum(axis=1)
        np.testing.assert_allclose((found.commodity_tax - on_goods - on_users) / size, 0.0, atol=1e-9)
        sold = (found.export_price * found.exports).sum(axis=1)
        bought = found.exchange_rate * (changed.import_price * found.imports).sum(axis=1)
        np.testing.assert_allclose((spent + project + sold - bought - found.product) / size, 0.0, atol=1e-9)
        uses = found.household + found.government + found.investment + changed.public_project
        np.testing.assert_allclose((found.intermediate.sum(axis=2) + uses) / found.used, 1.0, rtol=1e-9)
        abroad = (
            sold
            - bought
            - found.profits_abroad
            + found.exchange_rate
            * (found.foreign_saving + changed.remittances + changed.grants - changed.interest_abroad - abroad_bought)
        )
        np.testing.assert_allclose(abroad / size, 0.0, atol=1e-9)
        taxes = found.direct_tax + found.production_tax + found.import_duty + found.commodity_tax
        left = taxes + found.exchange_rate * (changed.grants - changed.interest_abroad) - found.transfers
        np.testing.assert_allclose((left - found.government_spending - found.government_saving) / size, 0.0, atol=1e-9)
        saved = found.household_saving + found.government_saving + found.exchange_rate * found.foreign_saving
        needed = found.investment_value + project + found.exchange_rate * abroad_bought
        np.testing.assert_allclose((saved - needed) / size, 0.0, atol=1e-9)
        if closure.budget == "tax":
            target = found.consumer_price * changed.government_balance
            works = project + found.exchange_rate * changed.public_import
            np.testing.assert_allclose((found.government_saving - works - target) / size, 0.0, atol=1e-9)
        if closure.budget == "borrowing":
            np.testing.assert_allclose(found.investment_value / found.investment_price, changed.investment, rtol=1e-9)
        if closure.external == "rate":
            np.testing.assert_allclose(found.exchange_rate / found.consumer_price, changed.real_rate, rtol=1e-9)
        elif closure.budget != "borrowing":
            bought = changed.foreign_project * found.investment_price / found.exchange_rate
            np.testing.assert_allclose(found.foreign_saving, changed.foreign_saving + bought, rtol=1e-9)


@given(economies, seeds)
@settings(max_examples=25, deadline=None, derandomize=True)
def test_factors_are_used_and_paid_as_firms_would_choose(make_economy, make_conditions, closures_of, shape, seed):
    _, economy, given = make_economy(*shape)
    changed = make_conditions(seed, given, 0.05)
    found = solve(economy, changed, closures_of(economy)[0], known=at_base(economy, given))
    structure, price = economy.structure, found.user_price * economy.tax_before
    paid = (
        found.wage[:, None] * found.labour
        + found.rent * found.capital
        + (found.intermediate * price[:, :, None]).sum(axis=1) * (1 + changed.input_tax)
    )
    np.testing.assert_allclose(paid / (found.cost * found.output), 1.0, rtol=1e-9)

    # The production function, at the quantities that were bought, makes what is sold.
    def ces(elasticity, parts):
        power = 1 - 1 / elasticity
        return sum(share * factor**power for share, factor in parts) ** (1 / power)

    fuels = [
        (economy.energy_share[:, k], found.intermediate[:, place] / economy.inputs[:, place])
        for k, place in enumerate(economy.energy)
    ]
    machines = ces(structure.energy_elasticity, [(economy.capital_share, found.capital / economy.capital), *fuels])
    value = ces(
        structure.value_added_elasticity,
        [(economy.labour_share, found.labour / economy.labour), (1 - economy.labour_share, machines)],
    )
    np.testing.assert_allclose(changed.productivity * value * economy.output / found.output, 1.0, rtol=1e-8)
    revenue = found.home_price * found.home_sales + found.export_price * found.exports
    np.testing.assert_allclose(revenue / ((1 + changed.production_tax) * found.cost * found.output), 1.0, rtol=1e-9)
    spent = found.home_price * found.home_sales + found.import_price * economy.duty_before * found.imports
    np.testing.assert_allclose(spent / (found.used_price * found.used), 1.0, rtol=1e-9)
    there = changed.capital * (economy.capital if structure.capital == "fixed" else economy.capital.sum())
    used = found.capital if structure.capital == "fixed" else found.capital.sum(axis=1)[:, None]
    np.testing.assert_allclose(used / there, 1.0, rtol=1e-9)
    if structure.labour == "wage curve":
        real = np.log(found.wage / found.consumer_price)
        curve = -structure.curve * np.log(found.unemployment / structure.unemployment)
        np.testing.assert_allclose(real, curve, atol=1e-9)


@given(economies, seeds, st.floats(0.1, 20))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_only_relative_prices_count(make_economy, make_conditions, closures_of, shape, seed, level):
    _, economy, given = make_economy(*shape)
    for closure in closures_of(economy):
        changed = make_conditions(seed, given, 0.05 if closure.external == "saving" else 0.01)
        known = at_base(economy, given)
        one, other = (
            solve(economy, replace(changed, numeraire=np.array([n])), closure, known=known) for n in (1.0, level)
        )
        for name in QUANTITIES:
            first, second = vars(one)[name], vars(other)[name]
            np.testing.assert_allclose(first, second, rtol=1e-8, atol=1e-9 * economy.size[0], err_msg=name)
        for name in (*PRICES, *MONEY):
            first, second = vars(one)[name], vars(other)[name] / level
            np.testing.assert_allclose(first, second, rtol=1e-8, atol=1e-9 * economy.size[0], err_msg=name)


@given(economies, seeds)
@settings(max_examples=15, deadline=None, derandomize=True)
def test_the_jacobian_is_that_of_differences(make_economy, make_conditions, closures_of, shape, seed):
    _, economy, given = make_economy(*shape)
    changed = make_conditions(seed, given, 0.05)
    sectors = shape[1]
    size = 2 * sectors + (sectors if economy.structure.capital == "fixed" else 1) + 2
    at, step = np.random.default_rng(seed).normal(scale=0.05, size=(1, size)), 1e-6
    for closure in closures_of(economy)[::4]:
        setting = setting_of(economy, changed, closure)
        slope = respond(setting, at, slopes=True).residual.slope[0]
        for place in range(size):
            move = step * np.eye(size)[place]
            ends = [respond(setting, at + sign * move, slopes=False).residual for sign in (1, -1)]
            np.testing.assert_allclose(slope[:, place], (ends[0] - ends[1])[0] / (2 * step), atol=2e-5, rtol=1e-5)


def many_conditions(given, make_conditions, count):
    several = [make_conditions(seed, given, 0.1) for seed in range(count)]
    return type(given)(**{name: np.concatenate([vars(one)[name] for one in several]) for name in vars(given)})


def pick(given, places):
    return type(given)(**{name: array[places] for name, array in vars(given).items()})


@pytest.mark.parametrize("kind", [0, 1, 2, 3, 8, 13])
def test_a_future_has_the_same_bits_alone_and_among_others(make_economy, make_conditions, closures_of, kind):
    _, economy, given = make_economy(kind, 7, kind, 2)
    several = many_conditions(given, make_conditions, 40)
    # One of them has no equilibrium: more is paid abroad than the country makes.
    several.interest_abroad[17] = 50 * economy.size[0]
    closure = closures_of(economy)[0]
    together = solve(economy, several, closure)
    assert together.converged[np.arange(40) != 17].mean() > 0.9
    assert not together.converged[17]
    back = solve(economy, pick(several, np.arange(40)[::-1]), closure)
    for name, values in vars(together).items():
        np.testing.assert_array_equal(values, vars(back)[name][::-1], err_msg=name)
    for place in range(0, 40, 3):
        alone = solve(economy, pick(several, [place]), closure)
        for name, values in vars(together).items():
            np.testing.assert_array_equal(values[place : place + 1], vars(alone)[name], err_msg=name)


def test_a_start_near_the_end_gives_the_same_end(make_economy, make_conditions, closures_of):
    _, economy, given = make_economy(5, 4, 1, 1)
    closure = closures_of(economy)[0]
    near = solve(economy, make_conditions(1, given, 0.04), closure)
    changed = make_conditions(1, given, 0.05)
    cold, warm = solve(economy, changed, closure), solve(economy, changed, closure, near.unknown)
    assert warm.steps[0] <= cold.steps[0]
    np.testing.assert_allclose(warm.output, cold.output, rtol=1e-9)


def test_elasticities_of_one_and_zero_are_limits(make_economy, make_conditions, closures_of):
    accounts, economy, _ = make_economy(4, 4, 0, 1)
    for name, limit in (("value_added_elasticity", 1.0), ("energy_elasticity", 0.0), ("armington", 1.0)):
        ends = []
        for apart in (0.0, 1e-7):
            value = np.full((1, 4), limit + apart)
            one = calibrate(accounts, replace(economy.structure, **{name: value}), "random")
            given = make_conditions(1, base_conditions(accounts, one), 0.05)
            ends.append(solve(one, given, closures_of(one)[0]))
        assert all(end.converged.all() for end in ends)
        np.testing.assert_allclose(ends[0].output, ends[1].output, rtol=1e-6)
    fixed = calibrate(accounts, replace(economy.structure, energy_elasticity=np.zeros((1, 4))), "random")
    found = solve(fixed, make_conditions(1, base_conditions(accounts, fixed), 0.05), closures_of(fixed)[0])
    used = found.intermediate[:, 0] / fixed.inputs[:, 0]
    np.testing.assert_allclose(used, found.capital / fixed.capital, rtol=1e-10)


def test_more_elastic_demand_abroad_sells_more_of_cheaper_goods(make_economy):
    accounts, economy, _ = make_economy(4, 4, 1, 0)
    sold = []
    for elasticity in (1.0, 3.0, 9.0):
        one = calibrate(accounts, replace(economy.structure, export_elasticity=np.full((1, 4), elasticity)), "random")
        given = base_conditions(accounts, one)
        given = replace(given, productivity=np.array([[1.1, 1.0, 1.0, 1.0]]))
        sold.append(solve(one, given, Closure("savings", "saving", "consumer price")).exports[0, 0])
    assert sold[0] < sold[1] < sold[2]


def test_who_adjusts_is_as_the_closure_says(make_economy):
    _, economy, given = make_economy(9, 4, 8, 1)
    more = replace(given, government_demand=1.1 * given.government_demand)
    base, savings, tax, borrowing = (
        solve(economy, conditions, Closure(budget, "saving", "consumer price"))
        for conditions, budget in ((given, "savings"), (more, "savings"), (more, "tax"), (more, "borrowing"))
    )
    assert savings.government_saving < base.government_saving
    assert savings.investment_value < base.investment_value
    assert tax.direct_tax > base.direct_tax
    assert tax.household_spending < base.household_spending
    assert borrowing.foreign_saving > base.foreign_saving
    np.testing.assert_allclose(borrowing.investment.sum(), base.investment.sum(), rtol=0.05)


def test_contradictions_and_holes_are_named_at_once(make_economy):
    _, economy, given = make_economy(1, 3, 4, 0)
    wrong = replace(
        given,
        capital=-given.capital,
        labour=np.array([np.nan]),
        foreign_share=given.foreign_share + 2,
        import_duty=np.zeros((1, 9)),
    )
    with pytest.raises(MoravaError) as error:
        solve(economy, wrong, Closure("tax", "saving", "wage"))
    text = str(error.value)
    for says in (
        "let spending be real",
        "capital is not above zero",
        "labour has a hole",
        "foreign_share is no share",
        "import_duty has the shape (1, 9)",
    ):
        assert says in text
    with pytest.raises(MoravaError, match="let investment follow saving"):
        solve(economy, given, Closure("borrowing", "rate", "wage"))


def test_capital_that_moves_is_one_number(make_economy):
    _, economy, given = make_economy(1, 3, 2, 0)
    with pytest.raises(MoravaError, match=r"capital has the shape \(1, 3\)"):
        solve(economy, replace(given, capital=np.ones((1, 3))), Closure("savings", "saving", "wage"))


def test_futures_of_several_lengths_are_refused(make_economy):
    _, economy, given = make_economy(1, 3, 0, 0)
    wrong = replace(given, labour=np.ones(3), population=np.ones(2))
    with pytest.raises(MoravaError, match=r"futures of several lengths: \[2, 3\]"):
        solve(economy, wrong, Closure("savings", "saving", "wage"))


def test_a_structure_that_no_economy_has_is_refused(make_economy):
    accounts, economy, _ = make_economy(1, 3, 0, 0)
    bare = replace(accounts, capital=accounts.capital * np.array([[0.0, 1.0, 1.0]]), exports=accounts.exports * 1000)
    structure = replace(
        economy.structure,
        armington=-np.ones((1, 3)),
        subsistence=np.ones((1, 3)),
        energy=("coal",),
        investment_elasticity=-1.0,
        unemployment=np.zeros(1),
        curve=-0.1,
        energy_elasticity=np.ones((1, 2)),
    )
    with pytest.raises(MoravaError) as error:
        calibrate(bare, structure, "random")
    text = str(error.value)
    for says in (
        "armington is below zero",
        "all consumption of a good is subsistence",
        "energy coal is no sector",
        "investment_elasticity is below zero",
        "unemployment is not between zero and one",
        "give 0.1, not minus 0.1",
        "energy_elasticity has the shape (1, 2)",
        "sector 0 has no capital, which is fixed",
        "sector 0 sells at home nothing",
    ):
        assert says in text


def test_profits_by_sector_must_be_those_of_the_accounts(make_economy):
    accounts, economy, given = make_economy(1, 3, 0, 0)
    own = np.array([[0.0, 0.0, accounts.profit_abroad[0] / accounts.capital[0, 2]]])
    if own.max() <= 1:
        np.testing.assert_array_equal(base_conditions(accounts, economy, own).foreign_share, own)
    with pytest.raises(MoravaError, match="do not sum to those of the accounts"):
        base_conditions(accounts, economy, given.foreign_share * 2 + 0.1)


def test_an_equilibrium_that_is_not_found_at_once_is_found_by_steps_from_what_is_known(make_economy, make_conditions):
    _, economy, given = make_economy(370, 4, 11, 1)
    changed, closure = make_conditions(370, given, 0.3), Closure("savings", "rate", "wage")
    assert not solve(economy, changed, closure).converged[0]
    found = solve(economy, changed, closure, known=at_base(economy, given))
    assert found.converged[0]
    assert found.residual[0] < 1e-11
    several = many_conditions(given, make_conditions, 5)
    for name, array in vars(changed).items():
        vars(several)[name][3] = array[0]
    together = solve(economy, several, closure, known=at_base(economy, given))
    for name, values in vars(together).items():
        np.testing.assert_array_equal(values[3:4], vars(found)[name], err_msg=name)


def test_a_future_without_an_equilibrium_says_so_though_it_is_led(make_economy):
    _, economy, given = make_economy(3, 4, 8, 1)
    wrong = replace(given, interest_abroad=np.array([50 * economy.size[0]]))
    closure = Closure("savings", "saving", "wage")
    assert not solve(economy, wrong, closure, known=at_base(economy, given)).converged[0]
