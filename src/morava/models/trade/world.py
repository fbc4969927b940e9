"""A world of regions and sectors in one base year, as shares and sums: what the equilibrium of `trade` starts from.

Every array carries `future` first; where a world is the same in all futures, that axis has length one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from morava.errors import Problems
from morava.models.batches import Array, total

Labels = tuple[str, ...]

ROUNDING = 1e-9
"""A share of spending below zero by no more than this is rounding, and set to zero."""


@dataclass(frozen=True)
class World:
    """A base equilibrium after Caliendo and Parro (2015), with labels.

    `share` [future, sector, importer, exporter] is the part of what an importer spends on a sector that goes to an
    exporter, duty included. `technology` [future, region, input, sector] is what a unit of output buys of an input.
    `value_added` [future, region, sector] is the rest. `final` [future, region, sector] is the part of income spent
    on a sector. `wages` and `deficit` [future, region], in the unit of the flows. `tariff` [future, sector, importer,
    exporter]. `elasticity` [future, sector] is theta. `spending` and `output` [future, region, sector].
    """

    regions: Labels
    sectors: Labels
    share: Array
    technology: Array
    value_added: Array
    final: Array
    wages: Array
    deficit: Array
    tariff: Array
    elasticity: Array
    spending: Array
    output: Array

    @property
    def revenue(self) -> Array:
        """Duties of the base, [future, region]."""
        return revenue_of(self.share, self.spending, self.tariff)

    @property
    def income(self) -> Array:
        """Wages, duties and what is borrowed abroad, [future, region]."""
        return self.wages + self.revenue + self.deficit

    @property
    def flow(self) -> Array:
        """Deliveries net of duty, [future, sector, importer, exporter]."""
        return net_flow(self.share, self.spending, self.tariff)


def net_flow(share: Array, spending: Array, tariff: Array) -> Array:
    """Return deliveries net of duty, [future, sector, importer, exporter], from spending [future, region, sector]."""
    bought: Array = share / (1 + tariff) * _by_sector(spending)[..., None]
    return bought


def revenue_of(share: Array, spending: Array, tariff: Array) -> Array:
    """Return duties, [future, region]."""
    return total(total(net_flow(share, spending, tariff) * tariff, 3), 1)


def _by_sector(values: Array) -> Array:
    """Return values [future, region, sector] as [future, sector, region]."""
    return np.swapaxes(values, 1, 2)


def calibrate(
    regions: Labels,
    sectors: Labels,
    flow: Array,
    technology: Array,
    tariff: Array,
    elasticity: Array,
    where: str,
    lift_final: bool = False,
) -> World:
    """Return the world whose base equilibrium a table of deliveries and technologies is.

    Parameters
    ----------
    regions, sectors
        Labels.
    flow
        [future, importer, exporter, sector], any unit of value: net of duty, domestic sales on the diagonal.
    technology
        [future, region, input, sector], 1: purchases at the price that users pay, duty included, a unit of output.
    tariff
        [future, importer, exporter, sector], 1
    elasticity
        [future, sector], 1: the trade elasticity theta.
    where
        What the table is, for errors.
    lift_final
        Whether negative final demand is set to zero and the rest scaled down, as Caliendo and Parro do with their data.
        Then the table is no equilibrium, and a solution under no change moves.

    Raises
    ------
    MoravaError
        Negative flows, a region that makes nothing of what it must, technologies that use more than they make,
        elasticities that are not positive, final demand below zero: all at once.
    """
    problems = Problems()
    _check(regions, sectors, flow, technology, tariff, elasticity, where, problems)
    problems.raise_if_any()
    flow, tariff = (np.ascontiguousarray(np.moveaxis(array, 3, 1)) for array in (flow, tariff))
    paid = flow * (1 + tariff)
    spending = paid.sum(axis=3)
    share = paid / np.where(spending > 0, spending, 1.0)[..., None]
    bought_by, sold = np.swapaxes(spending, 1, 2), np.swapaxes(total(flow, 2), 1, 2)
    value_added = 1 - total(technology, 2)
    final = bought_by - np.matmul(technology, sold[..., None])[..., 0]
    if not lift_final:
        for future, region, sector in np.argwhere(final < -ROUNDING * bought_by.max())[:1]:
            problems.add(
                f"{regions[region]} uses more of {sectors[sector]} in production than it buys",
                f"{where}, case {future}",
                "lower its input shares, or balance the table",
            )
        problems.raise_if_any()
    final = np.maximum(final, 0.0)
    wages = (value_added * sold).sum(axis=2)
    away = ~np.eye(len(regions), dtype=bool)
    deficit = total(total(flow * away, 3), 1) - total(total(flow * away, 2), 1)
    return World(
        regions, sectors, share, technology, value_added, final / final.sum(axis=2, keepdims=True), wages, deficit,
        tariff, elasticity, bought_by, sold,
    )  # fmt: skip


def _check(
    regions: Labels,
    sectors: Labels,
    flow: Array,
    technology: Array,
    tariff: Array,
    elasticity: Array,
    where: str,
    problems: Problems,
) -> None:
    """Note what no table of a world may hold."""
    count, kinds = len(regions), len(sectors)
    shapes = {
        "flow": (flow, (count, count, kinds)),
        "technology": (technology, (count, kinds, kinds)),
        "tariff": (tariff, (count, count, kinds)),
        "elasticity": (elasticity, (kinds,)),
    }
    for name, (array, shape) in shapes.items():
        if array.shape[1:] != shape:
            problems.add(f"{name} has the shape {array.shape[1:]}", where, f"its labels say {shape}")
        elif not np.isfinite(array).all():
            problems.add(f"{name} has a hole", where, "give every cell a number")
    if len(problems):
        return
    if (flow < 0).any():
        place = np.argwhere(flow < 0)[0]
        problems.add(
            f"the flow of {sectors[place[3]]} from {regions[place[2]]} to {regions[place[1]]} is negative",
            where,
            "a delivery is zero or more",
        )
    if (tariff < 0).any():
        problems.add("a duty is negative", where, "a subsidy is not a duty: leave it out")
    if (elasticity <= 0).any():
        place = np.argwhere(elasticity <= 0)[0]
        problems.add(f"the elasticity of {sectors[place[1]]} is not above zero", where, "give theta, not minus theta")
    if (technology < 0).any() or (technology.sum(axis=2) > 1).any():
        place = np.argwhere((technology.sum(axis=2) > 1) | (technology < 0).any(axis=2))
        region, sector = (regions[place[0][1]], sectors[place[0][2]]) if len(place) else ("", "")
        problems.add(
            f"{sector} in {region} uses more than it makes, or less than nothing",
            where,
            "input shares sum to at most one",
        )
