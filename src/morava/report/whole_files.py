"""Files that are whole or not there: written beside their place, then renamed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from morava.errors import MoravaError, Problem


@dataclass(frozen=True)
class Written:
    """A file that was written, its kind, and its size in bytes."""

    kind: str
    file: Path
    size: int


def write_bytes(kind: str, target: Path, content: bytes) -> Written:
    """Write a file whole and say how large it is.

    Raises
    ------
    MoravaError
        When it cannot be written.
    """
    with beside(target) as place, place.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return Written(kind, target, len(content))


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Give a place beside the target to write to; rename it when all is written, take it away when something fails.

    Raises
    ------
    MoravaError
        When the file system refuses.
    """
    place = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        yield place
        place.replace(target)
    except OSError as error:
        what = f"the file cannot be written ({error.strerror or error})"
        mend = "close it where it is open, make room, or name another folder"
        raise MoravaError(Problem(what, str(target), mend)) from error
    finally:
        with suppress(OSError):
            place.unlink(missing_ok=True)
