"""A power system has the same optimum in PyPSA, whatever it is made of."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.exchange import pypsa_library
from morava.exchange.pypsa_library import quiet_pypsa
from morava.exchange.pypsa_network import from_pypsa, objective_of, solve_pypsa, to_pypsa
from morava.models.power.solve import solve_system
from morava.models.power.system import Budget, Build, Calendar, Generator, Link, Storage, System
from morava.runs.explore import read_plan
from morava.runs.request import Detail
from morava.runs.simulate import system_of

DAY, HOURS = 24, 48
YEARS, WEIGHTS = (2030, 2035), (4.3, 3.1)
SHARE = np.random.default_rng(7).random(HOURS)
DEMAND = 100 + 60 * np.roll(SHARE, 5)
AGREEMENT = 1e-6
COUNTS = 1e-4
"""By what share of the objective a feature must move it, so that its test can fail."""

Change = Callable[[System], System]


def calendar(repeats: tuple[float, ...] = (1.0,), hours: int = HOURS) -> Calendar:
    stretches = np.repeat(np.arange(len(repeats)), hours // len(repeats))
    return Calendar(YEARS, np.array(WEIGHTS), np.arange(hours), stretches, np.array(repeats))


def numbers(values: object) -> np.ndarray:
    return np.atleast_1d(np.asarray(values, dtype=float))


def build(annual_cost: object, limit: object, total_limit: float = np.inf, lifetime: float = 30.0) -> Build:
    return Build(numbers(annual_cost), np.full(1, 5000.0), numbers(limit), total_limit, lifetime)


def plant(name: str, capacity: object, cost: object, share: object = 1.0, **other: object) -> Generator:
    given = {"zone": "nation", "technology": name} | other
    return Generator(
        name=name, capacity=numbers(capacity), cost=np.atleast_2d(cost), availability=np.atleast_2d(share), **given
    )


def storage(name: str, power: object, energy: object, **other: object) -> Storage:
    given = {
        "zone": "nation", "technology": name, "efficiency_charge": 0.9, "efficiency_discharge": 0.8,
        "inflow": np.zeros((1, 1)), "cycle": "year", "cost": np.zeros(1),
    } | other  # fmt: skip
    return Storage(
        name=name, charge_capacity=numbers(power), discharge_capacity=numbers(power), energy_capacity=numbers(energy),
        **given,
    )  # fmt: skip


def system(*things: Generator | Storage | Link, demand: object = None, **other: object) -> System:
    """Return a nation with gas for what else is asked; demand is by zone or the nation's."""
    own = np.stack([DEMAND, 1.2 * DEMAND])
    by_zone = demand if isinstance(demand, dict) else {"nation": own if demand is None else np.atleast_2d(demand)}
    given = {
        "calendar": calendar(), "unserved_price": 3000.0, "emission_limit": np.full(1, np.inf),
        "reserve_margin": np.nan, "reserve_price": 0.0,
    } | other  # fmt: skip
    gas = plant("gas", 250, 50, emission=0.4, fixed_cost=np.array([3.0, 5.0]))
    return System(
        name="tiny", zones=tuple(by_zone), demand=by_zone,
        generators=(gas, *(one for one in things if isinstance(one, Generator))),
        storages=tuple(one for one in things if isinstance(one, Storage)),
        links=tuple(one for one in things if isinstance(one, Link)),
        **given,
    )  # fmt: skip


def altered(thing: str, **changes: object) -> Change:
    """Return how a system becomes one in which a thing is another."""

    def alter(one: System) -> System:
        kinds = {
            kind: tuple(replace(each, **changes) if each.name == thing else each for each in getattr(one, kind))
            for kind in ("generators", "storages", "links")
        }
        return replace(one, **kinds)

    return alter


def given(**changes: object) -> Change:
    """Return how a system becomes one of other numbers."""
    return lambda one: replace(one, **changes)


SEASONS = calendar((120.0, 245.5))
NOTHING, ALWAYS, NO_LIMIT = np.zeros(1), np.ones((1, 1)), np.full(1, np.inf)
COAL = plant("coal", [150, 120], 10, emission=1.0)
WIND = plant("wind", 0, 0, SHARE, build=build([250, 200], [40, 60]))
SUN = plant("sun", 160, 0, SHARE)
CHEAP_THEN_DEAR = np.repeat([5.0, 120.0], DAY)[None, :]
"""What a plant costs where the first stretch is to fill a storage for the second."""


def plants() -> System:
    return system(
        replace(COAL, fixed_cost=np.array([90.0, 80.0]), energy_limit=np.array([2000.0, np.inf])),
        plant("oil", 60, 20 + 30 * SHARE), plant("breeze", 60, 0, SHARE), plant("sale", 30, -90 * SHARE, sign=-1),
        plant("base", [30, 20], 80, 0.9, minimum=0.5), demand=3 * DEMAND,
    )  # fmt: skip


def steep(hours: Calendar) -> System:
    return system(SUN, replace(COAL, ramp=0.02), calendar=hours)


def fleets(hours: Calendar, built: Build | None = None) -> System:
    fleet = replace(COAL, committed=True, minimum=0.6, start_cost=70.0, build=built)
    return system(SUN, fleet, calendar=hours)


def builds() -> System:
    return system(
        replace(COAL, build=build([300, 200], [30, 40]), ramp=0.05, minimum=0.6, energy_limit=np.full(1, 5e3)),
        replace(WIND, build=build([250, 200], [20, 60], 50.0)), plant("mill", 0, 0, SHARE, build=build(99, 9, 99, 5)),
        budgets=(Budget("purse", 2030, 2034, 120_000.0, 20_000.0, True),),
    )  # fmt: skip


def must_run() -> System:
    return system(SUN, replace(COAL, minimum=0.6, build=build([300, 200], [30, 40])))


def lakes() -> System:
    shared = {"inflow": 3 * SHARE[None, :], "cost": np.array([1.0, 2.0]), "fixed_cost": np.full(1, 2.0)}
    return system(
        plant("coal", 200, CHEAP_THEN_DEAR), storage("lake", [25, 20], [9000, 8000], **shared),
        storage("dam", 0, 0, build=build([90, 80], [10, 20]), build_hours=300.0),
        storage("tarn", 30, 3000, inflow=20 * SHARE[None, :], cycle="stretch"), calendar=SEASONS, demand=DEMAND / 2,
    )  # fmt: skip


def lake_of_a_year() -> System:
    lake = storage("lake", 25, 500, inflow=3 * SHARE[None, :])
    return system(plant("coal", 200, CHEAP_THEN_DEAR), lake, demand=DEMAND / 2)


def cells() -> System:
    built = {"build": build([200, 150], [10, 20], 25.0, 5.0), "build_hours": 4.0, "build_charge": 0.7}
    profiles = {"charge_profile": 0.5 * SHARE[None, :], "discharge_profile": 0.4 * SHARE[None, ::-1]}
    return system(
        COAL, SUN, storage("cell", [5, 6], [7, 8], cycle="day", **built),
        storage("shift", 12, 30, cycle="day", **profiles), calendar=SEASONS,
    )  # fmt: skip


def zones() -> System:
    built = {"build": build([90, 80], 20)}
    return system(
        COAL, plant("hydro", [20, 90], 5, SHARE, zone="island"),
        Link("cable", "nation", "island", np.array([30.0, 20.0]), np.full(1, 15.0), 0.95, 1.5),
        Link("tunnel", "nation", "island", NOTHING, NOTHING, 0.97, **built),
        demand={"nation": np.stack([DEMAND, DEMAND]), "island": np.stack([DEMAND, DEMAND]) / 3},
    )  # fmt: skip


def grid(**of_first: object) -> System:
    """Return three places in a ring with a second line along one side, and a cable that obeys no law."""
    places = {
        "nation": np.stack([DEMAND, DEMAND]),
        "coast": np.stack([DEMAND, DEMAND]) / 2,
        "hills": np.ones((1, HOURS)),
    }
    lines = (("west", "nation", "coast", 3.0), ("east", "coast", "hills", 1.0), ("south", "nation", "hills", 2.0))
    ring = [
        Link(name, here, there, np.array([60.0, 50.0]), np.array([60.0, 50.0]), reactance=reactance)
        for name, here, there, reactance in (*lines, ("west 2", "coast", "nation", 4.0))
    ]
    return system(
        COAL, plant("water", [90, 120], 5, SHARE, zone="hills"), replace(ring[0], **of_first), *ring[1:],
        Link("cable", "nation", "coast", np.full(1, 9.0), NOTHING), demand=places,
    )  # fmt: skip


def grid_that_is_built() -> System:
    return grid(capacity=np.full(1, 6.0), backward=np.full(1, 4.0), build=build([90, 80], [20, 10]))


def grid_at_a_cost() -> System:
    return grid(cost=2.0)


def ways() -> System:
    """A line for a part of the day, and one that may be built for one way only."""
    built = {"build": build([9, 8], 20), "backward_profile": np.zeros((1, 1)), "profile": 0.5 + SHARE[None, :] / 2}
    return system(
        COAL, plant("hydro", [20, 190], [5 + 90 * SHARE], SHARE[::-1], zone="island"),
        Link("cable", "nation", "island", np.array([30.0, 20.0]), np.full(1, 15.0), 0.95, 1.5,
             profile=SHARE[None, :], backward_profile=SHARE[None, ::-1], fixed_cost=np.array([80.0, 70.0])),
        Link("tunnel", "nation", "island", NOTHING, NOTHING, 0.97, **built),
        demand={"nation": np.stack([DEMAND, DEMAND]), "island": np.stack([DEMAND, DEMAND]) / 3},
    )  # fmt: skip


LEVEL = np.full((1, HOURS), np.nan)
LEVEL[0, [5, 30]] = 40.0, 9.0


def holds(hours: Calendar) -> System:
    """Storages that leak, that begin at a level and end at any, and whose level is given in some hours."""
    dear = np.tile(np.repeat([5.0, 120.0], HOURS // 8), 4)[None, :]
    built = {"build": build([60, 50], [10, 20], 25.0, 5.0), "build_hours": 4.0}
    return system(
        plant("coal", 200, dear), storage("leak", 12, 60, cycle="day", standing_loss=0.03),
        storage("open", 9, [90, 80], cycle="open", initial_level=np.full(1, 30.0), standing_loss=0.01),
        storage("new", 6, 20, cycle="open", initial_level=np.array([35.0, 20.0]), **built),
        storage("set", 9, 50, cycle="stretch", level_set=LEVEL, holding_cost=np.array([0.5, 0.4])),
        storage("set too", 3, 9, cycle="stretch", level_set=LEVEL / 5, **built),
        storage("weir", 9, 60, cycle="stretch", inflow=20 * SHARE[None, :], spill_limit=0.8, cost=np.full(1, 200.0)),
        calendar=hours,
    )  # fmt: skip


def holds_in_seasons() -> System:
    return holds(SEASONS)


def holds_for_a_year() -> System:
    return holds(calendar())


def holds_one_way() -> System:
    """Nothing here that PyPSA's components could not say alone."""
    open_one = storage("open", 9, 90, cycle="open", initial_level=np.full(1, 30.0), standing_loss=0.01)
    return system(plant("coal", 200, CHEAP_THEN_DEAR), open_one)


def limits() -> System:
    credited = (replace(COAL, reserve_credit=0.8), replace(WIND, reserve_credit=0.2))
    taker = plant("sale", 20, -30, sign=-1, reserve_credit=1.0)
    cell = storage("cell", 5, 20, build=build([300, 200], [10, 20]), build_hours=4.0, reserve_credit=0.5)
    lignite = plant("lignite", 30, 9, technology="coal", emission=1.3)
    return system(
        *credited, taker, cell, lignite, reserve_margin=0.15, reserve_price=2000.0,
        emission_limit=np.array([3e3, np.inf]),
    )  # fmt: skip


def whole() -> System:
    return steep(calendar())


def seasonal() -> System:
    return steep(SEASONS)


def fleets_of_a_year() -> System:
    return fleets(calendar())


def fleets_that_are_built() -> System:
    return fleets(SEASONS, build([900, 300], [20, 10]))


FEATURES: dict[str, tuple[Callable[[], System], Change]] = {
    "period weights": (plants, given(calendar=replace(calendar(), weights=np.ones(2)))),
    "hour weights": (seasonal, given(calendar=calendar((120.0, 200.0)))),
    "unserved energy": (plants, given(unserved_price=900.0)),
    "fixed cost": (plants, altered("coal", fixed_cost=NOTHING)),
    "cost by hour": (plants, altered("oil", cost=np.full((1, 1), 35.0))),
    "availability": (plants, altered("breeze", availability=ALWAYS)),
    "taker": (plants, altered("sale", capacity=NOTHING)),
    "minimum": (plants, altered("base", minimum=0.0)),
    "energy limit": (plants, altered("coal", energy_limit=NO_LIMIT)),
    "ramp around the year": (whole, altered("coal", ramp=np.inf)),
    "ramp in stretches": (seasonal, altered("coal", ramp=np.inf)),
    "commitment": (fleets_of_a_year, altered("coal", committed=False, start_cost=0.0)),
    "start cost": (fleets_of_a_year, altered("coal", start_cost=0.0)),
    "start cost in stretches": (fleets_that_are_built, altered("coal", start_cost=0.0)),
    "commitment of what is built": (fleets_that_are_built, altered("coal", build=None)),
    "ramp of what is built": (builds, altered("coal", ramp=np.inf)),
    "minimum of what is built": (must_run, altered("coal", minimum=0.0)),
    "energy limit of what is built": (builds, altered("coal", energy_limit=NO_LIMIT)),
    "limit of a period": (builds, altered("wind", build=build([250, 200], [20, 10], 50.0))),
    "limit of all that stands": (builds, altered("wind", build=build([250, 200], [20, 60]))),
    "lifetime": (builds, altered("mill", build=build(99, 9, 99))),
    "budget": (builds, given(budgets=())),
    "seasonal storage": (lakes, altered("lake", cycle="stretch")),
    "seasonal storage that fills": (lakes, altered("lake", energy_capacity=np.full(1, 5000.0))),
    "seasonal storage that is built": (lakes, altered("dam", build=None)),
    "storage over the stretch": (lakes, altered("tarn", cycle="year")),
    "cost of a storage": (lakes, altered("lake", cost=NOTHING)),
    "inflow and spill": (lakes, altered("tarn", inflow=18 * SHARE[None, :])),
    "storage over a whole year": (lake_of_a_year, altered("lake", energy_capacity=np.full(1, 40.0))),
    "storage over the day": (cells, altered("shift", charge_capacity=NOTHING)),
    "storage that is built": (cells, altered("cell", build=None)),
    "charge profile": (cells, altered("shift", charge_profile=ALWAYS)),
    "discharge profile": (cells, altered("shift", discharge_profile=ALWAYS)),
    "link forward": (zones, altered("cable", capacity=NOTHING)),
    "link backward": (zones, altered("cable", backward=NOTHING)),
    "efficiency of a link": (zones, altered("cable", efficiency=1.0)),
    "cost of a link": (zones, altered("cable", cost=0.0)),
    "link that is built": (zones, altered("tunnel", build=None)),
    "law of voltages": (grid, altered("west", reactance=np.nan)),
    "reactance": (grid, altered("west", reactance=30.0)),
    "line beside another": (grid, altered("west 2", reactance=np.nan)),
    "law of voltages where lines are built": (grid_that_is_built, altered("west", reactance=np.nan)),
    "law of voltages where lines cost": (grid_at_a_cost, altered("west", reactance=np.nan)),
    "profile of a link": (ways, altered("cable", profile=ALWAYS)),
    "profile of the way back": (ways, altered("cable", backward_profile=ALWAYS)),
    "fixed cost of a link": (ways, altered("cable", fixed_cost=NOTHING)),
    "link that is built one way": (ways, altered("tunnel", backward_profile=ALWAYS)),
    "profile of what is built of a link": (ways, altered("tunnel", profile=ALWAYS)),
    "standing loss": (holds_in_seasons, altered("leak", standing_loss=0.0)),
    "standing loss of an open storage": (holds_one_way, altered("open", standing_loss=0.0)),
    "open storage": (holds_one_way, altered("open", cycle="stretch", initial_level=NOTHING)),
    "initial level": (holds_one_way, altered("open", initial_level=NOTHING)),
    "open storage in stretches": (holds_in_seasons, altered("open", cycle="stretch", initial_level=NOTHING)),
    "initial level of what is built": (holds_in_seasons, altered("new", initial_level=NOTHING)),
    "initial level of what is built in a year": (holds_for_a_year, altered("new", initial_level=np.full(1, 20.0))),
    "level that is set": (holds_in_seasons, altered("set", level_set=np.full((1, 1), np.nan))),
    "level that is set of what is built": (holds_in_seasons, altered("set too", level_set=LEVEL / 3)),
    "cost of holding": (holds_in_seasons, altered("set", holding_cost=NOTHING)),
    "limit of spilling": (holds_in_seasons, altered("weir", spill_limit=np.inf)),
    "emission limit": (limits, given(emission_limit=NO_LIMIT)),
    "reserve margin": (limits, given(reserve_margin=np.nan)),
}
"""What a power system may hold, in which system, and that system without it."""


@cache
def in_pypsa(make: Callable[[], System]) -> float:
    return solve_pypsa(to_pypsa(make()))


@cache
def alone(make: Callable[[], System]) -> float:
    return solve_system(make()).objective


@pytest.mark.parametrize("feature", FEATURES)
def test_the_optimum_is_the_same_in_pypsa(feature: str) -> None:
    """Each feature moves the optimum of the system that holds it, so that PyPSA cannot agree without it."""
    make, change = FEATURES[feature]
    assert solve_system(change(make())).objective != pytest.approx(alone(make), rel=COUNTS)
    assert in_pypsa(make) == pytest.approx(alone(make), rel=AGREEMENT)


@pytest.fixture(scope="module")
def serbia() -> System:
    """Return Serbia as its plan has it in the first future, a week of two years."""
    plan = read_plan("serbia")
    detail = Detail(futures=1, years=(2027, 2035), weeks=1, check=0)
    return system_of(plan.country, plan.strategy, plan.futures, plan.futures.seed, 0, detail)


def test_the_optimum_of_serbia_is_the_same_in_pypsa(serbia: System) -> None:
    made = to_pypsa(serbia)
    found, expected = solve_pypsa(made), solve_system(serbia)
    assert found == pytest.approx(expected.objective, rel=AGREEMENT)
    assert made.standing_cost > 0.01 * found
    names = made.network.generators.index
    assert {one.name for one in serbia.generators} <= set(names)


def test_pypsa_is_called_as_it_calls_itself() -> None:
    """No help but the arguments that PyPSA names; what it leaves out of its objective is added by hand."""
    own = system(replace(COAL, fixed_cost=np.array([90.0, 80.0])))
    made = to_pypsa(own)
    with quiet_pypsa():
        made.network.optimize(
            solver_name="highs", multi_investment_periods=True, extra_functionality=made.extra_functionality,
            include_objective_constant=False,
        )  # fmt: skip
    expected = solve_system(own).objective
    assert made.network.objective < expected - 1
    assert objective_of(made.network, own) == pytest.approx(expected, rel=AGREEMENT)


def test_what_components_say_alone_comes_back() -> None:
    cable = Link("cable", "nation", "island", np.array([30.0, 20.0]), np.full(1, 15.0), 0.95, 1.5)
    both = {"nation": np.stack([DEMAND, DEMAND]), "island": np.stack([DEMAND, DEMAND]) / 3}
    own = system(COAL, cable, storage("lake", 20, 60, cost=np.full(1, 2.0)), demand=both)
    back = from_pypsa(to_pypsa(own).network, own.unserved_price)
    assert back.zones == ("nation", "island", "lake")
    assert {one.name for one in back.links} >= {"cable", "cable backward"}
    fixed = sum(WEIGHTS[k] * 250 * (3.0, 5.0)[k] for k in (0, 1))
    assert solve_system(back).objective + fixed == pytest.approx(solve_system(own).objective, rel=AGREEMENT)


def test_lines_come_back_as_lines() -> None:
    own = grid()
    made = to_pypsa(own)
    assert list(made.network.lines.index) == ["west", "east", "south", "west 2"]
    back = from_pypsa(made.network, own.unserved_price)
    lines = [one for one in back.links if not np.isnan(one.reactance)]
    assert {one.name: one.reactance for one in lines} == {"west": 3.0, "east": 1.0, "south": 2.0, "west 2": 4.0}
    fixed = sum(WEIGHTS[k] * 250 * (3.0, 5.0)[k] for k in (0, 1))
    assert solve_system(back).objective + fixed == pytest.approx(solve_system(own).objective, rel=AGREEMENT)


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        solve_pypsa(to_pypsa(system(COAL)))
    assert not caplog.records


def test_two_things_of_one_name_are_refused() -> None:
    with pytest.raises(MoravaError, match="two things are called 'wind 2030' in PyPSA"):
        to_pypsa(system(WIND, plant("wind 2030", 3, 0)))


def test_a_program_without_a_solution_is_refused() -> None:
    with pytest.raises(MoravaError, match="PyPSA found no optimum"):
        solve_pypsa(to_pypsa(system(plant("heat", 900, 0, minimum=1.0))))


def test_without_pypsa_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(pypsa_library, "import_module", missing)
    with pytest.raises(MoravaError, match="pypsa is not installed") as caught:
        to_pypsa(system(COAL))
    assert "morava[pypsa]" in caught.value.problems[0].mend
