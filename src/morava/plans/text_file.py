"""Read a text file that somebody else wrote: bounded in size, UTF-8 only, free of characters that nobody sees."""

from __future__ import annotations

import re
from pathlib import Path

from morava.errors import MoravaError, Problem

LARGEST_FILE = 5_000_000
"""Bytes; the largest file of a pack that is read."""

_OTHER_ENCODINGS = ((b"\xff\xfe", "UTF-16 or UTF-32"), (b"\xfe\xff", "UTF-16"), (b"\x00\x00\xfe\xff", "UTF-32"))
# Besides C0 and C1, line breaks that editors do not count: a line number must mean the same everywhere.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def read_text(path: Path, shown: str) -> str:
    """Return the text of a file, its lines ended by a newline alone, a byte order mark taken off.

    Parameters
    ----------
    path
        The file.
    shown
        How problems name it.

    Raises
    ------
    MoravaError
        A file that is missing, no plain file, too large, not UTF-8, or holds control characters, with its line.
    """
    data = _read_bytes(path, shown)
    for mark, encoding in _OTHER_ENCODINGS:
        if data.startswith(mark):
            raise _refuse(f"the file is written in {encoding}", f"{shown}:1", "save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        raise _refuse(f"byte 0x{byte:02x} is not UTF-8", f"{shown}:{line}", "save the file as UTF-8") from error
    text = text.replace("\r\n", "\n")
    if match := _UNSEEN.search(text):
        line = text.count("\n", 0, match.start()) + 1
        raise _refuse(f"control character U+{ord(match[0]):04X}", f"{shown}:{line}", "take the character out")
    return text


def _read_bytes(path: Path, shown: str) -> bytes:
    try:
        if not path.is_file():
            raise _refuse("there is no such file", shown, "add the file, or mend its name")
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise _refuse(f"the file cannot be read ({error})", shown, "mend its name or its permissions") from error
    if len(data) > LARGEST_FILE:
        raise _refuse(f"the file is larger than {LARGEST_FILE:,} bytes", shown, "split it into several files")
    return data


def _refuse(what: str, where: str, mend: str) -> MoravaError:
    return MoravaError(Problem(what, where, mend))
