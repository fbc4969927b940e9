"""Hold somebody's own copy of a document against the passages that claims name; its text is never shown."""

from __future__ import annotations

import hashlib
from pathlib import Path

from morava.errors import MoravaError, Problem, Problems
from morava.plans.text_file import LARGEST_FILE
from morava.plans.types import Document, Passage, Strategy


def verify_document(strategy: Strategy, path: str | Path) -> list[Problem]:
    """Return every claim whose passage is not in a copy of its document.

    A paragraph is a line of the text, from 1; `start` and `length` count characters in it.

    Parameters
    ----------
    strategy
        Its claims name passages of its documents.
    path
        The copy, in UTF-8: of the document with its hash, or else of the only one.

    Returns
    -------
    list of Problem
        Nothing where every passage is found. Problems name claims and paragraphs, and never show the text.
    """
    problems = Problems()
    name = Path(path).name
    try:
        with Path(path).open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            raise ValueError(f"larger than {LARGEST_FILE:,} bytes")
        lines = data.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except (OSError, ValueError) as error:
        why = "not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        return [Problem(f"the copy cannot be read ({why})", name, "name a text file in UTF-8")]
    digest = hashlib.sha256(data).hexdigest()
    with problems.collecting():
        document = _choose(strategy, digest, name)
        if document.sha256 and document.sha256 != digest:
            problems.add(
                f"the copy is not the text that {document.name} was read from", name, "look for the same edition"
            )
        for claim in strategy.claims.values():
            passage = claim.passage
            if passage.document == document.name and passage.sha256 and not _is_found(passage, lines):
                problems.add(
                    f"claim {claim.name}: its passage is not there",
                    f"{name}:{passage.paragraph}",
                    f"characters {passage.start} to {passage.start + passage.length} of the paragraph differ",
                )
    return list(problems)


def _choose(strategy: Strategy, digest: str, name: str) -> Document:
    for document in strategy.documents.values():
        if document.sha256 == digest:
            return document
    if len(strategy.documents) == 1:
        return next(iter(strategy.documents.values()))
    known = ", ".join(strategy.documents) or "none"
    raise MoravaError(Problem("the copy is none of the strategy's documents", name, f"its documents: {known}"))


def _is_found(passage: Passage, lines: list[str]) -> bool:
    if passage.paragraph > len(lines):
        return False
    line = lines[passage.paragraph - 1]
    text = line[passage.start : passage.start + passage.length]
    return hashlib.sha256(text.encode("utf-8")).hexdigest() == passage.sha256
