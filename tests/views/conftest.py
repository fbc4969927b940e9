"""Small runs that the tests of the views share: Ruritania with power in two futures, Serbia without power."""

from __future__ import annotations

from pathlib import Path

import pytest

from morava.runs.answers import Answers, answer
from morava.runs.explore import explore, read_plan
from morava.runs.request import detail_for, make_request


def small_run(runs: Path, country: str, futures: int, power_futures: int) -> Answers:
    plan = read_plan(country)
    detail = detail_for(plan.country, power_futures, years="2030", hours="1", check=False)
    request = make_request(plan.country, plan.strategy, plan.futures, futures, detail=detail)
    return answer(plan, explore(plan, request, runs, 1), request)


@pytest.fixture(scope="session")
def small(runs: Path) -> Answers:
    """Return Ruritania in 24 futures, power on one week of 2030 in the first two."""
    return small_run(runs, "ruritania", 24, 2)


@pytest.fixture(scope="session")
def serbia_run(runs: Path) -> Answers:
    """Return Serbia in four futures, without its power system."""
    return small_run(runs, "serbia", 4, 0)
