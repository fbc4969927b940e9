"""Each part of the program by itself, held against what it must do, worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.models.power.parts import standing
from morava.models.power.solve import solve_system


def rounded(values):
    return np.round(values, 6).tolist()


def test_plants_run_in_the_order_of_their_cost(tiny):
    plants = [tiny.generator("oil", 100, 90), tiny.generator("coal", 100, 10), tiny.generator("gas", 100, 30)]
    found = solve_system(tiny.system([50, 150, 250], plants))
    assert rounded(found.output["coal"]) == [[50, 100, 100]]
    assert rounded(found.output["gas"]) == [[0, 50, 100]]
    assert rounded(found.output["oil"]) == [[0, 0, 50]]


def test_the_order_follows_costs_by_the_hour(tiny):
    plants = [tiny.generator("coal", 100, [10, 40]), tiny.generator("gas", 100, 30)]
    found = solve_system(tiny.system([60, 60], plants))
    assert rounded(found.output["coal"]) == [[60, 0]]
    assert rounded(found.output["gas"]) == [[0, 60]]


def test_availability_holds_output(tiny):
    plants = [tiny.generator("wind", 100, 0, availability=[0.2, 0.9]), tiny.generator("coal", 100, 10)]
    found = solve_system(tiny.system([60, 60], plants))
    assert rounded(found.output["wind"]) == [[20, 60]]
    assert rounded(found.output["coal"]) == [[40, 0]]


@pytest.mark.parametrize(("availability", "least"), [(1.0, 40), (0.5, 20)])
def test_a_must_run_share_of_what_is_available_always_runs(tiny, availability, least):
    plants = [
        tiny.generator("heat", 100, 50, minimum=0.4, availability=availability),
        tiny.generator("coal", 200, 10),
    ]
    found = solve_system(tiny.system([100, 180], plants))
    assert rounded(found.output["heat"]) == [[least, least]]
    assert rounded(found.price["nation"]) == [[10, 10]]


def test_what_is_built_must_run_as_well(tiny):
    """Each MW built runs at half in the hour of 20 MW, so that 40 MW is all that fits."""
    plants = [tiny.generator("heat", 0, 10, minimum=0.5, build=tiny.build(1.0)), tiny.generator("oil", 200, 1000)]
    found = solve_system(tiny.system([100, 20], plants))
    assert rounded(found.built["heat"]) == [40]
    assert rounded(found.output["heat"]) == [[40, 20]]


def test_ramps_hold_around_the_year(tiny):
    slow = tiny.generator("slow", 100, 10, ramp=0.2)
    found = solve_system(tiny.system([20, 80, 80, 20], [slow, tiny.generator("fast", 100, 50)]))
    assert rounded(found.output["slow"]) == [[20, 40, 40, 20]]
    assert rounded(found.output["fast"]) == [[0, 40, 40, 0]]


@pytest.mark.parametrize(
    ("demand", "output"), [([100, 20], [40, 20]), ([20, 100], [20, 40])], ids=["falling", "rising"]
)
def test_a_ramp_holds_each_way_within_a_stretch(tiny, demand, output):
    slow = tiny.generator("slow", 100, 10, ramp=0.2)
    calendar = tiny.calendar(2, repeats=(2.0,))
    found = solve_system(tiny.system(demand, [slow, tiny.generator("fast", 100, 50)], calendar=calendar))
    assert rounded(found.output["slow"]) == [output]


@pytest.mark.parametrize("repeats", [(2.0, 3.0), (1.0, 3.0), (1.0, 1.0)])
def test_ramps_do_not_tie_one_stretch_to_another(tiny, repeats):
    slow = tiny.generator("slow", 100, 10, ramp=0.2)
    calendar = tiny.calendar(4, repeats=repeats)
    found = solve_system(tiny.system([20, 20, 100, 100], [slow, tiny.generator("fast", 100, 50)], calendar=calendar))
    assert rounded(found.output["slow"]) == [[20, 20, 100, 100]]


def test_what_is_built_ramps_as_well(tiny):
    slow = tiny.generator("slow", 50, 10, ramp=0.2, build=tiny.build(1.0, limit=100))
    calendar = tiny.calendar(2, repeats=(2.0,))
    found = solve_system(tiny.system([0, 200], [slow, tiny.generator("fast", 200, 50)], calendar=calendar))
    assert rounded(found.built["slow"]) == [100]
    assert rounded(found.output["slow"]) == [[0, 0.2 * (50 + 100)]]


@pytest.mark.parametrize(
    ("start_cost", "fleet", "objective"),
    [(10, [100, 30, 100, 100], 330 * 10 + 40 * 10), (100, [60, 30, 60, 60], 210 * 10 + 120 * 30)],
)
def test_a_fleet_stops_only_where_starting_again_is_cheaper(tiny, start_cost, fleet, objective):
    """Half of what is on line must run: for 30 MW at most 60 may stay on, and 40 MW would start again."""
    coal = tiny.generator("coal", 100, 10, minimum=0.5, committed=True, start_cost=start_cost)
    found = solve_system(tiny.system([100, 30, 100, 100], [coal, tiny.generator("oil", 100, 30)]))
    assert rounded(found.output["coal"]) == [fleet]
    assert found.objective == pytest.approx(objective)


def test_a_fleet_may_stand_still_where_a_must_run_may_not(tiny):
    coal = tiny.generator("coal", 100, 40, minimum=0.5)
    wind = tiny.generator("wind", 100, 0)
    held = solve_system(tiny.system([60, 60], [coal, wind]))
    free = solve_system(tiny.system([60, 60], [replace(coal, committed=True), wind]))
    assert rounded(held.output["coal"]) == [[50, 50]]
    assert rounded(free.output["coal"]) == [[0, 0]]


def test_a_fleet_never_has_more_on_line_than_is_available_or_built(tiny):
    coal = tiny.generator(
        "coal", 50, 10, availability=[0.5, 1.0], committed=True, start_cost=1.0, build=tiny.build(1.0, limit=20)
    )
    found = solve_system(tiny.system([100, 100], [coal]))
    assert rounded(found.built["coal"]) == [20]
    assert rounded(found.output["coal"]) == [[35, 70]]
    assert rounded(found.unserved["nation"]) == [[65, 30]]


def test_energy_of_a_year_is_limited_in_each_period_by_itself(tiny):
    river = tiny.generator("river", 100, 10, energy_limit=[150, 120])
    plants = [river, tiny.generator("oil", 100, 50)]
    found = solve_system(tiny.system([[100] * 3, [100] * 3], plants))
    assert rounded(found.output["river"].sum(axis=1)) == [150, 120]
    assert rounded(found.output["oil"].sum(axis=1)) == [150, 180]


def test_energy_of_a_year_counts_every_hour_that_a_stretch_stands_for(tiny):
    """The year asks for (3 + 2) * 100 MWh; the river's 330 serve it where it saves most."""
    plants = [tiny.generator("river", 100, 0, energy_limit=330), tiny.generator("oil", 100, [50, 80])]
    calendar = tiny.calendar(2, repeats=(3.0, 2.0))
    found = solve_system(tiny.system([100, 100], plants, calendar=calendar))
    assert found.output["river"] == pytest.approx(np.array([[130 / 3, 100]]))
    assert found.objective == pytest.approx(50 * (300 - 130))


def test_standing_is_from_the_year_of_building_to_the_end_of_life():
    assert standing((2030, 2035, 2045), 10.0).tolist() == [[1, 0, 0], [1, 1, 0], [0, 0, 1]]
    assert standing((2030, 2035, 2045), 10.1).tolist() == [[1, 0, 0], [1, 1, 0], [0, 1, 1]]
    assert standing((2030, 2035, 2045), 1.0).tolist() == np.eye(3).tolist()


@pytest.mark.parametrize(
    ("lifetime", "capacity"), [(5, [100, 0, 0]), (6, [100, 100, 0]), (10, [100, 100, 0]), (11, [100, 100, 100])]
)
def test_what_was_built_stands_for_its_lifetime(tiny, lifetime, capacity):
    plant = tiny.generator("gas", 0, 10, build=tiny.build(2.0, limit=[100, 0, 0], lifetime=lifetime))
    found = solve_system(tiny.system([[100, 100]] * 3, [plant]))
    assert rounded(found.built["gas"]) == [100, 0, 0]
    assert rounded(found.capacity["gas"]) == capacity
    assert rounded(found.unserved["nation"][:, 0]) == [100 - stands for stands in capacity]


def test_vintages_follow_each_other_and_each_pays_for_its_own_years(tiny):
    """Building costs 7 a year in 2030 and 3 in 2040; lifetime 7: the first stands in two periods, the last in one."""
    plant = tiny.generator("gas", 0, 10, build=tiny.build([7, 5, 3], limit=[100, 0, 100], lifetime=7))
    calendar = tiny.calendar(2, (2030, 2035, 2040), weights=[4.0, 3.0, 2.0])
    found = solve_system(tiny.system([[100, 100]] * 3, [plant], calendar=calendar))
    assert rounded(found.built["gas"]) == [100, 0, 100]
    assert rounded(found.capacity["gas"]) == [100, 100, 100]
    energy = 10 * 200 * (4 + 3 + 2)
    assert found.objective == pytest.approx(energy + 7 * 100 * (4 + 3) + 3 * 100 * 2)


def test_building_is_limited_by_rate_and_in_all(tiny):
    plant = tiny.generator("gas", 0, 10, build=tiny.build(1.0, limit=[50, 50, 50], total_limit=80))
    found = solve_system(tiny.system([[100, 100]] * 3, [plant]))
    assert rounded(found.capacity["gas"]) == [50, 80, 80]
    assert rounded(found.built["gas"]) == [50, 30, 0]


def test_a_total_limit_holds_what_stands_and_not_what_was_ever_built(tiny):
    plant = tiny.generator("gas", 0, 10, build=tiny.build(1.0, limit=[80, 80, 80], total_limit=80, lifetime=5))
    found = solve_system(tiny.system([[100, 100]] * 3, [plant]))
    assert rounded(found.built["gas"]) == [80, 80, 80]
    assert rounded(found.capacity["gas"]) == [80, 80, 80]


@pytest.mark.parametrize(("share", "built"), [(0.99, 100), (1.01, 0)])
def test_a_plant_is_built_where_its_annuity_is_below_what_it_saves(tiny, share, built):
    """Of 8 hours a year at 40 less than oil, in each of two periods: what it saves a year is its annuity's measure."""
    plant = tiny.generator("gas", 0, 10, build=tiny.build(share * 40 * 2 * 4.0, limit=[1000, 0]))
    calendar = tiny.calendar(2, (2030, 2035), weights=[4.5, 3.5], repeats=(4.0,))
    system = tiny.system([[100, 100]] * 2, [plant, tiny.generator("oil", 100, 50)], calendar=calendar)
    assert rounded(solve_system(system).built["gas"]) == [built, 0]


def test_a_plant_that_may_be_built_adds_to_what_stands(tiny):
    plant = tiny.generator("gas", 60, 10, availability=[0.5, 1.0], build=tiny.build(1.0), fixed_cost=7)
    found = solve_system(tiny.system([50, 100], [plant]))
    assert rounded(found.built["gas"]) == [40]
    assert found.objective == pytest.approx(150 * 10 + 40 * 1 + 60 * 7)


def test_a_link_carries_what_is_cheap_to_where_it_is_dear(tiny):
    system = tiny.system(
        {"north": [50, 50], "south": [100, 20]},
        [tiny.generator("coal", 200, 10, zone="north"), tiny.generator("oil", 200, 50, zone="south")],
        links=[tiny.link("line", "north", "south", 60, backward=40, efficiency=0.9)],
    )
    found = solve_system(system)
    assert rounded(found.flow["line"]) == rounded(np.array([[60, 20 / 0.9]]))
    assert rounded(found.output["oil"]) == [[100 - 54, 0]]
    assert rounded(found.output["coal"]) == rounded(np.array([[110, 50 + 20 / 0.9]]))
    assert found.price["north"] == pytest.approx(np.array([[10, 10]]))
    assert found.price["south"] == pytest.approx(np.array([[50, 10 / 0.9]]))


def test_a_link_has_a_capacity_of_its_own_each_way(tiny):
    system = tiny.system(
        {"north": [50, 50], "south": [100, 100]},
        [tiny.generator("oil", 200, 50, zone="north"), tiny.generator("coal", 200, 10, zone="south")],
        links=[tiny.link("line", "north", "south", 60, backward=40)],
    )
    found = solve_system(system)
    assert rounded(found.flow["line"]) == [[-40, -40]]
    assert rounded(found.output["oil"]) == [[10, 10]]


def test_crossing_a_link_costs(tiny):
    system = tiny.system(
        {"north": [50], "south": [100]},
        [tiny.generator("coal", 200, 10, zone="north"), tiny.generator("oil", 200, 50, zone="south")],
        links=[tiny.link("line", "north", "south", 500, efficiency=0.8, cost=6.0)],
    )
    found = solve_system(system)
    assert found.price["south"] == pytest.approx(np.array([[(10 + 6) / 0.8]]))
    assert found.objective == pytest.approx(50 * 10 + 100 * (10 + 6) / 0.8)


def test_a_link_is_built_both_ways(tiny):
    system = tiny.system(
        {"north": [0, 100], "south": [100, 0]},
        [tiny.generator("wind", 200, 10, zone="north", availability=[1, 0]),
         tiny.generator("sun", 200, 10, zone="south", availability=[0, 1])],
        links=[tiny.link("line", "north", "south", 10, backward=5, build=tiny.build(3.0, total_limit=70))],
    )  # fmt: skip
    found = solve_system(system)
    assert rounded(found.built["line"]) == [70]
    assert rounded(found.flow["line"]) == [[80, -75]]
    assert rounded(found.unserved["south"]) == [[20, 0]]
    assert rounded(found.unserved["north"]) == [[0, 25]]


def test_a_link_is_there_as_its_profiles_say(tiny):
    plants = [tiny.generator("coal", 100, 10), tiny.generator("oil", 200, 100, zone="island")]
    line = tiny.link("line", "nation", "island", 40, 40, profile=np.array([[0.5, 1.0]]))
    found = solve_system(tiny.system({"nation": [20, 20], "island": [60, 60]}, plants, links=[line]))
    assert rounded(found.flow["line"]) == [[20, 40]]


def test_a_link_is_built_one_way_at_its_profile(tiny):
    """Each MW built carries half; on the way back there would be much to earn, and nothing is built."""
    build = tiny.build(10.0, 100.0)
    line = tiny.link(
        "line", "nation", "island", 0, 0, build=build, profile=np.full((1, 1), 0.5), backward_profile=np.zeros((1, 1))
    )  # fmt: skip
    plants = [tiny.generator("coal", 100, [10, 900]), tiny.generator("oil", 200, [500, 20], zone="island")]
    found = solve_system(tiny.system({"nation": [20, 20], "island": [30, 30]}, plants, links=[line]))
    assert rounded(found.built["line"]) == [60]
    assert rounded(found.flow["line"]) == [[30, 0]]


def test_what_stands_of_a_link_costs(tiny):
    plants = [tiny.generator("coal", 100, 10)]
    demand = {"nation": [20], "island": [0]}
    line = tiny.link("line", "nation", "island", 40, 5, fixed_cost=3.0)
    found = solve_system(tiny.system(demand, plants, links=[line]))
    assert found.objective == pytest.approx(20 * 10 + 40 * 3)


def test_a_limit_on_emissions_has_the_price_of_the_change_that_it_forces(tiny):
    plants = [tiny.generator("coal", 200, 10, emission=1.0), tiny.generator("gas", 200, 30, emission=0.4)]
    calendar = tiny.calendar(2, (2030, 2035), weights=[4.5, 3.5], repeats=(2.0,))
    limit = np.array([280.0, np.inf])
    found = solve_system(tiny.system([[100, 100]] * 2, plants, calendar=calendar, emission_limit=limit))
    assert rounded(found.emission) == [280, 400]
    assert found.output["coal"][0].sum() * 2 == pytest.approx(200)
    assert found.emission_price == pytest.approx([(30 - 10) / (1 - 0.4), 0])


def test_without_a_limit_emissions_have_no_price(tiny):
    found = solve_system(tiny.system([100, 100], [tiny.generator("coal", 200, 10, emission=1.0)]))
    assert found.emission_price.tolist() == [0]
    assert rounded(found.emission) == [200]


def reserve(tiny, build=None, price=500.0, **other):
    plant = tiny.generator("gas", 100, 10, reserve_credit=1.0, build=build)
    return tiny.system([100, 80], [plant], reserve_margin=0.2, reserve_price=price, **other)


def test_a_reserve_that_is_not_there_is_priced_and_shown(tiny):
    system = reserve(tiny, calendar=tiny.calendar(2, weights=[4.5]))
    found = solve_system(system)
    assert rounded(found.reserve_shortfall) == [20]
    assert found.objective == pytest.approx(4.5 * (180 * 10 + 20 * 500))


def test_a_reserve_is_built_where_it_is_cheaper_than_its_shortfall(tiny):
    cheap = solve_system(reserve(tiny, tiny.build(499.0)))
    dear = solve_system(reserve(tiny, tiny.build(501.0)))
    assert rounded(cheap.built["gas"]) == [20]
    assert rounded(cheap.reserve_shortfall) == [0]
    assert rounded(dear.built["gas"]) == [0]
    assert rounded(dear.reserve_shortfall) == [20]


def test_a_reserve_counts_credits_of_plants_storages_and_takers(tiny):
    """Of 120 MW: 100 * 0.9 from the plant, 40 * 0.5 from the storage, less 20 * 0.25 of a load that is promised."""
    plants = [
        tiny.generator("gas", 100, 10, reserve_credit=0.9),
        tiny.generator("export", 20, 0, reserve_credit=0.25, sign=-1),
    ]
    pond = tiny.storage("pond", 40, 100, reserve_credit=0.5)
    found = solve_system(tiny.system([100, 80], plants, [pond], reserve_margin=0.2, reserve_price=500.0))
    assert rounded(found.reserve_shortfall) == [120 - 90 - 20 + 5]


def test_half_a_credit_needs_twice_the_plant(tiny):
    plant = tiny.generator("wind", 0, 0, reserve_credit=0.5, build=tiny.build(1.0))
    plants = [plant, tiny.generator("gas", 100, 10, reserve_credit=1.0)]
    found = solve_system(tiny.system([100, 80], plants, reserve_margin=0.2, reserve_price=5000.0))
    assert found.built["wind"].item() * 0.5 + 100 >= 120 - 1e-6
    assert rounded(found.reserve_shortfall) == [0]


def test_the_reserve_is_held_against_the_peak_of_the_year_where_it_is_known(tiny):
    assert rounded(solve_system(reserve(tiny, peak=np.array([150.0]))).reserve_shortfall) == [80]
    zones = {"north": [60, 20], "south": [10, 70]}
    plants = [tiny.generator("gas", 100, 10, zone="north", reserve_credit=1.0)]
    found = solve_system(tiny.system(zones, plants, reserve_margin=0.2, reserve_price=500.0))
    assert rounded(found.reserve_shortfall) == rounded(np.array([1.2 * 90 - 100]))


def test_no_margin_asks_for_no_reserve(tiny):
    found = solve_system(tiny.system([100, 80], [tiny.generator("gas", 100, 10)]))
    assert found.reserve_shortfall.tolist() == [0]


def priced(tiny, budget, periods=1, limit=1000.0):
    """Oil at 50 for two hours; gas at 10 saves 80 a MW and year, takes 20 of it as annuity, and costs 8,000 at once."""
    gas = tiny.generator("gas", 0, 10, build=tiny.build(20.0, overnight_cost=8000.0, limit=limit))
    oil = tiny.generator("oil", 100, 50)
    return tiny.system([[100, 100]] * periods, [gas, oil], budgets=(budget,))


def test_a_budget_in_a_report_holds_nothing(tiny):
    found = solve_system(priced(tiny, tiny.budget(1000.0, committed=600.0, binding=False)))
    assert rounded(found.built["gas"]) == [100]
    assert found.budget_spent["purse"] == pytest.approx(600 + 100 * 8000)
    assert "purse" not in found.budget_price


def test_a_binding_budget_holds_what_is_built_and_has_a_price(tiny):
    found = solve_system(priced(tiny, tiny.budget(1_000_000.0, committed=600_000.0)))
    assert rounded(found.built["gas"]) == [50]
    assert found.budget_spent["purse"] == pytest.approx(1_000_000)
    assert found.budget_price["purse"] == pytest.approx((2 * 40 - 20) / 8000)


def test_a_binding_budget_that_is_ample_has_no_price(tiny):
    found = solve_system(priced(tiny, tiny.budget(2_000_000.0)))
    assert rounded(found.built["gas"]) == [100]
    assert found.budget_price["purse"] == pytest.approx(0, abs=1e-9)


def test_a_budget_counts_the_periods_of_its_span(tiny):
    """The budget of 2035 to 2040 leaves the first period free and holds what the last two build together."""
    budget = tiny.budget(400_000.0, first=2035, last=2040)
    found = solve_system(priced(tiny, budget, periods=3, limit=[20.0, 1000.0, 1000.0]))
    built = found.built["gas"]
    assert rounded(built[:1]) == [20]
    assert built[1:].sum() == pytest.approx(50)
    assert found.budget_spent["purse"] == pytest.approx(400_000)


def test_a_budget_that_is_more_than_taken_leaves_nothing_to_build_with_and_shows_it(tiny):
    found = solve_system(priced(tiny, tiny.budget(1_000_000.0, committed=1_500_000.0)))
    assert rounded(found.built["gas"]) == [0]
    assert found.budget_spent["purse"] == pytest.approx(1_500_000)


def test_a_budget_counts_storages_and_links(tiny):
    system = tiny.system(
        {"north": [0, 0], "south": [50, 50]},
        [tiny.generator("coal", 200, 10, zone="north", availability=[1, 0])],
        [tiny.storage("pond", 0, 0, zone="south", cycle="stretch",
                      build=tiny.build(1.0, overnight_cost=100.0), build_hours=10.0)],
        [tiny.link("line", "north", "south", 0, build=tiny.build(1.0, overnight_cost=30.0))],
        budgets=(tiny.budget(1_000_000.0, binding=False),),
    )  # fmt: skip
    found = solve_system(system)
    assert rounded(found.built["line"]) == [100]
    assert rounded(found.built["pond"]) == [50]
    assert found.budget_spent["purse"] == pytest.approx(100 * 30 + 50 * 100)


def test_what_is_not_served_is_priced_and_shown(tiny):
    found = solve_system(tiny.system([100, 50], [tiny.generator("coal", 60, 10)]))
    assert rounded(found.unserved["nation"]) == [[40, 0]]
    assert found.objective == pytest.approx(110 * 10 + 40 * tiny.unserved_price)
    assert found.price["nation"] == pytest.approx(np.array([[tiny.unserved_price, 10]]))


def test_a_plant_dearer_than_going_without_does_not_run(tiny):
    found = solve_system(tiny.system([100], [tiny.generator("diesel", 100, tiny.unserved_price + 1)]))
    assert rounded(found.unserved["nation"]) == [[100]]


def test_where_nothing_stands_all_of_the_load_goes_without(tiny):
    found = solve_system(tiny.system([100, 50], []))
    assert rounded(found.unserved["nation"]) == [[100, 50]]


@pytest.mark.parametrize(("share", "taken"), [(0.9, 20), (1.1, 100)])
def test_load_goes_without_for_a_taker_only_where_that_pays_more(tiny, share, taken):
    taker = tiny.generator("export", 100, -share * tiny.unserved_price, sign=-1)
    found = solve_system(tiny.system([100], [tiny.generator("coal", 120, 10), taker]))
    assert rounded(found.output["export"]) == [[taken]]
    assert rounded(found.unserved["nation"]) == [[taken - 20]]


def test_no_more_goes_without_than_the_load_itself(tiny):
    """A taker can be paid anything: what is not there cannot be sold."""
    taker = tiny.generator("export", 500, -10 * tiny.unserved_price, sign=-1)
    found = solve_system(tiny.system([100], [tiny.generator("coal", 120, 10), taker]))
    assert rounded(found.unserved["nation"]) == [[100]]
    assert rounded(found.output["export"]) == [[120]]


def test_load_below_zero_is_taken_or_refused(tiny):
    """More wind behind the meters than load: somebody must take it."""
    taker = tiny.generator("export", 100, 0, sign=-1)
    found = solve_system(tiny.system([-30, 50], [tiny.generator("coal", 100, 10), taker]))
    assert rounded(found.output["export"]) == [[30, 0]]
    assert rounded(found.unserved["nation"]) == [[0, 0]]
    with pytest.raises(MoravaError):
        solve_system(tiny.system([-30, 50], [tiny.generator("coal", 100, 10)]))


@pytest.mark.parametrize(("pays", "taken"), [(40, 50), (5, 0)])
def test_a_taker_gets_what_it_pays_for(tiny, pays, taken):
    export = tiny.generator("export", 50, -pays, sign=-1, border="BG", direction="export")
    found = solve_system(tiny.system([60], [tiny.generator("coal", 200, 10), export]))
    assert rounded(found.output["export"]) == [[taken]]
    assert found.objective == pytest.approx((60 + taken) * 10 - taken * pays)
