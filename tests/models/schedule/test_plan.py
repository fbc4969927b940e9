from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from morava.models.schedule.plan import own_share, read_plan

Plan = Callable[..., dict[str, Any]]
WAITS = [("line/permit", "line/works"), ("line/works", "hall/build"), ("line/design", "hall/build")]


def test_the_programme_is_cut_into_initiatives(plan: Plan) -> None:
    found = read_plan(plan(WAITS))
    assert found.initiatives == ("line", "hall")
    assert [own.tolist() for own in found.members] == [[0, 1, 2], [3]]
    assert found.networks[0].into == ((), ((0, "FS", 0.0),), ())
    assert found.awaits == ((), ((0, 1), (0, 2)))
    assert found.order == (0, 1)
    assert found.class_of.tolist() == [0, 1]


def test_who_waits_comes_later_whatever_the_order_of_names(plan: Plan) -> None:
    assert read_plan(plan([("hall/build", "line/permit")])).order == (1, 0)


@pytest.mark.parametrize(
    ("own", "other", "share"),
    [(50, 20, 0.6), (20, 50, 0), (20, 20, 0), (50, 0, 1), (50, -10, 1), (-5, 20, 0), (-5, -10, 1), (0, 0, 1)],
)
def test_own_share(plan: Plan, own: float, other: float, share: float) -> None:
    ahead = np.array([[float(other)], [float(own)]])
    assert own_share(read_plan(plan(WAITS)), ahead).tolist() == [[1], [share]]
    assert own_share(read_plan(plan()), ahead).tolist() == [[1], [1]]


def test_a_wait_in_the_middle_is_no_wait_before_the_beginning(plan: Plan) -> None:
    found = read_plan(plan([("line/permit", "line/works"), ("hall/build", "line/works")]))
    assert own_share(found, np.array([[50.0], [20.0]])).tolist() == [[1], [1]]
