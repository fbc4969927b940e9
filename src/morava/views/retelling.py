"""Sentences that rules and models make in English, told again in another language.

`plans/coherence` and `runs/judge` say what they found as sentences, which are part of what a run is. Each such sentence
is also a message `retold-...`, in English word for word. Here a sentence is laid on these, what stands in its gaps is
read off, and the same message is said in the other language. A sentence that fits none stays in English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fluent.syntax import FluentParser
from fluent.syntax.ast import Message, Pattern, Placeable, SelectExpression, TextElement, VariableReference

from morava import languages
from morava.languages import slug
from morava.plans.foreseen import read_foreseen
from morava.plans.types import Country, Futures, Strategy
from morava.quantities.glossary import glossary
from morava.runs.answers import Answers
from morava.runs.effects import WHO
from morava.views.catalogue import catalogue, say, say_unit
from morava.views.translations import texts

FAMILY, WORDS = "retold-", "retold-word-"
SHORTEST = 3
"""Letters of a text that is looked for inside a sentence."""
_MONEY = r"(?:(?:thousand|million|billion|trillion) )?[A-Z]{3}_\d{4}(?: / [A-Za-z]+)*"
_NUMBER = r"(?<![\w-])-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\w|-\d)"
AS_THEY_ARE = ("note", "why")
"""Gaps that hold what an analyst or an error wrote: English, unless the pack has a translation."""
FAMILIES = {
    "kind": "kind", "stage": "stage", "evidence": "evidence", "answer": "answer", "model": "basis",
    "title": "foreseen-title", "verdict": "label-foreseen", "measured": "foreseen-unit",
}  # fmt: skip
"""Gaps that hold one word of a family of messages."""
_HAN = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"


@dataclass(frozen=True)
class Retelling:
    """How a language says what stands in the gaps: its name, and its words for texts and titles in English."""

    language: str
    names: Mapping[str, str]
    known: re.Pattern[str]


def retold(answers: Answers, language: str) -> dict[str, str]:
    """Return what rules and models said of a run, in a language; empty in English.

    Returns
    -------
    dict
        By `finding:NAME`, `finding-mend:NAME`, `reason:CLAIM/N` for the reasons of a verdict from 0,
        `bound:CLAIM/TEST`, `closure:NAME` for who adjusts, and `foreseen:TITLE` for how well a result was foreseen in
        the past; only those that can be told again.
    """
    if language == "en":
        return {}
    how = retelling_of(answers.plan.country, answers.plan.strategy, answers.plan.futures, language)
    sentences = {f"finding:{one.name}": one.says for one in answers.coherence.findings}
    sentences |= {f"finding-mend:{one.name}": one.mend for one in answers.coherence.findings}
    for verdict in answers.verdicts:
        sentences |= {f"reason:{verdict.claim}/{place}": reason for place, reason in enumerate(verdict.reasons)}
    adjusting = answers.lowered.inputs.get("closure_budget")
    if adjusting is not None:
        closures = zip(adjusting.coords[adjusting.dims[0]].to_numpy(), adjusting.to_numpy(), strict=True)
        sentences |= {f"closure:{name}": WHO[str(budget)] for name, budget in closures}
    scores = read_foreseen(Path(answers.plan.country.folder))
    sentences |= {f"foreseen:{one.title}": one.says for one in scores}
    told = {key: retell(sentence, how) for key, sentence in sentences.items()}
    for verdict in answers.verdicts:
        for test in verdict.tests:
            told[f"bound:{verdict.claim}/{test.name}"] = _joined(_between(test.bound, language), language)
    return {key: text for key, text in told.items() if text}


def retelling_of(country: Country, strategy: Strategy, futures: Futures, language: str) -> Retelling:
    """Return how a language tells again what is said of a plan."""
    english, said = (texts(country, strategy, one, futures) for one in ("en", language))
    names = {one.title_en: say(language, f"quantity-{one.name}") for one in glossary().values()}
    names |= {text: said[key] for key, text in english.items() if not key.startswith(("stage:", "country:"))}
    for lender in {money.lender for one in strategy.initiatives.values() for money in one.financing}:
        key = f"label-lender-{slug(lender)}"
        names[lender] = say(language, key) if _has(key, language) else lender
    inner = [re.escape(name) for name in sorted(names, key=len, reverse=True) if len(name) >= SHORTEST]
    known = re.compile(
        rf"(?:^|(?<=[,;:] )|(?<=\()|(?<=\band )|(?<=\bagainst ))(?:{'|'.join(inner)})(?=$|[,;:.)]| \(| and | \d)"
    )
    return Retelling(language, names, known)


def retell(sentence: str, how: Retelling) -> str:
    """Return a sentence in the language of a retelling, or nothing where no message fits it."""
    for key, fits, counts in _shapes():
        found = fits.fullmatch(sentence)
        if found is None:
            continue
        gaps = found.groupdict()
        arguments: dict[str, str | int] = {
            name: int(text) if name in counts else _gap(name, text, how) for name, text in gaps.items()
        }
        return _joined(say(how.language, key, **arguments), how.language)
    return ""


def _gap(name: str, text: str, how: Retelling) -> str:
    """Return what stands in a gap: a text of the pack, a sentence, or names and amounts between words."""
    if text in how.names:
        return how.names[text]
    if name == "says":
        return retell(text, how) or text
    key = f"{FAMILIES.get(name, '')}-{slug(text)}"
    if name in FAMILIES and _has(key, how.language):
        return say(how.language, key)
    if name in AS_THEY_ARE:
        return text
    parts, last = [], 0
    for found in how.known.finditer(text):
        parts += [_between(text[last : found.start()], how.language), how.names[found[0]]]
        last = found.end()
    return "".join([*parts, _between(text[last:], how.language)])


def _between(text: str, language: str) -> str:
    """Return what stands between names: amounts, units and words of sentences."""
    return _tokens().sub(lambda found: _token(found, language), text)


def _token(found: re.Match[str], language: str) -> str:
    token = found[0]
    if found["number"]:
        return token.translate(str.maketrans(",.", ".,")) if language.startswith("sr") else token
    if found["word"]:
        return say(language, dict(_words())[token])
    key = "unit-" + slug(re.sub(r"[A-Z]{3}_\d{4}", "money", token))
    return say_unit(language, token) if _has(key, language) else token


def _has(key: str, language: str) -> bool:
    return f"\n{key} =" in catalogue(language)


def _joined(text: str, language: str) -> str:
    """Return a text as the language sets it.

    Chinese writes no spaces beside its own characters, and Serbian no point after a number before another sign.
    """
    if language == "zh-Hans":
        return re.sub(rf"(?<={_HAN}) | (?={_HAN}|%)", "", text)
    return re.sub(r"(?<=\d)\.(?=[,:;)]|\.(?:\s|$))", "", text) if language.startswith("sr") else text


@cache
def _tokens() -> re.Pattern[str]:
    units = {one.unit for one in glossary().values() if "money" not in one.unit and re.search("[a-z]{2}| /", one.unit)}
    inner = "|".join(re.escape(unit) for unit in sorted(units, key=len, reverse=True))
    words = "|".join(re.escape(word) for word, _ in _words())
    return re.compile(
        rf"(?P<money>{_MONEY})|(?<=\d )(?P<unit>{inner})(?=$|[ ,;:.)])|\b(?P<word>{words})\b|(?P<number>{_NUMBER})"
    )


@cache
def _words() -> tuple[tuple[str, str], ...]:
    """Return the words of sentences in English, the longest first, each with the key of its message."""
    found = [(say("en", key), key) for key in _own_keys() if key.startswith(WORDS)]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


@cache
def _own_keys() -> tuple[str, ...]:
    return tuple(re.findall(rf"^({FAMILY}[a-z-]+) =", languages.catalogue("en"), re.MULTILINE))


@cache
def _shapes() -> tuple[tuple[str, re.Pattern[str], frozenset[str]], ...]:
    """Return every message as a pattern of its English, with the gaps that hold counts; those with most text first."""
    found = []
    for entry in FluentParser().parse(languages.catalogue("en")).body:
        if isinstance(entry, Message) and entry.id.name.startswith(FAMILY) and entry.value is not None:
            if entry.id.name.startswith(WORDS):
                continue
            counts = frozenset(
                element.expression.selector.id.name
                for element in entry.value.elements
                if isinstance(element, Placeable)
                and isinstance(element.expression, SelectExpression)
                and isinstance(element.expression.selector, VariableReference)
            )
            found.append((entry.id.name, entry.value, counts))
    found.sort(key=lambda one: -_length(one[1]))
    return tuple((name, re.compile(_pattern(value, counts), re.DOTALL), counts) for name, value, counts in found)


def _length(pattern: Pattern) -> int:
    return sum(len(element.value) for element in pattern.elements if isinstance(element, TextElement))


def _pattern(pattern: Pattern, counts: Sequence[str] | frozenset[str]) -> str:
    parts = []
    for element in pattern.elements:
        if isinstance(element, TextElement):
            parts.append(re.escape(element.value))
        elif isinstance(element.expression, VariableReference):
            name = element.expression.id.name
            parts.append(rf"(?P<{name}>\d+)" if name in counts else rf"(?P<{name}>.+?)")
        elif isinstance(element.expression, SelectExpression):
            parts.append(f"(?:{'|'.join(_pattern(one.value, ()) for one in element.expression.variants)})")
    return "".join(parts)
