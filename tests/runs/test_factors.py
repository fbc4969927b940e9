"""Draws as named factors: which of them can reach a test, and which are named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from morava.plans.draws import draw
from morava.plans.types import Measure, Test
from morava.runs.apply import changed_by
from morava.runs.factors import MOST_NAMED, Factors, name_factors, reach
from morava.runs.lower import draw_labels
from morava.runs.lower_schedule import open_initiatives


@pytest.fixture(scope="module")
def factors(ruritania, crown, nobody):
    labels = draw_labels(ruritania, crown, open_initiatives(ruritania, crown)[0])
    return name_factors(nobody, draw(nobody, 1, np.arange(20), labels, ruritania.conflicts), 5)


def asks(quantity="initiative_finish", without="", against=None, **where):
    return Test("t", "", Measure(quantity, where, None, {}), against, without, "", None, None, "", "2030", "")


def test_every_draw_is_a_factor_and_belongs_to_its_initiative(factors):
    assert {name for name, owner in factors.belongs.items() if owner == "sun"} == {
        "What delays one initiative: sun",
        "What makes one initiative dearer: sun",
        "Where the cost of one initiative lies in the range that was named: sun",
        "Whether a guarantee is called: sun",
        *(
            f"{what}: sun/{stage}"
            for what in ("What delays one stage", "Whether an attempt at a gate succeeds")
            for stage in ("grid", "build", "commission")
        ),
    }
    assert factors.belongs["What delays the initiatives of a class: rail"] == ""
    assert factors.belongs["Which years of history come again: 2030"] == ""
    assert all(values.shape == (20,) for values in factors.values.values())
    assert factors.values.keys() == factors.belongs.keys()
    assert len({values.tobytes() for values in factors.values.values()}) == len(factors.values)


@pytest.mark.parametrize(
    ("test", "near"),
    [
        (asks(initiative="railway"), {"railway"}),
        (asks(initiative="hall"), {"hall", "sun"}),
        (asks("stage_finish", stage="hall/build"), {"hall", "sun"}),
        (asks("power_capacity", technology="solar"), {"sun"}),
        (asks("debt_ratio", without="railway"), {"railway"}),
        (asks("envelope_balance", envelope="green-programme"), {"sun"}),
        (asks("envelope_balance", envelope="crown-programme"), {"hall", "railway", "sun"}),
        (
            asks("debt_ratio", against=Measure("initiative_finish", {"initiative": ("railway", "hall")}, None, {})),
            {"railway", "hall", "sun"},
        ),
        (asks("debt_ratio"), set()),
    ],
)
def test_what_reaches_a_test_goes_through_dependencies_and_envelopes(crown, test, near):
    assert reach(test, crown, changed_by(crown)) == near


def test_a_wait_for_a_stage_is_a_way_too(crown):
    railway = crown.initiatives["railway"]
    waiting = replace(
        railway, stages=tuple(replace(stage, after=(*stage.after, "hall/build")) for stage in railway.stages)
    )
    strategy = replace(crown, initiatives={**crown.initiatives, "railway": waiting})
    assert reach(asks(initiative="railway"), strategy, {}) == {"railway", "hall", "sun"}


def test_factors_of_far_initiatives_are_not_asked(crown, factors):
    names = factors.relevant(asks(initiative="railway"), crown, changed_by(crown))
    owners = {factors.belongs[name] for name in names}
    assert owners == {"", "railway"}
    assert len(names) == len([owner for owner in factors.belongs.values() if owner in ("", "railway")])


def test_the_strongest_come_first_and_at_most_three():
    random = np.random.default_rng(3)
    values = {f"f{n}": random.random(2000) for n in range(6)}
    result = sum((n + 1) * values[f"f{n}"] for n in range(6))
    hinges = Factors(values, dict.fromkeys(values, ""), 1).explain(result, list(values))
    assert [hinge.factor for hinge in hinges] == ["f5", "f4", "f3"]
    assert len(hinges) == MOST_NAMED
    assert [hinge.share for hinge in hinges] == pytest.approx([36 / 91, 25 / 91, 16 / 91], abs=0.05)


def test_never_is_left_out_and_what_does_not_vary_explains_nothing():
    random = np.random.default_rng(4)
    values = {"x": random.random(500), "fixed": np.ones(500)}
    factors = Factors(values, dict.fromkeys(values, ""), 1)
    result = np.where(random.random(500) < 0.3, np.nan, values["x"])
    assert [hinge.factor for hinge in factors.explain(result, ["x", "fixed"])] == ["x"]
    assert factors.explain(np.full(500, np.nan), ["x"]) == ()
    assert factors.explain(np.ones(500), ["x"]) == ()
    assert factors.explain(values["x"], ["fixed"]) == ()
