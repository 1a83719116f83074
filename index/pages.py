"""What a page carries beside its text: page numbers, running headers, rules and pictures."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from index.markup import is_picture

_LONGEST = 80  # characters of a page number or running header
_NEAR = 3  # pages between two page numbers that follow each other
_FAR = 15  # the same, where a number stands alone and fits between those that are known
_APART = 5  # lines at least from one page number to the next
_OFTEN = 3  # times that a line must return to be a running header
_AGREE = 0.8  # share of the pages of the contents list that numbers on the pages have to bear out
_COVER = 8  # filled lines at most before the title of a report
_NUMBER = re.compile(
    r"[-—–·\s]*(?:第|page|p\.)?\s*(\d{1,4})\s*页?\s*(?:[/／|共]\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–·\s]*",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"([-*_=]\s?){3,}|\{\d+\}-{3,}|\\(newpage|pagebreak)|\[PAGE[^\]]*\]", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"[（(【]?\s*(接上表|接上页|续上表|上表续|续表|表续|续|转下页|接下页|continued|cont'd)\s*[)）】]?[:：]?",
    re.IGNORECASE,
)
_OF_COMPANY = re.compile(r"公司|集团|银行|股份|报告|年报|report", re.IGNORECASE)
_NAMES_REPORT = re.compile(
    r"(19|20)\d{2}.{0,30}报告|(annual|esg|sustainability) report", re.IGNORECASE
)


def page_lines(lines: Sequence[str]) -> frozenset[int]:
    """The positions of the lines that belong to a page and not to the text.

    They stay in the report, but make no heading and cut no table. The first line of several
    that are alike is the heading or title that the others repeat.
    """
    rules = {i for i, line in enumerate(lines) if _is_rule(line)}
    counted = [(i, page) for i, page in _lone_numbers(lines) if i not in rules]
    numbers = _page_numbers(counted)
    headers = _running_headers(lines, rules | numbers, numbers)
    numbers |= _more_page_numbers(lines, counted, numbers, rules | headers)
    return frozenset(rules | numbers | headers)


def numbered_pages(
    lines: Sequence[str], pages: Collection[int], known: Mapping[int, int]
) -> dict[int, int]:
    """Return the page of every line, by position, where the numbers printed on the pages tell it.

    ``pages`` are the lines that belong to a page, ``known`` pages that the contents list gives:
    where most of them are others, as where one number stands for two pages, nothing is told.
    """
    numbers = [(at, page) for at, page in _lone_numbers(lines) if at in pages]
    if len(numbers) < _OFTEN:
        return {}
    for foot in (True, False):  # a number stands below its page, or above it
        told = _told(len(lines), numbers, foot=foot)
        agree = sum(told.get(at) == page for at, page in known.items())
        if agree >= _AGREE * len(known) and (known or any("\f" in line for line in lines)):
            return told
    return {}


def _told(count: int, numbers: Sequence[tuple[int, int]], *, foot: bool) -> dict[int, int]:
    told: dict[int, int] = {}
    ends = [-1, *(at for at, _ in numbers)] if foot else [*(at for at, _ in numbers), count]
    for (start, stop), (_, page) in zip(pairwise(ends), numbers, strict=True):
        told.update(dict.fromkeys(range(start + 1, stop), page))
    return told


def _is_rule(line: str) -> bool:
    text = line.strip()
    if not text or (len(text) > _LONGEST and "<" not in text and "![" not in text):
        return False
    if len(text) <= _LONGEST and (_RULE.fullmatch(text) or _GOES_ON.fullmatch(text)):
        return True
    return is_picture(text)


def _lone_numbers(lines: Sequence[str]) -> list[tuple[int, int]]:
    """The lines that hold a number alone which may be a page's, with that number."""
    counted: list[tuple[int, int]] = []
    for position, line in enumerate(lines):
        text = line.strip().lstrip("#* ").rstrip("* ")
        if 0 < len(text) <= 20:
            match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text))
            if match and not re.fullmatch(r"(19|20)\d{2}", match[1]):
                counted.append((position, int(match[1])))
    return counted


def _page_numbers(counted: Sequence[tuple[int, int]]) -> set[int]:
    """Lines of a number alone that count up from page to page."""
    found: set[int] = set()
    for (at, page), (next_at, next_page) in pairwise(counted):
        if 0 < next_page - page <= _NEAR and next_at - at >= _APART:
            found |= {at, next_at}
    return found if len(found) >= _OFTEN else set()


def _more_page_numbers(
    lines: Sequence[str],
    counted: Sequence[tuple[int, int]],
    known: set[int],
    beside: Collection[int],
) -> set[int]:
    """Numbers that stand alone and go on counting where pages in between print none.

    Between two known page numbers they are larger than the one and smaller than the other. A
    running header ``beside`` a number is no company.
    """
    pages = dict(counted)
    found: set[int] = set()
    before = None
    for at, page in counted if known else ():
        if at not in known:
            after = min((position for position in known if position > at), default=None)
            fits = (before is None or 0 < page - pages[before] <= _FAR) and (
                after is None or 0 < pages[after] - page <= _FAR
            )
            near = any(abs(at - other) < _APART for other in (before, after) if other is not None)
            around = {at - 1, at + 1} - set(beside)
            alone = not any(lines[i].strip() for i in around if 0 <= i < len(lines))
            if not (fits and alone) or near:
                continue
            found.add(at)
        before = at
    return found


def _running_headers(lines: Sequence[str], known: set[int], numbers: set[int]) -> set[int]:
    """Short lines that return beside page numbers, or count pages, or name the report."""
    places: dict[str, list[int]] = defaultdict(list)
    for position, line in enumerate(lines):
        text = line.strip()
        if 2 <= len(text) <= _LONGEST and "\t" not in text and position not in known:
            places[re.sub(r"\d+", "0", re.sub(r"[\s#*|]+", "", text))].append(position)
    beside = _beside(lines, numbers)
    found: set[int] = set()
    for positions in places.values():
        if len(positions) < _OFTEN:
            continue
        first = lines[positions[0]].strip()
        if len({re.sub(r"\D", "", lines[position]) for position in positions}) == 1:
            at_ends = sum(position in beside or "\f" in lines[position] for position in positions)
            named = _NAMES_REPORT.search(first) is not None
            if named or 2 * at_ends > len(positions):
                on_cover = (
                    not named or sum(map(bool, map(str.strip, lines[: positions[0]]))) < _COVER
                )
                found |= set(positions[1:] if on_cover else positions)
        elif _OF_COMPANY.search(first) and _count_pages(lines, positions):
            found |= set(positions)
    return found


def _count_pages(lines: Sequence[str], positions: Sequence[int]) -> bool:
    """Whether lines that differ in one number at an end count pages with it, far apart."""
    pages = []
    for position in positions:
        text = lines[position].strip()
        match = re.search(r"(?<!\d)(\d{1,4})$", text) or re.match(r"(\d{1,4})(?!\d)", text)
        if match is None:
            return False
        pages.append(int(match[1]))
    places = list(zip(pages, positions, strict=True))
    return all(0 < b - a <= 2 * _NEAR and j - i >= _APART for (a, i), (b, j) in pairwise(places))


def _beside(lines: Sequence[str], numbers: set[int]) -> set[int]:
    """The positions of the filled lines next to a page number."""
    filled = [i for i, line in enumerate(lines) if line.strip()]
    found: set[int] = set()
    for before, after in pairwise(filled):
        if before in numbers:
            found.add(after)
        if after in numbers:
            found.add(before)
    return found
