"""Write the result that the README shows, a table and a picture, from a real run of Serbia.

`make docs` refreshes both; `tests/docs/test_readme.py` shows that they are what a run gives.
"""

from __future__ import annotations

import io
import os
import re
import tempfile
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.text import Text

from morava.cli.screens import ORDER, print_answers
from morava.languages import say
from morava.runs.answers import Answers, answer
from morava.runs.explore import explore, read_plan
from morava.runs.request import make_request
from morava.runs.types import TestResult, Verdict

ROOT = Path(__file__).resolve().parents[2]
README, PICTURE = ROOT / "README.md", ROOT / "docs" / "pictures" / "run.svg"
BEGIN, END = "<!-- begin: written by `make docs` -->", "<!-- end -->"
FUTURES = 1000
SHOWN = (
    "C031", "C034", "C035", "C036", "C040", "C062", "C063", "C065", "C067", "C074", "C075", "C049", "C053",
    "C055", "C046", "C026", "C022", "C020", "C017",
)  # fmt: skip
"""Claims of the table: one or more of every kind of answer, from every model."""
WIDTH, HEAD_LINES = 112, 34
MINUS = "\u2212"


def run_serbia(folder: Path) -> Answers:
    """Run Serbia as `make run` does and judge it."""
    plan = read_plan("serbia", "")
    request = make_request(plan.country, plan.strategy, plan.futures, FUTURES)
    path = explore(plan, request, folder, os.cpu_count() or 1)
    return answer(plan, path, request)


def _deciding(verdict: Verdict) -> TestResult | None:
    """Return the test that decided, or the first of those that are only shown."""
    same = [t for t in verdict.tests if t.share == verdict.share_of_futures and t.margin == verdict.margin]
    return next(iter([*same, *verdict.tests]), None)


def _margin(test: TestResult) -> str:
    if test.margin is None:
        return "never"
    unit = {"year": "years", "1": ""}.get(test.unit, test.unit)
    digits = f"{test.margin:+,.0f}" if abs(test.margin) >= 1000 else f"{test.margin:+.3g}"
    return f"{digits.replace('-', MINUS)} {unit}".strip()


def _row(answers: Answers, name: str) -> str:
    verdict, claim = answers.verdict(name), answers.plan.strategy.claims[name]
    test = _deciding(verdict)
    share = f"by {verdict.basis}" if verdict.basis == "evidence" else ""
    if verdict.share_of_futures is not None and verdict.interval:
        low, high = verdict.interval
        share = f"{verdict.share_of_futures:.1%} ({low:.1%} to {high:.1%})"
    cells = (
        f"`{name}` § {claim.passage.paragraph}",
        claim.says,
        (test.says or test.name) if test else "no test yet",
        verdict.answer,
        share,
        _margin(test) if test else "",
        "; ".join(f"{hinge.factor} ({hinge.share:.0%})" for hinge in verdict.hinges_on),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def table_lines(answers: Answers) -> list[str]:
    """Return the table, the counts by answer and the score of the text."""
    counts = Counter(verdict.answer for verdict in answers.verdicts)
    coherence = answers.coherence
    return [
        f"{answers.request.futures:,} futures of Serbia 2030, seed {answers.request.seed}, facts as of "
        f"{answers.plan.country.as_of}:",
        "",
        "| claim | it says, in our words | tested | answer | share of futures (95 % interval) | margin | hinges on |",
        "|---|---|---|---|---|---|---|",
        *[_row(answers, name) for name in SHOWN],
        "",
        f"All {len(answers.verdicts)} claims: " + ", ".join(f"{counts[a]} {a}" for a in ORDER if counts[a]) + ". The "
        f"text alone has {len(coherence.findings)} findings and meets {coherence.met} of {coherence.applicable} "
        "criteria of coherence.",
    ]


def with_table(readme: str, lines: list[str]) -> str:
    """Return the README with new lines between the marks."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n" + "\n".join(lines) + f"\n\n{END}{after}"


def picture(answers: Answers) -> str:
    """Return what the terminal shows, its middle left out, as an SVG that fetches nothing."""
    terminal = Console(
        file=io.StringIO(), width=WIDTH, force_terminal=True, color_system="truecolor", legacy_windows=False
    )
    print_answers(terminal, answers)
    assert isinstance(terminal.file, io.StringIO)
    lines = terminal.file.getvalue().splitlines()
    first = next(number for number, line in enumerate(lines) if say("en", "cli-group-fails") in line)
    claims = next(number for number, line in enumerate(lines) if f"{len(answers.verdicts)} claims:" in line)
    results = next(number for number, line in enumerate(lines) if "results: " in line)
    recorder = Console(file=io.StringIO(), width=WIDTH, record=True, force_terminal=True, legacy_windows=False)
    for line in [lines[0], "...", *lines[first - 2 : first + HEAD_LINES], "...", *lines[claims:results]]:
        recorder.print(Text.from_ansi(line), highlight=False)
    made = recorder.export_svg(title="morava run serbia", unique_id="morava")
    return re.sub(r"@font-face \{.*?\}\n\s*", "", made, flags=re.DOTALL)


def main() -> None:
    """Renew the table of the README and the picture."""
    with tempfile.TemporaryDirectory() as folder:
        answers = run_serbia(Path(folder))
    README.write_text(with_table(README.read_text(encoding="utf-8"), table_lines(answers)), encoding="utf-8")
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(answers), encoding="utf-8")


if __name__ == "__main__":
    main()
