"""Why: from a verdict or a number back to models, draws, changes, facts, sources and the paragraph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem, nearest
from morava.models.chain import CHAIN, given_by, given_from_hours
from morava.plans.types import Claim, Conflict, Fact, Initiative, Measure
from morava.quantities import find, glossary
from morava.quantities.dates import calendar_day
from morava.quantities.units import in_money
from morava.runs.answers import Answers
from morava.runs.apply import changed_by
from morava.runs.economy_answer import foreseen_of, who_adjusts, years_shown
from morava.runs.judge import borrowed_shapes
from morava.runs.lineage import initiatives_of
from morava.runs.lower_schedule import dated_promises, promised
from morava.runs.spread import spread_by_year, spread_of

LEVELS = (0.1, 0.5, 0.9)


def explain_claim(answers: Answers, name: str) -> dict[str, Any]:
    """Return everything behind the verdict on a claim, as plain values that can be printed or written as JSON.

    Raises
    ------
    MoravaError
        When no claim has that name.
    """
    strategy, country = answers.plan.strategy, answers.plan.country
    if name not in strategy.claims:
        raise MoravaError(
            Problem(f"no claim is called {name}", f"strategy {strategy.name}", nearest(name, strategy.claims))
        )
    claim = strategy.claims[name]
    verdict = answers.verdict(name)
    document = strategy.documents[claim.passage.document]
    conflicts = [
        conflict
        for conflict in country.conflicts.values()
        if name in _named(conflict) or _named(conflict) & set(claim.facts)
    ]
    return {
        "run": answers.run,
        "claim": name,
        "says": claim.says,
        "voice": claim.voice,
        "kind": claim.kind,
        "passage": {**asdict(claim.passage), "title": document.title, "published": document.published},
        "verdict": {key: value for key, value in asdict(verdict).items() if key != "lineage"},
        "required_share": claim.required_share,
        "evidence": {"status": claim.evidence, "note": claim.evidence_note},
        "conflicts": [_conflict(answers, conflict) for conflict in conflicts],
        "facts": [_fact(answers, country.facts[fact]) for fact in claim.facts],
        "initiatives": [_initiative(answers, strategy.initiatives[one]) for one in initiatives_of(claim, strategy)],
        "spread": spread_of(claim, answers.outcome, answers.lowered.evidence, changed_by(strategy)),
        "foreseen": foreseen_of(country, _measures(claim)),
        "closure": who_adjusts(answers, _years_asked(claim)),
        "models": sorted({f"docs/models/{r.basis}.md" for r in verdict.tests if r.basis in set(given_by().values())}),
        "awaits": claim.awaits,
    }


def _measures(claim: Claim) -> list[Measure]:
    return [measure for test in claim.tests for measure in (test.measure, test.against) if measure is not None]


def _years_asked(claim: Claim) -> dict[str, set[int]]:
    """Return the quantities that a claim looks at, each with the years named; of a span, its ends."""
    found: dict[str, set[int]] = {}
    for measure in _measures(claim):
        found.setdefault(measure.quantity, set()).update(measure.year or ())
    return found


def _named(conflict: Conflict) -> set[str]:
    return {name for side in conflict.sides for name in side}


def _conflict(answers: Answers, conflict: Conflict) -> dict[str, Any]:
    facts, claims = answers.plan.country.facts, answers.plan.strategy.claims
    sides = [
        [_fact(answers, facts[name]) if name in facts else {"claim": name, "says": claims[name].says} for name in side]
        for side in conflict.sides
    ]
    return {
        "conflict": conflict.name,
        "subject": conflict.subject,
        "kind": conflict.kind,
        "sides": sides,
        "weights": list(conflict.weights),
        "chosen": conflict.chosen,
        "reading": conflict.reading,
    }


def _fact(answers: Answers, fact: Fact) -> dict[str, Any]:
    source = answers.plan.country.sources[fact.source]
    return {
        "fact": fact.name,
        "quantity": fact.quantity,
        "where": dict(fact.where),
        "value": _as_printed(fact),
        "unit": fact.unit,
        "period": fact.period,
        "known_on": fact.known_on,
        "status": fact.status,
        "source": source.title,
        "address": source.address,
        "grade": source.grade,
        "licence": source.licence,
        "note": fact.note,
    }


def _as_printed(fact: Fact) -> str:
    if find(fact.quantity).kind in ("text", "date"):
        return fact.text
    if fact.low is None:
        return f"at most {fact.high:g}"
    if fact.high is None:
        return f"at least {fact.low:g}"
    return f"{fact.low:g}" if fact.low == fact.high else f"{fact.low:g} to {fact.high:g}"


def _initiative(answers: Answers, initiative: Initiative) -> dict[str, Any]:
    values, base = answers.outcome.values, answers.plan.country.price_base
    shown: dict[str, Any] = {
        "initiative": initiative.name,
        "title": initiative.title_en,
        "status": initiative.status,
        "partners": list(initiative.partners),
        "promises": [
            {"promise": p.name, "milestone": p.milestone, "said": p.said, "date": p.date, "kind": p.kind}
            for p in initiative.promises
        ],
        "changes": [
            {"quantity": c.quantity, "verb": c.verb, "unit": c.unit,
             "value": dict(c.value) if isinstance(c.value, Mapping) else c.value,
             "where": dict(c.where), "start": c.start, "because": c.because}
            for c in initiative.changes
        ],
        "financing": [
            {"lender": m.lender, "partner": m.partner, "share": m.share, "kind": m.kind, "status": m.status}
            for m in initiative.financing
        ],
        "financing_known": sum(money.share for money in initiative.financing),
    }  # fmt: skip
    finish = values["initiative_finish"]
    if initiative.name in finish.coords["initiative"].to_numpy():
        over = finish.sel(initiative=initiative.name).to_numpy()
        latest = promised(dated_promises(initiative)[-1])
        shown["finish"] = [_day(value) for value in np.quantile(over, LEVELS, method="inverted_cdf")]
        shown["latest_promise"] = dated_promises(initiative)[-1].date
        shown["share_by_latest_promise"] = float((over <= latest).mean())
        shown["cancelled_share"] = float(values["initiative_cancelled"].sel(initiative=initiative.name).mean())
    for quantity in ("initiative_outturn", "funding_gap"):
        array = values[quantity]
        if initiative.name in array.coords["initiative"].to_numpy():
            over = array.sel(initiative=initiative.name).to_numpy()
            shown[quantity] = {
                "quantiles": [float(value) for value in np.quantile(over, LEVELS, method="inverted_cdf")],
                "unit": in_money(find(quantity).unit, base),
            }
    if "cost" not in shown and "initiative_cost" in answers.lowered.inputs:
        cost = answers.lowered.inputs["initiative_cost"]
        if initiative.name in cost.coords["initiative"].to_numpy():
            one = cost.sel(initiative=initiative.name).to_numpy()
            shown["cost"] = {"range": [float(one.min()), float(one.max())], "unit": f"million {base}"}
    return shown


def _day(moment: float) -> str:
    return calendar_day(moment).isoformat() if np.isfinite(moment) else "never"


def explain_quantity(
    answers: Answers, name: str, where: Mapping[str, str], future: int | None = None
) -> dict[str, Any]:
    """Return where a quantity comes from: definition, model, inputs and draws of one future, facts, changes, claims.

    Raises
    ------
    MoravaError
        When the quantity, a label or the future does not exist.
    """
    quantity = find(name)
    for dim in where:
        if dim not in quantity.dims:
            raise MoravaError(Problem(f"{name} has no dimension {dim}", "--where", f"it has {list(quantity.dims)}"))
    model = next((model for model in CHAIN if name in model.gives), None)
    strategy, facts = answers.plan.strategy, answers.plan.country.facts
    shown: dict[str, Any] = {
        "run": answers.run,
        "quantity": name,
        "title": quantity.title_en,
        "title_sr": quantity.title_sr,
        "description": quantity.description,
        "unit": in_money(quantity.unit, answers.plan.country.price_base),
        "dims": list(quantity.dims),
        "kind": quantity.kind,
        "model": model.__name__ if model else "",
        "page": f"docs/models/{model.__name__}.md" if model else "docs/reference/glossary.md",
        "needs": list(model.needs) if model else [],
        "borrowed": borrowed_shapes(answers.plan.country) if name in given_from_hours() else [],
        "foreseen": foreseen_of(answers.plan.country, [Measure(name, where, None, {})]),
        "closure": who_adjusts(answers, {name: [int(where["year"])] if where.get("year", "").isdigit() else []}),
        "spread": [],
        "facts": [
            _fact(answers, fact)
            for fact in facts.values()
            if fact.quantity == name and all(fact.where.get(dim, label) == label for dim, label in where.items())
        ],
        "changes": [
            {"initiative": one, "verb": change.verb, "where": dict(change.where), "start": change.start,
             "because": change.because}
            for one, initiative in sorted(strategy.initiatives.items())
            for change in initiative.changes
            if change.quantity == name
        ],
        "claims": [
            {"claim": claim.name, "says": claim.says, "paragraph": claim.passage.paragraph}
            for claim in strategy.claims.values()
            if any(test.measure.quantity == name for test in claim.tests)
        ],
    }  # fmt: skip
    known = {**answers.lowered.inputs, **answers.lowered.states, **answers.outcome.values}
    if name in known:
        array = _select(known[name], where, name)
        if name in answers.outcome.values or where or future is not None:
            shown["values"] = _table(array)
        shown["spread"] = spread_by_year(name, where, array, answers.outcome, years_shown(answers))
        if future is not None:
            shown["future"] = _one_future(answers, array, model.needs if model else (), where, future)
    elif future is not None:
        raise MoravaError(
            Problem(f"no future gives {name}", "--future", "no model of this version uses it: look at its facts")
        )
    return shown


def _select(array: xr.DataArray, where: Mapping[str, str], name: str) -> xr.DataArray:
    for dim, label in where.items():
        known = {str(one): one for one in array.coords[dim].to_numpy()}
        if label not in known:
            raise MoravaError(Problem(f"{name} has no {dim} {label}", "--where", nearest(label, known)))
        array = array.sel({dim: known[label]}, drop=True)
    return array


def _table(array: xr.DataArray) -> list[dict[str, Any]]:
    dims = [str(dim) for dim in array.dims if dim != "future"]
    rows: list[dict[str, Any]] = []
    if array.dtype == object:
        for place in np.ndindex(*array.shape):
            cell = {dim: str(array.coords[dim].to_numpy()[index]) for dim, index in zip(dims, place, strict=True)}
            rows.append({**cell, "value": str(array.to_numpy()[place])})
        return rows
    over = array.transpose(*dims, ...) if "future" in array.dims else array.expand_dims(future=1).transpose(*dims, ...)
    values = over.to_numpy()
    is_share = find(str(array.name)).kind == "share"  # of zero and one the mean says what quantiles cannot
    for place in np.ndindex(*values.shape[:-1]):
        cell = {dim: str(array.coords[dim].to_numpy()[index]) for dim, index in zip(dims, place, strict=True)}
        found = np.quantile(values[place], LEVELS, method="inverted_cdf")
        rows.append(
            {
                **cell,
                **{
                    f"p{level:.0%}".rstrip("%"): _plain(float(value))
                    for level, value in zip(LEVELS, found, strict=True)
                },
                **({"mean": float(values[place].mean())} if is_share else {}),
            }
        )
    return rows


def _plain(value: float | str) -> float | str:
    return value if isinstance(value, str) or np.isfinite(value) else "never"


def _flat(array: xr.DataArray) -> float | str | list[float | str]:
    """Return the values of an array as they are, one alone without a list; of a large one only how large it is."""
    if array.size > LARGEST_SHOWN:
        return f"{array.size} values over {[str(dim) for dim in array.dims]}"
    flat = [_plain(value) for value in array.to_numpy().ravel().tolist()]
    return flat[0] if len(flat) == 1 else flat


def _one_future(
    answers: Answers, array: xr.DataArray, needs: Sequence[str], where: Mapping[str, str], future: int
) -> dict[str, Any]:
    known = [int(number) for number in next(iter(answers.outcome.values.values())).coords["future"].to_numpy()]
    if future not in known:
        reason = answers.outcome.failed.get(future)
        raise MoravaError(
            Problem(
                f"future {future} is not in this run" if reason is None else f"future {future} failed: {reason}",
                f"run {answers.run}",
                f"futures run from {known[0]} to {known[-1]}",
            )
        )
    inputs: dict[str, Any] = {}
    pool = {**answers.lowered.inputs, **answers.outcome.values}
    for name in needs:
        if name not in pool:
            inputs[name] = NOT_KEPT
            continue
        one = pool[name]
        if "future" in one.dims:
            one = one.sel(future=future, drop=True)
        for dim, label in where.items():
            if dim in one.dims and label in {str(known) for known in one.coords[dim].to_numpy()}:
                one = one.sel({dim: next(k for k in one.coords[dim].to_numpy() if str(k) == label)}, drop=True)
        inputs[name] = _flat(one)
    here = array.sel(future=future) if "future" in array.dims else array
    return {"number": future, "value": _flat(here), "inputs": inputs}


NOT_KEPT = "not kept: hourly, or made for the power program alone; `morava system` writes it"
"""Said of an input that a run does not store."""
LARGEST_SHOWN = 24
"""An input of more values than this is named by its size."""


def is_quantity(name: str) -> bool:
    """Return whether a name is one of the glossary."""
    return name in glossary()
