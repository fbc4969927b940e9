"""What a chart holds is what the stored arrays hold, and a claim's bound lands where the claim puts it."""

from __future__ import annotations

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.quantities import find
from morava.views.behind import facts_of, marks_of, references_of, sources_of
from morava.views.charts import bands, cell, chosen_cells, headline, quantile_cells, table
from morava.views.types import Column, Mark, Reference


def sorted_levels(values):
    """Return the smallest values that 10, 50 and 90 percent of the futures do not pass, by counting."""
    ordered = np.sort(np.asarray(values))
    return tuple(float(ordered[int(np.ceil(len(ordered) * tenths / 10)) - 1]) for tenths in (1, 5, 9))


@pytest.mark.parametrize("quantity", ["gdp", "debt_ratio", "wage_in_money", "power_emission"])
def test_bands_are_the_order_statistics_of_the_stored_futures(small, quantity):
    array = small.outcome.values[quantity]
    chart = bands(small, "any", quantity)
    assert [row[0] for row in chart.rows] == [int(year) for year in array.coords["year"]]
    for year, *levels in chart.rows:
        assert tuple(levels) == sorted_levels(array.sel(year=year))
    assert chart.y == ("p10", "p50", "p90")
    assert chart.x == "year"


def test_series_come_label_by_label_and_years_can_be_chosen(small):
    array = small.outcome.values["power_fleet"]
    chart = bands(small, "any", "power_fleet", by="technology", years=[2030], drawn="stack")
    assert [row[:2] for row in chart.rows] == [(str(label), 2030) for label in array.coords["technology"].to_numpy()]
    for label, year, *levels in chart.rows:
        assert tuple(levels) == sorted_levels(array.sel(technology=label, year=year))
    assert (chart.by, chart.x, chart.y, chart.marks) == ("technology", "year", ("p50",), ())


def test_labels_are_summed_after_they_are_chosen(small):
    array = small.outcome.values["sector_output"]
    two = tuple(str(label) for label in array.coords["sector"].to_numpy()[:2])
    chart = bands(small, "any", "sector_output", where={"sector": two}, reduce={"sector": "sum"})
    for year, *levels in chart.rows:
        both = sum(array.sel(sector=label, year=year).to_numpy() for label in two)
        assert tuple(levels) == sorted_levels(both)


def test_what_a_run_does_not_hold_gives_no_chart(small):
    assert bands(small, "any", "motorway_length") is None
    assert bands(small, "any", "power_fleet", where={"technology": "magic"}) is None
    assert headline(small, "motorway_length", 2030) is None
    assert headline(small, "gdp", 1900) is None


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"by": "zone"},
        {"by": "technology", "where": {"zone": "x"}},
        {"by": "technology", "reduce": {"year": "most"}},
        {"by": "technology", "drawn": "pie"},
    ],
)
def test_what_cannot_be_drawn_is_refused(small, how):
    with pytest.raises(MoravaError):
        bands(small, "any", "power_fleet", **how)


def test_a_date_is_a_day_or_never(small):
    array = small.outcome.values["initiative_finish"]
    chart = bands(small, "any", "initiative_finish")
    assert {column.kind for column in chart.columns} == {"initiative", "date"}
    shown = {value for row in chart.rows for value in row[1:]}
    assert np.isinf(array.to_numpy()).any()
    assert all(value == "never" or (value[:2] in ("20", "21") and len(value) == 10) for value in shown)
    assert cell(float("inf"), find("initiative_finish")) == "never"
    with pytest.raises(MoravaError):
        cell(float("inf"), find("gdp"))


def test_a_value_that_is_not_known_is_nothing_and_never_a_number():
    assert quantile_cells(np.array([1.0, np.nan]), find("gdp")) == (None, None, None)
    assert quantile_cells(np.array([]), find("gdp")) == (None, None, None)


def test_a_headline_says_in_how_few_futures_it_was_answered(small):
    power = headline(small, "power_emission", 2030)
    array = small.outcome.values["power_emission"].sel(year=2030)
    assert (power.p10, power.p50, power.p90) == sorted_levels(array)
    said = {note.key: note.arguments for note in power.notes}
    assert said["note-few-futures"] == {"futures": 2, "of": 24}
    assert "note-few-futures" not in {note.key for note in headline(small, "gdp", 2030).notes}


def test_money_in_a_unit_is_that_of_the_pack_and_of_the_day_where_it_names_no_year(small):
    assert bands(small, "any", "gdp").unit == "million RUC_2025 / year"
    assert bands(small, "any", "wage_in_money").unit == "RUC / month"


def test_a_bound_lands_at_its_mark(small):
    assert find("power_capacity").unit == "MW"
    assert marks_of(small, "power_capacity", {"technology": "solar"}) == (
        Mark("solar-220", "capacity", 2030, pytest.approx(220.0), None),
    )
    assert marks_of(small, "power_capacity") == ()
    finish = marks_of(small, "initiative_finish", {"initiative": "railway"})
    assert finish == (Mark("railway-2027", "open by June 2027", None, None, 2027 + 181 / 365),)


def test_a_bound_on_every_year_of_a_span_is_marked_in_each(small):
    found = marks_of(small, "debt_ratio")
    assert [mark.year for mark in found] == list(range(2026, 2036))
    assert {(mark.at_least, mark.at_most) for mark in found} == {(None, 0.6)}


def test_a_bound_passes_in_as_many_futures_as_the_verdict_says(small):
    (mark,) = marks_of(small, "power_capacity", {"technology": "solar"})
    array = chosen_cells(small, "power_capacity", {"technology": "solar"}).sel(year=mark.year)
    test = next(one for one in small.verdict("solar-220").tests if one.name == mark.test)
    assert float((array >= mark.at_least * (1 - 1e-12)).mean()) == test.share


def test_references_name_model_facts_and_sources_that_there_are(small):
    country = small.plan.country
    found = references_of(small, "debt_ratio")
    assert found[0] == Reference("model", "debt")
    assert {one.name for one in found if one.kind == "source"} <= set(country.sources)
    facts = facts_of(small, "trade_export", {"partner": "Northmark"})
    assert facts
    assert {fact.where["partner"] for fact in facts} == {"Northmark"}
    assert {fact.source for fact in facts} <= {one.name for one in sources_of(small, {"trade_export"})}


@pytest.mark.parametrize(
    ("rows", "more"),
    [([(1,)], {}), ([(1, float("nan"))], {}), ([(1, 2.0)], {"x": "month"}), ([(1, 2.0)], {"drawn": "pie"})],
)
def test_a_table_that_does_not_fit_is_refused(rows, more):
    columns = (Column("year", "column-year", "year", "year"), Column("value", "quantity-gdp", "number"))
    with pytest.raises(MoravaError):
        table("any", "quantity-gdp", columns, rows, **more)
