"""Lines of texts in columns -> the rows of a table.

A line with a text for every column is a row; the texts of the others are held against those. The
pieces of a cell that takes several lines stand below one another, and the cells beside it on the
first of these lines or in the middle of them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from statistics import median

from index.aligned_columns import AlignedLines
from index.aligned_text import Text, is_number, texts

_DATED = re.compile(r"(?:19|20)\d{2}\s*年?度?\s*[末初底]?")
_LATIN = re.compile(r"[A-Za-z]")
_ADDRESS = re.compile(r"[@/]|www")
_NAMES_ROWS = re.compile(r"[按分]\S{1,10}|其中[：:]?")
_ENOUGH = 0.25  # share of the lines that hold a row's figures, or all of its texts


@dataclass(slots=True)
class _Row:
    """The lines that a row takes, and the pieces of its cells by column; how many of them stand
    above the line of its other cells, and how many below.
    """

    lines: list[int]
    cells: dict[int, list[Text]]
    above: Counter[int] = field(default_factory=Counter)
    below: Counter[int] = field(default_factory=Counter)

    def take(self, line: int, pieces: Mapping[int, Text], *, above: bool = False) -> None:
        """Add pieces of a line below all others, or ``above`` the line that the row stands on."""
        self.lines = sorted([*self.lines, line])
        for column, piece in pieces.items():
            cell = self.cells.setdefault(column, [])
            cell.insert(self.above[column] if above else len(cell), piece)
            (self.above if above else self.below)[column] += 1


class AlignedTable(AlignedLines):
    """Lines of texts in columns, of which some make up a row together."""

    def rows(self) -> Iterator[tuple[list[int], list[str]]]:
        """Yield the header as one row, and the rows: their positions, and their cells.

        None where the lines are no table, or cannot be told apart.
        """
        if self._is_prose():
            return
        body = self._body()
        for i in range(len(self._run)):  # names of columns may have one space between them
            if i < body or (self._has_numbers and not self._has_figures(i)):
                self._split_names(i)
        top = next((i for i in range(body) if not self._is_title(i)), body)
        found = self._grouped(top)
        if not found and self._has_rows():
            rows = self._rows(top, body)
            found = rows if len(rows) > 1 and _is_sound(rows) else []
        for row in found:
            width = max(self.width, max(row.cells, default=0) + 1)
            yield row.lines, [_joined(row.cells.get(i, ())) for i in range(width)]

    def _has_rows(self) -> bool:
        """Whether enough lines hold figures, or nearly as many texts as there are columns."""
        least = max(2, self.width - 2)
        whole = sum(
            self._has_figures(i) if self._has_numbers else len(placed) >= least
            for i, placed in enumerate(self._placed)
        )
        return whole >= _ENOUGH * len(self._run)

    def _body(self) -> int:
        """Return where the rows begin: at the first with a figure, else below a line of names."""
        if not self._has_numbers:
            return next(i for i, line in enumerate(self._texts) if len(line) > 1) + 1
        first = body = next(i for i in range(len(self._run)) if self._has_figures(i))
        while body and self._is_above(body - 1, first):
            body -= 1
        return body

    def _is_above(self, i: int, first: int) -> bool:
        """Whether a line is no part of the header, but above the first row with figures: a label,
        the beginning of a number, pieces of cells that go on below it.
        """
        columns, mirrored = set(self._placed[i]), 2 * first - i  # as far below as it is above
        around = mirrored < len(self._run) and columns == set(self._placed[mirrored])
        around = around and not self._has_figures(mirrored)
        return columns == {0} or around or any((i, column) in self._broken for column in columns)

    def _is_title(self, i: int) -> bool:
        return len(self._texts[i]) == 1 and 0 in self._placed[i]

    def _grouped(self, top: int) -> list[_Row]:
        """Return the rows where a blank line stands between any two of them, else none."""
        starts = [i for i in range(top + 1, len(self._run)) if self._run[i] > self._run[i - 1] + 1]
        groups = [range(a, b) for a, b in pairwise([top, *starts, len(self._run)])]
        if len(groups) < 3 or any(sum(map(self._has_figures, group)) > 1 for group in groups):
            return []
        rows = [self._header(groups[0])]
        for group in groups[1:]:
            row = _Row([self._run[group[0]]], dict(self._pieces(group[0])))
            for i in group[1:]:
                row.take(self._run[i], self._placed[i])
            rows.append(row)
        return rows

    def _rows(self, top: int, body: int) -> list[_Row]:
        rows = [self._header(range(top, body))] if top < body else []
        waiting: list[int] = []  # lines of pieces of the row above or the one below
        for i in range(body, len(self._run)):
            if not self._begins_row(i, rows[-1] if rows and not waiting else None):
                waiting.append(i)
                continue
            row = _Row([self._run[i]], self._pieces(i))
            rows += [*self._shared(rows[-1] if rows else None, waiting, row), row]
            waiting = []
        if rows:
            self._shared(rows[-1], waiting, None)
        _put_labels_on_top(rows[top < body :])
        return rows

    def _pieces(self, i: int) -> dict[int, list[Text]]:
        return {column: [text] for column, text in self._placed[i].items()}

    def _begins_row(self, i: int, above: _Row | None) -> bool:
        """Whether a line holds more than pieces of cells of the rows around it."""
        placed = self._placed[i]
        if self._has_figures(i) or len(placed) >= self.width:
            return True
        if set(placed) == {0} and 0 < i < len(self._run) - 1:  # pieces above and below the label
            return not any(0 in self._placed[k] or self._has_figures(k) for k in (i - 1, i + 1))
        if 2 * len(placed) >= self.width > 2:
            return not (above and self._goes_on(above, i))
        pieces = above and (
            set(placed) <= set(above.cells) if self._has_numbers else self._goes_on(above, i)
        )
        return len(placed) > 1 and 0 in placed and not pieces

    def _goes_on(self, row: _Row, i: int) -> bool:
        """Whether the texts of a line go on with the cells of a row above, broken at the edge."""
        placed = self._placed[i]
        if any(_NAMES_ROWS.fullmatch(text.plain) for text in placed.values()):
            return False
        return all(
            column in row.cells and self._is_cut(row.cells[column][-1], text, column)
            for column, text in placed.items()
        )

    def _shared(
        self, before: _Row | None, waiting: Sequence[int], after: _Row | None
    ) -> list[_Row]:
        """Give the lines between two rows to the one or the other; return those that are rows of
        their own, as they name the rows below.
        """
        own: list[_Row] = []
        leading = False  # what is above the next row is not below the last one
        for i in waiting:
            pieces, line = self._placed[i], self._run[i]
            columns = set(pieces)
            earlier = before if before and not leading and not own else None
            if earlier and all(earlier.below[c] < earlier.above[c] for c in columns):
                earlier.take(line, pieces)
            elif after and not columns & set(after.cells) - set(after.above):
                leading = True
                after.take(line, pieces, above=True)
            elif earlier and self._goes_on(earlier, i):
                earlier.take(line, pieces)
            elif after and self._leads(after, pieces):
                leading = True
                after.take(line, pieces, above=True)
            elif after and columns == {0} and not leading:
                own.append(_Row([line], self._pieces(i)))
            elif earlier and columns != {0} and columns <= set(earlier.cells):
                earlier.take(line, pieces)
        return own

    def _leads(self, row: _Row, pieces: Mapping[int, Text]) -> bool:
        """Whether pieces begin cells of the row below, which go on there."""
        return all(
            row.above[column]
            or (column in row.cells and self._is_cut(piece, row.cells[column][0], column))
            for column, piece in pieces.items()
        )

    def _header(self, span: range) -> _Row:
        """Read the lines of a header as one row; a year stands above all columns that are of it."""
        cells: dict[int, list[Text]] = {}
        for i in span:
            pieces = self._placed[i] | self._years_above(i, span, set(cells))
            for column, text in pieces.items():
                cells.setdefault(column, []).append(text)
        return _Row([self._run[i] for i in span], cells)

    def _years_above(self, i: int, span: range, named: Set[int]) -> dict[int, Text]:
        """Return the years of a line of a header by the columns that are named only below it."""
        placed = self._placed[i]
        below = {column for k in span if k > i for column in self._placed[k]} - named
        years = {column: text for column, text in placed.items() if _DATED.fullmatch(text.plain)}
        if not years or not set(years) <= below:
            return {}
        names = [self._placed[k] for k in span if k > i]
        return {
            column: min(
                years.values(), key=partial(_apart, [p[column] for p in names if column in p])
            )
            for column in below - {0}
            if column in years or column not in placed
        }


def _is_sound(rows: Sequence[_Row]) -> bool:
    """Whether no figure has anything of another cell in it, and no number is broken."""
    cells = [cell for row in rows for cell in row.cells.values()]
    if any(text.is_broken_number for cell in cells for text in texts(_joined(cell))):
        return False
    return not any(
        len(cell) > 1 and any(text.is_figure for text in cell) and not is_number(_joined(cell))
        for cell in cells
    )


def _apart(names: Sequence[Text], text: Text) -> float:
    """How far the middle of a text is from that of others."""
    middles = [(each.start + each.end) / 2 for each in names]
    return abs((text.start + text.end) / 2 - float(median(middles)))


def _put_labels_on_top(rows: Sequence[_Row]) -> None:
    """Put labels that stand in the middle of the rows that they are of on the first of those."""
    if not rows or 0 in rows[0].cells:
        return
    start = 0
    moves: list[tuple[int, int]] = []
    for i, row in enumerate(rows):
        if 0 in row.cells:
            between = row.above[0] == len(row.cells[0])  # it stands between two rows
            last = 2 * i - start - between
            if i < start or last >= len(rows):
                return
            moves.append((i, start))
            start = last + 1
    if start == len(rows):
        for i, first in moves:
            rows[first].cells[0] = rows[i].cells.pop(0)


def _joined(pieces: Sequence[Text]) -> str:
    """Join the pieces of a cell: a space between two words that are not Chinese."""
    text = ""
    for piece in (piece.plain for piece in pieces):
        words = _LATIN.search(text[-1:]) and _LATIN.match(piece) and not _ADDRESS.search(text)
        text += f" {piece}" if words else piece
    return text
