"""What the economy is told where initiatives are taken away, finished later, or given up half-way.

Each change is one of inputs of the model `economy`; dates, prices abroad and the cost of electricity stay as in the
plan. Nothing here knows of futures that fail, or of what is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
import xarray as xr

from morava.errors import MoravaError, Problem
from morava.models.batches import Array, total
from morava.models.inputs import Inputs
from morava.models.money.guarantees import guarantees_by_year
from morava.quantities import labelled
from morava.runs.simulate import references

Known = Mapping[str, xr.DataArray]
Move = Callable[[Array], Array]
"""Moves money along years, the last axis."""
OF_PROGRAMME = ("programme_works", "public_programme_spending", "lender_share", "lender_public")
OF_GUARANTEES = (
    "initiative_outturn", "guaranteed_share", "guarantee_draw", "guarantee_call_probability", "initiative_finish",
    "guarantee_called",
)  # fmt: skip


def without(known: Known, chosen: Collection[str]) -> dict[str, xr.DataArray]:
    """Return what is known where initiatives are not, and their money is not spent.

    What makes room for the programme stays as it was, so that neither usual public works nor other foreign investment
    take the room. A plant that stands is gone with its part of the capital of its sector. Private money at home is
    saved by households all the same, and goes where rents are high.
    """
    gone = known["initiative_closed"].copy(deep=True)
    share = known["initiative_sector_share"]
    standing = [name for name in _among(gone, chosen) if float(share.sel(initiative=name).max()) > 0]
    gone.loc[{"initiative": standing}] = 1.0
    return {
        **known,
        **_respent(known, chosen, np.zeros_like),
        "initiative_cost": _set(known["initiative_cost"], chosen, 0.0),
        "initiative_closed": gone,
        "guarantee_called": _guarantees(known, known["initiative_finish"], chosen),
    }


def otherwise(known: Known, chosen: Collection[str]) -> dict[str, xr.DataArray]:
    """Return what is known where initiatives are not, and usual works and other foreign investment take their room."""
    changed = without(known, chosen)
    return {**changed, **references(changed)}


def delayed(known: Known, chosen: Collection[str], years: int) -> dict[str, xr.DataArray]:
    """Return what is known where initiatives are finished some years later and all their money is spent as much later.

    What would be spent after the last year is spent beyond what is looked at.

    Raises
    ------
    MoravaError
        When the delay is below zero.
    """
    if years < 0:
        raise MoravaError(Problem(f"a delay of {years} years", "--delay", "give zero or more years"))

    def later(money: Array) -> Array:
        moved = np.zeros_like(money)
        kept = max(money.shape[-1] - years, 0)
        moved[..., money.shape[-1] - kept :] = money[..., :kept]
        return moved

    finish = known["initiative_finish"].copy(deep=True)
    here = {"initiative": _among(finish, chosen)}
    finish.loc[here] = finish.loc[here] + years
    return _redated(known, chosen, finish, later)


def given_up(known: Known, chosen: Collection[str], after: int) -> dict[str, xr.DataArray]:
    """Return what is known where initiatives are paid for until the end of a year, and then never finished.

    What is finished by then stands.
    """
    years = [int(year) for year in known["programme_works"].coords["year"].to_numpy()]
    if not years[0] <= after < years[-1]:
        raise MoravaError(
            Problem(f"nothing is given up after {after}", "--cancel-after", f"give {years[0]} to {years[-1] - 1}")
        )
    until = np.array(years) <= after
    finish = known["initiative_finish"].copy(deep=True)
    here = {"initiative": _among(finish, chosen)}
    done = finish.loc[here]
    finish.loc[here] = done.where(np.floor(done) <= after, np.inf)
    return _redated(known, chosen, finish, lambda money: np.where(until, money, 0.0))


def _redated(known: Known, chosen: Collection[str], finish: xr.DataArray, move: Move) -> dict[str, xr.DataArray]:
    return {
        **known,
        **_respent(known, chosen, move),
        "initiative_finish": finish,
        "guarantee_called": _guarantees(known, finish, ()),
    }


def _among(array: xr.DataArray, chosen: Collection[str]) -> list[str]:
    return [str(name) for name in array.coords["initiative"].to_numpy() if str(name) in chosen]


def _set(array: xr.DataArray, chosen: Collection[str], value: float) -> xr.DataArray:
    found = array.copy(deep=True)
    found.loc[{"initiative": _among(array, chosen)}] = value
    return found


def public_parts(known: Known) -> tuple[Inputs, Array, Array]:
    """Return spending by initiative, and what of it the state pays without interest, as the economy counts it.

    Returns
    -------
    tuple
        The inputs read, spending and the state's part of it, both [future, initiative, year], million money / year.
    """
    inputs = Inputs({name: known[name] for name in OF_PROGRAMME}, "effects")
    names, lenders = inputs.labels("programme_works", "initiative"), inputs.labels("lender_share", "lender")
    years = inputs.labels("programme_works", "year")
    spent = inputs.ordered("programme_works", {"initiative": names, "year": years})
    share = inputs.ordered("lender_share", {"initiative": names, "lender": lenders}, more=True)
    state = inputs.ordered("lender_public", {"lender": lenders}, more=True)
    borne = spent * total(share * state[:, None, :], 2)[:, :, None]
    whole = total(borne, 1)
    paid = inputs.array("public_programme_spending", "year")
    part = np.divide(paid, whole, out=np.ones_like(whole), where=whole > 0)
    return inputs, spent, borne * part[:, None, :]


def _respent(known: Known, chosen: Collection[str], move: Move) -> dict[str, xr.DataArray]:
    """Return spending with the money of some initiatives moved; that of the state moves with it, bit for bit if not."""
    inputs, spent, public = public_parts(known)
    names = inputs.labels("programme_works", "initiative")
    mine = np.array([name in chosen for name in names])
    moved = np.where(mine[:, None], move(spent), spent)
    whole, rest = total(public, 1), total(np.where(mine[:, None], 0.0, public), 1)
    paid = np.broadcast_to(inputs.array("public_programme_spending", "year"), whole.shape)
    others = paid * np.divide(rest, whole, out=np.ones_like(whole), where=whole > 0)
    own = paid - others
    after = np.where(move(own) == own, paid, others + move(own))
    years = {"year": [int(year) for year in inputs.labels("programme_works", "year")]}
    return {
        "programme_works": _give(inputs, "programme_works", moved, {"initiative": list(names), **years}),
        "public_programme_spending": _give(inputs, "public_programme_spending", after, years),
    }


def _guarantees(known: Known, finish: xr.DataArray, gone: Collection[str]) -> xr.DataArray:
    """Return what the state pays of what it guaranteed, by other dates of completion, and not for what is gone."""
    given = {**{name: known[name] for name in OF_GUARANTEES}, "initiative_finish": finish}
    inputs = Inputs(given, "effects")
    names = inputs.labels("initiative_outturn", "initiative")
    by_name = {"initiative": names}
    kept = np.array([name not in gone for name in names], dtype=np.float64)
    exposure = inputs.ordered("initiative_outturn", by_name) * inputs.ordered("guaranteed_share", by_name, more=True)
    years = [int(year) for year in inputs.labels("guarantee_called", "year")]
    called = guarantees_by_year(
        exposure * kept,
        inputs.ordered("guarantee_draw", by_name, more=True),
        inputs.array("guarantee_call_probability")[:, None],
        inputs.ordered("initiative_finish", by_name, more=True),
        np.array(years, dtype=np.float64),
    )
    return _give(inputs, "guarantee_called", called, {"year": years})


def _give(inputs: Inputs, name: str, values: Array, labels: Mapping[str, Sequence[object]]) -> xr.DataArray:
    if not inputs.varies:
        return labelled(name, values[0], dict(labels))
    whole = np.ascontiguousarray(np.broadcast_to(values, (len(inputs.futures), *values.shape[1:])))
    return labelled(name, whole, {"future": list(inputs.futures), **labels})
