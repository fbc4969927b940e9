"""What one year's equilibrium holds, in prices, quantities and money."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from morava.models.batches import Array, total
from morava.models.economy.balance import Quantities, Response
from morava.models.economy.calibrate import Conditions, Economy


@dataclass(frozen=True)
class Equilibrium:
    """One year of an economy.

    Prices relative to the base: `home_price`, `import_price` (with duty), `export_price` (in home money), `used_price`
    (of home and imported goods together), `user_price` (with commodity tax), `cost`, `rent` [future, sector] (`rent`
    the same in all sectors where capital is mobile); `wage`, `exchange_rate`, `consumer_price`, `investment_price`
    [future].

    Quantities, values at prices of the base [future, sector]: `output` (at cost), `home_sales`, `exports`, `imports`
    (before duty), `used` (before commodity tax), `labour`, `capital` (payments at base prices), `household`,
    `government`, `investment`, `public_project` (units of use); `intermediate` [future, input, sector].

    Money, [future]: `wages`, `profits`, `profits_abroad`, the four taxes, `transfers`, `interest_abroad`,
    `household_spending`, `household_saving`, `government_spending`, `government_saving`, `investment_value`, `product`
    (gross domestic product at market prices); `foreign_saving` in foreign money. `real_product` at prices of the base.
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
    product: Array
    real_product: Array
    unemployment: Array
    residual: Array
    walras: Array
    steps: npt.NDArray[np.int64]
    converged: npt.NDArray[np.bool_]
    unknown: Array


def equilibrium_of(
    economy: Economy,
    given: Conditions,
    response: Response,
    unknown: Array,
    steps: npt.NDArray[np.int64],
    tolerance: float,
) -> Equilibrium:
    """Return what an equilibrium holds, from the response at its unknowns; all arrays have one entry a future."""
    prices, made, money = response.prices, response.quantities, response.accounting
    level = {name: np.exp(value.value) for name, value in vars(prices).items()}
    output, used = economy.output * np.exp(made.output.value), economy.used * np.exp(made.used.value)
    sectors = output.shape[1]
    paid = level["paid"] * economy.tax_before
    imports, exports = made.imports.value, made.exports.value
    scalars = {name: value.value[:, 0] for name, value in vars(money).items() if value.value.shape[1] == 1}
    taxes = scalars["production_tax"] + scalars["import_duty"] + scalars["commodity_tax"]
    export_price = level["exported"] if prices.sales is not prices.home else level["home"]
    uses = {
        "household": money.household.value,
        "government": money.government.value,
        "investment": money.investment.value,
        "public_project": given.public_project,
    }
    at_base = total(sum(uses.values(), np.zeros_like(paid)) * economy.tax_before, 1)
    error = np.abs(response.residual.value).max(axis=1)
    employed = scalars["employment"] / given.labour * (1 - economy.structure.unemployment)
    residual = np.where(np.isfinite(error), error, np.inf)
    sensible = (money.household.value >= economy.subsistence * given.population[:, None]).all(axis=1)
    sensible &= (scalars["employment"] > 0) & (money.government.value >= 0).all(axis=1)
    sensible &= scalars["investment_value"] >= 0
    return Equilibrium(
        home_price=level["home"],
        import_price=level["imported"],
        export_price=export_price,
        used_price=level["used"],
        user_price=level["paid"],
        cost=level["cost"],
        rent=np.ascontiguousarray(np.broadcast_to(level["rent"], output.shape)),
        wage=level["wage"][:, 0],
        exchange_rate=level["exchange"][:, 0],
        consumer_price=level["consumption"][:, 0],
        investment_price=np.exp(scalars["investment_price"]),
        output=output,
        home_sales=economy.home * np.exp(unknown[:, :sectors]),
        exports=exports,
        imports=imports,
        used=used,
        labour=made.labour.value,
        capital=economy.capital * np.exp(made.rented.value),
        intermediate=_intermediate(economy, made),
        **uses,
        **{name: scalars[name] for name in MONEY},
        transfers=level["consumption"][:, 0] * given.transfers,
        interest_abroad=level["exchange"][:, 0] * given.interest_abroad,
        household_spending=total(paid * money.household.value, 1),
        government_spending=total(paid * money.government.value, 1),
        product=scalars["wages"] + scalars["profits"] + taxes,
        real_product=at_base + total(exports - imports, 1),
        unemployment=np.zeros_like(employed) if economy.structure.labour == "full" else 1 - employed,
        residual=residual,
        walras=response.walras.value[:, 0],
        steps=steps,
        converged=(residual <= tolerance) & sensible,
        unknown=unknown,
    )


def _intermediate(economy: Economy, made: Quantities) -> Array:
    """Return what each sector buys of each, [future, input, sector]: energy as it chooses, the rest by the unit."""
    outside = np.ones(len(economy.sectors))
    outside[list(economy.energy)] = 0.0
    bought: Array = economy.inputs * outside[:, None] * np.exp(made.output.value)[:, None, :]
    for place, energy in zip(economy.energy, made.energy, strict=True):
        bought[:, place] = energy.value
    return bought


MONEY = (
    "wages", "profits", "profits_abroad", "direct_tax", "production_tax", "import_duty", "commodity_tax",
    "household_saving", "government_saving", "foreign_saving", "investment_value",
)  # fmt: skip
