"""A social accounting matrix of Serbia in 2023, by donor of technology, nearest to the donor under Serbia's totals.

    python snapshots/derive_accounts.py [--out DIR] [--report FILE]

Synthetic. Agrees with the world table of `derive_world.py` in trade, output and value added. The same bytes every time.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from accounts_anchors import Anchor, FromWorld, from_world, spread, totals, utilities_and_construction
from accounts_balance import Condition, Nearest, nearest, on_grid
from accounts_donors import CROATIA, HUNGARY, SECTORS, SERVICE_SECTORS, USERS, Donor, croatian, hungarian
from accounts_told import identities, moved, words
from derive_world import FOLDER
from morava.exchange.trade_data.world import long_table, write_table
from world_regions import GOODS, Array

DONORS = (HUNGARY, CROATIA)
INSTITUTIONS = (
    "labour", "capital", "production tax", "import duty", "commodity tax", "direct tax", "household", "government",
    "investment", "foreign profits", "foreign",
)  # fmt: skip
ACCOUNTS = (*SECTORS, *INSTITUTIONS)
PLACE = {account: number for number, account in enumerate(ACCOUNTS)}
CELLS_A_MILLION = 100
"""The grid of rounding is ten thousand dollars: seven significant digits for the largest cell."""
ALL = slice(None)
MADE = slice(0, len(SECTORS))
SERVED = slice(len(GOODS), len(SECTORS))
Where = str | int | slice


def services_first(donor: Donor, world: FromWorld) -> tuple[Array, Array]:
    """Return value added and output of the sectors of services before the balance, shares of their sums.

    Electricity and construction share what industry has beyond mining and manufacturing, the others the rest, as in the
    donor; output is value added over its share in output.
    """
    added = (donor.labour + donor.capital + donor.production_tax)[SERVED]
    output = donor.purchases.sum(axis=0)[SERVED] + donor.input_tax[SERVED] + added
    heavy = utilities_and_construction(world) / world.value_added[len(GOODS)]
    shares = np.concatenate([heavy * added[:2] / added[:2].sum(), (1 - heavy) * added[2:] / added[2:].sum()])
    made = shares * output / added
    return shares, made / made.sum()


def purchases_first(donor: Donor, world: FromWorld, output: Array) -> Array:
    """Return purchases [input, sector] of the world table, cells of services divided as in the donor."""
    made = donor.purchases.sum(axis=0) + donor.input_tax + donor.labour + donor.capital + donor.production_tax
    own = donor.purchases / made * output
    group = np.minimum(np.arange(len(SECTORS)), len(GOODS))
    sums = np.zeros_like(world.purchases)
    np.add.at(sums, (group[:, None], group[None, :]), own)
    factor = np.where(sums > 0, world.purchases / np.where(sums > 0, sums, 1), 0.0)
    return np.asarray(own * factor[group[:, None], group[None, :]])


def first_table(donor: Donor, world: FromWorld, total: Mapping[str, Anchor]) -> Array:
    """Return the matrix [receiver, payer] before the balance, million USD of 2023."""
    added_shares, output_shares = services_first(donor, world)
    added, output = spread(world.value_added, added_shares), spread(world.output, output_shares)
    first = np.zeros((len(ACCOUNTS), len(ACCOUNTS)))
    first[MADE, MADE] = purchases_first(donor, world, output)
    made = donor.purchases.sum(axis=0) + donor.input_tax + donor.labour + donor.capital + donor.production_tax
    factors = np.array([donor.labour, donor.capital, donor.production_tax])
    first[[PLACE[name] for name in INSTITUTIONS[:3]], MADE] = factors / factors.sum(axis=0) * added
    first[PLACE["import duty"], MADE] = spread(world.duties, np.zeros(len(SERVICE_SECTORS)))
    first[MADE, PLACE["foreign"]] = traded_first(donor.exports, world.exports, world.electricity[0])
    first[PLACE["foreign"], MADE] = traded_first(donor.imports, world.imports, world.electricity[1])
    value = {name: anchor.value for name, anchor in total.items()}
    tax = value["gdp"] - world.value_added.sum() - world.duties.sum()
    on_inputs = donor.input_tax / made * output
    taxes = np.concatenate([on_inputs / on_inputs.sum() * donor.input_tax.sum(), donor.final_tax])
    taxes *= tax / taxes.sum()
    payers = [*range(len(SECTORS)), *(PLACE[user] for user in USERS)]
    first[PLACE["commodity tax"], payers] = taxes
    spent = {"government": value["government consumption"], "investment": value["investment"]}
    spent["household"] = value["gdp"] - sum(spent.values()) - value["exports"] + value["imports"]
    for number, user in enumerate(USERS):
        goods = spent[user] - taxes[len(SECTORS) + number]
        first[MADE, PLACE[user]] = goods * donor.final[:, number] / donor.final[:, number].sum()
    for (receiver, payer), money in incomes_first(first, value, spent["household"]).items():
        first[PLACE[receiver], PLACE[payer]] = money
    return first


def traded_first(pattern: Array, traded: Array, electricity: float) -> Array:
    """Return exports or imports by sector; services without electricity as in the donor."""
    rest = pattern[SERVED][1:]
    found = np.concatenate([traded[: len(GOODS)], [electricity], (traded[-1] - electricity) * rest / rest.sum()])
    return np.asarray(found)


def incomes_first(first: Array, value: Mapping[str, float], consumed: float) -> dict[tuple[str, str], float]:
    """Return what goes between accounts that are no sectors, by receiver and payer.

    Nothing may be below zero here: what the state lacks is paid by investment, and comes back with its sign by
    `dissaving`; what is borrowed abroad beyond direct investment stands with it.
    """
    earned = {name: float(first[PLACE[name]].sum()) for name in INSTITUTIONS[:5]}
    taxed = sum(earned[name] for name in ("production tax", "import duty", "commodity tax"))
    direct = value["public revenue"] - taxed
    given = (
        value["public revenue"] - value["government consumption"] - value["interest abroad"] - value["public saving"]
    )
    income = earned["labour"] + earned["capital"] - value["foreign profits"] + given + value["remittances"]
    stays = value["reinvested profits"]
    return {
        **{("government", name): earned[name] for name in ("production tax", "import duty", "commodity tax")},
        ("government", "direct tax"): direct,
        ("direct tax", "household"): direct,
        ("household", "labour"): earned["labour"],
        ("household", "capital"): earned["capital"] - value["foreign profits"],
        ("foreign profits", "capital"): value["foreign profits"],
        ("foreign", "foreign profits"): value["foreign profits"] - stays,
        ("investment", "foreign profits"): stays,
        ("household", "government"): given,
        ("household", "foreign"): value["remittances"],
        ("investment", "household"): income - direct - consumed,
        ("investment", "government"): max(value["public saving"], 0.0),
        ("government", "investment"): max(-value["public saving"], 0.0),
        ("investment", "foreign"): value["direct investment"] - stays + max(-value["foreign assets"], 0.0),
        ("foreign", "government"): value["interest abroad"],
        ("foreign", "investment"): max(value["foreign assets"], 0.0),
    }


def weights(*cells: tuple[Where, Where]) -> Array:
    """Return ones in the cells [receiver, payer] named by accounts, numbers or slices."""
    found = np.zeros((len(ACCOUNTS), len(ACCOUNTS)))
    for receiver, payer in cells:
        row, column = (PLACE[one] if isinstance(one, str) else one for one in (receiver, payer))
        found[row, column] = 1.0
    return found


def conditions(world: FromWorld, total: Mapping[str, Anchor]) -> list[Condition]:
    """Return all that the matrix must meet."""
    return [*of_accounts(), *of_sectors(world), *of_totals(world, total)]


def of_accounts() -> Iterable[Condition]:
    """Return that every account pays what it receives."""
    for account in ACCOUNTS:
        yield Condition(f"balance of {account}", weights((account, ALL)) - weights((ALL, account)), 0.0)


def of_sectors(world: FromWorld) -> Iterable[Condition]:
    """Return trade, duties, value added and purchases of goods sectors and of services, as in the world table."""
    for number, name in enumerate((*GOODS, "services")):
        own: Where = number if number < len(GOODS) else SERVED
        inputs = weights((MADE, own), ("commodity tax", own))
        added = weights(*((factor, own) for factor in INSTITUTIONS[:3]))
        yield Condition(f"exports of {name}", weights((own, "foreign")), float(world.exports[number]))
        yield Condition(f"imports of {name}", weights(("foreign", own)), float(world.imports[number]))
        yield Condition(f"value added of {name}", added, float(world.value_added[number]))
        yield Condition(f"inputs of {name}", inputs, float(world.output[number] - world.value_added[number]))
        if world.duties[number]:
            yield Condition(f"duty on {name}", weights(("import duty", own)), float(world.duties[number]))
    yield Condition("exports of electricity", weights(("electricity", "foreign")), world.electricity[0])
    yield Condition("imports of electricity", weights(("foreign", "electricity")), world.electricity[1])
    heavy = weights(*((factor, one) for factor in INSTITUTIONS[:3] for one in SERVICE_SECTORS[:2]))
    yield Condition("value added of electricity and construction", heavy, utilities_and_construction(world))


def of_totals(world: FromWorld, total: Mapping[str, Anchor]) -> Iterable[Condition]:
    """Return the totals of the economy that are not trade."""
    value = {name: anchor.value for name, anchor in total.items()}
    tax = value["gdp"] - float(world.value_added.sum() + world.duties.sum())
    share = value["labour share"]
    yield Condition("gdp", weights(("commodity tax", ALL)), tax)
    yield Condition("labour share", (1 - share) * weights(("labour", MADE)) - share * weights(("capital", MADE)), 0.0)
    for name, user in (("government consumption", "government"), ("investment", "investment")):
        yield Condition(name, weights((MADE, user), ("commodity tax", user)), value[name])
    borrowed = weights(("government", "investment"))
    yield Condition("public revenue", weights(("government", ALL)) - borrowed, value["public revenue"])
    yield Condition("public saving", weights(("investment", "government")) - borrowed, value["public saving"])
    yield Condition("foreign assets", weights(("foreign", "investment")), max(value["foreign assets"], 0.0))
    for name, cell in (
        ("interest abroad", ("foreign", "government")),
        ("remittances", ("household", "foreign")), ("foreign profits", ("foreign profits", "capital")),
        ("reinvested profits", ("investment", "foreign profits")),
    ):  # fmt: skip
        yield Condition(name, weights(cell), value[name])


def closing() -> list[tuple[int, tuple[int, int], int]]:
    """Return the cell of each account that takes up the rounding, leaves of the tree first."""
    rest = PLACE["other services"]
    pays = [(name, ("other services", name)) for name in SECTORS if name != "other services"]
    ends = [(PLACE[name], (PLACE[cell[0]], PLACE[cell[1]]), 1) for name, cell in pays]
    ends.append((rest, (rest, PLACE["household"]), -1))
    for name, receiver in (
        ("labour", "household"), ("capital", "household"), ("production tax", "government"),
        ("import duty", "government"), ("commodity tax", "government"), ("direct tax", "government"),
        ("foreign profits", "foreign"), ("government", "household"),
    ):  # fmt: skip
        ends.append((PLACE[name], (PLACE[receiver], PLACE[name]), 1))
    ends.append((PLACE["investment"], (PLACE["investment"], PLACE["household"]), -1))
    ends.append((PLACE["foreign"], (PLACE["household"], PLACE["foreign"]), 1))
    return ends


def build(donor: Donor, world: FromWorld, total: Mapping[str, Anchor]) -> tuple[Array, Array, Nearest, int]:
    """Return the matrix before the balance, rounded, as balanced, and the largest correction of rounding."""
    first = first_table(donor, world, total)
    found = nearest(first, conditions(world, total))
    whole, largest = on_grid(found.table, CELLS_A_MILLION, closing())
    return first, dissaving(whole), found, largest


def dissaving(table: Array) -> Array:
    """Return the matrix with what investment pays the state as saving of the state below zero."""
    found = table.copy()
    paid, saved = (PLACE["government"], PLACE["investment"]), (PLACE["investment"], PLACE["government"])
    found[saved] -= found[paid]
    found[paid] = 0.0
    return found


def write_accounts(out: Path) -> dict[str, Any]:
    """Write the matrices and return what stands in them and how they came about."""
    total, worlds = totals(), from_world()
    donors = {HUNGARY: hungarian(), CROATIA: croatian()}
    built = {name: build(donor, worlds[name], total) for name, donor in donors.items()}
    tables = np.stack([built[name][1] for name in DONORS])
    said = np.stack([words(built[name][1], ACCOUNTS, total) for name in DONORS])
    table = long_table(tables, {"donor": DONORS, "receiver": ACCOUNTS, "payer": ACCOUNTS})
    write_table(out / "social_accounts.parquet", table.assign(confidence=said.ravel()))
    return {
        "anchors": {name: asdict(anchor) | {"value": round(anchor.value, 4)} for name, anchor in total.items()},
        "donors": {
            name: {
                "steps": found.steps, "residual": found.residual, "conditions": len(conditions(worlds[name], total)),
                "largest_rounding_correction_musd": largest / CELLS_A_MILLION,
                "negative_put_to_zero_share_of_donor_gdp": {k: round(v, 5) for k, v in donors[name].cut.items()},
                "moved": moved(first, found.table, ACCOUNTS),
                **identities(whole, found.table, ACCOUNTS, total),
                "share_of_all_payments_by_confidence": by_word(whole, said[number]),
            }
            for number, (name, (first, whole, found, largest)) in enumerate(built.items())
        },
        "soft": [
            "purchases of inputs: the world table's, services divided as in the donor",
            "labour, capital and production tax inside a sector's value added",
            "electricity against construction, and the other three services against each other",
            "what households, government and investment buy of each sector, and their commodity tax",
            "exports and imports of services other than electricity, by sector",
        ],
        "left_out": {"hungary-1993": "Caliendo and Parro have neither labour and capital nor final use by user"},
    }  # fmt: skip


def by_word(table: Array, said: Any) -> dict[str, float]:
    """Return the share of all payments under each word."""
    return {str(word): round(float(table[said == word].sum() / table.sum()), 4) for word in np.unique(said)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--report", type=Path)
    arguments = parser.parse_args()
    report = write_accounts(arguments.out)
    if arguments.report:
        arguments.report.write_text(yaml.safe_dump(report, sort_keys=False, width=118), encoding="utf-8")
