"""Flows follow the law of voltages around every circle of lines, held against rings worked out by hand."""

from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from morava.models.power.build import build_program
from morava.models.power.cycles import independent_cycles
from morava.models.power.solve import solve_system


def rounded(values):
    return np.round(values, 6).tolist()


@pytest.fixture
def ring(tiny):
    """Return three zones in a ring, all load in the last; the plants get dearer towards it."""

    def make(reactances=(1.0, 1.0, 1.0), capacities=(100.0, 100.0, 10.0), demand=100.0, **of_last):
        ends = (("one", "two"), ("two", "three"), ("one", "three"))
        links = [
            tiny.link(f"{here}_{there}", here, there, most, most, reactance=reactance)
            for (here, there), most, reactance in zip(ends, capacities, reactances, strict=True)
        ]
        links[-1] = tiny.link("one_three", "one", "three", **(
            {"capacity": capacities[-1], "backward": capacities[-1], "reactance": reactances[-1]} | of_last
        ))  # fmt: skip
        plants = [
            tiny.generator(f"plant_{zone}", 100, cost, zone=zone)
            for zone, cost in (("one", 10), ("two", 20), ("three", 100))
        ]
        return tiny.system({"one": [0], "two": [0], "three": [demand]}, plants, links=links)

    return make


def test_a_full_line_holds_back_what_goes_around_it(ring):
    """Of each MW from the second zone a third takes the line of 10 MW: 30 MW of it fill that, and none of the first."""
    found = solve_system(ring())
    assert found.objective == pytest.approx(30 * 20 + 70 * 100)
    assert rounded(found.output["plant_one"]) == [[0]]
    assert rounded([found.flow[name][0, 0] for name in ("one_two", "two_three", "one_three")]) == [-10, 20, 10]
    assert rounded(found.price["one"]) == [[-60]]


def test_without_reactance_the_program_chooses_what_flows(ring):
    found = solve_system(ring(reactances=(np.nan,) * 3))
    assert found.objective == pytest.approx(100 * 10)


@pytest.mark.parametrize(("last", "share"), [(1.0, 2 / 3), (2.0, 1 / 2), (6.0, 1 / 4)])
def test_flows_share_a_ring_as_their_reactances_ask(ring, last, share):
    found = solve_system(ring(reactances=(1.0, 1.0, last), capacities=(100.0, 100.0, 100.0)))
    assert rounded(found.flow["one_three"]) == [[round(100 * share, 6)]]


def test_only_proportions_of_reactances_count(ring):
    found = [build_program(ring(reactances=unit * np.array([1.0, 2.0, 4.0])))[0] for unit in (1.0, 2.0**-20)]
    assert (found[0].matrix != found[1].matrix).nnz == 0


def test_a_line_beside_another_takes_its_share(tiny):
    links = [
        tiny.link("thick", "one", "two", 100, 100, reactance=1.0),
        tiny.link("thin", "two", "one", 10, 10, reactance=4.0),
    ]
    plants = [tiny.generator("coal", 100, 10, zone="one"), tiny.generator("oil", 100, 90, zone="two")]
    found = solve_system(tiny.system({"one": [0], "two": [80]}, plants, links=links))
    assert rounded([found.flow["thick"][0, 0], found.flow["thin"][0, 0]]) == [40, -10]
    assert rounded(found.output["oil"]) == [[30]]


def test_a_line_that_is_built_keeps_its_reactance(ring, tiny):
    """Ten more MW of the full line let 20 more of the cheap plant's neighbour go around it."""
    found = solve_system(ring(build=tiny.build(1.0, 10.0)))
    assert rounded(found.built["one_three"]) == [10]
    assert rounded(found.output["plant_three"]) == [[40]]


def test_lines_that_close_no_circle_have_no_row(ring):
    system = ring(reactances=(1.0, 1.0, np.nan))
    assert independent_cycles(system.links) == []
    assert not [block for block in build_program(system)[0].rows if block.name.startswith("cycle")]


def test_a_net_has_as_many_rows_as_independent_circles(tiny):
    """Every circle of a net is a sum of those that have a row, so that they have the rank of its circles."""
    zones = [f"z{place}" for place in range(5)]
    pairs = [*combinations(zones, 2), ("z0", "z1"), ("z4", "z0")]
    links = [tiny.link(f"l{k}", here, there, 1, 1, reactance=1.0 + k) for k, (here, there) in enumerate(pairs)]
    links += [tiny.link("far", "x", "y", 1, 1, reactance=1.0), tiny.link("far_too", "y", "x", 1, 1, reactance=1.0)]
    rows = independent_cycles(links)
    graph = nx.MultiGraph((one.from_zone, one.to_zone) for one in links)
    assert len(rows) == graph.number_of_edges() - graph.number_of_nodes() + nx.number_connected_components(graph)
    matrix = np.array([[row.get(one.name, 0.0) / one.reactance for one in links] for row in rows])
    assert np.linalg.matrix_rank(matrix) == len(rows)
    places = sorted(graph.nodes)
    ends = np.array(
        [[(one.from_zone == zone) - (one.to_zone == zone) for zone in places] for one in links], dtype=float
    )
    # Differences of any angles are nothing around every one of them.
    np.testing.assert_allclose(np.array([[row.get(one.name, 0.0) / one.reactance for one in links] for row in rows]) @ (
        ends @ np.arange(1.0, len(places) + 1) ** 2
    ), 0.0, atol=1e-12)  # fmt: skip


def test_rows_are_in_the_order_of_their_lines(tiny):
    links = [
        tiny.link(name, here, there, 1, 1, reactance=1.0)
        for name, here, there in (("a", "p", "q"), ("b", "r", "q"), ("c", "p", "r"), ("d", "q", "p"))
    ]
    assert independent_cycles(links) == [{"a": 1.0, "b": -1.0, "c": -1.0}, {"a": 1.0, "d": 1.0}]
