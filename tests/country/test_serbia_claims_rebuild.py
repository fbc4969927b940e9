"""The claims of the Serbia pack are the raw extract and the judgements beside it: nothing lost, nothing doubled."""

from __future__ import annotations

import csv
import doctest
import importlib.util
import re
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from morava.errors import MoravaError
from morava.plans.read import check_pack
from morava.plans.types import EVIDENCE
from morava.quantities import find
from morava.quantities.dates import interval
from morava.quantities.units import parse

ROOT = Path(__file__).parents[2]
EXTRACT = ROOT / "snapshots/serbia-2030/claims.csv"
CURATION = ROOT / "snapshots/curation/claims.yaml"
PACK = ROOT / "src/morava/countries/serbia/strategies/serbia-2030/claims"


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_claims", ROOT / "snapshots/build_claims.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT = load_script()


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with EXTRACT.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def claims() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(PACK.glob("*.yaml")):
        found |= yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def test_rebuild_gives_the_committed_bytes() -> None:
    built = SCRIPT.build()
    assert sorted(built) == sorted(path.name for path in PACK.iterdir())
    for name, text in built.items():
        assert (PACK / name).read_bytes() == text.encode(), name


def test_every_statement_stands_once(rows: list[dict[str, str]]) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in PACK.glob("*.yaml"))
    counted = Counter(re.findall(r"^(C\d{3}):$", text, flags=re.MULTILINE))
    assert counted == Counter(row["id"] for row in rows)
    assert len(counted) == 100
    assert set(counted.values()) == {1}


def test_what_was_counted_and_hashed_is_kept(rows: list[dict[str, str]], claims: dict[str, dict[str, Any]]) -> None:
    for row in rows:
        claim = claims[row["id"]]
        assert claim["passage"] == {
            "document": "article",
            "paragraph": int(row["paragraph"]),
            "start": int(row["char_start"]),
            "length": int(row["char_length"]),
            "sha256": row["sha256"],
        }
        assert {"article": "article", "reader": "reader comment"}[claim["voice"]] == row["voice"]
        assert claim["kind"] == row["type"]
        assert claim["sector"] == row["sector"]
        assert claim["evidence"] == row["evidence_status"]
        assert claim["evidence"] in EVIDENCE
        assert claim["evidence_note"] == row["evidence_note"]
        assert ";".join(claim.get("facts", [])) == row["fact_ids"].replace(" ", "")


def test_words_are_those_of_the_extract_unless_mended_by_hand(
    rows: list[dict[str, str]], claims: dict[str, dict[str, Any]]
) -> None:
    mended = {row["id"] for row in rows if claims[row["id"]]["says"] != row["paraphrase"]}
    judged = yaml.safe_load(CURATION.read_text(encoding="utf-8"))["claims"]
    assert mended == {name for name, entry in judged.items() if "says" in entry}


def test_value_judgements_carry_no_test(claims: dict[str, dict[str, Any]]) -> None:
    judgements = [claim for claim in claims.values() if claim["evidence"] == "value judgement"]
    assert judgements
    assert not [claim for claim in judgements if "tests" in claim or "awaits" in claim]


def test_every_test_speaks_plainly_and_of_the_glossary(claims: dict[str, dict[str, Any]]) -> None:
    tests = [(name, test) for name, claim in claims.items() for test in claim.get("tests", [])]
    assert tests
    for name, test in tests:
        where = f"{name}: {test['name']}"
        assert len(test["says"].split()) >= 5, where
        quantity = find(test["measure"]["quantity"])
        assert set(test["measure"].get("where", {})) <= set(quantity.dims), where
        reduced = set(test["measure"].get("over", {})) - {"year"}
        left = set(quantity.dims) - set(test["measure"].get("where", {})) - reduced
        assert left <= {"year"}, where
        assert ("year" in left) == ("year" in test["measure"]), where
        dates = [test[key] for key in ("by", "not_before") if key in test]
        bounds = [test[key] for key in ("at_least", "at_most") if key in test]
        assert bool(dates) != bool(bounds), where
        for date in dates:
            assert quantity.kind == "date", where
            interval(date)
        if bounds:
            parse(test["unit"])
        assert ("against" in test or "without" in test) == ("compare" in test), where


def test_tests_of_one_claim_have_different_names(claims: dict[str, dict[str, Any]]) -> None:
    for name, claim in claims.items():
        names = [test["name"] for test in claim.get("tests", [])]
        assert len(names) == len(set(names)), name


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("C001: {tense: past}", "C101: {tense: past}", "C001 stands in one of two files"),
        ("C001: {tense: past}", "C001: {tense: yesterday}", "tense 'yesterday' is unknown"),
        ("C001: {tense: past}", "C001: {tense: past, because: so}", "unknown key because"),
        (
            "C033: {tense: future, awaits: projects}",
            "C033: {tense: future, awaits: weather}",
            "model awaited 'weather'",
        ),
        ("defence: [defence procurement, defence budget]", "defence: [defence budget]", "stands in 0 groups"),
    ],
)
def test_a_curation_that_does_not_fit_is_refused(tmp_path: Path, before: str, after: str, what: str) -> None:
    text = CURATION.read_text(encoding="utf-8")
    assert before in text
    broken = tmp_path / "claims.yaml"
    broken.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(MoravaError, match=re.escape(what)):
        SCRIPT.build(curation=broken)


def test_a_build_goes_where_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["build_claims.py", "--out", str(tmp_path / "claims")])
    SCRIPT.main()
    assert sorted(path.name for path in (tmp_path / "claims").iterdir()) == sorted(SCRIPT.build())


def test_the_page_counts_what_the_pack_holds(claims: dict[str, dict[str, Any]]) -> None:
    page = (ROOT / "docs/country/serbia-claims.md").read_text(encoding="utf-8")
    for key in ("kind", "tense", "evidence"):
        for value, count in Counter(claim[key] for claim in claims.values()).items():
            assert re.search(rf"^\| {value} \|.*\b{count}\b", page, flags=re.MULTILINE), (value, count)
    awaited: dict[str, list[str]] = {}
    for name in sorted(claims):
        awaited.setdefault(claims[name].get("awaits", ""), []).append(name)
    for model, names in awaited.items():
        assert not model or f"| {model} | {', '.join(names)} |" in page
    tested = [claim for claim in claims.values() if "tests" in claim]
    assert f"{len(tested)} claims carry {sum(len(claim['tests']) for claim in tested)} tests" in page


def test_examples_of_the_script_are_true() -> None:
    result = doctest.testmod(SCRIPT)
    assert result.attempted > 0
    assert result.failed == 0


def test_the_reader_finds_nothing_to_mend_in_the_claims() -> None:
    assert [str(problem) for problem in check_pack("serbia") if "/claims/" in problem.where] == []


def test_a_flow_over_a_span_is_asked_for_by_that_span(claims: dict[str, dict[str, Any]]) -> None:
    spans = {
        measure["where"]["year"]
        for claim in claims.values()
        for test in claim.get("tests", [])
        for measure in (test["measure"], test.get("against", {}))
        if "year" in measure.get("where", {})
    }
    assert spans == {"2010..2015", "2010..2022-Q2", "2016..2021"}
