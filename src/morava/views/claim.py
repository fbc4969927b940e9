"""A claim's own page: its tests against the futures, and all that the verdict rests on down to facts and sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from morava.models.chain import given_by
from morava.plans.types import Claim, Measure, Test
from morava.quantities import find
from morava.runs.answers import Answers
from morava.runs.explain import explain_claim
from morava.runs.spread import CHOICES, COUNTED
from morava.runs.types import TestResult
from morava.views.charts import NEVER, bands, cell, chosen_cells
from morava.views.claims import ClaimRow, HingeRow, claim_row, hinge_rows
from morava.views.types import Cell, Chart

CHOICE_OF = {by: dim for choices in CHOICES.values() for by, (_, dim) in choices.items()} | {COUNTED: "item"}
"""What the labels of a choice of tables are labels of."""


@dataclass(frozen=True)
class Look:
    """What a test looks at: a quantity at labels, in one year or a span of years, reduced over dimensions."""

    quantity: str
    where: Mapping[str, tuple[str, ...]]
    year: tuple[int, int] | None
    over: Mapping[str, str]


@dataclass(frozen=True)
class TestRow:
    """One test of a claim, its bounds as written, and what the futures say.

    `quantity` repeats that of `looks_at`. Of a date, `p10`, `p50` and `p90` are days, `never` where it does not come,
    and `margin` is in years. `unit` is that of the numbers shown. `chart` names the chart of the page that draws it.
    """

    __test__ = False

    name: str
    says: str
    quantity: str
    looks_at: Look
    against: Look | None
    without: str
    compare: str
    unit: str
    is_date: bool
    at_least: float | None
    at_most: float | None
    by: str
    not_before: str
    bound: str
    answer: str
    basis: str
    share: float | None
    interval: tuple[float, float] | None
    p10: Cell
    p50: Cell
    p90: Cell
    margin: float | None
    hinges_on: tuple[HingeRow, ...]
    reason: str
    chart: str


@dataclass(frozen=True)
class Evidence:
    """What the analyst found for a claim, and the note on it."""

    status: str
    note: str


@dataclass(frozen=True)
class ClaimPage:
    """Everything behind the verdict on a claim.

    `row` is its row of the list. `passage` says where the sentence stands, with its hash. `conflicts`, `facts`,
    `initiatives`, `spread`, `foreseen` and `closure` are as `morava explain --json` gives them, choices of a spread
    with the dimension that their labels are `of`; `models` names the
    method pages that the tests rest on.
    """

    row: ClaimRow
    passage: Mapping[str, Any]
    evidence: Evidence
    awaits: str
    reasons: tuple[str, ...]
    tests: tuple[TestRow, ...]
    charts: tuple[Chart, ...]
    conflicts: Sequence[Mapping[str, Any]]
    facts: Sequence[Mapping[str, Any]]
    initiatives: Sequence[Mapping[str, Any]]
    spread: Sequence[Mapping[str, Any]]
    foreseen: Sequence[Mapping[str, Any]]
    closure: Mapping[str, Any] | None
    models: tuple[str, ...]


def claim_page(answers: Answers, name: str) -> ClaimPage:
    """Return the page of a claim.

    Raises
    ------
    MoravaError
        When no claim has that name.
    """
    shown = explain_claim(answers, name)
    verdict, claim = answers.verdict(name), answers.plan.strategy.claims[name]
    charts = _charts(answers, claim)
    return ClaimPage(
        row=claim_row(answers, verdict),
        passage=shown["passage"],
        evidence=Evidence(claim.evidence, claim.evidence_note),
        awaits=claim.awaits,
        reasons=verdict.reasons,
        tests=tuple(
            _test(answers, test, result, charts) for test, result in zip(claim.tests, verdict.tests, strict=True)
        ),
        charts=tuple({chart.name: chart for chart in charts.values()}.values()),
        conflicts=shown["conflicts"],
        facts=shown["facts"],
        initiatives=shown["initiatives"],
        spread=[
            entry | {"choices": [choice | {"of": CHOICE_OF[choice["by"]]} for choice in entry["choices"]]}
            for entry in shown["spread"]
        ],
        foreseen=shown["foreseen"],
        closure=shown["closure"],
        models=tuple(sorted({one.basis for one in verdict.tests} & set(given_by().values()))),
    )


def _charts(answers: Answers, claim: Claim) -> dict[str, Chart]:
    """Return, by test, the path of the quantity that it looks at, with the claims' bounds on it; one chart a path."""
    found: dict[str, Chart] = {}
    made: dict[str, Chart] = {}
    for test in claim.tests:
        measure = test.measure
        ways = {dim: way for dim, way in measure.over.items() if dim != "year"}
        path = str((measure.quantity, measure.where, ways))
        if path not in made and _is_path(answers, test, ways):
            address = f"path-{len(made) + 1}"
            chart = bands(answers, "claim", measure.quantity, where=measure.where, reduce=ways, name=address)
            if chart is not None:
                made[path] = chart
        if path in made:
            found[test.name] = made[path]
    return found


def _is_path(answers: Answers, test: Test, ways: Mapping[str, str]) -> bool:
    array = answers.outcome.values.get(test.measure.quantity)
    if array is None or test.against is not None or test.without or not set(test.measure.where) <= set(array.dims):
        return False
    left = chosen_cells(answers, test.measure.quantity, test.measure.where, ways)
    return left is not None and set(left.dims) == {"future", "year"}


def _test(answers: Answers, test: Test, result: TestResult, charts: Mapping[str, Chart]) -> TestRow:
    is_date = find(result.quantity).kind == "date" and test.against is None and not test.without
    return TestRow(
        name=test.name,
        says=test.says,
        quantity=result.quantity,
        looks_at=_look(test.measure),
        against=_look(test.against) if test.against else None,
        without=test.without,
        compare=test.compare,
        unit="" if is_date else result.unit,
        is_date=is_date,
        at_least=test.at_least,
        at_most=test.at_most,
        by=test.by,
        not_before=test.not_before,
        bound=result.bound,
        answer=result.answer,
        basis=result.basis,
        share=result.share,
        interval=result.interval,
        p10=_level(result, result.p10, is_date),
        p50=_level(result, result.p50, is_date),
        p90=_level(result, result.p90, is_date),
        margin=result.margin,
        hinges_on=hinge_rows(answers.plan.futures, result.hinges_on),
        reason=result.reason,
        chart=charts[test.name].name if test.name in charts else "",
    )


def _level(result: TestResult, value: float | None, is_date: bool) -> Cell:
    """Return a quantile as shown; a test that was made and has no number is of a date that never comes."""
    if value is None:
        return NEVER if is_date and result.share is not None else None
    return cell(value, find(result.quantity)) if is_date else value


def _look(measure: Measure) -> Look:
    where = {dim: (one,) if isinstance(one, str) else tuple(one) for dim, one in measure.where.items()}
    return Look(measure.quantity, where, measure.year, dict(measure.over))
