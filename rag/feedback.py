"""Thumbs up or down with a reason, appended to a file of JSON lines on this machine."""

import json
import os
import threading
from datetime import UTC, datetime
from pathlib import Path

from index.errors import ReportError
from index.paths import cache_folder
from rag.answer import Answer

LONGEST = 2000  # characters of one field
_writing = threading.Lock()


def feedback_file() -> Path:
    """Return where feedback is kept: RAG_FEEDBACK if set, else a file in the cache folder."""
    chosen = os.environ.get("RAG_FEEDBACK")
    return Path(chosen).expanduser() if chosen else cache_folder() / "feedback.jsonl"


def record(answer: Answer, *, liked: bool, reason: str = "", file: Path | None = None) -> None:
    """Append what a reader thinks of an answer; ReportError where the file cannot be written."""
    entry = {
        "time": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "liked": liked,
        "reason": _cut(reason),
        "question": _cut(answer.question),
        "language": answer.language,
        "answered": answer.answered,
        "answer": _cut(answer.text),
        "report": _cut(answer.citations[0].passage.report) if answer.citations else "",
        "lines": [list(citation.passage.lines) for citation in answer.citations[:20]],
    }
    file = file or feedback_file()
    line = json.dumps(entry, ensure_ascii=False) + "\n"
    try:
        with _writing:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("ab") as out:  # one write: lines of two processes do not mix
                out.write(line.encode("utf-8"))
    except OSError as error:
        raise ReportError(
            f"Cannot write to {file}: {error.strerror}. Set RAG_FEEDBACK to another file.",
            f"无法写入 {file}：{error.strerror}。请将 RAG_FEEDBACK 设为其他文件。",
        ) from error


def _cut(text: str) -> str:
    """Limit a field, and leave out what cannot be written as UTF-8."""
    return text[:LONGEST].encode("utf-8", errors="replace").decode("utf-8")
