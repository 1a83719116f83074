"""The texts of a line of a table whose columns are set apart by spaces."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_FILLER = "\u200b"  # behind a character that takes two places
_GAP = re.compile(r"\S+(?: \S+)*")  # a text between gaps of two spaces or more
_CLEAR = re.compile(r"[-−+(（]?\d[\d,，]*[.,，]\d+[%‰)）]*(?=\s|$)|[-−+]?\d+(?:\.\d+)?[%‰](?=\s|$)")
_VALUE = re.compile(r"[-−+(（]?\d[\d,，]*(?:\.\d+)?[%‰)）]*|--?|—+|不适用")
_OF_VALUE = re.compile(r"(?:币|元|镑|[A-Z]{3}|[$￥¥约超近])\u200b?$")  # 港币 1,000
_BEFORE_VALUE = re.compile(rf"(?<=\S) (?=(?:{_VALUE.pattern})(?:\s|$))")
_BETWEEN_NAMES = re.compile(
    r"(?<=[\u3400-\u9fff\u200b）)]) (?=[\u3400-\u9fff（(]|(?:19|20)\d{2}年)"
)
_NO_FIGURE = re.compile(r"(?:19|20)\d{2}|[(（]\d[)）]")
_BROKEN_NUMBER = re.compile(r"[-−]?\d[\d,]*[.,]|[-−]?\d{1,3}(?:,\d{3})*,\d{1,2}")
_ONE_DECIMAL = re.compile(r"[-−]?\d{1,3}(?:,\d{3})+\.\d")
_NUMBER = re.compile(r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_MARK_ALONE = re.compile(  # of a list or a title, with a gap behind it: 一、  公司信息
    r"第[一二三四五六七八九十百\d]+[章节部分篇条]|[一二三四五六七八九十]+、?|[（(][一二三四五六七八九十\d]+[)）]"
    r"|\d{1,2}[.、)）]|[-•·●○▪◦*✓►▶▷◆■❖➤#]+"
)


@dataclass(frozen=True, slots=True)
class Text:
    """A text between two gaps of a line, and the places where it begins and ends."""

    start: int
    end: int
    text: str

    @property
    def plain(self) -> str:
        """The text as it is printed."""
        return self.text.replace(_FILLER, "")

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure, and neither a year nor the number of a note."""
        text = self.plain
        figure = _VALUE.fullmatch(text) and re.search(r"\d", text)
        return bool(figure) and not _NO_FIGURE.fullmatch(text)

    @property
    def may_be_broken(self) -> bool:
        """Whether it may be the beginning of a number that goes on below: 28,614,092.3."""
        return self.is_broken_number or _ONE_DECIMAL.fullmatch(self.plain) is not None

    @property
    def is_broken_number(self) -> bool:
        """Whether it is the beginning of a number that goes on below: 702,532,530."""
        return _BROKEN_NUMBER.fullmatch(self.plain) is not None


PLACES: tuple[Callable[[Text], float], ...] = (
    lambda text: text.start,
    lambda text: (text.start + text.end) / 2,
    lambda text: text.end,
)


def texts(line: str, *, wide: bool = False) -> list[Text]:
    """Return the texts of a line; figures side by side may have one space between them.

    Where characters are ``wide``, a Chinese one takes two places.
    """
    line = line.replace("\f", " ").replace(_FILLER, " ")
    if wide:
        line = "".join(char + _FILLER * (breadth(char) - 1) for char in line)
    parts = [Text(m.start(), m.end(), m[0]) for m in _GAP.finditer(line)]
    if len(parts) > 1 and _MARK_ALONE.fullmatch(parts[0].plain):
        first, second, *others = parts
        parts = [Text(first.start, second.end, line[first.start : second.end]), *others]
    found = [piece for part in parts for piece in _figures_apart(part)]
    values = sum(_VALUE.fullmatch(piece.plain) is not None for piece in found)
    return found if values > 1 else parts


def _figures_apart(part: Text) -> Iterator[Text]:
    """Cut a text before each figure that follows a figure, and before one that is clear."""
    starts = [0]
    for match in _BEFORE_VALUE.finditer(part.text):
        before = part.text[starts[-1] : match.start()]
        clear = _CLEAR.match(part.text, match.end()) and not _OF_VALUE.search(before)
        if _VALUE.fullmatch(before) or clear:
            starts.append(match.end())
    yield from _cut(part, starts)


def names(part: Text) -> Iterator[Text]:
    """Cut a text of a header, where names of columns may have one space between them."""
    yield from _cut(part, [0, *(match.end() for match in _BETWEEN_NAMES.finditer(part.text))])


def _cut(part: Text, starts: Sequence[int]) -> Iterator[Text]:
    stops = [*(start - 1 for start in starts[1:]), len(part.text)]
    for start, stop in zip(starts, stops, strict=True):
        yield Text(part.start + start, part.start + stop, part.text[start:stop])


def is_number(text: str) -> bool:
    """Whether a text is a whole number, in groups of three digits or not."""
    return _NUMBER.fullmatch(text) is not None


def out_of_line(text: Text, edges: Sequence[float]) -> float:
    """Return how far a text is from standing in line with a column: its left edge, its middle or
    its right one.
    """
    return min(abs(place(text) - edge) for place, edge in zip(PLACES, edges, strict=True))


def breadth(text: str) -> int:
    """Return how many places a text takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
