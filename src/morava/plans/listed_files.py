"""Lists of data files of a pack: what every entry says of its file, whatever the file holds."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from morava.errors import Problems, nearest
from morava.plans.file_types import Mend
from morava.plans.pack import shown
from morava.plans.places import Places
from morava.plans.types import STATUSES
from morava.plans.yaml_file import read_yaml


@dataclass(frozen=True)
class Kind:
    """What is listed: the word for one, the sub-folder and its list, the keys of an entry, and those that it needs."""

    word: str
    folder: str
    list_file: str
    keys: Sequence[str]
    needed: Sequence[str]


@dataclass(frozen=True)
class Entry:
    """One entry of a list, as written, with what every kind of file says of itself."""

    name: str
    where: str
    given: Mapping[str, Any]
    sources: tuple[str, ...]
    status: str
    mends: tuple[Mend, ...]
    complete: bool
    """Whether every needed key is there."""

    def word(self, key: str) -> str:
        """Return a key as a word; blank where it is left out."""
        return str(self.given.get(key) or "")


def read_entries(
    kind: Kind, folder: Path, sources: Mapping[str, object], places: Places, problems: Problems
) -> Iterator[Entry]:
    """Yield every entry of a list that is written as one; note what is wrong with them.

    A pack may leave the whole folder out. It may not hold the folder without the list.
    """
    listing = folder / kind.folder / kind.list_file
    listed = shown(folder, listing)
    if not listing.is_file():
        if (folder / kind.folder).exists():
            problems.add(
                f"{kind.folder} holds no {kind.list_file}", listed, f"list every {kind.word}, or take the folder away"
            )
        return
    entries: Any = {}
    with problems.collecting():
        file = read_yaml(listing, listed)
        places.add((kind.folder,), file)
        entries = file.data or {}
    if not isinstance(entries, dict):
        problems.add(f"{kind.list_file} is not a mapping", listed, "write name: and its keys under it")
        return
    for name, entry in entries.items():
        where = places.where(kind.folder, name)
        if not isinstance(entry, dict):
            problems.add(
                f"{kind.word} {name} is not written as a {kind.word}", where, f"keys are {', '.join(kind.keys)}"
            )
            continue
        for key in sorted(set(entry) - set(kind.keys)):
            problems.add(f"{kind.word} {name} has the unknown key {key}", where, nearest(key, kind.keys))
        given = entry.get("sources")
        spoilt = [str(one) for one in given if places.has("sources", str(one))] if isinstance(given, list) else []
        yield _read_entry(
            kind, str(name), entry, {*sources, *spoilt}, where, problems
        )  # a spoilt source is told of once


def _read_entry(
    kind: Kind, name: str, entry: Mapping[str, Any], sources: Collection[str], where: str, problems: Problems
) -> Entry:
    named = [str(source) for source in _list_of(entry, "sources", where, problems)]
    for source in named:
        if source not in sources:
            problems.add(f"there is no source {source!r}", where, nearest(source, list(sources)))
    status = str(entry.get("status") or "")
    if status not in STATUSES:
        problems.add(f"status {status!r} is unknown", where, f"use one of {', '.join(STATUSES)}")
    mends = _list_of(entry, "mends", where, problems)
    if not all(isinstance(mend, dict) and set(mend) == {"what", "why"} for mend in mends):
        problems.add(
            f"a mend of {kind.word} {name} does not say what and why", where, "write what: and why: in each mend"
        )
        mends = []
    missing = [key for key in kind.needed if not entry.get(key)]
    for key in missing:
        problems.add(f"{kind.word} {name} has no {key}", where, f"give {key}")
    return Entry(
        name=name,
        where=where,
        given=entry,
        sources=tuple(named),
        status=status,
        mends=tuple(Mend(str(mend["what"]), str(mend["why"])) for mend in mends),
        complete=not missing,
    )


def check_file(
    kind: Kind, folder: Path, file: str, where: str, problems: Problems, may_be_absent: bool = False
) -> None:
    """Note a file that is no Parquet file of the sub-folder, or is not there.

    Parameters
    ----------
    folder
        The sub-folder of the pack.
    may_be_absent
        Whether the file may be left out with the folder that it lies in.
    """
    path = Path(file)
    target = folder / path
    if path.is_absolute() or ".." in path.parts or path.suffix != ".parquet":
        problems.add(f"{file} is no file of the pack", where, f"name a .parquet file inside the folder {kind.folder}")
    elif not target.is_file() and not may_be_absent:
        problems.add(f"there is no file {file}", where, f"put it there, or take the {kind.word} away")


def _list_of(entry: Mapping[str, Any], key: str, where: str, problems: Problems) -> list[Any]:
    value = entry.get(key)
    if value is not None and not isinstance(value, list):
        problems.add(f"{key} is not a list", where, f"write {key}: [one, two], or - one under it")
        return []
    return value or []
