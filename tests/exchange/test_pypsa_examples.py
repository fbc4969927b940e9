"""PyPSA's own examples have PyPSA's optimum here, or are refused by every name that has none.

Networks that are stored: `networks/NOTICE` says from where. Those below are rebuilt from the numbers that PyPSA's
documentation prints.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.exchange.pypsa_library import quiet_pypsa
from morava.exchange.pypsa_network import from_pypsa, solve_pypsa, to_pypsa
from morava.models.power import OWN
from morava.models.power.build import build_program
from morava.models.power.program import solve_program
from morava.models.power.solve import solve_system
from morava.models.power.system import System

NETWORKS = Path(__file__).with_name("networks")
STORED = ("ac-dc-meshed", "model-energy", "storage-hvdc")
AGREEMENT = 1e-6
MILLION = 1e6

Make = Callable[[Any], Any]


@pytest.fixture
def pypsa() -> Iterator[Any]:
    with quiet_pypsa() as library:
        yield library


def stored(name: str) -> Make:
    return lambda pypsa: pypsa.Network(str(NETWORKS / name))


def ten_days_for_a_year(pypsa: Any) -> Any:
    """Return the ten days of model-energy as those of a whole year, so that it pays to hold hydrogen."""
    network = stored("model-energy")(pypsa)
    for column in ("objective", "generators"):
        network.snapshot_weightings[column] *= 36.5
    return network


def three_buses(pypsa: Any, load_at_first: float = 0.0) -> Any:
    """Return the circle of "Negative LMPs from Line Congestion", where a cheap plant is shut in by the law of voltages.

    With a MW of load beside it, PyPSA's page says, all costs 60 less.
    """
    network = pypsa.Network()
    for number, cost in ((1, 10), (2, 20), (3, 100)):
        network.add("Bus", f"Bus{number}")
        network.add("Generator", f"Gen{number}", bus=f"Bus{number}", p_nom=100, marginal_cost=cost)
    network.add("Load", "Load3", bus="Bus3", p_set=100)
    network.add("Load", "Load1", bus="Bus1", p_set=load_at_first)
    for here, there, size in ((1, 2, 100), (2, 3, 100), (1, 3, 10)):
        network.add("Line", f"Line{here}{there}", bus0=f"Bus{here}", bus1=f"Bus{there}", x=1, s_nom=size)
    return network


def three_buses_relieved(pypsa: Any) -> Any:
    return three_buses(pypsa, load_at_first=1.0)


def market(pypsa: Any) -> Any:
    """Return the two zones of "Electricity Markets", which a cable joins."""
    network = pypsa.Network()
    plants = {
        "South Africa": (("Coal", 35000, 30), ("Wind", 3000, 0), ("Gas", 8000, 60), ("Oil", 2000, 80)),
        "Mozambique": (("Hydro", 1200, 0),),
    }
    for country, load in (("South Africa", 42000), ("Mozambique", 650)):
        network.add("Bus", country)
        network.add("Load", f"{country} load", bus=country, p_set=load)
        for technology, size, cost in plants[country]:
            network.add("Generator", f"{country} {technology}", bus=country, p_nom=size, marginal_cost=cost)
    network.add("Link", "link", bus0="Mozambique", bus1="South Africa", p_nom=500, p_min_pu=-1)
    return network


def chained_reservoirs(pypsa: Any) -> Any:
    """Return "Chained Hydro-Reservoirs" in its second form, where water takes an hour down the river."""
    network = pypsa.Network()
    network.set_snapshots(range(4))
    network.add("Carrier", ["reservoir", "rain"])
    network.add("Bus", ["0 electricity", "1 electricity"])
    network.add("Bus", ["0 reservoir", "1 reservoir"], carrier="reservoir")
    network.add(
        "Generator", "rain", bus="0 reservoir", carrier="rain", p_nom=1000, p_max_pu=[0.0, 0.2, 0.7, 0.4]
    )  # fmt: skip
    network.add("Load", "0 load", bus="0 electricity", p_set=20)
    network.add("Load", "1 load", bus="1 electricity", p_set=30)
    down = {"bus0": "0 reservoir", "p_nom_extendable": True}
    network.add("Link", "spillage", **down, bus1="1 reservoir", efficiency=0.5, delay=1)
    network.add(
        "Link", "0 turbine", **down, bus1="0 electricity", bus2="1 reservoir", efficiency=0.9, efficiency2=0.5,
        capital_cost=1000, delay2=1,
    )  # fmt: skip
    network.add(
        "Link", "1 turbine", bus0="1 reservoir", bus1="1 electricity", efficiency=0.9, capital_cost=1000,
        p_nom_extendable=True,
    )  # fmt: skip
    for place in ("0", "1"):
        network.add("Store", f"{place} reservoir", bus=f"{place} reservoir", e_cyclic=True, e_nom=10_000)
    return network


EXAMPLES: dict[str, Make] = {
    **{name: stored(name) for name in STORED},
    "ten days for a year": ten_days_for_a_year, "three buses": three_buses,
    "three buses, relieved": three_buses_relieved, "market": market,
}  # fmt: skip
PRINTED = {
    "three buses": (7600.0, 0.5),
    "three buses, relieved": (7540.0, 0.5),
    "storage-hvdc": (1.47e7, 0.005e7),
}
"""What PyPSA's pages print, and half of its last digit; they leave out what plants cost that stand beforehand."""
ALL_COSTS = 18_441_021.0
"""What PyPSA prints for ac-dc-meshed beside its property `objective`, all costs, without what follows the point."""
REFUSED = {"Link spillage": "delay cannot be said", "Link 0 turbine": "it has a bus2"}


def optimise(network: Any) -> float:
    status = network.optimize(
        solver_name="highs", log_to_console=False, include_objective_constant=False, progress=False
    )  # fmt: skip
    assert status == ("ok", "optimal")
    return float(network.objective)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_has_the_optimum_of_pypsa(pypsa: Any, name: str) -> None:
    network = EXAMPLES[name](pypsa)
    own = from_pypsa(network)
    program, layout = build_program(own)
    solved = solve_program(program)
    assert sum(solved.values[columns].sum() for columns in layout.unserved.values()) == pytest.approx(0.0, abs=1e-9)
    assert solved.objective * MILLION == pytest.approx(optimise(network), rel=AGREEMENT)
    assert solve_pypsa(to_pypsa(own)) == pytest.approx(solved.objective * MILLION, rel=AGREEMENT)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_engine_has_it_too(pypsa: Any, name: str) -> None:
    network = EXAMPLES[name](pypsa)
    found = solve_system(from_pypsa(network), "engine", gap=AGREEMENT / 10)
    assert found.status == OWN
    assert found.objective == pytest.approx(optimise(network), rel=AGREEMENT)
    assert found.bound <= found.objective * (1 + AGREEMENT)


def test_an_example_builds_what_holds_hydrogen(pypsa: Any) -> None:
    built = solve_system(from_pypsa(ten_days_for_a_year(pypsa))).built
    assert all(built[name][0] > 1 for name in ("hydrogen storage", "electrolysis", "turbine", "battery storage"))


def free(own: System) -> System:
    """Return a system whose lines obey no law of voltages."""
    return replace(own, links=tuple(replace(one, reactance=np.nan) for one in own.links))


@pytest.mark.parametrize("name", ["three buses", "storage-hvdc", "ac-dc-meshed"])
def test_the_law_of_voltages_counts_in_it(pypsa: Any, name: str) -> None:
    own = from_pypsa(EXAMPLES[name](pypsa))
    assert solve_system(free(own)).objective < solve_system(own).objective * (1 - AGREEMENT)


@pytest.mark.parametrize("name", PRINTED)
def test_the_optimum_is_the_one_that_pypsa_prints(pypsa: Any, name: str) -> None:
    network = EXAMPLES[name](pypsa)
    standing = 0.0
    for kind, size in (("generators", "p_nom"), ("links", "p_nom"), ("lines", "s_nom"), ("storage_units", "p_nom")):
        table = getattr(network, kind)
        built = table[table[f"{size}_extendable"]]
        standing += float((built[size] * built["capital_cost"]).sum())
    printed, half_a_digit = PRINTED[name]
    assert solve_system(from_pypsa(network)).objective - standing == pytest.approx(printed, abs=half_a_digit)


def test_all_costs_are_those_that_pypsa_prints(pypsa: Any) -> None:
    found = solve_system(from_pypsa(EXAMPLES["ac-dc-meshed"](pypsa))).objective
    assert np.floor(found) == ALL_COSTS


def test_an_example_that_cannot_be_said_is_refused_by_name(pypsa: Any) -> None:
    with pytest.raises(MoravaError) as caught:
        from_pypsa(chained_reservoirs(pypsa))
    assert {problem.where: problem.what for problem in caught.value.problems} == REFUSED
