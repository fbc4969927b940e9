import numpy as np
import pytest
from scipy.integrate import quad

from morava.models.money.spending import norden_rayleigh, share_kept, share_spent, sum_by_weight, sum_in_order


def test_curve_is_one_at_the_finish_and_stays():
    assert share_spent([2030.0, 2030.5, 2090.0], 2026.3, 2030.0).tolist() == [1.0, 1.0, 1.0]


def test_nothing_flows_before_the_start():
    assert share_spent([1990.0, 2026.3], 2026.3, 2030.0).tolist() == [0.0, 0.0]


def test_delay_stretches_the_profile():
    on_time, late = share_spent(2028.0, 2026.0, 2030.0), share_spent(2028.0, 2026.0, 2034.0)
    assert late < on_time
    assert late == share_spent(2027.0, 2026.0, 2030.0)


@pytest.mark.parametrize("finish", [2026.0, 2025.0])
def test_without_a_span_all_is_paid_at_the_start(finish):
    assert share_spent([2025.5, 2026.0, 2026.01], 2026.0, finish).tolist() == [0.0, 0.0, 1.0]


def test_scaled_curve_is_the_published_one_divided_by_its_end():
    assert share_spent(2027.0, 2026.0, 2030.0) == pytest.approx(norden_rayleigh(1, 4) / 0.9698026, rel=1e-6)


def test_curve_is_the_integral_of_the_rayleigh_density():
    density = quad(lambda t: 2 * 3.5 / 16 * t * np.exp(-3.5 / 16 * t * t), 0, 3)[0]
    assert norden_rayleigh(3.0, 4.0) == pytest.approx(density, rel=1e-12)


def test_cancelled_before_money_flows_costs_nothing_and_later_what_was_spent():
    one = np.ones(3)
    kept = share_kept(one, np.array(2026.5), np.array([2026.5, 2027.0, 2025.5]), np.array([2030.0, 2026.0, 2027.5]))
    assert kept[:2].tolist() == [0.0, 0.0]
    assert kept[2] == share_spent(2026.5, 2025.5, 2027.5)


def test_sum_in_order_of_nothing_is_zero():
    assert sum_in_order(np.zeros((2, 0, 3)), axis=1).tolist() == [[0.0] * 3] * 2


def test_sum_in_order_does_not_depend_on_layout():
    parts = np.random.default_rng(1).normal(size=(40, 300))
    alone = np.array([sum_in_order(parts[:, [column]], axis=0)[0] for column in range(300)])
    assert (sum_in_order(parts, axis=0) == alone).all()
    assert (sum_in_order(np.asfortranarray(parts), axis=0) == alone).all()


def test_sum_by_weight_is_the_matrix_product():
    random = np.random.default_rng(2)
    spending, weights = random.random((4, 3, 5)), random.random((1, 3, 2))
    expected = np.einsum("fiy,il->fly", spending, weights[0])
    np.testing.assert_allclose(sum_by_weight(spending, weights), expected, rtol=1e-13)
