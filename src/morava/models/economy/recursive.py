"""The path of an economy: one equilibrium a year, and stocks that follow from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from morava.errors import MoravaError, Problem, Problems
from morava.models.batches import Array
from morava.models.economy.calibrate import Conditions, Economy
from morava.models.economy.dynamics import (
    Dynamics,
    Programme,
    State,
    advance,
    balance_of,
    check_dynamics,
    conditions_of,
    first_state,
    invest,
)
from morava.models.economy.equilibrium import Equilibrium
from morava.models.economy.options import Closure
from morava.models.economy.static import Known, check_closure, solve


@dataclass(frozen=True)
class Path:
    """An economy year after year.

    `equilibrium` has arrays [future, year, ...]. Stocks have one year more, the last being the one after the path:
    `stock` and `foreign_stock` [future, year, sector], units of the investment composite; `infrastructure`, `home_debt`
    (baskets of consumption), `foreign_debt` (foreign money) [future, year]. `added` [future, year, sector] is what was
    installed in a year, from which vintages follow; `private` and `foreign` what of it private people and foreigners
    installed. `productivity` [future, year, sector] relative to the base year. Home money, [future, year]: `debt` at
    the beginning of the year, `balance` (of the government, after interest and projects), `interest`. `converged`
    [future, year] is false from the year on in which a future has no equilibrium; its stocks stand still from then, and
    its numbers are not to be used.
    """

    equilibrium: Equilibrium
    stock: Array
    foreign_stock: Array
    infrastructure: Array
    home_debt: Array
    foreign_debt: Array
    added: Array
    private: Array
    foreign: Array
    productivity: Array
    debt: Array
    balance: Array
    interest: Array
    converged: npt.NDArray[np.bool_]


def solve_path(
    economy: Economy, years: Sequence[Conditions], dynamics: Dynamics, programme: Programme, closure: Closure
) -> Path:
    """Return the path of every future.

    Parameters
    ----------
    economy
        The base year.
    years
        What is given for every year, the first being the base year. Capital, its owners, productivity beyond that
        given, projects and interest on debt are added to it; `without_interest` takes off what accounts hold of it.
    dynamics, programme
        How stocks move, and what is decided.
    closure
        Who adjusts, the same in all years. With borrowing `investment` of a year is what private people and
        foreigners buy at home.

    Raises
    ------
    MoravaError
        No year, capital that is mobile, parameters that no path can have, conditions that no equilibrium can have.
    """
    problems = Problems()
    if not len(years):
        raise MoravaError(Problem("there is no year", "path of the economy", "give conditions for one year or more"))
    check_dynamics(economy, dynamics, programme, len(years), problems)
    check_closure(economy.structure, closure, problems)
    problems.raise_if_any()
    count = _count(economy, economy.structure, dynamics, programme, *years)
    dynamics = _spread(dynamics, count)
    state = first_state(economy, dynamics, years[0].foreign_share, count)
    well = np.ones(count, dtype=np.bool_)
    start: Array | None = None
    last: Array = np.zeros(())
    known: Known | None = None
    rows: list[dict[str, Any]] = []
    for year, given in enumerate(years):
        conditions = conditions_of(economy, given, state, dynamics, programme, year)
        found = _repeated(solve(economy, conditions, closure, start, known), count)
        invested = invest(dynamics, programme, year, found)
        well = well & found.converged & invested.feasible
        # Where two years are known the next is likely to go on as they did; a future has only its own to go by.
        reached: Array = np.where(well[:, None], found.unknown, 0.0)
        start, last = reached + (reached - last if year else 0.0) * well[:, None], reached
        known = Known(conditions, found.unknown)
        following = years[min(year + 1, len(years) - 1)]
        with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
            new = advance(economy, (given, following), state, dynamics, programme, year, found, invested)
        new = _held(state, new, well)
        rows.append(
            {
                **_money_of_debt(dynamics, state, found),
                "found": found,
                "state": state,
                "private": invested.private,
                "foreign": invested.foreign,
                "added": new.stock - (1 - dynamics.depreciation) * state.stock,
                "productivity": np.ones((count, 1)) * conditions.productivity,
                "balance": balance_of(economy, given, state, dynamics, programme, year, found),
                "converged": well,
            }
        )
        state = new
    return _path(rows, state)


def _money_of_debt(dynamics: Dynamics, state: State, found: Equilibrium) -> dict[str, Array]:
    """Return debt at the beginning of a year and interest on it, home money, [future]."""
    home, foreign = found.consumer_price * state.home_debt, found.exchange_rate * state.foreign_debt
    return {"debt": home + foreign, "interest": dynamics.home_interest * home + dynamics.foreign_interest * foreign}


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
    return answer


def _count(*records: object) -> int:
    lengths = {len(array) for record in records for array in vars(record).values() if isinstance(array, np.ndarray)} - {
        1
    }
    if len(lengths) > 1:
        raise MoravaError(
            Problem(
                f"futures of several lengths: {sorted(lengths)}", "path of the economy", "give one, or the same number"
            )
        )
    return lengths.pop() if lengths else 1


def _spread(dynamics: Dynamics, count: int) -> Dynamics:
    parts: Any = {
        name: np.array(np.broadcast_to(array, (count, *array.shape[1:]))) for name, array in vars(dynamics).items()
    }
    return replace(dynamics, **parts)


def _repeated(found: Equilibrium, count: int) -> Equilibrium:
    if len(found.wage) == count:
        return found
    return Equilibrium(**{name: np.repeat(array, count, axis=0) for name, array in vars(found).items()})


def _held(before: State, after: State, well: npt.NDArray[np.bool_]) -> State:
    """Return new stocks, and old ones where a future has failed."""
    return State(
        **{
            name: np.where(well[:, None] if array.ndim == 2 else well, array, vars(before)[name])
            for name, array in vars(after).items()
        }
    )


def _path(rows: Sequence[dict[str, Any]], last: State) -> Path:
    found = {
        field.name: np.stack([vars(row["found"])[field.name] for row in rows], axis=1) for field in fields(Equilibrium)
    }
    states = [*(row["state"] for row in rows), last]
    stocks = {
        name: np.stack([vars(state)[name] for state in states], axis=1)
        for name in ("stock", "foreign_stock", "infrastructure", "home_debt", "foreign_debt")
    }
    flows = {
        name: np.stack([row[name] for row in rows], axis=1)
        for name in ("added", "private", "foreign", "productivity", "debt", "balance", "interest", "converged")
    }
    return Path(equilibrium=Equilibrium(**found), **stocks, **flows)
