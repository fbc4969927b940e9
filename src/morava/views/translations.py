"""Texts that people wrote in a pack, in the languages that the pack has.

A pack is written in English. Beside it may lie `translations/LANGUAGE.yaml`, in the country's folder for what the
country says and in the folder of a strategy for what that says. An entry names the text, the English words that it
translates by the first characters of their hash, and the translation:

    claim:C001: {of: "1f0c9a2b", says: "..."}

Serbian is written in Cyrillic; Latin follows from it. Nothing here enters a hash: a translation moves no number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.languages import LANGUAGES, WRITTEN, latin
from morava.plans.levers import read_levers
from morava.plans.pack import list_futures, list_strategies, shown
from morava.plans.read import read_country, read_futures, read_strategy
from morava.plans.types import Country, Futures, Strategy
from morava.plans.yaml_file import read_yaml

FOLDER = "translations"
TRANSLATED = tuple(language for language in WRITTEN if language != "en")
"""Languages that a file may be written in."""
HASH_LENGTH = 8
COUNTRY_KINDS = ("country", "boundary", "gap", "conflict", "reading", "reference_class", "stage", "factor")
STRATEGY_KINDS = (
    "strategy", "because", "document", "claim", "evidence", "test", "initiative", "stage", "milestone", "agreement",
    "envelope", "lever", "lever-note",
)  # fmt: skip


ELSEWHERE = ("factor",)
"""Texts whose English is not in every record at hand: an entry for one that is not known here is taken as it is."""


def fingerprint(english: str) -> str:
    """Return the first characters of the hash of an English text, as an entry names it.

    Examples
    --------
    >>> fingerprint("Wages will double by 2035")
    '7a29cb93'
    """
    return hashlib.sha256(english.encode("utf-8")).hexdigest()[:HASH_LENGTH]


def texts_of_country(country: Country, futures: Futures | None = None) -> dict[str, str]:
    """Return every text of a country in English, by key; with its futures the names of what nobody chooses."""
    found = {f"country:{country.name}": country.title_en, f"boundary:{country.name}": country.boundary}
    found |= {f"gap:{name}": text for name, text in country.gaps.items()}
    for name, conflict in country.conflicts.items():
        found |= {f"conflict:{name}": conflict.subject, f"reading:{name}": conflict.reading}
    for name, one in country.reference_classes.items():
        found[f"reference_class:{name}"] = one.title
        found |= {f"stage:{stage.title}": stage.title for stage in one.stages}
    for name, uncertainty in (futures.uncertainties if futures else {}).items():
        found[f"factor:{name}"] = uncertainty.title
    return _given(found)


def texts_of_strategy(country: Country, strategy: Strategy) -> dict[str, str]:
    """Return every text of a strategy and its levers in English, by key."""
    found = {f"strategy:{strategy.name}": strategy.title_en, f"because:{strategy.name}": strategy.because}
    found |= {f"document:{name}": document.title for name, document in strategy.documents.items()}
    for name, claim in strategy.claims.items():
        found |= {f"claim:{name}": claim.says, f"evidence:{name}": claim.evidence_note}
        for test in claim.tests:
            found[f"test:{name}/{test.name}"] = test.says or test.name
    for name, initiative in strategy.initiatives.items():
        found[f"initiative:{name}"] = initiative.title_en
        found |= {f"stage:{stage.title}": stage.title for stage in initiative.stages}
        milestones = [initiative.milestone, *(promise.milestone for promise in initiative.promises)]
        found |= {f"milestone:{milestone}": milestone for milestone in milestones}
    found |= {f"agreement:{name}": agreement.title_en for name, agreement in strategy.agreements.items()}
    found |= {f"envelope:{name}": envelope.title_en for name, envelope in strategy.envelopes.items()}
    for name, lever in read_levers(country, strategy).items():
        found |= {f"lever:{name}": lever.title_en, f"lever-note:{name}": lever.because}
    return _given(found)


def texts(country: Country, strategy: Strategy, language: str, futures: Futures | None = None) -> dict[str, str]:
    """Return every text of a pack in a language; English stands for a text that has no translation.

    The title of a stage is there by its words, and by `INITIATIVE/STAGE` too.

    Raises
    ------
    MoravaError
        When the language is unknown, or a file of translations is wrong: every problem at once.

    Examples
    --------
    >>> from morava.plans import read_country, read_strategy
    >>> country = read_country("ruritania")
    >>> texts(country, read_strategy(country), "sr-Latn")["initiative:railway"]
    'Pruga do Zende'
    """
    found = texts_of_country(country, futures) | texts_of_strategy(country, strategy)
    found |= translated(country, strategy, language, futures)
    for name, initiative in strategy.initiatives.items():
        found |= {f"stage:{name}/{stage.name}": found[f"stage:{stage.title}"] for stage in initiative.stages}
    return found


def translated(country: Country, strategy: Strategy, language: str, futures: Futures | None = None) -> dict[str, str]:
    """Return the texts of a pack that have words of their own in a language; none in English.

    Raises
    ------
    MoravaError
        As `texts`.
    """
    if language not in LANGUAGES:
        raise MoravaError(Problem(f"there is no language {language!r}", "language", nearest(language, LANGUAGES)))
    if language == "en":
        return {}
    written = "sr-Cyrl" if language == "sr-Latn" else language
    found = _titles_in_serbian(country, strategy) if written == "sr-Cyrl" else {}
    problems = Problems()
    folder = Path(country.folder)
    english = texts_of_country(country, futures)
    found |= _read(folder, folder, written, english, COUNTRY_KINDS, problems)
    english = texts_of_strategy(country, strategy)
    for name in _line_of(folder, strategy):
        holder = folder / "strategies" / name
        found |= _read(folder, holder, written, english, STRATEGY_KINDS, problems, own=name == strategy.name)
    problems.raise_if_any()
    return {key: latin(text) for key, text in found.items()} if language == "sr-Latn" else found


def untranslated(country: Country, strategy: Strategy, language: str, futures: Futures | None = None) -> list[str]:
    """Return the keys of the texts for which English stands in a language, sorted."""
    english = texts_of_country(country, futures) | texts_of_strategy(country, strategy)
    return [] if language == "en" else sorted(english.keys() - translated(country, strategy, language, futures).keys())


def say_factor(factor: str, futures: Futures, said: Mapping[str, str]) -> str:
    """Return a factor that a verdict hinges on, `title` or `title: label`, in the words of `said`.

    A label is mostly an initiative. A title may hold a colon itself; then there is no label.
    """
    names = {one.title: name for name, one in futures.uncertainties.items()}
    title, mark, label = (factor, "", "") if factor in names else factor.partition(": ")
    return said.get(f"factor:{names.get(title, '')}", title) + mark + said.get(f"initiative:{label}", label)


def check_translations(name_or_folder: str | Path, strategy: str = "") -> list[Problem]:
    """Return every problem of the files of translations of a pack, each once; what else is wrong is told elsewhere.

    A text without a translation is no problem. A translation of what the pack does not say, or says no longer, is.

    Parameters
    ----------
    name_or_folder
        As for `read_country`.
    strategy
        The only strategy to look at; all of them where none is named.

    Raises
    ------
    MoravaError
        When the pack itself cannot be read.

    Examples
    --------
    >>> check_translations("ruritania")
    []
    """
    country = read_country(name_or_folder)
    folder = Path(country.folder)
    files = [read_futures(country, name) for name in list_futures(folder)]
    known = {name: one for futures in files for name, one in futures.uncertainties.items()}
    every = replace(files[0], uncertainties=known) if files else None
    problems = Problems()
    for name in [strategy] if strategy else list_strategies(folder):
        for language in TRANSLATED:
            with problems.collecting():
                found = translated(country, read_strategy(country, name), language, every)
                strangers = {key for key in found if key.startswith("factor:")} - {f"factor:{one}" for one in known}
                for key in sorted(strangers):
                    where = f"{folder.name}/{FOLDER}/{language}.yaml"
                    problems.add(f"the pack has no text {key}", where, nearest(key, [f"factor:{one}" for one in known]))
    problems.extend(_strangers(folder))
    return list(dict.fromkeys(problems))


def _given(found: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in found.items() if text}


def _titles_in_serbian(country: Country, strategy: Strategy) -> dict[str, str]:
    found = {f"country:{country.name}": country.title_sr, f"strategy:{strategy.name}": strategy.title_sr}
    found |= {f"initiative:{name}": one.title_sr for name, one in strategy.initiatives.items()}
    found |= {f"agreement:{name}": one.title_sr for name, one in strategy.agreements.items()}
    found |= {f"envelope:{name}": one.title_sr for name, one in strategy.envelopes.items()}
    found |= {f"lever:{name}": one.title_sr for name, one in read_levers(country, strategy).items()}
    return _given(found)


def _strangers(folder: Path) -> Iterator[Problem]:
    for holder in (folder, *sorted((folder / "strategies").glob("*"))):
        for path in sorted((holder / FOLDER).glob("*")):
            if path.suffix != ".yaml" or path.stem not in TRANSLATED:
                mend = f"files are called {', '.join(f'{language}.yaml' for language in TRANSLATED)}"
                yield Problem(f"{path.name} is not read", shown(folder, path), mend)


def _line_of(folder: Path, strategy: Strategy) -> list[str]:
    """Return the names of the parents of a strategy, the eldest first, and its own."""
    line, parent = [strategy.name], strategy.parent
    while parent and parent not in line:
        line.insert(0, parent)
        path = folder / "strategies" / parent / "strategy.yaml"
        parent = str(read_yaml(path, shown(folder, path)).data.get("parent") or "")
    return line


def _read(
    folder: Path,
    holder: Path,
    language: str,
    english: Mapping[str, str],
    kinds: tuple[str, ...],
    problems: Problems,
    own: bool = True,
) -> dict[str, str]:
    """Return the entries of one file that are right; note what is wrong with the others.

    A file that is not a strategy's `own` is its parent's: what the variant says otherwise is no problem of it.
    """
    path = holder / FOLDER / f"{language}.yaml"
    if not path.is_file():
        return {}
    found: dict[str, str] = {}
    with problems.collecting():
        file = read_yaml(path, shown(folder, path))
        if not isinstance(file.data, dict):
            problems.add("the file is not a mapping", file.where(), "write claim:NAME: {of: HASH, says: TEXT}")
            return {}
        for key, entry in file.data.items():
            where = file.where(key)
            if not isinstance(entry, dict) or set(entry) != {"of", "says"}:
                mend = f"write {key}: {{of: HASH, says: TEXT}}"
                problems.add(f"{key} does not say what it translates and how", where, mend)
                continue
            text = entry["says"].strip() if isinstance(entry["says"], str) else ""
            if not text:
                problems.add(f"{key} has no text", where, "translate it, or take it away: English then stands for it")
            elif wrong := _wrong(key, str(entry["of"]), english, kinds):
                if own:
                    problems.add(wrong[0], where, wrong[1])
            else:
                found[key] = text
    return found


def _wrong(key: str, of: str, english: Mapping[str, str], kinds: tuple[str, ...]) -> tuple[str, str] | None:
    """Return what is wrong with the key of an entry and how to mend it, or None."""
    kind = key.partition(":")[0]
    if kind not in kinds:
        return f"{key} is no text of this file", f"a key begins with {', '.join(kinds)} and a colon"
    if kind in ELSEWHERE and key not in english:
        return None
    if key not in english:
        return f"the pack has no text {key}", nearest(key, [one for one in english if one.startswith(f"{kind}:")])
    if of != fingerprint(english[key]):
        return (
            f"{key} translates other words than the pack has now",
            f'look at it again; of: "{fingerprint(english[key])}"',
        )
    return None
