"""The first screen: where the country goes under the plan, and how many of the claims are so."""

from __future__ import annotations

from collections.abc import Mapping

from morava.errors import MoravaError, Problem, nearest
from morava.languages import slug
from morava.runs.answers import Answers
from morava.runs.economy_answer import YEARS, years_shown
from morava.runs.listing import facts_behind, pooled_slip
from morava.runs.power_summary import summarise_power
from morava.views.charts import bands, headline, table
from morava.views.findings import findings_by_rule
from morava.views.types import Chart, Column, Headline, Note, Screen

NAME = "country"
HEADLINES = (
    "gdp_growth", "gdp", "employment", "wage_real", "debt_ratio", "current_account", "power_emission",
    "power_price_mean",
)  # fmt: skip
"""What is said of the country first, in this order; what a run does not hold is left out."""
PATHS = (
    *HEADLINES, "unemployment_rate", "investment_total", "public_balance", "economy_trade_balance",
    "power_renewable_share",
)  # fmt: skip
"""What is drawn of it."""
ANSWERS = (
    "fails", "hinges", "holds", "contradicted", "partly", "confirmed", "unverified", "not modelled", "opinion",
)  # fmt: skip
"""Answers in the order in which they are counted."""


def country(answers: Answers, choices: Mapping[str, str]) -> Screen:
    """Return the screen of the country.

    Parameters
    ----------
    choices
        `year`: the year of the headlines.

    Raises
    ------
    MoravaError
        When the year is not one of those offered.
    """
    years = tuple(str(year) for year in years_shown(answers))
    usual = str(YEARS[0]) if str(YEARS[0]) in years else years[-1]
    year = choices.get("year", usual)
    if year not in years:
        raise MoravaError(Problem(f"the headlines are not given for {year}", "year", nearest(year, years)))
    paths = [bands(answers, NAME, quantity) for quantity in PATHS]
    return Screen(
        name=NAME,
        headlines=_headlines(answers, int(year)),
        charts=tuple(
            chart
            for chart in (verdicts_by_answer(answers), verdicts_by_basis(answers), findings_by_rule(answers), *paths)
            if chart is not None
        ),
        choices={"year": years},
        chosen={"year": year},
        notes=_counts(answers),
    )


def _headlines(answers: Answers, year: int) -> tuple[Headline, ...]:
    """Return the headlines in a year; what is known in other years only, in the last before it, or the first after."""
    found = []
    for quantity in HEADLINES:
        array = answers.outcome.values.get(quantity)
        if array is not None:
            known = [int(one) for one in array.coords["year"].to_numpy()]
            nearest_year = max((one for one in known if one <= year), default=known[0])
            found.append(headline(answers, quantity, nearest_year, chart=slug(quantity)))
    return tuple(one for one in found if one is not None)


def verdicts_by_answer(answers: Answers) -> Chart:
    """Return how many claims have which answer."""
    counts = {answer: sum(one.answer == answer for one in answers.verdicts) for answer in ANSWERS}
    columns = (
        Column("answer", "column-answer", "label", "answer"),
        Column("claims", "column-claims", "number", unit="1"),
        Column("open", "column-open", "number", unit="1"),
    )
    rows = [
        (answer, count, sum(one.answer == answer and one.open for one in answers.verdicts))
        for answer, count in counts.items()
        if count
    ]
    return table("verdicts", "chart-country-verdicts", columns, rows, drawn="bars", x="answer", y=("claims",), unit="1")


def verdicts_by_basis(answers: Answers) -> Chart:
    """Return on what the verdicts rest; one that rests on several models counts once for each."""
    parts = [part for one in answers.verdicts for part in one.basis.split("+")]
    columns = (
        Column("basis", "column-basis", "label", "basis"),
        Column("claims", "column-claims", "number", unit="1"),
    )
    rows = sorted(((part, parts.count(part)) for part in set(parts)), key=lambda row: (-row[1], row[0]))
    return table("bases", "chart-country-bases", columns, rows, drawn="bars", x="basis", y=("claims",), unit="1")


def _counts(answers: Answers) -> tuple[Note, ...]:
    known, assumed = facts_behind(answers)
    rate, low, high = pooled_slip(answers)
    failed, left_out = len(answers.outcome.failed), len(answers.lowered.notes)
    tests = sum(len(claim.tests) for claim in answers.plan.strategy.claims.values())
    notes = [
        Note("note-claims", {"claims": len(answers.verdicts), "tests": tests}),
        Note("note-futures", {"futures": answers.request.futures}),
        Note("note-facts", {"facts": known, "assumed": assumed}),
        Note("note-slip", {"rate": rate, "low": low, "high": high}),
        Note("note-coherence", {"met": answers.coherence.met, "applicable": answers.coherence.applicable}),
    ]
    if failed:
        notes.append(Note("note-failed", {"failed": failed}))
    if left_out:
        notes.append(Note("note-left-out", {"parts": left_out}))
    power = summarise_power(answers.request, answers.outcome)
    if power is not None:
        notes.append(Note("note-power-solved", {"futures": power.futures, "gap": power.largest_gap}))
        if power.screened:
            notes.append(Note("note-power-screened", {"futures": power.screened, "gap": power.screened_largest_gap}))
    return tuple(notes)
