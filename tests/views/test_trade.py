"""The screen of trade: flows by partner and sector add up, and what is chosen is what is shown."""

from __future__ import annotations

import numpy as np
import pytest

from morava.runs.lower_trade import home_region
from morava.views.trade import trade

YEAR = 2030


@pytest.fixture(scope="module")
def charts(answers):
    return {chart.name: chart for chart in trade(answers, {"year": str(YEAR), "partner": "Northmark"}).charts}


def at(values, level):
    return float(np.sort(values)[int(np.ceil(level * len(values))) - 1])


def test_partners_hold_exports_imports_and_balance_of_the_year(charts, answers):
    values = answers.outcome.values
    for region, flow, p10, p50, p90 in charts["partners"].rows:
        over = values[f"region_{flow}"].sel(region=region, year=YEAR).to_numpy()
        assert (p10, p50, p90) == (at(over, 0.1), at(over, 0.5), at(over, 0.9))
    assert len(charts["partners"].rows) == 3 * values["region_export"].sizes["region"]


@pytest.mark.parametrize("flow", ["export", "import"])
def test_flows_add_up_over_regions_and_over_sectors(charts, answers, flow):
    whole = float(answers.outcome.values[f"region_{flow}"].sel(year=YEAR).sum("region").mean())
    by_region = sum(row[2] for row in charts[f"region-{flow}-all"].rows if row[1] == YEAR)
    assert by_region == pytest.approx(whole)
    chart = charts[f"region-sector-{flow}"]
    assert (chart.drawn, chart.x, chart.by) == ("tree", "sector", "region")
    array = answers.outcome.values[f"region_sector_{flow}"].sel(year=YEAR)
    assert sum(row[2] for row in chart.rows) == pytest.approx(float(array.sum(["region", "sector"]).mean()))
    for region, sector, mean, *_ in chart.rows:
        assert mean == pytest.approx(float(array.sel(region=region, sector=sector).mean()))


@pytest.mark.parametrize("partner", ["Northmark", "Eastmark"])
def test_bands_are_those_of_the_chosen_partner(answers, partner):
    charts = {chart.name: chart for chart in trade(answers, {"partner": partner}).charts}
    array = answers.outcome.values["region_balance"].sel(region=partner)
    for year, p10, _, p90 in charts["region-balance"].rows:
        over = array.sel(year=year).to_numpy()
        assert (p10, p90) == (at(over, 0.1), at(over, 0.9))
    assert charts["region-balance"].notes[0].arguments == {"partner": partner}


def test_value_added_of_exports_sums_to_one_by_market(charts, answers):
    chart = charts["export-value-added"]
    assert (chart.drawn, chart.x, chart.by) == ("heat", "region", "origin")
    for region in {row[1] for row in chart.rows}:
        assert sum(row[2] for row in chart.rows if row[1] == region) == pytest.approx(1)
    home = answers.outcome.values["export_value_added"].sel(origin=home_region(answers.plan.country))
    for region, _, p50, _ in charts["export-value-added-home"].rows:
        assert p50 == at(home.sel(region=region).to_numpy(), 0.5)


def test_scenarios_stand_side_by_side_and_one_by_region(answers):
    scenarios = answers.outcome.values["trade_export_change"].coords["scenario"].to_numpy().tolist()
    for scenario in (scenarios[0], scenarios[-1]):
        charts = {chart.name: chart for chart in trade(answers, {"scenario": scenario}).charts}
        assert [row[0] for row in charts["trade-real-income-change"].rows] == scenarios
        array = answers.outcome.values["trade_export_change"].sel(scenario=scenario)
        for region, _, p50, _ in charts["trade-export-change"].rows:
            assert p50 == at(array.sel(region=region).to_numpy(), 0.5)


def test_who_counts_a_balance_can_be_chosen(answers):
    array = answers.outcome.values["bilateral_balance"]
    offices = array.coords["item"].to_numpy().tolist()
    region = str(array.coords["region"].to_numpy()[0])
    for office in offices:
        charts = {chart.name: chart for chart in trade(answers, {"item": office, "partner": region}).charts}
        assert {row[0] for row in charts["bilateral-balance"].rows} == set(offices)
        for year, _, p50, _ in charts["balance-of-office"].rows:
            assert p50 == at(array.sel(item=office, region=region, year=year).to_numpy(), 0.5)
