"""The words of a page of a PDF -> pieces of its lines."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

Word = Mapping[str, Any]  # as pdfplumber gives it

# Radicals that fonts name where they mean the character; other KangXi radicals are in NFKC.
_RADICALS = str.maketrans(
    "⼾⺁⺠⺟⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⻑⻱",
    "户厂民母虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟長龜",
)
_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_COMPATIBLE = re.compile("[\u2f00-\u2fd5\uf900-\ufaff]")
_BOLD = re.compile("bold|black|heavy|demi|hei(?!.*(?:light|regular))", re.IGNORECASE)  # 黑体
WORD_GAP = 0.15  # of the size of the letters: more may part two words
_PIECE_GAP = 0.9  # the same, for two pieces of a line
_WIDE_BLANK = 1.7  # the same, where a space is written between them
_DIGITS_APART = 0.15  # the same, for two figures
_NUMBER_ENDS = re.compile(r"\d[%‰)）]?$")
_NUMBER_BEGINS = re.compile(r"[-−(（]?\d[\d.,%)）]")  # one digit may be set apart: 0 3
_LETTERS_APART = 0.22  # the same, for a space between words in letters
_MIXED_APART = 0.3  # the same, between letters and Chinese
_CHINESE_APART = 0.45  # the same, between Chinese characters
_RAISED = 0.86  # of the size of a text, at most, for the mark of a note behind it
_RAISED_BY = 0.2  # the same, at least, by which it stands above the foot of the text
_OVERLAP = 0.25  # of the size of the letters, by which two pieces of a line may overlap
_UNIT = 6  # characters of a unit
_SAME_LINE = 0.6  # share of the lower of two heights that overlaps in one line
_UPRIGHT = 2.5  # times the size of its letters, the least height of an upright line
_STACKED = 1.2  # of the size of the letters, from one letter of an upright line to the next
_NARROW = 1.0  # points: a place that differs by less is the same edge of a table


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters of one line without a wide gap, or a whole table; places in points, from the top.

    ``size`` and ``bold`` are those of the letters; ``rows`` are the lines of a table.
    """

    x0: float
    x1: float
    top: float
    bottom: float
    text: str
    size: float = 0.0
    bold: bool = False
    rows: tuple[str, ...] = ()

    @property
    def is_upright(self) -> bool:
        """Whether it is a line that is read from the top down."""
        return bool(self.size) and self.bottom - self.top > _UPRIGHT * self.size


def clean(text: str) -> str:
    """Return a text of a PDF with the characters that its radicals and old forms stand for."""
    text = text.translate(_RADICALS)
    text = _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return re.sub(r"[\x00-\x1f\x7f]", "", text)


def joined(above: str, below: str) -> str:
    """Join two lines of one text; words in letters have a space between them, and so do two
    figures, of which neither is a part of the other.
    """
    if re.search(r"\d[%)]?$", above) and re.match(r"[-−(]?\d", below):
        return above + below if _is_broken(above, below) else f"{above} {below}"
    letters = re.search("[A-Za-z]$", above) or re.match("[A-Za-z]", below)
    apart = re.search(r"[A-Za-z0-9,;:.%)]$", above) and re.match(r"[A-Za-z0-9(]", below)
    return f"{above} {below}" if apart and letters else above + below


def _is_broken(above: str, below: str) -> bool:
    """Whether a line ends inside of a number: 1,234,567,8 / 90.12, 386,204,718.3 / 5."""
    last, first = re.search(r"[\d,.]*$", above), re.match(r"[\d,.]*", below)
    number = f"{last[0] if last else ''}{first[0] if first else ''}"
    group = re.search(r",\d{1,2}$", above) or re.search(r"\.\d$", above)
    return bool(group) and re.fullmatch(r"\d{1,3}(?:,\d{3})*(?:\.\d{1,4})?", number) is not None


def places(text: str) -> int:
    """Return the width of a text in half characters."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def same_line(one: Piece, other: Piece) -> bool:
    """Whether two pieces of text stand on one line."""
    common = min(one.bottom, other.bottom) - max(one.top, other.top)
    lower = min(one.bottom - one.top, other.bottom - other.top)
    return common >= _SAME_LINE * lower


def in_pieces(words: Iterable[Word], blanks: Iterable[Word]) -> list[Piece]:
    """Put the words of a line together as long as no wide gap parts them."""
    spaces = [_blank(blank) for blank in blanks]
    pieces: list[Piece] = []
    for word in sorted(words, key=lambda word: word["x0"]):
        bold = _BOLD.search(word["fontname"]) is not None
        place = (word["x0"], word["x1"], word["top"], word["bottom"])
        piece = Piece(*place, clean(word["text"]), word["size"], bold)
        at = next((i for i, each in enumerate(pieces) if _goes_on(each, piece, spaces)), None)
        if at is None or not word["upright"]:
            pieces.append(piece)
        else:
            pieces[at] = _put_together(pieces[at], piece, spaces)
    return pieces


def _goes_on(piece: Piece, other: Piece, blanks: Sequence[Piece]) -> bool:
    unit = piece.text[-1:].isdigit() and len(other.text) <= _UNIT  # in small letters: 9 次
    size = max(piece.size, other.size) if unit else min(piece.size, other.size)
    gap = other.x0 - piece.x1
    if not -_OVERLAP * size <= gap <= _WIDE_BLANK * size or not same_line(piece, other):
        return False
    numbers = _NUMBER_ENDS.search(piece.text) and _NUMBER_BEGINS.match(other.text)
    if numbers and gap > _DIGITS_APART * size:  # two figures of a dense table
        return _has_blank(piece, other, blanks)
    return gap <= _PIECE_GAP * size or _has_blank(piece, other, blanks)


def _has_blank(piece: Piece, other: Piece, blanks: Sequence[Piece]) -> bool:
    """Whether a space is written between two pieces."""
    return any(
        piece.x1 - _NARROW <= blank.x0 <= other.x0 and same_line(blank, piece) for blank in blanks
    )


def _blank(char: Word) -> Piece:
    return Piece(char["x0"], char["x1"], char["top"], char["bottom"], " ", char["size"])


def _put_together(piece: Piece, other: Piece, blanks: Sequence[Piece]) -> Piece:
    gap = (other.x0 - piece.x1) / max(piece.size, other.size, 1)
    apart = gap > _space(piece.text[-1:], other.text[:1]) or _has_blank(piece, other, blanks)
    space = " " if apart else ""
    raised = other.size <= _RAISED * piece.size and (
        piece.bottom - other.bottom >= _RAISED_BY * piece.size
    )
    if raised and other.text.isdecimal():  # the mark of a note, or a power
        other = replace(other, text=other.text.translate(_RAISED_DIGITS))
    return replace(
        piece,
        x1=max(piece.x1, other.x1),
        top=min(piece.top, other.top),
        bottom=max(piece.bottom, other.bottom),
        text=f"{piece.text}{space}{other.text}",
        size=max((piece, other), key=lambda each: len(each.text)).size,
        bold=piece.bold and other.bold,
    )


def _space(left: str, right: str) -> float:
    if left.isdigit() and right.isdigit():
        return _CHINESE_APART
    if left.isascii() and right.isascii():
        return _LETTERS_APART
    return _MIXED_APART if left.isascii() or right.isascii() else _CHINESE_APART


def unstacked(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Put Chinese characters that stand close below one another together: an upright line."""
    single = sorted((p for p in pieces if len(p.text) == 1), key=lambda p: (round(p.x0), p.top))
    stack: list[Piece] = []
    for piece in [*single, None]:
        if stack and (piece is None or not _is_below(stack[-1], piece)):
            beside = sum(any(p is not one and same_line(p, one) for p in pieces) for one in stack)
            if len(stack) > 2 and 2 * beside <= len(stack):  # and no column of a table
                text = "".join(each.text for each in stack)
                yield replace(stack[0], bottom=stack[-1].bottom, text=text)
            else:
                yield from stack
            stack = []
        if piece is not None:
            stack.append(piece)
    yield from (piece for piece in pieces if len(piece.text) != 1)


def _is_below(above: Piece, piece: Piece) -> bool:
    in_line = abs(above.x0 - piece.x0) < _NARROW and piece.text > "\u2e80"
    return in_line and piece.top - above.bottom < _STACKED * piece.size
