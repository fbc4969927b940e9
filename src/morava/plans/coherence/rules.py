"""All rules in order.

To add one: a function that takes a `Text` and gives a `Checked`, a line in `RULES`, its card in `criteria.yaml`, and a
paragraph in `docs/models/coherence.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from morava.errors import Problems
from morava.plans.coherence.criteria import cards, score
from morava.plans.coherence.envelopes import find_money_out_of_envelope
from morava.plans.coherence.evidence import find_contradicted_claims, find_unsourced_past
from morava.plans.coherence.findings import SEVERITIES, Checked, Coherence, Finding, Told
from morava.plans.coherence.funding import find_costs_without_source, find_measures_without_cost
from morava.plans.coherence.order import find_broken_order
from morava.plans.coherence.owners import find_two_owners
from morava.plans.coherence.targets import find_contradictory_targets, find_targets_without_indicator
from morava.plans.coherence.text import Text, claims_concerned, open_text, paragraphs
from morava.plans.coherence.versions import find_different_versions
from morava.plans.types import Country, Strategy

RULES: Mapping[str, Callable[[Text], Checked]] = {
    "contradictory-targets": find_contradictory_targets,
    "different-versions": find_different_versions,
    "two-owners": find_two_owners,
    "target-without-indicator": find_targets_without_indicator,
    "measure-without-cost": find_measures_without_cost,
    "cost-without-source": find_costs_without_source,
    "sums-and-envelopes": find_money_out_of_envelope,
    "broken-order": find_broken_order,
    "contradicted-claims": find_contradicted_claims,
    "unsourced-past": find_unsourced_past,
}


def find_incoherences(country: Country, strategy: Strategy) -> Coherence:
    """Return what does not hold together in the text of a strategy and the facts beside it, before any model is asked.

    Parameters
    ----------
    country
        Facts and conflicts.
    strategy
        Claims, initiatives, agreements and envelopes; a variant with its parent filled in.

    Raises
    ------
    MoravaError
        Money that no deflator or rate carries to where it is compared, or a target that cannot be read; all at once.
    """
    text = open_text(country, strategy)
    problems = Problems()
    checks: dict[str, Checked] = {}
    for rule, find in RULES.items():
        with problems.collecting():
            checks[rule] = find(text)
    problems.raise_if_any()
    scores = tuple(score(cards()[rule], checked) for rule, checked in checks.items())
    met, applicable = sum(item.points for item in scores), sum(item.possible for item in scores)
    findings = [
        _file(text, rule, told)
        for rule, checked in checks.items()
        for told in sorted(checked.told, key=lambda told: (SEVERITIES.index(told.severity), told.subject))
    ]
    return Coherence(tuple(findings), scores, met, applicable, met / applicable if applicable else None)


def _file(text: Text, rule: str, told: Told) -> Finding:
    claims = claims_concerned(text, told.claims, told.facts, told.initiatives)
    return Finding(
        name=f"{rule}: {told.subject}",
        rule=rule,
        subject=told.subject,
        severity=told.severity,
        says=told.says.rstrip(". ") + ".",
        mend=told.mend,
        claims=claims,
        paragraphs=paragraphs(text, claims),
        facts=tuple(dict.fromkeys(told.facts)),
        initiatives=told.initiatives,
        agreements=told.agreements,
        envelopes=told.envelopes,
        conflicts=told.conflicts,
        numbers=told.numbers,
    )
