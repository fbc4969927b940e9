"""The examples of the pages: every `console` block is run, every `yaml` block is read."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from morava.plans.schemas import SCHEMAS
from morava.plans.yaml_file import parse_yaml

ROOT = Path(__file__).resolve().parents[2]


def load():
    spec = importlib.util.spec_from_file_location("blocks", ROOT / "docs" / "reference" / "blocks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


blocks = load()


def with_console(pages: list[Path]) -> list[Path]:
    return [page for page in pages if any(blocks.blocks_of(page.read_text(encoding="utf-8"), "console"))]


def fragments() -> list[tuple[str, str, str]]:
    return [
        (page.name, match["marked"], match["text"])
        for page in blocks.pages()
        for match in blocks.blocks_of(page.read_text(encoding="utf-8"), "yaml")
    ]


@pytest.mark.parametrize("page", with_console(blocks.pages()), ids=lambda page: page.stem)
def test_commands_print_what_the_page_says(page: Path, tmp_path: Path) -> None:
    differ = []
    for match in blocks.blocks_of(page.read_text(encoding="utf-8"), "console"):
        for example in blocks.examples_of(match["text"]):
            printed = blocks.run_example(example, tmp_path)
            if not blocks.agrees(example, printed):
                differ.append(f"{example.command} prints\n" + "\n".join(printed))
    assert differ == [], "look whether this is meant, then run `make docs`"


@pytest.mark.parametrize(("page", "kind", "text"), fragments())
def test_fragments_of_a_pack_are_what_the_reader_takes(page: str, kind: str, text: str) -> None:
    assert kind in SCHEMAS, f"{page}: mark the block with its kind of file"
    SCHEMAS[kind].model_validate(parse_yaml(text, page).data)


def programs() -> list[tuple[str, str]]:
    return [
        (page.stem, match["text"])
        for page in blocks.pages()
        for match in blocks.blocks_of(page.read_text(encoding="utf-8"), "python")
        if match["marked"] == "run"
    ]


@pytest.mark.parametrize(("page", "text"), programs())
def test_programs_run_and_what_they_assert_is_so(page: str, text: str) -> None:
    exec(compile(text, f"{page}.md", "exec"), {})


def test_every_recipe_and_the_tutorial_are_among_the_pages() -> None:
    names = {page.stem for page in with_console(blocks.pages())}
    assert {"first-verdict", "run-and-resume", "explain-a-verdict", "your-own-country", "export"} <= names
    assert fragments()
    assert {"take-the-power-system"} <= {page for page, _ in programs()}


@pytest.mark.parametrize(
    ("expected", "printed", "same"),
    [
        (("a", "b"), ["a", "b"], True),
        (("a",), ["a", "b"], False),
        (("a", "..."), ["a", "b"], True),
        (("...", "b"), ["a", "b"], True),
        (("...", "a"), ["a", "b"], False),
        (("a", "...", "c"), ["a", "b", "c"], True),
        (("a", "...", "b"), ["b", "a"], False),
        (("...", "b", "..."), ["a", "b", "c"], True),
        (("...", "a", "c", "..."), ["a", "b", "c"], False),
        ((), ["a"], False),
        ((), [], True),
        (("runs/0123456789abcdef",), ["runs/fedcba9876543210"], True),
        (("runs/0123456789abcdef",), ["runs/fedcba987654321"], False),
    ],
)
def test_an_excerpt_agrees_only_in_order_and_without_gaps(
    expected: tuple[str, ...], printed: list[str], same: bool
) -> None:
    assert blocks.agrees(blocks.Example("true", expected), printed) is same


def test_a_new_output_is_written_where_the_old_one_stood() -> None:
    example = blocks.Example("true", ("share 3.0% of futures", "...", "results: runs/x"))
    printed = ["share 4.5% of futures", "other", "results: runs/y"]
    assert blocks.renew(example, printed) == ["share 4.5% of futures", "...", "results: runs/y"]


def test_an_unexpected_exit_code_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="exit code 1"):
        blocks.run_example(blocks.Example("false", ()), tmp_path)
    assert blocks.run_example(blocks.Example("false   # exit code 1", ()), tmp_path) == []
