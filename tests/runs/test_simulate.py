"""Futures one by one and in chunks, futures that fail, and what would be without an initiative."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from morava.errors import MoravaError, Problem
from morava.runs import guard, simulate
from morava.runs.explore import Plan, explore
from morava.runs.request import make_request
from morava.runs.simulate import join, simulate_outcome, strategies_of, taken_away, without
from morava.runs.store import read_outcome
from morava.runs.types import Outcome

SEED = 7


def same(one, other):
    assert sorted(one) == sorted(other)
    for name, array in one.items():
        assert array.dims == other[name].dims
        for dim in array.dims:
            assert array.coords[dim].to_numpy().tolist() == other[name].coords[dim].to_numpy().tolist()
        np.testing.assert_array_equal(array.to_numpy(), other[name].to_numpy(), err_msg=name)


@pytest.mark.parametrize("chunk", [[3, 17, 40], list(range(12)), [40, 3]])
def test_a_future_alone_is_the_future_of_a_chunk_bit_for_bit(ruritania, crown, nobody, chunk):
    together = simulate_outcome(ruritania, crown, nobody, SEED, chunk)
    for number in chunk:
        alone = simulate_outcome(ruritania, crown, nobody, SEED, [number])
        same(alone.values, {name: array.sel(future=[number]) for name, array in together.values.items()})
        same(alone.without["sun"], {n: a.sel(future=[number]) for n, a in together.without["sun"].items()})


def test_another_seed_is_another_future(ruritania, crown, nobody):
    one, other = (simulate_outcome(ruritania, crown, nobody, seed, range(5)).values["debt_ratio"] for seed in (1, 2))
    assert not (one.to_numpy() == other.to_numpy()).any(axis=0).all()


@pytest.fixture
def failing(monkeypatch):
    """Let the chain refuse every chunk that holds one of these futures."""

    def make(*bad):
        def checked(model, known):
            numbers = known["schedule_view_draw"].coords["future"].to_numpy().tolist()
            if found := sorted(set(bad) & set(numbers)):
                raise MoravaError(Problem(f"future {found[0]} is not to be", "here", "nothing"))
            return guard.run(model, known)

        monkeypatch.setattr(simulate, "run", checked)

    return make


def test_a_failing_future_is_kept_with_its_reason_and_costs_no_other(ruritania, crown, nobody, failing):
    whole = simulate_outcome(ruritania, crown, nobody, SEED, range(6))
    failing(2, 4)
    found = simulate_outcome(ruritania, crown, nobody, SEED, range(6))
    assert list(found.failed) == [2, 4]
    assert found.failed[4].startswith("future 4 is not to be\n  where: here")
    same(found.values, {name: array.sel(future=[0, 1, 3, 5]) for name, array in whole.values.items()})
    same(found.without["sun"], {n: a.sel(future=[0, 1, 3, 5]) for n, a in whole.without["sun"].items()})


def test_failed_futures_are_stored_and_counted(ruritania, crown, nobody, failing, tmp_path):
    failing(0, 1, 2, 5)
    request = make_request(ruritania, crown, nobody, 8, SEED, chunk_size=3)
    path = explore(Plan(ruritania, crown, nobody, "ruritania"), request, tmp_path, 1)
    found = read_outcome(path, request)
    assert sorted(found.failed) == [0, 1, 2, 5]
    assert found.values["debt_ratio"].coords["future"].to_numpy().tolist() == [3, 4, 6, 7]


def test_a_run_in_which_every_future_fails_holds_the_reasons(ruritania, crown, nobody, failing):
    failing(0, 1)
    found = simulate_outcome(ruritania, crown, nobody, SEED, range(2))
    assert (found.values, found.without, sorted(found.failed)) == ({}, {}, [0, 1])


def test_what_every_future_lacks_is_refused_before_the_first(ruritania, crown, nobody, tmp_path):
    country = replace(ruritania, facts={n: f for n, f in ruritania.facts.items() if f.quantity != "gdp_initial"})
    request = make_request(country, crown, nobody, 100_000)
    with pytest.raises(MoravaError, match="no fact gives gdp_initial"):
        explore(Plan(country, crown, nobody, "ruritania"), request, tmp_path, 1)
    assert list(tmp_path.iterdir()) == []


def test_a_plan_that_is_not_the_one_of_the_request_is_refused(ruritania, crown, nobody, tmp_path):
    request = make_request(ruritania, crown, nobody, 2)
    with pytest.raises(MoravaError, match="differ in strategy_hash"):
        explore(Plan(ruritania, replace(crown, because="x"), nobody, ""), request, tmp_path, 1)


def test_without_an_initiative_it_is_cancelled_and_nobody_waits_for_it(crown):
    other = without(crown, "sun")
    assert other.initiatives["sun"].status == "cancelled"
    assert other.initiatives["hall"].depends_on == ()
    assert other.initiatives["railway"] == crown.initiatives["railway"]
    assert crown.initiatives["hall"].depends_on == ("sun",)
    assert taken_away(crown) == ["sun"]
    assert list(strategies_of(crown)) == ["", "sun"]


def test_without_the_park_there_is_no_power_of_it_and_the_same_luck(ruritania, crown, nobody):
    found = simulate_outcome(ruritania, crown, nobody, SEED, range(30))
    power, bare = (v["power_capacity"].sel(technology="solar") for v in (found.values, found.without["sun"]))
    difference = (power - bare).to_numpy()
    assert difference.min() == 0
    assert difference.max() == pytest.approx(200)
    assert bare.std("year").max() == 0
    assert "sun" not in found.without["sun"]["initiative_finish"].coords["initiative"]
    railway = [
        v["initiative_finish"].sel(initiative="railway").to_numpy() for v in (found.values, found.without["sun"])
    ]
    np.testing.assert_array_equal(*railway)


def test_futures_are_joined_in_order_and_nothing_is_made_of_nothing(ruritania, crown, nobody):
    parts = [simulate_outcome(ruritania, crown, nobody, SEED, numbers) for numbers in ([4, 5], [0, 1])]
    found = join([*parts, Outcome({}, {}, {9: "why"}, "")], "name")
    assert found.values["debt_ratio"].coords["future"].to_numpy().tolist() == [0, 1, 4, 5]
    assert (dict(found.failed), found.run) == ({9: "why"}, "name")
    assert join([Outcome({}, {}, {9: "why"}, "")], "name") == Outcome({}, {}, {9: "why"}, "name")
