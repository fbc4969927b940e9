"""What each cell of the matrix rests on, how far the balance moved it, and the identities it keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from accounts_anchors import Anchor
from accounts_donors import SECTORS, USERS
from world_regions import GOODS, Array

Texts = npt.NDArray[np.str_]
MADE = slice(0, len(SECTORS))
FACTORS = ("labour", "capital", "production tax")
ANCHORED = {
    ("investment", "government"): "public saving", ("foreign", "government"): "interest abroad",
    ("household", "foreign"): "remittances", ("foreign profits", "capital"): "foreign profits",
    ("investment", "foreign profits"): "reinvested profits", ("foreign", "foreign profits"): "foreign profits",
    ("foreign", "investment"): "foreign assets",
}  # fmt: skip
"""Cells that are a total of their own."""


def words(
    table: Array,
    accounts: Sequence[str],
    total: Mapping[str, Anchor],
    traded: str = "world table",
    electricity: str = "published",
) -> Texts:
    """Return the word on every cell [receiver, payer].

    Parameters
    ----------
    traded, electricity
        What trade in goods, and in electricity, rests on.
    """
    place = {account: number for number, account in enumerate(accounts)}
    found = np.full(table.shape, "residual", dtype="<U12")
    found[MADE, MADE] = "pattern"
    found[[place[name] for name in (*FACTORS, "commodity tax")], MADE] = "pattern"
    found[place["import duty"], MADE] = "assumed"
    found[MADE, place["foreign"]] = found[place["foreign"], MADE] = "pattern"
    goods = slice(0, len(GOODS))
    found[goods, place["foreign"]] = found[place["foreign"], goods] = traded
    power = place["electricity"]
    found[power, place["foreign"]] = found[place["foreign"], power] = electricity
    for user in USERS:
        found[MADE, place[user]] = found[place["commodity tax"], place[user]] = "pattern"
    found[place["household"], place["labour"]] = total["labour share"].word
    found[place["government"], place["import duty"]] = "assumed"
    for (receiver, payer), name in ANCHORED.items():
        found[place[receiver], place[payer]] = total[name].word
    found[table == 0] = "empty"
    return found


def moved(first: Array, after: Array, accounts: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return by block its sum before and after, and the part of it that stands in other cells than before."""
    place = {account: number for number, account in enumerate(accounts)}
    rest = np.ones(first.shape, dtype=bool)
    blocks: dict[str, tuple[Any, Any]] = {
        "purchases of inputs": (MADE, MADE),
        **{name: ([place[name]], MADE) for name in FACTORS},
        "commodity tax": ([place["commodity tax"]], slice(None)),
        "import duty": ([place["import duty"]], MADE),
        **{f"purchases of {user}": (MADE, [place[user]]) for user in USERS},
        "exports": (MADE, [place["foreign"]]),
        "imports": ([place["foreign"]], MADE),
    }
    found = {}
    for name, (rows, columns) in blocks.items():
        here = np.zeros(first.shape, dtype=bool)
        here[rows, columns] = True
        rest &= ~here
        found[name] = change(first[here], after[here])
    return found | {"between institutions": change(first[rest], after[rest])}


def change(before: Array, after: Array) -> dict[str, float]:
    """Return both sums, and half the sum of the absolute changes in shares."""
    shares = before / before.sum(), after / after.sum()
    return {
        "before_musd": round(float(before.sum()), 1),
        "after_musd": round(float(after.sum()), 1),
        "moved_share": round(float(np.abs(shares[1] - shares[0]).sum() / 2), 4),
    }


def identities(table: Array, unrounded: Array, accounts: Sequence[str], total: Mapping[str, Anchor]) -> dict[str, Any]:
    """Return balance, GDP three ways, trade balance, labour share and the main sums."""
    place = {account: number for number, account in enumerate(accounts)}

    def cells(receiver: str, payer: str) -> float:
        rows = MADE if receiver == "sectors" else place[receiver]
        columns = MADE if payer == "sectors" else place[payer]
        return float(np.sum(table[rows, columns]))

    def used(user: str) -> float:
        return cells("sectors", user) + cells("commodity tax", user)

    labour, capital, taxed = (cells(factor, "sectors") for factor in FACTORS)
    added = labour + capital + taxed
    product_tax = float(table[place["commodity tax"]].sum()) + cells("import duty", "sectors")
    output = float(table[MADE].sum()) - cells("foreign", "sectors") - cells("import duty", "sectors")
    inputs = cells("sectors", "sectors") + cells("commodity tax", "sectors")
    spent = sum(used(user) for user in USERS) + cells("sectors", "foreign") - cells("foreign", "sectors")
    return {
        "largest_imbalance_before_rounding": uneven(unrounded),
        "largest_imbalance": uneven(table),
        "gdp_musd": {
            "production": round(output - inputs + product_tax, 4), "income": round(added + product_tax, 4),
            "expenditure": round(spent, 4), "anchor": round(total["gdp"].value, 4),
        },
        "trade_balance_musd": round(cells("sectors", "foreign") - cells("foreign", "sectors"), 4),
        "labour_share": round(labour / (labour + capital), 6),
        "broad_value_added_share_of_gdp": broad(table, place, total["gdp"].value),
        "use_musd": {user: round(used(user), 2) for user in USERS},
        "taxes_musd": {name: round(float(table[place[name]].sum()), 2)
                       for name in ("production tax", "import duty", "commodity tax", "direct tax")},
        "saving_musd": {payer: round(cells("investment", payer), 2)
                        for payer in ("household", "government", "foreign profits", "foreign")},
        "transfers_musd": round(cells("household", "government"), 2),
        "value_added_musd": {name: round(float(sum(table[place[one], place[name]] for one in FACTORS)), 2) for name in
                             SECTORS},
    }  # fmt: skip


def broad(table: Array, place: Mapping[str, int], product: float) -> dict[str, float]:
    """Return value added of four broad sectors over GDP."""
    added = table[[place[name] for name in FACTORS], MADE].sum(axis=0) / product
    goods, heavy = len(GOODS), len(GOODS) + 2
    parts = {"agriculture": added[:1], "mining and manufacturing": added[1:goods],
             "electricity and construction": added[goods:heavy], "other services": added[heavy:]}  # fmt: skip
    return {name: round(float(part.sum()), 5) for name, part in parts.items()}


def uneven(table: Array) -> float:
    """Return the largest difference of what an account receives and pays, over what it receives."""
    received, paid = table.sum(axis=1), table.sum(axis=0)
    return float((np.abs(received - paid) / received).max())
