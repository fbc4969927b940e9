"""Two runs side by side."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from morava.runs.compare import compare


def test_a_run_against_itself_differs_in_nothing(answers):
    found = compare(answers, answers)
    assert (found.inputs, found.verdicts, found.quantities, found.only_in) == ({}, (), (), ((), ()))


def test_inputs_verdicts_and_what_only_one_holds_are_named(answers, late):
    found = compare(answers, late)
    assert sorted(found.inputs) == ["futures", "strategy", "strategy_hash"]
    assert found.inputs["futures"] == (500, 60)
    moved = {change.claim: change for change in found.verdicts}
    assert "wages" not in moved
    assert moved["hall-double"].answers == ("fails", "fails")
    assert moved["hall-double"].shares[1] == 0
    assert "initiative_finish initiative hall" in found.only_in[0]
    assert not [name for name in found.only_in[1] if "hall" in name]


def test_the_way_back_is_the_mirror(answers, late):
    there, back = compare(answers, late), compare(late, answers)
    assert there.only_in == back.only_in[::-1]
    assert [change.shares for change in there.verdicts] == [change.shares[::-1] for change in back.verdicts]
    assert [q.medians for q in there.quantities] == [q.medians[::-1] for q in back.quantities]


def with_values(answers, **moved):
    values = {**answers.outcome.values, **moved}
    return replace(answers, outcome=replace(answers.outcome, values=values))


def test_the_cell_whose_median_moved_most_is_shown(answers):
    finish = answers.outcome.values["initiative_finish"]
    shift = (finish.coords["initiative"] == "sun") * 2.0 + 0.5
    other = with_values(answers, initiative_finish=finish + shift)
    (change,) = compare(answers, other).quantities
    assert (change.quantity, dict(change.cell), change.unit) == ("initiative_finish", {"initiative": "sun"}, "year")
    assert change.medians[1] - change.medians[0] == pytest.approx(2.5)


def test_a_date_that_never_comes_any_more_moved_most_of_all(answers):
    finish = answers.outcome.values["initiative_finish"]
    never = finish.where(finish.coords["initiative"] != "railway", np.inf)
    (change,) = compare(answers, with_values(answers, initiative_finish=never)).quantities
    assert change.cell == {"initiative": "railway"}
    assert change.medians[1] == np.inf
    assert (
        compare(with_values(answers, initiative_finish=never), with_values(answers, initiative_finish=never)).quantities
        == ()
    )


def test_money_is_shown_in_the_price_base_and_never_compared_across_two(answers):
    ratio, outturn = (answers.outcome.values[name] * 2 for name in ("debt_ratio", "initiative_outturn"))
    doubled = with_values(answers, debt_ratio=ratio, initiative_outturn=outturn)
    units = {change.quantity: change.unit for change in compare(answers, doubled).quantities}
    assert units == {"debt_ratio": "1", "initiative_outturn": "million RUC_2025"}
    country = replace(answers.plan.country, price_base="EUR_2025")
    found = compare(answers, replace(doubled, plan=replace(answers.plan, country=country)))
    assert [change.quantity for change in found.quantities] == ["debt_ratio"]
    assert "initiative_outturn in million RUC_2025" in found.only_in[0]
    assert "initiative_outturn in million EUR_2025" in found.only_in[1]


def test_a_claim_that_one_run_does_not_hold_is_named(answers):
    fewer = replace(answers, verdicts=tuple(v for v in answers.verdicts if v.claim != "debt"))
    (change,) = compare(answers, fewer).verdicts
    assert (change.claim, change.answers[1], change.shares[1]) == ("debt", None, None)
