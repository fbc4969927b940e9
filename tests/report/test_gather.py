"""What the report holds is, address by address, what the page gives."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from morava.report.gather import gather
from morava.report.material import Material
from morava.report.page import grouped, page, read_back
from morava.runs.answers import Answers
from morava.web import Settings, create_app

EVERY = 40
"""Of the hundreds of pages of facts every so many is asked for."""


Ask = Callable[[list[str]], list[httpx.Response]]


@pytest.fixture(scope="module")
def ask(runs: Path) -> Ask:
    """Return how the page is asked for addresses, one after the other."""
    app = create_app(Settings("ruritania", runs))

    async def answers(addresses: list[str]) -> list[httpx.Response]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", timeout=60) as client:
            return [await client.get(quote(address, safe="/?=&+%")) for address in addresses]

    return lambda addresses: asyncio.run(answers(addresses))


def addresses(material: Material) -> list[str]:
    facts = [address for address in material.data if "/facts" in address]
    others = [address for address in material.data if "/facts" not in address and address != "/api/runs"]
    return [*others, *facts[1::EVERY]]


def whole(address: str, content: Any, material: Material) -> Any:
    """Return what is held at an address, with the menus of a screen as long as those of the page."""
    held = material.data[address]
    if "/screens/" not in address:
        return held
    for name, options in held["choices"].items():
        assert [one for one in content["choices"][name] if one in options] == options
    return {**held, "choices": content["choices"]}


def test_every_address_holds_what_the_page_gives(ask: Ask, material: Material) -> None:
    asked = addresses(material)
    for address, answer in zip(asked, ask(asked), strict=True):
        assert answer.status_code == 200, address
        content = answer.text if address.endswith(".ftl") else answer.json()
        assert content == whole(address, content, material), address


def test_the_run_stands_in_the_list_as_the_page_lists_it(ask: Ask, material: Material) -> None:
    (held,) = material.data["/api/runs"]
    (answer,) = ask(["/api/runs"])
    assert held in answer.json()


def test_all_facts_are_held_at_once(ask: Ask, material: Material) -> None:
    address = f"/api/runs/{material.run}/facts"
    (answer,) = ask([f"{address}?limit=500"])
    first, held = answer.json(), material.data[address]
    assert held["facts"][:500] == first["facts"]
    assert len(held["facts"]) == held["total"] == first["total"]


def test_every_option_of_every_menu_is_held(material: Material) -> None:
    screens = {address: content for address, content in material.data.items() if "/screens/" in address}
    assert len(screens) > len([address for address in screens if "?" not in address])
    for address, content in screens.items():
        if "?" not in address:
            found = [other for other in screens if other.startswith(f"{address}?")]
            assert len(found) == sum(len(options) for options in content["choices"].values())


def test_a_chart_that_several_screens_show_stands_once_and_is_read_back(material: Material) -> None:
    groups = {address: content for address, content in grouped(material.data).items() if address.endswith("*")}
    assert groups
    for group in groups.values():
        assert all(part not in group["parts"][:place] for place, part in enumerate(group["parts"]))
    shell = '<html><meta charset="utf-8"><title></title><!--morava-data--></html>'
    assert read_back(page(material.data, "en", "x", shell)) == dict(material.data)


def test_the_same_run_is_gathered_alike(late: Answers, material: Material) -> None:
    again = gather(late)
    assert (again.data, again.outcomes) == (material.data, material.outcomes)
