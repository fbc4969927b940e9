"""Numbers that carry their derivatives by the unknowns, so that the Jacobian of an economy is exact.

Arrays have `future` first. Sums run along the last, contiguous axis, and products of matrices are stacks of one matrix
a future, so that the bits of a future do not depend on how many others there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from morava.models.batches import Array, total


@dataclass(frozen=True, eq=False)
class Tangent:
    """A value [future, item] and its slope [future, item, unknown]; without unknowns only the value is worked out."""

    value: Array
    slope: Array

    __array_priority__ = 1000  # numpy leaves `array * tangent` to this class

    def __add__(self, other: Tangent | Array | float) -> Tangent:
        if isinstance(other, Tangent):
            return Tangent(self.value + other.value, self.slope + other.slope)
        return Tangent(self.value + other, self.slope)

    __radd__ = __add__

    def __neg__(self) -> Tangent:
        return Tangent(-self.value, -self.slope)

    def __sub__(self, other: Tangent | Array | float) -> Tangent:
        if isinstance(other, Tangent):
            return Tangent(self.value - other.value, self.slope - other.slope)
        return Tangent(self.value - other, self.slope)

    def __rsub__(self, other: Array | float) -> Tangent:
        return Tangent(other - self.value, -self.slope)

    def __mul__(self, other: Tangent | Array | float) -> Tangent:
        if isinstance(other, Tangent):
            slope = self.slope * other.value[..., None] + other.slope * self.value[..., None]
            return Tangent(self.value * other.value, slope)
        factor = other[..., None] if isinstance(other, np.ndarray) else other
        return Tangent(self.value * other, self.slope * factor)

    __rmul__ = __mul__

    def __truediv__(self, other: Tangent | Array | float) -> Tangent:
        if not isinstance(other, Tangent):
            return self * (1 / other)
        ratio = self.value / other.value
        return Tangent(ratio, (self.slope - other.slope * ratio[..., None]) / other.value[..., None])


def exponential(given: Tangent) -> Tangent:
    """Return e to the power of a number."""
    value: Array = np.exp(given.value)
    return Tangent(value, given.slope * value[..., None])


def logarithm(given: Tangent) -> Tangent:
    """Return the natural logarithm of a number."""
    return Tangent(np.log(given.value), given.slope / given.value[..., None])


def added(given: Tangent) -> Tangent:
    """Return the sum over items, [future, 1]."""
    return Tangent(total(given.value, 1)[:, None], total(given.slope, 1)[:, None, :])


def weighted(weights: Array, given: Tangent) -> Tangent:
    """Return the sum of items by weights [future, item]: [future, 1]."""
    return applied(weights[:, None, :], given)


def applied(matrix: Array, given: Tangent) -> Tangent:
    """Return a matrix [future, row, item] times a number [future, item]: [future, row]."""
    return Tangent(np.matmul(matrix, given.value[..., None])[..., 0], np.matmul(matrix, given.slope))


def item(given: Tangent, place: int) -> Tangent:
    """Return one item as [future, 1]."""
    return Tangent(given.value[:, place : place + 1], given.slope[:, place : place + 1])


def ces_price(power: Array, inputs: Sequence[tuple[Array, Tangent]]) -> Tangent:
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
    divisor = np.where(flat, 1.0, power)
    grown = [share * np.expm1(power * price.value) for share, price in inputs]
    gain, even = grown[0], inputs[0][0] * inputs[0][1].value
    for one, (share, price) in zip(grown[1:], inputs[1:], strict=True):
        gain, even = gain + one, even + share * price.value
    value = np.where(flat, even, np.log1p(gain) / divisor)
    slope: Array | float = 0.0
    for (share, price), one in zip(inputs, grown, strict=True):
        slope = slope + ((share + one) / (1 + gain))[..., None] * price.slope
    return Tangent(value, np.asarray(slope, dtype=np.float64))
