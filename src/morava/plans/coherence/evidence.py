"""Claims against facts: those that a fact contradicts, and those about the past that nobody can look up."""

from __future__ import annotations

from morava.plans.cells import TIME
from morava.plans.coherence.findings import Checked, Told
from morava.plans.coherence.targets import Target, conflicts_between, differ, targets
from morava.plans.coherence.text import Text, members, place, show_fact, time_of
from morava.plans.coherence.versions import amounts_of, show_side
from morava.plans.coherence.wording import listed
from morava.plans.types import Agreement, Claim, Conflict, Fact
from morava.quantities import find
from morava.quantities.dates import interval

KINDS = ("plan against actual", "unit error")
"""Kinds of conflict in which a fact stands against what is said."""
UNKNOWN_FORCE = ("", "unknown", "not known", "not published", "not found")
"""Words for the legal force of a paper that nobody has seen."""


def find_contradicted_claims(text: Text) -> Checked:
    """Tell of claims that evidence contradicts, plans told as facts, misprinted units, and targets already missed."""
    claims = [
        claim for claim in text.strategy.claims.values() if claim.evidence in ("supported", "partly", "contradicted")
    ]
    told = [_tell_contradicted(text, claim) for claim in claims if claim.evidence == "contradicted"]
    covered = {conflict for finding in told for conflict in finding.conflicts}
    disputes = [
        conflict
        for conflict in text.country.conflicts.values()
        if conflict.kind in KINDS and conflict.name not in covered and _claims_of(text, conflict)
    ]
    told += [_tell_conflict(text, conflict) for conflict in disputes]
    past = _past_targets(text)
    told += [finding for _, finding in past if finding]
    return Checked(
        (*(claim.name for claim in claims), *(item.subject for item in disputes), *(subject for subject, _ in past)),
        tuple(told),
    )


def _claims_of(text: Text, conflict: Conflict) -> tuple[str, ...]:
    named = {name for name in members(conflict) if name in text.strategy.claims}
    for fact in members(conflict):
        named.update(text.claims_of_fact.get(fact, ()))
    return tuple(sorted(named))


def _tell_contradicted(text: Text, claim: Claim) -> Told:
    note = f" ({claim.evidence_note})" if claim.evidence_note else ""
    return Told(
        subject=claim.name,
        severity="clear",
        says=f"Evidence contradicts the claim: {claim.says}{note}.",
        mend="withdraw the claim, or bring the evidence that the facts lack",
        claims=(claim.name,),
        facts=tuple(name for name in claim.facts if name in text.country.facts),
        conflicts=text.conflicts_of.get(claim.name, ()),
    )


def _tell_conflict(text: Text, conflict: Conflict) -> Told:
    sides = " against ".join(show_side(text, side) for side in conflict.sides)
    opening = "A plan against what was measured" if conflict.kind == "plan against actual" else "A wrong unit"
    rejected = {name for index, side in enumerate(conflict.sides) if index != conflict.chosen for name in side}
    return Told(
        subject=conflict.subject,
        severity="clear" if rejected & set(text.strategy.claims) else "weak",
        says=f"{opening}, {conflict.subject}: {sides}. {conflict.reading}",
        mend="say what is planned and what is measured, each with its unit and date",
        claims=_claims_of(text, conflict),
        facts=tuple(name for name in members(conflict) if name in text.country.facts),
        conflicts=(conflict.name,),
        numbers=amounts_of(text, conflict),
    )


def _past_targets(text: Text) -> list[tuple[str, Told | None]]:
    """Compare targets of claims whose time is over with what was measured then."""
    found = []
    for subject, group in targets(text).items():
        for target in group:
            time_is_over = bool(set(find(target.quantity).dims) & set(TIME)) and interval(target.time)[1] <= text.as_of
            facts = _measured(text, target)
            if target.claim and time_is_over and facts and not conflicts_between(text, group):
                label = f"{subject}, claim {target.claim}"
                found.append((label, _tell_missed(text, label, target, facts)))
    return found


def _measured(text: Text, target: Target) -> tuple[Fact, ...]:
    return tuple(
        fact
        for fact in text.country.facts.values()
        if fact.quantity == target.quantity
        and fact.status == "measured"
        and place(fact.where) == target.where
        and time_of(fact) == target.time
    )


def _tell_missed(text: Text, label: str, target: Target, facts: tuple[Fact, ...]) -> Told | None:
    """Tell when all that was measured differs from the target on the side that its claim excludes."""
    unit = find(target.quantity).unit
    claim = text.strategy.claims[target.claim]
    floor = any(test.at_least is not None and test.measure.quantity == target.quantity for test in claim.tests)
    ceiling = any(test.at_most is not None and test.measure.quantity == target.quantity for test in claim.tests)
    for fact in facts:
        low, high = (None if side is None else text.convert(side, fact.unit, unit) for side in (fact.low, fact.high))
        reached = Target(target.quantity, target.where, target.time, low, high, target.shown, "", fact.name)
        above = target.high is not None and low is not None and low > target.high
        beyond = (floor and not ceiling and above) or (ceiling and not floor and not above)
        if (low is None and high is None) or beyond or not differ(target, reached):
            return None
    return Told(
        subject=label,
        severity="clear" if floor or ceiling else "weak",
        says=f"{claim.says}: {target.time} is over, and {listed([show_fact(fact) for fact in facts])} was measured.",
        mend="report the target as missed, or correct it",
        claims=(claim.name,),
        facts=tuple(fact.name for fact in facts),
        numbers=(target.shown,),
    )


def find_unsourced_past(text: Text) -> Checked:
    """Tell of statements about the past or present that no source was found for, and of papers that nobody has seen.

    An agreement rests on something when it has a fact, or a claim about it that evidence supports at least in part.
    """
    subjects, told = [], []
    missing: dict[str, Claim] = {}
    for claim in text.strategy.claims.values():
        rests_on_evidence = claim.evidence not in ("untested", "value judgement")
        if claim.tense in ("past", "present") and claim.voice != "reader" and rests_on_evidence:
            subjects.append(claim.name)
            if claim.evidence == "not found":
                missing[claim.name] = claim
    unseen = {name: item for name, item in sorted(text.strategy.agreements.items()) if _is_unseen(text, item)}
    for claim in missing.values():
        told.append(_tell_not_found(claim, [item for item in unseen.values() if claim.name in item.claims]))
    for name, agreement in sorted(text.strategy.agreements.items()):
        if name in unseen and missing.keys() & set(agreement.claims):
            continue
        subjects.append(name)
        if name in unseen:
            told.append(_tell_no_text(agreement, _has_text(text, agreement)))
    return Checked(tuple(subjects), tuple(told))


def _is_unseen(text: Text, agreement: Agreement) -> bool:
    return not _has_text(text, agreement) or agreement.legal_force.casefold() in UNKNOWN_FORCE


def _has_text(text: Text, agreement: Agreement) -> bool:
    claims = [text.strategy.claims[name] for name in agreement.claims if name in text.strategy.claims]
    return bool(agreement.facts) or any(claim.evidence in ("supported", "partly") for claim in claims)


def _tell_not_found(claim: Claim, papers: list[Agreement]) -> Told:
    note = f" ({claim.evidence_note})" if claim.evidence_note else ""
    titles = listed([item.title_en for item in papers])
    paper = f" It speaks of what has no known text or no known legal force: {titles}." if papers else ""
    return Told(
        subject=claim.name,
        severity="weak",
        says=f"No source was found for: {claim.says}{note}.{paper}",
        mend="publish the text, the list or the count that it rests on",
        claims=(claim.name,),
        agreements=tuple(item.name for item in papers),
    )


def _tell_no_text(agreement: Agreement, has_text: bool) -> Told:
    lack = "its legal force is not known" if has_text else "neither a fact nor a supported claim speaks of its text"
    return Told(
        subject=agreement.name,
        severity="weak",
        says=f"{agreement.title_en} ({agreement.stage}{f', {agreement.date}' if agreement.date else ''}): {lack}.",
        mend="publish the text with parties, force and date",
        claims=agreement.claims,
        facts=agreement.facts,
        initiatives=agreement.initiatives,
        agreements=(agreement.name,),
    )
