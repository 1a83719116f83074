"""A report -> passages, which are cited, and entries, which are searched."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.headings import bare_title
from index.report import Block, Report, Section
from index.sentences import sentence_spans
from index.table import (
    Figure,
    Table,
    figures,
    key_figure,
    key_figures,
    read_table,
    row_words,
    split_cells,
)

WHOLE = 600  # characters; a section with all below it up to this size is one passage
LARGE = 1200  # characters; a longer run of blocks is cut between blocks, tables excepted
_LIST_MARK = re.compile(r"^[-•·●○▪◦*✓☐□]\s+")
_PIPES = re.compile(r"\s*\|.*\|\s*$")


@dataclass(frozen=True, slots=True)
class Passage:
    """What is cited: one section's worth of verbatim text.

    ``text`` is the source lines from ``lines[0]`` to ``lines[1]`` (from 1), character for
    character; rows of a table with mark-up have tabs between their cells instead. ``page`` is
    the printed page on which its section starts, None where the report does not tell.
    """

    id: str
    report: str
    text: str
    section: tuple[str, ...]
    page: int | None
    lines: tuple[int, int]
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Entry:
    """What is searched: a section, a sentence or a table row, pointing at its passage.

    ``title`` is the heading path, ``text`` the words searched, ``quote`` what of the passage's
    text it stands for ("" for a section), ``passage`` the passage's position.
    """

    kind: str
    title: str
    text: str
    quote: str
    lines: tuple[int, int]
    passage: int


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """A figure of the report with the passage it stands in and its heading path."""

    figure: Figure
    passage: int
    section: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Passages:
    """All that is indexed of a report."""

    passages: tuple[Passage, ...]
    entries: tuple[Entry, ...]
    figures: tuple[FigureEntry, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A block with the heading path of its own section."""

    block: Block
    path: tuple[str, ...]


def read_passages(report: Report) -> Passages:
    """Cut a report into passages, entries and figures."""
    passages: list[Passage] = []
    entries: list[Entry] = []
    found: list[FigureEntry] = []
    for number, (section, parts) in enumerate(_groups(report)):
        lines = parts[0].block.lines[0], parts[-1].block.lines[1]
        text = _clean_rows(report.text(lines))
        passage = Passage(
            f"{report.title}#{lines[0]}-{lines[1]}", report.title, text, section.path,
            section.page, lines,
        )  # fmt: skip
        passages.append(passage)
        details = [entry for part in parts for entry in _entries(report, part, number)]
        title = " › ".join(section.path)
        if len(details) != 1:
            plain = re.sub(r"\s+", " ", text.replace("**", ""))
            entries.append(Entry("section", title, plain, "", lines, number))
        entries += details
        for part in parts:
            found += _figures(report, part, number)
    return Passages(tuple(passages), tuple(entries), tuple(found))


def _groups(report: Report) -> Iterator[tuple[Section, list[_Part]]]:
    """Yield each passage's section and blocks; headings without text go with what follows."""
    waiting: list[_Part] = []
    for section, parts in _sections(report, report.root):
        if all(part.block.kind == "heading" for part in parts):
            waiting += parts
            continue
        yield section, [*waiting, *parts]
        waiting = []
    if waiting:
        yield Section(waiting[-1].path, None), waiting


def _sections(report: Report, section: Section) -> Iterator[tuple[Section, list[_Part]]]:
    whole = [_Part(block, part.path) for part in section.walk() for block in part.blocks]
    if section.path and _size(report, whole) <= WHOLE:
        yield section, whole
        return
    own = [
        _Part(piece, section.path) for block in section.blocks for piece in _pieces(report, block)
    ]
    for parts in _cut(report, own):
        yield section, parts
    for child in section.children:
        yield from _sections(report, child)


def _size(report: Report, parts: list[_Part]) -> int:
    return sum(len(report.text(part.block.lines)) for part in parts)


def _cut(report: Report, parts: list[_Part]) -> Iterator[list[_Part]]:
    """Cut a section's own blocks into runs of at most LARGE characters where it can be done."""
    run: list[_Part] = []
    size, has_text, before = 0, False, ""
    for part in parts:
        kind, length = part.block.kind, _size(report, [part])
        changed = kind != before and not {"cover", "contents"}.isdisjoint((kind, before))
        # a table stays with the line above it, which is its caption
        full = size + length > LARGE and (kind != "table" or before == "table")
        if run and (changed or (full and has_text)):
            yield run
            run, size, has_text = [], 0, False
        run.append(part)
        size, has_text, before = size + length, has_text or kind != "heading", kind
    if run:
        yield run


def _pieces(report: Report, block: Block) -> Iterator[Block]:
    """Cut a paragraph or list larger than LARGE between lines, behind a sentence if one ends."""
    first, last = block.lines
    if block.kind not in ("paragraph", "list") or len(report.text(block.lines)) <= LARGE:
        yield block
        return
    size, start = 0, 0
    for line in range(first, last + 1):
        text = report.lines[line - 1].strip()
        if not text:
            continue
        start, size = start or line, size + len(text)
        if line == last or size > LARGE or (size > WHOLE and text[-1] in "。！？；!?.;”"):
            yield Block(block.kind, (start, line))
            size, start = 0, 0


def _clean_rows(text: str) -> str:
    """Rows of pipe tables with tabs between their cells; everything else as it stands."""
    return "\n".join(
        "\t".join(split_cells(line)) if _PIPES.match(line) else line for line in text.split("\n")
    )


def _entries(report: Report, part: _Part, passage: int) -> Iterator[Entry]:
    block, title = part.block, " › ".join(part.path)
    if block.kind in ("heading", "contents", "cover"):
        return
    if block.kind == "table":
        table = _table(report, part)
        for row in table.rows:
            quote = _clean_rows(report.lines[row.line - 1])
            words = f"{table.caption} {row_words(table, row)}" if table.caption else ""
            yield Entry(
                "row", title, words or row_words(table, row), quote, (row.line,) * 2, passage
            )
        return
    text = report.text(block.lines)
    if block.kind == "figures":
        pair = key_figure(text)
        words = f"{pair[0]}：{pair[1]}" if pair else text.replace("\n", " ")
        yield Entry("row", title, words, text, block.lines, passage)
        return
    pieces = _list_items(text) if block.kind == "list" else sentence_spans(text)
    first, counted = block.lines[0], 0
    for start, end in pieces:
        quote = _LIST_MARK.sub("", text[start:end].strip())
        if len(re.findall(r"\w", quote)) < 2:
            continue
        begin = text.index(quote, start)
        first, counted = first + text.count("\n", counted, begin), begin
        words = _join_lines(quote).replace("**", "")
        lines = first, first + quote.count("\n")
        yield Entry("sentence", title, words, quote, lines, passage)


def _join_lines(text: str) -> str:
    """Undo line breaks: nothing stands between Chinese characters, a space between words."""
    lines = "\n".join(line.strip() for line in text.split("\n") if line.strip())
    return re.sub(r"(?<=[!-~])\n(?=[!-~])", " ", lines).replace("\n", "")


def _list_items(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans += [(start + a, start + b) for a, b in sentence_spans(line)]
        start += len(line) + 1
    return spans


def _table(report: Report, part: _Part) -> Table:
    first, last = part.block.lines
    return read_table(report.lines[first - 1 : last], first, _caption(report, part))


def _caption(report: Report, part: _Part) -> str:
    """The short line above the table where that is not the heading itself."""
    above = part.block.lines[0] - 2
    while above >= 0 and not report.lines[above].strip():
        above -= 1
    source = report.lines[above].strip() if above >= 0 else ""
    line = bare_title(source)
    row = "\t" in source or _PIPES.match(source)
    short = 0 < len(line) <= 40 and not row and not line.endswith("。")
    return line if short and part.path and line != part.path[-1] else ""


def _figures(report: Report, part: _Part, passage: int) -> list[FigureEntry]:
    first, last = part.block.lines
    if part.block.kind == "table":
        found = figures(_table(report, part), report.year)
        quotes = [_clean_rows(report.lines[figure.line - 1]) for figure in found]
    elif part.block.kind == "figures":
        found = key_figures([(first, report.text(part.block.lines))], "", report.year)
        quotes = [report.text(part.block.lines)] * len(found)
    elif part.block.kind == "list":
        numbered = [(line, report.lines[line - 1]) for line in range(first, last + 1)]
        found = key_figures(numbered, "", report.year)
        quotes = [report.lines[figure.line - 1].strip() for figure in found]
    else:
        return []
    return [
        FigureEntry(figure, passage, part.path, quote)
        for figure, quote in zip(found, quotes, strict=True)
    ]
