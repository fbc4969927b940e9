"""A library is what its digest says, on disk too."""

import numpy as np
import pytest

from morava.errors import MoravaError
from morava.models.power.library import Library, load_library, save_library


def test_digest_is_of_the_bytes(library):
    same = Library(tuple(library.entries))
    assert library.digest == same.digest
    assert len(library.digest) == 64
    assert Library(library.entries[:3]).digest != library.digest
    assert Library(library.entries[::-1]).digest != library.digest


def test_a_library_comes_back_from_disk(library, tmp_path):
    path = save_library(library, tmp_path / "libraries")
    assert path.stem == library.digest
    for found in (load_library(path), load_library(path.parent)):
        assert found.digest == library.digest
        one, other = found.entries[1], library.entries[1]
        assert one.value["pumped"].dtype == np.float32
        assert np.array_equal(one.level["lake"], other.level["lake"])
        assert np.array_equal(one.added["solar"], other.added["solar"])
    assert save_library(library, tmp_path / "again").read_bytes() == path.read_bytes()


def test_another_digest_is_refused(library, tmp_path):
    path = save_library(library, tmp_path)
    with pytest.raises(MoravaError, match="its bytes have the digest"):
        load_library(path.rename(path.with_stem("0" * 64)))


def test_what_is_no_library_is_refused(library, tmp_path):
    with pytest.raises(MoravaError, match="0 libraries"):
        load_library(tmp_path)
    with pytest.raises(MoravaError, match="0 libraries"):
        load_library(tmp_path / "none.npz")
    broken = tmp_path / f"{library.digest}.npz"
    broken.write_bytes(save_library(library, tmp_path / "whole").read_bytes()[:1000])
    with pytest.raises(MoravaError, match="no library can be read"):
        load_library(broken)
