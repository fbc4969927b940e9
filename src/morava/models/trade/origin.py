"""How much of a good comes from the parties of an agreement: regional value content, from the world table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from morava.models.batches import Array, total
from morava.models.trade.world import World


def regional_content(world: World, home: int, counted: Sequence[int]) -> Array:
    """Return the share of the country's output, by sector, that is not bought from third regions, [future, sector].

    Only inputs bought directly from third regions count against it, as in a build-down rule: what a domestic supplier
    imported counts as domestic.

    Parameters
    ----------
    home
        Place of the country.
    counted
        Places of the regions whose inputs count as of origin, beside the country's own.

    Source: the rule (ex-works price less non-originating materials over ex-works price), read over sectors.
    """
    third = np.ones(len(world.regions), dtype=bool)
    third[[home, *counted]] = False
    foreign = total(world.share[:, :, home, third], 2)
    content: Array = 1 - total(world.technology[:, home] * foreign[:, :, None], 1)
    return content
