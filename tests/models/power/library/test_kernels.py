"""Schedules are made to fit, and polished, without breaking what a storage can do."""

import numpy as np
import pytest

from morava.models.power.library.merit import dispatch, merit_order, worth
from morava.models.power.library.polishing import merit_curves, polish
from morava.models.power.library.simulating import simulate

HOURS = 96
INTO, OUT = 0.9, 0.8


def levels(start, charge, discharge, spill, inflow, kept):
    here, found = start, []
    for hour in range(len(charge)):
        here = kept * here + inflow[hour] + INTO * charge[hour] - discharge[hour] / OUT - spill[hour]
        found.append(here)
    return np.array(found)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(("length", "start", "kept"), [(24, -1.0, 1.0), (HOURS, -1.0, 1.0), (HOURS, 0.3, 0.98)])
def test_a_wish_is_clipped_to_what_can_be(seed, length, start, kept):
    drawn = np.random.default_rng(seed)
    inflow = drawn.uniform(0, 0.1, HOURS) * (seed % 2)
    charge, discharge = drawn.uniform(-0.2, 1.2, HOURS), drawn.uniform(-0.2, 0.9, HOURS)
    level, spill = drawn.uniform(0, 3, HOURS), np.zeros(HOURS)
    most = [np.full(HOURS, size) for size in (1.0, 0.8, 4.0)]
    fits = simulate(
        charge, discharge, level, spill, *most, np.full(HOURS, np.inf if seed % 2 else 0.0), inflow, kept, INTO, OUT,
        length, start,
    )  # fmt: skip
    assert fits
    for values, limit in zip((charge, discharge, level), most, strict=True):
        assert (values >= -1e-9).all()
        assert (values <= limit + 1e-9).all()
    assert (spill >= 0).all()
    for first in range(0, HOURS, length):
        part = slice(first, first + length)
        begin = start if start >= 0 else level[part][-1]
        again = levels(begin, charge[part], discharge[part], spill[part], inflow[part], kept)
        assert np.allclose(again, level[part], atol=1e-8)


def test_a_level_that_cannot_be_is_refused():
    drain = np.full(24, -0.1)  # what flows out, whatever the storage does
    rooms = [np.full(24, size) for size in (0.0, 1.0, 4.0, 0.0)]
    flows = [np.zeros(24) for _ in range(4)]
    assert not simulate(*flows, *rooms, drain, 1.0, 1.0, 1.0, 24, -1.0)


def make_market(seed):
    """Return the arrays of six offers that are not built, and a demand that they meet."""
    drawn = np.random.default_rng(seed)
    price, high = drawn.uniform(1, 9, (HOURS, 6)), drawn.uniform(0.5, 2, (HOURS, 6))
    rates = (np.full(6, -1, dtype=np.int64), np.zeros((HOURS, 1)), np.zeros(6), np.zeros(6))
    return price, 0.1 * high, high, rates, drawn.uniform(1.2, 2.5, HOURS)


@pytest.mark.parametrize("seed", range(5))
def test_merit_order_is_worth_what_it_costs(seed):
    price, low, high, rates, demand = make_market(seed)
    balance, again, output = np.empty(HOURS), np.empty(HOURS), np.empty((HOURS, 6))
    merit_order(price, low, high, *rates, np.zeros(6), demand, 6, balance)
    free = np.full(6, np.inf)
    assert dispatch(price, low, high, *rates, np.zeros(6), demand, 6, free, output, again) == 0.0
    assert np.array_equal(balance, again)
    assert np.allclose(output.sum(axis=1), demand)
    found = worth(price, low, high, *rates, demand, 6, balance, np.empty(6))
    assert found == pytest.approx((output * price).sum())


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("window", [24, HOURS])
def test_polishing_brings_what_it_says(seed, window):
    price, low, high, rates, demand = make_market(seed)
    steps, until = np.empty((HOURS, 6)), np.empty((HOURS, 6))
    merit_curves(price, low, high, *rates, np.zeros(6), 6, steps, until)
    most = [np.full(HOURS, size) for size in (0.3, 0.3, 1.0)]
    charge, discharge, spill = (np.zeros(HOURS) for _ in range(3))
    inflow = np.full(HOURS, 0.02)
    spill[:] = inflow
    level = np.full(HOURS, 0.5)
    load = demand.copy()

    def cost():
        output, balance = np.empty((HOURS, 6)), np.empty(HOURS)
        given = demand + charge - discharge
        assert dispatch(price, low, high, *rates, np.zeros(6), given, 6, np.full(6, np.inf), output, balance) < 1e-9
        return (output * price).sum()

    before = cost()
    gained = polish(
        load, steps, until, charge, discharge, level, spill, *most, np.zeros(HOURS), INTO, OUT, window, 1000
    )
    assert gained > 1
    assert before - cost() == pytest.approx(gained)
    assert np.allclose(load, demand + charge - discharge)
    assert np.allclose(levels(level[-1], charge, discharge, spill, inflow, 1.0), level)
    for values, limit in zip((charge, discharge, level), most, strict=True):
        assert (values >= -1e-9).all()
        assert (values <= limit + 1e-9).all()
