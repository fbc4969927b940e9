"""The reader's own copy of a strategy's document: held in memory, verified, never written anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from morava.errors import MoravaError, Problem
from morava.plans.document import verify_document
from morava.plans.read import read_country, read_strategy
from morava.plans.text_file import LARGEST_FILE
from morava.plans.types import Claim, Strategy


@dataclass(frozen=True, repr=False)
class OwnDocument:
    """The lines of a copy, by which a claim's sentence is shown where its hash fits."""

    lines: tuple[str, ...]

    def sentence(self, claim: Claim) -> str | None:
        """Return the characters that a claim names, where they have the hash that it names; None elsewhere.

        Examples
        --------
        >>> OwnDocument(("It will be fine.",)).lines[0][:2]
        'It'
        """
        passage = claim.passage
        if not passage.sha256 or not 1 <= passage.paragraph <= len(self.lines):
            return None
        text = self.lines[passage.paragraph - 1][passage.start : passage.start + passage.length]
        return text if sha256(text.encode("utf-8")).hexdigest() == passage.sha256 else None


def read_own_document(path: Path, country: str, strategy: str = "") -> OwnDocument:
    """Return the reader's copy of the document of a strategy.

    Raises
    ------
    MoravaError
        When it is not the text that the claims were read from.
    """
    return read_copy(path, read_strategy(read_country(country), strategy))


def read_copy(path: Path, strategy: Strategy) -> OwnDocument:
    """Return the reader's copy of a document of a strategy.

    Raises
    ------
    MoravaError
        When it cannot be read, a claim's passage is not in it, or no claim says what its passage is.
    """
    problems = verify_document(strategy, path)
    if problems:
        raise MoravaError(problems)
    if not any(claim.passage.sha256 for claim in strategy.claims.values()):
        raise MoravaError(Problem(f"no claim of {strategy.name} has the hash of its passage", path.name,
                                  "leave the document out: no sentence could be shown"))  # fmt: skip
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE)
        return OwnDocument(tuple(data.decode("utf-8-sig").replace("\r\n", "\n").split("\n")))
    except (OSError, ValueError) as error:
        raise MoravaError(Problem("the copy changed while it was read", path.name, "start again")) from error
