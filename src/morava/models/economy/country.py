"""What a run says of the economy, as plain arrays with `future` first: accounts, behaviour and stocks of the base."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.models.batches import Array, total
from morava.models.economy.accounts import Accounts, read_accounts
from morava.models.economy.calibrate import Conditions, Economy, base_conditions, calibrate
from morava.models.economy.dynamics import Dynamics
from morava.models.economy.options import Closure, Structure
from morava.models.inputs import Inputs

WHERE = "input of economy"
FIXED = (
    "social_accounts", "account_role", "sector_world", "energy_good", "computing_sector", "world_year", "wage_year",
    "closure_budget", "closure_main", "initiative_capital_sector", "lender_foreign", "raw_material_share",
    "raw_material_full_by", "wage_curve_elasticity",
)  # fmt: skip
"""Inputs that are the same in every future: they say who is who."""
CLOSURES = {
    "savings": Closure("savings", "saving", "consumer price"),
    "tax": Closure("tax", "saving", "consumer price"),
    "borrowing": Closure("borrowing", "saving", "consumer price"),
}
"""Closures by what closes the budget: foreign saving is given in all, and the exchange rate adjusts."""
NOWHERE, EVERYWHERE = "none", "infrastructure"
"""Where an initiative builds no capital, and where it builds capital that serves all sectors."""


@dataclass(frozen=True)
class Country:
    """The economy of the base year in every future, and who is who in it.

    `world` [sector] are places of the sectors among those of the world table, `elasticity` [future, sector] the trade
    elasticities of the sectors, `donor_used` [future, donor]. `fuel`, `electricity` and `computing` are places of
    sectors; there is no fuel where it is below zero.
    """

    accounts: Accounts
    economy: Economy
    base: Conditions
    dynamics: Dynamics
    world_sectors: tuple[str, ...]
    world: tuple[int, ...]
    elasticity: Array
    donor_used: Array
    fuel: int
    electricity: int
    computing: int
    closures: dict[str, Closure]
    main: str
    count: int

    @property
    def sectors(self) -> tuple[str, ...]:
        """Return the names of the sectors."""
        return self.economy.sectors


def read_country(inputs: Inputs) -> Country:
    """Return the economy of every future.

    Raises
    ------
    MoravaError
        Labels that do not agree, accounts that do not balance, closures that nobody knows.
    """
    _check_fixed(inputs)
    count = len(inputs.futures)
    labels = inputs.labels("social_accounts", "receiver")
    donors = inputs.labels("social_accounts", "donor")
    table = inputs.ordered("social_accounts", {"donor": donors, "receiver": labels, "payer": labels})[0]
    told = inputs.labels("account_role", "receiver")
    roles = dict(zip(told, inputs.words("account_role", "receiver", told), strict=True))
    by_donor = read_accounts(table, labels, roles, "social accounts of the pack")
    chosen, donor_used = pick(inputs.array("economy_donor_draw"), len(donors), count)
    accounts = _of_futures(by_donor, chosen)
    world_sectors, world = _world(inputs, accounts.sectors)
    theta = _elasticities(inputs, world_sectors, count)[:, list(world)]
    economy = calibrate(accounts, _structure(inputs, theta), "social accounts of the pack")
    base = base_conditions(accounts, economy, _foreign_share(inputs, accounts))
    goods = dict(zip(inputs.labels("energy_good", "item"), _words(inputs, "energy_good", "item"), strict=True))
    place = {name: _place(goods.get(name, ""), accounts.sectors) for name in ("fuel", "electricity")}
    closures, main = _closures(inputs)
    return Country(
        accounts=accounts,
        economy=economy,
        base=base,
        dynamics=_dynamics(inputs, accounts, count),
        world_sectors=world_sectors,
        world=world,
        elasticity=theta,
        donor_used=donor_used,
        fuel=place["fuel"],
        electricity=place["electricity"],
        computing=_place(inputs.text("computing_sector"), accounts.sectors),
        closures=closures,
        main=main,
        count=count,
    )


def pick(draw: Array, offered: int, count: int) -> tuple[np.ndarray, Array]:
    """Return which of what is offered a draw picks in each future, and that as ones [future, offered]."""
    number = np.minimum((draw * offered).astype(np.intp), offered - 1)
    number = np.broadcast_to(number, (count,))
    return number, np.eye(offered)[number]


def of_base(inputs: Inputs, name: str, count: int) -> Array:
    """Return an input without dimensions as [future], one entry for each."""
    return np.array(np.broadcast_to(inputs.array(name), (count,)))


def _check_fixed(inputs: Inputs) -> None:
    problems = Problems()
    for name in FIXED:
        if "future" in inputs.given(name).dims:
            problems.add(f"{name} varies between futures", WHERE, "let no uncertainty move it: it is the same in all")
    problems.raise_if_any()


def _words(inputs: Inputs, name: str, dim: str) -> tuple[str, ...]:
    return inputs.words(name, dim, inputs.labels(name, dim))


def _place(name: str, sectors: tuple[str, ...]) -> int:
    """Return the place of a sector; minus one where none is named."""
    if not name:
        return -1
    if name not in sectors:
        raise MoravaError(Problem(f"{name} is no sector of the accounts", WHERE, nearest(name, sectors)))
    return sectors.index(name)


def _of_futures(accounts: Accounts, chosen: np.ndarray) -> Accounts:
    parts: dict[str, Any] = {
        name: np.ascontiguousarray(value[chosen]) if isinstance(value, np.ndarray) else value
        for name, value in vars(accounts).items()
    }
    return Accounts(**parts)


def _world(inputs: Inputs, sectors: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    known, told = inputs.labels("trade_elasticity", "sector"), inputs.labels("sector_world", "sector")
    problems = Problems()
    for sector in sectors:
        if sector not in told:
            problems.add(f"no sector of the world table is named for {sector}", WHERE, "add a fact of sector_world")
    problems.raise_if_any()
    names = inputs.words("sector_world", "sector", sectors)
    for sector, name in zip(sectors, names, strict=True):
        if name not in known:
            problems.add(
                f"{sector} belongs to {name}, which is no sector of the world table", WHERE, nearest(name, known)
            )
    problems.raise_if_any()
    return known, tuple(known.index(name) for name in names)


def _elasticities(inputs: Inputs, sectors: tuple[str, ...], count: int) -> Array:
    """Return the trade elasticities that the trade model uses in the same future, [future, sector]."""
    sets = inputs.labels("trade_elasticity", "elasticity_set")
    table = inputs.ordered("trade_elasticity", {"elasticity_set": sets, "sector": sectors})
    chosen, _ = pick(inputs.array("trade_elasticity_draw"), len(sets), count)
    rows = np.arange(count) if len(table) > 1 else np.zeros(count, dtype=np.intp)
    return np.asarray(table[rows, chosen], dtype=np.float64)


def _structure(inputs: Inputs, theta: Array) -> Structure:
    count, sectors = theta.shape
    ones = np.ones((count, sectors))
    return Structure(
        armington=theta + 1,
        exports="demand",
        export_elasticity=theta + 1,
        value_added_elasticity=ones * of_base(inputs, "value_added_elasticity", count)[:, None],
        energy=_words(inputs, "energy_good", "item"),
        energy_elasticity=ones * of_base(inputs, "energy_elasticity", count)[:, None],
        capital="fixed",
        subsistence=ones * of_base(inputs, "subsistence_share", count)[:, None],
        investment_elasticity=0.0,
        government="real",
        labour="wage curve",
        unemployment=of_base(inputs, "unemployment_initial", count),
        curve=inputs.number("wage_curve_elasticity"),
    )


def _foreign_share(inputs: Inputs, accounts: Accounts) -> Array:
    """Return the part of capital that foreigners own: all weights by one factor, none above one, to their profits."""
    weight = inputs.ordered("foreign_ownership", {"sector": accounts.sectors})
    income, owed = accounts.capital, accounts.profit_abroad
    weight = np.array(np.broadcast_to(weight, income.shape))
    full = np.zeros_like(weight, dtype=np.bool_)
    share = np.zeros_like(income)
    for _ in range(income.shape[1]):
        rest = owed - total(np.where(full, income, 0.0), 1)
        open_weight = total(np.where(full, 0.0, weight * income), 1)
        factor = np.divide(rest, open_weight, out=np.zeros_like(rest), where=open_weight > 0)
        share = np.where(full, 1.0, weight * factor[:, None])
        full = full | (share > 1)
        share = np.minimum(share, 1.0)
    if not (np.abs(total(share * income, 1) - owed) <= 1e-9 * np.maximum(owed, 1.0)).all():
        raise MoravaError(
            Problem(
                "foreign owners earn more than the capital of the sectors that they may own",
                f"{WHERE}, foreign_ownership",
                "let more sectors have foreign owners, or mend the profits abroad of the accounts",
            )
        )
    return share


def _dynamics(inputs: Inputs, accounts: Accounts, count: int) -> Dynamics:
    """Return how stocks move. Productivity that catches up is told by year, and is not in it."""
    whole, shared = of_base(inputs, "capital_stock_initial", count), of_base(inputs, "infrastructure_share", count)
    income = accounts.capital
    zeros = np.zeros((count, len(accounts.sectors)))
    debt = of_base(inputs, "debt_social_accounts", count) * accounts.product
    abroad = of_base(inputs, "debt_foreign_share", count)
    if not ((debt * abroad > 0) | (accounts.interest_abroad == 0)).all():
        raise MoravaError(
            Problem("interest is paid abroad and nothing is owed there", WHERE, "give debt_foreign_share above zero")
        )
    return Dynamics(
        stock=(whole * (1 - shared))[:, None] * income / total(income, 1)[:, None],
        depreciation=zeros + of_base(inputs, "capital_depreciation", count)[:, None],
        return_elasticity=of_base(inputs, "investment_return_elasticity", count),
        public_efficiency=of_base(inputs, "public_investment_efficiency", count),
        gap=zeros,
        catch_up=zeros,
        spillover=zeros + of_base(inputs, "spillover_elasticity", count)[:, None],
        infrastructure=whole * shared,
        infrastructure_depreciation=of_base(inputs, "infrastructure_depreciation", count),
        infrastructure_elasticity=of_base(inputs, "infrastructure_elasticity", count),
        home_debt=debt * (1 - abroad),
        foreign_debt=debt * abroad,
        home_interest=of_base(inputs, "public_interest_home", count),
        foreign_interest=np.divide(
            accounts.interest_abroad, debt * abroad, out=np.zeros(count), where=debt * abroad > 0
        ),
        foreign_borrowing=abroad,
        foreign_inflation=of_base(inputs, "foreign_inflation", count),
    )


def _closures(inputs: Inputs) -> tuple[dict[str, Closure], str]:
    """Return the closures by name, the main one first, and its name."""
    labels = inputs.labels("closure_budget", "closure")
    words = inputs.words("closure_budget", "closure", labels)
    main = inputs.text("closure_main")
    problems = Problems()
    for label, word in zip(labels, words, strict=True):
        if word not in CLOSURES:
            problems.add(f"{word} closes no budget", f"closure {label}", nearest(word, CLOSURES))
    if main not in labels:
        problems.add(f"the main closure {main} is none", "closure_main", nearest(main, labels))
    problems.raise_if_any()
    order = [main, *(label for label in labels if label != main)]
    known = dict(zip(labels, words, strict=True))
    return {name: CLOSURES[known[name]] for name in order}, main
