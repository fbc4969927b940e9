"""Random worlds of trade that are equilibria by one linear system, and random changes of them."""

import numpy as np
import pytest

from morava.models.trade.equilibrium import Shock
from morava.models.trade.world import calibrate

KINDS = ("tariff", "cost", "productivity", "labour", "deficit")


def table_of_world(seed, regions, sectors, duty=0.3, deficit=0.1, inputs=0.6, scale=1000.0):
    """Return flow, technology, duties and theta of an equilibrium: spending that pays for itself.

    Spending X of all regions and sectors solves X = A Y + alpha (v Y + duties of X + D); output Y follows by shares.
    """
    random = np.random.default_rng(seed)
    home = np.arange(regions)
    share = random.random((regions, regions, sectors)) * (random.random((regions, regions, sectors)) < 0.9)
    # Everybody buys of the next one: regions that do not trade would leave more than one equation open.
    share[home, (home + 1) % regions] += 0.3
    share[home, home] = random.uniform(1, 3, (regions, sectors))
    share /= share.sum(axis=1, keepdims=True)
    tariff = random.uniform(0, duty, share.shape)
    tariff[home, home] = 0.0
    technology = random.random((regions, sectors, sectors)) + 0.1
    technology *= random.uniform(0.1, 1, (regions, 1, sectors)) * inputs / technology.sum(axis=1, keepdims=True)
    final = random.random((regions, sectors)) + 0.2
    final /= final.sum(axis=1, keepdims=True)
    borrowed = random.uniform(-1, 1, regions)
    borrowed = (borrowed - borrowed.mean()) * deficit * scale / regions / 4
    net = share / (1 + tariff)
    size = regions * sectors
    sold = np.zeros((regions, sectors, regions, sectors))
    levied = np.zeros((regions, regions, sectors))
    for n, i, j in np.ndindex(regions, regions, sectors):
        sold[i, j, n, j] = net[n, i, j]
        levied[n, n, j] += net[n, i, j] * tariff[n, i, j]
    earned = (1 - technology.sum(axis=1))[:, :, None, None] * sold
    bought = np.einsum("nkj,njml->nkml", technology, sold)
    bought += final[:, :, None, None] * (earned.sum(axis=1) + levied)[:, None]
    system = np.eye(size) - bought.reshape(size, size)
    given = (final * borrowed[:, None]).ravel()
    # By the law of Walras one equation follows from the others; the world's spending takes its place.
    system[0], given[0] = 1.0, scale
    spending = np.linalg.solve(system, given).reshape(regions, sectors)
    elasticity = random.uniform(1.5, 9, sectors)
    return net * spending[:, None], technology, tariff, elasticity


def world_of(table):
    flow, technology, tariff, elasticity = table
    regions = tuple(f"region {n}" for n in range(flow.shape[0]))
    sectors = tuple(f"sector {j}" for j in range(flow.shape[2]))
    return calibrate(regions, sectors, flow[None], technology[None], tariff[None], elasticity[None], "the test")


def shock_of(world, seed, size=1.0, futures=1, kinds=KINDS):
    """Return changes of the kinds named, each a random direction times a size; the others change nothing."""
    random = np.random.default_rng(seed)
    regions, sectors = len(world.regions), len(world.sectors)
    many, home = (futures, sectors, regions, regions), np.eye(regions, dtype=bool)

    def part(kind, values):
        return size * values * (kind in kinds)

    duties = np.where(home, 0.0, random.random(many))
    borrowed = random.uniform(-1, 1, (futures, regions))
    borrowed = (borrowed - borrowed.mean(axis=1, keepdims=True)) * 0.1 * world.wages.min()
    return Shock(
        tariff=world.tariff + part("tariff", 0.3 * duties),
        cost=np.exp(part("cost", 0.2 * random.uniform(-1, 1, many))),
        productivity=np.exp(part("productivity", 0.2 * random.uniform(-1, 1, (futures, regions, sectors)))),
        labour=np.exp(part("labour", 0.3 * random.uniform(-1, 1, (futures, regions)))),
        deficit=world.deficit + part("deficit", borrowed),
    )


@pytest.fixture(scope="session")
def make_table():
    return table_of_world


@pytest.fixture(scope="session")
def make_world():
    def made(*shape, **more):
        return world_of(table_of_world(*shape, **more))

    return made


@pytest.fixture(scope="session")
def make_shock():
    return shock_of
