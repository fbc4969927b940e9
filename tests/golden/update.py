"""Write what is golden of Ruritania anew, its verdicts and its power program: `python tests/golden/update.py`.

Rows and files that did not move keep their words. A row that moved says so in its last column, a file in its second
line, and the tests do not pass until the reason is written there.
"""

from __future__ import annotations

import csv
import importlib.util
import tempfile
from pathlib import Path
from types import ModuleType

from morava.runs.answers import Answers, answer
from morava.runs.explore import explore, read_plan
from morava.runs.request import make_request

TABLE = Path(__file__).with_name("ruritania_verdicts.csv")
FUTURES = 500
COLUMNS = ("claim", "answer", "basis", "share", "margin")
REASON = "why it moved"
REASON_MISSING = "SAY WHY"
WHY = f"\\ {REASON}:"
HERE = Path(__file__).parent


def load(name: str) -> ModuleType:
    """Return a script of this folder as a module: neither Python nor pytest has the folder on its path."""
    script = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    if script is None or script.loader is None:
        raise ValueError(f"{name} is no script")
    module = importlib.util.module_from_spec(script)
    script.loader.exec_module(module)
    return module


power_programs = load("power_programs")


def rows_of(answers: Answers) -> list[list[str]]:
    """Return claim, answer, basis, share to three decimals and margin, in the order of the document.

    Margins have four digits; three where they rest on the power program, whose cost is proved within a tenth of a per
    mille: what lies below that may differ from processor to processor.
    """
    return [
        [
            verdict.claim,
            verdict.answer,
            verdict.basis,
            "" if verdict.share_of_futures is None else f"{verdict.share_of_futures:.3f}",
            "" if verdict.margin is None else f"{verdict.margin:.{3 if 'power' in verdict.basis else 4}g}",
        ]
        for verdict in answers.verdicts
    ]


def read_table(path: Path) -> list[list[str]]:
    """Return the rows of the table, without its header."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    if header != [*COLUMNS, REASON]:
        raise ValueError(f"{path.name} has the columns {header}")
    return rows


def update_verdicts() -> None:
    """Run Ruritania and rewrite the table, keeping what is said of rows that stand."""
    plan = read_plan("ruritania", "crown-2030")
    request = make_request(plan.country, plan.strategy, plan.futures, FUTURES)
    with tempfile.TemporaryDirectory() as folder:
        found = rows_of(answer(plan, explore(plan, request, Path(folder), 1), request))
    kept = read_table(TABLE) if TABLE.exists() else []
    reasons = {tuple(row[:-1]): row[-1] for row in kept}
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([*COLUMNS, REASON])
        for row in found:
            reason = reasons.get(tuple(row), REASON_MISSING if kept else "")
            table.writerow([*row, reason])
            if reason == REASON_MISSING:
                print(f"moved: {row}")


def read_program(path: Path) -> tuple[str, str]:
    """Return why a golden part of the power program last moved, and the part itself."""
    _, reason, text = path.read_text(encoding="utf-8").split("\n", 2)
    if not reason.startswith(WHY):
        raise ValueError(f"the second line of {path.name} does not begin with {WHY}")
    return reason.removeprefix(WHY).strip(), text


def update_programs() -> None:
    """Write every golden part of the power program anew, keeping what is said of those that stand."""
    for name, text in power_programs.texts().items():
        path = power_programs.FOLDER / f"{name}.lp"
        reason, kept = read_program(path) if path.exists() else ("", text)
        if text != kept:
            reason = REASON_MISSING
            print(f"moved: {path.name}")
        system, block = power_programs.GOLDEN[name]
        head = f"\\ {block} of Ruritania's system {system!r} (tests/golden/power_programs.py)"
        path.write_text(f"{head}\n{WHY} {reason}".rstrip() + f"\n{text}", encoding="utf-8")


if __name__ == "__main__":
    update_verdicts()
    update_programs()
