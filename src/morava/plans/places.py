"""Where each thing of a pack was written: `file:line` by path, kept beside the types and out of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from morava.errors import MoravaError, Problems
from morava.plans.yaml_file import KeyPath, YamlFile


class Places:
    """The place of every key of every file that was read.

    Paths begin with the kind of thing and its name: `("initiatives", "hall", "cost", "unit")`.

    Examples
    --------
    >>> places = Places()
    >>> places.put(("facts", "hall-now"), "facts.csv:43")
    >>> places.where("facts", "hall-now", "unit")
    'facts.csv:43'
    >>> places.names("facts")
    {'hall-now'}
    """

    def __init__(self) -> None:
        self._places: dict[KeyPath, str] = {}
        self._names: dict[KeyPath, set[str]] = {}

    def copy(self) -> Places:
        """Return the same places, to which more can be added without a word to these."""
        other = Places()
        other._places = dict(self._places)
        other._names = {path: set(names) for path, names in self._names.items()}
        return other

    def put(self, path: KeyPath, where: str) -> None:
        """Remember where one thing stands; a later place of the same thing counts."""
        self._places[path] = where
        if path:
            self._names.setdefault(path[:-1], set()).add(str(path[-1]))

    def add(self, prefix: KeyPath, file: YamlFile) -> None:
        """Remember where every key of a file stands."""
        for path, line in file.lines.items():
            self.put((*prefix, *path), f"{file.name}:{line}")

    def names(self, *path: str | int) -> set[str]:
        """Return what was written below a path, whether it could be read or not."""
        return self._names.get(path, set())

    def has(self, *path: str | int) -> bool:
        """Return whether exactly this was written."""
        return path in self._places

    def where(self, *path: str | int) -> str:
        """Return the place of a thing, or of the nearest thing around it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self._places:
                return self._places[path[:length]]
        return "pack"


MOST_PROBLEMS = 1000
"""After so many problems the rest of a pack is not looked at: nobody reads them, and hostile files would take hours."""
LONGEST = 300
"""Characters of what is said of one problem: files may hold words without end."""


def is_full(problems: Problems) -> bool:
    """Return whether enough problems were found to stop looking."""
    return len(problems) >= MOST_PROBLEMS


@contextmanager
def placed(problems: Problems, where: str, label: str) -> Iterator[None]:
    """Remember what a block of work raises, under the place and the name of the thing that it looked at."""
    try:
        yield
    except MoravaError as error:
        for problem in error.problems:
            what = problem.what if len(problem.what) <= LONGEST else problem.what[:LONGEST] + "..."
            problems.add(f"{label}: {what}", where, problem.mend)
