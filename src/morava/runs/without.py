"""The plan without an initiative: what is simulated beside it, where a test takes one away."""

from __future__ import annotations

from dataclasses import replace

from morava.plans.types import Strategy


def taken_away(strategy: Strategy) -> list[str]:
    """Return the initiatives that some test takes away, by name."""
    return sorted({test.without for claim in strategy.claims.values() for test in claim.tests if test.without})


def without(strategy: Strategy, initiative: str) -> Strategy:
    """Return the strategy as if an initiative were cancelled today; everything else stays."""
    cancelled = replace(strategy.initiatives[initiative], status="cancelled")
    others = {
        name: replace(one, depends_on=tuple(before for before in one.depends_on if before != initiative))
        for name, one in strategy.initiatives.items()
    }
    return replace(strategy, initiatives={**others, initiative: cancelled})


def strategies_of(strategy: Strategy) -> dict[str, Strategy]:
    """Return what is simulated: the strategy, under no name, and it without each initiative that a test takes away."""
    return {"": strategy} | {name: without(strategy, name) for name in taken_away(strategy)}
