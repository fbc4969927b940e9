"""How the demand for labour answers to wages near the base of a world: the first Jacobian of the search for wages.

Prices answer linearly to wages, spending to both; each answer is found by the same iterations as in `equilibrium`, one
column a wage, so that no matrix over regions times sectors is built. The result is a guide and no answer: what it
misses, the search adds.
"""

from __future__ import annotations

import numpy as np

from morava.models.batches import Array
from morava.models.trade.world import World

ITERATIONS = 25
"""Steps of each linear answer. What is left after them only costs a step of the search."""


def guide(world: World) -> Array:
    """Return by how much the relative excess demand for labour moves with each log wage, at the base.

    Parameters
    ----------
    world
        With `future` first.

    Returns
    -------
    array
        [future, region, region], 1: row, the region whose labour is demanded; column, the region whose wage moves. A
        term of rank one pins the world's wages, so that the matrix can be inverted.
    """
    count = max(len(array) for array in vars(world).values() if isinstance(array, np.ndarray))
    regions = len(world.regions)
    unit = np.eye(regions)
    theta = world.elasticity[:, :, None, None]
    net = world.share / (1 + world.tariff)
    spending = np.swapaxes(world.spending, 1, 2)
    flow = net * spending[..., None]
    wages = np.broadcast_to(world.wages, (count, regions))
    cost = _costs(world, unit)
    by_sector = np.swapaxes(cost, 1, 2)
    mean = np.matmul(world.share, by_sector)
    sold = np.ascontiguousarray(np.swapaxes(net, 2, 3))
    turned = -theta * (flow.sum(axis=2)[..., None] * by_sector - np.matmul(np.swapaxes(flow, 2, 3), mean))
    levied = flow * world.tariff
    lost = (theta * (np.matmul(levied, by_sector) - levied.sum(axis=3)[..., None] * mean)).sum(axis=1)
    given = wages[:, :, None] * unit - lost
    output = _output(world, sold, turned, given, (net * world.tariff).sum(axis=3))
    demanded = (world.value_added[..., None] * output).sum(axis=2) / wages[:, :, None]
    part = wages / wages.sum(axis=1, keepdims=True)
    answer: Array = demanded - unit + part[:, None, :]
    return answer


def _costs(world: World, unit: Array) -> Array:
    """Return how log costs [future, region, sector] answer to each log wage [..., wage]."""
    technology = np.ascontiguousarray(np.swapaxes(world.technology, 2, 3))
    own = world.value_added[..., None] * unit[None, :, None, :]
    cost = own
    for _ in range(ITERATIONS):
        price = np.swapaxes(np.matmul(world.share, np.swapaxes(cost, 1, 2)), 1, 2)
        cost = np.matmul(technology, np.ascontiguousarray(price)) + own
    return cost


def _output(world: World, sold: Array, turned: Array, given: Array, duty: Array) -> Array:
    """Return how output [future, region, sector] answers to each log wage, income from duties among it."""
    output = np.swapaxes(turned, 1, 2)
    spending = np.zeros(output.shape)
    for _ in range(ITERATIONS):
        income = given + (duty[..., None] * np.swapaxes(spending, 1, 2)).sum(axis=1)
        bought = np.matmul(world.technology, np.ascontiguousarray(output))
        spending = bought + world.final[..., None] * income[:, :, None]
        output = np.swapaxes(np.matmul(sold, np.ascontiguousarray(np.swapaxes(spending, 1, 2))) + turned, 1, 2)
    return output
