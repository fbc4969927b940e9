import pytest

from morava.plans.coherence import find_incoherences


def found(made, *initiatives):
    findings = find_incoherences(*made.text(initiatives=initiatives)).findings
    return [item for item in findings if item.rule == "two-owners"]


def test_two_owners_of_one_initiative(made):
    (finding,) = found(made, made.initiative("hall", owner="Ministry of Energy; Office of Computing"))
    assert finding.severity == "clear"
    assert "Ministry of Energy and Office of Computing" in finding.says


def test_one_owner_written_twice_is_one(made):
    assert not found(made, made.initiative("hall", owner="Ministry; Ministry"))


def pair(made, owners, verb="set", places=("solar", "solar"), dates=(("finish", ""), ("finish", ""))):
    return [
        made.initiative(
            name,
            owner=owner,
            changes=(made.change("power_capacity", verb, start, until, technology=technology),),
        )
        for name, owner, technology, (start, until) in zip(("one", "two"), owners, places, dates, strict=True)
    ]


def test_two_owners_set_one_quantity(made):
    (finding,) = found(made, *pair(made, ("A", "B")))
    assert finding.initiatives == ("one", "two")
    assert finding.says == "One (A) and Two (B) both set power_capacity, solar."


@pytest.mark.parametrize(
    "other",
    [
        {"owners": ("A", "A")},
        {"owners": ("A", "B"), "verb": "add"},
        {"owners": ("A", "B"), "places": ("solar", "wind")},
        {"owners": ("A", "B"), "dates": (("2026", "2028"), ("2029", ""))},
    ],
    ids=["one owner", "both add", "two places", "one after the other"],
)
def test_two_initiatives_with_two_tasks(made, other):
    assert not found(made, *pair(made, **other))


def test_two_parts_of_one_whole_under_one_title(made):
    initiatives = [
        made.initiative(name, owner=owner, part_of="network", title_en="Bridge at Zenda")
        for name, owner in (("one", "A"), ("two", "B"))
    ]
    (finding,) = found(made, *initiatives)
    assert "are both called Bridge at Zenda" in finding.says


def test_who_names_nobody_is_noted_and_not_counted(made):
    country, strategy = made.text(initiatives=[made.initiative("hall"), made.initiative("sun", owner="A")])
    coherence = find_incoherences(country, strategy)
    (finding,) = [item for item in coherence.findings if item.rule == "two-owners"]
    assert finding.severity == "note"
    assert finding.says.startswith("1 initiative of 2 name")
    score = next(item for item in coherence.scores if item.rule == "two-owners")
    assert (score.applicable, score.met, score.points, score.possible) == (1, 1, 2, 2)


def test_a_cancelled_initiative_owns_nothing(made):
    assert not found(made, made.initiative("hall", owner="A; B", status="cancelled"))
