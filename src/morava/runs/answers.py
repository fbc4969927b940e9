"""From a finished run to its verdicts: the stored outcome, the pack it was made from, and the same draws again."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path

from morava.errors import MoravaError, Problem
from morava.plans.coherence import Coherence, find_incoherences
from morava.runs.apply import changed_by
from morava.runs.explore import Plan, request_again
from morava.runs.factors import Factors, name_factors
from morava.runs.judge import judge
from morava.runs.lower import Lowered, lower
from morava.runs.simulate import apply_at_dates
from morava.runs.store import read_outcome
from morava.runs.types import Outcome, Request, Verdict


@dataclass(frozen=True)
class Answers:
    """Everything that a face shows of a run."""

    run: str
    path: Path
    request: Request
    plan: Plan
    outcome: Outcome
    lowered: Lowered
    factors: Factors
    verdicts: tuple[Verdict, ...]
    coherence: Coherence

    def verdict(self, claim: str) -> Verdict:
        """Return the verdict on a claim."""
        return next(verdict for verdict in self.verdicts if verdict.claim == claim)


def answer(plan: Plan, path: Path, request: Request) -> Answers:
    """Judge a finished run.

    Raises
    ------
    MoravaError
        When the pack or the code is no longer what the run was made from, or no future could be answered.
    """
    now = request_again(plan, request)
    if now != request:
        moved = [name for name in asdict(now) if getattr(now, name) != getattr(request, name)]
        raise MoravaError(
            Problem(
                f"run {path.name} was made from another {', '.join(moved)}",
                str(path),
                "judge it with the pack and version that it was made from, or start a new run with `morava run`",
            )
        )
    outcome = read_outcome(path, request)
    if not outcome.values:
        number, reason = next(iter(outcome.failed.items()))
        raise MoravaError(
            Problem(
                f"none of {request.futures} futures could be answered; future {number}: {reason}",
                str(path),
                "mend the pack, then run again",
            )
        )
    answered = max(outcome.values.values(), key=lambda array: array.sizes["future"])
    numbers = [int(number) for number in answered.coords["future"].to_numpy()]
    lowered = lower(plan.country, plan.strategy, plan.futures, request.seed, numbers)
    first = apply_at_dates(plan.country, plan.strategy, plan.futures, request.seed, numbers[:1])
    lowered = replace(lowered, notes=(*first.lowered.notes, *first.notes))
    factors = name_factors(plan.futures, lowered.draws, sum(len(c.tests) for c in plan.strategy.claims.values()))
    verdicts = judge(plan.country, plan.strategy, outcome, lowered.evidence, changed_by(plan.strategy), factors)
    return Answers(
        run=path.name,
        path=path,
        request=request,
        plan=plan,
        outcome=outcome,
        lowered=lowered,
        factors=factors,
        verdicts=tuple(verdicts),
        coherence=find_incoherences(plan.country, plan.strategy),
    )
