"""The command that opens the page."""

from __future__ import annotations

import secrets
import socket
import threading
import time
import webbrowser
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
import uvicorn

from morava.cli.speech import spoken
from morava.errors import MoravaError, Problem
from morava.report.words import Words
from morava.runs.store import runs_folder
from morava.web import Settings, create_app
from morava.web.asked import default_work
from morava.web.cost import rates_like, seconds_left
from morava.web.guard import EVERY_ADDRESS
from morava.web.jobs import Jobs
from morava.web.settings import is_loopback
from morava.web.stored import newest_like

TOKEN_BYTES = 24
SECONDS_TO_END = 3
DEFAULT_PORT = 8765


def serve(
    country: Annotated[str, typer.Argument(help="Name of a country pack, or the folder of one.")] = "serbia",
    folder: Annotated[
        Path | None, typer.Option("--out", help="Folder where runs are kept (else MORAVA_RUNS, else ./runs).")
    ] = None,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes one that is free.")
    ] = DEFAULT_PORT,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on. Another one than 127.0.0.1 asks for a token.")
    ] = "127.0.0.1",
    document: Annotated[
        Path | None, typer.Option("--document", help="Your own copy of the source document, to read its sentences.")
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open the browser.")] = False,
) -> None:
    """Open the page in a browser: every answer of a run, its reasons, and what moves it."""
    token = "" if is_loopback(host) else secrets.token_urlsafe(TOKEN_BYTES)
    settings = Settings(country, runs_folder(folder), host, token, document, begin=True)
    app = create_app(settings)
    listening = listen(host, port)
    address = address_of(settings, listening.getsockname()[1])
    for line in (f"Morava: {address}", *_what_it_does(settings)):
        print(line, flush=True)
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=SECONDS_TO_END,
                            server_header=False, ws="none")  # fmt: skip
    server = _Server(config, app.state.service.jobs)
    if not no_open:
        threading.Thread(target=_open, args=(server, address), daemon=True).start()
    with suppress(KeyboardInterrupt):  # uvicorn ends in order, then gives the signal on
        server.run(sockets=[listening])
    for run in app.state.service.jobs.left:
        print(spoken().say("cli-interrupted-run", run=run), flush=True)


class _Server(uvicorn.Server):
    """A server that lets the listeners of jobs go when it is asked to end: it waits for open answers."""

    def __init__(self, config: uvicorn.Config, jobs: Jobs) -> None:
        super().__init__(config)
        self.jobs = jobs

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end."""
        self.jobs.ending = True
        super().handle_exit(sig, frame)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Raises
    ------
    MoravaError
        When the port is taken or the address is none of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        what = f"nothing can listen on {host}, port {port} ({error.strerror})"
        mend = "name another --port, or 0 for a free one; --host 127.0.0.1 is this machine"
        raise MoravaError(Problem(what, "morava serve", mend)) from error


def address_of(settings: Settings, port: int) -> str:
    """Return the address that a browser opens, with the token where there is one.

    Examples
    --------
    >>> address_of(Settings(), 8765), address_of(Settings(host="::1", token="abc"), 80)
    ('http://127.0.0.1:8765/', 'http://[::1]:80/?token=abc')
    """
    host = socket.gethostname() if settings.host in EVERY_ADDRESS else settings.host
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/" + (f"?token={settings.token}" if settings.token else "")


def _what_it_does(settings: Settings) -> list[str]:
    """Return what is said when the page begins: who can reach it, and whether a run is made first and how long."""
    words = spoken()
    lines = [words.say("cli-serve-alone")]
    if settings.token:
        lines = [words.say("cli-serve-reached", host=settings.host)]
    request = default_work(settings).request
    if newest_like(request, settings.folder) is None:
        left = seconds_left(request, settings.folder, rates_like(request, settings.folder))
        told = {"country": request.country, "folder": str(settings.folder), "futures": str(request.futures)}
        if left is None:
            lines.append(words.say("cli-serve-makes-unknown", **told))
        else:
            lines.append(words.say("cli-serve-makes", **told, time=in_words(left, words)))
    return lines


def in_words(seconds: float, words: Words) -> str:
    """Return a time as people say it.

    Examples
    --------
    >>> in_words(8, spoken()), in_words(61, spoken()), in_words(400, spoken())
    ('8 seconds', '1 minute', '7 minutes')
    """
    minutes = round(seconds / 60)
    if minutes < 1:
        return words.say("state-seconds", count=max(1, round(seconds)))
    return words.say("state-minutes", count=minutes)


def _open(server: uvicorn.Server, address: str) -> None:
    while not server.started and not server.should_exit:
        time.sleep(0.05)
    if server.started:
        webbrowser.open(address)
