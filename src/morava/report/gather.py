"""From a run to everything that the page asks for, by address: the report then needs nobody to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from morava.languages import LANGUAGES
from morava.report.material import Material
from morava.report.outcomes import outcome_rows
from morava.runs.answers import Answers
from morava.runs.levers import read_settings
from morava.runs.request import chunks_of
from morava.runs.store import RUN_FILE
from morava.views.about import about
from morava.views.catalogue import catalogue
from morava.views.claim import claim_page
from morava.views.claims import claims
from morava.views.documents import document
from morava.views.facts import MOST, Facts, fact_page, facts
from morava.views.findings import findings
from morava.views.levers import levers_of
from morava.views.methods import methods
from morava.views.screens import screen, screens_of
from morava.views.sources import conflicts, sources
from morava.views.texts import texts

MOST_OPTIONS, THINNED = 40, 12
"""Of a menu with more options, as of the weeks of a year, a report holds so many: else it could not be sent."""


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
        "levers": read_settings(request.levers),
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
        "levers": levers_of(answers, answers.path.parent),
        "methods": methods(),
    }


def all_facts(answers: Answers) -> Facts:
    """Return every fact as one page."""
    first = facts(answers, limit=MOST)
    rows = [*first.facts]
    while len(rows) < first.total:
        rows += facts(answers, offset=len(rows), limit=MOST).facts
    return Facts(first.total, 0, len(rows), tuple(rows))


def held_options(options: Sequence[str], chosen: str) -> tuple[str, ...]:
    """Return which options of a menu a report holds: all, or of a long menu the chosen one and some at even distances.

    Examples
    --------
    >>> held_options(["a", "b"], "a")
    ('a', 'b')
    >>> held_options([str(week) for week in range(53)], "7")
    ('0', '5', '7', '9', '14', '19', '24', '28', '33', '38', '43', '47', '52')
    """
    if len(options) <= MOST_OPTIONS:
        return tuple(options)
    kept = {round(place * (len(options) - 1) / (THINNED - 1)) for place in range(THINNED)}
    return tuple(option for place, option in enumerate(options) if place in kept or option == chosen)


def _screens(answers: Answers) -> dict[str, Any]:
    """Return every screen as it opens, and once for every option that is held of a menu, the other menus unmoved."""
    found: dict[str, Any] = {}
    for name in screens_of(answers):
        first = screen(answers, name)
        menus = {menu: held_options(options, first.chosen.get(menu, "")) for menu, options in first.choices.items()}
        found[f"screens/{name}"] = replace(first, choices=menus)
        for menu, options in menus.items():
            for option in options:
                as_it_opens = option == first.chosen.get(menu)
                shown = first if as_it_opens else screen(answers, name, {menu: option})
                found[f"screens/{name}?{urlencode({menu: option})}"] = replace(shown, choices=menus)
    return found
