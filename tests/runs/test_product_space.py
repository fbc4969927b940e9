"""A country in the product space: the tables that are shipped, files that are read or refused, and what is printed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.resources import files
from io import StringIO
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

from morava.cli.complexity_screens import show_complexity
from morava.errors import MoravaError
from morava.runs.product_space import ProductSpaceAnswer, answer_product_space
from morava.runs.product_space_reading import Reference, read_exports, read_reference

ROOT = Path(__file__).parents[2]
SERBIA = Path(str(files("morava"))) / "countries" / "serbia"
HEADER = "product,exports_usd\n"


@pytest.fixture(scope="module")
def reference() -> Reference:
    return read_reference()


def written(folder: Path, text: str) -> Path:
    path = folder / "exports.csv"
    path.write_text(text, encoding="utf-8")
    return path


def refused(path: Path, reference: Reference) -> dict[str, str]:
    with pytest.raises(MoravaError) as caught:
        read_exports(path, reference)
    return {one.what: one.where for one in caught.value.problems}


def printed(found: ProductSpaceAnswer, most: int = 3) -> str:
    console = Console(width=120, record=True, file=StringIO())
    show_complexity(console, found, most)
    return " ".join(console.export_text().split())


def test_the_tables_are_those_of_the_extracts(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "snapshots/derive_complexity.py", "--out", tmp_path], check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in (SERBIA / "trade/complexity").glob("*.parquet")}
    assert made == kept


def test_each_published_proximity_is_countries_with_both_over_the_more_of_those_with_one(reference: Reference) -> None:
    # Ubiquity is published beside the pairs: times it, every proximity must be a whole number of countries.
    path = str(SERBIA / "trade/complexity/products.parquet")
    with duckdb.connect() as connection:
        rows = connection.execute("SELECT ubiquity FROM read_parquet(?)", [path]).fetchnumpy()["ubiquity"]
    pairs = reference.tables.pairs
    both = reference.tables.near * np.maximum(rows[pairs[:, 0]], rows[pairs[:, 1]])
    assert np.abs(both - both.round()).max() < 1e-6
    assert (both.round() <= np.minimum(rows[pairs[:, 0]], rows[pairs[:, 1]])).all()


def test_without_a_file_only_the_place_of_the_country_is_said() -> None:
    found = answer_product_space()
    assert (found.standing.country, found.standing.rank, found.standing.of) == ("SRB", 71, 234)
    assert found.standing.eci == pytest.approx(0.583, abs=5e-4)
    assert [(one.rank, one.of) for one in found.other_editions] == [(37, 133)]
    assert found.own is None
    assert "exports of SRB by product are not in the tables" in found.missing[0]
    assert "49,974 of 741,153 pairs of products (6.7%)" in found.missing[1]
    said = printed(found)
    assert "rank 71 of 234 territories" in said
    assert "rank 37 of 133" in said
    assert "Give a file with the columns product,exports_usd" in said


def test_a_file_gives_products_opportunities_and_what_is_missing(tmp_path: Path) -> None:
    path = written(
        tmp_path, HEADER + "8544,1800000000\n401110,300000000\n401120,280000000\n0811,250e6\n9999,130000000\n"
    )
    found = answer_product_space(path)
    assert found.own is not None
    rows = {row.product: row for row in found.own.products}
    assert (len(rows), found.own.present, len(found.missing)) == (1218, 3, 8)
    assert [code for code, row in rows.items() if row.present] == ["0811", "4011", "8544"]
    assert rows["4011"].exports == pytest.approx(580)
    assert found.own.exports == pytest.approx(2630)
    assert found.own.mean_pci == pytest.approx(np.mean([rows[code].pci for code in ("0811", "4011", "8544")]))
    assert set(found.own.opportunities).isdisjoint({"0811", "4011", "8544"})
    densities = [rows[code].density for code in found.own.opportunities]
    assert densities == sorted(densities, reverse=True)
    missing = " ".join(found.missing)
    assert "1,215 of 1,218 products are not in the file" in missing
    assert "130 million USD (4.7% of the file) are goods not specified" in missing
    assert "14 products have no published pair" in missing
    assert "would hold whatever the other pairs are" in missing
    assert json.loads(json.dumps(found.document(), allow_nan=False))["own"]["present"] == 3
    said = printed(found)
    assert "exports.csv: exports of 2,630 million USD, 3 products present" in said
    assert "largest products that are present: 3 HS section" in said
    assert "first 3" in said


def test_everything_that_is_wrong_is_said_at_once_with_its_line(tmp_path: Path, reference: Reference) -> None:
    rows = (
        "101,5", "0101,-3", "8544,1800", "854430,4", "0103,1e15", "abcd,x", "2716,5", "2716,6", "3826,1", "0104,",
        "01012,1", "٠١٠٥,1",
    )  # fmt: skip
    found = refused(written(tmp_path, HEADER + "\n".join(rows) + "\n"), reference)
    assert {what: int(where.split(":")[1]) for what, where in found.items()} == {
        "'101' is no product": 2,
        "exports_usd is -3": 3,
        "heading 8544 stands whole and in parts": 5,
        "'abcd' is no product": 7,
        "exports_usd: 'x' is not a number": 7,
        "product 2716 stands twice": 9,
        "product 3826 is in no table": 10,
        "exports_usd: '' is not a number": 11,
        "'01012' is no product": 12,
        "'٠١٠٥' is no product": 13,
        "exports of 0103, 1,000,000,000,000,000 USD, exceed the world's 4,619,428,609": 6,
    }


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "the file is empty"),
        (HEADER, "the file has a header and no row"),
        (HEADER + "0101,0\n0102,0\n", "no product has exports above zero"),
        (HEADER + "9999,10\n", "no product has exports above zero"),
        ("code,exports_usd\n0101,1\n", "unknown column 'code'"),
        ("product\n0101\n", "no column exports_usd"),
    ],
)
def test_files_that_say_nothing_are_refused(text: str, what: str, tmp_path: Path, reference: Reference) -> None:
    assert what in refused(written(tmp_path, text), reference)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, reference: Reference) -> None:
    assert len(refused(tmp_path / "nothing.csv", reference)) == 1


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 1217), st.integers(1, 9)), min_size=1, unique_by=lambda one: one[0]), st.data()
)
def test_order_parts_and_size_do_not_count(tmp_path: Path, reference: Reference, listed, data) -> None:
    whole = [f"{reference.products[place]},{value * 200}" for place, value in listed]
    parts = [f"{reference.products[place]}{part},{value * 200}" for place, value in listed for part in ("10", "90")]
    first = answer_product_space(written(tmp_path, HEADER + "\n".join(whole))).own
    turned = data.draw(st.permutations(parts))
    second = answer_product_space(written(tmp_path, HEADER + "\n".join(turned))).own
    assert first is not None
    assert second is not None
    assert second.exports == pytest.approx(2 * first.exports)
    assert [row.present for row in second.products] == [row.present for row in first.products]
    assert [row.density for row in second.products] == [row.density for row in first.products]
    assert second.opportunities == first.opportunities


def test_packs_without_whole_tables_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MoravaError, match="has no tables of products"):
        read_reference("ruritania")
    shutil.copytree(SERBIA / "trade", tmp_path / "trade")
    shutil.copy(SERBIA / "country.yaml", tmp_path)
    assert read_reference(tmp_path).standing == read_reference().standing
    said = tmp_path / "trade/complexity/tables.yaml"
    text = said.read_text(encoding="utf-8")
    said.write_text(text.replace("country: SRB", "country: SRP"), encoding="utf-8")
    with pytest.raises(MoravaError, match="SRP has no index"):
        read_reference(tmp_path)
    said.write_text(text.replace("nearest_listed", "nearest"), encoding="utf-8")
    with pytest.raises(MoravaError, match="has no nearest_listed"):
        read_reference(tmp_path)
    said.write_text(text, encoding="utf-8")
    (tmp_path / "trade/complexity/pairs.parquet").write_bytes(b"")
    with pytest.raises(MoravaError, match="the table pairs cannot be read"):
        read_reference(tmp_path)
