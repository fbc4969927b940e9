"""What a run is: its inputs by hash, and the folder that these hashes name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from morava.errors import MoravaError, Problem, Problems
from morava.models.power import AIM, SCREENED
from morava.plans.hashes import country_hash, futures_hash, strategy_hash
from morava.plans.types import Country, Futures, Strategy
from morava.runs.types import Request

HASHED_ROOMS = ("quantities", "plans", "models", "runs")
NUMERIC_LIBRARIES = ("duckdb", "highspy", "llvmlite", "networkx", "numba", "numpy", "pandas", "scipy", "xarray")
CHUNK_SIZE = 250
"""Futures that a worker computes at a time; it never depends on the number of workers."""
POWER_CHUNK_SIZE = 1
"""The same where the power program is solved in each future."""
SCREENED_CHUNK_SIZE = 8
"""The same where it is screened."""


@dataclass(frozen=True)
class Detail:
    """In how many futures the power program is solved, in which years, and on how many weeks; zero: all hours.

    In the first `check` of these futures it is solved on all hours too, to say how far the weeks are off. From those
    on up to the future `screened` it is answered too, but only within one percent of its cost.
    """

    futures: int
    years: tuple[int, ...]
    weeks: int
    check: int
    screened: int = 0

    def tolerance(self, number: int) -> float:
        """Return the gap within which power is answered in a future."""
        return SCREENED if self.screens(number) else AIM

    def screens(self, number: int) -> bool:
        """Return whether power is screened in a future, not solved."""
        return self.futures <= number < self.screened


NO_POWER = Detail(0, (), 0, 0)
"""What is asked of the power program of a country that has none."""
EVERY_PERIOD = "all"


def detail_for(
    country: Country,
    futures: int | None = None,
    years: str = "",
    hours: str = "",
    check: bool | None = None,
    screened: int = 0,
) -> Detail:
    """Return how the power program of a country is solved: as its pack says, where nothing else is asked.

    Parameters
    ----------
    country
        What was read.
    futures
        In how many futures.
    years
        Years with commas, or `all` for every period of the pack.
    hours
        Weeks of a year, or `full`.
    check
        Whether the first future is solved on all hours too.
    screened
        Up to which future power is screened on all hours where it is not solved.

    Raises
    ------
    MoravaError
        When a pack with hourly series does not say it, or what is asked cannot be read: all at once.
    """
    if not country.series:
        return NO_POWER
    problems = Problems()
    said: dict[str, list[int]] = {}
    for name in ("power_default_futures", "power_default_weeks", "power_default_check", *PERIODS.values()):
        found = [fact.low for fact in country.facts.values() if fact.quantity == name and fact.low is not None]
        if not found:
            problems.add(f"no fact gives {name}", f"facts of {country.name}", "a pack with hourly series needs it")
        said[name] = sorted(int(value) for value in found)
    problems.raise_if_any()
    weeks = said["power_default_weeks"][0]
    chosen = tuple(said[PERIODS["default"]])
    with problems.collecting():
        weeks = read_weeks(hours) if hours else weeks
    with problems.collecting():
        chosen = tuple(said[PERIODS["all"]]) if years == EVERY_PERIOD else read_years(years) if years else chosen
    first, last = said[PERIODS["all"]][0], said[PERIODS["all"]][-1]
    for year in chosen:
        if not first <= year <= last:
            problems.add(f"the power system of {country.name} is not known for {year}", "--years",
                         f"name years from {first} to {last}")  # fmt: skip
    problems.raise_if_any()
    checked = said["power_default_check"][0] if check is None else int(check)
    number = said["power_default_futures"][0] if futures is None else futures
    if screened and weeks:
        raise MoravaError(Problem("power is screened on all hours only", "--screen", "leave --hours out, or say full"))
    return Detail(number, chosen, weeks, min(checked, number) if weeks else 0, screened)


PERIODS = {"all": "power_period", "default": "power_period_default"}


MOST_WEEKS = 52


def read_weeks(text: str) -> int:
    """Return a number of weeks, or zero for all hours.

    Raises
    ------
    MoravaError
        When it is neither `full` nor a number of weeks that a year has.

    Examples
    --------
    >>> read_weeks("full"), read_weeks("4")
    (0, 4)
    """
    if text == "full":
        return 0
    if text.isdigit() and 1 <= int(text) <= MOST_WEEKS:
        return int(text)
    raise MoravaError(Problem(f"{text!r} is no number of weeks", "--hours", f"write full, or 1 to {MOST_WEEKS}"))


def read_years(text: str) -> tuple[int, ...]:
    """Return years written with commas, in order.

    Raises
    ------
    MoravaError
        When one of them is no year, or stands twice.

    Examples
    --------
    >>> read_years("2025,2030")
    (2025, 2030)
    """
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdigit() and len(part) == len("2025") for part in parts):
        raise MoravaError(Problem(f"{text!r} holds something that is no year", "--years", "write them as 2025,2030"))
    years = tuple(int(part) for part in parts)
    if list(years) != sorted(set(years)):
        raise MoravaError(Problem(f"{text!r} is not in order, or names a year twice", "--years", "write 2025,2030"))
    return years


def detail_of(request: Request) -> Detail:
    """Return what a request asks of the power program."""
    years = tuple(int(year) for year in request.power_years.split(",") if year)
    return Detail(request.power_futures, years, request.power_weeks, request.power_check, request.power_screened)


def _code_files(folder: Traversable, name: str) -> Iterable[tuple[str, bytes]]:
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.is_dir():
            if item.name != "__pycache__":
                yield from _code_files(item, f"{name}/{item.name}")
        elif not item.name.endswith(".pyc"):
            yield f"{name}/{item.name}", item.read_bytes()


@cache
def code_hash() -> str:
    """Return the hash of the bytes of every room that can move a number."""
    digest = hashlib.sha256()
    for room in HASHED_ROOMS:
        for name, content in _code_files(files("morava").joinpath(room), room):
            digest.update(f"{name}:{len(content)}:".encode())
            digest.update(content.replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def make_request(
    country: Country,
    strategy: Strategy,
    futures: Futures,
    number: int,
    seed: int | None = None,
    chunk_size: int = CHUNK_SIZE,
    detail: Detail | None = None,
    levers: str = "",
) -> Request:
    """Return the request for a number of futures of one plan; seed and power as the files say unless given.

    `levers` says by which levers the strategy was moved to what it is here.
    """
    asked = detail_for(country) if detail is None else detail
    solved = min(asked.futures, number)
    return Request(
        country=country.name,
        strategy=strategy.name,
        futures_file=futures.name,
        futures=number,
        seed=futures.seed if seed is None else seed,
        chunk_size=chunk_size,
        power_futures=solved,
        power_years=",".join(str(year) for year in asked.years),
        power_weeks=asked.weeks,
        power_check=min(asked.check, solved),
        power_screened=min(asked.screened, number),
        country_hash=country_hash(country),
        strategy_hash=strategy_hash(strategy),
        futures_hash=futures_hash(futures),
        code_hash=code_hash(),
        versions={name: version(name) for name in NUMERIC_LIBRARIES},
        levers=levers,
    )


def name_of(request: Request) -> str:
    """Return the name of a run: the first sixteen hexadecimal digits of the hash of everything that it depends on.

    A run without levers is named as it was before there were any.
    """
    content = {name: value for name, value in asdict(request).items() if name != "levers" or value}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def chunks_of(request: Request) -> list[range]:
    """Return the numbers of the futures of every chunk: small ones first, where the power program is solved.

    Examples
    --------
    >>> from morava.runs.types import Request
    >>> request = Request("", "", "", 600, 1, 250, 2, "2030", 4, 0, 5, "", "", "", "", {})
    >>> chunks_of(request)
    [range(0, 1), range(1, 2), range(2, 5), range(5, 255), range(255, 505), range(505, 600)]
    """
    solved = min(request.power_futures, request.futures)
    screened = max(min(request.power_screened, request.futures), solved)
    parts = ((0, solved, POWER_CHUNK_SIZE), (solved, screened, SCREENED_CHUNK_SIZE),
             (screened, request.futures, request.chunk_size))  # fmt: skip
    return [range(at, min(at + size, end)) for first, end, size in parts for at in range(first, end, size)]
