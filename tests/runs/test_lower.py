"""From plan to arrays, by hand: durations, stages, waits, costs, lenders, envelopes, partners, labels of draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.plans.types import Financing
from morava.quantities import find
from morava.runs.lower import draw_labels, lower
from morava.runs.lower_schedule import dated_promises, lower_schedule, open_initiatives, promised, said_on

DAYS = {2022: 365, 2024: 366, 2025: 365, 2026: 365, 2027: 365}


def changed(strategy, **initiatives):
    """Return the strategy with fields of its initiatives exchanged: `sun={"status": "cancelled"}`."""
    moved = {name: replace(strategy.initiatives[name], **fields) for name, fields in initiatives.items()}
    return replace(strategy, initiatives={**strategy.initiatives, **moved})


@pytest.fixture
def lowering(ruritania, crown, nobody):
    def make(strategy=crown, country=ruritania, futures=nobody, numbers=(0, 1)):
        return lower(country, strategy, futures, 1, list(numbers))

    return make


def schedule_of(country, strategy):
    scheduled, notes = open_initiatives(country, strategy)
    return lower_schedule(country, strategy, scheduled), notes


def months(array, name):
    return float(array.sel(initiative=name))


def test_durations_and_elapsed_from_promises_by_hand(ruritania, crown):
    """The railway: said in March 2022 for 2025, said in June 2024 for June 2027; the pack stands on 1 January 2026."""
    found, _ = schedule_of(ruritania, crown)
    first_said = 2022 + (59 + 90) / 2 / DAYS[2022]
    last_said = 2024 + (152 + 182) / 2 / DAYS[2024]
    june_2027_over = 2027 + 181 / DAYS[2027]
    assert months(found["initiative_planned_duration"], "railway") == pytest.approx(12 * (2026 - first_said))
    assert months(found["initiative_elapsed"], "railway") == pytest.approx(12 * (2026 - first_said))
    assert months(found["initiative_promise_remaining"], "railway") == pytest.approx(12 * (june_2027_over - last_said))
    assert months(found["initiative_promise_age"], "railway") == pytest.approx(12 * (2026 - last_said))
    assert months(found["initiative_planned_duration"], "hall") == pytest.approx(
        12 * (2030 - 2025 - 151.5 / DAYS[2025])
    )
    assert found["schedule_as_of"].item() == 2026


def test_promises_of_other_milestones_and_of_the_past_are_no_promises_of_completion(crown):
    railway = crown.initiatives["railway"]
    first, last = railway.promises
    others = (
        replace(first, name="o1", milestone="first rail"),
        replace(first, name="o2", kind="actual"),
        replace(first, name="o3", said=""),
        replace(first, name="o4", date=""),
    )
    assert dated_promises(replace(railway, promises=(*others, last, first))) == [first, last]
    assert (said_on(first), promised(last)) == (2022 + 74.5 / 365, 2027 + 181 / 365)


def test_a_promise_before_its_own_day_is_refused(ruritania, crown):
    sun = crown.initiatives["sun"]
    backwards = changed(crown, sun={"promises": (replace(sun.promises[0], said="2028"),)})
    with pytest.raises(MoravaError, match="sun promises a date before the day of the promise"):
        schedule_of(ruritania, backwards)


def test_stages_that_are_done_are_gone_and_the_rest_fills_the_time(ruritania, crown):
    found, _ = schedule_of(ruritania, crown)
    stages = found["stage_share"].coords["stage"].to_numpy().tolist()
    assert "railway/permit" not in stages
    share = found["stage_share"]
    assert share.sel(stage=["railway/works", "railway/handover"]).to_numpy() == pytest.approx([6 / 7, 1 / 7])
    assert share.sel(stage=["sun/grid", "sun/build", "sun/commission"]).to_numpy() == pytest.approx([0.8, 0.7, 0.2])


def links(found):
    precedes = found["stage_precedes"]
    return {
        (before, after)
        for before in precedes.coords["previous"].to_numpy().tolist()
        for after in precedes.coords["stage"].to_numpy().tolist()
        if precedes.sel(previous=before, stage=after)
    }


def test_a_finished_stage_in_between_passes_its_order_on(ruritania, crown):
    railway = crown.initiatives["railway"]
    done = tuple(replace(stage, done=stage.name == "works") for stage in railway.stages)
    found, _ = schedule_of(ruritania, changed(crown, railway={"stages": done}))
    assert ("railway/permit", "railway/handover") in links(found)
    assert not [pair for pair in links(found) if "railway/works" in pair]


def test_an_initiative_that_depends_on_another_waits_for_its_last_stage(ruritania, crown):
    found, _ = schedule_of(ruritania, crown)
    across = {(a, b) for a, b in links(found) if a.split("/")[0] != b.split("/")[0]}
    assert across == {("sun/commission", "hall/finance")}


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        ({"status": "cancelled"}, "sun is cancelled: nothing of it happens"),
        ({"promises": ()}, "sun has no dated promise of completion: it is not scheduled"),
        ({"reference_class": ""}, "sun has no reference class: it is not scheduled"),
        ({"stages": ()}, "sun has no stage left to do: it is not scheduled"),
    ],
)
def test_notes_say_what_is_not_scheduled_and_who_does_not_wait_for_it(ruritania, crown, fields, note):
    found, notes = schedule_of(ruritania, changed(crown, sun=fields))
    assert notes == [note, "hall waits for sun, which is not scheduled: its dates do not wait"]
    assert found["initiative_class"].coords["initiative"].to_numpy().tolist() == ["hall", "railway"]


@pytest.mark.parametrize("fields", [{"status": "operating"}, {"status": "delivered"}, {"finished": "2025-10"}])
def test_what_is_finished_leaves_the_schedule_and_holds_nobody_up(ruritania, crown, fields):
    found, notes = schedule_of(ruritania, changed(crown, sun=fields))
    assert notes == []
    assert "sun" not in found["initiative_class"].coords["initiative"].to_numpy()


def test_a_range_of_costs_is_placed_by_its_draw(lowering):
    found = lowering(numbers=range(50))
    cost = found.inputs["initiative_cost"]
    share = found.draws["cost_range"].sel(initiative="hall")
    np.testing.assert_allclose(cost.sel(initiative="hall"), 80 + 40 * share, rtol=1e-14)
    assert set(cost.sel(initiative="railway").to_numpy()) == {150 * 100 / 96 * 4}
    side = found.draws["solar_price"].to_numpy()
    crowns = np.where(side == 0, 300 * 100 / 92, 110 * 100 / 96 * 4)
    np.testing.assert_allclose(cost.sel(initiative="sun"), crowns, rtol=1e-14)
    assert 0 < side.mean() < 1


@pytest.mark.parametrize(("low", "high"), [(80.0, None), (None, 120.0)])
def test_a_cost_with_one_end_is_refused(lowering, crown, low, high):
    with pytest.raises(MoravaError, match=r"hall costs at (least 80|most 120)") as caught:
        lowering(changed(crown, hall={"cost_low": low, "cost_high": high}))
    assert "low and high" in caught.value.problems[0].mend


@pytest.mark.parametrize("each", [None, ("stage",)])
def test_a_range_of_costs_that_nothing_places_is_refused(lowering, nobody, each):
    uncertainties = dict(nobody.uncertainties)
    if each is None:
        uncertainties.pop("cost_range")
    else:
        uncertainties["cost_range"] = replace(uncertainties["cost_range"], each=each)
    with pytest.raises(MoravaError, match="hall has a cost from 80 to 120 million, and nothing draws within it"):
        lowering(futures=replace(nobody, uncertainties=uncertainties))


def test_a_cost_by_facts_in_an_undeclared_conflict_is_refused(lowering, ruritania, nobody):
    uncertainties = {name: one for name, one in nobody.uncertainties.items() if not one.conflict}
    with pytest.raises(MoravaError, match=r"initiative_cost has 2 facts .*solar-cost-crown, solar-cost-gazette"):
        lowering(
            country=replace(ruritania, conflicts={"hall-unit": ruritania.conflicts["hall-unit"]}),
            futures=replace(nobody, uncertainties=uncertainties),
        )


def test_an_initiative_without_a_cost_has_a_date_and_no_money(lowering, crown):
    found = lowering(changed(crown, hall={"cost_low": None, "cost_high": None}))
    assert found.inputs["initiative_cost"].coords["initiative"].to_numpy().tolist() == ["railway", "sun"]
    assert "hall" in found.inputs["initiative_class"].coords["initiative"].to_numpy()


def test_lenders_and_what_is_not_found_sum_to_one(lowering):
    share = lowering().inputs["lender_share"]
    assert share.sum("lender").to_numpy() == pytest.approx([1, 1, 1], abs=1e-15)
    assert float(share.sel(initiative="hall", lender="not found")) == 0.75
    assert float(share.sel(initiative="railway", lender="not found")) == 0
    assert float(share.sel(initiative="railway", lender="Northmark Export Bank")) == 0.85
    inputs = lowering().inputs
    assert inputs["lender_partner"].sel(lender="Green Bank").item() == "Southmark"
    public = inputs["lender_public"]
    assert {name for name in public.coords["lender"].to_numpy() if public.sel(lender=name)} == {
        "Northmark Export Bank",
        "state budget",
    }
    assert inputs["guaranteed_share"].sel(initiative=["hall", "railway", "sun"]).to_numpy().tolist() == [0, 0, 0.3]


def test_a_lender_with_two_partners_is_refused(lowering, crown):
    money = Financing("state budget", "Southmark", 0.1, "state", False, "", "")
    with pytest.raises(MoravaError, match="lender state budget stands for two partners"):
        lowering(changed(crown, sun={"financing": (*crown.initiatives["sun"].financing, money)}))


def test_an_initiative_counts_in_its_envelope_and_in_those_around_it(lowering):
    inputs = lowering().inputs
    member = inputs["initiative_envelope"]
    inside = {
        (i, e)
        for i in ("hall", "railway", "sun")
        for e in member.coords["envelope"].to_numpy()
        if member.sel(initiative=i, envelope=e)
    }
    assert inside == {
        ("hall", "crown-programme"),
        ("railway", "crown-programme"),
        ("sun", "crown-programme"),
        ("sun", "green-programme"),
    }
    assert inputs["envelope_amount"].sel(envelope="green-programme").item() == 400
    assert (inputs["envelope_start"].to_numpy() == 2026).all()
    assert (inputs["envelope_end"].to_numpy() == 2031).all()


def test_spending_runs_from_the_start_or_the_packs_day_to_the_latest_promise(lowering):
    inputs = lowering().inputs
    names = ["hall", "railway", "sun"]
    assert inputs["initiative_spending_start"].sel(initiative=names).to_numpy() == pytest.approx(
        [2026, 2022 + 59 / 365, 2026]
    )
    assert inputs["initiative_planned_finish"].sel(initiative=names).to_numpy() == pytest.approx(
        [2030, 2027 + 181 / 365, 2028]
    )


def test_partners_that_a_domain_does_not_name_have_no_flow_there(lowering, ruritania):
    facts = ruritania.facts
    more = {
        "arms-total": replace(
            facts["flow-import-total"], name="arms-total", where={"domain": "arms 2025"}, low=3.0, high=3.0
        ),
        "arms-east": replace(
            facts["flow-import-north"],
            name="arms-east",
            where={"domain": "arms 2025", "partner": "Eastmark"},
            low=2.0,
            high=2.0,
        ),
    }
    flows = lowering(country=replace(ruritania, facts={**facts, **more})).inputs["partner_flow"]
    assert flows.to_pandas().loc["arms 2025"].to_dict() == {"Eastmark": 2, "Northmark": 0, "Southmark": 0}
    assert flows.to_pandas().loc["import 2025"].to_dict() == {"Eastmark": 0, "Northmark": 4.5, "Southmark": 2.5}


def without_facts(country, *quantities):
    return replace(country, facts={n: f for n, f in country.facts.items() if f.quantity not in quantities})


def test_everything_that_is_missing_is_named_at_once(lowering, ruritania, nobody):
    uncertainties = {n: u for n, u in nobody.uncertainties.items() if n not in ("history", "guarantee")}
    with pytest.raises(MoravaError) as caught:
        lowering(
            country=without_facts(ruritania, "gdp_initial", "discount_rate", "partner_total", "power_capacity"),
            futures=replace(nobody, uncertainties=uncertainties),
        )
    said = [problem.what for problem in caught.value.problems]
    assert said == [
        "domain import 2025 has flows and no total",
        "no fact gives partner_flow and partner_total",
        "no uncertainty draws debt_history_draw",
        "no fact gives discount_rate",
        "no fact gives gdp_initial",
        "no uncertainty draws guarantee_draw",
        "no fact gives partner_total",
        "no fact gives power_capacity",
    ]
    assert all(problem.mend for problem in caught.value.problems)


def test_a_state_stands_at_its_last_known_value_and_the_world_moves_it(lowering):
    found = lowering(numbers=range(4))
    path = found.states["power_capacity"].sel(technology="solar")
    assert path.coords["year"].to_numpy().tolist() == list(range(2025, 2041))
    scaled = 20 * found.draws["sunshine"].to_numpy()
    for year in (2025, 2026, 2040):
        np.testing.assert_array_equal(path.sel(year=year).transpose("future"), scaled)


def test_draws_belong_to_labels_and_not_to_places(lowering, crown):
    shuffled = replace(crown, initiatives=dict(reversed(crown.initiatives.items())))
    another = replace(crown.initiatives["sun"], name="a-park", depends_on=(), changes=())
    wider = replace(crown, initiatives={"a-park": another, **crown.initiatives})
    base = lowering()
    for other in (lowering(shuffled), lowering(wider)):
        for name, array in base.inputs.items():
            if find(name).kind != "draw":
                continue
            labels = {
                dim: array.coords[dim].to_numpy() for dim in array.dims if dim in ("initiative", "stage", "previous")
            }
            np.testing.assert_array_equal(other.inputs[name].sel(labels).transpose(*array.dims), array, err_msg=name)


def test_labels_of_draws_are_sorted_and_hold_open_stages_only(ruritania, crown):
    shuffled = replace(crown, initiatives=dict(reversed(crown.initiatives.items())))
    labels = draw_labels(ruritania, shuffled, open_initiatives(ruritania, shuffled)[0])
    assert labels["initiative"] == ["hall", "railway", "sun"]
    assert labels["stage"] == [
        "hall/finance", "hall/build", "railway/works", "railway/handover", "sun/grid", "sun/build", "sun/commission",
    ]  # fmt: skip
    assert labels["attempt"] == [0, 1, 2, 3]
    assert labels["domain"] == ["import 2025"]
    assert labels["year"] == list(range(2026, 2041))
