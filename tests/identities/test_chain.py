"""The whole chain on variants of Ruritania: money is kept, order does not matter, nothing given is touched."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from morava.errors import Problems
from morava.plans.read import read_country, read_futures, read_strategy
from morava.plans.types import Distribution, Financing, Initiative
from morava.quantities import check
from morava.runs.apply import apply_plan, changed_by
from morava.runs.factors import name_factors
from morava.runs.judge import judge
from morava.runs.lower import lower
from morava.runs.lower_money import PUBLIC_KINDS
from morava.runs.simulate import apply_at_dates, simulate, simulate_outcome

RURITANIA = read_country("ruritania")
STRATEGY = read_strategy(RURITANIA)
LENT_BY = RURITANIA.facts["foreign-green-bank"]
MADE_UP = [f"{name}-{place}" for name in STRATEGY.initiatives for place in range(3)]
COUNTRY = replace(
    RURITANIA,
    facts=dict(RURITANIA.facts)
    | {
        lender: replace(LENT_BY, name=lender, where={"lender": lender}, low=abroad, high=abroad)
        for place, lender in enumerate(MADE_UP)
        for abroad in [float(place % 2)]
    },
)
"""Ruritania, in which every other of the lenders that are made up is an owner from abroad."""
FUTURES = read_futures(COUNTRY)
NUMBERS = list(range(12))
PRIVATE_KINDS = ("foreign investment", "loan to a company")
SLOW = settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
WHOLE = settings(SLOW, max_examples=8)
"""Of what runs the whole chain, which takes a second or two each time."""


@st.composite
def initiatives(draw, name):
    """Return an initiative of Ruritania with another cost, other money, another place in the plan.

    The most that one costs is what the kingdom's savings can carry: beyond it the economy finds no equilibrium.
    """
    base: Initiative = STRATEGY.initiatives[name]
    low = draw(st.floats(1, 400))
    shares = draw(st.lists(st.floats(0.05, 0.3), max_size=3))
    kinds = [draw(st.sampled_from((*PUBLIC_KINDS, *PRIVATE_KINDS))) for _ in shares]
    money = tuple(
        Financing(f"{name}-{place}", "Northmark", share, kind, kind in PRIVATE_KINDS and draw(st.booleans()), "", "")
        for place, (share, kind) in enumerate(zip(shares, kinds, strict=True))
    )
    return replace(
        base,
        status=draw(st.sampled_from(["announced", "building", "cancelled"] if name != "sun" else ["signed"])),
        envelope=draw(st.sampled_from(["", "crown-programme", "green-programme"])),
        cost_low=low,
        cost_high=low * draw(st.floats(1, 3)),
        cost_unit=draw(st.sampled_from(["million RUC_2025", "million RUC_2023", "million EUR_2023"])),
        financing=money,
    )


@st.composite
def strategies(draw):
    found = {name: draw(initiatives(name)) for name in STRATEGY.initiatives}
    return replace(STRATEGY, initiatives=found)


def frozen(arrays):
    return {name: array.copy(deep=True) for name, array in arrays.items()}


@WHOLE
@given(strategy=strategies(), seed=st.integers(0, 2**31))
def test_money_is_kept_and_every_result_is_in_its_range(strategy, seed):
    values = simulate(COUNTRY, strategy, FUTURES, seed, NUMBERS).values
    spent = values["programme_spending"].sum("initiative").transpose("future", "year").to_numpy()
    lent = values["lender_commitment"].sum("lender").transpose("future", "year").to_numpy()
    np.testing.assert_allclose(lent, spent, rtol=1e-9, atol=1e-9)
    shares = values["partner_share"].sum("partner").to_numpy()
    np.testing.assert_allclose(shares, 1, rtol=1e-9)
    problems = Problems()
    for name, array in values.items():
        check(name, array, "result", problems)
    assert list(problems) == []


@WHOLE
@given(
    strategy=strategies(), order=st.permutations(sorted(STRATEGY.initiatives)), turn=st.randoms(use_true_random=False)
)
def test_the_order_in_which_a_plan_is_written_moves_no_bit(strategy, order, turn):
    shuffled = {
        name: replace(strategy.initiatives[name], changes=tuple(turn.sample(changes, len(changes))))
        for name in order
        for changes in [strategy.initiatives[name].changes]
    }
    one = simulate(COUNTRY, strategy, FUTURES, 5, NUMBERS).values
    other = simulate(COUNTRY, replace(strategy, initiatives=shuffled), FUTURES, 5, NUMBERS).values
    for name, array in one.items():
        assert array.identical(other[name]), name


@SLOW
@given(strategy=strategies())
def test_nothing_that_is_given_is_touched(strategy):
    lowered = lower(COUNTRY, strategy, FUTURES, 5, NUMBERS)
    started = apply_at_dates(COUNTRY, strategy, FUTURES, 5, NUMBERS).known
    dates = {name: started[name] for name in ("initiative_finish", "stage_finish")}
    before = frozen(lowered.states), frozen(lowered.inputs), frozen(dates)
    changed, _ = apply_plan(lowered.states, strategy, dates, lowered.evidence, NUMBERS)
    assert sorted(changed) == sorted(lowered.states)
    for kept, now in zip(before, (lowered.states, lowered.inputs, dates), strict=True):
        for name, array in kept.items():
            assert array.identical(now[name]), name


def verdicts(futures, strategy=STRATEGY):
    outcome = simulate_outcome(COUNTRY, strategy, futures, 9, range(60))
    lowered = lower(COUNTRY, strategy, futures, 9, range(60))
    questions = sum(len(claim.tests) for claim in strategy.claims.values())
    factors = name_factors(futures, lowered.draws, questions)
    return judge(COUNTRY, strategy, outcome, lowered.evidence, changed_by(strategy), factors)


BASE = verdicts(FUTURES)
TAKEN = {one.column for one in FUTURES.uncertainties.values()}


@WHOLE
@given(
    name=st.from_regex(r"[a-z][a-z_]{2,12}", fullmatch=True).filter(lambda name: name not in FUTURES.uncertainties),
    column=st.one_of(st.none(), st.integers(10, 200).filter(lambda column: column not in TAKEN)),
    first=st.booleans(),
)
def test_an_unrelated_uncertainty_moves_no_verdict(name, column, first):
    spread = Distribution("uniform", {"low": 0.0, "high": 1.0}, (), ())
    each = () if column is not None else ("initiative",)
    new = replace(
        FUTURES.uncertainties["sunshine"],
        name=name,
        column=column,
        each=each,
        distribution=spread,
        quantity="",
        where={},
        unit="",
    )
    known = FUTURES.uncertainties
    more = {name: new, **known} if first else {**known, name: new}
    for one, other in zip(BASE, verdicts(replace(FUTURES, uncertainties=more)), strict=True):
        assert (one.claim, one.answer, one.share_of_futures, one.margin) == (
            other.claim,
            other.answer,
            other.share_of_futures,
            other.margin,
        )
        assert [test.p50 for test in one.tests] == [test.p50 for test in other.tests]
