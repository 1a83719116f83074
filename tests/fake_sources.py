"""A package index and a hub in memory, with a model that both deliver."""

import hashlib
import io
import zipfile
from pathlib import Path

from index.delivery import Hub
from index.model import File, Model, Shard, WeightsError

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
