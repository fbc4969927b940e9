"""Most-favoured duties and the phase-out of an agreement, as a factual presentation of the WTO has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.exchange.trade_data.asked import Asked, Change, FixedDraw, TableNote
from morava.exchange.trade_data.fitting import fit
from morava.exchange.trade_data.mappings import SECTIONS, place_of, read_sections
from morava.exchange.trade_data.world import FAVOURED, TARIFF, TECHNOLOGY, Array, PackTables, check_equilibrium, rounded
from morava.plans.csv_file import Row, read_csv, read_number
from morava.plans.places import placed
from morava.plans.read import read_strategy
from morava.plans.text_file import read_text
from morava.plans.types import Country
from morava.runs.lower_trade import agreement_start

OWN, PARTNER = "own", "partner"
RATE, AT_ONCE, EXCLUDED = "most_favoured_percent", "share_at_once", "share_excluded"
SUMS_TO_ONE = 0.005
"""How far the shares of a row may miss one: they are printed with two or three digits."""
HIGHEST = {OWN: 100.0, PARTNER: 300.0}
"""Percent; a duty beyond this is a mistake of unit, as the glossary has it."""


@dataclass(frozen=True)
class Side:
    """What one side levies: the rate [sector], a fraction, and shares [sector, group] of its imports by group."""

    rate: Array
    shares: Array


@dataclass(frozen=True)
class Phase:
    """Groups of an agreement: their names and lengths in years, in the order of lengths."""

    names: tuple[str, ...]
    lengths: tuple[float, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of shares: at once, each group, excluded."""
        return (AT_ONCE, *(f"share_{name}" for name in self.names), EXCLUDED)


def load_duties(asked: Asked, world: PackTables, country: Country) -> Change:
    """Return the duties of both sides and the phase-out as the file has them.

    Raises
    ------
    MoravaError
        Everything that is wrong with the file, a partner that is none.
    """
    partner = _partner(asked, world, country)
    phase = _phase(country)
    sides, basis = _read(asked, world, phase)
    settings, lines = _staging(world, partner, phase, sides)
    lines = [basis, *lines]
    name, facts = world.regions[world.home], {}
    if OWN in sides:
        for place in np.flatnonzero(world.goods):
            for quantity in ("own_duty_least", "own_duty_most"):
                facts[quantity, world.sectors[place]] = float(sides[OWN].rate[place])
        settings["own_duty_draw"] = FixedDraw(f"both ends of the range are the duty of {asked.source.title}", 0.5)
        lines.append(f"duties of {name} by sector, percent: {_percents(world, sides[OWN])}")
    if PARTNER not in sides:
        return Change(world, tuple(lines), {}, settings, facts, _facts_note(basis))
    changed, told = _partner_duties(world, partner, sides[PARTNER])
    fitted, scaled = fit(changed, allowed=True)
    check_equilibrium(fitted)
    lines += [*told, f"duties of {world.regions[partner]}, percent: {_percents(world, sides[PARTNER])}", *scaled]
    mend = (
        f"rates of {world.regions[partner]} by sector after {asked.source.title}; {basis}; {'; '.join(told)}",
        "its schedule was read; all other rows are as they were, hence the status of the table too",
    )
    note = TableNote(mends=(mend,))
    tables = {TARIFF: note, FAVOURED: note}
    if scaled:
        tables[TECHNOLOGY] = TableNote(mends=(("; ".join(scaled), "held to purchases at the new duties"),))
    return Change(fitted, tuple(lines), tables, settings, facts, _facts_note(basis))


def _facts_note(basis: str) -> str:
    return f"most-favoured duty of the schedule, mean of the sector; {basis}"


def _percents(world: PackTables, side: Side) -> str:
    return ", ".join(f"{world.sectors[place]} {side.rate[place]:.2%}" for place in np.flatnonzero(world.goods))


def _partner(asked: Asked, world: PackTables, country: Country) -> int:
    """Return the region of the agreement: the one that is named, or the only one with which the plan has one."""
    others = [world.regions[place] for place in world.others]
    if asked.partner:
        if asked.partner not in others:
            raise MoravaError(
                Problem(f"there is no partner {asked.partner!r}", "--partner", nearest(asked.partner, others))
            )
        return world.regions.index(asked.partner)
    starts = agreement_start(country, read_strategy(country))
    begun = [str(region) for region in starts.coords["region"].to_numpy()[np.isfinite(starts.to_numpy())]]
    if len(begun) != 1:
        what = f"the plan has agreements with {', '.join(begun) or 'no region'} after the base year"
        raise MoravaError(Problem(what, "--partner", f"name one of {', '.join(others)}"))
    return world.regions.index(begun[0])


def _phase(country: Country) -> Phase:
    facts = [fact for fact in country.facts.values() if fact.quantity == "agreement_phase_length"]
    if not facts:
        raise MoravaError(
            Problem(
                "no fact of agreement_phase_length", f"{country.name}/facts", "give each group of the agreement one"
            )
        )
    ordered = sorted((float(fact.low or 0), fact.where["item"]) for fact in facts)
    return Phase(tuple(name for _, name in ordered), tuple(length for length, _ in ordered))


def _read(asked: Asked, world: PackTables, phase: Phase) -> tuple[dict[str, Side], str]:
    """Return what each side of the file levies, and how its rows were read."""
    problems = Problems()
    header = _header(asked.file)
    by = "hs_section" if "hs_section" in header and "sector" not in header else "sector"
    sections = read_sections(world) if by == "hs_section" else {}
    known = list(sections) or [world.sectors[place] for place in np.flatnonzero(world.goods)]
    columns = (by, "side", RATE, *phase.columns)
    found: dict[tuple[str, str], Array] = {}
    lines: dict[tuple[str, str], str] = {}
    for row in read_csv(asked.file, asked.file.name, columns, problems):
        _take(row, by, known, phase, found, lines, problems)
    given = [side for side in (OWN, PARTNER) if any(key[0] == side for key in lines)]
    for side in given:
        missing = [label for label in known if (side, label) not in lines]
        if missing:
            problems.add(f"side {side} has no row of {', '.join(missing)}", asked.file.name, f"give every {by} its row")
        rates = [row[0] for key, row in found.items() if key[0] == side]
        if rates and 0 < max(rates) < 1:
            problems.add(
                f"the highest duty of side {side} is {max(rates):g} percent",
                asked.file.name,
                "write percent: 5, not 0.05",
            )
    if not given:
        problems.add("no side has a row", asked.file.name, f"give {OWN}, {PARTNER} or both")
    problems.raise_if_any()
    if by == "sector":
        return {side: _by_sector(world, found, side) for side in given}, "rows by sector"
    return {side: _by_section(world, sections, found, side) for side in given}, (
        f"rows by HS section: a sector's duty is the mean of its sections, by headings ({SECTIONS})"
    )


def _header(file: Path) -> Sequence[str]:
    first = next((line for line in read_text(file, file.name).split("\n") if line.strip()), "")
    return [cell.strip() for cell in first.split(",")]


def _take(
    row: Row, by: str, known: list[str], phase: Phase, found: dict[tuple[str, str], Array],
    lines: dict[tuple[str, str], str], problems: Problems,
) -> None:  # fmt: skip
    side, label = row.cells["side"], row.cells[by]
    if side not in HIGHEST:
        problems.add(f"there is no side {side!r}", row.where, nearest(side, HIGHEST))
        return
    if place_of(label, known, by, row.where, problems) < 0:
        return
    first = lines.setdefault((side, label), row.where)
    if first != row.where:
        problems.add(f"{label} of side {side} is given twice", row.where, f"keep one; the first stands at {first}")
        return
    values, before = [], len(problems)
    for column in (RATE, *phase.columns):
        with placed(problems, row.where, column):
            values.append(read_number(row.cells[column]))
    if len(problems) > before:
        return
    rate, shares = values[0], values[1:]
    if not 0 <= rate <= HIGHEST[side]:
        problems.add(f"a duty of {rate:g} percent", row.where, f"it lies between 0 and {HIGHEST[side]:g}")
    if min(shares) < 0 or max(shares) > 1:
        problems.add(f"shares {', '.join(f'{one:g}' for one in shares)}", row.where, "write fractions from 0 to 1")
    elif abs(sum(shares) - 1) > SUMS_TO_ONE:
        problems.add(f"the shares sum to {sum(shares):.4g}", row.where, "the shares of a row sum to 1")
    found[side, label] = np.array([rate, *shares])


def _by_sector(world: PackTables, found: Mapping[tuple[str, str], Array], side: str) -> Side:
    groups = len(next(iter(found.values()))) - 1
    rate, shares = np.zeros(len(world.sectors)), np.zeros((len(world.sectors), groups))
    for place in np.flatnonzero(world.goods):
        row = found[side, world.sectors[place]]
        rate[place], shares[place] = row[0] / 100, row[1:] / row[1:].sum()
    return Side(rounded(rate), shares)


def _by_section(
    world: PackTables, sections: Mapping[str, Mapping[int, float]], found: Mapping[tuple[str, str], Array], side: str
) -> Side:
    """Return rates and shares by sector: means over its sections by headings, those of shares by duty too."""
    groups = len(next(iter(found.values()))) - 1
    weight, rate = np.zeros(len(world.sectors)), np.zeros(len(world.sectors))
    plain, heavy = (np.zeros((len(world.sectors), groups)) for _ in range(2))
    for section, headings in sections.items():
        row = found[side, section]
        share = row[1:] / row[1:].sum()
        for place, count in headings.items():
            weight[place] += count
            rate[place] += count * row[0] / 100
            plain[place] += count * share
            heavy[place] += count * row[0] / 100 * share
    shares = np.where(rate[:, None] > 0, heavy / np.where(rate > 0, rate, 1)[:, None], 0.0)
    shares = np.where(rate[:, None] > 0, shares, plain / np.where(weight > 0, weight, 1)[:, None])
    return Side(rounded(rate / np.where(weight > 0, weight, 1)), shares)


def _staging(
    world: PackTables, partner: int, phase: Phase, sides: Mapping[str, Side]
) -> tuple[dict[str, FixedDraw], list[str]]:
    """Return the three uncertainties of the phase-out: means over sectors and sides, weighed by duties paid."""
    flows = {OWN: world.flow[world.home, partner], PARTNER: world.flow[partner, world.home]}
    weights = {side: flows[side] * one.rate for side, one in sides.items()}
    whole = sum(float(weight.sum()) for weight in weights.values())
    if not whole > 0:
        raise MoravaError(
            Problem("no side levies a duty on what it buys of the other", "duties", "give rates in percent")
        )
    mean = sum((weights[side] @ one.shares for side, one in sides.items()), np.zeros(len(phase.columns))) / whole
    at_once, phased, excluded = float(mean[0]), mean[1:-1], float(mean[-1])
    slowness, told = _slowness(phase, phased)
    of = " and ".join(
        f"{'the country' if side == OWN else world.regions[partner]} ({weights[side].sum() / whole:.0%})"
        for side in sides
    )
    because = (
        f"mean over sectors of shares of imports, weighed by duties paid: most-favoured rate times imports of {of}"
    )
    digits = (f"{value:.4f}" for value in (at_once, slowness, excluded))
    one, two, three = (float(text) for text in digits)
    lines = [
        f"of duties end at once {one:.1%}, stay {three:.1%}, {1 - one - three:.1%} over {', '.join(phase.names)}; "
        f"the model takes these in all sectors, {because}",
        *told,
    ]
    return {
        "agreement_freed_at_once": FixedDraw(because, one),
        "agreement_phase_draw": FixedDraw("; ".join([because, *told]), two),
        "agreement_excluded": FixedDraw(because, three),
    }, lines


def _slowness(phase: Phase, phased: Array) -> tuple[float, list[str]]:
    """Return how the split over groups leans, zero to one, and what the model's split is then.

    The model leans in a straight line over the groups: the mean place of the file's split is kept.
    """
    count, whole = len(phase.names), float(phased.sum())
    if count < 2 or not whole > 0:
        return 0.5, []
    place = np.linspace(-1.0, 1.0, count)
    wanted = float(phased @ place / whole) * count / float((place**2).sum())
    lean = min(max(wanted, -1.0), 1.0)
    modelled = (1 + lean * place) / count
    split = ", ".join(
        f"{name} {own:.0%} ({theirs:.0%} in the file)"
        for name, own, theirs in zip(phase.names, modelled, phased / whole, strict=True)
    )
    beyond = "" if lean == wanted else ": the end of what the model can say"
    return (lean + 1) / 2, [f"what is phased out is split over {split}{beyond}"]


def _partner_duties(world: PackTables, partner: int, side: Side) -> tuple[PackTables, list[str]]:
    """Return the tables with the partner's rates on the country, and on all others that paid its old ones."""
    tariff, favoured = world.tariff.copy(), world.favoured.copy()
    goods = world.goods
    follow = (tariff[partner] == favoured[partner]) & goods
    follow[partner] = False
    follow[world.home] = goods
    tariff[partner] = np.where(follow, side.rate, tariff[partner])
    favoured[partner, goods] = side.rate[goods]
    others = [world.regions[place] for place in world.others if place != partner and follow[place].any()]
    told = [f"the same rates for those who paid the most-favoured ones before: {', '.join(others) or 'nobody else'}"]
    return replace(world, tariff=tariff, favoured=favoured), told
