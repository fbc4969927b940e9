"""Industries of a national table added up to sectors, those of two sectors divided by the flow table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from morava.exchange.trade_data.mappings import Products
from morava.exchange.trade_data.world import Array, PackTables


@dataclass(frozen=True)
class Divided:
    """Purchases [input, sector] and output [sector] in the table's unit; shares [industry, sector] of industries."""

    rows: Array
    output: Array
    shares: Array


def in_sectors(
    world: PackTables, products: Products, codes: tuple[str, ...], purchases: Array, output: Array
) -> tuple[Divided, list[str]]:
    """Return a national table by sector, and what was said of industries that were divided.

    A divided industry buys in both parts what it buys in one; of its own goods each part buys its own kind. What others
    buy of it is divided as the country buys its sectors, unless the industry is known to buy one of them.

    Parameters
    ----------
    purchases
        [input, industry], any unit
    output
        [industry], the same unit
    """
    home = world.home
    made, made_lines = _shares(world, products, codes, output, world.flow[:, home].sum(axis=0), "makes")
    bought, bought_lines = _shares(world, products, codes, purchases.sum(axis=1), world.flow[home].sum(axis=0), "buys")
    rows = np.zeros((len(world.sectors), len(world.sectors)))
    for user, user_code in enumerate(codes):
        for sector in products.sectors[user_code]:
            weights = bought.copy()
            for product, code in enumerate(codes):
                kinds = products.sectors[code]
                if len(kinds) > 1 and kinds == products.sectors[user_code]:
                    weights[product] = np.eye(len(world.sectors))[sector]
                elif len(kinds) > 1 and products.buys.get(user_code, -1) in kinds:
                    weights[product] = np.eye(len(world.sectors))[products.buys[user_code]]
            rows[:, sector] += made[user, sector] * (purchases[:, user] @ weights)
    return Divided(rows, output @ made, made), made_lines + bought_lines


def _shares(
    world: PackTables, products: Products, codes: tuple[str, ...], size: Array, flow: Array, verb: str
) -> tuple[Array, list[str]]:
    """Return which part of each code belongs to a sector, [code, sector].

    A code of two sectors is divided so that they stand to each other as in the flow table, what other codes bring to
    them counted in.
    """
    shares = np.zeros((len(codes), len(world.sectors)))
    lines = []
    for place, code in enumerate(codes):
        if len(products.sectors[code]) == 1:
            shares[place, products.sectors[code][0]] = 1
    alone = size @ shares
    for place, code in enumerate(codes):
        if len(products.sectors[code]) == 1:
            continue
        one, other = products.sectors[code]
        both = size[place] + alone[one] + alone[other]
        asked = flow[one] / (flow[one] + flow[other]) * both - alone[one]
        part = min(max(asked / size[place], 0.0), 1.0) if size[place] > 0 else 0.5
        shares[place, one], shares[place, other] = part, 1 - part
        beyond = "" if size[place] <= 0 or 0 <= asked / size[place] <= 1 else ", the end of what is possible"
        lines.append(
            f"{code} divided by what {world.regions[world.home]} {verb} in the flow table: {part:.1%} "
            f"{world.sectors[one]}, {1 - part:.1%} {world.sectors[other]}{beyond}"
        )
    return shares, lines
