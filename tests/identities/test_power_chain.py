"""Energy is conserved in every future: the guard after the chain finds a model that loses some."""

import pytest

from morava.errors import MoravaError
from morava.runs.identities import check_identities
from morava.runs.request import Detail
from morava.runs.simulate import simulate


def known_of(ruritania, crown, nobody):
    found = simulate(ruritania, crown, nobody, 2030, [0, 1], Detail(2, (2030,), 1, 0))
    return {**found.lowered.inputs, **found.values}


def test_a_run_keeps_its_energy(ruritania, crown, nobody):
    check_identities(known_of(ruritania, crown, nobody))


@pytest.mark.parametrize(
    ("name", "told"),
    [("power_output", "power supplied and load"), ("border_flow", "net imports and flows over borders")],
)
def test_lost_energy_is_found(ruritania, crown, nobody, name, told):
    known = known_of(ruritania, crown, nobody)
    with pytest.raises(MoravaError, match=told):
        check_identities({**known, name: known[name] * 1.001})
