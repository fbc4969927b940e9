"""The trade model on the Serbia pack: purity, symmetry of partners, and what must hold whatever the numbers are."""

from dataclasses import replace

import numpy as np
import pytest
import xarray as xr

from morava.errors import MoravaError
from morava.models.contract import as_model
from morava.models.inputs import Inputs
from morava.models.trade import neutral, no_shock, trade
from morava.models.trade.path import step
from morava.models.trade.setting import FIXED, read_setting
from morava.plans.read import read_country, read_futures, read_strategy
from morava.runs.guard import run
from morava.runs.simulate import apply_at_dates

FUTURES = [0, 3, 5]
EUROPE = ["EU neighbours", "Germany", "Hungary", "Italy", "other EU"]


@pytest.fixture(scope="module")
def inputs():
    country = read_country("serbia")
    started = apply_at_dates(country, read_strategy(country), read_futures(country), 2030, FUTURES)
    known = {**started.known, **neutral(started.known, started.known["trade_solve_year"].to_numpy())}
    return {name: known[name] for name in as_model(trade).needs}


@pytest.fixture(scope="module")
def found(inputs):
    return run(as_model(trade), inputs)


def without_agreements(inputs):
    start = inputs["agreement_start"]
    return {**inputs, "agreement_start": xr.full_like(start, np.inf).assign_attrs(start.attrs)}


def test_a_future_has_the_same_bits_alone(inputs, found):
    one = {name: array.sel(future=[3]) if "future" in array.dims else array for name, array in inputs.items()}
    for name, array in run(as_model(trade), one).items():
        np.testing.assert_array_equal(array.to_numpy(), found[name].sel(future=[3]).to_numpy(), err_msg=name)


def doubled_in_one_future(array):
    """Return an input that varies between futures: as it was in the first, twice that in the others."""
    factor = xr.DataArray([1.0, 2.0, 2.0], coords={"future": FUTURES}, dims=["future"])
    return (array.astype(float) * factor).assign_attrs(array.attrs)


@pytest.mark.parametrize("name", [one for one in FIXED if one not in ("home_region", "region_bloc", "accession_bloc")])
def test_what_must_be_the_same_in_all_futures_is_refused_where_it_varies(inputs, name):
    with pytest.raises(MoravaError, match=f"{name} varies between futures"):
        read_setting(Inputs({**inputs, name: doubled_in_one_future(inputs[name])}, "trade"))


@pytest.mark.parametrize("name", ["region_growth", "trade_elasticity", "carbon_border_charge", "quota_charge"])
def test_what_may_vary_between_futures_reaches_its_own_future_only(inputs, name):
    base = inputs[name].sel(future=0, drop=True) if "future" in inputs[name].dims else inputs[name]
    varied = {**inputs, name: doubled_in_one_future(base)}
    whole = run(as_model(trade), varied)
    one = {key: array.sel(future=[3]) if "future" in array.dims else array for key, array in varied.items()}
    for key, array in run(as_model(trade), one).items():
        np.testing.assert_array_equal(array.to_numpy(), whole[key].sel(future=[3]).to_numpy(), err_msg=key)


def test_a_scenario_is_put_to_a_year_that_is_solved(inputs):
    years = inputs["trade_scenario_year"] + 1
    with pytest.raises(MoravaError, match=r"put to 2036, which is not solved[\s\S]*put to 2031"):
        read_setting(Inputs({**inputs, "trade_scenario_year": years.assign_attrs(years.attrs)}, "trade"))


def test_an_agreement_with_itself_is_refused(inputs):
    start = inputs["agreement_start"].copy()
    start.loc[{"region": "Serbia"}] = 2024.0
    with pytest.raises(MoravaError, match="Serbia has an agreement with itself"):
        read_setting(Inputs({**inputs, "agreement_start": start}, "trade"))


def test_an_agreement_never_made_is_the_agreement_undone(found):
    for side in ("export", "import"):
        change = found[f"trade_{side}_change"].sel(region="China")
        made, undone = (change.sel(scenario=f"{name}, 2030") for name in ("agreements", "agreements never made"))
        np.testing.assert_allclose((1 + made) * (1 + undone), 1, rtol=1e-6)


def test_mines_undone_leave_what_else_the_country_can(inputs):
    better = inputs["home_productivity_factor"] * 1.2
    asked = {**inputs, "home_productivity_factor": better.assign_attrs(unit="1")}
    none = xr.ones_like(asked["raw_material_expansion"]).assign_attrs(inputs["raw_material_expansion"].attrs)
    given = run(as_model(trade), {**asked, "raw_material_expansion": none})
    change = given["trade_export_change"].sel(scenario="mines as they are, 2030")
    np.testing.assert_allclose(change, 0, atol=1e-9)


def test_an_agreement_with_a_region_that_paid_part_of_the_duty_is_undone_to_that_part(inputs):
    start = inputs["agreement_start"].copy()
    start.loc[{"region": "rest of the world"}] = 2024.0
    content = inputs["origin_threshold"]
    given = run(as_model(trade), {**inputs, "agreement_start": start, "origin_threshold": content})
    change = given["trade_export_change"].sel(region="rest of the world")
    made, undone = (change.sel(scenario=f"{name}, 2030") for name in ("agreements", "agreements never made"))
    np.testing.assert_allclose((1 + made) * (1 + undone), 1, rtol=1e-6)


def test_what_goes_to_the_bloc_is_the_sum_over_its_members(found):
    label = "carbon charge of the European Union, 2030"
    change = found["trade_bloc_export_change"].sel(scenario=label, sector="all goods")
    held = found["region_export"].sel(region=EUROPE, year=2030)
    members = found["trade_export_change"].sel(scenario=label, region=EUROPE)
    np.testing.assert_allclose(change, (held * members).sum("region") / held.sum("region"), rtol=1e-9)


def test_inputs_are_left_as_they_were(inputs):
    before = {name: array.copy(deep=True) for name, array in inputs.items()}
    run(as_model(trade), inputs)
    for name, array in inputs.items():
        xr.testing.assert_identical(array, before[name])


def test_balances_are_exports_less_imports_of_goods(found):
    goods = [label for label in found["region_sector_export"].coords["sector"].to_numpy() if label != "services"]
    for side in ("export", "import"):
        xr.testing.assert_allclose(
            found[f"region_{side}"], found[f"region_sector_{side}"].sel(sector=goods).sum("sector"), rtol=1e-12
        )
    xr.testing.assert_allclose(found["region_balance"], found["region_export"] - found["region_import"], rtol=1e-9)


def test_what_a_partner_that_leaves_takes_away_is_the_balance_with_it(found):
    for region in ("Germany", "China", "Turkey"):
        lost = found["trade_balance_change"].sel(scenario=f"withdrawal of {region}, 2030", region=region)
        held = found["region_balance"].sel(region=region, year=2030)
        np.testing.assert_allclose(lost, -held, rtol=1e-6)


def test_value_added_in_exports_sums_to_one(found):
    np.testing.assert_allclose(found["export_value_added"].sum("origin"), 1, rtol=1e-12)


def test_the_bloc_sells_to_as_its_members_do(found):
    shares = found["export_value_added"]
    members = shares.sel(region=EUROPE)
    whole = shares.sel(region="European Union")
    assert bool(((whole >= members.min("region")) & (whole <= members.max("region"))).all())


def test_every_partner_can_leave_and_then_nothing_is_traded(found):
    scenarios = [str(label) for label in found["trade_export_change"].coords["scenario"].to_numpy()]
    regions = [str(label) for label in found["region_export"].coords["region"].to_numpy()]
    for region in regions:
        label = f"withdrawal of {region}, 2030"
        assert label in scenarios
        for side in ("export", "import"):
            gone = found[f"trade_{side}_change"].sel(scenario=label, region=region)
            np.testing.assert_allclose(gone, -1, atol=1e-6)
        assert bool((found["trade_real_income_change"].sel(scenario=label) < 0).all())
    bloc = found["trade_export_change"].sel(scenario="withdrawal of European Union, 2030", region=EUROPE)
    np.testing.assert_allclose(bloc, -1, atol=1e-6)


def test_without_an_agreement_nothing_is_put_down_to_it(inputs):
    given = run(as_model(trade), without_agreements(inputs))
    for name in ("trade_real_income_change", "trade_welfare_change", "trade_wage_change", "trade_revenue_change"):
        here = given[name].sel(scenario=[f"agreements, {year}" for year in (2024, 2030, 2035, 2039)])
        np.testing.assert_allclose(here, 0, atol=1e-9, err_msg=name)


def test_only_the_agreement_with_china_lowers_what_china_pays(inputs, found):
    none = run(as_model(trade), without_agreements(inputs))
    more = found["region_import"].sel(region="China") / none["region_import"].sel(region="China")
    assert bool((more > 1.02).all())
    others = found["region_import"].sel(region="Italy") / none["region_import"].sel(region="Italy")
    assert bool((abs(others - 1) < 0.1).all())


def test_duties_fall_and_so_does_revenue(found):
    effect = found["trade_revenue_change"].sel(scenario=[f"agreements, {y}" for y in (2024, 2030, 2035, 2039)])
    assert bool((effect < 0).all())
    assert bool((effect.diff("scenario") < 0).all())


def test_both_measures_of_welfare_are_given_and_differ(found):
    exact, printed = found["trade_real_income_change"], found["trade_welfare_change"]
    parts = found["trade_terms_of_trade_change"] + found["trade_volume_change"]
    xr.testing.assert_allclose(printed, parts)
    assert not np.allclose(exact, printed)


def test_failing_the_origin_rule_costs_exports(found):
    kept, lost = (
        found["trade_export_change"].sel(scenario=f"gateway {how} origin, 2030", region=EUROPE)
        for how in ("with", "without")
    )
    assert bool((kept > lost).all())


def test_counts_differ_and_none_is_a_mean_of_the_others(found):
    balance = found["bilateral_balance"].sel(region="China")
    assert list(balance.coords["item"].to_numpy()) == ["CEPII BACI", "Chinese customs", "Serbian statistics"]
    ratios = balance.sel(year=2035) / balance.sel(year=2024)
    assert bool((balance.sel(item="Serbian statistics") < balance.sel(item="CEPII BACI")).all())
    assert bool((ratios > 1).all())


def test_each_future_has_one_donor_and_one_set_of_elasticities(found):
    for name, dim in (("trade_donor_used", "donor"), ("trade_elasticity_used", "elasticity_set")):
        np.testing.assert_array_equal(found[name].sum(dim), 1)


@pytest.mark.parametrize(
    ("name", "word", "says"),
    [
        ("home_region", "Srbia", "the country Srbia is no region of the world table"),
        ("accession_bloc", "EU", "EU holds no region, or the country itself"),
    ],
)
def test_a_wrong_word_is_named(inputs, name, word, says):
    wrong = inputs[name].copy(data=np.array(word, dtype=object))
    with pytest.raises(MoravaError, match=says):
        run(as_model(trade), {**inputs, name: wrong})


def test_missing_labels_are_named_all_at_once(inputs):
    growth = inputs["region_growth"]
    less = growth.sel(region=[label for label in growth.coords["region"].to_numpy() if label not in ("China", "Italy")])
    with pytest.raises(MoravaError) as caught:
        run(as_model(trade), {**inputs, "region_growth": less})
    said = str(caught.value)
    assert "region China" in said
    assert "region Italy" in said


def test_a_deficit_that_no_income_can_carry_is_an_answer(inputs):
    world = read_setting(Inputs(inputs, "trade")).world
    owed = np.zeros_like(world.wages)
    owed[:, 0], owed[:, 1] = -10 * world.wages[:, 0], 10 * world.wages[:, 0]
    with pytest.raises(MoravaError, match="3 of 3 futures find no equilibrium"):
        step(world, replace(no_shock(world), deficit=owed), "a loan beyond income")
