"""From a verdict back to the sentence, the facts and the sources."""

from __future__ import annotations

from collections.abc import Mapping

from morava.plans.types import Claim, Country, Strategy


def initiatives_of(claim: Claim, strategy: Strategy) -> list[str]:
    """Return the initiatives that name a claim or that a test of the claim looks at."""
    found = {name for name, initiative in strategy.initiatives.items() if claim.name in initiative.claims}
    for test in claim.tests:
        for measure in (test.measure, test.against):
            if measure is None:
                continue
            for dim, label in measure.where.items():
                labels = [label] if isinstance(label, str) else list(label)
                found |= {name.split("/")[0] for name in labels if dim in ("initiative", "stage")}
        if test.without:
            found.add(test.without)
    return sorted(found & set(strategy.initiatives))


def trace(claim: Claim, country: Country, strategy: Strategy) -> Mapping[str, object]:
    """Return the document, paragraph and hash of a claim, its facts with source and status, and its initiatives."""
    facts = []
    for name in claim.facts:
        fact = country.facts[name]
        source = country.sources[fact.source]
        facts.append(
            {
                "fact": name,
                "quantity": fact.quantity,
                "status": fact.status,
                "period": fact.period,
                "source": source.title,
                "address": source.address,
                "grade": source.grade,
            }
        )
    return {
        "document": claim.passage.document,
        "paragraph": claim.passage.paragraph,
        "sha256": claim.passage.sha256,
        "facts": facts,
        "initiatives": initiatives_of(claim, strategy),
    }
