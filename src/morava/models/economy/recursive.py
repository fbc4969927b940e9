"""The path of an economy: one equilibrium a year, and stocks that follow from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from morava.errors import MoravaError, Problem, Problems
from morava.models.batches import Array, spread, spread_all
from morava.models.economy.calibrate import Conditions, Economy, base_conditions, check_conditions
from morava.models.economy.dynamics import (
    Dynamics,
    Investment,
    Programme,
    State,
    advance,
    balance_of,
    check_dynamics,
    conditions_of,
    first_state,
    invest,
    standing,
    without_closed,
)
from morava.models.economy.equilibrium import Equilibrium
from morava.models.economy.following import following, no_surprise, surprise_of
from morava.models.economy.options import Closure
from morava.models.economy.static import (
    BATCH,
    TOLERANCE,
    Known,
    at_base,
    check_closure,
    one_length,
    solve_near,
    spread_economy,
)

WHERE = "path of the economy"
RENEWED = 3
"""Years after which Jacobians are worked out anew: they cost more than the steps that an old one adds."""


@dataclass(frozen=True)
class Path:
    """An economy year after year.

    `equilibrium` has arrays [future, year, ...]. Stocks have one year more, the last being the one after the path:
    `stock` and `foreign_stock` [future, year, sector], units of the investment composite, without plants that closed;
    `infrastructure`, `home_debt` (baskets of consumption), `foreign_debt` (foreign money) [future, year]; `standing`
    [future, year, sector], the part of the stock that was left when plants closed at the beginning of a year. `added`
    [future, year, sector] is what was installed in a year, from which vintages follow; `private` and `foreign` what of
    it private people and foreigners finished. `productivity` [future, year, sector] relative to the base year. Home
    money, [future, year]: `debt` at the beginning of the year, `balance` (of the government, after interest and
    projects), `interest`. `foreign_spent` [future, year] is what investment of foreigners cost, foreign money.

    `converged` [future, year] is false from the year on in which a future has no equilibrium; its stocks stand still
    from then, and its numbers are not to be used. `reason` says for each future which year that was and what failed; it
    is empty where all is well.
    """

    equilibrium: Equilibrium
    stock: Array
    foreign_stock: Array
    infrastructure: Array
    home_debt: Array
    foreign_debt: Array
    standing: Array
    added: Array
    private: Array
    foreign: Array
    productivity: Array
    debt: Array
    balance: Array
    interest: Array
    foreign_spent: Array
    converged: npt.NDArray[np.bool_]
    reason: tuple[str, ...]


def solve_path(
    economy: Economy,
    years: Sequence[Conditions],
    dynamics: Dynamics,
    programme: Programme,
    closure: Closure,
    served: Array | None = None,
    follows: bool = False,
) -> Path:
    """Return the path of every future.

    Parameters
    ----------
    economy
        The base year.
    years
        What is given for every year, the first being the base year. Capital, its owners, productivity beyond that
        given, projects and interest on debt are added to it; `without_interest` takes off what accounts hold of it.
        Investment of the programme that goes on in the base year is taken off `foreign_saving` (that of foreigners),
        `government_balance` and `investment` (that of the state).
    dynamics, programme
        How stocks move, and what is decided.
    closure
        Who adjusts, the same in all years. With borrowing `investment` of a year is what private people and
        foreigners buy at home.
    served
        [future, year], 1: size of those whom public capital serves; labour where none is given. Where productivity
        grows by itself, and public capital with output, trend output lets it add nothing by that alone.
    follows
        Whether public spending and the wage that people look for follow output as it was a year before: then `served`
        is output as conditions expect it, and these move with what was beyond.

    Raises
    ------
    MoravaError
        No year, capital that is mobile, parameters that no path can have, conditions that no equilibrium can have.
    """
    _check(economy, years, dynamics, programme, closure, served)
    if served is None:
        length = max(len(given.labour) for given in years)
        served = np.stack([given.labour * np.ones(length) for given in years], axis=1)
    count = one_length(WHERE, economy, economy.structure, dynamics, programme, *years, Known(years[0], served))
    base = base_conditions(economy.accounts, economy)
    rows: list[Path] = []
    for first in range(0, count, BATCH):
        some = np.arange(first, min(first + BATCH, count))
        known = at_base(economy, spread_all(base, some))
        rows.append(
            _batch(
                spread_economy(economy, some),
                [spread_all(given, some) for given in years],
                spread_all(dynamics, some),
                spread_all(programme, some),
                closure,
                follows,
                spread(served, some),
                Known(known.given, spread(known.unknown, some)),
            )
        )
    return rows[0] if len(rows) == 1 else _one_after_another(rows)


def _check(
    economy: Economy,
    years: Sequence[Conditions],
    dynamics: Dynamics,
    programme: Programme,
    closure: Closure,
    served: Array | None,
) -> None:
    problems = Problems()
    if not len(years):
        raise MoravaError(Problem("there is no year", WHERE, "give conditions for one year or more"))
    check_dynamics(economy, dynamics, programme, len(years), problems)
    check_closure(economy.structure, closure, problems)
    for given in years:
        with problems.collecting():
            check_conditions(given, economy)
    if served is not None and not (served.shape[1:] == (len(years),) and (served > 0).all()):
        problems.add(f"served has the shape {served.shape}, or no size", WHERE, "give [future, year], above zero")
    problems.raise_if_any()


def _batch(
    economy: Economy,
    years: Sequence[Conditions],
    dynamics: Dynamics,
    programme: Programme,
    closure: Closure,
    follows: bool,
    served: Array,
    known: Known,
) -> Path:
    """Return the path of some futures, for each of which all arrays have one entry."""
    count = len(served)
    state = first_state(economy, dynamics, years[0].foreign_share, count)
    well, reason = np.ones(count, dtype=np.bool_), [""] * count
    before: list[Array] = [known.unknown]
    inverse: Array | None = None
    rows: list[dict[str, Any]] = []
    surprise = no_surprise(count)
    for year, planned in enumerate(years):
        given = following(planned, surprise) if follows else planned
        state = without_closed(state, programme, year)
        conditions = conditions_of(economy, given, state, dynamics, programme, year)
        inverse = None if year % RENEWED == 0 else inverse
        found, inverse = solve_near(economy, conditions, closure, _ahead(before), inverse, known, well)
        invested = invest(dynamics, programme, year, found)
        _explain(reason, year, found, invested)
        well = well & found.converged & (invested.left >= 0)
        reached: Array = np.where(well[:, None], found.unknown, 0.0)
        before = [*before[-2:], reached] if year else [reached]
        known = Known(conditions, found.unknown)
        balance = balance_of(conditions, found)
        later = min(year + 1, len(years) - 1)
        crowd = served[:, later] / served[:, year]
        with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
            new = advance(
                economy, (given, years[later]), crowd, state, dynamics, programme, year, found, invested, balance
            )
        new = _held(state, new, well)
        first = rows[0]["found"] if rows else found
        grown, people = served[:, year] / served[:, 0], given.labour / years[0].labour
        with np.errstate(invalid="ignore", divide="ignore"):
            surprise = surprise_of(found, first, grown, people, well)
        rows.append(
            {
                **_money(dynamics, state, conditions, found),
                "found": found,
                "state": state,
                "standing": standing(programme, year),
                "private": invested.private,
                "foreign": invested.foreign,
                "added": new.stock - (1 - dynamics.depreciation) * state.stock,
                "productivity": conditions.productivity,
                "balance": balance,
                "converged": well,
            }
        )
        state = new
    return _path(rows, state, tuple(reason))


def _ahead(before: Sequence[Array]) -> Array:
    """Return where to start: where the last years are known the next is likely to go on as they did."""
    if len(before) == 1:
        return before[0]
    change = before[-1] - before[-2]
    ahead: Array = before[-1] + change
    return ahead if len(before) == 2 else ahead + (change - (before[-2] - before[-3]))


def _explain(reason: list[str], year: int, found: Equilibrium, invested: Investment) -> None:
    """Note for each future that was well until now what failed."""
    for future in np.flatnonzero(~found.converged | ~(invested.left >= 0)).tolist():
        if reason[future]:
            continue
        residual = float(found.residual[future])
        if not residual <= TOLERANCE:
            what = f"no equilibrium was found, the residual stays at {residual:.1e}"
        elif not found.converged[future]:
            what = "in equilibrium investment, employment, or consumption beyond subsistence would be below zero"
        else:
            what = "foreigners and the plan spend more at home than is invested"
        reason[future] = f"year {year} after the first: {what}"


def _money(dynamics: Dynamics, state: State, given: Conditions, found: Equilibrium) -> dict[str, Array]:
    """Return debt at the beginning of a year, interest on it, and what foreigners spent, [future]."""
    home, foreign = found.consumer_price * state.home_debt, found.exchange_rate * state.foreign_debt
    return {
        "debt": home + foreign,
        "interest": dynamics.home_interest * home + dynamics.foreign_interest * foreign,
        "foreign_spent": given.project_import + found.investment_price / found.exchange_rate * given.foreign_project,
    }


def vintages(path: Path, dynamics: Dynamics) -> Array:
    """Return capital at the beginning of each year by the year it was installed in.

    Returns
    -------
    [future, year, vintage, sector], units of the investment composite: the first vintage is what stood in the base
    year, the others what was added in each year. Their sum is the stock.
    """
    count, years, sectors = path.stock.shape
    kept = np.ones((count, sectors)) * (1 - dynamics.depreciation)
    answer = np.zeros((count, years, years, sectors))
    answer[:, 0, 0] = path.stock[:, 0]
    for year in range(1, years):
        answer[:, year] = answer[:, year - 1] * kept[:, None, :]
        answer[:, year, year] = path.added[:, year - 1]
        answer[:, year] *= path.standing[:, year, None, :]
    return answer


def _held(before: State, after: State, well: npt.NDArray[np.bool_]) -> State:
    """Return new stocks, and old ones where a future has failed."""
    return State(
        **{
            name: np.where(well[:, None] if array.ndim == 2 else well, array, vars(before)[name])
            for name, array in vars(after).items()
        }
    )


def _path(rows: Sequence[dict[str, Any]], last: State, reason: tuple[str, ...]) -> Path:
    found = {
        field.name: np.stack([vars(row["found"])[field.name] for row in rows], axis=1) for field in fields(Equilibrium)
    }
    states = [*(row["state"] for row in rows), last]
    stocks = {
        name: np.stack([vars(state)[name] for state in states], axis=1)
        for name in ("stock", "foreign_stock", "infrastructure", "home_debt", "foreign_debt")
    }
    flows = {name: np.stack([row[name] for row in rows], axis=1) for name in FLOWS}
    flows["standing"] = np.concatenate([flows["standing"], np.ones_like(flows["standing"][:, :1])], axis=1)
    return Path(equilibrium=Equilibrium(**found), **stocks, **flows, reason=reason)


def _one_after_another(parts: Sequence[Path]) -> Path:
    found = {
        field.name: np.concatenate([vars(part.equilibrium)[field.name] for part in parts])
        for field in fields(Equilibrium)
    }
    arrays: dict[str, Any] = {
        field.name: np.concatenate([vars(part)[field.name] for part in parts])
        for field in fields(Path)
        if field.name not in ("equilibrium", "reason")
    }
    reason = tuple(word for part in parts for word in part.reason)
    return Path(equilibrium=Equilibrium(**found), reason=reason, **arrays)


FLOWS = (
    "standing", "added", "private", "foreign", "productivity", "debt", "balance", "interest", "foreign_spent",
    "converged",
)  # fmt: skip
