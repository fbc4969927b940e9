"""Flows of the country replaced by measured ones, the rest of the world giving way."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from morava.errors import Problems
from morava.exchange.trade_data.world import Array, PackTables, rounded

LEAST_AT_HOME = 0.10
"""Share of output that is sold at home at least."""
LEAST_KEPT = 0.10
"""Share of a cell of the rest of the world that stays when the country's trade grows in it."""
REST = "rest of the world"
"""Region that the country was carved out of."""
MEASURED, FLOOR = "measured", "floor"


@dataclass(frozen=True)
class MeasuredTrade:
    """Exports and imports of the country [region, sector] and, where they are known, sales at home [sector].

    In the unit of the flows; `replaced` says which sectors are.
    """

    exports: Array
    imports: Array
    home: Array | None
    replaced: npt.NDArray[np.bool_]


def check_trade(world: PackTables, trade: MeasuredTrade, where: str, problems: Problems) -> None:
    """Note partners and sectors in which nothing is traded: a world without them is not what was measured."""
    name = world.regions[world.home]
    goods = trade.replaced & world.goods
    for place in world.others:
        for flow, way in ((trade.exports, "to"), (trade.imports, "from")):
            if not flow[place][goods].sum() > 0:
                problems.add(
                    f"no goods go {way} {world.regions[place]} for {name}",
                    where,
                    "give every region its rows, both ways",
                )
    for sector in np.flatnonzero(goods):
        if not (trade.exports[:, sector] + trade.imports[:, sector]).sum() > 0:
            problems.add(
                f"{name} trades nothing of {world.sectors[sector]}", where, "give every sector of goods its rows"
            )


def replace_flows(world: PackTables, trade: MeasuredTrade) -> tuple[PackTables, list[str]]:
    """Return the world with the trade of the country replaced, and what had to give.

    Sales at home are output less exports where they are not given, and a tenth of output at least. Each cell of the
    rest of the world falls by what the country's grows, so that partners buy and make as much as before; a tenth of it
    is kept.
    """
    home, sectors = world.home, trade.replaced
    flow, words = world.flow.copy(), world.words.astype(object)  # so that no word is cut
    for place in world.others:
        flow[place, home, sectors] = trade.exports[place, sectors]
        flow[home, place, sectors] = trade.imports[place, sectors]
        words[place, home, sectors] = words[home, place, sectors] = MEASURED
    sold = flow[world.others, home].sum(axis=0)
    wanted = world.flow[:, home].sum(axis=0) - sold if trade.home is None else trade.home
    least = sold * LEAST_AT_HOME / (1 - LEAST_AT_HOME)
    flow[home, home, sectors] = np.maximum(wanted, least)[sectors]
    if trade.home is not None:
        words[home, home, sectors] = MEASURED
    bound = sectors & (wanted < least)
    words[home, home, bound] = FLOOR
    lines = _told(world, flow, sectors)
    lines += [
        f"sales at home of {world.sectors[place]} would be {world.amount(wanted[place])} and are kept at a tenth of "
        f"output, {world.amount(flow[home, home, place])}"
        for place in np.flatnonzero(bound)
    ]
    lines += _give_way(world, flow, words)
    return replace(world, flow=rounded(flow), words=words.astype(str)), lines


def _told(world: PackTables, flow: Array, sectors: npt.NDArray[np.bool_]) -> list[str]:
    lines = []
    for what, pick in (("exports", (world.others, world.home)), ("imports", (world.home, world.others))):
        before, after = (one[pick][:, sectors].sum() for one in (world.flow, flow))
        lines.append(
            f"{what} of the sectors that are replaced: {world.amount(before)} before, {world.amount(after)} now"
        )
    before, after = (one[world.home, world.home, sectors].sum() for one in (world.flow, flow))
    lines.append(f"sales at home of these sectors: {world.amount(before)} before, {world.amount(after)} now")
    return lines


def _give_way(world: PackTables, flow: Array, words: npt.NDArray[np.object_]) -> list[str]:
    """Lower the rest of the world in place by what the country's trade grew; return lines on it."""
    if REST not in world.regions or world.regions[world.home] == REST:
        grown = flow.sum() - world.flow.sum()
        return [f"there is no {REST} to give way: the world grows by {world.amount(grown)}"]
    rest, home = world.regions.index(REST), world.home
    grown = flow - world.flow
    taken = np.zeros_like(flow)
    taken[:, rest] = grown[:, home]
    taken[rest, :] = grown[home, :]
    taken[rest, rest] = grown[home, home] + grown[home, rest] + grown[rest, home]
    taken[home] = taken[:, home] = 0
    reach = (1 - LEAST_KEPT) * world.flow
    flow -= np.minimum(taken, reach)
    floored = taken > reach
    words[floored] = FLOOR
    over = np.maximum(taken - reach, 0).sum()
    lines = [f"the {REST} gives way: its trade changes by {world.amount(-np.minimum(taken, reach).sum())}"]
    if floored.any():
        lines.append(f"{int(floored.sum())} of its cells keep a tenth, and the world grows by {world.amount(over)}")
    return lines
