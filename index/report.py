"""A report file -> Report: a tree of sections whose blocks hold every line."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.aligned import with_tabs
from index.blocks import Block, Source
from index.contents import read_contents
from index.headings import find_headings
from index.nesting import Heading
from index.pages import numbered_pages, page_lines
from index.source import read_lines
from index.titles import bare_title


@dataclass(slots=True)
class Section:
    """A heading with its own blocks and the sections below it."""

    path: tuple[str, ...]
    page: int | None
    blocks: list[Block] = field(default_factory=list)
    children: list["Section"] = field(default_factory=list)

    def walk(self) -> Iterator["Section"]:
        """Yield this section and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def lines(self) -> tuple[int, int]:
        """First and last source line of this section and all below it, from 1."""
        spans = [block.lines for section in self.walk() for block in section.blocks]
        return min(first for first, _ in spans), max(last for _, last in spans)


@dataclass(frozen=True, slots=True)
class Report:
    """A report: its title, the year it is about ("" if unknown), its lines and its section tree.

    ``pages`` are the lines (from 1) that belong to a page, such as its number, and not to the text;
    ``numbered`` is the printed page of each line, where the numbers on the pages tell it.
    """

    title: str
    year: str
    lines: tuple[str, ...]
    root: Section
    pages: frozenset[int] = frozenset()
    numbered: Mapping[int, int] = field(default_factory=dict)

    def page(self, line: int, section: Section) -> int | None:
        """Return the printed page of a line of a section."""
        return self.numbered.get(line, section.page)

    def text(self, lines: tuple[int, int]) -> str:
        """Return the source text from the first to the last line, verbatim."""
        return "\n".join(self.lines[lines[0] - 1 : lines[1]])


def read_report(path: Path, progress: Callable[[float], None] = lambda _: None) -> Report:
    """Read a report file; raises SourceError where it has no readable text.

    ``progress`` is told the share of a PDF that is read.
    """
    lines = read_lines(path, progress)
    pages = page_lines(lines)
    contents, _ = read_contents(lines, pages)
    return parse(with_tabs(lines, {*pages, *contents}), name=path.stem)


def parse(lines: Sequence[str], name: str = "report") -> Report:
    """Parse source lines; ``name`` is the title where the text shows none."""
    pages = page_lines(lines)
    contents, entries = read_contents(lines, pages)
    pages -= set(contents)
    found = find_headings(lines, contents, entries, pages)
    headings = [heading for heading in found if not heading.repeat]
    pages |= {heading.position for heading in found if heading.repeat}
    title = _title(lines, contents, headings) or name
    root = Section((), None)
    first = headings[0].position if headings else len(lines)
    source = Source(lines, pages)
    for start, stop, kind in (
        (0, contents.start, "cover" if contents else ""),
        (contents.start, contents.stop, "contents"),
        (contents.stop, first, ""),
    ):
        root.blocks += source.blocks(start, stop, kind)
    _grow(root, source, headings)
    known = {heading.position: heading.page for heading in headings if heading.page is not None}
    numbered = {i + 1: page for i, page in numbered_pages(lines, pages, known).items()}
    of_page = frozenset(i + 1 for i in pages)
    return Report(title, _year(title, lines), tuple(lines), root, of_page, numbered)


def _year(title: str, lines: Sequence[str]) -> str:
    """The year in the title, else the one that the text names most."""
    named = re.search(r"(?:19|20)\d{2}", title)
    if named:
        return named[0]
    years = Counter(re.findall(r"((?:19|20)\d{2})\s*年", "\n".join(lines)))
    return years.most_common(1)[0][0] if years else ""


def _grow(root: Section, source: Source, headings: list[Heading]) -> None:
    """Hang one section for each heading into the tree, by rank."""
    stack: list[tuple[int, Section]] = [(0, root)]
    stops = [heading.position for heading in headings[1:]] + [len(source.lines)]
    for heading, stop in zip(headings, stops, strict=False):  # there may be no heading at all
        while stack[-1][0] >= heading.rank:
            stack.pop()
        parent = stack[-1][1]
        section = Section((*parent.path, heading.title), heading.page or parent.page)
        line = heading.position + 1
        title, blocks = Block("heading", (line, line)), source.blocks(line, stop)
        cut = (
            source.end_of_box(blocks) if heading.box else source.end_of_aside([title, *blocks]) - 1
        )
        section.blocks = [title, *blocks[:cut]]
        parent.children.append(section)
        if cut < len(blocks):  # the chapter's own text goes on behind the box
            section = Section(parent.path, parent.page, blocks[cut:])
            parent.children.append(section)
        stack.append((heading.rank, section))


def _title(lines: Sequence[str], contents: range, headings: list[Heading]) -> str | None:
    """The cover's lines up to the one that says it is a report; else the top heading."""
    cover: list[str] = []
    for line in lines[: contents.start]:
        if line.strip():
            cover.append(bare_title(line))
            if re.search(r"报告|報告|[Rr]eport", line):
                return re.sub("(?<=[A-Za-z])\n|\n(?=[A-Za-z])", " ", "\n".join(cover)).replace(
                    "\n", ""
                )
    first = next((bare_title(line) for line in lines if line.strip()), "")
    if headings and (headings[0].title in first or len(first) > 60):
        return headings[0].title
    return first if 0 < len(first) <= 60 else None
