"""Whatever bytes a file of a pack holds: it is read, or refused in words with a file. Nothing else happens."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from morava.errors import MoravaError, Problem
from morava.plans import check_pack, read_country, read_futures, read_strategy
from morava.plans.text_file import LARGEST_FILE
from morava.views.translations import check_translations

RURITANIA = Path(str(files("morava"))) / "countries" / "ruritania"
FILES = sorted(
    path.relative_to(RURITANIA).as_posix() for path in RURITANIA.rglob("*") if path.suffix in (".yaml", ".csv")
)
YAML_FILES = [file for file in FILES if file.endswith(".yaml")]
STRATEGIES = ("crown-2030", "crown-2030-late")
PLACE = re.compile(r"^ruritania(/[\w./ -]+)?(:\d+)?$")

FUZZ = settings(
    deadline=None,
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    return Path(shutil.copytree(RURITANIA, tmp_path_factory.mktemp("hostile") / "ruritania"))


@contextmanager
def holding(pack: Path, file: str, data: bytes) -> Iterator[None]:
    """Let a file hold other bytes for a while."""
    path = pack / file
    kept = path.read_bytes()
    path.write_bytes(data)
    try:
        yield
    finally:
        path.write_bytes(kept)


def look(pack: Path, file: str, data: bytes) -> list[Problem]:
    """Check a pack with other bytes in one file; whatever is said has a place in the pack and a mend."""
    with holding(pack, file, data):
        problems = check_pack(pack)
        if "translations/" in file and not problems:
            problems = check_translations(pack)
        for problem in problems:
            assert PLACE.match(problem.where), problem
            assert problem.what
            assert problem.mend
            assert len(problem.what) < 1000
        try:
            country = read_country(pack)
            for strategy in STRATEGIES:
                read_strategy(country, strategy)
            read_futures(country)
        except MoravaError:
            assert problems
    return problems


@pytest.mark.parametrize("file", FILES)
@FUZZ
@given(data=st.binary(max_size=300))
def test_any_bytes(pack, file, data):
    look(pack, file, data)


YAML_PIECES = st.sampled_from(
    [
        "a", "name", "title", ": ", ":\n", "\n", "\n  ", "\n    ", "- ", "[", "]", "{", "}", ", ", "'", '"', "|", ">",
        "# ", "&a ", "*a", "<<", "!!int ", "? ", "---\n", "...\n", "%YAML 1.1\n", "\t", "2026", "1.5",
        "1e309", "true", "null",
        "~", "no", "ж", "\u2028", "\ufeff", "\x00", "9" * 60, "2026-01-01", "..", "hall", "sun", "status", "0x10", "=",
    ]
)  # fmt: skip
CSV_PIECES = st.sampled_from(
    [",", ",,", '"', '""', "\n", "\r\n", "\r", ";", "=", "name", "quantity", "power_capacity", "technology=solar",
     "MW", "1", "-1", "nan", "inf", "1,5", "2025", "RUC_2025", "million ", "9^9^9", "(", ")", "/0", "\x00",
     "ж", "\u2028", " "]
)  # fmt: skip


@pytest.mark.parametrize("file", YAML_FILES)
@FUZZ
@given(pieces=st.lists(YAML_PIECES, max_size=25), keep=st.integers(0, 3000))
def test_anything_like_yaml_after_something_true(pack, file, pieces, keep):
    start = (pack / file).read_text(encoding="utf-8")[:keep]
    look(pack, file, (start + "".join(pieces)).encode("utf-8"))


@FUZZ
@given(pieces=st.lists(CSV_PIECES, max_size=40), keep=st.integers(0, 9000))
def test_anything_like_csv_after_something_true(pack, pieces, keep):
    start = (pack / "facts/facts.csv").read_text(encoding="utf-8")[:keep]
    look(pack, "facts/facts.csv", (start + "".join(pieces)).encode("utf-8"))


SCALARS = st.one_of(
    st.sampled_from(
        ["null", "true", "-1", "0", "1e308", "-1e308", "99999999999", "''", "[]", "{}", "[[]]", "[null]", "{a: 1}",
         "sun", "'9^9^9'", "million RUC_2025", "2026..2020", "'../../..'", "finish", "[sun, sun]", "'1/0'", "percent",
         "2025", "hall"]
    ),
    st.integers(-(10**12), 10**12).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20).map(
        lambda text: "'" + text.replace("'", "''") + "'"
    ),
)  # fmt: skip


@pytest.mark.parametrize("file", YAML_FILES)
@FUZZ
@given(data=st.data())
def test_any_value_in_the_place_of_another(pack, file, data):
    """The form stays right and a value becomes wrong: the checks of sense meet what those of form let through."""
    text = (pack / file).read_text(encoding="utf-8")
    values = list(re.finditer(r"(?<=: )[^\n{}\[\],]+|(?<=[\[ ])[a-z0-9.-]+(?=[\],])", text))
    chosen = data.draw(st.lists(st.sampled_from(values), min_size=1, max_size=3, unique_by=lambda match: match.start()))
    for match in sorted(chosen, key=lambda match: -match.start()):
        text = text[: match.start()] + data.draw(SCALARS) + text[match.end() :]
    look(pack, file, text.encode("utf-8"))


CELLS = st.one_of(
    st.sampled_from(
        ["", "-1", "1e308", "nan", "1,5", "GW", "9^9^9", "1/0", "RUC_2025 * RUC_2025", "RUC_2023^-1", "EUR_2025", "1",
         "percent", "2026..2020", "9999", "0000", "2025-02-30", "a=b", "a=b;a=c", "=", ";;", "year=2025", "text",
         "price_deflator", "planned", "exchange_rate", "stage_precedes", "initiative_finish",
         "lender_partner", "currency=RUC", "currency=EUR", "0"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters='",'), max_size=12),
)  # fmt: skip


@settings(FUZZ, max_examples=60)
@given(row=st.integers(1, 109), cells=st.dictionaries(st.integers(0, 13), CELLS, min_size=1, max_size=4))
def test_any_cell_in_the_place_of_another(pack, row, cells):
    lines = (pack / "facts/facts.csv").read_text(encoding="utf-8").splitlines()
    parts = lines[row].split(",")
    for column, cell in cells.items():
        parts[column] = f'"{cell}"'
    lines[row] = ",".join(parts)
    look(pack, "facts/facts.csv", "\n".join(lines).encode("utf-8"))


def laughs() -> str:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    return "\n".join(lines) + "\n"


NASTY = {
    "billion laughs": (laughs(), "is an anchor"),
    "a loop of aliases": ("a: &a [*a]\n", "is an anchor"),
    "keys given twice": ("a: {}\na: {}\n", "a is given twice"),
    "a NUL": ("a: \x00\n", "control character U+0000"),
    "a huge integer": ("a: " + "9" * 100_000 + "\n", "a number of 100000 characters"),
    "a huge exponent": ("a: 1e99999999\n", "too large for a number"),
    "deep nesting in brackets": ("a: " + "[" * 100_000, "more than 20 levels"),
    "deep nesting in braces": ("{a: " * 50_000, "more than 20 levels"),
    "deep nesting by lines": ("".join(" " * n + f"k{n}:\n" for n in range(500)), "more than 20 levels"),
    "deep nesting by dashes": ("- " * 50_000, "more than 20 levels"),
    "an object of Python": ("a: !!python/object/apply:os.system [ls]\n", "is a tag"),
    "a set": ("a: !!set {b, c}\n", "is a tag"),
    "a merge key": ("a: {<<: {b: 1}}\n", "is a merge key"),
    "two documents": ("a: {}\n---\nb: {}\n", "a second document"),
    "very many keys": ("".join(f"k{n}: 1\n" for n in range(110_000)), "more than 100,000 entries"),
    "very many empty keys": ("? " * 300_000, ""),
    "very many quotes": ("'" * 300_001, "not YAML"),
    "a list": ("- a\n- b\n", ""),
    "a word": ("word\n", ""),
    "a number": ("5\n", ""),
    "null": ("null\n", ""),
    "nothing": ("", "the file is empty"),
    "only a comment": ("# nothing\n", "the file is empty"),
    "a surrogate": ('a: "\\ud800"\n', ""),
    "an escaped NUL": ('name: "a\\0b"\n', ""),
}


@pytest.mark.parametrize("file", ["country.yaml", "strategies/crown-2030/initiatives.yaml", "futures/default.yaml"])
@pytest.mark.parametrize("case", NASTY)
def test_nasty_yaml_is_refused_in_words(pack, file, case):
    text, what = NASTY[case]
    problems = look(pack, file, text.encode("utf-8"))
    assert any(what in problem.what for problem in problems), [str(problem) for problem in problems]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "iso8859-5", "cp1252"])
def test_other_encodings_are_refused_with_the_line(pack, file, encoding):
    text = (pack / file).read_text(encoding="utf-8") + "\n# ж\n" if encoding != "cp1252" else "# \x93\x94é\nname: é\n"
    problems = look(pack, file, text.encode(encoding, errors="replace"))
    assert any(re.search(r"UTF-8|UTF-16|control character", problem.what) for problem in problems)
    assert any(problem.where.startswith(f"ruritania/{file}:") for problem in problems)


@pytest.mark.parametrize("file", FILES)
def test_a_file_too_large_is_refused_unread(pack, file):
    problems = look(pack, file, b"#" * (LARGEST_FILE + 1))
    assert any("larger than" in problem.what for problem in problems)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('name,"quantity\n', "not CSV"),
        ("\x00", "control character"),
        ("name;quantity\n", "unknown column"),
        (",,,,\n", "unknown column ''"),
        ("a\n" * 200_000, "unknown column"),
    ],
)
def test_nasty_csv_is_refused_in_words(pack, text, what):
    assert any(what in problem.what for problem in look(pack, "facts/facts.csv", text.encode("utf-8")))


def test_a_table_of_nothing_but_mistakes_is_cut_with_a_word(pack):
    header = (pack / "facts/facts.csv").read_text(encoding="utf-8").splitlines()[0]
    rows = "".join(f"f{n},nonsense,,x,y,,9^9^9,soon,later,,nobody,,guessed,\n" for n in range(50_000))
    problems = look(pack, "facts/facts.csv", (header + "\n" + rows).encode("utf-8"))
    assert problems[-1].what == "more than 1,000 problems"
    assert len(problems) == 1001


def test_an_unbalanced_quote_spoils_one_row(pack):
    text = (pack / "facts/facts.csv").read_text(encoding="utf-8")
    spoilt = text.replace("growth-2020,history_growth", '"growth-2020,history_growth')
    assert [problem.what.split(":")[0] for problem in look(pack, "facts/facts.csv", spoilt.encode("utf-8"))] == [
        "the row is not CSV"
    ]


def test_a_negative_capacity_and_a_tower_of_powers(pack):
    text = (pack / "facts/facts.csv").read_text(encoding="utf-8")
    for old, new, what in (
        ("solar,20,20,,MW", "solar,-20,-20,,MW", "power_capacity of -20 MW is below 0"),
        ("solar,20,20,,MW", "solar,20,20,,9**9**9", "unknown unit '9**9**9'"),
        ("solar,20,20,,MW", "solar,20,20,,9^9^9^9^9", "unknown unit '9^9^9^9^9'"),
        ("solar,20,20,,MW", "solar,20,20,,(MW).__class__", "unknown unit"),
    ):
        problems = look(pack, "facts/facts.csv", text.replace(old, new).encode("utf-8"))
        assert [what in problem.what for problem in problems] == [True]


@pytest.mark.parametrize("name", ["../../..", "/etc", "crown-2030/../crown-2030", "a\\0b", "."])
@pytest.mark.parametrize(
    ("file", "key"), [("country.yaml", "strategy"), ("strategies/crown-2030-late/strategy.yaml", "parent")]
)
def test_names_do_not_lead_out_of_the_pack(pack, file, key, name):
    text = re.sub(
        f"^{key}: .*$", f'{key}: "{name}"'.replace("\\", "\\\\"), (pack / file).read_text("utf-8"), flags=re.M
    )
    assert look(pack, file, text.encode("utf-8"))


def test_a_pipe_and_a_folder_in_the_place_of_a_file_do_not_hold_the_reader_up(tmp_path):
    pack = Path(shutil.copytree(RURITANIA, tmp_path / "ruritania"))
    (pack / "sources.yaml").unlink()
    os.mkfifo(pack / "sources.yaml")
    (pack / "futures/default.yaml").unlink()
    (pack / "futures/default.yaml").mkdir()
    told = {problem.where: problem.what for problem in check_pack(pack)}
    assert told["ruritania/sources.yaml"] == told["ruritania/futures/default.yaml"] == "there is no such file"
