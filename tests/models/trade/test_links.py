"""What trade passes to a model of the economy: identities on made-up worlds, and the way to costs that are asked."""

import numpy as np
import pytest
import xarray as xr

from morava.errors import MoravaError
from morava.models.batches import total
from morava.models.contract import as_model
from morava.models.inputs import Inputs
from morava.models.trade import neutral, trade_links
from morava.models.trade.home import deficit_with, solved_years
from morava.models.trade.path import growth, solve_ends, solve_years
from morava.models.trade.setting import read_setting
from morava.models.trade.welfare import price_of_final_demand
from morava.quantities import labelled
from morava.runs.guard import run

REGIONS, SECTORS = ("Home", "East", "West", "South"), ("ore", "cloth", "care")
YEARS, FUTURES, HOME = (2025, 2030), [4, 7, 9], 0
BY_SECTOR = {"sector": list(SECTORS)}
OVER = {"future": FUTURES}


def world_tables(make_table, seed, hollow):
    """Return the tables of a random world; hollow: nobody buys ore of Home, and Home buys no care abroad."""
    flow, technology, tariff, elasticity = make_table(seed, len(REGIONS), len(SECTORS))
    tariff[HOME] = 0.0
    if hollow:
        flow[1:, HOME, 0] = 0.0
        flow[HOME, 1:, 2] = 0.0
        flow[HOME, HOME] *= 1.5
    pair = {"importer": list(REGIONS), "exporter": list(REGIONS), **BY_SECTOR}
    donors = {"donor": ["one", "two"], "region": list(REGIONS), "input": list(SECTORS), **BY_SECTOR}
    sets = {"elasticity_set": ["one"], **BY_SECTOR}
    goods = np.where(np.arange(len(SECTORS)) == 2, 0.0, 0.08)
    return {
        "world_flow": labelled("world_flow", flow, pair),
        "world_technology": labelled("world_technology", np.stack([technology, 0.9 * technology]), donors),
        "world_tariff": labelled("world_tariff", tariff, pair),
        "most_favoured_tariff": labelled(
            "most_favoured_tariff", np.tile(goods, (3, 1)), {"importer": list(REGIONS[1:]), **BY_SECTOR}
        ),
        "trade_elasticity": labelled("trade_elasticity", elasticity[None], sets),
    }


def inputs_of(make_table, seed=1, hollow=False, **changed):
    """Return inputs of a random world in three futures; `changed` by name."""
    random = np.random.default_rng(seed)
    by_region = {"region": list(REGIONS)}
    plain = {
        "trade_donor_draw": ([0.2, 0.7, 0.4], OVER), "trade_elasticity_draw": (0.5, {}), "world_year": (2023, {}),
        "home_region": ("Home", {}), "region_bloc": (["Home", "Union", "West", "South"], by_region),
        "accession_bloc": ("Union", {}),
        "trade_solve_year": (list(YEARS), {"item": [str(year) for year in YEARS]}),
        "region_growth": (random.uniform(0, 0.05, (3, 4)), {**OVER, **by_region}),
        "own_duty_least": ([0.02, 0.1, 0.0], BY_SECTOR), "own_duty_most": ([0.06, 0.2, 0.0], BY_SECTOR),
        "own_duty_draw": (random.random((3, 3)), {**OVER, **BY_SECTOR}),
        "own_duty_share": ([0.0, 0.5, 1.0, 1.0], by_region),
        "agreement_start": ([np.inf, np.inf, 2024.0, np.inf], by_region),
        "agreement_phase_length": ([5.0, 10.0], {"item": ["5", "10"]}),
        "agreement_freed_at_once": (random.uniform(0.3, 0.6, (3, 3)), {**OVER, **BY_SECTOR}),
        "agreement_excluded": ([0.1, 0.1, 0.1], BY_SECTOR),
        "agreement_phase_draw": (random.random((3, 3)), {**OVER, **BY_SECTOR}),
        "import_drift": ([0.0, 0.0, 0.1, 0.0], by_region), "import_drift_draw": (random.random(3), OVER),
        "raw_material_share": ([1.0, 0.0, 0.0], BY_SECTOR),
        "raw_material_expansion": ([1.5, 2.0, 1.0], OVER), "raw_material_full_by": (2030, {}),
    }  # fmt: skip
    given = world_tables(make_table, seed, hollow) | {name: labelled(name, *one) for name, one in plain.items()}
    given |= {name: labelled(name, *one) for name, one in changed.items() if name in given}
    given |= neutral(given, YEARS)
    given |= home(home_cost_target=1.0)
    return given | home(**{name: values for name, values in changed.items() if name.startswith("home_")})


def home(**values):
    """Return factors of the country, one number or [sector, year] each."""
    found = {}
    for name, value in values.items():
        dims = {"year": list(YEARS)} if name in ("home_labour_factor", "home_deficit_factor") else {}
        dims = dims or {**BY_SECTOR, "year": list(YEARS)}
        shape = [len(labels) for labels in dims.values()]
        found[name] = labelled(name, np.broadcast_to(value, shape).copy(), dims)
    return found


STILL = {
    "region_growth": (np.zeros(4), {"region": list(REGIONS)}), "import_drift_draw": (0.0, {}),
    "agreement_start": (np.full(4, np.inf), {"region": list(REGIONS)}), "raw_material_expansion": (1.0, {}),
}  # fmt: skip
"""Nothing grows, drifts, is dug or agreed."""


def links(given):
    return run(as_model(trade_links), given)


def world_of(given):
    inputs = Inputs(given, "trade_links")
    return inputs, read_setting(inputs)


def ends(given):
    inputs, setting = world_of(given)
    return setting, dict(solve_ends(inputs, setting, YEARS))


def values(array):
    """Return [future, sector, year] or [future, year]."""
    return array.transpose("future", ...).to_numpy()


def test_neutral_factors_leave_every_bit_of_a_world_without_them(make_table):
    given = inputs_of(make_table)
    inputs, setting = world_of(given)
    world, theta = setting.world, setting.world.elasticity
    for year in YEARS:
        shock = growth(inputs, setting, year)
        grown = (1 + given["region_growth"].to_numpy()) ** float(year - 2023)
        np.testing.assert_array_equal(shock.labour, grown)
        part = min(1.0, (year - 2023) / 7)
        dug = 1 + np.array([1.0, 0, 0]) * (given["raw_material_expansion"].to_numpy()[:, None] ** part - 1)
        expected = np.ones((3, 4, 3))
        expected[:, HOME] = dug ** (1 / theta)
        np.testing.assert_array_equal(shock.productivity, expected)
        np.testing.assert_array_equal(shock.deficit, np.broadcast_to(world.deficit, shock.deficit.shape))
        half = growth(inputs, setting, year, world.deficit * 0.5)
        np.testing.assert_array_equal(half.deficit, np.broadcast_to(world.deficit * 0.5, half.deficit.shape))


def test_what_is_said_of_the_country_reaches_it_alone(make_table):
    given = inputs_of(make_table)
    told = {**given, **home(home_labour_factor=1.5, home_productivity_factor=[[2.0, 3.0]] * 3, home_deficit_factor=2)}
    (before, setting), (after, _) = world_of(given), world_of(told)
    for year, factor in zip(YEARS, (2.0, 3.0), strict=True):
        plain, moved = growth(before, setting, year), growth(after, setting, year)
        assert (moved.labour[:, HOME] == 1.5).all()
        np.testing.assert_array_equal(moved.productivity[:, HOME], plain.productivity[:, HOME] * factor)
        for name in ("labour", "productivity"):
            np.testing.assert_array_equal(vars(moved)[name][:, 1:], vars(plain)[name][:, 1:])
        world = setting.world
        np.testing.assert_allclose(moved.deficit[:, HOME], np.broadcast_to(2 * world.deficit[:, HOME], 3), rtol=1e-15)
        np.testing.assert_allclose(moved.deficit.sum(axis=1), 0, atol=1e-12 * world.wages.sum())
        lent = (world.deficit - moved.deficit)[:, 1:] / world.income[:, 1:]
        np.testing.assert_allclose(lent / lent[:, :1], 1, rtol=1e-9)
        assert (lent * np.sign(world.deficit[:, [HOME]]) > 0).all()


def test_the_deficit_that_is_said_is_the_deficit_that_is_found(make_table):
    setting, found = ends(inputs_of(make_table, home_deficit_factor=[0.5, -2.0]))
    for factor, one in zip((0.5, -2.0), found.values(), strict=True):
        flow = one.after.flow
        bought, sold = total(total(flow[:, :, HOME, 1:], 2), 1), total(total(flow[:, :, 1:, HOME], 2), 1)
        np.testing.assert_allclose(bought - sold, np.full(3, setting.world.deficit[0, HOME] * factor), rtol=1e-8)
    whole = deficit_with(setting, setting.world.deficit, np.ones(1))
    np.testing.assert_array_equal(whole, np.broadcast_to(setting.world.deficit, whole.shape))


@pytest.mark.parametrize("seed", range(4))
def test_where_nothing_changes_every_link_is_one(make_table, seed):
    given = inputs_of(make_table, seed, **STILL)
    for name, array in links(given).items():
        np.testing.assert_allclose(array, 0.0 if name == "home_cost_gap" else 1.0, atol=1e-9, err_msg=name)


@pytest.mark.parametrize("seed", range(4))
def test_a_world_that_grows_alike_asks_for_as_much_more_at_the_same_prices(make_table, seed):
    alike = {**STILL, "region_growth": (np.full(4, 0.03), {"region": list(REGIONS)})}
    found = links(inputs_of(make_table, seed, **alike))
    for year in YEARS:
        np.testing.assert_allclose(found["export_demand_factor"].sel(year=year), 1.03 ** (year - 2023), rtol=1e-8)
    for name in ("import_price_factor", "import_duty_factor", "home_productivity_next"):
        np.testing.assert_allclose(found[name], 1, rtol=1e-8, err_msg=name)


@pytest.mark.parametrize("seed", range(4))
def test_the_demand_curve_meets_the_exports_of_the_model(make_table, seed):
    given = inputs_of(make_table, seed, home_productivity_factor=[[1.1, 1.3], [0.9, 0.8], [1.0, 1.2]])
    found, (setting, solved) = links(given), ends(given)
    theta, base = setting.world.elasticity, total(setting.world.flow[:, :, 1:, HOME], 2)
    for year, one in solved.items():
        price = one.equilibrium.cost[:, HOME] / one.price[:, None]
        quantity = base * values(found["export_demand_factor"].sel(year=year)) * price ** -(theta + 1)
        exports = total(one.after.flow[:, :, 1:, HOME], 2) / one.price[:, None]
        np.testing.assert_allclose(quantity * price, exports, rtol=1e-9)


def test_growth_and_agreements_at_once_end_where_they_end_one_by_one(make_table):
    given = inputs_of(
        make_table, home_productivity_factor=[[1.1, 1.3], [0.9, 0.8], [1.0, 1.2]], home_deficit_factor=1.5
    )
    inputs, setting = world_of(given)
    apart = solve_years(inputs, setting, YEARS)
    for year, one in solve_ends(inputs, setting, YEARS):
        np.testing.assert_allclose(one.after.flow, apart[year].agreed.after.flow, rtol=1e-8)
        np.testing.assert_allclose(one.price, apart[year].price, rtol=1e-3)


def test_the_price_of_imports_is_the_mean_that_buyers_pay_before_duty(make_table):
    given = inputs_of(make_table)
    found, (setting, solved) = links(given), ends(given)
    world = setting.world
    for year, one in solved.items():
        weight = one.equilibrium.income / one.equilibrium.income.sum(axis=1, keepdims=True)
        whole = np.prod(price_of_final_demand(world, one.equilibrium) ** weight, axis=1)
        for future, sector in np.ndindex(3, 3):
            here = min(future, len(world.flow) - 1)
            bought, theta = world.flow[here, sector, HOME, 1:], world.elasticity[0, sector]
            paid = one.equilibrium.cost[future, 1:, sector] * one.shock.cost[future, sector, HOME, 1:]
            mean = ((bought * paid**-theta).sum() / bought.sum()) ** (-1 / theta)
            given_out = values(found["import_price_factor"].sel(year=year))[future, sector]
            assert given_out == pytest.approx(mean / whole[future], rel=1e-9)


def test_half_as_many_people_more_abroad_ask_for_more(make_table):
    given = inputs_of(make_table)
    rate = given["region_growth"].copy()
    rate[:, 1:] = (1 + rate[:, 1:]) * 1.5 ** (1 / 7) - 1
    before = links(given)["export_demand_factor"].sel(year=2030)
    after = links({**given, "region_growth": rate})["export_demand_factor"].sel(year=2030)
    assert bool((after > 1.3 * before).all())


def test_demand_abroad_hardly_hangs_on_what_the_country_can(make_table):
    given = inputs_of(make_table)
    flow = given["world_flow"].copy()
    flow.loc[{"importer": "Home"}] *= 1e-3
    flow.loc[{"exporter": "Home", "importer": list(REGIONS[1:])}] *= 1e-3
    given["world_flow"] = flow
    before = links(given)["export_demand_factor"]
    after = links({**given, **home(home_productivity_factor=1.2)})["export_demand_factor"]
    np.testing.assert_allclose(after, before, rtol=5e-3)


def test_an_agreement_lowers_the_duty_and_opens_the_partner(make_table):
    made = inputs_of(make_table)
    paying = xr.zeros_like(made["own_duty_share"])
    paying.loc[{"region": "West"}] = 1.0
    at_once = xr.ones_like(made["agreement_freed_at_once"])
    made |= {"own_duty_share": paying.assign_attrs(made["own_duty_share"].attrs)}
    none = {**made, "agreement_start": labelled("agreement_start", np.full(4, np.inf), {"region": list(REGIONS)})}
    free = {
        **made,
        "agreement_freed_at_once": at_once.assign_attrs(made["agreement_freed_at_once"].attrs),
        "agreement_excluded": labelled("agreement_excluded", np.zeros(3), BY_SECTOR),
    }
    with_it, without, freed = (links(given) for given in (made, none, free))
    duty = values(with_it["import_duty_factor"])
    assert (duty[:, :2] < values(without["import_duty_factor"])[:, :2]).all()
    assert (duty[:, :2, 1] < duty[:, :2, 0]).all()
    np.testing.assert_allclose(values(freed["import_duty_factor"])[:, :2], 0, atol=1e-15)
    np.testing.assert_array_equal(duty[:, 2], 1)
    assert (values(with_it["export_demand_factor"]) > values(without["export_demand_factor"]))[:, :2].all()


def test_what_is_not_traded_stays_at_one(make_table):
    found = links(inputs_of(make_table, hollow=True))
    np.testing.assert_array_equal(found["export_demand_factor"].sel(sector="ore"), 1)
    np.testing.assert_array_equal(found["import_price_factor"].sel(sector="care"), 1)
    assert bool((found["import_price_factor"].sel(sector="ore") != 1).all())
    assert bool((found["export_demand_factor"].sel(sector="care") != 1).all())


@pytest.mark.parametrize("hollow", [False, True])
def test_a_future_has_the_same_bits_alone(make_table, hollow):
    given = inputs_of(make_table, hollow=hollow, home_cost_target=[[0.9, 1.0], [1.1, 1.0], [1.0, 1.3]])
    whole = links(given)
    for future in FUTURES:
        one = {k: a.sel(future=[future]) if "future" in a.dims else a for k, a in given.items()}
        dropped = {
            k: a.sel(future=future, drop=True).assign_attrs(a.attrs) if "future" in a.dims else a
            for k, a in given.items()
        }
        for name, array in links(one).items():
            np.testing.assert_array_equal(array, whole[name].sel(future=[future]), err_msg=name)
        for name, array in links(dropped).items():
            np.testing.assert_array_equal(array, whole[name].sel(future=future), err_msg=name)


@pytest.mark.parametrize("seed", range(4))
def test_productivity_comes_to_the_relative_costs_that_are_asked(make_table, seed):
    asked = np.exp(np.random.default_rng(seed).uniform(-0.1, 0.1, (3, 2)))
    given = inputs_of(make_table, seed, home_cost_target=asked)
    moves = []
    for _ in range(30):
        found = links(given)
        after = found["home_productivity_next"]
        moves.append(float(abs(np.log(after / given["home_productivity_factor"])).max()))
        given |= {"home_productivity_factor": after.rename("home_productivity_factor").assign_attrs(unit="1")}
        if moves[-1] < 1e-10:
            break
    assert moves[-1] < 1e-10
    assert (np.array(moves[1:-1]) < 0.6 * np.array(moves[:-2])).all()
    setting, solved = ends(given)
    base = total(setting.world.flow[:, :, 1:, HOME], 2)
    for place, (year, one) in enumerate(solved.items()):
        gap = np.log(one.equilibrium.cost[:, HOME] / one.price[:, None]) - np.log(asked[:, place])
        np.testing.assert_allclose(gap, np.broadcast_to(gap[:, :1], gap.shape), atol=1e-9)
        np.testing.assert_allclose(found["home_cost_gap"].sel(year=year), gap[:, 0], atol=1e-9)
        logs = np.log(values(given["home_productivity_factor"].sel(year=year)))
        np.testing.assert_allclose((logs * base).sum(axis=1) / base.sum(axis=1), 0, atol=1e-12)


def test_costs_that_are_met_but_for_their_level_move_nothing(make_table):
    given = inputs_of(make_table)
    _, solved = ends(given)
    cost = np.stack([one.equilibrium.cost[:, HOME] / one.price[:, None] for one in solved.values()], axis=-1)
    target = labelled("home_cost_target", cost * 1.2, {**OVER, **BY_SECTOR, "year": list(YEARS)})
    found = links({**given, "home_cost_target": target})
    np.testing.assert_allclose(found["home_productivity_next"], 1, rtol=1e-12)
    np.testing.assert_allclose(found["home_cost_gap"], -np.log(1.2), rtol=1e-12)


@pytest.mark.parametrize(
    "name", ["home_productivity_factor", "home_labour_factor", "home_deficit_factor", "home_cost_target"]
)
def test_years_that_are_not_those_solved_are_named(make_table, name):
    given = inputs_of(make_table)
    moved = given[name].assign_coords(year=[2025, 2031])
    said = rf"(?s){name} lacks year 2030, which is solved.*{name} holds year 2031, which is not solved"
    with pytest.raises(MoravaError, match=said):
        links({**given, name: moved})


def test_a_year_beside_those_given_is_refused(make_table):
    inputs, setting = world_of(inputs_of(make_table))
    with pytest.raises(MoravaError, match=r"(?s)home_productivity_factor lacks year 2027.*home_deficit_factor lacks"):
        growth(inputs, setting, 2027)


@pytest.mark.parametrize("years", [[2025.5, 2030], [2030, 2030]])
def test_years_that_are_none_are_refused(make_table, years):
    given = inputs_of(make_table)
    asked = labelled("trade_solve_year", years, {"item": ["one", "two"]})
    with pytest.raises(MoravaError, match="trade_solve_year is 20"):
        solved_years(Inputs({**given, "trade_solve_year": asked}, "trade_links"))


def test_inputs_are_left_as_they_were(make_table):
    given = inputs_of(make_table)
    before = {name: array.copy(deep=True) for name, array in given.items()}
    links(given)
    for name, array in given.items():
        xr.testing.assert_identical(array, before[name])
