"""Tiny made texts: one claim, one initiative, one envelope, each with only what a rule looks at."""

from types import SimpleNamespace

import pytest

from morava.plans.types import (
    Agreement,
    Change,
    Claim,
    Conflict,
    Country,
    Envelope,
    Fact,
    Financing,
    Initiative,
    Measure,
    Passage,
    Promise,
    Strategy,
    Test,
)


def named(items):
    return {item.name: item for item in items}


def fact(name, quantity, value, unit, period="", status="measured", **where):
    low, high = value if isinstance(value, tuple) else (value, value)
    return Fact(name, quantity, where, low, high, "", unit, period, "2025-12-31", "", "yearbook", "", status, "")


def conflict(name, kind, *sides, subject="", chosen=None, reading="Because."):
    weights = (1 / len(sides),) * len(sides) if kind == "genuine" else ()
    return Conflict(name, subject or name, tuple((side,) for side in sides), kind, weights, chosen, reading)


def bound(quantity, year=None, at_least=None, at_most=None, by="", unit="1", **where):
    years = None if year is None else (year, year)
    return Test(quantity, "", Measure(quantity, where, years, {}), None, "", "", at_least, at_most, unit, by, "")


def claim(name, kind="target", tense="future", evidence="untested", paragraph=1, **other):
    given = {"says": f"It is said in {name}", "voice": "article", "facts": (), "tests": (), "sets_target": {}} | other
    note = given.pop("evidence_note", "")
    return Claim(
        name=name, kind=kind, tense=tense, evidence=evidence, evidence_note=note, sector="", partners=(), awaits="",
        passage=Passage("speech", paragraph, 0, 1, ""), required_share=0.8, **given,
    )  # fmt: skip


def target(quantity, year, value, unit, **where):
    return {"quantity": quantity, "year": year, "value": value, "unit": unit} | where


def promise(date, said="2024", milestone="open", kind="first promise", name=""):
    return Promise(name or f"{milestone} by {date}", milestone, said, date, kind, (), "", "")


def money(lender, share):
    return Financing(lender, lender, share, "state", False, "", "")


def change(quantity, verb="set", start="finish", until="", **where):
    return Change(quantity, verb, 1.0, "MW", where, start, 0.0, until, "")


def initiative(name, cost=None, unit="million RUC_2025", **other):
    low, high = cost if isinstance(cost, tuple) else (cost, cost)
    given = {
        "status": "announced", "owner": "", "part_of": "", "envelope": "", "financing": (), "promises": (),
        "started": "", "finished": "", "depends_on": (), "changes": (), "facts": (), "claims": (), "milestone": "open",
        "title_en": name.capitalize(), "sector": "",
    } | other  # fmt: skip
    return Initiative(
        name=name, origin="", title_sr="", partners=(), reference_class="", cost_low=low, cost_high=high,
        cost_unit=unit, cost_note="", stages=(), note="", **given,
    )  # fmt: skip


def agreement(name, facts=(), claims=(), legal_force="binding"):
    return Agreement(
        name, "", name.capitalize(), "", (), "treaty", legal_force, "signed", "2024", None, "", (), facts, claims, ""
    )


def envelope(name, amount, first, last, part_of="", facts=(), note="", unit="million RUC_2025"):
    return Envelope(name, name.capitalize(), "", amount, unit, first, last, part_of, facts, note)


def text(facts=(), conflicts=(), claims=(), initiatives=(), agreements=(), envelopes=()):
    """Return country and strategy, ready for a rule."""
    prices = (
        fact("deflator-2023", "price_deflator", 80, "1", "2023", currency="RUC"),
        fact("deflator-2025", "price_deflator", 100, "1", "2025", currency="RUC"),
    )
    country = Country(
        name="made", title_en="Made", title_sr="", price_base="RUC_2025", discount_rate="", as_of="2026-01-01",
        first_year=2026, last_year=2040, boundary="", version="1", sources={}, facts=named((*prices, *facts)),
        conflicts=named(conflicts), reference_classes={}, gaps={}, strategy="plan", folder="",
    )  # fmt: skip
    strategy = Strategy(
        "plan", "Plan", "", "", "", 0.8, {}, named(initiatives), named(agreements), named(claims), named(envelopes)
    )
    return country, strategy


@pytest.fixture
def made():
    """Return the makers by name."""
    return SimpleNamespace(
        fact=fact, conflict=conflict, bound=bound, claim=claim, target=target, promise=promise, money=money,
        change=change, initiative=initiative, agreement=agreement, envelope=envelope, text=text,
    )  # fmt: skip
