"""The border of a model: nothing wrong goes in, nothing wrong or unannounced comes out, all of it said at once."""

from __future__ import annotations

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.models.contract import model
from morava.quantities import labelled
from morava.runs.guard import run

RATIO = labelled("debt_ratio", [0.5, 0.6], {"year": [2025, 2026]})
INITIAL = labelled("debt_initial", 0.5)
GROWTH = labelled("discount_rate", 0.04)


def giving(*results):
    """Return a model of two inputs that answers with what it is told."""

    @model(gives=["debt_ratio"])
    def told(debt_initial, discount_rate):
        del debt_initial, discount_rate  # it is named by them
        return dict(results)

    return told


def test_a_model_is_shown_what_it_names_and_no_more():
    @model(gives=["debt_ratio"])
    def sums(debt_initial, discount_rate):
        return {"debt_ratio": RATIO * 0 + debt_initial + discount_rate}

    results = run(sums, {"debt_initial": INITIAL, "discount_rate": GROWTH, "gdp_initial": None})
    assert list(results) == ["debt_ratio"]
    assert results["debt_ratio"].to_numpy() == pytest.approx([0.54, 0.54])


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({}, ["debt_initial is missing", "discount_rate is missing"]),
        ({"debt_initial": INITIAL}, ["discount_rate is missing"]),
        ({"debt_initial": INITIAL * np.nan, "discount_rate": GROWTH}, ["debt_initial has a hole (NaN)"]),
        ({"debt_initial": INITIAL * np.inf, "discount_rate": GROWTH}, ["debt_initial is infinite"]),
        ({"debt_initial": RATIO, "discount_rate": GROWTH}, ["debt_initial has dimensions ['year']"]),
        (
            {"debt_initial": INITIAL * -1, "discount_rate": GROWTH * 100},
            ["debt_initial is below 0.0", "discount_rate is above 0.3"],
        ),
        ({"debt_initial": INITIAL.assign_attrs(unit="percent"), "discount_rate": GROWTH}, ["is marked 'percent'"]),
    ],
)
def test_wrong_inputs_are_all_named_before_the_model_runs(inputs, said):
    with pytest.raises(MoravaError) as caught:
        run(giving(), inputs)
    assert len(caught.value.problems) == len(said)
    for problem, words in zip(caught.value.problems, said, strict=True):
        assert words in problem.what
        assert problem.where == "input of told"


@pytest.mark.parametrize(
    ("results", "said"),
    [
        ((), "debt_ratio is given or announced, not both"),
        ((("debt_ratio", RATIO), ("gdp_nominal", RATIO)), "gdp_nominal is given or announced, not both"),
        ((("debt_ratio", RATIO * np.nan),), "debt_ratio has a hole (NaN)"),
        ((("debt_ratio", RATIO * 100),), "above 20"),
        ((("debt_ratio", INITIAL),), "debt_ratio has dimensions []"),
        ((("debt_ratio", labelled("debt_ratio", [0.5, 0.6], {"year": [2025, 2025]})),), "the same label twice"),
    ],
)
def test_wrong_results_do_not_pass(results, said):
    with pytest.raises(MoravaError) as caught:
        run(giving(*results), {"debt_initial": INITIAL, "discount_rate": GROWTH})
    assert said in " / ".join(problem.what for problem in caught.value.problems)
    assert {problem.where for problem in caught.value.problems} == {"result of told"}


def test_any_array_may_carry_futures():
    many = INITIAL.expand_dims(future=[0, 1])
    result = RATIO.expand_dims(future=[0, 1])
    found = run(giving(("debt_ratio", result)), {"debt_initial": many, "discount_rate": GROWTH})
    assert found["debt_ratio"].identical(result)
