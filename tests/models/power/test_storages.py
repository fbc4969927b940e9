"""Storages keep their balance over a day, a stretch and the year, also through weeks that stand for many."""

from dataclasses import replace

import numpy as np
import pytest

from morava.models.power.solve import solve_system

DAY = 24
TOLERANCE = 1e-5
"""MWh: the program works in GWh to nine digits."""


def changes(system, found, name):
    """Return what each hour adds to the level of a storage by itself, [period, hour], MWh."""
    one = next(one for one in system.storages if one.name == name)
    charge, discharge = found.charge[name], found.discharge[name]
    spill = found.spill.get(name, np.zeros_like(charge))
    return one.inflow + charge * one.efficiency_charge - discharge / one.efficiency_discharge - spill


def through_year(system, found, name):
    """Return the level after every hour of the year, every repetition of every stretch played: [period][stretch][r, t].

    Starts from what the first hour of the first stretch says the year began with, and from then on only adds up.
    """
    calendar = system.calendar
    added = changes(system, found, name)
    played = []
    for period in range(len(calendar.periods)):
        level = found.level[name][period, 0] - added[period, 0]
        began = level
        rows = []
        for stretch, repeats in enumerate(calendar.repeats):
            own = added[period, calendar.stretches == stretch]
            times = round(repeats)
            assert times == repeats
            course = level + np.arange(times)[:, None] * own.sum() + np.cumsum(own)[None, :]
            rows.append(course)
            level = course[-1, -1]
        assert level == pytest.approx(began, abs=TOLERANCE)
        played.append(rows)
    return played


def assert_balanced(system, found, name, before):
    """Assert that each level is the one before it and what the hour adds; `before` says which hour that is."""
    level = found.level[name]
    np.testing.assert_allclose(level, level[:, before] + changes(system, found, name), atol=TOLERANCE)
    one = next(one for one in system.storages if one.name == name)
    assert level.min() >= -TOLERANCE
    assert level.max() <= one.energy_capacity.max() + TOLERANCE
    assert found.charge[name].min() >= -TOLERANCE
    assert found.discharge[name].min() >= -TOLERANCE


def around(hours, length):
    """Return which hour comes before each, where every so many hours are a circle."""
    before = np.arange(hours) - 1
    before[::length] = np.arange(length, hours + 1, length) - 1
    return before


def two_days(tiny, cycle, **other):
    """The first day is cheap and the second dear; power that is left of the first would save 90 a MWh in the second."""
    coal = tiny.generator("coal", 200, np.repeat([10, 100], DAY))
    pond = tiny.storage("pond", 10, 40, cycle=cycle, **other)
    return tiny.system(np.full(2 * DAY, 100), [coal], [pond])


def test_a_day_is_a_circle_of_its_own(tiny):
    system = two_days(tiny, "day")
    found = solve_system(system)
    assert_balanced(system, found, "pond", around(2 * DAY, DAY))
    assert found.objective == pytest.approx(DAY * 100 * 110)


def test_within_a_day_energy_is_shifted(tiny):
    coal = tiny.generator("coal", 200, np.tile(np.repeat([10, 100], DAY // 2), 2))
    system = tiny.system(np.full(2 * DAY, 100), [coal], [tiny.storage("pond", 10, 40, cycle="day")])
    found = solve_system(system)
    assert_balanced(system, found, "pond", around(2 * DAY, DAY))
    given = (found.discharge["pond"] - found.charge["pond"]).reshape(2, 2, DAY // 2).sum(axis=2)
    assert given == pytest.approx(np.array([[-40, 40], [-40, 40]]))
    assert found.objective == pytest.approx(DAY * 100 * 110 - 2 * 40 * 90)


def test_a_stretch_is_a_circle_of_its_own(tiny):
    """Over one stretch of two days 40 MWh move from the first to the second; over two of a day each, none."""
    system = two_days(tiny, "stretch")
    found = solve_system(system)
    assert_balanced(system, found, "pond", around(2 * DAY, 2 * DAY))
    assert found.objective == pytest.approx(DAY * 100 * 110 - 40 * 90)
    cut = replace(system, calendar=tiny.calendar(2 * DAY, repeats=(1.0, 1.0)))
    found = solve_system(cut)
    assert_balanced(cut, found, "pond", around(2 * DAY, DAY))
    assert found.objective == pytest.approx(DAY * 100 * 110)


def test_a_year_of_all_hours_is_one_circle(tiny):
    system = two_days(tiny, "year")
    found = solve_system(system)
    assert_balanced(system, found, "pond", around(2 * DAY, 2 * DAY))
    assert found.objective == pytest.approx(DAY * 100 * 110 - 40 * 90)


@pytest.mark.parametrize("cycle", ["day", "stretch", "year"])
def test_what_comes_out_is_what_went_in_times_both_efficiencies(tiny, cycle):
    coal = tiny.generator("coal", 200, np.tile(np.repeat([10, 100], DAY // 2), 2))
    pond = tiny.storage("pond", 10, 40, cycle=cycle, efficiency_charge=0.9, efficiency_discharge=0.8)
    system = tiny.system(np.full(2 * DAY, 100), [coal], [pond])
    found = solve_system(system)
    length = DAY if cycle == "day" else 2 * DAY
    assert_balanced(system, found, "pond", around(2 * DAY, length))
    assert found.discharge["pond"].sum() == pytest.approx(2 * 40 * 0.8)
    assert found.charge["pond"].sum() == pytest.approx(2 * 40 / 0.9)
    assert found.objective == pytest.approx(DAY * 100 * 110 - 2 * 40 * (0.8 * 100 - 10 / 0.9))


def test_a_storage_stands_still_where_its_losses_cost_more_than_it_saves(tiny):
    coal = tiny.generator("coal", 200, np.tile(np.repeat([70, 100], DAY // 2), 2))
    pond = tiny.storage("pond", 10, 40, cycle="day", efficiency_charge=0.8, efficiency_discharge=0.8)
    found = solve_system(tiny.system(np.full(2 * DAY, 100), [coal], [pond]))
    assert found.charge["pond"].max() == pytest.approx(0, abs=TOLERANCE)
    assert found.discharge["pond"].max() == pytest.approx(0, abs=TOLERANCE)


def test_each_side_is_held_by_its_capacity_and_profile(tiny):
    coal = tiny.generator("coal", 200, [10, 10, 100, 100])
    pond = tiny.storage(
        "pond", 0, 100, charge_capacity=30, discharge_capacity=40, charge_profile=[0.5, 1, 1, 1],
        discharge_profile=[1, 1, 0.25, 0.75],
    )  # fmt: skip
    system = tiny.system([100] * 4, [coal], [pond])
    found = solve_system(system)
    assert_balanced(system, found, "pond", around(4, 4))
    assert np.round(found.discharge["pond"], 6).tolist() == [[0, 0, 10, 30]]
    assert found.charge["pond"].sum() == pytest.approx(40)
    assert (found.charge["pond"] <= np.array([[15, 30, 30, 30]]) + TOLERANCE).all()


def test_cost_is_paid_on_what_comes_out_and_by_what_stands(tiny):
    coal = tiny.generator("coal", 200, [10, 100])
    pond = tiny.storage("pond", 20, 100, cost=[3.0, 5.0], fixed_cost=7.0, efficiency_discharge=0.5)
    system = tiny.system([[100, 100]] * 2, [coal], [pond])
    found = solve_system(system)
    once = 10 * (100 + 20) + 100 * (100 - 10) + 20 * 7
    assert found.discharge["pond"].tolist() == [pytest.approx([0, 10])] * 2
    assert found.objective == pytest.approx(2 * once + 10 * 3 + 10 * 5)


def test_water_that_nobody_can_hold_or_use_is_spilt(tiny):
    """Of 30 MW that flow in only 20 can run: over four hours, round and round, the pond holds none of the other 40."""
    pond = tiny.storage("pond", 0, 15, discharge_capacity=20, inflow=[30, 30, 30, 30])
    system = tiny.system([100] * 4, [tiny.generator("coal", 200, 10)], [pond])
    found = solve_system(system)
    assert_balanced(system, found, "pond", around(4, 4))
    assert np.round(found.discharge["pond"], 6).tolist() == [[20] * 4]
    assert found.spill["pond"].sum() == pytest.approx(40)
    assert found.spill["pond"].min() >= -TOLERANCE


def test_nothing_is_spilt_where_nothing_flows_in(tiny):
    assert "pond" not in solve_system(two_days(tiny, "day")).spill


def test_water_is_kept_for_the_dear_hours(tiny):
    pond = tiny.storage("pond", 0, 60, discharge_capacity=50, inflow=[20, 20, 20, 20])
    system = tiny.system([100] * 4, [tiny.generator("coal", 200, [10, 20, 100, 90])], [pond])
    found = solve_system(system)
    assert_balanced(system, found, "pond", around(4, 4))
    assert np.round(found.discharge["pond"], 6).tolist() == [[0, 0, 50, 30]]


def test_what_is_built_brings_charge_discharge_and_energy_in_proportion(tiny):
    coal = tiny.generator("coal", 2000, [1, 1, 1, 100])
    pond = tiny.storage(
        "pond", 0, 12, charge_capacity=3, discharge_capacity=6, build=tiny.build(1.0, limit=10), build_charge=0.5,
        build_hours=4.0,
    )  # fmt: skip
    system = tiny.system([100] * 4, [coal], [pond])
    found = solve_system(system)
    assert np.round(found.built["pond"], 6).tolist() == [10]
    assert np.round(found.capacity["pond"], 6).tolist() == [16]
    assert np.round(found.discharge["pond"], 6).tolist() == [[0, 0, 0, 16]]
    assert found.charge["pond"].sum() == pytest.approx(16)
    assert found.charge["pond"].max() <= 3 + 0.5 * 10 + TOLERANCE
    assert found.level["pond"].max() <= 12 + 4 * 10 + TOLERANCE


def test_energy_that_is_built_holds_the_level(tiny):
    """Four hours of charging into one hour of energy: the level and not the power is what holds."""
    coal = tiny.generator("coal", 2000, [1, 1, 100, 100])
    pond = tiny.storage("pond", 0, 0, build=tiny.build(1.0, limit=10), build_hours=1.5)
    found = solve_system(tiny.system([100] * 4, [coal], [pond]))
    assert found.level["pond"].max() == pytest.approx(15)
    assert found.discharge["pond"].sum() == pytest.approx(15)


def test_an_open_storage_begins_at_its_level_and_ends_at_any(tiny):
    """In each stretch it gives what it begins with, in the dear hours at the end."""
    coal = tiny.generator("coal", 200, [10, 100, 10, 100])
    pond = tiny.storage("pond", 10, 40, cycle="open", initial_level=np.array([6.0]))
    system = tiny.system([100] * 4, [coal], [pond], calendar=tiny.calendar(4, repeats=(3.0, 2.0)))
    found = solve_system(system)
    np.testing.assert_allclose(found.level["pond"], [[10 + 6 - 6, 0, 10, 0]], atol=TOLERANCE)
    np.testing.assert_allclose(found.charge["pond"] - found.discharge["pond"], [[4, -10, 4, -10]], atol=TOLERANCE)
    assert found.objective == pytest.approx(5 * (104 * 10 + 90 * 100))


@pytest.mark.parametrize("cycle", ["stretch", "open", "day"])
def test_a_part_of_the_level_is_lost_from_hour_to_hour(tiny, cycle):
    """A MWh that is to be there two hours later must be four before, at half an hour lost."""
    coal = tiny.generator("coal", 200, [10, 200, 300])
    pond = tiny.storage("pond", 80, 80, cycle=cycle, standing_loss=0.5)
    found = solve_system(tiny.system([100, 0, 100], [coal], [pond]))
    np.testing.assert_allclose(found.level["pond"], [[80, 40, 0]], atol=TOLERANCE)
    np.testing.assert_allclose(found.discharge["pond"], [[0, 0, 20]], atol=TOLERANCE)


def test_an_initial_level_is_what_is_left_after_the_loss(tiny):
    pond = tiny.storage("pond", 80, 80, cycle="open", standing_loss=0.5, initial_level=np.array([40.0]))
    found = solve_system(tiny.system([100, 100], [tiny.generator("coal", 200, [10, 15])], [pond]))
    np.testing.assert_allclose(found.discharge["pond"], [[40, 0]], atol=TOLERANCE)


@pytest.mark.parametrize("built", [False, True])
def test_a_level_that_is_set_is_held(tiny, built):
    coal = tiny.generator("coal", 200, [10, 10, 10])
    level = np.array([[np.nan, 30.0, np.nan]])
    size = {"build": tiny.build(1.0), "build_hours": 4.0} if built else {}
    pond = tiny.storage("pond", 0 if built else 50, 0 if built else 50, cycle="stretch", level_set=level, **size)
    found = solve_system(tiny.system([100] * 3, [coal], [pond]))
    assert found.level["pond"][0, 1] == pytest.approx(30, abs=TOLERANCE)
    if built:  # four hours of so much hold it, and nothing need move
        assert found.built["pond"][0] == pytest.approx(7.5, abs=TOLERANCE)


def test_no_more_is_spilt_than_the_share_of_the_inflow(tiny):
    """To turn costs more than coal, but three of ten MW must."""
    lake = tiny.storage("lake", 20, 0, inflow=[10, 5], cost=30.0, spill_limit=0.7)
    found = solve_system(tiny.system([100, 100], [tiny.generator("coal", 200, 10)], [lake]))
    np.testing.assert_allclose(found.spill["lake"], [[7, 3.5]], atol=TOLERANCE)
    np.testing.assert_allclose(found.discharge["lake"], [[3, 1.5]], atol=TOLERANCE)


@pytest.mark.parametrize(("cost", "held"), [(29.0, 10), (31.0, 0)])
def test_holding_costs_by_the_hour(tiny, cost, held):
    """From the first hour to the fourth a MWh is held at the end of three hours, and saves 90."""
    coal = tiny.generator("coal", 200, [10, 100, 100, 100])
    pond = tiny.storage("pond", 10, 10, cycle="stretch", holding_cost=np.array([cost]))
    found = solve_system(tiny.system([100, 0, 0, 100], [coal], [pond]))
    assert found.level["pond"][0, 2] == pytest.approx(held, abs=TOLERANCE)


def test_an_unfinished_day_is_a_circle_too(tiny):
    coal = tiny.generator("coal", 200, [*np.full(DAY, 10.0), 10, 100, 10, 100])
    pond = tiny.storage("pond", 10, 40, cycle="day", cost=1.0)
    system = tiny.system(np.full(DAY + 4, 100), [coal], [pond])
    found = solve_system(system)
    before = around(DAY + 4, DAY + 4)
    before[0], before[DAY] = DAY - 1, DAY + 3
    assert_balanced(system, found, "pond", before)
    assert found.discharge["pond"].sum() == pytest.approx(20)


# Seasonal: days that stand for many.

REPEATS = (10.0, 5.0, 3.0)


def seasonal(tiny, repeats=REPEATS, energy=2000.0, periods=1, **other):
    """Three kinds of days: wet, mild and dry; water comes early, load comes late, and coal is dear in the end."""
    hours = DAY * len(repeats)
    day = np.sin(2 * np.pi * np.arange(DAY) / DAY)
    inflow = np.concatenate([25 + 3 * day, 6 + day, 0 * day])
    load = np.concatenate([60 + 5 * day, 80 + 10 * day, 120 + 20 * day])
    cost = np.concatenate([10 + 3 * day, 25 + 5 * day, 90 + 20 * day])
    pond = tiny.storage(
        "lake", 0, energy, inflow=inflow[:hours], efficiency_discharge=0.9, efficiency_charge=0.8,
        **({"charge_capacity": 15, "discharge_capacity": 70} | other),
    )  # fmt: skip
    return tiny.system(
        [load[:hours] * (1 + 0.1 * period) for period in range(periods)],
        [tiny.generator("coal", 300, cost[:hours])],
        [pond],
        calendar=tiny.calendar(hours, tuple(2030 + 5 * each for each in range(periods)), repeats=repeats),
    )


@pytest.mark.parametrize("energy", [300.0, 2000.0, 1e6])
@pytest.mark.parametrize("periods", [1, 2])
def test_the_level_is_carried_through_every_repetition_of_every_stretch(tiny, energy, periods):
    """Added up hour by hour through the year: it returns to its start, and agrees with the levels that are given."""
    system = seasonal(tiny, energy=energy, periods=periods)
    found = solve_system(system)
    for period, rows in enumerate(through_year(system, found, "lake")):
        for stretch, course in enumerate(rows):
            own = found.level["lake"][period, system.calendar.stretches == stretch]
            np.testing.assert_allclose(course[0], own, atol=TOLERANCE)
            assert course[0].min() >= -TOLERANCE
            assert course[0].max() <= energy + TOLERANCE
            assert course[:, -1].min() >= -TOLERANCE
            assert course[:, -1].max() <= energy + TOLERANCE


def test_the_bound_holds_in_the_last_repetition_where_it_is_met_only_there(tiny):
    """The lake rises by 720 MWh on the first day and falls by 336 on the second, four times: full on the seventh."""
    cost = np.repeat([10, 300, 100, 100], DAY)
    lake = tiny.storage(
        "lake", 0, 1700, discharge_capacity=70, inflow=np.repeat([30, 0, 0, 0], DAY),
        discharge_profile=np.repeat([1.0, 0.2, 1.0, 1.0], DAY),
    )  # fmt: skip
    system = tiny.system(
        np.full(4 * DAY, 100), [tiny.generator("coal", 300, cost)], [lake],
        calendar=tiny.calendar(4 * DAY, repeats=(4.0, 4.0)),
    )  # fmt: skip
    ((rising, falling),) = through_year(system, solve_system(system), "lake")
    evenings = rising[:, DAY - 1 :: DAY]
    assert evenings[3, 0] == pytest.approx(1700, abs=TOLERANCE)
    assert np.delete(evenings.ravel(), 6).max() < 1600
    assert falling[0].max() < 1600
    assert falling[-1, -1] == pytest.approx(0, abs=TOLERANCE)


def test_the_bound_below_holds_in_the_last_repetition(tiny):
    """The dry days empty the lake, each as much as the other, down to nothing on the last evening."""
    system = seasonal(tiny)
    (rows,) = through_year(system, solve_system(system), "lake")
    assert rows[2][0].min() > 100
    assert rows[2][-1, -1] == pytest.approx(0, abs=TOLERANCE)


def test_the_bound_below_holds_on_an_evening_that_is_not_the_last(tiny):
    """The third day empties, the fourth fills again: a lake that fills by 3,840 cannot fall by 4,560 after that."""
    lake = tiny.storage(
        "lake", 0, 4000, discharge_capacity=70, inflow=np.repeat([20, 20, 0, 30], DAY),
        discharge_profile=np.repeat([0.0, 0.0, 1.0, 0.0], DAY),
    )  # fmt: skip
    system = tiny.system(
        np.full(4 * DAY, 100), [tiny.generator("coal", 300, 300)], [lake],
        calendar=tiny.calendar(4 * DAY, repeats=(4.0, 4.0)),
    )  # fmt: skip
    found = solve_system(system)
    ((rising, falling),) = through_year(system, found, "lake")
    assert falling[:, DAY - 1].min() == pytest.approx(0, abs=TOLERANCE)
    assert falling[:, -1].min() > 700
    assert rising[-1, -1] == pytest.approx(4000, abs=TOLERANCE)
    assert found.discharge["lake"].sum() * 4 == pytest.approx(4000 + 3 * 720)


def test_water_of_the_wet_season_serves_the_dry_one(tiny):
    system = seasonal(tiny)
    held = solve_system(replace(system, storages=(replace(system.storages[0], cycle="stretch"),)))
    found = solve_system(system)
    assert found.objective < 0.95 * held.objective
    dry = system.calendar.stretches == 2
    assert found.discharge["lake"][0, dry].sum() > 5 * held.discharge["lake"][0, dry].sum() + 1


def test_water_is_conserved_over_the_year(tiny):
    system = seasonal(tiny, energy=300.0, discharge_capacity=20)
    found = solve_system(system)
    hours = system.calendar.hour_weights
    assert found.spill["lake"].sum() > 1
    assert (changes(system, found, "lake") @ hours) == pytest.approx([0], abs=1e-4)


@pytest.mark.parametrize("energy", [300.0, 700.0, 2500.0])
def test_days_that_stand_for_many_say_what_the_whole_year_says(tiny, energy):
    """Where the hours of a day are alike, playing every day of the year by itself gives the same cost."""
    load, inflow, cost = (np.repeat(values, DAY) for values in ([60, 80, 120], [25, 6, 0], [10, 25, 90]))
    lake = tiny.storage("lake", 0, energy, discharge_capacity=70, inflow=inflow, efficiency_discharge=0.9)
    short = tiny.system(
        load, [tiny.generator("coal", 300, cost)], [lake], calendar=tiny.calendar(3 * DAY, repeats=REPEATS)
    )
    every = np.concatenate([np.tile(np.arange(DAY) + DAY * day, int(times)) for day, times in enumerate(REPEATS)])
    whole = tiny.system(
        load[every], [tiny.generator("coal", 300, cost[every])], [replace(lake, inflow=lake.inflow[:, every])]
    )
    assert solve_system(short).objective == pytest.approx(solve_system(whole).objective, rel=1e-7)


@pytest.mark.parametrize("last", [1 + 1 / 7, 2.5])
def test_a_part_of_a_repetition_counts_as_its_part(tiny, last):
    system = seasonal(tiny, repeats=(10.0, 5.0, last))
    found = solve_system(system)
    added = changes(system, found, "lake")[0]
    stretches = system.calendar.stretches
    level = began = found.level["lake"][0, 0] - added[0]
    for stretch, repeats in enumerate(system.calendar.repeats):
        own = added[stretches == stretch]
        assert found.level["lake"][0, stretches == stretch][0] == pytest.approx(level + own[0], abs=TOLERANCE)
        level += repeats * own.sum()
        assert -TOLERANCE <= level <= 2000 + TOLERANCE
    assert level == pytest.approx(began, abs=TOLERANCE)


def test_one_stretch_for_the_whole_year_returns_to_its_start(tiny):
    system = seasonal(tiny, repeats=(365.0,))
    found = solve_system(system)
    assert_balanced(system, found, "lake", around(DAY, DAY))


def test_a_seasonal_storage_that_is_built_is_carried_within_what_was_built(tiny):
    build = tiny.build(100.0, limit=10)
    system = seasonal(tiny, energy=100.0, build=build, build_charge=0.5, build_hours=50.0)
    found = solve_system(system)
    assert found.built["lake"] == pytest.approx([10])
    (rows,) = through_year(system, found, "lake")
    assert max(course[:, -1].max() for course in rows) == pytest.approx(100 + 50 * 10, abs=TOLERANCE)
    assert max(course[0].max() for course in rows) <= 600 + TOLERANCE
    assert min(min(course[0].min(), course[:, -1].min()) for course in rows) >= -TOLERANCE


def test_the_start_of_a_season_is_held_as_well(tiny):
    """Nothing flows in and nothing is charged: a lake that began the year above what it holds could give for ever."""
    lake = tiny.storage("lake", 0, 100, discharge_capacity=70)
    system = tiny.system(
        np.full(3 * DAY, 100), [tiny.generator("coal", 300, 90)], [lake],
        calendar=tiny.calendar(3 * DAY, repeats=REPEATS),
    )  # fmt: skip
    assert solve_system(system).discharge["lake"].max() == pytest.approx(0, abs=TOLERANCE)
