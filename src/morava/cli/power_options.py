"""The options that say which futures, years and hours of a power system are solved, and how."""

from __future__ import annotations

from typing import Annotated

import typer

FutureNumber = Annotated[int, typer.Option("--future", min=0, help="Number of the future.")]
Seed = Annotated[int | None, typer.Option("--seed", help="Seed; that of the futures file without it.")]
Hours = Annotated[str, typer.Option("--hours", help="Weeks of a year on which power is solved; `full`: all hours.")]
Years = Annotated[str, typer.Option("--years", help="Years in which power is solved, with commas; or `all` periods.")]
PowerFutures = Annotated[
    int | None, typer.Option("--power-futures", min=0, help="Futures, from the first, in which power is solved.")
]
CalendarCheck = Annotated[
    bool | None,
    typer.Option("--calendar-check/--no-calendar-check", help="Solve one future on all hours too, to know the error."),
]
Screen = Annotated[bool, typer.Option("--screen", help="Answer power within 1 % in all further futures.")]
