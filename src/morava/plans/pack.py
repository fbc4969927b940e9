"""The folder of a pack: where it lies, which files it may hold, and the data of these files."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Any

from morava.errors import MoravaError, Problem, Problems, nearest
from morava.plans.places import Places
from morava.plans.validate import Schema, validate
from morava.plans.yaml_file import KeyPath, read_yaml

COUNTRY_FILES = ("country.yaml", "sources.yaml", "conflicts.yaml", "reference_classes.yaml", "backtest.yaml")
GROUPS_FILE, LEVERS_FILE = "groups.yaml", "levers.yaml"
TRANSLATIONS_FOLDER = "translations"
"""Where a pack or a strategy keeps its texts in other languages: read by the faces, and no part of what is hashed."""
ENTRY_KINDS = ("initiatives", "agreements", "claims")
"""Kinds of entries of a strategy: each a file, or a folder of files, by that name."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_DATA = (".yaml", ".yml", ".csv")


def _countries() -> Path:
    return Path(str(files("morava"))) / "countries"


def list_countries() -> list[str]:
    """Return the names of the packs that come with Morava.

    Examples
    --------
    >>> "ruritania" in list_countries()
    True
    """
    return sorted(path.parent.name for path in _countries().glob("*/country.yaml"))


def find_folder(name_or_folder: str | Path) -> Path:
    """Return the folder of a pack, by the name of a country that comes with Morava or by path.

    Raises
    ------
    MoravaError
        When there is no such pack.
    """
    text = str(name_or_folder)
    if text in list_countries():
        return _countries() / text
    folder = Path(name_or_folder)
    try:
        if (folder / "country.yaml").is_file():
            return folder.resolve()
    except (OSError, ValueError):
        pass
    raise MoravaError(
        Problem(f"there is no country {text!r}", "countries", f"{nearest(text, list_countries())}, or name a folder "
                "that holds country.yaml")
    )  # fmt: skip


def check_name(name: str, what: str) -> None:
    """Raise where a name could lead out of the folder of its pack."""
    if not _NAME.fullmatch(name):
        raise MoravaError(
            Problem(f"{name!r} is no name of a {what}", what, "use letters without accents, digits and . _ -")
        )


def strategy_folder(folder: Path, name: str) -> Path:
    """Return the folder of a strategy.

    Raises
    ------
    MoravaError
        When the pack has no strategy of that name.
    """
    check_name(name, "strategy")
    found = folder / "strategies" / name
    if not (found / "strategy.yaml").is_file():
        raise MoravaError(
            Problem(
                f"there is no strategy {name!r}", f"{folder.name}/strategies", nearest(name, list_strategies(folder))
            )
        )
    return found


def list_strategies(folder: Path) -> list[str]:
    """Return the names of the strategies of a pack."""
    return sorted(path.parent.name for path in (folder / "strategies").glob("*/strategy.yaml"))


def own_or_parent_file(folder: Path, name: str, file: str) -> Path | None:
    """Return a file of a strategy, or the nearest one among those of the strategies that it varies."""
    seen = set[str]()
    while name and name not in seen:
        seen.add(name)
        holder = strategy_folder(folder, name)
        if (holder / file).is_file():
            return holder / file
        frame = read_yaml(holder / "strategy.yaml", f"{name}/strategy.yaml").data
        name = str(frame.get("parent") or "") if isinstance(frame, dict) else ""
    return None


def list_futures(folder: Path) -> list[str]:
    """Return the names of the files of futures of a pack."""
    return sorted(path.stem for path in (folder / "futures").glob("*.yaml"))


def shown(folder: Path, path: Path) -> str:
    """Return how problems name a file of a pack: by the pack's name and the path in it."""
    return f"{folder.name}/{path.relative_to(folder).as_posix()}"


def read_file(
    folder: Path,
    path: Path,
    schema: type[Schema],
    prefix: KeyPath,
    places: Places,
    problems: Problems,
    sections: frozenset[KeyPath] = frozenset(),
) -> Schema | None:
    """Return a file of a pack under its schema, without the entries that are wrong; None where it cannot be used."""
    with problems.collecting():
        file = read_yaml(path, shown(folder, path))
        places.add(prefix, file)
        return validate(schema, file.data, places, prefix, problems, sections)
    return None


def read_entries(folder: Path, holder: Path, kind: str, places: Places, problems: Problems) -> dict[str, Any] | None:
    """Return the raw entries of `<kind>.yaml` and of every file of `<kind>/`, by name.

    Parameters
    ----------
    folder, holder
        The pack, and the folder in it that holds the entries.
    kind
        What the entries are, e.g. initiatives.
    places
        Takes where they stand, under `(kind, name)`.
    problems
        Takes everything that is wrong, names given twice included.

    Returns
    -------
    dict or None
        None where there is no such file.
    """
    single = holder / f"{kind}.yaml"
    paths = [single] if single.exists() else []
    paths += sorted((holder / kind).glob("*.yaml"))
    found: dict[str, Any] = {}
    here: set[str] = set()
    for path in paths:
        with problems.collecting():
            file = read_yaml(path, shown(folder, path))
            if not isinstance(file.data, dict):
                problems.add("the file is not a mapping", file.where(), f"write the name of one of the {kind} and :")
                continue
            for name in sorted(here & set(file.data)):
                problems.add(
                    f"{name} is given twice", file.where(name), f"keep one; the other stands at "
                    f"{places.where(kind, name)}"
                )  # fmt: skip
            places.add((kind,), file)
            here |= set(file.data)
            found |= file.data
    return found if paths else None


def validate_entries(
    schema: type[Schema], data: dict[str, Any], kind: str, places: Places, problems: Problems
) -> Schema | None:
    """Return entries by name under the schema of their file; those that are wrong are noted and left out."""
    return validate(schema, data, places, (kind,), problems, frozenset({()}))


def check_files(folder: Path, problems: Problems) -> None:
    """Note data files that nobody reads: a name misspelt would otherwise lose a file without a word."""
    expected: list[tuple[Path, tuple[str, ...]]] = [(folder, COUNTRY_FILES)]
    expected += [
        (holder, ("strategy.yaml", GROUPS_FILE, LEVERS_FILE, *(f"{kind}.yaml" for kind in ENTRY_KINDS)))
        for holder in sorted((folder / "strategies").glob("*"))
    ]
    for holder, names in expected:
        for path in sorted(holder.glob("*")):
            if path.suffix in _DATA and path.name not in names:
                problems.add(f"{path.name} is not read", shown(folder, path), nearest(path.name, names))
    for name, suffix in (("facts", ".csv"), ("futures", ".yaml")):
        for path in sorted((folder / name).glob("*")):
            if path.suffix in _DATA and path.suffix != suffix:
                problems.add(f"{path.name} is not read", shown(folder, path), f"files of {name}/ end in {suffix}")
    known = {"facts", "futures", "series", "trade", "strategies", "licences", TRANSLATIONS_FOLDER}
    for path in sorted(folder.glob("*")):
        if path.is_dir() and path.name not in known:
            problems.add(f"the folder {path.name} is not read", shown(folder, path), nearest(path.name, known))
    for holder in sorted((folder / "strategies").glob("*")):
        if holder.is_dir() and not (holder / "strategy.yaml").exists():
            problems.add("the strategy has no strategy.yaml", shown(folder, holder), "add it: name, title, ...")
        if holder.suffix in _DATA and not holder.is_dir():
            problems.add(f"{holder.name} is not read", shown(folder, holder), "each strategy has a folder of its own")
        for path in sorted(holder.glob("*")):
            if path.is_dir() and path.name not in (*ENTRY_KINDS, TRANSLATIONS_FOLDER):
                problems.add(
                    f"the folder {path.name} is not read", shown(folder, path), nearest(path.name, ENTRY_KINDS)
                )
