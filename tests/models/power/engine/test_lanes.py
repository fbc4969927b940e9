"""Eight lanes compute what numpy computes, to the last bit."""

import numpy as np
import pytest

from morava.models.power.engine.lanes import LANES, larger, load, spread, store, where_positive
from morava.models.power.engine.room import compiled, most, total

SIZES = (1.0, 1e-300, 1e300, 5e-324)
SPECIAL = (0.0, -0.0, np.inf, -np.inf, np.nan, 1.0, -1.0, 2.0**-1074)


@compiled
def compute(left, right, third, out):
    """Fill what every operation makes of two, or three, numbers: [operation, group, lane]."""
    groups = left.size // 8
    for k in range(groups):
        a, b, c = load(left, k), load(right, k), load(third, k)
        store(out, k, a + b)
        store(out, groups + k, a - b)
        store(out, 2 * groups + k, a * b)
        store(out, 3 * groups + k, a / b)
        store(out, 4 * groups + k, larger(a, b))
        store(out, 5 * groups + k, where_positive(a, b, c))
        store(out, 6 * groups + k, a * b + c)
        store(out, 7 * groups + k, spread(left[k]))


@compiled
def gather(values, room, out):
    """Fill the sum and the largest of every group."""
    for k in range(values.size // 8):
        out[k, 0] = total(load(values, k), room)
        out[k, 1] = most(load(values, k), room)


def numbers(seed, groups=40):
    """Return numbers of all sizes, and those that are special, against each other."""
    random = np.random.default_rng(seed)
    drawn = random.normal(size=groups * LANES) * random.choice(SIZES, groups * LANES)
    left, right = (part.ravel() for part in np.meshgrid(SPECIAL, SPECIAL))
    return np.concatenate([drawn, left]), np.concatenate([random.permutation(drawn), right])


@pytest.mark.parametrize("seed", range(3))
def test_every_operation_is_that_of_numpy_to_the_last_bit(seed):
    left, right = numbers(seed)
    third = np.random.default_rng(seed + 10).normal(size=len(left))
    out = np.full(8 * len(left), -1.0)
    with np.errstate(all="ignore"):
        compute(left, right, third, out)
        wanted = [
            left + right, left - right, left * right, left / right, np.where(left > right, left, right),
            np.where(left > 0, right, third), left * right + third,
            np.repeat(left[: len(left) // LANES], LANES),
        ]  # fmt: skip
    for operation, (found, right_one) in enumerate(zip(out.reshape(8, -1), wanted, strict=True)):
        np.testing.assert_array_equal(np.isnan(found), np.isnan(right_one), err_msg=str(operation))
        known = ~np.isnan(right_one)
        assert found[known].tobytes() == right_one[known].tobytes(), operation


def test_lanes_are_summed_in_their_order():
    values = np.random.default_rng(4).normal(size=20 * LANES) * 10.0 ** np.random.default_rng(5).integers(
        -9, 9, 20 * LANES
    )
    out = np.zeros((20, 2))
    gather(values, np.zeros(LANES), out)
    for (found, largest), group in zip(out, values.reshape(-1, LANES), strict=True):
        wanted = 0.0
        for value in group:
            wanted += value
        assert found == wanted
        assert largest == group.max()


def test_lanes_are_read_and_written_where_they_are_asked_for():
    values = np.arange(3.0 * LANES)
    out = np.zeros(8 * len(values))
    compute(values, np.zeros_like(values), np.zeros_like(values), out)
    assert out[: len(values)].tolist() == values.tolist()
