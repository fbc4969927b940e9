"""Everything that `morava check` looks at."""

from __future__ import annotations

from pathlib import Path

from morava.errors import Problem
from morava.plans import check_pack, read_country, read_strategy
from morava.plans.document import verify_document
from morava.runs.needs import missing_needs
from morava.views.translations import check_translations


def problems_of(country: str, strategy: str, document: Path | None) -> list[Problem]:
    """Return the problems of a pack: of its files, then of what the models need, of its translations, of its passages.

    Each is looked at where the one before has none.

    Parameters
    ----------
    document
        A reader's own copy of the source document, to verify the passages.
    """
    problems = check_pack(country, strategy) or list(missing_needs(country, strategy))
    problems = problems or check_translations(country, strategy)
    if document is not None and not problems:
        problems = list(verify_document(read_strategy(read_country(country), strategy), document))
    return problems
