"""What a rule says, and what becomes of it: findings, scores, and the coherence of a text."""

from __future__ import annotations

from dataclasses import dataclass

SEVERITIES = ("clear", "weak", "note")
"""`clear` is an incoherence that leaves no innocent reading, `weak` one that does; a `note` says what nobody can
check from the text, and counts against nothing."""


@dataclass(frozen=True)
class Amount:
    """A number that a finding rests on: what it is, and its value or range as written or as computed.

    `low` and `high` are equal for one value; an open side is None.
    """

    what: str
    low: float | None
    high: float | None
    unit: str


@dataclass(frozen=True)
class Told:
    """What a rule has to say about one subject, before the text adds claims, paragraphs and an id."""

    subject: str
    severity: str
    says: str
    mend: str
    claims: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    initiatives: tuple[str, ...] = ()
    agreements: tuple[str, ...] = ()
    envelopes: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    numbers: tuple[Amount, ...] = ()


@dataclass(frozen=True)
class Checked:
    """What a rule looked at, and what it has to say; a subject without a finding is in order."""

    subjects: tuple[str, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Finding:
    """One incoherence: a plain sentence, where it stands in the text, and what would mend it.

    `name` is the rule and the subject, and stays the same as long as the subject does. `paragraphs` names document
    and paragraph of every claim concerned.
    """

    name: str
    rule: str
    subject: str
    severity: str
    says: str
    mend: str
    claims: tuple[str, ...]
    paragraphs: tuple[str, ...]
    facts: tuple[str, ...]
    initiatives: tuple[str, ...]
    agreements: tuple[str, ...]
    envelopes: tuple[str, ...]
    conflicts: tuple[str, ...]
    numbers: tuple[Amount, ...]


@dataclass(frozen=True)
class Score:
    """How a text does by one rule.

    `applicable` subjects could be checked, `met` of them are in order, `share` is the ratio; it is None where there
    was nothing to check: the rule is then not assessed. Each criterion fulfilled is a point, `points` of `possible`.
    """

    rule: str
    title: str
    applicable: int
    met: int
    share: float | None
    points: int
    possible: int


@dataclass(frozen=True)
class Coherence:
    """Every finding on a text, and its score: criteria `met` of those that were `applicable`, all rules together.

    `share` is None where no rule found anything to check.
    """

    findings: tuple[Finding, ...]
    scores: tuple[Score, ...]
    met: int
    applicable: int
    share: float | None
