"""A hash follows the content, every field of it, and nothing else."""

from __future__ import annotations

import shutil
from dataclasses import fields, is_dataclass, replace
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from morava.errors import MoravaError
from morava.plans import country_hash, futures_hash, hashes, read_country, read_futures, read_strategy, strategy_hash

RURITANIA = Path(str(files("morava"))) / "countries" / "ruritania"


@pytest.fixture(scope="module")
def country():
    return read_country("ruritania")


def turn_around(folder: Path) -> None:
    """Write every file again: keys and rows in reverse, other quotes, other indentation."""

    def reverse(data):
        return {key: reverse(data[key]) for key in reversed(data)} if isinstance(data, dict) else data

    for path in folder.rglob("*.yaml"):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        path.write_text(yaml.safe_dump(reverse(data), sort_keys=False, default_style=None, indent=6), encoding="utf-8")
    rows = (folder / "facts/facts.csv").read_text(encoding="utf-8").splitlines()
    (folder / "facts/facts.csv").write_text("\n".join([rows[0], *reversed(rows[1:40])]) + "\n", encoding="utf-8")
    quoted = [f'"{row.split(",")[0]}",' + ",".join(row.split(",")[1:]) for row in rows[40:]]
    (folder / "facts/more.csv").write_text("\r\n".join([rows[0], *quoted]), encoding="utf-8")


def test_order_and_formatting_of_files_do_not_count(country, tmp_path):
    folder = Path(shutil.copytree(RURITANIA, tmp_path / "elsewhere"))
    turn_around(folder)
    other = read_country(folder)
    assert country_hash(other) == country_hash(country)
    assert replace(other, folder=country.folder) == country
    assert list(other.facts) == list(country.facts)
    for name in ("crown-2030", "crown-2030-late"):
        assert strategy_hash(read_strategy(other, name)) == strategy_hash(read_strategy(country, name))
    assert futures_hash(read_futures(other)) == futures_hash(read_futures(country))


def spoilt(value):
    """Return something else of the same kind, or None where there is nothing to change."""
    if is_dataclass(value):
        return None
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return value + "x"
    if isinstance(value, (int, float)):
        return value + 1
    if value is None:
        return 1.0
    if isinstance(value, tuple):
        return (*value, "x")
    return {**value, "x": "y"}


def every_change(thing, rebuild):
    """Yield the whole with one field changed, for every field of every record in it, once a type and field."""
    for one in fields(thing):
        value = getattr(thing, one.name)
        if spoilt(value) is not None and not any(
            map(is_dataclass, list(value.values()) if isinstance(value, dict) else [])
        ):
            yield type(thing).__name__, one.name, rebuild(replace(thing, **{one.name: spoilt(value)}))
        inner = []
        if isinstance(value, dict):
            inner = [(key, item) for key, item in value.items() if is_dataclass(item)]
        elif isinstance(value, tuple):
            inner = [(key, item) for key, item in enumerate(value) if is_dataclass(item)]
        elif is_dataclass(value):
            inner = [(None, value)]
        for key, item in inner[:2]:

            def put(new, key=key, value=value, one=one):
                if key is None:
                    changed = new
                elif isinstance(value, dict):
                    changed = {**value, key: new}
                else:
                    changed = (*value[:key], new, *value[key + 1 :])
                return rebuild(replace(thing, **{one.name: changed}))

            yield from every_change(item, put)


@pytest.mark.parametrize("kind", ["country", "strategy", "futures"])
def test_every_field_counts_but_the_folder(country, kind):
    whole = {"country": country, "strategy": read_strategy(country), "futures": read_futures(country)}[kind]
    own = getattr(hashes, f"{kind}_hash")
    first = own(whole)
    looked_at = 0
    for record, field, other in every_change(whole, lambda new: new):
        looked_at += 1
        assert (own(other) == first) == ((record, field) == ("Country", "folder")), (record, field)
    assert looked_at > 20


def test_kinds_of_values_are_not_confused(country):
    futures = read_futures(country)
    assert futures_hash(replace(futures, seed=1)) != futures_hash(replace(futures, seed="1"))
    assert futures_hash(replace(futures, seed=1)) != futures_hash(replace(futures, seed=1.0))
    assert futures_hash(replace(futures, seed=0.0)) == futures_hash(replace(futures, seed=-0.0))


def test_what_cannot_be_written_down_is_refused(country):
    with pytest.raises(MoravaError, match="object cannot be hashed"):
        futures_hash(replace(read_futures(country), seed=object()))


def test_the_hash_is_sha256_and_stays(country):
    assert len(country_hash(country)) == 64
    assert country_hash(country) == country_hash(read_country("ruritania"))
