"""Power systems small enough to be solved by hand: a few hours, a few plants, every number chosen."""

from types import SimpleNamespace

import numpy as np
import pytest

from morava.models.power.system import Budget, Build, Calendar, Generator, Link, Storage, System

UNSERVED_PRICE = 5000.0
OVER_PERIODS = ("capacity", "backward", "fixed_cost", "energy_limit", "charge_capacity", "discharge_capacity")
OVER_HOURS = ("availability", "charge_profile", "discharge_profile", "inflow")


def shaped(given):
    """Return the numbers of a record in the shapes that it wants: [period] or [period, hour]."""
    made = dict(given)
    for name, value in given.items():
        if name in (*OVER_PERIODS, "energy_capacity"):
            made[name] = np.atleast_1d(np.asarray(value, dtype=float))
        elif name in OVER_HOURS:
            made[name] = np.atleast_2d(np.asarray(value, dtype=float))
    return made


def calendar(hours, periods=(2030,), weights=None, repeats=(1.0,)):
    """Return so many hours, cut evenly into as many stretches as there are repeats."""
    return Calendar(
        periods=tuple(periods),
        weights=np.ones(len(periods)) if weights is None else np.asarray(weights, dtype=float),
        hours=np.arange(hours, dtype=np.int64),
        stretches=np.repeat(np.arange(len(repeats)), hours // len(repeats)).astype(np.int64),
        repeats=np.asarray(repeats, dtype=float),
    )


def build(annual_cost, limit=np.inf, total_limit=np.inf, lifetime=30.0, overnight_cost=0.0):
    over = (np.atleast_1d(np.asarray(value, dtype=float)) for value in (annual_cost, overnight_cost, limit))
    return Build(*over, total_limit=total_limit, lifetime=lifetime)


def generator(name, capacity, cost, **other):
    """Return a plant; its cost is a number, [hour] or [period, hour]."""
    given = {"zone": "nation", "technology": name, "availability": 1.0, "capacity": capacity} | other
    return Generator(name=name, cost=np.atleast_2d(np.asarray(cost, dtype=float)), **shaped(given))


def storage(name, power, energy, **other):
    given = {
        "zone": "nation", "technology": name, "charge_capacity": power, "discharge_capacity": power,
        "energy_capacity": energy, "efficiency_charge": 1.0, "efficiency_discharge": 1.0, "inflow": 0.0,
        "cycle": "year", "cost": 0.0,
    } | other  # fmt: skip
    given["cost"] = np.atleast_1d(np.asarray(given["cost"], dtype=float))
    return Storage(name=name, **shaped(given))


def link(name, from_zone, to_zone, capacity, backward=0.0, **other):
    return Link(name, from_zone, to_zone, **shaped({"capacity": capacity, "backward": backward} | other))


def system(demand, generators, storages=(), links=(), **other):
    """Return a system; demand is [hour] or [period, hour] of its one zone, or by zone."""
    by_zone = demand if isinstance(demand, dict) else {"nation": demand}
    by_zone = {zone: np.atleast_2d(np.asarray(values, dtype=float)) for zone, values in by_zone.items()}
    rows, hours = next(iter(by_zone.values())).shape
    given = {
        "calendar": calendar(hours, tuple(2030 + 5 * place for place in range(rows))),
        "unserved_price": UNSERVED_PRICE, "emission_limit": np.full(1, np.inf), "reserve_margin": np.nan,
        "reserve_price": 0.0,
    } | other  # fmt: skip
    return System(
        name="tiny", zones=tuple(by_zone), demand=by_zone, generators=tuple(generators), storages=tuple(storages),
        links=tuple(links), **given,
    )  # fmt: skip


def budget(amount, committed=0.0, first=2030, last=2050, binding=True):
    return Budget("purse", first, last, amount, committed, binding)


@pytest.fixture
def tiny():
    """Return the makers by name."""
    return SimpleNamespace(
        calendar=calendar, build=build, generator=generator, storage=storage, link=link, system=system, budget=budget,
        unserved_price=UNSERVED_PRICE,
    )  # fmt: skip
