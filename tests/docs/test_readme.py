"""The result that the README shows is what a run gives."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def load():
    spec = importlib.util.spec_from_file_location("readme_table", ROOT / "docs" / "reference" / "readme_table.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


script = load()


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory):
    return script.run_serbia(tmp_path_factory.mktemp("runs"))


def test_the_table_is_that_of_a_run(answers) -> None:
    readme = script.README.read_text(encoding="utf-8")
    assert readme.count(script.BEGIN) == readme.count(script.END) == 1
    assert readme == script.with_table(readme, script.table_lines(answers)), "run `make docs`"


def test_the_picture_is_that_of_a_run_small_and_fetches_nothing(answers) -> None:
    drawn = script.PICTURE.read_text(encoding="utf-8")
    assert drawn == script.picture(answers), "run `make docs`"
    assert len(drawn.encode()) < 150_000
    assert "url(http" not in drawn
    assert "url(&quot;http" not in drawn


def test_the_table_shows_most_kinds_of_answer(answers) -> None:
    shown = {answers.verdict(name).answer for name in script.SHOWN}
    assert len(shown) >= 5
    assert {"fails", "not modelled"} <= shown
