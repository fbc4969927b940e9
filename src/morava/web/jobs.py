"""Jobs: runs made by child processes, one at a time, whose progress is what lies on disk."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from threading import Condition, Thread
from typing import IO

from morava.errors import Problem, nearest
from morava.runs.levers import read_settings
from morava.runs.request import chunks_of
from morava.runs.store import missing_chunks
from morava.web.asked import Work
from morava.web.cost import Rates, rates_like, seconds_left
from morava.web.replies import refusal

WAITING, RUNNING, DONE, FAILED, STOPPED = "waiting", "running", "done", "failed", "stopped"
OVER = (DONE, FAILED, STOPPED)
KEPT_JOBS, KEPT_WORDS, GRACE = 50, 64 * 1024, 5.0
"""Jobs that are remembered, bytes that are kept of what one says, and seconds it has to end when it is stopped."""

_Process = subprocess.Popen[bytes]


@dataclass(frozen=True)
class JobState:
    """A job as it is shown: chunks done of all chunks of its run, what went wrong, and how long it will still take."""

    job: str
    run: str
    state: str
    done: int
    total: int
    problems: tuple[Problem, ...]
    seconds_left: float | None
    country: str
    strategy: str
    futures: int
    levers: Mapping[str, float]


@dataclass
class _Job:
    name: str
    work: Work
    rates: Rates
    state: str = WAITING
    problems: tuple[Problem, ...] = ()
    process: _Process | None = None
    stop: bool = field(default=False)


class Jobs:
    """The jobs of a page.

    Parameters
    ----------
    folder
        Where runs are kept.
    most_waiting
        How many may wait.
    environment
        What the processes are given in place of this one's.
    """

    def __init__(self, folder: Path, most_waiting: int, environment: Mapping[str, str] | None = None) -> None:
        self.folder, self.most_waiting, self.environment = folder, most_waiting, environment
        self._jobs: dict[str, _Job] = {}
        self._changed = Condition()
        self._closed = False
        self.ending = False
        self.left: list[str] = []
        self._thread: Thread | None = None

    def start(self, work: Work) -> JobState:
        """Return a new job, or the one that makes the same run already; a run that is there needs none and is done.

        Raises
        ------
        RefusedError
            When too many wait.
        """
        with self._changed:
            for job in self._jobs.values():
                if job.work.run == work.run and job.state not in OVER:
                    return self._shown(job)
            waiting = sum(job.state == WAITING for job in self._jobs.values())
            if waiting >= self.most_waiting or self._closed:
                raise refusal(429, f"{waiting} jobs wait already", "jobs", "stop one, or ask later", wait=30)
            job = _Job(secrets.token_hex(8), work, rates_like(work.request, self.folder))
            if not missing_chunks(self.folder / work.run, work.request):
                job.state = DONE
            self._jobs[job.name] = job
            self._forget()
            if self._thread is None:
                self._thread = Thread(target=self._work, name="jobs", daemon=True)
                self._thread.start()
            self._changed.notify_all()
        return self._shown(job)

    def show(self, name: str) -> JobState:
        """Return a job as it stands.

        Raises
        ------
        RefusedError
            When there is none of that name.
        """
        return self._shown(self._job(name))

    def all(self) -> list[JobState]:
        """Return every job that is remembered, the newest first."""
        with self._changed:
            found = list(self._jobs.values())
        return [self._shown(job) for job in reversed(found)]

    def stop(self, name: str) -> JobState:
        """End a job; its run can be resumed."""
        job = self._job(name)
        with self._changed:
            job.stop = True
            if job.state == WAITING:
                job.state = STOPPED
            process = job.process
        if process is not None:
            _end(process)
            with self._changed:
                self._changed.wait_for(lambda: job.state in OVER, GRACE)
        return self._shown(job)

    def wait(self, name: str) -> JobState:
        """Return a job when it is over."""
        job = self._job(name)
        with self._changed:
            self._changed.wait_for(lambda: job.state in OVER)
        return self._shown(job)

    def close(self) -> None:
        """End all jobs, and keep in `left` the names of the runs that were begun or waited."""
        with self._changed:
            self._closed = True
            open_jobs = [job for job in self._jobs.values() if job.state not in OVER]
            self._changed.notify_all()
        for job in open_jobs:
            self.stop(job.name)
        self.left = [job.work.run for job in open_jobs]

    @property
    def closed(self) -> bool:
        """Whether the page ends."""
        return self._closed or self.ending

    def progress(self, work: Work) -> tuple[int, int]:
        """Return how many chunks of a run are there, and how many it has."""
        total = len(chunks_of(work.request))
        return total - len(missing_chunks(self.folder / work.run, work.request)), total

    def _job(self, name: str) -> _Job:
        with self._changed:
            if name not in self._jobs:
                mend = nearest(name, self._jobs) if self._jobs else "there is none: start one"
                raise refusal(404, f"there is no job {name}", "jobs", mend)
            return self._jobs[name]

    def _shown(self, job: _Job) -> JobState:
        request = job.work.request
        done, total = self.progress(job.work)
        left = seconds_left(request, self.folder, job.rates) if job.state in (WAITING, RUNNING) else None
        return JobState(
            job.name,
            job.work.run,
            job.state,
            done,
            total,
            job.problems,
            left,
            request.country,
            request.strategy,
            request.futures,
            read_settings(request.levers),
        )

    def _forget(self) -> None:
        over = [name for name, job in self._jobs.items() if job.state in OVER]
        for name in over[: max(0, len(self._jobs) - KEPT_JOBS)]:
            del self._jobs[name]

    def _next(self) -> _Job | None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._first_waiting() is not None)
            job = self._first_waiting()
            if self._closed or job is None:
                return None
            job.state = RUNNING
            return job

    def _first_waiting(self) -> _Job | None:
        return next((job for job in self._jobs.values() if job.state == WAITING), None)

    def _work(self) -> None:
        while (job := self._next()) is not None:
            with TemporaryFile() as words:
                state, problems = self._run(job, words)
            with self._changed:
                job.state, job.problems, job.process = state, problems, None
                self._changed.notify_all()

    def _run(self, job: _Job, words: IO[bytes]) -> tuple[str, tuple[Problem, ...]]:
        try:
            process = _begin(job.work.command, words, self.environment)
        except OSError as error:
            return FAILED, (Problem(f"no process could be started ({error.strerror})", "jobs", "see to this machine"),)
        with self._changed:
            job.process = process
            stop = job.stop
        if stop:
            _end(process)
        code = process.wait()
        _end(process)  # what it started does not outlive it
        if process.stdin is not None:
            process.stdin.close()
        if job.stop:
            return STOPPED, ()
        return (DONE, ()) if code == 0 else (FAILED, problems_in(_last_words(words), code, job.work.run))


def _begin(
    command: tuple[str, ...], words: IO[bytes], environment: Mapping[str, str] | None
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "morava.web.job_process", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=words,
        start_new_session=True,
        env=None if environment is None else {**os.environ, **environment},
    )


def _end(process: _Process) -> None:
    """End a process with all that it started: asked first, then without asking."""
    for wish, seconds in ((signal.SIGTERM, GRACE), (signal.SIGKILL, GRACE)):
        try:
            os.killpg(process.pid, wish)
        except ProcessLookupError:
            return
        if process.returncode is not None:
            continue
        deadline = time.monotonic() + seconds
        while process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)


def _last_words(words: IO[bytes]) -> str:
    size = words.seek(0, os.SEEK_END)
    words.seek(max(0, size - KEPT_WORDS))
    return words.read().decode("utf-8", "replace")


def problems_in(words: str, code: int, run: str) -> tuple[Problem, ...]:
    r"""Return the problems that a command printed; where it printed none, that it ended, with its last line.

    Examples
    --------
    >>> problems_in("warm up\nno unit\n  where: facts.csv:3\n  mend:  give one\n", 1, "abc")
    (Problem(what='no unit', where='facts.csv:3', mend='give one'),)
    >>> problems_in("Segmentation fault", -11, "abc")[0].what
    'the process of the run ended with -11 (Segmentation fault)'
    """
    lines = words.splitlines()
    found = [
        Problem(what, where.removeprefix("  where: "), mend.removeprefix("  mend:  "))
        for what, where, mend in zip(lines, lines[1:], lines[2:], strict=False)
        if where.startswith("  where: ") and mend.startswith("  mend:  ")
    ]
    if found:
        return tuple(found)
    last = next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
    what = f"the process of the run ended with {code} ({last[:300]})"
    return (Problem(what, f"run {run}", "what was done is kept: resume the run"),)
