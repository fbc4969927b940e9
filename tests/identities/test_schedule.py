"""What must hold of the schedule whatever the plan."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.errors import Problems
from morava.models.schedule import schedule
from morava.models.schedule.network import Link, backward, build, critical, forward
from morava.quantities import check, labelled

Inputs = dict[str, xr.DataArray]
FUTURES = 100
SHOCKS = ("schedule_programme_shock", "schedule_class_shock", "schedule_initiative_shock")


def programme(seed: int, initiatives: int, futures: int = FUTURES) -> Inputs:
    """Return a plan drawn at random: chains and branches, dependencies, gates, aged promises, both views."""
    random = np.random.default_rng(seed)
    names = [f"i{k}" for k in range(initiatives)]
    counts = random.integers(1, 5, initiatives)
    owner = np.repeat(np.arange(initiatives), counts)
    stages = [f"{names[k]}/{j}" for k in range(initiatives) for j in range(counts[k])]
    first = np.concatenate([[0], np.cumsum(counts)[:-1]])
    precedes = np.zeros((len(stages), len(stages)))
    for before in range(len(stages)):
        for after in range(before + 1, len(stages)):
            same = owner[before] == owner[after]
            precedes[before, after] = random.random() < (0.5 if same else 0.1 * (after in first))
    planned = random.uniform(1, 120, initiatives)
    # As late as a class can explain: far beyond, the range of the cost factor refuses the result, as it should.
    elapsed = planned * random.uniform(0, 2, initiatives) * (random.random(initiatives) < 0.7)
    median = random.uniform(0.8, 2, 3)
    factors = np.stack([median * random.uniform(0.5, 0.9, 3), median, median * random.uniform(1.4, 3, 3)], axis=1)
    said = random.uniform(2010, 2026, 12)
    of_initiative, of_stage, of_promise = {"initiative": names}, {"stage": stages}, {"promise": list(range(12))}
    classes = ["x", "y", "z"]
    of_class = {"reference_class": classes, "quantile": ["p10", "p50", "p90"]}
    size = len(stages)
    fixed: dict[str, tuple[Any, dict[str, list[Any]]]] = {
        "schedule_as_of": (2026.5, {}),
        "initiative_planned_duration": (planned, of_initiative),
        "initiative_elapsed": (elapsed, of_initiative),
        "initiative_promise_remaining": (planned * random.integers(0, 5, initiatives) / 3, of_initiative),
        "initiative_promise_age": (elapsed * random.random(initiatives), of_initiative),
        "initiative_class": (random.choice(classes, initiatives), of_initiative),
        "stage_initiative": ([names[k] for k in owner], of_stage),
        "stage_share": (random.uniform(0.05, 1, size), of_stage),
        "stage_precedes": (precedes, {"previous": stages, "stage": stages}),
        "stage_gate_pass": (np.where(random.random(size) < 0.4, random.uniform(0.3, 1, size), 1.0), of_stage),
        "stage_gate_wait": (random.uniform(0, 24, size), of_stage),
        "stage_gate_attempts": (random.integers(1, 4, size) * 1.0, of_stage),
        "reference_delay_factor": (factors, of_class),
        "reference_cost_factor": (factors[::-1], of_class),
        "schedule_programme_correlation": (0.3, {}),
        "schedule_class_correlation": (0.2, {}),
        "schedule_cost_correlation": (0.5, {}),
        "schedule_stage_spread": (0.3, {}),
        "schedule_slip_weight": (0.5, {}),
        "slip_said": (said, of_promise),
        "slip_date": (said * 0.5 + 1015 + random.normal(0, 1, 12), of_promise),
        "slip_series": ([f"s{k % 5}" for k in range(12)], of_promise),
    }
    drawn: dict[str, tuple[Any, dict[str, list[Any]]]] = {
        "schedule_programme_shock": (random.standard_normal(futures), {}),
        "schedule_class_shock": (random.standard_normal((futures, 3)), {"reference_class": classes}),
        "schedule_initiative_shock": (random.standard_normal((futures, initiatives)), of_initiative),
        "schedule_cost_shock": (random.standard_normal((futures, initiatives)), of_initiative),
        "schedule_stage_shock": (random.standard_normal((futures, size)), of_stage),
        "schedule_gate_draw": (random.random((futures, size, 3)), {**of_stage, "attempt": [0, 1, 2]}),
        "schedule_view_draw": (random.random(futures), {}),
        "slip_rate_shock": (random.standard_normal(futures), {}),
    }
    inputs = {name: labelled(name, values, coords) for name, (values, coords) in fixed.items()}
    numbers = list(range(futures))
    return inputs | {name: labelled(name, v, {"future": numbers, **coords}) for name, (v, coords) in drawn.items()}


plans = st.builds(programme, seed=st.integers(0, 2**32 - 1), initiatives=st.integers(1, 6))
some = settings(deadline=None, max_examples=25)


def of_futures(inputs: Inputs, picked: list[int]) -> Inputs:
    return {name: a.isel(future=picked) if "future" in a.dims else a for name, a in inputs.items()}


@some
@given(plans, st.integers(0, FUTURES - 1), st.integers(1, 40))
def test_a_future_does_not_know_of_the_others(inputs: Inputs, future: int, many: int) -> None:
    """Alone, among a few, in another order: the same bits."""
    together = schedule(**inputs)
    alone = schedule(**of_futures(inputs, [future]))
    among = list(range(min(future + many, FUTURES - 1), max(future - many, 0) - 1, -1))
    chunk = schedule(**of_futures(inputs, among))
    for name, array in together.items():
        if "future" not in array.dims:
            continue
        bits = array.sel(future=[future]).to_numpy().tobytes()
        assert alone[name].to_numpy().tobytes() == bits, name
        assert chunk[name].sel(future=[future]).to_numpy().tobytes() == bits, name


@some
@given(plans)
def test_results_are_as_the_glossary_says_and_inputs_unchanged(inputs: Inputs) -> None:
    before = {name: array.copy(deep=True) for name, array in inputs.items()}
    found = schedule(**inputs)
    problems = Problems()
    for name, array in found.items():
        check(name, array, "schedule", problems)
    problems.raise_if_any()
    assert all(inputs[name].identical(array) for name, array in before.items())


@some
@given(plans)
def test_dates_hang_together(inputs: Inputs) -> None:
    found = schedule(**inputs)
    stage, finish, cancelled = found["stage_finish"], found["initiative_finish"], found["initiative_cancelled"]
    assert (stage >= 2026.5).all()
    owner = inputs["stage_initiative"]
    for name in finish.initiative.values:
        own = stage.sel(stage=owner.stage.values[owner.values == name])
        critical_own = found["stage_critical"].sel(stage=own.stage.values)
        ended = np.isfinite(finish.sel(initiative=name).values)
        assert (own.max("stage").values == finish.sel(initiative=name).values).all()
        assert not (cancelled.sel(initiative=name).values.astype(bool) & ended).any()
        assert ((critical_own.max("stage").values == 1) == ended).all()
        last = (own == finish.sel(initiative=name)).values & ended[:, None]
        assert (critical_own.values[last] == 1).all()
    precedes = inputs["stage_precedes"]
    for before, after in zip(*np.nonzero(precedes.values), strict=True):
        assert (stage.values[:, before] <= stage.values[:, after]).all()


@some
@given(plans, st.sampled_from(SHOCKS), st.floats(0.01, 2))
def test_a_worse_shock_brings_nothing_forward(inputs: Inputs, name: str, more: float) -> None:
    """Without gates: a later cancellation lets a stage beside it be finished before, for which others may wait."""
    inputs = inputs | {"stage_gate_pass": xr.ones_like(inputs["stage_gate_pass"])}
    worse = inputs | {
        name: labelled(name, (inputs[name] + more).values, {d: inputs[name][d].values for d in inputs[name].dims})
    }
    calm, bad = schedule(**inputs), schedule(**worse)
    assert (bad["initiative_finish"].values >= calm["initiative_finish"].values - 1e-7).all()
    assert (bad["initiative_cost_factor"].values >= calm["initiative_cost_factor"].values * (1 - 1e-12)).all()


@some
@given(plans, st.integers(0, 2**32 - 1))
def test_names_in_another_order_change_nothing(inputs: Inputs, seed: int) -> None:
    random = np.random.default_rng(seed)
    initiatives = random.permutation(inputs["initiative_elapsed"].initiative.values)
    stages = random.permutation(inputs["stage_share"].stage.values)
    order = {"initiative": initiatives, "stage": stages, "previous": stages}
    turned = {name: a.sel({dim: order[str(dim)] for dim in a.dims if dim in order}) for name, a in inputs.items()}
    mixed = schedule(**turned)
    for name, array in schedule(**inputs).items():
        same = mixed[name].sel({dim: array[dim].values for dim in array.dims})
        np.testing.assert_allclose(same.values, array.values, rtol=1e-12)


@some
@given(plans)
def test_a_dependency_never_brings_anything_forward(inputs: Inputs) -> None:
    owner = inputs["stage_initiative"].values
    own = owner[:, None] == owner[None, :]
    free = inputs | {"stage_precedes": inputs["stage_precedes"].copy(data=inputs["stage_precedes"].values * own)}
    with_them, without = schedule(**inputs), schedule(**free)
    assert (with_them["initiative_finish"].values >= without["initiative_finish"].values - 1e-9).all()


networks = st.integers(1, 9).flatmap(
    lambda size: st.tuples(
        st.lists(st.floats(0, 50), min_size=size, max_size=size),
        st.sets(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1))),
    )
)


@some
@given(networks)
def test_float_is_what_a_stage_may_slip(drawn: tuple[list[float], set[tuple[int, int]]]) -> None:
    lengths, pairs = drawn
    names = [str(k) for k in range(len(lengths))]
    net = build(names, [Link(str(min(p)), str(max(p))) for p in sorted(pairs) if p[0] != p[1]])
    duration = np.array(lengths)
    _, finish = forward(net, duration)
    length = finish.max()
    _, late = backward(net, duration, length)
    for stage in range(len(lengths)):
        slipped = duration.copy()
        slipped[stage] += late[stage] - finish[stage]
        assert forward(net, slipped)[1].max() == pytest.approx(length, abs=1e-9)
        slipped[stage] += 1
        assert forward(net, slipped)[1].max() == pytest.approx(length + 1, abs=1e-9)
    assert critical(net, duration).any()
