"""Write the entries of a pack as a person would: short things on one line, long notes folded, comments kept."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

WIDTH = 120
"""Words are folded at this column; a mapping of a list keeps its one line however long it is."""


class _OneLine(yaml.SafeDumper):
    """Write without anchors, which packs may not hold."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        """Never write an anchor."""
        return True


def on_one_line(value: Any) -> str:
    """Return a value as YAML on one line.

    Examples
    --------
    >>> on_one_line({"en": "Rail", "km": 3})
    '{en: Rail, km: 3}'
    """
    text = yaml.dump(
        value, Dumper=_OneLine, default_flow_style=True, allow_unicode=True, sort_keys=False, width=float("inf")
    )
    return text.removesuffix("\n").removesuffix("\n...")


def comment_lines(words: str, indent: str) -> list[str]:
    """Return words as lines of comment."""
    return textwrap.wrap(" ".join(words.split()), WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ")


def entry_lines(name: str, entry: Mapping[str, Any], comments: Mapping[str, str]) -> list[str]:
    """Return an entry as lines.

    Parameters
    ----------
    name
        Key of the entry.
    entry
        What it says; lists of mappings take a line for each.
    comments
        Words to stand before the items of a key.
    """
    lines = [f"{name}:"]
    for key, value in entry.items():
        if isinstance(value, Sequence) and value and isinstance(value[0], Mapping):
            lines.append(f"  {key}:")
            lines += comment_lines(comments.get(key, ""), "    ")
            lines += [f"    - {on_one_line(item)}" for item in value]
            continue
        line = f"  {key}: {on_one_line(value)}"
        if isinstance(value, str) and len(line) > WIDTH:
            lines.append(f"  {key}: >-")
            lines += textwrap.wrap(
                value, WIDTH, initial_indent="    ", subsequent_indent="    ", break_long_words=False,
                break_on_hyphens=False,
            )  # fmt: skip
        else:
            lines.append(line)
    return lines


def file_text(
    header: str, entries: Mapping[str, Mapping[str, Any]], comments: Mapping[str, Mapping[str, str]] | None = None
) -> str:
    """Return the text of a file of entries, after reading it back: nothing may be lost in the writing.

    Raises
    ------
    ValueError
        When what is read back is not what was to be written.
    """
    lines = [header]
    for name, entry in entries.items():
        lines += entry_lines(name, entry, (comments or {}).get(name, {}))
    text = "\n".join(lines) + "\n"
    if yaml.safe_load(text) != entries:
        raise ValueError(f"{header}: what was written reads otherwise")
    return text
