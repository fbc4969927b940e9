"""Words that people wrote in a pack, in a language: what no message can say."""

from __future__ import annotations

from morava.runs.answers import Answers
from morava.views import translations
from morava.views.retelling import retold


def texts(answers: Answers, language: str) -> dict[str, str]:
    """Return every text of the pack behind a run in a language, by key; English stands where there is no translation.

    Returns
    -------
    dict
        By keys such as `claim:C001`, `test:C001/NAME`, `initiative:NAME`, `stage:INITIATIVE/STAGE`, `conflict:NAME`,
        `factor:NAME` (an uncertainty of the futures file). In other languages than English also what rules and models
        said of the run: `finding:NAME`, `finding-mend:NAME`, `reason:CLAIM/N` from 0, `bound:CLAIM/TEST`, and of the
        economy `closure:NAME` (who adjusts) and `foreseen:TITLE` (how well a result was foreseen in the past).

    Raises
    ------
    MoravaError
        When the language is unknown, or a file of translations is wrong.
    """
    plan = answers.plan
    return translations.texts(plan.country, plan.strategy, language, plan.futures) | retold(answers, language)


def untranslated(answers: Answers, language: str) -> tuple[str, ...]:
    """Return the keys of the texts for which English stands in a language."""
    plan = answers.plan
    return tuple(translations.untranslated(plan.country, plan.strategy, language, plan.futures))
