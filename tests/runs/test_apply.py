"""Changes: two passes, one set a cell, then scales, then adds, in whatever order they are written."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.plans import read_country, read_futures, read_strategy
from morava.plans.types import Change
from morava.quantities import labelled
from morava.runs.apply import apply_plan, changed_by
from morava.runs.lower import lower

YEARS = list(range(2025, 2041))
COUNTRY = read_country("ruritania")
STRATEGY = read_strategy(COUNTRY)
FUTURES = read_futures(COUNTRY)
EVIDENCE = lower(COUNTRY, STRATEGY, FUTURES, 1, [0, 1]).evidence
STATE = labelled("data_centre_capacity", np.full(len(YEARS), 10.0), {"year": YEARS})
DATES = {
    "initiative_finish": labelled(
        "initiative_finish", [[2030.5, 2027.0], [np.inf, 2028.0]], {"future": [0, 1], "initiative": ["hall", "sun"]}
    ),
    "stage_finish": labelled(
        "stage_finish", [[2028.0, 2026.0], [2029.0, 2027.0]], {"future": [0, 1], "stage": ["hall/build", "sun/build"]}
    ),
}


def change(verb: str, value: float | dict[int, float], **other: object) -> Change:
    base = Change("data_centre_capacity", verb, value, "MW", {}, "2027", 0.0, "", "test")
    return replace(base, **other)


def apply(*changes: Change, initiative: str = "hall") -> np.ndarray:
    initiatives = {
        name: replace(one, changes=changes if name == initiative else ()) for name, one in STRATEGY.initiatives.items()
    }
    states, _ = apply_plan(
        {"data_centre_capacity": STATE}, replace(STRATEGY, initiatives=initiatives), DATES, EVIDENCE, [0, 1]
    )
    return states["data_centre_capacity"].sel(year=YEARS).to_numpy()


def at(path: np.ndarray, year: int, future: int = 0) -> float:
    return float(path[future, YEARS.index(year)])


def test_set_then_scale_then_add_whatever_the_order() -> None:
    changes = [change("add", 5.0), change("scale", 2.0), change("set", 20.0), change("add", 1.0, start="2030")]
    results = [apply(*order) for order in permutations(changes)]
    for result in results:
        assert (result == results[0]).all()
    assert at(results[0], 2026) == 10
    assert at(results[0], 2027) == 45
    assert at(results[0], 2030) == 46


def test_a_change_waits_for_the_simulated_end_and_never_comes_when_that_is_never() -> None:
    path = apply(change("add", 25.0, start="finish"))
    assert at(path, 2029) == 10
    assert at(path, 2030) == 35
    assert at(path, 2040, future=1) == 10


def test_a_change_grows_linearly_from_the_end_of_a_stage() -> None:
    path = apply(change("add", 20.0, start="build", full_by=2.0))
    assert at(path, 2027) == 10
    assert at(path, 2028) == 20
    assert at(path, 2029) == 30
    assert at(path, 2035) == 30


def test_a_staged_value_is_one_set_with_a_schedule_and_ends_when_it_says() -> None:
    path = apply(change("set", {2027: 15.0, 2030: 40.0}, start="2026", until="2033"))
    assert [at(path, year) for year in (2026, 2027, 2029, 2030, 2033, 2034)] == [10, 15, 15, 40, 40, 10]


def test_two_sets_in_one_year_are_refused_by_name() -> None:
    with pytest.raises(MoravaError) as caught:
        apply(change("set", 20.0), change("set", 30.0, start="2035"))
    assert "both set data_centre_capacity" in str(caught.value)


def test_what_a_model_gives_cannot_be_changed() -> None:
    with pytest.raises(MoravaError) as caught:
        apply(change("add", 1.0, quantity="initiative_finish"))
    assert "given by the model schedule" in str(caught.value)


def test_inputs_are_not_altered() -> None:
    before = STATE.copy(deep=True)
    apply(change("scale", 3.0))
    assert STATE.identical(before)


def test_changed_by_names_the_initiatives_of_a_quantity() -> None:
    assert changed_by(STRATEGY)["data_centre_capacity"] == ["hall"]


def test_changed_by_names_a_cancelled_initiative_too() -> None:
    hall = replace(STRATEGY.initiatives["hall"], status="cancelled")
    assert changed_by(replace(STRATEGY, initiatives={"hall": hall})) == {"data_centre_capacity": ["hall"]}
