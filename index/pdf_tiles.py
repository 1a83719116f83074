"""The rows of a page of a PDF, the white strips between its columns, and the key figures that stand
side by side on it.
"""

import re
import statistics
from collections.abc import Sequence
from itertools import pairwise

from index.pdf_pieces import Piece, same_line

Row = list[Piece]  # what stands on one line, from left to right

_STRIP = 1.2  # of the size of the letters: the least white between two columns
_LONGEST_NAME = 20  # characters of the name of a key figure
_LARGE = 1.35  # times the size of what stands below or above a key figure
_FIGURE = re.compile(r"\d|^[A-D]{1,3}[+-]?\s?级?$")  # or a grade: AA级
_TILES = 4  # rows that a line of key figures and their names take at most


def as_rows(pieces: Sequence[Piece]) -> list[Row]:
    """Return the rows of pieces from the top."""
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda piece: (piece.top + piece.bottom) / 2):
        row = rows[-1] if rows else []
        if row and not piece.rows and not row[0].rows and same_line(row[0], piece):
            row.append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.x0) for row in rows]


def strips(pieces: Sequence[Piece]) -> list[tuple[float, float]]:
    """Return where white strips begin and end, the widest first."""
    size = statistics.median([piece.size for piece in pieces if piece.size] or [10.0])
    found: list[tuple[float, float]] = []
    end = min(piece.x1 for piece in pieces)
    for piece in sorted(pieces, key=lambda piece: piece.x0):
        if piece.x0 - end > _STRIP * size:
            found.append((end, piece.x0))
        end = max(end, piece.x1)
    return sorted(found, key=lambda strip: strip[0] - strip[1])


def bands_of(rows: Sequence[Row]) -> dict[int, list[list[Piece]]]:
    """Return the rows of key figures side by side, by the position of their first row."""
    found = {i: band for i in range(len(rows)) if (band := _tiles(rows, i))}
    for i in sorted(found):  # a name between two figures is that of the nearer one
        if i + 1 in found and i in found:
            gaps = [b[0].top - a[0].bottom for a, b in pairwise(rows[i : i + 3])]
            del found[i if gaps[1] < gaps[0] else i + 1]
    return found


def _tiles(rows: Sequence[Row], start: int) -> list[list[Piece]]:
    """Return the key figures side by side that begin at a row."""
    for end in range(start + 2, min(start + _TILES, len(rows)) + 1):
        inside = [piece for row in rows[start:end] for piece in row]
        edges = sorted(at for _, at in strips(inside))
        groups = [
            [piece for piece in inside if left <= piece.x0 < right]
            for left, right in pairwise([float("-inf"), *edges, float("inf")])
        ]
        if len(groups) > 1 and all(_is_tile(as_rows(group)) for group in groups):
            return groups
    return []


def _is_tile(rows: Sequence[Row]) -> bool:
    """Whether rows are a key figure: a large figure, and its name above or below it."""
    if len(rows) < 2:
        return False
    sizes = [max(piece.size for piece in row) for row in rows]
    large = max(range(len(rows)), key=sizes.__getitem__)
    figure = any(_FIGURE.search(piece.text) for piece in rows[large])
    names = [piece.text for i, row in enumerate(rows) if i != large for piece in row]
    if any(len(name) > _LONGEST_NAME or re.search("[。，；]", name) for name in names):
        return False
    return figure and large in (0, len(rows) - 1) and sizes[large] >= _LARGE * min(sizes)
