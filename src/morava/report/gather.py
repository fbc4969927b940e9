"""From a run to everything that the page asks for, by address: the report then needs nobody to ask."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from morava.languages import LANGUAGES
from morava.report.material import Material
from morava.report.outcomes import outcome_rows
from morava.runs.answers import Answers
from morava.runs.request import chunks_of
from morava.runs.store import RUN_FILE
from morava.views.about import about
from morava.views.catalogue import catalogue
from morava.views.claim import claim_page
from morava.views.claims import claims
from morava.views.documents import document
from morava.views.facts import MOST, Facts, fact_page, facts
from morava.views.findings import findings
from morava.views.methods import methods
from morava.views.screens import screen, screens_of
from morava.views.sources import conflicts, sources
from morava.views.texts import texts


def gather(answers: Answers) -> Material:
    """Return what the page gives of a run, every address of it.

    Sentences of a document that is not ours to give are never here: they come only from the reader's own copy.
    """
    start = f"/api/runs/{answers.run}"
    data: dict[str, Any] = {"/api/runs": [stored(answers)], start: about(answers)}
    data |= {f"/api/languages/{language}.ftl": catalogue(language) for language in LANGUAGES}
    data |= {f"{start}/texts/{language}": texts(answers, language) for language in LANGUAGES}
    data |= {f"{start}/{rest}": content for rest, content in _lists(answers).items()}
    data |= {f"{start}/{rest}": content for rest, content in _screens(answers).items()}
    data |= {f"{start}/claims/{one.claim}": claim_page(answers, one.claim) for one in answers.verdicts}
    data |= {f"{start}/facts/{name}": fact_page(answers, name) for name in answers.plan.country.facts}
    return Material(
        answers.run, {address: document(content, address) for address, content in data.items()}, outcome_rows(answers)
    )


def stored(answers: Answers) -> dict[str, Any]:
    """Return the run as the list of runs shows it."""
    request = answers.request
    return {
        "run": answers.run,
        "country": request.country,
        "strategy": request.strategy,
        "futures": request.futures,
        "seed": request.seed,
        "finished": True,
        "current": True,
        "done": len(chunks_of(request)),
        "total": len(chunks_of(request)),
        "made": made(answers).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "levers": {},
    }


def made(answers: Answers) -> datetime:
    """Return when a run was begun."""
    return datetime.fromtimestamp(int((answers.path / RUN_FILE).stat().st_mtime), UTC)


def _lists(answers: Answers) -> dict[str, Any]:
    return {
        "claims": {"claims": claims(answers)},
        "findings": findings(answers),
        "facts": all_facts(answers),
        "sources": sources(answers),
        "conflicts": conflicts(answers),
        "methods": methods(),
    }


def all_facts(answers: Answers) -> Facts:
    """Return every fact as one page."""
    first = facts(answers, limit=MOST)
    rows = [*first.facts]
    while len(rows) < first.total:
        rows += facts(answers, offset=len(rows), limit=MOST).facts
    return Facts(first.total, 0, len(rows), tuple(rows))


def _screens(answers: Answers) -> dict[str, Any]:
    """Return every screen as it opens, and once for every option of every menu, the other menus unmoved."""
    found: dict[str, Any] = {}
    for name in screens_of(answers):
        first = screen(answers, name)
        found[f"screens/{name}"] = first
        for parameter, options in first.choices.items():
            for option in options:
                as_it_opens = option == first.chosen.get(parameter)
                found[f"screens/{name}?{urlencode({parameter: option})}"] = (
                    first if as_it_opens else screen(answers, name, {parameter: option})
                )
    return found
