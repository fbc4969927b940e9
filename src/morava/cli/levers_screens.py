"""The command `morava levers`, and the option that moves levers of a run."""

from __future__ import annotations

from typing import Annotated

import typer

LeverOption = Annotated[
    list[str] | None, typer.Option("--lever", help="Where a lever of the strategy stands, as data-centres-size=0.5.")
]


def levers() -> None:
    """List levers."""
