import numpy as np
import pytest
from scipy.integrate import quad

from morava.models.money.delay import (
    construction_interest,
    delay_overhead,
    present_value,
    price_of_delay,
    years_late,
)
from morava.models.money.spending import share_spent


def as_arrays(*values):
    return [np.array([float(value)]) for value in values]


def test_overhead_counts_years_beyond_the_promise_only():
    late = years_late(*as_arrays(2031.0, 2028.5))
    assert delay_overhead(np.array([600.0]), np.array(0.03), late).tolist() == pytest.approx([600 * 0.03 * 2.5])
    assert years_late(*as_arrays(2027.0, 2028.5)).tolist() == [0.0]


@pytest.mark.parametrize(
    ("start", "promised", "finish"), [(2026, 2028, 2030), (2026.5, 2027, 2048), (2026, 2025, 2029)]
)
def test_interest_is_the_integral_of_money_spent_over_the_delay(start, promised, finish):
    expected = 0.04 * 500 * quad(lambda t: float(share_spent(t, start, finish)), max(start, promised), finish)[0]
    got = construction_interest(*as_arrays(500, 0.04, start, promised, finish))
    assert got[0] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("promised", "finish"), [(2030, 2030), (2032, 2030), (2024, 2025)])
def test_no_interest_without_delay_or_span(promised, finish):
    assert construction_interest(*as_arrays(500, 0.04, 2026, promised, finish)).tolist() == [0.0]


@pytest.mark.parametrize("rate", [0.0, 0.04, 0.3])
@pytest.mark.parametrize("finish", [2026.5, 2033.0, 2126.0])
def test_present_value_is_the_discounted_integral(rate, finish):
    start, when = 2026.0, 2025.0
    steps = np.linspace(start, finish, 200_001)
    spent = np.diff(share_spent(steps, start, finish))
    middle = (steps[1:] + steps[:-1]) / 2
    expected = 100 * np.sum(spent * (1 + rate) ** -(middle - when))
    assert present_value(*as_arrays(100, rate, start, finish, when))[0] == pytest.approx(expected, rel=1e-7)


def test_price_is_zero_on_time_and_rises_with_every_year():
    finishes = np.array([2028.0, 2030.0, 2030.0 + 1e-12, 2031.0, 2035.0, 2060.0])
    price = price_of_delay(
        np.full(6, 100.0), np.full(6, 100.0), np.array(0.04), np.full(6, 2026.0), np.full(6, 2030.0), finishes,
        np.array(2026.0),
    )  # fmt: skip
    assert price[:2].tolist() == [0.0, 0.0]
    assert (np.diff(price[1:]) >= 0).all()
    assert price[3] > 0


def test_price_is_a_break_even_project_s_loss_of_net_present_value():
    rate, start, promised, finish, when = as_arrays(0.05, 2026, 2030, 2033, 2026)
    planned, late = np.array([100.0]), np.array([109.0])
    on_time = present_value(planned, rate, start, promised, when)
    benefit_on_time = on_time
    benefit_late = benefit_on_time * 1.05**-3
    loss = benefit_on_time - on_time - (benefit_late - present_value(late, rate, start, finish, when))
    got = price_of_delay(planned, late, rate, start, promised, finish, when)
    assert got[0] == pytest.approx(loss[0], rel=1e-12)
