"""Two runs side by side: what the screen shows is what the comparison of runs finds."""

from __future__ import annotations

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.runs.compare import compare as compare_runs
from morava.views.compare import compare


@pytest.fixture(scope="module")
def found(answers, late):
    return compare_runs(answers, late)


@pytest.fixture(scope="module")
def charts(answers, late):
    return {chart.name: chart for chart in compare(answers, late).charts}


@pytest.mark.parametrize("quantity", ["gdp", "debt_ratio", "power_emission"])
def test_both_bands_stand_side_by_side(answers, late, quantity):
    chart = next(one for one in compare(answers, late, {"quantity": quantity}).charts if one.name == "side-by-side")
    assert chart.by == "run"
    for made in (answers, late):
        array = made.outcome.values[quantity]
        rows = [row[1:] for row in chart.rows if row[0] == made.run]
        assert [row[0] for row in rows] == array.coords["year"].to_numpy().tolist()
        for year, _, p50, _ in rows:
            over = np.sort(array.sel(year=year).to_numpy())
            assert p50 == over[int(np.ceil(0.5 * len(over))) - 1]


def test_inputs_and_verdicts_are_those_that_differ(charts, found):
    assert {row[0]: row[1:] for row in charts["inputs"].rows} == {
        name: (str(one), str(other)) for name, (one, other) in found.inputs.items()
    }
    assert [(row[0], row[1:3], row[3:]) for row in charts["verdicts"].rows] == [
        (change.claim, change.answers, change.shares) for change in found.verdicts
    ]


def test_medians_are_told_with_the_largest_part_first(charts, found):
    rows = charts["medians"].rows
    assert {row[0] for row in rows} == {change.quantity for change in found.quantities}
    parts = [abs(row[4] or 0.0) for row in rows]
    assert parts == sorted(parts, reverse=True)
    for quantity, _, one, other, part, _ in rows:
        before, after = next(change.medians for change in found.quantities if change.quantity == quantity)
        assert one == (before if np.isfinite(before) else None)
        assert other == (after if np.isfinite(after) else None)
        assert part is None or part == pytest.approx(after / before - 1)


def test_what_one_run_alone_holds_is_named(charts):
    assert ("one", "initiative_finish initiative hall") in charts["only-in"].rows


def test_a_run_beside_itself_is_refused(answers):
    with pytest.raises(MoravaError, match="is put beside itself"):
        compare(answers, answers)


def test_a_quantity_that_is_not_in_both_is_refused(answers, late):
    with pytest.raises(MoravaError, match="cannot be chosen"):
        compare(answers, late, {"quantity": "happiness"})
