"""Technologies held to the flows: production may not use more of a good than a region buys."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from morava.errors import Problems
from morava.exchange.trade_data.world import Array, PackTables, rounded

MOST_USED = 0.95
"""Share of what a region buys of a good that may go into production; the rest is for final use."""
LEAST_VALUE_ADDED = 0.10
"""Share of output that value added is at least; both bounds are those of docs/models/world-table.md."""
ROUNDING = 1e-6
"""What is over a bound by no more than this part of it is the rounding of the files."""


def fit(world: PackTables, allowed: bool, donors: tuple[str, ...] = ()) -> tuple[PackTables, list[str]]:
    """Return the world with technologies that its flows can feed, and what was scaled.

    Regions other than the country are always scaled and told; the country only where that is allowed.

    Parameters
    ----------
    world
        The tables.
    allowed
        Whether inputs of the country may be scaled.
    donors
        Technologies to hold; all of them where none is named.

    Raises
    ------
    MoravaError
        Every input of the country that is over its bound, where scaling is not allowed.
    """
    problems, lines = Problems(), []
    found = world.technology.copy()
    output, bought = world.flow.sum(axis=0), (world.flow * (1 + world.tariff)).sum(axis=1)
    for place, donor in enumerate(world.donors):
        if donors and donor not in donors:
            continue
        before = world.technology[place]
        _note_country(world, donor, before, output, bought, allowed, problems)
        after = held(before, output, bought)
        found[place] = np.where(after != before, rounded(after), before)
        lines += _told(world, donor, (before - after) * output[:, None, :])
    problems.raise_if_any()
    return replace(world, technology=found), lines


def held(technology: Array, output: Array, bought: Array) -> Array:
    """Return technology [region, input, sector] scaled, input by input and then industry by industry, into its bounds.

    Parameters
    ----------
    technology
        [region, input, sector], 1
    output, bought
        [region, sector], in one unit: what is made, and what is bought at home and abroad with duty.

    Examples
    --------
    >>> held(np.array([[[0.5]]]), np.array([[100.0]]), np.array([[40.0]])).tolist()
    [[[0.38]]]
    """
    found = technology.copy()
    while True:
        use = np.einsum("nks,ns->nk", found, output)
        most = MOST_USED * bought
        rows = np.where(use > most * (1 + ROUNDING), most / np.where(use > 0, use, 1), 1.0)
        after = found * rows[:, :, None]
        sums = after.sum(axis=1)
        top = 1 - LEAST_VALUE_ADDED
        columns = np.where(sums > top * (1 + ROUNDING), top / np.where(sums > 0, sums, 1), 1.0)
        after = after * columns[:, None, :]
        if np.array_equal(after, found):
            return found
        found = after


def _note_country(
    world: PackTables, donor: str, technology: Array, output: Array, bought: Array, allowed: bool, problems: Problems
) -> None:
    if allowed:
        return
    home, name = world.home, world.regions[world.home]
    use = technology[home] @ output[home]
    for place in np.flatnonzero(use > MOST_USED * bought[home] * (1 + ROUNDING)):
        problems.add(
            f"production in {name} would use {world.amount(use[place])} of {world.sectors[place]}, and it buys "
            f"{world.amount(bought[home, place])}: at most {MOST_USED:.0%} may go into production",
            f"technology {donor}",
            "load better flows first (baci, itpd), mend the table, or let --fit scale this input and say by how much",
        )
    sums = technology[home].sum(axis=0)
    for place in np.flatnonzero(sums > (1 - LEAST_VALUE_ADDED) * (1 + ROUNDING)):
        problems.add(
            f"{world.sectors[place]} buys inputs of {sums[place]:.1%} of its output in {name}: value added is "
            f"{LEAST_VALUE_ADDED:.0%} at least",
            f"technology {donor}",
            "mend the table, or let --fit scale the inputs and say by how much",
        )


def _told(world: PackTables, donor: str, lost: Array) -> list[str]:
    """Return lines on what was scaled, [region, input, sector] in the unit of the flows."""
    by_input = lost.sum(axis=2)
    lines = [
        f"{donor}: inputs of {world.sectors[place]} in {world.regions[world.home]} scaled down, "
        f"{world.amount(by_input[world.home, place])} moved to final use"
        for place in np.flatnonzero(by_input[world.home] > 0)
    ]
    away = by_input[world.others]
    if (away > 0).any():
        lines.append(
            f"{donor}: {int((away > 0).sum())} inputs of other regions scaled down, "
            f"{world.amount(away.sum())} moved to final use"
        )
    return lines
