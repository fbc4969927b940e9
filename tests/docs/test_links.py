"""Nothing leads nowhere: pages hang together by links, and no tracked text names a registry or one machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
PAGES = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "decisions").glob("*.md")})
REGISTRIES = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "deb." + "debian.org"]
REGISTRIES += ["conda." + "anaconda.org", "crates" + ".io", "--index" + "-url"]
MACHINE = re.compile(r"(?<![\w./:%-])/(wo" + r"rk|tm" + r"p|ho" + r"me|ro" + r"ot)/")
"""Built from halves, so that this file does not name them. An address on the web may hold such a folder."""


def links_of(page: Path) -> list[str]:
    return LINK.findall(CODE.sub("", page.read_text(encoding="utf-8")))


def anchors_of(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", CODE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_something_in_the_repository(page: Path) -> None:
    for link in links_of(page):
        target, _, anchor = link.partition("#")
        path = (page.parent / target).resolve() if target else page
        assert path.is_relative_to(ROOT), link
        assert path.exists(), link
        assert not anchor or anchor in anchors_of(path), link


def test_every_page_is_reachable_from_the_readme() -> None:
    seen: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        targets = [(page.parent / link.partition("#")[0]).resolve() for link in links_of(page)]
        waiting += [path for path in targets if path.suffix == ".md" and path.is_relative_to(ROOT)]
    assert len(seen) > 20
    assert sorted(str(path.relative_to(ROOT)) for path in PAGES if path not in seen) == []


def tracked_texts() -> dict[str, str]:
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    texts = {}
    for name in filter(None, names):
        path = ROOT / name
        content = path.read_bytes() if path.is_file() else b""
        if b"\0" not in content[:4096]:
            texts[name] = content.decode("utf-8", errors="replace")
    return texts


def test_no_address_of_a_registry_and_no_path_of_one_machine() -> None:
    texts = tracked_texts()
    assert len(texts) > 100
    found = [
        f"{name}:{number}"
        for name, text in texts.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if MACHINE.search(line) or any(word in line.lower() for word in REGISTRIES)
    ]
    assert found == []
