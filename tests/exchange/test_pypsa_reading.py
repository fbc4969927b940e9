"""PyPSA networks have the same optimum as power systems, or are refused by every name that has none there."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from morava.errors import MoravaError
from morava.exchange.pypsa_library import quiet_pypsa
from morava.exchange.pypsa_reading import from_pypsa
from morava.models.power.solve import solve_system

HOURS = 48
SHARE = np.random.default_rng(3).random(HOURS)
YEARS = [2030, 2035]
AGREEMENT = 1e-6
COUNTS = 1e-4
"""By what share of the objective what is tested must move it, so that its test can fail."""

Fill = Callable[[Any], None]


@pytest.fixture
def pypsa() -> Iterator[Any]:
    with quiet_pypsa() as library:
        yield library


def over(network: Any, values: object) -> pd.Series:
    """Return hourly numbers, the same in every period."""
    return pd.Series(np.tile(values, len(network.snapshots) // HOURS), network.snapshots)


def two_buses(pypsa: Any, years: list[int] | None = None, weight: float = 1.0) -> Any:
    """Return coal in one place and gas in another, with load at both and a line between them."""
    network = pypsa.Network()
    if years:
        network.set_snapshots(pd.MultiIndex.from_product([years, range(HOURS)], names=["period", "timestep"]))
        network.investment_periods = years
        network.investment_period_weightings["objective"] = [4.3, 3.1]
        network.investment_period_weightings["years"] = [5, 4]
    else:
        network.set_snapshots(range(HOURS))
    for column in ("objective", "generators"):
        network.snapshot_weightings[column] = weight
    network.add("Carrier", ["coal", "gas", "power"], co2_emissions=[0.34, 0.2, 0.0])
    network.add("Bus", ["a", "b"], carrier="power")
    network.add("Load", "load", bus="a", p_set=over(network, 100 + 60 * SHARE), carrier="power")
    network.add("Load", "feed", bus="b", p_set=over(network, -9 * SHARE), carrier="power")
    network.add("Load", "town", bus="b", p_set=30.0, carrier="power")
    network.add("Generator", "coal", bus="a", carrier="coal", p_nom=120, marginal_cost=10, efficiency=0.4)
    network.add("Generator", "gas", bus="b", carrier="gas", p_nom=300, marginal_cost=50, efficiency=0.5)
    network.add("Link", "line", bus0="a", bus1="b", carrier="power", p_nom=70, p_min_pu=-1)
    return network


def sun(network: Any, name: str = "sun", **given: object) -> None:
    network.add(
        "Generator", name, bus="a", carrier="power", **({"p_max_pu": over(network, SHARE[::-1]), "p_nom": 150} | given)
    )


def extend(network: Any) -> None:
    """What may be built, of each kind that may; the first with a part that must, the second from overnight cost."""
    free = {"p_nom_extendable": True, "p_nom": 7}
    sun(network, **free, p_nom_min=5, p_nom_max=40, capital_cost=300)
    sun(network, "roof", **free, p_nom_max=30, overnight_cost=3000, discount_rate=0.07, lifetime=20, fom_cost=10)
    network.add(
        "StorageUnit", "cell", bus="a", carrier="power", **free, capital_cost=90, max_hours=4, efficiency_store=0.9,
        efficiency_dispatch=0.95, cyclic_state_of_charge=True, marginal_cost=1, p_nom_max=30,
    )  # fmt: skip
    network.add("Link", "line 2", bus0="a", bus1="b", carrier="power", **free, p_min_pu=-1, capital_cost=40)


def build_in_years(network: Any) -> None:
    """The first stands from the second period on, the second only in the first; nothing of the third ever."""
    free = {"p_nom_extendable": True, "capital_cost": 250}
    sun(network, "late", **free, p_nom_max=60, build_year=2032)
    sun(network, "early", **free, p_nom_max=50, build_year=2030, lifetime=4)
    sun(network, "past", **free, build_year=2010, lifetime=15)
    sun(network, "old", p_nom=20, build_year=2010, lifetime=22, e_sum_max=300.0)


def limit_years(network: Any) -> None:
    network.add("GlobalConstraint", "first", investment_period=2030, sense="<=", constant=5 * 4700.0)
    network.add("GlobalConstraint", "second", investment_period=2035, sense="<=", constant=4 * 4500.0)


def ramp(network: Any) -> None:
    sun(network)
    network.generators.loc["coal", ["ramp_limit_up", "ramp_limit_down"]] = 0.03


def limit(network: Any) -> None:
    ramp(network)
    weight = float(network.snapshot_weightings["generators"].iloc[0])
    network.generators.loc["coal", "e_sum_max"] = 3000.0 * weight
    network.add("GlobalConstraint", "air", sense="<=", constant=3500.0 * weight)


def run_by_a_course(network: Any) -> None:
    """A plant that must run in some hours, and takes power in others; and one that runs at a share."""
    course = {"p_min_pu": over(network, SHARE - 0.5), "p_max_pu": over(network, 0.5 + SHARE / 2)}
    network.add("Generator", "odd", bus="a", carrier="coal", p_nom=40, marginal_cost=30, **course)
    network.generators.loc["gas", "p_min_pu"] = 0.1


def take(network: Any) -> None:
    network.add("Generator", "sale", bus="b", carrier="power", sign=-1, p_nom=30, marginal_cost=-60)


def hold(network: Any) -> None:
    """Water without a pump, hydrogen behind two links, and a store on the line; the tank is called as the water."""
    network.add(
        "StorageUnit", "lake", bus="a", carrier="power", p_nom=40, max_hours=8, cyclic_state_of_charge=True, p_min_pu=0,
        inflow=over(network, 60 * SHARE**4), efficiency_dispatch=0.9,
    )  # fmt: skip
    network.add("Bus", "tank", carrier="power")
    network.add(
        "Store", "lake", bus="tank", carrier="power", e_nom_extendable=True, capital_cost=3, e_nom_max=500,
        e_cyclic=True,
    )  # fmt: skip
    sides = {"carrier": "power", "p_nom": 20, "efficiency": 0.9}
    network.add("Link", "in", bus0="a", bus1="tank", **sides)
    network.add("Link", "out", bus0="tank", bus1="b", marginal_cost=1, **sides)
    network.add("Store", "magnet", bus="b", carrier="power", e_nom=33, e_cyclic=True)
    sun(network)


def commit(network: Any) -> None:
    sun(network)
    network.add(
        "Generator", "fleet", bus="a", carrier="coal", p_nom=60, marginal_cost=5, p_min_pu=0.6, committable=True,
        start_up_cost=3000,
    )  # fmt: skip


def rest(network: Any) -> None:
    """What is not active stands nowhere, whatever it holds."""
    take(network)
    sun(network, "off", active=False, marginal_cost_quadratic=3.0)


def tie(network: Any) -> None:
    """A ring of alternating current with transformers, a line beside another and a standard type; one of direct."""
    network.add("Bus", ["c", "d"], carrier="AC", v_nom=220.0)
    network.buses.loc[["a", "b"], ["carrier", "v_nom"]] = ["AC", 380.0]
    network.remove("Link", "line")
    lines = {"carrier": "AC", "s_max_pu": over(network, 0.6 + 0.4 * SHARE)}
    network.add("Line", "north", bus0="a", bus1="b", x=20.0, s_nom=60, **lines)
    network.add("Line", "beside", bus0="b", bus1="a", x=35.0, s_nom=25, **lines)
    network.add("Transformer", "step", bus0="b", bus1="c", x=0.12, s_nom=50, tap_ratio=1.1)
    network.add("Transformer", "step back", bus0="d", bus1="a", type="160 MVA 380/110 kV", s_nom=160)
    kind = "Al/St 240/40 4-bundle 380.0"
    network.add("Line", "typed", bus0="c", bus1="d", type=kind, length=60.0, s_nom=40, carrier="AC")
    free = {"carrier": "AC", "s_nom_extendable": True, "s_nom_min": 3, "s_nom_max": 30, "capital_cost": 20}
    network.add("Line", "new", bus0="a", bus1="c", x=15.0, s_nom=9, **free)
    for place in ("a", "b", "c"):
        network.add("Bus", f"{place} direct", carrier="DC", v_nom=200.0)
        converter = {"p_nom": 9, "p_min_pu": -0.9, "p_max_pu": 0.9}
        network.add("Link", f"{place} converter", bus0=place, bus1=f"{place} direct", carrier="DC", **converter)
    for here, there, resistance in (("a", "b", 0.2), ("b", "c", 0.5), ("c", "a", 0.4)):
        ends = {"bus0": f"{here} direct", "bus1": f"{there} direct"}
        network.add("Line", f"{here}{there}", **ends, r=resistance, s_nom=30, carrier="DC")


def leak(network: Any) -> None:
    """Storages that leak, that begin at a level and end at any, whose level is given, that cost by what they hold."""
    power = {"bus": "a", "carrier": "power"}
    given = np.full(HOURS, np.nan)
    given[[10, 40]] = 55.0, 20.0
    network.add(
        "StorageUnit", "lake", **power, p_nom=30, max_hours=8, inflow=over(network, 30 * SHARE), standing_loss=0.01,
        state_of_charge_initial=50, efficiency_store=0.8, marginal_cost_storage=0.1,
    )  # fmt: skip
    network.add(
        "StorageUnit", "set", **power, p_nom=20, max_hours=6, cyclic_state_of_charge=True,
        state_of_charge_set=over(network, given),
    )  # fmt: skip
    network.add("Store", "full", **power, e_nom=80, e_initial=70, standing_loss=0.02)
    network.add(
        "Store", "new", **power, e_nom_extendable=True, e_nom_min=5, e_nom_max=30, e_initial=40, capital_cost=2,
        standing_loss=0.03, marginal_cost_storage=0.05,
    )  # fmt: skip
    sun(network)


def go_one_way(network: Any) -> None:
    """Links that are there for a part of the time, and some of which carry less back than forth, also where built."""
    network.links.loc["line", "p_nom"] = 20.0
    course = {"p_max_pu": over(network, SHARE), "p_min_pu": over(network, -SHARE[::-1])}
    network.add("Link", "hourly", bus0="a", bus1="b", carrier="power", p_nom=15, **course)
    free = {"carrier": "power", "p_nom_extendable": True, "p_nom_min": 4, "p_nom_max": 40}
    network.add("Link", "forth", bus0="a", bus1="b", **free, capital_cost=30, efficiency=0.95, marginal_cost=1)
    network.add("Link", "most", bus0="b", bus1="a", **free, capital_cost=35, p_max_pu=0.7, p_min_pu=-0.9)


def optimise(network: Any, multi: bool = False) -> float:
    status = network.optimize(
        solver_name="highs", multi_investment_periods=multi, linearized_unit_commitment=True, log_to_console=False,
        include_objective_constant=False, progress=False,
    )  # fmt: skip
    assert status == ("ok", "optimal")
    return float(network.objective)


@pytest.mark.parametrize(
    "fill", [extend, ramp, limit, run_by_a_course, take, hold, commit, rest, tie, leak, go_one_way]
)
@pytest.mark.parametrize("weight", [1.0, 3.0])
def test_a_network_has_the_same_optimum_as_a_system(pypsa: Any, fill: Fill, weight: float) -> None:
    network = two_buses(pypsa, weight=weight)
    bare = solve_system(from_pypsa(network)).objective
    fill(network)
    found = solve_system(from_pypsa(network))
    assert found.objective != pytest.approx(bare, rel=COUNTS)
    assert sum(each.sum() for each in found.unserved.values()) == pytest.approx(0.0, abs=1e-6)
    assert optimise(network) == pytest.approx(found.objective, rel=AGREEMENT)


def leak_in_years(network: Any) -> None:
    """Storages that begin every period at a level, one that stands in one period only, and one that goes around."""
    power = {"bus": "a", "carrier": "power", "max_hours": 8, "efficiency_store": 0.9}
    network.add(
        "StorageUnit", "lake", **power, p_nom=30, state_of_charge_initial=50, state_of_charge_initial_per_period=True,
        standing_loss=0.01, inflow=over(network, 20 * SHARE),
    )  # fmt: skip
    network.add("StorageUnit", "late", **power, p_nom=20, state_of_charge_initial=90, build_year=2032)
    network.add("StorageUnit", "round", **power, p_nom=20, cyclic_state_of_charge_per_period=True, standing_loss=0.02)
    sun(network)


@pytest.mark.parametrize("fill", [build_in_years, limit_years, ramp, leak_in_years, tie])
def test_a_network_of_several_periods_has_the_same_optimum(pypsa: Any, fill: Fill) -> None:
    network = two_buses(pypsa, YEARS)
    bare = solve_system(from_pypsa(network)).objective
    fill(network)
    found = solve_system(from_pypsa(network)).objective
    assert found != pytest.approx(bare, rel=COUNTS)
    assert optimise(network, multi=True) == pytest.approx(found, rel=AGREEMENT)


def test_hours_of_different_weights_are_stretches(pypsa: Any) -> None:
    network = two_buses(pypsa)
    weights = np.repeat([2.0, 5.5, 2.0], HOURS // 3)
    for column in ("objective", "generators"):
        network.snapshot_weightings[column] = weights
    own = from_pypsa(network)
    assert own.calendar.repeats.tolist() == [2.0, 5.5, 2.0]
    assert optimise(network) == pytest.approx(solve_system(own).objective, rel=AGREEMENT)


@pytest.mark.parametrize("hours", [0.5, 3.0])
def test_a_snapshot_may_last_another_time_than_an_hour(pypsa: Any, hours: float) -> None:
    network = two_buses(pypsa)
    leak(network)
    hourly = solve_system(from_pypsa(network)).objective
    for column in ("objective", "generators", "stores"):
        network.snapshot_weightings[column] = hours
    found = solve_system(from_pypsa(network)).objective
    assert found != pytest.approx(hours * hourly, rel=COUNTS)
    assert optimise(network) == pytest.approx(found, rel=AGREEMENT)


def test_ramps_are_not_joined_where_half_an_hour_counts(pypsa: Any) -> None:
    network = two_buses(pypsa, weight=0.5)
    ramp(network)
    assert optimise(network) == pytest.approx(solve_system(from_pypsa(network)).objective, rel=AGREEMENT)


def test_a_network_is_not_changed(pypsa: Any) -> None:
    network = two_buses(pypsa)
    tie(network)
    before = network.copy()
    from_pypsa(network)
    assert before.equals(network)


def test_names_are_kept_apart(pypsa: Any) -> None:
    network = two_buses(pypsa)
    hold(network)
    assert [one.name for one in from_pypsa(network).storages] == ["lake", "lake (store)", "magnet"]


def test_load_without_supply_is_unserved_at_the_price_given(pypsa: Any) -> None:
    network = two_buses(pypsa)
    network.generators.loc["gas", "p_nom"] = 0
    found = solve_system(from_pypsa(network, unserved_price=700.0))
    assert found.unserved["a"].sum() + found.unserved["b"].sum() > 1
    assert from_pypsa(network, unserved_price=700.0).unserved_price == 700.0


def full_of_faults(pypsa: Any) -> Any:
    """Return a network with one thing wrong in each of its components."""
    network = two_buses(pypsa)
    add, cyclic = network.add, {"cyclic_state_of_charge": True}
    network.snapshot_weightings["generators"] = 2.0
    network.snapshot_weightings["stores"] = np.repeat([1.0, 3.0], HOURS // 2)
    plants: dict[str, dict[str, object]] = {
        "square": {"marginal_cost_quadratic": 1.0}, "set": {"p_set": 3.0}, "least": {"e_sum_min": 1.0},
        "module": {"p_nom_mod": 5.0}, "half": {"sign": 0.5}, "endless": {"p_nom": np.inf},
        "uneven": {"ramp_limit_up": 0.1, "ramp_limit_down": 0.2}, "one way": {"ramp_limit_up": 0.1},
        "waits": {"committable": True, "min_up_time": 3}, "both": {"committable": True, "p_nom_extendable": True},
        "slopes": {"committable": True, "ramp_limit_up": 0.5, "ramp_limit_down": 0.5},
        "crooked": {"p_min_pu": over(network, SHARE / 2), "p_nom_extendable": True},
        "heats": {"carrier": "gas", "efficiency": over(network, 0.5 + SHARE / 2)}, "below": {"p_max_pu": -0.5},
        "off": {"committable": True, "start_up_cost": 5.0, "down_time_before": 1, "up_time_before": 0},
    }  # fmt: skip
    for name, attributes in plants.items():
        add("Generator", name, bus="a", **({"carrier": "power", "p_nom": 5} | attributes))
    units: dict[str, dict[str, object]] = {
        "leaks": {"standing_loss": over(network, SHARE / 9), **cyclic}, "spills": {"spill_cost": 2.0, **cyclic},
        "moves": {"efficiency_store": over(network, SHARE), **cyclic},
        "priced": {"marginal_cost": over(network, SHARE), **cyclic},
    }  # fmt: skip
    for name, attributes in units.items():
        add("StorageUnit", name, bus="a", carrier="power", p_nom=5, **attributes)
    add("Store", "bottom", bus="a", carrier="power", e_nom=5, e_cyclic=True, e_min_pu=0.1)
    add("Store", "paid", bus="a", carrier="power", e_nom=5, e_cyclic=True, marginal_cost=1)
    ways: dict[str, dict[str, object]] = {
        "three ends": {"bus2": "b"}, "way back": {"p_min_pu": -1, "efficiency": 0.9}, "forced": {"p_min_pu": 0.2},
        "warm": {"efficiency": over(network, SHARE)}, "late": {"delay": 2},
    }  # fmt: skip
    for name, attributes in ways.items():
        add("Link", name, bus0="a", bus1="b", **({"carrier": "power", "p_nom": 5} | attributes))
    wires: dict[str, dict[str, object]] = {
        "wire": {"x": 0.0}, "bent": {"v_ang_max": 30.0}, "thick": {"s_nom_mod": 3.0}, "turned": {"s_max_pu": -1.0},
    }  # fmt: skip
    for name, attributes in wires.items():
        add("Line", name, bus0="a", bus1="b", **({"x": 0.1, "s_nom": 5, "carrier": "AC"} | attributes))
    add("Transformer", "coil", bus0="a", bus1="b", x=0.1, s_nom=5, phase_shift=30.0)
    add("Transformer", "dial", bus0="a", bus1="b", x=0.1, s_nom=5, phase_shift_min=-9.0, phase_shift_max=9.0)
    add("ShuntImpedance", "earth", bus="a")
    add("GlobalConstraint", "grown", type="tech_capacity_expansion_limit", carrier_attribute="coal", constant=3.0)
    add("GlobalConstraint", "exact", sense="==", constant=3.0)
    return network


FAULTS = {
    "Generator square": "marginal_cost_quadratic cannot be said", "Generator set": "p_set cannot be said",
    "Generator least": "e_sum_min cannot be said", "Generator module": "p_nom_mod cannot be said",
    "Generator half": "sign is neither 1 nor -1", "Generator endless": "p_nom is infinite",
    "Generator uneven": "its ramps differ", "Generator one way": "its ramps differ",
    "Generator waits": "min_up_time cannot be said", "Generator both": "both committable and extendable",
    "Generator slopes": "committable and has ramps", "Generator crooked": "not one share of p_max_pu",
    "Generator heats": "efficiency is zero or varies", "Generator below": "p_max_pu is negative",
    "Generator off": "off before the first hour",
    "StorageUnit leaks": "standing_loss varies over time", "StorageUnit spills": "spill_cost cannot be said",
    "StorageUnit moves": "efficiency_store varies over time", "StorageUnit priced": "varies over the hours of a period",
    "Store bottom": "e_min_pu cannot be said", "Store paid": "marginal_cost cannot be said",
    "Link three ends": "it has a bus2", "Link way back": "both ways with a loss", "Link forced": "above zero",
    "Link warm": "efficiency varies over time", "Link late": "delay cannot be said",
    "Line wire": "its impedance per unit is 0", "Line bent": "v_ang_max cannot be said",
    "Line thick": "s_nom_mod cannot be said", "Line turned": "s_max_pu is below zero",
    "Transformer coil": "it shifts the phase", "Transformer dial": "phase_shift_min cannot be said",
    "ShuntImpedance earth": "a shuntimpedance", "GlobalConstraint grown": "tech_capacity_expansion_limit",
    "GlobalConstraint exact": "emissions == a number",
}  # fmt: skip
"""What is wrong where in a network full of faults."""
IN_CALENDAR = ("snapshots weigh differently in sums of energy and in costs", "a storage has hours of different lengths")


def test_everything_that_cannot_be_said_is_named_at_once(pypsa: Any) -> None:
    with pytest.raises(MoravaError) as caught:
        from_pypsa(full_of_faults(pypsa))
    problems = caught.value.problems
    for where, what in FAULTS.items():
        assert [problem for problem in problems if problem.where == where and what in problem.what], where
    assert {problem.where for problem in problems} == {*FAULTS, "snapshots"}
    assert {problem.what for problem in problems if problem.where == "snapshots"} == set(IN_CALENDAR)
    assert all(problem.mend for problem in problems)


def test_periods_bring_faults_of_their_own(pypsa: Any) -> None:
    network = two_buses(pypsa, YEARS)
    network.add("GlobalConstraint", "ever", sense="<=", constant=3.0)
    network.carriers.loc["coal", "max_growth"] = 3.0
    network.generators.loc["coal", "e_sum_max"] = 9.0
    network.add("StorageUnit", "across", bus="a", carrier="power", p_nom=5, cyclic_state_of_charge=True)
    network.add("Store", "opens once", bus="a", carrier="power", e_nom=5, e_initial=5)
    network.add("Line", "late", bus0="a", bus1="b", x=1.0, s_nom=5, carrier="AC", build_year=2032)
    network.add("Generator", "fleet", bus="a", carrier="power", p_nom=5, committable=True, start_up_cost=3)
    network.snapshot_weightings.loc[2035, "objective"] = 2.0
    with pytest.raises(MoravaError) as caught:
        from_pypsa(network)
    assert {problem.where for problem in caught.value.problems} == {
        "GlobalConstraint ever", "Carrier coal", "Generator coal", "StorageUnit across", "Generator fleet", "snapshots",
        "Store opens once", "Line late",
    }  # fmt: skip
