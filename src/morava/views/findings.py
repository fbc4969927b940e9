"""Where the text of a strategy does not hold together, before any model is asked."""

from __future__ import annotations

from dataclasses import dataclass

from morava.plans.coherence import Finding, Score
from morava.plans.coherence.findings import SEVERITIES
from morava.runs.answers import Answers
from morava.views.charts import table
from morava.views.types import Chart, Column


@dataclass(frozen=True)
class Findings:
    """Every finding, the gravest first, and how the text does by each rule."""

    findings: tuple[Finding, ...]
    scores: tuple[Score, ...]
    met: int
    applicable: int
    share: float | None


def findings(answers: Answers) -> Findings:
    """Return how the text holds together."""
    found = answers.coherence
    return Findings(
        findings=tuple(sorted(found.findings, key=lambda one: SEVERITIES.index(one.severity))),
        scores=found.scores,
        met=found.met,
        applicable=found.applicable,
        share=found.share,
    )


def findings_by_rule(answers: Answers) -> Chart | None:
    """Return how many findings every rule has, by severity; None where there is none."""
    found = answers.coherence
    counts = {
        score.rule: [
            sum((one.rule, one.severity) == (score.rule, severity) for one in found.findings) for severity in SEVERITIES
        ]
        for score in found.scores
    }
    rows = [
        (score.rule, severity, number, score.met, score.applicable)
        for score in found.scores
        for severity, number in zip(SEVERITIES, counts[score.rule], strict=True)
        if number
    ]
    if not rows:
        return None
    columns = (
        Column("rule", "column-rule", "label", "rule"),
        Column("severity", "column-severity", "label", "severity"),
        Column("findings", "column-findings", "number", unit="1"),
        Column("met", "column-met", "number", unit="1"),
        Column("applicable", "column-applicable", "number", unit="1"),
    )
    return table(
        "findings", "chart-country-findings", columns, rows, drawn="bars", x="rule", y=("findings",), by="severity",
        unit="1",
    )  # fmt: skip
