import hashlib
from pathlib import Path

import pytest
from fake_sources import (
    FILE_BYTES,
    FakeIndex,
    file_model,
)

from index.delivery import Registry
from index.model import ModelFolder
from index.weights import ensure


@pytest.fixture
def index() -> FakeIndex:
    return FakeIndex(FILE_BYTES)


def test_what_is_verified_is_neither_fetched_nor_read_again(
    index: FakeIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ensure(file_model(index), tmp_path, [Registry(index.download)])
    monkeypatch.setattr(hashlib, "file_digest", lambda *_: pytest.fail("hashed again"))
    assert ensure(file_model(index), tmp_path, []) == path


def test_a_touched_file_is_hashed_and_found_right(index: FakeIndex, tmp_path: Path) -> None:
    path = ensure(file_model(index), tmp_path, [Registry(index.download)])
    path.touch()
    assert ModelFolder(file_model(index), tmp_path).missing()
    assert ensure(file_model(index), tmp_path, []) == path
    assert not ModelFolder(file_model(index), tmp_path).missing()


@pytest.mark.parametrize("stamp", ["", "[]", "{", '{"tiny.gguf": 7}'])
def test_a_damaged_stamp_only_costs_a_hash(index: FakeIndex, tmp_path: Path, stamp: str) -> None:
    path = ensure(file_model(index), tmp_path, [Registry(index.download)])
    (path.parent / ".verified.json").write_text(stamp)
    assert ensure(file_model(index), tmp_path, []) == path
