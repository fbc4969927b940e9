"""What one year's equilibrium follows from and holds, in prices, quantities and money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from morava.models.batches import Array, total
from morava.models.economy.calibrate import Conditions, Economy
from morava.models.economy.options import Closure
from morava.models.economy.tangent import Number, value_of


@dataclass(frozen=True)
class Equilibrium:
    """One year of an economy.

    Prices relative to the base: `home_price`, `import_price` (with duty), `export_price` (in home money), `used_price`
    (of home and imported goods together), `user_price` (with commodity tax, before the tax on the user), `cost`, `rent`
    [future, sector] (`rent` the same in all sectors where capital is mobile); `wage`, `exchange_rate`,
    `consumer_price`, `investment_price` [future].

    Quantities, values at prices of the base [future, sector]: `output` (at cost), `home_sales`, `exports`, `imports`
    (before duty), `used` (before commodity tax), `labour`, `capital` (payments at base prices), `household`,
    `government`, `investment`, `public_project` (units of use); `intermediate` [future, input, sector].

    Money, [future]: `wages`, `profits`, `profits_abroad`, the four taxes (`commodity_tax` with what users pay on all
    they buy), `transfers`, `interest_abroad`,
    `household_spending`, `household_saving`, `government_spending`, `government_saving`, `investment_value`,
    `project_value` (public projects) and `product` (gross domestic product at market prices), all with the taxes of
    users; `foreign_saving` in foreign money. `real_product` at prices of the base.
    `unemployment` [future]: zero with full employment.

    `residual` is the largest error of an equation, `walras` that of the labour market, which is left out, as a part of
    the base product; `steps` evaluations. `converged` says that the residual is within `TOLERANCE` and that no quantity
    is below zero that may not be. A future that did not converge holds what was reached, and is not to be used.
    `unknown` [future, unknown] is where it ended, to start another solution from.
    """

    home_price: Array
    import_price: Array
    export_price: Array
    used_price: Array
    user_price: Array
    cost: Array
    rent: Array
    wage: Array
    exchange_rate: Array
    consumer_price: Array
    investment_price: Array
    output: Array
    home_sales: Array
    exports: Array
    imports: Array
    used: Array
    labour: Array
    capital: Array
    household: Array
    government: Array
    investment: Array
    public_project: Array
    intermediate: Array
    wages: Array
    profits: Array
    profits_abroad: Array
    direct_tax: Array
    production_tax: Array
    import_duty: Array
    commodity_tax: Array
    transfers: Array
    interest_abroad: Array
    household_spending: Array
    household_saving: Array
    government_spending: Array
    government_saving: Array
    foreign_saving: Array
    investment_value: Array
    project_value: Array
    product: Array
    real_product: Array
    unemployment: Array
    residual: Array
    walras: Array
    steps: npt.NDArray[np.int64]
    converged: npt.NDArray[np.bool_]
    unknown: Array


@dataclass(frozen=True)
class Setting:
    """An economy under the conditions of one year, with all that does not change from one step to the next.

    Logs: `landed` (import price abroad with duty), `taxed` (commodity tax), `made_tax`, `input_tax`, `effort` (of
    productivity). `input_cost` [future, sector, input] is the cost share of inputs with the tax of the year,
    `plain_inputs` inputs that are no energy. `household_price`, `government_price`, `investment_price` [future, sector]
    are money for a unit of use at base prices, with the taxes of the year on the user.
    """

    economy: Economy
    given: Conditions
    closure: Closure
    landed: Array
    abroad: Array
    taxed: Array
    made_tax: Array
    input_tax: Array
    effort: Array
    input_cost: Array
    plain_inputs: Array
    bundle_cost: Array
    household_log: Array
    investment_log: Array
    household_price: Array
    government_price: Array
    investment_price: Array
    capital: Array
    labour: Array


def setting_of(economy: Economy, given: Conditions, closure: Closure) -> Setting:
    """Return what respond() works on; all arrays must have one entry a future."""
    plain, input_tax = economy.inputs.copy(), np.log((1 + given.input_tax) / economy.input_tax_before)
    plain[:, list(economy.energy)] = 0.0
    by_user = {
        f"{name}_price": economy.tax_before * (1 + vars(given)[f"{name}_tax"])[:, None]
        for name in ("household", "government", "investment")
    }
    return Setting(
        economy=economy,
        given=given,
        closure=closure,
        landed=np.log(given.import_price * (1 + given.import_duty) / economy.duty_before),
        abroad=np.log(given.export_price),
        taxed=np.log((1 + given.commodity_tax) / economy.tax_before),
        made_tax=np.log((1 + given.production_tax) / economy.made_tax_before),
        input_tax=input_tax,
        effort=np.log(given.productivity),
        input_cost=economy.input_share * np.exp(input_tax)[:, :, None],
        plain_inputs=plain,
        bundle_cost=economy.bundle_share / given.productivity,
        household_log=np.log((1 + given.household_tax) / economy.household_tax_before)[:, None],
        investment_log=np.log((1 + given.investment_tax) / economy.investment_tax_before)[:, None],
        **by_user,
        capital=economy.capital * given.capital,
        labour=total(economy.labour, 1)[:, None],
    )


@dataclass(frozen=True, eq=False)
class Prices:
    """Logs relative to the base, [future, sector] or [future, 1]; slopes are narrow but for those that say `wide`."""

    home: Number
    rent: Number
    wage: Number
    exchange: Number
    imported: Number
    exported: Number
    used: Number
    """Of home and imported goods together, before the commodity tax."""
    paid: Number
    """By users, with the commodity tax, before the tax on the user."""
    level: Number
    """The same, as a factor and no log."""
    fuels: tuple[Number, ...]
    """Of energy, [future, 1], as `paid`."""
    machines: Number
    """Of capital with energy."""
    bundle: Number
    """Of labour, capital and energy together, before productivity."""
    bought: Number
    """Inputs other than energy for a unit of output, as a part of its base cost; wide."""
    cost_level: Number
    """Cost as a factor and no log; wide."""
    cost: Number
    """Wide."""
    sales: Number
    """What a unit sells for, at home and abroad."""
    consumption: Number
    """[future, 1], with the tax on households; wide."""


@dataclass(frozen=True, eq=False)
class Quantities:
    """Levels, [future, sector], slopes narrow; `output`, `used`, `machines`, `rented` are logs relative to the base."""

    output: Number
    made: Number
    """Output as a factor and no log."""
    used: Number
    used_level: Number
    exports: Number
    imports: Number
    labour: Number
    machines: Number
    rented: Number
    """Capital asked for."""
    energy: tuple[Number, ...]
    """Energy of each kind, by the sector that uses it."""


@dataclass(frozen=True, eq=False)
class Accounting:
    """Money, [future, 1], and uses [future, sector] in units of use; slopes are wide."""

    wages: Number
    profits: Number
    profits_abroad: Number
    direct_tax: Number
    production_tax: Number
    import_duty: Number
    commodity_tax: Number
    """With what users pay on all they buy."""
    household_saving: Number
    government_saving: Number
    foreign_saving: Number
    """In foreign money."""
    investment_value: Number
    investment_price: Number
    employment: Number
    """Relative to the base, as labour that is paid."""
    household: Number
    government: Number
    investment: Number


@dataclass(frozen=True, eq=False)
class Response:
    """What follows from the unknowns: `residual` is zero in equilibrium, `walras` then follows."""

    prices: Prices
    quantities: Quantities
    accounting: Accounting
    residual: Number
    walras: Array


def equilibrium_of(
    setting: Setting, response: Response, unknown: Array, steps: npt.NDArray[np.int64], tolerance: float
) -> Equilibrium:
    """Return what an equilibrium holds, from the response at its unknowns."""
    economy, given = setting.economy, setting.given
    prices, made, money = response.prices, response.quantities, response.accounting
    level = {name: np.exp(value_of(vars(prices)[name])) for name in PRICES}
    scalars = {name: value_of(vars(money)[name])[:, 0] for name in (*MONEY, "investment_price", "employment")}
    taxes = scalars["production_tax"] + scalars["import_duty"] + scalars["commodity_tax"]
    paid, rate = value_of(prices.level), level["exchange"][:, 0]
    home, imports, exports = level["home"], value_of(made.imports), value_of(made.exports)
    uses = {name: value_of(vars(money)[name]) for name in USES} | {"public_project": given.public_project}
    worth = {
        "household": paid * setting.household_price,
        "government": paid * setting.government_price,
        "public_project": paid * setting.investment_price,
    }
    spent = {name: total(uses[name] * price, 1) for name, price in worth.items()}
    error = np.abs(value_of(response.residual)).max(axis=1)
    employed = scalars["employment"] / given.labour * (1 - economy.structure.unemployment)
    residual = np.where(np.isfinite(error), error, np.inf)
    sensible = (uses["household"] >= economy.subsistence * given.population[:, None]).all(axis=1)
    sensible &= (scalars["employment"] > 0) & (uses["government"] >= 0).all(axis=1)
    sensible &= scalars["investment_value"] >= 0
    return Equilibrium(
        home_price=home,
        import_price=level["imported"],
        export_price=level["exported"] if economy.structure.exports == "transformation" else home,
        used_price=level["used"],
        user_price=paid,
        cost=level["cost"],
        rent=np.ascontiguousarray(np.broadcast_to(level["rent"], home.shape)),
        wage=level["wage"][:, 0],
        exchange_rate=rate,
        consumer_price=level["consumption"][:, 0],
        investment_price=np.exp(scalars["investment_price"]),
        output=economy.output * value_of(made.made),
        home_sales=economy.home * np.exp(unknown[:, : len(economy.sectors)]),
        exports=exports,
        imports=imports,
        used=economy.used * value_of(made.used_level),
        labour=value_of(made.labour),
        capital=economy.capital * np.exp(value_of(made.rented)),
        intermediate=_intermediate(economy, made),
        **uses,
        **{name: scalars[name] for name in MONEY},
        transfers=level["consumption"][:, 0] * given.transfers,
        interest_abroad=rate * given.interest_abroad,
        household_spending=spent["household"],
        government_spending=spent["government"],
        project_value=spent["public_project"],
        product=scalars["wages"] + scalars["profits"] + taxes,
        real_product=total(_at_base(economy, uses) + exports - imports, 1),
        unemployment=np.zeros_like(employed) if economy.structure.labour == "full" else 1 - employed,
        residual=residual,
        walras=response.walras,
        steps=steps,
        converged=(residual <= tolerance) & sensible,
        unknown=unknown,
    )


def _at_base(economy: Economy, uses: Mapping[str, Array]) -> Array:
    """Return final uses at prices of the base with its taxes, [future, sector]."""
    worth = uses["household"] * economy.household_tax_before[:, None]
    worth = worth + uses["government"] * economy.government_tax_before[:, None]
    worth = worth + (uses["investment"] + uses["public_project"]) * economy.investment_tax_before[:, None]
    found: Array = worth * economy.tax_before
    return found


def _intermediate(economy: Economy, made: Quantities) -> Array:
    """Return what each sector buys of each, [future, input, sector]: energy as it chooses, the rest by the unit."""
    bought: Array = economy.inputs * value_of(made.made)[:, None, :]
    for place, energy in zip(economy.energy, made.energy, strict=True):
        bought[:, place] = value_of(energy)
    return bought


PRICES = (
    "home", "rent", "wage", "exchange", "imported", "exported", "used", "cost", "consumption",
)  # fmt: skip
USES = ("household", "government", "investment")
MONEY = (
    "wages", "profits", "profits_abroad", "direct_tax", "production_tax", "import_duty", "commodity_tax",
    "household_saving", "government_saving", "foreign_saving", "investment_value",
)  # fmt: skip
