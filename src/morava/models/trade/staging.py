"""The duties of an agreement on their way down, and what becomes of a duty when an agreement ends."""

from __future__ import annotations

import numpy as np

from morava.models.batches import Array, total
from morava.models.inputs import Inputs
from morava.models.trade.setting import Setting


def kept_share(years: float, at_once: Array, excluded: Array, slowness: Array, lengths: Array) -> Array:
    """Return which part of a duty is still levied in a calendar year of an agreement, [future, sector].

    A part ends at once, a part stays for ever; the rest is split over groups that end in equal yearly steps, the first
    on the day of the agreement, the last on 1 January of the year that their length names. The split leans to the fast
    groups where `slowness` is zero, to the slow ones where it is one, and is even at one half.

    Parameters
    ----------
    years
        Calendar years since the one in which the agreement began; below zero nothing has changed.
    at_once, excluded, slowness
        [future, sector], 1
    lengths
        [group], year, at least one

    Examples
    --------
    >>> one = np.ones((1, 1))
    >>> kept_share(4, 0.5 * one, 0.1 * one, 0.5 * one, np.array([5.0, 10.0, 15.0])).round(4)
    array([[0.2556]])
    """
    if years < 0:
        return np.ones_like(at_once)
    order = np.argsort(lengths)
    place = np.linspace(-1.0, 1.0, len(lengths)) if len(lengths) > 1 else np.zeros(1)
    weights = (1 + (2 * slowness[..., None] - 1) * place) / len(lengths)
    left = 1 - np.minimum(1.0, (years + 1) / lengths[order])
    kept: Array = excluded + (1 - at_once - excluded) * total(weights * left, 2)
    return kept


def duties_in(inputs: Inputs, setting: Setting, year: int) -> Array:
    """Return all duties in a year with the agreements of the plan, [future, sector, importer, exporter].

    Both sides of an agreement lower their duties on each other by the same shares of each sector. The year in which one
    begins has the mean of its duties before and after, by the part of the year that each held.
    """
    world, home = setting.world, setting.home
    starts = inputs.ordered("agreement_start", {"region": world.regions})[0]
    at_once, excluded, slowness = (
        inputs.ordered(f"agreement_{name}", {"sector": world.sectors})
        for name in ("freed_at_once", "excluded", "phase_draw")
    )
    lengths = inputs.array("agreement_phase_length", "item")[0]
    count = max(len(world.tariff), len(at_once), len(excluded), len(slowness))
    tariff = np.array(np.broadcast_to(world.tariff, (count, *world.tariff.shape[1:])))
    for region in np.flatnonzero(np.isfinite(starts)):
        kept = kept_share(year - np.floor(starts[region]), at_once, excluded, slowness, lengths)
        in_force = float(np.clip(year + 1 - starts[region], 0.0, 1.0))
        factor = 1 - in_force * (1 - kept)
        tariff[:, :, home, region] *= factor
        tariff[:, :, region, home] *= factor
    return tariff


def partners_of(inputs: Inputs, setting: Setting) -> list[int]:
    """Return the places of the regions with which the plan has an agreement that lowers duties, whenever it begins."""
    starts = inputs.ordered("agreement_start", {"region": setting.world.regions})[0]
    return [int(region) for region in np.flatnonzero(np.isfinite(starts))]


def duties_before(setting: Setting, tariff: Array, partners: list[int]) -> Array:
    """Return duties without the agreements of the plan: both sides levy what they did in the base year."""
    home, base = setting.home, setting.world.tariff
    ended = np.array(np.broadcast_to(tariff, (max(len(tariff), len(base)), *tariff.shape[1:])))
    for region in partners:
        ended[:, :, home, region] = base[:, :, home, region]
        ended[:, :, region, home] = base[:, :, region, home]
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
