"""Cases S1 to S3: networks that other people printed, and what their method hides."""

from __future__ import annotations

import csv
from importlib.resources import files

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import ndtr
from scipy.stats import norm

from morava.models.schedule.durations import (
    beta_pert_moments,
    beta_pert_quantile,
    beta_pert_shape,
    three_point_moments,
)
from morava.models.schedule.network import Link, Network, build, crash, critical, forward

DRAWS = 400_000
SEED = 2030


def read(name: str) -> list[dict[str, str]]:
    text = files("morava.runs").joinpath("cases", "data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def network(rows: list[dict[str, str]]) -> Network:
    links = [Link(before, row["activity"]) for row in rows for before in row["after"].split()]
    return build([row["activity"] for row in rows], links)


def three_points(row: dict[str, str]) -> tuple[float, float, float]:
    return float(row["optimistic"]), float(row["most_likely"]), float(row["pessimistic"])


HILLIER = read("hillier_lieberman.csv")
WIKIPEDIA = read("wikipedia_pert.csv")


def test_s1_means_path_and_normal_approximation() -> None:
    moments = [three_point_moments(*three_points(row)) for row in HILLIER]
    mean = np.array([m for m, _ in moments])
    assert mean.tolist() == pytest.approx([2, 4, 10, 6, 4, 5, 7, 9, 7, 8, 4, 5, 2, 6], rel=1e-12)
    assert mean.tolist() == pytest.approx([float(row["normal_duration"]) for row in HILLIER], rel=1e-12)
    net = network(HILLIER)
    _, finish = forward(net, mean)
    assert finish.max() == pytest.approx(44, rel=1e-12)
    on_path = critical(net, mean)
    assert "".join(name for name, on in zip(net.names, on_path, strict=True) if on) == "ABCEFJLN"
    variance = sum(v for (_, v), on in zip(moments, on_path, strict=True) if on)
    assert variance == pytest.approx(9, rel=1e-12)
    assert ndtr((47 - 44) / np.sqrt(variance)) == pytest.approx(0.8413, abs=5e-5)


def test_s1_simulation_is_less_hopeful_than_the_textbook() -> None:
    random = np.random.default_rng(SEED)
    durations = np.empty((len(HILLIER), DRAWS))
    for row, values in zip(HILLIER, durations, strict=True):
        low, mode, high = three_points(row)
        values[:] = low if low == high else low + (high - low) * random.beta(*beta_pert_shape(low, mode, high), DRAWS)
    _, finish = forward(network(HILLIER), durations)
    length = finish.max(axis=0)
    deviation = length.std(ddof=1)
    # The printed numbers come from 400,000 draws of somebody else: both errors count, and half of the last digit.
    mean_error = np.sqrt(2) * deviation / np.sqrt(DRAWS)
    assert mean_error == pytest.approx(0.00656, abs=5e-5)
    assert length.mean() == pytest.approx(44.33, abs=4 * mean_error + 0.005)
    fourth = np.mean((length - length.mean()) ** 4) / deviation**4
    assert deviation == pytest.approx(2.935, abs=4 * deviation * np.sqrt(2 * (fourth - 1) / 4 / DRAWS) + 0.0005)
    for bound, expected in ((47, 0.8163), (44, 0.4735)):
        share_error = np.sqrt(2 * expected * (1 - expected) / DRAWS)
        assert np.mean(length <= bound) == pytest.approx(expected, abs=4 * share_error + 0.00005)
    assert np.mean(length <= 47) < ndtr(1) - 10 * share_error


def test_s1_quantile_function_is_that_of_the_drawn_beta() -> None:
    grid = (np.arange(20_000) + 0.5) / 20_000
    for row in HILLIER:
        mean, variance = beta_pert_moments(*three_points(row))
        values = beta_pert_quantile(grid, *three_points(row))
        assert values.mean() == pytest.approx(mean, rel=1e-5)
        assert values.var() == pytest.approx(variance, rel=2e-3, abs=1e-12)


def test_s1_crash_to_forty_weeks() -> None:
    def column(name: str) -> list[float]:
        return [float(row[name]) for row in HILLIER]

    net = network(HILLIER)
    found = crash(
        net, column("normal_duration"), column("crash_duration"), column("normal_cost"), column("crash_cost"), 40
    )
    assert found.extra == pytest.approx(140, rel=1e-6)
    assert found.total == pytest.approx(4690, rel=1e-6)
    cut = dict(zip(net.names, found.cut, strict=True))
    assert {name: round(value, 6) for name, value in cut.items() if value > 1e-6} == {"J": 2, "F": 2}
    _, finish = forward(net, np.array(column("normal_duration")) - found.cut)
    assert finish.max() <= 40 + 1e-9


def test_s2_length_without_rounding_each_activity() -> None:
    mean = np.array([three_point_moments(*three_points(row))[0] for row in WIKIPEDIA])
    _, finish = forward(network(WIKIPEDIA), mean)
    assert finish.max() == pytest.approx(19.5, rel=1e-12)


@pytest.mark.parametrize(("paths", "expected"), [(2, 0.564190), (3, 0.846284), (5, 1.162964), (10, 1.538753)])
def test_s3_merge_bias(paths: int, expected: float) -> None:
    """The later of several equal paths is later than each: E max = integral of x n phi(x) Phi(x)^(n-1)."""
    by_quadrature, _ = quad(lambda x: x * paths * norm.pdf(x) * norm.cdf(x) ** (paths - 1), -12, 12, epsabs=1e-12)
    assert by_quadrature == pytest.approx(expected, abs=5e-7)
    net = build([*map(str, range(paths)), "end"], [Link(str(path), "end") for path in range(paths)])
    shocks = np.random.default_rng(SEED).standard_normal((paths, 200_000))
    _, finish = forward(net, np.concatenate([10 + shocks, np.zeros((1, 200_000))]))
    end = finish[-1]
    assert end.mean() - 10 == pytest.approx(expected, abs=4 * end.std() / np.sqrt(200_000))
