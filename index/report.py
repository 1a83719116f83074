"""A report file -> Report: a tree of sections whose blocks hold every line."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.headings import Heading, bare_title, find_headings, read_contents
from index.source import read_lines

_LIST_ITEM = re.compile(
    r"\s*([-•·●○▪◦*✓☐□]|[①-⑳])\s*\S|\s*(\d{1,2}[.、)）]|[（(]\d{1,2}[)）])\s*[^\d\s]"
)
_PIPES = re.compile(r"\s*\|.*\|\s*$")
_VALUE = re.compile(r"[-−]?[\d,，.]+\s*(%|‰|[^\d\s，。；]{1,4})?$")
_ENDS_SENTENCE = re.compile(r"[。！？；：.!?;:…”」』）)》]$")
_LONGEST_LABEL = 40  # characters
_WRAPPED = 40  # a line shorter than this that lacks a full stop is no broken sentence

KINDS = ("heading", "paragraph", "list", "table", "figures", "contents", "cover")


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring source lines of one kind; ``lines`` are the first and last, from 1."""

    kind: str
    lines: tuple[int, int]


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
    """A report: its title, the year it is about ("" if unknown), its lines and its section tree."""

    title: str
    year: str
    lines: tuple[str, ...]
    root: Section

    def text(self, lines: tuple[int, int]) -> str:
        """Return the source text from the first to the last line, verbatim."""
        return "\n".join(self.lines[lines[0] - 1 : lines[1]])


def read_report(path: Path) -> Report:
    """Read a report file; raises SourceError where it is no readable text."""
    return parse(read_lines(path), name=path.stem)


def parse(lines: Sequence[str], name: str = "report") -> Report:
    """Parse source lines; ``name`` is the title where the text shows none."""
    contents, entries = read_contents(lines)
    headings = find_headings(lines, contents, entries)
    title = _title(lines, contents, headings) or name
    root = Section((), None)
    first = headings[0].position if headings else len(lines)
    for start, stop, kind in (
        (0, contents.start, "cover" if contents else ""),
        (contents.start, contents.stop, "contents"),
        (contents.stop, first, ""),
    ):
        root.blocks += _blocks(lines, start, stop, kind)
    _grow(root, lines, headings)
    return Report(title, _year(title, lines), tuple(lines), root)


def _year(title: str, lines: Sequence[str]) -> str:
    """The year in the title, else the one that the text names most."""
    named = re.search(r"(?:19|20)\d{2}", title)
    if named:
        return named[0]
    years = Counter(re.findall(r"((?:19|20)\d{2})\s*年", "\n".join(lines)))
    return years.most_common(1)[0][0] if years else ""


def _grow(root: Section, lines: Sequence[str], headings: list[Heading]) -> None:
    """Hang one section for each heading into the tree, by rank."""
    stack: list[tuple[int, Section]] = [(0, root)]
    stops = [heading.position for heading in headings[1:]] + [len(lines)]
    for heading, stop in zip(headings, stops, strict=False):  # there may be no heading at all
        while stack[-1][0] >= heading.rank:
            stack.pop()
        parent = stack[-1][1]
        section = Section((*parent.path, heading.title), heading.page or parent.page)
        line = heading.position + 1
        section.blocks = [Block("heading", (line, line)), *_blocks(lines, line, stop)]
        parent.children.append(section)
        stack.append((heading.rank, section))


def _title(lines: Sequence[str], contents: range, headings: list[Heading]) -> str | None:
    """The cover's lines up to the one that says it is a report; else the top heading."""
    cover: list[str] = []
    for line in lines[: contents.start]:
        if line.strip():
            cover.append(bare_title(line))
            if re.search(r"报告|報告|[Rr]eport", line):
                return "".join(cover)
    first = next((bare_title(line) for line in lines if line.strip()), "")
    if headings and (headings[0].title in first or len(first) > 60):
        return headings[0].title
    return first if 0 < len(first) <= 60 else None


def _blocks(lines: Sequence[str], start: int, stop: int, kind: str = "") -> list[Block]:
    """Cut the lines at positions [start, stop) into blocks; ``kind`` names them all alike."""
    runs: list[list[int]] = []
    for position in range(start, stop):
        if lines[position].strip():
            if runs and runs[-1][-1] == position - 1 and (kind or _same(lines, runs[-1], position)):
                runs[-1].append(position)
            else:
                runs.append([position])
    blocks = [Block(kind or _kind(lines, run), (run[0] + 1, run[-1] + 1)) for run in runs]
    return blocks if kind else _join_wrapped(lines, blocks)


def _line_kind(line: str) -> str:
    if "\t" in line.strip() or line.endswith("\t") or _PIPES.match(line):
        return "table"
    return "list" if _LIST_ITEM.match(line) else "text"


def _names_rows(lines: Sequence[str], position: int) -> bool:
    """Whether a line without cells stands between two rows alike: it names the rows below it."""
    if not 0 < position < len(lines) - 1 or len(lines[position]) > _LONGEST_LABEL:
        return False
    above, below = lines[position - 1].count("\t"), lines[position + 1].count("\t")
    return above == below >= 2 and not _ENDS_SENTENCE.search(lines[position])


def _same(lines: Sequence[str], run: list[int], position: int) -> bool:
    """Whether the line goes on with the run: tables and lists do not mix with running text."""
    if _names_rows(lines, position) or _names_rows(lines, run[-1]):
        return True
    before, now = _line_kind(lines[run[-1]]), _line_kind(lines[position])
    if "table" in (before, now):
        return before == now
    # the line after a list item may be its second line
    return before == now or before == "list"


def _kind(lines: Sequence[str], run: list[int]) -> str:
    kind = _line_kind(lines[run[0]])
    if kind != "text":
        return kind
    label, *values = (lines[position].strip() for position in run)
    if len(values) == 1 and len(label) <= _LONGEST_LABEL and _VALUE.fullmatch(values[0]):
        return "figures"
    return "paragraph"


def _join_wrapped(lines: Sequence[str], blocks: list[Block]) -> list[Block]:
    """Join paragraphs that a page break cut in the middle of a sentence."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if before and before.kind == block.kind == "paragraph":
            last = lines[before.lines[1] - 1].strip()
            if len(last) >= _WRAPPED and not _ENDS_SENTENCE.search(last):
                joined[-1] = Block("paragraph", (before.lines[0], block.lines[1]))
                continue
        joined.append(block)
    return joined
