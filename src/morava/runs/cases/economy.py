"""Cases E1, E4, E11 and E12: the standard model of Hosoe, Gasawa and Hashimoto, its variants, its path, and Solow.

Three things turn a right program into one that misses the printed utility of the standard model:

1. Output counts before the tax on production; goods in use count intermediate and final use.
2. The duty is part of the price that decides between imported and home goods, one plus the duty times the price.
3. The government and the households save fixed shares, and the government spends what is left by fixed shares of money.
   Wages are the numeraire.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from morava.errors import MoravaError, Problem
from morava.models.batches import Array
from morava.models.economy.accounts import Accounts, read_accounts
from morava.models.economy.calibrate import Conditions, Economy, base_conditions, calibrate
from morava.models.economy.dynamics import Dynamics, grown, no_programme
from morava.models.economy.equilibrium import Equilibrium
from morava.models.economy.options import Closure, Structure
from morava.models.economy.recursive import Path, solve_path
from morava.models.economy.static import solve
from morava.runs.cases.readings import Reading

Inputs = Mapping[str, Any]
WHERE = "standard model"


def standard(inputs: Inputs, capital: str = "mobile") -> tuple[Accounts, Economy, Conditions]:
    """Return the standard model of the accounts of a case: Cobb and Douglas's but for trade."""
    labels = list(inputs["roles"])
    table = np.zeros((len(labels), len(labels)))
    for row, cells in inputs["accounts"].items():
        for column, value in cells.items():
            table[labels.index(row), labels.index(column)] = value
    accounts = read_accounts(table, labels, inputs["roles"], WHERE)
    structure = plain_structure(len(accounts.sectors), inputs["elasticity"], capital)
    structure = replace(structure, **{name: _field(value, structure, name) for name, value in _variant(inputs).items()})
    economy = calibrate(accounts, structure, WHERE)
    return accounts, economy, base_conditions(accounts, economy)


def _variant(inputs: Inputs) -> Mapping[str, Any]:
    variant: Mapping[str, Any] = inputs.get("variant", {})
    return variant


def _field(value: Any, structure: Structure, name: str) -> Any:
    """Return an option as the structure wants it: numbers as arrays, the same in all sectors."""
    before = vars(structure)[name]
    return np.full_like(before, value) if isinstance(before, np.ndarray) else value


def plain_structure(sectors: int, elasticity: float, capital: str) -> Structure:
    """Return the structure of the standard model, with capital `mobile` or `fixed`."""
    same = np.full((1, sectors), float(elasticity))
    return Structure(
        armington=same,
        exports="transformation",
        export_elasticity=same,
        value_added_elasticity=np.ones((1, sectors)),
        energy=(),
        energy_elasticity=np.zeros((1, sectors)),
        capital="mobile" if capital == "mobile" else "fixed",
        subsistence=np.zeros((1, sectors)),
        investment_elasticity=1.0,
        government="share",
        labour="full",
        unemployment=np.zeros(1),
        curve=0.1,
    )


def _solved(inputs: Inputs, run: str) -> tuple[Economy, Equilibrium]:
    _, economy, given = standard(inputs)
    if run == "without duties":
        given = replace(given, import_duty=np.zeros_like(given.import_duty))
    found = solve(economy, given, Closure("savings", "saving", "wage"))
    if not found.converged.all():
        raise MoravaError(Problem("the equilibrium was not found", WHERE, "compare the accounts with their source"))
    return economy, found


def _utility(economy: Economy, found: Equilibrium) -> float:
    return float(np.prod(found.household[0] ** economy.budget_share[0]))


def utility(inputs: Inputs, label: str) -> Reading:
    """Return utility: `base` or `without duties`."""
    return Reading(_utility(*_solved(inputs, label)))


def equivalent_variation(inputs: Inputs) -> Reading:
    """Return what households would have to be given at base prices to be as well off as without duties."""
    economy, base = _solved(inputs, "base")
    after = _utility(*_solved(inputs, "without duties"))
    spent = float(base.household_spending[0])
    return Reading(spent * (after / _utility(economy, base) - 1))


def without_duties(inputs: Inputs, label: str) -> Reading:
    """Return a price or quantity without duties: `exchange_rate`, or a field and a sector, as in `exports BRD`."""
    economy, found = _solved(inputs, "without duties")
    field, *sector = label.split()
    values: Array = vars(found)[field]
    return Reading(float(values[0, economy.sectors.index(sector[0])] if sector else values[0]))


def path_value(inputs: Inputs, label: str) -> Reading:
    """Return a value of a path with capital fixed in each sector: field, sector (or `all`) and year, from zero."""
    field, sector, year = label.split()
    accounts, economy, given = standard(inputs, "fixed")
    growth, sectors = 1 + inputs["growth"], len(accounts.sectors)
    years = [
        replace(
            given,
            labour=given.labour * growth**number,
            import_duty=given.import_duty * (number < inputs["free_from"]),
        )
        for number in range(int(inputs["years"]))
    ]
    dynamics = replace(
        plain_dynamics(accounts.capital / inputs["gross_return"], inputs["depreciation"]),
        return_elasticity=np.array([float(inputs["return_elasticity"])]),
    )
    path = solve_path(economy, years, dynamics, no_programme(len(years), sectors), Closure("savings", "saving", "wage"))
    if not path.converged.all():
        raise MoravaError(Problem("the path was not found", WHERE, "compare the accounts with their source"))
    values: Array = path.stock if field == "stock" else vars(path.equilibrium)[field]
    place = () if sector == "all" else (economy.sectors.index(sector),)
    return Reading(float(values[(0, int(year), *place)]))


def plain_dynamics(stock: Array, depreciation: float) -> Dynamics:
    """Return dynamics of capital [1, sector] alone: no programme, no debt, no productivity of its own."""
    none, nothing = np.zeros_like(stock), np.zeros(1)
    return Dynamics(
        stock=stock,
        depreciation=np.full_like(stock, depreciation),
        return_elasticity=nothing,
        public_efficiency=nothing,
        gap=none,
        catch_up=none,
        spillover=none,
        infrastructure=nothing,
        infrastructure_depreciation=nothing,
        infrastructure_elasticity=nothing,
        home_debt=nothing,
        foreign_debt=nothing,
        home_interest=nothing,
        foreign_interest=nothing,
        foreign_borrowing=nothing,
        foreign_inflation=nothing,
    )


def solow(inputs: Inputs) -> Path:
    """Return the path of a closed economy with one good and capital, labour that grows, and a fixed share saved."""
    share, saving, start = inputs["capital_share"], inputs["saving"], inputs["start"]
    made = start**share
    labels = ["good", "labour", "capital", "household", "investment"]
    table = np.zeros((5, 5))
    table[0, 3:] = (1 - saving) * made, saving * made
    table[1:3, 0] = (1 - share) * made, share * made
    table[3, 1:3], table[4, 3] = table[1:3, 0], saving * made
    roles = {"good": "sector"} | {label: label for label in labels[1:]}
    accounts = read_accounts(table, labels, roles, "Solow's economy")
    structure = replace(plain_structure(1, 1.0, "fixed"), government="real")
    economy = calibrate(accounts, structure, "Solow's economy")
    given = base_conditions(accounts, economy)
    growth = 1 + inputs["growth"]
    years = [grown(given, np.array([growth**year])) for year in range(inputs["years"])]
    dynamics = plain_dynamics(np.array([[start]]), inputs["depreciation"])
    path = solve_path(economy, years, dynamics, no_programme(len(years), 1), Closure("savings", "rate", "wage"))
    if not path.converged.all():
        raise MoravaError(Problem("the path was not found", "Solow's economy", "compare the inputs with their source"))
    return path


def steady_state(inputs: Inputs, label: str) -> Reading:
    """Return `capital` or `output` per unit of effective labour in the last year of a long path."""
    path, last = solow(inputs), inputs["years"] - 1
    values = {"capital": path.stock[0, last, 0], "output": path.equilibrium.output[0, last, 0]}
    return Reading(float(values[label] / (1 + inputs["growth"]) ** last))


def convergence(inputs: Inputs) -> Reading:
    """Return the speed at which capital nears its steady state, a year.

    Years are steps here: a distance is (1 - speed / (1 + growth)) of that of the year before.
    """
    path, growth = solow(inputs), 1 + inputs["growth"]
    steady = (inputs["saving"] / (growth - 1 + inputs["depreciation"])) ** (1 / (1 - inputs["capital_share"]))
    effective = path.stock[0, :, 0] / growth ** np.arange(path.stock.shape[1])
    kept = (effective[-1] - steady) / (effective[-2] - steady)
    return Reading(float((1 - kept) * growth))
