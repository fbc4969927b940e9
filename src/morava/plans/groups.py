"""Groups of initiatives that are weighed together: `groups.yaml` of a strategy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, RootModel

from morava.errors import Problems, nearest
from morava.plans.pack import GROUPS_FILE, own_or_parent_file, read_file
from morava.plans.places import Places
from morava.plans.schema_types import Entry, Name, Title, Words
from morava.plans.types import Strategy


class GroupEntry(Entry):
    """Initiatives that are weighed together."""

    title: Title
    initiatives: list[Name] = Field(min_length=1, description="Names of initiatives of the strategy.")
    because: Words = Field(default="", description="Why these, and what stands beside them.")


class GroupsFile(RootModel[dict[Name, GroupEntry]]):
    """`groups.yaml`: groups of initiatives by name, in the order in which they are shown."""


@dataclass(frozen=True)
class Group:
    """Initiatives that are weighed together, by name."""

    name: str
    title_en: str
    title_sr: str
    initiatives: tuple[str, ...]
    because: str


def read_groups(folder: Path, strategy: Strategy, problems: Problems | None = None) -> dict[str, Group]:
    """Return the groups of a strategy, else those of the strategy that it varies; none where neither has a file.

    Parameters
    ----------
    folder
        Folder of the pack.
    strategy
        As read.
    problems
        Takes what is wrong with the file; without it, it is raised.

    Raises
    ------
    MoravaError
        When the file is none, names an initiative that is not there, or calls a group by the name of an initiative.

    Examples
    --------
    >>> from morava.plans.read import read_country, read_strategy
    >>> country = read_country("ruritania")
    >>> read_groups(Path(country.folder), read_strategy(country))
    {}
    """
    told = Problems() if problems is None else problems
    path, places = own_or_parent_file(folder, strategy.name, GROUPS_FILE), Places()
    if path is None:
        return {}
    file = read_file(folder, path, GroupsFile, ("groups",), places, told, frozenset({()}))
    entries: Mapping[str, GroupEntry] = file.root if file is not None else {}
    for name, entry in entries.items():
        if name in strategy.initiatives:
            told.add(f"{name} is an initiative too", places.where("groups", name), "call the group otherwise")
        for place, one in enumerate(entry.initiatives):
            where = places.where("groups", name, "initiatives", place)
            if one not in strategy.initiatives:
                told.add(f"{one} is no initiative of {strategy.name}", where, nearest(one, strategy.initiatives))
            if one in entry.initiatives[:place]:
                told.add(f"{one} stands twice in {name}", where, "leave one out")
    if problems is None:
        told.raise_if_any()
    return {
        name: Group(name, entry.title.en, entry.title.sr, tuple(entry.initiatives), entry.because)
        for name, entry in entries.items()
    }
