"""The contents list of a report: which lines it takes, its titles and their printed pages."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from index.grid import html_grids
from index.markup import is_pipe_row, is_table_line, pipe_cells
from index.titles import CHAPTER, ITEM, SECTION, bare_title, heading_key, number_rank

_LONGEST_ENTRY = 200  # characters of a contents line with its leader dots
_LONGEST_TITLE = 32
_CONTENTS = re.compile(r"(目\s*[录錄次]|contents|table of contents)", re.IGNORECASE)
_PAGED = re.compile(
    r"(?P<title>.*[^\s.…·/])(?:\t+ *|\s*(?:[.…·]\s*){2,}| {3,}| ?/ ?)(?P<page>\d{1,4})"
)
_PAGE_FIRST = re.compile(r"[Pp]?(?P<page>\d{2,4})(?:\t+| +|[-—–|/] ?)(?P<title>[^\d\s].*)")
# Closing sections that every report prints after its last chapter, whatever list they stand in.
_BACK_MATTER = re.compile(
    r"^(展望|附录|附件|.{0,8}索引|.{0,4}反馈|.{0,6}(鉴证|审验|验证)(声明|报告)?)"
)


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One line of the contents list: its title, printed page (or None) and rank."""

    title: str
    page: int | None
    rank: int


def read_contents(
    lines: Sequence[str], pages: Collection[int] = ()
) -> tuple[range, dict[str, ContentsEntry]]:
    """Find the contents list: its positions in ``lines``, and its entries by heading key.

    Positions in ``pages`` are page numbers and running headers.
    """
    start = next(
        (i for i, line in enumerate(lines[:400]) if _CONTENTS.fullmatch(bare_title(line[:80]))),
        None,
    )
    if start is None:
        return range(0), {}
    for paged in (_PAGED, _PAGE_FIRST):
        end, entries = _read(lines, start, paged, pages)
        if any(entry.page is not None for entry in entries.values()):
            return range(start, end), entries
    return range(0), {}


def _read(
    lines: Sequence[str], start: int, paged: re.Pattern[str], pages: Collection[int]
) -> tuple[int, dict[str, ContentsEntry]]:
    """Read entries up to the first line that is none, or that repeats one."""
    found: dict[str, tuple[str, int | None]] = {}
    indents: dict[str, int] = {}
    end = start + 1
    for position in range(start + 1, len(lines)):
        line = lines[position].strip()
        indent = len(lines[position].replace("\f", "")) - len(lines[position].lstrip())
        if not line or position in pages:
            continue
        titles = _titles(line, paged)
        keys = [heading_key(title) for title, _ in titles]
        if not titles or any(key and key in found for key in keys):
            break
        end = position + 1
        for key, (title, page) in zip(keys, titles, strict=True):
            if key and not _CONTENTS.fullmatch(title):
                found[key] = title, page
                indents[key] = indent
    return end, _ranked(found, _indented(indents))


def _indented(indents: Mapping[str, int]) -> dict[str, int]:
    """Return the ranks of titles by their indents; none where these do not tell chapters."""
    levels = sorted(set(indents.values()))
    first = next(iter(indents.values()), None)
    counts = [list(indents.values()).count(level) for level in levels]
    if not 2 <= len(levels) <= 3 or first != levels[0] or min(counts) < 2:
        return {}
    ranks = (CHAPTER, SECTION, ITEM)
    return {key: ranks[levels.index(indent)] for key, indent in indents.items()}


def _ranked(
    found: Mapping[str, tuple[str, int | None]], indented: Mapping[str, int]
) -> dict[str, ContentsEntry]:
    """The entries with their ranks: those without a page are the chapters of those below them.

    ``indented`` are ranks by indents, for the titles that have no number.
    """
    entries: dict[str, ContentsEntry] = {}
    chapter = False
    seen: set[str] = set()
    parts = _parts([title for title, _ in found.values()])
    for (key, (title, page)), below in zip_longest(found.items(), list(found.values())[1:]):
        chapter = chapter or page is None
        rank = _rank(title, key, page, chapter=chapter)
        if page is None and below and below[1] is not None and not _is_deeper(below[0], rank):
            rank = CHAPTER
        if parts and not _BACK_MATTER.match(key):
            rank = _rank_in_parts(title, parts, rank, opened=parts[0] in seen)
        elif key in indented and number_rank(bare_title(title)) is None:
            rank = indented[key]
        seen.add(title)
        entries[key] = ContentsEntry(title, page, rank)
    return entries


def _parts(titles: Sequence[str]) -> list[str]:
    """Return the numbered titles that the titles without number below each belong to: they are
    counted once, through all of the list.
    """
    numbered = [(n, t) for t in titles if (n := number_rank(bare_title(t))) is not None]
    ranks, firsts = {n[0] for n, _ in numbered}, sum(n[1] for n, _ in numbered)
    if len(numbered) < 2 or len(ranks) > 1 or firsts != 1:
        return []
    parts = [title for _, title in numbered]
    below = [after for title, after in pairwise(titles) if title in parts]
    return parts if sum(title not in parts for title in below) > len(parts) / 2 else []


def _rank_in_parts(title: str, parts: Sequence[str], rank: int, *, opened: bool) -> int:
    if title in parts:
        return CHAPTER
    return SECTION if opened else rank


def _is_deeper(title: str, rank: int) -> bool:
    """Whether a title has a number, one that stands below the rank."""
    numbered = number_rank(bare_title(title))
    return numbered is not None and numbered[0] > rank


def _titles(line: str, paged: re.Pattern[str]) -> list[tuple[str, int | None]]:
    """The titles of a contents line with their pages; none where it is no contents line."""
    if is_table_line(line):
        if is_pipe_row(line):
            cells = pipe_cells(line)
        else:
            whole = line if "<table" in line else f"<table>{line}</table>"
            rows = [row for grid in html_grids(whole, 1) for row in grid.rows]
            cells = [cell for row in rows for cell in row.cells]
        return _cell_titles(cells) or [("", None)]
    if len(line) > _LONGEST_ENTRY:
        return []
    found = paged.fullmatch(line)
    if found:
        return [(bare_title(found["title"]), int(found["page"]))]
    if len(line) > _LONGEST_TITLE or line.endswith("。"):
        return []
    return [(line, None)]


def _cell_titles(cells: Sequence[str]) -> list[tuple[str, int | None]]:
    """Titles and pages of a contents list that is set as a table, perhaps in two columns."""
    found: list[tuple[str, int | None]] = []
    for cell in filter(None, cells):
        if re.fullmatch(r"\d{1,4}", cell) and found and found[-1][1] is None:
            found[-1] = (found[-1][0], int(cell))
        elif not re.fullmatch(r"[-:\s]+", cell) and len(cell) <= _LONGEST_ENTRY:
            paged = _PAGED.fullmatch(cell)
            found.append((paged["title"], int(paged["page"])) if paged else (cell, None))
    return found


def _rank(title: str, key: str, page: int | None, *, chapter: bool) -> int:
    if _BACK_MATTER.match(key):
        return CHAPTER
    numbered = number_rank(bare_title(title))
    if numbered:
        return numbered[0]
    return SECTION if page is not None and chapter else CHAPTER
