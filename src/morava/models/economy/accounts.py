"""A social accounting matrix: who pays whom for what in one year, in named blocks, from a square table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.models.batches import Array, total

Labels = tuple[str, ...]

ROLES = (
    "sector", "labour", "capital", "production tax", "import duty", "commodity tax", "use tax", "direct tax",
    "household", "government", "investment", "abroad",
)  # fmt: skip
"""What an account can be. Several accounts may share a role; all but sectors are then added up.

Two kinds of accounts hold tax on goods. A `commodity tax` is told by what is taxed: its cell in the column of a sector
is the tax on that sector's goods, whoever uses them. A `use tax` is told by who pays: its cell in the column of a
sector, of households, of the government or of investment is the tax on all goods that these buy.
"""
NEEDED = ("sector", "labour", "capital", "household", "investment")
TOLERANCE = 1e-9
"""How far the row of an account may be from its column, as a part of the largest."""

_BLOCKS: Mapping[tuple[str, str], str] = {
    ("sector", "sector"): "intermediate",
    ("labour", "sector"): "labour",
    ("capital", "sector"): "capital",
    ("production tax", "sector"): "production_tax",
    ("import duty", "sector"): "import_duty",
    ("commodity tax", "sector"): "commodity_tax",
    ("use tax", "sector"): "input_tax",
    ("use tax", "household"): "household_tax",
    ("use tax", "government"): "government_tax",
    ("use tax", "investment"): "investment_tax",
    ("sector", "household"): "household",
    ("sector", "government"): "government",
    ("sector", "investment"): "investment",
    ("sector", "abroad"): "exports",
    ("abroad", "sector"): "imports",
    ("government", "household"): "direct_tax",
    ("direct tax", "household"): "direct_tax",
    ("household", "government"): "transfers",
    ("household", "abroad"): "remittances",
    ("government", "abroad"): "grants",
    ("abroad", "capital"): "profit_abroad",
    ("abroad", "government"): "interest_abroad",
    ("investment", "household"): "household_saving",
    ("investment", "government"): "government_saving",
    ("investment", "abroad"): "foreign_saving",
}
"""Block of (who receives, who pays)."""
_AGAINST: Mapping[tuple[str, str], str] = {("abroad", "investment"): "foreign_saving"}
"""Payments that are taken off a block: what investment pays abroad is lent there."""
_PASSING = (
    ("household", "labour"), ("household", "capital"), ("government", "production tax"), ("government", "import duty"),
    ("government", "commodity tax"), ("government", "use tax"), ("government", "direct tax"), ("abroad", "abroad"),
)  # fmt: skip
"""Payments that pass on what an account receives: they follow from its other cells.

What one account abroad pays another, such as profits that foreign owners take home, is no matter of the country.
"""
SIGNED = ("investment", "transfers", "remittances", "grants", "household_saving", "government_saving", "foreign_saving")
"""Blocks that may be below zero: stocks may fall, and flows that go both ways are net. Taxes may be subsidies."""
SUBSIDISED = (
    "production_tax", "commodity_tax", "direct_tax", "input_tax", "household_tax", "government_tax", "investment_tax",
)  # fmt: skip


@dataclass(frozen=True)
class Accounts:
    """A social accounting matrix in named blocks, in one unit of value.

    [future, sector]: `labour`, `capital` (payments to factors), `production_tax`, `import_duty`, `commodity_tax` (on
    all home use), `input_tax` (on all that a sector buys), `household`, `government`, `investment` (use, with the tax
    on the commodity and before that on the user), `exports`, `imports` (before duty). `intermediate` [future, input,
    sector], likewise. [future]: `household_tax`, `government_tax`, `investment_tax` (on all that these buy),
    `direct_tax`, `transfers` (of government to household), `remittances` and `grants` (from abroad to household and to
    government, net), `profit_abroad` (capital income of foreign owners, reinvested or not), `interest_abroad` (of
    government), `household_saving`, `government_saving`, `foreign_saving` (net of what is lent abroad).
    """

    sectors: Labels
    factors: Labels
    intermediate: Array
    labour: Array
    capital: Array
    production_tax: Array
    import_duty: Array
    commodity_tax: Array
    input_tax: Array
    household_tax: Array
    government_tax: Array
    investment_tax: Array
    household: Array
    government: Array
    investment: Array
    exports: Array
    imports: Array
    direct_tax: Array
    transfers: Array
    remittances: Array
    grants: Array
    profit_abroad: Array
    interest_abroad: Array
    household_saving: Array
    government_saving: Array
    foreign_saving: Array

    @property
    def product(self) -> Array:
        """Gross domestic product at market prices, [future]: value added and taxes on production and products."""
        parts = self.labour + self.capital + self.production_tax + self.import_duty + self.commodity_tax
        return total(parts + self.input_tax, 1) + self.household_tax + self.government_tax + self.investment_tax


def read_accounts(
    table: Array, labels: Sequence[str], roles: Mapping[str, str], where: str, tolerance: float = TOLERANCE
) -> Accounts:
    """Return the accounts of a square table.

    Parameters
    ----------
    table
        [account, account] or [future, account, account], any unit of value: a row receives from a column.
    labels
        Names of the accounts, in the order of the table.
    roles
        Role of every account, one of `ROLES`.
    where
        What the table is, for errors.
    tolerance
        How far the row of an account may be from its column, as a part of the largest of all.

    Raises
    ------
    MoravaError
        A table that is not square or has holes, an account without a role or a role that is unknown or missing, rows
        that are not as large as columns, negative cells where none may be, cells that have no place in the model: all
        at once.
    """
    array = np.asarray(table, dtype=np.float64)
    array = array[None] if array.ndim == 2 else array
    if array.ndim != 3 or array.shape[1:] != (len(labels), len(labels)):
        raise MoravaError(
            Problem(f"the table has the shape {np.shape(table)}", where, f"its {len(labels)} labels make it square")
        )
    problems = Problems()
    _check_roles(labels, roles, where, problems)
    if not np.isfinite(array).all():
        _, row, column = np.argwhere(~np.isfinite(array))[0].tolist()
        problems.add(f"no number in cell ({labels[row]}, {labels[column]})", where, "give zero where nothing is paid")
    else:
        _check_sums(array, labels, where, tolerance, problems)
    if not set(labels) - set(roles):
        _check_cells(array, labels, roles, where, problems)
    problems.raise_if_any()
    return _blocks(array, labels, roles)


def _check_roles(labels: Sequence[str], roles: Mapping[str, str], where: str, problems: Problems) -> None:
    for label in labels:
        if label not in roles:
            problems.add(f"account {label} has no role", where, f"give it one of {', '.join(ROLES)}")
        elif roles[label] not in ROLES:
            problems.add(f"role {roles[label]} of account {label} is unknown", where, nearest(roles[label], ROLES))
    for label in roles:
        if label not in labels:
            problems.add(f"there is a role for {label}, which is no account", where, nearest(label, labels))
    for label in sorted({label for label in labels if list(labels).count(label) > 1}):
        problems.add(f"account {label} stands twice", where, "names are unique")
    for role in NEEDED:
        if role not in roles.values():
            problems.add(f"no account is {role}", where, "an economy needs one; its cells may be zero")


def _check_sums(array: Array, labels: Sequence[str], where: str, tolerance: float, problems: Problems) -> None:
    received, paid = total(array, 2), total(array, 1)
    apart = np.abs(received - paid) / np.maximum(np.abs(received).max(axis=1, keepdims=True), 1e-300)
    for place in np.flatnonzero((apart > tolerance).any(axis=0)).tolist():
        future = int(apart[:, place].argmax())
        problems.add(
            f"account {labels[place]} receives {received[future, place]:.12g} and pays {paid[future, place]:.12g}",
            f"{where}, case {future}",
            f"balance the table: rows and columns agree to {tolerance:g} of the largest",
        )


def _check_cells(array: Array, labels: Sequence[str], roles: Mapping[str, str], where: str, problems: Problems) -> None:
    for row, column in np.argwhere((array != 0).any(axis=0)).tolist():
        pair, cell = (roles[labels[row]], roles[labels[column]]), f"({labels[row]}, {labels[column]})"
        values = array[:, row, column]
        if pair in _PASSING:
            continue
        name = _BLOCKS.get(pair, _AGAINST.get(pair))
        if name is None:
            if set(pair) <= set(ROLES):
                problems.add(
                    f"cell {cell} holds what {pair[1]} pays {pair[0]}, which the model does not know",
                    where,
                    "move it to another cell, or give the accounts other roles",
                )
        elif name not in (*SIGNED, *SUBSIDISED) and (values < 0).any():
            problems.add(f"cell {cell} is {values.min():.6g}", where, "a payment of this kind is zero or more")


def _blocks(array: Array, labels: Sequence[str], roles: Mapping[str, str]) -> Accounts:
    """Return the blocks of a table that passed the checks; accounts of one role are added up, sectors are not."""
    of_role: dict[str, npt.NDArray[np.intp]] = {
        role: np.flatnonzero([roles[label] == role for label in labels]) for role in ROLES
    }
    parts: dict[str, Array] = {}
    for (receiver, payer), name in (*_BLOCKS.items(), *_AGAINST.items()):
        block = array[:, of_role[receiver]][:, :, of_role[payer]]
        block = block if receiver == "sector" else total(block, 1)[:, None, :]
        block = block if payer == "sector" else total(block, 2)[:, :, None]
        if name != "intermediate":
            block = block.reshape(len(array), -1)
            block = block if "sector" in (receiver, payer) else block[:, 0]
        block = -block if (receiver, payer) in _AGAINST else block
        parts[name] = parts[name] + block if name in parts else np.ascontiguousarray(block)
    sectors = tuple(labels[place] for place in of_role["sector"])
    factors = tuple(labels[place] for place in (*of_role["labour"], *of_role["capital"]))
    return Accounts(sectors, factors, **parts)
