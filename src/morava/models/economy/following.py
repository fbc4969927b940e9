"""What follows output as it really was a year before: public spending, and the wage that people look for."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from morava.models.batches import Array, total
from morava.models.economy.calibrate import Conditions
from morava.models.economy.equilibrium import Equilibrium


@dataclass(frozen=True)
class Surprise:
    """How things came out a year before, over what was expected of output, [future].

    `output` is real output, `basket` output over the price of consumption, `public` output over the price of what the
    state consumes, `each` real output for each person at work.
    """

    output: Array
    basket: Array
    public: Array
    each: Array


def no_surprise(count: int) -> Surprise:
    """Return what there is to follow in the first year."""
    one = np.ones(count)
    return Surprise(one, one, one, one)


def following(given: Conditions, surprise: Surprise) -> Conditions:
    """Return conditions of a year in which the state spends, and people ask, by what output was the year before.

    Public consumption and transfers keep their part of output in money; the balance that the state aims at and, where
    the state borrows, private investment move with real output; the wage at which unemployment is that of the base
    moves with output for each person at work.
    """
    return replace(
        given,
        government_demand=given.government_demand * surprise.public[:, None],
        transfers=given.transfers * surprise.basket,
        government_balance=given.government_balance * surprise.basket,
        investment=given.investment * surprise.output,
        reference_wage=given.reference_wage * surprise.each,
    )


def surprise_of(
    found: Equilibrium, first: Equilibrium, expected: Array, people: Array, well: npt.NDArray[np.bool_]
) -> Surprise:
    """Return what a year brought beyond what was expected of it.

    Parameters
    ----------
    found, first
        The year and the base year.
    expected, people
        [future], factors on output and on labour since the base year.
    well
        [future], futures that still have an equilibrium; nothing surprises the others.
    """
    output = found.real_product / first.real_product / expected
    money = found.product / first.product / expected
    dearer = total(found.government * found.user_price, 1) / total(found.government * first.user_price, 1)
    worked = total(found.labour, 1) / total(first.labour, 1) / people
    parts = (output, money / found.consumer_price, money / dearer, output / worked)
    return Surprise(*(np.where(well, part, 1.0) for part in parts))
