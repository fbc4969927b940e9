"""The register of screens: what a face can ask for, in the order in which it is offered."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from morava.errors import MoravaError, Problem, nearest
from morava.runs.answers import Answers
from morava.views.country import country
from morava.views.dependence import dependence
from morava.views.economy import economy
from morava.views.initiatives import initiatives
from morava.views.power import power
from morava.views.sources import sources_screen
from morava.views.trade import trade
from morava.views.types import Chart, Screen

SCREENS: Mapping[str, Callable[[Answers, Mapping[str, str]], Screen]] = {
    "country": country,
    "initiatives": initiatives,
    "economy": economy,
    "trade": trade,
    "power": power,
    "dependence": dependence,
    "sources": sources_screen,
}
"""Every screen by its name."""


def screen(answers: Answers, name: str, choices: Mapping[str, str] | None = None) -> Screen:
    """Return a screen of a run.

    Parameters
    ----------
    choices
        What is chosen in it, by parameter; what is not chosen stands where the screen puts it.

    Raises
    ------
    MoravaError
        When there is no such screen, choice or option, or the run has nothing for it.
    """
    if name not in SCREENS:
        raise MoravaError(Problem(f"no screen is called {name}", "screen", nearest(name, SCREENS)))
    made = SCREENS[name](answers, choices or {})
    if not made.charts:
        raise MoravaError(
            Problem(f"the run has nothing for the screen {name}", f"run {answers.run}", "look at another screen")
        )
    for parameter in choices or {}:
        if parameter not in made.choices:
            raise MoravaError(
                Problem(f"{parameter} cannot be chosen", f"screen {name}", nearest(parameter, made.choices))
            )
    return made


def chart(answers: Answers, name: str, chart_name: str, choices: Mapping[str, str] | None = None) -> Chart:
    """Return one chart of a screen.

    Raises
    ------
    MoravaError
        As of `screen`, and when the screen has no such chart.
    """
    charts = {one.name: one for one in screen(answers, name, choices).charts}
    if chart_name not in charts:
        raise MoravaError(Problem(f"no chart is called {chart_name}", f"screen {name}", nearest(chart_name, charts)))
    return charts[chart_name]


def screens_of(answers: Answers) -> tuple[str, ...]:
    """Return the names of the screens that have something to show of a run, in order."""
    return tuple(name for name, make in SCREENS.items() if make(answers, {}).charts)
