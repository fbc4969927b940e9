from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.models.schedule.slips import pool_slips

SERIES = ["a", "a", "a", "b", "b", "c", "c", "c", "c", "d", "d", "e", "e"]
SAID = np.array([2015, 2017, 2020, 2018, 2024.5, 2019, 2020, 2022, 2023, 2016, 2021, 2022.0, 2023.5])
DATE = np.array([2019, 2020, 2021.5, 2021, 2026, 2024, 2026, 2026, 2027, 2020, 2022, 2026.0, 2029.0])


def test_a_rate_that_holds_exactly_is_found_exactly() -> None:
    levels = {"a": 4.0, "b": 9.0, "c": 1.0, "d": 0.0, "e": 30.0}
    date = 0.7 * (SAID - 2015) + np.array([levels[name] for name in SERIES]) + 2015
    found = pool_slips(SAID, date, SERIES)
    assert found.estimate == pytest.approx(0.7, rel=1e-12)
    assert found.error == pytest.approx(0, abs=1e-10)


def test_two_rows_a_series_by_hand() -> None:
    """Slopes 0.5 over two years and 2 over one year: weights 2 and 0.5 (half the squared span)."""
    found = pool_slips(np.array([0.0, 2, 0, 1]), np.array([5.0, 6, 7, 9]), ["a", "a", "b", "b"])
    slope = (2 * 0.5 + 0.5 * 2) / 2.5
    assert found.estimate == pytest.approx(slope)
    score = 2 * (0.5 - slope)
    robust = abs(score) * np.sqrt(1 / 0.2 + 1 / 0.8) / 2.5
    assert found.robust_error == pytest.approx(robust)
    assert found.effective_series == pytest.approx(1 / (0.8**2 + 0.2**2))


def test_the_way_to_the_end_gives_back_the_time_that_it_took() -> None:
    """First promise R years ahead, reached after T: with the slope between the two rows R / (1 - r) is T."""
    found = pool_slips(np.array([2018.0, 2025, 2017, 2027]), np.array([2021.0, 2025, 2020, 2027]), ["a", "a", "b", "b"])
    slope_a = (2025 - 2021) / (2025 - 2018)
    slope_b = (2027 - 2020) / (2027 - 2017)
    assert 3 / (1 - slope_a) == pytest.approx(7)
    assert 3 / (1 - slope_b) == pytest.approx(10)
    assert slope_a < found.estimate < slope_b


def test_rows_that_say_nothing_are_left_out_and_counted() -> None:
    whole = pool_slips(SAID, DATE, SERIES)
    said = np.concatenate([SAID, [2020.0, 2021.0, 2021.0]])
    date = np.concatenate([DATE, [2030.0, 2035.0, 2036.0]])
    found = pool_slips(said, date, [*SERIES, "alone", "same day", "same day"])
    assert (whole.dropped, found.dropped) == (0, 3)
    assert (found.series, found.estimate, found.error) == (5, whole.estimate, whole.error)


@pytest.mark.parametrize("rows", [[], [0, 3, 5], [0, 1, 2, 3]])
def test_a_ledger_that_cannot_tell_is_refused(rows: list[int]) -> None:
    with pytest.raises(MoravaError, match="at least two milestones"):
        pool_slips(SAID[rows], DATE[rows], [SERIES[row] for row in rows])


def by_matrices(said: Any, date: Any, series: list[str]) -> tuple[float, float, float]:
    """Return slope, CR2 error and Satterthwaite degrees of freedom the long way: dummies, hat matrices, roots."""
    names = sorted(set(series))
    dummies = np.array([[float(name == other) for other in names] for name in series])
    x = np.column_stack([said - 2020, dummies])
    y = date - 2020
    bread = np.linalg.inv(x.T @ x)
    hat = x @ bread @ x.T
    rest = np.eye(len(y)) - hat
    residual = rest @ y
    picks = [np.array([row for row, other in enumerate(series) if other == name]) for name in names]
    columns = []
    meat = np.zeros((x.shape[1], x.shape[1]))
    for own in picks:
        values, vectors = np.linalg.eigh(np.eye(len(own)) - hat[np.ix_(own, own)])
        # The own intercept uses up one direction of each series: the root is a pseudo-inverse there.
        root = vectors @ np.diag([v**-0.5 if v > 1e-9 else 0.0 for v in values]) @ vectors.T
        weighted = x[own].T @ root
        score = weighted @ residual[own]
        meat += np.outer(score, score)
        columns.append(rest[:, own] @ root @ x[own] @ bread[:, 0])
    stacked = np.column_stack(columns)
    inner = stacked.T @ stacked
    eigen = np.linalg.eigvalsh(inner)
    return (bread @ x.T @ y)[0], np.sqrt((bread @ meat @ bread)[0, 0]), eigen.sum() ** 2 / (eigen**2).sum()


def test_the_short_form_is_the_bias_reduced_clustered_error() -> None:
    slope, error, freedom = by_matrices(SAID, DATE, SERIES)
    found = pool_slips(SAID, DATE, SERIES)
    assert found.estimate == pytest.approx(slope, rel=1e-9)
    assert found.robust_error == pytest.approx(error, rel=1e-9)
    assert found.degrees_of_freedom == pytest.approx(freedom, rel=1e-9)
    assert found.error > found.robust_error


def test_equal_series_have_one_degree_of_freedom_less_than_series() -> None:
    found = pool_slips(np.tile([0.0, 3.0], 6), np.arange(12.0) ** 2, [name for name in "abcdef" for _ in range(2)])
    assert found.degrees_of_freedom == pytest.approx(5)
    assert found.effective_series == pytest.approx(6)


def test_the_interval_covers_what_it_says() -> None:
    """Five unequal series, 20,000 ledgers: a plain normal interval on a plain clustered error covers far too little."""
    random = np.random.default_rng(2030)
    ledgers, truth = 20_000, 0.6
    noise = random.standard_normal((len(SAID), ledgers))
    date = truth * (SAID - 2015)[:, None] + noise
    found = pool_slips(np.broadcast_to(SAID[:, None], date.shape), date, SERIES)
    away = np.abs(found.estimate - truth)
    share_error = np.sqrt(0.95 * 0.05 / ledgers)
    covered = np.mean(away <= 1.959964 * found.error)
    assert 0.95 - 4 * share_error < covered < 0.965
    assert np.mean(away <= 1.959964 * found.robust_error) < 0.91
    assert (found.robust_error**2).mean() == pytest.approx(np.var(found.estimate), rel=0.05)


def test_the_interval_covers_with_series_that_slip_at_their_own_rates() -> None:
    """Projects differ: slopes spread around the truth, series of equal span. The interval is of the mean rate."""
    random = np.random.default_rng(2031)
    ledgers, truth, series = 20_000, 0.6, 6
    said = np.tile([0.0, 4.0], series)
    rates = truth + 0.4 * random.standard_normal((series, ledgers))
    date = np.repeat(rates, 2, axis=0) * said[:, None] + 0.3 * random.standard_normal((2 * series, ledgers))
    found = pool_slips(np.broadcast_to(said[:, None], date.shape), date, [n for n in "abcdef" for _ in range(2)])
    covered = np.mean(np.abs(found.estimate - truth) <= 1.959964 * found.error)
    assert covered == pytest.approx(0.95, abs=4 * np.sqrt(0.95 * 0.05 / ledgers))


def test_a_ledger_of_a_future_does_not_know_of_the_others() -> None:
    random = np.random.default_rng(1)
    date = DATE[:, None] + random.standard_normal((len(DATE), 100))
    said = np.broadcast_to(SAID[:, None], date.shape)
    together = pool_slips(said, date, SERIES)
    for future in (0, 57):
        alone = pool_slips(said[:, [future]], date[:, [future]], SERIES)
        assert alone.estimate[0] == together.estimate[future]
        assert alone.error[0] == together.error[future]
