"""A report -> the runs of blocks that each make one passage."""

from collections.abc import Iterator
from dataclasses import dataclass

from index.blocks import Block
from index.report import Report, Section

WHOLE = 600  # characters; a section with all below it up to this size is one passage
LARGE = 1200  # characters; a longer run of blocks is cut between blocks, tables excepted


@dataclass(frozen=True, slots=True)
class Part:
    """A block with the heading path of its own section."""

    block: Block
    path: tuple[str, ...]


def cut(report: Report) -> Iterator[tuple[Section, list[Part]]]:
    """Yield the section and blocks of each passage; headings without text go with what follows."""
    waiting: list[Part] = []
    for section, parts in _sections(report, report.root):
        if all(part.block.kind in ("heading", "page") for part in parts):
            waiting += parts
            continue
        yield section, [*waiting, *parts]
        waiting = []
    if waiting:
        yield Section(waiting[-1].path, None), waiting


def _sections(report: Report, section: Section) -> Iterator[tuple[Section, list[Part]]]:
    whole = [Part(block, part.path) for part in section.walk() for block in part.blocks]
    if section.path and _size(report, whole) <= WHOLE:
        yield section, whole
        return
    own = [
        Part(piece, section.path) for block in section.blocks for piece in _pieces(report, block)
    ]
    for parts in _cut(report, own):
        yield section, parts
    for child in section.children:
        yield from _sections(report, child)


def _size(report: Report, parts: list[Part]) -> int:
    return sum(len(report.text(part.block.lines)) for part in parts)


def _cut(report: Report, parts: list[Part]) -> Iterator[list[Part]]:
    """Cut a section's own blocks into runs of at most LARGE characters where it can be done."""
    run: list[Part] = []
    size, has_text, before = 0, False, ""
    for part in parts:
        kind, length = part.block.kind, _size(report, [part])
        changed = kind != before and not {"cover", "contents"}.isdisjoint((kind, before))
        # a table stays with the line above it, which is its caption
        full = size + length > LARGE and (kind != "table" or before in ("table", "page"))
        if run and (changed or (full and has_text)):
            yield run
            run, size, has_text = [], 0, False
        run.append(part)
        size, has_text, before = size + length, has_text or kind not in ("heading", "page"), kind
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
