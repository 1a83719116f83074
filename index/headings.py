"""Which lines of a report are headings, and how high each one stands.

Text taken from a PDF has no heading marks. What is left are the contents list, numbering,
marks such as ►, and the shape and position of a line; a line that looks like a heading but
turns out to be a caption, an address or a signature stays content.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from index.contents import ContentsEntry
from index.nesting import Heading, nest
from index.titles import (
    BARE,
    CASE,
    ITEM,
    MARKED,
    PERIOD,
    bare_title,
    has_mark,
    heading_key,
    is_case,
    is_period,
    markdown_depth,
    number_rank,
)

MAX_HEADING = 32  # characters
LONGEST_MARKED = 60  # characters of a heading that has a Markdown mark
IMAGE_GAP = 3  # this many blank lines in a row stand where the source had a picture or a page end

_CONTACT = re.compile(r"@|www\.|https?:|\d{6,}|\d{3,4}-\d{3,}")
# A list item, an aside or a note; but （一） is numbering.
_NO_TITLE = re.compile(r"[-–—•·*○●「(\[]|（(?![一二三四五六七八九十]+）)|\d+\.\s?\D|注\s*[：:]")
_NOTE = re.compile(
    r"(注|备注|说明|单位|金额单位|币种|数据来源|资料来源|来源|note|source)\s*\d*\s*[：:]", re.I
)
_NUMBERED_CAPTION = re.compile(
    r"(图|表|图表|照片|figure|table|chart)\s*[\d一二三四五六七八九十]", re.I
)
_AMOUNT = re.compile(r"[\d\s,，.%％+\-−/:：年月日人次件万亿元个吨]+")
_CAPTION = re.compile(r"(证书|图|图示|现场|合影|照片|掠影|截图|讲座|仪式|典礼|演练)$")
_SIGNATURE = re.compile(
    r".{0,10}(董事长|总经理|总裁|行长|院长|校长|主席|首席执行官|负责人|CEO)[\s*：:]+[\u4e00-\u9fff· ]{2,6}\**"
)
_TABLE_CAPTION = re.compile(r"(表|汇总|统计|情况|一览)$")
_CONTINUES = re.compile(r"^(此外|同时|另外|其中|并且|因此|以及|而)")
_ENDS = re.compile(r"[。！？；：.!?;:…”」』）)》]$")


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
        return _markdown_headings(lines, contents, entries, depths)
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
    candidates = {i for i in filled if page.looks_like_heading(i, entries)}
    headings: list[Heading] = []
    for position in sorted(candidates):
        line = lines[position].strip()
        entry = entries.get(heading_key(line))
        above = headings[-1].position if headings else -1
        if entry is None and page.is_content(position, candidates, entries, above):
            continue
        title = bare_title(line)
        rank = entry.rank if entry else _rank(line, title)
        gap = page.gap_before(position) >= IMAGE_GAP
        headings.append(Heading(position, title, rank, entry.page if entry else None, gap))
    return nest(headings, page.follows)


def _rank(line: str, title: str) -> int:
    if is_case(title):
        return CASE
    if is_period(title):
        return PERIOD
    if has_mark(line):
        return MARKED
    numbered = number_rank(title)
    return numbered[0] if numbered else BARE


class _Page:
    """The lines of a report with what stands next to each."""

    def __init__(self, lines: Sequence[str], filled: Sequence[int], pages: frozenset[int]) -> None:
        self.lines = lines
        self.pages = pages
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

    def looks_like_heading(self, position: int, entries: Mapping[str, ContentsEntry]) -> bool:
        """Alone, short, no sentence, no list item, no address, no amount.

        A title of the contents list and a numbered one may stand right on the text below.
        """
        line = self.lines[position].strip()
        if "\t" in line or len(line) > MAX_HEADING + 8 or "<td" in line:
            return False
        title = bare_title(line)
        if not title or len(title) > MAX_HEADING:
            return False
        numbered = number_rank(title)
        free = not self._filled(position - 1)
        if not (free and not self._filled(position + 1)):
            named = heading_key(title) in entries or (
                numbered is not None and numbered[0] <= ITEM + 10
            )
            before = self.lines[position - 1].strip() if position else ""
            if not named or not (free or _ENDS.search(before)):
                return False
        if is_period(title) or is_case(title):
            return True
        if (
            re.search(r"[。；;？?！!：:]", title)
            or title.count("，") > 1
            or re.search(r"[，、,.…]$", title)
        ):
            return False
        if _CONTACT.search(title) or _NO_TITLE.match(title) or _SIGNATURE.fullmatch(title):
            return False
        return len(re.findall(r"[\u4e00-\u9fff]|[A-Za-z]{2,}", title)) >= 2

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
        if "\t" in self.lines[following]:
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


def _markdown_headings(
    lines: Sequence[str],
    contents: range,
    entries: Mapping[str, ContentsEntry],
    depths: Mapping[int, int],
) -> list[Heading]:
    found = {
        i: title for i in depths if i >= contents.stop and _is_title(title := bare_title(lines[i]))
    }
    flat = _says_nothing([(depths[i], title) for i, title in found.items()])
    headings = []
    for position, title in found.items():
        entry = entries.get(heading_key(title))
        if entry:
            rank = entry.rank
        elif flat:  # a tool that wrote all headings alike says nothing of their level
            rank = _rank(title, title)
        else:
            rank = depths[position] * 10
        headings.append(Heading(position, title, rank, entry.page if entry else None))
    filled = [i for i, line in enumerate(lines) if line.strip()]
    after = dict(pairwise(filled))
    return nest(headings, lambda a, b: after.get(a) == b, free=flat)


def _is_title(title: str) -> bool:
    """Whether a line with a heading mark can be a heading: tools mark notes and amounts too."""
    if not title or len(title) > LONGEST_MARKED or not re.search(r"\w", title):
        return False
    if is_period(title):
        return True
    wrong = _CONTACT.search(title) or _NOTE.match(title) or _NUMBERED_CAPTION.match(title)
    wrong = wrong or _SIGNATURE.fullmatch(title)
    return not (wrong or _AMOUNT.fullmatch(title) or title.endswith("。"))


def _says_nothing(marked: Sequence[tuple[int, str]]) -> bool:
    """Whether the depth of marks means nothing: all are alike, or one has two numberings."""
    after_title = (
        marked[1:] if marked and [d for d, _ in marked].count(marked[0][0]) == 1 else marked
    )
    if len({depth for depth, _ in after_title}) <= 1:
        return True
    kinds: dict[int, set[int]] = {}
    for depth, title in after_title:
        if numbered := number_rank(title):
            kinds.setdefault(depth, set()).add(numbered[0])
    return any(len(ranks) > 1 for ranks in kinds.values())
