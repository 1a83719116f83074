"""The pieces of a page -> its columns in reading order, each a list of rows.

A page is cut by the white strips between its columns, wherever these begin and end (a recursive
X-Y cut: Nagy and Seth 1984). What stands side by side in short cells, without a frame of its own,
is a table without rules and is left in rows.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.pdf_page import Rule, Sheet
from index.pdf_pieces import Piece, places
from index.pdf_tiles import Row, as_rows, bands_of, strips


@dataclass(frozen=True, slots=True)
class Column:
    """Rows below one another, and the edges of the column that they stand in."""

    rows: tuple[Row, ...]
    left: float
    right: float
    is_tile: bool = False  # a key figure and its name
    is_contents: bool = False
    is_margin: bool = False  # a running header, or the number of the page


_MARGIN = 0.08  # share of the height of a page, above and below, that headers and numbers take
_APART = 1.2  # of the size of its letters: what parts a running header from the text
_PAGE_NUMBER = re.compile(r"\W*(\d{1,4})\W*")
_CONTENTS = re.compile(r"目\s*录|目\s*錄|c\s*o\s*n\s*t\s*e\s*n\s*t\s*s", re.IGNORECASE)
_FEWEST = 3  # rows that make columns
_RUNNING = 20  # half characters of a line of running text at least
_FULL = 0.75  # share of its column that such a line fills
_FRAMED = 0.6  # share of a column that its rules and boxes are wide
_LISTED = 0.5  # share of the rows of a contents list that name a page, at least
_ABOVE = 0.6  # of the size of the letters: a rule so near above a row is one of its table
_TITLE = 1.05  # times the size of the text, at least, that a title has
_EDGE = 3.0  # points
_MOST = 3000  # pieces of a page that is cut; a map has more


def columns(sheet: Sheet) -> Iterator[Column]:
    """Yield the columns of a page in reading order; what runs over several is one of its own."""
    for half in _halves(sheet):
        pieces = [piece for piece in half if not piece.is_upright]
        rows = as_rows(pieces)
        head = _margin([row for row in rows if row[0].bottom < _MARGIN * sheet.height], rows)
        low = [row for row in rows[::-1] if row[0].top > (1 - _MARGIN) * sheet.height]
        foot = _margin(low, rows[::-1])[::-1]
        body = [piece for row in rows if row not in head and row not in foot for piece in row]
        listed = any(_CONTENTS.fullmatch(piece.text.strip()) for piece in pieces)
        for row in head:
            yield replace(_column([row], row), is_margin=True)
        for column in _columns(body, sheet.rules, listed=listed):
            yield replace(column, is_contents=listed)
        yield from (_column([[piece]], [piece]) for piece in half if piece.is_upright)
        for row in foot:
            yield replace(_column([row], row), is_margin=True)


def _margin(near: Sequence[Row], rows: Sequence[Row]) -> list[Row]:
    """Return the rows near an edge of the page that a gap parts from the text, all from there."""
    for count in range(len(near), 0, -1):
        if count == len(rows):
            return list(near)
        one, other = near[count - 1][0], rows[count][0]
        gap = max(one.top, other.top) - min(one.bottom, other.bottom)
        if gap > _APART * max(one.size, 1):
            return list(near[:count])
    return []


def _halves(sheet: Sheet) -> list[list[Piece]]:
    """Return the pieces of each printed page: two where a sheet has two page numbers."""
    middle = sheet.width / 2
    numbers = [
        (piece.x0 > middle, int(match[1]))
        for piece in sheet.pieces
        if piece.bottom < _MARGIN * sheet.height or piece.top > (1 - _MARGIN) * sheet.height
        if (match := _PAGE_NUMBER.fullmatch(piece.text))
    ]
    if any((False, n) in numbers and (True, n + 1) in numbers for _, n in numbers):
        left = [piece for piece in sheet.pieces if piece.x0 <= middle]
        return [left, [piece for piece in sheet.pieces if piece.x0 > middle]]
    return [list(sheet.pieces)]


def _columns(
    pieces: Sequence[Piece], rules: Sequence[Rule], *, listed: bool = False
) -> Iterator[Column]:
    rows = as_rows(pieces)
    if len(pieces) > _MOST:
        yield _column(rows, pieces)
        return
    bands = bands_of(rows)
    plain: list[Row] = []
    start = 0
    while start < len(rows):
        tiles = bands.get(start, [])
        stop = start + len(as_rows([piece for tile in tiles for piece in tile]))
        sides: list[list[Piece]] = []
        if not tiles and not (plain and _is_next(plain[-1], rows[start])):
            below = next((i for i in bands if i > start), len(rows))
            stop, sides = _cut(rows[:below], start, rules, listed=listed)
        if not tiles and not sides:
            plain.append(rows[start])
            start += 1
            continue
        if plain:
            yield _column(plain, pieces)
            plain = []
        yield from (Column(tuple(as_rows(tile)), 0, 0, is_tile=True) for tile in tiles)
        title = _title_at_end(sides[0]) if sides and stop < len(rows) else []
        for side in sides:
            kept = [piece for piece in side if piece not in title]
            yield from _columns(kept, rules, listed=listed)
        plain = [title] if title else []
        start = stop
    if plain:
        yield _column(plain, pieces)


def _column(rows: Sequence[Row], pieces: Sequence[Piece]) -> Column:
    """Return rows of the column that all pieces stand in."""
    return Column(tuple(rows), min(p.x0 for p in pieces), max(p.x1 for p in pieces))


def _title_at_end(pieces: Sequence[Piece]) -> Row:
    """Return the last row of a column where it is the title of what stands below both columns."""
    *above, last = as_rows(pieces)
    title = above and len(last) == 1 and not last[0].rows and not above[-1][0].rows
    larger = title and last[0].size > above[-1][0].size * _TITLE
    return last if larger or (title and last[0].bold and not above[-1][0].bold) else []


def _is_next(above: Row, row: Row) -> bool:
    """Whether a row has its pieces where the one above it has them: in the same table."""
    return len(above) == len(row) > 1 and all(
        min(a.x1, b.x1) > max(a.x0, b.x0) for a, b in zip(above, row, strict=True)
    )


def _cut(
    rows: Sequence[Row], start: int, rules: Sequence[Rule], *, listed: bool
) -> tuple[int, list[list[Piece]]]:
    """Return two columns that begin at a row, and behind which row they end."""
    for stop in range(len(rows), start + 1, -1):
        inside = [piece for row in rows[start:stop] for piece in row]
        top, bottom = min(p.top for p in inside), max(p.bottom for p in inside)
        above = _ABOVE * rows[start][0].size
        between = [rule for rule in rules if top - above <= rule.y <= bottom + _EDGE]
        for end, at in strips(inside):
            if any(rule.x0 < end - _EDGE and rule.x1 > at + _EDGE for rule in between):
                continue  # a table whose rules run over all of its columns
            left, right = _sides(rows[start:stop], at)
            if listed:
                apart = _are_listings(left, right)
            else:
                apart = _are_columns(left, right) or _are_framed(left, right, between, (end, at))
            if apart:
                return stop, [[p for p in inside if p.x0 < at], [p for p in inside if p.x0 >= at]]
    return start, []


def _sides(rows: Sequence[Row], at: float) -> tuple[list[Row], list[Row]]:
    """Return the rows to the left and to the right of a place."""
    left = [side for row in rows if (side := [piece for piece in row if piece.x0 < at])]
    right = [side for row in rows if (side := [piece for piece in row if piece.x0 >= at])]
    return left, right


def _are_columns(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether what stands on both sides of a strip is read one after the other."""
    if max(len(left), len(right)) < _FEWEST:
        return False
    running = _is_running(left), _is_running(right)
    if all(running):
        return True
    if not any(running):
        return False
    text, other = (left, right) if running[0] else (right, left)
    return not _in_line(text, other)


def _is_running(rows: Sequence[Row]) -> bool:
    """Whether rows hold running text, or a table that is ruled: full lines below one another."""
    if any(piece.rows for row in rows for piece in row):
        return True
    x0, x1 = min(row[0].x0 for row in rows), max(row[-1].x1 for row in rows)
    full = [
        len(row) == 1
        and places(row[0].text) >= _RUNNING
        and row[0].x1 - row[0].x0 >= _FULL * (x1 - x0)
        for row in rows
    ]
    return sum(full) >= 2 and 2 * sum(full) >= len(rows)


def _in_line(text: Sequence[Row], other: Sequence[Row]) -> bool:
    """Whether the rows of one side stand beside lines of the other, in letters as large."""
    lines = [row[0] for row in text]
    beside = sum(
        any(
            abs(line.bottom - row[0].bottom) < 0.25 * max(line.size, 1)
            and abs(line.size - row[0].size) < 0.1 * max(line.size, 1)
            for line in lines
        )
        for row in other
    )
    return 2 * beside > len(other)


def _are_framed(
    left: Sequence[Row], right: Sequence[Row], rules: Sequence[Rule], strip: tuple[float, float]
) -> bool:
    """Whether one side has rules or boxes of its own, about as wide as it is."""
    if max(len(left), len(right)) < _FEWEST or min(len(left), len(right)) < 2:
        return False
    for rows in (left, right):
        x0, x1 = min(row[0].x0 for row in rows), max(row[-1].x1 for row in rows)
        for rule in rules:
            inside = rule.x1 <= strip[1] if rows is left else rule.x0 >= strip[0]
            if inside and min(rule.x1, x1) - max(rule.x0, x0) >= _FRAMED * (x1 - x0):
                return True
    return False


def _are_listings(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether both sides are titles with the numbers of their pages, or one is and the other has
    no numbers.
    """
    named = [
        [row[-1].text.isdecimal() and not row[0].text.isdecimal() for row in rows]
        for rows in (left, right)
    ]
    shares = [sum(each) / len(each) for each in named]
    numbers = any(row[-1].text.isdecimal() for row in (left if shares[0] < shares[1] else right))
    return max(shares) > _LISTED and (min(shares) > _LISTED or not numbers)
