"""What the documentation says follows from the code: generated pages are up to date, nothing is left unmentioned."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from morava.models.chain import CHAIN
from morava.quantities import find

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PARAMETER = re.compile(r"^ {4}(?P<names>[a-z_, ]+)\n {8}\[(?P<dims>[^\]]*)\], (?P<unit>[^.:]*)[.:]", re.MULTILINE)


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


def test_every_page_is_reachable_from_the_readme() -> None:
    seen: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            path = (page.parent / target).resolve()
            assert path.exists(), f"{page.name} points at {target}"
            if path.suffix == ".md":
                waiting.append(path)
    pages = {path.resolve() for path in DOCS.rglob("*.md")} | {
        path.resolve() for path in (ROOT / "decisions").glob("*.md")
    }
    assert sorted(str(path.relative_to(ROOT)) for path in pages - seen) == []


def test_no_address_of_a_registry_and_no_path_of_one_machine() -> None:
    hosts = re.compile(r"(pypi\.org|pythonhosted|npmjs|deb\.debian)", re.IGNORECASE)
    for name in ("requirements.lock", "pyproject.toml", "Makefile", ".ci/run", "README.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not hosts.search(text), name
        assert "--index-url" not in text, name
