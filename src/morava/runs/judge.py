"""Is it so? Every claim gets an answer, what it rests on, how sure it is, and what it hinges on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr

from morava.errors import MoravaError
from morava.models.chain import given_from_hours, given_from_tables
from morava.models.contract import as_model
from morava.models.power import CERTIFIED, power
from morava.plans.types import Claim, Country, Strategy, Test
from morava.quantities import find
from morava.quantities.dates import calendar_day
from morava.runs.evidence import Evidence
from morava.runs.factors import Factors
from morava.runs.intervals import wilson
from morava.runs.lineage import trace
from morava.runs.measure import Measured, evaluate
from morava.runs.types import Hinge, Outcome, TestResult, Verdict

ANSWER_OF_EVIDENCE = {
    "supported": "confirmed",
    "partly": "partly",
    "contradicted": "contradicted",
    "not found": "unverified",
    "untested": "not modelled",
    "value judgement": "opinion",
}
"""One to one: what the analyst found, and the answer that a reader sees."""
MODEL_ORDER = ("fails", "hinges", "holds")
FACT_ORDER = ("contradicted", "partly", "confirmed")
TELLING_SPREAD = 0.1
"""Where all futures answer alike, what spreads the value by less than this share of the margin explains nothing."""
WILSON_Z = 1.959963984540054
"""Standard normal quantile of a two-sided 95 % interval."""


def judge(
    country: Country,
    strategy: Strategy,
    outcome: Outcome,
    evidence: Evidence,
    touched: Mapping[str, Sequence[str]],
    factors: Factors,
) -> list[Verdict]:
    """Return a verdict for every claim of a strategy, in the order of the document.

    Parameters
    ----------
    outcome
        What follows, in every future that could be answered.
    evidence
        The facts, with genuine conflicts drawn for the same futures.
    touched
        For every state, the initiatives that changed it.
    factors
        What was drawn, by name, for the futures of the outcome.
    """
    ordered = sorted(strategy.claims.values(), key=lambda c: (c.passage.document, c.passage.paragraph, c.name))
    return [_judge_claim(claim, country, strategy, outcome, evidence, touched, factors) for claim in ordered]


def _judge_claim(
    claim: Claim,
    country: Country,
    strategy: Strategy,
    outcome: Outcome,
    evidence: Evidence,
    touched: Mapping[str, Sequence[str]],
    factors: Factors,
) -> Verdict:
    results = [_judge_test(claim, test, strategy, outcome, evidence, touched, factors) for test in claim.tests]
    modelled = [result for result in results if result.answer in MODEL_ORDER]
    by_facts = [result for result in results if result.answer in FACT_ORDER]
    reasons = [result.reason for result in results]
    if claim.evidence_note:
        reasons.append(f"evidence: {claim.evidence_note}")
    if claim.awaits:
        reasons.append(f"a full verdict awaits the model of {claim.awaits}")
    weakest: TestResult | None = None
    if claim.evidence == "value judgement":
        answer, basis = "opinion", "opinion"
    elif modelled and claim.tense != "past":
        weakest = min(modelled, key=lambda r: (MODEL_ORDER.index(r.answer), _share(r)))
        answer, basis = weakest.answer, "+".join(sorted({result.basis for result in modelled}))
        if answer == "holds" and (rest := _untold(claim, results)):
            answer = "not modelled"
            reasons.insert(0, rest)
    elif claim.tense == "future":
        answer, basis = "not modelled", "none"
        if not results:
            reasons.insert(0, "it speaks of the future, and no model of this version gives what it would need")
    else:
        answer, basis = ANSWER_OF_EVIDENCE[claim.evidence], "evidence"
        if claim.evidence == "untested" and (by_facts or modelled):
            weakest = min(by_facts or modelled, key=_share)
            answer, basis = weakest.answer, weakest.basis
            if answer in ("confirmed", "holds") and (rest := _untold(claim, results)):
                answer = "not modelled"
                reasons.insert(0, rest)
        elif claim.evidence == "untested":
            basis = "none"
    if answer == "holds" and any(result.answer == "contradicted" for result in by_facts):
        answer, basis = "partly", f"{basis}+evidence"
        reasons.insert(0, "the models say so, and a test on what has happened does not")
    reasons += _borrowed(claim, country, results)
    reasons += _synthetic(claim, country)
    reasons += _disagreements(claim, answer, by_facts)
    reasons += _conflicts(claim, country)
    required = claim.required_share
    interval = weakest.interval if weakest else None
    thresholds = (required, 1 - required)
    return Verdict(
        claim=claim.name,
        answer=answer,
        basis=basis,
        share_of_futures=weakest.share if weakest else None,
        interval=interval,
        open=bool(interval and any(interval[0] < bound < interval[1] for bound in thresholds)),
        margin=weakest.margin if weakest else None,
        margin_unit=weakest.unit if weakest else "",
        hinges_on=weakest.hinges_on if weakest else (),
        reasons=tuple(reasons),
        tests=tuple(results),
        lineage=trace(claim, country, strategy),
    )


def _untold(claim: Claim, results: Sequence[TestResult]) -> str:
    """Return why tests that hold are not enough: a model is awaited, or another test cannot be made."""
    if claim.awaits:
        return f"what can be tested now is so; it takes the model of {claim.awaits} to say the rest"
    missing = [result.name for result in results if result.answer == "not modelled"]
    return f"what can be tested now is so; it cannot be tested yet: {', '.join(missing)}" if missing else ""


def borrowed_shapes(country: Country) -> list[str]:
    """Return the hourly shapes that stand for another year or place than they were measured in."""
    return sorted({one.quantity for one in country.series.values() if one.borrowed})


def _borrowed(claim: Claim, country: Country, results: Sequence[TestResult]) -> list[str]:
    """Say which hourly shapes are borrowed from another year or place, where a result rests on such shapes."""
    hourly = given_from_hours()
    if not any(
        measure.quantity in hourly for test in claim.tests for measure in (test.measure, test.against) if measure
    ):
        return []
    if not any(result.basis not in ("none", "evidence") for result in results):
        return []
    shapes = borrowed_shapes(country)
    return [f"borrowed hourly shapes ({', '.join(shapes)}): `morava show series` says why"] if shapes else []


def _synthetic(claim: Claim, country: Country) -> list[str]:
    """Say which tables of trade are put together and not measured, where a test rests on them."""
    tables = given_from_tables()
    if not any(
        measure.quantity in tables for test in claim.tests for measure in (test.measure, test.against) if measure
    ):
        return []
    made = sorted({one.quantity for one in country.tables.values() if one.synthetic})
    return [f"synthetic tables ({', '.join(made)}): `morava show tables` says how they were made"] if made else []


def _share(result: TestResult) -> float:
    return 1.0 if result.share is None else result.share


def _disagreements(claim: Claim, answer: str, by_facts: Sequence[TestResult]) -> list[str]:
    """Say where a test on the facts and the recorded evidence do not agree; neither is changed."""
    return [
        f"the analyst found the evidence {claim.evidence!r}, but the test {result.name!r} on the facts reads "
        f"{result.answer}"
        for result in by_facts
        if (answer, result.answer) in (("confirmed", "contradicted"), ("contradicted", "confirmed"))
    ]


def _conflicts(claim: Claim, country: Country) -> list[str]:
    found = []
    for conflict in country.conflicts.values():
        named = {name for side in conflict.sides for name in side}
        if claim.name in named or named & set(claim.facts):
            found.append(f"conflict {conflict.name} ({conflict.kind}), {conflict.subject}: {conflict.reading}")
    return found


def _judge_test(
    claim: Claim,
    test: Test,
    strategy: Strategy,
    outcome: Outcome,
    evidence: Evidence,
    touched: Mapping[str, Sequence[str]],
    factors: Factors,
) -> TestResult:
    quantity = find(test.measure.quantity).name
    try:
        measured = evaluate(test, outcome, evidence, touched, claim.name)
    except MoravaError as error:
        return TestResult(
            name=test.name, says=test.says, quantity=quantity, unit=test.unit, bound=_bound_as_written(test),
            basis="none", share=None, interval=None, p10=None, p50=None, p90=None, margin=None,
            answer="not modelled", hinges_on=(),
            reason=f"{test.says or test.name}: cannot be tested now, {error.problems[0].what}",
        )  # fmt: skip
    values = measured.values
    passes = passes_of(measured)
    flat = np.asarray(values).ravel()
    margins = _margins(flat, measured)
    share = float(passes.mean())
    interval = None
    if "future" in values.dims and measured.basis != "evidence":
        count = values.sizes["future"]
        interval = wilson(share * count, count, WILSON_Z)
        answer = _grade(share, claim.required_share)
    else:
        answer = "confirmed" if share == 1 else "contradicted" if share == 0 else "partly"
    margin = _finite(float(np.quantile(margins, 0.5, method="inverted_cdf")))
    p10, p50, p90 = (_finite(value) for value in np.quantile(flat, [0.1, 0.5, 0.9], method="inverted_cdf"))
    return TestResult(
        name=test.name,
        says=test.says,
        quantity=quantity,
        unit=measured.unit,
        bound=_bound(test, measured),
        basis=measured.basis,
        share=share,
        interval=interval,
        p10=p10,
        p50=p50,
        p90=p90,
        margin=margin,
        answer=answer,
        hinges_on=_hinges(test, strategy, values, passes, touched, factors, margin),
        reason=_reason(test, measured, share, interval, flat)
        + _few(measured, len(factors.futures))
        + _precision(test, measured, outcome),
    )


def passes_of(measured: Measured) -> xr.DataArray:
    """Return in which share a test passes, over futures; a bound met but for rounding of units is met.

    Of a range that facts give, both ends count; where a range reaches beyond both bounds, some of it passes.
    """
    rounding = 0.0 if measured.unit == "year" else ROUNDING  # dates are never converted
    low = measured.at_least - rounding * max(1.0, abs(measured.at_least)) if rounding else measured.at_least
    high = measured.at_most + rounding * max(1.0, abs(measured.at_most)) if rounding else measured.at_most
    values = measured.values
    passes = ((values >= low) & (values <= high)).astype(float)
    if "side" not in values.dims:
        return passes
    beyond = (values.min("side") < low) & (values.max("side") > high)
    return passes.mean("side").where(~beyond, 0.5)


ROUNDING = 1e-12
"""Relative error that a change of units may leave."""


def _margins(values: np.ndarray, measured: Measured) -> np.ndarray:
    """Return the distance to the nearer bound, positive inside; a bound that is not there is infinitely far."""
    below = values - measured.at_least if np.isfinite(measured.at_least) else np.full(values.shape, np.inf)
    above = measured.at_most - values if np.isfinite(measured.at_most) else np.full(values.shape, np.inf)
    return np.minimum(below, above)


def _grade(share: float, required: float) -> str:
    if share >= required - ROUNDING:
        return "holds"
    return "fails" if share <= 1 - required + ROUNDING else "hinges"


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _hinges(
    test: Test,
    strategy: Strategy,
    values: xr.DataArray,
    passes: xr.DataArray,
    touched: Mapping[str, Sequence[str]],
    factors: Factors,
    margin: float | None,
) -> tuple[Hinge, ...]:
    """Return what the pass hinges on; where every future answers alike, what moves the value towards the bound."""
    if "future" not in values.dims or "side" in values.dims:
        return ()
    decided = passes.to_numpy().astype(float)
    if decided.min() == decided.max():
        decided = values.to_numpy().copy()
        known = decided[np.isfinite(decided)]
        decided[~np.isfinite(decided)] = np.nan
        if not margin or not known.size or np.subtract(*np.quantile(known, [0.9, 0.1])) < TELLING_SPREAD * abs(margin):
            return ()
    own = factors.of(values.coords["future"].to_numpy())
    return own.explain(decided, own.relevant(test, strategy, touched))


def _few(measured: Measured, futures: int) -> str:
    """Say in how many futures a test was answered, where it was not in all."""
    count = measured.values.sizes.get("future", futures)
    return (
        ""
        if count == futures or not futures
        else f"; answered in {count} of {futures} futures, those in which power was solved"
    )


def _precision(test: Test, measured: Measured, outcome: Outcome) -> str:
    """Say how closely the power program was solved behind a test, where it was not solved as closely in all futures."""
    gaps = outcome.values.get("power_solve_gap")
    if gaps is None or test.measure.quantity not in as_model(power).gives or "future" not in measured.values.dims:
        return ""
    both = np.isin(gaps.coords["future"].to_numpy(), measured.values.coords["future"].to_numpy())
    own = gaps.to_numpy()[both]
    loose = own[own > CERTIFIED]
    if not len(loose):
        return ""
    close = f"within {CERTIFIED:.1%} in {len(own) - len(loose)} futures"
    return f"; the cost of the power system is proved {close} and within {loose.max():.1%} in {len(loose)}"


PLAIN_UNITS = {"1": "", "item": "", "person": " people"}
"""Units that a sentence does not spell out as the glossary does."""


def _number(value: float, unit: str) -> str:
    if not np.isfinite(value):
        return "never" if value > 0 else "at any time"
    if unit == "year":
        return calendar_day(value).isoformat()
    shown = f"{value:,.4g}" if abs(value) < LARGE else f"{value:,.0f}"
    return shown + PLAIN_UNITS.get(unit, f" {unit}")


LARGE = 1000
"""From here on all digits before the point are printed."""


def _span(low: float, high: float, unit: str) -> str:
    """Return what facts give, in words: one value, a range, an open bound, or the days of an interval."""
    if unit == "year":
        last = np.nextafter(high, -np.inf) if high > low else high
        first_day, last_day = _number(low, unit), _number(float(last), unit)
        return first_day if first_day == last_day else f"{first_day} to {last_day}"
    if np.isinf(high) or np.isinf(low):
        return f"at least {_number(low, unit)}" if np.isinf(high) else f"at most {_number(high, unit)}"
    return _number(low, unit) if low == high else f"{_number(low, unit)} to {_number(high, unit)}"


def _bound(test: Test, measured: Measured) -> str:
    parts = []
    if test.by:
        parts.append(f"by the end of {test.by}")
    if test.not_before:
        parts.append(f"not before {test.not_before}")
    if test.at_least is not None:
        parts.append(f"at least {_number(test.at_least, measured.unit)}")
    if test.at_most is not None:
        parts.append(f"at most {_number(test.at_most, measured.unit)}")
    return " and ".join(parts)


def _bound_as_written(test: Test) -> str:
    return " ".join(
        str(part)
        for part in (test.at_least, test.at_most, test.by, test.not_before, test.unit)
        if part not in (None, "")
    )


def _reason(
    test: Test, measured: Measured, share: float, interval: tuple[float, float] | None, flat: np.ndarray
) -> str:
    low, middle, high = np.quantile(flat, [0.1, 0.5, 0.9], method="inverted_cdf")
    says = test.says or test.name
    unit = measured.unit
    if interval is None:
        given = _span(float(flat.min()), float(flat.max()), unit)
        return f"{says}: the facts give {given}; bound: {_bound(test, measured)}"
    if low == high:
        given = f"{_number(middle, unit)} in nearly every one"
    else:
        given = f"median {_number(middle, unit)}, 80 % of futures from {_number(low, unit)} to {_number(high, unit)}"
    return (
        f"{says}: so in {share:.1%} of futures ({interval[0]:.1%} to {interval[1]:.1%}); {given}; "
        f"bound: {_bound(test, measured)}"
    )
