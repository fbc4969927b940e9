"""The coherence of a text as lines to print."""

from __future__ import annotations

from morava.plans.coherence.findings import Coherence, Finding, Score
from morava.plans.coherence.wording import listed, percent


def score_line(coherence: Coherence) -> str:
    """Write the score of the whole text in one line."""
    if coherence.share is None:
        return "coherence was not assessed: the text has nothing that a rule can check"
    return (
        f"coherence: {coherence.met} of {coherence.applicable} criteria met ({percent(round(coherence.share, 3))}), "
        f"{len(coherence.findings)} findings"
    )


def write_out(coherence: Coherence) -> str:
    """Write every rule with its score and findings, and the score of the whole: the same text for the same pack."""
    lines: list[str] = []
    for score in coherence.scores:
        lines.append(_heading(score))
        for finding in coherence.findings:
            if finding.rule == score.rule:
                lines.extend(_finding(finding))
    return "\n".join([*lines, "", score_line(coherence), ""])


def _heading(score: Score) -> str:
    if score.share is None:
        return f"{score.title}: not assessed"
    return f"{score.title}: {score.met} of {score.applicable} in order, {score.points} of {score.possible} criteria met"


def _finding(finding: Finding) -> list[str]:
    where = f" [{listed(finding.paragraphs)}]" if finding.paragraphs else ""
    return [f"  {finding.severity}: {finding.says}{where}", f"    mend: {finding.mend}"]
