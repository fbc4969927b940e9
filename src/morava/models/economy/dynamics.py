"""What carries an economy from one year to the next: capital, who owns it, productivity and public debt."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from morava.errors import Problems
from morava.models.batches import Array, total
from morava.models.economy.calibrate import Conditions, Economy
from morava.models.economy.equilibrium import Equilibrium

GROWING = (
    "government_demand", "export_demand", "labour", "population", "transfers", "government_balance", "investment",
    "public_project", "foreign_project", "remittances", "grants", "interest_abroad", "foreign_saving", "project_import",
    "public_import",
)  # fmt: skip
"""Conditions that grow with the economy where all grows at one rate."""
ROUNDING = 1e-12


@dataclass(frozen=True)
class Dynamics:
    """How stocks move; [future, sector] or [future], of length one over futures where it is the same in all.

    `stock` and `depreciation` [future, sector]: capital of the base year, in units of the investment composite, and the
    part of it that is gone a year later. `return_elasticity` [future]: how strongly private investment goes where
    rents are high. `public_efficiency` [future]: capital from a unit of public investment.

    Productivity: `gap` (log of the frontier over the own, in the base year), `catch_up` (part of the gap that is
    closed in a year) and `spillover` (log productivity of a supplier from what part of its output goes to foreign-owned
    users) [future, sector]; `infrastructure` (public capital of the base year), `infrastructure_depreciation` and
    `infrastructure_elasticity` [future].

    Debt: `home_debt` in baskets of consumption, `foreign_debt` in foreign money, their interest rates, and
    `foreign_borrowing`, the part of new debt that is in foreign money [future]. `foreign_inflation` [future] is what
    debt abroad loses of its worth in a year where interest on it is nominal; zero where interest is real.
    """

    stock: Array
    depreciation: Array
    return_elasticity: Array
    public_efficiency: Array
    gap: Array
    catch_up: Array
    spillover: Array
    infrastructure: Array
    infrastructure_depreciation: Array
    infrastructure_elasticity: Array
    home_debt: Array
    foreign_debt: Array
    home_interest: Array
    foreign_interest: Array
    foreign_borrowing: Array
    foreign_inflation: Array


@dataclass(frozen=True)
class Programme:
    """What is invested by decision in every year, beside what follows from saving.

    All amounts but guarantees are real: a list of goods, counted at prices of the base year. What is spent on it moves
    with prices of the year in which it is bought; what is installed is the list, so that a price that moves between
    spending and completion changes what capital costs and not how much of it there is. Goods bought at home are units
    of the investment composite, those bought straight abroad foreign money of constant purchasing power; one unit of
    either is one of capital. Spending and completion are given apart: `after_gestation` makes one of the other.

    [future, year, sector]: `public` is what the state buys at home for capital of sectors, `public_import` what it buys
    straight abroad, free of duty, `commissioned` what of both is finished in the year and works from the next on.
    `foreign` is what foreigners spend with money from abroad, of which `foreign_import` is bought straight abroad;
    `foreign_commissioned` what they finish: it is theirs. `directed` is private investment at home that the plan
    places, `directed_commissioned` what of it is finished; private people place the rest where rents are high.
    `infrastructure`, `infrastructure_import` and `infrastructure_commissioned` [future, year] are the state's, for
    public capital that serves all.

    `closed` [future, year, sector] is the part of a sector's capital that belongs to plants that stand still in the
    year: where it rises, that part of the capital of the time is gone for good. It never falls. `frontier` [future,
    year, sector]: log of the frontier's productivity relative to the base year. `guarantees` [future, year], baskets of
    consumption: guarantees of the state that are called.
    """

    public: Array
    public_import: Array
    commissioned: Array
    infrastructure: Array
    infrastructure_import: Array
    infrastructure_commissioned: Array
    foreign: Array
    foreign_import: Array
    foreign_commissioned: Array
    directed: Array
    directed_commissioned: Array
    frontier: Array
    guarantees: Array
    closed: Array


@dataclass(frozen=True)
class State:
    """Stocks at the beginning of a year; [future, sector] or [future]."""

    stock: Array
    foreign_stock: Array
    log_productivity: Array
    """What productivity gained beside that of the conditions of a year."""
    infrastructure: Array
    home_debt: Array
    foreign_debt: Array


def no_programme(years: int, sectors: int) -> Programme:
    """Return the programme in which nothing is decided."""
    of_all = ("infrastructure", "infrastructure_import", "infrastructure_commissioned", "guarantees")
    shape = (1, years, sectors)
    return Programme(**{one.name: np.zeros(shape[:2] if one.name in of_all else shape) for one in fields(Programme)})


def after_gestation(spent: Array, lag: npt.NDArray[np.int64], before: Array | None = None) -> Array:
    """Return what is finished in each year: what was spent `lag` years ago.

    Parameters
    ----------
    spent
        [future, year, sector]
    lag
        [future, sector], years from spending to the end of the works: with zero they end in the year itself.
    before
        Spending in the years before the first, [future, year, sector], the last being the year before; nothing where
        none is given.

    Returns
    -------
    [future, year, sector]

    Examples
    --------
    >>> spent = np.array([[[5.0], [7.0], [0.0]]])
    >>> after_gestation(spent, np.array([[1]]))[0, :, 0].tolist()
    [0.0, 5.0, 7.0]
    """
    earlier = np.zeros((1, 0, spent.shape[2])) if before is None else before
    count = max(len(spent), len(earlier), len(lag))
    held = np.concatenate([_repeated(earlier, count), _repeated(spent, count)], axis=1)
    finished = np.zeros((count, *spent.shape[1:]))
    lags, first = _repeated(lag, count), earlier.shape[1]
    for year in range(spent.shape[1]):
        place = first + year - lags
        taken = np.take_along_axis(held, np.maximum(place, 0)[:, None, :], axis=1)[:, 0]
        finished[:, year] = np.where(place >= 0, taken, 0.0)
    return finished


def _repeated(array: npt.NDArray[np.generic], count: int) -> npt.NDArray[np.generic]:
    return np.broadcast_to(array, (count, *array.shape[1:])) if len(array) == 1 else array


def grown(given: Conditions, factor: Array) -> Conditions:
    """Return conditions in which all that has a size is larger by a factor [future]; prices and rates are as before."""
    parts = {name: vars(given)[name] for name in GROWING}
    return replace(
        given, **{name: array * (factor[:, None] if array.ndim == 2 else factor) for name, array in parts.items()}
    )


def without_interest(given: Conditions, dynamics: Dynamics) -> Conditions:
    """Return conditions without the interest on debt that accounts hold in transfers: the path adds it."""
    return replace(
        given,
        transfers=given.transfers - dynamics.home_interest * dynamics.home_debt,
        interest_abroad=given.interest_abroad - dynamics.foreign_interest * dynamics.foreign_debt,
    )


def first_state(economy: Economy, dynamics: Dynamics, foreign_share: Array, count: int) -> State:
    """Return the stocks of the base year, [count, ...]."""
    sectors = len(economy.sectors)
    stock = np.array(np.broadcast_to(dynamics.stock, (count, sectors)))
    one = np.ones(count)
    return State(
        stock=stock,
        foreign_stock=stock * foreign_share,
        log_productivity=np.zeros((count, sectors)),
        infrastructure=one * dynamics.infrastructure,
        home_debt=one * dynamics.home_debt,
        foreign_debt=one * dynamics.foreign_debt,
    )


def standing(programme: Programme, year: int) -> Array:
    """Return the part of capital that is left where plants close at the beginning of a year, [future, sector]."""
    before = programme.closed[:, year - 1] if year else 0.0
    left: Array = (1 - programme.closed[:, year]) / (1 - before)
    return left


def without_closed(state: State, programme: Programme, year: int) -> State:
    """Return the stocks of a year without plants that close at its beginning, of home and foreign owners alike."""
    left = standing(programme, year)
    return replace(state, stock=state.stock * left, foreign_stock=state.foreign_stock * left)


def conditions_of(
    economy: Economy, given: Conditions, state: State, dynamics: Dynamics, programme: Programme, year: int
) -> Conditions:
    """Return the conditions of a year with its stocks, its programme and the interest on its debt."""
    abroad = total(programme.foreign_import[:, year], 1)
    at_home = total(programme.foreign[:, year] - programme.foreign_import[:, year], 1)
    spent = total(programme.public[:, year], 1) + programme.infrastructure[:, year]
    bought = total(programme.public_import[:, year], 1) + programme.infrastructure_import[:, year]
    return replace(
        given,
        capital=given.capital * state.stock / dynamics.stock,
        productivity=given.productivity * np.exp(state.log_productivity),
        foreign_share=state.foreign_stock / state.stock,
        public_project=given.public_project + spent[:, None] * economy.investment_goods,
        public_import=given.public_import + bought,
        project_import=given.project_import + abroad,
        foreign_saving=given.foreign_saving + abroad,
        foreign_project=given.foreign_project + at_home,
        transfers=given.transfers + dynamics.home_interest * state.home_debt,
        interest_abroad=given.interest_abroad + dynamics.foreign_interest * state.foreign_debt,
    )


@dataclass(frozen=True)
class Investment:
    """What is added to capital in a year, units of the investment composite.

    `private` and `foreign` [future, sector]: what private people and foreigners finish; `left` [future] is what is
    invested at home beyond what foreigners and the plan place, which cannot be below zero.
    """

    private: Array
    foreign: Array
    left: Array


def invest(dynamics: Dynamics, programme: Programme, year: int, found: Equilibrium) -> Investment:
    """Return what private people and foreigners finish: what the plan does not place goes where rents are high."""
    placed = programme.foreign[:, year] - programme.foreign_import[:, year] + programme.directed[:, year]
    left = found.investment_value / found.investment_price - total(placed, 1)
    drawn = found.rent ** dynamics.return_elasticity[:, None] * found.capital
    return Investment(
        private=left[:, None] * drawn / total(drawn, 1)[:, None] + programme.directed_commissioned[:, year],
        foreign=programme.foreign_commissioned[:, year] * np.ones_like(drawn),
        left=left,
    )


def advance(
    economy: Economy,
    years: tuple[Conditions, Conditions],
    crowd: Array,
    state: State,
    dynamics: Dynamics,
    programme: Programme,
    year: int,
    found: Equilibrium,
    invested: Investment,
    balance: Array,
) -> State:
    """Return the stocks of the next year.

    Parameters
    ----------
    years
        The conditions given for this year and for the next.
    crowd
        [future], 1: by how much those whom public capital serves are more in the next year.
    balance
        [future], home money: what the government saves less what it invests.
    """
    efficiency = dynamics.public_efficiency
    stock = (1 - dynamics.depreciation) * state.stock + invested.private + invested.foreign
    stock = stock + efficiency[:, None] * programme.commissioned[:, year]
    foreign_stock = (1 - dynamics.depreciation) * state.foreign_stock + invested.foreign
    works = (1 - dynamics.infrastructure_depreciation) * state.infrastructure
    works = works + efficiency * programme.infrastructure_commissioned[:, year]
    # What public capital gives is crowded by those who use it, so that growth of all at one rate adds nothing.
    served = works / np.where(state.infrastructure > 0, state.infrastructure, 1.0) / crowd
    elasticity = dynamics.infrastructure_elasticity
    gained = _gained(economy, years, state, dynamics, programme, year, foreign_stock / stock)
    gained = gained + np.where(elasticity > 0, elasticity * np.log(served), 0.0)[:, None]
    new = programme.guarantees[:, year] * found.consumer_price - balance
    abroad = dynamics.foreign_borrowing
    return State(
        stock=stock,
        foreign_stock=foreign_stock,
        log_productivity=state.log_productivity + gained,
        infrastructure=works,
        home_debt=state.home_debt + (1 - abroad) * new / found.consumer_price,
        foreign_debt=(state.foreign_debt + abroad * new / found.exchange_rate) / (1 + dynamics.foreign_inflation),
    )


def _gained(
    economy: Economy,
    years: tuple[Conditions, Conditions],
    state: State,
    dynamics: Dynamics,
    programme: Programme,
    year: int,
    foreign_share: Array,
) -> Array:
    """Return what log productivity gains by catching up and from foreign-owned users, [future, sector]."""
    own = np.log(years[0].productivity) + state.log_productivity
    gap = dynamics.gap + programme.frontier[:, year] - own
    bought = economy.inputs * economy.home_share[:, :, None] / economy.sold[:, :, None]
    change = foreign_share - state.foreign_stock / state.stock
    presence = np.matmul(np.broadcast_to(bought, (len(change), *bought.shape[1:])), change[..., None])[..., 0]
    gained: Array = dynamics.catch_up * gap + dynamics.spillover * presence
    return gained


def balance_of(given: Conditions, found: Equilibrium) -> Array:
    """Return what the government saves less what it invests, home money, [future]: what is below zero is borrowed.

    Parameters
    ----------
    given
        Conditions of the year with its stocks and its programme: those of conditions_of().
    """
    return found.government_saving - found.project_value - found.exchange_rate * given.public_import


def check_dynamics(economy: Economy, dynamics: Dynamics, programme: Programme, years: int, problems: Problems) -> None:
    """Note what no path can have."""
    where, sectors = "path of the economy", len(economy.sectors)
    if economy.structure.capital != "fixed":
        problems.add("capital is mobile between sectors", where, "on a path it is fixed where it was installed")
    sound = True
    for record, axes in ((dynamics, ()), (programme, (years,))):
        for name, array in vars(record).items():
            shape = (*axes, sectors) if name in OF_SECTOR else axes
            if array.shape[1:] != shape:
                problems.add(f"{name} has the shape {array.shape}", where, f"give [future, {shape}]")
                sound = False
            elif not np.isfinite(array).all():
                problems.add(f"{name} has a hole", where, "give every cell a number")
            elif name not in SIGNED and not (array >= 0).all():
                problems.add(f"{name} is below zero", where, "give zero or more")
            elif name in SHARES and not (array <= 1).all():
                problems.add(f"{name} is above one", where, "a share is zero to one")
    if not (dynamics.stock > 0).all():
        problems.add("a sector has no capital in the base year", where, "give its stock in units of investment")
    if not ((dynamics.infrastructure > 0) | (dynamics.infrastructure_elasticity == 0)).all():
        problems.add("there is no infrastructure to grow from", where, "give its stock, or an elasticity of zero")
    if sound:
        _check_plants(programme, where, problems)


def _check_plants(programme: Programme, where: str, problems: Problems) -> None:
    if not (programme.closed < 1).all():
        problems.add("all capital of a sector is closed", where, "leave some: a sector without capital has no price")
    if not (np.diff(programme.closed, axis=1) >= 0).all():
        problems.add("closed falls", where, "what has closed stays closed: give the part in every later year too")
    if not (programme.foreign_import <= programme.foreign * (1 + ROUNDING)).all():
        problems.add("foreign_import is more than foreign", where, "it is the part that is bought straight abroad")


OF_SECTOR = (
    "stock", "depreciation", "gap", "catch_up", "spillover", "public", "public_import", "commissioned", "foreign",
    "foreign_import", "foreign_commissioned", "directed", "directed_commissioned", "frontier", "closed",
)  # fmt: skip
SIGNED = ("gap", "spillover", "frontier", "home_debt", "foreign_debt", "home_interest", "foreign_interest")
SHARES = (
    "depreciation", "public_efficiency", "infrastructure_depreciation", "foreign_borrowing", "catch_up", "closed",
)  # fmt: skip
