from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import xarray as xr
from scipy.special import ndtr, ndtri

from morava.errors import MoravaError, Problems
from morava.models.contract import as_model
from morava.models.schedule import schedule
from morava.quantities import check, find, labelled

Inputs = dict[str, xr.DataArray]
Plan = Callable[..., Inputs]
NINETY = 1.2815515655446004
WAITS = [("line/permit", "line/works"), ("line/works", "hall/build"), ("line/design", "hall/build")]


def at(found: dict[str, xr.DataArray], name: str, **labels: str) -> Any:
    return found[name].sel(labels).to_numpy().tolist()


def months(found: dict[str, xr.DataArray], initiative: str) -> float:
    return float((found["initiative_finish"].sel(initiative=initiative) - 2026.0) * 12)


def over(name: str, values: Any, coords: dict[str, list[Any]] | None = None) -> xr.DataArray:
    values = np.asarray(values, dtype=float)
    return labelled(name, values, {"future": list(range(len(values))), **(coords or {})})


BOTH = {"initiative": ["line", "hall"]}


def test_it_gives_what_it_says_as_the_glossary_says(plan: Plan) -> None:
    found = schedule(**plan(schedule_view_draw=over("schedule_view_draw", [0.1, 0.9])))
    model = as_model(schedule)
    assert tuple(found) == model.gives
    assert set(model.needs) == set(plan())
    problems = Problems()
    for name, array in found.items():
        check(name, array, "schedule", problems)
        assert array.attrs["unit"] == find(name).unit
        assert array.dims[0] == "future"
    problems.raise_if_any()


def test_the_median_future_by_hand(plan: Plan) -> None:
    found = schedule(**plan())
    assert months(found, "line") == pytest.approx(40 * 1.5)
    assert months(found, "hall") == pytest.approx(60 * 1.2)
    stages = (found["stage_finish"] - 2026.0) * 12
    assert stages.to_numpy() == pytest.approx([15.0, 60.0, 30.0, 72.0])
    assert found["stage_critical"].to_numpy().tolist() == [1, 1, 0, 1]
    assert found["initiative_cancelled"].to_numpy().tolist() == [0, 0]
    assert found["initiative_cost_factor"].to_numpy() == pytest.approx([1.1, 1.3])
    assert "future" not in found["initiative_finish"].dims


@pytest.mark.parametrize(("own", "factor"), [(-NINETY, 0.9), (0.0, 1.5), (NINETY, 3.0)])
def test_the_class_is_met_at_its_quantiles(plan: Plan, own: float, factor: float) -> None:
    found = schedule(
        **plan(
            schedule_programme_correlation=0.0,
            schedule_class_correlation=0.0,
            schedule_initiative_shock=[own, 0.0],
            schedule_stage_spread=0.4,
            schedule_stage_shock=[1.0, -2.0, 0.5, 2.0],
        )
    )
    assert months(found, "line") == pytest.approx(40 * factor)
    assert months(found, "hall") == pytest.approx(72)


def test_the_own_factors_of_stages_move_time_between_them(plan: Plan) -> None:
    """The class already holds how late a whole initiative is: its stages do not make it later once more."""
    found = schedule(**plan(schedule_stage_spread=1.0, schedule_stage_shock=[np.log(3.0), 0.0, np.log(6.0), 0.0]))
    # Permit 0.75, works 0.75, beside them design 3: the design is now the longest path.
    stages = (found["stage_finish"] - 2026.0) * 12
    assert stages.to_numpy() == pytest.approx([15, 30, 60, 72])
    assert found["stage_critical"].to_numpy().tolist() == [0, 0, 1, 1]


def test_shocks_are_mixed_by_shares_of_variance(plan: Plan) -> None:
    shocks = {
        "schedule_programme_shock": 0.5,
        "schedule_class_shock": [1.0, -1.0],
        "schedule_initiative_shock": [0.3, 0.7],
    }
    found = schedule(**plan(**shocks))
    z = np.sqrt([0.2, 0.3, 0.5]) @ [0.5, 1.0, 0.3]
    assert months(found, "line") == pytest.approx(60 * 2.0 ** (z / NINETY))
    z = np.sqrt([0.2, 0.3, 0.5]) @ [0.5, -1.0, 0.7]
    assert z > 0
    assert months(found, "hall") == pytest.approx(72 * (2 / 1.2) ** (z / NINETY))


def test_it_is_known_that_an_open_initiative_is_not_finished(plan: Plan) -> None:
    """With 60 months gone, half of rail would be done: the median of the rest is the old P75."""
    found = schedule(**plan(initiative_elapsed=[60.0, 0.0], initiative_promise_age=[60.0, 0.0]))
    whole = 60 * 2.0 ** (0.6744897501960817 / NINETY)
    assert months(found, "line") == pytest.approx(whole - 60)
    assert months(found, "hall") == pytest.approx(72)


def test_cost_leans_on_delay_and_on_what_is_known_of_it(plan: Plan) -> None:
    found = schedule(**plan(schedule_cost_shock=[1.0, -1.0]))
    assert at(found, "initiative_cost_factor", initiative="line") == pytest.approx(1.1 * 2 ** (0.8 / NINETY))
    assert at(found, "initiative_cost_factor", initiative="hall") == pytest.approx(1.3 / 1.3 ** (0.8 / NINETY))
    late = schedule(**plan(initiative_elapsed=[60.0, 0.0], initiative_promise_age=[60.0, 0.0]))
    expected = 1.1 * 2 ** (0.6 * 0.6744897501960817 / NINETY)
    assert at(late, "initiative_cost_factor", initiative="line") == pytest.approx(expected)


def test_the_slip_view_is_taken_in_its_share_of_futures(plan: Plan) -> None:
    draws = over("schedule_view_draw", [0.0, 0.29, 0.3, 0.31])
    found = schedule(**plan(schedule_slip_weight=0.3, schedule_view_draw=draws))
    ends = (at(found, "initiative_finish", initiative="line") - np.array(2026.0)) * 12
    # Half a year a year: 40 months promised, 80 expected.
    assert ends == pytest.approx([80, 80, 60, 60])
    assert found["slip_rate_estimate"].to_numpy() == pytest.approx(0.5)
    assert found["slip_rate"].to_numpy() == pytest.approx(0.5)


def test_the_slip_view_has_the_spread_of_the_class_around_its_own_median(plan: Plan) -> None:
    found = schedule(
        **plan(
            schedule_slip_weight=1.0,
            schedule_programme_correlation=0.0,
            schedule_class_correlation=0.0,
            schedule_initiative_shock=[NINETY, -NINETY],
        )
    )
    assert months(found, "line") == pytest.approx(40 / 0.5 * 3.0 / 1.5)
    assert months(found, "hall") == pytest.approx(60 / 0.5 * 1.0 / 1.2)


def test_a_promise_that_has_aged_is_later_than_its_age(plan: Plan) -> None:
    aged = {"initiative_elapsed": [80.0, 0.0], "initiative_promise_age": [80.0, 0.0]}
    found = schedule(**plan(schedule_slip_weight=1.0, **aged))
    assert months(found, "line") == pytest.approx(80 * 2.0 ** (0.6744897501960817 / NINETY) - 80)


def test_a_postponement_is_believed_as_far_as_its_class_believes_promises(plan: Plan) -> None:
    """Promised in 40 months, 30 are gone, now 70 more are asked for, which is 2.5 times the first promise."""
    z = over("schedule_programme_shock", np.linspace(-4, 4, 20_001))
    found = schedule(
        **plan(
            schedule_programme_correlation=1.0,
            schedule_class_correlation=0.0,
            schedule_programme_shock=z,
            initiative_elapsed=[30.0, 0.0],
            initiative_promise_remaining=[70.0, 60.0],
        )
    )
    left = (found["initiative_finish"].sel(initiative="line").to_numpy() - 2026.0) * 12
    rank = ndtr(z.to_numpy())
    kept = ndtr(np.log(1 / 1.5) / (np.log(1.5 / 0.9) / NINETY))
    assert (np.diff(left) >= 0).all()
    assert np.interp(70.0, left, rank) == pytest.approx(kept, abs=1e-4)
    survival_at_due = 1 - ndtr(np.log(2.5 / 1.5) / (np.log(2.0) / NINETY))
    for share in (0.3, 0.6, 0.9):
        whole = 60 * 2.0 ** (ndtri(1 - survival_at_due * (1 - share) / (1 - kept)) / NINETY)
        assert np.interp(share, rank, left) == pytest.approx(whole - 30, rel=1e-4)
    alone = schedule(**plan(initiative_elapsed=[30.0, 0.0], initiative_promise_age=[30.0, 0.0]))
    assert months(alone, "line") < 70 < np.interp(0.5, rank, left)


def test_a_rate_of_one_is_never_and_a_promise_without_time_follows_its_class(plan: Plan) -> None:
    noisy = plan(
        schedule_slip_weight=1.0,
        slip_date=[2025.0, 2026.1, 2030.0, 2031.9],
        slip_rate_shock=over("slip_rate_shock", [0.0, 200.0, -200.0]),
        initiative_promise_remaining=[40.0, 0.0],
    )
    found = schedule(**noisy)
    rate = found["slip_rate"].to_numpy()
    assert rate[1] > 1 > rate[0] > 0 > rate[2]
    line = at(found, "initiative_finish", initiative="line")
    assert line[1] == np.inf
    assert (np.array(line)[[0, 2]] - 2026) * 12 == pytest.approx(40 / (1 - rate[[0, 2]]))
    assert at(found, "initiative_finish", initiative="hall") == pytest.approx([2032.0] * 3)
    assert not found["initiative_cancelled"].any()
    never = found["stage_finish"].isel(future=1).sel(stage=["line/permit", "line/works", "line/design"])
    assert np.isinf(never.to_numpy()).all()
    assert found["stage_critical"].isel(future=1).to_numpy().tolist() == [0, 0, 0, 1]


def test_gates_cost_time_and_can_end_an_initiative(plan: Plan) -> None:
    draws = np.full((3, 4, 2), 0.9)
    draws[0, 0, 0] = 0.1
    draws[1, 0, 1] = 0.1
    found = schedule(
        **plan(
            stage_gate_pass=[0.5, 1.0, 1.0, 1.0],
            schedule_gate_draw=over(
                "schedule_gate_draw", draws, {"stage": list(plan()["stage_share"].stage.values), "attempt": [0, 1]}
            ),
        )
    )
    ends = np.array(at(found, "initiative_finish", initiative="line"))
    assert (ends[:2] - 2026) * 12 == pytest.approx([60, 66])
    assert ends[2] == np.inf
    assert at(found, "initiative_cancelled", initiative="line") == [0, 0, 1]
    # Shut at month 15 + 6: the permit never comes, and the design (month 30) is broken off.
    assert np.isinf(found["stage_finish"].isel(future=2).to_numpy()).tolist() == [True, True, True, False]
    assert found["stage_critical"].isel(future=2).to_numpy().tolist() == [0, 0, 0, 1]
    assert at(found, "initiative_finish", initiative="hall") == pytest.approx([2032.0] * 3)


def test_a_stage_finished_before_the_gate_shuts_keeps_its_date(plan: Plan) -> None:
    found = schedule(
        **plan(
            stage_gate_pass=[0.0, 1.0, 1.0, 1.0],
            stage_share=[0.75, 0.25, 0.5, 1.0],
        )
    )
    assert (at(found, "stage_finish", stage="line/design") - 2026) * 12 == pytest.approx(30)
    assert at(found, "stage_finish", stage="line/permit") == np.inf


def test_who_waits_for_what_never_comes_never_comes_but_is_not_cancelled(plan: Plan) -> None:
    found = schedule(**plan(WAITS, stage_gate_pass=[0.0, 1.0, 1.0, 0.0]))
    assert found["initiative_finish"].to_numpy().tolist() == [np.inf, np.inf]
    assert found["initiative_cancelled"].to_numpy().tolist() == [1, 0]


def test_a_planned_wait_is_not_counted_twice(plan: Plan) -> None:
    """The hall is promised in 60 months, of which 40 are the wait for the line: a third of its time is its own work."""
    found = schedule(**plan(WAITS))
    own = 72 / 3
    assert months(found, "hall") == pytest.approx(max(60, 72 - own) + own)
    assert found["stage_critical"].sel(stage="hall/build") == 1
    early = schedule(**plan(WAITS, schedule_class_shock=[-4.0, 0.0]))
    assert months(early, "line") < 72 - own
    assert months(early, "hall") == pytest.approx(72)


@pytest.mark.parametrize(
    ("remaining", "age", "share"),
    [
        ([20.0, 50.0], [0.0, 10.0], 0.5),
        ([50.0, 20.0], [0.0, 0.0], 0.0),
        ([20.0, 20.0], [0.0, 0.0], 0.0),
        ([20.0, 50.0], [30.0, 0.0], 1.0),
        ([20.0, 20.0], [0.0, 30.0], 0.0),
    ],
)
def test_which_part_is_own_work(plan: Plan, remaining: list[float], age: list[float], share: float) -> None:
    promises = {
        "initiative_planned_duration": remaining,
        "initiative_promise_remaining": remaining,
        "initiative_elapsed": age,
        "initiative_promise_age": age,
    }
    free, found = schedule(**plan(**promises)), schedule(**plan(WAITS, **promises))
    line, own = months(free, "line"), months(free, "hall")
    assert months(found, "hall") == pytest.approx(max(line, (1 - share) * own) + share * own)


def test_every_input_may_carry_futures_or_not(plan: Plan) -> None:
    """One input at a time is given the same value in two futures: nothing may change."""
    settled = plan(
        WAITS,
        schedule_slip_weight=0.6,
        stage_gate_pass=[0.4, 1.0, 1.0, 1.0],
        schedule_stage_spread=0.3,
        schedule_stage_shock=[0.5, -1.0, 0.4, 2.0],
        initiative_elapsed=[30.0, 10.0],
        schedule_gate_draw=[[0.9, 0.1]] * 4,
        slip_date=[2025.0, 2026.2, 2030.0, 2031.9],
        slip_rate_shock=0.7,
    )
    alone = schedule(**settled)
    for name in settled:
        doubled = settled | {name: xr.concat([settled[name]] * 2, dim="future").assign_coords(future=[7, 9])}
        found = schedule(**doubled)
        for result, array in found.items():
            assert array.dims[0] == "future", name
            for future in (7, 9):
                same = array.sel(future=future, drop=True)
                assert same.to_numpy().tolist() == alone[result].to_numpy().tolist(), (name, result)
                assert same.dims == alone[result].dims


def test_a_plan_may_hang_together_otherwise_in_each_future(plan: Plan) -> None:
    free, waits = plan(), plan(WAITS)
    precedes = xr.concat([free["stage_precedes"], waits["stage_precedes"]], dim="future").assign_coords(future=[0, 1])
    found = schedule(**(free | {"stage_precedes": precedes}))
    assert at(found, "initiative_finish", initiative="hall") == [
        at(schedule(**free), "initiative_finish", initiative="hall"),
        at(schedule(**waits), "initiative_finish", initiative="hall"),
    ]


def test_order_of_labels_does_not_matter(plan: Plan) -> None:
    inputs = plan(WAITS, schedule_initiative_shock=[0.4, -0.3], stage_share=[0.2, 0.8, 0.6, 1.0])
    turned = dict(inputs)
    for name in ("schedule_initiative_shock", "initiative_class", "schedule_stage_shock", "stage_precedes"):
        turned[name] = inputs[name].isel({dim: slice(None, None, -1) for dim in inputs[name].dims})
    for name, array in schedule(**inputs).items():
        assert array.identical(schedule(**turned)[name])


def test_nothing_to_schedule_is_no_error(plan: Plan) -> None:
    inputs = {
        name: array.isel({dim: slice(0, 0) for dim in ("initiative", "stage", "previous") if dim in array.dims})
        for name, array in plan().items()
    }
    found = schedule(**inputs)
    assert found["initiative_finish"].shape == (0,)
    assert found["slip_rate"].to_numpy() == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"initiative_planned_duration": [0.0, 60.0]}, "line was promised in no time"),
        ({"initiative_class": ["rial", "data"]}, "did you mean rail"),
        ({"stage_initiative": ["line", "line", "line", "line"]}, "hall has no stage"),
        ({"stage_share": [0.0, 0.0, 0.0, 1.0]}, "line still to come have a share of zero"),
        ({"schedule_class_correlation": 0.9}, "sum to more than one"),
        ({"schedule_cost_correlation": 1.1}, "beyond -1..1"),
        ({"reference_delay_factor": [[1.0, 1.0, 3.0], [1.0, 1.2, 2.0]]}, "where: reference_delay_factor"),
        ({"stage_gate_pass": [0.5, 1, 1, 1], "stage_gate_attempts": [3.0, 1, 1, 1]}, "3 attempts at its gate and 2"),
        ({"stage_gate_pass": [0.5, 1, 1, 1], "stage_gate_attempts": [1.5, 1, 1, 1]}, "whole number of attempts"),
        ({"slip_series": ["a", "b", "c", "d"]}, "the slip ledger has 0 series"),
    ],
)
def test_what_is_impossible_is_refused(plan: Plan, other: dict[str, Any], message: str) -> None:
    with pytest.raises(MoravaError) as error:
        schedule(**plan(**other))
    assert message in str(error.value)


def test_links_that_are_refused(plan: Plan) -> None:
    circle = [("line/works", "hall/build"), ("hall/build", "line/permit")]
    with pytest.raises(MoravaError, match="initiatives wait for each other"):
        schedule(**plan(circle))
    with pytest.raises(MoravaError, match="stages wait for each other"):
        schedule(**plan([("line/permit", "line/works"), ("line/works", "line/permit")]))
    with pytest.raises(MoravaError, match="neither 0 nor 1"):
        schedule(**plan(stage_precedes=plan()["stage_precedes"] * 0.5))


def test_labels_that_do_not_agree_are_refused(plan: Plan) -> None:
    strange = labelled("initiative_elapsed", [0.0, 0.0], {"initiative": ["line", "shed"]})
    with pytest.raises(MoravaError, match="other labels on initiative: hall, shed"):
        schedule(**plan(initiative_elapsed=strange))
    with pytest.raises(MoravaError, match="initiative_elapsed has dimensions"):
        schedule(**plan(initiative_elapsed=labelled("initiative_elapsed", 0.0)))
    first = over("schedule_view_draw", [0.1, 0.2])
    with pytest.raises(MoravaError, match="speak of different futures"):
        schedule(**plan(schedule_view_draw=first, slip_rate_shock=over("slip_rate_shock", [0.1])))
