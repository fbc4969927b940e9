"""The power program of a future as a file that other solvers read, with a name on every row and column."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from morava.models.power.build import build_program
from morava.models.power.program import rows_of, write_program
from morava.models.power.system import System


@dataclass(frozen=True)
class WrittenProgram:
    """A file, and how large the program in it is."""

    file: str
    rows: int
    columns: int
    nonzeros: int

    def document(self) -> dict[str, object]:
        """Return it as plain data."""
        return asdict(self)


def write_system(system: System, path: Path, rows: str = "") -> WrittenProgram:
    """Write the program of a power system as LP or MPS, by the ending of the path.

    Parameters
    ----------
    rows
        Name of a kind of rows (`reserve`, `storage_reservoir`): only these are written, with the columns that stand in
        them, to be read by eye. All without it.

    Raises
    ------
    MoravaError
        When the ending is neither, no rows are called so, or the file cannot be written.
    """
    program, _ = build_program(system)
    if rows:
        program = rows_of(program, rows)
    write_program(program, path)
    return WrittenProgram(str(path), len(program.row_lower), len(program.cost), program.matrix.nnz)
