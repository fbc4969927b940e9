"""Effects of initiatives: what must be zero is zero to the bit, sums are sums, debt stays where capital does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from morava.errors import MoravaError, Problems
from morava.models.contract import as_model
from morava.models.economy import economy
from morava.models.economy.country import read_country
from morava.models.economy.initiatives import read_programme
from morava.models.economy.years import read_years
from morava.models.inputs import Inputs
from morava.plans.groups import read_groups
from morava.plans.read import read_country as read_pack
from morava.plans.read import read_strategy
from morava.runs.effects import BORROWING, KINDS, WHO, Question, answered, effects, measures_of, under, years_of
from morava.runs.effects_gross import GROSS, gross
from morava.runs.effects_inputs import delayed, given_up, otherwise, without
from morava.runs.effects_types import Measure, rows_of
from morava.runs.simulate import REFERENCES, before_economy, references, simulate

SEED, NUMBERS = 7, [0, 1, 2, 3]
MAIN = ("investment adjusts", "savings")
ALL = ("hall", "railway", "sun")


@pytest.fixture(scope="module")
def known(ruritania, crown, nobody):
    return before_economy(ruritania, crown, nobody, SEED, NUMBERS).known


@pytest.fixture(scope="module")
def plan(known):
    return answered(under(known, *MAIN))[0]


def same(one, other):
    for name, values in one.items():
        np.testing.assert_array_equal(values, other[name], err_msg=name)


def programme(told):
    inputs = Inputs({name: told[name] for name in economy.needs}, "economy")
    country = read_country(inputs)
    return read_programme(inputs, country, read_years(inputs, country))


def test_the_economy_is_told_what_a_run_tells_it(ruritania, crown, nobody, known):
    run = simulate(ruritania, crown, nobody, SEED, NUMBERS).values
    for name in (*REFERENCES, "export_demand_factor", "programme_works"):
        np.testing.assert_array_equal(known[name].to_numpy(), run[name].to_numpy())
    assert set(as_model(economy).needs) <= set(known)


def test_the_plan_weighed_is_the_plan_run(ruritania, crown, nobody, plan):
    run = simulate(ruritania, crown, nobody, SEED, NUMBERS).values
    for name in ("gdp", "employment", "public_balance", "foreign_profit"):
        np.testing.assert_array_equal(plan[name], run[name].to_numpy())


@pytest.mark.parametrize("change", [without, otherwise, lambda told, names: delayed(told, names, 3)])
def test_doing_nothing_changes_nothing(known, change):
    changed = change(known, ())
    for name in economy.needs:
        np.testing.assert_array_equal(changed[name].to_numpy(), known[name].to_numpy(), err_msg=name)


@pytest.mark.parametrize("names", [(name,) for name in ALL])
def test_a_delay_of_zero_years_is_none(known, names):
    changed = delayed(known, names, 0)
    for name in economy.needs:
        np.testing.assert_array_equal(changed[name].to_numpy(), known[name].to_numpy(), err_msg=name)


def test_giving_up_after_all_is_finished_and_paid_is_giving_up_nothing(known):
    last = int(known["programme_works"].coords["year"][-1])
    done = known["initiative_finish"].copy(deep=True)
    done[:] = float(last - 1)
    spent = known["programme_works"].copy(deep=True)
    spent.loc[{"year": last}] = 0.0
    public = known["public_programme_spending"].copy(deep=True)
    public.loc[{"year": last}] = 0.0
    told = {**known, "initiative_finish": done, "programme_works": spent, "public_programme_spending": public}
    changed = given_up(told, ALL, last - 1)
    for name in ("initiative_finish", "programme_works", "public_programme_spending"):
        np.testing.assert_array_equal(changed[name].to_numpy(), told[name].to_numpy())


def test_without_everything_no_money_is_left_and_no_capital_comes(known):
    changed = without(known, ALL)
    assert not changed["programme_works"].to_numpy().any()
    assert not changed["public_programme_spending"].to_numpy().any()
    assert not changed["guarantee_called"].to_numpy().any()
    assert not programme(changed).programme.commissioned.any()
    for name in REFERENCES:
        np.testing.assert_array_equal(changed[name].to_numpy(), known[name].to_numpy())
    assert known["public_programme_spending"].to_numpy().any()


@drawn(st.permutations(ALL))
@settings(max_examples=6, deadline=None)
def test_taking_away_one_after_the_other_is_taking_away_all(known, order):
    changed = known
    for name in order[:2]:
        changed = without(changed, (name,))
    at_once = without(known, order[:2])
    for name in ("programme_works", "public_programme_spending", "initiative_cost", "guarantee_called"):
        np.testing.assert_allclose(changed[name].to_numpy(), at_once[name].to_numpy(), rtol=1e-12, atol=1e-12)


def test_otherwise_the_same_money_is_spent_as_far_as_there_is_room(known):
    here, less, instead = (programme(told) for told in (known, without(known, ALL), otherwise(known, ALL)))
    assert (instead.public >= less.public).all()
    assert (instead.public > less.public).any()
    assert (instead.foreign > less.foreign).any()
    room = np.minimum(here.public, instead.public)
    np.testing.assert_allclose(instead.public, room, rtol=1e-12)
    np.testing.assert_array_equal(less.beside, here.beside)


def test_references_are_those_that_a_run_passes(known):
    for name, array in references(known).items():
        np.testing.assert_array_equal(array.to_numpy(), known[name].to_numpy())


@pytest.mark.parametrize("kind", ["without", "otherwise"])
def test_what_costs_nothing_and_builds_nothing_does_nothing(known, kind):
    free = known["programme_works"].copy(deep=True)
    free.loc[{"initiative": "hall"}] = 0.0
    cost = known["initiative_cost"].copy(deep=True)
    cost.loc[{"initiative": "hall"}] = 0.0
    told = {**known, "programme_works": free, "initiative_cost": cost}
    changed = {"without": without, "otherwise": otherwise}[kind](told, ("hall",))
    told = told if kind == "without" else {**told, **references(told)}
    same(answered(under(changed, *MAIN))[0], answered(under(told, *MAIN))[0])


def test_a_standing_plant_takes_its_part_of_the_sector_along(known, plan):
    share = known["initiative_sector_share"].copy(deep=True)
    share.loc[{"initiative": "hall"}] = 0.3
    told = {**known, "initiative_sector_share": share}
    changed = without(told, ("hall",))
    assert changed["initiative_closed"].sel(initiative="hall").item() == 1
    assert changed["initiative_closed"].sel(initiative="railway").item() == 0
    found = answered(under(changed, *MAIN))[0]
    later = years_of(known).index(int(known["programme_works"].coords["year"][0]))
    assert (found["gdp"][:, later] < plan["gdp"][:, later]).all()


def test_a_railway_given_up_leaves_debt_and_no_capital(known):
    budget = BORROWING
    after = int(known["programme_works"].coords["year"][0])
    gone = given_up(known, ("railway",), after)
    assert not np.isfinite(gone["initiative_finish"].sel(initiative="railway").to_numpy()).any()
    never = without(known, ("railway",))
    one, other = programme(gone).programme, programme(never).programme
    np.testing.assert_array_equal(one.infrastructure_commissioned, other.infrastructure_commissioned)
    left, none = (answered(under(told, *budget))[0] for told in (gone, never))
    assert (left["public_debt"][:, -1] > none["public_debt"][:, -1]).all()


def test_a_delay_moves_all_money_by_as_many_years(known):
    changed = delayed(known, ("railway",), 2)
    before, after = (told["programme_works"].sel(initiative="railway").to_numpy() for told in (known, changed))
    np.testing.assert_array_equal(after[:, 2:], before[:, :-2])
    assert not after[:, :2].any()
    late = changed["initiative_finish"] - known["initiative_finish"]
    assert set(late.sel(initiative="railway").to_numpy().tolist()) == {2.0}
    np.testing.assert_array_equal(late.sel(initiative="sun").to_numpy(), 0.0)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_future_alone_is_the_future_among_others_bit_for_bit(ruritania, crown, nobody, known, plan, number):
    alone = before_economy(ruritania, crown, nobody, SEED, [number]).known
    same(answered(under(alone, *MAIN))[0], {name: values[[number]] for name, values in plan.items()})
    for change in (without, otherwise):
        one = answered(under(change(alone, ("railway",)), *MAIN))[0]
        many = answered(under(change(known, ("railway",)), *MAIN))[0]
        same(one, {name: values[[number]] for name, values in many.items()})
    same(gross(alone, ALL), {name: values[[number]] for name, values in gross(known, ALL).items()})


def test_the_gross_of_a_sum_is_the_sum_of_the_gross(known):
    whole, parts = gross(known, ALL), [gross(known, (name,)) for name in ALL]
    for name in GROSS:
        np.testing.assert_allclose(whole[name], sum(part[name] for part in parts), rtol=1e-12)
        assert (whole[name] > 0).all()
    for values in gross(known, ()).values():
        assert not values.any()


def test_the_gross_of_all_investment_goods_is_no_more_than_what_is_spent_at_home(known):
    found = gross(known, ALL)
    spent = known["programme_works"].sum(["initiative", "year"]).to_numpy()
    assert (found["built_value_added"] < spent).all()
    assert (found["made_value_added"] < 2 * found["made_output"]).all()


def test_rows_leave_out_what_has_no_answer_and_say_how_many_remain():
    one = {"gdp": np.array([[2.0, 3.0], [np.nan, np.nan], [4.0, 5.0]])}
    other = {"gdp": np.ones((3, 2))}
    found = rows_of("net", "c", {"gdp": Measure("GDP", "m", percent=True)}, [2031], [2030, 2031], one, other)
    assert [(row.futures, row.change.p50, row.percent.p50, row.level) for row in found] == [(2, 3.0, 300.0, 1.0)]
    none = {"gdp": np.full((3, 2), np.nan)}
    assert rows_of("net", "c", {"gdp": Measure("GDP", "m")}, [2031], [2030, 2031], none, other) == []


def test_a_future_without_an_equilibrium_is_named_and_costs_no_other(known, plan):
    poor = known["programme_works"].copy(deep=True)
    poor.loc[{"initiative": "sun", "future": 2}] = 1e6
    found, lost = answered(under({**known, "programme_works": poor}, *MAIN))
    assert list(lost) == [2]
    assert np.isnan(found["gdp"][2]).all()
    np.testing.assert_array_equal(found["gdp"][[0, 1, 3]], plan["gdp"][[0, 1, 3]])


@pytest.fixture(scope="module")
def whole(ruritania, crown, nobody):
    return effects(ruritania, crown, nobody, SEED, Question(), len(NUMBERS))


def test_everything_is_said_under_every_closure_with_sorted_labels(ruritania, whole):
    assert [group.name for group in whole.groups] == sorted(ALL)
    assert whole.closures[BORROWING[0]] == WHO[BORROWING[1]]
    assert next(iter(whole.closures)) == whole.main == MAIN[0]
    for group in whole.groups:
        assert list(group.members) == sorted(group.members)
        assert {(row.kind, row.closure, row.measure, row.year) for row in group.rows} == {
            (kind, closure, measure, year)
            for kind in ("net", "otherwise")
            for closure in whole.closures
            for measure in measures_of(ruritania)
            for year in whole.years
        }
        for row in group.rows:
            assert row.change.p10 <= row.change.p50 <= row.change.p90
            assert row.futures == len(NUMBERS)
    assert not whole.lost


def test_net_is_with_less_without(known, plan, whole):
    less = answered(under(without(known, ("railway",)), *MAIN))[0]
    change = plan["gdp"] - less["gdp"]
    row = next(
        row
        for row in next(group for group in whole.groups if group.name == "railway").rows
        if (row.kind, row.closure, row.measure, row.year) == ("net", MAIN[0], "gdp", whole.years[-1])
    )
    assert row.change.p50 == pytest.approx(np.median(change[:, -1]), rel=1e-12)


@pytest.mark.parametrize(
    ("question", "kinds"),
    [(Question(("sun",), delay=2), ["late"]), (Question(("sun",), cancel_after=2026), ["given up", "left"])],
)
def test_late_and_given_up_are_kinds_of_their_own(ruritania, crown, nobody, question, kinds):
    found = effects(ruritania, crown, nobody, SEED, question, 2)
    assert list(found.kinds) == kinds
    assert {row.kind for row in found.groups[0].rows} == set(kinds) <= set(KINDS)


def test_what_has_no_date_says_so_and_can_be_supposed_to_have_one(ruritania, crown, nobody):
    undated = replace(crown.initiatives["hall"], promises=())
    strategy = replace(crown, initiatives={**crown.initiatives, "hall": undated})
    bare = effects(ruritania, strategy, nobody, SEED, Question(("hall",)), 2)
    assert bare.groups[0].rows == ()
    assert "no date" in bare.groups[0].members["hall"]
    dated = effects(ruritania, strategy, nobody, SEED, Question(("hall",), promise=2028), 2)
    assert dated.groups[0].rows
    assert "hall" in dated.notes[0]


@pytest.mark.parametrize(
    "question",
    [
        Question(("railwy",)),
        Question(("sun",), delay=-1),
        Question(("sun",), delay=1, cancel_after=2027),
        Question(("sun",), cancel_after=1990),
        Question(("sun",), promise=1990),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(ruritania, crown, nobody, question):
    with pytest.raises(MoravaError) as error:
        effects(ruritania, crown, nobody, SEED, question, 1)
    assert all(problem.mend for problem in error.value.problems)


GOOD = "pair: {title: {en: Pair, sr: Пар}, initiatives: [sun, hall]}"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (GOOD, None),
        (GOOD.replace("hall", "halll"), "halll is no initiative"),
        (GOOD.replace("hall", "sun"), "sun stands twice"),
        (GOOD.replace("pair:", "sun:"), "is an initiative too"),
        (GOOD.replace("[sun, hall]", "[]"), "initiatives"),
        (GOOD + "\nother: {initiatives: [sun]}", "title"),
    ],
)
def test_groups_are_read_strictly(tmp_path, crown, text, what):
    folder = tmp_path / "land"
    for name in (crown.name, "variant"):
        (folder / "strategies" / name).mkdir(parents=True)
    (folder / "strategies" / crown.name / "strategy.yaml").write_text(f"name: {crown.name}\n")
    (folder / "strategies" / "variant" / "strategy.yaml").write_text(f"name: variant\nparent: {crown.name}\n")
    (folder / "strategies" / crown.name / "groups.yaml").write_text(text)
    problems = Problems()
    for name in (crown.name, "variant"):
        found = read_groups(folder, replace(crown, name=name), problems)
        if what is None:
            assert found["pair"].initiatives == ("sun", "hall")
    told = [str(problem) for problem in problems]
    assert (told == []) if what is None else any(what in one for one in told)


def test_the_groups_of_serbia_are_weighed_by_the_variants_too():
    country = read_pack("serbia")
    own, other = (
        read_groups(Path(country.folder), read_strategy(country, name)) for name in ("", "serbia-2030-no-data-centres")
    )
    assert own == other
    assert {"smederevo", "bor", "railways", "motorways", "robots", "data-centres", "energy"} == set(own)
    energy = {
        name
        for name, one in read_strategy(country).initiatives.items()
        if one.sector.startswith("energy") and one.cost_low is not None
    }
    assert energy - {"nis-sale"} <= set(own["energy"].initiatives)
