"""What every request passes, and what every answer carries."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from morava.web import Settings
from morava.web.guard import CARRIED, host_of, is_known_host

Open = Callable[[Settings], httpx.Client]

SMALL = {"country": "ruritania", "futures": 3}
TOKEN = "a-token-of-some-length"


@pytest.fixture(scope="module")
def closed(open_page: Open, store: Path) -> httpx.Client:
    """Return a client, without the token, of a page that asks for one."""
    return open_page(Settings("ruritania", store, host="192.0.2.7", token=TOKEN))


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {}, 200),
        ("GET", "/api/runs", {}, 200),
        ("GET", "/api/nothing", {}, 404),
        ("GET", "/nothing", {}, 404),
        ("PUT", "/api/runs", {}, 405),
        ("GET", "/api/runs", {"Host": "evil.example"}, 421),
        ("POST", "/api/jobs", {"Origin": "http://evil.example"}, 403),
        ("POST", "/api/jobs", {"Content-Type": "text/plain"}, 415),
        ("GET", "/api/runs?a=1", {}, 422),
    ],
)
def test_every_answer_carries_the_policy(
    page: httpx.Client, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = page.request(method, path, headers={"Content-Type": "application/json", **headers})
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in CARRIED} == CARRIED
    assert "cache-control" in answer.headers
    if status >= 400:
        assert all(sorted(problem) == ["mend", "what", "where"] for problem in answer.json()["problems"])


def test_policy_lets_nothing_in_from_elsewhere() -> None:
    policy = CARRIED["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "http" not in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "[::2]", "10.0.0.1"]
)
def test_a_name_that_leads_here_from_elsewhere_is_refused(page: httpx.Client, host: str) -> None:
    assert page.get("/api/runs", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:1", "LOCALHOST:8765", "localhost"])
def test_this_machine_is_known(page: httpx.Client, host: str) -> None:
    assert page.get("/api/runs", headers={"Host": host}).status_code == 200


def test_a_page_on_every_address_is_known_by_digits_and_by_the_name_of_the_machine() -> None:
    everywhere = Settings(host="0.0.0.0")
    assert is_known_host("192.0.2.7", everywhere)
    assert is_known_host(socket.gethostname().lower(), everywhere)
    assert not is_known_host("evil.example", everywhere)
    assert not is_known_host("192.0.2.7", Settings())
    assert is_known_host("192.0.2.7", Settings(host="192.0.2.7"))


@pytest.mark.parametrize(("header", "host"), [("[::1]:8765", "::1"), ("a:b:c", "a"), (":80", "")])
def test_host_without_port(header: str, host: str) -> None:
    assert host_of(header) == host


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://127.0.0.1"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
@pytest.mark.parametrize(("method", "path"), [("POST", "/api/jobs"), ("DELETE", "/api/jobs/0123456789abcdef")])
def test_only_the_page_itself_changes_something(
    page: httpx.Client, method: str, path: str, headers: dict[str, str]
) -> None:
    with httpx.Client(base_url=page.base_url, trust_env=False) as client:
        answer = client.request(method, path, headers={"Content-Type": "application/json", **headers}, content="{}")
    assert answer.status_code == 403


def test_a_good_site_does_not_cover_a_bad_origin(page: httpx.Client) -> None:
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"}
    assert page.post("/api/jobs", json=SMALL, headers=headers).status_code == 403


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_form_is_no_json(page: httpx.Client, kind: str) -> None:
    assert page.post("/api/jobs", content=b"{}", headers={"Content-Type": kind}).status_code == 415


class TestSizes:
    def test_a_body_that_says_it_is_long_is_not_read(self, page: httpx.Client) -> None:
        answer = page.post("/api/jobs", content=b"x" * 65_537, headers={"Content-Type": "application/json"})
        assert answer.status_code == 413

    def test_a_body_that_does_not_say_so_is_read_no_further(self, page: httpx.Client) -> None:
        parts = (b"x" * 1024 for _ in range(70))
        answer = page.post("/api/jobs", content=parts, headers={"Content-Type": "application/json"})
        assert answer.status_code == 413

    def test_a_length_that_is_none(self, page: httpx.Client) -> None:
        assert spoken(page, b"GET /api/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n").startswith(
            b"HTTP/1.1 4"
        )

    def test_a_long_address(self, page: httpx.Client) -> None:
        assert page.get("/api/runs?" + "a" * 9000).status_code == 414

    def test_a_body_that_does_not_come(self, open_page: Open, store: Path) -> None:
        slow = open_page(Settings("ruritania", store, body_seconds=0.1))
        text = (
            b"POST /api/jobs HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
            b"Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{"
        )
        assert spoken(slow, text).startswith(b"HTTP/1.1 408")

    def test_too_many_at_a_time(self, open_page: Open, store: Path) -> None:
        full = open_page(Settings("ruritania", store, most_at_once=0))
        answer = full.get("/api/runs")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")

    def test_too_many_wait_for_a_run(self, open_page: Open, store: Path, run: str) -> None:
        full = open_page(Settings("ruritania", store, most_waiting=0))
        answer = full.get(f"/api/runs/{run}")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")

    def test_a_big_answer_is_packed(self, page: httpx.Client) -> None:
        assert page.get("/api/openapi.json").headers["content-encoding"] == "gzip"


def spoken(page: httpx.Client, text: bytes) -> bytes:
    """Return the first words that the page says to some bytes."""
    with socket.create_connection((page.base_url.host, page.base_url.port or 80), timeout=30) as line:
        line.sendall(text)
        return line.recv(4096)


class TestToken:
    def test_without_it_nothing_is_given(self, closed: httpx.Client) -> None:
        for path in ("/", "/api/runs", "/api/openapi.json", "/assets/a.js", "/api/nothing"):
            assert closed.get(path).status_code == 401

    @pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "ё"])
    def test_another_one_is_refused(self, closed: httpx.Client, token: str) -> None:
        assert closed.get("/api/runs", headers={"X-Morava-Token": token.encode()}).status_code == 401
        assert closed.get("/", params={"token": token}).status_code == 401
        assert closed.get("/api/runs", headers={"Cookie": f"morava-token={token}".encode()}).status_code == 401

    def test_the_header(self, closed: httpx.Client) -> None:
        assert closed.get("/api/runs", headers={"X-Morava-Token": TOKEN}).status_code == 200

    def test_the_address_gives_a_cookie_and_goes_on_without_the_token(self, closed: httpx.Client) -> None:
        answer = closed.get("/", params={"screen": "claims", "token": TOKEN, "lang": "sr-Cyrl"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/?screen=claims&lang=sr-Cyrl")
        cookie = answer.headers["set-cookie"]
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
        with httpx.Client(base_url=closed.base_url, trust_env=False) as client:
            given = client.get("/api/runs", headers={"Cookie": cookie.partition(";")[0]})
        assert given.status_code == 200

    def test_the_address_leads_to_no_other_host(self, closed: httpx.Client) -> None:
        answer = closed.get(f"{closed.base_url}//evil.example/?token={TOKEN}")
        assert answer.headers["location"] == "/evil.example/"

    def test_it_does_not_open_other_hosts(self, closed: httpx.Client) -> None:
        answer = closed.get("/api/runs", headers={"X-Morava-Token": TOKEN, "Host": "evil.example"})
        assert answer.status_code == 421

    def test_where_none_is_needed_it_is_a_parameter_like_others(self, page: httpx.Client) -> None:
        assert page.get("/api/runs", params={"token": "x"}).status_code == 422


def test_a_fault_is_told_without_its_insides(open_page: Open, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(folder: Path) -> None:
        raise RuntimeError(f"secret {folder}")

    monkeypatch.setattr("morava.web.run_routes.stored_runs", broken)
    answer = open_page(Settings("ruritania", store)).get("/api/runs")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["content-security-policy"] == CARRIED["Content-Security-Policy"]
