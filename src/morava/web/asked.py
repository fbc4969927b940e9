"""What a job is asked for: a new run of a pack that this page serves, or an unfinished one of the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from morava.errors import MoravaError, nearest
from morava.plans.pack import find_folder, list_countries, list_strategies
from morava.plans.read import read_country
from morava.runs.explore import read_plan
from morava.runs.request import detail_for, make_request, name_of
from morava.runs.types import Request
from morava.web.held import find
from morava.web.replies import RefusedError, refusal
from morava.web.settings import Settings

NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$"
RUN = r"^[0-9a-f]{16}$"
MOST_FUTURES, MOST_LEVERS = 100_000, 100

LeverName = Annotated[str, Field(pattern=NAME)]
LeverValue = Annotated[float, Field(ge=-1e12, le=1e12, allow_inf_nan=False)]


class NewRun(BaseModel):
    """A run that is asked for; the strategy and the number of futures are the usual ones where none are named."""

    model_config = ConfigDict(extra="forbid", strict=True)

    country: Annotated[str, Field(pattern=NAME)]
    strategy: Annotated[str, Field(pattern=NAME)] | None = None
    futures: Annotated[int, Field(ge=1, le=MOST_FUTURES)] | None = None
    levers: Annotated[dict[LeverName, LeverValue], Field(max_length=MOST_LEVERS)] = {}


class OldRun(BaseModel):
    """A run of the store that is gone on with."""

    model_config = ConfigDict(extra="forbid", strict=True)

    resume: Annotated[str, Field(pattern=RUN)]


Asked = NewRun | OldRun
"""The body of a request for a job."""


@dataclass(frozen=True)
class Work:
    """A run to be made: its request, its name, and the command that makes it."""

    run: str
    request: Request
    command: tuple[str, ...]


def packs_of(settings: Settings) -> dict[str, str]:
    """Return the packs that a page serves by their countries: those of Morava, and the one it was given."""
    found = {name: name for name in list_countries()}
    if settings.country not in found:
        found[read_country(settings.country).name] = settings.country
    return found


def strategies_of(pack: str) -> list[str]:
    """Return the names of the strategies of a pack."""
    return list_strategies(find_folder(pack))


def work_of(asked: Asked, settings: Settings) -> Work:
    """Return the work of what is asked.

    Raises
    ------
    RefusedError
        When the country, the strategy, a lever or the run is not there.
    """
    if isinstance(asked, OldRun):
        return _resumed(asked.resume, settings)
    packs = packs_of(settings)
    if asked.country not in packs:
        raise refusal(404, f"there is no country {asked.country}", "body: country", nearest(asked.country, packs))
    strategies = strategies_of(packs[asked.country])
    if asked.strategy is not None and asked.strategy not in strategies:
        raise refusal(
            404, f"there is no strategy {asked.strategy}", "body: strategy", nearest(asked.strategy, strategies)
        )
    futures = asked.futures or settings.futures
    return _new(packs[asked.country], asked.strategy, asked.levers, futures, settings)


def _new(pack: str, strategy: str | None, levers: Mapping[str, float], futures: int, settings: Settings) -> Work:
    try:
        plan = read_plan(pack, strategy or "", levers=levers)
    except MoravaError as error:
        raise RefusedError(422, *error.problems) from error
    detail = detail_for(plan.country)
    request = make_request(plan.country, plan.strategy, plan.futures, futures, detail=detail, levers=plan.levers)
    command = ["run", plan.pack, "--strategy", plan.strategy.name, "--futures", str(futures)]
    for name, value in sorted(levers.items()):
        command += ["--lever", f"{name}={value!r}"]
    return Work(name_of(request), request, (*command, *_out(settings)))


def _resumed(run: str, settings: Settings) -> Work:
    _, request = find(run, settings.folder)
    return Work(run, request, ("resume", run, *_out(settings)))


def _out(settings: Settings) -> tuple[str, ...]:
    return "--out", str(settings.folder.resolve())


def default_work(settings: Settings) -> Work:
    """Return the run that is made where none can be shown: the country served first, as its pack says."""
    return _new(settings.country, None, {}, settings.futures, settings)
