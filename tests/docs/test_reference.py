"""What the documentation says follows from the code: generated pages are up to date, nothing is left unmentioned."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from morava.models.chain import CHAIN
from morava.quantities import find, glossary

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PARAMETER = re.compile(r"^ {4}(?P<names>[a-z_, ]+)\n {8}\[(?P<dims>[^\]]*)\], (?P<unit>[^.:\n]*)", re.MULTILINE)


def generator():
    spec = importlib.util.spec_from_file_location("generate", DOCS / "reference" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_what_the_code_says(tmp_path: Path) -> None:
    generator().main(tmp_path)
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert made
    stale = [str(name) for name in made if (DOCS / "reference" / name).read_bytes() != (tmp_path / name).read_bytes()]
    assert stale == [], "run `make docs`"


@pytest.mark.parametrize("model", CHAIN, ids=lambda model: model.__name__)
def test_every_model_has_a_page_that_names_what_it_needs_and_gives(model) -> None:
    page = (DOCS / "models" / f"{model.__name__}.md").read_text(encoding="utf-8")
    assert [name for name in (*model.needs, *model.gives) if name not in page] == []


@pytest.mark.parametrize("model", CHAIN, ids=lambda model: model.__name__)
def test_docstrings_give_the_dimensions_and_units_of_the_glossary(model) -> None:
    found = {}
    for match in PARAMETER.finditer(model.__doc__ or ""):
        for name in match["names"].split(","):
            dims = [dim.strip() for dim in (match["dims"] or "").split(",") if dim.strip() not in ("", "future")]
            found[name.strip()] = (dims, match["unit"].strip())
    assert sorted(set(model.needs) - set(found)) == []
    for name in model.needs:
        quantity = find(name)
        dims, unit = found[name]
        assert sorted(dims) == sorted(quantity.dims), name
        if quantity.kind != "text":
            assert unit == quantity.unit, name


def test_every_command_is_documented_with_all_its_options() -> None:
    page = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    commands = generator().commands()
    assert {"run", "resume", "judge", "check", "explain", "show", "compare", "export", "validate"} <= set(commands)
    for name, command in commands.items():
        section = page.partition(f"## morava {name}\n")[2].partition("\n## ")[0]
        assert command.help
        assert command.help in section, name
        options = [
            option for one in command.params if one.name != "help" for option in (*one.opts, *one.secondary_opts)
        ]
        assert [option for option in options if option.startswith("-") and option not in section] == [], name


def test_every_command_has_its_keys_on_the_page_of_json_documents() -> None:
    page = (DOCS / "reference" / "json.md").read_text(encoding="utf-8")
    assert [name for name in generator().commands() if name.split()[0] not in page] == []


def test_every_quantity_is_documented() -> None:
    page = (DOCS / "reference" / "glossary.md").read_text(encoding="utf-8")
    assert len(glossary()) > 100
    for name, quantity in glossary().items():
        assert f"- `{name}`: {quantity.description}" in page
        assert quantity.title_sr in page
