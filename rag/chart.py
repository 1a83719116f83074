"""The rows that an answer cites -> a chart, where they are years of a row or parts of a whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from index.passage import FigureEntry
from index.store import Index
from rag import asked, labels, periods, wording
from rag.answer import Answer, Citation

FEWEST = 2  # points
_WHOLE = Decimal(100)
_SLACK = Decimal(
    "0.1"
)  # what the rounding of printed percentages may leave between their sum and 100
_REST = {"zh": "其余（计算得出）", "en": "the rest (computed)"}
_DOUBTFUL = {
    "zh": "表头的年份有误印，此处按列序推定。",
    "en": "A year in the table's header is misprinted; the years here go by the columns' order.",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a chart: ``value`` in the chart's unit, ``printed`` as the report has it.

    ``citations`` are the numbers of the citations, ``lines`` the source lines it stands on; a
    computed figure has those of all that it is computed from, and its working as ``printed``.
    """

    label: str
    value: Decimal
    printed: str
    citations: tuple[int, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A series of years, or the parts of a whole, in the language of the answer.

    ``citations`` are those of the answer that the points are from; ``note`` says what to mind.
    """

    kind: Literal["years", "parts"]
    title: str
    unit: str
    language: str
    points: tuple[Point, ...]
    citations: tuple[Citation, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """A cited row of a table with its cells in one unit, by year."""

    citation: Citation
    cells: dict[str, FigureEntry]

    @property
    def any(self) -> FigureEntry:
        return next(iter(self.cells.values()))

    @property
    def unit(self) -> str:
        return self.any.figure.unit


def chart_of(index: Index, answer: Answer) -> Chart | None:
    """Return the chart of an answer; None where its cited rows make none.

    A row is drawn over its years where the answer is about no other row like it. Parts are drawn
    where they sum to their total or to 100 %; of a share, the rest of the whole is computed.
    """
    if not answer.answered:
        return None
    rows = [row for citation in answer.citations if (row := _row(index, citation))]
    years = periods.years(answer.question)
    series = len(years) > 1 or periods.trend(answer.question) or asked.change(answer.question)
    parts = None if series else _parts(index, answer, rows, years)
    return parts or _years(answer, rows, years, series=series)


def _row(index: Index, citation: Citation) -> _Row | None:
    """Return the row that a citation quotes, where it has one figure for each of its years."""
    found = [
        entry
        for entry in index.figures
        if entry.quote == citation.quote and index.passages[entry.passage].id == citation.passage.id
    ]
    cells = [entry for entry in found if entry.figure.line == found[0].figure.line]
    by_year = {entry.figure.period: entry for entry in cells}
    alike = {(entry.figure.scope, entry.figure.unit) for entry in cells}
    return _Row(citation, by_year) if len(by_year) == len(cells) and len(alike) == 1 else None


def _years(
    answer: Answer, rows: Sequence[_Row], years: Sequence[str], *, series: bool
) -> Chart | None:
    """Draw the first row that has several years, from the first to the last that is asked for."""
    first, last = (years[0], years[-1]) if len(years) > 1 else ("", "9999")
    for row in rows:
        periods = [year for year in sorted(row.cells) if year and first <= year <= last]
        # a question about years is answered by its best row, others by all that they cite
        rivals = [other for other in rows if other.unit == row.unit and other is not row]
        if series:
            rivals = [other for other in rivals if labels.group(row.any) and _siblings(row, other)]
        if len(periods) >= FEWEST and not rivals:
            cells = [(year, row.cells[year], row.citation) for year in periods]
            return _chart("years", labels.row_title(row.any, answer.language), answer, cells)
    return None


def _siblings(row: _Row, other: _Row) -> bool:
    """Whether two rows stand in one table and group and have the same unit and years."""
    keys = [(r.any.passage, r.unit, labels.group(r.any), set(r.cells)) for r in (row, other)]
    return keys[0] == keys[1]


def _parts(
    index: Index, answer: Answer, rows: Sequence[_Row], years: Sequence[str]
) -> Chart | None:
    """Draw rows of one table that together are a whole, for one year."""
    for first in rows:
        alike = [row for row in rows if _siblings(first, row)]
        wanted = [*years, index.manifest.year, *sorted(first.cells, reverse=True)]
        year = next(year for year in wanted if year in first.cells)
        cells = [(row.cells[year], row.citation) for row in alike]
        if len(cells) >= FEWEST and (group := labels.group(first.any)):
            # those of the group that are not cited stand in the same passage
            cited = {cell.figure.line: citation for cell, citation in cells}
            cells = [
                (cell, cited.get(cell.figure.line, first.citation))
                for cell in _column(index, first.cells[year])
                if labels.group(cell) == group
            ]
        if chart := _whole(index, answer, cells):
            return chart
    if len(rows) == FEWEST and asked.share(answer.question):
        return _part_of(index, answer, rows, years)
    return None


def _column(index: Index, cell: FigureEntry) -> list[FigureEntry]:
    """Return the figures of the same table, year and unit."""
    key = (cell.passage, cell.figure.period, cell.figure.unit, cell.figure.scope)
    return [
        entry
        for entry in index.figures
        if (entry.passage, entry.figure.period, entry.figure.unit, entry.figure.scope) == key
    ]


def _whole(
    index: Index, answer: Answer, cells: Sequence[tuple[FigureEntry, Citation]]
) -> Chart | None:
    """Draw cells that sum to another one of their table, or as shares of a group to 100 %."""
    if any(cell.figure.value < 0 for cell, _ in cells):
        return None
    group = labels.group(cells[0][0])
    for total in [*_column(index, cells[0][0]), None]:
        parts = [(cell, citation) for cell, citation in cells if cell is not total]
        if len(parts) < FEWEST or (total and group and labels.group(total) == group):
            continue
        summed = sum(cell.figure.value for cell, _ in parts)
        if total:
            # small numbers add up by chance: without a group the total must stand beside its parts
            lines = [cell.figure.line for cell, _ in parts]
            block = sorted([*lines, total.figure.line])
            joined = block == list(range(block[0], block[0] + len(block)))
            ends = total.figure.line in (block[0], block[-1])
            whole = summed == total.figure.value and (bool(group) or (joined and ends))
        else:
            shares = bool(group) and cells[0][0].figure.unit == "%"
            whole = shares and abs(summed - _WHOLE) <= _SLACK * len(parts)
        if whole:
            named = [(labels.part_label(cell, answer.language), cell, c) for cell, c in parts]
            title = labels.whole_title(parts[0][0], total, answer.language)
            return _chart("parts", title, answer, named)
    return None


def _part_of(
    index: Index, answer: Answer, rows: Sequence[_Row], years: Sequence[str]
) -> Chart | None:
    """Draw a part and the rest of its whole, where the answer is about this share."""
    year = (years or [index.manifest.year])[0]
    cells = [(row.cells[year], row.citation) for row in rows if year in row.cells]
    if len(cells) < FEWEST or len({cell.figure.unit for cell, _ in cells}) > 1:
        return None
    (part, citation), (whole, of) = sorted(cells, key=lambda cell: cell[0].figure.value)
    # R&D costs have a share of the revenue, and are no part of it
    belongs = labels.group(part) or labels.is_total(whole)
    if part.passage != whole.passage or not belongs or labels.group(whole) or part.figure.value < 0:
        return None
    label = labels.part_label(part, answer.language)
    title = labels.whole_title(part, whole, answer.language)
    drawn = _chart("parts", title, answer, [(label, part, citation)])
    rest = whole.figure.value - part.figure.value
    computed = Point(
        _REST[answer.language],
        rest * labels.scale_of(part.figure.unit, answer.language)[0],
        f"{whole.figure.value:,} − {part.figure.value:,} = {rest:,}",
        (citation.number, of.number),
        (part.figure.line, whole.figure.line),
    )
    return replace(drawn, points=(*drawn.points, computed), citations=(citation, of))


def _chart(
    kind: Literal["years", "parts"],
    title: str,
    answer: Answer,
    cells: Iterable[tuple[str, FigureEntry, Citation]],
) -> Chart:
    cells = list(cells)
    scale, unit = labels.scale_of(cells[0][1].figure.unit, answer.language)
    points = tuple(
        Point(
            label, cell.figure.value * scale, wording.printed_value(cell.figure, "zh"),
            (citation.number,), (cell.figure.line,),
        )
        for label, cell, citation in cells
    )  # fmt: skip
    cited = tuple(dict.fromkeys(citation for _, _, citation in cells))
    doubtful = any(cell.figure.note for _, cell, _ in cells)
    note = _DOUBTFUL[answer.language] if doubtful else ""
    return Chart(kind, title, unit, answer.language, points, cited, note)
