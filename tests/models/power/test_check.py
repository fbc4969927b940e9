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
