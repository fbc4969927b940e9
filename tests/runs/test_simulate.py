"""Futures one by one and in chunks, futures that fail, and what would be without an initiative."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from morava.errors import MoravaError, Problem
from morava.models.chain import CHAIN, DATES, models_behind
from morava.models.economy import economy
from morava.quantities import labelled
from morava.runs import guard, simulate
from morava.runs.coupling import PASSED
from morava.runs.explore import Plan, explore
from morava.runs.identities import check_identities
from morava.runs.join import join
from morava.runs.lower_money import TRENDS, trends
from morava.runs.request import Detail, make_request
from morava.runs.simulate import MADE_OF, PASSED_ON, simulate_outcome
from morava.runs.store import read_outcome
from morava.runs.types import Outcome
from morava.runs.without import strategies_of, taken_away, without

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


def asking(strategy, *quantities):
    """Return the strategy with one claim whose tests look at quantities without the park."""
    claim = next(claim for claim in strategy.claims.values() if any(test.without for test in claim.tests))
    test = next(test for test in claim.tests if test.without)
    tests = tuple(replace(test, measure=replace(test.measure, quantity=name)) for name in quantities)
    return replace(strategy, claims={claim.name: replace(claim, tests=tests)})


ALONE = {"power_capacity": [], "initiative_finish": [], "partner_share": ["spending", "dependence"]}
"""What rests on no model of the coupling, with the models behind it."""


@pytest.mark.parametrize("asked", [*ALONE, "debt_ratio", "adequacy_lole", "region_balance", "adequacy_lole_simulated"])
def test_without_an_initiative_only_what_tests_ask_and_rests_on_is_answered(ruritania, crown, nobody, asked):
    detail = Detail(1, (2030,), 1, 1)
    found = simulate_outcome(ruritania, asking(crown, asked), nobody, SEED, [0], detail)
    assert not found.failed
    answered = set(found.without["sun"]) - set(PASSED)  # which the coupling gives, without the whole economy
    given = {model.__name__ for model in CHAIN if set(model.gives) & answered}
    behind = {model.__name__ for model in models_behind([asked], MADE_OF)}
    dates = {model.__name__ for model in DATES}
    assert given == behind | dates
    assert given == {*ALONE.get(asked, behind), *dates}
    assert asked in found.without["sun"]
    assert {name for model in CHAIN for name in model.gives} & set(found.without["sun"]) <= set(found.values)


@pytest.mark.parametrize("asked", list(ALONE))
def test_without_an_initiative_what_is_asked_is_what_the_whole_chain_gives(ruritania, crown, nobody, asked):
    found = simulate_outcome(ruritania, asking(crown, asked), nobody, SEED, [0, 1]).without["sun"]
    whole = simulate.simulate(ruritania, without(crown, "sun"), nobody, SEED, [0, 1]).values
    same({asked: found[asked]}, {asked: whole[asked]})


def test_several_quantities_are_asked_without_an_initiative(ruritania, crown, nobody):
    found = simulate_outcome(ruritania, asking(crown, "debt_ratio", "region_balance"), nobody, SEED, [0, 1])
    assert {"debt_ratio", "region_balance"} <= set(found.without["sun"])
    assert "partner_share" not in found.without["sun"]


def test_what_a_run_makes_between_models_leads_on_to_what_it_is_made_of():
    power = {model.__name__ for model in models_behind(["power_unserved"])}
    assert "spending" not in power
    assert "spending" in {model.__name__ for model in models_behind(["power_unserved"], MADE_OF)}
    made = {"gdp_initial": ["partner_share"]}
    assert "dependence" in {model.__name__ for model in models_behind(["debt_ratio"], made)}
    assert models_behind([]) == ()


def test_debt_takes_the_path_of_the_economy_where_it_is_known(ruritania, crown, nobody):
    known = simulate.apply_at_dates(ruritania, crown, nobody, SEED, [0, 1]).known
    years = known["debt_history_draw"].coords["year"].to_numpy().tolist()
    before = trends(known)
    assert sorted(before) == sorted([*TRENDS, "trend_swing"])
    assert float(before["trend_swing"]) == 1
    for name, (_, history) in TRENDS.items():
        np.testing.assert_allclose(before[name], float(known[history].mean()), rtol=1e-14)
        assert before[name].coords["year"].to_numpy().tolist() == years
    path = np.linspace(0.01, 0.05, 2 * len(years) + 4).reshape(2, -1)
    longer = {"future": [0, 1], "year": [years[0] - 2, years[0] - 1, *years]}
    economy = {
        "gdp_growth": labelled("gdp_growth", path, longer),
        "primary_balance_before_programme": labelled("primary_balance_before_programme", -path, longer),
    }
    found = trends({**known, **economy})
    np.testing.assert_array_equal(found["trend_growth"], path[:, 2:])
    np.testing.assert_array_equal(found["trend_primary_balance"], -path[:, 2:])
    assert found["trend_growth"].attrs["unit"] == "1"
    assert float(found["trend_swing"]) == 0


def test_a_history_that_varies_over_futures_has_a_mean_in_each(ruritania, crown, nobody):
    known = simulate.apply_at_dates(ruritania, crown, nobody, SEED, [0, 1]).known
    past = known["history_growth"]
    periods = past.coords["period"].to_numpy().tolist()
    values = np.stack([past.to_numpy(), past.to_numpy() + 0.01])
    spread = labelled("history_growth", values.T, {"period": periods, "future": [0, 1]})
    found = trends({**known, "history_growth": spread})["trend_growth"]
    assert found.dims == ("future", "year")
    np.testing.assert_allclose(found.sel(future=1) - found.sel(future=0), 0.01, rtol=1e-9)


def test_identities_are_checked_of_what_is_known(ruritania, crown, nobody):
    values = dict(simulate.simulate(ruritania, crown, nobody, SEED, [0, 1]).values)
    check_identities({})
    check_identities({name: values[name] for name in values if name != "partner_share"})
    with pytest.raises(MoravaError, match="spending of all initiatives"):
        check_identities({**values, "lender_commitment": 2 * values["lender_commitment"]})
    with pytest.raises(MoravaError, match="shares of all partners"):
        check_identities({"partner_share": 2 * values["partner_share"]})


def test_futures_are_joined_in_order_and_nothing_is_made_of_nothing(ruritania, crown, nobody):
    parts = [simulate_outcome(ruritania, crown, nobody, SEED, numbers) for numbers in ([4, 5], [0, 1])]
    found = join([*parts, Outcome({}, {}, {9: "why"}, "")], "name")
    assert found.values["debt_ratio"].coords["future"].to_numpy().tolist() == [0, 1, 4, 5]
    assert (dict(found.failed), found.run) == ({9: "why"}, "name")
    assert join([Outcome({}, {}, {9: "why"}, "")], "name") == Outcome({}, {}, {9: "why"}, "name")


def test_without_an_initiative_all_that_is_passed_is_that_of_the_plan(ruritania, crown, nobody):
    strategy = asking(crown, "debt_ratio", "region_balance", "gdp")
    found = simulate_outcome(ruritania, strategy, nobody, SEED, [0, 1])
    taken = simulate.simulate(ruritania, without(strategy, "sun"), nobody, SEED, [0, 1]).values
    moved = 0
    for name in PASSED_ON:
        if name in found.without["sun"] and name not in economy.gives:
            np.testing.assert_array_equal(found.without["sun"][name], found.values[name], err_msg=name)
            moved += not np.array_equal(taken[name], found.values[name])
    assert moved > 0
    assert (found.without["sun"]["gdp"] != found.values["gdp"]).any()
