import numpy as np
import pytest
from scipy import stats
from scipy.stats import qmc

from morava.errors import MoravaError
from morava.plans.draws import _open_uniform, _philox, _sobol, draw
from morava.plans.types import Conflict, Distribution, Futures, Uncertainty

NORMAL = Distribution("normal", {"mean": 0.0, "sd": 1.0}, (), ())
UNIFORM = Distribution("uniform", {"low": 0.0, "high": 1.0}, (), ())
CONFLICT = Distribution("conflict", {}, (), ())
SIDES = Conflict("price", "a price", (("a",), ("b",)), "genuine", (0.25, 0.75), None, "both are drawn")


def uncertain(name, column=None, each=(), distribution=UNIFORM, conflict="", unit="1"):
    return Uncertainty(
        name, name, column, tuple(each), distribution, conflict, "", "", unit, {}, "assumed", "analyst", ""
    )


def futures(*uncertainties, correlations=None):
    return Futures("default", 1, {u.name: u for u in uncertainties}, correlations or {})


def test_arrays_carry_futures_labels_and_unit():
    file = futures(
        uncertain("a", 0, unit="MW"),
        uncertain("b", each=("stage", "attempt")),
        uncertain("c", 1, (), CONFLICT, "price"),
    )
    got = draw(file, 7, np.array([4, 2]), {"stage": ["x/y", "x/z"], "attempt": range(3)}, {"price": SIDES})
    assert list(got) == ["a", "b", "c"]
    assert got["a"].dims == ("future",)
    assert got["a"].attrs["unit"] == "MW"
    assert got["b"].dims == ("future", "stage", "attempt")
    assert got["b"].coords["future"].to_numpy().tolist() == [4, 2]
    assert got["b"].coords["stage"].to_numpy().tolist() == ["x/y", "x/z"]
    assert set(got["c"].to_numpy()) <= {0.0, 1.0}


def test_no_futures_and_no_labels_give_empty_arrays():
    file = futures(uncertain("a", 0), uncertain("b", each=("stage",)))
    got = draw(file, 7, np.array([], dtype=int), {"stage": ["x"]}, {})
    assert (got["a"].shape, got["b"].shape) == ((0,), (0, 1))
    assert draw(file, 7, np.arange(3), {"stage": []}, {})["b"].shape == (3, 0)
    assert draw(futures(), 7, np.arange(3), {}, {}) == {}


def test_columns_are_those_of_the_sobol_sequence_however_many_there_are():
    reference = qmc.Sobol(150, scramble=False).random(2048)
    for columns in ([0], [0, 1, 2], [5, 31], [32, 149], list(range(150))):
        words = _sobol(columns, np.arange(2048, dtype=np.uint64))
        np.testing.assert_array_equal(words / 2.0**64, reference[:, columns])
    last = _sobol([0, 40], np.array([2**20 - 1], dtype=np.uint64)) / 2.0**64
    sequence = qmc.Sobol(41, scramble=False).fast_forward(2**20 - 1)
    np.testing.assert_array_equal(last[0], sequence.random(1)[0, [0, 40]])


def test_a_shift_moves_a_column_round_and_nothing_else():
    file = futures(uncertain("a", 3), uncertain("b", 4))
    got = draw(file, 7, np.arange(512), {}, {})
    plain = _sobol([3, 4], np.arange(512, dtype=np.uint64)) / 2.0**64
    for place, name in enumerate("ab"):
        turned = (got[name].to_numpy() - plain[:, place]) % 1
        np.testing.assert_allclose(turned, turned[0], atol=1e-12)
    assert not np.isclose(got["a"][0], got["b"][0])


def test_a_future_takes_the_first_word_of_its_philox_counter():
    key = np.array([11, 12], dtype=np.uint64)
    words = _philox(key, 5, 7)
    for k, word in zip((5, 6, 7), words, strict=True):
        assert np.random.Philox(key=key, counter=k).random_raw() == word


def test_uniform_numbers_stay_inside():
    ends = _open_uniform(np.array([0, 2**64 - 1], dtype=np.uint64))
    assert ends.tolist() == [2.0**-53, 1 - 2.0**-53]


def test_columns_fill_space_more_evenly_than_chance():
    names = [f"u{column}" for column in range(8)]
    file = futures(*(uncertain(name, column) for column, name in enumerate(names)))
    for seed in range(3):
        got = draw(file, seed, np.arange(1024), {}, {})
        points = np.column_stack([got[name].to_numpy() for name in names])
        chance = np.random.default_rng(seed).random(points.shape)
        assert qmc.discrepancy(points, method="CD") < 0.5 * qmc.discrepancy(chance, method="CD")


def test_streams_look_random_within_and_between_labels():
    labels = [f"s{place}" for place in range(100)]
    single, pooled, between, following = [], [], [], []
    for seed in range(20):
        file = futures(uncertain("a", each=("stage",)))
        got = draw(file, seed, np.arange(1000), {"stage": labels}, {})["a"].to_numpy()
        pooled.append(stats.kstest(got.ravel(), "uniform").pvalue)
        single += [stats.kstest(column, "uniform").pvalue for column in got.T]
        between += np.corrcoef(got.T)[np.triu_indices(100, 1)].tolist()
        following += [np.corrcoef(column[:-1], column[1:])[0, 1] for column in got.T]
    assert stats.kstest(single, "uniform").pvalue > 0.001
    assert stats.kstest(pooled, "uniform").pvalue > 0.001
    for correlations in (between, following):
        assert np.std(correlations) == pytest.approx(1 / np.sqrt(1000), rel=0.05)
        assert np.abs(correlations).max() < 6 / np.sqrt(1000)


def test_marginals_are_right():
    cost = Distribution("lognormal", {"p10": 0.9, "p50": 1.2, "p90": 2.5}, (), ())
    file = futures(
        uncertain("sobol", 6, distribution=cost),
        uncertain("stream", each=("stage",), distribution=cost),
        uncertain("side", 2, distribution=CONFLICT, conflict="price"),
    )
    got = draw(file, 5, np.arange(4096), {"stage": ["x"]}, {"price": SIDES})
    for name, error in (("sobol", 0.01), ("stream", 0.06)):
        np.testing.assert_allclose(np.quantile(got[name], [0.1, 0.5, 0.9]), [0.9, 1.2, 2.5], rtol=error)
    assert float(got["side"].mean()) == pytest.approx(0.75, abs=0.001)


@pytest.mark.parametrize("rank", [-0.8, -0.2, 0.5, 0.9])
def test_rank_correlations_are_as_asked_and_marginals_stay(rank):
    cost = Distribution("lognormal", {"median": 2.0, "sigma": 1.0}, (), ())
    file = futures(
        uncertain("a", 0, distribution=NORMAL),
        uncertain("b", 3, distribution=cost),
        uncertain("c", 1),
        correlations={("b", "a"): rank, ("a", "c"): 0.3},
    )
    got = draw(file, 9, np.arange(4096), {}, {})
    for pair, asked in ((("a", "b"), rank), (("a", "c"), 0.3), (("b", "c"), None)):
        found = stats.spearmanr(got[pair[0]], got[pair[1]]).statistic
        assert asked is None or found == pytest.approx(asked, abs=0.01)
    assert stats.kstest(np.log(got["b"] / 2), "norm").statistic < 0.02


def test_everything_that_is_wrong_is_said_at_once():
    file = futures(
        uncertain("none"),
        uncertain("both", 0, ("stage",)),
        uncertain("first", 1),
        uncertain("second", 1),
        uncertain("places", each=("zone",)),
        uncertain("twice", each=("attempt",)),
        uncertain("lost", 2, distribution=CONFLICT, conflict="unknown"),
        uncertain("settled", 3, distribution=CONFLICT, conflict="settled"),
        uncertain("mixed", 4, conflict="price"),
        uncertain("beyond", 10**6),
        uncertain("wide", 5, distribution=Distribution("normal", {"mean": 0.0, "sd": -1.0}, (), ())),
        correlations={("first", "twice"): 0.5, ("first", "wide"): 1.0, ("a", "first"): 0.1},
    )
    settled = Conflict("settled", "a unit", (("a",), ("b",)), "unit error", (), 0, "a misprint")
    with pytest.raises(MoravaError) as raised:
        draw(file, 1, np.arange(2), {"stage": [], "attempt": [1, "1"]}, {"price": SIDES, "settled": settled})
    said = str(raised.value)
    for what in (
        "none needs a column, or each",
        "both needs a column, or each",
        "column 1 belongs to first",
        "no labels for zone",
        "the same label twice on attempt",
        "there is no conflict 'unknown'",
        "conflict settled is of kind unit error",
        "0 weights for 2",
        "mixed draws a conflict and a distribution",
        "column 1000000 does not exist",
        "sd > 0",
        "twice has no column",
        "rank correlation 1.0",
        "a has no column",
    ):
        assert what in said


def test_correlations_that_contradict_each_other_are_refused():
    pairs = {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): -0.9}
    file = futures(*(uncertain(name, column) for column, name in enumerate("abc")), correlations=pairs)
    with pytest.raises(MoravaError, match="of c contradict those of a, b"):
        draw(file, 1, np.arange(4), {}, {})


@pytest.mark.parametrize("ks", [np.array([-1]), np.array([2**20]), np.array([0.5]), np.array([[1]])])
def test_futures_that_do_not_exist_are_refused(ks):
    with pytest.raises(MoravaError, match="future"):
        draw(futures(uncertain("a", 0)), 1, ks, {}, {})
