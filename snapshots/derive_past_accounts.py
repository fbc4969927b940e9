"""Social accounting matrices of Serbia in past years, for the back-test: donor technology that was known by then.

    python snapshots/derive_past_accounts.py [--out DIR] [--report FILE]

Synthetic, and poorer than that of 2023: no trade by sector of these years is in the extracts, so that goods are traded
in the pattern of Croatia 2010. The same bytes every time.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

import yaml

from accounts_donors import CROATIA, croatian
from accounts_past import known_later, past_totals, past_world
from accounts_told import identities, moved, words
from derive_accounts import ACCOUNTS, CELLS_A_MILLION, build, by_word
from derive_world import FOLDER
from morava.exchange.trade_data.world import long_table, write_table

YEARS = (2014, 2018)
"""Last full years known at the end of 2015 and of 2019."""


def write_past(out: Path) -> dict[str, Any]:
    """Write the matrix of every past year and return what stands in them and how they came about."""
    donor = croatian()
    told: dict[str, Any] = {}
    for year in YEARS:
        total = past_totals(year)
        world = past_world(year, donor, total["gdp"].value)
        first, whole, found, largest = build(donor, world, total)
        said = words(whole, ACCOUNTS, total, "pattern", "pattern")
        table = long_table(whole[None], {"donor": (CROATIA,), "receiver": ACCOUNTS, "payer": ACCOUNTS})
        write_table(out / f"social_accounts_{year}.parquet", table.assign(confidence=said.ravel()))
        told[str(year)] = {
            "anchors": {name: asdict(anchor) | {"value": round(anchor.value, 4)} for name, anchor in total.items()},
            "known_later": known_later(year),
            "steps": found.steps, "residual": found.residual,
            "largest_rounding_correction_musd": largest / CELLS_A_MILLION,
            "moved": moved(first, found.table, ACCOUNTS),
            **identities(whole, found.table, ACCOUNTS, total),
            "share_of_all_payments_by_confidence": by_word(whole, said),
        }  # fmt: skip
    return told


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=FOLDER / "backtest")
    parser.add_argument("--report", type=Path)
    arguments = parser.parse_args()
    report = write_past(arguments.out)
    if arguments.report:
        arguments.report.write_text(yaml.safe_dump(report, sort_keys=False, width=118), encoding="utf-8")
