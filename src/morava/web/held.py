"""Answers of runs, kept in memory: few of them, each computed once, one reader at a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TypeVar

from morava.errors import MoravaError, nearest
from morava.runs.answers import Answers, answer
from morava.runs.explore import plan_of
from morava.runs.request import chunks_of
from morava.runs.store import RUN_FILE, list_runs, missing_chunks, read_request
from morava.runs.types import Request
from morava.views.screens import screen
from morava.views.types import Screen
from morava.web.replies import RefusedError, as_json, refusal

Seen = TypeVar("Seen")


KEPT_SCREENS = 8
"""Screens that are kept of a run: each of their charts may be asked for by itself."""
MOST_TOLD = 16 * 1024 * 1024
"""Bytes of answers in JSON that are kept of a run."""


@dataclass
class _Entry:
    lock: Lock = field(default_factory=Lock)
    answers: Answers | None = None
    told: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    screens: OrderedDict[str, Screen] = field(default_factory=OrderedDict)


class Held:
    """The answers of the runs of a folder.

    Parameters
    ----------
    folder
        Where runs are kept.
    kept
        How many runs stay in memory; the one that nobody asked for longest goes first.
    most_waiting
        How many requests may wait.
    """

    def __init__(self, folder: Path, kept: int, most_waiting: int) -> None:
        self.folder, self.kept, self.most_waiting = folder, kept, most_waiting
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._lock, self._waiting = Lock(), 0

    def show(self, run: str, view: Callable[[Answers], Seen]) -> Seen:
        """Return what a view makes of the answers of a run.

        Raises
        ------
        RefusedError
            When there is no such run, it is not finished, pack or code moved on, or too many wait.
        """
        with self._queued():
            entry = self._entry(run)
            with entry.lock:
                if entry.answers is None:
                    entry.answers = self._read(run)
                return view(entry.answers)

    def screen(self, run: str, name: str, choices: Mapping[str, str]) -> Screen:
        """Return a screen of a run; the last ones are kept."""
        kept = self._entry(run).screens
        key = as_json([name, sorted(choices.items())])

        def seen(answers: Answers) -> Screen:
            found = kept.get(key) or screen(answers, name, choices)
            kept[key] = found
            while len(kept) > KEPT_SCREENS:
                kept.popitem(last=False)
            return found

        return self.show(run, seen)

    def tell(self, run: str, address: str, view: Callable[[Answers], object]) -> bytes:
        """Return what a view makes of a run as JSON; what was told at an address before is not made again."""
        entry = self._entry(run)
        kept = entry.told.get(address)
        if kept is not None:
            return kept
        text = self.show(run, lambda answers: as_json(view(answers)).encode())
        with self._lock:
            entry.told[address] = text
            while sum(map(len, entry.told.values())) > MOST_TOLD:
                entry.told.popitem(last=False)
        return text

    @contextmanager
    def _queued(self) -> Iterator[None]:
        with self._lock:
            if self._waiting >= self.most_waiting:
                raise refusal(503, "too many requests wait", "this page", "ask again in a moment", wait=2)
            self._waiting += 1
        try:
            yield
        finally:
            with self._lock:
                self._waiting -= 1

    def _entry(self, run: str) -> _Entry:
        with self._lock:
            entry = self._entries.setdefault(run, _Entry())
            self._entries.move_to_end(run)
            while len(self._entries) > self.kept:
                self._entries.popitem(last=False)
            return entry

    def _read(self, run: str) -> Answers:
        path, request = find(run, self.folder)
        missing, chunks = len(missing_chunks(path, request)), len(chunks_of(request))
        if missing:
            what = f"run {run} is not finished: {chunks - missing} of {chunks} chunks are there"
            raise refusal(409, what, f"run {run}", "go on with it: POST /api/jobs with resume")
        try:
            return answer(plan_of(path, request), path, request)
        except MoravaError as error:
            raise RefusedError(409, *error.problems) from error


def find(run: str, folder: Path) -> tuple[Path, Request]:
    """Return a run of a folder by its whole name.

    Raises
    ------
    RefusedError
        When there is none, or what is there is none.
    """
    path = folder / run
    if not (path / RUN_FILE).is_file():
        known = [found.name for found, _ in list_runs(folder)]
        mend = nearest(run, known) if known else "there is none yet: start one"
        raise refusal(404, f"there is no run {run}", "runs", mend)
    try:
        return path, read_request(path)
    except MoravaError as error:
        raise RefusedError(409, *error.problems) from error
