"""An emulator as one file: whole or refused, and told apart from one that was fitted for something else."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from morava.errors import MoravaError, Problem
from morava.runs.emulator import Emulator, Fitted, Output, Range, Share

FILE = "emulator.npz"
"""Name of the file beside `strategy.yaml`."""
HASHES = ("country_hash", "strategy_hash", "futures_hash", "code_hash", "levers_hash", "made_with")
"""What an emulator was fitted from; where one of them differs it is stale."""


def write_emulator(emulator: Emulator, path: Path) -> None:
    """Write an emulator with the sha256 of what it holds; the same emulator gives the same bytes."""
    head = {name: value for name, value in asdict(emulator).items() if name != "coefficients"}
    text = json.dumps(head, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
    rows = np.ascontiguousarray(emulator.coefficients, dtype="<f4")
    content = io.BytesIO()
    np.savez_compressed(
        content,
        head=np.frombuffer(text, dtype=np.uint8),
        coefficients=rows,
        sha256=np.frombuffer(_sha256(text, rows).encode(), dtype=np.uint8),
    )
    beside = path.with_name(f".{path.name}")
    beside.write_bytes(content.getvalue())
    beside.replace(path)


def read_emulator(path: Path) -> Emulator:
    """Return an emulator as it was written.

    Raises
    ------
    MoravaError
        When the file is none, or not what its own sha256 says.
    """
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as held:
            text, rows = held["head"].tobytes(), held["coefficients"]
            said = held["sha256"].tobytes().decode()
        if said != _sha256(text, rows):
            raise ValueError("its sha256 is another")
        return _emulator(json.loads(text), rows)
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise MoravaError(
            Problem(f"{path.name} is damaged ({error})", str(path), "make it again with `morava levers`")
        ) from error


def stale(emulator: Emulator, now: Mapping[str, object]) -> list[str]:
    """Return which hashes of what it was fitted from differ from those of now, by name.

    Parameters
    ----------
    now
        `HASHES` as they are here; versions of libraries under `made_with`.
    """
    then = asdict(emulator.fitted)
    return [name for name in HASHES if then[name] != now[name]]


def _sha256(text: bytes, rows: np.ndarray) -> str:
    digest = hashlib.sha256(text)
    digest.update(f"{rows.dtype.str} {rows.shape}".encode())
    digest.update(np.ascontiguousarray(rows).tobytes())
    return digest.hexdigest()


def _emulator(head: Mapping[str, Any], rows: np.ndarray) -> Emulator:
    outputs = tuple(
        Output(
            **{
                **one,
                "years": tuple(one["years"]),
                "base": tuple(tuple(row) for row in one["base"]),
                "error": tuple(one["error"]),
            }
        )
        for one in head["outputs"]
    )
    fitted = head["fitted"]
    found = Emulator(
        fitted=Fitted(**{**fitted, "frozen": {name: tuple(row) for name, row in fitted["frozen"].items()}}),
        levers=tuple(Range(**one) for one in head["levers"]),
        terms=tuple(tuple(term) for term in head["terms"]),
        outputs=outputs,
        shares=tuple(Share(**one) for one in head["shares"]),
        answered=Share(**head["answered"]),
        coefficients=rows.astype(np.float32),
    )
    expected = sum(len(one.years) * len(one.base[0]) for one in outputs) + len(found.shares) + 1
    if rows.shape != (expected, len(found.terms)):
        raise ValueError(f"its coefficients are {rows.shape}, not {(expected, len(found.terms))}")
    return found
