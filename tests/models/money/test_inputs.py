import pytest

from morava.errors import MoravaError
from morava.models.money.inputs import read_programme
from morava.quantities import labelled


def refused(money, arrays):
    with pytest.raises(MoravaError) as caught:
        money(**arrays)
    return str(caught.value)


def test_more_initiatives_than_costed_ones_are_left_out(programme):
    costed = programme["initiative_cost"].sel(initiative=["sun"])
    found = read_programme({**programme, "initiative_cost": costed})
    assert found.values["initiative_finish"].tolist() == [[2029.25]]
    assert found.values["lender_share"].shape == (1, 1, 4)


def test_labels_are_matched_by_name_not_by_place(programme, money):
    turned = dict(programme)
    turned["initiative_finish"] = programme["initiative_finish"].isel(initiative=[2, 0, 1])
    turned["lender_public"] = programme["lender_public"].isel(lender=[3, 2, 1, 0])
    turned["lender_share"] = programme["lender_share"].transpose("lender", "initiative")
    before, after = money(**programme), money(**turned)
    assert all(before[name].identical(after[name]) for name in before)


def test_everything_missing_is_named_at_once(programme, money):
    programme["initiative_finish"] = programme["initiative_finish"].isel(initiative=[0])
    programme["lender_public"] = programme["lender_public"].isel(lender=[1, 2, 3])
    text = refused(money, programme)
    assert "initiative_finish has no initiative sun" in text
    assert "initiative_finish has no initiative hall" in text
    assert "lender_public has no lender bank" in text


def test_an_envelope_without_amount_is_named(programme, money):
    programme["envelope_amount"] = programme["envelope_amount"].isel(envelope=[0])
    assert "initiative_envelope has a envelope programme" in refused(money, programme)


def test_lenders_that_do_not_bear_the_whole_cost(programme, money):
    programme["lender_share"] = programme["lender_share"] * 0.9
    programme["lender_share"].name = "lender_share"
    text = refused(money, programme)
    assert "the lenders of railway bear 0.9 of its cost" in text
    assert "the lenders of hall bear" in text


def test_what_the_state_borrows_cannot_be_guaranteed_too(programme, money):
    programme["lender_public"] = labelled("lender_public", [1, 1, 0, 0], dict(programme["lender_public"].coords))
    programme["guaranteed_share"] = labelled(
        "guaranteed_share", [0.1, 0.3, 0.0], {"initiative": ["railway", "sun", "hall"]}
    )
    assert "the state guarantees 0.1 of railway, but others borrow 0 of it" in refused(money, programme)


def test_cancelled_and_finished_contradict(programme, money):
    programme["initiative_cancelled"] = labelled(
        "initiative_cancelled", [1, 0, 0], {"initiative": ["railway", "sun", "hall"]}
    )
    assert "railway is cancelled and finishes" in refused(money, programme)


def test_holes_in_years(programme, money):
    programme["debt_history_draw"] = programme["debt_history_draw"].isel(year=[0, 1, 3])
    assert "the years of debt_history_draw do not follow each other" in refused(money, programme)


def test_holes_in_history(programme, money):
    for name in [name for name in programme if name.startswith("history")]:
        programme[name] = programme[name].isel(period=[0, 2, 3])
    assert "the years of history do not follow each other" in refused(money, programme)


def test_a_trend_that_ends_before_the_grid_is_named(programme, money):
    programme["trend_growth"] = programme["trend_growth"].isel(year=slice(0, -1))
    assert "trend_growth has no year 2040" in refused(money, programme)


@pytest.mark.parametrize("length", [0.0, 2.5, 6.0])
def test_blocks_that_do_not_fit(programme, length, money):
    programme["debt_block_length"] = labelled("debt_block_length", length)
    assert "does not fit a history of 5" in refused(money, programme)


def test_history_must_be_labelled_by_year(programme, money):
    for name in [name for name in programme if name.startswith("history")]:
        programme[name] = programme[name].assign_coords(period=["a", "b", "c", "d", "e"])
    assert "the periods of history are not years" in refused(money, programme)


def test_years_of_history_may_be_words(programme, money):
    expected = money(**programme)["debt_ratio"]
    for name in [name for name in programme if name.startswith("history")]:
        programme[name] = programme[name].assign_coords(period=[str(year) for year in range(2021, 2026)])
    assert money(**programme)["debt_ratio"].identical(expected)


def test_reversed_envelope(programme, money):
    programme["envelope_end"] = programme["envelope_start"].rename("envelope_end")
    assert "envelope green ends before it begins" in refused(money, programme)


def test_arrays_of_different_futures(programme, money):
    programme["debt_initial"] = labelled("debt_initial", [0.4, 0.5], {"future": [0, 1]})
    programme["gdp_initial"] = labelled("gdp_initial", [40000, 40000], {"future": [1, 2]})
    assert "gdp_initial has other futures" in refused(money, programme)
