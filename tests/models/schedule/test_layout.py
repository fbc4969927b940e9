from __future__ import annotations

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.models.schedule.layout import future_labels, in_order, one_future, plain, values_of
from morava.quantities import labelled

SHARE = labelled("stage_share", [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], {"future": [5, 8], "stage": ["a", "b", "c"]})
FIXED = labelled("stage_share", [1.0, 2.0, 3.0], {"stage": ["a", "b", "c"]})


def test_futures_come_last_and_labels_in_order() -> None:
    found = plain("stage_share", SHARE, {"stage": ["c", "a", "b"]})
    assert found.tolist() == [[3, 6], [1, 4], [2, 5]]
    assert found.flags.c_contiguous


def test_without_futures_there_is_one() -> None:
    assert plain("stage_share", FIXED, {"stage": ["a", "b", "c"]}).tolist() == [[1], [2], [3]]
    assert values_of(FIXED.isel(stage=[1]), ["stage"]).tolist() == [[2]]


def test_nothing_is_altered() -> None:
    before = SHARE.copy(deep=True)
    plain("stage_share", SHARE, {"stage": ["c", "a", "b"]})
    one_future({"a": SHARE}, 1)
    assert SHARE.identical(before)


def test_futures_must_be_the_same() -> None:
    assert future_labels({"a": FIXED}) is None
    assert future_labels({"a": FIXED, "b": SHARE}) == [5, 8]
    with pytest.raises(MoravaError, match="c and b speak of different futures"):
        future_labels({"b": SHARE, "c": SHARE.assign_coords(future=[5, 9])})


def test_one_future_leaves_the_rest() -> None:
    found = one_future({"a": FIXED, "b": SHARE}, 1)
    assert found["b"].to_numpy().tolist() == [4, 5, 6]
    assert found["b"].dims == ("stage",)
    assert found["a"] is FIXED


@pytest.mark.parametrize("stages", [["a", "b"], ["a", "b", "c", "d"], ["a", "b", "d"]])
def test_other_labels_are_refused(stages: list[str]) -> None:
    with pytest.raises(MoravaError, match="stage_share has other labels on stage"):
        in_order("stage_share", SHARE, {"stage": stages})


def test_a_label_twice_is_refused() -> None:
    twice = FIXED.isel(stage=np.array([0, 1, 1]))
    with pytest.raises(MoravaError, match="other labels on stage"):
        in_order("stage_share", twice, {"stage": ["a", "b"]})
