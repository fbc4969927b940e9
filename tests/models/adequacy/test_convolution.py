import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from morava.errors import MoravaError
from morava.models.adequacy.convolution import FITS, GRID, expected_shortage, outage_table
from morava.runs.cases.adequacy import load_of, units_of

RTS = "rts79.yaml"
units = st.lists(st.tuples(st.integers(0, 400).map(lambda steps: steps / 10), st.floats(0, 1)), min_size=0, max_size=8)
loads = st.lists(st.floats(-50, 400), min_size=1, max_size=6).map(np.array)


def table_of(pairs):
    return outage_table([capacity for capacity, _ in pairs], [outage for _, outage in pairs])


@pytest.fixture(scope="module")
def rts():
    found = units_of(RTS)
    return outage_table(found.capacity.tolist(), found.outage.tolist())


def test_rts79_has_32_units_of_3405_mw_and_8736_hours(rts):
    assert len(units_of(RTS).names) == 32
    assert rts.capacity == 3405
    assert load_of(RTS).shape == (364, 24)
    assert load_of(RTS).max() == pytest.approx(2850)


@pytest.mark.parametrize(("out", "chance"), [(100, 0.547601), (200, 0.381328), (400, 0.261873), (1000, 0.004341)])
def test_rts79_chance_of_so_much_out(rts, out, chance):
    assert rts.at_least_out(out) == pytest.approx(chance, abs=5e-7)


def test_rts79_loss_of_load(rts):
    chance, short = expected_shortage(rts, load_of(RTS))
    peaks, _ = expected_shortage(rts, load_of(RTS).max(axis=1))
    assert chance.sum() == pytest.approx(9.394175, rel=1e-5)
    assert short.sum() == pytest.approx(1176.298, rel=1e-5)
    assert peaks.sum() == pytest.approx(1.368863, rel=1e-5)


def test_pras_single_node_a():
    table = outage_table([10, 10, 10], [0.1, 0.1, 0.1])
    chance, short = expected_shortage(table, np.array([25.0, 28, 27, 24]) - np.array([5.0, 6, 7, 8]))
    assert chance == pytest.approx([0.028, 0.271, 0.028, 0.028], rel=1e-12)
    assert short == pytest.approx([0.29, 0.832, 0.29, 0.178], rel=1e-12)


def test_one_unit_by_hand():
    table = outage_table([10], [0.25])
    chance, short = expected_shortage(table, np.array([-5.0, 0.0, 5.0, 10.0, 10.05, 40.0]))
    assert chance.tolist() == [0, 0, 0.25, 0.25, 1, 1]
    assert short == pytest.approx([0, 0, 1.25, 2.5, 2.55, 32.5])


def test_a_load_just_met_is_no_shortage():
    chance, short = expected_shortage(outage_table([0.1, 0.2], [0.0, 0.0]), np.array([0.1 + 0.2]))
    assert (chance.tolist(), short.tolist()) == ([0.0], [0.0])


def test_no_units():
    chance, short = expected_shortage(outage_table([], []), np.array([-1.0, 0.0, 3.0]))
    assert (chance.tolist(), short.tolist()) == ([0, 0, 1], [0, 0, 3])


@pytest.mark.parametrize(
    ("capacities", "outages", "what"),
    [
        ([10.05], [0.1], "does not fit a tenth"),
        ([-10], [0.1], "does not fit a tenth"),
        ([10], [1.1], "outside 0 to 1"),
        ([10], [-0.1], "outside 0 to 1"),
    ],
)
def test_what_is_refused(capacities, outages, what):
    with pytest.raises(MoravaError, match=what):
        outage_table(capacities, outages)


@given(units)
def test_chances_sum_to_one_and_the_mean_is_that_of_the_units(pairs):
    table = table_of(pairs)
    assert table.probability.sum() == pytest.approx(1, rel=1e-12)
    assert table.probability.min() >= 0
    mean = (table.probability * np.arange(len(table.probability))).sum() / 10
    assert mean == pytest.approx(sum(capacity * (1 - outage) for capacity, outage in pairs), abs=1e-9)


@given(units, loads)
def test_the_order_of_units_changes_no_bit(pairs, load):
    one, other = (expected_shortage(table_of(some), load) for some in (pairs, pairs[::-1]))
    assert one[0].tobytes() == other[0].tobytes()
    assert one[1].tobytes() == other[1].tobytes()


@given(units, st.tuples(st.integers(0, 400).map(lambda steps: steps / 10), st.floats(0, 1)), loads)
def test_a_unit_more_never_raises_any_loss(pairs, another, load):
    before, after = (expected_shortage(table_of(some), load) for some in (pairs, [*pairs, another]))
    assert (after[0] <= before[0] + 1e-12).all()
    assert (after[1] <= before[1] + 1e-9).all()


@given(units, loads)
def test_shortage_lies_between_load_less_capacity_and_load(pairs, load):
    table = table_of(pairs)
    chance, short = expected_shortage(table, load)
    rounding = FITS / GRID + 1e-9  # a load that near to a step counts as equal to it
    assert (short >= np.maximum(load - table.capacity, 0) - rounding).all()
    assert (short <= chance * np.maximum(load, 0) + 1e-9).all()
