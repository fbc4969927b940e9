"""Energy and money of a power system are conserved, and more room never costs more."""

from copy import deepcopy
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.models.power import solve_system
from morava.models.power.parts import standing
from morava.models.power.system import Build, Calendar, Generator, Link, Storage, System

DAY = 24
PERIODS = (2030, 2037)
MW = 1e-5
"""How far a balance may miss: the program works in GW to nine digits."""


def make(seed: int, plants: int, storages: int, links: int, periods: int, days: int) -> System:
    """Return a small system drawn from a seed: every hour its own load, costs, wind and water; something to build."""
    random = np.random.default_rng(seed)
    hours = DAY * days
    years = PERIODS[:periods]
    zones = ("north", "south")[: 1 + links]
    repeats = random.integers(1, 20, days).astype(float) if random.random() < 0.7 else np.ones(1)
    calendar = Calendar(
        periods=years,
        weights=1 + 5 * random.random(periods),
        hours=np.arange(hours, dtype=np.int64),
        stretches=np.repeat(np.arange(len(repeats)), hours // len(repeats)).astype(np.int64),
        repeats=repeats,
    )
    fleet = tuple(
        Generator(
            name=f"plant {place}",
            zone=zones[random.integers(len(zones))],
            technology="",
            capacity=100 * random.random(periods),
            availability=random.random((1, hours)) if random.random() < 0.5 else np.ones((1, 1)),
            cost=5 + 90 * random.random((periods, 1)) if random.random() < 0.5 else 5 + 90 * random.random((1, hours)),
            emission=random.random(),
            fixed_cost=500 * random.random(1),
            ramp=0.3 + random.random() if random.random() < 0.5 else np.inf,
            committed=bool(random.random() < 0.3),
            start_cost=20 * random.random(),
            energy_limit=np.full(1, 3e4 * random.random()) if random.random() < 0.3 else np.full(1, np.inf),
            reserve_credit=random.random(),
            build=_build(random, periods) if random.random() < 0.6 else None,
        )
        for place in range(plants)
    )
    held = tuple(
        Storage(
            name=f"storage {place}",
            zone=zones[random.integers(len(zones))],
            technology="",
            charge_capacity=30 * random.random(periods),
            discharge_capacity=40 * random.random(periods),
            energy_capacity=300 * random.random(periods),
            efficiency_charge=0.7 + 0.3 * random.random(),
            efficiency_discharge=0.7 + 0.3 * random.random(),
            inflow=30 * random.random((1, hours)) if random.random() < 0.5 else np.zeros((1, 1)),
            cycle=("year", "stretch", "day")[random.integers(3)],
            cost=0.5 + random.random(1),
            fixed_cost=100 * random.random(1),
            build=_build(random, periods) if random.random() < 0.5 else None,
            build_charge=0.5 + random.random(),
            build_hours=1 + 9 * random.random(),
        )
        for place in range(storages)
    )
    lines = tuple(
        Link(
            name="line",
            from_zone="north",
            to_zone="south",
            capacity=60 * random.random(periods),
            backward=60 * random.random(periods),
            efficiency=0.85 + 0.15 * random.random(),
            cost=0.5 + random.random(),
            build=_build(random, periods) if random.random() < 0.5 else None,
        )
        for _ in range(links)
    )
    return System(
        name="random",
        calendar=calendar,
        zones=zones,
        demand={zone: 20 + 130 * random.random((periods, hours)) for zone in zones},
        generators=fleet,
        storages=held,
        links=lines,
        unserved_price=3000.0,
        emission_limit=np.full(1, 1e4 * random.random()) if random.random() < 0.4 else np.full(1, np.inf),
        reserve_margin=0.2 * random.random() if random.random() < 0.5 else np.nan,
        reserve_price=2000.0,
    )


def _build(random: np.random.Generator, periods: int) -> Build:
    return Build(
        annual_cost=3000 * random.random(periods),
        overnight_cost=1e5 * random.random(1),
        limit=50 * random.random(periods),
        total_limit=20 + 60 * random.random(),
        lifetime=(5.0, 30.0)[random.integers(2)],
    )


systems = st.builds(
    make, st.integers(0, 10**6), st.integers(2, 3), st.integers(0, 2), st.integers(0, 1), st.integers(1, 2),
    st.integers(1, 2),
)  # fmt: skip
chosen = settings(deadline=None, max_examples=80, derandomize=True)


@chosen
@given(systems)
def test_energy_is_conserved_in_every_hour_and_zone(system):
    found = solve_system(system)
    for zone in system.zones:
        fed = found.unserved[zone].copy()
        for one in system.generators:
            if one.zone == zone:
                fed += one.sign * found.output[one.name]
        for one in system.storages:
            if one.zone == zone:
                fed += found.discharge[one.name] - found.charge[one.name]
        for one in system.links:
            forward, backward = np.maximum(found.flow[one.name], 0), np.maximum(-found.flow[one.name], 0)
            if zone == one.from_zone:
                fed += one.efficiency * backward - forward
            if zone == one.to_zone:
                fed += one.efficiency * forward - backward
        np.testing.assert_allclose(fed, system.demand[zone], atol=MW)


@chosen
@given(systems)
def test_energy_of_storages_is_conserved_over_the_year(system):
    """What flows in, once and again with every stretch, goes out: through the turbine, as a loss, or over the dam."""
    found = solve_system(system)
    calendar = system.calendar
    for one in system.storages:
        spill = found.spill.get(one.name, 0.0)
        change = one.inflow + one.efficiency_charge * found.charge[one.name] - spill
        change = change - found.discharge[one.name] / one.efficiency_discharge
        np.testing.assert_allclose(change @ calendar.hour_weights, 0, atol=1e-3)


@chosen
@given(systems)
def test_nothing_passes_its_capacity(system):
    found = solve_system(system)
    for one in system.generators:
        most = one.availability * found.capacity[one.name][:, None]
        assert (found.output[one.name] <= most + MW).all()
        assert (found.output[one.name] >= -MW).all()
        assert (found.output[one.name] @ system.calendar.hour_weights <= one.energy_limit + 1e-3).all()
    for one in system.storages:
        added = found.capacity[one.name] - one.discharge_capacity
        for values, most in (
            (found.discharge[one.name], one.discharge_capacity + added),
            (found.charge[one.name], one.charge_capacity + one.build_charge * added),
            (found.level[one.name], one.energy_capacity + one.build_hours * added),
        ):
            assert (values <= most[:, None] + MW).all()
            assert (values >= -MW).all()
    for one in system.links:
        added = found.capacity[one.name] - one.capacity
        assert (found.flow[one.name] <= (one.capacity + added)[:, None] + MW).all()
        assert (-found.flow[one.name] <= (one.backward + added)[:, None] + MW).all()
    for zone in system.zones:
        assert (found.unserved[zone] >= -MW).all()
        assert (found.unserved[zone] <= system.demand[zone] + MW).all()
    assert (found.emission <= system.emission_limit + 1e-3).all()


@chosen
@given(systems)
def test_what_stands_is_what_was_built_within_its_lifetime_and_limits(system):
    found = solve_system(system)
    for one, fixed in _standing(system):
        if one.build is None:
            assert one.name not in found.built
            assert found.capacity[one.name] == pytest.approx(fixed)
            continue
        built = found.built[one.name]
        added = standing(system.calendar.periods, one.build.lifetime) @ built
        np.testing.assert_allclose(found.capacity[one.name], fixed + added, atol=MW)
        assert (built >= -MW).all()
        assert (built <= one.build.limit + MW).all()
        assert (added <= one.build.total_limit + MW).all()


def _standing(system):
    yield from ((one, one.capacity) for one in (*system.generators, *system.links))
    yield from ((one, one.discharge_capacity) for one in system.storages)


def cost_of(system, found) -> float:
    """Return what a solution costs, added up from what it says, without the program."""
    calendar = system.calendar
    total = 0.0
    for period, year in enumerate(calendar.periods):
        yearly = float(found.reserve_shortfall[period] * system.reserve_price)
        for zone in system.zones:
            yearly += calendar.hour_weights @ found.unserved[zone][period] * system.unserved_price
        for one in system.generators:
            cost = np.broadcast_to(one.cost, found.output[one.name].shape)[period]
            yearly += calendar.hour_weights @ (found.output[one.name][period] * cost)
        for one in system.storages:
            yearly += calendar.hour_weights @ found.discharge[one.name][period] * one.cost[0]
        for one in system.links:
            yearly += calendar.hour_weights @ np.abs(found.flow[one.name][period]) * one.cost
        for one, fixed in _standing(system):
            if not isinstance(one, Link):
                yearly += fixed[period] * one.fixed_cost[0]
            if one.build is not None:
                for place, since in enumerate(calendar.periods):
                    if since <= year < since + one.build.lifetime:
                        yearly += found.built[one.name][place] * one.build.annual_cost[place]
        total += calendar.weights[period] * yearly
    return total


def without_starts(system):
    """Return the system with starts that cost nothing: how much is on line is not in the answer."""
    return replace(system, generators=tuple(replace(one, start_cost=0.0) for one in system.generators))


@chosen
@given(systems)
def test_the_objective_is_the_cost_of_the_solution(system):
    free = without_starts(system)
    found = solve_system(free)
    assert cost_of(free, found) == pytest.approx(found.objective, rel=1e-6)
    priced = solve_system(system)
    assert cost_of(system, priced) <= priced.objective * (1 + 1e-6)
    assert priced.objective >= found.objective * (1 - 1e-6)


@chosen
@given(systems, st.integers(0, 10**6))
def test_more_room_never_costs_more(system, seed):
    """One limit at a time is relaxed; what stands costs nothing here, so that more of it is only more room."""
    spared = replace(system, generators=tuple(replace(one, fixed_cost=np.zeros(1)) for one in system.generators))
    spared = replace(spared, storages=tuple(replace(one, fixed_cost=np.zeros(1)) for one in spared.storages))
    before = solve_system(spared).objective
    for name, wider in relaxed(spared, np.random.default_rng(seed)):
        after = solve_system(wider).objective
        assert after <= before * (1 + 1e-6), name


def relaxed(system, random):
    """Yield the system with one thing relaxed."""
    first, *others = system.generators
    yield "capacity", replace(system, generators=(replace(first, capacity=first.capacity + 30), *others))
    yield "ramp", replace(system, generators=(replace(first, ramp=first.ramp + 0.2), *others))
    yield "water", replace(system, generators=(replace(first, energy_limit=first.energy_limit + 1000), *others))
    wider = _build(random, len(system.calendar.periods)) if first.build is None else first.build
    wider = replace(wider, limit=wider.limit + 20, total_limit=wider.total_limit + 20)
    yield "building", replace(system, generators=(replace(first, build=wider), *others))
    yield "emissions", replace(system, emission_limit=system.emission_limit + 500)
    for one in system.storages[:1]:
        kept = system.storages[1:]
        for name in ("charge_capacity", "discharge_capacity", "energy_capacity"):
            yield name, replace(system, storages=(replace(one, **{name: getattr(one, name) + 10}), *kept))
    for line in system.links:
        yield "line", replace(system, links=(replace(line, capacity=line.capacity + 10),))


@chosen
@given(systems, st.integers(0, 10**6))
def test_the_order_of_plants_and_storages_does_not_move_the_objective(system, seed):
    random = np.random.default_rng(seed)
    turned = replace(
        system,
        generators=tuple(system.generators[place] for place in random.permutation(len(system.generators))),
        storages=system.storages[::-1],
        zones=system.zones[::-1],
    )
    assert solve_system(turned).objective == pytest.approx(solve_system(system).objective, rel=1e-6)


@chosen
@given(systems)
def test_inputs_are_not_changed(system):
    before = deepcopy(system)
    solve_system(system)
    for name, was in _arrays(before):
        now = dict(_arrays(system))[name]
        assert np.array_equal(now, was, equal_nan=True), name


def _arrays(thing, path=""):
    """Yield every number of a system with its path."""
    if isinstance(thing, np.ndarray | float | int):
        yield path, thing
    elif isinstance(thing, dict):
        for name, value in thing.items():
            yield from _arrays(value, f"{path}/{name}")
    elif isinstance(thing, tuple):
        for place, value in enumerate(thing):
            yield from _arrays(value, f"{path}/{place}")
    elif hasattr(thing, "__dataclass_fields__"):
        for one in fields(thing):
            yield from _arrays(getattr(thing, one.name), f"{path}/{one.name}")


@chosen
@given(systems)
def test_twice_the_money_is_twice_the_cost(system):
    """Every price doubled: the same is done, for twice as much."""

    def doubled(one):
        money = [name for name in ("cost", "fixed_cost", "start_cost") if hasattr(one, name)]
        twice = replace(one, **{name: 2 * getattr(one, name) for name in money})
        if one.build is None:
            return twice
        return replace(twice, build=replace(one.build, annual_cost=2 * one.build.annual_cost))

    twice = replace(
        system,
        generators=tuple(doubled(one) for one in system.generators),
        storages=tuple(doubled(one) for one in system.storages),
        links=tuple(doubled(one) for one in system.links),
        unserved_price=2 * system.unserved_price,
        reserve_price=2 * system.reserve_price,
    )
    assert solve_system(twice).objective == pytest.approx(2 * solve_system(system).objective, rel=1e-6)
