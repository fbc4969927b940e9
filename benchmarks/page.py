"""The page: from the key on a slider to the painted answer, and what the first page weighs.

It starts `morava serve` on a finished run, made here where none is named, drives the page in headless Chromium with the
arrow keys, and reads the marks `lever-input` and `lever-painted` that the page leaves. Moves wait until the one before
is painted. No page that redraws on the server is installed here as a peer. What stands in its place is the least that
such a page would wait: one answer of this server, already computed, asked for and read by the same browser, with
nothing drawn. Software rendering; the first page is that of a browser that has never been here.

    python benchmarks/page.py [--country serbia] [--out FOLDER] [--moves 60] [--futures 20] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import CDPSession, Page, sync_playwright

HERE = "127.0.0.1"
SECONDS_TO_START = 90
SECONDS_TO_PAINT = 20
MARKS = "performance.getEntriesByType('mark').filter(m => m.name.startsWith('lever-')).map(m => [m.name, m.startTime])"
ANSWER = """async address => {
  const start = performance.now();
  await (await fetch(address, {cache: 'no-store'})).json();
  return performance.now() - start;
}"""


@contextmanager
def served(country: str, folder: Path) -> Iterator[str]:
    """Serve a folder of runs at a free port of this machine; give the address."""
    command = [sys.executable, "-m", "morava", "serve", country, "--out", str(folder), "--port", "0", "--no-open"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ)
    try:
        assert process.stdout is not None
        words = next((word for line in process.stdout for word in line.split() if word.startswith("http://")), "")
        if not words:
            raise SystemExit("morava serve did not start")
        yield _answering(words.rstrip("/"))
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answering(address: str) -> str:
    for _ in range(SECONDS_TO_START):
        try:
            with urlopen(f"{address}/api/runs", timeout=5):
                return address
        except (URLError, OSError):
            time.sleep(1)
    raise SystemExit(f"nothing answers at {address}")


def finished_run(address: str, country: str) -> str:
    """Return the newest finished run of a country that can be shown."""
    with urlopen(f"{address}/api/runs", timeout=60) as answer:
        rows = json.load(answer)
    found = [row["run"] for row in rows if row["country"] == country and row["finished"] and row["current"]]
    if not found:
        raise SystemExit(f"no finished run of {country} is there")
    return str(found[0])


def weigh(page: Page, session: CDPSession, address: str) -> dict[str, Any]:
    """Open the first page; return its bytes over the wire, its requests, and those that leave this machine."""
    weight: list[float] = []
    asked: list[str] = []
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: weight.append(event["encodedDataLength"]))
    page.on("request", lambda request: asked.append(request.url))
    start = time.perf_counter()
    page.goto(address)
    page.wait_for_selector("[data-testid=drawing][data-drawn=yes]")
    shown = time.perf_counter() - start
    page.wait_for_load_state("networkidle")
    outside = [url for url in asked if urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname != HERE]
    return {"kB": sum(weight) / 1000, "requests": len(asked), "outside": len(outside), "seconds": shown}


def move(page: Page, address: str, run: str, moves: int) -> list[float] | None:
    """Return milliseconds from slider to painted for every move; None where no emulator answers."""
    page.goto(f"{address}/?run={run}&screen=levers")
    page.wait_for_selector(
        "[data-testid=lever-chart-1] [data-drawn=yes], [data-testid=no-emulator], [data-testid=problem]"
    )
    if page.locator("[data-testid=lever-chart-1]").count() == 0:
        return None
    page.wait_for_load_state("networkidle")
    slider = page.locator("[data-testid^=slider-]:enabled").first
    slider.focus()
    found: list[float] = []
    for k in range(moves):
        # Four steps one way and four back, so that the slider never stands at its end.
        slider.press("ArrowLeft" if k % 8 < 4 else "ArrowRight")
        names = page.evaluate(MARKS)
        # The page forbids scripts that it does not bring, so that it is asked from outside whether it has painted.
        until = time.monotonic() + SECONDS_TO_PAINT
        while sum(name == "lever-painted" for name, _ in names) <= k and time.monotonic() < until:
            page.wait_for_timeout(5)
            names = page.evaluate(MARKS)
        begun = [at for name, at in names if name == "lever-input"]
        done = [at for name, at in names if name == "lever-painted"]
        if len(done) <= k:
            raise SystemExit("a move of the slider was not painted")
        found.append(done[-1] - begun[-1])
    return found


def answers(page: Page, address: str, run: str, moves: int) -> list[float]:
    """Return milliseconds of one answer of the server each."""
    asked = f"{address}/api/runs/{run}/charts/country/gdp.json"
    page.evaluate(ANSWER, asked)
    return [float(page.evaluate(ANSWER, asked)) for _ in range(moves)]


def p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def measure(country: str, folder: Path, moves: int) -> dict[str, Any]:
    with served(country, folder) as address, sync_playwright() as drive:
        run = finished_run(address, country)
        browser = drive.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        result: dict[str, Any] = {
            "run": run,
            "first page": weigh(page, context.new_cdp_session(page), f"{address}/?run={run}"),
        }
        moved = move(page, address, run, moves)
        if moved is not None:
            result["slider"] = {"moves": len(moved), "median": statistics.median(moved), "p95": p95(moved)}
        asked = answers(page, address, run, moves)
        result["server"] = {"moves": len(asked), "median": statistics.median(asked), "p95": p95(asked)}
        browser.close()
    return result


def show(result: dict[str, Any]) -> None:
    first = result["first page"]
    print(f"first page: {first['kB']:,.0f} kB over the wire, {first['requests']} requests, {first['outside']} outside")
    print(f"this machine, first chart drawn after {first['seconds']:.1f} s")
    print(f"{'':44}{'moves':>7}{'median ms':>11}{'p95 ms':>9}")
    for name, says in (("slider", "Morava, key to painted"), ("server", "one answer of the server, nothing drawn")):
        row = result.get(name)
        if row is None:
            print(f"{says:44}   no emulator was made for this strategy: morava levers")
        else:
            print(f"{says:44}{row['moves']:7}{row['median']:11.0f}{row['p95']:9.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--country", default="serbia")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--moves", type=int, default=60)
    parser.add_argument("--futures", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as own:
        folder = given.out or Path(own)
        if given.out is None:
            asked = [
                "run",
                given.country,
                "--futures",
                str(given.futures),
                "--power-futures",
                "1",
                "--out",
                str(folder),
                "--json",
            ]
            subprocess.run([sys.executable, "-m", "morava", *asked], check=True, stdout=subprocess.DEVNULL)
        result = measure(given.country, folder, given.moves)
    if given.json:
        print(json.dumps(result, indent=1))
    else:
        show(result)
    if result["first page"]["outside"]:
        raise SystemExit("the page asked another machine")


if __name__ == "__main__":
    main()
