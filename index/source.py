"""The bytes of a report file -> its lines of text."""

from pathlib import Path

from index.errors import ReportError

MAX_BYTES = 64 * 1024 * 1024
_BYTE_ORDER_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


class SourceError(ReportError):
    """The report file cannot be read as text."""


def read_lines(path: Path) -> tuple[str, ...]:
    """Return the lines of a text file, without line ends; line 1 is at position 0.

    UTF-8, UTF-16 with a byte order mark, and GB18030 (with it GBK and GB2312) are read.
    Raises SourceError for a file that is missing, empty, too large or not text.
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
    lines = tuple(line.rstrip("\r") for line in _decode(data, path.name).split("\n"))
    if not any(line.strip() for line in lines):
        raise SourceError(
            f"{path.name} is empty: there is no text to index. Give a text or Markdown file.",
            f"{path.name} 是空的，没有可索引的文字。请提供文本或 Markdown 文件。",
        )
    return lines


def _decode(data: bytes, name: str) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if b"\x00" not in data:
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if _looks_like_text(text):
                return text
    raise SourceError(
        f"{name} is not a text file (or in an unknown encoding). "
        "Save the report as UTF-8 or GB18030 text, or as Markdown.",
        f"{name} 不是文本文件（或编码无法识别）。"
        "请将报告另存为 UTF-8 或 GB18030 编码的文本或 Markdown。",
    )


def _looks_like_text(text: str) -> bool:
    """Few control characters: GB18030 can decode nearly any bytes."""
    controls = sum(1 for char in text if ord(char) < 32 and char not in "\t\n\r\f\v")
    private = sum(1 for char in text if 0xE000 <= ord(char) <= 0xF8FF)
    return (controls + private) * 50 <= max(len(text), 1)
