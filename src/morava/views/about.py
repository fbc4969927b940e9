"""What a run is: which pack and plan, in which money, in how many futures, made with what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from morava.languages import LANGUAGES
from morava.runs.answers import Answers
from morava.views.screens import screens_of


@dataclass(frozen=True)
class About:
    """A run in words and numbers.

    `title` and `strategy_title` are the English ones; in other languages the texts of the pack say them, by the keys
    `country:NAME` and `strategy:NAME`. `hashes` are of what went in and of the code; `failed` gives the reason for
    every future that could not be answered; `screens` are those that the run has, in order.
    """

    run: str
    country: str
    title: str
    strategy: str
    strategy_title: str
    because: str
    price_base: str
    as_of: str
    first_year: int
    last_year: int
    pack_version: str
    boundary: str
    futures: int
    answered: int
    failed: Mapping[str, str]
    seed: int
    power_futures: int
    power_years: str
    power_weeks: int
    power_screened: int
    hashes: Mapping[str, str]
    versions: Mapping[str, str]
    languages: tuple[str, ...]
    screens: tuple[str, ...]
    left_out: tuple[str, ...]


def about(answers: Answers) -> About:
    """Return what a run is."""
    country, strategy, request = answers.plan.country, answers.plan.strategy, answers.request
    return About(
        run=answers.run,
        country=country.name,
        title=country.title_en,
        strategy=strategy.name,
        strategy_title=strategy.title_en,
        because=strategy.because,
        price_base=country.price_base,
        as_of=country.as_of,
        first_year=country.first_year,
        last_year=country.last_year,
        pack_version=country.version,
        boundary=country.boundary,
        futures=request.futures,
        answered=request.futures - len(answers.outcome.failed),
        failed={str(number): reason for number, reason in sorted(answers.outcome.failed.items())},
        seed=request.seed,
        power_futures=request.power_futures,
        power_years=request.power_years,
        power_weeks=request.power_weeks,
        power_screened=request.power_screened,
        hashes={
            "country": request.country_hash,
            "strategy": request.strategy_hash,
            "futures": request.futures_hash,
            "code": request.code_hash,
        },
        versions=dict(request.versions),
        languages=tuple(LANGUAGES),
        screens=screens_of(answers),
        left_out=tuple(answers.lowered.notes),
    )
