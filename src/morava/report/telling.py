"""Which five findings stand on the first page: chosen by a rule that the report prints, never by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

MOST = 5
SLOTS = (("fails", 2), ("hinges", 1), ("holds", 1))
"""Claims that come first: the two that fail most clearly, of different sectors where there are, then one of each."""
FINDINGS_FIRST = 1
ORDER_OF_SEVERITY = ("clear", "weak")
Row = Mapping[str, Any]


def most_telling(claims: Sequence[Row], findings: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Return claims and findings on the text for a first page, at most five in all.

    Of claims that fail, those come first that hold in the smallest share of futures; of those that hold, in the
    largest; of those that hinge, the one that a single uncertainty explains best. One finding on the text follows:
    a clear one before a weak one, and of these the one that touches most claims. What is left is filled in this order.

    Parameters
    ----------
    claims
        Rows with `answer`, `share`, `sector`, `hinges_on`.
    findings
        Rows with `severity` and `claims`.
    """
    ranked = {answer: _ranked(claims, answer) for answer, _ in SLOTS}
    chosen: list[Row] = []
    for answer, places in SLOTS:
        chosen += _of_different_sectors(ranked[answer], places)
    told = sorted(findings, key=_severity)
    kept = told[:FINDINGS_FIRST]
    for answer, _ in SLOTS:
        for row in ranked[answer]:
            if len(chosen) + len(kept) < MOST and row not in chosen:
                chosen.append(row)
    order = [answer for answer, _ in SLOTS]
    chosen.sort(key=lambda row: (order.index(str(row["answer"])), ranked[str(row["answer"])].index(row)))
    return chosen, told[: MOST - len(chosen)]


def _ranked(claims: Sequence[Row], answer: str) -> list[Row]:
    rows = [row for row in claims if row["answer"] == answer and row["share"] is not None]
    if answer == "hinges":
        return sorted(rows, key=lambda row: (-_top_hinge(row), str(row["claim"])))
    sign = 1 if answer == "fails" else -1
    return sorted(rows, key=lambda row: (bool(row["open"]), sign * float(row["share"]), str(row["claim"])))


def _top_hinge(row: Row) -> float:
    return max((float(hinge["share"]) for hinge in row["hinges_on"]), default=0.0)


def _of_different_sectors(rows: Sequence[Row], places: int) -> list[Row]:
    chosen: list[Row] = []
    for row in rows:
        if len(chosen) < places and all(row["sector"] != other["sector"] for other in chosen):
            chosen.append(row)
    return chosen


def _severity(finding: Row) -> tuple[int, int, str]:
    severity = str(finding["severity"])
    place = ORDER_OF_SEVERITY.index(severity) if severity in ORDER_OF_SEVERITY else len(ORDER_OF_SEVERITY)
    return place, -len(finding["claims"]), str(finding.get("name", finding["says"]))
