"""What handlers work with: the settings, the answers held in memory, the jobs, the reader's document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends, Path, Request
from starlette.responses import Response

from morava.errors import MoravaError, Problem, nearest
from morava.runs.answers import Answers
from morava.views.types import Chart, Screen
from morava.web.asked import NAME, RUN
from morava.web.held import Held
from morava.web.jobs import Jobs
from morava.web.own_document import OwnDocument, read_own_document
from morava.web.replies import JSON, RefusedError, refusal
from morava.web.settings import Settings

Seen = TypeVar("Seen")
MOST_CHOICES, LONGEST_CHOICE = 12, 80


@dataclass(frozen=True)
class Service:
    """One page and what belongs to it."""

    settings: Settings
    held: Held
    jobs: Jobs
    document: OwnDocument | None


@contextmanager
def not_found() -> Iterator[None]:
    """Say of what a view does not find that it is not there.

    Raises
    ------
    RefusedError
        With 404 where the view refuses.
    """
    try:
        yield
    except RefusedError:
        raise
    except MoravaError as error:
        raise RefusedError(404, *error.problems) from error


@dataclass(frozen=True)
class Asking:
    """A request about one run."""

    service: Service
    run: str
    address: str

    def tell(self, view: Callable[[Answers], object]) -> Response:
        """Answer with what a view makes of the run.

        Raises
        ------
        RefusedError
            With 404 where the view refuses.
        """
        with not_found():
            return Response(self.service.held.tell(self.run, self.address, view), media_type=JSON)

    def tell_beside(self, one: str, view: Callable[[Answers, Answers], object]) -> Response:
        """Answer with what a view makes of another run and this one.

        Raises
        ------
        RefusedError
            With 404 where the view refuses.
        """
        with not_found():
            first = self.service.held.show(one, lambda answers: answers)
        return self.tell(lambda answers: view(first, answers))

    def screen(self, name: str, choices: Mapping[str, str]) -> Screen:
        """Return a screen of the run.

        Raises
        ------
        RefusedError
            With 404 where there is no such screen or choice.
        """
        with not_found():
            return self.service.held.screen(self.run, name, choices)

    def chart(self, name: str, choices: Mapping[str, str], chart_name: str) -> Chart:
        """Return a chart of a screen of the run.

        Raises
        ------
        RefusedError
            With 404 where there is no such screen, choice or chart.
        """
        charts = {one.name: one for one in self.screen(name, choices).charts}
        if chart_name not in charts:
            raise refusal(404, f"no chart is called {chart_name}", f"screen {name}", nearest(chart_name, charts))
        return charts[chart_name]

    def show(self, view: Callable[[Answers], Seen]) -> Seen:
        """Return what a view makes of the run.

        Raises
        ------
        RefusedError
            With 404 where the view refuses.
        """
        with not_found():
            return self.service.held.show(self.run, view)


def make_service(settings: Settings) -> Service:
    """Return the service of a page.

    Raises
    ------
    MoravaError
        When the reader's document is not the strategy's.
    """
    return Service(
        settings,
        Held(settings.folder, settings.kept_runs, settings.most_waiting),
        Jobs(settings.folder, settings.most_jobs),
        None if settings.document is None else read_own_document(settings.document, settings.country),
    )


def service_of(request: Request) -> Service:
    """Return the service of the page that a request came to."""
    found: Service = request.app.state.service
    return found


RunName = Annotated[str, Path(pattern=RUN, description="Name of a run.")]


def asking(request: Request, run: RunName) -> Asking:
    """Return a request about the run that its address names."""
    return Asking(service_of(request), run, address_of(request))


def address_of(request: Request) -> str:
    """Return the address of a request, by which what was told is kept."""
    return f"{request.url.path}?{request.url.query}"


def known_parameters(request: Request) -> None:
    """Refuse parameters of the address that the handler does not know, and those given twice."""
    known = [parameter.alias for parameter in request.scope["route"].dependant.query_params]
    check_parameters(request, known)


def check_parameters(request: Request, known: list[str]) -> None:
    """Refuse parameters of the address that are not known, and those given twice.

    Raises
    ------
    RefusedError
        With every problem.
    """
    names = [name for name, _ in request.query_params.multi_items()]
    found = []
    for name in dict.fromkeys(names):
        if name not in known:
            mend = nearest(name, known) if known else "this address has none"
            found.append(Problem(f"there is no parameter {name[:80]}", "address", mend))
        elif names.count(name) > 1:
            found.append(Problem(f"the parameter {name} is given twice", "address", "give it once"))
    if found:
        raise RefusedError(422, *found)


def choices_in(request: Request) -> dict[str, str]:
    """Return what is chosen in a screen, by the parameters of the address; the screen knows which there are.

    Raises
    ------
    RefusedError
        When one is given twice, or one is longer than any choice.
    """
    found = dict(request.query_params)
    check_parameters(request, list(found))
    if len(found) > MOST_CHOICES or any(len(text) > LONGEST_CHOICE for pair in found.items() for text in pair):
        raise refusal(422, "no screen has such choices", "address", f"give {MOST_CHOICES}, of {LONGEST_CHOICE} letters")
    return found


def json_only(request: Request) -> None:
    """Refuse a body that is not called JSON: a form of another page can send any other kind.

    Raises
    ------
    RefusedError
        With 415.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise refusal(415, "the body is not JSON", "header Content-Type", f"send {JSON}")


Here = Annotated[Service, Depends(service_of)]
AboutRun = Annotated[Asking, Depends(asking)]
Choices = Annotated[dict[str, str], Depends(choices_in)]
Known = Depends(known_parameters)
JsonOnly = Depends(json_only)
JobName = Annotated[str, Path(pattern=RUN, description="Name of a job.")]
EntryName = Annotated[str, Path(pattern=NAME, description="Name of a claim, a fact or the like.")]
ScreenName = Annotated[str, Path(pattern=r"^[a-z][a-z0-9-]{0,39}$", description="Name of a screen.")]
ChartName = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$", description="Name of a chart.")]
