"""The schema of every kind of file of a pack, and the same as JSON Schema for editors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from pydantic import BaseModel, RootModel

from morava.plans.country_schemas import (
    ConflictEntry,
    CountryFile,
    FuturesFile,
    ReferenceClassEntry,
    SeriesEntry,
    SourceEntry,
    TableEntry,
)
from morava.plans.schema_types import Name
from morava.plans.strategy_schemas import AgreementEntry, ClaimEntry, InitiativeEntry, LeverEntry, StrategyFile


class SourcesFile(RootModel[dict[Name, SourceEntry]]):
    """`sources.yaml`: sources by name."""


class ConflictsFile(RootModel[dict[Name, ConflictEntry]]):
    """`conflicts.yaml`: conflicts by name."""


class ReferenceClassesFile(RootModel[dict[Name, ReferenceClassEntry]]):
    """`reference_classes.yaml`: classes by name."""


class SeriesFile(RootModel[dict[Name, SeriesEntry]]):
    """`series/series.yaml`: hourly series by name."""


class TablesFile(RootModel[dict[Name, TableEntry]]):
    """`trade/trade.yaml`: tables of the world's trade by name."""


class InitiativesFile(RootModel[dict[Name, InitiativeEntry]]):
    """`initiatives.yaml` or a file of `initiatives/`: initiatives by name."""


class AgreementsFile(RootModel[dict[Name, AgreementEntry]]):
    """`agreements.yaml` or a file of `agreements/`: agreements by name."""


class ClaimsFile(RootModel[dict[Name, ClaimEntry]]):
    """`claims.yaml` or a file of `claims/`: claims by name."""


class LeversFile(RootModel[dict[Name, LeverEntry]]):
    """`levers.yaml`: levers by name, in the order in which they are shown."""


SCHEMAS: Mapping[str, type[BaseModel]] = {
    "country": CountryFile,
    "sources": SourcesFile,
    "conflicts": ConflictsFile,
    "reference_classes": ReferenceClassesFile,
    "futures": FuturesFile,
    "series": SeriesFile,
    "trade": TablesFile,
    "strategy": StrategyFile,
    "initiatives": InitiativesFile,
    "agreements": AgreementsFile,
    "claims": ClaimsFile,
    "levers": LeversFile,
}
"""Schema of each kind of file."""

_ENTRIES = {
    "strategy": ("StrategyFile", "DocumentEntry", "EnvelopeEntry"),
    "initiatives": ("InitiativeEntry",),
    "agreements": ("AgreementEntry",),
    "claims": ("ClaimEntry",),
}


def json_schemas() -> dict[str, dict[str, Any]]:
    """Return JSON Schema by kind of file; `variant_*` for the files of a variant, which list only what differs."""
    found = {kind: _json_schema(schema) for kind, schema in SCHEMAS.items()}
    for kind, entries in _ENTRIES.items():
        variant = deepcopy(found[kind])
        for name, definition in ((variant["title"], variant), *variant["$defs"].items()):
            if name in entries:
                definition.pop("required", None)
        if kind == "strategy":
            variant["required"] = ["name", "title", "parent", "because"]
        found[f"variant_{kind}"] = variant
    return found


def _json_schema(schema: type[BaseModel]) -> dict[str, Any]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema.model_json_schema(by_alias=True)}


def write_json_schemas(folder: Path) -> list[Path]:
    """Write one `<kind>.schema.json` a kind of file into a folder; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for kind, schema in sorted(json_schemas().items()):
        path = folder / f"{kind}.schema.json"
        path.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        written.append(path)
    return written
