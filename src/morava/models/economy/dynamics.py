"""What carries an economy from one year to the next: capital, who owns it, productivity and public debt."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from morava.errors import Problems
from morava.models.batches import Array, total
from morava.models.economy.calibrate import Conditions, Economy
from morava.models.economy.equilibrium import Equilibrium

GROWING = (
    "government_demand", "export_demand", "labour", "population", "transfers", "government_balance", "investment",
    "public_project", "remittances", "grants", "interest_abroad", "foreign_saving", "project_import",
)  # fmt: skip
"""Conditions that grow with the economy where all grows at one rate."""


@dataclass(frozen=True)
class Dynamics:
    """How stocks move; [future, sector] or [future], of length one over futures where it is the same in all.

    `stock` and `depreciation` [future, sector]: capital of the base year, in units of the investment composite, and the
    part of it that is gone a year later. `return_elasticity` [future]: how strongly private investment goes where
    rents are high. `public_efficiency` [future]: capital from a unit of public investment. `import_content` [future,
    sector]: part of foreign investment that is bought straight abroad.

    Productivity: `gap` (log of the frontier over the own, in the base year), `catch_up` (part of the gap that is
    closed in a year) and `spillover` (log productivity of a supplier from what part of its output goes to foreign-owned
    users) [future, sector]; `infrastructure` (public capital of the base year), `infrastructure_depreciation` and
    `infrastructure_elasticity` [future].

    Debt: `home_debt` in baskets of consumption, `foreign_debt` in foreign money, their interest rates, and
    `foreign_borrowing`, the part of new debt that is in foreign money [future].
    """

    stock: Array
    depreciation: Array
    return_elasticity: Array
    public_efficiency: Array
    import_content: Array
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


@dataclass(frozen=True)
class Programme:
    """What is invested by decision in every year, beside what follows from saving.

    `public` and `commissioned` [future, year, sector], units of the investment composite: what the state spends on
    capital of sectors, and what of it is finished in that year and works from the next on. `infrastructure` and
    `infrastructure_commissioned` [future, year]: the same for public capital that serves all. `foreign` [future, year,
    sector], foreign money: investment of foreigners, which works from the next year on. `frontier` [future, year,
    sector]: log of the frontier's productivity relative to the base year. `guarantees` [future, year], baskets of
    consumption: guarantees of the state that are called.
    """

    public: Array
    commissioned: Array
    infrastructure: Array
    infrastructure_commissioned: Array
    foreign: Array
    frontier: Array
    guarantees: Array


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
    of_sector, of_all = np.zeros((1, years, sectors)), np.zeros((1, years))
    return Programme(of_sector, of_sector, of_all, of_all, of_sector, of_sector, of_all)


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


def conditions_of(
    economy: Economy, given: Conditions, state: State, dynamics: Dynamics, programme: Programme, year: int
) -> Conditions:
    """Return the conditions of a year with its stocks, its programme and the interest on its debt."""
    foreign = programme.foreign[:, year]
    goods = economy.investment_share / economy.tax_before
    spent = total(programme.public[:, year], 1) + programme.infrastructure[:, year]
    return replace(
        given,
        capital=given.capital * state.stock / dynamics.stock,
        productivity=given.productivity * np.exp(state.log_productivity),
        foreign_share=state.foreign_stock / state.stock,
        public_project=given.public_project + spent[:, None] * goods,
        project_import=given.project_import + total(foreign * dynamics.import_content, 1),
        foreign_saving=given.foreign_saving + total(foreign, 1),
        transfers=given.transfers + dynamics.home_interest * state.home_debt,
        interest_abroad=given.interest_abroad + dynamics.foreign_interest * state.foreign_debt,
    )


@dataclass(frozen=True)
class Investment:
    """What is added to capital in a year, units of the investment composite.

    `private` and `foreign` [future, sector]; `feasible` [future] says whether foreigners spend no more at home than
    is invested in all.
    """

    private: Array
    foreign: Array
    feasible: npt.NDArray[np.bool_]


def invest(dynamics: Dynamics, programme: Programme, year: int, found: Equilibrium) -> Investment:
    """Return what private people and foreigners invest: private investment goes where rents are high."""
    price = found.investment_price[:, None]
    spent = programme.foreign[:, year] * (1 - dynamics.import_content) * found.exchange_rate[:, None] / price
    bought = programme.foreign[:, year] * dynamics.import_content
    private = found.investment_value / found.investment_price - total(spent, 1)
    drawn = found.rent ** dynamics.return_elasticity[:, None] * found.capital
    return Investment(
        private=private[:, None] * drawn / total(drawn, 1)[:, None], foreign=spent + bought, feasible=private >= 0
    )


def advance(
    economy: Economy,
    years: tuple[Conditions, Conditions],
    state: State,
    dynamics: Dynamics,
    programme: Programme,
    year: int,
    found: Equilibrium,
    invested: Investment,
) -> State:
    """Return the stocks of the next year; `years` are the conditions of this one and of the next."""
    efficiency = dynamics.public_efficiency
    stock = (1 - dynamics.depreciation) * state.stock + invested.private + invested.foreign
    stock = stock + efficiency[:, None] * programme.commissioned[:, year]
    foreign_stock = (1 - dynamics.depreciation) * state.foreign_stock + invested.foreign
    works = (1 - dynamics.infrastructure_depreciation) * state.infrastructure
    works = works + efficiency * programme.infrastructure_commissioned[:, year]
    gained = _gained(economy, years, state, dynamics, programme, year, foreign_stock / stock)
    served = works / np.where(state.infrastructure > 0, state.infrastructure, 1.0)
    # What public capital gives is crowded by those who use it, so that growth of all at one rate adds nothing.
    served = served / (years[1].labour / years[0].labour)
    gained = (
        gained
        + np.where(dynamics.infrastructure_elasticity > 0, dynamics.infrastructure_elasticity * np.log(served), 0.0)[
            :, None
        ]
    )
    deficit = -balance_of(economy, years[0], state, dynamics, programme, year, found)
    new = deficit + programme.guarantees[:, year] * found.consumer_price
    abroad = dynamics.foreign_borrowing
    return State(
        stock=stock,
        foreign_stock=foreign_stock,
        log_productivity=state.log_productivity + gained,
        infrastructure=works,
        home_debt=state.home_debt + (1 - abroad) * new / found.consumer_price,
        foreign_debt=state.foreign_debt + abroad * new / found.exchange_rate,
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


def balance_of(
    economy: Economy,
    given: Conditions,
    state: State,
    dynamics: Dynamics,
    programme: Programme,
    year: int,
    found: Equilibrium,
) -> Array:
    """Return what the government saves less what it invests, home money, [future]: what is below zero is borrowed."""
    project = conditions_of(economy, given, state, dynamics, programme, year).public_project
    return found.government_saving - total(project * found.user_price * economy.tax_before, 1)


def check_dynamics(economy: Economy, dynamics: Dynamics, programme: Programme, years: int, problems: Problems) -> None:
    """Note what no path can have."""
    where, sectors = "path of the economy", len(economy.sectors)
    if economy.structure.capital != "fixed":
        problems.add("capital is mobile between sectors", where, "on a path it is fixed where it was installed")
    for record, axes in ((dynamics, ()), (programme, (years,))):
        for name, array in vars(record).items():
            shape = (*axes, sectors) if name in OF_SECTOR else axes
            if array.shape[1:] != shape:
                problems.add(f"{name} has the shape {array.shape}", where, f"give [future, {shape}]")
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


OF_SECTOR = (
    "stock", "depreciation", "import_content", "gap", "catch_up", "spillover", "public", "commissioned", "foreign",
    "frontier",
)  # fmt: skip
SIGNED = ("gap", "spillover", "frontier", "home_debt", "foreign_debt", "home_interest", "foreign_interest")
SHARES = (
    "depreciation",
    "public_efficiency",
    "import_content",
    "infrastructure_depreciation",
    "foreign_borrowing",
    "catch_up",
)
