"""What the files of a strategy may say: one schema a kind of entry."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from morava.plans.country_schemas import Dimension, InitiativeStageEntry, Where
from morava.plans.schema_types import (
    DayOrNone,
    Entry,
    Given,
    Label,
    Labels,
    Name,
    NameOrNone,
    Number,
    OneOf,
    Sha256,
    Share,
    Title,
    Value,
    Words,
    Year,
    Years,
)
from morava.plans.types import (
    AGREEMENT_STAGES,
    CLAIM_KINDS,
    EVIDENCE,
    INITIATIVE_STATUSES,
    LEVER_KINDS,
    POLICY_VERBS,
    VERBS,
    VOICES,
)
from morava.quantities.units import CURRENCIES

TENSES = ("past", "present", "future", "timeless")
PROMISE_KINDS = ("first promise", "later promise", "actual")
FINANCING_KINDS = (
    "state",
    "loan to the state",
    "loan to another state",
    "loan to a company",
    "company",
    "foreign investment",
    "grant",
)
"""Closed, because `state` and `loan to the state` count against public debt: a slip of the pen would lose debt."""
COMPARISONS = ("", "ratio", "difference")
REDUCTIONS = ("sum", "mean", "max", "min", "last")


class DocumentEntry(Entry):
    """A document that claims come from; its text stays with its publisher."""

    title: Given = Field(description="Title.")
    producer: Given = Field(description="Who published it.")
    published: DayOrNone = Field(default="", description="When it was published.")
    sha256: Sha256 = Field(default="", description="Hash of the whole text; empty for a fictional document.")
    licence: Words = Field(default="", description="Licence of the text.")


class EnvelopeEntry(Entry):
    """A sum set aside for a span of years."""

    title: Title
    amount: float = Field(ge=0, allow_inf_nan=False, description="The sum, in `unit`.")
    unit: Given = Field(description="Money with its price year: million EUR_2026.")
    first_year: Year = Field(description="First year of the span.")
    last_year: Year = Field(description="Last year of the span.")
    part_of: NameOrNone = Field(default="", description="Envelope that holds it.")
    facts: list[Name] = Field(default=[], description="Facts that say so.")
    note: Words = Field(default="", description="Anything else.")


class StrategyFile(Entry):
    """`strategy.yaml`: the frame of a strategy, or what a variant changes in it."""

    name: Name = Field(description="Short name, as the folder is called.")
    title: Title
    parent: NameOrNone = Field(default="", description="Strategy of which this is a variant.")
    because: Words = Field(default="", description="Why the variant differs.")
    required_share: float = Field(gt=0.5, le=1, description="Share of futures in which a claim must hold.")
    documents: dict[Name, DocumentEntry] = Field(default={}, description="Documents, by name.")
    envelopes: dict[Name, EnvelopeEntry] = Field(default={}, description="Envelopes, by name.")


class CostEntry(Entry):
    """The first public estimate of an initiative's cost: numbers, or facts that give it."""

    low: Number | None = Field(default=None, ge=0, description="Lowest estimate, in `unit`.")
    high: Number | None = Field(default=None, ge=0, description="Highest estimate, in `unit`.")
    unit: Words = Field(default="", description="Money with its price year.")
    facts: list[Name] = Field(default=[], description="Facts of initiative_cost.")
    note: Words = Field(default="", description="Anything else.")


class FinancingEntry(Entry):
    """Who pays which share."""

    lender: Given = Field(description="Source of the money.")
    partner: Given = Field(description="Country or bloc behind it.")
    currency: Annotated[str, OneOf(("", *CURRENCIES))] = Field(default="", description="Currency that it is owed in.")
    share: Share = Field(description="Share of the cost.")
    kind: Annotated[str, OneOf(FINANCING_KINDS)] = Field(description="Who owes or gives the money.")
    guaranteed: bool = Field(default=False, description="Whether the state guarantees it.")
    status: Words = Field(default="", description="How far it came.")
    because: Words = Field(default="", description="Why it is read so.")


class PromiseEntry(Entry):
    """A date that somebody named for a milestone."""

    name: Name = Field(description="Short name, unique in the strategy.")
    milestone: Given = Field(description="What was promised.")
    said: DayOrNone = Field(default="", description="When it was said; empty where unknown.")
    date: DayOrNone = Field(description="The date that was named; empty where none was.")
    kind: Annotated[str, OneOf(PROMISE_KINDS)] = Field(description="First or later promise, or what happened.")
    facts: list[Name] = Field(default=[], description="Facts that say so.")
    source: NameOrNone = Field(default="", description="Source that says so.")
    note: Words = Field(default="", description="Anything else.")


class ChangeEntry(Entry):
    """What an initiative does to a quantity."""

    quantity: Name = Field(description="Name of the glossary.")
    verb: Annotated[str, OneOf(VERBS)] = Field(description="What is done to it.")
    value: Value = Field(description="A number, or numbers by year.")
    unit: Words = Field(default="", description="Unit of the value; none for scale.")
    where: Where = Field(default={}, description="Labels where it is done; everywhere if left out.")
    start: Label = Field(description="A date, a stage of the initiative, or `finish`.")
    full_by: float = Field(default=0, ge=0, le=100, description="Years until it holds in full, growing linearly.")
    until: DayOrNone = Field(default="", description="Last day on which it holds.")
    because: Words = Field(default="", description="Why it is so.")


class InitiativeEntry(Entry):
    """One initiative: something that is to be built, bought or done."""

    title: Title
    origin: Words = Field(default="", description="Number of the record that it was made from.")
    sector: Given = Field(description="Sector.")
    owner: Words = Field(default="", description="Who answers for it.")
    partners: list[Given] = Field(default=[], description="Countries or blocs that take part.")
    status: Annotated[str, OneOf(INITIATIVE_STATUSES)] = Field(description="How far it came.")
    reference_class: NameOrNone = Field(default="", description="Projects that were like it.")
    part_of: NameOrNone = Field(default="", description="Initiative that holds it.")
    envelope: NameOrNone = Field(default="", description="Envelope that pays it.")
    cost: CostEntry | None = Field(default=None, description="First public estimate.")
    financing: list[FinancingEntry] = Field(default=[], description="Who pays; the shares sum to 1 at most.")
    milestone: Words = Field(default="", description="Milestone of the promises that speak of its completion.")
    started: DayOrNone = Field(default="", description="When work began.")
    finished: DayOrNone = Field(default="", description="When it was finished.")
    promises: list[PromiseEntry] = Field(default=[], description="Its rows of the slip ledger.")
    stages: list[InitiativeStageEntry] = Field(default=[], description="Stages, where not those of its class.")
    done: list[Name] = Field(default=[], description="Stages that lie in the past.")
    depends_on: list[Name] = Field(default=[], description="Initiatives that must be finished before.")
    changes: list[ChangeEntry] = Field(default=[], description="What it does to quantities.")
    facts: list[Name] = Field(default=[], description="Facts about it.")
    claims: list[Name] = Field(default=[], description="Claims about it.")
    note: Words = Field(default="", description="Anything else.")


class AgreementEntry(Entry):
    """One agreement: a paper between parties."""

    title: Title
    origin: Words = Field(default="", description="Number of the record that it was made from.")
    parties: Annotated[list[Given], Field(min_length=1)] = Field(description="Who agreed.")
    kind: Given = Field(description="What sort of paper it is.")
    legal_force: Given = Field(description="binding, not binding, unknown, ...")
    stage: Annotated[str, OneOf(AGREEMENT_STAGES)] = Field(description="How far it came.")
    date: DayOrNone = Field(default="", description="When that was.")
    amount: float | None = Field(default=None, ge=0, allow_inf_nan=False, description="Sum named in it.")
    amount_unit: Words = Field(default="", description="Unit of the sum.")
    initiatives: list[Name] = Field(default=[], description="Initiatives that rest on it.")
    facts: list[Name] = Field(default=[], description="Facts about it.")
    claims: list[Name] = Field(default=[], description="Claims about it.")
    note: Words = Field(default="", description="Anything else.")


class PassageEntry(Entry):
    """A place in a document."""

    document: Name = Field(description="Document of the strategy.")
    paragraph: int = Field(ge=1, description="Line of the text, from 1.")
    start: int = Field(ge=0, description="First character in it, from 0.")
    length: int = Field(ge=1, description="Characters.")
    sha256: Sha256 = Field(description="Hash of exactly these characters; empty for a fictional document.")


class MeasureEntry(Entry):
    """What a test looks at."""

    quantity: Name = Field(description="Name of the glossary.")
    where: dict[Dimension, Labels] = Field(default={}, description="A label, or several, by dimension.")
    year: Years | None = Field(default=None, description="A year, or a span of years.")
    over: dict[Dimension, Annotated[str, OneOf(REDUCTIONS)]] = Field(
        default={}, description="How a dimension with several labels becomes one number."
    )


class TestEntry(Entry):
    """A bound that a claim puts on the world."""

    __test__ = False

    name: Given = Field(description="Short name.")
    says: Words = Field(default="", description="The test in words.")
    measure: MeasureEntry = Field(description="What is looked at.")
    against: MeasureEntry | None = Field(default=None, description="What it is compared with.")
    without: NameOrNone = Field(default="", description="Initiative without which it is compared.")
    compare: Annotated[str, OneOf(COMPARISONS)] = Field(default="", description="ratio or difference.")
    at_least: Number | None = Field(default=None, description="Lower bound, in `unit`.")
    at_most: Number | None = Field(default=None, description="Upper bound, in `unit`.")
    unit: Words = Field(default="", description="Unit of the bounds.")
    by: DayOrNone = Field(default="", description="Latest date, its whole interval.")
    not_before: DayOrNone = Field(default="", description="Earliest date.")


class ClaimEntry(Entry):
    """One claim: a sentence of a document in our words, and how it is put to the test."""

    says: Given = Field(description="Paraphrase; never the document's words.")
    passage: PassageEntry = Field(description="Where it stands.")
    voice: Annotated[str, OneOf(VOICES)] = Field(description="Who says it.")
    kind: Annotated[str, OneOf(CLAIM_KINDS)] = Field(description="What sort of claim it is.")
    sector: Given = Field(description="Sector.")
    tense: Annotated[str, OneOf(TENSES)] = Field(description="Which time it speaks of.")
    partners: list[Given] = Field(default=[], description="Countries or blocs that it speaks of.")
    evidence: Annotated[str, OneOf(EVIDENCE)] = Field(description="What evidence says.")
    evidence_note: Words = Field(default="", description="Why.")
    facts: list[Name] = Field(default=[], description="Facts that speak for or against it.")
    tests: list[TestEntry] = Field(default=[], description="Bounds that it puts on the world.")
    awaits: Words = Field(default="", description="Model that could judge it, where there is none yet.")
    required_share: float | None = Field(default=None, gt=0.5, le=1, description="The strategy's, if left out.")
    sets_target: dict[Given, Label] = Field(
        default={}, description="The target it sets: quantity, value, unit, year, and the quantity's labels."
    )


class NewLenderEntry(Entry):
    """Who pays instead, where a lever of financing moves money."""

    lender: Given = Field(description="Source of the money.")
    partner: Given = Field(description="Country or bloc behind it.")
    currency: Annotated[str, OneOf(("", *CURRENCIES))] = Field(default="", description="Currency that it is owed in.")
    kind: Annotated[str, OneOf(FINANCING_KINDS)] = Field(description="Who owes or gives the money.")
    guaranteed: bool = Field(default=False, description="Whether the state guarantees it.")


class PolicyEntry(Entry):
    """What a lever of policy does to a quantity, over all years, by the value that the lever stands at."""

    quantity: Name = Field(description="Name of the glossary; facts or futures of the pack give it, no model does.")
    verb: Annotated[str, OneOf(POLICY_VERBS)] = Field(description="scale or add.")
    unit: Words = Field(default="", description="Unit of what is added; none for scale.")
    where: Where = Field(default={}, description="Labels where it is done; everywhere if left out.")


class LeverEntry(Entry):
    """One lever: what can be chosen otherwise, how far, and why so far."""

    title: Title
    kind: Annotated[str, OneOf(LEVER_KINDS)] = Field(description="What is moved.")
    group: NameOrNone = Field(default="", description="Group of `groups.yaml` whose initiatives are moved.")
    initiatives: list[Name] = Field(default=[], description="Initiatives that are moved.")
    money_of: NameOrNone = Field(
        default="", description="Of financing: the lender that pays less; `not found` is money without a named source."
    )
    paid_by: NewLenderEntry | None = Field(default=None, description="Of financing: who pays instead.")
    change: PolicyEntry | None = Field(default=None, description="Of policy: what is changed.")
    at_least: Number = Field(description="Lowest value.")
    at_most: Number = Field(description="Highest value.")
    step: float = Field(gt=0, allow_inf_nan=False, description="Step of the slider.")
    because: Given = Field(description="Why the range is so.")
    facts: list[Name] = Field(default=[], description="Facts behind the range.")
    sources: list[Name] = Field(default=[], description="Sources behind the range.")
