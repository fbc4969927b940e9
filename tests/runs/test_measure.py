"""What a test looks at: labels, years, reductions, comparisons, facts with ranges; and what a verdict then rests on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr

from morava.errors import MoravaError
from morava.plans.types import Measure, Test
from morava.quantities import labelled
from morava.runs.evidence import gather
from morava.runs.measure import basis_of, evaluate
from morava.runs.types import Outcome

YEARS = [2026, 2027, 2028]
DEBT = labelled("debt_ratio", [[0.50, 0.56, 0.53], [0.40, 0.70, 0.60]], {"future": [0, 1], "year": YEARS})
POWER = labelled(
    "power_capacity",
    [[[10, 20, 30], [1, 2, 3]], [[40, 50, 60], [4, 5, 6]]],
    {"future": [0, 1], "technology": ["solar", "wind"], "year": YEARS},
)
OUTCOME = Outcome({"debt_ratio": DEBT, "power_capacity": POWER}, {"sun": {"power_capacity": POWER - 5}}, {}, "")
EXPORT = {"partner": "Northmark"}


def asks(quantity, where=None, year=None, over=None, **other):
    measure = Measure(quantity, where or {}, (year, year) if isinstance(year, int) else year, over or {})
    given = {"against": None, "without": "", "compare": "", "at_least": None, "at_most": None, "unit": ""}
    return Test(name="t", says="", measure=measure, **given | {"by": "", "not_before": ""} | other)


@pytest.fixture(scope="module")
def evidence(ruritania, nobody):
    return gather(ruritania, nobody, {})


@pytest.mark.parametrize(
    ("test", "values"),
    [
        (asks("debt_ratio", year=2027), [0.56, 0.70]),
        (asks("debt_ratio", year=(2026, 2028), over={"year": "max"}), [0.56, 0.70]),
        (asks("debt_ratio", over={"year": "min"}), [0.50, 0.40]),
        (asks("debt_ratio", over={"year": "mean"}), [0.53, 1.7 / 3]),
        (asks("debt_ratio", over={"year": "last"}), [0.53, 0.60]),
        (asks("power_capacity", {"technology": "wind"}, 2028), [3, 6]),
        (asks("power_capacity", {"technology": ("solar", "wind")}, 2028, {"technology": "sum"}), [33, 66]),
        (asks("power_capacity", year=(2027, 2028), over={"technology": "sum", "year": "sum"}), [55, 121]),
    ],
)
def test_labels_years_and_reductions_by_hand(evidence, test, values):
    assert evaluate(test, OUTCOME, evidence, {}, "c").values.to_numpy() == pytest.approx(values, rel=1e-14)


@pytest.mark.parametrize(
    ("other", "values"),
    [
        (
            {"against": Measure("power_capacity", {"technology": "wind"}, (2028, 2028), {}), "compare": "ratio"},
            [10, 10],
        ),
        (
            {"against": Measure("power_capacity", {"technology": "solar"}, (2026, 2026), {}), "compare": "difference"},
            [20, 20],
        ),
        ({"without": "sun", "compare": "difference"}, [5, 5]),
        ({"without": "sun", "compare": "ratio"}, [30 / 25, 60 / 55]),
    ],
)
def test_two_measures_are_compared_by_hand(evidence, other, values):
    measured = evaluate(asks("power_capacity", {"technology": "solar"}, 2028, **other), OUTCOME, evidence, {}, "c")
    assert measured.values.to_numpy() == pytest.approx(values, rel=1e-14)
    assert measured.unit == ("1" if other["compare"] == "ratio" else "MW")


@pytest.mark.parametrize(
    ("test", "said"),
    [
        (asks("power_capacity", {"technology": "solr"}, 2028), "power_capacity has no technology solr"),
        (asks("power_capacity", {"partner": "Northmark"}, 2028), "power_capacity has no dimension partner"),
        (asks("power_capacity", {"technology": "wind"}, 2029), "power_capacity has no year 2029"),
        (asks("power_capacity", {"technology": "wind"}, (2025, 2027), {"year": "sum"}), "has no year 2025"),
        (asks("power_capacity", {"technology": "wind"}), r"still varies over \['year'\]"),
        (asks("debt_ratio"), r"still varies over \['year'\]"),
        (asks("trade_export", EXPORT, 2024), "no fact gives trade_export"),
        (asks("trade_export", EXPORT, (2020, 2025)), "stands in facts by year"),
        (asks("trade_export", EXPORT, (2020, 2020), {"year": "mean"}), "facts can only be summed"),
        (
            asks(
                "debt_ratio",
                year=2026,
                against=Measure("power_capacity", {"technology": "none"}, (2026, 2026), {}),
                compare="ratio",
            ),
            "no technology none",
        ),
    ],
)
def test_what_is_not_there_is_refused_with_the_place(evidence, test, said):
    with pytest.raises(MoravaError, match=said) as caught:
        evaluate(test, OUTCOME, evidence, {}, "c")
    assert caught.value.problems[0].where == "claim c, test t"


def test_a_ratio_to_zero_is_refused(evidence):
    none = Outcome({"power_capacity": POWER * xr.DataArray([0.0, 1.0], coords={"future": [0, 1]})}, {}, {}, "")
    test = asks(
        "power_capacity",
        {"technology": "wind"},
        2028,
        compare="ratio",
        against=Measure("power_capacity", {"technology": "wind"}, (2026, 2026), {}),
    )
    with pytest.raises(MoravaError, match="divides by zero in some future"):
        evaluate(test, none, evidence, {}, "c")


@pytest.mark.parametrize(
    ("test", "bounds", "unit"),
    [
        (asks("debt_ratio", year=2026, at_most=60, unit="percent"), (-np.inf, 60), "percent"),
        (asks("debt_ratio", year=2026, at_least=0.1), (0.1, np.inf), "1"),
        (
            asks("trade_export", EXPORT, 2025, at_least=1, at_most=2, unit="billion EUR_2025"),
            (1, 2),
            "billion EUR_2025",
        ),
        (asks("trade_export", EXPORT, 2025, at_least=1, unit="billion money"), (1, np.inf), "billion RUC_2025"),
        (asks("debt_ratio", year=2026, by="2030"), (-np.inf, 2031), "year"),
        (asks("debt_ratio", year=2026, by="2030-06", not_before="2028"), (2028, 2030 + 181 / 365), "year"),
    ],
)
def test_bounds_and_the_unit_that_is_shown(evidence, test, bounds, unit):
    measured = evaluate(test, OUTCOME, evidence, {}, "c")
    assert (measured.at_least, measured.at_most, measured.unit) == (*bounds, unit)


def test_values_come_in_the_unit_of_the_bound(evidence):
    percent = evaluate(asks("debt_ratio", year=2026, at_most=60, unit="percent"), OUTCOME, evidence, {}, "c")
    assert percent.values.to_numpy() == pytest.approx([50, 40])
    euro = evaluate(asks("trade_export", EXPORT, 2025, at_least=1, unit="billion EUR_2025"), OUTCOME, evidence, {}, "c")
    assert euro.values.to_numpy() == pytest.approx([0.75, 0.75])


def with_facts(ruritania, nobody, **changed):
    facts = {name: replace(ruritania.facts[name], **values) for name, values in changed.items()}
    return gather(replace(ruritania, facts={**ruritania.facts, **facts}), nobody, {})


def test_ranges_of_facts_meet_low_to_high(ruritania, nobody):
    ranged = with_facts(
        ruritania,
        nobody,
        **{
            "export-north-2025": {"low": 3.0, "high": 4.0},
            "export-north-2020": {"low": 0.8, "high": 1.6, "unit": "billion RUC_2025"},
        },
    )
    test = asks(
        "trade_export", EXPORT, 2025, against=Measure("trade_export", EXPORT, (2020, 2020), {}), unit="billion RUC_2025"
    )
    difference = evaluate(replace(test, compare="difference"), OUTCOME, ranged, {}, "c").values
    assert difference.to_numpy() == pytest.approx([3.0 - 1.6, 4.0 - 0.8])
    ratio = evaluate(replace(test, compare="ratio", unit="1"), OUTCOME, ranged, {}, "c").values
    assert ratio.to_numpy() == pytest.approx([3.0 / 1.6, 4.0 / 0.8])


def test_facts_of_several_years_are_summed_with_their_ranges(ruritania, nobody):
    ranged = with_facts(
        ruritania,
        nobody,
        **{
            "export-north-2025": {"low": 3.0, "high": 4.0},
            "export-north-2020": {"period": "2024", "unit": "billion RUC_2025"},
        },
    )
    test = asks("trade_export", EXPORT, (2024, 2025), {"year": "sum"}, unit="billion RUC_2025")
    assert evaluate(test, OUTCOME, ranged, {}, "c").values.to_numpy() == pytest.approx([5.1, 6.1])


def test_a_conflict_that_is_drawn_gives_a_value_a_future(ruritania, nobody):
    side = xr.DataArray([0.0, 1.0, 1.0], coords={"future": [0, 1, 2]}, dims=["future"])
    facts = {n: replace(f, status="measured") for n, f in ruritania.facts.items() if f.quantity == "initiative_cost"}
    country = replace(ruritania, facts={**ruritania.facts, **facts})
    drawn = gather(country, nobody, {"solar_price": side})
    test = asks("initiative_cost", {"initiative": "sun"}, unit="million RUC_2025")
    values = evaluate(test, OUTCOME, drawn, {}, "c").values
    crown, gazette = 300 * 100 / 92, 110 * 100 / 96 * 4
    assert values.sel(side="low").to_numpy() == pytest.approx([crown, gazette, gazette])
    assert values.sel(side="high").to_numpy() == pytest.approx([crown, gazette, gazette])


@pytest.mark.parametrize(
    ("test", "touched", "basis"),
    [
        (asks("debt_ratio", year=2026), {}, "debt"),
        (asks("envelope_balance", {"envelope": "crown-programme"}), {}, "spending"),
        (asks("initiative_finish", {"initiative": "sun"}), {}, "schedule"),
        (asks("power_capacity", {"technology": "solar"}, 2028), {"power_capacity": ["sun"]}, "schedule"),
        (asks("power_capacity", {"technology": "solar"}, 2025), {"power_capacity": ["sun"]}, "evidence"),
        (asks("power_capacity", {"technology": "solar"}, 2028), {}, "evidence"),
        (asks("trade_export", EXPORT, 2028), {"trade_export": ["sun"]}, "evidence"),
    ],
)
def test_what_a_test_rests_on(test, touched, basis):
    assert basis_of(test, OUTCOME, touched, 2026) == basis
