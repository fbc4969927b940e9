"""Other people's numbers, held once: `morava validate` prints them and `tests/textbook` holds us to them."""

from morava.runs.cases.board import Case, CaseResult, compare, read_cases, run_cases

__all__ = ["Case", "CaseResult", "compare", "read_cases", "run_cases"]
