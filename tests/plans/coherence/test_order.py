import pytest

from morava.plans.coherence import find_incoherences


def found(made, *initiatives, envelopes=()):
    findings = find_incoherences(*made.text(initiatives=initiatives, envelopes=envelopes)).findings
    return [item for item in findings if item.rule == "broken-order"]


@pytest.mark.parametrize(
    ("own", "other", "severity"),
    [("2026", "2027-12", "clear"), ("2027-06", "2027", "weak"), ("2028", "2027-12", None), ("2027", "2027", None)],
)
def test_what_waits_ends_later(made, own, other, severity):
    initiatives = [
        made.initiative("hall", promises=(made.promise(own),), depends_on=("sun",)),
        made.initiative("sun", promises=(made.promise(other),)),
    ]
    findings = found(made, *initiatives)
    assert [item.severity for item in findings] == ([severity] if severity else [])
    assert all(item.initiatives == ("hall", "sun") for item in findings)


def test_the_latest_promise_counts(made):
    waiting = made.initiative("hall", promises=(made.promise("2029"),), depends_on=("sun",))
    moved = (made.promise("2027", "2023", name="first"), made.promise("2030-06", "2025", name="second"))
    (finding,) = found(made, waiting, made.initiative("sun", promises=moved))
    assert "waits for Sun, which is to be finished 2030-06" in finding.says


def test_what_waits_for_something_cancelled(made):
    waiting = made.initiative("hall", depends_on=("sun",))
    (finding,) = found(made, waiting, made.initiative("sun", status="cancelled"))
    assert finding.says == "Hall waits for Sun, which is cancelled."
    assert not found(made, waiting, made.initiative("sun"))


@pytest.mark.parametrize(("part", "severity"), [("2031", "clear"), ("2030", None)])
def test_a_part_ends_with_its_whole(made, part, severity):
    initiatives = [
        made.initiative("network", promises=(made.promise("2030"),)),
        made.initiative("bridge", promises=(made.promise(part),), part_of="network"),
    ]
    assert [item.severity for item in found(made, *initiatives)] == ([severity] if severity else [])


def test_a_whole_that_ends_with_the_money_is_not_told_beside_it(made):
    initiatives = [
        made.initiative("energy", promises=(made.promise("2035"),)),
        made.initiative("reactor", promises=(made.promise("2040"),), part_of="energy", envelope="energy"),
    ]
    (finding,) = found(made, *initiatives, envelopes=[made.envelope("energy", 14.4, 2028, 2035)])
    assert finding.subject == "reactor in the years of energy"


@pytest.mark.parametrize(("started", "told"), [("2028", 1), ("2026-06", 0), ("2027", 0)])
def test_a_finish_comes_after_the_start(made, started, told):
    assert len(found(made, made.initiative("hall", started=started, promises=(made.promise("2027-06"),)))) == told


def test_what_is_finished_ended_when_it_did(made):
    finished = made.initiative("hall", started="2020", finished="2019-06", status="delivered")
    (finding,) = found(made, finished)
    assert "starts 2020 and finishes before that, 2019-06" in finding.says


@pytest.mark.parametrize(("finish", "severity"), [("2036-05", "clear"), ("2034..2036", "weak"), ("2035", None)])
def test_work_ends_with_the_money(made, finish, severity):
    initiative = made.initiative("reactor", promises=(made.promise(finish),), envelope="energy")
    findings = found(made, initiative, envelopes=[made.envelope("energy", 14.4, 2028, 2035)])
    assert [item.severity for item in findings] == ([severity] if severity else [])
    assert all(item.envelopes == ("energy",) for item in findings)


def test_a_wait_for_a_stage_is_left_to_the_schedule(made):
    waiting = made.initiative("hall", promises=(made.promise("2026"),), depends_on=("sun/build",))
    assert not found(made, waiting, made.initiative("sun", promises=(made.promise("2027"),)))
