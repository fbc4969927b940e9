"""Every pack that comes with Morava is whole: sources, units, ranges, references, conflicts, tests."""

from __future__ import annotations

import pytest

from morava.plans import check_pack, list_countries, read_country, read_futures, read_strategy


@pytest.mark.parametrize("name", list_countries())
def test_a_pack_has_no_problem(name):
    assert [str(problem) for problem in check_pack(name)] == []


@pytest.mark.parametrize("name", list_countries())
def test_a_pack_can_be_read_and_has_something_to_judge(name):
    country = read_country(name)
    assert read_strategy(country).claims
    assert read_futures(country).uncertainties
