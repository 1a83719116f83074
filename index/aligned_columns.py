"""Lines of texts -> which column each text stands in.

A line with a text for every column shows where they are; the texts of the others are held against
those, and what stands between them is of further columns.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

from index.aligned_text import PLACES, Text, breadth, names, out_of_line

_UNBROKEN = re.compile(r"[A-Za-z0-9.,%‰/()+@_-]+|.")
_ONE_DECIMAL = re.compile(r"\d\.\d$")
_GAP = 2  # places between two columns at least
_PROSE = 24  # places of the texts of a page that is set in columns


class AlignedLines:
    """Neighbouring lines, by position, with the columns that their texts stand in."""

    def __init__(self, run: Mapping[int, Sequence[Text]], width: int) -> None:
        self._run = list(run)
        self._texts = [list(each) for each in run.values()]
        self._columns = self._in_columns(width)
        self._own = {text: i for i, column in enumerate(self._columns) for text in column}
        self._edges = [
            tuple(median(map(place, column)) for place in PLACES) for column in self._columns
        ]
        self._placed = [self._places(each) for each in self._texts]
        self._broken = self._broken_numbers()
        figures = sum(map(self._has_figures, range(len(self._run))))
        self._has_numbers = figures > 1
        self._longest = Counter[int]()
        for placed in self._placed:
            for column, text in placed.items():
                self._longest[column] = max(self._longest[column], breadth(text.plain))

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self._columns)

    def _in_columns(self, width: int) -> list[list[Text]]:
        """Return the texts of each column: of the whole rows, and what stands between those."""
        columns = [list(column) for column in zip(*self._whole_rows(width), strict=True)]
        spans = [(min(t.start for t in c), max(t.end for t in c)) for c in columns]
        between: list[list[Text]] = []
        for text in (text for each in self._texts for text in each):
            if any(text.start < end + _GAP and start < text.end + _GAP for start, end in spans):
                continue
            beside = next((c for c in between if _overlap(text, c)), None)
            if beside is None:
                between.append([text])
            else:
                beside.append(text)
        columns += [column for column in between if len(column) > 1]
        return sorted(columns, key=lambda column: median(text.start for text in column))

    def _whole_rows(self, width: int) -> list[list[Text]]:
        """Return the lines with a text for each of so many columns; those with figures, if any."""
        whole = [each for each in self._texts if len(each) == width]
        with_figures = [each for each in whole if any(text.is_figure for text in each[1:])]
        return with_figures if len(with_figures) > 1 else whole

    def _places(self, line: Sequence[Text]) -> dict[int, Text]:
        """Return the texts of a line by column."""
        if all(text in self._own for text in line):
            return {self._own[text]: text for text in line}
        if len(line) > self.width:
            return dict(enumerate(line))
        placed: dict[int, Text] = {}
        least = 0
        for left, text in zip(range(len(line), 0, -1), line, strict=True):
            columns = range(least, self.width - left + 1)  # the others stand to the right
            best = min(columns, key=lambda column: out_of_line(text, self._edges[column]))
            placed[best] = text
            least = best + 1
        return placed

    def _broken_numbers(self) -> set[tuple[int, int]]:
        """Return where, by line and column, pieces of numbers stand that are broken in two."""
        if not any(text.is_broken_number for each in self._texts for text in each):
            return set()
        found: set[tuple[int, int]] = set()
        last: dict[int, tuple[int, Text]] = {}
        for i, placed in enumerate(self._placed):
            for column, text in placed.items():
                if column in last:
                    above, piece = last[column]
                    cents = _ONE_DECIMAL.search(piece.plain) and re.fullmatch(r"\d", text.plain)
                    if piece.is_broken_number or cents:
                        found |= {(above, column), (i, column)}
                last[column] = i, text
        return found

    def apart(self) -> list[int]:
        """Return which lines hold one text alone that runs over several columns."""
        return [
            i for i, line in enumerate(self._texts) if len(line) == 1 and self._runs_over(line[0])
        ]

    def _runs_over(self, text: Text) -> bool:
        left = min(other.start for other in self._columns[1])
        return text.start < left and any(text.end > middle for _, middle, _ in self._edges[1:])

    def _is_prose(self) -> bool:
        """Whether the columns are those of a page, with running text in each."""
        return self.width < 4 and all(
            median(breadth(text.plain) for text in column) > _PROSE for column in self._columns
        )

    def _has_figures(self, i: int) -> bool:
        return any(
            column and text.is_figure and (i, column) not in self._broken
            for column, text in self._placed[i].items()
        )

    def _is_cut(self, piece: Text, more: Text, column: int) -> bool:
        """Whether a piece is so long that what follows did not fit on its line."""
        unbroken = _UNBROKEN.match(more.plain)
        slack = 2 if re.search("[A-Za-z0-9]", piece.plain) else 0  # they may be narrow or broad
        length = breadth(piece.plain) + breadth(unbroken[0] if unbroken else "")
        return length + slack > self._longest[column]

    def _split_names(self, i: int) -> None:
        """Take the texts of a line apart where only one space stands between two names."""
        self._texts[i] = [name for text in self._texts[i] for name in names(text)]
        self._placed[i] = self._places(self._texts[i])


def _overlap(text: Text, column: Sequence[Text]) -> bool:
    return any(text.start < other.end and other.start < text.end for other in column)
