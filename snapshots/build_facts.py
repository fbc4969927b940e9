"""Rebuild the facts of the Serbia pack from the extracts and the judgements beside them.

    python snapshots/build_facts.py [--out DIR]

Reads `serbia-2030/`, `economy/` and `curation/` of this folder; writes `facts/*.csv`, `sources.yaml` and
`conflicts.yaml` of the pack. The same bytes every time. `build_strategy.py` writes the reference classes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from derive_backtest import backtest_rows
from derive_economy import economy_rows
from derive_macro import debt_history, deflators, exchange_rates
from derive_partners import trade_partners
from derive_power import power_history
from derive_trade import trade_rows
from fact_rows import HERE, FactRow, read_table, write_rows

PACK = HERE.parent / "src/morava/countries/serbia"
ACCESSED = "2026-06-30"
QUANTILES = ("p10", "p50", "p90")


def merge(raw: Mapping[str, str], judged: Mapping[str, str], source: str) -> FactRow:
    """Return the fact that an extract row and the judgement of it make together."""
    low, high, printed, notes = raw["value_low"], raw["value_high"], raw["value_text"], [raw["note"], judged["note"]]
    if judged["date"]:
        if printed != judged["date"]:
            notes.append(f"printed: {printed}")
        low, high, printed = "", "", judged["date"]
    number = low == high and (printed == low or (bool(low) and _is_number(printed) and float(printed) == float(low)))
    return FactRow(
        name=raw["id"],
        quantity=judged["quantity"],
        where=judged["where"],
        low=judged["low"] or low,
        high=judged["high"] or high,
        text="" if number else printed,
        unit=judged["unit"],
        period=judged["period"],
        known_on=judged["known_on"],
        vintage=judged["vintage"],
        source=source,
        locator=f"{raw['subject']}: {raw['quantity']}",
        status=judged["status"],
        note="; ".join(filter(None, notes)),
    )


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace("-", "", 1).isdigit()


def article_facts() -> dict[str, list[FactRow]]:
    """Return the facts of the extract by sector, in its order.

    Raises
    ------
    ValueError
        When a fact has no judgement, or a judgement no fact.
    """
    judged = {row["id"]: row for row in read_table("curation/facts.csv")}
    sources = {(row["title"], row["address"]): row["name"] for row in read_table("curation/sources.csv")}
    raw = read_table("serbia-2030/facts.csv")
    if sorted(judged) != sorted(row["id"] for row in raw):
        raise ValueError(f"facts and judgements differ: {sorted(set(judged) ^ {row['id'] for row in raw})}")
    found: dict[str, list[FactRow]] = {}
    for row in raw:
        source = sources[row["source_title"], row["source_address"]]
        found.setdefault(judged[row["id"]]["sector"], []).append(merge(row, judged[row["id"]], source))
    return found


def prior_facts() -> list[FactRow]:
    """Return the proposed priors, each quantile a fact; rows that are facts of the extract already are left out."""
    quantity = {"s": "reference_delay_factor", "c": "reference_cost_factor", "r": "reference_cost_factor"}
    rows: list[FactRow] = []
    for raw in read_table("serbia-2030/reference_classes.csv"):
        if raw["record"] != "prior":
            continue
        words = {
            "text": "", "period": "", "known_on": ACCESSED, "vintage": "", "source": "reference-class-priors",
            "locator": f"{raw['class_name']}: {raw['measure']}", "status": "assumed",
            "note": "; ".join(part for part in (raw["flag"], raw["note"], f"from {raw['basis_ids']}") if part),
        }  # fmt: skip
        if raw["value_low"]:
            where = f"reference_class={raw['class_key']};item=mission success"
            bounds = {"low": raw["value_low"], "high": raw["value_high"]}
            rows.append(FactRow(name=raw["id"], quantity="reference_share", where=where, unit="1", **bounds, **words))
            continue
        for quantile in QUANTILES:
            where = f"reference_class={raw['class_key']};quantile={quantile}"
            name, factor = f"{raw['id']}.{quantile}", quantity[raw["id"][-1]]
            rows.append(FactRow(name, factor, where, raw[quantile], raw[quantile], unit="1", **words))
    return rows


def model_facts() -> dict[str, list[FactRow]]:
    """Return the facts that were written by hand for the models, by sector."""
    found: dict[str, list[FactRow]] = {}
    for row in (
        *read_table("curation/model_facts.csv"),
        *read_table("curation/power_facts.csv"),
        *read_table("curation/trade_facts.csv"),
        *read_table("curation/economy_facts.csv"),
    ):
        found.setdefault(row.pop("sector"), []).append(FactRow(**row))
    return found


def all_facts() -> dict[str, list[FactRow]]:
    """Return every fact of the pack by the name of its file."""
    by_hand = model_facts()
    foreign = next(float(row.low) / 100 for row in by_hand["parameters"] if row.name == "debt-foreign")
    found = article_facts()
    for sector, rows in by_hand.items():
        found.setdefault(sector, []).extend(rows)
    found["reference_priors"] = [*prior_facts(), *found["reference_priors"]]
    found["partners"] += trade_partners()
    found["trade_model"] += trade_rows()
    found["economy_model"] += economy_rows()
    found["prices"] = [*deflators(), *exchange_rates()]
    found["history"] = debt_history(foreign)
    found["power_history"] = power_history()
    found["backtest"] = backtest_rows()
    return found


def quote(text: str) -> str:
    """Return words as a YAML scalar in double quotes, letters beyond ASCII kept."""
    return json.dumps(text, ensure_ascii=False)


def sources_yaml() -> str:
    """Return `sources.yaml`: one entry a distinct title and address."""
    lines = ["# Written by snapshots/build_facts.py from snapshots/curation/sources.csv."]
    for row in sorted(read_table("curation/sources.csv"), key=lambda item: item["name"]):
        lines.append(f"{row['name']}:")
        lines += [f"  {key}: {quote(row[key])}" for key in ("title", "producer")]
        lines.append(f"  address: {quote(row['address'] or 'none: no page stands behind it')}")
        lines.append(f"  published: {quote(row['published'])}")
        lines.append(f"  accessed: {quote(ACCESSED)}")
        lines += [f"  {key}: {quote(row[key])}" for key in ("licence", "grade")]
    return "\n".join(lines) + "\n"


def conflicts_yaml() -> str:
    """Return `conflicts.yaml`: the contradictions of the extract with the reading of each."""
    judged = {row["name"]: row for row in read_table("curation/conflicts.csv")}
    lines = ["# Written by snapshots/build_facts.py from the extract and snapshots/curation/conflicts.csv."]
    for raw in read_table("serbia-2030/conflicts.csv"):
        row = judged[raw["id"]]
        sides = [(row[f"side_{number}"] or raw[f"version_{number}_fact_ids"]).split(";") for number in (1, 2)]
        lines += [f"{raw['id']}:", f"  subject: {quote(raw['subject'])}"]
        lines.append("  sides: [" + ", ".join("[" + ", ".join(side) + "]" for side in sides) + "]")
        lines.append(f"  kind: {row['kind']}")
        lines.append(
            f"  weights: [{', '.join(row['weights'].split(';'))}]" if row["weights"] else f"  chosen: {row['chosen']}"
        )
        lines.append(f"  reading: {quote(row['reading'])}")
    return "\n".join(lines) + "\n"


def build(out: Path) -> None:
    """Write the files of the pack that come from the extracts into a folder."""
    for sector, rows in all_facts().items():
        write_rows(out / "facts" / f"{sector}.csv", rows)
    for name, text in (
        ("sources.yaml", sources_yaml()),
        ("conflicts.yaml", conflicts_yaml()),
    ):
        (out / name).write_bytes(text.encode("utf-8"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Rebuild the facts of the Serbia pack from the extracts.")
    parser.add_argument("--out", type=Path, default=PACK, help="folder to write into (default: the pack)")
    build(parser.parse_args(arguments).out)


if __name__ == "__main__":
    main()
