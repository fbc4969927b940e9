import pytest

from morava.plans.coherence import find_incoherences


def found(country_and_strategy):
    return [item for item in find_incoherences(*country_and_strategy).findings if item.rule == "different-versions"]


def railway(made, *promises, claims=()):
    return made.text(initiatives=[made.initiative("railway", promises=promises)], claims=claims)


def test_a_date_that_moved_is_told_with_its_history(made):
    (finding,) = found(railway(made, made.promise("2025", "2022-03"), made.promise("2027-06", "2024-06")))
    assert finding.severity == "weak"
    assert finding.initiatives == ("railway",)
    assert finding.says == (
        "Railway, open: 2025 (said 2022-03) and 2027-06 (said 2024-06) are the dates promised, "
        "the last 18 months later than the first."
    )


@pytest.mark.parametrize(
    "dates",
    [(("2025", "2022"),), (("2027", "2022"), ("2027-06", "2024")), (("2027-05-14", "2022"), ("2027-05-15", "2024"))],
    ids=["one promise", "the second within the first", "a day later"],
)
def test_a_date_that_stands_is_not(made, dates):
    assert not found(railway(made, *(made.promise(date, said) for date, said in dates)))


def test_the_next_year_is_another_date(made):
    (finding,) = found(railway(made, made.promise("2025", "2022"), made.promise("2026", "2024")))
    assert "the last 12 months later than the first" in finding.says


def test_a_conflict_over_a_date_shows_dates(made):
    facts = [
        made.fact(name, "milestone_date", (year, year + 1), "year", str(year), initiative="railway", item=name)
        for name, year in (("early", 2025), ("late", 2031))
    ]
    conflicts = [made.conflict("opening", "vintage", "early", "late", chosen=1)]
    (finding,) = found(made.text(facts, conflicts, claims=[made.claim("soon", kind="fact", facts=("early",))]))
    assert "2025 (early) against 2031 (late)" in finding.says


def test_a_case_to_compare_with_is_not_the_plan(made):
    moved = (made.promise("2025", "2022"), made.promise("2026", "2024"))
    assert not found(made.text(initiatives=[made.initiative("abroad", promises=moved, sector="reference")]))


def test_what_happened_is_no_promise(made):
    assert not found(railway(made, made.promise("2025", "2022"), made.promise("2026", "2026", kind="actual")))


def test_promises_of_two_milestones_are_two_things(made):
    assert not found(railway(made, made.promise("2025", milestone="start"), made.promise("2030")))


def test_a_claim_that_names_another_date_contradicts_the_latest_promise(made):
    claims = [
        made.claim("soon", tests=(made.bound("initiative_finish", by="2026", initiative="railway"),), paragraph=9)
    ]
    (finding,) = found(railway(made, made.promise("2027-06"), claims=claims))
    assert finding.severity == "clear"
    assert finding.claims == ("soon",)
    assert finding.paragraphs == ("speech 9",)
    assert "claim soon says 2026" in finding.says


def test_a_claim_that_names_the_same_date_does_not(made):
    claims = [made.claim("soon", tests=(made.bound("initiative_finish", by="2027", initiative="railway"),))]
    assert not found(railway(made, made.promise("2027-06"), claims=claims))


def points(made, kind, chosen, cited=("ten",)):
    facts = [
        made.fact("ten", "item_count", 10, "item", item="points"),
        made.fact("eleven", "item_count", 11, "item", item="points"),
    ]
    conflicts = [made.conflict("count", kind, "ten", "eleven", subject="number of points", chosen=chosen)]
    return made.text(facts, conflicts, claims=[made.claim("points", kind="fact", facts=cited)])


@pytest.mark.parametrize(
    ("kind", "chosen", "severity"), [("genuine", None, "clear"), ("scope", 0, "weak"), ("vintage", 0, "weak")]
)
def test_a_conflict_behind_the_text_is_told_with_both_values(made, kind, chosen, severity):
    (finding,) = found(points(made, kind, chosen))
    assert (finding.subject, finding.severity, finding.conflicts) == ("number of points", severity, ("count",))
    assert "10 (ten) against 11 (eleven)" in finding.says
    assert finding.claims == ("points",)


def test_a_conflict_that_nothing_leans_on_is_not_the_text(made):
    assert not found(points(made, "genuine", None, cited=()))


def test_cells_that_nobody_disputes_count_as_checked(made):
    facts = [made.fact("ten", "item_count", 10, "item", item="points")]
    country, strategy = made.text(facts, claims=[made.claim("points", kind="fact", facts=("ten",))])
    score = next(item for item in find_incoherences(country, strategy).scores if item.rule == "different-versions")
    assert (score.applicable, score.met, score.share) == (1, 1, 1.0)
