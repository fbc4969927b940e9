"""The command `morava levers`, and the option that moves levers of a run."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from morava.cli.documents import write_json
from morava.cli.speech import ENGLISH, chosen_language, named, said_unit, written
from morava.errors import MoravaError, Problem
from morava.plans.levers import read_levers
from morava.report.words import Words, words_in
from morava.runs.emulator import Emulator
from morava.runs.emulator_file import FILE, write_emulator
from morava.runs.engines import ProcessPool
from morava.runs.explore import Plan, read_plan
from morava.runs.levers_base import base_run, design_on, fit_design
from morava.runs.levers_design import folder_of, seconds_a_point, solve_design
from morava.runs.levers_fit import LEAST_POINTS, find_emulator, shipped_file
from morava.runs.store import runs_folder
from morava.views.levers import levers_document
from morava.views.translations import texts

WIDTH = 120
FUTURES, POWER_FUTURES, BASE_FUTURES = 16, 2, 120
MOST_POINTS, MOST_FUTURES, A_MINUTE = 4096, 1000, 60

LeverOption = Annotated[
    list[str] | None, typer.Option("--lever", help="Where a lever of the strategy stands, as data-centres-size=0.5.")
]
Country = Annotated[str, typer.Argument(help="Name of a country pack, or the folder of one.")]
Strategy = Annotated[str, typer.Option("--strategy", help="Name of a strategy; the country's default without it.")]
Count = Annotated[int, typer.Option("--points", min=0, max=MOST_POINTS, help="Fit an emulator on so many points.")]
FuturesOption = Annotated[int, typer.Option("--futures", min=8, max=MOST_FUTURES, help="Futures of each point.")]
PowerOption = Annotated[
    int, typer.Option("--power-futures", min=1, max=16, help="Futures in which power is compared with the plan's.")
]
BaseOption = Annotated[
    int, typer.Option("--base-futures", min=8, help="Futures of the plan's own run, where none is there yet.")
]
Out = Annotated[Path | None, typer.Option("--out", help="Folder where runs are kept (else MORAVA_RUNS, else ./runs).")]
Workers = Annotated[int, typer.Option("--workers", min=0, help="How many compute at a time; 0 takes all cores.")]
Ship = Annotated[bool, typer.Option("--ship", help="Put the emulator beside the strategy in its pack.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


def levers(
    country: Country = "serbia",
    strategy: Strategy = "",
    points: Count = 0,
    futures: FuturesOption = FUTURES,
    power_futures: PowerOption = POWER_FUTURES,
    base_futures: BaseOption = BASE_FUTURES,
    folder: Out = None,
    workers: Workers = 0,
    ship: Ship = False,
    as_json: Json = False,
) -> None:
    """List the levers of a strategy; with --points fit what answers at once when they move."""
    plan, runs = read_plan(country, strategy), runs_folder(folder)
    emulator: Emulator | None = None
    differing: list[str] = []
    if 0 < points < LEAST_POINTS:
        raise MoravaError(
            Problem(f"{points} points are too few for a fit", "--points", f"ask for at least {LEAST_POINTS}")
        )
    if points:
        emulator = _fit(plan, runs, points, futures, power_futures, base_futures, workers, ship)
    elif found := find_emulator(plan.country, plan.strategy, plan.futures, runs):
        emulator, differing = found
    if as_json:
        write_json(levers_document(list(read_levers(plan.country, plan.strategy).values()), emulator, differing))
        return
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    language = chosen_language()
    words = words_in(language, {} if language == ENGLISH else texts(plan.country, plan.strategy, language))
    _print_levers(console, plan, words)
    _print_emulator(console, emulator, differing, words)


def _fit(
    plan: Plan, runs: Path, points: int, futures: int, power_futures: int, base_futures: int, workers: int, ship: bool
) -> Emulator:
    """Run the design and fit it; say beforehand what it costs."""
    err = Console(stderr=True, soft_wrap=True)
    hands = workers or ProcessPool().default_workers()
    with _bars(err) as bars:
        task = bars.add_task("the plan itself", total=None)
        base, request = base_run(
            plan, runs, futures, base_futures, hands, lambda done, total: bars.update(task, completed=done, total=total)
        )
        design = design_on(plan, base, request, futures, power_futures)
        path = solve_design(design, runs, 0, hands)
    seconds = seconds_a_point(path)
    err.print(
        f"{points} points of {futures} futures: about {seconds:.0f} s each, "
        f"{points * seconds / hands / A_MINUTE:.0f} minutes with {hands} at a time; kept in {path}",
        highlight=False,
    )
    with _bars(err) as bars:
        task = bars.add_task("points", total=None)
        solve_design(design, runs, points, hands, lambda done, total: bars.update(task, completed=done, total=total))
    emulator = fit_design(design, folder_of(design, runs), points, base)
    write_emulator(emulator, path / FILE)
    if ship:
        write_emulator(emulator, shipped_file(plan.country, plan.strategy))
    return emulator


def _bars(err: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(),
        console=err, transient=True, disable=not err.is_terminal,
    )  # fmt: skip


def _print_levers(console: Console, plan: Plan, words: Words) -> None:
    found = read_levers(plan.country, plan.strategy)
    if not found:
        console.print(words.say("cli-lever-none", strategy=plan.strategy.name), highlight=False)
    for one in found.values():
        kind = named(words, "lever-kind", one.kind)
        title = escape(words.text(f"lever:{one.name}", one.title_en))
        head, mark, rest = words.say("cli-lever", name=one.name, kind=kind, title=title).partition(one.name)
        console.print(f"{head}[bold]{mark}[/bold]{rest}", highlight=False)
        low, high, stands = (written(words, f"{value:g}") for value in (one.at_least, one.at_most, one.plan))
        unit = "" if one.unit == "1" else f" {said_unit(words, one.unit)}"
        because = escape(words.text(f"lever-note:{one.name}", one.because))
        said = words.say("cli-lever-range", low=low, high=high, unit=unit, plan=stands, because=because)
        console.print(f"  {said}", highlight=False)


def _print_emulator(console: Console, emulator: Emulator | None, differing: list[str], words: Words) -> None:
    if emulator is None:
        console.print(words.say("cli-emulator-none"), style="yellow", highlight=False)
        return
    fitted = emulator.fitted
    points, futures, held = (str(one) for one in (fitted.design_points, fitted.futures, fitted.held_out_points))
    said = words.say("cli-emulator", run=fitted.run, points=points, futures=futures, held=held)
    console.print(f"\n{said}", highlight=False)
    if differing:
        what = ", ".join(named(words, "lever-stale", name) for name in differing)
        console.print(words.say("cli-emulator-stale", what=what), style="yellow", highlight=False)
    for one in emulator.outputs:
        middle, error = float(np.median(np.array(one.base)[:, 1])), float(np.median(one.error))
        numbers = {"middle": written(words, f"{middle:.6g}"), "error": written(words, f"{error:.3g}")}
        said = words.say("cli-emulator-output", name=one.name, unit=said_unit(words, one.unit), **numbers)
        console.print(f"  {escape(said)}", highlight=False)
    worst: list[Any] = sorted(((one.error, one.claim, one.test) for one in emulator.shares), reverse=True)[:5]
    for error, claim, test in worst:
        told = {"claim": claim, "test": words.text(f"test:{claim}/{test}", test)}
        said = words.say("cli-emulator-share", error=written(words, f"{error:.2f}"), **told)
        console.print(f"  {escape(said)}", highlight=False)
