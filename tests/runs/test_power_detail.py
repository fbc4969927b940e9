"""How the power program of a run is asked for, checked against all hours, and summed up."""

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.models.adequacy import adequacy_chronological
from morava.models.contract import as_model
from morava.models.power import AIM, SCREENED, power, solve_system
from morava.models.projects import projects
from morava.plans.read import read_country
from morava.quantities import labelled
from morava.runs.calendar_check import CALENDAR_ERROR
from morava.runs.guard import run
from morava.runs.lower_power import budget_committed, calendar_inputs
from morava.runs.power_summary import summarise_power
from morava.runs.request import NO_POWER, Detail, detail_for, detail_of, make_request
from morava.runs.simulate import simulate, simulate_outcome, system_of
from morava.runs.types import Outcome

TINY = Detail(futures=1, years=(2030,), weeks=1, check=1)


@pytest.fixture(scope="module")
def checked(ruritania, crown, nobody):
    return simulate(ruritania, crown, nobody, 2030, [0], TINY)


def test_a_pack_says_how_its_power_is_solved():
    serbia = detail_for(read_country("serbia"))
    assert serbia == Detail(futures=8, years=(2025, 2030, 2035, 2040), weeks=0, check=0)


def test_a_request_may_ask_otherwise(ruritania):
    every = detail_for(ruritania, futures=2, years="all", hours="3", check=True)
    assert every == Detail(2, (2026, 2030, 2040), 3, 1)
    assert detail_for(ruritania, years="2030", hours="full", check=True) == Detail(2, (2030,), 0, 0)
    assert detail_for(ruritania, futures=0, check=True).check == 0


def test_all_that_cannot_be_read_is_said_at_once(ruritania):
    with pytest.raises(MoravaError) as caught:
        detail_for(ruritania, years="1066,x", hours="99")
    assert {problem.where for problem in caught.value.problems} == {"--years", "--hours"}
    with pytest.raises(MoravaError, match="not known for 1066") as caught:
        detail_for(ruritania, years="1066,2030,2099")
    assert len(caught.value.problems) == 2


def test_a_request_gives_its_detail_back(ruritania, crown, nobody):
    for detail in (TINY, NO_POWER, Detail(3, (2030, 2040), 0, 0), Detail(3, (2030,), 0, 0, 7)):
        assert detail_of(make_request(ruritania, crown, nobody, 10, detail=detail)) == detail
    assert detail_of(make_request(ruritania, crown, nobody, 1, detail=Detail(4, (2030,), 2, 4))).check == 1


@pytest.fixture(scope="module")
def on_all_hours(checked):
    """Return power on all hours, at the demand that the economy has with what it costs on chosen weeks."""
    known = {**checked.lowered.inputs, **checked.values, **calendar_inputs(Detail(1, (2030,), 0, 0))}
    known |= run(as_model(projects), known)  # whose hours no run keeps
    return run(as_model(power), known | budget_committed(known))


def test_the_error_of_the_calendar_is_weeks_less_all_hours(checked, on_all_hours):
    error = checked.values[CALENDAR_ERROR]
    short, whole = checked.values, on_all_hours
    for item, name in (("cost", "power_system_cost"), ("emissions", "power_emission")):
        one, other = (float(values[name].sel(future=0, year=2030)) for values in (short, whole))
        assert float(error.sel(item=item, year=2030, future=0)) == pytest.approx((one - other) / max(one, other))
    moved = float((short["power_net_import"] - whole["power_net_import"]).sel(year=2030, future=0))
    load = float(whole["power_load"].sel(year=2030, future=0))
    assert float(error.sel(item="net imports", year=2030, future=0)) == pytest.approx(moved / load)
    assert np.abs(error.to_numpy()).max() > 0


def test_chosen_weeks_hold_the_energy_of_the_year(checked, on_all_hours):
    """Load of the weeks is that of the year: what differs between calendars is not what was given."""
    assert checked.values["power_load"].to_numpy() == pytest.approx(on_all_hours["power_load"].to_numpy(), rel=1e-6)


def test_without_a_check_there_is_no_error_of_the_calendar(ruritania, crown, nobody):
    found = simulate(ruritania, crown, nobody, 2030, [1], TINY)
    assert CALENDAR_ERROR not in found.values


def test_gross_output_and_demand_balance(checked):
    values = {name: array.sel(future=0, year=2030) for name, array in checked.values.items() if "year" in array.dims}
    own = float((values["power_output_gross"] - values["power_output"]).sum())
    assert own > 0
    assert float(values["power_demand_gross"]) == pytest.approx(float(values["power_load"]) + own)
    supplied = float(values["power_output"].sum() - values["power_charged"].sum() + values["power_net_import"])
    assert supplied + float(values["power_unserved"]) == pytest.approx(float(values["power_load"]), rel=1e-6)


def test_the_system_of_a_future_is_what_a_run_solves(checked, ruritania, crown, nobody):
    system = system_of(ruritania, crown, nobody, 2030, 0, TINY)
    output = solve_system(system).output["wind"] @ system.calendar.hour_weights / 1000
    assert output[0] == pytest.approx(float(checked.values["power_output"].sel(technology="wind", future=0, year=2030)))


def test_a_summary_says_what_was_solved(ruritania, crown, nobody):
    request = make_request(ruritania, crown, nobody, 2, detail=TINY)
    found = summarise_power(request, simulate_outcome(ruritania, crown, nobody, 2030, [0], TINY))
    assert (found.futures, found.failed, found.years, found.weeks) == (1, 0, (2030,), 1)
    assert found.largest_gap < 1e-6
    assert {error.item for error in found.calendar_errors} == {
        "cost", "emissions", "mean price", "net imports", "unserved demand",
    }  # fmt: skip
    assert summarise_power(make_request(ruritania, crown, nobody, 2, detail=NO_POWER), Outcome({}, {}, {}, "")) is None


def test_a_future_that_was_not_solved_is_counted(ruritania, crown, nobody):
    request = make_request(ruritania, crown, nobody, 9, detail=Detail(2, (2030,), 1, 0))
    gap = labelled("power_solve_gap", [1e-9], {"future": [0]})
    found = summarise_power(request, Outcome({"power_solve_gap": gap}, {}, {1: "why", 7: "why"}, ""))
    assert (found.futures, found.failed) == (1, 1)


def test_solving_prints_nothing(ruritania, crown, nobody, capfd):
    solve_system(system_of(ruritania, crown, nobody, 2030, 0, TINY))
    assert capfd.readouterr() == ("", "")


def test_a_screened_future_is_proved_within_one_percent(ruritania, crown, nobody):
    detail = Detail(1, (2030,), 0, 0, screened=2)
    exact, screened = (simulate(ruritania, crown, nobody, 2030, [number], detail).values for number in (0, 1))
    assert float(exact["power_solve_gap"].item()) <= AIM < SCREENED
    assert float(screened["power_solve_gap"].item()) <= SCREENED
    assert float(screened["power_solve_bound"].item()) <= float(screened["power_solve_cost"].item())
    assert set(exact) - set(screened) == set(as_model(adequacy_chronological).gives)


def test_screened_futures_are_counted_apart(ruritania, crown, nobody):
    request = make_request(ruritania, crown, nobody, 9, detail=Detail(1, (2030,), 0, 0, 4))
    gap = labelled("power_solve_gap", [1e-5, 2e-3, 8e-3], {"future": [0, 1, 3]})
    found = summarise_power(request, Outcome({"power_solve_gap": gap}, {}, {2: "why"}, ""))
    assert (found.futures, found.screened, found.failed) == (1, 2, 1)
    assert (found.largest_gap, found.screened_largest_gap, found.screened_median_gap) == (1e-5, 8e-3, 5e-3)


def test_weeks_are_not_screened(ruritania):
    with pytest.raises(MoravaError, match="on all hours only"):
        detail_for(ruritania, hours="2", screened=10)
