"""What a visitor may upload: the type, size and length of the file, and a safe name for it."""

import re
from dataclasses import dataclass

from index.errors import ReportError
from index.passage import read_passages
from index.report import Report

SUFFIXES = (".pdf", ".txt", ".md")
MOST_CELLS = 1000  # of one line: the time to read a row grows with the square of its cells
_UNSAFE = re.compile(r"[^\w\-. ()（）]")
_LONGEST_NAME = 60  # characters: up to 240 bytes, which every file system takes


class UploadError(ReportError):
    """The report cannot be added."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large an upload may be and how many there may be.

    ``text`` and ``pdf`` are sizes in bytes; ``entries`` are the sentences and table rows to embed,
    some 20 a second.
    """

    text: int = 5 * 1024 * 1024
    pdf: int = 50 * 1024 * 1024  # most of it pictures
    entries: int = 12_000
    each: int = 3
    total: int = 12


def safe_name(name: str) -> str:
    """Return the last part of a file name, without what a path or a shell could take for more."""
    last = re.split(r"[/\\]", name)[-1]
    stem, dot, suffix = _UNSAFE.sub("_", last).rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    return f"{stem.strip(' .')[:_LONGEST_NAME] or 'report'}{dot}{suffix[:10]}"


def check_file(name: str, data: bytes, limits: Limits) -> None:
    """Raise UploadError where the type or the size of a file is not taken."""
    if not name.lower().endswith(SUFFIXES):
        raise UploadError(
            f"{name} is no {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]} file. Save the report as a "
            "PDF, as plain text or as Markdown and add that.",
            f"{name} 不是 {'、'.join(SUFFIXES)} 文件。"
            "请将报告另存为 PDF、纯文本或 Markdown 再添加。",
        )
    limit = limits.pdf if name.lower().endswith(".pdf") else limits.text
    if len(data) > limit:
        most = f"{limit / 1024 / 1024:.3g} MB"
        raise UploadError(
            f"{name} has {len(data):,} bytes; at most {most} are read here. Split the report.",
            f"{name} 有 {len(data):,} 字节，此处最多读取 {most}。请拆分报告。",
        )


def check_length(name: str, report: Report, limits: Limits) -> None:
    """Raise UploadError where a report would take too long to index."""
    wide = any(line.count("\t") + line.count("|") > MOST_CELLS for line in report.lines)
    if wide or len(read_passages(report).entries) > limits.entries:
        raise UploadError(
            f"{name} has more than {limits.entries:,} sentences and table rows, or a row of "
            f"more than {MOST_CELLS:,} cells. Split the report.",
            f"{name} 的句子和表格行超过 {limits.entries:,} 条，或一行超过 {MOST_CELLS:,} "
            "个单元格。请拆分报告。",
        )
