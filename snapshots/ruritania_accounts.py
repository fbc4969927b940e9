"""Social accounts of fictional Ruritania in 2020: six sectors, two donors, every number invented.

    python snapshots/ruritania_accounts.py [--out DIR]

Agrees with the tables of `ruritania_world.py` in trade, output and value added of grain, copper, clocks and services;
services are divided into electricity, computing and the rest. The kingdom imports four times what it exports: royalties
on its story, which are booked as remittances, pay for that. Writes one Parquet file of the folder `trade`, the same
bytes every time.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from morava.exchange.trade_data.world import long_table, write_table
from ruritania_world import INPUTS, OUTPUT, PACK, flows, technologies
from ruritania_world import SECTORS as TRADED

Array = npt.NDArray[np.float64]
HOME = 0
GOODS = TRADED[:3]
SECTORS = (*GOODS, "electricity", "computing", "other services")
OTHERS = (
    "labour", "capital", "production tax", "import duty", "commodity tax", "direct tax", "household", "government",
    "investment", "foreign",
)  # fmt: skip
ACCOUNTS = (*SECTORS, *OTHERS)
PLACE = {account: number for number, account in enumerate(ACCOUNTS)}
USERS = ("household", "government", "investment")
SERVICES = (0.06, 0.03, 0.91)
"""Electricity, computing and other services in output, inputs, exports and imports of services."""
CURRENT = (0.03, 0.35, 0.10, 0.10, 0.08, 0.05)
"""Electricity in what each sector buys of services."""
DATA = (0.01, 0.02, 0.05, 0.04, 0.15, 0.06)
"""Computing in what each sector buys of services."""
LABOUR = (0.70, 0.40, 0.65, 0.35, 0.60, 0.62)
"""Part of value added that is paid for work."""
MADE_TAX = 0.01
"""Tax on production over value added."""
DUTY = (0.125, 0.02, 0.06, 0.0)
"""Middle of own_duty_least and own_duty_most, by sector of the world table."""
PAYING = (0.0, 1.0, 0.0, 0.5)
"""own_duty_share, by region."""
INPUT_TAX = 0.01
"""Part of what a sector spends on inputs that is commodity tax."""
FINAL_TAX = {"household": 0.04, "government": 0.01, "investment": 0.03}
"""Commodity tax over purchases at basic prices."""
FINAL = {
    "grain": (1.0, 0.0, 0.0), "copper": (0.7, 0.0, 0.3), "clocks": (0.85, 0.0, 0.15), "electricity": (1.0, 0.0, 0.0),
    "computing": (0.4, 0.2, 0.4), "other services": (0.7, 0.2, 0.1),
}  # fmt: skip
"""Who buys what is left after production and exports: household, government, investment."""
DIRECT_TAX, PROFIT_ABROAD = 0.22, 0.10
"""Direct tax over income at home; foreigners' part of capital income."""
INTEREST, SAVED, INVESTED = 0.01, 0.015, 0.04
"""Interest abroad, saving of the state and what comes from abroad to be invested, over value added."""
CENTS = 2


def divided(services: float) -> Array:
    """Return electricity, computing and other services in a sum of services."""
    return np.asarray(services * np.array(SERVICES))


def purchases(donor: int) -> tuple[Array, Array, Array]:
    """Return inputs [input, sector], output and value added [sector] of the six sectors, million crowns of 2020."""
    made = np.array(OUTPUT["Ruritania"])
    bought = technologies()[donor, HOME] * made
    output = np.concatenate([made[:3], divided(made[3])])
    columns = np.concatenate([bought[:, :3], np.outer(bought[:, 3], SERVICES)], axis=1)
    shares = np.array([CURRENT, DATA, 1 - np.array(CURRENT) - np.array(DATA)])
    inputs = np.concatenate([columns[:3], columns[3] * shares])
    return inputs, output, output - inputs.sum(axis=0)


def traded() -> tuple[Array, Array, Array]:
    """Return exports, imports and duty [sector] of the six sectors."""
    flow = flows()
    exports = flow[:, HOME].sum(axis=0) - flow[HOME, HOME]
    bought = flow[HOME].copy()
    bought[HOME] = 0.0
    duty = (bought * np.outer(PAYING, DUTY)).sum(axis=0)
    parts = (exports, bought.sum(axis=0), duty)
    exports, imports, duty = (np.concatenate([part[:3], divided(part[3])]) for part in parts)
    return exports, imports, duty


def matrix(donor: int) -> Array:
    """Return who receives what of whom [receiver, payer], whole hundredths of a million; rows and columns agree."""
    table = np.zeros((len(ACCOUNTS), len(ACCOUNTS)))
    made = slice(0, len(SECTORS))
    inputs, _, added = purchases(donor)
    exports, imports, duty = traded()
    table[made, made] = np.round(inputs * (1 - INPUT_TAX), CENTS)
    table[PLACE["commodity tax"], made] = np.round(inputs.sum(axis=0) * INPUT_TAX, CENTS)
    table[PLACE["labour"], made] = np.round(added * LABOUR, CENTS)
    table[PLACE["production tax"], made] = np.round(added * MADE_TAX, CENTS)
    table[PLACE["import duty"], made] = np.round(duty, CENTS)
    table[PLACE["foreign"], made] = np.round(imports, CENTS)
    table[made, PLACE["foreign"]] = np.round(exports, CENTS)
    worked = table[PLACE["labour"], made] + table[PLACE["production tax"], made]
    table[PLACE["capital"], made] = np.round(added - worked, CENTS)
    left = table[:, made].sum(axis=0) - table[made].sum(axis=1)
    for number, sector in enumerate(SECTORS):
        shares = np.round(left[number] * np.array(FINAL[sector]), CENTS)
        shares[0] += np.round(left[number] - shares.sum(), CENTS)
        table[number, [PLACE[user] for user in USERS]] = shares
    for user, rate in FINAL_TAX.items():
        table[PLACE["commodity tax"], PLACE[user]] = np.round(rate * table[made, PLACE[user]].sum(), CENTS)
    pay_incomes(table, float(added.sum()))
    return np.round(table, CENTS)


def pay_incomes(table: Array, added: float) -> None:
    """Fill in what goes between accounts that are no sectors; saving and royalties close them."""

    def received(account: str) -> float:
        return float(table[PLACE[account]].sum())

    def paid(account: str) -> float:
        return float(table[:, PLACE[account]].sum())

    def put(receiver: str, payer: str, value: float) -> None:
        table[PLACE[receiver], PLACE[payer]] = np.round(value, CENTS)

    put("foreign", "capital", PROFIT_ABROAD * received("capital"))
    put("household", "labour", received("labour"))
    put("household", "capital", received("capital") - paid("capital"))
    put("direct tax", "household", DIRECT_TAX * received("household"))
    for tax in ("production tax", "import duty", "commodity tax", "direct tax"):
        put("government", tax, received(tax))
    put("foreign", "government", INTEREST * added)
    put("investment", "government", SAVED * added)
    put("household", "government", received("government") - paid("government"))
    put("investment", "foreign", INVESTED * added)
    put("investment", "household", paid("investment") - received("investment"))
    put("household", "foreign", paid("household") - received("household"))


def write_accounts(out: Path) -> None:
    """Write the accounts of both donors into a folder."""
    tables = np.stack([matrix(donor) for donor in range(len(INPUTS))])
    gap = np.abs(tables.sum(axis=1) - tables.sum(axis=2)).max()
    if gap > 1e-6:
        raise ValueError(f"an account receives {gap} more or less than it pays")
    out.mkdir(parents=True, exist_ok=True)
    write_table(
        out / "social_accounts.parquet",
        long_table(tables, {"donor": list(INPUTS), "receiver": ACCOUNTS, "payer": ACCOUNTS}),
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Write the social accounts of Ruritania.")
    parser.add_argument("--out", type=Path, default=PACK / "trade", help="folder to write into (default: the pack)")
    write_accounts(parser.parse_args(arguments).out)


if __name__ == "__main__":
    main()
