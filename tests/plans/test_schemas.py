"""The schemas for editors agree with the reader: what one takes the other takes, and every key is written up."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from morava.plans.read_facts import COLUMNS
from morava.plans.schemas import SCHEMAS, json_schemas, write_json_schemas
from morava.plans.yaml_file import read_yaml

ROOT = Path(__file__).resolve().parents[2]
RURITANIA = Path(str(files("morava"))) / "countries" / "ruritania"
KINDS = {
    "country.yaml": "country",
    "sources.yaml": "sources",
    "conflicts.yaml": "conflicts",
    "reference_classes.yaml": "reference_classes",
    "futures/default.yaml": "futures",
    "series/series.yaml": "series",
    "trade/trade.yaml": "trade",
    "strategies/crown-2030/strategy.yaml": "strategy",
    "strategies/crown-2030/initiatives.yaml": "initiatives",
    "strategies/crown-2030/agreements.yaml": "agreements",
    "strategies/crown-2030/claims.yaml": "claims",
    "strategies/crown-2030/levers.yaml": "levers",
    "strategies/crown-2030-late/strategy.yaml": "variant_strategy",
    "strategies/crown-2030-late/initiatives.yaml": "variant_initiatives",
}


def validator(kind):
    schema = json_schemas()[kind]
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_every_file_of_ruritania_has_a_kind():
    found = {path.relative_to(RURITANIA).as_posix() for path in RURITANIA.rglob("*.yaml")}
    # Texts in other languages move no number: the faces read them, by a schema of their own.
    assert {name for name in found if "translations/" not in name} == set(KINDS)


@pytest.mark.parametrize(("file", "kind"), KINDS.items())
def test_ruritania_keeps_the_json_schemas(file, kind):
    data = read_yaml(RURITANIA / file, file).data
    assert list(validator(kind).iter_errors(data)) == []


@pytest.mark.parametrize(("file", "kind"), KINDS.items())
def test_the_json_schemas_refuse_unknown_keys(file, kind):
    data = read_yaml(RURITANIA / file, file).data
    entry = data if "name" in data else next(iter(data.values()))
    entry["colour"] = "green"
    assert any("colour" in error.message for error in validator(kind).iter_errors(data))


def test_a_whole_strategy_may_not_leave_out_what_a_variant_may():
    data = read_yaml(RURITANIA / "strategies/crown-2030-late/initiatives.yaml", "f").data
    assert list(validator("initiatives").iter_errors(data)) != []


def test_json_schemas_are_written_one_a_kind(tmp_path):
    written = write_json_schemas(tmp_path / "schemas")
    assert {path.name.removesuffix(".schema.json") for path in written} == set(json_schemas())
    for path in written:
        jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


def test_every_key_of_every_file_is_written_up():
    page = (ROOT / "docs" / "reference" / "pack-format.md").read_text(encoding="utf-8")
    keys = set(COLUMNS)
    for schema in SCHEMAS.values():
        described = schema.model_json_schema(by_alias=True)
        for node in (described, *described.get("$defs", {}).values()):
            keys |= set(node.get("properties", {}))
    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []


def test_every_key_says_what_it_is():
    silent = []
    for kind, schema in SCHEMAS.items():
        described = schema.model_json_schema(by_alias=True)
        for name, node in (("", described), *described.get("$defs", {}).items()):
            for key, one in node.get("properties", {}).items():
                if "description" not in one and "$ref" not in one:
                    silent.append((kind, name, key))
    assert silent == []
