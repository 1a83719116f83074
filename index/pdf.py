"""A PDF file -> its lines of text, read by a process of its own.

What a damaged or hostile file does there, such as never ending, ends with that process.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Timer

from index.errors import SourceError

Line = tuple[str, float]  # a line of text, and the size of its letters where it is a title, else 0
LOCKED = 3  # exit code of the process for a PDF that asks for a password
_NEW_PAGE = "\f"

_ALIKE = 0.93  # of the larger of two sizes: what is less is of a lower level
_DEEPEST = 6  # levels that Markdown has
_PATIENCE = 60.0  # seconds that one page may take
_MOST_UNKNOWN = 0.1  # share of the text that are letters whose fonts do not tell what they are
_UNKNOWN = "(cid:000)"  # how such a letter comes, with its number in the font


def pdf_lines(path: Path, progress: Callable[[float], None] = lambda _: None) -> tuple[str, ...]:
    """Return the lines of a PDF in reading order; each page but the first begins with a form feed.

    Titles have the marks of Markdown, by the size of their letters.
    ``progress`` is told the share of the pages done; what it raises ends the reading. Raises
    SourceError for a PDF that is locked or damaged, takes too long or has no text.
    """
    pages: list[list[Line]] = []
    with _reader(path) as process:
        try:
            count = int(_answer(process) or 0)
            while len(pages) < count and (answer := _answer(process)):
                pages.append([(line, size) for line, size in json.loads(answer)])
                progress(len(pages) / count)
            locked = not count and process.wait(_PATIENCE) == LOCKED
        finally:
            process.kill()
    if not count or len(pages) < count:
        raise _locked(path.name) if locked else _damaged(path.name)
    marks = _marks([size for page in pages for _, size in page if size])
    lines: list[str] = []
    for page in pages:
        first = _NEW_PAGE if lines else ""
        if page and page[0][1] and first:  # a mark begins its line
            lines.append(first)
            first = ""
        for line, size in page or [("", 0.0)]:
            lines.append(f"{first}{marks.get(size, '')}{line}")
            first = ""
    text = "".join(lines)
    if not text.strip() or text.count(_UNKNOWN[:5]) * len(_UNKNOWN) > _MOST_UNKNOWN * len(text):
        raise _without_text(path.name)
    return tuple(lines)


def _marks(sizes: Sequence[float]) -> dict[float, str]:
    """Return the mark of a heading for each size that titles have: the largest stand highest."""
    marks: dict[float, str] = {}
    level, before = 0, 0.0
    for size in sorted(set(sizes), reverse=True):
        if not before or size < before * _ALIKE:
            level, before = level + 1, size
        marks[size] = "#" * min(level, _DEEPEST) + " "
    return marks


def _reader(path: Path) -> "subprocess.Popen[bytes]":
    root = str(Path(__file__).parent.parent)
    inherited = os.environ.get("PYTHONPATH")
    return subprocess.Popen(  # noqa: S603 - this program, and a path that is no option
        [sys.executable, "-m", "index.pdf_process", str(path.absolute())],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (root, inherited)))},
    )


def _answer(process: "subprocess.Popen[bytes]") -> bytes:
    """Return the next line that the process prints; nothing where it ends or takes too long."""
    timer = Timer(_PATIENCE, process.kill)
    timer.start()
    try:
        line = process.stdout.readline() if process.stdout else b""
    finally:
        timer.cancel()
    return line if line.endswith(b"\n") else b""


def _locked(name: str) -> SourceError:
    return SourceError(
        f"{name} asks for a password. Save it without one and give that file.",
        f"{name} 需要密码才能打开。请另存为无密码的 PDF 再提供。",
    )


def _damaged(name: str) -> SourceError:
    return SourceError(
        f"{name} cannot be read as a PDF: it is damaged, or one of its pages is too much. Print it "
        "to a new PDF, or extract its text (pdftotext -layout FILE.pdf FILE.txt) and give that.",
        f"无法读取 PDF 文件 {name}：文件已损坏，或某一页过于复杂。请重新打印为 PDF，"
        "或提取其文字（pdftotext -layout FILE.pdf FILE.txt）再提供。",
    )


def _without_text(name: str) -> SourceError:
    return SourceError(
        f"{name} holds pictures of its pages and no text, or fonts that do not tell their letters. "
        "Let an OCR tool write it as Markdown or text and give that file.",
        f"{name} 只有页面图像而没有文字，或其字体无法对应字符。"
        "请用 OCR 工具转成 Markdown 或文本，再提供该文件。",
    )
