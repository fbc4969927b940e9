"""The simulation against exact tables, closed forms and identities that hold in every sample year."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.errors import MoravaError
from morava.models.adequacy.chronology import (
    Draws,
    HourlySystem,
    Neighbours,
    RepairableUnits,
    Storage,
    estimate,
    n_minus_one,
    simulate,
    simulate_without,
)
from morava.models.adequacy.convolution import expected_shortage, outage_table
from morava.runs.cases.adequacy import load_of, units_of

HOURS = 8760
ERRORS = 4
"""Standard errors that a simulated mean may lie from an exact one."""


def units(*rows: tuple[float, float, float], prefix: str = "unit") -> RepairableUnits:
    capacity, outage, repair = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    return RepairableUnits(tuple(f"{prefix} {place}" for place in range(len(rows))), capacity, outage, repair)


def borders(count: int = 3, capacity: float = 100.0, **others: float) -> Neighbours:
    known = {"mean_share": 0.5, "correlation": 0.5, "persistence": 48.0} | others
    names = tuple(f"border {place}" for place in range(count))
    return Neighbours(names, np.full(count, capacity), np.full(count, 0.02), np.full(count, 24.0), **known)


def seasons(hours: int = HOURS) -> np.ndarray:
    """Return a residual load with nights, days and seasons."""
    hour = np.arange(hours)
    return 700 + 120 * np.cos(2 * np.pi * hour / HOURS) + 90 * np.sin(2 * np.pi * hour / 24)


FLEET = units(*[(100.0, 0.1, 40.0)] * 9, (250.0, 0.08, 100.0))
BATTERY = Storage(charge=60, discharge=60, energy=240, efficiency_charge=0.95, efficiency_discharge=0.95)
LAKE = Storage(charge=0, discharge=50, energy=20000, inflow=np.full(HOURS, 8.0))
SYSTEM = HourlySystem(FLEET, seasons(), (LAKE, BATTERY), borders())


def test_rts79_lies_within_its_error_of_the_exact_table():
    losses = simulate(HourlySystem(units_of("rts79.yaml"), load_of("rts79.yaml").ravel()), samples=400, seed=11)
    hours, energy = estimate(losses.hours), estimate(losses.energy)
    assert abs(hours.value - 9.394175) < ERRORS * hours.error
    assert abs(energy.value - 1176.298) < ERRORS * energy.error
    assert hours.error < 9.394175 / 5
    assert (losses.alone == losses.hours).all()


@pytest.mark.parametrize("repair", [0.5, 10.0, 200.0])
def test_the_mean_loss_without_storage_does_not_depend_on_time_to_repair(repair):
    pairs = [(30.0, 0.1), (20.0, 0.3), (50.0, 0.05), (0.4, 0.5)]
    load = np.random.default_rng(5).uniform(20, 110, 2000)
    chance, short = expected_shortage(outage_table(*zip(*pairs, strict=True)), load)
    losses = simulate(HourlySystem(units(*[(mw, out, repair) for mw, out in pairs]), load), samples=300, seed=3)
    hours, energy = estimate(losses.hours), estimate(losses.energy)
    assert abs(hours.value - chance.sum()) < ERRORS * hours.error
    assert abs(energy.value - short.sum()) < ERRORS * energy.error


def test_pras_single_node_a():
    load = np.array([25.0, 28, 27, 24]) - np.array([5.0, 6, 7, 8])
    losses = simulate(HourlySystem(units(*[(10.0, 0.1, 0.9)] * 3), load), samples=20000, seed=4, batch=20000)
    hours, energy = estimate(losses.hours), estimate(losses.energy)
    assert abs(hours.value - 0.355) < ERRORS * hours.error
    assert abs(energy.value - 1.59) < ERRORS * energy.error


@pytest.mark.parametrize(("outage", "repair"), [(0.1, 30.0), (0.5, 2.0), (0.02, 200.0)])
def test_a_unit_is_out_as_often_and_as_long_as_its_rates_say(outage, repair):
    works = Draws(seed=9, first=0, samples=400, hours=HOURS).at_work("a", outage, repair)
    share = estimate(1 - works.mean(axis=1))
    assert abs(share.value - outage) < ERRORS * share.error
    # A chain seen at full hours stays out with chance 1 - (1 - outage) k, with k what it forgets within an hour.
    forgets = -np.expm1(-1 / (repair * (1 - outage)))
    out = ~works[:, :-1]
    stays = (out & ~works[:, 1:]).sum() / out.sum()
    expected = 1 - (1 - outage) * forgets
    assert stays == pytest.approx(expected, abs=5 * np.sqrt(expected * (1 - expected) / out.sum()))
    first = works[:, 0].mean()
    assert first == pytest.approx(1 - outage, abs=5 * np.sqrt(outage * (1 - outage) / 400))


@pytest.mark.parametrize(("outage", "share"), [(0.0, 1.0), (1.0, 0.0)])
def test_a_unit_that_never_or_always_fails(outage, share):
    assert Draws(seed=1, first=0, samples=3, hours=100).at_work("a", outage, 50.0).mean() == share


def test_stress_is_standard_normal_and_fades_as_its_persistence_says():
    found = Draws(seed=2, first=0, samples=600, hours=HOURS).persistent("a", 48.0)
    assert found.mean() == pytest.approx(0, abs=0.02)
    assert found.std() == pytest.approx(1, abs=0.02)
    assert found[:, 0].std() == pytest.approx(1, abs=0.15)
    assert (found[:, 48:] * found[:, :-48]).mean() == pytest.approx(np.exp(-1), abs=0.02)
    at_once = Draws(seed=2, first=0, samples=100, hours=HOURS).persistent("a", 0.0)
    assert (at_once[:, 1:] * at_once[:, :-1]).mean() == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize("lasts", [0, 1, 4, 12])
def test_a_battery_bridges_the_first_hours_of_an_outage(lasts):
    """An hour is lost where the unit is out in it and in all the hours that the battery lasts before it."""
    outage, repair, load = 0.1, 10.0, 50.0
    # The unit fills the battery within the hour in which it is back.
    battery = Storage(charge=1e6, discharge=load, energy=load * lasts)
    losses = simulate(HourlySystem(units((1e6, outage, repair)), np.full(HOURS, load), (battery,)), samples=400, seed=6)
    stays = 1 - (1 - outage) * -np.expm1(-1 / (repair * (1 - outage)))
    hours, energy = estimate(losses.hours), estimate(losses.energy)
    assert abs(hours.value - HOURS * outage * stays**lasts) < ERRORS * hours.error
    assert energy.value == pytest.approx(load * hours.value)
    assert abs(losses.alone.mean() - HOURS * outage) < ERRORS * estimate(losses.alone).error


ALWAYS = units((100.0, 0.0, 50.0))


@pytest.mark.parametrize(
    ("storage", "load", "lost"),
    [
        (Storage(50, 50, 100), [0, 0, 150, 150, 150], 50),
        (Storage(50, 20, 100), [0, 0, 150, 150, 150], 90),
        (Storage(20, 50, 100), [0, 0, 150, 150, 150], 110),
        (Storage(50, 50, 100, 1.0, 0.5), [0, 0, 150, 150, 150], 100),
        (Storage(50, 50, 100, 0.5, 1.0), [0, 0, 150, 150, 150], 100),
        (Storage(50, 50, 100), [150, 150, 0, 0, 150], 50),
        (Storage(50, 50, 100), [90, 90, 150, 150, 150], 130),
        (Storage(0, 50, 100, inflow=np.array([0.0, 30, 0, 0, 0])), [0, 0, 150, 150, 150], 120),
        (Storage(0, 50, 100, inflow=np.full(1, 30.0)), [0, 0, 150, 150, 150], 0),
        (Storage(0, 50, 20, inflow=np.full(1, 30.0)), [0, 0, 150, 150, 150], 40),
    ],
    ids=[
        "energy binds",
        "discharge binds",
        "charge binds, the year begins as it ended",
        "lossy discharge",
        "lossy charge",
        "the year begins as it ended",
        "little surplus",
        "a lake holds what came in",
        "water that flows suffices",
        "a full lake spills",
    ],
)
def test_storages_by_hand(storage, load, lost):
    losses = simulate(HourlySystem(ALWAYS, np.array(load, dtype=float), (storage,)), samples=2, seed=0)
    assert losses.energy == pytest.approx([lost, lost])


def test_storages_are_used_in_the_order_given():
    """The long one first: the short one is kept for the hour in which power is short."""
    load, slow, fast = np.array([0.0, 0, 0, 0, 0, 150, 150, 200]), Storage(50, 50, 200), Storage(50, 50, 50)
    in_order, reverse = (
        simulate(HourlySystem(ALWAYS, load, some), samples=2, seed=0).energy.tolist()
        for some in ((slow, fast), (fast, slow))
    )
    assert in_order == [0, 0]
    assert reverse == [50, 50]


def test_neighbours_give_their_share_in_the_mean():
    residual = np.full(HOURS, 1e9)
    residual += np.random.default_rng(8).normal(0, 1, HOURS)
    for firm in (0.0, 0.2, 0.5, 0.8, 1.0):
        known = replace(borders(mean_share=firm), outage=np.zeros(3))
        losses = simulate(HourlySystem(units((0.0, 0.0, 1.0)), residual, (), known), samples=60, seed=5)
        given_power = estimate((residual.sum() - losses.energy) / HOURS / 300)
        # Sums near 1e13 MWh keep about a thousandth of a MWh.
        assert abs(given_power.value - firm) <= ERRORS * given_power.error + 1e-6


def test_correlation_of_neighbours_raises_loss_and_leaves_what_they_give_alone():
    loose, tight = (
        simulate(HourlySystem(FLEET, seasons() + 250, (), borders(correlation=c)), samples=100, seed=5)
        for c in (0.0, 0.7)
    )
    assert tight.hours.mean() > 1.2 * loose.hours.mean()
    assert tight.energy.mean() > 1.2 * loose.energy.mean()
    assert (tight.alone == loose.alone).all()


def test_a_margin_without_neighbours_is_that_of_neighbours_who_never_give():
    nothing = simulate(replace(SYSTEM, neighbours=borders(mean_share=0.0)), samples=20, seed=1)
    alone = simulate(replace(SYSTEM, neighbours=Neighbours()), samples=20, seed=1)
    assert (nothing.hours == alone.hours).all()


@pytest.mark.parametrize("batch", [1, 7, 40, 1000])
def test_results_do_not_depend_on_the_batch(batch):
    short = HourlySystem(FLEET, seasons(1001) + 150, (replace(LAKE, inflow=np.full(1, 8.0)), BATTERY), borders())
    whole, parts = (n_minus_one(short, samples=40, seed=7, batch=size) for size in (40, batch))
    for name in ("", *whole.without):
        one, other = (found.intact if not name else found.without[name] for found in (whole, parts))
        for field in ("hours", "energy", "alone"):
            assert getattr(one, field).tobytes() == getattr(other, field).tobytes()


def test_a_sample_year_is_itself_in_any_number_of_years_and_again():
    few, many, again = (simulate(SYSTEM, samples=count, seed=7) for count in (10, 30, 30))
    assert many.energy[:10].tobytes() == few.energy.tobytes()
    assert many.energy.tobytes() == again.energy.tobytes()
    assert (many.energy != simulate(SYSTEM, samples=30, seed=8).energy).any()
    assert len(set(many.alone.tolist())) > 10


def test_the_order_of_units_and_borders_changes_no_outage():
    back = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    turned = RepairableUnits(
        tuple(FLEET.names[place] for place in back), FLEET.capacity[back], FLEET.outage[back], FLEET.repair[back]
    )
    one, other = (simulate(replace(SYSTEM, units=fleet), samples=20, seed=2) for fleet in (FLEET, turned))
    assert (one.hours == other.hours).all()
    assert other.energy == pytest.approx(one.energy, rel=1e-9)


rows = st.tuples(st.integers(0, 120).map(float), st.floats(0, 0.5), st.floats(1, 100))
storages = st.builds(
    Storage,
    charge=st.floats(0, 80),
    discharge=st.floats(0, 80),
    energy=st.floats(0, 500),
    efficiency_charge=st.floats(0.5, 1),
    efficiency_discharge=st.floats(0.5, 1),
    inflow=st.floats(0, 20).map(lambda flow: np.full(1, flow)),
)
systems = st.builds(
    HourlySystem,
    units=st.lists(rows, min_size=1, max_size=5).map(lambda found: units(*found)),
    residual=st.integers(0, 2**32 - 1).map(lambda seed: np.random.default_rng(seed).normal(150, 90, 240)),
    storages=st.lists(storages, max_size=3).map(tuple),
    neighbours=st.floats(0, 1).flatmap(
        lambda firm: st.floats(0, 1).map(lambda c: borders(2, 40.0, mean_share=firm, correlation=c, persistence=12.0))
    ),
)


def nowhere_worse(after, before):
    return (after.hours <= before.hours).all() and (after.energy <= before.energy + 1e-6).all()


@settings(max_examples=60, deadline=None)
@given(systems, rows)
def test_a_unit_more_never_raises_loss_in_any_sample_year(system, row):
    more = units(row, prefix="another")
    known = system.units
    grown = RepairableUnits(
        known.names + more.names,
        np.append(known.capacity, more.capacity),
        np.append(known.outage, more.outage),
        np.append(known.repair, more.repair),
    )
    assert nowhere_worse(simulate(replace(system, units=grown), 5, 3), simulate(system, 5, 3))


@settings(max_examples=60, deadline=None)
@given(systems, storages)
def test_a_storage_more_never_raises_loss_in_any_sample_year(system, storage):
    grown = replace(system, storages=(*system.storages, storage))
    assert nowhere_worse(simulate(grown, 5, 3), simulate(system, 5, 3))


@settings(max_examples=60, deadline=None)
@given(systems)
def test_nothing_that_is_missing_lowers_loss_in_any_sample_year(system):
    names = (*system.units.names, *system.neighbours.names)
    found = simulate_without(system, names, 5, 3)
    for name in names:
        assert nowhere_worse(found[""], found[name])


@settings(max_examples=30, deadline=None)
@given(systems)
def test_inputs_stay_as_they_are_and_losses_are_no_more_than_load(system):
    before = system.residual.copy()
    losses = simulate(system, 4, 1)
    assert (system.residual == before).all()
    assert (losses.hours <= losses.alone).all()
    assert (losses.hours <= len(before)).all()
    assert (losses.energy <= np.maximum(before, 0).sum() + 1e-6).all()
    assert ((losses.energy > 0) == (losses.hours > 0)).all()


def test_a_unit_out_all_year_is_a_unit_that_is_not_there():
    system = replace(SYSTEM, storages=(), neighbours=Neighbours(), residual=seasons() - 50)
    without = simulate_without(system, ("unit 9",), samples=10, seed=3)["unit 9"]
    fewer = RepairableUnits(FLEET.names[:9], FLEET.capacity[:9], FLEET.outage[:9], FLEET.repair[:9])
    assert (without.hours == simulate(replace(system, units=fewer), samples=10, seed=3).hours).all()


def test_n_minus_one_names_the_border_and_the_unit_that_are_missed_most():
    known = borders(3)
    wide = replace(known, capacity=np.array([50.0, 300.0, 50.0]))
    found = n_minus_one(HourlySystem(FLEET, seasons() + 250, (BATTERY,), wide), samples=40, seed=2)
    assert (found.border, found.unit) == ("border 1", "unit 9")
    assert set(found.without) == {"border 0", "border 1", "border 2", "unit 9"}
    added = found.without["border 1"].hours - found.intact.hours
    assert found.border_effect == estimate(added)
    assert found.border_effect.low > 0
    assert found.unit_effect.value == (found.without["unit 9"].hours - found.intact.hours).mean()


def test_n_minus_one_without_borders():
    found = n_minus_one(HourlySystem(FLEET, seasons() - 50), samples=5, seed=2)
    assert (found.border, found.border_effect.value) == ("", 0.0)
    assert found.unit == "unit 9"
    assert found.unit_effect.value > 0


def test_an_estimate_by_hand():
    found = estimate(np.array([0.0, 0.0, 3.0, 9.0]))
    assert (found.value, found.low) == (3.0, 0.0)
    assert found.error == pytest.approx(np.sqrt(18 / 4))
    assert found.high == pytest.approx(3 + 1.959964 * found.error)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"units": replace(FLEET, names=("twice",) * 10)}, "two units or borders are called twice"),
        ({"units": replace(FLEET, capacity=-FLEET.capacity)}, "a unit has a capacity below zero"),
        ({"units": replace(FLEET, outage=FLEET.outage + 1)}, "a unit has an outage rate outside 0 to 1"),
        ({"units": replace(FLEET, repair=0 * FLEET.repair)}, "time to repair that is not above zero"),
        ({"units": replace(FLEET, outage=FLEET.outage[:3])}, "not every unit has all its numbers"),
        ({"neighbours": borders(mean_share=1.2)}, "of neighbours is out of range"),
        ({"neighbours": borders(correlation=-0.1)}, "of neighbours is out of range"),
        ({"neighbours": borders(persistence=-1.0)}, "of neighbours is out of range"),
        ({"neighbours": replace(borders(), capacity=np.full(2, 5.0))}, "not every border has all its numbers"),
        ({"storages": (Storage(-1, 1, 1),)}, "storage 1 has a size or an efficiency out of range"),
        ({"storages": (BATTERY, Storage(1, 1, 1, 1.1))}, "storage 2 has a size or an efficiency out of range"),
        ({"storages": (Storage(1, 1, 1, inflow=np.zeros(5)),)}, "neither one inflow nor one an hour"),
        ({"residual": np.full(HOURS, np.nan)}, "no hours, or a hole"),
        ({"residual": np.zeros(0), "storages": ()}, "no hours, or a hole"),
    ],
)
def test_what_is_refused(change, what):
    with pytest.raises(MoravaError, match=what):
        simulate(replace(SYSTEM, **change), samples=5, seed=1)


def test_all_that_is_wrong_is_said_at_once():
    wrong = replace(SYSTEM, units=replace(FLEET, outage=FLEET.outage + 1), neighbours=borders(mean_share=2.0))
    with pytest.raises(MoravaError) as caught:
        simulate_without(wrong, ("nobody",), samples=1, seed=1)
    assert len(caught.value.problems) == 4
