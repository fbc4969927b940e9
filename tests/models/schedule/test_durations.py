from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import log_ndtr, ndtr, ndtri
from scipy.stats import beta

from morava.errors import MoravaError
from morava.models.schedule.durations import (
    NINETY,
    beta_pert_moments,
    beta_pert_quantile,
    beta_pert_shape,
    later_than,
    mixed_shock,
    remaining_after,
    split_at,
    three_point_moments,
    two_piece_lognormal,
)

RAIL = two_piece_lognormal(np.array(1.2), np.array(1.8), np.array(4.0), "rail")


def test_two_piece_lognormal_hits_its_quantiles() -> None:
    z = np.array([-NINETY, 0.0, NINETY])
    assert RAIL.quantile(z) == pytest.approx([1.2, 1.8, 4.0], rel=1e-14)
    assert RAIL.scaled(10.0).quantile(z) == pytest.approx([12, 18, 40], rel=1e-14)
    assert RAIL.with_median(np.array(1.0)).quantile(z) == pytest.approx([1.2 / 1.8, 1, 4 / 1.8], rel=1e-14)


def test_two_piece_lognormal_and_its_inverse() -> None:
    z = np.linspace(-8, 8, 101)
    values = RAIL.quantile(z)
    assert (np.diff(values) > 0).all()
    assert RAIL.normal(values) == pytest.approx(z, abs=1e-12)
    assert RAIL.normal(np.array(0.0)) == -np.inf


@pytest.mark.parametrize("points", [(1.0, 1.0, 2.0), (1.0, 2.0, 2.0), (0.0, 1.0, 2.0), (2.0, 1.0, 3.0), (1, 2, np.inf)])
def test_quantiles_that_do_not_increase_are_refused(points: tuple[float, float, float]) -> None:
    with pytest.raises(MoravaError, match="where: wind"):
        two_piece_lognormal(*(np.array(point) for point in points), "wind")


def test_later_than_is_the_conditional_quantile() -> None:
    z = np.linspace(-4, 4, 33)[:, None]
    z0 = np.linspace(-4, 4, 17)
    rank = later_than(z, z0)
    conditional = (ndtr(rank) - ndtr(z0)) / (1 - ndtr(z0))
    assert conditional == pytest.approx(np.broadcast_to(ndtr(z), rank.shape), abs=1e-10)
    assert (rank >= z0).all()
    assert (np.diff(rank, axis=0) > 0).all()


def test_nothing_known_changes_nothing() -> None:
    z = np.linspace(-9, 9, 50)
    assert later_than(z, np.array(-np.inf)).tolist() == z.tolist()
    assert later_than(z, np.array(-30.0)) == pytest.approx(z, abs=1e-12)


@pytest.mark.parametrize("z0", [9.0, 30.0, 200.0])
def test_far_in_the_tail_the_digits_hold(z0: float) -> None:
    """There 1 - F(t0) is below what a double near one can tell: a formula on F divides nothing by nothing."""
    z = np.array([-6.0, -1.0, 0.0, 1.0, 6.0])
    rank = later_than(z, np.array(z0))
    assert log_ndtr(-rank) - log_ndtr(-z0) == pytest.approx(log_ndtr(-z), rel=1e-6, abs=1e-8)
    assert 1 - ndtr(z0) == 0
    # Mills: the excess over a high threshold is nearly exponential with mean 1 / z0.
    assert rank[2] - z0 == pytest.approx(np.log(2) / z0, rel=3 / z0**2 + 1e-4)


def test_remaining_time_given_that_it_is_not_over() -> None:
    time = RAIL.scaled(40.0)
    share = (np.arange(200_000) + 0.5) / 200_000
    left, rank = remaining_after(time, np.array(60.0), ndtri(share))
    assert (left > 0).all()
    assert time.quantile(rank) - 60.0 == pytest.approx(left)
    whole = time.quantile(ndtri(share))
    survivors = whole[whole > 60.0] - 60.0
    for probability in (0.1, 0.5, 0.9):
        assert np.quantile(left, probability) == pytest.approx(np.quantile(survivors, probability), rel=1e-3)


def test_split_at_the_chance_that_the_distribution_has_changes_nothing() -> None:
    z = np.linspace(-6, 6, 101)
    for z0, split in ((-np.inf, -1.0), (-2.0, 1.0), (0.5, 0.5), (3.0, 9.0)):
        usual = log_ndtr(-split) - log_ndtr(-z0)
        found = split_at(z, np.array(z0), np.array(split), np.array(usual))
        assert found == pytest.approx(later_than(z, np.array(z0)), abs=1e-7)


def test_split_gives_both_parts_their_weight_and_leaves_their_shape() -> None:
    u = (np.arange(20_000) + 0.5) / 20_000
    z0, split, beyond = -1.0, 1.0, 0.9
    found = split_at(ndtri(u), np.array(z0), np.array(split), np.log(np.array(beyond)))
    assert np.mean(found > split) == pytest.approx(beyond)
    assert (np.diff(found) > 0).all()
    below, above = found[found <= split], found[found > split]
    share = (np.arange(len(below)) + 0.5) / len(below)
    assert (ndtr(below) - ndtr(z0)) / (ndtr(split) - ndtr(z0)) == pytest.approx(share, abs=1e-9)
    share = (np.arange(len(above)) + 0.5) / len(above)
    assert (ndtr(above) - ndtr(split)) / (1 - ndtr(split)) == pytest.approx(share, abs=1e-9)


def test_a_point_that_the_distribution_holds_impossible_is_believed_all_the_same() -> None:
    z = np.linspace(-8, 8, 101)
    found = split_at(z, np.array(-1.0), np.array(40.0), np.log(np.array(0.5)))
    assert np.isfinite(found).all()
    assert (np.diff(found) >= 0).all()
    assert (found[z > 0] >= 40).all()
    assert (found[z < 0] <= 40).all()


def test_mixed_shock_has_unit_variance_and_the_correlations_declared() -> None:
    unit = np.eye(3)
    programme_share, class_share = np.array(0.3), np.array(0.25)
    loads = np.array([float(mixed_shock(*row, programme_share, class_share)) for row in unit])
    assert (loads**2).sum() == pytest.approx(1)
    assert loads[0] ** 2 + loads[1] ** 2 == pytest.approx(0.55)
    assert mixed_shock(*unit[2], np.array(0.4), np.array(0.6)) == 0


@pytest.mark.parametrize("shares", [(0.7, 0.4), (-0.1, 0.2), (0.2, -0.1)])
def test_shares_of_variance_make_at_most_one(shares: tuple[float, float]) -> None:
    with pytest.raises(MoravaError, match="sum to more than one"):
        mixed_shock(np.zeros(2), np.zeros(2), np.zeros(2), np.array(shares[0]), np.array(shares[1]))


@pytest.mark.parametrize("points", [(1.0, 2.0, 3.0), (2.0, 3.5, 8.0), (4.0, 4.0, 10.0), (3.0, 9.0, 9.0)])
def test_beta_pert(points: tuple[float, float, float]) -> None:
    low, mode, high = points
    shape = beta(*beta_pert_shape(low, mode, high), loc=low, scale=high - low)
    mean, variance = beta_pert_moments(low, mode, high)
    assert mean == pytest.approx(shape.mean(), rel=1e-12)
    assert variance == pytest.approx(shape.var(), rel=1e-12)
    assert three_point_moments(low, mode, high)[0] == mean
    share = np.linspace(0, 1, 11)
    assert beta_pert_quantile(share, low, mode, high) == pytest.approx(shape.ppf(share), rel=1e-9)
    by_quadrature, _ = quad(lambda p: beta_pert_quantile(np.array(p), low, mode, high).item(), 0, 1, epsrel=1e-9)
    assert by_quadrature == pytest.approx(mean, rel=1e-7)


def test_three_points_that_are_one_and_that_are_none() -> None:
    assert beta_pert_quantile(np.array([0.1, 0.9]), 4, 4, 4).tolist() == [4, 4]
    with pytest.raises(MoravaError, match="no three-point estimate"):
        beta_pert_shape(3, 2, 4)
