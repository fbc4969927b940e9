"""What finishing late costs: overhead of the added years, and interest on money that lies idle."""

from __future__ import annotations

import numpy as np
from scipy.special import erf, erfcx

from morava.models.money.spending import NORDEN_RAYLEIGH_SHAPE, Array, norden_rayleigh

ROUNDING = 1e-9
_ROOT = np.sqrt(NORDEN_RAYLEIGH_SHAPE)


def years_late(finish: Array, promised: Array) -> Array:
    """Return the years by which a finish passes its promise; an early finish is not late by less than nothing.

    Examples
    --------
    >>> years_late(np.array([2029.5, 2026.0]), np.array([2027.0, 2027.0])).tolist()
    [2.5, 0.0]
    """
    return np.maximum(finish - promised, 0.0)


def delay_overhead(estimate: Array, rate: Array, late: Array) -> Array:
    """Return the site and overhead cost of the years beyond the promise.

    Parameters
    ----------
    estimate
        [initiative], million money.
    rate
        [], 1 / year.
    late
        [initiative], year.

    Examples
    --------
    >>> delay_overhead(np.array([200.0]), np.array(0.03), np.array([2.0])).tolist()
    [12.0]
    """
    return estimate * rate * late


def construction_interest(amount: Array, rate: Array, start: Array, promised: Array, finish: Array) -> Array:
    """Return the interest, not compounded, on money already spent, between the promised and the real finish.

    `rate * amount * integral of share_spent` over the delay, in closed form.

    Parameters
    ----------
    amount
        [initiative], million money.
    rate
        [], 1 a year.
    start, promised, finish
        [initiative], decimal years; the finish is not infinite.

    Examples
    --------
    >>> year = [np.array([item]) for item in (2026.0, 2028.0, 2030.0)]
    >>> construction_interest(np.array([100.0]), np.array(0.05), *year).round(3).tolist()
    [8.575]
    """
    span = finish - start
    lasts = span > 0
    reached = np.minimum(np.maximum((promised - start) / np.where(lasts, span, 1.0), 0.0), 1.0)
    # The area never shrinks with the delay; the last bit of erf may.
    area = np.maximum(_curve_area(np.ones_like(reached)) - _curve_area(reached), 0.0)
    return rate * amount * np.where(lasts, span, 0.0) * area


def _curve_area(progress: Array) -> Array:
    """Return the integral of the scaled curve from zero."""
    lost = np.sqrt(np.pi) / (2 * _ROOT) * erf(_ROOT * progress)
    area: Array = (progress - lost) / norden_rayleigh(1.0, 1.0)
    return area


def present_value(amount: Array, rate: Array, start: Array, finish: Array, when: Array) -> Array:
    """Return the value, on a day, of money spent along the curve, discounted at a yearly rate.

    `integral of (1+r)^-(t-when) d share_spent(t)`, in closed form.

    Parameters
    ----------
    amount
        [initiative], million money.
    rate
        [], 1 a year.
    start, finish
        [initiative], decimal years; the finish is not infinite. Without a span all is paid at the start.
    when
        [], decimal year.

    Examples
    --------
    >>> present_value(*(np.array(item) for item in (100.0, 0.05, 2027.0, 2027.0, 2026.0))).round(4).item()
    95.2381
    """
    force = np.log1p(rate)
    fall = force * np.maximum(finish - start, 0.0)
    shift = fall / (2 * _ROOT)
    end = np.exp(-NORDEN_RAYLEIGH_SHAPE - fall)
    tail = np.sqrt(np.pi) / (2 * _ROOT) * (erfcx(shift) - end * erfcx(_ROOT + shift))
    spread = (1 - end - fall * tail) / norden_rayleigh(1.0, 1.0)
    value: Array = amount * spread * np.exp(-force * (start - when))
    return value


def price_of_delay(
    planned: Array, late_amount: Array, rate: Array, start: Array, promised: Array, finish: Array, when: Array
) -> Array:
    """Return what a delay costs in present value against the same thing promised for the later date at once.

    Money is paid earlier than it needed to be, because work began for the promised date, and the added years cost
    overhead. Interest is left out of `late_amount`: discounting prices waiting already. For a project that would just
    break even on time this is the net present value that the delay destroys.

    Parameters
    ----------
    planned
        [initiative], million money: the cost without delay.
    late_amount
        [initiative], million money: the cost with the overhead of the delay.
    rate
        [], 1 a year.
    start, promised, finish
        [initiative], decimal years; the finish is not infinite.
    when
        [], decimal year.

    Returns
    -------
    Array
        [initiative], million money; zero where nothing is late, never below.
    """
    promised = np.maximum(promised, start)
    late = finish - promised
    on_time = present_value(planned, rate, start, promised, when) * np.exp(-np.log1p(rate) * np.maximum(late, 0.0))
    price = present_value(late_amount, rate, start, finish, when) - on_time
    rounding = (price < 0) & (price > -ROUNDING * planned)
    return np.where((late > 0) & ~rounding, price, 0.0)
