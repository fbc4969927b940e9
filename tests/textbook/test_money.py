"""Debt arithmetic and budget phasing: numbers that follow from the printed formulas."""

import pytest

from morava.models.money.debt import debt_factor, next_debt_ratio, nominal_growth, stabilising_primary_balance
from morava.models.money.spending import norden_rayleigh


def test_e3_debt_a_year_later():
    factor = debt_factor(0.03, 0.03, 0.05, 0.05, 0.0, 0.0)
    assert round(100 * next_debt_ratio(0.5, factor, 0.0, 0.0), 4) == 49.4863


@pytest.mark.parametrize("foreign_share", [0.0, 0.4, 1.0])
def test_e3_currency_does_not_matter_without_depreciation(foreign_share):
    factor = debt_factor(0.03, 0.03, 0.05, 0.05, 0.0, foreign_share)
    assert 100 * next_debt_ratio(0.5, factor, 0.0, 0.0) == pytest.approx(49.4863, abs=5e-5)


def test_e3_debt_stabilising_primary_balance():
    factor = debt_factor(0.03, 0.03, 0.05, 0.05, 0.0, 0.0)
    assert round(100 * stabilising_primary_balance(0.5, factor), 4) == -0.5137


def test_e3_nominal_growth_is_a_product():
    assert 100 * nominal_growth(0.03, 0.03) == pytest.approx(6.09, rel=1e-12)


def test_s4_share_spent_at_the_finish():
    assert round(100 * float(norden_rayleigh(7.0, 7.0)), 2) == 96.98
