"""A page of a PDF -> its lines of text.

Tables become HTML, those between rules with their merged cells; rows whose cells make no columns
keep their spaces; lines that the edge of a column breaks are put together.
"""

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.blocks import ASIDE_ENDS, is_list_item
from index.key_figures import is_value
from index.layout import ENDED
from index.pdf import Line
from index.pdf_columns import Column, columns
from index.pdf_page import Frame, Sheet
from index.pdf_pieces import Piece, joined, places
from index.pdf_tables import CAPTION, ROW_GAP, with_tables
from index.pdf_tiles import Row
from index.titles import is_case, number_rank

Letters = Counter[tuple[float, bool]]  # how many there are of each size, and bold or not

_FULL = 1.6  # of the size of the letters: what a broken line may be short of its column
_SHORTEST = 16  # half characters of such a line
_IN_BOX = 24  # the same, in a box
_INDENT = 1.2  # of the size of the letters: what begins further right begins a paragraph
_HANGING = 3.5  # the same: how far the lines of an item of a list stand from its mark
_PADDING = 3.0  # the same: what a box is wider than its text, on each side
_LEADING = 1.35  # times the usual distance of two lines: more parts paragraphs
_SLACK = 0.3  # of the size of the letters, the same
_OTHER_SIZE = 0.08  # share by which the letters of another text differ
_TITLE = 1.3  # times the size of what stands beside a title, or of the text below a broken one
_LONGEST_TITLE = 60  # characters
_WORDS = re.compile("([一-鿿] +[一-鿿].*){3}")  # a list of words
# A sentence, a unit, a question of a form, a grade.
_NO_TITLE = re.compile(
    r"[。；;：:，,]$|。.|^[（(]?(金额)?(单位|币种)|^\d+[.、．].*[？?]$|^[A-D]{1,3}[+-]?\s?级?$"
)
_DEEPER = "  "  # before a title of the contents list in smaller letters
_LEADER = re.compile(r"(?:[.．·]\s?){3,}\s*\d*$|…{2,}\s*\d*$")  # of a contents list


def page_lines(sheet: Sheet, letters: Letters) -> list[Line]:
    """Return the lines of a page; ``letters`` are those of the pages before it, and get its own.

    A page of tables has little text beside its titles.
    """
    for piece in sheet.pieces:
        letters[round(piece.size, 1), piece.bold] += len(piece.text)
    size, bold = letters.most_common(1)[0][0] if letters else (0.0, False)
    found: list[Line] = []
    for column in columns(sheet):
        if _is_aside(column, found):
            found.append((ASIDE_ENDS, 0.0))
        found += _Lines(column, size, sheet.boxes, bold=bold).lines()
        found.append(("", 0.0))
    return found


def _is_aside(column: Column, above: Sequence[Line]) -> bool:
    """Whether a column begins with a table, which is not of the last small title above it but of
    the larger one of the page.
    """
    titles = [size for _, size in above if size]
    first = column.rows[0][0]
    table = first.rows or CAPTION.match(first.text)
    return bool(table) and bool(titles) and titles[-1] < max(titles)


class _Lines:
    """The lines of a column; ``size`` and ``bold`` are those of most letters so far; the
    ``boxes`` of the page are given, the smallest first.
    """

    def __init__(self, column: Column, size: float, boxes: Sequence[Frame], *, bold: bool) -> None:
        self.boxes = boxes
        listed = column.is_contents or column.is_margin or column.is_tile
        self.rows = column.rows if listed else with_tables(column.rows)
        self.left = column.left
        self.right = column.right
        self.is_tile = column.is_tile
        self.is_contents = column.is_contents
        self.is_margin = column.is_margin
        self.largest = max((row[0].size for row in self.rows if len(row) > 1), default=0.0)
        self.size = size
        self.bold = bold
        gaps = [below[0].top - above[0].bottom for above, below in pairwise(self.rows)]
        self.leading = max(statistics.median(gaps), 0.0) if gaps else 0.0

    def lines(self) -> Iterator[Line]:
        """Yield them, with a blank one between paragraphs that stand apart."""
        if self.is_tile:
            yield from self._tile()
            return
        text, size = "", 0.0  # a paragraph that may go on
        titled: Frame | None = None  # the box whose title stands above
        beside = {
            i
            for j, (above, below) in enumerate(pairwise(self.rows))
            if below[0].top < above[0].bottom and len(above) + len(below) > 2
            for i in (j, j + 1)
        }  # rows whose cells take several lines
        for at, (above, row) in enumerate(pairwise([[], *self.rows])):
            words = text.endswith(("：", ":")) and _WORDS.search(row[0].text)
            if text and (
                words or self._goes_on(above, row) or self._title_goes_on(text, above, row)
            ):
                text = joined(text, row[0].text)
                continue
            if text:
                yield self._line(text, size)
                titled = box if size and (box := self._box(above[0])) else titled
            if titled and not titled.holds(row[0]):
                yield ASIDE_ENDS, 0.0
                titled = None
            if above and self._is_apart(above, row):
                yield "", 0.0
            text, size = "", 0.0
            if row[0].rows:
                yield from ((line, 0.0) for line in row[0].rows)
            elif len(row) > 1:
                yield from self._spaced(row)
            else:
                title = self._is_title(row) and at not in beside
                text, size = row[0].text, row[0].size if title else 0.0
        if text:
            yield self._line(text, size)
        if titled:
            yield ASIDE_ENDS, 0.0

    def _line(self, text: str, size: float) -> Line:
        title = len(text) <= _LONGEST_TITLE and re.search("[\u3400-\u9fff]", text)
        no_title = (
            _NO_TITLE.search(text)
            or _WORDS.search(text)
            or CAPTION.match(text)
            or (is_value(text) and number_rank(text) is None)
        )
        return text, round(size, 1) if title and not no_title else 0.0

    def _tile(self) -> Iterator[Line]:
        """Yield the name of a key figure, then the figure."""
        pieces = [piece for row in self.rows for piece in row]
        figure = max(pieces, key=lambda piece: piece.size)
        name = ""
        for piece in pieces:
            name = joined(name, piece.text) if piece is not figure else name
        yield name, 0.0
        yield figure.text, 0.0

    def _goes_on(self, above: Row, below: Row) -> bool:
        """Whether a row is the next line of the paragraph above it."""
        one, other = above[-1], below[0]
        if len(above) > 1 or len(below) > 1 or other.rows or not self._is_near(above, below):
            return False
        size = max(one.size, other.size)
        left, right = self._edges(one)
        full = right - one.x1 <= _FULL * size and places(one.text) >= _SHORTEST
        return full and not _LEADER.search(one.text) and self._is_below(one, other, left)

    def _is_below(self, one: Piece, other: Piece, left: float) -> bool:
        """Whether a line begins where the next one of its paragraph does: at the edge, or where
        the lines of an item of a list do.
        """
        if other.x0 - left <= _INDENT * other.size:
            return True
        if is_list_item(one.text):
            return 0 < other.x0 - one.x0 <= _HANGING * one.size
        in_line = abs(other.x0 - one.x0) <= _SLACK * one.size
        return in_line and not ENDED.search(one.text)

    def _title_goes_on(self, text: str, above: Row, below: Row) -> bool:
        """Whether a row is the second line of a large title."""
        if len(above) > 1 or len(below) > 1 or not self._is_near(above, below):
            return False
        large = below[0].size >= _TITLE * self.size and number_rank(below[0].text) is None
        return large and len(text) + len(below[0].text) <= _LONGEST_TITLE

    def _edges(self, line: Piece) -> tuple[float, float]:
        """Return where the lines around a line begin and end: a box is narrower than its column."""
        if box := self._box(line):
            padding = min(row[0].x0 for row in self.rows if box.holds(row[0])) - box.x0
            return box.x0 + padding, box.x1 - padding
        at = next(i for i, row in enumerate(self.rows) if row[-1] is line)
        first = last = at
        while first > 0 and self._is_near(self.rows[first - 1], self.rows[first]):
            first -= 1
        while last + 1 < len(self.rows) and self._is_near(self.rows[last], self.rows[last + 1]):
            last += 1
        around = self.rows[first : last + 1]
        left, right = min(row[0].x0 for row in around), max(row[-1].x1 for row in around)
        reach = sum(right - row[-1].x1 < _SLACK * line.size for row in around)
        in_box = reach > 1 and places(line.text) >= _IN_BOX
        return (left, right) if in_box else (self.left, self.right)

    def _box(self, line: Piece) -> Frame | None:
        """Return the box of this column that a line stands in."""
        room = _PADDING * line.size
        left, right = self.left - room, self.right + room
        inner = (box for box in self.boxes if left <= box.x0 and box.x1 <= right)
        return next((box for box in inner if box.holds(line)), None)

    def _is_apart(self, above: Row, below: Row) -> bool:
        """Whether a blank line parts two rows: paragraphs, a table, a gap."""
        if above[0].rows or below[0].rows:
            return True
        if len(above) + len(below) > 2:  # two rows of a table, or lines of one
            return below[0].top - above[0].bottom > ROW_GAP * below[0].size
        return len(above) == len(below) == 1 or not self._is_near(above, below)

    def _is_title(self, row: Sequence[Piece]) -> bool:
        """Whether a row stands alone in larger or, at the left edge, bolder letters."""
        larger = row[0].size > self.size * (1 + _OTHER_SIZE)
        at_edge = row[0].x0 - self.left <= _INDENT * row[0].size
        bolder = row[0].bold and not self.bold and (at_edge or is_case(row[0].text))
        return len(row) == 1 and (larger or bolder)

    def _is_near(self, above: Row, below: Row) -> bool:
        """Whether two rows are of one text: in letters alike, and close."""
        size = max(above[0].size, below[0].size)
        alike = abs(above[0].size - below[0].size) <= _OTHER_SIZE * size
        return alike and above[0].bold == below[0].bold and self._is_close(above, below)

    def _is_close(self, above: Row, below: Row) -> bool:
        size = max(above[0].size, below[0].size)
        return below[0].top - above[0].bottom <= self.leading * _LEADING + _SLACK * size

    def _spaced(self, row: Row) -> Iterator[Line]:
        """Yield the pieces of a row at their places, in half characters; a title beside what
        is smaller stands alone.
        """
        lead = row[: 2 if row[0].text.isdecimal() else 1]  # 03  绿色造船
        others = row[len(lead) :]
        if self._is_title(lead[-1:]) and all(p.size * _TITLE <= lead[-1].size for p in others):
            yield self._line(" ".join(piece.text for piece in lead), lead[-1].size)
            yield "", 0.0
            row = others
            if not row:
                return
        size = statistics.median(piece.size for piece in row) or self.size
        if self.is_margin or (len(row) == 2 and CAPTION.fullmatch(row[0].text)):
            yield " ".join(piece.text for piece in row), 0.0
            return
        deeper = self.is_contents and row[0].size < self.largest * (1 - _OTHER_SIZE)
        line = _DEEPER if deeper else ""
        for piece in row:
            at = round((piece.x0 - self.left) / (size / 2))
            line += " " * max(at - places(line), 0 if piece is row[0] else 2) + piece.text
        yield line if len(row) > 1 else line.strip(), 0.0
