import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.errors import MoravaError, Problems
from morava.models.contract import as_model
from morava.models.dependence import (
    concentration,
    dependence,
    effective_number,
    finance_domain,
    sum_of_squares,
)
from morava.quantities import check, labelled

DOMAINS = ["arms 2020..2024", "import 2025"]
PARTNERS = ["Northmark", "Southmark", "Westmark"]
FINANCE = "programme finance 2026..2027"


def inputs() -> dict[str, xr.DataArray]:
    return {
        "partner_flow": labelled(
            "partner_flow", [[57, 20, 7.4], [4.5, 2.5, 0]], {"domain": DOMAINS, "partner": PARTNERS}
        ),
        "partner_total": labelled("partner_total", [100, 8], {"domain": DOMAINS}),
        "partner_rest_draw": labelled("partner_rest_draw", [0.5, 0.0], {"domain": DOMAINS}),
        "lender_commitment": labelled(
            "lender_commitment",
            [[10, 20], [5, 5], [0, 10], [40, 60]],
            {"lender": ["bank", "budget", "fund", "not found"], "year": [2026, 2027]},
        ),
        "lender_partner": labelled(
            "lender_partner",
            ["Northmark", "Ruritania", "Northmark", "not found"],
            {"lender": ["bank", "budget", "fund", "not found"]},
        ),
    }


def in_futures(count: int) -> dict[str, xr.DataArray]:
    random = np.random.default_rng(7)
    arrays, futures = inputs(), {"future": list(range(count))}
    draw, money = random.random((40, 2))[:count], random.random((40, 4, 2))[:count]
    money[1::4, :3] = 0
    arrays["partner_rest_draw"] = labelled("partner_rest_draw", draw, {**futures, "domain": DOMAINS})
    coords = {name: list(labels.to_numpy()) for name, labels in arrays["lender_commitment"].coords.items()}
    arrays["lender_commitment"] = labelled("lender_commitment", money, {**futures, **coords})
    return arrays


def refused(**replaced):
    with pytest.raises(MoravaError) as caught:
        dependence(**(inputs() | replaced))
    return str(caught.value)


def test_gives_what_it_promises_and_within_the_glossary():
    found = dependence(**in_futures(20))
    assert sorted(found) == sorted(as_model(dependence).gives)
    problems = Problems()
    for name, array in found.items():
        check(name, array, "dependence", problems)
    problems.raise_if_any()


def test_shares_of_named_partners_and_the_rest():
    share = dependence(**inputs())["partner_share"]
    assert share.coords["partner"].to_numpy().tolist() == [*PARTNERS, "Ruritania", "rest"]
    arms = share.sel(domain="arms 2020..2024").to_numpy()
    np.testing.assert_allclose(arms, [0.57, 0.2, 0.074, 0, 0.156], rtol=1e-12)
    np.testing.assert_allclose(share.sel(domain="import 2025"), [0.5625, 0.3125, 0, 0, 0.125], rtol=1e-12)
    np.testing.assert_allclose(share.sum("partner"), 1, rtol=1e-12)


def test_rest_of_arms_lies_between_spread_and_concentrated():
    """One supplier of 15.6 percent is as concentrated as 15.6 percent unnamed can be."""
    found = dependence(**inputs())["partner_concentration"].sel(domain="arms 2020..2024").item()
    low, high = 0.57**2 + 0.2**2 + 0.074**2, 0.156**2
    assert found == pytest.approx(low + 0.5 * high, rel=1e-12)


def test_future_borrowing_is_a_domain_of_money_with_a_source():
    found = dependence(**inputs())
    share = found["partner_share"].sel(domain=FINANCE)
    assert share.sel(partner="Northmark").item() == pytest.approx(0.8)
    assert share.sel(partner="Ruritania").item() == pytest.approx(0.2)
    assert share.sel(partner="rest").item() == 0
    assert found["partner_concentration"].sel(domain=FINANCE).item() == pytest.approx(0.68)
    assert found["partner_effective_number"].sel(domain=FINANCE).item() == pytest.approx(1 / 0.68)


def test_where_no_named_lender_pays_all_is_rest_and_nothing_is_concentrated():
    nothing = inputs()["lender_commitment"].copy()
    nothing.loc[{"lender": ["bank", "budget", "fund"]}] = 0
    found = dependence(**(inputs() | {"lender_commitment": nothing}))
    share = found["partner_share"].sel(domain=FINANCE)
    assert share.sel(partner="rest").item() == 1
    assert share.sum().item() == 1
    assert found["partner_concentration"].sel(domain=FINANCE).item() == 0
    assert found["partner_effective_number"].sel(domain=FINANCE).item() == 0


def test_a_programme_without_any_named_lender():
    only = inputs()["lender_commitment"].sel(lender=["not found"])
    found = dependence(
        **(
            inputs()
            | {"lender_commitment": only, "lender_partner": inputs()["lender_partner"].sel(lender=["not found"])}
        )
    )
    assert found["partner_share"].sel(domain=FINANCE, partner="rest").item() == 1


def test_label_of_the_finance_domain():
    assert finance_domain([2026, 2027]) == FINANCE


def test_shares_that_do_not_sum_to_one():
    total = labelled("partner_total", [80, 8], {"domain": DOMAINS})
    text = refused(partner_total=total)
    assert "shares do not sum to one" in text
    assert "arms 2020..2024" in text


def test_rounding_is_forgiven_and_leaves_no_share_above_one():
    flow = labelled("partner_flow", [[0.1 + 0.2]], {"domain": ["gas 2025"], "partner": ["Northmark"]})
    found = dependence(
        **(
            inputs()
            | {
                "partner_flow": flow,
                "partner_total": labelled("partner_total", [0.3], {"domain": ["gas 2025"]}),
                "partner_rest_draw": labelled("partner_rest_draw", [1.0], {"domain": ["gas 2025"]}),
            }
        )
    )
    assert found["partner_share"].sel(domain="gas 2025", partner="Northmark").item() == 1
    assert found["partner_share"].sel(domain="gas 2025", partner="rest").item() == 0
    assert found["partner_concentration"].sel(domain="gas 2025").item() == 1


def test_several_faults_are_named_at_once():
    flow = labelled("partner_flow", [[57, 20, -7.4], [0, 0, 0]], {"domain": DOMAINS, "partner": PARTNERS})
    text = refused(partner_flow=flow)
    assert "a partner has less than nothing" in text
    assert "no partner is named" in text
    assert "the total is not above zero" in refused(
        partner_total=labelled("partner_total", [0, 8], {"domain": DOMAINS})
    )


def test_a_lender_needs_a_partner():
    lenders = {"lender": ["bank", "budget", "fund", "not found"]}
    assert "lender budget has no partner" in refused(
        lender_partner=labelled("lender_partner", ["Northmark", " ", "Northmark", ""], lenders)
    )
    assert "lender fund stands in only one" in refused(
        lender_partner=inputs()["lender_partner"].sel(lender=["bank", "budget", "not found"])
    )


def test_names_that_clash():
    flow = inputs()["partner_flow"]
    assert "a partner is called rest" in refused(partner_flow=flow.assign_coords(partner=["A", "B", "rest"]))
    taken = [FINANCE, DOMAINS[1]]
    renamed = {
        name: inputs()[name].assign_coords(domain=taken)
        for name in ("partner_flow", "partner_total", "partner_rest_draw")
    }
    assert "a domain has the name of programme finance" in refused(**renamed)
    assert "domain import 2025 stands in only one" in refused(partner_total=inputs()["partner_total"][:1])


def test_other_futures_are_refused():
    total = inputs()["partner_total"].expand_dims(future=[5, 6]).rename("partner_total")
    with pytest.raises(MoravaError, match="has other futures"):
        dependence(**(in_futures(2) | {"partner_total": total}))


@pytest.mark.parametrize("count", [1, 2, 9, 40])
def test_a_future_does_not_depend_on_its_neighbours(count):
    whole, part = dependence(**in_futures(40)), dependence(**in_futures(count))
    for name in whole:
        assert part[name].identical(whole[name].isel(future=slice(0, count))), name


def test_labels_are_matched_by_name():
    turned = inputs()
    turned["partner_total"] = turned["partner_total"].isel(domain=[1, 0])
    turned["partner_rest_draw"] = turned["partner_rest_draw"].isel(domain=[1, 0])
    turned["lender_partner"] = turned["lender_partner"].isel(lender=[3, 1, 0, 2])
    expected = dependence(**inputs())
    for name, array in dependence(**turned).items():
        assert array.identical(expected[name])


@pytest.mark.parametrize(("draw", "expected"), [(0.0, 0.05), (0.5, 0.295), (1.0, 0.54)])
def test_the_rest_may_be_one_partner_larger_than_any_named(draw, expected):
    found = concentration(np.array([0.2, 0.1]), np.array(0.7), np.array(draw))
    assert found == pytest.approx(expected)


shares_lists = st.lists(st.floats(0.001, 1.0), min_size=2, max_size=8)


def split(numbers, rest_part):
    """Return shares of named partners and the rest from any positive numbers."""
    values = np.array(numbers)
    whole = values.sum() + rest_part
    return values / whole, np.array(rest_part / whole)


@settings(deadline=None, max_examples=100)
@given(shares_lists, st.floats(0.0, 3.0), st.floats(0.0, 1.0), st.randoms(use_true_random=False))
def test_order_of_partners_does_not_matter(numbers, rest_part, draw, random):
    shares, rest = split(numbers, rest_part)
    shuffled = np.array(random.sample(shares.tolist(), len(shares)))
    one, other = (concentration(item, rest, np.array(draw)) for item in (shares, shuffled))
    assert one == pytest.approx(other, rel=1e-12)


@settings(deadline=None, max_examples=200)
@given(shares_lists, st.floats(0.0, 3.0), st.floats(0.0, 1.0))
def test_merging_two_partners_never_lowers_concentration(numbers, rest_part, draw):
    shares, rest = split(numbers, rest_part)
    merged = np.array([shares[0] + shares[1], *shares[2:]])
    before, after = (concentration(item, rest, np.array(draw)) for item in (shares, merged))
    assert after >= before * (1 - 1e-12)


@settings(deadline=None, max_examples=100)
@given(shares_lists, st.floats(0.0, 3.0), st.floats(0.0, 1.0))
def test_concentration_lies_between_equal_shares_and_one(numbers, rest_part, draw):
    shares, rest = split(numbers, rest_part)
    index = concentration(shares, rest, np.array(draw))
    assert sum_of_squares(shares) <= index <= 1 + 1e-12
    assert 0.999999 <= effective_number(index) <= 1 / float(sum_of_squares(shares)) * (1 + 1e-12)
