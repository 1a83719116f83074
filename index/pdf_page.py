"""A page of a PDF -> the pieces of its text, its ruled tables and its rules."""

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.page import Page
from pdfplumber.table import Table, TableFinder

from index.pdf_pieces import (
    WORD_GAP,
    Piece,
    Word,
    in_pieces,
    joined,
    same_line,
    unstacked,
)

Box = tuple[float, float, float, float]  # x0, top, x1, bottom

_ITEM = 1.2  # letters that would have stood behind a line that is broken
_ASLANT = 0.05  # of the size of a letter set aslant, both across and up
_LOWEST_BOX = 24.0  # points: what is lower is a rule, or the ground of a row
_NARROW = 1.0  # points: a place that differs by less is the same edge of a table


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule, or the edge of a box."""

    x0: float
    x1: float
    y: float


@dataclass(frozen=True, slots=True)
class Frame:
    """A box around text, drawn or tinted."""

    x0: float
    x1: float
    top: float
    bottom: float

    def holds(self, piece: Piece) -> bool:
        """Whether a piece stands in it."""
        across = self.x0 <= piece.x0 and piece.x1 <= self.x1
        return across and self.top <= piece.top and piece.bottom <= self.bottom


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a page, in no order; its boxes the smallest first."""

    width: float
    height: float
    pieces: tuple[Piece, ...]
    rules: tuple[Rule, ...] = ()
    boxes: tuple[Frame, ...] = ()


def read_page(page: Page) -> Sheet:
    """Return the tables, the pieces of text and the rules of a page."""
    # designers leave things beside the page; bold type is often printed twice
    seen = page.crop(page.bbox).filter(_is_straight).dedupe_chars()
    finder = TableFinder(seen)
    words = seen.extract_words(
        x_tolerance_ratio=WORD_GAP, y_tolerance=1, extra_attrs=["size", "fontname"]
    )
    blanks = [char for char in seen.chars if char["text"].isspace()]
    pieces: list[Piece] = []
    for table in finder.tables:
        inside = [word for word in words if _is_inside(word, table.bbox)]
        if rows := _table_rows(table, inside, blanks):
            x0, top, x1, bottom = table.bbox
            pieces.append(Piece(x0, x1, top, bottom, "", rows=rows))
            words = [word for word in words if not _is_inside(word, table.bbox)]
    pieces += unstacked(in_pieces(words, blanks))
    rules = (
        Rule(edge["x0"], edge["x1"], edge["top"])
        for edge in finder.edges
        if edge["orientation"] == "h"
    )
    boxes = [
        Frame(shape["x0"], shape["x1"], shape["top"], shape["bottom"])
        for shape in (*seen.rects, *seen.curves)  # curves have rounded corners
        if shape["height"] >= _LOWEST_BOX
    ]
    boxes.sort(key=lambda box: (box.x1 - box.x0) * (box.bottom - box.top))
    return Sheet(float(page.width), float(page.height), tuple(pieces), tuple(rules), tuple(boxes))


def _is_straight(thing: Mapping[str, Any]) -> bool:
    """Whether it is no letter set aslant: a watermark."""
    across, up = thing.get("matrix", (1, 0))[:2]
    return thing["object_type"] != "char" or not (abs(across) > _ASLANT and abs(up) > _ASLANT)


def _is_inside(word: Word, box: Box) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _table_rows(table: Table, words: Iterable[Word], blanks: Iterable[Word]) -> tuple[str, ...]:
    """Return a table as HTML, one row a line; nothing where its lines are a box around text."""
    columns = _edges(cell[0] for cell in table.cells)
    tops = _edges(cell[1] for cell in table.cells)
    if len(columns) < 2 or len(tops) < 2:
        return ()
    left = list(words)
    rows: list[list[str]] = [[] for _ in tops]
    filled = 0
    for cell in sorted(table.cells):
        x0, top, x1, bottom = cell
        text = _cell_text([word for word in left if _is_inside(word, cell)], blanks, cell)
        filled += bool(text)
        across, down = _count(columns, x0, x1), _count(tops, top, bottom)
        spans = (f' colspan="{across}"' if across > 1 else "") + (
            f' rowspan="{down}"' if down > 1 else ""
        )
        rows[sum(edge < top - _NARROW for edge in tops)].append(
            f"<td{spans}>{html.escape(text, quote=False)}</td>"
        )
    if filled < 2:
        return ()
    return ("<table>", *(f"<tr>{''.join(row)}</tr>" for row in rows), "</table>")


def _edges(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NARROW:
            found.append(value)
    return found


def _count(edges: Sequence[float], start: float, stop: float) -> int:
    return sum(start - _NARROW <= edge < stop - _NARROW for edge in edges) or 1


def _cell_text(words: Iterable[Word], blanks: Iterable[Word], cell: Box) -> str:
    """Put the lines of a cell together; one that ends far from its edge ends an item."""
    lines: list[list[Piece]] = []
    for piece in sorted(in_pieces(words, blanks), key=lambda piece: piece.top):
        if lines and same_line(lines[-1][0], piece):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    for line in lines:
        line.sort(key=lambda piece: piece.x0)
    padding = min((line[0].x0 - cell[0] for line in lines), default=0.0)
    text = ""
    room = 0.0  # behind the line above, in letters
    for line in lines:
        words_of_line = " ".join(piece.text for piece in line)
        text = f"{text} {words_of_line}" if room > _ITEM else joined(text, words_of_line)
        room = (cell[2] - padding - line[-1].x1) / max(line[-1].size, 1)
    return text
