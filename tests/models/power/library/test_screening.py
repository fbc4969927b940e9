"""Futures are answered from others, within a gap that is proved, or not at all."""

from dataclasses import replace

import numpy as np
import pytest

from morava.models.power.build import build_program
from morava.models.power.library import Library, make_entry, screen, screen_program
from morava.models.power.program import TOLERANCE, prove

ROUNDING = 1e-7
HELD_OUT = (11, 12, 13, 14, 15)


@pytest.mark.parametrize("number", HELD_OUT)
def test_bound_optimum_and_cost_stand_in_order(futures, library, number):
    system = futures.make(number)
    program, _, best = futures.solve(system)
    found = screen(system, library)
    assert found is not None
    assert found.bound <= best.objective * (1 + ROUNDING)
    assert best.objective <= found.objective * (1 + ROUNDING)
    again = prove(program, found.values, found.row_duals, found.status)
    assert again == found or np.isclose(again.gap, found.gap, rtol=1e-12)
    assert again.gap <= 1e-2
    assert max(again.primal_residual, again.dual_residual) <= TOLERANCE


def test_a_future_of_the_library_is_found_again(futures, library):
    system = futures.make(2)
    found = screen(system, Library((library.entries[2],)), 2e-3)
    assert found is not None
    assert found.gap <= 2e-3


@pytest.mark.parametrize("number", HELD_OUT)
def test_one_future_answers_others(futures, library, number):
    system = futures.make(number)
    *_, best = futures.solve(system)
    found = screen(system, Library(library.entries[3:]), 2e-2)
    assert found is not None
    assert found.bound * (1 - ROUNDING) <= best.objective <= found.objective * (1 + ROUNDING)


def test_an_energy_limit_that_does_not_bind_is_no_matter(futures, library):
    system = futures.make(14)
    limited = replace(system.generators[0], energy_limit=np.full(2, 1e9))
    assert screen(replace(system, generators=(limited, *system.generators[1:])), library) is not None


def test_a_smaller_gap_is_kept_or_refused(futures, library):
    for gap in (1e-2, 3e-3, 1e-3, 1e-4, 1e-7):
        found = screen(futures.make(11), library, gap)
        assert found is None or found.gap <= gap
    assert found is None


def test_answers_are_the_same_bytes(futures, library):
    first, second = (screen(futures.make(12), library) for _ in range(2))
    assert first.values.tobytes() == second.values.tobytes()
    assert first.row_duals.tobytes() == second.row_duals.tobytes()


def test_a_made_program_is_used(futures, library):
    system = futures.make(13)
    found = screen_program(system, *build_program(system), library)
    assert found.values.tobytes() == screen(system, library).values.tobytes()


def test_out_of_reach_is_no_answer(futures, library):
    system = futures.make(11)
    assert screen(system, Library(())) is None
    committed = replace(system.generators[0], committed=True)
    assert screen(replace(system, generators=(committed, *system.generators[1:])), library) is None
    assert screen(replace(system, zones=("nation", "abroad"), demand=system.demand | {
        "abroad": 0 * system.demand["nation"]}), library) is None  # fmt: skip
    renamed = replace(system.storages[1], name="another")
    assert screen(replace(system, storages=(*system.storages[:1], renamed, *system.storages[2:])), library) is None


def test_must_run_that_nothing_takes_is_no_answer(futures, library):
    system = futures.make(11)
    fixed = replace(system.generators[0], minimum=1.0, capacity=np.full(2, 9000.0))
    assert screen(replace(system, generators=(fixed, *system.generators[1:])), library) is None


def test_an_emission_limit_is_never_broken(futures, library):
    system = futures.make(11)
    _, layout, free = futures.solve(system)
    coal = free.values[layout.output["coal"]].sum(axis=1) * 1000 * system.generators[0].emission
    assert screen(replace(system, emission_limit=1.2 * coal), library) is not None
    tight = replace(system, emission_limit=0.7 * coal)
    program, _, best = futures.solve(tight)
    found = screen(tight, library)
    if found is not None:
        assert found.bound <= best.objective * (1 + ROUNDING)
        assert prove(program, found.values, found.row_duals, "").primal_residual <= TOLERANCE


def test_one_without_storages_builds_and_ramps_is_merit_order(futures):
    systems = [
        replace(
            one, storages=(), budgets=(),
            generators=tuple(replace(plant, build=None, ramp=np.inf) for plant in one.generators),
        )
        for one in (futures.make(1), futures.make(2))
    ]  # fmt: skip
    library = Library((make_entry(systems[0], *futures.solve(systems[0])),))
    *_, best = futures.solve(systems[1])
    found = screen(systems[1], library, 1e-6)
    assert found is not None
    assert found.objective == pytest.approx(best.objective, rel=1e-6)


def test_ramps_are_kept(futures, library):
    system = futures.make(12)
    program, layout = build_program(system)
    found = screen_program(system, program, layout, library)
    coal = found.values[layout.output["coal"]]
    assert np.abs(np.diff(np.column_stack([coal, coal[:, 0]]), axis=1)).max() <= 0.3 * 1.8 + 1e-9
