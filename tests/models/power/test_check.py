from dataclasses import replace

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.models.power.build import build_program
from morava.models.power.system import Calendar, Generator, Link, Storage, System

CALENDAR = Calendar((2030,), np.ones(1), np.arange(12), np.repeat([0, 1], 6), np.full(2, 2.0))


def plant(name, zone="here", capacity=10.0):
    return Generator(name, zone, "", np.array([capacity]), np.ones((1, 1)), np.ones((1, 1)))


def store(name, cycle="stretch", capacity=1.0):
    side = np.array([capacity])
    return Storage(name, "here", "", side, side, side, 1.0, 1.0, np.zeros((1, 1)), cycle, np.zeros(1))


def system(**parts):
    made = System(
        name="small", calendar=CALENDAR, zones=("here",), demand={"here": np.full((1, 12), 5.0)},
        generators=(plant("coal"),), storages=(), links=(), unserved_price=1000.0,
        emission_limit=np.full(1, np.inf), reserve_margin=np.nan, reserve_price=0.0,
    )  # fmt: skip
    return replace(made, **parts)


def test_a_sound_system_passes():
    build_program(system(storages=(store("lake"),)))


def test_everything_that_is_wrong_comes_at_once():
    line = Link("line", "here", "ther", np.array([1.0]), np.array([-1.0]))
    spoilt = system(
        generators=(plant("coal"), plant("lake"), plant("wind", "her"), plant("sun", capacity=np.inf)),
        storages=(store("lake", "day", np.nan),),
        links=(line,),
    )
    with pytest.raises(MoravaError) as caught:
        build_program(spoilt)
    whats = sorted(problem.what for problem in caught.value.problems)
    assert whats == [
        "2 things are called lake",
        "lake has a capacity below zero or without end",
        "lake return to their level within a day, and a stretch has 6 hours",
        "line has a capacity below zero or without end",
        "line stands in the unknown zone 'ther'",
        "sun has a capacity below zero or without end",
        "wind stands in the unknown zone 'her'",
    ]
    assert all(problem.where and problem.mend for problem in caught.value.problems)


def test_lines_that_cannot_follow_the_law_of_voltages():
    sides = {"capacity": np.ones(1), "backward": np.ones(1)}
    endless = {"capacity": np.full(1, np.inf), "backward": np.ones(1)}
    links = (
        Link("lossy", "here", "there", **sides, efficiency=0.9, reactance=1.0),
        Link("none", "here", "there", **sides, reactance=0.0),
        Link("less", "here", "there", **sides, reactance=-1.0),
        Link("round", "here", "here", **sides, reactance=1.0),
        Link("turned", "here", "there", **sides, profile=np.full((1, 1), -0.5)),
        Link("gone", "here", "there", **endless, profile=np.repeat([[0.0, 1.0]], 6, axis=1)),
        Link("paid", "here", "there", **endless, fixed_cost=np.ones(1)),
    )
    demand = {"here": np.full((1, 12), 5.0), "there": np.zeros((1, 12))}
    with pytest.raises(MoravaError) as caught:
        build_program(system(zones=("here", "there"), demand=demand, links=links))
    assert sorted(problem.what for problem in caught.value.problems) == [
        "gone has a profile below zero, or of zero where its capacity has no end",
        "less has a reactance of -1",
        "lossy has a reactance and an efficiency of 0.9",
        "none has a reactance of 0",
        "paid has no end, and a fixed cost",
        "round has a reactance, and begins where it ends",
        "turned has a profile below zero, or of zero where its capacity has no end",
    ]
    assert all(problem.where and problem.mend for problem in caught.value.problems)


def test_storages_whose_levels_cannot_be():
    storages = (
        replace(store("odd"), cycle="week"),
        replace(store("leaky"), standing_loss=1.0),
        replace(store("season", "year"), standing_loss=0.1),
        replace(store("costly", "year"), holding_cost=np.ones(1)),
        replace(store("round"), initial_level=np.ones(1)),
        replace(store("owing", "open"), initial_level=-np.ones(1)),
        replace(store("dry"), spill_limit=-0.1),
        replace(store("full"), level_set=np.full((1, 1), 2.0)),
        replace(store("empty"), level_set=np.full((1, 1), -1.0)),
        replace(store("sound", "open"), initial_level=np.ones(1), standing_loss=0.1, holding_cost=np.ones(1)),
    )
    with pytest.raises(MoravaError) as caught:
        build_program(system(storages=storages))
    assert sorted(problem.what for problem in caught.value.problems) == [
        "costly is carried through repeated stretches, and loses or costs by what it holds",
        "dry may spill less than nothing",
        "empty must hold less than nothing, or more than it can",
        "full must hold less than nothing, or more than it can",
        "leaky loses 1 of its level in an hour",
        "odd has the unknown cycle 'week'",
        "owing begins below zero or without end",
        "round begins at a level, and is not open",
        "season is carried through repeated stretches, and loses or costs by what it holds",
    ]
    assert all(problem.where and problem.mend for problem in caught.value.problems)
