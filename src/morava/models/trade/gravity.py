"""Structural gravity of one sector: its estimate by pseudo-maximum likelihood, and its general equilibrium.

A check and a second opinion on what changes of trade costs do; equations and limits in `docs/models/gravity.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from morava.errors import MoravaError, Problem, Problems

Array = npt.NDArray[np.float64]
Status = Literal["solved", "not solved"]
Shares = Literal["moving", "held"]

STEPS = 100
"""Most steps of either solver."""
LEAST_STEP = 1e-9
"""The estimate has converged when no linear predictor moves by more."""
TOLERANCE = 1e-10
"""An equilibrium is solved when no equation is off by more than this part of itself."""
RANK = 1e-8
"""A regressor of which less than this part is left beside the effects and the regressors before it has no estimate."""
SHORTEST = 2.0**-30
"""A step that must be cut to less than this part of itself leads nowhere."""


@dataclass(frozen=True)
class PoissonFit:
    """An estimated gravity equation.

    `coefficients` [regressor and constant], of the logarithm of the flow; the constant, last, is the mean of the
    effects of exporters and importers, weighted with fitted flows. `covariance` [regressor and constant, regressor and
    constant] is robust to any variance of single flows. `fitted` [exporter, importer], in the unit of the flows.
    """

    coefficients: Array
    covariance: Array
    fitted: Array
    steps: int


@dataclass(frozen=True)
class Economy:
    """What an equilibrium starts from.

    `freeness` [exporter, importer], 1: trade costs to the power `1 - sigma`, up to a common factor; the larger, the
    more trade. `output` [country] and `expenditure` [country] in one unit of money. `sigma`: elasticity of
    substitution. `reference`: the place of the country whose inward resistance is one, before and after.
    """

    freeness: Array
    output: Array
    expenditure: Array
    sigma: float
    reference: int


@dataclass(frozen=True)
class Equilibrium:
    """An answer, with what it is worth; not a number in every place where it is not solved.

    `residual` is by what part the worst equation is off; `imbalance` by what part the worst sum of trade is off from
    output (scaled to the world's expenditure) or from expenditure. `price` [country] is that of the factory gate, one
    before the change; `inward` and `outward` resistance [country]; `trade` [exporter, importer], `output` and
    `expenditure` [country] in the unit of the economy; `welfare` [country] is expenditure over inward resistance.
    """

    status: Status
    residual: float
    imbalance: float
    price: Array
    inward: Array
    outward: Array
    output: Array
    expenditure: Array
    trade: Array
    welfare: Array


@dataclass(frozen=True)
class ScaleCheck:
    """What a common factor on freeness does: `outward` resistance of the reference follows it, changes must not.

    `difference` is the largest gap between two factors in the change of any result, as a part of one; not a number
    where an equilibrium is not solved.
    """

    status: Status
    outward: Array
    difference: float


def fit_poisson(flow: Array, regressors: Array) -> PoissonFit:
    """Estimate a gravity equation with effects of exporters and importers by Poisson pseudo-maximum likelihood.

    Parameters
    ----------
    flow
        [exporter, importer], any unit: not below zero.
    regressors
        [regressor, exporter, importer], any unit.

    Raises
    ------
    MoravaError
        Input that is not finite or does not fit together, a country without any flow, a regressor that the effects
        and others explain, an estimate that does not converge (as where it is infinite).

    Source
    ------
    Santos Silva and Tenreyro (2006), The Log of Gravity; Correia, Guimaraes and Zylkin (2020), Fast Poisson
    estimation with high-dimensional fixed effects: iteratively reweighted least squares on what the effects leave.

    Examples
    --------
    >>> fit = fit_poisson(np.array([[8.0, 1.0], [2.0, 4.0]]), 1 - np.eye(2)[None])
    >>> bool(np.isclose(fit.coefficients[0], -np.log(8 * 4 / (1 * 2)) / 2))
    True
    """
    _check_flows(flow, regressors)
    weight = (flow + flow.mean()) / 2
    predictor, moved = np.log(weight), np.inf
    count = len(regressors)
    for step in range(1, STEPS + 1):
        working = predictor + flow / weight - 1
        try:
            left = _without_effects(np.concatenate([regressors, working[None]]), weight)
            found = _least_squares(left, weight)
        except np.linalg.LinAlgError:
            break
        following = working - left[count] + np.tensordot(found, left[:count], 1)
        moved = float(np.abs(following - predictor).max())
        with np.errstate(over="ignore"):
            predictor, weight = following, np.exp(following)
        if not (np.isfinite(weight).all() and weight.min() > 0):
            break
        if moved <= LEAST_STEP:
            return _as_fit(flow, regressors, found, weight, step)
    raise MoravaError(
        Problem(
            f"the estimate does not converge: the last step moved a predictor by {moved:.3g}",
            "gravity, fit_poisson",
            "look for flows of zero that a regressor or a country predicts with certainty, and leave them out",
        )
    )


def _check_flows(flow: Array, regressors: Array) -> None:
    found, where = Problems(), "gravity, fit_poisson"
    if flow.ndim != 2 or regressors.shape[1:] != flow.shape or regressors.ndim != 3:
        found.add(f"shapes {flow.shape} and {regressors.shape} do not fit", where, "give one [exporter, importer] each")
        found.raise_if_any()
    if not (np.isfinite(flow).all() and np.isfinite(regressors).all()):
        found.add("a flow or a regressor is not finite", where, "leave the country out or find the number")
    if (flow < 0).any():
        found.add("a flow is below zero", where, "correct it")
    found.raise_if_any()
    for side, sums in (("exporter", flow.sum(axis=1)), ("importer", flow.sum(axis=0))):
        for place in np.flatnonzero(sums == 0):
            found.add(f"{side} {place} has no flow: its effect is infinite", where, "leave it out")
    left = _without_effects(regressors, np.ones(flow.shape)).reshape(len(regressors), -1)
    size = np.linalg.norm(regressors.reshape(len(regressors), -1), axis=1)
    kept = np.abs(np.diag(np.linalg.qr((left / np.where(size > 0, size, 1.0)[:, None]).T, mode="r")))
    for place in np.flatnonzero(np.append(kept, np.zeros(len(regressors) - len(kept))) < RANK):
        found.add(f"regressor {place} is explained by the effects and the regressors before it", where, "leave it out")
    found.raise_if_any()


def _without_effects(values: Array, weight: Array) -> Array:
    """Return what is left of values, [value, exporter, importer], after weighted effects of exporters and importers."""
    sent, received = weight.sum(axis=1), weight.sum(axis=0)
    by_exporter, by_importer = (weight * values).sum(axis=2), (weight * values).sum(axis=1)
    # The last importer has no effect of its own, or the two sets of effects would not be determined.
    system = (np.diag(received) - weight.T @ (weight / sent[:, None]))[:-1, :-1]
    right = (by_importer - (by_exporter / sent) @ weight)[:, :-1]
    importer = np.zeros((len(values), len(received)))
    importer[:, :-1] = np.linalg.solve(system, right.T).T
    exporter = (by_exporter - importer @ weight.T) / sent
    return np.asarray(values - exporter[:, :, None] - importer[:, None, :])


def _least_squares(left: Array, weight: Array) -> Array:
    """Return the coefficients of all but the last value in the last one."""
    flat = left.reshape(len(left), -1)
    moments = (flat * weight.ravel()) @ flat.T
    return np.asarray(np.linalg.solve(moments[:-1, :-1], moments[:-1, -1]))


def _as_fit(flow: Array, regressors: Array, slopes: Array, fitted: Array, steps: int) -> PoissonFit:
    share = fitted / fitted.sum()
    means = (regressors * share).sum(axis=(1, 2))
    constant = float((np.log(fitted) * share).sum() - slopes @ means)
    around = _without_effects(regressors, fitted) + means[:, None, None]
    design = np.concatenate([around, np.ones((1, *flow.shape))]).reshape(len(regressors) + 1, -1)
    bread = np.linalg.inv((design * fitted.ravel()) @ design.T)
    middle = (design * np.square(flow - fitted).ravel()) @ design.T
    covariance = bread @ middle @ bread * (flow.size / (flow.size - 1))
    return PoissonFit(np.append(slopes, constant), covariance, fitted, steps)


def baseline(economy: Economy) -> Equilibrium:
    """Return multilateral resistances, modelled trade and welfare of an economy as it is.

    Raises
    ------
    MoravaError
        An economy that is not one: shapes, numbers that are not above zero, no elasticity above one.

    Source
    ------
    Anderson and van Wincoop (2003), Gravity with Gravitas.

    Examples
    --------
    >>> twins = Economy(np.array([[1.0, 0.5], [0.5, 1.0]]), np.ones(2), np.ones(2), sigma=5.0, reference=0)
    >>> (baseline(twins).outward ** 4).round(6).tolist()
    [1.333333, 1.333333]
    """
    _check_economy(economy, economy.freeness)
    solved, residual, inward, outward = _resistances(economy, economy.freeness)
    return _as_equilibrium(solved, residual, economy, economy.freeness, np.ones(len(economy.output)), inward, outward)


def counterfactual(economy: Economy, freeness: Array, shares: Shares) -> Equilibrium:
    """Return the equilibrium with another freeness of trade.

    Parameters
    ----------
    economy
        As it is before.
    freeness
        [exporter, importer], 1: as of the economy, after the change.
    shares
        "moving": countries' shares in output and expenditure follow prices, and every book balances. "held":
        resistances and prices see the shares of before, which is a first step towards it; `imbalance` says how far
        the sums of trade then are from output and expenditure.

    Raises
    ------
    MoravaError
        As `baseline`, and for an unknown word for shares.

    Source
    ------
    Yotov, Piermartini, Monteiro and Larch (2016), An Advanced Guide to Trade Policy Analysis; Larch and Yotov (2016).
    """
    _check_economy(economy, freeness)
    if shares not in ("moving", "held"):
        raise MoravaError(Problem(f"shares {shares!r} are unknown", "gravity, counterfactual", "use moving or held"))
    before = _resistances(economy, economy.freeness)
    solve = _with_shares_moving if shares == "moving" else _with_shares_held
    solved, residual, price, inward, outward = solve(economy, freeness, before[3])
    return _as_equilibrium(before[0] and solved, max(before[1], residual), economy, freeness, price, inward, outward)


def check_scale(economy: Economy, freeness: Array, shares: Shares, factors: Sequence[float]) -> ScaleCheck:
    """Solve before and after with freeness times each factor, and say how far the changes of results depend on it.

    Parameters
    ----------
    factors
        1: above zero, at least two.
    """
    if len(factors) < 2:
        raise MoravaError(Problem("one factor compares nothing", "gravity, check_scale", "give at least two"))
    outward, changes, solved = [], [], True
    for factor in factors:
        scaled = replace(economy, freeness=economy.freeness * factor)
        before, after = baseline(scaled), counterfactual(scaled, freeness * factor, shares)
        solved = solved and "not solved" not in (before.status, after.status)
        outward.append(before.outward[economy.reference])
        changes.append(_changes(before, after))
    spread = float(np.ptp(np.array(changes), axis=0).max())
    return ScaleCheck("solved" if solved else "not solved", np.array(outward), spread)


def _changes(before: Equilibrium, after: Equilibrium) -> Array:
    names = [field.name for field in fields(Equilibrium) if isinstance(getattr(before, field.name), np.ndarray)]
    return np.concatenate([np.ravel(getattr(after, name) / getattr(before, name)) for name in names])


def _check_economy(economy: Economy, freeness: Array) -> None:
    found, where, count = Problems(), "gravity, economy", len(economy.output)
    given = {"freeness": economy.freeness, "output": economy.output, "expenditure": economy.expenditure}
    for name, values in {**given, "freeness after": freeness}.items():
        shape = (count, count) if name.startswith("freeness") else (count,)
        if values.shape != shape:
            found.add(f"{name} has shape {values.shape}, not {shape}", where, "one row and one column a country")
        if not (np.isfinite(values).all() and (values > 0).all()):
            found.add(f"{name} is not above zero everywhere", where, "leave the country out or find the number")
    if not (np.isfinite(economy.sigma) and economy.sigma > 1):
        found.add(f"an elasticity of {economy.sigma} is not above one", where, "give one above one")
    if not 0 <= economy.reference < count:
        found.add(f"there is no country {economy.reference}", where, f"give a place from 0 to {count - 1}")
    found.raise_if_any()


def _resistances(economy: Economy, freeness: Array) -> tuple[bool, float, Array, Array]:
    """Return whether solved, the residual, and inward and outward resistance; that of the reference inward is one."""
    made, spent = economy.output / economy.output.sum(), economy.expenditure / economy.expenditure.sum()
    count, power = len(made), economy.sigma - 1

    def equations(logs: Array) -> tuple[Array, Array]:
        outward, inward = np.exp(logs[:count]), np.exp(logs[count:])
        trade = (made * outward)[:, None] * freeness * (spent * inward)
        sent, received = trade.sum(axis=1) / made, trade.sum(axis=0) / spent
        slopes = np.block([[np.diag(sent), trade / made[:, None]], [(trade / spent).T, np.diag(received)]])
        return np.concatenate([sent, received]) - 1, slopes

    first = -np.log(made @ freeness)
    start = np.concatenate([np.full(count, first[economy.reference]), first - first[economy.reference]])
    solved, residual, logs = _newton(equations, start, count + economy.reference)
    return solved, residual, np.exp(logs[count:] / power), np.exp(logs[:count] / power)


def _newton(equations: Callable[[Array], tuple[Array, Array]], point: Array, fixed: int) -> tuple[bool, float, Array]:
    """Return whether all equations are met, by how much the worst is off, and where.

    `equations` give residuals and their slopes. The unknown that is `fixed` stands still, with its own equation, which
    follows from the others. Steps are cut until the residual shrinks.
    """
    free = np.delete(np.arange(len(point)), fixed)
    values, slopes = equations(point)
    for _ in range(STEPS):
        if np.abs(values).max() <= TOLERANCE:
            break
        step, part = np.zeros(len(point)), 1.0
        try:
            step[free] = np.linalg.solve(slopes[np.ix_(free, free)], values[free])
        except np.linalg.LinAlgError:
            break
        while part >= SHORTEST:
            with np.errstate(over="ignore", invalid="ignore"):
                tried = equations(point - part * step)
            if np.isfinite(tried[1]).all() and np.linalg.norm(tried[0]) < np.linalg.norm(values):
                break
            part /= 2
        else:
            break
        point, (values, slopes) = point - part * step, tried
    worst = float(np.abs(values).max())
    return worst <= TOLERANCE, worst, point


Solved = tuple[bool, float, Array, Array, Array]


def _with_shares_held(economy: Economy, freeness: Array, outward_before: Array) -> Solved:
    solved, residual, inward, outward = _resistances(economy, freeness)
    return solved, residual, outward_before / outward, inward, outward


def _with_shares_moving(economy: Economy, freeness: Array, outward_before: Array) -> Solved:
    """Find the prices at which what each country makes is what all together spend on it, in shares of the world."""
    power, count = 1 - economy.sigma, len(economy.output)
    taste = economy.output / economy.output.sum() * outward_before ** (-power)

    def at(logs: Array) -> tuple[Array, Array, Array]:
        """Return shares in output and expenditure, and supply of each exporter in the price index of each importer."""
        made, spent = economy.output * np.exp(logs), economy.expenditure * np.exp(logs)
        return made / made.sum(), spent / spent.sum(), (taste * np.exp(power * logs))[:, None] * freeness

    def equations(logs: Array) -> tuple[Array, Array]:
        made, spent, supply = at(logs)
        choice = supply / supply.sum(axis=0)
        sold = choice @ spent
        slopes = power * (np.diag(sold) - (choice * spent) @ choice.T) + choice * spent - np.outer(sold, spent)
        slopes = slopes / made[:, None] - (sold / made)[:, None] * (np.eye(count) - made)
        return sold / made - 1, slopes

    solved, residual, logs = _newton(equations, np.zeros(count), economy.reference)
    made, _, supply = at(logs)
    inward = supply.sum(axis=0) ** (1 / power)
    # Prices have no level of their own: that of the reference importer's basket is one.
    level = inward[economy.reference]
    outward = (taste * np.exp(power * (logs - np.log(level))) / made) ** (-1 / power)
    return solved, residual, np.exp(logs) / level, inward / level, outward


def _as_equilibrium(
    solved: bool, residual: float, economy: Economy, freeness: Array, price: Array, inward: Array, outward: Array
) -> Equilibrium:
    if not solved:
        price, inward, outward = (np.full(price.shape, np.nan) for _ in range(3))
    output, expenditure, power = economy.output * price, economy.expenditure * price, economy.sigma - 1
    share = output / output.sum()
    trade = (share * outward**power)[:, None] * freeness * (expenditure * inward**power)
    sent, received = trade.sum(axis=1) / expenditure.sum() / share, trade.sum(axis=0) / expenditure
    imbalance = float(np.abs(np.concatenate([sent, received]) - 1).max())
    status: Status = "solved" if solved else "not solved"
    return Equilibrium(
        status, residual, imbalance, price, inward, outward, output, expenditure, trade, expenditure / inward
    )
