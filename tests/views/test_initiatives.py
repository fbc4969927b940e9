"""The screen of initiatives: dates, money and envelopes are those of the run, and the ledger that of the pack."""

from __future__ import annotations

import numpy as np
import pytest

from morava.quantities.dates import calendar_day, interval
from morava.runs.listing import list_of_run
from morava.runs.lower_schedule import dated_promises
from morava.views.initiatives import initiatives, last_day


@pytest.fixture(scope="module")
def charts(answers):
    return {chart.name: chart for chart in initiatives(answers, {}).charts}


def records(chart):
    return [dict(zip([column.name for column in chart.columns], row, strict=True)) for row in chart.rows]


def day(values, level):
    found = np.sort(values)[int(np.ceil(level * len(values))) - 1]
    return calendar_day(found).isoformat() if np.isfinite(found) else "never"


def test_every_initiative_and_stage_of_the_schedule_has_its_row(charts, answers):
    values = answers.outcome.values
    rows = records(charts["timeline"])
    assert {row["initiative"] for row in rows if not row["stage"]} == set(
        values["initiative_finish"].initiative.to_numpy()
    )
    assert {row["stage"] for row in rows if row["stage"]} == set(values["stage_finish"].stage.to_numpy())
    for row in rows:
        over = (
            values["stage_finish"].sel(stage=row["stage"])
            if row["stage"]
            else values["initiative_finish"].sel(initiative=row["initiative"])
        ).to_numpy()
        assert [row["p10"], row["p50"], row["p90"]] == [day(over, level) for level in (0.1, 0.5, 0.9)]


def test_promises_are_kept_in_the_share_that_the_milestones_say(charts, answers):
    kept = {row["initiative"]: row["kept"] for row in records(charts["timeline"]) if not row["stage"]}
    plan = answers.plan.strategy.initiatives
    for row in list_of_run("milestones", answers):
        if row["milestone"] == plan[row["initiative"]].milestone:
            assert kept[row["initiative"]] == row["share_by_promise"]


def test_earlier_promises_stand_as_days_before_the_latest(charts, answers):
    for row in records(charts["timeline"]):
        if not row["stage"]:
            said = dated_promises(answers.plan.strategy.initiatives[row["initiative"]])
            days = [*row["earlier"].split(), row["promised"]]
            assert days == [last_day(one.date) for one in said]


def test_cancelled_and_critical_shares_are_means_over_their_futures(charts, answers):
    values = answers.outcome.values
    for row in records(charts["timeline"]):
        name = row["initiative"]
        if row["stage"]:
            ends = np.isfinite(values["initiative_finish"].sel(initiative=name).to_numpy())
            critical = values["stage_critical"].sel(stage=row["stage"]).to_numpy()
            assert row["critical"] == pytest.approx(critical[ends].mean())
            assert row["cancelled"] is None
        else:
            assert row["cancelled"] == pytest.approx(values["initiative_cancelled"].sel(initiative=name).mean())
            assert (row["status"], row["sector"]) == (
                answers.plan.strategy.initiatives[name].status, answers.plan.strategy.initiatives[name].sector,
            )  # fmt: skip


def test_the_ledger_is_every_dated_promise_in_order(charts, answers):
    rows = records(charts["slip-ledger"])
    dated = [
        (name, one.date)
        for name, initiative in answers.plan.strategy.initiatives.items()
        for one in initiative.promises
        if one.date and one.said
    ]
    assert sorted((row["initiative"], row["words"]) for row in rows) == sorted(dated)
    railway = [row for row in rows if row["initiative"] == "railway"]
    said = dated_promises(answers.plan.strategy.initiatives["railway"])
    assert [row["words"] for row in railway] == [one.date for one in said]
    assert railway[0]["moved"] is None
    moved = interval(said[-1].date)[1] - interval(said[0].date)[1]
    assert railway[-1]["moved_in_all"] == pytest.approx(moved)
    assert railway[-1]["moved_in_all"] == pytest.approx(sum(row["moved"] for row in railway[1:]))


@pytest.mark.parametrize(
    ("words", "day"),
    [("2026-Q4", "2026-12-31"), ("2026-H1", "2026-06-30"), ("2024-02", "2024-02-29"), ("2027", "2027-12-31")],
)
def test_a_date_of_any_precision_ends_on_its_last_day(words, day):
    assert last_day(words) == day


@pytest.mark.parametrize(
    ("name", "quantity", "dim"),
    [
        ("programme-spending", "programme_spending", "initiative"),
        ("lender-commitment", "lender_commitment", "lender"),
        ("currency-commitment", "currency_commitment", "currency"),
    ],
)
def test_money_by_year_adds_up(charts, answers, name, quantity, dim):
    array = answers.outcome.values[quantity]
    for year in (2026, 2028):
        parts = [row["mean"] for row in records(charts[name]) if row["year"] == year]
        assert sum(parts) == pytest.approx(float(array.sel(year=year).sum(dim).mean()))


def test_what_is_spent_of_an_envelope_and_what_is_left_make_it_up(charts, answers):
    values = answers.outcome.values
    for row in records(charts["envelopes"]):
        one = answers.plan.strategy.envelopes[row["envelope"]]
        left = values["envelope_balance"].sel(envelope=row["envelope"]).to_numpy()
        assert row["part_of"] == (one.part_of or None)
        assert row["within"] == float((left >= 0).mean())
        amount = answers.lowered.evidence.convert(one.amount, one.unit, "million money")
        assert row["amount"] == pytest.approx(amount)
        assert row["spent_p10"] == pytest.approx(np.sort(amount - left)[49])
        assert row["left_p90"] == pytest.approx(np.sort(left)[449])


def test_spending_of_the_chosen_envelope_is_shown(answers):
    for envelope in ("crown-programme", "green-programme"):
        screen = initiatives(answers, {"envelope": envelope})
        chart = next(one for one in screen.charts if one.name == "envelope-spending")
        array = answers.outcome.values["envelope_spending"].sel(envelope=envelope)
        for year, _, p50, _ in chart.rows:
            assert p50 == np.sort(array.sel(year=year).to_numpy())[249]
