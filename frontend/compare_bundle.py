"""Build the page anew and compare it, byte for byte, with what is committed in src/morava/web/static."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

FRONTEND = Path(__file__).parent
COMMITTED = FRONTEND.parent / "src" / "morava" / "web" / "static"


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file of a folder by its place in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def main() -> int:
    """Return 0 where the committed bundle is what its sources give, else 1, with the files that differ."""
    with tempfile.TemporaryDirectory() as name:
        built = Path(name) / "static"
        command = ["npm", "run", "--silent", "build"]
        subprocess.run(command, cwd=FRONTEND, check=True, env={**os.environ, "MORAVA_STATIC": str(built)})
        fresh, committed = contents(built), contents(COMMITTED)
    differing = sorted(path for path in fresh.keys() | committed.keys() if fresh.get(path) != committed.get(path))
    for path in differing:
        print(f"{path} is not what its sources give: run `npm run build` in frontend and commit what it writes")
    if not differing:
        print(
            f"{len(committed)} files of the page are what their sources give, {sum(map(len, committed.values()))} bytes"
        )
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
