"""The words, numbers and dates that files of a pack are made of, as pydantic types with their own errors."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Annotated, Any, NoReturn, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    Tag,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from morava.errors import MoravaError, nearest
from morava.quantities.dates import interval

EARLIEST_YEAR, LATEST_YEAR = 1800, 2200
"""Years that a plan can speak of; the rest are slips of the pen."""

_YEARS = re.compile(r"^(\d{4})\.\.(\d{4})$")


class Entry(BaseModel):
    """A mapping of a file: unknown keys are refused and nothing is converted behind the writer's back."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def refuse(what: str, mend: str) -> NoReturn:
    """Raise inside a validator, with a mend of its own."""
    raise PydanticCustomError("morava", "{what}", {"what": what, "mend": mend})


class OneOf:
    """A word of a closed list; an unknown one is answered with the nearest."""

    def __init__(self, words: Collection[str]) -> None:
        self.words = tuple(words)

    def check(self, word: str) -> str:
        """Return the word, or refuse it."""
        if word not in self.words:
            refuse(f"{word!r} is unknown", nearest(word, self.words))
        return word

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), "enum": list(self.words)}


def _as_words(value: object) -> object:
    """Let a number stand where words are meant and the two cannot be confused, e.g. `date: 2030`."""
    return str(value) if type(value) in (int, float) else value


def _check_day(text: str) -> str:
    if text:
        try:
            first, last = interval(text)
        except MoravaError as error:
            refuse(error.problems[0].what, error.problems[0].mend)
        if first < EARLIEST_YEAR or last > LATEST_YEAR + 1:
            refuse(f"{text!r} is not between {EARLIEST_YEAR} and {LATEST_YEAR}", "mend the year")
    return text


def _check_given(text: str) -> str:
    if not text:
        refuse("nothing is written", "write it, or take the key out where it is optional")
    return text


def _read_years(value: object) -> object:
    if type(value) is int:
        return value, value
    if isinstance(value, str) and (match := _YEARS.match(value.strip())):
        first, last = int(match[1]), int(match[2])
        if first <= last:
            return first, last
    return refuse(f"{value!r} is no year", "write 2030, or 2026..2035")


def _kind_of_value(value: object) -> str:
    return "by year" if isinstance(value, dict) else "number"


def _kind_of_labels(value: object) -> str:
    return "labels" if isinstance(value, list) else "label"


def _as_year(key: object) -> object:
    return int(key) if isinstance(key, str) and re.match(r"^\d{4}$", key) else key


Words: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5000)]
Given: TypeAlias = Annotated[Words, AfterValidator(_check_given)]
Name: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._ +-]*$", max_length=120)
]
NameOrNone: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^([A-Za-z0-9][A-Za-z0-9._ +-]*)?$", max_length=120)
]
StageName: TypeAlias = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._ +-]*(/[A-Za-z0-9][A-Za-z0-9._ +-]*)?$",
        max_length=240,
    ),
]
_DAY_SCHEMA = {"type": ["string", "integer"], "description": "2030, 2026-Q4, 2026-H1, 2027-12, 2026-02-27, 2025..2035"}
DayOrNone: TypeAlias = Annotated[
    Words, BeforeValidator(_as_words), AfterValidator(_check_day), WithJsonSchema(_DAY_SCHEMA)
]
Day: TypeAlias = Annotated[DayOrNone, AfterValidator(_check_given), WithJsonSchema(_DAY_SCHEMA)]
Label: TypeAlias = Annotated[
    Given, BeforeValidator(_as_words), WithJsonSchema({"type": ["string", "number"], "minLength": 1})
]
Number: TypeAlias = Annotated[float, Field(allow_inf_nan=False)]
Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]
Year: TypeAlias = Annotated[int, Field(ge=EARLIEST_YEAR, le=LATEST_YEAR)]
YearKey: TypeAlias = Annotated[Year, BeforeValidator(_as_year)]
Years: TypeAlias = Annotated[
    tuple[Year, Year],
    BeforeValidator(_read_years),
    WithJsonSchema({"type": ["integer", "string"], "pattern": r"^\d{4}\.\.\d{4}$"}),
]
Sha256: TypeAlias = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]
Value: TypeAlias = Annotated[
    Annotated[Number, Tag("number")] | Annotated[dict[YearKey, Number], Tag("by year")], Discriminator(_kind_of_value)
]
Labels: TypeAlias = Annotated[
    Annotated[Label, Tag("label")] | Annotated[list[Label], Field(min_length=1), Tag("labels")],
    Discriminator(_kind_of_labels),
]


class Title(Entry):
    """A title in English and in Serbian (Cyrillic)."""

    en: Given = Field(description="In English.")
    sr: Given = Field(description="In Serbian, Cyrillic script.")
