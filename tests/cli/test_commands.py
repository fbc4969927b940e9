"""Every command: what it prints, its JSON, its exit status; and refusals in words, whatever is typed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace

import pytest
from jsonschema import Draft202012Validator

from morava.cli import main

COMMANDS = sys.modules["morava.cli.app"]
RURITANIA = Path(str(files("morava"))) / "countries" / "ruritania"
ANSWERS = ["holds", "hinges", "fails", "confirmed", "partly", "contradicted", "unverified", "not modelled", "opinion"]
TEXT, NUMBER, YES = {"type": "string"}, {"type": "number"}, {"type": "boolean"}
MAYBE = {"type": ["number", "null"]}


def record(**properties):
    return {"type": "object", "properties": properties, "required": list(properties)}


def many(item=None, at_least=0):
    return {"type": "array", "items": item or {}, "minItems": at_least}


PROBLEM = record(what=TEXT, where=TEXT, mend=TEXT)
VERDICT = record(
    claim=TEXT,
    answer={"enum": ANSWERS},
    basis=TEXT,
    share_of_futures={"type": ["number", "null"], "minimum": 0, "maximum": 1},
    interval={"anyOf": [{"type": "null"}, {"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2}]},
    open=YES,
    margin=MAYBE,
    hinges_on=many(record(factor=TEXT, share=NUMBER)),
    reasons=many(TEXT),
)
FOUND = record(run=TEXT, verdicts=many(VERDICT, 1), coherence=record(findings=many(record(rule=TEXT, says=TEXT), 1)))
SCHEMAS = {
    "answers": FOUND,
    "check": record(country=TEXT, problems=many(PROBLEM)),
    "validate": record(
        cases=many(
            record(
                case=TEXT,
                source=TEXT,
                standing={"enum": ["published", "recomputed", "recalled"]},
                expected=NUMBER,
                got=NUMBER,
                tolerance=NUMBER,
                passed=YES,
            ),
            5,
        )
    ),
    "compare": record(
        inputs={"type": "object"},
        verdicts=many(record(claim=TEXT, answers=many(), shares=many(MAYBE))),
        quantities=many(
            record(quantity=TEXT, cell={"type": "object"}, medians=many({"type": ["number", "string"]}, 2), unit=TEXT)
        ),
        only_in=many(many(TEXT), 2),
    ),
    "export": record(run=TEXT, files=many(TEXT, 7)),
    "explain claim": record(
        run=TEXT,
        claim=TEXT,
        says=TEXT,
        passage=record(paragraph=NUMBER, title=TEXT),
        verdict={"type": "object"},
        conflicts=many(),
        facts=many(),
        initiatives=many(),
        models=many(TEXT),
        awaits=TEXT,
    ),
    "explain quantity": record(
        run=TEXT,
        quantity=TEXT,
        title=TEXT,
        unit=TEXT,
        dims=many(TEXT),
        model=TEXT,
        page=TEXT,
        needs=many(TEXT),
        values=many(record(p10={}, p50={}, p90={}), 1),
        facts=many(),
        changes=many(),
        claims=many(),
    ),
}


@pytest.fixture
def morava(monkeypatch, capsys):
    """Return a way to type a command: exit status, output and errors; a traceback would pass through as an error."""

    def type_in(*words):
        monkeypatch.setattr(sys, "argv", ["morava", *map(str, words)])
        status = 0
        try:
            main()
        except SystemExit as end:
            status = end.code or 0
        said = capsys.readouterr()
        return SimpleNamespace(status=status, out=said.out, err=said.err)

    return type_in


@pytest.fixture
def document(morava):
    def read(schema, *words):
        found = morava(*words, "--json")
        assert found.status == 0, found.err
        content = json.loads(found.out)
        Draft202012Validator(schema).validate(content)
        return content

    return read


@pytest.fixture
def stored(answers, late, runs):
    assert answers
    assert late  # both runs are on disk
    return runs


def test_run_judge_and_resume_give_one_document(morava, document, tmp_path):
    found = document(FOUND, "run", "ruritania", "--futures", 30, "--seed", 4, "--workers", 1, "--out", tmp_path)
    assert [verdict["claim"] for verdict in found["verdicts"]][:2] == ["railway-2027", "railway-cost"]
    assert document(FOUND, "judge", found["run"], "--out", tmp_path) == found
    assert document(FOUND, "judge", found["run"][:6], "--out", tmp_path) == found
    assert document(FOUND, "resume", found["run"], "--out", tmp_path) == found
    assert document(FOUND, "judge", "--out", tmp_path) == found
    again = morava("resume", "--out", tmp_path)
    assert (again.status, again.out) == (1, "")
    assert "there is no unfinished run" in again.err


def test_run_prints_every_verdict_and_what_to_do_next(morava, tmp_path):
    found = morava(
        "run", "ruritania", "--strategy", "crown-2030-late", "--futures", 30, "--workers", 1, "--out", tmp_path
    )
    assert found.status == 0
    for words in ("Crown 2030 without the hall", "30 futures", "railway-2027", "happiness", "morava explain"):
        assert words in found.out


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ("check", ["check", "ruritania"]),
        ("check", ["check", "ruritania", "--strategy", "crown-2030-late"]),
        ("explain claim", ["explain", "solar-220"]),
        ("explain claim", ["explain", "happiness"]),
        ("explain quantity", ["explain", "debt_ratio"]),
        ("explain quantity", ["explain", "power_capacity", "--where", "technology=solar", "--where", "year=2030"]),
        ("explain quantity", ["explain", "initiative_outturn", "--future", "3"]),
    ],
)
def test_documents_are_as_described(document, stored, answers, schema, words):
    where = [] if words[0] == "check" else ["--run", answers.run, "--out", stored]
    document(SCHEMAS[schema], *words, *where)


def test_validate_prints_a_board_and_passes(document, morava):
    cases = document(SCHEMAS["validate"], "validate")["cases"]
    assert all(case["passed"] for case in cases)
    shown = morava("validate")
    assert shown.status == 0
    assert f"{len(cases)} of {len(cases)} met" in shown.out


def test_a_case_that_is_missed_has_its_own_exit_status(morava, monkeypatch):
    missed = SimpleNamespace(
        case="c",
        source="s",
        standing="published",
        expected=1.0,
        got=2.0,
        tolerance=0.1,
        passed=False,
        document=lambda: {"passed": False},
    )
    monkeypatch.setattr(COMMANDS, "run_cases", lambda: [missed])
    assert morava("validate", "--json").status == 3
    shown = morava("validate")
    assert shown.status == 3
    assert "MISSED" in shown.out


def test_compare_names_what_differs(document, morava, stored, answers, late):
    found = document(SCHEMAS["compare"], "compare", answers.run, late.run, "--out", stored)
    assert found["inputs"]["strategy"] == ["crown-2030", "crown-2030-late"]
    shown = morava("compare", answers.run, late.run, "--out", stored)
    assert "strategy: crown-2030 -> crown-2030-late" in shown.out
    same = morava("compare", answers.run, answers.run, "--out", stored)
    assert "nothing that goes in differs" in same.out
    assert "nothing that comes out differs" in same.out


def test_export_writes_what_it_names(document, morava, stored, answers, tmp_path):
    found = document(SCHEMAS["export"], "export", answers.run, "--to", tmp_path / "all", "--out", stored)
    assert sorted(found["files"]) == sorted(map(str, (tmp_path / "all").iterdir()))
    only = morava("export", answers.run, "--no-csv", "--to", tmp_path / "one", "--out", stored)
    assert only.out.split() == [str(path) for path in (tmp_path / "one").iterdir()]


PACK_LISTS = (
    "facts",
    "claims",
    "initiatives",
    "agreements",
    "conflicts",
    "envelopes",
    "gaps",
    "quantities",
    "tables",
    "sources",
)


@pytest.mark.parametrize("what", [*PACK_LISTS, "countries", "runs", "findings", "notes", "milestones"])
def test_everything_that_is_listed_is_listed(document, morava, stored, what):
    rows = document(
        record(**{what: many({"type": "object"})}), "show", what, "--country", "ruritania", "--out", stored
    )[what]
    assert len(rows) >= (what not in ("gaps", "notes"))
    shown = morava("show", what, "--country", "ruritania", "--out", stored)
    assert shown.status == 0
    assert f"{len(rows)} {what[:-1]}" in shown.out or shown.out == f"no {what}\n"


def test_show_finds_rows_by_a_text(document):
    rows = document({}, "show", "facts", "--country", "ruritania", "--find", "MISPRINT")["facts"]
    assert [row["fact"] for row in rows] == ["hall-now-misprint"]


def test_check_prints_problems_and_fails(morava, tmp_path):
    pack = Path(shutil.copytree(RURITANIA, tmp_path / "ruritania"))
    country = pack / "country.yaml"
    country.write_text(
        country.read_text(encoding="utf-8").replace("first_year: 2026", "first_yaer: 2026"), encoding="utf-8"
    )
    shown = morava("check", pack)
    assert shown.status == 1
    assert "did you mean first_year?" in shown.out
    told = morava("check", pack, "--json")
    assert told.status == 1
    Draft202012Validator(SCHEMAS["check"]).validate(json.loads(told.out))
    assert [problem["mend"] for problem in json.loads(told.out)["problems"]] == ["did you mean first_year?"]
    assert morava("check", RURITANIA).out.endswith("no problem found\n")


def test_a_new_country_and_strategies_in_it_are_in_order(morava, tmp_path):
    made = morava("new", "country", "atlantis", "--to", tmp_path)
    assert (made.status, made.out.strip()) == (0, str(tmp_path / "atlantis"))
    pack = tmp_path / "atlantis"
    assert morava("check", pack).status == 0
    for name, parent in (("variant", ["--parent", "crown-2030"]), ("empty", [])):
        assert morava("new", "strategy", name, "--pack", pack, *parent).status == 0
        checked = morava("check", pack, "--strategy", name)
        assert checked.status == 0, checked.out
    run = morava("run", pack, "--strategy", "variant", "--futures", 20, "--workers", 1, "--out", tmp_path / "runs")
    assert run.status == 0, run.err


STUPID = [
    (["run", "ruritania", "--futures", "-5"], 2, "Invalid value for '--futures'"),
    (["run", "ruritania", "--futures", "many"], 2, "Invalid value for '--futures'"),
    (["run", "ruritania", "--futures", "99999999"], 2, "Invalid value for '--futures'"),
    (["run", "ruritnia", "--futures", "5"], 1, "ruritania"),
    (["run", "../../etc", "--futures", "5"], 1, "mend:"),
    (["run", "ruritania", "--strategy", "crown-2031", "--futures", "5"], 1, "crown-2030"),
    (["run", "ruritania", "--strategy", "../crown-2030", "--futures", "5"], 1, "mend:"),
    (["run", "ruritania", "--workers", "-1"], 2, "Invalid value for '--workers'"),
    (["judge", "../../x"], 1, "no run is called ../../x"),
    (["judge", "/"], 1, "no run is called /"),
    (["judge", "[red]x[/red]"], 1, "no run is called [red]x[/red]"),
    (["judge", "a", "b"], 2, "unexpected extra argument"),
    (["resume", "../x"], 1, "no run is called ../x"),
    (["resume", "zzz"], 1, "runs here:"),
    (["resume", "--workers", "x"], 2, "Invalid value for '--workers'"),
    (["check", "ruritnia"], 1, "ruritania"),
    (["check", "ruritania", "--strategy", "nought"], 1, "crown-2030"),
    (["check", "ruritania", "--document", "no-such-file"], 1, "the copy cannot be read"),
    (["explain", "debt_rtio"], 1, "did you mean debt_ratio?"),
    (["explain", "solar-22"], 1, "did you mean solar-220?"),
    (["explain", "debt_ratio", "--where", "year2030"], 1, "'year2030' names no label"),
    (["explain", "debt_ratio", "--where", "=2030"], 1, "'=2030' names no label"),
    (["explain", "debt_ratio", "--where", "year=2099"], 1, "debt_ratio has no year 2099"),
    (["explain", "debt_ratio", "--where", "yaer=2030"], 1, "debt_ratio has no dimension yaer"),
    (["explain", "debt_ratio", "--future", "100000"], 1, "futures run from 0 to"),
    (["explain", "debt_ratio", "--future", "-1"], 2, "Invalid value for '--future'"),
    (["explain", ""], 1, "is neither a claim nor a quantity"),
    (["show", "fcats"], 1, "did you mean facts?"),
    (["show", "facts", "--country", "ruritnia"], 1, "ruritania"),
    (["show", "claims", "--country", "ruritania", "--strategy", "../.."], 1, "mend:"),
    (["compare", "x", "y"], 1, "no run is called x"),
    (["compare", "../..", "/etc"], 1, "no run is called ../.."),
    (["compare", "a", "b", "c"], 2, "unexpected extra argument"),
    (["export", "../../x"], 1, "no run is called ../../x"),
    (["export", "--to", __file__], 1, "no folder can be made here"),
    (["export", "--format", "pdf"], 2, "No such option"),
    (["validate", "everything"], 2, "unexpected extra argument"),
    (["validate", "--futures", "5"], 2, "No such option"),
    (["validate", "--jsn"], 2, "No such option"),
    (["new", "country", "../evil"], 1, "is no name"),
    (["new", "country", "Ћирилица"], 1, "is no name"),
    (["new", "country", ""], 1, "is no name"),
    (["new", "strategy", "x1", "--pack", "nowhere"], 1, "is no country pack"),
    (["new", "strategy", "../x", "--pack", RURITANIA], 1, "is no name"),
    (["new", "strategy", "x1", "--pack", RURITANIA, "--parent", "../nought"], 1, "has no strategy ../nought"),
    (["rnu"], 2, "No such command 'rnu'"),
    ([], 2, "Usage"),
]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    STUPID,
    ids=lambda value: " ".join(map(str, value))[:40] if isinstance(value, list) else "",
)
def test_what_is_stupid_is_refused_in_words(morava, stored, monkeypatch, tmp_path, words, status, said):
    monkeypatch.setenv("MORAVA_RUNS", str(stored))
    monkeypatch.chdir(tmp_path)
    before = sorted(stored.iterdir())
    found = morava(*words)
    told = " ".join((found.out + found.err).split())
    assert found.status == status, told
    assert said in told
    assert "Traceback" not in told
    assert (found.out == "") == (words[:1] != ["check"])
    assert sorted(stored.iterdir()) == before
    assert list(tmp_path.iterdir()) == []


def test_help_names_every_command(morava):
    shown = morava("--help")
    assert shown.status == 0
    for name in ("run", "resume", "judge", "check", "explain", "show", "compare", "export", "validate", "new"):
        assert re.search(rf"^\W*{name}\b", shown.out, re.MULTILINE)
        assert morava(name, "--help").status == 0


def piped(*words):
    command = [sys.executable, "-m", "morava", *map(str, words)]
    return subprocess.run(command, capture_output=True, check=False)


def test_through_a_pipe_there_is_no_colour_and_no_bar(tmp_path):
    found = piped("run", "ruritania", "--futures", 20, "--workers", 1, "--out", tmp_path)
    assert found.returncode == 0, found.stderr
    assert b"\x1b" not in found.stdout
    assert b"\x1b" not in found.stderr
    assert "§".encode() in found.stdout


def test_a_reader_that_goes_away_is_no_error(tmp_path):
    command = f'"{sys.executable}" -m morava show facts --country serbia | head -n 2'
    found = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False, cwd=tmp_path)
    assert found.stdout.count(b"\n") == 2
    assert b"Traceback" not in found.stderr
    assert b"Exception" not in found.stderr


def interrupted(*_, **__):
    raise KeyboardInterrupt


def test_an_interruption_has_its_own_exit_status(morava, monkeypatch, tmp_path):
    monkeypatch.setattr(COMMANDS, "explore", interrupted)
    assert morava("run", "ruritania", "--futures", 5, "--out", tmp_path).status == 130


def test_an_interruption_says_how_to_go_on(morava, monkeypatch, tmp_path):
    monkeypatch.setattr(COMMANDS, "explore", interrupted)
    assert "morava resume" in morava("run", "ruritania", "--futures", 5, "--out", tmp_path).err
