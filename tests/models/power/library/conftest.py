"""Futures of one small system of ten days and two periods, with all kinds of storage, and a library of some of them."""

from types import SimpleNamespace

import numpy as np
import pytest

from morava.models.power.build import build_program
from morava.models.power.library import Library, make_entry
from morava.models.power.program import solve_program
from morava.models.power.system import Budget, Build, Calendar, Generator, Storage, System

HOURS = 240
PERIODS = (2030, 2035)


def _build(annual, limit, total):
    return Build(
        annual_cost=np.array(annual), overnight_cost=np.array([9e5, 8e5]), limit=np.array(limit), total_limit=total,
        lifetime=25.0,
    )  # fmt: skip


def make_future(number, **other):
    """Return a future: fuel, imports, demand and costs of building are drawn, weather is the same in all."""
    drawn, weather = np.random.default_rng(number), np.random.default_rng(99)
    hour = np.arange(HOURS)
    sun = np.clip(np.sin((hour % 24 - 6) / 12 * np.pi), 0, None) * np.repeat(weather.uniform(0.4, 1, HOURS // 24), 24)
    load = 3000 + 900 * np.sin((hour % 24 - 9) / 12 * np.pi) + weather.normal(0, 120, HOURS)
    inflow = np.clip(weather.normal(150, 60, HOURS), 0, None)
    growth = drawn.uniform(0.95, 1.1) * np.array([[1.0], [1.08]])
    fuel, foreign = drawn.uniform(45, 65), drawn.uniform(80, 120)
    abroad = foreign + 25 * np.sin((hour % 24 - 8) / 12 * np.pi) + weather.normal(0, 8, HOURS)

    def one(name, capacity, cost, **more):
        given = {"availability": np.ones((1, 1)), "cost": np.atleast_2d(np.asarray(cost, dtype=float))} | more
        return Generator(name=name, zone="nation", technology=name, capacity=np.full(2, float(capacity)), **given)

    def keep(name, cycle, power, hours, **more):
        given = {
            "efficiency_charge": 0.9, "efficiency_discharge": 0.95, "inflow": np.zeros((1, 1)), "cost": np.zeros(1),
            "charge_capacity": np.full(2, float(power)),
        } | more  # fmt: skip
        return Storage(
            name=name, zone="nation", technology=name, cycle=cycle, discharge_capacity=np.full(2, float(power)),
            energy_capacity=np.full(2, power * hours), **given,
        )  # fmt: skip

    given = {
        "generators": (
            one("coal", 1800, fuel, minimum=0.4, ramp=0.3, fixed_cost=np.full(1, 4e4), emission=1.1),
            one("gas", 400, 2 * fuel, build=_build([500.0, 500.0], [500.0, 500.0], 900.0), minimum=0.1),
            one(
                "solar", 300, 0.0, availability=sun[None, :],
                build=_build(drawn.uniform(450, 700, 2), [800.0, 900.0], 1500.0),
            ),
            one("import", 900, abroad),
            one("export", 500, -(abroad - 12), sign=-1),
        ),
        "storages": (
            keep("battery", "day", 50, 4.0, build=_build([300.0, 200.0], [300.0, 300.0], 500.0), build_hours=4.0),
            keep("pumped", "year", 300, 40.0),
            keep("lake", "year", 350, 60.0, inflow=inflow[None, :], charge_capacity=np.zeros(2)),
            keep("heat", "open", 40, 6.0, standing_loss=0.01, initial_level=np.full(1, 60.0)),
        ),
        "budgets": (Budget("purse", 2030, 2036, 1.2e9, 0.0, True),),
        "emission_limit": np.full(1, np.inf), "reserve_margin": 0.1,
    } | other  # fmt: skip
    return System(
        name=f"future {number}",
        calendar=Calendar(
            PERIODS, np.array([1.0, 0.7]), np.arange(HOURS, dtype=np.int64), np.zeros(HOURS, dtype=np.int64), np.ones(1)
        ),
        zones=("nation",), demand={"nation": growth * load}, links=(), unserved_price=5000.0, reserve_price=900.0,
        **given,
    )  # fmt: skip


def solve_future(system):
    """Return the program of a future, its layout and its answer by HiGHS."""
    program, layout = build_program(system)
    return program, layout, solve_program(program)


@pytest.fixture(scope="session")
def futures():
    """Return the makers by name."""
    return SimpleNamespace(make=make_future, solve=solve_future)


@pytest.fixture(scope="session")
def library():
    """Return a library of four futures."""
    systems = [make_future(number) for number in range(4)]
    return Library(tuple(make_entry(system, *solve_future(system)) for system in systems))
