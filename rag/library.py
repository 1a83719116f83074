"""The reports that are open: the one of the settings, and those that visitors add."""

import hashlib
import secrets
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from index.bridge import Bridge
from index.build import build
from index.embed import Embedder, open_embedder
from index.report import read_report
from index.store import Index, load
from rag.assistant import Assistant
from rag.llm import LanguageModel, open_llm
from rag.retrieve import Retriever
from rag.settings import read_settings
from rag.upload import Limits, UploadError, check_file, check_length, safe_name

ReportId = str

OWN: ReportId = "report"  # the report of the settings, which every visitor sees
IDLE = 30 * 60.0  # seconds; a report unused for so long makes room for another visitor's
_PATIENCE = 5.0  # seconds that an upload gives way to answers before it embeds its next batch
_LOOK = 0.05  # seconds between two looks at whether it still has to
_READING = 0.1  # share of the time of an upload that reading it takes: the pages of a PDF
_WAIT = 0.5  # seconds between two looks at whether a waiting upload was stopped


@dataclass(frozen=True, slots=True)
class OpenReport:
    """A report that a visitor can ask.

    ``pages`` is the last printed page that is known, None where none is; ``lines`` the last
    source line that is cited from.
    """

    id: ReportId
    title: str
    pages: int | None
    lines: int
    removable: bool


@dataclass(slots=True)
class _Upload:
    """One visitor's report; ``used`` is when it was last asked for, in seconds."""

    id: ReportId
    visitor: str
    sha256: str
    assistant: Assistant
    used: float = field(default_factory=time.monotonic)


class Library:
    """Gives each visitor the assistants of the reports they may see.

    All assistants share one embedder and one language model. An upload lives in memory alone: its
    file and index are on the disk, in a private folder, only while it is being indexed, so that
    nothing is left behind by a removal, an exit or a crash.
    """

    def __init__(
        self,
        own: Index,
        embedder: Embedder,
        llm: LanguageModel | None,
        limits: Limits | None = None,
    ) -> None:
        self._embedder = embedder
        self._llm = llm
        self.limits = limits or Limits()
        self._own = self._assistant_of(own)
        self._uploads: dict[ReportId, _Upload] = {}
        self._coming: list[str] = []  # the visitor of each upload that is being indexed
        self._lock = threading.Lock()  # of the two above
        self._building = threading.Lock()  # two uploads at once would share the cores

    @classmethod
    def open(cls, index_dir: Path | str | None = None, *, llm: str | None = None) -> "Library":
        """Open the report of the settings; models load at their first use.

        ``llm`` takes the place of RAG_LLM. Raises ReportError where the index cannot be used.
        """
        settings = read_settings(llm)
        folder = Path(index_dir) if index_dir is not None else settings.index_folder
        embedder = open_embedder(settings.embedder, settings.cache)
        return cls(load(folder, settings.embedder), embedder, open_llm(settings))

    def add(
        self,
        visitor: str,
        name: str,
        data: bytes,
        progress: Callable[[float], None] = lambda _: None,
    ) -> ReportId:
        """Index a report that only this visitor can ask; return its id.

        ``name`` is the name of the file, ``data`` what is in it. ``progress`` is told the share
        done, from 0 to 1; what it raises stops the upload, also one that waits for another, and
        nothing of it is left. Raises ReportError where the file cannot be read or does not fit.
        """
        name = safe_name(name)
        check_file(name, data, self.limits)
        sha256 = hashlib.sha256(data).hexdigest()
        with self._lock:
            same = [upload.id for upload in self._of(visitor) if upload.sha256 == sha256]
        if same:
            return same[0]
        with self._place(visitor):
            while not self._building.acquire(timeout=_WAIT):
                progress(0.0)
            try:
                index = self._index(name, data, progress)
            finally:
                self._building.release()
            upload = _Upload(secrets.token_urlsafe(16), visitor, sha256, self._assistant_of(index))
            with self._lock:
                self._uploads[upload.id] = upload
        return upload.id

    def remove(self, visitor: str, report: ReportId) -> None:
        """Forget a report of the visitor; one that is not theirs, or not there, is left alone."""
        with self._lock:
            found = self._uploads.get(report)
            if found and found.visitor == visitor:
                del self._uploads[report]

    def forget(self, visitor: str) -> None:
        """Forget all reports of a visitor who has left."""
        with self._lock:
            for upload in self._of(visitor):
                del self._uploads[upload.id]

    def reports(self, visitor: str) -> list[OpenReport]:
        """Return the reports that the visitor can ask: the one of the settings, then their own."""
        with self._lock:
            uploads = self._of(visitor)
        own = _describe(OWN, self._own, removable=False)
        return [own, *(_describe(u.id, u.assistant, removable=True) for u in uploads)]

    def assistant(self, visitor: str, report: ReportId = OWN) -> Assistant:
        """Return the assistant of a report; ReportError where the visitor has none of that id."""
        if report == OWN:
            return self._own
        with self._lock:
            found = self._uploads.get(report)
            if found and found.visitor == visitor:
                found.used = time.monotonic()
                return found.assistant
        raise UploadError(
            "This report is no longer open. Add it again, or choose another one.",
            "该报告已不在打开的报告中。请重新添加，或选择其他报告。",
        )

    def _of(self, visitor: str) -> list[_Upload]:
        return [upload for upload in self._uploads.values() if upload.visitor == visitor]

    def _assistant_of(self, index: Index) -> Assistant:
        bridge = Bridge(index.keywords.vocabulary)
        return Assistant(Retriever(index, self._embedder, bridge), self._llm)

    def _index(self, name: str, data: bytes, progress: Callable[[float], None]) -> Index:
        def told(done: float) -> None:
            progress(_READING + (1 - _READING) * done)
            self._give_way()

        # the folder is readable by its owner alone
        with tempfile.TemporaryDirectory(prefix="report-answers-") as folder:
            file = Path(folder, name)
            file.write_bytes(data)
            report = read_report(file, lambda done: progress(_READING * done))
            check_length(name, report, self.limits)
            return build(
                file, Path(folder, "index"), self._embedder, report=report, on_progress=told
            )

    def _give_way(self) -> None:
        """Leave the cores to the answer that the model is writing, but not for ever."""
        latest = time.monotonic() + _PATIENCE
        while self._llm is not None and self._llm.is_busy and time.monotonic() < latest:
            time.sleep(_LOOK)

    @contextmanager
    def _place(self, visitor: str) -> Iterator[None]:
        """Hold a place for an upload while it is indexed; UploadError where there is none."""
        with self._lock:
            if len(self._of(visitor)) + self._coming.count(visitor) >= self.limits.each:
                raise UploadError(
                    f"You have {self.limits.each} reports open. Remove one, then add this one.",
                    f"您已打开 {self.limits.each} 份报告。请先移除一份，再添加。",
                )
            if len(self._uploads) + len(self._coming) >= self.limits.total:
                self._make_room()
            self._coming.append(visitor)
        try:
            yield
        finally:
            with self._lock:
                self._coming.remove(visitor)

    def _make_room(self) -> None:
        """Forget the report that was unused longest, if that is long."""
        oldest = min(self._uploads.values(), key=lambda upload: upload.used, default=None)
        if oldest is None or time.monotonic() - oldest.used < IDLE:
            raise UploadError(
                f"All {self.limits.total} places for reports are in use. Try again later.",
                f"可打开的 {self.limits.total} 份报告名额已满。请稍后再试。",
            )
        del self._uploads[oldest.id]


def _describe(report: ReportId, assistant: Assistant, *, removable: bool) -> OpenReport:
    passages = assistant.index.passages
    pages = [passage.page for passage in passages if passage.page is not None]
    return OpenReport(
        report, assistant.report_title, max(pages, default=None),
        max(passage.lines[1] for passage in passages), removable,
    )  # fmt: skip
