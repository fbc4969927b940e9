"""Circles are found and said the same way whatever the order; long chains take no long time."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.plans.networks import find_circle, longest_path

GRAPHS = st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3), max_size=6)


@settings(deadline=None, max_examples=200)
@given(GRAPHS)
def test_a_circle_is_a_circle_and_without_one_there_is_an_order(follows):
    circle = find_circle(follows)
    if circle:
        assert circle[0] == circle[-1]
        assert all(after in follows[before] for before, after in pairwise(circle))
    else:
        shares = dict.fromkeys(follows, 1.0)
        assert longest_path(shares, follows) <= len(follows)


def test_a_circle_begins_with_its_least_name():
    assert find_circle({"c": ["a"], "b": ["c"], "a": ["b"]}) == ["a", "b", "c", "a"]
    assert find_circle({"a": ["a"]}) == ["a", "a"]


def test_names_that_are_not_there_do_not_count():
    assert find_circle({"a": ["z"], "b": ["a"]}) == []
    assert longest_path({"a": 0.5}, {"a": ["z"], "z": ["a"]}) == 0.5


def test_the_longest_path_of_a_long_chain():
    names = [str(number) for number in range(5000)]
    after = {name: [before] for before, name in pairwise(names)}
    assert find_circle({name: after.get(name, []) for name in names}) == []
    assert longest_path(dict.fromkeys(names, 1 / 5000), after) == pytest.approx(1)
