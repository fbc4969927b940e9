"""The screen of dependence: shares sum to one, the largest partner is the largest, and losses are differences."""

from __future__ import annotations

import numpy as np
import pytest

from morava.views.dependence import dependence, split_domain


@pytest.fixture(scope="module")
def charts(answers):
    return {chart.name: chart for chart in dependence(answers, {}).charts}


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("arms 2015..2019", ("arms", "2015..2019")),
        ("investment 2025 Jan-Sep", ("investment Jan-Sep", "2025")),
        ("programme finance 2026..2045", ("programme finance", "2026..2045")),
        ("route 66", ("route 66", "")),
        ("2030", ("", "2030")),
    ],
)
def test_a_domain_is_told_from_its_period(label, parts):
    assert split_domain(label) == parts


def test_shares_of_a_domain_sum_to_one_in_every_period(answers):
    for domain in dependence(answers, {}).choices["domain"]:
        chart = next(one for one in dependence(answers, {"domain": domain}).charts if one.name == "shares")
        for period in {row[1] for row in chart.rows}:
            assert sum(row[2] for row in chart.rows if row[1] == period) == pytest.approx(1)


def test_shares_are_those_of_the_run(charts, answers):
    array = answers.outcome.values["partner_share"]
    for partner, period, mean, p10, _, p90 in charts["shares"].rows:
        over = np.sort(array.sel(partner=partner, domain=f"import {period}").to_numpy())
        assert mean == pytest.approx(over.mean())
        assert (p10, p90) == (over[49], over[449])


def test_no_named_partner_is_larger_than_the_largest(charts, answers):
    array = answers.outcome.values["partner_share"].mean("future")
    for domain, period, partner, *_ in charts["largest"].rows:
        named = array.sel(domain=f"{domain} {period}").drop_sel(partner="rest")
        assert partner != "rest"
        assert float(named.sel(partner=partner)) == float(named.max())


def test_the_chosen_partner_is_shown_in_all_domains(answers):
    for partner in ("Northmark", "Southmark"):
        chart = next(one for one in dependence(answers, {"partner": partner}).charts if one.name == "share-of-partner")
        array = answers.outcome.values["partner_share"].sel(partner=partner)
        assert [row[0] for row in chart.rows] == array.coords["domain"].to_numpy().tolist()
        assert [row[2] for row in chart.rows] == [
            np.sort(array.sel(domain=row[0]).to_numpy())[249] for row in chart.rows
        ]


def test_only_withdrawals_are_shown_of_the_scenarios(charts, answers):
    shown = [row[0] for row in charts["withdrawals"].rows]
    assert shown
    assert set(shown) == {
        str(one)
        for one in answers.outcome.values["trade_real_income_change"].coords["scenario"].to_numpy()
        if "withdrawal" in str(one)
    }


def test_a_border_lost_is_the_difference_that_it_makes(charts, answers):
    values = answers.outcome.values
    for border, year, p10, _, p90 in charts["border-lost"].rows:
        without = values["adequacy_lole_without_border"].sel(border=border, year=year)
        lost = (without - values["adequacy_lole_simulated"].sel(year=year)).to_numpy()
        assert (p10, p90) == (lost.min(), lost.max())
