"""YAML as YAML 1.2 means it, with the line of every key, and nothing that only a program would write."""

from __future__ import annotations

import pytest
import yaml

from morava.errors import MoravaError
from morava.plans import yaml_file
from morava.plans.yaml_file import parse_yaml, read_yaml


@pytest.fixture(params=["fast", "plain"], autouse=True)
def parser(request, monkeypatch):
    """Both parsers of PyYAML must read the same, so that no answer depends on how it was built."""
    monkeypatch.setattr(yaml_file, "_LOADER", yaml.CSafeLoader if request.param == "fast" else yaml.SafeLoader)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("True", "True"),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("0777", "0777"),
        ("0o14", "0o14"),
        ("0x1F", "0x1F"),
        ("1:20", "1:20"),
        ("1_000", "1_000"),
        ("1,5", "1,5"),
        ("2026-05-24", "2026-05-24"),
        ("2026..2035", "2026..2035"),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("+.5", 0.5),
        (".", "."),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("nan", "nan"),
        ("=", "="),
        ("'12'", "12"),
        ('"true"', "true"),
    ],
)
def test_scalars_mean_what_yaml_1_2_says(text, value):
    found = parse_yaml(f"key: {text}\n", "file").data["key"]
    assert found == value
    assert type(found) is type(value)


def test_every_key_and_item_has_its_line():
    file = parse_yaml("# first\na:\n  b: 1\n  c:\n    - x\n    - {d: 2,\n       e: 3}\n", "f.yaml")
    assert file.data == {"a": {"b": 1, "c": ["x", {"d": 2, "e": 3}]}}
    assert [file.where(*path) for path in (("a",), ("a", "b"), ("a", "c", 1), ("a", "c", 1, "e"))] == [
        "f.yaml:2",
        "f.yaml:3",
        "f.yaml:6",
        "f.yaml:7",
    ]


def test_a_key_that_is_not_there_has_the_place_around_it():
    file = parse_yaml("a:\n  b: 1\n", "f.yaml")
    assert file.where("a", "missing", "deeper") == "f.yaml:1"


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "a is given twice", 3),
        ("2026: 1\n'2026': 3\n", "2026 is given twice", 2),
        ("a: &x 1\n", "&x is an anchor", 1),
        ("b: *x\n", "*x is an alias", 1),
        ("a: 1\n<<: {b: 2}\n", "<< is a merge key", 2),
        ("a: !!python/object:os.system x\n", "is a tag", 1),
        ("a: !thing {}\n", "!thing is a tag", 1),
        ("a: 1\n---\nb: 2\n", "a second document begins", 2),
        ("a:\n\tb: 1\n", "a tab stands before the first word", 2),
        ("a: [1, 2\nb: 3\n", "this is not YAML", 2),
        ("a: 'open\n", "this is not YAML", 2),
        ("a: b: c\n", "this is not YAML", 1),
        ("", "the file is empty", 1),
        ("# only words\n", "the file is empty", 1),
        ("a: " + "[" * 30 + "]" * 30 + "\n", "more than 20 levels of nesting", 1),
        ("a: " + "9" * 50 + "\n", "a number of 50 characters", 1),
        ("a: 1e999\n", "1e999 is too large for a number", 1),
        ("? [a, b]\n: c\n", "a key is no word", 1),
        ("'': 1\n", "a key is empty", 1),
        ("x" * 300 + ": 1\n", "a key is empty or longer", 1),
        ("%TAG ! tag:x,2000:\n---\na: !y 1\n", "is a tag", 3),
    ],
)
def test_what_is_refused_has_its_line(text, what, line):
    with pytest.raises(MoravaError) as error:
        parse_yaml(text, "f.yaml")
    problem = error.value.problems[0]
    assert what in problem.what
    assert problem.where == f"f.yaml:{line}"
    assert problem.mend


def test_all_that_can_be_found_is_found_at_once():
    with pytest.raises(MoravaError) as error:
        parse_yaml("a: &x 1\nb: *x\na: 2\nc: !t 3\n", "f.yaml")
    assert [problem.where for problem in error.value.problems] == ["f.yaml:1", "f.yaml:2", "f.yaml:3", "f.yaml:4"]


def test_a_file_with_too_many_entries_is_refused():
    text = "a: [" + "1," * (yaml_file.MOST_ENTRIES + 2) + "1]\n"
    with pytest.raises(MoravaError, match="more than 100,000 entries"):
        parse_yaml(text, "f.yaml")


@pytest.mark.parametrize(
    ("data", "what", "line"),
    [
        ("a: 1\n".encode("utf-16"), "UTF-16", 1),
        ("a: 1\n".encode("utf-16-be"), "control character U+0000", 1),
        ("a: č\n".encode("iso8859-2"), "byte 0xe8 is not UTF-8", 1),
        (b"a: 1\nb: \x00\n", "control character U+0000", 2),
        (b"a: 1\n\nb: \x1b[31m\n", "control character U+001B", 3),
        ("a: 1\nb: \u2028\n".encode(), "control character U+2028", 2),
        (b"a: 1\rb: 2\n", "control character U+000D", 1),
        (b"a: " + b"x" * 5_000_001, "larger than 5,000,000 bytes", None),
    ],
)
def test_bytes_that_are_no_plain_utf_8_are_refused(tmp_path, data, what, line):
    path = tmp_path / "f.yaml"
    path.write_bytes(data)
    with pytest.raises(MoravaError) as error:
        read_yaml(path, "f.yaml")
    assert what in error.value.problems[0].what
    assert error.value.problems[0].where == ("f.yaml" if line is None else f"f.yaml:{line}")


def test_a_byte_order_mark_and_other_line_ends_are_accepted(tmp_path):
    path = tmp_path / "f.yaml"
    path.write_bytes("\ufeffa: 1\r\nč: ж\r\n".encode())
    file = read_yaml(path, "f.yaml")
    assert file.data == {"a": 1, "č": "ж"}
    assert file.where("č") == "f.yaml:2"


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(MoravaError, match="there is no such file"):
            read_yaml(path, "f.yaml")
