"""A stage may wait for a stage of another initiative: read, checked and lowered."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from morava.plans.pack import find_folder
from morava.plans.read import check_pack, read_country, read_strategy

STAGES = """  stages:
    - {{name: finance, title: Finance, share: 0.4, gate: {{pass: 0.5, wait: 12, attempts: 3}}}}
    - {{name: build, title: Building, share: 0.6, after: [finance, {before}]}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(find_folder("ruritania"), tmp_path / "ruritania"))


def let_the_hall_wait(folder: Path, before: str) -> None:
    path = folder / "strategies/crown-2030/initiatives.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count("  depends_on: [sun]\n") == 1
    path.write_text(text.replace("  depends_on: [sun]\n", STAGES.format(before=before)), encoding="utf-8")


def test_a_wait_for_a_stage_of_another_initiative_is_read(folder: Path) -> None:
    let_the_hall_wait(folder, "sun/grid")
    assert check_pack(folder, "crown-2030") == []
    stages = {
        stage.name: stage for stage in read_strategy(read_country(folder), "crown-2030").initiatives["hall"].stages
    }
    assert stages["build"].after == ("finance", "sun/grid")


@pytest.mark.parametrize("before", ["sun/grit", "moon/grid"])
def test_a_wait_for_nothing_is_named_with_the_nearest(folder: Path, before: str) -> None:
    let_the_hall_wait(folder, before)
    problems = check_pack(folder, "crown-2030")
    assert [before in problem.what for problem in problems] == [True]


def test_waits_in_a_circle_are_refused(folder: Path) -> None:
    let_the_hall_wait(folder, "sun/build")
    path = folder / "strategies/crown-2030/initiatives.yaml"
    text = path.read_text(encoding="utf-8")
    own = "  stages:\n    - {name: build, title: Building, share: 1, after: [hall/build]}\n"
    path.write_text(text.replace("  milestone: full power\n", f"  milestone: full power\n{own}"), encoding="utf-8")
    problems = check_pack(folder, "crown-2030")
    assert ["circle" in problem.what for problem in problems] == [True]
