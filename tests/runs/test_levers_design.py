"""A design is points on disk, whole or not there; what is fitted from them is anchored, and says how far it is off."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.plans.levers import read_levers
from morava.runs.emulator import LEVELS, logit_of, place
from morava.runs.explore import read_plan
from morava.runs.levers_base import design_on
from morava.runs.levers_design import (
    HELD_OUT,
    Design,
    PointTask,
    folder_of,
    levers_hash,
    point_file,
    read_point,
    settings_of,
    solve_design,
    solve_point,
)
from morava.runs.levers_fit import anchored, find_emulator, fit, ranges, read_points
from morava.runs.levers_outputs import Watched, shares, watched
from morava.runs.lower import lower
from morava.runs.request import NO_POWER, make_request
from morava.runs.simulate import simulate_outcome

YEARS, COUNT = (2030, 2031), 60


@pytest.fixture(scope="module")
def design():
    plan = read_plan("ruritania")
    request = make_request(plan.country, plan.strategy, plan.futures, 2, detail=NO_POWER)
    return Design(plan, request, read_levers(plan.country, plan.strategy), 16, 0, None)


def truth(design, settings, cubic):
    """Return a made-up answer [year, level]: a quadratic in the levers, and something beyond it."""
    x = place(ranges(design), settings)
    bent = 10 + 3 * x[0] - x[1] ** 2 + 2 * x[2] * x[3] + cubic * x[1] ** 3
    return np.array([[bent, 2 * bent, 3 * bent], [bent + 1, bent + 2, bent + 3]])


def written(design, folder, count, cubic=0.0, failing=()):
    """Write points that nobody computed."""
    folder.mkdir(exist_ok=True)
    for number in range(count + 1):
        settings = settings_of(design, number)
        held = 1 / (1 + np.exp(2 - place(ranges(design), settings)[0]))
        point = {
            "point": number, "settings": settings, "seconds": 1.0, "answered": 1.0, "power": {"power_emission": [held]},
            "shares": [["C1", "", held], ["C2", "", 0.0]],
            "outputs": {
                "gdp": {"quantity": "gdp", "where": {}, "unit": "1", "years": YEARS,
                        "levels": truth(design, settings, cubic).tolist()},
                "still": {"quantity": "gdp", "where": {}, "unit": "1", "years": YEARS, "levels": [[1.0] * 3] * 2},
            },
        }  # fmt: skip
        if number in failing:
            point = {"point": number, "settings": settings, "failed": "nothing stands", "seconds": 1.0}
        point_file(folder, number).write_text(json.dumps(point), encoding="utf-8")
    return folder


BASE = [
    Watched("gdp", "gdp", {}, "1", YEARS, np.arange(20.0).reshape(10, 2)),
    Watched("still", "gdp", {}, "1", YEARS, np.ones((10, 2))),
    Watched("power_emission", "power_emission", {}, "1", (2030,), np.arange(10.0)[:, None]),
]


def test_more_points_only_add_and_none_stands_outside(design):
    for number in (1, 2, 7, 30):
        settings = settings_of(design, number)
        assert list(settings) == list(design.levers)
        assert all(one.at_least <= settings[name] <= one.at_most for name, one in design.levers.items())
    assert settings_of(design, 0) == {}
    assert settings_of(design, 5) != settings_of(design, 6)


def test_a_quadratic_is_fitted_and_the_rest_is_left_out(design, tmp_path):
    points = read_points(design, written(design, tmp_path / "points", COUNT, failing=(3,)), COUNT)
    assert list(points.failed) == [3]
    emulator = fit(design, points, BASE, {("C1", ""): 0.5})
    assert [one.name for one in emulator.outputs] == ["gdp", "power_emission"]
    assert emulator.fitted.design_points == COUNT - 1
    assert emulator.fitted.held_out_points == COUNT // HELD_OUT
    settings = {name: one.at_least + 0.3 * (one.at_most - one.at_least) for name, one in design.levers.items()}
    moved = truth(design, settings, 0.0) - truth(design, {}, 0.0)
    told = emulator.answer(settings).values["gdp"] - np.array(emulator.outputs[0].base)
    np.testing.assert_allclose(told, moved, atol=1e-4)
    assert max(emulator.outputs[0].error) < 1e-4
    assert emulator.answer({}).values["gdp"].tolist() == BASE[0].levels().tolist()
    assert emulator.shares[0].base == 0.5
    assert emulator.coefficients.shape == (2 * len(LEVELS) + len(LEVELS) + 3, len(emulator.terms))


def test_the_error_held_out_is_that_of_points_nobody_saw(design, tmp_path):
    points = read_points(design, written(design, tmp_path / "points", COUNT, cubic=0.5), COUNT)
    emulator = fit(design, points, BASE, {})
    away = []
    for number in range(1000, 1200):
        settings = settings_of(design, number)
        told = emulator.answer(settings).values["gdp"] - np.array(emulator.outputs[0].base)
        away.append(told - (truth(design, settings, 0.5) - truth(design, {}, 0.5)))
    fresh = np.sqrt(np.mean(np.square(away), axis=(0, 2)))
    assert fresh.min() > 0.1
    np.testing.assert_allclose(np.array(emulator.outputs[0].error) / fresh, 1.0, atol=0.6)


def test_an_anchor_moves_the_level_and_nothing_else(design, tmp_path):
    emulator = fit(design, read_points(design, written(design, tmp_path / "points", 20), 20), BASE, {})
    other = [replace(one, values=one.values + 100) for one in BASE]
    moved = anchored(emulator, other, {("C1", ""): 0.9})
    here, there = (one.answer({"sun-size": 0.4}) for one in (emulator, moved))
    np.testing.assert_allclose(there.values["gdp"] - here.values["gdp"], 100)
    lifted = logit_of(0.9, 16) - logit_of(emulator.shares[0].base, 16)
    odds = [np.log(one.shares["C1", ""] / (1 - one.shares["C1", ""])) for one in (here, there)]
    assert odds[1] - odds[0] == pytest.approx(lifted)


def test_too_few_points_and_missing_ones_are_refused(design, tmp_path):
    folder = written(design, tmp_path / "points", 9)
    with pytest.raises(MoravaError, match="too few for a fit"):
        read_points(design, folder, 9)
    with pytest.raises(MoravaError, match="point 10 is missing"):
        read_points(design, folder, 10)
    point_file(folder, 4).write_text("{", encoding="utf-8")
    with pytest.raises(MoravaError, match="damaged"):
        read_points(design, folder, 9)


def test_points_that_are_there_are_not_computed_again(design, tmp_path):
    folder = folder_of(design, tmp_path)
    written(design, folder, 2)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    told = []
    assert solve_design(design, tmp_path, 2, 1, lambda done, total: told.append((done, total))) == folder
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert told == [(3, 3)]


def test_a_point_is_the_plan_with_levers_moved(design, tmp_path):
    design = replace(design, futures=2)
    PointTask(design, tmp_path).compute(range(1))
    found = read_point(tmp_path, point_file(tmp_path, 0).stem)
    plan = design.plan
    outcome = simulate_outcome(plan.country, plan.strategy, plan.futures, design.request.seed, [0, 1])
    evidence = lower(plan.country, plan.strategy, plan.futures, design.request.seed, [0, 1]).evidence
    for one in watched(outcome.values, plan.country):
        assert found["outputs"][one.name]["levels"] == one.levels().tolist()
    held = shares(plan.strategy, outcome, evidence)
    assert {(claim, test): share for claim, test, share in found["shares"]} == held
    other = solve_point(design, 1, None)
    assert other["settings"] == settings_of(design, 1)
    assert other["outputs"]["gdp"] != found["outputs"]["gdp"]


def test_words_of_a_lever_are_no_part_of_what_it_moves(design):
    levers = dict(design.levers)
    same = {name: replace(one, because="x", title_en="y", step=0.2) for name, one in levers.items()}
    assert levers_hash(same) == levers_hash(levers)
    other = {name: replace(one, at_most=one.at_most + 1) for name, one in levers.items()}
    assert levers_hash(other) != levers_hash(levers)


def test_a_plan_with_levers_moved_is_no_plan_for_a_design(design, tmp_path):
    moved = read_plan("ruritania", levers="sun-size=0.5")
    with pytest.raises(MoravaError, match="levers are moved already"):
        design_on(moved, tmp_path, design.request, 2, 0)


def test_without_an_emulator_there_is_none(design, tmp_path):
    plan = design.plan
    assert find_emulator(plan.country, plan.strategy, plan.futures, tmp_path) is None
