"""Verdicts and outcomes as plain tables, the same for CSV and for the workbook."""

from __future__ import annotations

import numpy as np
import pandas as pd

from morava.quantities.units import in_money
from morava.runs.answers import Answers

LEVELS = {"p10": 0.1, "p50": 0.5, "p90": 0.9}
TEST_COLUMNS = (
    "claim", "test", "says", "quantity", "unit", "bound", "basis", "answer", "share", "interval_low", "interval_high",
    "p10", "p50", "p90", "margin", "reason",
)  # fmt: skip
FINDING_COLUMNS = ("rule", "says", "claims", "paragraphs", "facts", "initiatives")
"""Columns are named here too, so that a table without rows still has its header."""


def verdict_table(answers: Answers) -> pd.DataFrame:
    """Return one row a claim: answer, basis, share with interval, margin, hinges, reasons, paragraph, evidence."""
    rows = []
    for verdict in answers.verdicts:
        claim = answers.plan.strategy.claims[verdict.claim]
        low, high = verdict.interval or (None, None)
        rows.append(
            {
                "claim": verdict.claim,
                "says": claim.says,
                "paragraph": claim.passage.paragraph,
                "voice": claim.voice,
                "kind": claim.kind,
                "answer": verdict.answer,
                "basis": verdict.basis,
                "share_of_futures": verdict.share_of_futures,
                "interval_low": low,
                "interval_high": high,
                "open": verdict.open,
                "margin": verdict.margin,
                "margin_unit": verdict.margin_unit,
                "hinges_on": "; ".join(f"{hinge.factor} ({hinge.share:.0%})" for hinge in verdict.hinges_on),
                "evidence": claim.evidence,
                "awaits": claim.awaits,
                "reasons": "\n".join(verdict.reasons),
                "facts": ";".join(claim.facts),
                "sha256": claim.passage.sha256,
            }
        )
    return pd.DataFrame(rows)


def table_of_tests(answers: Answers) -> pd.DataFrame:
    """Return one row a test of a claim: bound, share with interval, quantiles, margin, answer."""
    rows = []
    for verdict in answers.verdicts:
        for test in verdict.tests:
            low, high = test.interval or (None, None)
            rows.append(
                {
                    "claim": verdict.claim, "test": test.name, "says": test.says, "quantity": test.quantity,
                    "unit": test.unit, "bound": test.bound, "basis": test.basis, "answer": test.answer,
                    "share": test.share, "interval_low": low, "interval_high": high, "p10": test.p10,
                    "p50": test.p50, "p90": test.p90, "margin": test.margin, "reason": test.reason,
                }
            )  # fmt: skip
    return pd.DataFrame(rows, columns=TEST_COLUMNS)


def outcome_table(answers: Answers) -> pd.DataFrame:
    """Return one row a cell of every quantity: unit, P10, P50, P90 over futures; `never` where a date is infinite."""
    tables = []
    for name, array in sorted(answers.outcome.values.items()):
        dims = [str(dim) for dim in array.dims if dim != "future"]
        values = array.transpose("future", *dims).to_numpy()
        rows = {
            level: np.quantile(values, share, axis=0, method="inverted_cdf").ravel() for level, share in LEVELS.items()
        }
        labels = np.meshgrid(*[array.coords[dim].to_numpy() for dim in dims], indexing="ij")
        table = pd.DataFrame({dim: label.ravel() for dim, label in zip(dims, labels, strict=True)} | rows)
        table.insert(0, "quantity", name)
        table.insert(1, "unit", in_money(str(array.attrs["unit"]), answers.plan.country.price_base))
        tables.append(table)
    joined = pd.concat(tables, ignore_index=True)
    order = ["quantity", "unit", *sorted({str(name) for name in joined} - {"quantity", "unit", *LEVELS}), *LEVELS]
    joined = joined[order]
    for dim in order[2 : -len(LEVELS)]:
        if joined[dim].dtype.kind == "f":  # whole numbers, that the rows without this dimension made into floats
            joined[dim] = joined[dim].astype("Int64")
    for level in LEVELS:
        joined[level] = joined[level].astype(object).where(np.isfinite(joined[level].astype(float)), "never")
    return joined


def coherence_table(answers: Answers) -> pd.DataFrame:
    """Return one row a finding on the text alone."""
    return pd.DataFrame(
        [
            {
                "rule": finding.rule,
                "says": finding.says,
                "claims": ";".join(finding.claims),
                "paragraphs": ";".join(finding.paragraphs),
                "facts": ";".join(finding.facts),
                "initiatives": ";".join(finding.initiatives),
            }
            for finding in answers.coherence.findings
        ],
        columns=FINDING_COLUMNS,
    )


def source_table(answers: Answers) -> pd.DataFrame:
    """Return one row a source of the country: title, address, dates, licence, grade."""
    return pd.DataFrame(
        [
            {
                "source": source.name, "title": source.title, "producer": source.producer, "address": source.address,
                "published": source.published, "accessed": source.accessed, "licence": source.licence,
                "grade": source.grade,
            }
            for source in answers.plan.country.sources.values()
        ]
    )  # fmt: skip


def run_table(answers: Answers) -> pd.DataFrame:
    """Return what was run, one row an input."""
    request = answers.request
    rows = [
        ("run", answers.run),
        ("country", request.country),
        ("strategy", request.strategy),
        ("futures", request.futures),
        ("futures failed", len(answers.outcome.failed)),
        ("seed", request.seed),
        ("price base", answers.plan.country.price_base),
        ("as of", answers.plan.country.as_of),
        ("country hash", request.country_hash),
        ("strategy hash", request.strategy_hash),
        ("futures hash", request.futures_hash),
        ("code hash", request.code_hash),
        *((f"version of {name}", number) for name, number in request.versions.items()),
    ]
    return pd.DataFrame(rows, columns=["what", "value"])


TABLES = {
    "verdicts": verdict_table,
    "tests": table_of_tests,
    "outcomes": outcome_table,
    "coherence": coherence_table,
    "sources": source_table,
    "run": run_table,
}
"""Every table that is exported, by the name of its file or sheet."""
