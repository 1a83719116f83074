"""Which lines of a report are headings, and how high each one stands.

Text taken from a PDF has no heading marks. What is left are the contents list, numbering,
marks such as ►, and the shape and position of a line; a line that looks like a heading but
turns out to be a caption, an address or a signature stays content.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

# How high a heading stands: a smaller rank encloses a larger one.
CHAPTER, SECTION, MARKED, GROUP, BARE, PERIOD, CASE = range(1, 8)

MAX_HEADING = 32  # characters
_LONGEST_ENTRY = 200  # characters of a contents line with its leader dots
IMAGE_GAP = 3  # this many blank lines in a row stand where the source had a picture or a page end

_CONTENTS = re.compile(r"(目\s*[录錄次]|contents|table of contents)", re.IGNORECASE)
_PAGED = re.compile(r"(?P<title>.*[^\s.…·])(?:\t+ *|\s*(?:[.…·]\s*){2,}| {3,})(?P<page>\d{1,4})")
_LEADING_NUMBER = re.compile(
    r"^(第[一二三四五六七八九十百\d]+[章节部分篇]+|[\d.]{1,5}[、.\s]|[一二三四五六七八九十]+、)\s*"
)
_MARK = re.compile(r"^[►▶▷◆■●❖➤]+\s*")
_MARKDOWN = re.compile(r"^(#{1,6})\s+(?P<title>\S.*)$")
_CASE = re.compile(r"^(案例|专栏|专题)\s*[一二三四五六七八九十\d]*\s*[：:]")
_NUMBERED = re.compile(
    r"^(第[一二三四五六七八九十百]+[章节]|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+(\.\d+)+\s)"
)
_PERIOD_LABEL = re.compile(r"^(19|20)\d{2}( ?年)?(\s*[-—–~至]\s*(19|20)\d{2}( ?年)?)?$")
_CONTACT = re.compile(r"@|www\.|https?:|\d{6,}")
# A list item, an aside or a note; but （一） is numbering.
_NO_TITLE = re.compile(r"[-–—•·*○●「(\[]|（(?![一二三四五六七八九十]+）)|\d+\.\s?\D|注\s*[：:]")
_CAPTION = re.compile(r"(证书|图|图示|现场|合影|照片|掠影|截图)$")
_TABLE_CAPTION = re.compile(r"(表|汇总|统计|情况|一览)$")
_CONTINUES = re.compile(r"^(此外|同时|另外|其中|并且|因此|以及|而)")
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


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line: its position in the lines (from 0), clean title, rank and printed page."""

    position: int
    title: str
    rank: int
    page: int | None = None


def heading_key(title: str) -> str:
    """What two spellings of one heading share: no number in front, no spaces or punctuation."""
    plain = _LEADING_NUMBER.sub("", unicodedata.normalize("NFKC", bare_title(title)).strip())
    return re.sub(r"[\W_]+", "", plain).casefold()


def read_contents(lines: Sequence[str]) -> tuple[range, dict[str, ContentsEntry]]:
    """Find the contents list: its positions in ``lines``, and its entries by heading key."""
    start = next(
        (i for i, line in enumerate(lines[:400]) if _CONTENTS.fullmatch(bare_title(line))), None
    )
    if start is None:
        return range(0), {}
    entries: dict[str, ContentsEntry] = {}
    end, chapter = start + 1, False
    for position in range(start + 1, len(lines)):
        line = lines[position].strip()
        if not line:
            continue
        paged = _PAGED.fullmatch(line) if len(line) <= _LONGEST_ENTRY else None
        title = paged["title"] if paged else line
        key = heading_key(title)
        repeated = key in entries
        if repeated or (paged is None and len(line) > MAX_HEADING) or line.endswith("。"):
            break
        end = position + 1
        if _CONTENTS.fullmatch(line):
            continue
        chapter = chapter or paged is None
        rank = SECTION if paged and chapter else CHAPTER
        if _BACK_MATTER.match(key):
            rank = CHAPTER
        entries[key] = ContentsEntry(title, int(paged["page"]) if paged else None, rank)
    if not any(entry.page is not None for entry in entries.values()):
        return range(0), {}
    return range(start, end), entries


def find_headings(
    lines: Sequence[str], contents: range, entries: dict[str, ContentsEntry]
) -> list[Heading]:
    """Return the heading lines outside the contents list, in order."""
    if sum(1 for line in lines if _MARKDOWN.match(line)) >= 3:
        return _markdown_headings(lines, contents, entries)
    filled = [i for i, line in enumerate(lines) if line.strip() and i not in contents]
    candidates = {i for i in filled if _looks_like_heading(lines, i)}
    # What stands before the contents list is the cover.
    candidates = {i for i in candidates if i >= contents.stop}
    following = dict(pairwise(filled))
    accepted = {
        i
        for i in candidates
        if heading_key(lines[i]) in entries
        or not _is_caption(lines, i, following.get(i), candidates)
    }
    headings = []
    for position in sorted(accepted):
        line = lines[position].strip()
        entry = entries.get(heading_key(line))
        rank = entry.rank if entry else _rank(line, is_group=following.get(position) in accepted)
        headings.append(Heading(position, bare_title(line), rank, entry.page if entry else None))
    return headings


def bare_title(line: str) -> str:
    """The words of a heading line, without marks such as #, ** or ►."""
    line = line.strip()
    markdown = _MARKDOWN.match(line)
    title = markdown["title"] if markdown else line
    return _MARK.sub("", title.strip("|* \t"))


def _markdown_headings(
    lines: Sequence[str], contents: range, entries: dict[str, ContentsEntry]
) -> list[Heading]:
    found = [
        (i, match)
        for i, line in enumerate(lines)
        if i >= contents.stop and (match := _MARKDOWN.match(line))
    ]
    depths = {len(match[1]) for _, match in found}
    headings = []
    for position, match in found:
        title = bare_title(match["title"])
        entry = entries.get(heading_key(title))
        if entry:
            rank = entry.rank
        elif len(depths) == 1:  # a tool that wrote all headings alike says nothing of their level
            rank = _rank(title, is_group=False)
        else:
            rank = len(match[1])
        headings.append(Heading(position, title, rank, entry.page if entry else None))
    return headings


def _rank(line: str, *, is_group: bool) -> int:
    if _CASE.match(line):
        return CASE
    if _PERIOD_LABEL.match(line):
        return PERIOD
    if _MARK.match(line):
        return MARKED
    numbered = _NUMBERED.match(line)
    if numbered:
        number = numbered[0].strip()
        if number.startswith("第"):
            return CHAPTER if number.endswith("章") else SECTION
        if number[0].isdigit():
            return min(SECTION + number.count(".") - 1, BARE)
        return MARKED if number.endswith("、") else GROUP
    return GROUP if is_group else BARE


def _looks_like_heading(lines: Sequence[str], position: int) -> bool:
    """Alone between blank lines, short, no sentence, no list item, no address, no amount."""
    line = lines[position].strip()
    alone = not (position > 0 and lines[position - 1].strip()) and not (
        position + 1 < len(lines) and lines[position + 1].strip()
    )
    if not alone or "\t" in line or len(line) > MAX_HEADING:
        return False
    if _PERIOD_LABEL.match(line) or _CASE.match(line):
        return True
    title = bare_title(line)
    if (
        re.search(r"[。；;？?！!：:]", title)
        or title.count("，") > 1
        or re.search(r"[，、,.…]$", title)
    ):
        return False
    if _CONTACT.search(title) or _NO_TITLE.match(title):
        return False
    return len(re.findall(r"[\u4e00-\u9fff]|[A-Za-z]{2,}", title)) >= 2


def _is_caption(
    lines: Sequence[str], position: int, following: int | None, candidates: set[int]
) -> bool:
    """Whether a heading-like line belongs to a picture, a table or a signature."""
    if following is None:
        return True
    line = lines[position].strip()
    gap_after = following - position - 1
    if following in candidates:
        before = next((i for i in range(position - 1, -1, -1) if lines[i].strip()), -1)
        below_picture = position - before - 1 >= IMAGE_GAP and _CAPTION.search(line) is not None
        return gap_after >= IMAGE_GAP or below_picture
    if "\t" in lines[following]:
        return (_TABLE_CAPTION.search(line) or _CAPTION.search(line)) is not None
    return gap_after >= IMAGE_GAP and _CONTINUES.match(lines[following].strip()) is not None
