"""The page gets what Python has: its arithmetic on the document gives what Python answers."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np
import pytest

from morava.plans.levers import read_levers
from morava.runs.emulator import LEVELS
from morava.views.levers import lever_texts, levers_of

FIXTURE = Path(__file__).parents[2] / "frontend" / "src" / "levers" / "fixture.json"


def page(emulator: dict, settings: dict) -> tuple[dict, dict, float]:
    """Return what a page answers from the document alone, without a line of Morava."""
    levers = {one["name"]: one for one in emulator["levers"]}

    def z(name: str, value: float) -> float:
        one = levers[name]
        return 2 * (value - one["at_least"]) / (one["at_most"] - one["at_least"]) - 1

    here = [z(name, settings.get(name, one["plan"])) for name, one in levers.items()]
    plan = [z(name, one["plan"]) for name, one in levers.items()]
    feature = [np.prod([here[i] for i in term]) - np.prod([plan[i] for i in term]) for term in emulator["terms"]]
    rows = np.frombuffer(base64.b64decode(emulator["coefficients"]), dtype="<f4").reshape(-1, len(feature))
    moved = rows.astype(float) @ np.array(feature)
    values = {
        one["name"]: [
            [base + moved[one["offset"] + len(LEVELS) * year + level] for level, base in enumerate(row)]
            for year, row in enumerate(one["base"])
        ]
        for one in emulator["outputs"]
    }
    count = emulator["fitted"]["futures"]

    def share(one: dict) -> float:
        drawn_in = (one["base"] * count + 0.5) / (count + 1)
        return float(1 / (1 + np.exp(-(np.log(drawn_in / (1 - drawn_in)) + moved[one["offset"]]))))

    claims = {(one["claim"], one["test"]): share(one) for one in emulator["claims"]}
    return values, claims, share(emulator["answered"])


def test_the_fixture_of_the_page_holds_what_its_arithmetic_gives():
    told = json.loads(FIXTURE.read_text(encoding="utf-8"))
    answered = [case for case in told["cases"] if "refused" not in case]
    assert len(answered) >= 4
    assert len(told["cases"]) > len(answered)
    for case in answered:
        values, claims, share = page(told["emulator"], case["settings"])
        for name, rows in case["outputs"].items():
            np.testing.assert_allclose(values[name], rows, rtol=1e-12)
        for one in case["claims"]:
            assert claims[one["claim"], one["test"]] == pytest.approx(one["share"], rel=1e-9)
        assert share == pytest.approx(case["answered"], rel=1e-9)


def test_a_run_without_an_emulator_shows_its_levers(answers, tmp_path):
    told = levers_of(answers, tmp_path)
    assert told["emulator"] is None
    assert next(one["name"] for one in told["levers"]) == "sun-size"
    assert all(one["run"] == one["plan"] for one in told["levers"])
    json.dumps(told, allow_nan=False)


def test_words_of_levers_are_there_in_two_languages(answers):
    levers = list(read_levers(answers.plan.country, answers.plan.strategy).values())
    words = lever_texts(levers)
    assert words["sr"]["lever:sun-size"] != words["en"]["lever:sun-size"]
    assert words["en"]["lever-note:sun-size"]
