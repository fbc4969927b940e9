"""Build the wheel, install it into an empty environment, and run the main job from it outside the repository."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FUTURES = 200
QUICK = ("--power-futures", "2", "--no-calendar-check")
"""What keeps the run short; `make run` does all of it."""


def call(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    """Run a command and return what it prints; end with its error if it fails."""
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, text=True, capture_output=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def main() -> None:
    """Show that what users install works where they stand."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        call(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", place / "dist", cwd=ROOT)
        wheel = next((place / "dist").glob("*.whl"))
        venv.create(place / "env", with_pip=True)
        python = place / "env" / "bin" / "python"
        pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        call(*pip, "--require-hashes", "--only-binary", ":all:", "-r", ROOT / "requirements.lock", cwd=place)
        call(*pip, "--no-deps", "--no-index", wheel, cwd=place)
        elsewhere = place / "elsewhere"
        elsewhere.mkdir()
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "MORAVA"))}
        morava = place / "env" / "bin" / "morava"
        printed = call(morava, "run", "serbia", "--futures", str(FUTURES), *QUICK, "--json", cwd=elsewhere, env=clean)
        verdicts = json.loads(printed)["verdicts"]
        if not verdicts:
            sys.exit("the wheel's main job gave no verdict")
        print(f"{wheel.name} ({wheel.stat().st_size / 1e6:.1f} MB): {len(verdicts)} verdicts outside the repository")


if __name__ == "__main__":
    main()
