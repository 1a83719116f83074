"""A report file -> its lines of text."""

import re
from collections.abc import Callable
from pathlib import Path

from index.errors import SourceError
from index.pdf import pdf_lines

MAX_BYTES = 64 * 1024 * 1024
_BYTE_ORDER_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_PDF = "PDF"
# How files begin that hold a report in a form of their own: (its bytes, its name).
_FORMATS = (
    (b"%PDF-", _PDF),
    (b"PK\x03\x04", "Word/Excel/ZIP"),
    (b"\xd0\xcf\x11\xe0", "Word/Excel 97"),
    (b"{\\rtf", "RTF"),
    (b"%!PS", "PostScript"),
)
_BEFORE_FORMAT = 1024  # bytes within which a PDF may begin
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_PRIVATE = re.compile(r"[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffd]")


def read_lines(path: Path, progress: Callable[[float], None] = lambda _: None) -> tuple[str, ...]:
    """Return the lines of a text or PDF file, without line ends; line 1 is at position 0.

    UTF-8, UTF-16 with a byte order mark, and GB18030 (with it GBK and GB2312) are read. A file is
    what its bytes say, whatever its name. ``progress`` is told the share of a PDF that is read.
    Raises SourceError for a file that is missing, empty, too large or neither text nor a PDF.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise SourceError(
            f"Cannot read the report file {path}: {error.strerror}. Check the path.",
            f"无法读取报告文件 {path}：{error.strerror}。请检查路径。",
        ) from error
    if size > MAX_BYTES:
        raise SourceError(
            f"{path.name} has {size:,} bytes; at most {MAX_BYTES:,} are read. Split the report.",
            f"{path.name} 有 {size:,} 字节，最多读取 {MAX_BYTES:,} 字节。请拆分报告。",
        )
    kind = _format(data)
    if kind == _PDF:
        return pdf_lines(path, progress)
    if kind:
        raise SourceError(
            f"{path.name} is a {kind} file. Save the report as a PDF, as plain text or as "
            "Markdown and give that file.",
            f"{path.name} 是 {kind} 文件。请将报告另存为 PDF、纯文本或 Markdown，再提供该文件。",
        )
    text = _decode(data, path.name).removeprefix("\ufeff")
    lines = tuple(line.rstrip("\r") for line in text.split("\n" if "\n" in text else "\r"))
    if not any(line.strip() for line in lines):
        raise SourceError(
            f"{path.name} is empty: there is no text to index. Give a text or Markdown file.",
            f"{path.name} 是空的，没有可索引的文字。请提供文本或 Markdown 文件。",
        )
    return lines


def _format(data: bytes) -> str:
    """The name of the format that a file is in, where that is none of plain text; else ""."""
    start = data[:_BEFORE_FORMAT].removeprefix(b"\xef\xbb\xbf").lstrip()
    return next((name for mark, name in _FORMATS if start.startswith(mark)), "")


def _decode(data: bytes, name: str) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            if _looks_like_text(text, _PRIVATE):
                return text
    if b"\x00" not in data:
        text = data.decode("utf-8", errors="replace")
        # a broken byte or a cut end makes no other encoding of a text in UTF-8
        damaged = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
        if damaged * 50 <= sum(char > "\x7f" for char in text) and _looks_like_text(text):
            return text
        text = data.decode("gb18030", errors="replace")
        if _looks_like_text(text, _PRIVATE):
            return text
    raise SourceError(
        f"{name} is not a text file (or in an unknown encoding). "
        "Save the report as UTF-8 or GB18030 text, or as Markdown.",
        f"{name} 不是文本文件（或编码无法识别）。"
        "请将报告另存为 UTF-8 或 GB18030 编码的文本或 Markdown。",
    )


def _looks_like_text(text: str, odd: re.Pattern[str] = _CONTROLS) -> bool:
    """Whether odd characters are few: GB18030 and UTF-16 can decode nearly any bytes."""
    return len(odd.findall(text)) * 50 <= max(len(text), 1)
