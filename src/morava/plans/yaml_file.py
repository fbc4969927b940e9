"""Read YAML that somebody else wrote: safely, bounded, and with the line of every key.

Only what people write is read: mappings, lists, words, numbers, `true`, `false`, `null`. A plain scalar means what YAML
1.2 says, so that `no` is a word, and `2025-01-01`, `1:20` and `0777` are words too. Anchors, aliases, merge keys and
tags are refused: nothing can be larger than the file that holds it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from morava.errors import MoravaError, Problem, Problems
from morava.plans.text_file import read_text

DEEPEST = 20
"""Levels of nesting; no file of a pack needs ten."""
MOST_ENTRIES = 100_000
"""Keys and items of one file."""
LONGEST_NUMBER = 40
"""Characters of a number."""
LONGEST_KEY = 200
"""Characters of a key."""

KeyPath: TypeAlias = tuple[str | int, ...]

# The parser of libyaml where it is at hand: ten times as fast, the same events.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"^[-+]?(0|[1-9][0-9]*)$")
_FLOAT = re.compile(r"^[-+]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$")
_NULL = ("", "~", "null")


@dataclass(frozen=True)
class YamlFile:
    """What a file says, and on which line each of its keys and items stands.

    Keys of mappings are always words.
    """

    name: str
    data: Any
    lines: Mapping[KeyPath, int]

    def where(self, *path: str | int) -> str:
        """Return `file:line` of a key, or of the nearest thing around it that has a line."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return f"{self.name}:{self.lines[path[:length]]}"
        return self.name


def read_yaml(path: Path, shown: str) -> YamlFile:
    """Return the data of a YAML file and the lines of its keys.

    Parameters
    ----------
    path
        The file.
    shown
        How problems name it.

    Raises
    ------
    MoravaError
        Everything that can be found wrong with the file as YAML: encoding, tabs, syntax, keys given twice, anchors,
        tags, depth.
    """
    return parse_yaml(read_text(path, shown), shown)


def parse_yaml(text: str, shown: str) -> YamlFile:
    r"""Return the data of a YAML text and the lines of its keys.

    Raises
    ------
    MoravaError
        As `read_yaml`.

    Examples
    --------
    >>> file = parse_yaml("sun:\n  status: no\n  done: [1, 0777]\n", "initiatives.yaml")
    >>> file.data
    {'sun': {'status': 'no', 'done': [1, '0777']}}
    >>> file.where("sun", "done", 1)
    'initiatives.yaml:3'
    """
    problems = Problems()
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            problems.add("a tab stands before the first word", f"{shown}:{number}", "indent with spaces")
    problems.raise_if_any()
    builder = _Builder(shown, problems)
    events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
    try:
        for event in events:
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = min(mark.line + 1, text.count("\n") + 1) if mark else 1
        why = " ".join(part for part in (error.context, error.problem) if part)
        problems.add(f"this is not YAML: {why}", f"{shown}:{at}", "mend the indentation, the brackets or the quotes")
    except (yaml.YAMLError, ValueError) as error:
        problems.add(f"this is not YAML: {error}", f"{shown}:1", "mend the file")
    problems.raise_if_any()
    if builder.documents == 0:
        raise MoravaError(Problem("the file is empty", f"{shown}:1", "write {} where nothing is meant"))
    return YamlFile(shown, builder.data, builder.lines)


@dataclass
class _Open:
    """A mapping or list that has begun and not ended; `key` is the key that waits for its value."""

    data: dict[str, Any] | list[Any]
    path: KeyPath
    key: str | None = None


class _Builder:
    """Turns the events of the parser into data, and refuses what only a program would write."""

    def __init__(self, shown: str, problems: Problems) -> None:
        self.data: Any = None
        self.lines: dict[KeyPath, int] = {}
        self.documents = 0
        self._shown = shown
        self._problems = problems
        self._open: list[_Open] = []

    def take(self, event: Any) -> None:
        """Take the next event of the parser."""
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop("a second document begins", line, "one document a file: take out the ---")
            return
        if isinstance(event, yaml.AliasEvent):
            self._note(f"*{event.anchor} is an alias", line, "write the value out: aliases are not read")
            self._place(None, line)
            return
        if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._open.pop()
            return
        if isinstance(event, (yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._refuse_marks(event, line)
            self._begin(event, line)

    def _refuse_marks(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            self._note(f"&{event.anchor} is an anchor", line, "take it out: anchors are not read")
        if event.tag is not None:
            self._note(f"{event.tag} is a tag", line, "take it out: tags are not read")

    def _begin(self, event: Any, line: int) -> None:
        if isinstance(event, yaml.ScalarEvent):
            holder = self._open[-1] if self._open else None
            if holder is not None and isinstance(holder.data, dict) and holder.key is None:
                self._name(holder, event, line)
            else:
                self._place(self._resolve(event, line), line)
            return
        data: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self._place(data, line)
        self._open.append(_Open(data, path))
        if len(self._open) > DEEPEST:
            self._stop(f"more than {DEEPEST} levels of nesting", line, "no file of a pack is so deep: flatten it")

    def _name(self, holder: _Open, event: Any, line: int) -> None:
        key = str(event.value).strip()
        if not key or len(key) > LONGEST_KEY:
            self._note("a key is empty or longer than a name", line, "give each key a short name")
        if key == "<<" and not event.style:
            self._note("<< is a merge key", line, "write the values out: merge keys are not read")
        if key in holder.data:
            first = self.lines[(*holder.path, key)]
            self._note(f"{key} is given twice", line, f"keep one of the two; the first stands on line {first}")
        else:
            self.lines[(*holder.path, key)] = line
        holder.key = key

    def _place(self, data: Any, line: int) -> KeyPath:
        """Put a value where it belongs; return its path."""
        if len(self.lines) > MOST_ENTRIES:
            self._stop(f"more than {MOST_ENTRIES:,} entries", line, "split the file into several")
        if not self._open:
            self.data = data
            self.lines[()] = line
            return ()
        holder = self._open[-1]
        if isinstance(holder.data, list):
            path: KeyPath = (*holder.path, len(holder.data))
            holder.data.append(data)
            self.lines[path] = line
            return path
        if holder.key is None:
            self._note("a key is no word", line, "a mapping or list cannot be a key")
            holder.key = f" key {line}"
        path = (*holder.path, holder.key)
        holder.data.setdefault(holder.key, data)
        holder.key = None
        return path

    def _resolve(self, event: Any, line: int) -> str | int | float | bool | None:
        text = str(event.value)
        if event.style not in (None, ""):
            return text
        if text in _NULL:
            return None
        if text in ("true", "false"):
            return text == "true"
        is_whole = bool(_INTEGER.match(text))
        if not is_whole and not _FLOAT.match(text):
            return text
        if len(text) > LONGEST_NUMBER:
            self._note(f"a number of {len(text)} characters", line, "write it shorter, or in quotes if it is a word")
            return None
        if is_whole:
            return int(text)
        if not math.isfinite(float(text)):
            self._note(f"{text} is too large for a number", line, "give a finite number")
            return None
        return float(text)

    def _note(self, what: str, line: int, mend: str) -> None:
        self._problems.add(what, f"{self._shown}:{line}", mend)

    def _stop(self, what: str, line: int, mend: str) -> None:
        """Raise at once: what follows is not worth reading."""
        self._note(what, line, mend)
        self._problems.raise_if_any()
