"""What an initiative does: gross, net, and against the same money spent otherwise, side by side, in every future.

The plan is run once until economy, trade and power agree. Then the economy is answered again with other inputs, under
every closure, with the world's prices and the cost of electricity as they stood in the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.models.batches import Array
from morava.models.contract import as_model
from morava.models.economy import economy
from morava.models.economy.country import read_country
from morava.models.economy.initiatives import read_programme
from morava.models.economy.model import give, solve_closures
from morava.models.economy.years import read_years
from morava.models.inputs import Inputs
from morava.plans.groups import Group, read_groups
from morava.plans.types import Country, Futures, Strategy
from morava.quantities import check, labelled
from morava.runs.effects_gross import GROSS, gross
from morava.runs.effects_inputs import Known, delayed, given_up, otherwise, without
from morava.runs.effects_members import promised_for, say_members
from morava.runs.effects_types import Effects, Gross, GroupEffects, Measure, Row, rows_of, spread_over
from morava.runs.simulate import before_economy

FUTURES = 24
CHUNK = 64
"""Futures answered at a time."""
YEARS = (2030, 2035, 2045)
BORROWING = ("state borrows abroad", "borrowing")
"""The closure that is asked beside those of the pack."""
WHO = {
    "savings": "private investment: what the state lacks is not there to invest",
    "tax": "households: the direct tax keeps the balance of the state where it was",
    "borrowing": "those who lend to the state abroad: investment stays as expected, debt grows",
}
OF_ECONOMY = (
    "gdp", "household_real_consumption", "employment", "wage_real", "public_balance", "economy_trade_balance",
    "foreign_profit", "sector_emission", "investment_public", "investment_foreign",
)  # fmt: skip
Change = Callable[[Known], Known]


@dataclass(frozen=True)
class Case:
    """What is held against what."""

    says: str
    first: str
    second: str


KINDS = {
    "net": Case("the plan less the plan without it; its public and foreign money is not spent", "plan", "without"),
    "otherwise": Case(
        "the plan less the plan where usual public works and other foreign investment take its room", "plan",
        "otherwise",
    ),
    "late": Case("the plan with it finished and paid for later, less the plan", "delayed", "plan"),
    "given up": Case("the plan with it paid for until then and never finished, less the plan", "given up", "plan"),
    "left": Case("the same less the plan that never began it: what giving up leaves", "given up", "without"),
}  # fmt: skip


@dataclass(frozen=True)
class Question:
    """Names of initiatives and groups (all groups where there are none), and what is done to them.

    `promise` is the year that initiatives with a cost and without a date are taken to be promised for.
    """

    names: tuple[str, ...] = ()
    delay: int | None = None
    cancel_after: int | None = None
    promise: int | None = None


def effects(
    country: Country, strategy: Strategy, futures: Futures, seed: int, question: Question, count: int = FUTURES
) -> Effects:
    """Return what initiatives do.

    Parameters
    ----------
    country, strategy, futures
        What was read.
    seed
        Seed of all draws.
    question
        Which initiatives, and whether late or given up.
    count
        How many futures.

    Raises
    ------
    MoravaError
        An unknown name, a country without an economy, or no future that has an answer.
    """
    if question.delay is not None and question.cancel_after is not None:
        raise MoravaError(Problem("both --delay and --cancel-after", "effects", "ask one after the other"))
    groups = _groups(country, strategy, question.names)
    chosen = sorted({name for group in groups for name in group.initiatives})
    plan, notes = promised_for(country, strategy, chosen, question.promise)
    parts, lost = _known(country, plan, futures, seed, range(count))
    kinds = _kinds(question)
    closures = _closures(parts[0])
    tables = measures_of(country)
    answers = _Answers(parts, closures, lost)
    numbers = answers.numbers
    years = tuple(sorted({year for year in YEARS if year in numbers} | {numbers[-1]}))
    found = tuple(_of_group(group, country, plan, question, answers, tables, years, kinds) for group in groups)
    return Effects(
        country=country.name,
        strategy=strategy.name,
        money=country.price_base,
        futures=count,
        seed=seed,
        years=years,
        kinds={kind: KINDS[kind].says for kind in kinds},
        closures={name: WHO[budget] for name, budget in closures.items()},
        main=str(parts[0]["closure_main"].to_numpy().item()),
        groups=found,
        lost=tuple(f"future {number}, {where}: {reason}" for (number, where), reason in sorted(answers.lost.items())),
        notes=tuple(notes),
    )


def measures_of(country: Country) -> dict[str, Measure]:
    """Return what is looked at, in the order in which it is shown."""
    money = f"million {country.price_base}"
    return {
        "gdp": Measure("GDP, real", money, percent=True),
        "household_real_consumption": Measure("household consumption", money, percent=True),
        "employment": Measure("people at work", "persons", percent=True),
        "wage_real": Measure("real wage after tax", f"{country.price_base} a month", percent=True),
        "public_balance": Measure("public balance", "% of GDP", 100),
        "public_debt": Measure("public debt", "% of GDP", 100),
        "economy_trade_balance": Measure("trade balance", money),
        "foreign_profit": Measure("profits of foreigners", money, percent=True),
        "sector_emission": Measure("emissions", "kt CO2", 1e-3, percent=True),
        "capital": Measure("produced capital", money, percent=True),
        "investment_public": Measure("public investment", money),
        "investment_foreign": Measure("foreign investment", money),
    }


def _groups(country: Country, strategy: Strategy, names: Sequence[str]) -> list[Group]:
    """Return the groups that are asked, by name; all of the strategy, or every initiative, where none is named."""
    known = read_groups(Path(country.folder), strategy)
    alone = {
        name: Group(name, one.title_en, one.title_sr, (name,), "") for name, one in sorted(strategy.initiatives.items())
    }
    problems = Problems()
    for name in names:
        if name not in known and name not in alone:
            problems.add(f"{name} is no initiative and no group", strategy.name, nearest(name, [*known, *alone]))
    problems.raise_if_any()
    return [{**alone, **known}[name] for name in sorted(set(names or known or alone))]


def _kinds(question: Question) -> tuple[str, ...]:
    if question.delay is not None:
        return ("late",)
    return ("given up", "left") if question.cancel_after is not None else ("net", "otherwise")


def _closures(known: Known) -> dict[str, str]:
    """Return closures and what closes the budget in each: the main one first, then the others, then borrowing."""
    told = known["closure_budget"]
    found = {str(name): str(told.sel(closure=name).item()) for name in told.coords["closure"].to_numpy()}
    if BORROWING[1] not in found.values():
        found[BORROWING[0]] = BORROWING[1]
    main = str(known["closure_main"].to_numpy().item())
    return {main: found[main], **{name: word for name, word in found.items() if name != main}}


def _known(
    country: Country, strategy: Strategy, futures: Futures, seed: int, numbers: Sequence[int]
) -> tuple[list[Known], dict[tuple[int, str], str]]:
    """Return what the economy is told, chunk by chunk, and the futures in which economy and trade do not agree."""
    waiting = [list(numbers[first : first + CHUNK]) for first in range(0, len(numbers), CHUNK)]
    parts: list[Known] = []
    lost: dict[tuple[int, str], str] = {}
    while waiting:
        some = waiting.pop(0)
        try:
            parts.append(before_economy(country, strategy, futures, seed, some).known)
        except MoravaError as error:
            if len(some) == 1:
                lost[some[0], "plan"] = error.problems[0].what
            else:
                waiting = [some[: len(some) // 2], some[len(some) // 2 :], *waiting]
            if len(lost) == len(numbers):
                raise
    return parts, lost


class _Answers:
    """Answers of the economy by closure and change; the plan's own are worked out once."""

    def __init__(self, parts: Sequence[Known], closures: Mapping[str, str], lost: dict[tuple[int, str], str]) -> None:
        self.parts, self.closures, self.lost = parts, closures, lost
        self.numbers = years_of(parts[0])
        self._plan: dict[str, dict[str, Array]] = {}

    def plan(self, closure: str) -> dict[str, Array]:
        """Return the plan's own under a closure."""
        if closure not in self._plan:
            self._plan[closure] = self.changed(closure, "plan", lambda known: known)
        return self._plan[closure]

    def changed(self, closure: str, where: str, change: Change) -> dict[str, Array]:
        """Return the answers of all futures [future, year] under a closure with a change of what is known."""
        rows = []
        for known in self.parts:
            told = under(change(known), closure, self.closures[closure])
            found, lost = answered(told)
            self.lost |= {(number, f"{where}, {closure}"): reason for number, reason in lost.items()}
            rows.append(found)
        return {name: np.concatenate([row[name] for row in rows]) for name in rows[0]}


def under(known: Known, closure: str, budget: str) -> Known:
    """Return what is known with one closure alone."""
    return {
        **known,
        "closure_budget": labelled("closure_budget", [budget], {"closure": [closure]}),
        "closure_main": labelled("closure_main", closure, {}),
    }


def years_of(known: Known) -> list[int]:
    """Return the years of the paths."""
    last = int(known["programme_works"].coords["year"].to_numpy()[-1])
    return list(range(int(known["world_year"]), last + 1))


def answered(known: Known) -> tuple[dict[str, Array], dict[int, str]]:
    """Return what the economy answers [future, year], nan in futures without an equilibrium, and why."""
    given = {name: known[name] for name in as_model(economy).needs}
    problems = Problems()
    for name, array in given.items():
        check(name, array, "input of economy", problems)
    problems.raise_if_any()
    numbers = [int(number) for number in given["programme_works"].coords["future"].to_numpy()]
    waiting, lost = [numbers], dict[int, str]()
    rows: dict[int, dict[str, Array]] = {}
    while waiting:
        some = waiting.pop(0)
        try:
            found = _solve({n: a.sel(future=some) if "future" in a.dims else a for n, a in given.items()})
        except MoravaError as error:
            if len(some) == 1:
                lost[some[0]] = error.problems[0].what
            else:
                waiting = [some[: len(some) // 2], some[len(some) // 2 :], *waiting]
            continue
        rows |= {number: {name: found[name][place] for name in found} for place, number in enumerate(some)}
    empty = np.full(len(years_of(known)), np.nan)
    names = (*OF_ECONOMY, "public_debt", "capital")
    return {n: np.stack([rows[k][n] if k in rows else empty for k in numbers]) for n in names}, lost


def _solve(given: Mapping[str, xr.DataArray]) -> dict[str, Array]:
    """Return what the economy answers under the main closure, [future, year]."""
    inputs = Inputs(given, "economy")
    country = read_country(inputs)
    years = read_years(inputs, country)
    invested = read_programme(inputs, country, years)
    paths = solve_closures(inputs, country, years, invested, [country.main])
    path = paths[country.main]
    found = give(inputs, country, years, invested, paths, OF_ECONOMY)
    values = {name: found[name].transpose("future", ..., "year").to_numpy() for name in OF_ECONOMY}
    values["sector_emission"] = np.ascontiguousarray(np.moveaxis(values["sector_emission"], 1, 2)).sum(axis=2)
    values["public_debt"] = path.debt / path.equilibrium.product
    values["capital"] = (path.stock.sum(axis=2) + path.infrastructure)[:, :-1]
    return values


def _of_group(
    group: Group,
    country: Country,
    strategy: Strategy,
    question: Question,
    answers: _Answers,
    tables: Mapping[str, Measure],
    years: Sequence[int],
    kinds: Sequence[str],
) -> GroupEffects:
    """Return what is said of one group; where the model holds nothing of it, nothing is worked out."""
    chosen = sorted(group.initiatives)
    members, any_held = say_members(country, strategy, answers.parts, chosen)
    found = GroupEffects(group.name, group.title_en, members, group.because, (), ())
    if not any_held:
        return found
    changes: dict[str, Change] = {
        "without": lambda known: without(known, chosen),
        "otherwise": lambda known: otherwise(known, chosen),
        "delayed": lambda known: delayed(known, chosen, question.delay or 0),
        "given up": lambda known: given_up(known, chosen, question.cancel_after or 0),
    }
    rows: list[Row] = []
    for closure in answers.closures:
        needed = {one for kind in kinds for one in (KINDS[kind].first, KINDS[kind].second)}
        worked = {
            one: answers.plan(closure)
            if one == "plan"
            else answers.changed(closure, f"{group.name} {one}", changes[one])
            for one in sorted(needed)
        }
        for kind in kinds:
            first, second = worked[KINDS[kind].first], worked[KINDS[kind].second]
            rows += rows_of(kind, closure, tables, years, answers.numbers, first, second)
    return replace(found, gross=_gross(answers.parts, chosen, country), rows=tuple(rows))


def _gross(parts: Sequence[Known], chosen: Sequence[str], country: Country) -> tuple[Gross, ...]:
    money = f"million {country.price_base}"
    told = {
        "built_value_added": ("value added of building it, all years", money),
        "built_jobs": ("years of work of building it", "person-years"),
        "made_output": ("what its plants make in a year", money),
        "made_value_added": ("value added of that with suppliers, a year", money),
        "made_jobs": ("jobs of that with suppliers", "persons"),
    }
    some = [gross(known, chosen) for known in parts]
    return tuple(Gross(name, *told[name], spread_over(np.concatenate([one[name] for one in some]))) for name in GROSS)
