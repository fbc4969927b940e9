"""A copy of a document is held against the passages of the claims; its words are never shown."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from morava.plans import read_country, read_strategy, verify_document
from morava.plans.types import Document, Passage

TEXT = "The lamp is green, said Žika.\n\nThree bridges: a plan.\r\nEnd\n"


def digest(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@pytest.fixture
def strategy():
    whole = read_strategy(read_country("ruritania"))
    claims = list(whole.claims.values())
    passages = [
        Passage("speech", 1, 4, 4, digest("lamp")),
        Passage("speech", 1, 24, 4, digest("Žika")),
        Passage("speech", 3, 0, 13, digest("Three bridges")),
        Passage("speech", 4, 0, 3, digest("End")),
    ]
    held = [replace(claim, passage=passage) for claim, passage in zip(claims, passages, strict=False)]
    speech = replace(whole.documents["speech"], sha256=digest(TEXT))
    return replace(whole, claims={claim.name: claim for claim in held}, documents={"speech": speech})


def write(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "copy.txt"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_true_copy_has_no_problem(strategy, tmp_path):
    assert verify_document(strategy, write(tmp_path, TEXT)) == []


def test_a_changed_passage_is_named_by_claim_and_paragraph_and_not_shown(strategy, tmp_path):
    problems = verify_document(strategy, write(tmp_path, TEXT.replace("bridges", "tunnels")))
    assert [problem.where for problem in problems] == ["copy.txt", "copy.txt:3"]
    shown = " ".join(map(str, problems))
    assert "tunnels" not in shown
    assert "bridges" not in shown


def test_a_short_copy_misses_passages(strategy, tmp_path):
    problems = verify_document(strategy, write(tmp_path, "The lamp is green, said Žika.\n"))
    assert [problem.where for problem in problems[1:]] == ["copy.txt:3", "copy.txt:4"]


def test_another_encoding_and_a_missing_file_are_told(strategy, tmp_path):
    assert "not UTF-8" in verify_document(strategy, write(tmp_path, TEXT, "utf-16"))[0].what
    assert "cannot be read" in verify_document(strategy, tmp_path / "none.txt")[0].what
    assert "cannot be read" in verify_document(strategy, "a\0b")[0].what


def test_of_several_documents_the_one_with_the_hash_is_meant(strategy, tmp_path):
    other = Document("other", "Other", "x", "2025", digest("other"), "")
    both = replace(strategy, documents={"other": other, **strategy.documents})
    assert verify_document(both, write(tmp_path, TEXT)) == []
    assert "none of the strategy's documents" in verify_document(both, write(tmp_path, "else"))[0].what


def test_fictional_passages_without_a_hash_are_not_looked_for(tmp_path):
    assert verify_document(read_strategy(read_country("ruritania")), write(tmp_path, "")) == []
