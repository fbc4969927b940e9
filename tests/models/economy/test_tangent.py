import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.models.batches import total
from morava.models.economy.tangent import Tangent, ces_price, exponential, logarithm

seeds = st.integers(0, 2**32 - 1)


def bundle(seed, elasticity, items=3):
    random = np.random.default_rng(seed)
    share = random.dirichlet(np.ones(items), 4).T[:, None, :]
    price = random.normal(scale=0.5, size=(items, 1, 4))
    power = np.full((1, 4), 1 - elasticity)
    slopes = np.broadcast_to(np.eye(items)[:, None, None, :], (items, 1, 4, items))
    found = ces_price(power, [(s, Tangent(p, g)) for s, p, g in zip(share, price, slopes, strict=True)])
    return share, price, found


@given(seeds, st.floats(0, 8).filter(lambda e: abs(e - 1) > 0.01))
@settings(max_examples=50, deadline=None)
def test_price_is_that_of_the_formula(seed, elasticity):
    share, price, found = bundle(seed, elasticity)
    plain = (share * np.exp(price) ** (1 - elasticity)).sum(axis=0) ** (1 / (1 - elasticity))
    np.testing.assert_allclose(np.exp(found.value), plain, rtol=1e-11)


@given(seeds)
@settings(max_examples=25, deadline=None)
def test_limits_are_met_without_loss_of_digits(seed):
    share, price, found = bundle(seed, 1.0)
    np.testing.assert_allclose(found.value, (share * price).sum(axis=0), rtol=1e-13, atol=1e-15)
    for apart in (1e-6, 1e-9, 1e-12):
        near = bundle(seed, 1.0 + apart)[2]
        np.testing.assert_allclose(near.value, found.value, atol=2 * apart)
        np.testing.assert_allclose(near.slope, found.slope, atol=5 * apart)
    fixed = bundle(seed, 0.0)[2]
    np.testing.assert_allclose(np.exp(fixed.value), (share * np.exp(price)).sum(axis=0), rtol=1e-13)


@given(seeds, st.floats(0, 5))
@settings(max_examples=25, deadline=None)
def test_slopes_of_a_price_are_cost_shares(seed, elasticity):
    share, price, found = bundle(seed, elasticity)
    spent = share * np.exp((1 - elasticity) * price)
    expected = np.moveaxis(spent / spent.sum(axis=0), 0, -1)
    np.testing.assert_allclose(found.slope, expected, rtol=1e-10)
    np.testing.assert_allclose(found.slope.sum(axis=-1), 1.0, rtol=1e-10)


@pytest.mark.parametrize(
    "work",
    [
        lambda x, y: x * y + 2.0 * x - y / x,
        lambda x, y: exponential(x - y) * (1.0 - x),
        lambda x, y: logarithm(x + y * 3.0) / y,
        lambda x, y: -x + np.array([[2.0, 3.0]]) * y - np.array([[1.0, 4.0]]),
    ],
)
def test_slopes_are_those_of_differences(work):
    at, step = np.array([[1.3, 0.7], [0.4, 1.9]]), 1e-6

    def value(x, y):
        none = np.zeros((1, 2, 0))
        return work(Tangent(x[None], none), Tangent(y[None], none)).value

    eye = np.eye(4)
    x, y = Tangent(at[:1], eye[None, :2]), Tangent(at[1:], eye[None, 2:])
    slope = work(x, y).slope[0]
    for place in range(4):
        move = step * eye[place]
        ends = [value(at[0] + sign * move[:2], at[1] + sign * move[2:]) for sign in (1, -1)]
        np.testing.assert_allclose(slope[:, place], (ends[0] - ends[1])[0] / (2 * step), atol=1e-8)


def test_a_sum_has_the_same_bits_whatever_is_beside_it():
    values = np.random.default_rng(1).random((7, 50, 3))
    for place in range(7):
        np.testing.assert_array_equal(total(values, 1)[place], total(values[place : place + 1], 1)[0])
