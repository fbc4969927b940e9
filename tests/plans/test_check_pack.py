"""One mistake at a time in a copy of Ruritania, and ten at once: each is found, at its line, with a way to mend it."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from morava.plans import check_pack

RURITANIA = Path(str(files("morava"))) / "countries" / "ruritania"
STRATEGY = "strategies/crown-2030/strategy.yaml"
INITIATIVES = "strategies/crown-2030/initiatives.yaml"
AGREEMENTS = "strategies/crown-2030/agreements.yaml"
CLAIMS = "strategies/crown-2030/claims.yaml"
FUTURES = "futures/default.yaml"
FACTS = "facts/facts.csv"
CLASSES = "reference_classes.yaml"
CONFLICTS = "conflicts.yaml"

MISTAKES = [
    (file, one["right"], one["wrong"], one["what"], one.get("mend", ""), one.get("at", ""))
    for file, mistakes in yaml.safe_load(Path(__file__).with_name("mistakes.yaml").read_text(encoding="utf-8")).items()
    for one in mistakes
]


@pytest.fixture
def pack(tmp_path):
    return Path(shutil.copytree(RURITANIA, tmp_path / "ruritania"))


def spoil(pack: Path, file: str, old: str, new: str) -> range:
    """Write a mistake into a file, at the one place where the old words stand; return its lines."""
    path = pack / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    first = text[: text.index(old)].count("\n") + 1
    return range(first, first + new.count("\n") + 1)


@pytest.mark.parametrize(("file", "old", "new", "what", "mend", "at"), MISTAKES, ids=lambda value: str(value)[:30])
def test_each_mistake_is_found_at_its_line_with_a_way_to_mend_it(pack, file, old, new, what, mend, at):
    lines = spoil(pack, file, old, new)
    if at:
        text = (pack / file).read_text(encoding="utf-8")
        assert text.count(at) == 1
        lines = [text[: text.index(at)].count("\n") + 1]
    problems = check_pack(pack)
    found = [problem for problem in problems if what in problem.what]
    assert found, [str(problem) for problem in problems]
    assert mend in found[0].mend
    assert {problem.where for problem in found} <= {f"ruritania/{file}:{line}" for line in lines}, found


TEN = [
    ("country.yaml", "first_year: 2026", "first_yaer: 2026"),
    ("sources.yaml", "  grade: B", "  grade: D"),
    (CLASSES, "pass: 0.7", "pass: 1.7"),
    (FACTS, "technology=solar,20,20,,MW", "technology=solar,20,20,,MWh"),
    (FACTS, "table 8,measured", "table 8,measurd"),
    (INITIATIVES, "  status: signed", "  status: singed"),
    (INITIATIVES, "  depends_on: [sun]", "  depends_on: [sun]\n  colour: green"),
    (AGREEMENTS, "  stage: in force", "  stage: in farce"),
    (CLAIMS, "  voice: quoted", "  voice: quotd"),
    (FUTURES, "come again\n    each: [year]", "come again\n    each: [yaer]"),
]


def test_ten_mistakes_give_ten_problems_each_at_its_line(pack):
    places = []
    for file, old, new in TEN:
        lines = spoil(pack, file, old, new)
        places.append(f"ruritania/{file}:{lines[-1]}")
    problems = check_pack(pack)
    assert sorted(problem.where for problem in problems) == sorted(places)
    assert all(problem.mend for problem in problems)


def test_mistakes_of_reference_are_found_beside_mistakes_of_form(pack):
    """Entries that cannot be read are left out, and what remains is still held against everything else."""
    for file, old, new in (
        (INITIATIVES, "  status: signed", "  status: singed"),
        (INITIATIVES, "  reference_class: rail", "  reference_class: rial"),
        (CLAIMS, "  voice: quoted", "  voice: quotd"),
        (CLAIMS, "      without: sun", "      without: son"),
        (FUTURES, "come again\n    each: [year]", "come again\n    each: [yaer]"),
        (FUTURES, "    conflict: solar-price", "    conflict: solar-prize"),
        (CONFLICTS, "  chosen: 0", "  chosen: 5"),
        (STRATEGY, "    part_of: crown-programme", "    part_of: crown-program"),
    ):
        spoil(pack, file, old, new)
    told = " / ".join(problem.what for problem in check_pack(pack))
    for word in (
        "'singed'",
        "class rial",
        "'quotd'",
        "initiative son",
        "'yaer'",
        "solar-prize",
        "chosen",
        "crown-program",
    ):
        assert word in told
    assert "sun" not in {what.split()[-1] for what in told.split(" / ")}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("strategies/crown-2030/claims.yaml", "strategies/crown-2030/clams.yaml"),
        ("conflicts.yaml", "conflict.yaml"),
        ("facts/facts.csv", "facts/facts.yaml"),
        ("futures", "future"),
        ("futures/default.yaml", "futures/default.yml"),
        ("strategies/crown-2030-late/strategy.yaml", "strategies/crown-2030-late/strategie.yaml"),
    ],
)
def test_a_file_misspelt_is_not_lost_without_a_word(pack, old, new):
    (pack / old).rename(pack / new)
    assert any("is not read" in problem.what and problem.where == f"ruritania/{new}" for problem in check_pack(pack))


@pytest.mark.parametrize("file", ["sources.yaml", "country.yaml", STRATEGY, FUTURES, FACTS])
def test_a_file_that_must_be_there_is_missed(pack, file):
    (pack / file).unlink()
    assert check_pack(pack)


def test_a_genuine_conflict_is_drawn_by_exactly_one_uncertainty(pack):
    text = (pack / FUTURES).read_text(encoding="utf-8")
    block = text[text.index("  solar_price:") : text.index("  sunshine:")]
    (pack / FUTURES).write_text(text.replace(block, ""), encoding="utf-8")
    assert [problem.what for problem in check_pack(pack)] == [
        "the genuine conflict solar-price is drawn by no uncertainty"
    ]
    again = block.replace("solar_price", "solar_price_too").replace("column: 3", "column: 90")
    (pack / FUTURES).write_text(text.replace(block, block + again), encoding="utf-8")
    assert [problem.what for problem in check_pack(pack)] == [
        "the genuine conflict solar-price is drawn by 2: solar_price, solar_price_too"
    ]


def test_two_planned_facts_of_one_cell_are_no_conflict(pack):
    spoil(
        pack,
        CONFLICTS,
        "[[solar-cost-crown], [solar-cost-gazette]]\n  kind: genuine\n  weights: [0.5, 0.5]",
        "[[hall-now], [hall-now-misprint]]\n  kind: scope\n  chosen: 0",
    )
    told = [problem.what for problem in check_pack(pack)]
    assert not any(what.startswith("initiative_cost") for what in told)
    assert any(what.startswith("the cost of sun has 2 facts") for what in told)


def test_a_fact_may_not_stand_in_two_conflicts_over_one_cell(pack):
    spoil(
        pack,
        CONFLICTS,
        "hall-unit:\n",
        "hall-again:\n  subject: x\n  sides: [[hall-now-misprint], [hall-now]]\n  kind: scope\n  chosen: 0\n"
        "  reading: y\nhall-unit:\n",
    )
    told = [problem.what for problem in check_pack(pack)]
    assert told == ["data_centre_capacity (year 2025) has 2 facts: hall-now, hall-now-misprint"]


def test_a_variant_says_why_it_differs_and_is_not_its_own_parent(pack):
    late = "strategies/crown-2030-late/strategy.yaml"
    spoil(pack, late, "because: Parliament did not vote the money for the data hall.\n", "")
    assert [problem.what for problem in check_pack(pack)] == ["the variant crown-2030-late does not say why it differs"]
    spoil(pack, late, "parent: crown-2030\n", "parent: crown-2030-late\nbecause: x\n")
    assert "its own parent" in check_pack(pack)[0].what
    spoil(pack, late, "parent: crown-2030-late\n", "parent: crown-2029\n")
    assert [problem.what for problem in check_pack(pack)] == ["there is no parent crown-2029"]


def test_only_the_strategy_that_was_named_is_looked_at(pack):
    spoil(pack, INITIATIVES, "  status: signed", "  status: singed")
    (pack / "strategies/alone").mkdir()
    (pack / "strategies/alone/strategy.yaml").write_text(
        "name: alone\ntitle: {en: Alone, sr: Сама}\nrequired_share: 0.8\n", encoding="utf-8"
    )
    assert check_pack(pack, "alone") == []
    assert len(check_pack(pack)) == 1
    assert check_pack(pack, "alnoe")[0].mend == "did you mean alone?"
