"""What the files of a country may say, and what nobody chooses: one schema a kind of file."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from morava.plans.schema_types import (
    Day,
    DayOrNone,
    Entry,
    Given,
    Label,
    Name,
    NameOrNone,
    Number,
    OneOf,
    Sha256,
    StageName,
    Title,
    Words,
    Year,
)
from morava.plans.types import (
    CONFLICT_KINDS,
    DISTRIBUTIONS,
    STATUSES,
    VERBS,
)
from morava.quantities import DIMENSIONS

GRADES = ("A", "B", "C")

Status = Annotated[str, OneOf(STATUSES)]
Dimension = Annotated[str, OneOf(DIMENSIONS)]
Where = dict[Dimension, Label]


class CountryFile(Entry):
    """`country.yaml`: the frame in which the facts are read."""

    name: Name = Field(description="Short name, as the folder is called.")
    title: Title
    strategy: Name = Field(description="The strategy that is judged where none is named.")
    price_base: Annotated[str, Field(pattern=r"^[A-Z]{3}_\d{4}$")] = Field(description="What `money` means: EUR_2025.")
    discount_rate: Name = Field(description="Name of the fact that gives the discount rate.")
    as_of: Day = Field(description="Day from which the future is counted.")
    first_year: Year = Field(description="First year for which models answer.")
    last_year: Year = Field(description="Last year for which models answer.")
    boundary: Given = Field(description="Which territory the facts speak of, and what is unsettled about it.")
    version: Given = Field(description="Version of the pack.")
    gaps: dict[Given, Given] = Field(default={}, description="What is known to be missing, and why.")


class SourceEntry(Entry):
    """One source of `sources.yaml`."""

    title: Given = Field(description="Title of the page, paper or table.")
    producer: Given = Field(description="Who published it.")
    address: Given = Field(description="Where it can be read; `fictional` in a fictional pack.")
    published: DayOrNone = Field(default="", description="When it was published.")
    accessed: DayOrNone = Field(default="", description="When it was read.")
    licence: Words = Field(default="", description="Licence of the data taken from it.")
    sha256: Sha256 = Field(default="", description="Hash of the file that was read.")
    grade: Annotated[str, OneOf(GRADES)] = Field(
        description="A official or academic, B agency or trade press, C aggregator or partisan."
    )


class ConflictEntry(Entry):
    """One conflict of `conflicts.yaml`: facts or claims that disagree."""

    subject: Given = Field(description="What they disagree about.")
    sides: Annotated[list[Annotated[list[Name], Field(min_length=1)]], Field(min_length=2)] = Field(
        description="Each side lists the facts or claims that stand on it."
    )
    kind: Annotated[str, OneOf(CONFLICT_KINDS)] = Field(description="Why they disagree.")
    weights: list[Number] = Field(default=[], description="Weight of each side of a genuine conflict; they sum to 1.")
    chosen: int | None = Field(default=None, ge=0, description="Side that counts, from 0, where it is not genuine.")
    reading: Words = Field(default="", description="Why it is read so.")


class MendEntry(Entry):
    """What was changed in data as they were found."""

    what: Given = Field(description="What was changed.")
    why: Given = Field(description="Why.")


class SeriesEntry(Entry):
    """One hourly series of `series/series.yaml`: a Parquet file of 8,760 rows, a column a label."""

    quantity: Given = Field(description="Hourly quantity of the glossary.")
    file: Given = Field(description="Parquet file below the folder of series.")
    columns: Words = Field(default="", description="Dimension whose labels the columns are, e.g. weather.")
    sources: list[Name] = Field(default=[], description="Where the numbers come from.")
    status: Annotated[str, OneOf(STATUSES)] = Field(description="How the numbers came about.")
    borrowed: Words = Field(default="", description="Why the shape stands for what it was not measured on.")
    mends: list[MendEntry] = Field(default=[], description="What was changed, each with its reason.")
    instead: Words = Field(default="", description="Series that stands in where the folder of this one is left out.")


class TableEntry(Entry):
    """One table of `trade/trade.yaml`: a Parquet file, a row a cell, a column a dimension, and `value`."""

    quantity: Given = Field(description="Quantity of a table of trade.")
    file: Given = Field(description="Parquet file below the folder of tables.")
    unit: Given = Field(description="Unit of the values.")
    sources: list[Name] = Field(default=[], description="Where the numbers come from.")
    status: Annotated[str, OneOf(STATUSES)] = Field(description="How the numbers came about.")
    known_on: DayOrNone = Field(default="", description="When it, or what it is made of, was known.")
    synthetic: Words = Field(default="", description="How the table was put together, where nobody measured it.")
    mends: list[MendEntry] = Field(default=[], description="What was changed, each with its reason.")


class GateEntry(Entry):
    """The gate at the end of a stage: it can fail and be tried again."""

    passes: float = Field(alias="pass", gt=0, le=1, description="Chance that one attempt succeeds.")
    wait: float = Field(default=0, ge=0, le=240, description="Months lost by a failed attempt.")
    attempts: int = Field(default=1, ge=1, le=20, description="Attempts before the initiative is cancelled.")


class StageEntry(Entry):
    """A stage of a reference class."""

    name: Name = Field(description="Short name.")
    title: Given = Field(description="What happens in it.")
    share: float = Field(gt=0, le=1, description="Share of the planned time; the longest path sums to 1.")
    after: list[Name] = Field(default=[], description="Stages that must end before it begins.")
    gate: GateEntry | None = Field(default=None, description="Gate at its end, where there is one.")


class InitiativeStageEntry(StageEntry):
    """A stage that an initiative writes for itself."""

    after: list[StageName] = Field(
        default=[], description="Stages that must end before it begins; initiative/stage for one of another initiative."
    )
    milestone: Words = Field(default="", description="Milestone of the promises that speak of its end.")


class ReferenceClassEntry(Entry):
    """One class of `reference_classes.yaml`: projects that were like this one."""

    title: Given = Field(description="What the class holds.")
    delay: Annotated[list[Name], Field(min_length=3, max_length=3)] = Field(
        description="Facts of reference_delay_factor at p10, p50, p90."
    )
    cost: Annotated[list[Name], Field(min_length=3, max_length=3)] = Field(
        description="Facts of reference_cost_factor at p10, p50, p90."
    )
    stages: Annotated[list[StageEntry], Field(min_length=1)] = Field(description="The stages, in any order.")
    source: Name = Field(description="Source of the stages.")
    status: Status = Field(description="How the stages are known.")
    slips: bool = Field(default=True, description="Whether announced dates of the class move; false for fixed days.")


class DistributionEntry(Entry):
    """How an uncertainty is spread; its parameters stand beside the kind."""

    kind: Annotated[str, OneOf([kind for kind in DISTRIBUTIONS if kind != "conflict"])] = Field(
        description="Kind of distribution."
    )
    low: Number | None = Field(default=None, description="Lowest value (uniform, triangular).")
    mode: Number | None = Field(default=None, description="Likeliest value (triangular).")
    high: Number | None = Field(default=None, description="Highest value (uniform, triangular).")
    mean: Number | None = Field(default=None, description="Mean (normal).")
    sd: Number | None = Field(default=None, description="Standard deviation (normal).")
    p10: Number | None = Field(default=None, description="Value that one in ten lies below (lognormal).")
    p50: Number | None = Field(default=None, description="Median (lognormal, with p10 and p90).")
    p90: Number | None = Field(default=None, description="Value that nine in ten lie below (lognormal).")
    median: Number | None = Field(default=None, description="Median (lognormal, with sigma).")
    sigma: Number | None = Field(default=None, description="Standard deviation of the logarithm (lognormal).")
    values: list[Number] = Field(default=[], description="Values (discrete, empirical).")
    weights: list[Number] = Field(default=[], description="Weight of each value (discrete); they sum to 1.")
    unit: Words = Field(default="", description="Unit of the values; the quantity's own where left out.")


class MovesEntry(Entry):
    """What an uncertainty does to a quantity."""

    quantity: Name = Field(description="Name of the glossary.")
    verb: Annotated[str, OneOf(VERBS)] = Field(description="What is done to it.")
    where: Where = Field(default={}, description="Labels where it is done; everywhere if left out.")


class UncertaintyEntry(Entry):
    """One thing that nobody chooses."""

    title: Given = Field(description="What is uncertain.")
    column: int | None = Field(default=None, ge=0, le=20_000, description="Its Sobol column, for ever.")
    each: list[Dimension] = Field(default=[], description="Dimensions whose every label has a stream of its own.")
    distribution: DistributionEntry | None = Field(default=None, description="How it is spread.")
    conflict: NameOrNone = Field(default="", description="The genuine conflict that it decides.")
    moves: MovesEntry | None = Field(default=None, description="What it changes.")
    status: Status = Field(description="How its spread is known.")
    source: Name = Field(description="Source of its spread.")
    because: Words = Field(default="", description="Why it is so.")


class CorrelationEntry(Entry):
    """The rank correlation of two uncertainties that own columns."""

    between: Annotated[list[Name], Field(min_length=2, max_length=2)] = Field(description="The two uncertainties.")
    rank: float = Field(gt=-1, lt=1, description="Spearman's rank correlation.")


class FuturesFile(Entry):
    """`futures/<name>.yaml`: what nobody chooses."""

    name: Name = Field(description="Short name, as the file is called.")
    seed: int = Field(ge=0, le=2**53, description="Seed where none is named.")
    uncertainties: dict[Name, UncertaintyEntry] = Field(description="By name.")
    correlations: list[CorrelationEntry] = Field(default=[], description="Pairs that move together.")
