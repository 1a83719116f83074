"""Tables set in columns by spaces, as `pdftotext -layout` writes them -> lines with tabs.

Each row stands on its first line, with tabs between its cells; BELOW stands on the other lines
that it takes, so that every line keeps its number.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import pvariance

from index.aligned_rows import AlignedTable
from index.aligned_text import PLACES, Text, texts
from index.grid import BELOW
from index.titles import number_rank

_NO_CELL = re.compile(r"[□√☐☑■|<\t]|\.{4,}|…{2,}|·{4,}")
_NOTE = re.compile(r"[。；：:]$|单位[：:]|^注\s*\d*[：:]")
_NEW_PAGE = "\f"
_NOTHING, _BLANK, _PAGE, _OTHER = "nothing", "blank", "page", "other"
_NEAR = 3  # lines above a page break, among which one is of a table that goes on
_FEWEST = 3  # rows with blank lines between them
_TALLEST = 8  # lines of such a row

Run = Mapping[int, Sequence[Text]]  # the texts of neighbouring lines, by position


def with_tabs(lines: Sequence[str], skip: Collection[int] = ()) -> tuple[str, ...]:
    """Return as many lines, those of aligned tables as rows with tabs between their cells.

    Positions in ``skip`` are of no table: page numbers, running headers, the contents list.
    """
    found = list(lines)
    runs = _runs(lines, skip)
    read = [
        [{i: texts(lines[i], wide=wide) for i in run} for run in runs] for wide in (False, True)
    ]
    for run in min(read, key=_out_of_line):  # whether a Chinese character takes one place or two
        for table in _tables(run):
            rows = list(table.rows())
            for positions, cells in rows:
                found[positions[0]] = "\t".join(cells)
                for position in positions[1:]:
                    found[position] = BELOW
            for (above, _), (below, _) in pairwise(rows):  # blank lines between two rows
                between = range(above[-1] + 1, below[0])
                if not any(lines[i].strip() or i in skip for i in between):
                    found[above[-1] + 1 : below[0]] = [BELOW] * len(between)
    return tuple(found)


def _runs(lines: Sequence[str], skip: Collection[int]) -> list[list[int]]:
    """Return the positions of lines in which a table may stand: those right below one another; a
    page break may stand between two, and a blank line, where one does between any two rows.
    """
    groups: list[list[int]] = []
    beside: list[str] = []  # what stands between a group and the one before
    between = _OTHER
    for i, line in enumerate(lines):
        if i in skip or not line.strip():
            page = i in skip or _NEW_PAGE in line or between == _PAGE
            between = _PAGE if page else _BLANK if between == _NOTHING else _OTHER
        elif _is_apart(line) and not _names_rows(lines, i):
            between = _OTHER
        else:
            if between == _NOTHING:
                groups[-1].append(i)
            else:
                groups.append([i])
                beside.append(between)
            between = _NOTHING
    return list(_across_gaps(lines, groups, beside))


def _names_rows(lines: Sequence[str], position: int) -> bool:
    """Whether a line between two of a table names the rows below it: 流动资产："""
    beside = [*lines[max(position - 1, 0) : position], *lines[position + 1 : position + 2]]
    return lines[position].rstrip().endswith(("：", ":")) and all(
        len(texts(line)) > 1 for line in beside
    )


def _across_gaps(
    lines: Sequence[str], groups: Sequence[list[int]], beside: Sequence[str]
) -> Iterator[list[int]]:
    at = 0
    while at < len(groups):
        stop = at + 1
        while stop < len(groups) and beside[stop] == _BLANK and _is_row(lines, groups[stop]):
            stop += 1
        if stop - at < _FEWEST or not _is_row(lines, groups[at]):
            stop = at + 1
            while stop < len(groups) and beside[stop] == _PAGE:
                if not _goes_on(lines, groups[stop - 1], groups[stop]):
                    break
                stop += 1
        yield [i for group in groups[at:stop] for i in group]
        at = stop


def _is_row(lines: Sequence[str], group: Sequence[int]) -> bool:
    """Whether lines may be one row, whose cells take several."""
    found = [texts(lines[i]) for i in group]
    broken = any(text.may_be_broken for each in found for text in each)
    figures = sum(any(text.is_figure for text in each[1:]) for each in found) - 2 * broken
    return len(group) <= _TALLEST and max(map(len, found)) > 1 >= figures


def _goes_on(lines: Sequence[str], above: Sequence[int], below: Sequence[int]) -> bool:
    """Whether a table above a page break may go on below it."""
    near = any(len(texts(lines[i])) > 1 for i in above[-_NEAR:])
    return near and len(texts(lines[below[0]])) > 1


def _is_apart(line: str) -> bool:
    """Whether a line is of no table: a title, a sentence that ends, a note, a table with marks."""
    if _NO_CELL.search(line):
        return True
    alone, text = len(texts(line)) < 2, line.strip()
    return alone and bool(_NOTE.search(text) or number_rank(text) is not None)


def _out_of_line(runs: Sequence[Run]) -> float:
    """Return how far the texts of columns are out of line, in rows that have as many."""
    total = 0.0
    for run in runs:
        for width in {len(each) for each in run.values()} - {1}:
            rows = [each for each in run.values() if len(each) == width]
            for column in list(zip(*rows, strict=True))[1:]:
                total += min(pvariance([place(text) for text in column]) for place in PLACES)
    return total


def _tables(run: Run) -> Iterator[AlignedTable]:
    """Yield the tables of a run of lines; a line that runs over several columns parts them."""
    counts = [len(each) for each in run.values() if len(each) > 1]
    if len(counts) < 2:
        return
    repeated = (number for number, times in Counter(counts).items() if times > 1)
    table = AlignedTable(run, max(counts[0], *repeated, 2))
    if not (apart := table.apart()):
        yield table
        return
    positions = list(run)
    for start, stop in pairwise([-1, *apart, len(positions)]):
        yield from _tables({i: run[i] for i in positions[start + 1 : stop]})
