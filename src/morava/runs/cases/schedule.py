"""Cases S1 to S3: networks that other people printed."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from scipy.special import ndtr, ndtri

from morava.models.schedule.durations import beta_pert_quantile, three_point_moments
from morava.models.schedule.network import Crash, Link, Network, build, crash, critical, forward
from morava.runs.cases.readings import Array, Reading, deviation_of, draw_streams, mean_of, share_of

Inputs = Mapping[str, Any]


@cache
def _rows(name: str) -> list[dict[str, str]]:
    text = files("morava.runs").joinpath("cases", "data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _network(name: str) -> Network:
    rows = _rows(name)
    links = [Link(before, row["activity"]) for row in rows for before in row["after"].split()]
    return build([row["activity"] for row in rows], links)


def _three_points(row: Mapping[str, str]) -> tuple[float, float, float]:
    return float(row["optimistic"]), float(row["most_likely"]), float(row["pessimistic"])


def _moments(name: str) -> tuple[Array, Array]:
    """Return the textbook's mean and variance of every activity."""
    found = np.array([three_point_moments(*_three_points(row)) for row in _rows(name)])
    return found[:, 0], found[:, 1]


def mean(inputs: Inputs, label: str) -> Reading:
    """Return the PERT mean of an activity."""
    network = _network(inputs["network"])
    return Reading(float(_moments(inputs["network"])[0][network.names.index(label)]))


def agreement_on_path(inputs: Inputs) -> Reading:
    """Return how many activities are critical here if and only if the printed path names them."""
    network = _network(inputs["network"])
    ours = critical(network, _moments(inputs["network"])[0])
    printed = np.array([name in inputs["path"] for name in network.names])
    return Reading(float(np.count_nonzero(ours == printed)))


def length(inputs: Inputs) -> Reading:
    """Return the length of the longest path through the means."""
    _, finish = forward(_network(inputs["network"]), _moments(inputs["network"])[0])
    return Reading(float(finish.max()))


def path_variance(inputs: Inputs) -> Reading:
    """Return the sum of the variances on the critical path."""
    means, variances = _moments(inputs["network"])
    return Reading(float(variances[critical(_network(inputs["network"]), means)].sum()))


def normal_chance(inputs: Inputs) -> Reading:
    """Return the textbook's chance to meet a deadline: only the critical path, and as if normal."""
    ahead = inputs["deadline"] - length(inputs).value
    return Reading(float(ndtr(ahead / np.sqrt(path_variance(inputs).value))))


def simulated(inputs: Inputs, label: str) -> Reading:
    """Return mean, deviation and chances of the length with beta-PERT durations, all paths competing."""
    lengths = _simulate(inputs["network"], inputs["futures"], inputs["seed"])
    readings = {"mean (weeks)": mean_of(lengths), "standard deviation (weeks)": deviation_of(lengths)}
    readings |= {f"chance of {by} weeks": share_of(lengths <= by) for by in inputs["deadlines"]}
    return readings[label]


@cache
def _simulate(name: str, futures: int, seed: int) -> Array:
    rows, network = _rows(name), _network(name)
    uniform = draw_streams(network.names, futures, seed)
    durations = [beta_pert_quantile(u, *_three_points(row)) for u, row in zip(uniform, rows, strict=True)]
    _, finish = forward(network, np.array(durations))
    return np.asarray(finish.max(axis=0))


@cache
def _crash(name: str, deadline: float) -> Crash:
    def column(heading: str) -> list[float]:
        return [float(row[heading]) for row in _rows(name)]

    return crash(
        _network(name),
        column("normal_duration"),
        column("crash_duration"),
        column("normal_cost"),
        column("crash_cost"),
        deadline,
    )


def crashed(inputs: Inputs, label: str) -> Reading:
    """Return what haste costs: thousands more, or millions in all."""
    found = _crash(inputs["network"], inputs["deadline"])
    return Reading(found.extra if label.startswith("extra") else found.total / 1000)


def cuts(inputs: Inputs, label: str) -> Reading:
    """Return what is cut off an activity, or off all that no other row names."""
    network = _network(inputs["network"])
    by_name = dict(zip(network.names, _crash(inputs["network"], inputs["deadline"]).cut.tolist(), strict=True))
    if label in by_name:
        return Reading(by_name[label])
    return Reading(sum(cut for name, cut in by_name.items() if name not in inputs["named"]))


def merge_bias(inputs: Inputs, label: str) -> Reading:
    """Return how much later than each is the latest of so many equal paths, in standard deviations."""
    paths = [str(path) for path in range(int(label))]
    network = build([*paths, "end"], [Link(path, "end") for path in paths])
    shocks = np.asarray(ndtri(draw_streams(paths, inputs["futures"], inputs["seed"])))
    planned = 10.0  # far enough from zero that no duration is negative
    durations = np.vstack([planned + shocks, np.zeros(shocks.shape[1])])
    return mean_of(forward(network, durations)[1][-1] - planned)
