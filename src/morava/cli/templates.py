"""Begin a pack: the tutorial country's files under a new name, or an empty strategy, ready to be checked."""

from __future__ import annotations

import re
import shutil
from importlib.resources import as_file, files
from pathlib import Path

from morava.errors import MoravaError, Problem

NAME = re.compile(r"^[a-z][a-z0-9-]{1,40}$")
EXAMPLE, EXAMPLE_STRATEGY = "ruritania", "crown-2030"

NEW_STRATEGY = """\
name: {name}
title: {{en: {name}, sr: {name}}}
parent: ""
because: ""
required_share: 0.8
documents:
  document:
    title: Title of the document that the claims come from
    producer: Who published it
    published: "2026-01-01"
    sha256: ""
    licence: ""
envelopes: {{}}
"""
VARIANT = """\
name: {name}
title: {{en: {name}, sr: {name}}}
parent: {parent}
because: Say here why this variant differs.
"""
EMPTY = "# Add entries here: the pack ruritania and docs/reference/pack-format.md show every key.\n{}\n"


def _check_name(name: str, target: Path) -> None:
    if not NAME.match(name):
        raise MoravaError(Problem(f"{name!r} is no name", "morava new", "use lower-case letters, digits and hyphens"))
    if target.exists():
        raise MoravaError(Problem(f"{target} is there already", "morava new", "choose another name or folder"))


def write_country(name: str, folder: Path) -> Path:
    """Copy the fictional example without its translations under a new name, to be rewritten; return its folder.

    Raises
    ------
    MoravaError
        When the name is no name, or the folder exists: nothing is overwritten.
    """
    target = folder / name
    _check_name(name, target)
    with as_file(files("morava").joinpath("countries", EXAMPLE)) as example:
        shutil.copytree(example, target, ignore=shutil.ignore_patterns("__pycache__", "translations"))
    for path in target.rglob("*"):
        if path.is_file():
            path.chmod(0o644)
    text = (target / "country.yaml").read_text(encoding="utf-8")
    renamed = text.replace(f"name: {EXAMPLE}", f"name: {name}")
    renamed = re.sub(r"^title:.*$", f"title: {{en: {name}, sr: {name}}}", renamed, count=1, flags=re.MULTILINE)
    (target / "country.yaml").write_text(renamed, encoding="utf-8")
    return target


def write_strategy(name: str, pack: Path, parent: str) -> Path:
    """Write the files of a new strategy, or of a variant, into a pack; return its folder.

    Raises
    ------
    MoravaError
        When the pack is none, the parent is unknown, or the strategy exists.
    """
    strategies = pack / "strategies"
    if not (pack / "country.yaml").is_file():
        raise MoravaError(Problem(f"{pack} is no country pack", "--pack", "name a folder with a country.yaml in it"))
    if parent and not (strategies / parent / "strategy.yaml").is_file():
        raise MoravaError(Problem(f"{pack} has no strategy {parent}", "--parent", "name one of its folders"))
    target = strategies / name
    _check_name(name, target)
    target.mkdir(parents=True)
    text = VARIANT.format(name=name, parent=parent) if parent else NEW_STRATEGY.format(name=name)
    (target / "strategy.yaml").write_text(text, encoding="utf-8")
    for kind in ("initiatives", "agreements", "claims"):
        (target / f"{kind}.yaml").write_text(EMPTY, encoding="utf-8")
    return target
