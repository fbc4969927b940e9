"""The commands of `morava`."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from morava.cli.backtest_screens import backtest
from morava.cli.checks import problems_of
from morava.cli.claim_screens import print_claim
from morava.cli.comparison_screens import print_comparison
from morava.cli.complexity_screens import complexity
from morava.cli.documents import answers_document, comparison_document, problems_document, save_verdicts, write_json
from morava.cli.effects_screens import effects
from morava.cli.engines import EngineName, EngineOption, RayAddress, engine_of
from morava.cli.levers_screens import LeverOption, levers
from morava.cli.power_options import CalendarCheck, FutureNumber, Hours, PowerFutures, Screen, Seed, Years
from morava.cli.power_screens import print_system
from morava.cli.regions import Place, chosen_system
from morava.cli.report import report
from morava.cli.scoreboard import print_backcast, print_cases
from morava.cli.screens import print_answers, print_list, print_problems, print_quantity
from morava.cli.serve import serve
from morava.cli.speech import choose_language, spoken, words_of
from morava.cli.templates import write_country, write_strategy
from morava.cli.trade_data import load_trade
from morava.cli.trade_screens import trade
from morava.errors import MoravaError, Problem, nearest
from morava.exchange.files import export_csv, export_workbook
from morava.exchange.program_files import write_system
from morava.plans import list_countries, read_country, read_strategy
from morava.runs.answers import Answers, answer
from morava.runs.backcast import backcast, can_backcast
from morava.runs.cases import run_cases
from morava.runs.compare import compare as compare_runs
from morava.runs.engines import Engine
from morava.runs.explain import explain_claim, explain_quantity, is_quantity
from morava.runs.explore import Plan, explore, plan_of, read_plan
from morava.runs.listing import LISTS, OF_RUNS, list_of_run, list_things
from morava.runs.request import detail_for, make_request
from morava.runs.store import find_run, is_finished, list_runs, runs_folder
from morava.runs.system_answer import answer_system
from morava.runs.types import Request

EXIT_PROBLEM, EXIT_FAILED_CASE, EXIT_INTERRUPTED = 1, 3, 130
"""1: something was refused, with reasons; 2: the command line is not understood; 3: a case of `validate` does not
pass; 130: interrupted, what was done is kept."""
MOST_FUTURES = 1_000_000
DEFAULT_COUNTRY = "serbia"

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Does the plan add up? Reads a national strategy as data and gives every claim a verdict.",
)
new_app = typer.Typer(no_args_is_help=True, help="Begin a country or a strategy from a commented template.")
app.callback()(choose_language)
app.add_typer(new_app, name="new")
for command in (trade, complexity, load_trade, backtest, effects, levers, serve, report):
    app.command(command.__name__.replace("_", "-"))(command)

PIPED_WIDTH = 112
"""Columns of what is printed where no terminal says how wide it is."""

out = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH)
err = Console(stderr=True, soft_wrap=True)

Country = Annotated[str, typer.Argument(help="Name of a country pack, or the folder of one.")]
Strategy = Annotated[str, typer.Option("--strategy", help="Name of a strategy; the country's default without it.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Out = Annotated[Path | None, typer.Option("--out", help="Folder where runs are kept (else MORAVA_RUNS, else ./runs).")]
Workers = Annotated[int, typer.Option("--workers", min=0, help="How many compute at a time; 0 takes all cores.")]
RunName = Annotated[str, typer.Argument(help="A run, or the beginning of its name; the newest finished one if none.")]


@app.command()
def run(
    country: Country = DEFAULT_COUNTRY,
    strategy: Strategy = "",
    futures: Annotated[int, typer.Option("--futures", min=1, max=MOST_FUTURES, help="How many futures.")] = 1000,
    seed: Seed = None,
    power_futures: PowerFutures = None,
    hours: Hours = "",
    years: Years = "",
    calendar_check: CalendarCheck = None,
    screen: Screen = False,
    lever: LeverOption = None,
    folder: Out = None,
    workers: Workers = 0,
    engine: EngineOption = EngineName.LOCAL,
    ray_address: RayAddress = "",
    as_json: Json = False,
) -> None:
    """Run a strategy through the models under many futures and judge every claim."""
    plan = read_plan(country, strategy, levers=",".join(lever or []))
    detail = detail_for(plan.country, power_futures, years, hours, calendar_check, futures if screen else 0)
    request = make_request(plan.country, plan.strategy, plan.futures, futures, seed, detail=detail, levers=plan.levers)
    _report(_explore(plan, request, folder, workers, engine_of(engine, ray_address)), as_json)


@app.command()
def resume(
    name: Annotated[str, typer.Argument(help="A run; the newest unfinished one if none.")] = "",
    folder: Out = None,
    workers: Workers = 0,
    engine: EngineOption = EngineName.LOCAL,
    ray_address: RayAddress = "",
    as_json: Json = False,
) -> None:
    """Go on with a run that was interrupted, and judge it."""
    place = runs_folder(folder)
    if name:
        path, request = find_run(name, place)
    else:
        unfinished = [(path, request) for path, request in list_runs(place) if not is_finished(path, request)]
        if not unfinished:
            raise MoravaError(
                Problem("there is no unfinished run", str(place), "name a run, or start one with `morava run`")
            )
        path, request = unfinished[0]
    plan = plan_of(path, request)
    _report(_explore(plan, request, folder, workers, engine_of(engine, ray_address)), as_json)


@app.command()
def judge(name: RunName = "", folder: Out = None, as_json: Json = False) -> None:
    """Judge a stored run again and print its verdicts."""
    _report(_answers(name, folder), as_json)


@app.command()
def check(
    country: Country = DEFAULT_COUNTRY,
    strategy: Strategy = "",
    document: Annotated[
        Path | None, typer.Option("--document", help="Your own copy of the source document, to verify the passages.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check every file of a pack and name all problems at once."""
    problems = problems_of(country, strategy, document)
    if as_json:
        write_json(problems_document(country, problems))
    else:
        print_problems(out, country, problems)
    if problems:
        raise typer.Exit(EXIT_PROBLEM)


@app.command()
def explain(
    name: Annotated[str, typer.Argument(help="A claim (C034) or a quantity of the glossary (debt_ratio).")],
    run_name: Annotated[str, typer.Option("--run", help="A run; the newest finished one without it.")] = "",
    where: Annotated[list[str] | None, typer.Option("--where", help="Label of a dimension, as year=2035.")] = None,
    future: Annotated[int | None, typer.Option("--future", min=0, help="Show the inputs of one future.")] = None,
    folder: Out = None,
    as_json: Json = False,
) -> None:
    """Say why: from a verdict or number back to models, draws, facts, sources and the paragraph."""
    answers = _answers(run_name, folder)
    if name in answers.plan.strategy.claims:
        found = explain_claim(answers, name)
        write_json(found) if as_json else print_claim(out, found, words_of(answers), answers.plan.futures)
    elif is_quantity(name):
        found = explain_quantity(answers, name, _labels(where or []), future)
        write_json(found) if as_json else print_quantity(out, found, words_of(answers))
    else:
        known = [*answers.plan.strategy.claims, *answers.outcome.values]
        raise MoravaError(Problem(f"{name} is neither a claim nor a quantity", "morava explain", nearest(name, known)))


@app.command()
def show(
    what: Annotated[str, typer.Argument(help=f"One of: {', '.join((*LISTS, *OF_RUNS, 'countries', 'runs'))}.")],
    country: Annotated[
        str, typer.Option("--country", help="Name or folder of a pack, serbia if none; of a run, only this country's.")
    ] = "",
    strategy: Strategy = "",
    find: Annotated[str, typer.Option("--find", help="Only rows that hold this text.")] = "",
    folder: Out = None,
    as_json: Json = False,
) -> None:
    """List what a pack holds, what the newest run found, the countries, or the runs."""
    if what == "runs":
        rows: list[dict[str, Any]] = [
            {
                "run": path.name, "country": request.country, "strategy": request.strategy, "futures": request.futures,
                "seed": request.seed, "levers": request.levers, "finished": is_finished(path, request),
            }
            for path, request in list_runs(runs_folder(folder))
        ]  # fmt: skip
    elif what in OF_RUNS:
        rows = list_of_run(what, _answers(_newest(runs_folder(folder), country, strategy), folder))
    elif what == "countries":
        rows = [{"country": name} for name in list_countries()]
    elif what in LISTS:
        found = read_country(country or DEFAULT_COUNTRY)
        rows = list_things(what, found, read_strategy(found, strategy))
    else:
        raise MoravaError(
            Problem(f"{what} cannot be listed", "morava show", nearest(what, (*LISTS, *OF_RUNS, "countries", "runs")))
        )
    rows = [row for row in rows if find.lower() in " ".join(str(value) for value in row.values()).lower()]
    write_json({what: rows}) if as_json else print_list(out, what, rows)


@app.command()
def compare(
    one: Annotated[str, typer.Argument(help="A run; the newest finished but one if none.")] = "",
    other: Annotated[str, typer.Argument(help="Another run; the newest finished one if none.")] = "",
    folder: Out = None,
    as_json: Json = False,
) -> None:
    """Say what differs between two runs: inputs, verdicts, medians."""
    first, second = _answers(one or _newest(runs_folder(folder), back=1), folder), _answers(other, folder)
    found, words = compare_runs(first, second), words_of(second)
    write_json(comparison_document(found)) if as_json else print_comparison(out, first.run, second.run, found, words)


@app.command()
def export(
    name: RunName = "",
    to: Annotated[Path, typer.Option("--to", help="Folder to write into.")] = Path("export"),
    csv: Annotated[bool, typer.Option(help="Write CSV files.")] = True,
    xlsx: Annotated[bool, typer.Option(help="Write an Excel workbook.")] = True,
    folder: Out = None,
    as_json: Json = False,
) -> None:
    """Write verdicts, tests, outcomes, findings and sources as CSV files and an Excel workbook."""
    answers = _answers(name, folder)
    written = export_csv(answers, to) if csv else []
    if xlsx:
        written.append(export_workbook(answers, to / f"morava-{answers.run}.xlsx"))
    if as_json:
        write_json({"run": answers.run, "files": [str(path) for path in written]})
    else:
        for path in written:
            out.print(str(path))


@app.command()
def system(
    country: Place = DEFAULT_COUNTRY,
    strategy: Strategy = "",
    future: FutureNumber = 0,
    seed: Seed = None,
    hours: Hours = "",
    years: Years = "",
    rows: Annotated[str, typer.Option("--rows", help="Write only this kind of rows, to be read by eye.")] = "",
    to: Annotated[Path, typer.Option("--to", help="File to write, .lp or .mps.")] = Path("power.mps"),
    as_json: Json = False,
) -> None:
    """Write the power program of one future, or of a region, as LP or MPS, every row and column named."""
    written = write_system(chosen_system(country, strategy, future, seed, hours, years), to, rows)
    if as_json:
        write_json(written.document())
    else:
        out.print(f"{written.file}: {written.rows} rows, {written.columns} columns, {written.nonzeros} entries")


@app.command()
def solve(
    country: Place = DEFAULT_COUNTRY,
    strategy: Strategy = "",
    future: FutureNumber = 0,
    seed: Seed = None,
    hours: Hours = "",
    years: Years = "",
    as_json: Json = False,
) -> None:
    """Solve the power program of one future, or of a region, and say how far its cost is proved."""
    found = answer_system(chosen_system(country, strategy, future, seed, hours, years))
    write_json(found.document()) if as_json else print_system(out, found)


@app.command()
def validate(as_json: Json = False) -> None:
    """Compute the numbers that other people published, and put the power system back into past years."""
    cases = run_cases()
    backcasts = [backcast(name) for name in list_countries() if can_backcast(read_country(name))]
    if as_json:
        write_json(
            {"cases": [case.document() for case in cases], "backcasts": [found.document() for found in backcasts]}
        )
    else:
        print_cases(out, cases)
        for found in backcasts:
            print_backcast(out, found)
    beaten = all(score.beats_last_year for found in backcasts for score in found.scores)
    if not beaten or not all(case.passed for case in cases):
        raise typer.Exit(EXIT_FAILED_CASE)


@new_app.command("country")
def new_country(
    name: Annotated[str, typer.Argument(help="Name of the new country: lower case, digits, hyphens.")],
    to: Annotated[Path, typer.Option("--to", help="Folder in which the pack's folder is made.")] = Path(),
    as_json: Json = False,
) -> None:
    """Begin a country pack: every file, commented, with one working example of each thing."""
    _print_folder(write_country(name, to), as_json)


@new_app.command("strategy")
def new_strategy(
    name: Annotated[str, typer.Argument(help="Name of the new strategy: lower case, digits, hyphens.")],
    pack: Annotated[Path, typer.Option("--pack", help="Folder of the country pack.")],
    parent: Annotated[str, typer.Option("--parent", help="Strategy that it varies; none for a new one.")] = "",
    as_json: Json = False,
) -> None:
    """Begin a strategy in a country pack of your own, from nothing or as a variant of another."""
    _print_folder(write_strategy(name, pack, parent), as_json)


def _print_folder(folder: Path, as_json: bool) -> None:
    write_json({"folder": str(folder)}) if as_json else out.print(str(folder))


def _labels(where: list[str]) -> dict[str, str]:
    labels = {}
    for pair in where:
        dim, sign, label = pair.partition("=")
        if not sign or not dim or not label:
            raise MoravaError(Problem(f"{pair!r} names no label", "--where", "write dimension=label, as year=2035"))
        labels[dim] = label
    return labels


def _explore(plan: Plan, request: Request, folder: Path | None, workers: int, engine: Engine) -> Answers:
    bars = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(),
        console=err, transient=True, disable=not err.is_terminal,
    )  # fmt: skip
    begun = time.monotonic()
    try:
        with bars:
            task = bars.add_task(f"{request.futures} futures of {request.strategy}", total=None)
            path = explore(
                plan,
                request,
                runs_folder(folder),
                workers or engine.default_workers(),
                lambda done, total: bars.update(task, completed=done, total=total),
                engine,
            )
    except KeyboardInterrupt:  # typer would end without a word
        err.print(spoken().say("cli-interrupted"), style="yellow", highlight=False)
        raise typer.Exit(EXIT_INTERRUPTED) from None
    if err.is_terminal or request.power_screened:
        said = spoken().say("cli-computed", seconds=str(round(time.monotonic() - begun)))
        err.print(said, style="dim", highlight=False)
    answers = answer(plan, path, request)
    save_verdicts(answers)
    return answers


def _answers(name: str, folder: Path | None) -> Answers:
    path, request = find_run(name, runs_folder(folder))
    return answer(plan_of(path, request), path, request)


def _newest(folder: Path, country: str = "", strategy: str = "", back: int = 0) -> str:
    """Return the name of the newest finished run, of a country and strategy where they are named, or an older one."""
    name = read_country(country).name if country else ""
    finished = [
        path.name
        for path, request in list_runs(folder)
        if is_finished(path, request) and name in ("", request.country) and strategy in ("", request.strategy)
    ]
    if len(finished) <= back:
        wanted = " ".join(part for part in (name, strategy) if part)
        what = f"{len(finished)} finished runs{f' of {wanted}' if wanted else ''}, {back + 1} needed"
        raise MoravaError(Problem(what, str(folder), "make one with `morava run`, or name a run"))
    return finished[back]


def _report(answers: Answers, as_json: bool) -> None:
    write_json(answers_document(answers)) if as_json else print_answers(out, answers, words_of(answers))


def main() -> None:
    """Run a command; refuse in words, never with a traceback."""
    try:
        app()
    except MoravaError as error:
        for problem in error.problems:
            err.print(str(problem), style="red", markup=False, highlight=False)
        sys.exit(EXIT_PROBLEM)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
