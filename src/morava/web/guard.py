"""What every request passes before it is read, and what every answer carries."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import secrets
import socket
from http import cookies
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from morava.web.replies import RefusedError, refusal, refuse
from morava.web.settings import LOOPBACK, Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: "
    "blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Charts drawn as SVG place text and tooltips by style attributes, which load nothing; style sheets are files only."""
CARRIED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
COOKIE, TOKEN_HEADER = "morava-token", "x-morava-token"
READING = ("GET", "HEAD", "OPTIONS", "TRACE")
EVERY_ADDRESS = ("0.0.0.0", "::")
LONGEST_ADDRESS = 8192
LOG = logging.getLogger("morava.web")


def host_of(header: str) -> str:
    """Return the host that a Host header names, without its port.

    Examples
    --------
    >>> host_of("localhost:8765"), host_of("[::1]:80"), host_of("")
    ('localhost', '::1', '')
    """
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.partition(":")[0].lower()


def is_known_host(host: str, settings: Settings) -> bool:
    """Return whether a request for a host is meant for this page and not led here by somebody's name server.

    Where the page listens on every address, an address in digits is known too: no name leads to it.
    """
    if host in LOOPBACK or host == settings.host.lower():
        return True
    if settings.host not in EVERY_ADDRESS:
        return False
    return host == socket.gethostname().lower() or _is_address(host)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def check_host(headers: Headers, settings: Settings) -> None:
    """Refuse a request that is meant for another host."""
    host = host_of(headers.get("host", ""))
    if not is_known_host(host, settings):
        what = f"this page is not {host[:80] or 'a host without a name'}"
        raise refusal(421, what, "header Host", "use the address that `morava serve` printed")


def check_token(headers: Headers, settings: Settings) -> None:
    """Refuse a request without the token, where there is one."""
    if not settings.token:
        return
    given = [headers.get(TOKEN_HEADER, ""), _cookie(headers)]
    if not any(secrets.compare_digest(one.encode(), settings.token.encode()) for one in given):
        mend = "open the address with ?token= that `morava serve` printed"
        raise refusal(401, "the token is missing, or is another one", f"header {TOKEN_HEADER}, cookie", mend)


def _cookie(headers: Headers) -> str:
    jar: cookies.SimpleCookie = cookies.SimpleCookie()
    try:
        jar.load(headers.get("cookie", ""))
    except cookies.CookieError:
        return ""
    return jar[COOKIE].value if COOKIE in jar else ""


def check_origin(method: str, headers: Headers) -> None:
    """Refuse a request that changes something and does not come from this page."""
    if method in READING:
        return
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    host = headers.get("host", "")
    own = f"http://{host}"
    same = origin in (None, own, f"https://{host}")  # of one host and port only one of the two can be there
    if (site is None and origin is None) or site not in (None, "same-origin") or not same:
        raise refusal(
            403, "only this page itself may change something", "headers Origin, Sec-Fetch-Site", f"send Origin: {own}"
        )


def check_length(scope: Scope, headers: Headers, settings: Settings) -> None:
    """Refuse an address or a body that is too long by what the request itself says."""
    if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
        raise refusal(414, "the address is too long", "address", f"use at most {LONGEST_ADDRESS} characters")
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > settings.largest_body:
        raise _too_long(settings)


def _too_long(settings: Settings) -> RefusedError:
    return refusal(413, "the body is too long", "body", f"send at most {settings.largest_body} bytes")


async def read_body(receive: Receive, settings: Settings) -> bytes:
    """Return the body of a request, and stop reading where it grows too long or comes too slowly."""
    body = b""
    try:
        async with asyncio.timeout(settings.body_seconds):
            while True:
                message = await receive()
                part: bytes = message.get("body", b"")
                body += part
                if len(body) > settings.largest_body:
                    raise _too_long(settings)
                if not message.get("more_body", False):
                    return body
    except TimeoutError:
        seconds = f"send it within {settings.body_seconds:g} seconds"
        raise refusal(408, "the body did not come", "body", seconds) from None


def with_body(body: bytes, receive: Receive) -> Receive:
    """Return a receiver that gives a body that was read, and then what comes after it."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return waiting.pop() if waiting else await receive()

    return next_message


def without_token(scope: Scope, settings: Settings) -> str | None:
    """Return the address without its token where it holds the right one; None where nothing is to be done."""
    if not settings.token or scope["method"] != "GET":
        return None
    pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    given = [value for name, value in pairs if name == "token"]
    if len(given) != 1 or not secrets.compare_digest(given[0].encode(), settings.token.encode()):
        return None
    rest = urlencode([(name, value) for name, value in pairs if name != "token"])
    path: str = "/" + scope["raw_path"].decode("latin-1").lstrip("/\\")
    return f"{path}?{rest}" if rest else path


class Guard:
    """The middleware around everything: it also catches what nobody else did, so that headers are never missing."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings, self.at_once = app, settings, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def carry(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                headers.update(CARRIED)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        self.at_once += 1
        try:
            await self._answer(scope, receive, carry)
        except RefusedError as error:
            await refuse(error)(scope, receive, carry)
        except Exception:
            LOG.exception("%s %s", scope["method"], scope["path"])
            if begun:
                raise
            await refuse(_fault())(scope, receive, carry)
        finally:
            self.at_once -= 1

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        if self.at_once > self.settings.most_at_once:
            raise refusal(503, "too many requests at a time", "this page", "ask again in a moment", wait=1)
        check_host(headers, self.settings)
        check_length(scope, headers, self.settings)
        address = without_token(scope, self.settings)
        if address is not None:
            await _let_in(scope, receive, send, address, self.settings.token)
            return
        check_token(headers, self.settings)
        check_origin(scope["method"], headers)
        body = await read_body(receive, self.settings)
        await self.app(scope, with_body(body, receive), send)


async def _let_in(scope: Scope, receive: Receive, send: Send, address: str, token: str) -> None:
    given = {"Location": address, "Set-Cookie": f"{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict"}
    response = refuse(refusal(303, "the token is kept as a cookie", "address", "go on without it"), 303, given)
    await response(scope, receive, send)


def _fault() -> RefusedError:
    mend = "what happened is printed where `morava serve` runs: tell its authors"
    return refusal(500, "this page has a fault", "morava.web", mend)
