"""Money of another year or currency, by the deflators and exchange rates of a country's own facts.

Deflate in the money's own currency to the price year of the target, then convert at the rate of that year. No year is
filled in between two others, and nothing has a default: a missing fact is named.
"""

from __future__ import annotations

from collections.abc import Mapping

from morava.errors import MoravaError, Problem
from morava.plans.cells import cell_of
from morava.plans.types import Conflict, Country, Fact
from morava.quantities.units import factor, in_money, parse, price

PIVOT = "EUR"
"""Exchange rates say how much of a currency one euro buys: the euro's own rate is one by definition."""


class Prices:
    """The deflators and exchange rates of a country.

    Parameters
    ----------
    country
        Its facts of `price_deflator` and `exchange_rate` are used, planned ones apart; its price base is what
        `money` means.

    Examples
    --------
    >>> from morava.plans.read import read_country
    >>> prices = Prices(read_country("ruritania"))
    >>> round(prices.convert(100, "million RUC_2023", "million money"), 3)  # 100 / 92 of it, by the deflators
    108.696
    """

    def __init__(self, country: Country) -> None:
        self.base = country.price_base
        self._country = country.name
        self._deflators = _settle(country, "price_deflator")
        self._rates = _settle(country, "exchange_rate")

    def convert(self, value: float, unit: str, target_unit: str) -> float:
        """Return a value in another unit; `money` in a unit stands for the price base.

        Parameters
        ----------
        value
            A number in `unit`.
        unit
            A unit that may name money of any currency and year.
        target_unit
            The unit wanted.

        Raises
        ------
        MoravaError
            Units that do not measure the same, or a deflator or rate that no fact gives.
        """
        source_unit, target_unit = in_money(unit, self.base), in_money(target_unit, self.base)
        source, target = price(source_unit), price(target_unit)
        if source is None or target is None or source == target:
            return value * factor(source_unit, target_unit)
        names = "_".join(map(str, source)), "_".join(map(str, target))
        power = float(str(parse(source_unit).dimensionality.get(f"[{names[0]}]", 0)))
        ratio = self._one(source, target)
        return float(value * ratio**power * factor(source_unit.replace(*names), target_unit))

    def _one(self, source: tuple[str, int], target: tuple[str, int]) -> float:
        """Return what one unit of money of the source is worth in money of the target."""
        currency, year = source
        other, base_year = target
        worth = 1.0
        if year != base_year:
            worth *= self._deflator(currency, base_year) / self._deflator(currency, year)
        if currency != other:
            worth *= self._rate(other, base_year) / self._rate(currency, base_year)
        return worth

    def _deflator(self, currency: str, year: int) -> float:
        return self._look_up(self._deflators, "price_deflator", "deflator", currency, year)

    def _rate(self, currency: str, year: int) -> float:
        if currency == PIVOT:
            return 1.0
        return self._look_up(self._rates, "exchange_rate", "exchange rate", currency, year)

    def _look_up(
        self, known: Mapping[tuple[str, str], tuple[Fact, ...]], quantity: str, title: str, currency: str, year: int
    ) -> float:
        facts = known.get((currency, str(year)), ())
        where = f"facts of {self._country}"
        if not facts:
            raise MoravaError(
                Problem(
                    f"no {title} of {currency} for {year}",
                    where,
                    f"add a fact of {quantity} with where currency={currency} and period {year}",
                )
            )
        values = {fact.low for fact in facts} | {fact.high for fact in facts}
        value = values.pop()
        if values or value is None or value <= 0:
            names = ", ".join(fact.name for fact in facts)
            raise MoravaError(
                Problem(
                    f"the {title} of {currency} for {year} is not one number above zero: {names}",
                    where,
                    "keep one number, or declare a conflict with a chosen side",
                )
            )
        return value * factor(facts[0].unit, "1")


def _settle(country: Country, quantity: str) -> dict[tuple[str, str], tuple[Fact, ...]]:
    """Return the facts of a quantity by currency and year, without the sides that a conflict did not choose."""
    rejected = {name for conflict in country.conflicts.values() for name in _not_chosen(conflict)}
    found: dict[tuple[str, str], tuple[Fact, ...]] = {}
    for fact in country.facts.values():
        if fact.quantity == quantity and fact.status != "planned" and fact.name not in rejected:
            labels = dict(cell_of(fact))
            key = labels["currency"], labels["year"]
            found[key] = (*found.get(key, ()), fact)
    return found


def _not_chosen(conflict: Conflict) -> set[str]:
    if conflict.chosen is None or conflict.chosen >= len(conflict.sides):
        return set()
    chosen = set(conflict.sides[conflict.chosen])
    return {name for side in conflict.sides for name in side} - chosen
