"""Headings of a Markdown report: the marked lines, and what their depth is worth."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from index.contents import ContentsEntry
from index.nesting import Heading, nest
from index.titles import (
    CHAPTER,
    POINT,
    bare_title,
    heading_key,
    is_contact,
    is_period,
    number_rank,
    title_rank,
)

MAX_HEADING = 32  # characters of a heading without a mark
LONGEST_MARKED = 60  # characters of a heading with one
_NOTE = re.compile(
    r"(注|备注|说明|单位|金额单位|币种|数据来源|资料来源|来源|note|source)\s*\d*\s*[：:]", re.I
)
_NUMBERED_CAPTION = re.compile(
    r"(图|表|图表|照片|figure|table|chart)\s*[\d一二三四五六七八九十]", re.I
)
_AMOUNT = re.compile(r"[\d\s,，.%％+\-−/:：年月日人次件万亿元个吨]+")


def marked_headings(
    lines: Sequence[str],
    contents: range,
    entries: Mapping[str, ContentsEntry],
    depths: Mapping[int, int],
) -> list[Heading]:
    """Return the headings among lines that have a mark; ``depths`` by position."""
    found = {
        i: title for i in depths if i >= contents.stop and _is_title(title := bare_title(lines[i]))
    }
    flat = _says_nothing([(depths[i], title) for i, title in found.items()])
    if flat:
        found = dict(sorted({**found, **_unmarked(lines, contents, found)}.items()))
    headings = []
    nested = len({entry.rank for entry in entries.values()}) > 1
    chapters = _chapters(entries)
    keys = {"", *(heading_key(title) for title in found.values())}
    for position, title in found.items():
        entry = entries.get(heading_key(title))
        if entry and (flat or nested):
            rank = entry.rank if chapters.get(heading_key(title), "") in keys else CHAPTER
        elif flat:  # a tool that wrote all headings alike says nothing of their level
            rank = title_rank(title, title)
        else:
            rank = depths[position] * 10
        headings.append(Heading(position, title, rank, entry.page if entry else None))
    filled = [i for i, line in enumerate(lines) if line.strip()]
    after = dict(pairwise(filled))
    return nest(headings, lambda a, b: after.get(a) == b, free=flat)


def _chapters(entries: Mapping[str, ContentsEntry]) -> dict[str, str]:
    """Return the chapter that each title of the contents list stands in, by their keys; "" where
    it is one. Some chapters have no title in the text.
    """
    chapter = ""
    found = {}
    for key, entry in entries.items():
        if entry.rank == CHAPTER:
            chapter = key
        found[key] = "" if entry.rank == CHAPTER else chapter
    return found


def _unmarked(lines: Sequence[str], contents: range, marked: Mapping[int, str]) -> dict[int, str]:
    """Numbered lines that stand alone without a mark, where others numbered alike have one."""
    ranks = {numbered[0] for title in marked.values() if (numbered := number_rank(title))}
    found = {}
    for i in range(contents.stop, len(lines)):
        title = lines[i].strip().strip("*").strip()
        numbered = number_rank(title) if 0 < len(title) <= MAX_HEADING else None
        if numbered and numbered[0] in ranks and numbered[0] < POINT and i not in marked:
            alone = not "".join(lines[max(0, i - 1) : i]).strip() and i + 1 < len(lines)
            if alone and not lines[i + 1].strip() and not re.search(r"[。；;：:，]$", title):
                found[i] = title
    return {i: title for i, title in found.items() if _is_title(title)}


def _is_title(title: str) -> bool:
    """Whether a line with a heading mark can be a heading: tools mark notes and amounts too."""
    # ¶ and § may head a section that has no name
    if not title or len(title) > LONGEST_MARKED or not re.search(r"[\w¶§]", title):
        return False
    if is_period(title):
        return True
    wrong = is_contact(title) or _NOTE.match(title) or _NUMBERED_CAPTION.match(title)
    return not (wrong or _AMOUNT.fullmatch(title) or title.endswith("。"))


def _says_nothing(marked: Sequence[tuple[int, str]]) -> bool:
    """Whether the depth of marks means nothing: all are alike, or one has two numberings, more than
    once.
    """
    after_title = (
        marked[1:] if marked and [d for d, _ in marked].count(marked[0][0]) == 1 else marked
    )
    if len({depth for depth, _ in after_title}) <= 1:
        return True
    kinds: dict[int, Counter[int]] = defaultdict(Counter)
    for depth, title in after_title:
        if numbered := number_rank(title):
            kinds[depth][numbered[0]] += 1
    return any(sum(times > 1 for times in ranks.values()) > 1 for ranks in kinds.values())
