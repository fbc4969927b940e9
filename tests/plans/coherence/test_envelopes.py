import pytest

from morava.plans.coherence import find_incoherences


def found(made, envelopes=(), initiatives=(), severities=("clear", "weak", "note")):
    findings = find_incoherences(*made.text(envelopes=envelopes, initiatives=initiatives)).findings
    return [item for item in findings if item.rule == "sums-and-envelopes" and item.severity in severities]


def halves(made, *amounts, whole=48, **other):
    spans = ((2026, 2030), (2031, 2035))
    parts = [
        made.envelope(f"half-{index}", amount, *span, part_of="programme")
        for index, (amount, span) in enumerate(zip(amounts, spans, strict=True))
    ]
    return [made.envelope("programme", whole, 2026, 2035, **other), *parts]


def about(findings, subject):
    return [finding for finding in findings if finding.subject == subject]


def test_halves_that_follow_each_other_sum_to_the_whole(made):
    assert not about(found(made, halves(made, 17, 31)), "programme as half-0 + half-1")


@pytest.mark.parametrize(("second", "told"), [(33, "50, which is 2 million RUC_2025 more"), (29, "46, which is 2")])
def test_halves_that_do_not(made, second, told):
    (finding,) = about(found(made, halves(made, 17, second)), "programme as half-0 + half-1")
    assert finding.severity == "clear"
    assert told in finding.says
    assert finding.envelopes == ("programme", "half-0", "half-1")


def test_purposes_may_leave_money_over_but_not_need_more(made):
    def purposes(second):
        parts = [
            made.envelope("rail", 20, 2026, 2035, "programme"),
            made.envelope("sun", second, 2026, 2035, "programme"),
        ]
        return about(found(made, [made.envelope("programme", 48, 2026, 2035), *parts]), "programme as rail + sun")

    assert not purposes(10)
    (finding,) = purposes(30)
    assert finding.severity == "weak"
    assert finding.says.endswith("whether the parts overlap is not said.")


def test_one_purpose_larger_than_the_whole_is_clear(made):
    envelopes = [made.envelope("programme", 48, 2026, 2035), made.envelope("sun", 50, 2026, 2035, "programme")]
    (finding,) = about(found(made, envelopes), "programme as sun")
    assert finding.severity == "clear"


def test_a_purpose_across_both_halves_is_said_to_be_unknown(made):
    envelopes = [*halves(made, 17, 31), made.envelope("energy", 14.4, 2028, 2035, "programme")]
    (finding,) = found(made, envelopes, severities=("note",))
    assert "14.4 million RUC_2025 in 2028 to 2035, is 30 percent of Programme and lies across Half-0" in finding.says
    inside = [*halves(made, 17, 31), made.envelope("energy", 14.4, 2031, 2035, "programme")]
    assert not found(made, inside, severities=("note",))


def test_years_outside_the_whole(made):
    envelopes = [made.envelope("programme", 48, 2026, 2035), made.envelope("sun", 10, 2028, 2036, "programme")]
    (finding,) = about(found(made, envelopes), "years of sun")
    assert "2028 to 2036, outside the years of Programme" in finding.says


def test_two_programmes_in_the_same_years(made):
    old = made.envelope("old", 17.8, 2024, 2027)
    (finding,) = found(made, [old, made.envelope("new", 17, 2026, 2030)], severities=("note",))
    assert finding.says.endswith("meet in some years; whether they share money is not said for new and old.")
    assert not found(made, [old, made.envelope("new", 17, 2028, 2030)], severities=("note",))
    assert not found(made, [old, made.envelope("new", 17, 2026, 2030, note="apart from old")], severities=("note",))


def test_overlaps_that_nobody_knows_are_one_note(made):
    envelopes = [made.envelope(name, 5, 2026, 2030) for name in ("a", "b", "c")]
    (finding,) = found(made, envelopes, severities=("note",))
    assert "not said for a and b; a and c; b and c" in finding.says


def test_what_lies_across_two_spans_may_fill_them(made):
    def second_half(amount, *purposes):
        paid = [made.initiative("bridge", amount, envelope="half-1")] if amount else []
        return about(found(made, [*halves(made, 17, 31), *purposes], paid), "measures of half-1")

    energy = made.envelope("energy", 14.4, 2028, 2035, "programme")
    for amount in (0, 5):
        assert len(second_half(amount)) == 1
        assert not second_half(amount, energy)
    assert len(second_half(40, energy)) == 1


def test_one_sum_in_two_programmes(made):
    envelopes = [made.envelope("one", 5, 2026, 2027, facts=("f",)), made.envelope("two", 5, 2028, 2030, facts=("f",))]
    (finding,) = about(found(made, envelopes), "one sum in one and two")
    assert finding.severity == "clear"
    nested = [envelopes[0], made.envelope("two", 5, 2026, 2027, "one", facts=("f",))]
    assert not about(found(made, nested), "one sum in one and two")


def measures(made, *costs, amount=100):
    paid = [made.initiative(f"m{index}", cost, envelope="green") for index, cost in enumerate(costs)]
    return about(found(made, [made.envelope("green", amount, 2026, 2030)], paid), "measures of green")


@pytest.mark.parametrize(
    ("costs", "severity", "told"),
    [
        ((70, 60), "clear", "2 measures that name a cost sum to 130 million RUC_2025, more than the 100"),
        ((110,), "weak", "1 measure that names a cost sums to 110 million RUC_2025, more than"),
        (((90, 130),), "weak", "90 to 130 million RUC_2025, perhaps more than"),
        (
            (50, None),
            "weak",
            "50 million RUC_2025, less than the 100 million RUC_2025 set aside; 1 measure names no cost",
        ),
        ((), "weak", "no measure is named that it pays"),
    ],
)
def test_measures_and_their_envelope(made, costs, severity, told):
    (finding,) = measures(made, *costs)
    assert finding.severity == severity
    assert told in finding.says


@pytest.mark.parametrize("costs", [(100,), (60, 40.5), (85,), (None, None)])
def test_measures_that_fit(made, costs):
    assert not measures(made, *costs)


def test_money_is_counted_once_and_nested_envelopes_count_it_too(made):
    envelopes = [made.envelope("all", 100, 2026, 2030), made.envelope("green", 100, 2026, 2030, "all")]
    initiatives = [
        made.initiative("network", 100, envelope="green"),
        made.initiative("bridge", 90, envelope="green", part_of="network"),
    ]
    findings = found(made, envelopes, initiatives)
    assert not about(findings, "measures of green")
    assert not about(findings, "measures of all")


def test_a_programme_that_is_its_envelope_counts_by_its_parts(made):
    initiatives = [
        made.initiative("programme", 100, envelope="green"),
        made.initiative("wind", 30, envelope="green", part_of="programme"),
        made.initiative("gas", envelope="green", part_of="programme"),
    ]
    (finding,) = about(found(made, [made.envelope("green", 100, 2026, 2030)], initiatives), "measures of green")
    assert "30 million RUC_2025, less than the 100 million RUC_2025 set aside; 1 measure names no cost" in finding.says
    assert finding.initiatives == ("wind", "gas")


@pytest.mark.parametrize("cost", [100, None])
def test_a_programme_counts_whole_in_the_envelope_around_its_own(made, cost):
    envelopes = [made.envelope("all", 300, 2026, 2030), made.envelope("green", 100, 2026, 2030, "all")]
    initiatives = [
        made.initiative("green", cost, envelope="green"),
        made.initiative("wind", 90, envelope="green", part_of="green"),
    ]
    findings = found(made, envelopes, initiatives)
    (finding,) = about(findings, "measures of all")
    assert "1 measure that names a cost sums to 100 million RUC_2025, less than the 300" in finding.says
    assert not about(findings, "measures of green")


def test_a_programme_called_like_its_envelope_is_no_measure_of_it(made):
    envelopes = [made.envelope("green", 100, 2026, 2030)]
    (finding,) = about(found(made, envelopes, [made.initiative("green", envelope="green")]), "measures of green")
    assert "no measure is named that it pays" in finding.says


@pytest.mark.parametrize(
    ("parts", "severity"), [((60, 60), "clear"), ((30, 30), "weak"), ((30, None), None), ((50, 45), None)]
)
def test_parts_and_their_whole(made, parts, severity):
    initiatives = [made.initiative("network", 100)]
    initiatives += [made.initiative(f"p{index}", cost, part_of="network") for index, cost in enumerate(parts)]
    assert [item.severity for item in about(found(made, (), initiatives), "parts of network")] == (
        [severity] if severity else []
    )


def test_a_part_paid_from_another_envelope_than_its_whole(made):
    def paid(second):
        envelopes = [
            made.envelope("green", 100, 2026, 2030),
            made.envelope("grey", 100, 2031, 2035),
            made.envelope("leaf", 100, 2026, 2030, "green"),
        ]
        initiatives = [
            made.initiative("network", 100, envelope="green"),
            made.initiative("bridge", 90, envelope=second, part_of="network"),
        ]
        return about(found(made, envelopes, initiatives), "bridge and network")

    (finding,) = paid("grey")
    assert finding.severity == "clear"
    assert not paid("leaf")
