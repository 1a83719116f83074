"""Tell on which lines of a report a piece of its text stands."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate


class ReportText:
    """The text of a report in one piece, which knows its lines."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.text = "\n".join(lines)
        self._starts = [0, *accumulate(len(line) + 1 for line in lines)]

    def span(self, start: int, length: int) -> tuple[int, int]:
        """Give the first and last line, from 1, of ``length`` characters from ``start`` on."""
        last = start + max(length, 1) - 1
        return bisect_right(self._starts, start), bisect_right(self._starts, last)
