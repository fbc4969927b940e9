"""What an economy does at given prices and sales, and how far that is from an equilibrium, with the exact Jacobian.

The unknowns are logs relative to the base: sales at home and their price by sector, rents of capital (by sector, or
one), the wage, the exchange rate. All else follows in closed form, so that no circle is left: taxes and incomes are
known once these are. The market for labour is left out of the equations; that it clears all the same is Walras' law.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from morava.models.batches import Array, total
from morava.models.economy.calibrate import Conditions, Economy
from morava.models.economy.options import Closure
from morava.models.economy.tangent import Tangent, added, applied, ces_price, exponential, item, logarithm, weighted


@dataclass(frozen=True, eq=False)
class Prices:
    """Logs relative to the base, [future, sector] or [future, 1]."""

    home: Tangent
    rent: Tangent
    wage: Tangent
    exchange: Tangent
    imported: Tangent
    exported: Tangent
    used: Tangent
    """Of home and imported goods together, before the commodity tax."""
    paid: Tangent
    """By users, with the tax."""
    machines: Tangent
    """Of capital with energy."""
    bundle: Tangent
    """Of labour, capital and energy together, before productivity."""
    cost: Tangent
    sold: Tangent
    """Cost with the tax on production."""
    sales: Tangent
    """What a unit sells for, at home and abroad."""
    consumption: Tangent


@dataclass(frozen=True, eq=False)
class Quantities:
    """Levels, [future, sector]; `output`, `used`, `machines` and `rented` are logs relative to the base."""

    output: Tangent
    used: Tangent
    exports: Tangent
    imports: Tangent
    labour: Tangent
    machines: Tangent
    rented: Tangent
    """Capital asked for."""
    energy: tuple[Tangent, ...]
    """Energy of each kind, by the sector that uses it."""


@dataclass(frozen=True, eq=False)
class Accounting:
    """Money, [future, 1], and uses [future, sector] in units of use."""

    wages: Tangent
    profits: Tangent
    profits_abroad: Tangent
    direct_tax: Tangent
    production_tax: Tangent
    import_duty: Tangent
    commodity_tax: Tangent
    household_saving: Tangent
    government_saving: Tangent
    foreign_saving: Tangent
    """In foreign money."""
    investment_value: Tangent
    investment_price: Tangent
    employment: Tangent
    """Relative to the base, as labour that is paid."""
    household: Tangent
    government: Tangent
    investment: Tangent


@dataclass(frozen=True, eq=False)
class Response:
    """What follows from the unknowns: `residual` is zero in equilibrium, `walras` then follows."""

    prices: Prices
    quantities: Quantities
    accounting: Accounting
    residual: Tangent
    walras: Tangent


def respond(economy: Economy, given: Conditions, closure: Closure, unknown: Array, slopes: bool) -> Response:
    """Return what follows from the unknowns [future, unknown]; all arrays must have one entry a future."""
    prices = _prices(economy, given, unknown, slopes)
    quantities = _quantities(economy, given, prices, _unknown(unknown, 0, len(economy.sectors), slopes))
    accounting = _accounting(economy, given, closure, prices, quantities)
    zero_profit = prices.sold - prices.sales
    goods = _demand(economy, given, quantities, accounting) / economy.used * exponential(-quantities.used) - 1
    rents = _rented(economy, given, quantities)
    if closure.external == "saving":
        current = _current(given, prices, quantities, accounting.profits_abroad)
        lent = exponential(prices.exchange) * accounting.foreign_saving
        external = (current + lent) / economy.size[:, None]
    else:
        external = prices.exchange - prices.consumption - np.log(given.real_rate)[:, None]
    counted = {"wage": prices.wage, "consumer price": prices.consumption, "exchange rate": prices.exchange}
    numeraire = counted[closure.numeraire] - np.log(given.numeraire)[:, None]
    paid = exponential(prices.wage) * added(quantities.labour)
    walras = (paid - accounting.wages) / economy.size[:, None]
    residual = _joined(zero_profit, goods, rents, external, numeraire)
    return Response(prices, quantities, accounting, residual, walras)


def _unknown(unknown: Array, first: int, last: int, slopes: bool) -> Tangent:
    count, size = unknown.shape
    rows = np.eye(size)[first:last] if slopes else np.zeros((last - first, 0))
    return Tangent(unknown[:, first:last], np.ascontiguousarray(np.broadcast_to(rows, (count, *rows.shape))))


def _joined(*parts: Tangent) -> Tangent:
    return Tangent(np.concatenate([one.value for one in parts], 1), np.concatenate([one.slope for one in parts], 1))


def _prices(economy: Economy, given: Conditions, unknown: Array, slopes: bool) -> Prices:
    """Return all prices: equations 1 to 7 of the page."""
    structure, count = economy.structure, len(economy.sectors)
    rents = unknown.shape[1] - 2 * count - 2
    ends = np.cumsum([0, count, count, rents, 1, 1])
    _, home, rent, wage, exchange = (_unknown(unknown, ends[k], ends[k + 1], slopes) for k in range(5))
    imported = exchange + np.log(given.import_price * (1 + given.import_duty) / economy.duty_before)
    exported = exchange + np.log(given.export_price)
    used = ces_price(1 - structure.armington, [(economy.home_share, home), (1 - economy.home_share, imported)])
    paid = used + np.log((1 + given.commodity_tax) / economy.tax_before)
    fuels = [(economy.energy_share[:, k], item(paid, place)) for k, place in enumerate(economy.energy)]
    machines = ces_price(1 - structure.energy_elasticity, [(economy.capital_share, rent), *fuels])
    bundle = ces_price(
        1 - structure.value_added_elasticity,
        [(economy.labour_share, wage), (1 - economy.labour_share, machines)],
    )
    bought = applied(economy.input_share, exponential(paid))
    cost = logarithm(bought + economy.bundle_share / given.productivity * exponential(bundle))
    sold = cost + np.log((1 + given.production_tax) / economy.made_tax_before)
    sales = home
    if structure.exports == "transformation":
        sales = ces_price(
            1 + structure.export_elasticity,
            [(1 - economy.export_share, home), (economy.export_share, exported)],
        )
    consumption = logarithm(weighted(economy.budget_share, exponential(paid)))
    return Prices(
        home, rent, wage, exchange, imported, exported, used, paid, machines, bundle, cost, sold, sales, consumption
    )


def _quantities(economy: Economy, given: Conditions, prices: Prices, home: Tangent) -> Quantities:
    """Return quantities from sales at home: equations 8 to 13."""
    structure = economy.structure
    power = structure.export_elasticity
    if structure.exports == "transformation":
        output = home - power * (prices.home - prices.sales)
        exports = economy.exports * exponential(output + power * (prices.exported - prices.sales))
    else:
        exports = economy.exports * given.export_demand * exponential(-power * (prices.home - prices.exported))
        output = logarithm((economy.home * exponential(home) + exports) / economy.sold)
    used = home - structure.armington * (prices.used - prices.home)
    imports = economy.imports * exponential(used + structure.armington * (prices.used - prices.imported))
    effort = output - np.log(given.productivity)
    substitution = structure.value_added_elasticity
    labour = economy.labour * exponential(effort + substitution * (prices.bundle - prices.wage))
    machines = effort + substitution * (prices.bundle - prices.machines)
    rented = machines + structure.energy_elasticity * (prices.machines - prices.rent)
    energy = tuple(
        economy.inputs[:, place]
        * exponential(machines + structure.energy_elasticity * (prices.machines - item(prices.paid, place)))
        for place in economy.energy
    )
    return Quantities(output, used, exports, imports, labour, machines, rented, energy)


def _accounting(economy: Economy, given: Conditions, closure: Closure, prices: Prices, made: Quantities) -> Accounting:
    """Return incomes, taxes, saving and spending: equations 14 to 23."""
    exchange, level = exponential(prices.exchange), exponential(prices.consumption)
    price = exponential(prices.paid) * economy.tax_before
    employment = _employment(economy, given, prices)
    wages = exponential(prices.wage) * employment * total(economy.labour, 1)[:, None]
    profits, abroad = _profits(economy, given, prices, made)
    made_tax = weighted(given.production_tax * economy.output, exponential(prices.cost + made.output))
    duty = exchange * weighted(given.import_duty * given.import_price, made.imports)
    use_tax = weighted(given.commodity_tax * economy.used, exponential(prices.used + made.used))
    public = weighted(given.public_project, price)
    taxed = wages + profits - abroad
    transfers = level * given.transfers[:, None]
    others = made_tax + duty + use_tax - transfers + exchange * (given.grants - given.interest_abroad)[:, None]
    fixed = economy.government * given.government_demand
    if closure.budget == "tax":
        direct = weighted(fixed, price) + public + level * given.government_balance[:, None] - others
    else:
        direct = taxed * given.direct_tax[:, None]
    income = taxed - direct + transfers + exchange * given.remittances[:, None]
    household_saving = income * given.saving_share[:, None]
    net = direct + others
    if economy.structure.government == "real":
        government, government_saving = price * 0.0 + fixed, net - weighted(fixed, price)
    else:
        government_saving = net * given.government_saving_share[:, None]
        government = (net - government_saving) * economy.government_share / price
    needed = economy.subsistence * given.population[:, None]
    free = income - household_saving - weighted(needed, price)
    elasticity = np.full_like(economy.output, economy.structure.investment_elasticity)
    composite = _composite(economy, prices)
    saved = household_saving + government_saving - public - exchange * given.project_import[:, None]
    if closure.budget == "borrowing":
        value = exponential(composite) * given.investment[:, None]
        foreign = (value - saved) / exchange
    elif closure.external == "saving":
        foreign = exchange * 0.0 + given.foreign_saving[:, None]
        value = saved + exchange * foreign
    else:
        foreign = -_current(given, prices, made, abroad) / exchange
        value = saved + exchange * foreign
    spread = exponential(elasticity * (composite - prices.paid)) * (economy.investment_share / economy.tax_before)
    return Accounting(
        wages=wages,
        profits=profits,
        profits_abroad=abroad,
        direct_tax=direct,
        production_tax=made_tax,
        import_duty=duty,
        commodity_tax=use_tax,
        household_saving=household_saving,
        government_saving=government_saving,
        foreign_saving=foreign,
        investment_value=value,
        investment_price=composite,
        employment=employment,
        household=free * economy.marginal_share / price + needed,
        government=government,
        investment=value / exponential(composite) * spread,
    )


def _employment(economy: Economy, given: Conditions, prices: Prices) -> Tangent:
    """Return labour that is paid, relative to the base: equation 15."""
    if economy.structure.labour == "full":
        return prices.wage * 0.0 + given.labour[:, None]
    unemployment = economy.structure.unemployment[:, None]
    real = prices.wage - prices.consumption - np.log(given.reference_wage)[:, None]
    idle = unemployment * exponential(-real / economy.structure.curve)
    return (1 - idle) * (given.labour[:, None] / (1 - unemployment))


def _profits(economy: Economy, given: Conditions, prices: Prices, made: Quantities) -> tuple[Tangent, Tangent]:
    """Return the income of capital that there is, and what of it goes abroad: equations 16 and 17."""
    rent = exponential(prices.rent)
    if economy.structure.capital == "fixed":
        there = economy.capital * given.capital
        return weighted(there, rent), weighted(there * given.foreign_share, rent)
    all_capital = total(economy.capital, 1)[:, None] * given.capital
    return rent * all_capital, rent * weighted(economy.capital * given.foreign_share, exponential(made.rented))


def _composite(economy: Economy, prices: Prices) -> Tangent:
    """Return the log price of a unit of investment: equation 22."""
    power = 1 - economy.structure.investment_elasticity
    if power == 0:
        return weighted(economy.investment_share, prices.paid)
    return logarithm(weighted(economy.investment_share, exponential(power * prices.paid))) / power


def _current(given: Conditions, prices: Prices, made: Quantities, profits_abroad: Tangent) -> Tangent:
    """Return what is received from abroad less what is paid, without borrowing, in home money: equation 24."""
    exchange = exponential(prices.exchange)
    price = prices.exported if prices.sales is not prices.home else prices.home
    bought = weighted(given.import_price, made.imports)
    paid = (given.remittances + given.grants - given.project_import - given.interest_abroad)[:, None]
    return added(exponential(price) * made.exports) - profits_abroad + exchange * (paid - bought)


def _demand(economy: Economy, given: Conditions, made: Quantities, money: Accounting) -> Tangent:
    """Return all uses of goods, [future, sector]: equation 25."""
    outside = economy.inputs.copy()
    outside[:, list(economy.energy)] = 0.0
    asked = applied(outside, exponential(made.output)) + money.household + money.government + money.investment
    for place, energy in zip(economy.energy, made.energy, strict=True):
        here = np.zeros_like(economy.output)
        here[:, place] = 1.0
        asked = asked + added(energy) * here
    return asked + given.public_project


def _rented(economy: Economy, given: Conditions, made: Quantities) -> Tangent:
    """Return capital asked for over capital there is, in logs: equation 26."""
    if economy.structure.capital == "fixed":
        return made.rented - np.log(given.capital)
    share = economy.capital / total(economy.capital, 1)[:, None]
    return logarithm(weighted(share, exponential(made.rented))) - np.log(given.capital)
