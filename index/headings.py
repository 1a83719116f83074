"""Which lines of a report are headings, and how high each one stands.

Text taken from a PDF has no heading marks. What is left are the contents list, numbering,
marks such as ►, and the shape and position of a line; a line that looks like a heading but
turns out to be a caption, an address or a signature stays content.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from index.aligned_text import texts
from index.boxes import is_choice
from index.contents import ContentsEntry
from index.key_figures import figure_pairs, is_value
from index.layout import ENDED, LABELLED, broken_length
from index.marked import MAX_HEADING, marked_headings
from index.nesting import Heading, nest
from index.titles import (
    SUBITEM,
    bare_title,
    heading_key,
    is_case,
    is_contact,
    is_period,
    markdown_depth,
    number_rank,
    title_rank,
)

IMAGE_GAP = 3  # this many blank lines in a row stand where the source had a picture or a page end

# A list item, an aside or a note; but （一） is numbering.
_NO_TITLE = re.compile(r"[-–—•·*○●□☐「(\[]|（(?![一二三四五六七八九十]+）)|\d+\.\s?\D|注\s*[：:]")
_CAPTION = re.compile(r"(证书|图|图示|现场|合影|照片|掠影|截图|讲座|仪式|典礼|演练)$")
_ADDRESS = re.compile(r"[省市区县镇路街].{0,20}\d+\s*号")
_TABLE_CAPTION = re.compile(r"(表|汇总|统计|情况|一览)$")
_CONTINUES = re.compile(r"^(此外|同时|另外|其中|并且|因此|以及|而)")
_SENTENCE_END = re.compile(r"[。！？；.!?;…”」』）)》]$")  # behind a colon no title stands
_SENTENCE = re.compile(r"[。；，：]")
_LEVELS = 3  # titles that stand right below one another; more are a list


def find_headings(
    lines: Sequence[str],
    contents: range,
    entries: Mapping[str, ContentsEntry],
    pages: Collection[int] = (),
) -> list[Heading]:
    """Return the heading lines outside the contents list, in order.

    ``pages`` are positions of page numbers and the like, which are no headings.
    """
    depths = {
        i: depth
        for i, line in enumerate(lines)
        if i not in pages and (depth := markdown_depth(line))
    }
    if len(depths) >= 3:
        return marked_headings(lines, contents, entries, depths)
    return _plain_headings(lines, contents, entries, pages)


def _plain_headings(
    lines: Sequence[str],
    contents: range,
    entries: Mapping[str, ContentsEntry],
    pages: Collection[int],
) -> list[Heading]:
    filled = [i for i in range(len(lines)) if lines[i].strip() and i not in pages]
    # What stands before the contents list is the cover.
    filled = [i for i in filled if i >= contents.stop]
    page = _Page(lines, filled, frozenset(pages))
    candidates: set[int] = set()
    for position in filled:
        if page.looks_like_heading(position, entries, candidates):
            candidates.add(position)
    candidates -= page.listed(candidates, entries)
    headings: list[Heading] = []
    for position in sorted(candidates):
        line = lines[position].strip()
        entry = entries.get(heading_key(line))
        above = headings[-1].position if headings else -1
        if entry is None and page.is_content(position, candidates, entries, above):
            continue
        title = bare_title(line)
        rank = entry.rank if entry else title_rank(line, title)
        gap = page.gap_before(position) >= IMAGE_GAP
        headings.append(Heading(position, title, rank, entry.page if entry else None, gap))
    return nest(headings, page.follows)


class _Page:
    """The lines of a report with what stands next to each."""

    def __init__(self, lines: Sequence[str], filled: Sequence[int], pages: frozenset[int]) -> None:
        self.lines = lines
        self.pages = pages
        self.broken = broken_length(lines, pages)
        self.after = dict(pairwise(filled))
        self.before = {b: a for a, b in pairwise(filled)}

    def gap_before(self, position: int) -> int:
        """How many blank lines stand before; a picture or a page number counts as a gap."""
        before = self.before.get(position, -1)
        if any(i in self.pages for i in range(max(before + 1, position - 8), position)):
            return IMAGE_GAP
        return position - before - 1

    def follows(self, first: int, second: int) -> bool:
        """Whether the second line is the next one that holds text."""
        return self.after.get(first) == second

    def looks_like_heading(
        self, position: int, entries: Mapping[str, ContentsEntry], above: Collection[int]
    ) -> bool:
        """Alone, short, no sentence, no list item, no address, no amount.

        A title of the contents list and a numbered one may stand right on the text below; any,
        where no blank lines part the text. ``above`` are the lines above that look so.
        """
        line = self.lines[position].strip()
        if "\t" in self.lines[position] or len(line) > MAX_HEADING + 8 or "<td" in line:
            return False
        if is_choice(line) or len(texts(line)) > 1:
            return False
        title = bare_title(line)
        if not title or len(title) > MAX_HEADING:
            return False
        numbered = number_rank(title)
        free = not self._filled(position - 1)
        if not (free and not self._filled(position + 1)):
            named = heading_key(title) in entries or (
                numbered is not None and numbered[0] <= SUBITEM
            )
            before = self.lines[position - 1].strip() if position else ""
            below_title = bool(self.broken) and position - 1 in above
            parted = free or ENDED.search(before) or below_title
            if not (named and parted) and not self._stands_out(position, below_title=below_title):
                return False
        if is_period(title) or is_case(title):
            return True
        if is_contact(title) or _NO_TITLE.match(title):
            return False
        if heading_key(title) in entries:
            return True
        if (
            re.search(r"[。；;？?！!：:]", title)
            or title.count("，") > 1
            or re.search(r"[，、,.…]$", title)
        ):
            return False
        if _ADDRESS.search(title) or figure_pairs(line):
            return False
        return len(re.findall(r"[\u4e00-\u9fff]|[A-Za-z]{2,}", title)) >= 2

    def listed(
        self, candidates: Collection[int], entries: Mapping[str, ContentsEntry]
    ) -> frozenset[int]:
        """Return the lines like headings that only list something, right below one another."""
        found: set[int] = set()
        run: list[int] = []
        for position in sorted(candidates) if self.broken else ():
            if heading_key(self.lines[position]) in entries:
                run = []
                continue
            run = [*run, position] if run and run[-1] == position - 1 else [position]
            if len(run) >= _LEVELS:
                found.update(run)
        return frozenset(found)

    def _stands_out(self, position: int, *, below_title: bool) -> bool:
        """Whether a line between others is a title: it is short, no sentence goes on in it, and
        text, a table or a key figure stands below it.
        """
        if len(self.lines[position].strip()) >= self.broken or not self._heads(position):
            return False
        above = self.lines[position - 1] if self._filled(position - 1) else ""
        if tabs := above.count("\t"):  # between two rows alike it names those below
            return tabs == 1 or tabs != self.lines[position + 1].count("\t")
        above = above.strip()
        alone = len(above) < self.broken and LABELLED.match(above)
        ended = not above or alone or _SENTENCE_END.search(above) or is_value(above)
        return bool(ended) or below_title

    def _heads(self, position: int, titles: int = _LEVELS) -> bool:
        """Whether text, a table or a key figure stands right below a line, or right below the
        titles below it.
        """
        if not titles or not self._filled(position + 1):
            return False
        below = self.lines[position + 1].strip()
        if "\t" in below or len(below) >= self.broken or _SENTENCE.search(below):
            return True
        if is_value(below):  # that of the line, which is its label
            return False
        if self._filled(position + 2) and is_value(self.lines[position + 2].strip()):
            return True
        return self._heads(position + 1, titles - 1)

    def _filled(self, position: int) -> bool:
        inside = 0 <= position < len(self.lines) and position not in self.pages
        return inside and bool(self.lines[position].strip())

    def is_content(
        self,
        position: int,
        candidates: Collection[int],
        entries: Mapping[str, ContentsEntry],
        above: int,
    ) -> bool:
        """Whether a heading-like line belongs to a picture, a table or a signature."""
        following = self.after.get(position)
        if following is None:
            return True
        line, below = self.lines[position].strip(), self.lines[following].strip()
        gap = self.gap_before(following) >= IMAGE_GAP
        if following in candidates:
            after_gap = self.gap_before(position) >= IMAGE_GAP
            if (after_gap or gap) and _CAPTION.search(line):
                return True
            if not gap:
                return False
            # what stands before a chapter heads nothing; what stands below a heading is its text
            text_below = self.before.get(position) == above and not after_gap
            if heading_key(below) in entries or (text_below and not self._in(above, entries)):
                return True
            return self._repeats_text(position, above)
        if "\t" in self.lines[following] and number_rank(bare_title(line)) is None:
            return (_TABLE_CAPTION.search(line) or _CAPTION.search(line)) is not None
        return gap and _CONTINUES.match(below) is not None

    def _in(self, position: int, entries: Mapping[str, ContentsEntry]) -> bool:
        return position >= 0 and heading_key(self.lines[position]) in entries

    def _repeats_text(self, position: int, above: int) -> bool:
        """Whether a line says again what the text above it says, as captions do."""
        pairs = _pairs(self.lines[position])
        start = max(above + 1, position - 40)
        text = "".join(self.lines[start:position])[-4000:]
        said = sum(pair in _pairs(text) for pair in pairs)
        return said >= 2 and said > 0.34 * len(pairs)


def _pairs(text: str) -> set[str]:
    plain = re.sub(r"[\W_]+", " ", text).casefold()
    words = set(re.findall(r"[a-z]{2,}|\d{4}", plain))
    return words | {a + b for a, b in pairwise(plain) if "\u4e00" <= a <= "\u9fff" >= b >= "\u4e00"}
