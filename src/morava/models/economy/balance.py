"""What an economy does at given prices and sales, and how far that is from an equilibrium, with the exact Jacobian.

The unknowns are logs relative to the base: sales at home and their price by sector, rents of capital (by sector, or
one), the wage, the exchange rate. All else follows in closed form, so that no circle is left: taxes and incomes are
known once these are. The market for labour is left out of the equations; that it clears all the same is Walras' law.
"""

from __future__ import annotations

import numpy as np

from morava.models.batches import Array, total
from morava.models.economy.equilibrium import Accounting, Prices, Quantities, Response, Setting
from morava.models.economy.tangent import (
    Frame,
    Number,
    ces_price,
    exponential,
    joined,
    logarithm,
    raised,
    value_of,
)


def respond(setting: Setting, unknown: Array, slopes: bool) -> Response:
    """Return what follows from the unknowns [future, unknown]."""
    economy, given, closure = setting.economy, setting.given, setting.closure
    sectors = len(economy.sectors)
    frame = Frame(sectors, unknown.shape[1] - 2 * sectors - 2, economy.energy, slopes)
    sales, *rest = frame.unknowns(unknown)
    frame, prices = _prices(setting, frame, rest)
    made = _quantities(setting, prices, sales)
    money = _accounting(setting, frame, prices, made)
    zero_profit = prices.cost + setting.made_tax - frame.wide(prices.sales)
    supply = frame.wide(1 / economy.used / made.used_level)
    goods = _demand(setting, frame, made, money) * supply - 1
    exchange = frame.wide(prices.exchange)
    if closure.external == "saving":
        lent = exponential(exchange) * money.foreign_saving
        external = (_current(setting, frame, prices, made, money.profits_abroad) + lent) / economy.size[:, None]
    else:
        external = exchange - prices.consumption - np.log(given.real_rate)[:, None]
    counted = {"wage": frame.wide(prices.wage), "consumer price": prices.consumption, "exchange rate": exchange}
    numeraire = counted[closure.numeraire] - np.log(given.numeraire)[:, None]
    paid = np.exp(value_of(prices.wage))[:, 0] * total(value_of(made.labour), 1)
    walras = (paid - value_of(money.wages)[:, 0]) / economy.size
    residual = joined([zero_profit, goods, _rented(setting, frame, made), external, numeraire])
    return Response(prices, made, money, residual, walras)


def _prices(setting: Setting, frame: Frame, unknown: list[Number]) -> tuple[Frame, Prices]:
    """Return all prices: equations 1 to 7 of the page."""
    economy, structure = setting.economy, setting.economy.structure
    home, rent, wage, exchange = unknown
    imported = exchange + setting.landed
    exported = exchange + setting.abroad
    used = ces_price(1 - structure.armington, [(economy.home_share, home), (1 - economy.home_share, imported)])
    paid = used + setting.taxed
    frame = frame.with_fuels(paid)
    fuels = tuple(frame.fuel(paid, number) for number in range(len(economy.energy)))
    asked = [(economy.energy_share[:, number], fuel + setting.input_tax) for number, fuel in enumerate(fuels)]
    machines = ces_price(1 - structure.energy_elasticity, [(economy.capital_share, rent), *asked])
    bundle = ces_price(
        1 - structure.value_added_elasticity,
        [(economy.labour_share, wage), (1 - economy.labour_share, machines)],
    )
    level = exponential(paid)
    bought = frame.gathered(setting.input_cost, level)
    cost = bought + frame.wide(setting.bundle_cost * exponential(bundle))
    sales = home
    if structure.exports == "transformation":
        sales = ces_price(
            1 + structure.export_elasticity,
            [(1 - economy.export_share, home), (economy.export_share, exported)],
        )
    consumption = logarithm(frame.gathered(economy.budget_share[:, None, :], level)) + setting.household_log
    return frame, Prices(
        home, rent, wage, exchange, imported, exported, used, paid, level, fuels, machines, bundle, bought, cost,
        logarithm(cost), sales, consumption,
    )  # fmt: skip


def _quantities(setting: Setting, prices: Prices, home: Number) -> Quantities:
    """Return quantities from sales at home: equations 8 to 13."""
    economy, given, structure = setting.economy, setting.given, setting.economy.structure
    power = structure.export_elasticity
    if structure.exports == "transformation":
        output = home - power * (prices.home - prices.sales)
        exports = economy.exports * exponential(output + power * (prices.exported - prices.sales))
        made = exponential(output)
    else:
        exports = economy.exports * given.export_demand * exponential(-power * (prices.home - prices.exported))
        made = (economy.home * exponential(home) + exports) / economy.sold
        output = logarithm(made)
    used = home - structure.armington * (prices.used - prices.home)
    used_level = exponential(used)
    imports = economy.imports * exponential(used + structure.armington * (prices.used - prices.imported))
    effort = output - setting.effort
    substitution = structure.value_added_elasticity
    labour = economy.labour * exponential(effort + substitution * (prices.bundle - prices.wage))
    machines = effort + substitution * (prices.bundle - prices.machines)
    rented = machines + structure.energy_elasticity * (prices.machines - prices.rent)
    energy = tuple(
        economy.inputs[:, place]
        * exponential(machines + structure.energy_elasticity * (prices.machines - fuel - setting.input_tax))
        for place, fuel in zip(economy.energy, prices.fuels, strict=True)
    )
    return Quantities(output, made, used, used_level, exports, imports, labour, machines, rented, energy)


def _accounting(setting: Setting, frame: Frame, prices: Prices, made: Quantities) -> Accounting:
    """Return incomes, taxes, saving and spending: equations 14 to 23."""
    economy, given, closure = setting.economy, setting.given, setting.closure
    exchange, level = exponential(frame.wide(prices.exchange)), exponential(prices.consumption)
    employment = _employment(setting, frame, prices)
    wages = exponential(frame.wide(prices.wage)) * employment * setting.labour
    profits, abroad = _profits(setting, frame, prices, made)
    made_tax = frame.crossed(given.production_tax * economy.output, prices.cost_level, made.made)
    duty = exchange * frame.gathered((given.import_duty * given.import_price)[:, None, :], made.imports)
    on_goods = _tax_on_goods(setting, frame, prices, made)
    public = frame.gathered((given.public_project * setting.investment_price)[:, None, :], prices.level)
    works = public + exchange * given.public_import[:, None]
    transfers, composite = level * given.transfers[:, None], _composite(setting, frame, prices)
    price = exponential(composite)
    fixed = economy.government * given.government_demand * setting.government_price
    known = {
        "taxed": wages + profits,
        "given": transfers + exchange * given.remittances[:, None] - abroad,
        "revenue": made_tax + duty + on_goods + exchange * (given.grants - given.interest_abroad)[:, None] - transfers,
        "public": public,
        "works": works,
        "spent": frame.gathered(fixed[:, None, :], prices.level),
        "target": works + level * given.government_balance[:, None],
    }
    if closure.budget == "borrowing":
        known["value"] = price * given.investment[:, None]
    elif closure.external == "saving":
        projects = exchange * (given.foreign_saving - given.project_import)[:, None]
        known["lent"] = projects + price * given.foreign_project[:, None] - works
    else:
        known["lent"] = -_current(setting, frame, prices, made, abroad) - works
        known["lent"] = known["lent"] - exchange * given.project_import[:, None]
    direct, income, net, saved, value = _balanced(setting, known)
    household_saving = income * given.saving_share[:, None]
    spent = net - saved
    by_user = _rate(given.household_tax) * (income - household_saving) + _rate(given.investment_tax) * (value + public)
    by_user = by_user + _rate(given.government_tax) * spent
    foreign = (value + works - household_saving - saved) / exchange + given.project_import[:, None]
    if closure.budget != "borrowing" and closure.external == "saving":
        foreign = given.foreign_saving[:, None] + price * given.foreign_project[:, None] / exchange
    return Accounting(
        wages=wages,
        profits=profits,
        profits_abroad=abroad,
        direct_tax=direct,
        production_tax=made_tax,
        import_duty=duty,
        commodity_tax=on_goods + by_user,
        household_saving=household_saving,
        government_saving=saved,
        foreign_saving=foreign,
        investment_value=value,
        investment_price=composite,
        employment=employment,
        household=_consumed(setting, frame, prices, income - household_saving),
        government=_governed(setting, frame, prices, spent),
        investment=_invested(setting, frame, prices, composite) * (value / price),
    )


def _rate(tax: Array) -> Array:
    """Return the part of spending that is tax, [future, 1]."""
    part: Array = (tax / (1 + tax))[:, None]
    return part


def _balanced(setting: Setting, known: dict[str, Number]) -> tuple[Number, Number, Number, Number, Number]:
    """Return direct tax, household income, net revenue, public saving and investment: equations 18 to 23.

    Taxes on what households, the government and investment buy are revenue out of which these buy in turn; all is
    linear in them, so that the circle is solved here and in closed form.
    """
    given, closure, structure = setting.given, setting.closure, setting.economy.structure
    saving = given.saving_share[:, None]
    of_household = _rate(given.household_tax) * (1 - saving)
    of_government, of_investment = _rate(given.government_tax), _rate(given.investment_tax)
    revenue = known["revenue"] + of_investment * known["public"]
    before = known["taxed"] + known["given"]
    borrowing, real = closure.budget == "borrowing", structure.government == "real"
    if real:
        revenue = revenue + of_government * known["spent"]
    if closure.budget == "tax":
        saved = known["target"]
        rest = saved + known["lent"]
        due = saved + known["spent"] - revenue - of_household * before - of_investment * (saving * before + rest)
        direct = due / (1 - of_household - of_investment * saving)
        income = before - direct
        return direct, income, saved + known["spent"], saved, saving * income + rest
    direct = known["taxed"] * given.direct_tax[:, None]
    income = before - direct
    revenue = revenue + direct + of_household * income
    if real and borrowing:
        net = revenue + of_investment * known["value"]
        return direct, income, net, net - known["spent"], known["value"]
    if real:
        value = (saving * income + revenue - known["spent"] + known["lent"]) / (1 - of_investment)
        net = revenue + of_investment * value
        return direct, income, net, net - known["spent"], value
    kept = given.government_saving_share[:, None]
    back = 1 - of_government * (1 - kept)
    if borrowing:
        net = (revenue + of_investment * known["value"]) / back
        return direct, income, net, kept * net, known["value"]
    private = saving * income + known["lent"]
    net = (revenue + of_investment * private) / (back - of_investment * kept)
    return direct, income, net, kept * net, private + kept * net


def _tax_on_goods(setting: Setting, frame: Frame, prices: Prices, made: Quantities) -> Number:
    """Return taxes by commodity and those that sectors pay on all they buy: equation 18."""
    economy, given = setting.economy, setting.given
    by_commodity = given.commodity_tax * economy.used / (1 + given.commodity_tax) * economy.tax_before
    tax = frame.gathered(by_commodity[:, None, :], prices.level * made.used_level)
    by_sector = given.input_tax / (1 + given.input_tax) * economy.output
    tax = tax + frame.crossed(by_sector, prices.bought, made.made)
    for place, fuel, energy in zip(economy.energy, prices.fuels, made.energy, strict=True):
        spent = energy * exponential(fuel)
        tax = tax + frame.gathered((given.input_tax * economy.tax_before[:, place, None])[:, None, :], spent)
    return tax


def _employment(setting: Setting, frame: Frame, prices: Prices) -> Number:
    """Return labour that is paid, relative to the base: equation 15."""
    given, structure = setting.given, setting.economy.structure
    wage = frame.wide(prices.wage)
    if structure.labour == "full":
        return wage * 0.0 + given.labour[:, None]
    unemployment = structure.unemployment[:, None]
    real = wage - prices.consumption - np.log(given.reference_wage)[:, None]
    idle = unemployment * exponential(-real / structure.curve)
    return (1 - idle) * (given.labour[:, None] / (1 - unemployment))


def _profits(setting: Setting, frame: Frame, prices: Prices, made: Quantities) -> tuple[Number, Number]:
    """Return the income of capital that there is, and what of it goes abroad: equations 16 and 17."""
    economy, given, rent = setting.economy, setting.given, exponential(prices.rent)
    if economy.structure.capital == "fixed":
        owned = setting.capital * given.foreign_share
        return frame.gathered(setting.capital[:, None, :], rent), frame.gathered(owned[:, None, :], rent)
    all_capital, rent = total(economy.capital, 1)[:, None] * given.capital, frame.wide(rent)
    owned = economy.capital * given.foreign_share
    return rent * all_capital, rent * frame.gathered(owned[:, None, :], exponential(made.rented))


def _composite(setting: Setting, frame: Frame, prices: Prices) -> Number:
    """Return the log price of a unit of investment: equation 22."""
    share, elasticity = setting.economy.investment_share[:, None, :], setting.economy.structure.investment_elasticity
    power = 1 - elasticity
    if power == 0:
        return frame.gathered(share, prices.paid) + setting.investment_log
    each = prices.level if power == 1 else exponential(power * prices.paid)
    return logarithm(frame.gathered(share, each)) / power + setting.investment_log


def _governed(setting: Setting, frame: Frame, prices: Prices, spending: Number) -> Number:
    """Return what the government consumes, units of use: equation 21."""
    economy = setting.economy
    if economy.structure.government == "real":
        return economy.government * setting.given.government_demand
    return spending * frame.wide(1 / prices.level * (economy.government_share / setting.government_price))


def _consumed(setting: Setting, frame: Frame, prices: Prices, spending: Number) -> Number:
    """Return what households consume, units of use: equation 20."""
    economy = setting.economy
    needed = economy.subsistence * setting.given.population[:, None]
    free = spending - frame.gathered((needed * setting.household_price)[:, None, :], prices.level)
    return free * frame.wide(1 / prices.level * (economy.marginal_share / setting.household_price)) + needed


def _invested(setting: Setting, frame: Frame, prices: Prices, composite: Number) -> Number:
    """Return goods in a unit of investment, units of use."""
    economy = setting.economy
    elasticity = economy.structure.investment_elasticity
    if elasticity == 0:
        return economy.investment_goods
    spread = economy.investment_goods * exponential(-elasticity * prices.paid)
    return exponential(elasticity * (composite - setting.investment_log)) * frame.wide(spread)


def _current(setting: Setting, frame: Frame, prices: Prices, made: Quantities, profits_abroad: Number) -> Number:
    """Return what is received from abroad less what is paid, without borrowing, in home money: equation 24."""
    given, exchange = setting.given, exponential(frame.wide(prices.exchange))
    price = prices.exported if setting.economy.structure.exports == "transformation" else prices.home
    sold = frame.gathered(np.ones_like(setting.landed)[:, None, :], exponential(price) * made.exports)
    bought = frame.gathered(given.import_price[:, None, :], made.imports)
    paid = given.remittances + given.grants - given.project_import - given.public_import - given.interest_abroad
    return sold - profits_abroad + exchange * (paid[:, None] - bought)


def _demand(setting: Setting, frame: Frame, made: Quantities, money: Accounting) -> Number:
    """Return all uses of goods, [future, sector]: equation 25."""
    asked = frame.gathered(setting.plain_inputs, made.made) + setting.given.public_project
    asked = asked + money.household + money.government + money.investment
    everywhere = np.ones_like(setting.plain_inputs[:, :1])
    for place, energy in zip(setting.economy.energy, made.energy, strict=True):
        asked = raised(asked, place, frame.gathered(everywhere, energy))
    return asked


def _rented(setting: Setting, frame: Frame, made: Quantities) -> Number:
    """Return capital asked for over capital there is, in logs: equation 26."""
    economy, there = setting.economy, np.log(setting.given.capital)
    if economy.structure.capital == "fixed":
        return frame.wide(made.rented) - there
    share = economy.capital / total(economy.capital, 1)[:, None]
    return logarithm(frame.gathered(share[:, None, :], exponential(made.rented))) - there
