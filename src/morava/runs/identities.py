"""What must be conserved in every future: money, shares, energy. A model that loses any of it does not pass."""

from __future__ import annotations

from collections.abc import Mapping

import xarray as xr

from morava.errors import Problems

RELATIVE = 1e-9
"""Rounding that is forgiven, relative to the larger side."""
BY_SOLVER = 1e-6
"""The same for what a linear program gives, whose rows hold to this."""


def check_identities(known: Mapping[str, xr.DataArray]) -> None:
    """Check that what is spent is financed, that shares of partners sum to one, and that power supplied is load.

    What a model gives is checked where that model was answered.

    Parameters
    ----------
    known : mapping of DataArray
        Everything that the chain knows at its end.

    Raises
    ------
    MoravaError
        With the identity that is broken and the largest gap.
    """
    problems = Problems()
    if "programme_spending" in known:
        spent = known["programme_spending"].sum("initiative")
        financed = known["lender_commitment"].sum("lender")
        _same("spending of all initiatives and money of all lenders", spent, financed, problems)
        owed = known["currency_commitment"].sum("currency")
        _same("money of all lenders and money in all currencies", financed, owed, problems)
    if "partner_share" in known:
        shares = known["partner_share"].sum("partner")
        _same("shares of all partners and one", shares, xr.ones_like(shares), problems)
    if "power_load" in known:
        made = (known["power_output"] - known["power_charged"]).sum("technology")
        supplied = made + known["power_net_import"] + known["power_unserved"]
        _same("power supplied and load", supplied, known["power_load"], problems, BY_SOLVER)
        crossed = known["border_flow"].sum("border")
        balance = crossed.sel(direction="import", drop=True) - crossed.sel(direction="export", drop=True)
        _same("net imports and flows over borders", known["power_net_import"], balance, problems, BY_SOLVER)
    problems.raise_if_any()


def _same(what: str, one: xr.DataArray, other: xr.DataArray, problems: Problems, relative: float = RELATIVE) -> None:
    gap: xr.DataArray = abs(one - other.transpose(*one.dims))
    largest = abs(one).max([dim for dim in one.dims if dim != "future"])  # of each future, whatever its neighbours
    if bool((gap > relative * largest.clip(min=1.0)).any()):
        problems.add(
            f"{what} differ by {float(gap.max()):.3g}",
            "identities after the chain",
            "a model loses or makes: mend the model",
        )
