"""Numbers that carry their derivatives by the unknowns, so that the Jacobian of an economy is exact.

The same equations work on plain arrays, where only values are asked for, and on numbers with slopes. Most of an economy
happens within a sector: what it sells and buys follows from its own sales, price and rent, the wage, the exchange rate
and the prices of energy. Slopes by these few are narrow; sums over sectors make wide ones, by all unknowns.

Arrays have `future` first. Sums run along the last, contiguous axis, and products of matrices are stacks of one matrix
a future, so that the bits of a future do not depend on how many others there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from morava.models.batches import Array

OWN = 3
"""Narrow slopes: by the own sales, price and rent, then by the wage and the exchange rate, then by prices of energy."""
WAGE, EXCHANGE, FUELS = 3, 4, 5


@dataclass(frozen=True, eq=False)
class Tangent:
    """A value [future, item] and its slope [future, item, direction]."""

    value: Array
    slope: Array

    __array_ufunc__ = None  # numpy leaves `array * tangent` to this class

    def __add__(self, other: Number | float) -> Tangent:
        if isinstance(other, Tangent):
            return Tangent(self.value + other.value, self.slope + other.slope)
        value = self.value + other
        if value.shape[1] == self.slope.shape[1]:
            return Tangent(value, self.slope)
        return Tangent(value, np.broadcast_to(self.slope, (*value.shape, self.slope.shape[2])))

    __radd__ = __add__

    def __neg__(self) -> Tangent:
        return Tangent(-self.value, -self.slope)

    def __sub__(self, other: Number | float) -> Tangent:
        if isinstance(other, Tangent):
            return Tangent(self.value - other.value, self.slope - other.slope)
        return self + -other

    def __rsub__(self, other: Array | float) -> Tangent:
        return -self + other

    def __mul__(self, other: Number | float) -> Tangent:
        if isinstance(other, Tangent):
            slope = self.slope * other.value[..., None] + other.slope * self.value[..., None]
            return Tangent(self.value * other.value, slope)
        factor = other[..., None] if isinstance(other, np.ndarray) else other
        return Tangent(self.value * other, self.slope * factor)

    __rmul__ = __mul__

    def __truediv__(self, other: Number | float) -> Tangent:
        if not isinstance(other, Tangent):
            return self * (1 / other)
        ratio = self.value / other.value
        return Tangent(ratio, (self.slope - other.slope * ratio[..., None]) / other.value[..., None])

    def __rtruediv__(self, other: Array | float) -> Tangent:
        ratio = other / self.value
        return Tangent(ratio, self.slope * (-ratio / self.value)[..., None])


Number: TypeAlias = Array | Tangent
"""What the equations work on: all of one kind, values alone or values with slopes."""


def value_of(given: Number) -> Array:
    """Return a number without its slope."""
    return given.value if isinstance(given, Tangent) else given


def exponential(given: Number) -> Number:
    """Return e to the power of a number."""
    value: Array = np.exp(value_of(given))
    return Tangent(value, given.slope * value[..., None]) if isinstance(given, Tangent) else value


def logarithm(given: Number) -> Number:
    """Return the natural logarithm of a number."""
    value: Array = np.log(value_of(given))
    return Tangent(value, given.slope / given.value[..., None]) if isinstance(given, Tangent) else value


def weighted(weights: Array, given: Number) -> Number:
    """Return the sum of items by weights [future, item]: [future, 1]; slopes stay by what they are."""
    value: Array = np.matmul(weights[:, None, :], value_of(given)[..., None])[..., 0]
    return Tangent(value, np.matmul(weights[:, None, :], given.slope)) if isinstance(given, Tangent) else value


def joined(parts: Sequence[Number]) -> Number:
    """Return numbers one after the other, [future, item]."""
    value: Array = np.concatenate([value_of(part) for part in parts], axis=1)
    slopes = [part.slope for part in parts if isinstance(part, Tangent)]
    return Tangent(value, np.concatenate(slopes, axis=1)) if slopes else value


def raised(given: Number, place: int, by: Number) -> Number:
    """Return a number with one item raised by another, [future, 1]."""
    value = value_of(given).copy()
    value[:, place] += value_of(by)[:, 0]
    if not (isinstance(given, Tangent) and isinstance(by, Tangent)):
        return value
    slope = given.slope.copy()
    slope[:, place] += by.slope[:, 0]
    return Tangent(value, slope)


def ces_price(power: Array, inputs: Sequence[tuple[Array, Number]]) -> Number:
    """Return the log price index of a bundle with a constant elasticity of substitution, in calibrated shares.

    ln P = ln(sum s exp(power ln p)) / power, of which sum s ln p is the limit at a power of zero. It holds for the
    elasticity of transformation too, with a power of one plus it.

    Parameters
    ----------
    power
        [future, item], 1: one less the elasticity of substitution.
    inputs
        Base cost shares [future, item], which sum to one over inputs, and log prices relative to the base.
    """
    flat = power == 0
    any_flat = bool(flat.any())
    divisor = np.where(flat, 1.0, power) if any_flat else power
    logs = [value_of(price) for _, price in inputs]
    grown = [share * np.expm1(power * log) for (share, _), log in zip(inputs, logs, strict=True)]
    gain = grown[0]
    for one in grown[1:]:
        gain = gain + one
    value = np.log1p(gain) / divisor
    if any_flat:
        even = inputs[0][0] * logs[0]
        for (share, _), log in zip(inputs[1:], logs[1:], strict=True):
            even = even + share * log
        value = np.where(flat, even, value)
    slope: Array | None = None
    for (share, price), one in zip(inputs, grown, strict=True):
        if isinstance(price, Tangent):
            part = ((share + one) / (1 + gain))[..., None] * price.slope
            slope = part if slope is None else slope + part
    return value if slope is None else Tangent(value, slope)


@dataclass(frozen=True, eq=False)
class Frame:
    """How narrow slopes lie among wide ones: by sales and prices of sectors, rents, the wage, the exchange rate.

    `rents` is the number of sectors, or one where capital moves. `energy` are places of sectors whose goods are energy,
    and `fuels` [future, energy, 2] the slopes of their prices by their own home price and by the exchange rate.
    """

    sectors: int
    rents: int
    energy: tuple[int, ...]
    slopes: bool
    fuels: Array | None = None

    def unknowns(self, unknown: Array) -> tuple[Number, ...]:
        """Return sales, prices, rents, wage and exchange rate of [future, unknown], with narrow slopes."""
        ends = np.cumsum([0, self.sectors, self.sectors, self.rents, 1, 1]).tolist()
        parts = [np.ascontiguousarray(unknown[:, first:last]) for first, last in pairwise(ends)]
        return tuple(self._narrow(part, place) for place, part in enumerate(parts)) if self.slopes else tuple(parts)

    def _narrow(self, value: Array, place: int) -> Tangent:
        slope = np.zeros((*value.shape, FUELS + len(self.energy)))
        slope[:, :, place] = 1.0
        return Tangent(value, slope)

    def with_fuels(self, paid: Number) -> Frame:
        """Return a frame that knows how prices of energy follow from the unknowns."""
        if not isinstance(paid, Tangent):
            return self
        places = list(self.energy)
        fuels = np.stack([paid.slope[:, places, 1], paid.slope[:, places, EXCHANGE]], axis=-1)
        return Frame(self.sectors, self.rents, self.energy, self.slopes, fuels)

    def fuel(self, paid: Number, number: int) -> Number:
        """Return the price of one kind of energy as [future, 1], with the narrow slope by itself."""
        place = self.energy[number]
        value = np.ascontiguousarray(value_of(paid)[:, place : place + 1])
        return self._narrow(value, FUELS + number) if isinstance(paid, Tangent) else value

    def wide(self, given: Number) -> Number:
        """Return a number whose narrow slope is made wide."""
        if not isinstance(given, Tangent):
            return given
        count, items, _ = given.slope.shape
        slope = np.zeros((count, items, 2 * self.sectors + self.rents + 2))
        own = np.arange(self.sectors)
        if items == self.sectors:
            for place in range(OWN if self.rents == self.sectors else OWN - 1):
                slope[:, own, place * self.sectors + own] = given.slope[:, :, place]
        if self.rents != self.sectors:
            slope[:, :, 2 * self.sectors] = given.slope[:, :, 2]
        return Tangent(given.value, self._shared(slope, given.slope[:, :, WAGE:]))

    def gathered(self, matrix: Array, given: Number) -> Number:
        """Return a matrix [future, row, sector] times a number with narrow slope: [future, row], with a wide one."""
        value: Array = np.matmul(matrix, value_of(given)[..., None])[..., 0]
        if not isinstance(given, Tangent):
            return value
        size, mobile = self.sectors, self.rents != self.sectors
        slope = np.zeros((*value.shape, 2 * size + self.rents + 2))
        for place in range(OWN - mobile):
            np.multiply(matrix, given.slope[:, None, :, place], out=slope[:, :, place * size : (place + 1) * size])
        rest = np.matmul(matrix, np.ascontiguousarray(given.slope[:, :, WAGE - mobile :]))
        if mobile:
            slope[:, :, 2 * size] = rest[:, :, 0]
        return Tangent(value, self._shared(slope, rest[:, :, int(mobile) :]))

    def crossed(self, weights: Array, wide: Number, narrow: Number) -> Number:
        """Return the sum over sectors of weights [future, sector] times two numbers: [future, 1], with a wide slope."""
        first, second = value_of(wide), value_of(narrow)
        value: Array = np.matmul(weights[:, None, :], (first * second)[..., None])[..., 0]
        if not (isinstance(wide, Tangent) and isinstance(narrow, Tangent)):
            return value
        other = self.gathered((weights * first)[:, None, :], narrow)
        slope = np.matmul((weights * second)[:, None, :], wide.slope)
        return Tangent(value, slope + other.slope if isinstance(other, Tangent) else slope)

    def _shared(self, slope: Array, by: Array) -> Array:
        """Return wide slopes with those by the wage, the exchange rate and prices of energy filled in."""
        slope[:, :, -2], slope[:, :, -1] = by[:, :, 0], by[:, :, 1]
        for number, place in enumerate(self.energy):
            if self.fuels is not None:
                one = by[:, :, 2 + number]
                slope[:, :, self.sectors + place] += one * self.fuels[:, number, 0, None]
                slope[:, :, -1] += one * self.fuels[:, number, 1, None]
        return slope
