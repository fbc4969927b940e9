import numpy as np
import pytest
from SALib.analyze import sobol as salib_analyze
from SALib.sample import sobol as salib_sample
from scipy import stats

from morava.errors import MoravaError
from morava.plans.draws import draw
from morava.plans.types import Distribution, Futures, Uncertainty
from morava.runs.sensitivity import first_order, total_effect

FIRST = np.array([0.313905, 0.442411, 0.0])
TOTAL = np.array([0.557589, 0.442411, 0.243684])


def ishigami(x):
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def points(seed, futures, factors=3):
    return np.random.default_rng(seed).uniform(-np.pi, np.pi, (futures, factors))


@pytest.mark.parametrize(("futures", "bias"), [(200, 0.02), (1000, 0.005), (4000, 0.005)])
def test_ishigami_without_bias_and_with_honest_errors(futures, bias):
    found = [first_order(x := points(seed, futures), ishigami(x)) for seed in range(300)]
    index = np.array([one.index for one in found])
    np.testing.assert_allclose(index.mean(axis=0), FIRST, atol=bias)
    error = np.mean([one.error for one in found], axis=0)
    np.testing.assert_allclose(index.std(axis=0)[:2], error[:2], rtol=0.25)
    # A factor without effect: the error may be stated too large, never too small.
    assert index.std(axis=0)[2] < error[2] < 2 * index.std(axis=0)[2] + 0.01
    names = np.array([one.significant for one in found])
    assert names[:, :2].all()
    assert not names[:, 2].any()


def test_ishigami_as_salib_has_it():
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[-np.pi, np.pi]] * 3}
    sample = salib_sample.sample(problem, 1024, calc_second_order=False, seed=1)
    known = salib_analyze.analyze(problem, ishigami(sample), calc_second_order=False, seed=1)
    ours = first_order(x := points(2, len(sample)), ishigami(x))
    reach = 4 * np.hypot(ours.error, known["S1_conf"] / 1.96)
    assert (np.abs(ours.index - known["S1"]) < reach).all()
    assert (reach < 0.15).all()


def test_total_effects_of_ishigami():
    base, anew = points(3, 8192), points(4, 8192)
    changed = np.empty((8192, 3))
    for factor in range(3):
        mixed = base.copy()
        mixed[:, factor] = anew[:, factor]
        changed[:, factor] = ishigami(mixed)
    index, error = total_effect(ishigami(base), changed)
    assert (np.abs(index - TOTAL) < 4 * error).all()
    assert (error < 0.02).all()


@pytest.mark.parametrize("share", [0.5, 0.1, 0.02])
def test_chance_names_no_factor(share):
    """40 calls, each of 100 factors of every kind with ten results: at most one call in twenty may name one."""
    wrong = 0
    for seed in range(40):
        random = np.random.default_rng(seed)
        inputs = random.random((400, 100))
        inputs[:, :20] = inputs[:, :20] < 0.1
        inputs[:, 20:30] = inputs[:, 20:30] < 0.02
        inputs[:, 30:40] = np.floor(4 * inputs[:, 30:40])
        results = (random.random((400, 10)) < share).astype(float)
        results[:, 0] = np.exp(3 * random.standard_normal(400))
        wrong += bool(first_order(inputs, results).significant.any())
    assert wrong <= 2


def test_the_false_names_come_as_often_as_declared_for_plain_results():
    wrong = [
        first_order(random.random((200, 10)), random.standard_normal(200), family_error=0.5).significant.any()
        for random in map(np.random.default_rng, range(300))
    ]
    # Bonferroni and the widening err on the safe side; but the threshold is no wall.
    assert 0.02 < np.mean(wrong) < 0.5


def test_a_two_sided_conflict_and_a_test_passed_or_not():
    random = np.random.default_rng(5)
    side, noise, other = random.random((3, 2000))
    side = (side < 0.3).astype(float)
    passed = (noise < np.where(side == 1, 0.9, 0.4)).astype(float)
    found = first_order(np.column_stack([side, noise, other]), passed)
    share = 0.3 * 0.9 + 0.7 * 0.4
    truth = 0.3 * 0.7 * 0.5**2 / (share * (1 - share))
    assert found.index[0] == pytest.approx(truth, abs=4 * found.error[0])
    assert found.significant.tolist() == [True, True, False]


def test_a_threshold_in_a_uniform_draw_is_found():
    x = np.random.default_rng(6).random((1000, 50))
    found = first_order(x, (x[:, 7] < 0.8).astype(float))
    assert found.significant.nonzero()[0].tolist() == [7]
    assert found.index[7] > 0.85


def test_a_passenger_is_not_named_for_its_driver():
    random = np.random.default_rng(7)
    driver = random.standard_normal(2000)
    passenger = 0.8 * driver + 0.6 * random.standard_normal(2000)
    partner = random.standard_normal(2000)
    found = first_order(np.column_stack([passenger, driver, partner]), driver + partner)
    assert found.index[0] > 0.25
    assert found.significant.tolist() == [False, True, True]


def test_sobol_columns_that_fill_their_square_badly_mislead_nobody():
    names = [f"u{column}" for column in range(30)]
    spread = Distribution("uniform", {"low": 0.0, "high": 1.0}, (), ())
    file = Futures(
        "f",
        0,
        {n: Uncertainty(n, n, c, (), spread, "", "", "", "1", {}, "", "", "") for c, n in enumerate(names)},
        {},
    )
    got = draw(file, 1, np.arange(1000), {}, {})
    inputs = np.column_stack([got[name].to_numpy() for name in names])
    found = first_order(inputs, np.column_stack([inputs, inputs < 0.3]))
    own = np.tile(np.eye(30, dtype=bool), 2)
    assert (found.index > found.threshold)[~own].any()
    np.testing.assert_array_equal(found.significant, own)


def test_order_and_scale_do_not_matter():
    x = points(8, 500, 4)
    y = ishigami(x)
    plain = first_order(x, y)
    other = first_order(np.exp(x), 1e6 - 3000 * y)
    np.testing.assert_allclose(other.index, plain.index, atol=1e-9)
    np.testing.assert_allclose(other.error, plain.error, atol=1e-9)
    mixed = np.random.default_rng(0).permutation(500)
    np.testing.assert_allclose(first_order(x[mixed], y[mixed]).index, plain.index, atol=1e-12)


def test_many_results_are_as_each_alone():
    x = points(9, 300, 5)
    results = np.column_stack([ishigami(x), ishigami(x) > 3, x[:, 4], np.full(300, 2.0)])
    together = first_order(x, results, comparisons=7)
    for column, result in enumerate(results.T):
        alone = first_order(x, result, comparisons=7)
        for field in ("index", "error", "threshold", "significant"):
            np.testing.assert_allclose(getattr(together, field)[:, column], getattr(alone, field), atol=1e-12)


def test_the_index_of_values_with_ties_is_the_correlation_ratio():
    random = np.random.default_rng(10)
    levels = random.choice([1.0, 2.0, 5.0, 9.0], size=900, p=[0.6, 0.2, 0.15, 0.05])
    y = np.sin(levels) + random.standard_normal(900)
    groups = [y[levels == level] for level in np.unique(levels)]
    f = stats.f_oneway(*groups).statistic
    explained = 3 * f / (3 * f + 896)
    assert first_order(levels[:, None], y).index[0] == pytest.approx(1 - (1 - explained) * 899 / 896, abs=1e-12)


@pytest.mark.parametrize("futures", [0, 1, 2, 19])
def test_few_futures_name_nothing_and_say_so(futures):
    found = first_order(np.arange(2.0 * futures).reshape(futures, 2), np.arange(float(futures)))
    assert not found.significant.any()
    assert np.isinf(found.error).all()


def test_what_does_not_move_explains_nothing():
    x = points(11, 100, 2)
    x[:, 0] = 4
    found = first_order(x, x[:, 1])
    assert (found.index[0], found.error[0], found.threshold[0]) == (0, 0, np.inf)
    assert not first_order(x, np.ones(100)).significant.any()


@pytest.mark.parametrize(
    ("inputs", "outputs", "what"),
    [
        (np.ones((5, 2)), np.ones(4), "do not fit"),
        (np.ones(5), np.ones(5), "do not fit"),
        (np.full((30, 1), np.nan), np.ones(30), "not finite"),
        (np.ones((30, 1)), np.full(30, np.inf), "not finite"),
    ],
)
def test_arrays_that_cannot_be_used_are_refused(inputs, outputs, what):
    with pytest.raises(MoravaError, match=what):
        first_order(inputs, outputs)
