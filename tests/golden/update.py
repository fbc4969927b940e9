"""Write the golden table of Ruritania's verdicts anew: `python tests/golden/update.py`.

Rows that did not move keep their words. A row that moved says so in its last column, and the test does not pass until
the reason is written there.
"""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from morava.runs.answers import Answers, answer
from morava.runs.explore import explore, read_plan
from morava.runs.request import make_request

TABLE = Path(__file__).with_name("ruritania_verdicts.csv")
FUTURES = 500
COLUMNS = ("claim", "answer", "basis", "share", "margin")
REASON = "why it moved"
REASON_MISSING = "SAY WHY"


def rows_of(answers: Answers) -> list[list[str]]:
    """Return claim, answer, basis, share to three decimals and margin to four digits, in the order of the document."""
    return [
        [
            verdict.claim,
            verdict.answer,
            verdict.basis,
            "" if verdict.share_of_futures is None else f"{verdict.share_of_futures:.3f}",
            "" if verdict.margin is None else f"{verdict.margin:.4g}",
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


def main() -> None:
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


if __name__ == "__main__":
    main()
