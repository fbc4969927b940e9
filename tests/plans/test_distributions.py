import numpy as np
import pytest
from scipy import stats

from morava.errors import Problems
from morava.plans.distributions import check_distribution, check_weights, quantile
from morava.plans.types import Distribution

UNIFORM = (np.arange(100_000) + 0.5) / 100_000


def spread(kind, values=(), weights=(), **parameters):
    return Distribution(kind, parameters, tuple(values), tuple(weights))


@pytest.mark.parametrize(
    ("distribution", "known"),
    [
        (spread("uniform", low=-1, high=3), stats.uniform(-1, 4)),
        (spread("triangular", low=1, mode=2, high=5), stats.triang(0.25, 1, 4)),
        (spread("triangular", low=1, mode=1, high=5), stats.triang(0.0, 1, 4)),
        (spread("triangular", low=1, mode=5, high=5), stats.triang(1.0, 1, 4)),
        (spread("normal", mean=2, sd=0.5), stats.norm(2, 0.5)),
        (spread("lognormal", median=3, sigma=0.4), stats.lognorm(0.4, scale=3)),
    ],
)
def test_quantiles_are_those_of_scipy(distribution, known):
    u = np.array([2.0**-53, 1e-9, 0.001, 0.1, 0.25, 0.5, 0.9, 0.999, 1 - 2.0**-53])
    np.testing.assert_allclose(quantile(distribution, u), known.ppf(u), rtol=1e-9)


def test_a_lognormal_of_two_halves_goes_through_its_three_quantiles():
    distribution = spread("lognormal", p10=1.1, p50=1.4, p90=3.0)
    np.testing.assert_allclose(quantile(distribution, np.array([0.1, 0.5, 0.9])), [1.1, 1.4, 3.0], rtol=1e-12)
    same = spread("lognormal", p10=2 * np.exp(-stats.norm.ppf(0.9)), p50=2, p90=2 * np.exp(stats.norm.ppf(0.9)))
    plain = quantile(spread("lognormal", median=2, sigma=1), UNIFORM)
    np.testing.assert_allclose(quantile(same, UNIFORM), plain, rtol=1e-12)


def test_discrete_values_come_in_their_weights():
    got = quantile(spread("discrete", values=[10, 20, 30], weights=[0.2, 0.5, 0.3]), UNIFORM)
    assert [float((got == value).mean()) for value in (10, 20, 30)] == pytest.approx([0.2, 0.5, 0.3], abs=1e-5)


def test_a_conflict_gives_the_index_of_its_side():
    got = quantile(spread("conflict"), UNIFORM, weights=(0.25, 0.0, 0.75))
    assert [float((got == side).mean()) for side in (0, 1, 2)] == pytest.approx([0.25, 0, 0.75], abs=1e-5)
    assert got.dtype == np.float64


def test_empirical_values_are_interpolated_and_never_left():
    got = quantile(spread("empirical", values=[5, 1, 3]), np.array([2.0**-53, 0.25, 0.5, 0.75, 1 - 2.0**-53]))
    np.testing.assert_allclose(got, [1, 2, 3, 4, 5], atol=1e-12)
    assert quantile(spread("empirical", values=[7]), UNIFORM[:3]).tolist() == [7, 7, 7]


@pytest.mark.parametrize(
    ("distribution", "what"),
    [
        (spread("gaussian", mean=0, sd=1), "unknown"),
        (spread("normal", mean=0), "has parameters mean"),
        (spread("normal", mean=0, sd=0), "sd > 0"),
        (spread("normal", mean=float("nan"), sd=1), "not a finite number"),
        (spread("uniform", low=1, high=1), "low < high"),
        (spread("triangular", low=0, mode=3, high=2), "low <= mode"),
        (spread("lognormal", median=-1, sigma=1), "median > 0"),
        (spread("lognormal", p10=1, p50=3, p90=2), "p10 <= p50"),
        (spread("lognormal", median=1, p50=1), "has parameters"),
        (spread("discrete", values=[1, 2], weights=[1]), "1 weights for 2"),
        (spread("discrete", values=[1, 2], weights=[0.5, 0.6]), "sum to 1.1"),
        (spread("discrete", values=[1, 2], weights=[-0.5, 1.5]), "sum to 1"),
        (spread("discrete"), "0 weights for 0"),
        (spread("empirical"), "no values"),
        (spread("uniform", values=[1], low=0, high=1), "has values"),
        (spread("empirical", values=[1], weights=[1]), "has weights"),
    ],
)
def test_what_is_wrong_is_said(distribution, what):
    problems = Problems()
    check_distribution(distribution, "futures f, uncertainty u", problems)
    assert len(problems) == 1
    with pytest.raises(Exception, match=what):
        problems.raise_if_any()


def test_nothing_is_said_against_what_is_right():
    problems = Problems()
    for distribution in (
        spread("uniform", low=0, high=1),
        spread("lognormal", p10=1, p50=1, p90=2),
        spread("discrete", values=[1, 2, 3], weights=[0.1, 0.2, 0.7]),
        spread("empirical", values=[3]),
        spread("conflict"),
    ):
        check_distribution(distribution, "here", problems)
    check_weights((1 / 3, 1 / 3, 1 / 3), 3, "here", problems)
    assert len(problems) == 0
