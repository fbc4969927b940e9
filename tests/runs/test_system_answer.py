"""One system solved by itself, and what its zones have of it."""

import pytest

from morava.runs.region import region_system
from morava.runs.request import Detail
from morava.runs.simulate import system_of
from morava.runs.system_answer import answer_system


def test_a_zone_is_balanced_and_the_cost_is_proved(ruritania, crown, nobody):
    found = answer_system(system_of(ruritania, crown, nobody, 2030, 0, Detail(1, (2030,), 0, 0)))
    (zone,) = found.zones
    assert found.solver == "the engine"
    assert found.bound <= found.cost <= found.bound + 1e-3 * abs(found.cost)
    assert found.gap == pytest.approx((found.cost - found.bound) / found.cost, abs=1e-9)
    assert zone.load == pytest.approx(zone.made + zone.net_import + zone.unserved)
    assert 0 < zone.mean_price < 1000


def test_what_zones_import_from_each_other_cancels_out():
    system = region_system("western-balkans", hours=1)
    found = answer_system(system)
    assert found.solver == "HiGHS, optimal"
    assert {zone.zone for zone in found.zones} == set(system.zones)
    abroad = sum(zone.net_import for zone in found.zones)
    made = sum(zone.made for zone in found.zones)
    load = sum(zone.load - zone.unserved for zone in found.zones)
    assert made + abroad == pytest.approx(load)
