"""Money is conserved: what is spent is financed, what is financed is spent, wherever it is counted."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from morava.models.contract import as_model
from morava.models.dependence import dependence
from morava.models.money.debt import mean_of_history
from morava.models.money.debt_model import debt
from morava.models.money.spending import share_spent
from morava.models.money.spending_model import spending
from morava.quantities import labelled

YEARS = list(range(2026, 2046))
HISTORY = ("growth", "inflation", "primary_balance", "interest", "depreciation", "stock_flow")


def make(seed: int, initiatives: int, lenders: int, envelopes: int, futures: int):
    """Return the inputs of a programme of any size, drawn from a seed."""
    random = np.random.default_rng(seed)
    names = {"initiative": [f"initiative {place}" for place in range(initiatives)]}
    sources = {"lender": [*(f"lender {place}" for place in range(lenders - 1)), "not found"]}
    sums = {"envelope": [f"envelope {place}" for place in range(envelopes)]}
    many = {"future": list(range(futures)), **names}
    shape = (futures, initiatives)
    start = 2020 + 12 * random.random(initiatives)
    cancelled = (random.random(shape) < 0.2).astype(float)
    finish = np.where(cancelled > 0, np.inf, 2027 + 30 * random.random(shape))
    shares = random.dirichlet(np.ones(lenders), size=initiatives)
    public = (random.random(lenders) < 0.5).astype(float)
    begin = np.floor(2026 + 10 * random.random(envelopes))
    arrays = {
        "initiative_cost": labelled("initiative_cost", 1000 * random.random(initiatives), names),
        "initiative_cost_factor": labelled("initiative_cost_factor", 0.5 + 2 * random.random(shape), many),
        "initiative_finish": labelled("initiative_finish", finish, many),
        "initiative_cancelled": labelled("initiative_cancelled", cancelled, many),
        "initiative_spending_start": labelled("initiative_spending_start", start, names),
        "initiative_planned_finish": labelled(
            "initiative_planned_finish", start - 2 + 10 * random.random(initiatives), names
        ),
        "schedule_as_of": labelled("schedule_as_of", 2026.5),
        "lender_share": labelled("lender_share", shares.reshape(initiatives, lenders), names | sources),
        "lender_public": labelled("lender_public", public, sources),
        "lender_currency": labelled("lender_currency", random.choice(["EUR", "USD", "RUC"], lenders), sources),
        "initiative_envelope": labelled(
            "initiative_envelope", (random.random((initiatives, envelopes)) < 0.5).astype(float), names | sums
        ),
        "envelope_amount": labelled("envelope_amount", 2000 * random.random(envelopes), sums),
        "envelope_start": labelled("envelope_start", begin, sums),
        "envelope_end": labelled("envelope_end", begin + 1 + np.floor(9 * random.random(envelopes)), sums),
        "delay_cost_rate": labelled("delay_cost_rate", 0.05 * random.random()),
        "discount_rate": labelled("discount_rate", 0.08 * random.random()),
        "guaranteed_share": labelled("guaranteed_share", 0.5 * (shares @ (1 - public)), names),
        "guarantee_call_probability": labelled("guarantee_call_probability", 0.3),
        "guarantee_draw": labelled("guarantee_draw", random.random(shape), many),
        "debt_history_draw": labelled(
            "debt_history_draw", random.random((futures, len(YEARS))), {"future": many["future"], "year": YEARS}
        ),
        "debt_block_length": labelled("debt_block_length", 3),
        "debt_initial": labelled("debt_initial", random.random()),
        "debt_foreign_share": labelled("debt_foreign_share", random.random()),
        "gdp_initial": labelled("gdp_initial", 50000),
        "public_investment_baseline": labelled("public_investment_baseline", 0.01 * random.random()),
    }
    arrays["trend_swing"] = labelled("trend_swing", 1.0)
    for name in HISTORY:
        arrays[f"history_{name}"] = labelled(
            f"history_{name}", 0.1 * random.random(9) - 0.02, {"period": list(range(2016, 2025))}
        )
    for name in ("growth", "primary_balance"):
        mean = mean_of_history(arrays[f"history_{name}"].to_numpy())
        arrays[f"trend_{name}"] = labelled(f"trend_{name}", np.full(len(YEARS), mean), {"year": YEARS})
    return arrays


def money(**arrays):
    """Return what the programme costs, then what it does to debt."""
    spent = _answer(spending, arrays)
    return spent | _answer(debt, {**arrays, **spent})


def _answer(function, known):
    return function(**{name: known[name] for name in as_model(function).needs})


programmes = st.builds(make, st.integers(0, 10**6), st.integers(1, 5), st.integers(1, 4), st.integers(1, 3), st.just(6))
chosen = settings(deadline=None, max_examples=40)


@chosen
@given(programmes)
def test_what_is_spent_is_what_lenders_give(arrays):
    found = money(**arrays)
    spent = found["programme_spending"].sum("initiative")
    np.testing.assert_allclose(found["lender_commitment"].sum("lender"), spent, rtol=1e-12, atol=1e-9)
    assert (found["programme_spending"] >= 0).all()


@chosen
@given(programmes)
def test_spending_over_the_grid_is_the_completed_share_of_the_outturn(arrays):
    """The share ever completed of a cancelled initiative is what was gone by the day on which the future begins."""
    found = money(**arrays)
    start = arrays["initiative_spending_start"].to_numpy()
    gone = arrays["initiative_cancelled"].to_numpy() > 0
    finish = np.where(gone, arrays["initiative_planned_finish"].to_numpy(), arrays["initiative_finish"].to_numpy())
    until = np.where(gone, 2026.5, np.inf)
    completed = share_spent(np.minimum(YEARS[-1] + 1, until), start, finish)
    before = share_spent(np.minimum(YEARS[0], until), start, finish)
    ever = np.where(gone, share_spent(2026.5, start, finish), 1.0)
    spent = found["programme_spending"].sum("year").to_numpy()
    outturn = found["initiative_outturn"].to_numpy()
    np.testing.assert_allclose(spent * ever, outturn * (completed - before), rtol=1e-9, atol=1e-9)


@chosen
@given(programmes)
def test_outturn_is_estimate_times_factor_plus_delay(arrays):
    found = money(**arrays)
    whole = arrays["initiative_cost"] * arrays["initiative_cost_factor"] + found["initiative_delay_cost"]
    kept = arrays["initiative_cancelled"] == 0
    np.testing.assert_allclose(
        found["initiative_outturn"].where(kept, 0).transpose("future", "initiative"),
        whole.where(kept, 0).transpose("future", "initiative"),
        rtol=1e-12,
    )
    assert (found["initiative_outturn"] <= whole * (1 + 1e-12)).all()
    assert (found["initiative_delay_cost"].where(~kept, 0) == 0).all()


@chosen
@given(programmes)
def test_envelopes_agree_with_spending(arrays):
    """Spans within the grid: the balance is the amount less the spending of the years in the span."""
    found = money(**arrays)
    years = found["envelope_spending"].coords["year"]
    within = (years >= arrays["envelope_start"]) & (years < arrays["envelope_end"])
    spent = found["envelope_spending"].where(within, 0).sum("year")
    expected = (arrays["envelope_amount"] - spent).transpose("future", "envelope")
    np.testing.assert_allclose(found["envelope_balance"], expected, rtol=1e-9, atol=1e-7)
    members = (found["programme_spending"] * arrays["initiative_envelope"]).sum("initiative")
    np.testing.assert_allclose(
        found["envelope_spending"], members.transpose("future", "envelope", "year"), rtol=1e-12, atol=1e-9
    )


@chosen
@given(programmes)
def test_money_by_currency_is_the_money_of_its_lenders(arrays):
    found = money(**arrays)
    lenders = found["lender_commitment"]
    for currency in found["currency_commitment"].coords["currency"].to_numpy():
        own = (arrays["lender_currency"] == currency).astype(float)
        expected = (lenders * own).sum("lender")
        got = found["currency_commitment"].sel(currency=currency, drop=True)
        np.testing.assert_allclose(got, expected.transpose(*got.dims), rtol=1e-12, atol=1e-9)


@chosen
@given(programmes)
def test_gap_is_what_the_lender_not_found_would_bear(arrays):
    found = money(**arrays)
    expected = found["initiative_outturn"] * arrays["lender_share"].sel(lender="not found", drop=True)
    built = np.isfinite(arrays["initiative_finish"]).transpose(*expected.dims)
    np.testing.assert_allclose(found["funding_gap"].where(built, 0), expected.where(built, 0), rtol=1e-12)
    assert (found["funding_gap"] >= expected - 1e-9).all()


@chosen
@given(programmes)
def test_the_programme_never_lowers_debt_and_nothing_leaves_it_alone(arrays):
    found = money(**arrays)
    assert (found["debt_ratio"] >= found["debt_ratio_without"]).all()
    names = arrays["initiative_cost"].coords["initiative"].to_numpy()[:0]
    empty = money(**(arrays | {"initiative_cost": arrays["initiative_cost"].sel(initiative=names)}))
    assert (empty["debt_ratio"] == empty["debt_ratio_without"]).all()
    assert empty["debt_ratio"].identical(found["debt_ratio_without"].rename("debt_ratio"))
    assert empty["programme_spending"].sizes["initiative"] == 0
    assert (empty["lender_commitment"] == 0).all()
    np.testing.assert_array_equal(empty["envelope_balance"], np.tile(arrays["envelope_amount"], (6, 1)))


@chosen
@given(programmes)
def test_public_money_for_the_programme_is_what_public_lenders_give_less_interest(arrays):
    found = money(**arrays)
    paid = (found["lender_commitment"] * arrays["lender_public"]).sum("lender")
    public = found["public_programme_spending"]
    assert (public <= paid.transpose(*public.dims) * (1 + 1e-12) + 1e-9).all()
    free = money(**(arrays | {"discount_rate": labelled("discount_rate", 0.0)}))
    paid = (free["lender_commitment"] * arrays["lender_public"]).sum("lender").transpose(*public.dims)
    np.testing.assert_allclose(free["public_programme_spending"], paid, rtol=1e-9, atol=1e-9)


@chosen
@given(programmes, st.integers(0, 10**6))
def test_order_of_initiatives_moves_rounding_only(arrays, seed):
    order = np.random.default_rng(seed).permutation(arrays["initiative_cost"].sizes["initiative"])
    turned = arrays | {"initiative_cost": arrays["initiative_cost"].isel(initiative=order)}
    one, other = money(**arrays), money(**turned)
    for name in ("lender_commitment", "envelope_spending", "debt_ratio", "guarantee_called"):
        np.testing.assert_allclose(one[name], other[name], rtol=1e-12, atol=1e-9)


@chosen
@given(programmes)
def test_shares_of_finance_are_shares_of_the_money_lenders_gave(arrays):
    found = money(**arrays)
    lenders = arrays["lender_public"].coords["lender"].to_numpy().tolist()
    one = {"domain": ["import 2025"]}
    shares = dependence(
        partner_flow=labelled("partner_flow", [[1.0]], {**one, "partner": ["Northmark"]}),
        partner_total=labelled("partner_total", [2.0], one),
        partner_rest_draw=labelled("partner_rest_draw", [0.3], one),
        lender_commitment=found["lender_commitment"],
        lender_partner=labelled("lender_partner", lenders, {"lender": lenders}),
    )["partner_share"].sel(domain="programme finance 2026..2045")
    np.testing.assert_allclose(shares.sum("partner"), 1, rtol=1e-12)
    named = [lender for lender in lenders if lender != "not found"]
    paid = found["lender_commitment"].sel(lender=named).sum("year")
    whole = paid.sum("lender")
    for lender in named:
        share = shares.sel(partner=lender)
        assert share.to_numpy() * whole.to_numpy() == pytest.approx(paid.sel(lender=lender).to_numpy(), rel=1e-9)
