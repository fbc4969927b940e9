"""Every key that Python or the page uses is said, whatever is said is used, and what a run can show has its words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from morava.languages import LANGUAGES, slug
from morava.languages.messages import keys
from morava.models.chain import CHAIN, given_by
from morava.plans import list_countries, read_country, read_strategy
from morava.plans import types as records
from morava.plans.coherence.findings import SEVERITIES
from morava.plans.coherence.rules import RULES
from morava.plans.strategy_schemas import PROMISE_KINDS
from morava.quantities.glossary import glossary
from morava.runs.judge import ANSWER_OF_EVIDENCE, MODEL_ORDER
from morava.views.catalogue import catalogue, say_unit, unit_message

ROOT = Path(__file__).parents[2]
PYTHON = ("views", "report", "web", "cli")
NOT_MESSAGES = {
    "chart-card", "chart-table", "chart-tip", "compare-one", "compare-other", "lever-input", "lever-note", "lever-open",
    "lever-painted", "lever-start", "lever-stop", "verdict-bar", "verdict-part", "cli-answer", "label-item",
    "label-lender", "label-partner", "label-closure", "label-foreseen", "lever-kind", "lever-stale",
    "foreseen-title", "foreseen-unit",
}  # fmt: skip
"""Classes and marks of the page, kinds of texts of a pack, and families that a name is put to."""
BY_NAME = ("quantity", "label", "unit", "retold", "sector", "kind", "evidence", "stage", "force", "language", "input",
           "compare", "answer", "lever-stale", "foreseen")  # fmt: skip
"""Families whose keys are made of what a run or a record holds."""
PACK_DIMENSIONS = ("initiative", "envelope", "reference_class", "stage")
"""Dimensions whose labels are said by texts of the pack."""
PLAIN_DIMENSIONS = ("year", "period", "month", "hour", "future")
KNOWN = {language: frozenset(keys(catalogue(language))) for language in LANGUAGES}
FAMILIES = {key.split("-")[0] for key in KNOWN["en"]}


def in_python() -> Iterator[tuple[str, bool]]:
    """Yield strings that look like keys, and patterns of those that are put together (True)."""
    for path in (file for room in PYTHON for file in (ROOT / "src/morava" / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value, False
            if isinstance(node, ast.JoinedStr):
                parts = (re.escape(str(one.value)) if isinstance(one, ast.Constant) else ".+" for one in node.values)
                yield "".join(parts), True


def in_page() -> Iterator[tuple[str, bool]]:
    for path in (file for end in ("ts", "svelte") for file in (ROOT / "frontend/src").rglob(f"*.{end}")):
        text = re.sub(r"<style.*?</style>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        yield from ((found, False) for found in re.findall(r"""["']([a-z]+(?:-[a-z0-9_]+)+)["']""", text))
        for found in re.findall(r"`([a-z]+-[^`\s]*)`", text):
            parts = (".+" if one.startswith("${") else re.escape(one) for one in re.split(r"(\$\{[^}]*\})", found))
            yield "".join(parts), True


def looks_like_a_key(text: str) -> bool:
    return bool(re.fullmatch(r"[a-z]+(-[a-z0-9_]+)+", text)) and text.split("-")[0] in FAMILIES


USED = [*in_python(), *in_page()]
LITERALS = {text for text, is_pattern in USED if not is_pattern and looks_like_a_key(text)}
PATTERNS = {
    text for text, is_pattern in USED if is_pattern and re.match(r"[a-z]+\\-", text) and text.split("\\")[0] in FAMILIES
}


def test_every_key_that_is_used_is_said():
    assert len(LITERALS) > 300
    assert sorted(LITERALS - KNOWN["en"] - NOT_MESSAGES) == []


def test_whatever_is_said_is_used():
    made = [re.compile(pattern) for pattern in PATTERNS]
    unused = [
        key
        for key in KNOWN["en"] - LITERALS
        if not key.startswith(tuple(f"{family}-" for family in BY_NAME)) and not any(one.fullmatch(key) for one in made)
    ]
    assert sorted(unused) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quantity_and_unit_is_said(language):
    assert {f"quantity-{name}" for name in glossary()} <= KNOWN[language]
    for unit in {one.unit for one in glossary().values() if one.unit}:
        assert say_unit(language, unit.replace("money", "EUR_2025")) or unit == "1"


@pytest.mark.parametrize("name", list_countries())
def test_every_unit_of_a_pack_is_said(name):
    country = read_country(name)
    strategy = read_strategy(country)
    units = {fact.unit for fact in country.facts.values()}
    units |= {test.unit for claim in strategy.claims.values() for test in claim.tests}
    units |= {change.unit for one in strategy.initiatives.values() for change in one.changes}
    assert len(units) > 10
    assert sorted(unit for unit in units - {"", "1"} if unit_message(unit)[0] not in KNOWN["en"]) == []


def named() -> dict[str, set[str]]:
    """Return every word that a record or a verdict may hold, by the family that says it."""
    words: dict[str, set[str]] = {
        "answer": {*ANSWER_OF_EVIDENCE.values(), *MODEL_ORDER},
        "basis": {*given_by().values(), "evidence", "opinion", "none"},
        "status": {*records.STATUSES, *records.INITIATIVE_STATUSES},
        "stage": set(records.AGREEMENT_STAGES),
        "kind": {*records.CLAIM_KINDS, *records.CONFLICT_KINDS, *PROMISE_KINDS},
        "voice": set(records.VOICES),
        "evidence": set(records.EVIDENCE),
        "severity": set(SEVERITIES),
        "rule": set(RULES),
        "grade": {"a", "b", "c"},
    }
    for name in list_countries():
        strategy = read_strategy(read_country(name))
        words["sector"] = words.get("sector", set()) | {claim.sector for claim in strategy.claims.values()}
        words["sector"] |= {one.sector for one in strategy.initiatives.values()}
        words["kind"] |= {money.kind for one in strategy.initiatives.values() for money in one.financing}
        words["kind"] |= {agreement.kind for agreement in strategy.agreements.values()}
        words["force"] = words.get("force", set()) | {one.legal_force for one in strategy.agreements.values()}
        words["tense"] = words.get("tense", set()) | {claim.tense for claim in strategy.claims.values()}
    return words


@pytest.mark.parametrize(
    ("family", "words"), named().items(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_word_of_a_record_is_said(family, words):
    wanted = {f"{family}-{slug(word)}" for word in words if word}
    assert sorted(wanted - KNOWN["en"]) == []


def test_every_label_of_a_run_is_said(answers):
    missing = {
        f"label-{slug(str(dim))}-{slug(str(label))}"
        for array in answers.outcome.values.values()
        for dim in array.dims
        if dim not in (*PACK_DIMENSIONS, *PLAIN_DIMENSIONS)
        for label in array.coords[dim].to_numpy()
    } - KNOWN["en"]
    assert sorted(missing) == []


def test_every_dimension_of_a_result_heads_a_column():
    dims = {dim for model in CHAIN for name in model.gives for dim in glossary()[name].dims}
    assert sorted({f"column-{slug(dim)}" for dim in dims} - KNOWN["en"]) == []


@pytest.mark.parametrize("country", list_countries())
def test_every_label_that_the_facts_of_a_pack_give_to_a_result_is_said(country):
    shown = {dim for model in CHAIN for name in model.gives for dim in glossary()[name].dims}
    left_out = (*PACK_DIMENSIONS, *PLAIN_DIMENSIONS, "item", "product", "partner", "unit")
    facts = read_country(country).facts.values()
    labels = {
        (dim, label) for fact in facts for dim, label in fact.where.items() if dim in shown and dim not in left_out
    }
    assert sorted({f"label-{slug(dim)}-{slug(label)}" for dim, label in labels} - KNOWN["en"]) == []
