"""The list of claims: for every claim one row with its answer, how sure it is, and what it hinges on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from morava.plans.types import Claim, Country, Futures
from morava.runs.answers import Answers
from morava.runs.lineage import initiatives_of
from morava.runs.types import Hinge, Verdict


@dataclass(frozen=True)
class HingeRow:
    """An uncertainty that a verdict depends on.

    `factor` is its English name. The texts of the pack say it by `key`, where it has one, followed by `label`.
    """

    factor: str
    key: str
    label: str
    share: float


@dataclass(frozen=True)
class PromiseRow:
    """A date that somebody named for a milestone, and the day on which it was said."""

    initiative: str
    promise: str
    milestone: str
    said: str
    date: str
    kind: str
    source: str


@dataclass(frozen=True)
class ClaimRow:
    """A claim and its verdict.

    `share` is of futures, `interval` its 95 percent interval; `margin` the median distance to the bound in
    `margin_unit` (years for a date), None where it is never reached or nothing was tested. `tests` counts them;
    `promises` are the announced dates of the claim's initiatives, in the order in which they were said.
    """

    claim: str
    says: str
    sector: str
    kind: str
    voice: str
    tense: str
    partners: tuple[str, ...]
    document: str
    paragraph: int
    answer: str
    basis: str
    open: bool
    share: float | None
    interval: tuple[float, float] | None
    required_share: float
    margin: float | None
    margin_unit: str
    hinges_on: tuple[HingeRow, ...]
    conflicts: tuple[str, ...]
    tests: int
    promises: tuple[PromiseRow, ...]
    initiatives: tuple[str, ...]


def claims(answers: Answers) -> tuple[ClaimRow, ...]:
    """Return one row a claim, in the order of the document."""
    return tuple(claim_row(answers, verdict) for verdict in answers.verdicts)


def claim_row(answers: Answers, verdict: Verdict) -> ClaimRow:
    """Return the row of one claim."""
    plan = answers.plan
    claim = plan.strategy.claims[verdict.claim]
    initiatives = tuple(initiatives_of(claim, plan.strategy))
    return ClaimRow(
        claim=claim.name,
        says=claim.says,
        sector=claim.sector,
        kind=claim.kind,
        voice=claim.voice,
        tense=claim.tense,
        partners=claim.partners,
        document=claim.passage.document,
        paragraph=claim.passage.paragraph,
        answer=verdict.answer,
        basis=verdict.basis,
        open=verdict.open,
        share=verdict.share_of_futures,
        interval=verdict.interval,
        required_share=claim.required_share,
        margin=verdict.margin,
        margin_unit=verdict.margin_unit,
        hinges_on=hinge_rows(plan.futures, verdict.hinges_on),
        conflicts=conflicts_of(claim, plan.country),
        tests=len(claim.tests),
        promises=_promises(answers, initiatives),
        initiatives=initiatives,
    )


def hinge_rows(futures: Futures, hinges: Sequence[Hinge]) -> tuple[HingeRow, ...]:
    """Return what a verdict hinges on, each with the key of its text.

    A factor is called by the title of its uncertainty, and by a label after a colon where each label draws its own.
    """
    names = {one.title: name for name, one in futures.uncertainties.items()}
    found = []
    for hinge in hinges:
        title, _, label = hinge.factor.partition(": ")
        whole = hinge.factor in names
        name = names.get(hinge.factor if whole else title, "")
        found.append(HingeRow(hinge.factor, f"factor:{name}" if name else "", "" if whole else label, hinge.share))
    return tuple(found)


def conflicts_of(claim: Claim, country: Country) -> tuple[str, ...]:
    """Return the conflicts that name a claim or one of its facts."""
    concerned = {claim.name, *claim.facts}
    return tuple(
        name
        for name, conflict in country.conflicts.items()
        if concerned & {one for side in conflict.sides for one in side}
    )


def _promises(answers: Answers, initiatives: Sequence[str]) -> tuple[PromiseRow, ...]:
    return tuple(
        PromiseRow(name, one.name, one.milestone, one.said, one.date, one.kind, one.source)
        for name in initiatives
        for one in sorted(answers.plan.strategy.initiatives[name].promises, key=lambda promise: promise.said)
    )
