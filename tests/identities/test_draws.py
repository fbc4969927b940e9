"""Draw (seed, uncertainty, k) is a pure function: bit for bit the same, whatever is drawn beside it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.plans.draws import draw
from morava.plans.types import Conflict, Distribution, Futures, Uncertainty

SPREADS = (
    Distribution("uniform", {"low": 0.0, "high": 2.0}, (), ()),
    Distribution("triangular", {"low": 0.0, "mode": 1.0, "high": 3.0}, (), ()),
    Distribution("normal", {"mean": 1.0, "sd": 2.0}, (), ()),
    Distribution("lognormal", {"median": 2.0, "sigma": 0.7}, (), ()),
    Distribution("lognormal", {"p10": 0.8, "p50": 1.0, "p90": 2.0}, (), ()),
    Distribution("discrete", {}, (1.0, 4.0, 9.0), (0.5, 0.25, 0.25)),
    Distribution("empirical", {}, (2.0, 3.0, 7.0, 1.0), ()),
    Distribution("conflict", {}, (), ()),
)
CONFLICTS = {"sides": Conflict("sides", "", (("a",), ("b",)), "genuine", (0.4, 0.6), None, "")}
COLUMNS = (0, 1, 2, 5, 8, 13, 21, 34)
PAIRS = {("c0", "c2"): 0.6, ("c5", "c2"): -0.3, ("c13", "c0"): 0.4, ("c34", "c13"): 0.5, ("c21", "c8"): 0.2}
ALL = tuple(range(len(SPREADS)))
STAGES = [f"project-{place}/works" for place in range(6)]

numbers = st.lists(st.integers(0, 5000), min_size=1, max_size=40)
SETTINGS = settings(max_examples=25, deadline=None)


def uncertain(name, column, each, spread):
    conflict = "sides" if spread.kind == "conflict" else ""
    return Uncertainty(name, name, column, each, spread, conflict, "", "", "1", {}, "assumed", "", "")


def build(columns=COLUMNS, streams=ALL):
    found = [uncertain(f"c{c}", c, (), SPREADS[COLUMNS.index(c)]) for c in columns]
    found += [uncertain(f"e{place}", None, ("stage", "year"), SPREADS[place]) for place in streams]
    known = {u.name for u in found}
    return Futures("f", 0, {u.name: u for u in found}, {p: r for p, r in PAIRS.items() if set(p) <= known})


def drawn(ks, seed=11, stages=STAGES, years=(2026, 2027), **which):
    return draw(build(**which), seed, np.asarray(ks), {"stage": stages, "year": years}, CONFLICTS)


WHOLE = drawn(np.arange(5001))


def same(got, **labels):
    """Every draw is the one of the whole run at its futures and labels."""
    for name, array in got.items():
        chosen = WHOLE[name].sel(future=array.coords["future"].to_numpy())
        chosen = chosen.sel({dim: label for dim, label in labels.items() if dim in chosen.dims})
        assert array.to_numpy().tobytes() == np.ascontiguousarray(chosen.to_numpy()).tobytes(), name


@SETTINGS
@given(numbers)
def test_a_future_does_not_depend_on_how_many_there_are_nor_on_their_order(ks):
    same(drawn(ks))


@SETTINGS
@given(st.integers(0, 4000), st.integers(1, 300))
def test_a_future_does_not_depend_on_its_chunk(first, size):
    same(drawn(np.arange(first, first + size)))


@SETTINGS
@given(numbers, st.permutations(STAGES), st.integers(1, 6))
def test_a_label_keeps_its_stream_when_others_come_go_or_move(ks, stages, kept):
    got = drawn(ks, stages=[*stages[:kept], "new/one"], years=(2030, 2027))
    assert got["e0"].sizes == {"future": len(ks), "stage": kept + 1, "year": 2}
    same(
        {n: a.sel(stage=stages[:kept], year=[2027]) for n, a in got.items() if n[0] == "e"},
        stage=stages[:kept],
        year=[2027],
    )


@SETTINGS
@given(numbers, st.integers(1, len(COLUMNS)), st.sets(st.integers(0, len(SPREADS) - 1)))
def test_older_uncertainties_do_not_move_when_new_ones_come(ks, columns, streams):
    same(drawn(ks, columns=COLUMNS[:columns], streams=sorted(streams)))


@SETTINGS
@given(numbers, st.integers(0, 2**63))
def test_another_seed_gives_other_draws_and_the_same_seed_the_same(ks, seed):
    once, again = drawn(ks, seed=seed), drawn(ks, seed=seed)
    for name, array in once.items():
        assert array.equals(again[name])
    assert not np.array_equal(once["e2"], drawn(ks, seed=seed + 1)["e2"])
    assert not np.array_equal(once["c1"], drawn(ks, seed=seed + 1)["c1"])
