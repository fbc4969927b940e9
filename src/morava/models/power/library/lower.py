"""What every plan of a future costs at least, from storage values of others.

With what is held valued, hours decouple: each is a merit order at given capacities, and each period a cut in them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from morava.models.power.library.master import Cut, Frame
from morava.models.power.library.merit import level_worth, merit_order, worth
from morava.models.power.library.offers import Offers
from morava.models.power.program import Program, Solved

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Prices:
    """Prices of a period, million EUR / GWh: `balance` [hour] and `value` [storage, hour]."""

    balance: Array
    value: Array


def by_offer(offers: Offers, added: Array) -> Array:
    """Return what is built behind each offer, GW, from what is built by name."""
    if not len(added):
        return np.zeros(len(offers.slot))
    return np.where(offers.slot >= 0, added[offers.slot], 0.0)


def by_name(offers: Offers, slope: Array) -> Array:
    """Return the sum over the offers of each thing that may be built."""
    inside = np.flatnonzero(offers.slot[: len(slope)] >= 0)
    found = np.bincount(offers.slot[inside], weights=slope[inside], minlength=len(offers.names))
    return found.astype(np.float64)


def allowed(offers: Offers, value: Array, period: int) -> Array:
    """Return storage values with those taken out that a free spill forbids; value is [storage, hour]."""
    made = value.copy()
    for place, keeper in enumerate(offers.keepers):
        free = np.isinf(keeper.most_spill[period])
        made[place, free] = np.minimum(made[place, free], 0.0)
    return made


def price_storages(offers: Offers, value: Array, period: int) -> None:
    """Write the prices of what storages offer at these values, into the offers themselves."""
    at = offers.without_storages
    for place, keeper in enumerate(offers.keepers):
        own = value[place]
        offers.price[period, :, at + 2 * place] = -keeper.one.efficiency_charge * own
        offers.price[period, :, at + 2 * place + 1] = keeper.cost[period] - own / keeper.one.efficiency_discharge


def cut_by_values(offers: Offers, value: Array, period: int, added: Array) -> tuple[Cut, Prices]:
    """Return the cut that storage values give where so much is built, and the prices behind it.

    Parameters
    ----------
    value : [storage, hour]
    added : [name], GW
    """
    price_storages(offers, value, period)
    count = len(offers.slot)
    balance = np.empty(offers.demand.shape[1])
    sides = (offers.price[period], offers.low[period], offers.high[period], offers.side, offers.share[period])
    rates = (offers.low_rate, offers.high_rate)
    merit_order(*sides, *rates, by_offer(offers, added), offers.demand[period], count, balance)
    slope = np.empty(count)
    constant = worth(*sides, *rates, offers.demand[period], count, balance, slope)
    named = by_name(offers, slope)
    for place, keeper in enumerate(offers.keepers):
        own, energy = level_worth(
            value[place], keeper.hold[period], keeper.after, 1 - keeper.one.standing_loss, keeper.inflow[period],
            keeper.most_level[period], keeper.most_spill[period],
        )  # fmt: skip
        constant += own
        if keeper.built >= 0:
            named[keeper.built] += energy * keeper.one.build_hours
    return Cut(period, constant, named, np.zeros(0)), Prices(balance, value)


def all_prices(
    program: Program, offers: Offers, frame: Frame, solved: Solved, cuts: list[Cut], prices: list[Prices]
) -> Array:
    """Return the prices of all rows that prove what the frame found: those of its cuts, mixed by its weights."""
    duals = np.zeros(len(program.row_lower))
    height = len(frame.rows)
    duals[frame.rows] = solved.row_duals[:height]
    weight = np.maximum(solved.row_duals[height : height + len(cuts)], 0.0)
    periods, hours = offers.demand.shape
    for period in range(periods):
        own = [number for number, cut in enumerate(cuts) if cut.period == period and weight[number] > 0]
        balance, value = np.zeros(hours), np.zeros((len(offers.keepers), hours))
        for number in own:
            part = weight[number] / weight[own].sum()
            balance += part * prices[number].balance
            value += part * prices[number].value
        _write_period(duals, offers, period, balance, value)
    return duals


def _write_period(duals: Array, offers: Offers, period: int, balance: Array, value: Array) -> None:
    price_storages(offers, value, period)
    for at, rows in enumerate(offers.most_rows):
        if rows.size:
            reduced = offers.sign[at] * (offers.price[period, :, at] - balance)
            duals[rows[period]] = np.minimum(reduced, 0.0)
            if offers.least_rows[at].size:
                duals[offers.least_rows[at][period]] = np.maximum(reduced, 0.0)
    duals[offers.balance_rows[period]] = balance
    for place, keeper in enumerate(offers.keepers):
        duals[keeper.value_rows[period]] = value[place]
        if keeper.level_rows.size:
            follows = np.where(keeper.after >= 0, value[place][keeper.after], 0.0)
            reduced = keeper.hold[period] - value[place] + (1 - keeper.one.standing_loss) * follows
            duals[keeper.level_rows[period]] = np.minimum(reduced, 0.0)
