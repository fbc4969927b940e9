"""What was observed in past years, from the facts of a pack, and which of it was known on a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from morava.errors import MoravaError, Problem
from morava.plans.freeze import freeze
from morava.plans.types import Country
from morava.quantities import find
from morava.quantities.dates import interval
from morava.quantities.units import factor
from morava.runs.backtest_types import Kept, Origin, Scored

FREEZES = (2015, 2019)
LAST_YEAR = 2024
POWER_OUTPUT = "history_power_output"
GW_IN_MW = 1000.0
SOURCES_OF_POWER = ("lignite", "hydro", "gas", "wind", "solar")
QUANTITIES = (
    Scored("gdp", "Output, real", "index", True, True, ("gdp", "gdp_growth", "gdp_by_closure", "sector_output")),
    Scored("exports", "Exports over prices of output", "index", True, True, ("sector_export", "economy_trade_balance")),
    Scored("employment", "People at work", "index", True, True, ("employment", "sector_employment")),
    Scored("debt_ratio", "Public debt over output", "percent", False, False, ("debt_ratio", "debt_ratio_without")),
    *(
        Scored(
            f"power from {technology}", f"Electricity from {technology}", "TWh", False, False,
            ("power_output", "power_output_gross"), technology,
        )
        for technology in SOURCES_OF_POWER
    ),
)  # fmt: skip
NEEDED = ("past_gdp", "past_export_share", "past_population", "past_employment_rate", "past_debt_ratio")


def can_backtest(country: Country) -> bool:
    """Return whether a pack holds what was observed."""
    return {fact.quantity for fact in country.facts.values()}.issuperset(NEEDED)


def origins() -> tuple[Origin, ...]:
    """Return where forecasts start: at the end of a year its own figures are not out yet."""
    return tuple(Origin(year, year - 1, LAST_YEAR) for year in FREEZES)


def series(country: Country, quantity: str, technology: str = "") -> dict[int, float]:
    """Return facts of past years by year, in the unit of the glossary; money stays as written, all of one unit.

    Raises
    ------
    MoravaError
        When there are none, or they are in several units of money.
    """
    facts = [
        fact
        for fact in country.facts.values()
        if fact.quantity == quantity and fact.where.get("technology", "") == technology and fact.low is not None
    ]
    units = {fact.unit for fact in facts}
    unit = find(quantity).unit
    if not facts or ("money" in unit and len(units) > 1):
        raise MoravaError(
            Problem(
                f"{quantity} {technology} has facts in {len(units)} units".replace("  ", " "),
                f"facts of {country.name}",
                "give what was observed year by year, all in one unit",
            )
        )
    return {
        int(fact.period): fact.low * (1.0 if "money" in unit else factor(fact.unit, unit))
        for fact in sorted(facts, key=lambda one: one.period)
        if fact.low is not None
    }


def frozen(country: Country, origin: Origin) -> Country:
    """Return the country as it was known at the end of the year of the freeze."""
    return freeze(country, str(origin.freeze))


def observed(country: Country) -> dict[str, dict[int, float]]:
    """Return what was observed by scored quantity and year, in its unit but for indices, which are in any.

    Exports are their share of output times real output: what they would buy of output.
    """
    gdp, share = series(country, "past_gdp"), series(country, "past_export_share")
    rate, people = series(country, "past_employment_rate"), series(country, "past_population")
    return {
        "gdp": gdp,
        "exports": _times(gdp, share),
        "employment": _times(rate, people),
        "debt_ratio": {year: 100 * value for year, value in series(country, "past_debt_ratio").items()},
        **{
            f"power from {technology}": {
                year: value / GW_IN_MW for year, value in series(country, POWER_OUTPUT, technology).items()
            }
            for technology in SOURCES_OF_POWER
        },
    }


def _times(first: Mapping[int, float], second: Mapping[int, float]) -> dict[int, float]:
    return {year: value * second[year] for year, value in first.items() if year in second}


def known(observed_by_year: Mapping[int, float], origin: Origin) -> list[float]:
    """Return the values up to the last full year known, oldest first.

    Raises
    ------
    MoravaError
        When a year is missing between the first and the base.
    """
    years = sorted(year for year in observed_by_year if year <= origin.base)
    if not years or years[-1] != origin.base or years[-1] - years[0] != len(years) - 1:
        raise MoravaError(
            Problem(f"years before {origin.base} are missing", "facts of the past", "give every year on end up to it")
        )
    return [observed_by_year[year] for year in years]


def kept_of(country: Country, quantity: str, origin: Origin, known_then: Collection[str] = ()) -> Kept | None:
    """Return what is told of the facts of a quantity that were not known on the day of the freeze; None without any.

    Parameters
    ----------
    known_then
        Names of facts that were known.
    """
    later = [fact for fact in country.facts.values() if fact.quantity == quantity and fact.name not in known_then]
    if not later:
        return None
    seen = sorted(fact.period for fact in later if fact.period and _reaches_into(fact.period, origin))
    return Kept(quantity, len(later), max(fact.known_on for fact in later), seen[0] if seen else "")


def _reaches_into(period: str, origin: Origin) -> bool:
    first, end = interval(period)
    return end > origin.base + 1 and first <= origin.last
