"""Economy, trade and power: they stand still at one place, and nothing is lost between them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.models.contract import as_model
from morava.models.economy import economy
from morava.models.money.spending_model import spending
from morava.models.projects import projects
from morava.plans.read import read_country, read_futures, read_strategy
from morava.quantities import labelled
from morava.runs import coupling
from morava.runs.coupling import GIVEN, PASSED, TOLERANCE, WORLD, Power, couple
from morava.runs.frozen_power import FrozenPower
from morava.runs.guard import run
from morava.runs.simulate import apply_at_dates, references, simulate

NUMBERS = [0, 1, 2]


def before(country, strategy, futures, numbers):
    """Return what is known when the coupling begins."""
    known = dict(apply_at_dates(country, strategy, futures, 7, numbers).known)
    for model in (projects, spending):
        known |= run(as_model(model), known)
    return known | references(known)


@pytest.fixture(scope="module")
def known(ruritania, crown, nobody):
    return before(ruritania, crown, nobody, NUMBERS)


@pytest.fixture(scope="module")
def frozen(known):
    """Return a power system whose next unit costs twice the mean, of a demand somewhat below that of the pack."""
    years = [2030, 2040]
    labels = {"future": NUMBERS, "year": years}
    demand = 0.95 * known["power_demand_path"].sel(year=years).transpose("future", "year")
    cost = labelled("power_cost_per_energy", np.array([[24.0, 30.0]] * 3), labels)
    return FrozenPower(demand, demand + 100.0, cost, (2 * cost).rename("power_price_mean"))


@pytest.fixture(scope="module")
def power(frozen):
    return Power(frozen.years, frozen, None)


@pytest.fixture(scope="module")
def agreed(known, power):
    return couple(known, NUMBERS, power)


@pytest.fixture(scope="module")
def serbia():
    country = read_country("serbia")
    return country, read_strategy(country), read_futures(country)


@pytest.fixture(scope="module")
def chains(ruritania, crown, nobody, serbia):
    """Return what the chain gives without a power program, by country."""
    return {
        "ruritania": simulate(ruritania, crown, nobody, 7, NUMBERS),
        "serbia": simulate(*serbia, 7, [0, 1]),
    }


def apart(one, other):
    """Return the largest difference of what is passed, as the coupling measures it."""
    return {
        name: float((abs(one[name] - other[name]) / np.maximum(abs(other[name]), 1.0)).max())
        for name in (*PASSED, *WORLD)
    }


def moved(array, factor):
    """Return another start: every other number up, the rest down."""
    values = array.to_numpy().copy()
    values.reshape(-1)[::2] *= factor
    values.reshape(-1)[1::2] /= factor
    return array.copy(data=values)


@pytest.mark.parametrize("factor", [0.8, 1.25])
def test_where_it_stands_still_does_not_depend_on_the_start(known, power, agreed, factor):
    start = {name: moved(agreed[name], factor) for name in PASSED}
    other = couple(known, NUMBERS, power, start)
    assert max(apart(other, agreed).values()) <= 3 * TOLERANCE
    assert (other["coupling_passes"] > 1).all()


def test_from_where_it_stands_still_one_pass_is_enough(known, power, agreed):
    again = couple(known, NUMBERS, power, {name: agreed[name] for name in PASSED})
    assert (again["coupling_passes"] == 1).all()
    assert max(apart(again, agreed).values()) <= 2 * TOLERANCE


def test_how_it_went_is_kept(agreed, chains):
    assert set(agreed) == set(GIVEN) - {"coupling_power_gap"} | {"power_demand_path"}
    assert (agreed["coupling_residual"] <= TOLERANCE).all()
    assert ((agreed["coupling_passes"] >= 2) & (agreed["coupling_passes"] <= 8)).all()
    assert (agreed["coupling_power_solves"] == 0).all()
    for chain in chains.values():
        assert set(GIVEN) <= set(chain.values)
        assert (chain.values["coupling_residual"] <= TOLERANCE).all()
        assert (chain.values["coupling_power_gap"] == 0).all()  # no power program was asked


@pytest.mark.parametrize("some", [[0], [1], [2], [2, 0]])
def test_a_future_does_not_depend_on_its_neighbours(known, power, agreed, some):
    alone = couple({n: a.sel(future=some) if "future" in a.dims else a for n, a in known.items()}, some, power)
    for name, array in alone.items():
        np.testing.assert_array_equal(array, agreed[name].sel(future=some).transpose(*array.dims), err_msg=name)


@pytest.mark.parametrize("country", ["ruritania", "serbia"])
def test_what_the_chain_gives_is_what_was_passed(country, chains):
    """Economy and trade are answered once more on what stood still: they say the same again."""
    values = chains[country].values
    for name in ("home_labour_factor", "home_cost_target"):
        assert values[name].dims[0] == "future"
    asked = {**chains[country].lowered.inputs, **chains[country].values}
    answered = coupling._one_pass(asked, None, first=False)
    for name in (*PASSED, *WORLD):
        gap = abs(answered[name] - values[name]) / np.maximum(abs(values[name]), 1.0)
        assert float(gap.max()) <= 3 * TOLERANCE, name


@pytest.mark.parametrize("country", ["ruritania", "serbia"])
def test_money_is_kept_between_economy_and_trade(country, chains):
    """Both have one deficit: at world prices in the economy, in terms of the world's wages in trade."""
    values, given = chains[country].values, chains[country].lowered.inputs
    priced = values["home_deficit_real"] * values["world_price_factor"]
    np.testing.assert_allclose(values["home_deficit_factor"], priced, atol=2 * TOLERANCE)
    balance = (values["region_sector_export"] - values["region_sector_import"]).sum(["region", "sector"])
    home = str(given["home_region"].to_numpy())
    flow = given["world_flow"].sum("sector")
    sold, bought = flow.sel(exporter=home).drop_sel(importer=home), flow.sel(importer=home).drop_sel(exporter=home)
    base = sold.sum("importer") - bought.sum("exporter")
    np.testing.assert_allclose(balance / base, values["home_deficit_real"], atol=2 * TOLERANCE)
    first = values["economy_trade_balance"].isel(year=0)
    np.testing.assert_allclose(first, base + 0 * first, rtol=1e-4)


@pytest.mark.parametrize("country", ["ruritania", "serbia"])
def test_people_are_kept_between_economy_and_trade(country, chains):
    values, given = chains[country].values, chains[country].lowered.inputs
    at_work, years = values["employment"], values["home_labour_factor"].coords["year"]
    worked = (at_work / at_work.isel(year=0)).sel(year=years)
    np.testing.assert_allclose(values["home_labour_factor"], worked, rtol=1e-12)
    all_years = at_work.coords["year"]
    grown = (1 + given["labour_force_growth"]) ** (all_years - all_years[0])
    force = float(given["employment_initial"].sum()) / (1 - float(given["unemployment_initial"])) * grown
    idle = values["unemployment_rate"] * force
    np.testing.assert_allclose((at_work + idle) / force, 1, rtol=1e-8)


@pytest.mark.parametrize("country", ["ruritania", "serbia"])
def test_exports_are_what_the_world_buys_at_what_goods_cost(country, chains):
    values, given = chains[country].values, chains[country].lowered.inputs
    belongs = given["sector_world"].to_series()
    alone = [
        sector
        for sector in values["sector_export"].coords["sector"].to_numpy()
        if (belongs == belongs[sector]).sum() == 1
    ]
    assert len(alone) >= 3
    theta = (given["trade_elasticity"] * values["trade_elasticity_used"]).sum("elasticity_set")
    bought = values["export_demand_factor"] * values["home_cost_target"] ** -(theta + 1)
    years = bought.coords["year"]
    for sector in alone:
        sold = values["sector_export"].sel(sector=sector)
        want = bought.sel(sector=belongs[sector]).transpose("future", "year")
        np.testing.assert_allclose((sold / sold.isel(year=0)).sel(year=years), want, rtol=1e-6, err_msg=sector)


@pytest.mark.parametrize("country", ["ruritania", "serbia"])
def test_demand_for_power_follows_the_use_of_electricity(country, chains, ruritania, crown, nobody, serbia):
    read = (ruritania, crown, nobody) if country == "ruritania" else serbia
    values = chains[country].values
    start = apply_at_dates(*read, 7, values["gdp"].coords["future"].to_numpy().tolist()).known
    path, use = start["power_demand_path"], values["electricity_use_factor"]
    years = path.coords["year"].to_numpy()
    within = np.clip(years, *use.coords["year"].to_numpy()[[0, -1]])
    expected = (1 + float(start["power_demand_growth_assumed"])) ** (within - within[0])
    factor = use.sel(year=within).to_numpy() / use.sel(year=within[:1]).to_numpy() / expected
    want = path.transpose(..., "year").to_numpy() * factor
    np.testing.assert_allclose(values["power_demand_path"].transpose("future", "year"), want, rtol=2 * TOLERANCE)


def test_electricity_of_data_centres_is_not_counted_twice(known, agreed):
    """What halls add to computing reaches power by their own model, and not by the use of electricity."""
    known = {**known, **agreed}
    year = slice(2029, 2033)
    assert known["initiative_cost"].coords["initiative"].to_numpy().tolist() == ["hall", "railway", "sun"]
    cost, soon = known["initiative_cost"], known["initiative_finish"] * 0 + 2028.5
    halls = [{**known, "initiative_cost": cost * np.array([size, 1, 1]), "initiative_finish": soon} for size in (0, 20)]
    counted = labelled("computing_sector", "", {})
    without, within, all_of_it, made = [], [], [], []
    for one in halls:
        answer = run(as_model(economy), one)
        without.append(answer["electricity_use_factor"].sel(year=year))
        made.append(answer["sector_output"].sel(sector="computing", year=year))
        all_of_it.append(run(as_model(economy), {**one, "computing_sector": counted})["electricity_use_factor"])
    donor = answer["economy_donor_used"]
    table = (known["social_accounts"] * donor).sum("donor").sel(receiver="electricity")
    users = table.sel(payer=[*known["sector_world"].coords["sector"].to_numpy(), "household", "government"])
    share = users.sel(payer="computing") / users.sum("payer")
    within = [
        (whole.sel(year=year) - (1 - share) * rest) / share for whole, rest in zip(all_of_it, without, strict=True)
    ]
    more = made[1] / made[0] - 1
    assert (more > 0.08).all()
    np.testing.assert_allclose(within[1] / within[0] - 1, more, rtol=0.15)
    assert (abs(without[1] / without[0] - 1) < more / 10).all()


def test_a_future_that_does_not_stand_still_is_an_error(known, power, monkeypatch):
    monkeypatch.setattr(coupling, "MOST_PASSES", 2)
    with pytest.raises(MoravaError, match="do not stand still in 3 futures after 2 passes") as caught:
        couple(known, NUMBERS, power)
    assert caught.value.problems[0].where == "coupling, future 0"


@pytest.fixture
def iterate(monkeypatch):
    """Iterate on a made-up chain of one number in two years; return what was asked in each pass, and the end."""

    def do(answer, futures=1, start=0.0):
        asked, numbers = [], list(range(futures))
        years = {"future": numbers, "year": [2030, 2040]}
        begin = {name: labelled(name, np.full((futures, 2), start), years) for name in PASSED}

        def one_pass(now, *_):
            asked.append(now["home_deficit_factor"].to_numpy().copy())
            given = np.asarray(answer(asked[-1], len(asked)), dtype=np.float64)
            return {**{name: now[name] for name in PASSED},
                    "home_deficit_factor": now["home_deficit_factor"].copy(data=given)}  # fmt: skip

        monkeypatch.setattr(coupling, "_one_pass", one_pass)
        return asked, coupling._iterate({}, numbers, None, begin, fresh=False)

    return do


def test_steps_are_whole_while_no_change_turns_its_sign(iterate):
    asked, found = iterate(lambda now, _: 1 + 0.5 * (now - 1))
    for one, other in pairwise(asked):
        np.testing.assert_array_equal(other, 1 + 0.5 * (one - 1))
    assert found.residual.tolist() == [0.5 ** len(asked)]
    assert found.passes.tolist() == [10]  # 2^-10 is the first below a thousandth


def test_steps_are_cut_when_the_same_change_turns_its_sign(iterate):
    """The answer moves one and a half times as far, and back: whole steps would never end."""
    asked, found = iterate(lambda now, _: 1 - 1.5 * (now - 1))
    assert asked[1].tolist() == [[2.5, 2.5]]  # the first step is whole
    np.testing.assert_allclose(asked[2], 2.5 + (1 - 1.5 * 1.5 - 2.5) / np.sqrt(2))
    assert found.residual[0] <= TOLERANCE
    assert found.passes[0] < 20


def test_steps_are_whole_when_another_change_is_the_largest(iterate):
    said = [[[1.0, 0.0]], [[1.0, -1.0]], [[0.5, -1.0]], [[0.5, -1.0]]]
    asked, found = iterate(lambda _, count: said[count - 1])
    assert [one.tolist() for one in asked] == [[[0.0, 0.0]], *said[:3]]
    assert found.passes.tolist() == [4]


def test_a_future_that_stands_still_is_left_alone(iterate):
    asked, found = iterate(lambda now, _: np.where(np.arange(len(now))[:, None] == 0, now, 1 + 0.5 * (now - 1)), 2)
    assert [len(one) for one in asked[:2]] == [2, 1]
    assert found.passes.tolist() == [1, len(asked)]
    assert found.residual[0] == 0
    assert found.passed["home_deficit_factor"].sel(future=0).to_numpy().tolist() == [0, 0]


def test_small_numbers_are_measured_by_one_and_large_ones_by_themselves():
    old = labelled("home_deficit_factor", [[0.0, 100.0]], {"future": [0], "year": [2030, 2040]})
    np.testing.assert_allclose(coupling._change(old, old + np.array([[0.001, 1.0]])), [[0.001, 0.01]])
