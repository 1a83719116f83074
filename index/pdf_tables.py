"""Tables on a page of a PDF that no vertical rules part: their rows, by the places of the cells."""

import html
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.pdf_pieces import Piece, joined, places
from index.pdf_tiles import Row

CAPTION = re.compile(
    r"(续?表|图|附表|附图|table|figure)\s*[\d一二三四五六七八九十.-]+", re.IGNORECASE
)
ROW_GAP = 0.55  # of the size of the letters: more parts two rows of a table

_FAR = 3.0  # the same: more ends a table
_EDGE = 2.0  # the same: how far from its left edge a name of rows may begin
_LONGEST_NAME = 40  # half characters of a line that names the rows below it
_LARGER = 1.08  # times the size of the cells: letters of a title
_ALIKE = 1.25  # times the smallest of the letters of a row
_SENTENCE = re.compile("[。！？；]$")
_CLOSER = 0.75  # times the usual gap: less is between two lines of a row
_WIDER = 1.5  # the same: more is between two rows, where most rows take several lines
_FEW = 5  # of so many gaps more than one is as wide then
_FULL = 1.2  # of the size of the letters: what a broken name may be short of its column
_BROKEN = 12  # half characters of a name that its column broke, at least
_FIGURE = re.compile(r"[-−(（]?\d[\d,.]*[%‰]?[)）]?")
_FLOW = re.compile("[①-⑳]")  # steps side by side
_APART = 1.0  # points between two columns at least


@dataclass(frozen=True, slots=True)
class _Column:
    x0: float
    x1: float


def with_tables(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows with each table among them in the place of its rows."""
    found: list[Row] = []
    start = 0
    while start < len(rows):
        stop = _end(rows, start)
        inside = rows[start:stop]
        table = _table(inside) if sum(len(row) > 1 for row in inside) > 1 else None
        if table:
            found.append([table])
        else:
            stop = max(stop, start + 1)
            found += rows[start:stop]
        start = stop
    return tuple(found)


def _table(rows: Sequence[Row]) -> Piece | None:
    lines = _html_rows(rows)
    pieces = [piece for row in rows for piece in row]
    if not lines:
        return None
    return Piece(
        min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces),
        min(piece.top for piece in pieces), max(piece.bottom for piece in pieces),
        "", rows[0][0].size, rows=tuple(lines),
    )  # fmt: skip


def _end(rows: Sequence[Row], start: int) -> int:
    """Return behind which row a table ends that begins at one; itself where none does."""
    if not _has_cells(rows[start]):
        return start
    left = rows[start][0].x0
    stop = start + 1
    for at in range(start + 1, len(rows)):
        above, row = rows[at - 1], rows[at]
        gap, size = row[0].top - above[0].bottom, row[0].size
        if row[0].rows or gap > _FAR * size or CAPTION.match(row[0].text):
            break
        if _has_cells(row):
            stop = at + 1
        inside = row[0].x0 - left > _EDGE * size  # of the columns behind the first
        if len(row) == 1 and gap <= ROW_GAP * size and inside:
            stop = at + 1  # a cell goes on
        elif gap > ROW_GAP * size and not _has_cells(row):  # a row of its own
            named = places(row[0].text) <= _LONGEST_NAME and not inside
            if not named or _SENTENCE.search(row[0].text) or size > _LARGER * above[0].size:
                break
    return stop


def _has_cells(row: Row) -> bool:
    caption = len(row) == 2 and CAPTION.fullmatch(row[0].text)
    sizes = [piece.size for piece in row]
    alike = max(sizes) <= _ALIKE * min(sizes)  # no title with a smaller one beside it
    steps = all(_FLOW.match(piece.text) for piece in row)
    return len(row) > 1 and alike and not caption and not steps


def _html_rows(rows: Sequence[Row]) -> list[str]:
    """Return a table as HTML, one row a line; nothing where its cells do not make columns."""
    columns = _columns(rows)
    if not columns:
        return []
    found = ["<table>"]
    edge = max(row[0].x1 for row in rows if row[0].x0 < columns[0].x1)
    for lines in _grouped(rows, edge):
        cells: dict[int, tuple[int, str]] = {}  # by the first column: how many, and the text
        for line in ([part for piece in line for part in _parts(piece, columns)] for line in lines):
            for piece in line:
                first, last = _place(piece, columns)
                across, text = cells.get(first, (1, ""))
                beside = any(_place(p, columns)[0] == first for p in line[: line.index(piece)])
                text = f"{text} {piece.text}" if beside else joined(text, piece.text)
                cells[first] = max(across, last - first + 1), text
        found.append(_html(cells, len(columns)))
    return [*found, "</table>"]


def _html(cells: dict[int, tuple[int, str]], width: int) -> str:
    row, at = "", 0
    while at < width:
        across, text = cells.get(at, (1, ""))
        across = min([across, *(other - at for other in cells if other > at)])
        span = f' colspan="{across}"' if across > 1 else ""
        row += f"<td{span}>{html.escape(text, quote=False)}</td>"
        at += across
    return f"<tr>{row}</tr>"


def _columns(rows: Sequence[Row]) -> list[_Column]:
    """Return the columns: those of the rows that have the most cells, if these agree."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width = max(widths)
    whole = [row for row in rows if len(row) == width]
    columns = [
        _Column(min(piece.x0 for piece in each), max(piece.x1 for piece in each))
        for each in zip(*whole, strict=True)
    ]
    apart = all(b.x0 - a.x1 >= _APART for a, b in pairwise(columns))
    return columns if apart and (len(whole) > 1 or width == 2) else []


def _parts(piece: Piece, columns: Sequence[_Column]) -> list[Piece]:
    """Return a piece, or its words where it has one for each of the columns that it runs over."""
    first, last = _place(piece, columns)
    words = piece.text.split(" ")
    if first == last or len(words) != last - first + 1:
        return [piece]
    return [
        replace(piece, text=word, x0=columns[at].x0, x1=columns[at].x1)
        for at, word in enumerate(words, start=first)
    ]


def _place(piece: Piece, columns: Sequence[_Column]) -> tuple[int, int]:
    """Return the first and the last column that a piece stands in."""
    over = [i for i, c in enumerate(columns) if min(c.x1, piece.x1) - max(c.x0, piece.x0) > 0]
    if over:
        return over[0], over[-1]
    middle = (piece.x0 + piece.x1) / 2
    nearest = min(
        range(len(columns)), key=lambda i: abs((columns[i].x0 + columns[i].x1) / 2 - middle)
    )
    return nearest, nearest


def _grouped(rows: Sequence[Row], edge: float) -> Iterator[list[Row]]:
    """Yield the lines of each row: those that stand closer than rows do; where all stand alike,
    each line is a row, but for names that go on where the ``edge`` of their column broke them.
    """
    blocks: list[list[Row]] = []  # lines beside one another, such as a figure between two
    for row in rows:
        if blocks and row[0].top < max(p.bottom for p in blocks[-1][-1]):
            blocks[-1].append(row)
        else:
            blocks.append([row])
    gaps = [b[0][0].top - max(p.bottom for p in a[-1]) for a, b in pairwise(blocks)]
    least = _row_gap(gaps) if gaps else 0.0
    lines: list[Row] = []
    for block, gap in zip(blocks, [0.0, *gaps], strict=True):
        near = bool(lines) and (gap < least or _goes_on(lines, block[0], edge))
        if lines and not (near and not _has_figures_of_both(lines, block)):
            yield lines
            lines = []
        lines += block
    if lines:
        yield lines


def _has_figures_of_both(lines: Sequence[Row], others: Sequence[Row]) -> bool:
    """Whether both have a figure in one column: they are of two rows."""
    one, two = (
        [piece for line in each for piece in line if _FIGURE.fullmatch(piece.text)]
        for each in (lines, others)
    )
    return any(min(a.x1, b.x1) > max(a.x0, b.x0) for a in one for b in two)


def _row_gap(gaps: Sequence[float]) -> float:
    """Return the least gap between two rows, where some lines stand closer than others."""
    usual = statistics.median(gaps)
    if min(gaps) < _CLOSER * usual:  # a few cells take several lines
        return _CLOSER * usual
    wide = [gap for gap in gaps if gap > _WIDER * usual]
    return _CLOSER * min(wide) if len(wide) > len(gaps) / _FEW else float("-inf")


def _goes_on(lines: Sequence[Row], row: Row, edge: float) -> bool:
    """Whether a line is the next one of a row, in a table without gaps between its rows."""
    name = lines[-1][0]
    full = places(name.text) >= _BROKEN and edge - name.x1 <= _FULL * name.size
    broken = name.x0 < edge and full and row[0].x0 < edge
    told = any(len(line) > 1 for line in lines)
    return broken and not name.text.endswith(("：", ":")) and not (told and len(row) > 1)
