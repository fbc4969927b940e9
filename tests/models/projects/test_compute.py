"""Operations, hours and electricity of computing, held against sums made by hand."""

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.models.projects.compute import (
    accelerator_hours,
    annual_energy,
    load_factor,
    training_energy,
    training_operations,
)


def test_each_parameter_and_token_take_six_operations():
    assert training_operations(2.0, 5.0) == 60.0
    assert training_operations(12e9, 140e9) == pytest.approx(1.008e22, rel=1e-12)


def test_an_accelerator_of_one_teraflop_does_3600_of_them_in_an_hour():
    assert accelerator_hours(3600e12, 1.0) == pytest.approx(1.0, rel=1e-12)
    assert accelerator_hours(3600e12, 1.0, 0.25) == pytest.approx(4.0, rel=1e-12)
    assert accelerator_hours(3600e12, 8.0, 0.25) == pytest.approx(0.5, rel=1e-12)


def test_a_thousand_hours_of_a_kilowatt_are_a_megawatt_hour():
    assert training_energy(1000.0, 1.0) == 1.0
    assert training_energy(1000.0, 0.7, 1.5) == pytest.approx(1.05, rel=1e-12)


def test_a_gigawatt_around_the_clock_draws_8_76_terawatt_hours():
    assert annual_energy(1.0, 1.0) == pytest.approx(8.76, rel=1e-12)
    assert annual_energy(0.5, 0.25) == pytest.approx(8.76 / 8, rel=1e-12)


@pytest.mark.parametrize("factor", [0.01, 0.5, 0.8, 1.0])
@pytest.mark.parametrize("capacity", [0.003, 1.0, 132.0])
def test_the_load_factor_undoes_the_energy_of_a_year(capacity, factor):
    assert load_factor(annual_energy(capacity, factor), capacity) == pytest.approx(factor, rel=1e-12)


def test_what_is_used_less_of_the_time_needs_more_capacity_for_the_same_energy():
    assert load_factor(325.0, 148.0) == pytest.approx(load_factor(325.0, 74.0) / 2, rel=1e-12)


def test_futures_are_computed_each_by_itself():
    """Arrays spread over each other and are left as they were."""
    sizes, utilisation = np.array([7e9, 12e9, 70e9]), np.array([[0.3], [0.4]])
    kept = sizes.copy(), utilisation.copy()
    hours = accelerator_hours(training_operations(sizes, 30e9), 989.0, utilisation)
    energy = training_energy(hours, 1.3, np.array([1.1, 1.25, 1.4]))
    assert energy.shape == (2, 3)
    one = training_energy(accelerator_hours(training_operations(12e9, 30e9), 989.0, 0.4), 1.3, 1.25)
    assert energy[1, 1] == pytest.approx(one, rel=1e-15)
    assert (sizes == kept[0]).all()
    assert (utilisation == kept[1]).all()


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: training_operations(0.0, 1e9), "parameters is 0"),
        (lambda: training_operations(7e9, -1.0), "tokens is -1"),
        (lambda: training_operations(np.array([7e9, np.nan]), 1e9), "parameters is nan"),
        (lambda: accelerator_hours(np.inf, 1.0), "operations is inf"),
        (lambda: accelerator_hours(1e20, 0.0), "peak is 0"),
        (lambda: accelerator_hours(1e20, 989.0, 40.0), "utilisation is 40"),
        (lambda: training_energy(-5.0, 1.0), "hours is -5"),
        (lambda: training_energy(5.0, 0.0), "power is 0"),
        (lambda: training_energy(5.0, 1.0, 0.9), "overhead is 0.9"),
        (lambda: annual_energy(1.0, 80.0), "load_factor is 80"),
        (lambda: annual_energy(-1.0, 0.8), "capacity is -1"),
        (lambda: load_factor(0.0, 1.0), "energy is 0"),
        (lambda: load_factor(10.0, 1.0), "energy over what the capacity can draw is 1.14155"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, named):
    with pytest.raises(MoravaError) as caught:
        call()
    (problem,) = caught.value.problems
    assert problem.what == named
    assert problem.where == "compute"


def test_a_refusal_says_what_may_be_given():
    with pytest.raises(MoravaError, match="above zero and at most 1"):
        annual_energy(1.0, 0.0)
    with pytest.raises(MoravaError, match="at least 1"):
        training_energy(1.0, 1.0, 0.5)
