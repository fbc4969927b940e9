"""Levers of Serbia: none is idle, and the emulator that travels with the pack is what the models say."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from morava.plans.levers import read_levers
from morava.runs.emulator import feature, place
from morava.runs.emulator_file import read_emulator
from morava.runs.explore import read_plan
from morava.runs.frozen_power import FrozenPower
from morava.runs.levers_design import (
    HELD_OUT,
    PLAN_POWER,
    Design,
    levers_hash,
    read_point,
    settings_of,
    solve_plan,
    solve_point,
)
from morava.runs.levers_fit import ranges, shipped_file
from morava.runs.request import detail_for, make_request
from morava.runs.simulate import apply_at_dates

LARGEST = 5_000_000
FAR = 6
"""Held-out errors, the root mean square of all points, within which one point must lie in nearly every number."""


@pytest.fixture(scope="module")
def plan():
    return read_plan("serbia")


@pytest.fixture(scope="module")
def levers(plan):
    return read_levers(plan.country, plan.strategy)


@pytest.fixture(scope="module")
def emulator(plan):
    return read_emulator(shipped_file(plan.country, plan.strategy))


def test_there_are_levers_of_every_kind_with_reasons(levers):
    assert 12 <= len(levers) <= 18
    assert {one.kind for one in levers.values()} == {"size", "start", "financing", "policy"}
    assert all(one.facts or one.sources for one in levers.values())


def test_no_lever_is_idle(plan, levers):
    def told(settings):
        moved = read_plan("serbia", levers=settings).strategy
        return apply_at_dates(plan.country, moved, plan.futures, plan.futures.seed, [0]).known

    before = told({})
    for name, one in levers.items():
        after = told({name: one.at_most if one.at_most != one.plan else one.at_least})
        assert any(key not in after or not before[key].identical(after[key]) for key in before), name


def test_the_emulator_is_small_and_for_these_levers(plan, levers, emulator):
    assert shipped_file(plan.country, plan.strategy).stat().st_size < LARGEST
    assert emulator.levers == tuple(_range(one) for one in levers.values())
    assert emulator.fitted.levers_hash == levers_hash(levers)
    assert emulator.fitted.held_out_points >= 30
    assert len(emulator.outputs) >= 30
    assert sum(not share.test for share in emulator.shares) >= 20


def _range(lever):
    return next(one for one in ranges(Design(None, None, {lever.name: lever}, 0, 0, None)))


def test_every_lever_moves_some_number_by_more_than_its_error(emulator):
    here = place(emulator.levers, {})
    for column, lever in enumerate(emulator.levers):
        largest, row = 0.0, 0
        for end in (lever.at_least, lever.at_most):
            there = here.copy()
            there[column] = end
            moved = emulator.coefficients.astype(float) @ feature(emulator.levers, emulator.terms, there)
            row = 0
            for output in emulator.outputs:
                size = 3 * len(output.years)
                by_year = np.abs(moved[row : row + size]).reshape(-1, 3).max(axis=1)
                largest = max(largest, float((by_year / np.maximum(output.error, 1e-12)).max()))
                row += size
        assert largest > 2, lever.name


def test_at_the_plan_it_says_what_the_plan_says(emulator):
    told = emulator.answer({})
    for output in emulator.outputs:
        assert told.values[output.name].tolist() == [list(row) for row in output.base]


def test_a_point_that_it_never_saw_is_what_the_models_say(plan, levers, emulator, tmp_path):
    fitted = emulator.fitted
    years = [int(year) for year in fitted.frozen["years"]]
    frozen = FrozenPower(
        **{
            name: xr.DataArray(np.array(row), coords={"year": years}, dims=["year"])
            for name, row in fitted.frozen.items()
            if name != "years"
        }
    )
    request = make_request(plan.country, plan.strategy, plan.futures, fitted.futures, detail=detail_for(plan.country))
    design = Design(plan, request, levers, fitted.futures, fitted.power_futures, frozen)
    solve_plan(design, tmp_path)
    plan_power = read_point(tmp_path, PLAN_POWER)
    at_plan, there = (solve_point(design, number, plan_power) for number in (0, 2 * HELD_OUT))
    assert there["settings"] == settings_of(design, 2 * HELD_OUT)
    told = emulator.answer(there["settings"])
    away, gdp = [], None
    for output in emulator.outputs:
        if output.name in there["outputs"]:
            found = np.array(there["outputs"][output.name]["levels"]) - at_plan["outputs"][output.name]["levels"]
            said = told.values[output.name] - np.array(output.base)
            scale = np.maximum(np.array(output.error)[:, None], 1e-9 * np.abs(output.base))
            off = np.abs(said - found) / np.maximum(scale, 1e-9)
            away.append(off.max(axis=1))
            gdp = off if output.name == "gdp" else gdp
    assert gdp is not None
    assert (gdp < FAR).all()
    assert np.mean(np.concatenate(away) < FAR) > 0.95
