"""Levers are read with everything that is wrong with them at once; a variant takes those of its parent."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from morava.errors import MoravaError
from morava.plans.levers import AT_PLAN, read_levers
from morava.plans.pack import find_folder
from morava.plans.read import check_pack, read_country, read_strategy

FILE = "strategies/crown-2030/levers.yaml"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(find_folder("ruritania"), tmp_path / "ruritania"))


def test_every_kind_of_lever_is_read_and_holds_the_plan(ruritania, crown):
    levers = read_levers(ruritania, crown)
    assert {one.kind for one in levers.values()} == {"size", "start", "financing", "policy"}
    for one in levers.values():
        assert one.at_least <= one.plan <= one.at_most
        assert one.plan == AT_PLAN[one.verb or one.kind]
        assert one.because
    assert levers["railway-by-the-state"].paid_by.lender == "state budget"
    assert levers["hall-start"].unit == "year"


def test_a_variant_takes_the_levers_of_its_parent(ruritania, crown):
    late = read_strategy(ruritania, "crown-2030-late")
    assert read_levers(ruritania, late) == read_levers(ruritania, crown)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("initiatives: [sun]", "initiatives: [son]", "son is no initiative"),
        ("initiatives: [sun]", "group: suns", "there is no group suns"),
        ("at_most: 2", "at_most: 0.5", "outside the range"),
        ("kind: size", "kind: sizes", "'sizes' is unknown"),
        ("kind: size", "kind: policy", "does not say change"),
        ("money_of: Northmark Export Bank", "money_of: Northmark Bank", "pays nothing of railway"),
        ("at_least: -1", "at_least: -9", "a day before it was made"),
        ("quantity: carbon_price_path", "quantity: carbon_prise_path", "no quantity carbon_prise_path"),
        ("verb: scale", "verb: set", "'set' is unknown"),
        ("step: 0.5", "step: 0", "is not above 0"),
        ("  because: from the whole", "  facts: [nowhere]\n  because: from the whole", "there is no fact nowhere"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(pack, old, new, what):
    text = (pack / FILE).read_text(encoding="utf-8")
    assert text.count(old) >= 1
    (pack / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    problems = [problem for problem in check_pack(pack) if what in problem.what]
    assert problems, check_pack(pack)
    assert all(FILE in problem.where and problem.mend for problem in problems)


def test_two_levers_cannot_move_the_money_of_one_lender(pack):
    text = (pack / FILE).read_text(encoding="utf-8")
    first = text[text.index("railway-by-the-state:") : text.index("carbon-price:")]
    (pack / FILE).write_text(text + first.replace("railway-by-the-state", "again"), encoding="utf-8")
    country = read_country(pack)
    with pytest.raises(MoravaError, match="both move what Northmark Export Bank pays of railway"):
        read_levers(country, read_strategy(country))


def test_a_plant_that_stands_cannot_become_larger(pack):
    path = pack / "strategies/crown-2030/initiatives.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("  status: signed\n", "  status: operating\n", 1), "utf-8")
    assert any("cannot become larger" in problem.what for problem in check_pack(pack))
