import numpy as np
import pytest
import xarray as xr

from morava.errors import Problems
from morava.models.contract import as_model
from morava.models.money.debt import debt_path, draw_history, grow, recall_history
from morava.models.money.debt_model import HISTORY, debt
from morava.models.money.spending import share_spent
from morava.models.money.spending_model import spending
from morava.quantities import check, labelled


def changed(arrays, **values):
    """Return the arrays with the numbers of some replaced, labels kept."""
    return arrays | {name: labelled(name, value, dict(arrays[name].coords)) for name, value in values.items()}


def test_gives_what_it_promises_and_within_the_glossary(many, money):
    found = money(**many(40))
    assert sorted(found) == sorted((*as_model(spending).gives, *as_model(debt).gives))
    problems = Problems()
    for name, array in found.items():
        check(name, array, "money", problems)
        assert array.dims[0] == "future"
    problems.raise_if_any()


def test_numbers_by_hand(programme, money):
    """Railway: 600 * 1.3 a year late; overhead 18, interest on what was spent between the middle of 2027 and 2028."""
    found = money(**programme)
    railway = found["initiative_outturn"].sel(initiative="railway").item()
    steps = np.linspace(2027.5, 2028.5, 20_001)
    spent = share_spent(steps, 2026.5, 2028.5)
    interest = 0.04 * 780 * np.trapezoid(spent, steps)
    assert found["initiative_delay_cost"].sel(initiative="railway").item() == pytest.approx(18 + interest, rel=1e-8)
    assert railway == pytest.approx(780 + 18 + interest, rel=1e-8)
    year = found["programme_spending"].sel(initiative="railway", year=2027).item()
    assert year == pytest.approx(railway * (share_spent(2028.0, 2026.5, 2028.5) - share_spent(2027.0, 2026.5, 2028.5)))
    assert found["funding_gap"].sel(initiative="hall").item() == pytest.approx(
        0.75 * found["initiative_outturn"].sel(initiative="hall").item()
    )
    assert found["funding_gap"].sel(initiative="sun").item() == 0


def test_guarantee_of_the_late_solar_park_raises_debt(programme, money):
    found = money(**programme)
    called = 0.3 * found["initiative_outturn"].sel(initiative="sun").item()
    assert found["guarantee_called"].sel(year=2029).item() == pytest.approx(called)
    assert found["guarantee_called"].sum().item() == pytest.approx(called)
    gap = found["debt_ratio"] - found["debt_ratio_without"]
    assert (gap.sel(year=slice(2026, 2028)) == 0).all()
    assert (gap.sel(year=slice(2029, 2040)) > 0).all()


def test_public_spending_raises_debt_above_the_baseline_only(programme, money):
    quiet = changed(programme, guarantee_draw=[0.9, 0.9, 0.9])
    within = money(**quiet)
    assert (within["debt_ratio"] == within["debt_ratio_without"]).all()
    bare = changed(quiet, public_investment_baseline=0.0)
    above = money(**bare)
    assert (above["debt_ratio"] > above["debt_ratio_without"]).all()
    assert above["debt_ratio_without"].identical(within["debt_ratio_without"])


def recalled(arrays):
    """Return history as drawn, [future, year] by name, without any model around it."""
    count = arrays["history_growth"].sizes["period"]
    length = arrays["debt_block_length"].to_numpy()[np.newaxis]
    years = draw_history(arrays["debt_history_draw"].to_numpy(), length, count)
    return {name: recall_history(arrays[f"history_{name}"].to_numpy()[np.newaxis], years) for name in HISTORY}


def test_with_the_means_of_history_as_trends_history_comes_again_bit_for_bit(many, money):
    arrays = changed(many(20), public_investment_baseline=0.002)
    found = money(**arrays)
    history = recalled(arrays)
    gdp = grow(np.array([40000.0]), history["growth"])
    public = found["public_programme_spending"].to_numpy()
    added = np.maximum(public / gdp - 0.002, 0) + found["guarantee_called"].to_numpy() / gdp
    assert (added > 0).any()
    expected = debt_path(np.array([0.48]), np.array([0.6]), history, added)
    np.testing.assert_array_equal(found["debt_ratio"], expected)
    without = debt_path(np.array([0.48]), np.array([0.6]), history, np.zeros_like(gdp))
    np.testing.assert_array_equal(found["debt_ratio_without"], without)


def test_history_swings_around_the_trends(many, money):
    """Two points more growth and one less balance every year: what was drawn, moved by just that."""
    arrays = many(20)
    moved = changed(
        arrays,
        trend_growth=arrays["trend_growth"].to_numpy() + 0.02,
        trend_primary_balance=arrays["trend_primary_balance"].to_numpy() - 0.01,
    )
    history = recalled(arrays)
    history["growth"] = history["growth"] + 0.02
    history["primary_balance"] = history["primary_balance"] - 0.01
    expected = debt_path(np.array([0.48]), np.array([0.6]), history, np.zeros(history["growth"].shape))
    np.testing.assert_allclose(money(**moved)["debt_ratio_without"], expected, rtol=1e-12)


def test_public_money_for_the_programme_is_that_of_public_lenders_without_interest(programme, money):
    """The budget bears 15 percent of the railway and 25 of the hall."""
    found = money(**programme)
    spent, whole = found["programme_spending"], found["initiative_outturn"]
    railway, hall = (
        spent.sel(initiative=name) * cash / whole.sel(initiative=name)
        for name, cash in (("railway", 780 + 18), ("hall", 120 + 3))
    )
    works = found["programme_works"]
    np.testing.assert_allclose(works.sel(initiative="railway"), railway, rtol=1e-12)
    np.testing.assert_allclose(works.sel(initiative="hall"), hall, rtol=1e-12)
    assert (works.sum("year") < spent.sum("year")).all()
    np.testing.assert_allclose(found["public_programme_spending"], 0.15 * railway + 0.25 * hall, rtol=1e-12)


def test_interest_during_construction_is_not_borrowed_twice(programme, money):
    """Debt takes up the cash only: with an overhead of nothing, dearer waiting changes the outturn and no debt."""
    cheap = changed(programme, delay_cost_rate=0.0, public_investment_baseline=0.0, guarantee_draw=[0.9] * 3)
    dear = changed(cheap, discount_rate=0.1)
    one, other = money(**cheap), money(**dear)
    assert (other["initiative_outturn"] > one["initiative_outturn"]).all()
    np.testing.assert_allclose(one["debt_ratio"], other["debt_ratio"], rtol=1e-12)


def test_delay_costs_and_on_time_does_not(programme, money):
    on_time = changed(programme, initiative_finish=programme["initiative_planned_finish"].to_numpy())
    found = money(**on_time)
    assert (found["initiative_delay_cost"] == 0).all()
    assert (found["initiative_delay_present_value"] == 0).all()
    assert found["initiative_outturn"].to_numpy().tolist() == [780.0, 300.0, 120.0]
    late = money(**programme)
    assert (late["initiative_delay_cost"] > 0).all()
    assert (late["initiative_delay_present_value"] > 0).all()


def test_value_destroyed_counts_overhead_and_not_interest(programme, money):
    """Hall: 120 spent from 2027 to 2031 instead of 2030, with 3 percent of 100 for the year."""
    found = money(**programme)["initiative_delay_present_value"].sel(initiative="hall").item()

    def discounted(amount, finish):
        steps = np.linspace(2027.0, finish, 100_001)
        middle = (steps[1:] + steps[:-1]) / 2
        return amount * np.sum(np.diff(share_spent(steps, 2027.0, finish)) * 1.04 ** -(middle - 2026.5))

    assert found == pytest.approx(discounted(123, 2031.0) - discounted(120, 2030.0) / 1.04, rel=1e-6)


def test_early_finish_saves_nothing(programme, money):
    found = money(**changed(programme, initiative_finish=[2027.0, 2027.0, 2028.0]))
    assert (found["initiative_delay_cost"] == 0).all()


def test_cancelled_before_money_flows_spends_nothing(programme, money):
    gone = changed(
        programme, initiative_cancelled=[0, 1, 1], initiative_finish=[2028.5, np.inf, np.inf], guarantee_draw=[0.0] * 3
    )
    found = money(**gone)
    for name in ("initiative_outturn", "initiative_delay_cost", "initiative_delay_present_value"):
        assert found[name].sel(initiative=["sun", "hall"]).to_numpy().tolist() == [0.0, 0.0]
        assert found[name].sel(initiative="railway").item() >= 0
    assert (found["programme_spending"].sel(initiative=["sun", "hall"]) == 0).all()
    assert found["funding_gap"].sel(initiative="hall").item() > 0
    assert (found["guarantee_called"] == 0).all()
    assert found["envelope_balance"].sel(envelope="green").item() == 400


def test_cancelled_later_loses_what_was_spent(programme, money):
    gone = changed(
        programme,
        initiative_cancelled=[1, 0, 0],
        initiative_finish=[np.inf, 2029.25, 2031.0],
        initiative_spending_start=[2025.5, 2026.5, 2027.0],
    )
    found = money(**gone)
    lost = 780 * share_spent(2026.5, 2025.5, 2027.5)
    assert found["initiative_outturn"].sel(initiative="railway").item() == pytest.approx(lost)
    by_year = found["programme_spending"].sel(initiative="railway")
    assert by_year.sel(year=2026).item() == pytest.approx(lost - 780 * share_spent(2026.0, 2025.5, 2027.5))
    assert (by_year.sel(year=slice(2027, 2040)) == 0).all()


def test_money_outside_the_grid_stays_visible_in_the_outturn(programme, money):
    late = changed(programme, initiative_finish=[2028.5, 2029.25, 2060.0])
    found = money(**late)
    hall = found["initiative_outturn"].sel(initiative="hall").item()
    share = share_spent(2041.0, 2027.0, 2060.0)
    assert 0 < share < 1
    assert found["programme_spending"].sel(initiative="hall").sum().item() == pytest.approx(hall * share, rel=1e-12)


def test_envelope_counts_its_own_span_even_outside_the_grid(programme, money):
    early = changed(
        programme,
        initiative_spending_start=[2023.0, 2026.5, 2027.0],
        envelope_start=[2026.0, 2024.0],
        envelope_end=[2031.0, 2028.0],
    )
    found = money(**early)
    outturn = found["initiative_outturn"]
    starts, ends = [2023.0, 2026.5, 2027.0], [2028.5, 2029.25, 2031.0]
    spent = sum(
        outturn[place].item() * (share_spent(2028.0, start, end) - share_spent(2024.0, start, end))
        for place, (start, end) in enumerate(zip(starts, ends, strict=True))
    )
    assert found["envelope_balance"].sel(envelope="programme").item() == pytest.approx(1200 - spent)
    assert found["envelope_outturn"].sel(envelope="programme").item() == pytest.approx(outturn.sum().item())
    assert found["envelope_outturn"].sel(envelope="green").item() == outturn.sel(initiative="sun").item()


def test_without_a_lender_called_not_found_there_is_no_gap(programme, money):
    programme["lender_share"] = labelled(
        "lender_share", [[1.0, 0.0]] * 3, {"initiative": ["railway", "sun", "hall"], "lender": ["bank", "budget"]}
    )
    programme["lender_public"] = labelled("lender_public", [0, 1], {"lender": ["bank", "budget"]})
    programme["lender_currency"] = programme["lender_currency"].sel(lender=["bank", "budget"])
    assert (money(**programme)["funding_gap"] == 0).all()


@pytest.mark.parametrize("count", [1, 2, 7, 64])
def test_a_future_does_not_depend_on_its_neighbours(many, count, money):
    """Bit for bit: alone, in a small chunk, in a large one."""
    whole, part = money(**many(64)), money(**many(count))
    for name in whole:
        assert part[name].identical(whole[name].isel(future=slice(0, count))), name
    last = {
        name: array.isel(future=[count - 1]) if "future" in array.dims else array for name, array in many(64).items()
    }
    alone = money(**last)
    for name in whole:
        assert alone[name].identical(whole[name].isel(future=[count - 1])), name


def test_a_future_alone_is_the_same_without_the_dimension(many, money):
    bare = {
        name: array.isel(future=3, drop=True) if "future" in array.dims else array for name, array in many(8).items()
    }
    found, expected = money(**bare), money(**many(8))
    for name, array in found.items():
        assert "future" not in array.dims
        xr.testing.assert_equal(array, expected[name].isel(future=3, drop=True))


@pytest.mark.parametrize(
    "name", ["history_growth", "gdp_initial", "lender_share", "debt_block_length", "initiative_cost", "trend_growth"]
)
def test_any_input_may_carry_futures(programme, name, money):
    spread = dict(programme)
    spread[name] = programme[name].expand_dims(future=[0, 1]).rename(name)
    found, expected = money(**spread), money(**programme)
    assert "future" in found["debt_ratio"].dims
    for quantity, array in found.items():
        for future in (0, 1):
            one = array.sel(future=future, drop=True) if "future" in array.dims else array
            xr.testing.assert_equal(one, expected[quantity])


def test_inputs_are_left_as_they_were(programme, money):
    before = {name: array.copy(deep=True) for name, array in programme.items()}
    money(**programme)
    assert all(before[name].identical(programme[name]) for name in before)
