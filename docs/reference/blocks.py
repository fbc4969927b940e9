"""Run the examples of the pages: every fenced `console` block, against the output that stands below its commands.

A line that begins with `$ ` is a command, run by bash; the lines after it are its output, and `...` skips any of them.
A command that is meant to fail ends in `# exit code N`. The blocks of a page share one empty folder. Run as a script
(`make docs`), this file writes the real output into the pages; `tests/docs/test_blocks.py` shows that it is there.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(?P<kind>[\w-]+) ?(?P<marked>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
PROMPT, SKIP = "$ ", "..."
EXIT_CODE = re.compile(r"# exit code (\d+)$")
HASH = re.compile(r"\b[0-9a-f]{16,64}\b")
"""Names of runs and hashes of inputs: they differ with versions of code and libraries, and are compared as one word."""
LONGEST = 120
"""Seconds that one command may take before something is taken to be stuck."""


class Example(NamedTuple):
    """A command of a page with the output that the page gives it."""

    command: str
    expected: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """Return the exit code that the command announces."""
        found = EXIT_CODE.search(self.command)
        return int(found[1]) if found else 0


def pages() -> list[Path]:
    """Return every page that a reader is sent to."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks_of(text: str, kind: str) -> Iterator[re.Match[str]]:
    """Yield the fenced blocks of a kind."""
    return (match for match in BLOCK.finditer(text) if match["kind"] == kind)


def examples_of(block: str) -> list[Example]:
    """Return the commands of a block, each with its output."""
    examples: list[Example] = []
    for line in block.splitlines():
        if line.startswith(PROMPT):
            examples.append(Example(line.removeprefix(PROMPT), ()))
        else:
            last = examples.pop()
            examples.append(Example(last.command, (*last.expected, line)))
    return examples


def run_example(example: Example, folder: Path) -> list[str]:
    """Return the lines that a command prints in a folder, on both streams.

    Raises
    ------
    AssertionError
        When it ends with another exit code than it announces.
    """
    inherited = {name: value for name, value in os.environ.items() if name not in ("MORAVA_RUNS", "COLUMNS")}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", example.command],
        cwd=folder, env=inherited | {"MORAVA_RUNS": "runs", "PATH": path},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=LONGEST, check=False,
    )  # fmt: skip
    assert done.returncode == example.exit_code, f"{example.command}: exit code {done.returncode}\n{done.stdout}"
    return [line.rstrip() for line in done.stdout.rstrip().splitlines()]


def _groups(expected: tuple[str, ...]) -> list[list[str]]:
    groups: list[list[str]] = [[]]
    for line in expected:
        if line.strip() == SKIP:
            groups.append([])
        else:
            groups[-1].append(line.rstrip())
    return groups


def _same(one: list[str], other: list[str]) -> bool:
    return [HASH.sub("HASH", line) for line in one] == [HASH.sub("HASH", line) for line in other]


def agrees(example: Example, printed: list[str]) -> bool:
    """Return whether the output stands in the page: whole, but for what `...` skips."""
    groups, place = _groups(example.expected), 0
    for number, group in enumerate(groups):
        starts = range(place, len(printed) - len(group) + 1) if number else range(1)
        if number and number == len(groups) - 1 and group:
            starts = range(max(place, len(printed) - len(group)), len(printed) - len(group) + 1)
        found = next((start for start in starts if _same(printed[start : start + len(group)], group)), None)
        if found is None:
            return False
        place = found + len(group)
    return len(groups) > 1 or place == len(printed)


def renew(example: Example, printed: list[str]) -> list[str]:
    """Return the lines that the page should give: the same excerpt of the output, as near as it can be found."""
    groups, place, lines = _groups(example.expected), 0, []
    if len(groups) == 1:
        return printed
    for number, group in enumerate(groups):
        last = len(printed) - len(group)
        starts = [0] if number == 0 else [max(place, last)] if number == len(groups) - 1 and group else []
        best = max(
            starts or range(place, last + 1),
            key=lambda start: sum(
                SequenceMatcher(None, old, new).ratio() for old, new in zip(group, printed[start:], strict=False)
            ),
        )
        lines += [SKIP] if number else []
        lines += printed[best : best + len(group)]
        place = best + len(group)
    return lines


def renew_page(page: Path) -> bool:
    """Run the examples of a page and write what they print where one prints something else; return whether one did."""
    text = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        ran = [
            [(example, run_example(example, Path(folder))) for example in examples_of(block["text"])]
            for block in blocks_of(text, "console")
        ]
    if all(agrees(example, printed) for block in ran for example, printed in block):
        return False
    waiting = iter(ran)

    def renewed(match: re.Match[str]) -> str:
        if match["kind"] != "console":
            return match[0]
        lines = [
            line for example, printed in next(waiting) for line in (PROMPT + example.command, *renew(example, printed))
        ]
        return "```console\n" + "".join(f"{line}\n" for line in lines) + "```"

    page.write_text(BLOCK.sub(renewed, text), encoding="utf-8")
    return True


if __name__ == "__main__":
    for chosen in [Path(name).resolve() for name in sys.argv[1:]] or pages():
        print(f"{chosen.relative_to(ROOT)}: {'renewed' if renew_page(chosen) else 'as it was'}")
