"""Every address of a run: what it gives, and how it refuses."""

from __future__ import annotations

import ast
import csv
import inspect
import shutil
from collections.abc import Callable
from hashlib import sha256
from io import StringIO
from pathlib import Path

import httpx
import pytest

from morava import web
from morava.errors import MoravaError
from morava.languages import LANGUAGES
from morava.plans.read import read_country
from morava.runs.explore import explore, read_plan
from morava.runs.request import detail_for, make_request
from morava.views.types import Chart, Column
from morava.web import Settings, create_app
from morava.web.page import INDEX
from morava.web.replies import as_csv, as_json

Open = Callable[[Settings], httpx.Client]
NO_RUN = "0123456789abcdef"
LONGEST_HANDLER = 20


def of_run(page: httpx.Client, run: str, rest: str = "") -> httpx.Response:
    answer = page.get(f"/api/runs/{run}{rest}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return answer


def test_runs_are_listed_the_newest_first(page: httpx.Client, run: str, other_run: str) -> None:
    rows = page.get("/api/runs").json()
    assert [row["run"] for row in rows] == [run, other_run]
    assert [row["strategy"] for row in rows] == ["crown-2030", "crown-2030-late"]
    assert all(row["finished"] and row["current"] and row["done"] == row["total"] for row in rows)
    assert rows[0]["made"].endswith("Z")


def test_about(page: httpx.Client, run: str) -> None:
    about = of_run(page, run).json()
    assert (about["run"], about["country"], about["futures"]) == (run, "ruritania", 24)
    assert "country" in about["screens"]


def test_every_screen_and_chart_that_a_run_names_is_there(page: httpx.Client, run: str) -> None:
    screens = of_run(page, run).json()["screens"]
    assert screens
    for name in screens:
        found = of_run(page, run, f"/screens/{name}").json()
        assert found["name"] == name
        assert found["charts"]
        for chart in found["charts"]:
            address = f"/charts/{name}/{chart['name']}"
            assert of_run(page, run, f"{address}.json").json() == chart
            rows = list(csv.reader(StringIO(of_run(page, run, f"{address}.csv").text)))
            assert len(rows) == 1 + len(chart["rows"])
            assert len(rows[0]) == len(chart["columns"])


def test_every_choice_that_a_screen_offers_can_be_made(page: httpx.Client, run: str) -> None:
    offered = 0
    for name in of_run(page, run).json()["screens"]:
        for parameter, options in of_run(page, run, f"/screens/{name}").json()["choices"].items():
            for option in {options[0], options[-1]}:
                chosen = page.get(f"/api/runs/{run}/screens/{name}", params={parameter: option})
                assert chosen.json()["chosen"][parameter] == option
                offered += 1
    assert offered > 0


@pytest.mark.parametrize("end", ["csv", "json"])
def test_a_chart_is_a_file_with_a_name(page: httpx.Client, run: str, end: str) -> None:
    answer = of_run(page, run, f"/charts/country/verdicts.{end}")
    assert answer.headers["content-disposition"] == f'attachment; filename="country-verdicts-{run}.{end}"'
    assert answer.headers["content-type"].startswith({"csv": "text/csv", "json": "application/json"}[end])


def test_claims_and_the_page_of_each(page: httpx.Client, run: str) -> None:
    rows = of_run(page, run, "/claims").json()["claims"]
    assert rows
    for row in rows:
        shown = of_run(page, run, f"/claims/{row['claim']}").json()
        assert shown["row"] == row
        assert "sentence" not in shown


def test_facts_by_page_and_one_by_one(page: httpx.Client, run: str) -> None:
    first = of_run(page, run, "/facts?limit=3").json()
    second = of_run(page, run, "/facts?limit=3&offset=3").json()
    assert first["total"] == second["total"] > 6
    names = [row["fact"] for row in (*first["facts"], *second["facts"])]
    assert len(set(names)) == 6
    assert of_run(page, run, f"/facts/{names[0]}").json()["row"] == first["facts"][0]
    found = of_run(page, run, f"/facts?find={names[0]}").json()["facts"]
    assert names[0] in [row["fact"] for row in found]


@pytest.mark.parametrize("rest", ["/findings", "/sources", "/conflicts", "/methods", "/texts/sr-Latn"])
def test_lists_are_not_empty(page: httpx.Client, run: str, rest: str) -> None:
    assert of_run(page, run, rest).json()


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages(page: httpx.Client, language: str) -> None:
    answer = page.get(f"/api/languages/{language}.ftl")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "quantity-gdp = " in answer.text


def test_two_runs_are_compared(page: httpx.Client, run: str, other_run: str) -> None:
    found = page.get("/api/compare", params={"one": other_run, "other": run})
    assert found.status_code == 200
    assert found.json()


@pytest.mark.parametrize(
    ("address", "status", "mend"),
    [
        (f"/api/runs/{NO_RUN}", 404, "known"),
        (f"/api/runs/{NO_RUN}/claims", 404, "known"),
        ("/api/runs/RUN/screens/contry", 404, "did you mean country?"),
        ("/api/runs/RUN/screens/country?yaer=2030", 404, "did you mean year?"),
        ("/api/runs/RUN/screens/country?year=1066", 404, "known"),
        ("/api/runs/RUN/screens/country?year=2030&year=2035", 422, "give it once"),
        ("/api/runs/RUN/charts/country/verdict.csv", 404, "did you mean verdicts?"),
        ("/api/runs/RUN/charts/country/verdict.json", 404, "did you mean verdicts?"),
        ("/api/runs/RUN/claims/nobody", 404, "known"),
        ("/api/runs/RUN/facts/nothing", 404, "known"),
        ("/api/runs/RUN/facts?serch=a", 422, "known"),
        ("/api/runs/RUN/facts?qantity=gdp", 422, "did you mean quantity?"),
        ("/api/runs/RUN/facts?quantity=gpd", 404, "did you mean gdp?"),
        ("/api/runs/RUN/facts?limit=100000", 422, "openapi"),
        ("/api/runs/RUN/facts?offset=-1", 422, "openapi"),
        ("/api/runs/RUN/texts/de", 404, "known"),
        ("/api/runs?run=1", 422, "none"),
        ("/api/languages/sr-Latin.ftl", 404, "did you mean sr-Latn?"),
        ("/api/rns", 404, "did you mean /api/runs?"),
        ("/api", 404, "/api/"),
        ("/idnex.html", 404, "did you mean /index.html?"),
        ("/api/jobs/0123456789abcdef", 404, "there is none"),
        (f"/api/compare?one=RUN&other={NO_RUN}", 404, "known"),
        ("/api/compare?one=RUN", 422, "openapi"),
        ("/api/cost?country=ruritana", 404, "did you mean ruritania?"),
    ],
)
def test_what_is_not_there_says_what_is(page: httpx.Client, run: str, address: str, status: int, mend: str) -> None:
    answer = page.get(address.replace("RUN", run))
    assert answer.status_code == status, answer.text
    assert mend in " ".join(problem["mend"] for problem in answer.json()["problems"])
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "name",
    ["%2e%2e", "..%2f..%2fetc", "..%5c..", "a/../../b", "%00", "0123456789abcdeg", "0123456789ABCDEF", "'", "*", "é"],
)
@pytest.mark.parametrize("address", ["/api/runs/{}", "/api/runs/{}/claims", "/api/jobs/{}", "/{}"])
def test_names_lead_nowhere_else(page: httpx.Client, address: str, name: str) -> None:
    answer = page.get(address.format(name))
    assert answer.status_code in (404, 422)
    assert answer.json()["problems"]


@pytest.mark.parametrize("name", ["..%2fcountry", "%2e%2e", "a%00b", "a" * 99])
@pytest.mark.parametrize("rest", ["screens/{}", "claims/{}", "facts/{}", "charts/country/{}.csv", "charts/{}/a.json"])
def test_entries_lead_nowhere_else(page: httpx.Client, run: str, rest: str, name: str) -> None:
    answer = page.get(f"/api/runs/{run}/{rest.format(name)}")
    assert answer.status_code in (404, 422)
    assert answer.json()["problems"]


def test_an_unfinished_run_is_not_shown_but_offered(open_page: Open, store: Path, run: str, tmp_path: Path) -> None:
    (tmp_path / run).mkdir()
    (tmp_path / run / "run.json").write_bytes((store / run / "run.json").read_bytes())
    page = open_page(Settings("ruritania", tmp_path))
    row = page.get("/api/runs").json()[0]
    assert (row["run"], row["finished"], row["done"]) == (run, False, 0)
    answer = page.get(f"/api/runs/{run}/claims")
    assert answer.status_code == 409
    assert "resume" in answer.json()["problems"][0]["mend"]


def test_a_damaged_run_is_refused_in_words(open_page: Open, tmp_path: Path) -> None:
    (tmp_path / NO_RUN).mkdir()
    (tmp_path / NO_RUN / "run.json").write_text("{", encoding="utf-8")
    answer = open_page(Settings("ruritania", tmp_path)).get(f"/api/runs/{NO_RUN}")
    assert (answer.status_code, "is no run" in answer.text) == (409, True)


class TestPage:
    @pytest.fixture
    def built(self, tmp_path: Path) -> Path:
        (tmp_path / "assets").mkdir()
        (tmp_path / INDEX).write_text("<!doctype html><title>built</title>", encoding="utf-8")
        (tmp_path / "assets" / "index-Ab3dEf9h.js").write_text("export {}", encoding="utf-8")
        (tmp_path / "icon.svg").write_text("<svg/>", encoding="utf-8")
        return tmp_path

    def test_files_and_how_long_they_may_be_kept(self, open_page: Open, store: Path, built: Path) -> None:
        page = open_page(Settings("ruritania", store, static=built))
        index = page.get("/?run=1&screen=claims&lever.a=2&lever.a=3")
        assert (index.status_code, index.headers["cache-control"]) == (200, "no-cache")
        assert "built" in index.text
        script = page.get("/assets/index-Ab3dEf9h.js")
        assert script.headers["content-type"] == "text/javascript; charset=utf-8"
        assert "immutable" in script.headers["cache-control"]
        assert page.get("/icon.svg").headers["cache-control"] == "no-cache"
        assert page.get("/assets").status_code == page.get("/assets/").status_code == 404

    def test_without_a_page_it_says_how_to_build_one(self, open_page: Open, store: Path, tmp_path: Path) -> None:
        answer = open_page(Settings("ruritania", store, static=tmp_path)).get("/")
        assert answer.status_code == 200
        assert "npm run build" in answer.text


LINE = "The railway to Zenda opens in June 2027, so we say. It will be fine."


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a pack in which one claim has the hash of its passage, and a document with that passage."""
    folder = tmp_path_factory.mktemp("packs") / "zenda"
    shutil.copytree(read_country("ruritania").folder, folder)
    claims = folder / "strategies" / "crown-2030" / "claims.yaml"
    said = sha256(LINE[:42].encode()).hexdigest()
    text = claims.read_text(encoding="utf-8")
    claims.write_text(text.replace('length: 42, sha256: ""', f'length: 42, sha256: "{said}"', 1), encoding="utf-8")
    (folder.parent / "speech.txt").write_text(LINE + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(pack: Path) -> tuple[Path, str]:
    """Return a store with a run of that pack."""
    plan = read_plan(str(pack))
    request = make_request(plan.country, plan.strategy, plan.futures, 3, detail=detail_for(plan.country, 0))
    return pack.parent / "runs", explore(plan, request, pack.parent / "runs", 1).name


def test_its_sentence_is_shown_and_no_other(open_page: Open, pack: Path, made: tuple[Path, str]) -> None:
    folder, run = made
    page = open_page(Settings(str(pack), folder, document=pack.parent / "speech.txt"))
    assert page.get("/api/served").json()["document"] is True
    shown = [of_run(page, run, f"/claims/{row['claim']}").json() for row in claims_of(page, run)]
    assert [one["sentence"] for one in shown if "sentence" in one] == [LINE[:42]]


def test_without_a_document_no_sentence_is_shown(open_page: Open, pack: Path, made: tuple[Path, str]) -> None:
    folder, run = made
    page = open_page(Settings(str(pack), folder))
    assert all("sentence" not in of_run(page, run, f"/claims/{row['claim']}").json() for row in claims_of(page, run))


def test_the_sentence_is_written_nowhere(pack: Path, made: tuple[Path, str]) -> None:
    written = [path for path in pack.parent.rglob("*") if path.is_file() and path.name != "speech.txt"]
    assert written
    assert not [path for path in written if LINE[:42].encode() in path.read_bytes()]
    assert made[1] in {path.name for path in made[0].iterdir()}


@pytest.mark.parametrize("text", ["Nothing of the kind.", LINE.replace("June", "July")])
def test_another_text_is_refused(pack: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "copy.txt").write_text(text, encoding="utf-8")
    with pytest.raises(MoravaError) as refused:
        create_app(Settings(str(pack), tmp_path, document=tmp_path / "copy.txt"))
    assert "passage" in refused.value.problems[0].what
    assert "Zenda" not in str(refused.value)


def test_a_strategy_that_names_no_passage_has_no_sentences(tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_text(LINE, encoding="utf-8")
    with pytest.raises(MoravaError, match="has the hash of its passage"):
        create_app(Settings("ruritania", tmp_path, document=tmp_path / "copy.txt"))


def claims_of(page: httpx.Client, run: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = of_run(page, run, "/claims").json()["claims"]
    return found


def test_csv_is_no_formula() -> None:
    columns = (Column("a", "column-a", "text"), Column("b", "column-b", "number", unit="MW"))
    chart = Chart("x", "x", "none", columns, (("=1+1", -2.5), ("@a", None), ("plain, text", 1.0)))
    assert as_csv(chart) == "a,b [MW]\n'=1+1,-2.5\n'@a,\n\"plain, text\",1.0\n"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object()])
def test_what_has_no_form_in_json_is_not_written(value: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        as_json({"a": value})


def test_no_handler_is_longer_than_twenty_lines() -> None:
    folder = Path(inspect.getfile(web)).parent
    handlers = [
        (path.name, found)
        for path in sorted(folder.glob("*.py"))
        for found in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef)
        and any(ast.unparse(decorator).startswith("router.") for decorator in found.decorator_list)
    ]
    assert len(handlers) > 15
    long = [f"{name}: {one.name}" for name, one in handlers if (one.end_lineno or 0) - one.lineno >= LONGEST_HANDLER]
    assert long == []


def test_only_two_methods_change_something() -> None:
    described = create_app(Settings("ruritania")).openapi()["paths"]
    assert {method for path in described.values() for method in path} == {"get", "post", "delete"}


def test_levers_stand_where_the_plan_puts_them(page: httpx.Client, run: str) -> None:
    found = of_run(page, run, "/levers").json()
    assert found["levers"]
    assert all(one["at_least"] <= one["run"] == one["plan"] <= one["at_most"] for one in found["levers"])
