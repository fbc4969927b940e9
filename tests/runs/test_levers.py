"""A lever at the plan changes nothing, the order of levers changes nothing, and what is of no size is not built."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from morava.errors import MoravaError
from morava.plans.hashes import strategy_hash
from morava.plans.levers import read_levers
from morava.plans.read import read_country, read_futures, read_strategy
from morava.runs.answers import answer
from morava.runs.compare import compare
from morava.runs.explore import explore, plan_of, read_plan
from morava.runs.levers import canonical, moved, read_settings, settled
from morava.runs.lower import lower
from morava.runs.request import NO_POWER, make_request, name_of
from morava.runs.simulate import apply_at_dates, simulate
from morava.runs.store import read_request
from morava.runs.without import without

COUNTRY = read_country("ruritania")
CROWN = read_strategy(COUNTRY)
NOBODY = read_futures(COUNTRY)
LEVERS = read_levers(COUNTRY, CROWN)
ENDS = [(name, value) for name, one in LEVERS.items() for value in (one.at_least, one.at_most) if value != one.plan]
SEED, NUMBERS = 3, [0, 1, 2]


def anywhere() -> st.SearchStrategy[dict[str, float]]:
    return st.fixed_dictionaries({n: st.floats(one.at_least, one.at_most) for n, one in LEVERS.items()})


def test_at_the_plan_it_is_the_very_same_strategy():
    at_plan = {name: one.plan for name, one in LEVERS.items()}
    assert moved(CROWN, COUNTRY, LEVERS, at_plan) is CROWN
    assert moved(CROWN, COUNTRY, LEVERS, {}) is CROWN
    assert canonical(LEVERS, at_plan) == ""
    assert read_plan("ruritania", levers=at_plan).strategy == CROWN


@effort(max_examples=40, deadline=None)
@given(anywhere(), st.randoms())
def test_the_order_of_levers_does_not_matter(settings, random):
    names = list(settings)
    random.shuffle(names)
    shuffled = {name: settings[name] for name in names}
    one, other = (moved(CROWN, COUNTRY, LEVERS, some) for some in (settings, shuffled))
    assert strategy_hash(one) == strategy_hash(other)
    text = canonical(LEVERS, settings)
    assert text == canonical(LEVERS, shuffled)
    assert moved(CROWN, COUNTRY, LEVERS, read_settings(text)) == one


@pytest.mark.parametrize(("name", "value"), ENDS)
def test_each_lever_moves_what_models_are_told(name, value):
    other = moved(CROWN, COUNTRY, LEVERS, {name: value})
    assert strategy_hash(other) != strategy_hash(CROWN)
    before, after = (apply_at_dates(COUNTRY, one, NOBODY, SEED, NUMBERS).known for one in (CROWN, other))
    assert any(name not in after or not before[name].identical(after[name]) for name in before)


def test_everything_that_is_wrong_is_told_at_once():
    with pytest.raises(MoravaError) as caught:
        settled(LEVERS, {"sun-size": 3.0, "moon-size": 1.0, "hall-start": float("nan")})
    assert len(caught.value.problems) == 3
    with pytest.raises(MoravaError) as caught:
        read_settings("sun-size=much,hall-start,sun-size=1")
    assert len(caught.value.problems) == 3
    with pytest.raises(MoravaError) as caught:
        read_settings("sun-size=much,moon-size=1,comet-size=much,hall-start=1000", LEVERS)
    assert len(caught.value.problems) == 5


def test_of_no_size_is_cancelled():
    gone = moved(CROWN, COUNTRY, LEVERS, {"sun-size": 0.0})
    expected = without(replace(CROWN, initiatives={**CROWN.initiatives, "sun": gone.initiatives["sun"]}), "sun")
    assert gone == expected
    assert gone.initiatives["sun"].status == "cancelled"


def test_nearly_nothing_is_near_to_nothing():
    # What waits for it waits no longer at nothing, which is a jump of its own: here nothing waits.
    free = {name: replace(one, depends_on=()) for name, one in CROWN.initiatives.items()}
    plan = replace(CROWN, initiatives=free)
    numbers = [0, 1, 2, 3, 4, 5, 6, 7]
    tiny, gone = (
        simulate(COUNTRY, moved(plan, COUNTRY, LEVERS, {"sun-size": size}), NOBODY, SEED, numbers).values
        for size in (1e-7, 0.0)
    )
    for name in ("gdp", "debt_ratio", "power_capacity", "employment", "public_balance", "current_account"):
        np.testing.assert_allclose(tiny[name].to_numpy(), gone[name].to_numpy(), rtol=1e-5, atol=1e-6, err_msg=name)
    spent = [one["programme_spending"].sum("initiative").to_numpy() for one in (tiny, gone)]
    np.testing.assert_allclose(*spent, atol=1e-4)


def test_size_scales_cost_and_what_it_brings():
    half = moved(CROWN, COUNTRY, LEVERS, {"sun-size": 0.5})
    here, there = (apply_at_dates(COUNTRY, one, NOBODY, SEED, NUMBERS).known for one in (CROWN, half))
    cost, other = (one["initiative_cost"].sel(initiative="sun").to_numpy() for one in (here, there))
    np.testing.assert_allclose(other, cost / 2, rtol=1e-12)
    added = [
        one["power_capacity"].sel(technology="solar").transpose("future", "year").to_numpy() for one in (here, there)
    ]
    first = added[0][:, :1]
    np.testing.assert_allclose(added[1] - first, (added[0] - first) / 2, atol=1e-9)
    assert here["initiative_finish"].identical(there["initiative_finish"])


def test_later_is_later_by_no_less():
    later = moved(CROWN, COUNTRY, LEVERS, {"hall-start": 2.0})
    here, there = (apply_at_dates(COUNTRY, one, NOBODY, SEED, range(50)).known for one in (CROWN, later))
    finish, other = (one["initiative_finish"].sel(initiative="hall").to_numpy() for one in (here, there))
    dated = np.isfinite(finish) & np.isfinite(other)
    assert dated.any()
    assert (other[dated] > finish[dated]).all()
    assert here["slip_rate_estimate"].identical(there["slip_rate_estimate"])


@pytest.mark.parametrize("part", [0.25, 1.0])
def test_financing_moves_a_share_and_no_sum(part):
    other = moved(CROWN, COUNTRY, LEVERS, {"railway-by-the-state": part})
    share = lower(COUNTRY, other, NOBODY, SEED, [0]).inputs["lender_share"].sel(initiative="railway")
    assert float(share.sum()) == pytest.approx(1.0, abs=1e-12)
    assert float(share.sel(lender="state budget")) == pytest.approx(0.15 + 0.85 * part)


def test_a_policy_scales_what_the_world_has_moved():
    other = moved(CROWN, COUNTRY, LEVERS, {"carbon-price": 0.5})
    before, after = (lower(COUNTRY, one, NOBODY, SEED, NUMBERS).inputs for one in (CROWN, other))
    np.testing.assert_allclose(after["carbon_price_path"], before["carbon_price_path"] * 0.5, rtol=1e-15)
    same = set(before) - {"carbon_price_path"}
    assert all(before[name].identical(after[name]) for name in same)


def test_a_policy_on_what_nothing_gives_is_refused():
    odd = {"odd": replace(LEVERS["carbon-price"], name="odd", quantity="gdp")}
    with pytest.raises(MoravaError, match="no fact and no draw gives gdp"):
        lower(COUNTRY, moved(CROWN, COUNTRY, odd, {"odd": 2.0}), NOBODY, SEED, [0])


def test_a_run_with_levers_is_a_run(tmp_path, answers):
    plan = read_plan("ruritania", levers="sun-size=0.50,hall-start=0")
    assert plan.levers == "sun-size=0.5"
    request = make_request(plan.country, plan.strategy, plan.futures, 5, detail=NO_POWER, levers=plan.levers)
    path = explore(plan, request, tmp_path, 1)
    assert read_request(path).levers == "sun-size=0.5"
    again = plan_of(path, read_request(path))
    assert again == plan
    found = answer(again, path, request)
    assert {verdict.claim for verdict in found.verdicts} == set(plan.strategy.claims)
    assert compare(answers, found).inputs["levers"] == ("", "sun-size=0.5")


def test_runs_from_before_levers_keep_their_names(ruritania, crown, nobody, tmp_path):
    request = make_request(ruritania, crown, nobody, 5, detail=NO_POWER)
    content = {name: value for name, value in asdict(request).items() if name != "levers"}
    folder = tmp_path / name_of(request)
    folder.mkdir()
    (folder / "run.json").write_text(json.dumps({"run": folder.name, **content}), encoding="utf-8")
    assert read_request(folder) == request
