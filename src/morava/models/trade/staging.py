"""The duties of an agreement on their way down, and what becomes of a duty when an agreement ends."""

from __future__ import annotations

import numpy as np

from morava.models.trade.setting import Inputs, Setting
from morava.models.trade.world import Array, total


def kept_share(years: float, at_once: Array, excluded: Array, slowness: Array, lengths: Array) -> Array:
    """Return which part of a duty is still levied so many years after an agreement began, [future].

    A part ends at once, a part stays for ever; the rest is split over groups that end in equal yearly steps over their
    lengths. The split leans to the fast groups where `slowness` is zero, to the slow ones where it is one, and is
    even at one half.

    Parameters
    ----------
    years
        Whole years since the agreement began; below zero nothing has changed.
    at_once, excluded, slowness
        [future], 1
    lengths
        [group], year, at least one

    Examples
    --------
    >>> kept_share(5, np.array([0.5]), np.array([0.1]), np.array([0.5]), np.array([5.0, 10.0, 15.0])).round(4)
    array([0.2556])
    """
    if years < 0:
        return np.ones_like(at_once)
    order = np.argsort(lengths)
    place = np.linspace(-1.0, 1.0, len(lengths)) if len(lengths) > 1 else np.zeros(1)
    weights = (1 + (2 * slowness[:, None] - 1) * place) / len(lengths)
    left = 1 - np.minimum(1.0, years / lengths[order])
    phased = total(weights * left, 1)
    kept: Array = excluded + (1 - at_once - excluded) * phased
    return kept


def duties_in(inputs: Inputs, setting: Setting, year: int) -> Array:
    """Return all duties in a year with the agreements of the plan, [future, sector, importer, exporter].

    Both sides of an agreement lower their duties on each other by the same shares.
    """
    world, home = setting.world, setting.home
    starts = inputs.ordered("agreement_start", {"region": world.regions})
    at_once, excluded, slowness = (
        inputs.array(f"agreement_{name}") for name in ("freed_at_once", "excluded", "phase_draw")
    )
    lengths = inputs.array("agreement_phase_length", "item")[0]
    count = max(len(world.tariff), len(starts), len(at_once), len(excluded), len(slowness))
    tariff = np.array(np.broadcast_to(world.tariff, (count, *world.tariff.shape[1:])))
    for region in range(len(world.regions)):
        for start in np.unique(starts[:, region]):
            if not np.isfinite(start):
                continue
            kept = kept_share(year - np.floor(start), at_once, excluded, slowness, lengths)
            here = np.broadcast_to(starts[:, region] == start, (count,))
            factor = np.where(here, np.broadcast_to(kept, (count,)), 1.0)[:, None]
            tariff[:, :, home, region] *= factor
            tariff[:, :, region, home] *= factor
    return tariff


def duties_before(setting: Setting, tariff: Array, partners: list[int]) -> Array:
    """Return duties after the end of agreements: both sides levy their most-favoured ones on each other again."""
    home = setting.home
    ended = np.array(np.broadcast_to(tariff, (max(len(tariff), len(setting.own_full)), *tariff.shape[1:])))
    for region in partners:
        ended[:, :, home, region] = setting.own_full
        ended[:, :, region, home] = setting.favoured[region]
    return ended


def duties_inside(setting: Setting, tariff: Array) -> Array:
    """Return duties with the country in the bloc: the bloc's duties on others, none within, own agreements ended.

    What a partner levies on the bloc it levies on the country; the country levies on a partner what the bloc does.
    """
    home, member = setting.home, int(setting.inside[0])
    joined = np.array(tariff)
    joined[:, :, home, :] = joined[:, :, member, :]
    joined[:, :, :, home] = joined[:, :, :, member]
    joined[:, :, home, home] = 0.0
    for region in setting.inside:
        joined[:, :, home, region] = 0.0
        joined[:, :, region, home] = 0.0
    return joined
