"""Which region a country belongs to and which sector a code: files that come with Morava, or the user's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.exchange.trade_data.world import PackTables
from morava.plans.csv_file import Row, parse_csv
from morava.plans.text_file import read_text

SECTIONS, PREFIXES = "hs_sections.csv", "hs_sectors.csv"
PRODUCTS, INDUSTRIES, COUNTRIES = "product_sectors.csv", "itpd_industries.csv", "country_regions.csv"
_SECTORS = "give a mapping to the sectors of this pack with --sectors FILE"
OWN = {
    SECTIONS: "give rows by sector, not by section",
    PREFIXES: _SECTORS,
    PRODUCTS: f"name the industries as the sectors of this pack, or {_SECTORS}",
    INDUSTRIES: _SECTORS,
    COUNTRIES: "give a mapping to the regions of this pack with --regions FILE",
}
"""What to do where a mapping that comes with Morava is for other sectors or regions."""


@dataclass(frozen=True)
class Countries:
    """Region of every country, by its number in BACI and by its three letters."""

    by_number: dict[str, int]
    by_letters: dict[str, int]
    shown: str


def _rows(name: str, own: Path | None, columns: Sequence[str], problems: Problems) -> tuple[list[Row], str]:
    if own is not None:
        text, shown = read_text(own, own.name), own.name
    else:
        text, shown = (files("morava.exchange.trade_data") / "data" / name).read_text(encoding="utf-8"), name
    kept = "\n".join("" if line.startswith("#") else line for line in text.split("\n"))
    return parse_csv(kept, shown, columns, problems), shown


def place_of(label: str, known: Sequence[str], what: str, where: str, problems: Problems) -> int:
    """Return the place of a label; an unknown one is noted with the nearest known, and -1."""
    if label in known:
        return list(known).index(label)
    problems.add(f"there is no {what} {label!r}", where, nearest(label, known))
    return -1


def _once(key: object, row: Row, seen: dict[object, str], problems: Problems) -> bool:
    first = seen.setdefault(key, row.where)
    if first != row.where:
        problems.add(f"{key} is given twice", row.where, f"keep one; the first stands at {first}")
    return first == row.where


def _all_once(
    name: str, own: Path | None, columns: Sequence[str], take: Callable[[Row, dict[object, str], Problems], None]
) -> str:
    problems, seen = Problems(), dict[object, str]()
    rows, shown = _rows(name, own, columns, problems)
    for row in rows:
        take(row, seen, problems)
    if own is None and len(problems):  # what comes with Morava has no mistakes: it speaks of another world
        raise MoravaError(Problem(f"{shown} does not fit this pack: {next(iter(problems)).what}", shown, OWN[name]))
    problems.raise_if_any()
    return shown


def read_prefixes(own: Path | None, world: PackTables) -> tuple[dict[str, int], str]:
    """Return the sector of prefixes of the Harmonised System, and the name of the file."""
    found: dict[str, int] = {}

    def take(row: Row, seen: dict[object, str], problems: Problems) -> None:
        prefix = row.cells["prefix"]
        if not prefix.isascii() or not prefix.isdigit() or not 2 <= len(prefix) <= 6:
            problems.add(f"{prefix!r} is no prefix", row.where, "write 2 to 6 digits")
        elif _once(prefix, row, seen, problems):
            found[prefix] = place_of(row.cells["sector"], world.sectors, "sector", row.where, problems)

    shown = _all_once(PREFIXES, own, ("prefix", "sector"), take)
    return found, shown


def sector_of_product(code: str, prefixes: dict[str, int]) -> int:
    """Return the sector of a six-digit code, that of its longest prefix; -1 where none is known.

    Examples
    --------
    >>> sector_of_product("271600", {"27": 1, "2716": 15}), sector_of_product("770000", {"27": 1})
    (15, -1)
    """
    return next((prefixes[code[:length]] for length in range(6, 1, -1) if code[:length] in prefixes), -1)


def read_sections(world: PackTables) -> dict[str, dict[int, float]]:
    """Return, by section of the Harmonised System, the headings that each sector has in it."""
    found: dict[str, dict[int, float]] = {}

    def take(row: Row, _: dict[object, str], problems: Problems) -> None:
        place = place_of(row.cells["sector"], world.sectors, "sector", row.where, problems)
        found.setdefault(row.cells["section"], {})[place] = float(row.cells["headings"])

    _all_once(SECTIONS, None, ("section", "sector", "headings"), take)
    return found


def read_industries(own: Path | None, world: PackTables) -> tuple[dict[int, int], str]:
    """Return the sector of every industry of ITPD by its number, and the name of the file."""
    found: dict[int, int] = {}

    def take(row: Row, seen: dict[object, str], problems: Problems) -> None:
        first, last = row.cells["first"], row.cells["last"]
        if not first.isdigit() or not last.isdigit() or not 1 <= int(first) <= int(last) <= 1000:
            problems.add(f"{first!r} to {last!r} are no numbers of industries", row.where, "write first <= last")
            return
        place = place_of(row.cells["sector"], world.sectors, "sector", row.where, problems)
        for number in range(int(first), int(last) + 1):
            if _once(number, row, seen, problems):
                found[number] = place

    shown = _all_once(INDUSTRIES, own, ("first", "last", "sector"), take)
    return found, shown


def read_countries(own: Path | None, world: PackTables) -> Countries:
    """Return the region of every country.

    Raises
    ------
    MoravaError
        Regions that the world table does not have, countries given twice, or none that is the country itself.
    """
    numbers: dict[str, int] = {}
    letters: dict[str, int] = {}

    def take(row: Row, seen: dict[object, str], problems: Problems) -> None:
        number, code = row.cells["baci"], row.cells["iso3"]
        place = place_of(row.cells["region"], world.regions, "region", row.where, problems)
        if number and not number.isdigit():
            problems.add(f"{number!r} is no number of a country", row.where, "write digits, or leave it blank")
        elif number and _once(int(number), row, seen, problems):
            numbers[str(int(number))] = place
        if code and _once(code, row, seen, problems):
            letters[code] = place

    shown = _all_once(COUNTRIES, own, ("baci", "iso3", "region"), take)
    if world.home not in letters.values() and world.home not in numbers.values():
        name = world.regions[world.home]
        raise MoravaError(Problem(f"no country is {name}", shown, "give a mapping of your own with --regions FILE"))
    return Countries(numbers, letters, shown)


@dataclass(frozen=True)
class Products:
    """Sectors of every code of an input-output table, and what an industry buys of a product that has several."""

    sectors: dict[str, tuple[int, ...]]
    buys: dict[str, int]
    shown: str


def read_products(own: Path | None, world: PackTables) -> Products:
    """Return the sectors of the codes of an input-output table."""
    sectors: dict[str, tuple[int, ...]] = {}
    buys: dict[str, int] = {}

    def take(row: Row, seen: dict[object, str], problems: Problems) -> None:
        code = plain_code(row.cells["code"])
        place = place_of(row.cells["sector"], world.sectors, "sector", row.where, problems)
        if not _once((code, place), row, seen, problems):
            return
        sectors[code] = (*sectors.get(code, ()), place)
        if len(sectors[code]) > 2:
            problems.add(f"{code} has more than two sectors", row.where, "split it into two at most")
        if row.cells["buys"]:
            buys[code] = place_of(row.cells["buys"], world.sectors, "sector", row.where, problems)

    shown = _all_once(PRODUCTS, own, ("code", "sector", "buys"), take)
    return Products(sectors, buys, shown)


def plain_code(code: str) -> str:
    """Return the code of a product or industry in one spelling.

    Examples
    --------
    >>> [plain_code(code) for code in ("CPA_C10-C12", "C10T12", "C31_C32", "J62_63", "A01")]
    ['C10-12', 'C10-12', 'C31-32', 'J62-63', 'A01']
    """
    text = code.removeprefix("CPA_").replace("_", "-")
    first, sign, last = text.partition("-")
    if not sign and first[:1].isalpha() and first[1:].count("T") == 1:
        first, sign, last = text.partition("T")
    return f"{first}-{last.lstrip('ABCDEFGHIJKLMNOPQRSTU')}" if sign else first
