"""What a change is worth to a region: exact real income, and the first-order parts that Caliendo and Parro print.

The two differ, most where duty revenue is lost, and are always given side by side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from morava.models.batches import Array, total
from morava.models.trade.equilibrium import Equilibrium, Shock, flow_after
from morava.models.trade.world import World


@dataclass(frozen=True)
class Welfare:
    """Changes relative to the base, as shares of base income unless said otherwise, all [future, region].

    `real_income` is the exact change of income over the price of final demand. `first_order` is the sum of the five
    parts: `terms_of_trade`, `volume_of_trade` (these two are what Caliendo and Parro call welfare), `technology` (trade
    costs other than duties, productivity), `endowment` (labour) and `transfer` (deficits). `real_wage` is the exact
    change of the wage over the price of final demand, `revenue` the change of duties.
    """

    real_income: Array
    first_order: Array
    terms_of_trade: Array
    volume_of_trade: Array
    technology: Array
    endowment: Array
    transfer: Array
    real_wage: Array
    revenue: Array


def price_of_final_demand(world: World, equilibrium: Equilibrium) -> Array:
    """Return the factor on the price of final demand, [future, region]: shares of spending are constant."""
    index: Array = np.exp(total(world.final * np.log(equilibrium.price), 2))
    return index


def welfare(world: World, shock: Shock, equilibrium: Equilibrium) -> Welfare:
    """Return what a shock is worth to every region.

    The first-order parts take percent changes (a factor less one) at the weights of the base, as the printed table
    does.

    Source: Caliendo and Parro (2015), section 4.2; the parts for trade costs, productivity, labour and deficits
    follow from the same differential.
    """
    before, after = world.flow, flow_after(equilibrium, shock)
    cost = np.swapaxes(equilibrium.cost, 1, 2) - 1
    income = world.income
    home = np.eye(len(world.regions), dtype=bool)
    bought = np.where(home, 0.0, before)
    sold = total(bought, 2)
    gained = np.where(before > 0, after / np.where(before > 0, before, 1.0), 1.0) - 1
    paid = before * (1 + world.tariff)
    parts = {
        "terms_of_trade": total(sold * cost, 1) - total(total(bought * cost[:, :, None, :], 3), 1),
        "volume_of_trade": total(total(world.tariff * bought * (gained - cost[:, :, None, :]), 3), 1),
        "technology": total(world.output * (shock.productivity - 1), 2) - total(total(paid * (shock.cost - 1), 3), 1),
        "endowment": world.wages * (shock.labour - 1),
        "transfer": shock.deficit - world.deficit,
    }
    relative = {name: part / income for name, part in parts.items()}
    price = price_of_final_demand(world, equilibrium)
    return Welfare(
        real_income=equilibrium.income / income / price - 1,
        first_order=sum(relative.values(), np.zeros_like(income)),
        real_wage=equilibrium.wage / price - 1,
        revenue=(equilibrium.revenue - world.revenue) / income,
        **relative,
    )
