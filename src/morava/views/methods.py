"""The pages that say how each model answers. They lie in `docs/models`, and in the wheel beside this file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from morava.errors import MoravaError, Problem
from morava.languages import slug
from morava.models.chain import CHAIN

BESIDE = Path(__file__).parent / "method_pages"
"""Where the wheel puts them."""
IN_REPOSITORY = Path(__file__).parents[3] / "docs" / "models"


@dataclass(frozen=True)
class Method:
    """A page: its name, the message that titles it, its own English title, and its text as Markdown.

    `quantities` are what the model of that name gives; a page on something else, as on a method of calibration, has
    none.
    """

    name: str
    key: str
    title: str
    text: str
    quantities: tuple[str, ...]


@cache
def methods() -> tuple[Method, ...]:
    """Return every page: those of the models in running order, then the others by name.

    Raises
    ------
    MoravaError
        When the pages are not there, or one has no heading.
    """
    folder = BESIDE if BESIDE.is_dir() else IN_REPOSITORY
    found = {path.stem: path for path in sorted(folder.glob("*.md"))}
    if not found:
        raise MoravaError(Problem("the method pages are missing", str(folder), "install Morava again"))
    gives = {model.__name__: model.gives for model in CHAIN}
    first = [name for name in gives if name in found]
    return tuple(
        _page(found[name], gives.get(name, ())) for name in (*first, *(name for name in found if name not in gives))
    )


def _page(path: Path, quantities: tuple[str, ...]) -> Method:
    text = path.read_text(encoding="utf-8")
    heading = next((line for line in text.splitlines() if line.startswith("# ")), "")
    if not heading:
        raise MoravaError(Problem("the page has no heading", str(path), "begin it with `# Title`"))
    return Method(path.stem, f"method-{slug(path.stem)}", heading.removeprefix("# ").strip(), text, quantities)
