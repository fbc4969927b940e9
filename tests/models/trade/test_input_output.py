import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from morava.errors import MoravaError
from morava.models.trade.input_output import (
    balance_by_ras,
    factor_content,
    factorise,
    leontief_inverse,
    output_for,
    places,
    spectral_radius,
    technical_coefficients,
)

FLOWS, OUTPUT = np.array([[150.0, 500.0], [200.0, 100.0]]), np.array([1000.0, 2000.0])
FINAL = np.array([[350.0], [1700.0]])
seeds = st.integers(0, 2**32 - 1)


def productive(seed, size):
    """Return coefficients whose columns sum to less than one, some of them zero."""
    random = np.random.default_rng(seed)
    shape = random.random((size, size)) * (random.random((size, size)) < 0.7)
    return shape / np.maximum(shape.sum(axis=0), 1e-9) * random.uniform(0, 0.95, size)


def test_chapter_two_of_miller_and_blair():
    coefficients = technical_coefficients(FLOWS, OUTPUT)
    np.testing.assert_allclose(coefficients, [[0.15, 0.25], [0.20, 0.05]], rtol=1e-14)
    inverse = leontief_inverse(coefficients)
    np.testing.assert_allclose(inverse, [[1.25412541, 0.330033], [0.2640264, 1.12211221]], atol=5e-8)
    np.testing.assert_allclose(output_for(coefficients, FINAL[:, 0]), OUTPUT, rtol=1e-14)
    demands = np.array([[600.0, 350.0], [1500.0, 1700.0]])
    np.testing.assert_allclose(output_for(coefficients, demands), [[1247.5248, 1000], [1841.5842, 2000]], atol=5e-5)
    held = factor_content(np.array([[0.3, 0.25]]), coefficients)
    assert held[0] @ demands[:, 0] == pytest.approx(374.257426 + 460.396040, abs=1e-6)


@settings(deadline=None, max_examples=60)
@given(seeds, st.integers(1, 7))
def test_value_added_and_inputs_hold_the_whole_price(seed, size):
    coefficients = productive(seed, size)
    value_added = 1 - coefficients.sum(axis=0)
    np.testing.assert_allclose(factor_content(value_added[None], coefficients), np.ones((1, size)), rtol=1e-10)


@settings(deadline=None, max_examples=60)
@given(seeds, st.integers(1, 7))
def test_inverse_is_the_sum_of_rounds(seed, size):
    coefficients = productive(seed, size)
    total, wave = np.eye(size), np.eye(size)
    for _ in range(1000):
        wave = coefficients @ wave
        total += wave
    np.testing.assert_allclose(leontief_inverse(coefficients), total, rtol=1e-9, atol=1e-12)
    assert spectral_radius(coefficients) <= coefficients.sum(axis=0).max() + 1e-12


def test_users_without_output_buy_nothing():
    found = technical_coefficients(np.array([[1.0, 0.0], [1.0, 0.0]]), np.array([4.0, 0.0]))
    assert found.tolist() == [[0.25, 0.0], [0.25, 0.0]]


@pytest.mark.parametrize(
    ("flows", "output", "said"),
    [
        (FLOWS, np.array([1000.0, -1.0]), "output is negative"),
        (FLOWS, np.array([1000.0, 0.0]), "inputs are bought but output is zero"),
        (np.array([[np.nan, 1.0], [1.0, 1.0]]), OUTPUT, r"flows: a number is missing or infinite.*\n.*\(0, 0\)"),
        (FLOWS, np.array([1000.0, np.inf]), "output: a number is missing"),
        (FLOWS, np.array([1000.0]), "do not fit"),
    ],
)
def test_tables_that_are_refused(flows, output, said):
    with pytest.raises(MoravaError, match=said):
        technical_coefficients(flows, output)


def test_faults_are_named_together():
    with pytest.raises(MoravaError) as caught:
        technical_coefficients(np.array([[1.0, np.nan, 1.0]]), np.array([-1.0, 2.0, 0.0]))
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    "coefficients", [np.eye(2), np.array([[0.5, 0.5], [0.5, 0.5]]), np.array([[0.2, 2.0], [2.0, 0.2]])]
)
def test_an_economy_that_uses_up_all_it_makes(coefficients):
    with pytest.raises(MoravaError, match="not below one"):
        leontief_inverse(coefficients)


def test_a_heavy_column_is_no_fault_where_the_economy_as_a_whole_is_productive():
    """One sector may sell below the cost of its inputs: only the spectral radius decides."""
    coefficients = np.array([[0.0, 3.0], [0.1, 0.0]])
    assert spectral_radius(coefficients) == pytest.approx(np.sqrt(0.3))
    np.testing.assert_allclose(leontief_inverse(coefficients) @ (np.eye(2) - coefficients), np.eye(2), atol=1e-12)


@pytest.mark.parametrize(
    "call",
    [
        lambda: factorise(np.ones((2, 3))),
        lambda: output_for(np.zeros((2, 2)), np.ones(3)),
        lambda: factor_content(np.ones(2), np.zeros((2, 2))),
        lambda: balance_by_ras(FLOWS, OUTPUT[:1], OUTPUT),
    ],
)
def test_shapes_that_do_not_fit(call):
    with pytest.raises(MoravaError, match="do not fit"):
        call()


def test_ras_is_the_nearest_table_by_entropy():
    """Example of Miller and Blair, section 7.4.2; another program minimises the distance."""
    output = np.array([421.0, 284.0, 283.0])
    before = np.array([[0.120, 0.100, 0.049], [0.210, 0.247, 0.265], [0.026, 0.249, 0.145]]) * output
    rows, columns = np.array([245.0, 136.0, 159.0]), np.array([251.0, 107.0, 182.0])
    found = balance_by_ras(before, rows, columns)
    assert found.converged
    assert found.residual <= 1e-12
    other = minimize(
        lambda cells: np.sum(cells * np.log(cells / before.ravel()) - cells),
        np.outer(rows, columns).ravel() / rows.sum(),
        jac=lambda cells: np.log(cells / before.ravel()),
        constraints=[
            {"type": "eq", "fun": lambda cells: cells.reshape(3, 3).sum(axis=1) - rows},
            {"type": "eq", "fun": lambda cells: cells.reshape(3, 3).sum(axis=0)[:2] - columns[:2]},
        ],
        bounds=[(1.0, None)] * 9,
        method="SLSQP",
        options={"ftol": 1e-15, "maxiter": 1000},
    )
    np.testing.assert_allclose(found.table, other.x.reshape(3, 3), rtol=1e-6)


@settings(deadline=None, max_examples=60)
@given(seeds, st.integers(1, 6), st.integers(1, 6), st.floats(0.01, 1e6))
def test_ras_keeps_cross_ratios_and_scales(seed, rows, columns, scale):
    random = np.random.default_rng(seed)
    before = random.uniform(0.1, 10, (rows, columns))
    aim = random.uniform(0.1, 10, (rows, columns))
    found = balance_by_ras(before, aim.sum(axis=1), aim.sum(axis=0))
    assert found.converged
    np.testing.assert_allclose(found.table.sum(axis=1), aim.sum(axis=1), rtol=1e-9)
    ratio = np.log(found.table / before)
    np.testing.assert_allclose(ratio - ratio[:1] - ratio[:, :1] + ratio[0, 0], 0, atol=1e-9)
    larger = balance_by_ras(before, scale * aim.sum(axis=1), scale * aim.sum(axis=0))
    np.testing.assert_allclose(larger.table, scale * found.table, rtol=1e-9)


def test_a_table_in_balance_is_left_alone():
    found = balance_by_ras(FLOWS, FLOWS.sum(axis=1), FLOWS.sum(axis=0))
    assert (found.iterations, found.converged) == (0, True)
    np.testing.assert_array_equal(found.table, FLOWS)


def test_rows_without_margin_become_zero():
    found = balance_by_ras(np.ones((2, 2)), np.array([0.0, 2.0]), np.array([1.0, 1.0]))
    assert found.table.tolist() == [[0.0, 0.0], [1.0, 1.0]]
    nothing = balance_by_ras(np.ones((2, 2)), np.zeros(2), np.zeros(2))
    assert nothing.converged
    assert not nothing.table.any()


def test_zeros_that_leave_no_table_are_told_as_not_converged():
    found = balance_by_ras(np.array([[1.0, 1.0], [1.0, 0.0]]), np.array([1.0, 3.0]), np.array([2.0, 2.0]), most=500)
    assert not found.converged
    assert found.iterations == 500
    assert found.residual > 0.1
    assert np.isfinite(found.table).all()


@pytest.mark.parametrize(
    ("table", "rows", "columns", "said"),
    [
        (np.ones((2, 2)), [1.0, 1.0], [1.0, 2.0], "row margins sum to 2 and column margins to 3"),
        (np.array([[0.0, 0.0], [1.0, 1.0]]), [1.0, 1.0], [1.0, 1.0], "no cell can carry it\n  where: RAS, rows 0"),
        (np.array([[1.0, 1.0], [1.0, 0.0]]), [0.0, 2.0], [1.0, 1.0], "no cell can carry it\n  where: RAS, columns 1"),
        (-np.ones((2, 2)), [1.0, 1.0], [1.0, 1.0], "a number is negative"),
        (np.ones((2, 2)), [1.0, -1.0], [0.0, 0.0], "a number is negative"),
        (np.full((2, 2), np.nan), [1.0, 1.0], [1.0, 1.0], "missing or infinite"),
    ],
)
def test_margins_that_are_refused(table, rows, columns, said):
    with pytest.raises(MoravaError, match=said):
        balance_by_ras(table, np.array(rows), np.array(columns))


def test_many_places_are_cut_short():
    assert places(np.ones(10, dtype=bool)) == "0, 1, 2, 3, 4, 5, 6, 7 and 2 more"
