"""What people wrote down: a country, a strategy, its claims, the futures that nobody chooses.

Records only. They are frozen, hold no arithmetic, and are made by `morava.plans.read`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from morava.plans.file_types import Series, Table

STATUSES = ("measured", "reported", "planned", "derived", "assumed")
"""How a fact is known. `planned` states an intention, `assumed` has no source that was read."""
CONFLICT_KINDS = ("scope", "vintage", "unit error", "plan against actual", "genuine")
INITIATIVE_STATUSES = ("announced", "negotiating", "signed", "building", "operating", "delivered", "cancelled")
FINISHED = ("operating", "delivered")
AGREEMENT_STAGES = ("announced", "signed", "in force", "realised", "ended")
VERBS = ("set", "scale", "add")
LEVER_KINDS = ("size", "start", "financing", "policy")
POLICY_VERBS = ("scale", "add")
VOICES = ("article", "reader", "quoted")
CLAIM_KINDS = ("fact", "commitment", "target", "project", "causal claim", "opinion")
EVIDENCE = ("supported", "partly", "contradicted", "not found", "untested", "value judgement")
DISTRIBUTIONS = ("uniform", "triangular", "normal", "lognormal", "discrete", "empirical", "conflict")


@dataclass(frozen=True)
class Source:
    """Where something was read. `grade` A official or academic, B agency or trade press, C aggregator or partisan."""

    name: str
    title: str
    producer: str
    address: str
    published: str
    accessed: str
    licence: str
    sha256: str
    grade: str


@dataclass(frozen=True)
class Fact:
    """One thing that somebody said or measured about one quantity.

    `low` and `high` are equal for a single value, in the unit as written; a date is a decimal year (its interval);
    `text` holds words, and the form in which a number was printed. An open bound ("at least 15") has the other side
    None. `where` names every dimension of the quantity but time, which `period` gives as written ("2030",
    "2028..2035").
    """

    name: str
    quantity: str
    where: Mapping[str, str]
    low: float | None
    high: float | None
    text: str
    unit: str
    period: str
    known_on: str
    vintage: str
    source: str
    locator: str
    status: str
    note: str


@dataclass(frozen=True)
class Conflict:
    """Facts or claims that disagree, and what is done about it.

    Only a `genuine` conflict is drawn, either/or, with the weights declared beside each side; every other kind
    carries the side that was chosen, and `reading` says why.
    """

    name: str
    subject: str
    sides: tuple[tuple[str, ...], ...]
    kind: str
    weights: tuple[float, ...]
    chosen: int | None
    reading: str


@dataclass(frozen=True)
class StageTemplate:
    """One stage of a class of projects: its share of the planned time, what it follows, the gate at its end."""

    name: str
    title: str
    share: float
    after: tuple[str, ...]
    gate_pass: float
    gate_wait: float
    gate_attempts: int


@dataclass(frozen=True)
class ReferenceClass:
    """Projects that were like this one: how late and how dear they became, and the stages they went through.

    The factors are names of facts: `delay` and `cost` each at P10, P50 and P90 on the first public schedule or
    estimate. `slips` is false for things whose day does not move, such as a fair that opens when it must: the slip
    ledger of movable dates then says nothing about them.
    """

    name: str
    title: str
    delay: tuple[str, str, str]
    cost: tuple[str, str, str]
    stages: tuple[StageTemplate, ...]
    source: str
    status: str
    slips: bool = True


@dataclass(frozen=True)
class Country:
    """What is: facts with their sources and conflicts, and the frame in which they are read."""

    name: str
    title_en: str
    title_sr: str
    price_base: str
    discount_rate: str
    as_of: str
    first_year: int
    last_year: int
    boundary: str
    version: str
    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    conflicts: Mapping[str, Conflict]
    reference_classes: Mapping[str, ReferenceClass]
    gaps: Mapping[str, str]
    strategy: str
    folder: str
    series: Mapping[str, Series] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """What an initiative or a future does to a quantity.

    `value` is a number in `unit`, or a schedule of numbers by year. `start` is a date, or the name of a stage of the
    initiative (or `finish`) from whose end it holds; `full_by` years later it holds in full, growing linearly.
    """

    quantity: str
    verb: str
    value: float | Mapping[int, float]
    unit: str
    where: Mapping[str, str]
    start: str
    full_by: float
    until: str
    because: str


@dataclass(frozen=True)
class Promise:
    """A date that somebody named for a milestone, on a day: one row of the slip ledger."""

    name: str
    milestone: str
    said: str
    date: str
    kind: str
    facts: tuple[str, ...]
    source: str
    note: str


@dataclass(frozen=True)
class Financing:
    """Who pays which share of an initiative, how, in which currency (blank: not known), and under which guarantee."""

    lender: str
    partner: str
    share: float
    kind: str
    guaranteed: bool
    status: str
    because: str
    currency: str = ""


@dataclass(frozen=True)
class Stage:
    """A stage of one initiative, taken from its class or written for itself.

    `milestone` ties it to promises of that name; `done` says that it lies in the past.
    """

    name: str
    title: str
    share: float
    after: tuple[str, ...]
    gate_pass: float
    gate_wait: float
    gate_attempts: int
    milestone: str
    done: bool


@dataclass(frozen=True)
class Initiative:
    """Something that is to be built, bought or done, by somebody, for a sum, by a date.

    `started` is when work and its money begin, past or announced; without it they begin on the pack's own day. `size`
    is what part of it is taken to be built, or to go on where it stands: of its cost, and of all that it changes.
    """

    name: str
    origin: str
    title_en: str
    title_sr: str
    sector: str
    owner: str
    partners: tuple[str, ...]
    status: str
    reference_class: str
    part_of: str
    envelope: str
    cost_low: float | None
    cost_high: float | None
    cost_unit: str
    cost_note: str
    financing: tuple[Financing, ...]
    milestone: str
    started: str
    finished: str
    promises: tuple[Promise, ...]
    stages: tuple[Stage, ...]
    depends_on: tuple[str, ...]
    changes: tuple[Change, ...]
    facts: tuple[str, ...]
    claims: tuple[str, ...]
    note: str
    size: float = 1.0


@dataclass(frozen=True)
class Agreement:
    """A paper between parties, with its legal force and how far it came."""

    name: str
    origin: str
    title_en: str
    title_sr: str
    parties: tuple[str, ...]
    kind: str
    legal_force: str
    stage: str
    date: str
    amount: float | None
    amount_unit: str
    initiatives: tuple[str, ...]
    facts: tuple[str, ...]
    claims: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Measure:
    """What a test looks at: a quantity, at labels, reduced over dimensions by `sum`, `mean`, `max`, `min`, `last`."""

    quantity: str
    where: Mapping[str, str | tuple[str, ...]]
    year: tuple[int, int] | None
    over: Mapping[str, str]


@dataclass(frozen=True)
class Test:
    """A bound that a claim puts on the world.

    The measure, or its `ratio` to or `difference` from another (another year, another place, or the same without an
    initiative), must lie between the bounds, given in `unit`; a date must not come later than `by`, nor earlier than
    `not_before`.
    """

    __test__ = False

    name: str
    says: str
    measure: Measure
    against: Measure | None
    without: str
    compare: str
    at_least: float | None
    at_most: float | None
    unit: str
    by: str
    not_before: str


@dataclass(frozen=True)
class Passage:
    """A place in a document: paragraph from 1, characters in it, and the sha256 of exactly these."""

    document: str
    paragraph: int
    start: int
    length: int
    sha256: str


@dataclass(frozen=True)
class Claim:
    """A sentence of the strategy's document, in our words, and how it can be put to the test."""

    name: str
    says: str
    passage: Passage
    voice: str
    kind: str
    sector: str
    tense: str
    partners: tuple[str, ...]
    evidence: str
    evidence_note: str
    facts: tuple[str, ...]
    tests: tuple[Test, ...]
    awaits: str
    required_share: float
    sets_target: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Envelope:
    """A sum set aside for a span of years, inside another one or standing alone."""

    name: str
    title_en: str
    title_sr: str
    amount: float
    unit: str
    first_year: int
    last_year: int
    part_of: str
    facts: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Document:
    """The text that the claims come from; the text itself stays with its publisher."""

    name: str
    title: str
    producer: str
    published: str
    sha256: str
    licence: str


@dataclass(frozen=True)
class Strategy:
    """What they choose: initiatives, agreements, claims and envelopes; a variant lists only what differs, and why.

    `policies` are changes of what holds without any initiative, over all years: levers make them, no file does.
    """

    name: str
    title_en: str
    title_sr: str
    parent: str
    because: str
    required_share: float
    documents: Mapping[str, Document]
    initiatives: Mapping[str, Initiative]
    agreements: Mapping[str, Agreement]
    claims: Mapping[str, Claim]
    envelopes: Mapping[str, Envelope]
    policies: Mapping[str, Change] = field(default_factory=dict)


@dataclass(frozen=True)
class Distribution:
    """How an uncertainty is spread: the kind, its parameters in `unit`, and for `discrete` values with weights."""

    kind: str
    parameters: Mapping[str, float]
    values: tuple[float, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True)
class Uncertainty:
    """One thing that nobody chooses.

    It owns a Sobol `column` for ever, or, where `each` names dimensions, a counter-based stream for every label. It
    moves one quantity by a verb (a change of the world), or decides a genuine conflict.
    """

    name: str
    title: str
    column: int | None
    each: tuple[str, ...]
    distribution: Distribution
    conflict: str
    quantity: str
    verb: str
    unit: str
    where: Mapping[str, str]
    status: str
    source: str
    because: str


@dataclass(frozen=True)
class Futures:
    """The file of what nobody chooses: its uncertainties and their rank correlations, by pairs of names."""

    name: str
    seed: int
    uncertainties: Mapping[str, Uncertainty]
    correlations: Mapping[tuple[str, str], float]
