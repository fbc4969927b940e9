"""The engine and the simplex method find the same of one system; where the engine finds nothing, HiGHS is asked."""

import os
from dataclasses import fields, is_dataclass, replace

import numba
import numpy as np
import pytest

from morava.errors import MoravaError
from morava.models.power import certified
from morava.models.power.build import build_program
from morava.models.power.calendar import HOURS_A_YEAR
from morava.models.power.certified import (
    CERTIFIED,
    OWN,
    THREADS,
    chronology_of,
    solve_certified,
    threads_allowed,
)
from morava.models.power.engine import NOT_SOLVED, SOLVED, Answer
from morava.models.power.solve import solve_system
from morava.runs.request import Detail
from morava.runs.simulate import system_of

GAP = 1e-6
NEAR_MW, NEAR_PRICE = 0.5, 0.5


def curves(hours, seed, zones=1):
    """Return load of so many zones, wind and a fuel price: courses of the day with noise, so that nothing is a tie."""
    random, hour = np.random.default_rng(seed), np.arange(hours)
    day = 100 + 30 * np.sin(hour * 2 * np.pi / 24)
    load = [day * (1 + 0.2 * place) + 10 * random.random(hours) for place in range(zones)]
    return load, random.random(hours), 20 + 5 * random.random(hours)


def plain(tiny, hours):
    (load,), wind, price = curves(hours, 1)
    plants = [
        tiny.generator("coal", 90, price),
        tiny.generator("gas", 200, 61.3),
        tiny.generator("wind", 40, 0, availability=wind),
    ]
    return tiny.system(load, plants, [tiny.storage("pond", 20, 90, efficiency_charge=0.83, cost=0.37)])


def everything(tiny, hours):
    """Two zones, a line, ramps, commitment, storages of three kinds, limits of energy and emissions, a budget."""
    (north, south), wind, price = curves(hours, 2, zones=2)
    plants = [
        tiny.generator("coal", 110, price, zone="north", emission=1.0, ramp=0.1),
        tiny.generator("lignite", 70, 31.7, zone="south", emission=1.2, committed=True, minimum=0.4, start_cost=11.0),
        tiny.generator(
            "gas", 60, 64.1, zone="south", emission=0.4, build=tiny.build(41.0 * hours / 10, 60, overnight_cost=900)
        ),
        tiny.generator("oil", 200, 120.9, zone="north", energy_limit=40.0 * hours),
        tiny.generator(
            "wind", 50, 0, zone="south", availability=wind, build=tiny.build(19.0 * hours / 10, 70, overnight_cost=1100)
        ),
    ]
    stores = [
        tiny.storage("pump", 20, 130, zone="north", efficiency_charge=0.87, efficiency_discharge=0.91, cost=0.41),
        tiny.storage("battery", 15, 40, zone="south", cycle="day", efficiency_charge=0.93, cost=0.77),
        tiny.storage("lake", 30, 600, zone="south", charge_capacity=0.0, inflow=8 + 4 * wind, cost=0.13),
    ]
    return tiny.system(
        {"north": north, "south": south}, plants, stores,
        [tiny.link("line", "north", "south", 45, 45, efficiency=0.97, cost=0.29)],
        emission_limit=np.full(1, 130.0 * hours), reserve_margin=0.1, reserve_price=700.0,
        budgets=(tiny.budget(60_000.0),),
    )  # fmt: skip


SYSTEMS = {"plain": plain, "everything": everything}


@pytest.mark.parametrize("hours", [24, 72, 336])
@pytest.mark.parametrize("kind", sorted(SYSTEMS))
def test_the_engine_finds_what_the_simplex_method_finds(tiny, kind, hours):
    system = SYSTEMS[kind](tiny, hours)
    own, truth = solve_system(system, "engine", GAP), solve_system(system, "simplex")
    assert own.status == OWN
    assert own.gap <= GAP
    assert own.objective == pytest.approx(truth.objective, rel=2 * GAP)
    assert own.primal_residual <= GAP
    for name in own.built:
        assert own.built[name] == pytest.approx(truth.built[name], abs=NEAR_MW)
    for name in own.output:
        assert own.output[name].sum() == pytest.approx(truth.output[name].sum(), abs=NEAR_MW * hours / 10)
    for zone in own.price:
        # Where the simplex method stands at a vertex with several prices, the engine stands in the middle of them.
        off = np.abs(own.price[zone] - truth.price[zone])
        assert (off <= NEAR_PRICE).mean() >= 0.75
    assert own.emission == pytest.approx(truth.emission, rel=1e-3)


def first_hours(thing, hours):
    """Return a record with the first hours of all that it has by hour of the year."""

    def short(value):
        if isinstance(value, np.ndarray) and value.ndim and value.shape[-1] == HOURS_A_YEAR:
            return value[..., :hours]
        if isinstance(value, dict):
            return {name: short(part) for name, part in value.items()}
        if isinstance(value, tuple):
            return tuple(short(part) for part in value)
        return first_hours(value, hours) if is_dataclass(value) else value

    return replace(thing, **{part.name: short(getattr(thing, part.name)) for part in fields(thing)})


@pytest.mark.parametrize("hours", [168, 1008])
def test_the_first_hours_of_a_country_are_solved_by_both(ruritania, crown, nobody, hours):
    system = first_hours(system_of(ruritania, crown, nobody, 2030, 0, Detail(1, (2026, 2030), 0, 0)), hours)
    own, truth = solve_system(system, "engine", 1e-5), solve_system(system, "simplex")
    assert own.status == OWN
    assert own.objective == pytest.approx(truth.objective, rel=2e-5)
    assert next(iter(own.price.values())).shape == (2, hours)


def test_weeks_that_stand_for_others_are_no_chain_and_highs_answers(ruritania, crown, nobody):
    """The level of a lake over repeated weeks ties the end of every day to the end of its week."""
    system = system_of(ruritania, crown, nobody, 2030, 0, Detail(1, (2026, 2030), 1, 0))
    found, truth = solve_system(system, "engine"), solve_system(system, "simplex")
    assert (found.status, found.objective) == ("Optimal", truth.objective)


def test_a_whole_year_of_a_country_is_proved(ruritania, crown, nobody):
    found = solve_system(system_of(ruritania, crown, nobody, 2030, 0, Detail(1, (2030,), 0, 0)))
    assert found.status == OWN
    assert found.gap <= 1e-4
    assert max(found.primal_residual, found.dual_residual) <= 1e-6
    assert next(iter(found.price.values())).shape == (1, 8760)


def test_rows_and_columns_take_place_in_their_hour_of_their_stretch(tiny):
    load = np.full((2, 48), 100.0)
    system = tiny.system(
        load, [tiny.generator("coal", 300, 20, energy_limit=9000.0)], [tiny.storage("pond", 20, 60, cycle="day")],
        calendar=tiny.calendar(48, (2030, 2035), repeats=(3.0, 2.0)),
    )  # fmt: skip
    program, layout = build_program(system)
    places = chronology_of(program, system.calendar)
    output = layout.output["coal"]
    assert places.column_chain[output].tolist() == [[0] * 24 + [1] * 24, [2] * 24 + [3] * 24]
    assert places.column_step[output].tolist() == [[*range(24), *range(24)]] * 2
    assert len(np.unique(places.column_kind[output])) == 1
    assert (places.row_step[layout.balance["nation"]] == places.column_step[output]).all()
    limits = [block for block in program.rows if block.name == "energy_coal"]
    assert places.row_chain[limits[0].first : limits[0].first + 2].tolist() == [-1, -1]


def test_what_cannot_be_met_names_its_rows(tiny):
    """A river that must run above all load, with nobody to take the rest, in one of 48 hours."""
    load = np.full(48, 100.0)
    load[17] = 20.0
    with pytest.raises(MoravaError) as caught:
        solve_system(tiny.system(load, [tiny.generator("river", 100, 0, minimum=0.5)]), "engine")
    (problem,) = caught.value.problems
    assert problem.what == "the program tiny cannot be met: its rows contradict each other by 0.03 in all"
    assert problem.where == "power, balance_nation(2030,17)"
    assert "must-run" in problem.mend


def test_a_gain_without_end_names_its_columns(tiny):
    free = tiny.generator("sun", 0, 5, build=tiny.build(-10.0))
    with pytest.raises(MoravaError) as caught:
        solve_system(tiny.system(np.full(24, 100.0), [free]), "engine")
    (problem,) = caught.value.problems
    assert problem.what.startswith("the program tiny has no least cost: its cost falls without end")
    assert "built_sun(2030)" in problem.where


@pytest.mark.parametrize("where", ["capacity", "cost"])
def test_a_hole_in_the_numbers_is_an_error_and_no_number(tiny, where):
    given = {"capacity": 100.0, "cost": 20.0} | {where: np.nan}
    plant = tiny.generator("river", given["capacity"], given["cost"])
    with pytest.raises(MoravaError):
        solve_system(tiny.system(np.full(24, 50.0), [plant]), "engine")


@pytest.fixture
def program(tiny):
    system = plain(tiny, 48)
    return build_program(system)[0], system.calendar


def nothing(program, *_):
    return Answer(NOT_SOLVED, np.zeros(len(program.cost)), np.zeros(len(program.row_lower)), -np.inf, 0.0, 9, "tired")


def test_where_the_engine_finds_nothing_highs_is_asked(program, monkeypatch):
    own = solve_certified(*program, GAP)
    monkeypatch.setattr(certified, "solve", nothing)
    found = solve_certified(*program, GAP)
    assert (own.status, found.status) == (OWN, "Optimal")
    assert found.objective == pytest.approx(own.objective, rel=2 * GAP)


@pytest.mark.parametrize("part", ["values", "prices"])
def test_an_answer_that_does_not_prove_itself_is_not_believed(program, monkeypatch, part):
    true = certified.solve

    def wrong(*arguments):
        answer = true(*arguments)
        assert answer.status == SOLVED
        return replace(answer, **{part: getattr(answer, part) * (1 + 10 * CERTIFIED)})

    monkeypatch.setattr(certified, "solve", wrong)
    assert solve_certified(*program, GAP).status == "Optimal"


def test_where_both_find_nothing_there_is_an_error_and_no_number(program, monkeypatch):
    given, calendar = program
    monkeypatch.setattr(certified, "solve", nothing)
    never = replace(given, upper=np.zeros(len(given.upper)))
    with pytest.raises(MoravaError, match="was not solved: Infeasible"):
        solve_certified(never, calendar)


def test_kernels_are_still_compiled_when_a_worker_is_told_other_threads(monkeypatch, tiny):
    solve_system(plain(tiny, 48), "engine")
    for told, meant in (("1", 1), ("3", 3), ("nothing", os.cpu_count() or 1)):
        monkeypatch.setenv(THREADS, told)
        assert threads_allowed() == meant
    monkeypatch.setenv(THREADS, str((os.cpu_count() or 1) + 1))
    assert numba.njit(lambda value: 2 * value)(21) == 42
