from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from morava.errors import MoravaError
from morava.models.trade import gravity
from morava.models.trade.gravity import Economy, baseline, check_scale, counterfactual, fit_poisson

RESULTS = ("price", "inward", "outward", "output", "expenditure", "trade", "welfare")


def flows(exporters=6, importers=5, seed=3):
    random = np.random.default_rng(seed)
    distance = random.uniform(1, 3, (exporters, importers))
    border = (random.random((exporters, importers)) < 0.3).astype(float)
    mean = np.exp(
        2 + random.normal(size=(exporters, 1)) + random.normal(size=importers) - 0.8 * distance + 0.5 * border
    )
    return random.poisson(mean).astype(float), np.array([distance, border])


def economy(count=5, seed=1, sigma=5.0, reference=2):
    random = np.random.default_rng(seed)
    freeness = np.exp(random.normal(-3, 1, (count, count))) + np.eye(count)
    return Economy(freeness, random.uniform(1, 9, count), random.uniform(1, 9, count), sigma, reference)


def freer(one, seed=4):
    random = np.random.default_rng(seed)
    return one.freeness * np.exp(random.normal(0, 0.3, one.freeness.shape))


def refused(call, *arguments):
    with pytest.raises(MoravaError) as caught:
        call(*arguments)
    return str(caught.value)


def same(first, second, rtol=1e-8):
    for name in RESULTS:
        np.testing.assert_allclose(getattr(first, name), getattr(second, name), rtol=rtol, err_msg=name)


def test_the_estimate_is_that_of_a_general_maximiser_of_the_likelihood():
    flow, regressors = flows()
    exporters, importers = flow.shape
    dummies = [np.repeat(row[:, None], importers, 1) for row in np.eye(exporters)]
    dummies += [np.repeat(row[None], exporters, 0) for row in np.eye(importers)[1:]]
    design = np.array([*regressors, *dummies]).reshape(len(regressors) + len(dummies), -1).T
    taken = flow.ravel()

    def minus_likelihood(point):
        predictor = design @ point
        return np.exp(predictor).sum() - taken @ predictor, design.T @ (np.exp(predictor) - taken)

    start = np.append(np.zeros(2), np.full(len(dummies), 0.5))
    found = minimize(minus_likelihood, start, jac=True, method="BFGS", options={"gtol": 1e-6, "maxiter": 2000})
    fit = fit_poisson(flow, regressors)
    np.testing.assert_allclose(fit.coefficients[:2], found.x[:2], atol=1e-5)
    np.testing.assert_allclose(fit.fitted.ravel(), np.exp(design @ found.x), rtol=1e-3)


def test_robust_covariance_is_that_of_the_full_design():
    flow, regressors = flows()
    exporters, importers = flow.shape
    fit = fit_poisson(flow, regressors)
    effects = np.concatenate(
        [np.repeat(np.eye(exporters)[:, :, None], importers, 2), np.repeat(np.eye(importers)[1:, None], exporters, 1)]
    )
    design = np.concatenate([regressors, effects]).reshape(-1, flow.size).T
    bread = np.linalg.inv((design * fit.fitted.ravel()[:, None]).T @ design)
    middle = (design * np.square(flow - fit.fitted).ravel()[:, None]).T @ design
    whole = bread @ middle @ bread * flow.size / (flow.size - 1)
    np.testing.assert_allclose(fit.covariance[:2, :2], whole[:2, :2], rtol=1e-8)


def test_two_countries_and_a_border_by_hand():
    flow = np.array([[80.0, 5.0], [3.0, 12.0]])
    fit = fit_poisson(flow, 1 - np.eye(2)[None])
    assert fit.coefficients[0] == pytest.approx(-np.log(80 * 12 / (5 * 3)) / 2, rel=1e-12)
    np.testing.assert_allclose(fit.fitted, flow, rtol=1e-9)


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_fitted_flows_keep_every_sum_and_are_uncorrelated_with_what_is_left(seed):
    flow, regressors = flows(seed=seed)
    flow += 1.0
    fit = fit_poisson(flow, regressors)
    np.testing.assert_allclose(fit.fitted.sum(axis=0), flow.sum(axis=0), rtol=1e-8)
    np.testing.assert_allclose(fit.fitted.sum(axis=1), flow.sum(axis=1), rtol=1e-8)
    np.testing.assert_allclose((regressors * (flow - fit.fitted)).sum(axis=(1, 2)), 0, atol=1e-6 * flow.sum())


def test_the_unit_of_flows_moves_the_constant_alone():
    flow, regressors = flows()
    once, thousand = fit_poisson(flow, regressors), fit_poisson(flow * 1000, regressors)
    np.testing.assert_allclose(thousand.coefficients[:2], once.coefficients[:2], rtol=1e-9)
    assert thousand.coefficients[2] - once.coefficients[2] == pytest.approx(np.log(1000))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda flow, x: (flow, np.array([x[0], x[1], x[0] - 2 * x[1]])), "regressor 2 is explained"),
        (lambda flow, x: (flow, np.array([np.ones(flow.shape), x[0]])), "regressor 0 is explained"),
        (lambda flow, x: (flow, np.array([x[0], np.zeros(flow.shape)])), "regressor 1 is explained"),
        (lambda flow, x: (flow * (np.arange(6) != 4)[:, None], x), "exporter 4 has no flow"),
        (lambda flow, x: (flow * (np.arange(5) != 1), x), "importer 1 has no flow"),
        (lambda flow, x: (flow - 1e6, x), "below zero"),
        (lambda flow, x: (np.where(flow == flow.max(), np.nan, flow), x), "not finite"),
        (lambda flow, x: (flow, x + np.inf), "not finite"),
        (lambda flow, x: (flow.T, x), "do not fit"),
        (lambda flow, x: (flow, x[0]), "do not fit"),
    ],
)
def test_an_estimate_that_cannot_be_is_refused(change, what):
    flow, regressors = flows()
    assert what in refused(fit_poisson, *change(flow + 1, regressors))


def test_an_estimate_that_is_infinite_is_refused():
    flow, regressors = flows()
    nothing = regressors[1] == 1
    flow = np.where(nothing, 0.0, flow + 1)
    assert "does not converge" in refused(fit_poisson, flow, regressors)


@pytest.mark.parametrize("shares", ["moving", "held"])
def test_nothing_changes_without_a_shock(shares):
    one = economy()
    after = counterfactual(one, one.freeness, shares)
    assert after.status == "solved"
    same(after, baseline(one))


@given(st.integers(0, 10_000), st.integers(2, 9), st.floats(1.5, 12))
@settings(max_examples=40, deadline=None)
def test_trade_sums_to_output_and_expenditure(seed, count, sigma):
    one = economy(count, seed, sigma, reference=count - 1)
    for found in (baseline(one), counterfactual(one, freer(one), "moving")):
        assert found.status == "solved"
        assert found.residual <= gravity.TOLERANCE
        assert found.imbalance < 1e-8
        np.testing.assert_allclose(found.trade.sum(axis=0), found.expenditure, rtol=1e-8)
        world = found.expenditure.sum() / found.output.sum()
        np.testing.assert_allclose(found.trade.sum(axis=1), found.output * world, rtol=1e-8)
        np.testing.assert_allclose(found.welfare * found.inward, found.expenditure, rtol=1e-12)
        assert found.inward[one.reference] == pytest.approx(1)


def test_resistances_meet_their_equations():
    one = economy()
    after = freer(one)
    found = counterfactual(one, after, "moving")
    power = 1 - one.sigma
    made, spent = found.output / found.output.sum(), found.expenditure / found.expenditure.sum()
    outward = (after * (spent * found.inward**-power)).sum(axis=1) ** (1 / power)
    inward = (after * (made * found.outward**-power)[:, None]).sum(axis=0) ** (1 / power)
    np.testing.assert_allclose(found.outward, outward, rtol=1e-8)
    np.testing.assert_allclose(found.inward, inward, rtol=1e-8)
    # Factory-gate prices: taste times price times outward resistance, to the power 1 - sigma, is the share in output.
    before = baseline(one)
    taste = one.output / one.output.sum() * before.outward**-power
    np.testing.assert_allclose(taste * (found.price * found.outward) ** power, made, rtol=1e-8)


def test_held_shares_leave_the_books_open_and_say_so():
    one = economy()
    held, moving = (counterfactual(one, freer(one), shares) for shares in ("held", "moving"))
    assert held.status == "solved"
    assert held.imbalance > 1e-3
    assert np.abs(held.price / moving.price - 1).max() > 1e-3
    np.testing.assert_allclose(held.price * held.outward, baseline(one).outward, rtol=1e-9)


@pytest.mark.parametrize("shares", ["moving", "held"])
def test_a_common_factor_on_freeness_moves_levels_and_no_change(shares):
    one = economy()
    found = check_scale(one, freer(one), shares, (1e-6, 1.0, 1e6))
    assert found.status == "solved"
    assert found.difference < 1e-8
    np.testing.assert_allclose(found.outward / found.outward[1], np.array([1e-6, 1, 1e6]) ** (1 / (1 - one.sigma)))


def test_another_reference_moves_levels_by_one_factor():
    one = economy()
    after = freer(one)
    first, second = (counterfactual(replace(one, reference=place), after, "moving") for place in (0, 3))
    for name in ("trade", "price", "inward"):
        ratio = getattr(second, name) / getattr(first, name)
        np.testing.assert_allclose(ratio, ratio.flat[0], rtol=1e-8)
    base = [baseline(replace(one, reference=place)).welfare for place in (0, 3)]
    np.testing.assert_allclose(first.welfare / base[0], second.welfare / base[1], rtol=1e-8)


@given(st.permutations(range(5)))
@settings(max_examples=20, deadline=None)
def test_the_order_of_countries_does_not_matter(order):
    one = economy()
    place = np.array(order)
    turned = Economy(
        one.freeness[np.ix_(place, place)], one.output[place], one.expenditure[place], one.sigma, order.index(2)
    )
    plain = counterfactual(one, freer(one), "moving")
    other = counterfactual(turned, freer(one)[np.ix_(place, place)], "moving")
    for name in RESULTS:
        wanted = getattr(plain, name)
        wanted = wanted[np.ix_(place, place)] if wanted.ndim == 2 else wanted[place]
        np.testing.assert_allclose(getattr(other, name), wanted, rtol=1e-8, err_msg=name)


def test_freer_trade_of_twins_helps_both_by_what_the_formula_says():
    twins = Economy(np.array([[1.0, 0.2], [0.2, 1.0]]), np.ones(2), np.ones(2), 5.0, 0)
    before, after = baseline(twins), counterfactual(twins, np.array([[1.0, 0.4], [0.4, 1.0]]), "moving")
    # Arkolakis, Costinot and Rodriguez-Clare (2012): the share of what is bought at home, to the power 1 / (1 - sigma).
    home = np.diag(after.trade / after.expenditure) / np.diag(before.trade / before.expenditure)
    np.testing.assert_allclose(home, 1.2 / 1.4)
    np.testing.assert_allclose(after.welfare / before.welfare, home ** (1 / (1 - 5.0)))


def test_what_is_not_solved_says_so_and_holds_no_number(monkeypatch):
    monkeypatch.setattr(gravity, "STEPS", 1)
    one = economy()
    found = counterfactual(one, freer(one), "moving")
    assert found.status == "not solved"
    assert found.residual > gravity.TOLERANCE
    assert all(np.isnan(getattr(found, name)).all() for name in RESULTS)
    checked = check_scale(one, freer(one), "moving", (1.0, 10.0))
    assert checked.status == "not solved"
    assert np.isnan(checked.difference)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"sigma": 1.0}, "not above one"),
        ({"reference": 5}, "no country 5"),
        ({"reference": -1}, "no country -1"),
        ({"output": np.array([1.0, 2, 0, 4, 5])}, "output is not above zero"),
        ({"expenditure": np.array([1.0, 2, np.nan, 4, 5])}, "expenditure is not above zero"),
        ({"expenditure": np.ones(4)}, "expenditure has shape"),
        ({"freeness": np.ones((5, 4))}, "freeness has shape"),
    ],
)
def test_an_economy_that_is_none_is_refused(change, what):
    assert what in refused(baseline, replace(economy(), **change))


def test_a_question_that_is_none_is_refused():
    one = economy()
    assert "freeness after is not above zero" in refused(counterfactual, one, one.freeness * 0, "moving")
    assert "unknown" in refused(counterfactual, one, one.freeness, "still")
    assert "at least two" in refused(check_scale, one, one.freeness, "moving", (1.0,))
