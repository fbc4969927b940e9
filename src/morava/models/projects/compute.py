"""Computing as physics: from the size of a model to operations, hours of accelerators, and electricity.

Every function takes numbers or arrays that spread over each other, such as one number a future.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from morava.errors import MoravaError, Problem

Amount = float | npt.NDArray[np.float64]

OPERATIONS_PER_PARAMETER_AND_TOKEN = 6.0
"""Floating-point operations: two going forward through a dense model and four going back (Kaplan and others 2020)."""
HOURS_A_YEAR = 8760.0
SECONDS_AN_HOUR = 3600.0
TERA, KILO = 1e12, 1e3


def training_operations(parameters: Amount, tokens: Amount) -> Amount:
    """Return the floating-point operations of one training run of a dense model: 6 N D.

    Without attention over long contexts, repeated runs, or trials before the run; a sparse model counts the parameters
    that a token passes through.

    Parameters
    ----------
    parameters : [any], 1
        Size of the model, N.
    tokens : [any], 1
        Tokens that it is trained on, D.

    Returns
    -------
    Amount
        [any], 1: operations.

    Source
    ------
    Kaplan and others, Scaling laws for neural language models, 2020, section 2.1 (recalled).

    Examples
    --------
    >>> training_operations(7e9, 30e9)
    1.26e+21
    """
    _check("parameters", parameters)
    _check("tokens", tokens)
    return OPERATIONS_PER_PARAMETER_AND_TOKEN * parameters * tokens


def accelerator_hours(operations: Amount, peak: Amount, utilisation: Amount = 1.0) -> Amount:
    """Return the hours that accelerators need together for so many operations.

    Parameters
    ----------
    operations : [any], 1
        Floating-point operations.
    peak : [any], teraflop / second
        Operations of one accelerator in the number format that is used; what is measured takes the place of peak where
        the utilisation is one.
    utilisation : [any], 1
        Share of the peak that a run reaches.

    Returns
    -------
    Amount
        [any], hour.

    Raises
    ------
    MoravaError
        When the peak is not positive, or the utilisation not between zero and one.

    Examples
    --------
    >>> round(accelerator_hours(1.26e21, 989.0, 0.40))
    885
    """
    _check("operations", operations)
    _check("peak", peak)
    _check("utilisation", utilisation, most=1.0)
    return operations / (peak * TERA * utilisation) / SECONDS_AN_HOUR


def training_energy(hours: Amount, power: Amount, overhead: Amount = 1.0) -> Amount:
    """Return the electricity that a site draws while accelerators run.

    Parameters
    ----------
    hours : [any], hour
        Of all accelerators together.
    power : [any], kW
        Drawn for each of them, with its share of host, network and storage.
    overhead : [any], 1
        Power usage effectiveness: energy of the site over that of its computers.

    Returns
    -------
    Amount
        [any], MWh.

    Raises
    ------
    MoravaError
        When the power is not positive or the overhead less than one.

    Examples
    --------
    >>> round(training_energy(884.7, 1.3, 1.25), 1)
    1.4
    """
    _check("hours", hours)
    _check("power", power)
    _check("overhead", overhead, least=1.0)
    return hours * power * overhead / KILO


def annual_energy(capacity: Amount, load_factor: Amount) -> Amount:
    """Return what a load of so much capacity draws in a year of 8,760 hours.

    Parameters
    ----------
    capacity : [any], GW
        The most that it can draw.
    load_factor : [any], 1
        Mean load over capacity.

    Returns
    -------
    Amount
        [any], TWh / year.

    Raises
    ------
    MoravaError
        When the load factor is not between zero and one.

    Examples
    --------
    >>> round(annual_energy(1.0, 0.8), 2)
    7.01
    """
    _check("capacity", capacity)
    _check("load_factor", load_factor, most=1.0)
    return capacity * load_factor * HOURS_A_YEAR / KILO


def load_factor(energy: Amount, capacity: Amount) -> Amount:
    """Return the mean load over the capacity: how far nameplate is from consumption.

    Parameters
    ----------
    energy : [any], TWh / year
    capacity : [any], GW

    Returns
    -------
    Amount
        [any], 1.

    Raises
    ------
    MoravaError
        When the capacity is not positive, or the energy more than it can draw in a year.

    Identity
    --------
    load_factor(annual_energy(capacity, factor), capacity) = factor

    Examples
    --------
    >>> round(load_factor(325.0, 74.0), 2)
    0.5
    """
    _check("energy", energy)
    _check("capacity", capacity)
    found = energy * KILO / (capacity * HOURS_A_YEAR)
    _check("energy over what the capacity can draw", found, most=1.0)
    return found


def _check(name: str, amount: Amount, least: float = 0.0, most: float = np.inf) -> None:
    """Refuse what is out of its range, open at zero; NaN is out of every range."""
    values = np.asarray(amount, dtype=float)
    inside = (values >= least) & (values <= most) & (values > 0) & np.isfinite(values)
    if not inside.all():
        wrong = float(values[~inside].flat[0])
        bounds = f"at least {least:g}" if least > 0 else "above zero"
        bounds += f" and at most {most:g}" if np.isfinite(most) else ""
        raise MoravaError(Problem(f"{name} is {wrong:g}", "compute", f"give {bounds}"))
