"""Rebuild initiatives, agreements, envelopes and reference classes of the Serbia pack.

The extract gives projects, costs, dates and ids; `curation/` gives what somebody had to judge: names, classes, stages,
who pays, which sums are parts of which. `docs/country/serbia-initiatives.md` says how it was judged.

    python snapshots/build_strategy.py [--out DIR]
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from morava.errors import Problems
from pack_lines import comment_lines, entry_lines, file_text, on_one_line

HERE = Path(__file__).parent
PACK = HERE.parent / "src/morava/countries/serbia"
STRATEGY = "strategies/serbia-2030"
WRITTEN = "# Written by snapshots/build_strategy.py from snapshots/curation/{}: do not edit by hand."
QUANTILES = ("p10", "p50", "p90")
SCALES = {"m": "million", "bn": "billion", "trillion": "trillion"}
"""How the extract writes a scale, and how a unit does."""

Row = Mapping[str, str]
Entry = dict[str, Any]


def read_rows(name: str) -> dict[str, Row]:
    """Return a table of the extract by id."""
    with (HERE / "serbia-2030" / name).open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def read_judgements(name: str) -> dict[str, Entry]:
    """Return a file of judgements."""
    found: dict[str, Entry] = yaml.safe_load((HERE / "curation" / name).read_text(encoding="utf-8"))
    return found


def sources_by_address() -> dict[str, str]:
    """Return the names that sources have in the pack, by address."""
    with (HERE / "curation/sources.csv").open(encoding="utf-8", newline="") as file:
        return {row["address"]: row["name"] for row in csv.DictReader(file)}


def ids(cell: str) -> list[str]:
    """Return the ids of a cell of the extract.

    Examples
    --------
    >>> ids("F001; F002")
    ['F001', 'F002']
    """
    return [name.strip() for name in cell.split(";") if name.strip()]


def money_unit(unit: str, year: int) -> str:
    """Return a unit of the extract with its price year.

    Examples
    --------
    >>> money_unit("EUR bn", 2026), money_unit("RSD trillion", 2024)
    ('billion EUR_2026', 'trillion RSD_2024')
    """
    currency, scale = unit.split()
    return f"{SCALES[scale]} {currency}_{year}"


def amount(cell: str) -> int | float:
    """Return a number of the extract as it is written there."""
    return float(cell) if "." in cell else int(cell)


def span(first: str, last: str) -> str:
    """Return a date, or the span of two.

    Examples
    --------
    >>> span("2018-06", "2018-12"), span("2030", "")
    ('2018-06..2018-12', '2030')
    """
    return f"{first}..{last}" if last and last != first else first


def in_words(*parts: str) -> str:
    """Return notes as one, without those that say nothing."""
    return "; ".join(" ".join(part.split()) for part in parts if part.strip())


def cost_of(row: Row, judged: Entry, where: str, problems: Problems) -> Entry:
    """Return the cost of an initiative; empty where the sum is an envelope's or none was named."""
    cost = judged.get("cost")
    if cost is None:
        if row["cost_low"] or row["cost_high"]:
            problems.add("a sum of the extract is not judged", where, "give cost with its price year, or as: envelope")
        return {}
    if cost.get("as") == "envelope":
        return {}
    if "facts" in cost:
        return {"facts": cost["facts"], "note": cost["note"]}
    if "low" in cost:
        return {"low": cost["low"], "high": cost["high"], "unit": cost["unit"], "note": in_words(cost["because"])}
    found: Entry = {"low": amount(row["cost_low"]), "high": amount(row["cost_high"])}
    found["unit"] = money_unit(row["cost_unit"], cost["year"])
    return found | ({"note": cost["note"]} if "note" in cost else {})


def promises_of(
    name: str, row: Row, judged: Entry, slips: Mapping[str, Row], sources: Mapping[str, str], facts: Mapping[str, Row]
) -> list[Entry]:
    """Return the rows of the slip ledger of a project, and the date that the table of projects alone gives."""
    merged = judged.get("milestones", {})
    found: list[Entry] = []
    for slip in slips.values():
        if slip["project_id"] != name:
            continue
        milestone = merged.get(slip["milestone"], slip["milestone"])
        note = in_words(slip["note"], "" if milestone == slip["milestone"] else f"in the extract: {slip['milestone']}")
        found.append(
            {
                "name": slip["id"],
                "milestone": milestone,
                "said": slip["statement_date"],
                "date": span(slip["announced_date"], slip["announced_date_latest"]),
                "kind": slip["kind"],
                "facts": ids(slip["fact_ids"]),
                "source": sources[slip["source_address"]] if slip["source_address"] else "recalled",
                "note": note,
            }
        )
    if "promise" in judged:
        own = judged["promise"]
        found.append(
            {
                "name": f"{name}-1",
                "milestone": judged["milestone"],
                "said": own.get("said", row["first_announced"]),
                "date": own["date"],
                "kind": "first promise",
                "facts": [own["fact"]],
                "source": sources[facts[own["fact"]]["source_address"]],
                "note": in_words("from projects.csv, no row of the slip ledger", own.get("note", "")),
            }
        )
    return [{key: value for key, value in one.items() if value or key == "date"} for one in found]


def stages_of(judged: Entry, slugs: Mapping[str, str]) -> list[Entry]:
    """Return the stages that an initiative writes for itself, with those of others that they wait for."""
    waits = judged.get("after", {})
    found: list[Entry] = []
    for stage in judged.get("stages", []):
        entry = dict(stage)
        if stage["name"] in waits:
            awaited = [name.split("/") for name in waits[stage["name"]]]
            entry["after"] = [*stage.get("after", []), *(f"{slugs[project]}/{other}" for project, other in awaited)]
        order = ("name", "title", "share", "after", "gate", "milestone")
        found.append({key: entry[key] for key in order if key in entry})
    return found


def dates_of(row: Row, judged: Entry, promises: Sequence[Entry]) -> Entry:
    """Return when work began and ended: by hand, by an actual date of the completing milestone, or by the table."""
    found: Entry = {}
    begun = row["status"] in ("building", "operating", "delivered")
    started = judged.get("started", row["expected_start"] if begun else "")
    actual = [one["date"] for one in promises if one["kind"] == "actual" and one["milestone"] == judged["milestone"]]
    finished = judged.get("finished", actual[-1] if actual else "")
    return found | ({"started": started} if started else {}) | ({"finished": finished} if finished else {})


def initiative(
    name: str, row: Row, judged: Entry, promises: list[Entry], slugs: Mapping[str, str], problems: Problems
) -> Entry:
    """Return one initiative as the pack writes it."""
    cost = judged.get("cost", {})
    entry: Entry = {
        "title": judged["title"],
        "origin": name,
        "sector": row["sector"],
        "owner": judged["owner"],
        "partners": judged.get("partners", []),
        "status": row["status"],
        "reference_class": judged.get("reference_class", ""),
        "part_of": slugs[judged["part_of"]] if "part_of" in judged else "",
        "envelope": judged.get("envelope", ""),
        "cost": cost_of(row, judged, f"initiatives.yaml, {name}", problems),
        "financing": judged.get("financing", []),
        "milestone": judged["milestone"],
        **dates_of(row, judged, promises),
        "promises": promises,
        "stages": stages_of(judged, slugs),
        "done": judged.get("done", []),
        "depends_on": [slugs[other] for other in judged.get("depends_on", [])],
        "changes": judged.get("changes", []),
        "facts": [fact for fact in judged.get("facts", ids(row["fact_ids"])) if fact not in cost.get("holds", [])],
        "claims": ids(row["claim_ids"]),
    }
    as_envelope = f"its sum is the envelope {judged['envelope']}: {cost['because']}" if "as" in cost else ""
    money = f"money: {row['financing']}" if row["financing"] not in ("", "none") else ""
    entry["note"] = in_words(row["note"], money, as_envelope, judged.get("note", ""))
    return {key: value for key, value in entry.items() if value not in ("", [], {})}


def agreement(name: str, row: Row, judged: Entry, slips: Mapping[str, Row]) -> Entry:
    """Return one agreement as the pack writes it."""
    entry: Entry = {"title": judged["title"], "origin": name}
    entry |= {key: judged[key] for key in ("parties", "kind", "legal_force", "stage", "date")}
    entry["initiatives"] = judged.get("initiatives", [])
    entry["facts"], entry["claims"] = ids(row["fact_ids"]), ids(row["claim_ids"])
    slip = slips[judged["slip"]] if "slip" in judged else None
    if slip and slip["announced_date"] != judged["date"]:
        raise ValueError(f"{name}: {slip['id']} gives another date")
    ledger = f"its date is row {slip['id']} of the slip ledger" if slip else ""
    entry["note"] = in_words(row["note"], judged.get("note", ""), ledger)
    return {key: value for key, value in entry.items() if value not in ("", [])}


def build_initiatives() -> dict[str, str]:
    """Return the files of initiatives and agreements, by path in the pack."""
    projects, slips, facts = read_rows("projects.csv"), read_rows("slips.csv"), read_rows("facts.csv")
    judged, papers = read_judgements("initiatives.yaml"), read_judgements("agreements.yaml")
    sources, problems = sources_by_address(), Problems()
    slugs = {name: entry["name"] for name, entry in judged.items() if "name" in entry}
    nothing = dict.fromkeys(next(iter(projects.values())), "")
    files: dict[str, dict[str, Entry]] = {}
    comments: dict[str, dict[str, str]] = {}
    agreements: dict[str, Entry] = {}
    for name, entry in judged.items():
        abroad = nothing | {key: entry[key] for key in ("sector", "status") if key in entry}
        row = projects.get(name, abroad)
        if "agreement" in entry:
            agreements[entry["agreement"]] = agreement(name, row, papers[name], slips)
            continue
        promises = promises_of(name, row, entry, slips, sources, facts)
        files.setdefault(entry["file"], {})[entry["name"]] = initiative(name, row, entry, promises, slugs, problems)
        comments[entry["name"]] = {"stages": entry.get("stages_why", "")}
    problems.raise_if_any()
    header = WRITTEN.format("initiatives.yaml and the tables of serbia-2030")
    written = {
        f"{STRATEGY}/initiatives/{file}.yaml": file_text(header, entries, comments) for file, entries in files.items()
    }
    header = WRITTEN.format("agreements.yaml and serbia-2030/projects.csv")
    return written | {f"{STRATEGY}/agreements.yaml": file_text(header, agreements)}


def build_strategy() -> str:
    """Return `strategy.yaml`: the frame, its document and its envelopes."""
    frame, envelopes = read_judgements("strategy.yaml"), read_judgements("envelopes.yaml")
    lines = [WRITTEN.format("strategy.yaml and envelopes.yaml")]
    lines += [f"{key}: {on_one_line(value)}" for key, value in frame.items() if key != "documents"]
    for section, entries in (("documents", frame["documents"]), ("envelopes", envelopes)):
        lines.append(f"{section}:")
        lines += [f"  {line}" for name, entry in entries.items() for line in entry_lines(name, entry, {})]
    text = "\n".join(lines) + "\n"
    if yaml.safe_load(text) != frame | {"envelopes": envelopes}:
        raise ValueError("strategy.yaml: what was written reads otherwise")
    return text


def build_reference_classes() -> str:
    """Return `reference_classes.yaml`: stages and gates, with the names of the facts that give the factors."""
    lines = [WRITTEN.format("stages.yaml")]
    for name, judged in read_judgements("stages.yaml").items():
        priors = judged.get("priors")
        delay = f"{priors}s" if priors else f"{judged['assumed']}-delay"
        cost = judged.get("cost_quantiles", f"{priors}c" if priors else f"{judged['assumed']}-cost")
        lines += comment_lines(judged["why"], "")
        entry = {
            "title": judged["title"],
            "delay": [f"{delay}.{quantile}" for quantile in QUANTILES],
            "cost": [f"{cost}.{quantile}" for quantile in QUANTILES],
            "source": "analyst",
            "status": "assumed",
            "stages": judged["stages"],
        } | ({"slips": False} if not judged.get("slips", True) else {})
        lines += entry_lines(name, entry, {})
    return "\n".join(lines) + "\n"


def build() -> dict[str, str]:
    """Return every file that this script writes, by path in the pack."""
    return build_initiatives() | {
        f"{STRATEGY}/strategy.yaml": build_strategy(),
        "reference_classes.yaml": build_reference_classes(),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Rebuild initiatives and reference classes of the Serbia pack.")
    parser.add_argument("--out", type=Path, default=PACK, help="folder to write into (default: the pack)")
    out = parser.parse_args(arguments).out
    for name, text in build().items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    main()
