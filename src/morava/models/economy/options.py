"""What an economy is made of, and who adjusts in it: every option is named, and none is taken silently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from morava.errors import Problems
from morava.models.batches import Array


@dataclass(frozen=True)
class Structure:
    """The technology and the behaviour of an economy. Arrays are [future, sector], of length one or all futures.

    `armington` is the elasticity between home and imported goods. `exports` are either `transformation`, a constant
    elasticity between sales at home and abroad at a price fixed abroad, or `demand`: one good for both, and a demand
    abroad that falls with its price. `export_elasticity` is that of transformation or that of demand.
    `value_added_elasticity` is that between labour and capital: 1 is Cobb and Douglas's. `energy` names the sectors
    whose goods substitute with capital by `energy_elasticity`; with no names energy is an input like others.
    `capital` is `mobile` between sectors or `fixed` in each. `subsistence` is the part of base consumption that is
    bought at any price: zero is Cobb and Douglas's. `investment_elasticity` is that between goods in investment: 0 is a
    fixed composite, 1 fixed shares of spending. `government` holds `real` spending or its `share` of revenue. `labour`
    is `full`y employed or on a `wage curve`, with `unemployment` [future] in the base and `curve` the elasticity.
    """

    armington: Array
    exports: Literal["transformation", "demand"]
    export_elasticity: Array
    value_added_elasticity: Array
    energy: tuple[str, ...]
    energy_elasticity: Array
    capital: Literal["mobile", "fixed"]
    subsistence: Array
    investment_elasticity: float
    government: Literal["real", "share"]
    labour: Literal["full", "wage curve"]
    unemployment: Array
    curve: float


@dataclass(frozen=True)
class Closure:
    """Who adjusts.

    `budget`: with `savings` investment follows what is saved, the government's saving included; with `tax` the direct
    tax adjusts so that the government's balance is as given, and investment follows saving; with `borrowing` real
    investment is as given and the government's deficit is borrowed abroad, so that foreign saving adjusts.
    `external`: foreign saving is given in foreign money and the exchange rate adjusts (`saving`), or the real exchange
    rate is given and foreign saving adjusts (`rate`). `numeraire` is the price in which all others are counted.
    """

    budget: Literal["savings", "tax", "borrowing"]
    external: Literal["saving", "rate"]
    numeraire: Literal["wage", "consumer price", "exchange rate"]


def check_structure(structure: Structure, sectors: tuple[str, ...], where: str, problems: Problems) -> None:
    """Note elasticities and parts that no economy has."""
    for name in ("armington", "export_elasticity", "value_added_elasticity", "energy_elasticity", "subsistence"):
        array = vars(structure)[name]
        if array.ndim != 2 or array.shape[1] != len(sectors):
            problems.add(f"{name} has the shape {array.shape}", where, "give [future, sector]")
        elif not (array >= 0).all():
            problems.add(f"{name} is below zero, or no number", where, "give it without a sign")
    if not (structure.subsistence < 1).all():
        problems.add("all consumption of a good is subsistence", where, "leave a part that follows income: below one")
    if structure.investment_elasticity < 0:
        problems.add("investment_elasticity is below zero", where, "0 is a fixed composite, 1 fixed shares")
    for name in structure.energy:
        if name not in sectors:
            problems.add(f"energy {name} is no sector", where, f"sectors are {', '.join(sectors)}")
    if structure.labour == "wage curve":
        if not ((structure.unemployment > 0) & (structure.unemployment < 1)).all():
            problems.add("unemployment is not between zero and one", where, "a wage curve needs some of it")
        if not structure.curve > 0:
            problems.add("the elasticity of the wage curve is not above zero", where, "give 0.1, not minus 0.1")
