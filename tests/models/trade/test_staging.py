"""Duties on their way down, and what becomes of them when agreements end or the country joins a bloc."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from morava.models.trade.staging import kept_share

LENGTHS = np.array([5.0, 10.0, 15.0])
share = st.floats(0, 1)


def kept(years, at_once=0.6, excluded=0.05, slowness=0.5, lengths=LENGTHS):
    drawn = (np.array([[one]]) for one in (at_once, excluded, slowness))
    return float(kept_share(years, *drawn, lengths)[0, 0])


def test_nothing_falls_before_the_agreement():
    assert kept(-1) == 1


def test_what_is_free_at_once_is_free_on_the_first_day_and_the_rest_takes_its_first_step():
    assert kept(0) == pytest.approx(0.05 + 0.35 * (4 / 5 + 9 / 10 + 14 / 15) / 3)


def test_a_group_is_free_on_the_first_of_january_of_its_last_year():
    # an agreement of 2024: the group of five years is free from 2028, the fifth year, that of fifteen from 2038
    assert kept(3, lengths=np.array([5.0])) > 0.05
    assert kept(4, lengths=np.array([5.0])) == pytest.approx(0.05)
    assert kept(14, lengths=np.array([15.0])) == pytest.approx(0.05)


def test_in_the_end_only_what_is_excluded_is_left():
    assert kept(14) == kept(40) == pytest.approx(0.05)


def test_groups_fall_in_equal_yearly_steps():
    # after five steps the first group is free, the second half way, the third a third of its way
    assert kept(4) == pytest.approx(0.05 + 0.35 * (0 + 1 / 2 + 2 / 3) / 3)


def test_one_group_needs_no_split():
    assert kept(1, lengths=np.array([4.0])) == pytest.approx(0.05 + 0.35 / 2)


def test_the_order_of_groups_does_not_matter():
    assert kept(7, slowness=0.2) == kept(7, slowness=0.2, lengths=LENGTHS[::-1])


@given(share, share, share, st.integers(0, 20))
def test_duties_only_fall(at_once, excluded, slowness, years):
    excluded *= 1 - at_once
    before, after = (kept(y, at_once, excluded, slowness) for y in (years, years + 1))
    assert excluded - 1e-12 <= after <= before + 1e-12 <= 1 - at_once + 2e-12


@given(share, st.integers(1, 14))
def test_a_slow_agreement_keeps_more(slowness, years):
    assert kept(years, slowness=1) >= kept(years, slowness=slowness) >= kept(years, slowness=0)
