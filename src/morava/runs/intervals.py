"""How sure a share of futures is."""

from __future__ import annotations

import math

from morava.errors import MoravaError, Problem


def wilson(successes: float, n: int, z: float) -> tuple[float, float]:
    """Return the Wilson score interval of a share.

    It says how far the share could move with more futures of the same kind. It does not say how right the models or
    the distributions are.

    Parameters
    ----------
    successes
        Futures in which something holds.
    n
        Futures in all, at least one.
    z
        Standard normal quantile of the wanted coverage: 1.96 for 95 %.

    Raises
    ------
    MoravaError
        Without futures, or with more successes than futures.

    Source
    ------
    E. B. Wilson (1927), Journal of the American Statistical Association 22(158), 209-212.

    Examples
    --------
    >>> low, high = wilson(0, 100, 1.96)
    >>> low, round(high, 4)
    (0.0, 0.037)
    """
    if n < 1 or not 0 <= successes <= n:
        raise MoravaError(
            Problem(f"{successes} of {n} is no share", "Wilson interval", "give at least one future, and at most all")
        )
    share = successes / n
    middle = share + z * z / (2 * n)
    reach = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    # Where all or none succeed the bound is exactly one or zero; rounding must not leave the unit interval.
    return (
        0.0 if successes == 0 else (middle - reach) / whole,
        1.0 if successes == n else (middle + reach) / whole,
    )
