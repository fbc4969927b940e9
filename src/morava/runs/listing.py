"""Lists of what a pack holds, row by row, for faces to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from morava.models.chain import CHAIN
from morava.plans.file_types import Table
from morava.plans.trade_tables import confidence_in
from morava.plans.types import Country, Strategy
from morava.quantities import glossary
from morava.quantities.dates import calendar_day
from morava.runs.answers import Answers
from morava.runs.apply import changed_by
from morava.runs.economy_answer import economy_rows
from morava.runs.judge import WILSON_Z
from morava.runs.lower_schedule import promised
from morava.runs.lower_trade import home_region

OF_RUNS = ("economy", "findings", "milestones", "notes")
"""What is listed of a run: the economy, incoherences of the text, dated milestones, and what was not taken along."""


def list_of_run(what: str, answers: Answers) -> list[dict[str, Any]]:
    """Return what is listed of a run, row by row."""
    if what == "economy":
        return economy_rows(answers)
    if what == "notes":
        return [{"note": note} for note in answers.lowered.notes]
    if what == "milestones":
        return _milestones(answers)
    return [
        {
            "rule": f.rule, "severity": f.severity, "says": f.says, "mend": f.mend,
            "paragraphs": ", ".join(f.paragraphs), "claims": ", ".join(f.claims), "facts": ", ".join(f.facts),
        }
        for f in answers.coherence.findings
    ]  # fmt: skip


def facts_behind(answers: Answers) -> tuple[int, int]:
    """Return how many facts the models stand on, and how many of these are assumed and not read in a source."""
    used = {name for model in CHAIN for name in model.needs} | set(changed_by(answers.plan.strategy))
    facts = [fact for fact in answers.plan.country.facts.values() if fact.quantity in used and fact.status != "planned"]
    return len(facts), sum(fact.status == "assumed" for fact in facts)


def pooled_slip(answers: Answers) -> tuple[float, float, float]:
    """Return by how many years announced dates move a year, over the whole slip ledger, with its 95 % interval."""
    values = answers.outcome.values
    rate = float(values["slip_rate_estimate"].isel(future=0))
    reach = WILSON_Z * float(values["slip_rate_error"].isel(future=0))
    return rate, rate - reach, rate + reach


def _milestones(answers: Answers) -> list[dict[str, Any]]:
    """Return one row a milestone that somebody dated and the schedule can reach: the whole, then its stages."""
    rows = []
    for name, initiative in sorted(answers.plan.strategy.initiatives.items()):
        named = {initiative.milestone: ("initiative_finish", "initiative", name)}
        named |= {
            stage.milestone: ("stage_finish", "stage", f"{name}/{stage.name}")
            for stage in initiative.stages
            if stage.milestone and stage.milestone != initiative.milestone
        }
        for milestone, (quantity, dim, label) in named.items():
            array = answers.outcome.values[quantity]
            promises = [p for p in initiative.promises if p.milestone == milestone and p.date and p.kind != "actual"]
            if promises and label in array.coords[dim].to_numpy():
                latest = max(promises, key=lambda promise: (promise.said, promise.name))
                over = array.sel({dim: label}).to_numpy()
                p10, p50, p90 = (
                    calendar_day(day).isoformat() if np.isfinite(day) else "never"
                    for day in np.quantile(over, [0.1, 0.5, 0.9], method="inverted_cdf")
                )
                rows.append(
                    {
                        "initiative": name, "milestone": milestone, "promised": latest.date, "said": latest.said,
                        "share_by_promise": float((over <= promised(latest)).mean()), "p10": p10, "p50": p50,
                        "p90": p90, "never": float(np.isinf(over).mean()),
                    }
                )  # fmt: skip
    return rows


def _confidence(country: Country, table: Table) -> str:
    """Return by which words of confidence the country's own trade with others is known, and for how much of it."""
    found = confidence_in(country, table, home_region(country))
    return ", ".join(f"{word} {share:.1%}" for word, share in found.items())


def _facts(country: Country, _strategy: Strategy) -> list[dict[str, Any]]:
    return [
        {
            "fact": f.name, "quantity": f.quantity, "where": "; ".join(f"{k}={v}" for k, v in f.where.items()),
            "low": f.low, "high": f.high, "text": f.text, "unit": f.unit, "period": f.period,
            "known_on": f.known_on, "status": f.status, "source": f.source,
        }
        for f in country.facts.values()
    ]  # fmt: skip


def _claims(_country: Country, strategy: Strategy) -> list[dict[str, Any]]:
    return [
        {
            "claim": c.name, "paragraph": c.passage.paragraph, "voice": c.voice, "kind": c.kind, "tense": c.tense,
            "evidence": c.evidence, "tests": len(c.tests), "awaits": c.awaits, "says": c.says,
        }
        for c in strategy.claims.values()
    ]  # fmt: skip


def _initiatives(_country: Country, strategy: Strategy) -> list[dict[str, Any]]:
    return [
        {
            "initiative": i.name, "title": i.title_en, "sector": i.sector, "status": i.status,
            "class": i.reference_class, "partners": ", ".join(i.partners), "low": i.cost_low, "high": i.cost_high,
            "unit": i.cost_unit, "promised": i.promises[-1].date if i.promises else "", "origin": i.origin,
        }
        for i in strategy.initiatives.values()
    ]  # fmt: skip


def _agreements(_country: Country, strategy: Strategy) -> list[dict[str, Any]]:
    return [
        {
            "agreement": a.name, "title": a.title_en, "parties": ", ".join(a.parties), "kind": a.kind,
            "legal_force": a.legal_force, "stage": a.stage, "date": a.date, "amount": a.amount,
            "unit": a.amount_unit,
        }
        for a in strategy.agreements.values()
    ]  # fmt: skip


def _conflicts(country: Country, _strategy: Strategy) -> list[dict[str, Any]]:
    return [
        {
            "conflict": c.name, "kind": c.kind, "subject": c.subject,
            "sides": " | ".join(", ".join(side) for side in c.sides),
            "weights": ", ".join(str(weight) for weight in c.weights), "reading": c.reading,
        }
        for c in country.conflicts.values()
    ]  # fmt: skip


def _envelopes(_country: Country, strategy: Strategy) -> list[dict[str, Any]]:
    return [
        {
            "envelope": e.name, "title": e.title_en, "amount": e.amount, "unit": e.unit, "from": e.first_year,
            "to": e.last_year, "part_of": e.part_of, "note": e.note,
        }
        for e in strategy.envelopes.values()
    ]  # fmt: skip


def _series(country: Country, _strategy: Strategy) -> list[dict[str, Any]]:
    return [
        {
            "series": s.name, "quantity": s.quantity, "status": s.status, "sources": ", ".join(s.sources),
            "borrowed": s.borrowed, "mends": "; ".join(f"{mend.what} ({mend.why})" for mend in s.mends),
            "instead": s.instead, "file": s.file, "sha256": s.sha256,
        }
        for s in country.series.values()
    ]  # fmt: skip


def _tables(country: Country, _strategy: Strategy) -> list[dict[str, Any]]:
    return [
        {
            "table": t.name, "quantity": t.quantity, "status": t.status, "sources": ", ".join(t.sources),
            "synthetic": t.synthetic, "mends": "; ".join(f"{mend.what} ({mend.why})" for mend in t.mends),
            "confidence": _confidence(country, t), "unit": t.unit, "file": t.file, "sha256": t.sha256,
        }
        for t in country.tables.values()
    ]  # fmt: skip


def _gaps(country: Country, _strategy: Strategy) -> list[dict[str, Any]]:
    return [{"quantity": name, "why": why} for name, why in country.gaps.items()]


def _sources(country: Country, _strategy: Strategy) -> list[dict[str, Any]]:
    return [
        {"source": s.name, "title": s.title, "grade": s.grade, "licence": s.licence, "address": s.address}
        for s in country.sources.values()
    ]


def _quantities(_country: Country, _strategy: Strategy) -> list[dict[str, Any]]:
    return [
        {"quantity": q.name, "title": q.title_en, "unit": q.unit, "dims": ", ".join(q.dims), "kind": q.kind}
        for q in glossary().values()
    ]


_ROWS: Mapping[str, Callable[[Country, Strategy], list[dict[str, Any]]]] = {
    "facts": _facts,
    "claims": _claims,
    "initiatives": _initiatives,
    "agreements": _agreements,
    "conflicts": _conflicts,
    "envelopes": _envelopes,
    "gaps": _gaps,
    "quantities": _quantities,
    "series": _series,
    "tables": _tables,
    "sources": _sources,
}
LISTS = tuple(_ROWS)
"""What is listed of a pack."""


def list_things(what: str, country: Country, strategy: Strategy) -> list[dict[str, Any]]:
    """Return one row a thing.

    Parameters
    ----------
    what
        One of `LISTS`.
    """
    return _ROWS[what](country, strategy)
