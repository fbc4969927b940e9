from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.models.schedule.network import Link, backward, build, crash, critical, forward, slack

DIAMOND = build(["d", "b", "c", "a"], [Link("a", "b"), Link("a", "c"), Link("b", "d"), Link("c", "d")])


def test_order_puts_everything_after_what_it_waits_for() -> None:
    place = {DIAMOND.names[stage]: rank for rank, stage in enumerate(DIAMOND.order)}
    assert place["a"] < min(place["b"], place["c"])
    assert place["d"] > max(place["b"], place["c"])


def test_every_problem_of_a_network_is_told_at_once() -> None:
    with pytest.raises(MoravaError) as error:
        build(["a", "bild", "a"], [Link("a", "build"), Link("a", "bild", "FX"), Link("a", "bild", "FS", np.inf)])
    text = str(error.value)
    assert "stands twice" in text
    assert "did you mean bild?" in text
    assert "FX is unknown" in text
    assert "lag is not a number" in text


def test_a_circle_is_named() -> None:
    with pytest.raises(MoravaError, match="stages wait for each other in a circle: b -> c") as error:
        build(["a", "b", "c"], [Link("a", "b"), Link("b", "c"), Link("c", "b")])
    assert error.value.problems[0].where == "links"


def test_passes_by_hand() -> None:
    duration = np.array([2.0, 5.0, 3.0, 1.0])
    start, finish = forward(DIAMOND, duration)
    assert start.tolist() == [6.0, 1.0, 1.0, 0.0]
    assert finish.tolist() == [8.0, 6.0, 4.0, 1.0]
    late_start, late_finish = backward(DIAMOND, duration, 8.0)
    assert late_start.tolist() == [6.0, 1.0, 3.0, 0.0]
    assert late_finish.tolist() == [8.0, 6.0, 6.0, 1.0]
    assert slack(DIAMOND, duration).tolist() == [0.0, 0.0, 2.0, 0.0]
    assert critical(DIAMOND, duration).tolist() == [True, True, False, True]


@pytest.mark.parametrize(
    ("kind", "lag", "start"),
    [
        ("FS", 0.0, 4.0),
        ("FS", 2.0, 6.0),
        ("FS", -1.0, 3.0),
        ("SS", 1.0, 1.0),
        ("FF", 1.0, 2.0),
        ("FF", -4.0, 0.0),
        ("SF", 5.0, 2.0),
    ],
)
def test_kinds_of_links(kind: str, lag: float, start: float) -> None:
    net = build(["a", "b"], [Link("a", "b", kind, lag)])
    duration = np.array([4.0, 3.0])
    early, finish = forward(net, duration)
    assert early.tolist() == [0.0, start]
    assert finish.tolist() == [4.0, start + 3.0]
    late, late_finish = backward(net, duration, max(finish))
    assert late[0] == 0.0
    assert late[1] == max(finish) - 3.0
    assert (late_finish - late).tolist() == [4.0, 3.0]


def test_futures_are_answered_side_by_side() -> None:
    duration = np.random.default_rng(1).uniform(0, 5, (4, 7))
    release = np.random.default_rng(2).uniform(0, 5, (4, 1))
    _, together = forward(DIAMOND, duration, release)
    for future in range(7):
        _, alone = forward(DIAMOND, duration[:, future], release[:, 0])
        assert alone.tolist() == together[:, future].tolist()


def test_the_length_is_the_longest_path() -> None:
    duration = np.random.default_rng(3).uniform(0, 5, (4, 50))
    d, b, c, a = duration
    _, finish = forward(DIAMOND, duration)
    assert finish.max(axis=0) == pytest.approx(a + np.maximum(b, c) + d)


def test_never_spreads_downstream_only() -> None:
    duration = np.array([2.0, np.inf, 3.0, 1.0])
    _, finish = forward(DIAMOND, duration)
    assert finish.tolist() == [np.inf, np.inf, 4.0, 1.0]
    _, finish = forward(DIAMOND, np.ones(4), np.array([0.0, 0.0, 0.0, np.inf]))
    assert np.isinf(finish).all()


def test_every_network_has_a_critical_path_from_a_beginning_to_the_end() -> None:
    duration = np.random.default_rng(4).uniform(0, 5, (4, 50))
    on_path = critical(DIAMOND, duration)
    assert on_path[3].all()
    assert on_path[0].all()
    assert (on_path[1] | on_path[2]).all()


def test_crash_agrees_with_trying_everything() -> None:
    normal, shortest, price = [4.0, 6.0, 5.0, 3.0], [2.0, 3.0, 4.0, 2.0], [7.0, 2.0, 1.0, 9.0]
    crash_cost = [p * (n - s) for p, n, s in zip(price, normal, shortest, strict=True)]
    best = min(
        sum(p * c for p, c in zip(price, cut, strict=True))
        for cut in product(*(range(int(n - s) + 1) for n, s in zip(normal, shortest, strict=True)))
        if forward(DIAMOND, np.array(normal) - cut)[1].max() <= 9
    )
    found = crash(DIAMOND, normal, shortest, [0.0] * 4, crash_cost, 9.0)
    assert found.extra == pytest.approx(best)
    assert found.total == pytest.approx(best)


@pytest.mark.parametrize("kind", ["FS", "SS", "FF", "SF"])
def test_crash_keeps_links_of_every_kind(kind: str) -> None:
    net = build(["a", "b"], [Link("a", "b", kind, 5.0)])
    normal, shortest = np.array([4.0, 3.0]), np.array([1.0, 1.0])
    deadline = float(forward(net, shortest)[1].max()) + 0.5
    found = crash(net, normal.tolist(), shortest.tolist(), [0, 0], [3, 2], deadline)
    assert forward(net, normal - found.cut)[1].max() <= deadline + 1e-9


def test_crash_says_what_is_possible() -> None:
    with pytest.raises(MoravaError, match="the shortest possible is 8"):
        crash(DIAMOND, [4, 6, 5, 3], [2, 3, 4, 2], [0] * 4, [1] * 4, 5)
    net = build(["a"], [])
    with pytest.raises(MoravaError, match=r"longer than the planned one[\s\S]*cheaper than the plan"):
        crash(net, [2], [3], [5], [4], 2)
