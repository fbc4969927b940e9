"""What several rooms of the tests share: Ruritania as read, one run of it on disk, and its verdicts."""

from __future__ import annotations

from pathlib import Path

import pytest

from morava.plans.read import read_country, read_futures, read_strategy
from morava.plans.types import Country, Futures, Strategy
from morava.runs.answers import Answers, answer
from morava.runs.explore import explore, read_plan
from morava.runs.request import make_request

FUTURES = 500


@pytest.fixture(scope="session")
def ruritania() -> Country:
    return read_country("ruritania")


@pytest.fixture(scope="session")
def crown(ruritania: Country) -> Strategy:
    return read_strategy(ruritania)


@pytest.fixture(scope="session")
def nobody(ruritania: Country) -> Futures:
    """What nobody chooses in Ruritania."""
    return read_futures(ruritania)


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the shared runs; tests read them and leave them as they are."""
    return tmp_path_factory.mktemp("runs")


def make_answers(runs: Path, strategy: str, futures: int) -> Answers:
    plan = read_plan("ruritania", strategy)
    request = make_request(plan.country, plan.strategy, plan.futures, futures)
    return answer(plan, explore(plan, request, runs, 1), request)


@pytest.fixture(scope="session")
def answers(runs: Path) -> Answers:
    """Return the verdicts on Ruritania in 500 futures."""
    return make_answers(runs, "crown-2030", FUTURES)


@pytest.fixture(scope="session")
def late(runs: Path) -> Answers:
    """Return the verdicts on the variant without the hall, in 60 futures."""
    return make_answers(runs, "crown-2030-late", 60)
