"""Rebuild the claims of the Serbia pack from the raw extract and the judgements made by hand.

The extract gives what was counted, quoted and hashed: paraphrase, passage, voice, kind, evidence, fact ids. The
curation gives what somebody had to judge: tense, tests, what a verdict awaits. Nothing is computed, so that the claims
of the pack are these two files, read side by side.

    python snapshots/build_claims.py --out DIR
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from morava.errors import Problems, nearest
from morava.plans.types import CLAIM_KINDS, EVIDENCE

HERE = Path(__file__).parent
ROOT = HERE.parent
EXTRACT = HERE / "serbia-2030" / "claims.csv"
CURATION = HERE / "curation" / "claims.yaml"
PACK = ROOT / "src/morava/countries/serbia/strategies/serbia-2030/claims"

VOICE_OF_EXTRACT = {"article": "article", "reader comment": "reader"}
TENSES = ("past", "present", "future", "timeless")
AWAITED = ("power", "trade", "economy", "projects")
JUDGED = ("tense", "says", "tests", "awaits", "required_share", "sets_target")
"""Keys that the curation may give for a claim."""
HEADER = "# Written by snapshots/build_claims.py from claims.csv and curation/claims.yaml: do not edit by hand.\n"
WIDTH = 116


class Inline(dict[str, Any]):
    """A mapping that is written on one line."""


class _Dumper(yaml.SafeDumper):
    """Write small mappings on one line, and everything in the order given."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        """Never write an anchor: packs may not hold any."""
        return True


def _write_inline(dumper: yaml.SafeDumper, data: Inline) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True)


def _write_list(dumper: yaml.SafeDumper, data: list[Any]) -> yaml.Node:
    of_words = all(isinstance(item, str) for item in data)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=of_words)


_Dumper.add_representer(Inline, _write_inline)
_Dumper.add_representer(list, _write_list)


def split_ids(text: str) -> list[str]:
    """Return the parts of a semicolon list.

    Examples
    --------
    >>> split_ids("F001;F002")
    ['F001', 'F002']
    """
    return [part.strip() for part in text.split(";") if part.strip()]


def name_partners(text: str, full_names: Mapping[str, str]) -> list[str]:
    """Return the countries and blocs of a partner list by full name, without the firms that stand in brackets.

    Examples
    --------
    >>> name_partners("France (EDF); China (CNNC, CIAE); EU", {"EU": "European Union"})
    ['France', 'China', 'European Union']
    """
    return [full_names.get(name, name) for name in dict.fromkeys(split_ids(re.sub(r"\([^)]*\)", "", text)))]


def read_extract(path: Path) -> list[dict[str, str]]:
    """Return the rows of the raw extract, in the order of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def check_curation(rows: list[dict[str, str]], curation: Mapping[str, Any]) -> None:
    """Refuse a curation that does not fit the extract.

    Raises
    ------
    MoravaError
        Claims without judgement, judgements without claim, unknown keys, kinds, tenses or sectors: all at once.
    """
    problems = Problems()
    judged: Mapping[str, Any] = curation["claims"]
    names = [row["id"] for row in rows]
    for name in sorted(set(names) ^ set(judged)):
        problems.add(f"{name} stands in one of two files", "claims.csv, curation/claims.yaml", "give it in both")
    sectors = [sector for group in curation["groups"].values() for sector in group]
    for row in rows:
        where = f"claim {row['id']}"
        entry = judged.get(row["id"], {"tense": "past"})
        for key in sorted(set(entry) - set(JUDGED)):
            problems.add(f"unknown key {key}", where, nearest(key, JUDGED))
        for value, known, what in (
            (entry.get("tense", ""), TENSES, "tense"),
            (entry.get("awaits", AWAITED[0]), AWAITED, "model awaited"),
            (row["type"], CLAIM_KINDS, "kind"),
            (row["evidence_status"], EVIDENCE, "evidence"),
            (row["voice"], tuple(VOICE_OF_EXTRACT), "voice"),
        ):
            if value not in known:
                problems.add(f"{what} {value!r} is unknown", where, nearest(str(value), known))
        if sectors.count(row["sector"]) != 1:
            problems.add(
                f"sector {row['sector']!r} stands in {sectors.count(row['sector'])} groups",
                "curation/claims.yaml: groups",
                "name every sector once",
            )
    problems.raise_if_any()


def _inline_measures(test: Mapping[str, Any]) -> dict[str, Any]:
    """Return a test with its measures written on one line each."""
    return {
        key: Inline({part: Inline(given) if isinstance(given, dict) else given for part, given in value.items()})
        if isinstance(value, dict)
        else value
        for key, value in test.items()
    }


def build_claim(row: Mapping[str, str], entry: Mapping[str, Any], curation: Mapping[str, Any]) -> dict[str, Any]:
    """Return one claim of the pack; what is empty is left out."""
    claim: dict[str, Any] = {
        "says": entry.get("says", row["paraphrase"]),
        "passage": Inline(
            document=curation["document"],
            paragraph=int(row["paragraph"]),
            start=int(row["char_start"]),
            length=int(row["char_length"]),
            sha256=row["sha256"],
        ),
        "voice": VOICE_OF_EXTRACT[row["voice"]],
        "kind": row["type"],
        "sector": row["sector"],
        "tense": entry["tense"],
        "partners": name_partners(row["partners"], curation["partner_names"]),
        "evidence": row["evidence_status"],
        "evidence_note": row["evidence_note"],
        "facts": split_ids(row["fact_ids"]),
        "sets_target": Inline(entry.get("sets_target", {})),
        "tests": [_inline_measures(test) for test in entry.get("tests", [])],
        "awaits": entry.get("awaits", ""),
    }
    if "required_share" in entry:
        claim["required_share"] = entry["required_share"]
    return {key: value for key, value in claim.items() if value not in ("", [], {})}


def build(extract: Path = EXTRACT, curation: Path = CURATION) -> dict[str, str]:
    """Return the text of every file of claims, by file name.

    Raises
    ------
    MoravaError
        When extract and curation do not fit each other.
    """
    rows = read_extract(extract)
    judged: dict[str, Any] = yaml.safe_load(curation.read_text(encoding="utf-8"))
    check_curation(rows, judged)
    files: dict[str, str] = {}
    for group, sectors in judged["groups"].items():
        claims = {
            row["id"]: build_claim(row, judged["claims"][row["id"]], judged) for row in rows if row["sector"] in sectors
        }
        text = yaml.dump(claims, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)
        files[f"{group}.yaml"] = HEADER + text
    return files


def main() -> None:
    """Write the files of claims."""
    parser = argparse.ArgumentParser(description="rebuild the claims of the Serbia pack")
    parser.add_argument("--out", type=Path, default=PACK, help="folder of the claims")
    folder: Path = parser.parse_args().out
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in build().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
