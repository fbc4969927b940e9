"""From a power system to its program, in GW, GWh and million EUR.

Duals of the balance rows, divided by the weight of period and hour, are prices.
"""

from __future__ import annotations

from morava.models.power.check import check_system
from morava.models.power.cycles import add_cycles
from morava.models.power.parts import Layout, add_generator, add_limits, add_link, start_work
from morava.models.power.program import Program
from morava.models.power.storages import add_storage
from morava.models.power.system import System


def build_program(system: System) -> tuple[Program, Layout]:
    """Return the program of a system, and where everything stands in it.

    Parameters
    ----------
    system
        In MW, MWh and EUR; the program is in GW, GWh and million EUR.

    Raises
    ------
    MoravaError
        When the system contradicts itself: all problems at once.
    """
    check_system(system)
    work = start_work(system)
    for generator in system.generators:
        add_generator(work, generator)
    for storage in system.storages:
        add_storage(work, storage)
    for link in system.links:
        add_link(work, link)
    add_cycles(work)
    add_limits(work)
    return work.builder.program(), work.layout
