import numpy as np
import pytest
from scipy import stats

from morava.errors import MoravaError
from morava.runs.intervals import wilson

Z = float(stats.norm.ppf(0.975))


@pytest.mark.parametrize(("successes", "n"), [(0, 1), (1, 1), (0, 100), (7, 10), (499, 1000), (1000, 1000)])
def test_the_interval_is_that_of_scipy(successes, n):
    known = stats.binomtest(successes, n).proportion_ci(0.95, method="wilson")
    assert wilson(successes, n, Z) == pytest.approx((known.low, known.high), abs=1e-12)


def test_the_interval_covers_the_truth_as_often_as_it_says():
    n, truth = 200, 0.83
    inside = [low <= truth <= high for low, high in (wilson(k, n, Z) for k in range(n + 1))]
    assert float(stats.binom.pmf(np.arange(n + 1), n, truth)[inside].sum()) == pytest.approx(0.95, abs=0.01)


def test_none_and_all_reach_the_ends():
    assert wilson(0, 50, Z)[0] == 0
    assert wilson(50, 50, Z)[1] == 1


@pytest.mark.parametrize(("successes", "n"), [(0, 0), (-1, 10), (11, 10)])
def test_what_is_no_share_is_refused(successes, n):
    with pytest.raises(MoravaError, match="is no share"):
        wilson(successes, n, Z)
