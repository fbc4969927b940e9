"""Value added in trade: who made what is in a region's exports, and what gross exports count twice.

A world input-output table is made from trade flows, technology and duties under the proportionality assumption of
Caliendo and Parro (2015): every user in a region buys an input from exporters in the same shares. Equations and limits
in `docs/models/value-added.md`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import lu_solve

from morava.errors import MoravaError, Problem, Problems
from morava.models.trade.input_output import ROUNDING, Array, factorise, places, technical_coefficients

TERMS = (
    "domestic value added in final exports",
    "domestic value added in intermediate exports absorbed by the importer",
    "domestic value added in intermediate exports absorbed in third regions",
    "domestic value added that returns in final imports",
    "domestic value added that returns in intermediate imports",
    "double counted domestic content",
    "foreign value added in final exports",
    "foreign value added in intermediate exports",
    "double counted foreign content",
)
"""The nine terms of Koopman, Wang and Wei (2014), in their order."""


@dataclass(frozen=True)
class WorldTable:
    """A world input-output table at basic prices, with what a unit of each product holds.

    Duties on inputs are a primary input beside value added, of the region that levies them. Value added and duties of a
    unit of output, with all inputs traced back, sum to one.

    Parameters
    ----------
    coefficients : [exporter, input, importer, sector], 1: inputs for a unit of output of importer and sector
    final : [exporter, importer, sector], million USD: final use net of duty
    sales : [exporter, importer, sector], million USD: all use net of duty, domestic included
    output : [region, sector], million USD
    value_added : [region, sector], 1: value added of factors in a unit of output
    duties : [region, sector], 1: duties on inputs in a unit of output
    factor_content : [origin, region, sector], 1: value added of the factors of origin in a unit of a product
    duty_content : [origin, region, sector], 1: duties that origin levied in a unit of a product
    """

    coefficients: Array
    final: Array
    sales: Array
    output: Array
    value_added: Array
    duties: Array
    factor_content: Array
    duty_content: Array

    @property
    def content(self) -> Array:
        """Return what origin earns in a unit of a product, factors and duties together, [origin, region, sector]."""
        return self.factor_content + self.duty_content

    @property
    def exports(self) -> Array:
        """Return sales to other regions, [exporter, importer, sector], million USD."""
        return _without_own(self.sales)


@dataclass(frozen=True)
class Origins:
    """Exports split by who earned them; the two parts sum to exports over `origin`.

    Parameters
    ----------
    factors : [origin, exporter, importer, sector], million USD: value added of the factors of origin
    duties : [origin, exporter, importer, sector], million USD: duties on inputs that origin levied
    """

    factors: Array
    duties: Array


def world_table(flow: Array, technology: Array, tariff: Array, *, stocks_may_fall: bool = False) -> WorldTable:
    """Return the world table that flows, technology and duties imply.

    Parameters
    ----------
    flow
        [importer, exporter, sector], million USD: net of duty, domestic sales included.
    technology
        [region, input, sector], 1: purchases of an input for a unit of gross output, at the buyer's price with duty.
    tariff
        [importer, exporter, sector], 1: rate; zero on a region's own goods.
    stocks_may_fall
        Accept a final use below zero, which published tables have where stocks were drawn down.

    Raises
    ------
    MoravaError
        Shapes that do not fit; numbers that are not finite; a negative flow, coefficient or rate; a duty on own goods;
        an input that nobody sells to the region; inputs worth more than output; a final use below zero.

    Source
    ------
    Proportionality: Caliendo and Parro 2015, Review of Economic Studies 82(1).
    """
    _check_world(flow, technology, tariff)
    paid = flow * (1 + tariff)
    bought = paid.sum(axis=1)
    unsold = (bought[:, :, None] == 0) & (technology > 0)
    if unsold.any():
        raise MoravaError(
            Problem(
                "an input is used that nobody sells to the region",
                f"[region, input, sector] {places(unsold)}",
                "give its flow or set its coefficient to zero",
            )
        )
    spent = np.where(bought > 0, bought, 1.0)
    net_shares, duty_shares = flow / spent[:, None], (paid - flow).sum(axis=1) / spent
    coefficients = np.einsum("nik,nkj->iknj", net_shares, technology)
    output = flow.sum(axis=0)
    used = np.einsum("nkj,nj->nk", technology, output)
    final = (flow - net_shares * used[:, None]).swapaxes(0, 1)
    short = used > bought * (1 + ROUNDING)
    if short.any() and not stocks_may_fall:
        raise MoravaError(
            Problem(
                "inputs exceed all that a region buys: final use would be below zero",
                f"[region, sector] {places(short)}",
                "correct flow or technology, or say that stocks may fall",
            )
        )
    duties = np.einsum("nk,nkj->nj", duty_shares, technology)
    return _complete(coefficients, final, flow.swapaxes(0, 1), duties)


def table_of_blocks(intermediate: Array, final: Array, duties: Array) -> WorldTable:
    """Return a world table from the blocks of a published one; value added is what is left of output.

    Parameters
    ----------
    intermediate
        [exporter, input, importer, sector], million USD: at basic prices.
    final
        [exporter, importer, sector], million USD: at basic prices.
    duties
        [region, sector], million USD: paid on inputs, levied by the region of the user.

    Raises
    ------
    MoravaError
        Shapes that do not fit, numbers that are not finite, negative output or value added, inputs without output.
    """
    regions, sectors = intermediate.shape[:2]
    if intermediate.shape != (regions, sectors) * 2 or final.shape != (regions, regions, sectors):
        raise MoravaError(
            Problem(
                f"blocks {intermediate.shape} and final use {final.shape} do not fit",
                "world table",
                "give [exporter, input, importer, sector] and [exporter, importer, sector]",
            )
        )
    sales = intermediate.sum(axis=3).swapaxes(1, 2) + final
    output = sales.sum(axis=1).reshape(-1)
    # Duties are one more input: no duty can be paid where nothing is made.
    bought = np.vstack([intermediate.reshape(output.size, output.size), duties.reshape(1, -1)])
    found = technical_coefficients(bought, output)
    return _complete(found[:-1].reshape(intermediate.shape), final, sales, found[-1].reshape(regions, sectors))


def value_added_by_origin(table: WorldTable) -> Origins:
    """Return who earned the exports of each region to each other, by product.

    Returns
    -------
    Origins
        Domestic sales are zero. Over origins, factors and duties sum to exports.

    Source
    ------
    Hummels, Ishii and Yi 2001; Koopman, Wang and Wei 2014, American Economic Review 104(2).
    """
    exports = table.exports
    return Origins(
        factors=table.factor_content[:, :, None, :] * exports, duties=table.duty_content[:, :, None, :] * exports
    )


def value_added_absorbed(table: WorldTable) -> Array:
    """Return what each region earns by what each finally uses.

    Returns
    -------
    Array
        [origin, user], million USD: factors and duties together; duties on final use are in no basic price.

    Source
    ------
    Johnson and Noguera 2012, Journal of International Economics 86(2).
    """
    return np.asarray(np.einsum("crj,raj->ca", table.content, table.final))


def vax_ratio(table: WorldTable) -> Array:
    """Return value added that others absorb over gross exports, [region], 1.

    Raises
    ------
    MoravaError
        A region without exports.

    Source
    ------
    Johnson and Noguera 2012.
    """
    absorbed = value_added_absorbed(table)
    return np.asarray((absorbed.sum(axis=1) - np.diagonal(absorbed)) / _gross(table))


def vertical_specialisation(table: WorldTable) -> Array:
    """Return the share of foreign content in gross exports, [region], 1.

    Foreign content is what other regions earned, not all that was imported: own value added that comes back in imports
    is domestic.

    Raises
    ------
    MoravaError
        A region without exports.

    Source
    ------
    Hummels, Ishii and Yi 2001, as Koopman, Wang and Wei 2014 carry it to many regions.
    """
    return np.asarray(np.einsum("sj,srj->s", _foreign_content(table), table.exports) / _gross(table))


def nine_terms(table: WorldTable) -> Array:
    """Return the nine terms of gross exports of each region.

    Terms 1 to 3 are value added that others absorb, 4 to 6 domestic content that returns and what it counts twice, 7 to
    9 foreign content. Duties on inputs count as value added of the region that levies them.

    Returns
    -------
    Array
        [region, term], million USD, in the order of `TERMS`; they sum to gross exports. None is a remainder.

    Source
    ------
    Koopman, Wang and Wei 2014, American Economic Review 104(2), the accounting equation for many countries.
    """
    own = np.arange(len(table.output))
    content, exports = table.content, table.exports
    at_home, abroad, foreign = content[own, own], _without_own(content), _foreign_content(table)
    kept, traded = table.final[own, own], _without_own(table.final)
    inputs_abroad = table.coefficients.copy()
    inputs_abroad[own, :, own, :] = 0.0
    made = _made_at_home(table, np.stack([kept, exports.sum(axis=1)], axis=-1))
    onward = np.einsum("srj,rtj->st", abroad, traded)
    returning = np.einsum("sri,risj->sj", abroad, inputs_abroad)
    used_abroad = np.einsum("sirj,rjp->sip", inputs_abroad, made)
    terms = [
        np.einsum("sj,srj->s", at_home, traded),
        np.einsum("srj,rj->s", abroad, kept),
        _without_own(onward).sum(axis=1),
        np.diagonal(onward),
        *np.einsum("sj,sjp->ps", returning, made),
        np.einsum("sj,srj->s", foreign, traded),
        *np.einsum("si,sip->ps", foreign, used_abroad),
    ]
    return np.stack(terms, axis=1)


def _complete(coefficients: Array, final: Array, sales: Array, duties: Array) -> WorldTable:
    """Trace value added and duties of every region through all inputs, with one factorisation."""
    regions, sectors = duties.shape
    size = regions * sectors
    square = coefficients.reshape(size, size)
    value_added = 1 - coefficients.sum(axis=(0, 1)) - duties
    negative = value_added < -ROUNDING
    if negative.any():
        raise MoravaError(
            Problem(
                "inputs with their duties cost more than output: value added is negative",
                f"[region, sector] {places(negative)}",
                "correct the inputs or the output",
            )
        )
    earned = np.zeros((2, regions, regions, sectors))
    own = np.arange(regions)
    earned[0, own, own], earned[1, own, own] = value_added, duties
    held = np.asarray(lu_solve(factorise(square), earned.reshape(2 * regions, size).T, trans=1)).T
    factors, levied = held.reshape(2, regions, regions, sectors)
    return WorldTable(coefficients, final, sales, sales.sum(axis=1), value_added, duties, factors, levied)


def _check_world(flow: Array, technology: Array, tariff: Array) -> None:
    regions, sectors = flow.shape[0], flow.shape[-1]
    if (flow.shape, technology.shape, tariff.shape) != (
        (regions, regions, sectors),
        (regions, sectors, sectors),
        flow.shape,
    ):
        raise MoravaError(
            Problem(
                f"flow {flow.shape}, technology {technology.shape} and tariff {tariff.shape} do not fit",
                "world table",
                "give [importer, exporter, sector], [region, input, sector] and [importer, exporter, sector]",
            )
        )
    problems = Problems()
    for name, values in (("flow", flow), ("technology", technology), ("tariff", tariff)):
        # What is not a number is not zero or more either.
        wrong = ~((values >= 0) & (values < np.inf))
        if wrong.any():
            problems.add(f"{name} is negative or not a number", f"places {places(wrong)}", "give zero or more")
    own = np.arange(regions)
    if (tariff[own, own] > 0).any():
        problems.add(
            "a region levies a duty on its own goods",
            f"[region, sector] {places(tariff[own, own] > 0)}",
            "set it to zero: a tax on all goods is no duty",
        )
    problems.raise_if_any()


def _without_own(values: Array) -> Array:
    """Return [region, region, ...] with zeros where a region meets itself."""
    own = np.arange(len(values))
    others = values.copy()
    others[own, own] = 0.0
    return others


def _foreign_content(table: WorldTable) -> Array:
    """Return what all others earn in a unit of a region's product, [region, sector]."""
    return np.asarray(_without_own(table.content).sum(axis=0))


def _made_at_home(table: WorldTable, needed: Array) -> Array:
    """Return the output of each region for [region, sector, purpose] through its own inputs alone."""
    own = np.arange(len(table.output))
    domestic = table.coefficients[own, :, own, :]
    return np.asarray(np.linalg.solve(np.eye(domestic.shape[1]) - domestic, needed))


def _gross(table: WorldTable) -> Array:
    gross = table.exports.sum(axis=(1, 2))
    if (gross <= 0).any():
        raise MoravaError(
            Problem(
                "a region exports nothing, so that shares of its exports have no meaning",
                f"regions {places(gross <= 0)}",
                "leave it out of the question or join it with a neighbour",
            )
        )
    return np.asarray(gross)
