"""A small plan that can be followed by hand: two initiatives, one class each, one waiting for the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import xarray as xr

from morava.quantities import labelled

Inputs = dict[str, xr.DataArray]
LINE = ["line/permit", "line/works", "line/design"]
HALL = ["hall/build"]
STAGES = [*LINE, *HALL]
PARTS: dict[str, tuple[Any, dict[str, list[Any]]]] = {
    "schedule_as_of": (2026.0, {}),
    "initiative_planned_duration": ([40.0, 60.0], {"initiative": ["line", "hall"]}),
    "initiative_elapsed": ([0.0, 0.0], {"initiative": ["line", "hall"]}),
    "initiative_promise_remaining": ([40.0, 60.0], {"initiative": ["line", "hall"]}),
    "initiative_promise_age": ([0.0, 0.0], {"initiative": ["line", "hall"]}),
    "initiative_class": (["rail", "data"], {"initiative": ["line", "hall"]}),
    "stage_initiative": (["line", "line", "line", "hall"], {"stage": STAGES}),
    "stage_share": ([0.25, 0.75, 0.5, 1.0], {"stage": STAGES}),
    "stage_gate_pass": ([1.0, 1.0, 1.0, 1.0], {"stage": STAGES}),
    "stage_gate_wait": ([6.0, 0.0, 0.0, 0.0], {"stage": STAGES}),
    "stage_gate_attempts": ([2.0, 1.0, 1.0, 1.0], {"stage": STAGES}),
    "reference_delay_factor": (
        [[0.9, 1.5, 3.0], [1.0, 1.2, 2.0]],
        {"reference_class": ["rail", "data"], "quantile": ["p10", "p50", "p90"]},
    ),
    "reference_cost_factor": (
        [[0.8, 1.1, 2.2], [1.0, 1.3, 1.9]],
        {"reference_class": ["rail", "data"], "quantile": ["p10", "p50", "p90"]},
    ),
    "schedule_programme_correlation": (0.2, {}),
    "schedule_class_correlation": (0.3, {}),
    "schedule_cost_correlation": (0.6, {}),
    "schedule_stage_spread": (0.0, {}),
    "schedule_slip_weight": (0.0, {}),
    "schedule_programme_shock": (0.0, {}),
    "schedule_class_shock": ([0.0, 0.0], {"reference_class": ["rail", "data"]}),
    "schedule_initiative_shock": ([0.0, 0.0], {"initiative": ["line", "hall"]}),
    "schedule_cost_shock": ([0.0, 0.0], {"initiative": ["line", "hall"]}),
    "schedule_stage_shock": ([0.0, 0.0, 0.0, 0.0], {"stage": STAGES}),
    "schedule_gate_draw": ([[0.5, 0.5]] * 4, {"stage": STAGES, "attempt": [0, 1]}),
    "schedule_view_draw": (0.5, {}),
    "slip_rate_shock": (0.0, {}),
    # Both series slip by half a year a year.
    "slip_said": ([2020.0, 2022.0, 2021.0, 2025.0], {"promise": ["p1", "p2", "p3", "p4"]}),
    "slip_date": ([2025.0, 2026.0, 2030.0, 2032.0], {"promise": ["p1", "p2", "p3", "p4"]}),
    "slip_series": (["a", "a", "b", "b"], {"promise": ["p1", "p2", "p3", "p4"]}),
}
LINKS = [("line/permit", "line/works")]


def plan_by_hand(links: list[tuple[str, str]] | None = None, **other: Any) -> Inputs:
    """Return the inputs of the plan, some of them replaced by values or by whole arrays."""
    inputs = {name: labelled(name, values, coords) for name, (values, coords) in PARTS.items()}
    precedes = np.zeros((len(STAGES), len(STAGES)))
    for before, after in LINKS if links is None else links:
        precedes[STAGES.index(before), STAGES.index(after)] = 1
    inputs["stage_precedes"] = labelled("stage_precedes", precedes, {"previous": STAGES, "stage": STAGES})
    for name, value in other.items():
        if isinstance(value, xr.DataArray):
            inputs[name] = value
        else:
            inputs[name] = labelled(name, value, PARTS[name][1])
    return inputs


@pytest.fixture
def plan() -> Callable[..., Inputs]:
    return plan_by_hand
