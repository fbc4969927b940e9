"""Envelopes in each other: what lies in what, what follows what, and which initiative is a programme itself."""

from __future__ import annotations

from morava.plans.coherence.criteria import tolerances
from morava.plans.coherence.text import COST, Text, cost_of
from morava.plans.types import Envelope, Initiative
from morava.quantities import find


def parts(text: Text, envelope: Envelope) -> tuple[Envelope, ...]:
    """Return the envelopes that say they are part of another, by first year and name."""
    found = [item for item in text.strategy.envelopes.values() if item.part_of == envelope.name]
    return tuple(sorted(found, key=lambda item: (item.first_year, item.last_year, item.name)))


def meet(one: Envelope, other: Envelope) -> bool:
    """Return whether two envelopes have a year in common."""
    return one.first_year <= other.last_year and other.first_year <= one.last_year


def spans(text: Text, envelope: Envelope) -> tuple[Envelope, ...]:
    """Return parts that follow each other without gap or overlap from the first year of an envelope to its last."""
    among = parts(text, envelope)

    def follow(year: int) -> tuple[Envelope, ...] | None:
        if year == envelope.last_year + 1:
            return ()
        for part in among:
            if part.first_year == year and part.last_year <= envelope.last_year:
                rest = follow(part.last_year + 1)
                if rest is not None:
                    return (part, *rest)
        return None

    found = follow(envelope.first_year)
    return found if found and len(found) > 1 else ()


def purposes(text: Text, envelope: Envelope) -> tuple[Envelope, ...]:
    """Return the parts of an envelope that are no spans of it."""
    following = spans(text, envelope)
    return tuple(part for part in parts(text, envelope) if part not in following)


def shares_its_years(text: Text, envelope: Envelope) -> bool:
    """Return whether an envelope is a span of its whole, and a purpose of that whole lies across it and another."""
    whole = text.strategy.envelopes.get(envelope.part_of)
    if whole is None or envelope not in spans(text, whole):
        return False
    return any(
        meet(part, envelope) and sum(meet(part, span) for span in spans(text, whole)) > 1
        for part in purposes(text, whole)
    )


def inside(text: Text, name: str, envelope: Envelope) -> bool:
    """Return whether the envelope of that name is an envelope, or lies in it at any depth."""
    seen: set[str] = set()
    while name in text.strategy.envelopes and name not in seen:
        if name == envelope.name:
            return True
        seen.add(name)
        name = text.strategy.envelopes[name].part_of
    return False


def nested(text: Text, one: str, other: str) -> bool:
    """Return whether one of two envelopes lies in the other, or both are one."""
    envelopes = text.strategy.envelopes
    return any(
        outer in envelopes and inside(text, inner, envelopes[outer]) for inner, outer in ((one, other), (other, one))
    )


def root_of(text: Text, envelope: Envelope) -> Envelope:
    """Return the outermost envelope around one; a circle ends where it closes."""
    seen = {envelope.name}
    while envelope.part_of in text.strategy.envelopes and envelope.part_of not in seen:
        envelope = text.strategy.envelopes[envelope.part_of]
        seen.add(envelope.name)
    return envelope


def amount_of(text: Text, envelope: Envelope) -> float:
    """Return the amount of an envelope, million money in the price base of the country."""
    return text.convert(envelope.amount, envelope.unit, find(COST).unit)


def programme_of(text: Text, initiative: Initiative) -> Envelope | None:
    """Return the envelope whose programme an initiative is: by its name, its title, or because it costs all of it."""
    envelope = text.strategy.envelopes.get(initiative.envelope)
    if envelope is None:
        return None
    own = cost_of(text, initiative)
    total = amount_of(text, envelope)
    is_all = own is not None and max(abs(side - total) for side in own) <= tolerances().rounding * total
    called_so = initiative.name == envelope.name or initiative.title_en == envelope.title_en
    return envelope if is_all or called_so else None
