"""A table of the report -> its header, row groups and rows, and the figures in its cells."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from index.columns import (
    below_header,
    column_names,
    column_periods,
    dates,
    header_size,
    names_all,
    same_words,
)
from index.grid import Grid, GridRow, read_grids
from index.quantity import (
    printed_unit,
    quantity,
    without_unit,
)
from index.table_rows import TOTAL, Row, RowReader

_YEAR = re.compile(r"(19|20)\d{2}")
_NOTE = re.compile(r"[（(]?(金额)?(单位|币种)")
_SPACED = re.compile(r" (?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff]) ")
_COUNTED = re.compile(r"年龄|序号|年限|排名|[人户家次股]数|数量$")  # a column of no money
_BUT_RATES = re.compile(r"(百分比|特别注明|另有注明|注明).{0,4}除外")


@dataclass(frozen=True, slots=True)
class Table:
    """A table: column names (from one or more header lines) and its rows.

    ``before`` are words that stand before it on its own ``lines``.
    """

    caption: str
    columns: tuple[str, ...]
    header: tuple[int, ...]
    rows: tuple[Row, ...]
    before: str = ""
    lines: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the report with all that says what it means.

    ``metric`` and ``group`` are labels; ``period`` is a year or "" where none is printed;
    ``scope`` is what the column says besides (a place, a company, a target); ``value`` is in
    ``unit`` as printed; ``line`` and ``column`` tell where it stands (column 0 is the first
    cell). ``note`` tells where the printed header cannot be right.
    """

    metric: str
    group: str
    scope: str
    period: str
    value: Decimal
    unit: str
    printed: str
    line: int
    column: int
    note: str = ""


def read_tables(
    lines: Sequence[str],
    first: int,
    caption: str = "",
    *,
    note: str = "",
    skip: Collection[int] = (),
) -> list[Table]:
    """Read the tables in neighbouring lines; ``first`` is the source line of ``lines[0]``.

    ``caption`` and ``note`` (of units) are what stands above; lines in ``skip`` are passed over.
    """  # fmt: skip
    grids = read_grids(lines, first, skip)
    return [
        _read(part, *((caption, note) if i == 0 else ("", "")))
        for i, grid in enumerate(grids)
        for part in _parts(grid)
    ]


def _parts(grid: Grid) -> list[Grid]:
    """Cut a table where a row gives its columns other dates: 2023年末 below 2023年."""
    top = grid.rows[:1]
    inner = range(2, len(grid.rows) - 1)
    starts = [i for i in inner if dates(grid.rows[i]) and not same_words(grid.rows[i], top[0])]
    if not starts or not dates(grid.rows[0]):
        return [grid]
    cuts = [0, *starts, len(grid.rows)]
    return [
        replace(grid, rows=grid.rows[a:b], before=grid.before if not a else "")
        for a, b in pairwise(cuts)
    ]


def _read(grid: Grid, caption: str, note: str) -> Table:
    rows = [row for row in grid.rows if any(row.cells)]
    header: list[int] = []
    words = f"{caption} {grid.before} {note}".strip()
    if not caption and len(grid.before) <= 40 and not _NOTE.match(grid.before):
        caption = grid.before
    while len(rows) > 1 and names_all(rows[0]) and not names_all(rows[1]):
        title = next(cell for cell in rows[0].cells if cell)
        words = f"{words} {title}"
        if not printed_unit(title) and (not caption or caption == grid.before):
            caption = title
        header.append(rows[0].lines[0])
        rows = rows[1:]
    if below_header(rows):
        rows = [rows[1], _spread(rows[0], len(rows[1].cells)), *rows[2:]]
    size = header_size(rows)
    columns = column_names(rows[:size])
    header += [row.lines[0] for row in rows[:size]]
    unit = next(filter(None, map(printed_unit, [caption, words, *columns[:1]])), "")
    body = [row for row in rows[size:] if not any(same_words(row, top) for top in rows[:size])]
    read = RowReader(columns, unit, rates_apart=_BUT_RATES.search(words) is not None)
    return Table(
        caption, columns, tuple(header), read.rows(body, rows[:size]), grid.before, grid.lines
    )


def _spread(row: GridRow, width: int) -> GridRow:
    """A row with its blank cells, merged with the one to their left, filled by it."""
    cells = [*row.cells, *[""] * width][:width]
    for i in range(2, width):
        cells[i] = cells[i] or cells[i - 1]
    return replace(row, cells=tuple(cells), full=tuple(cells))


def _unit(table: Table, row: Row, column: int) -> str:
    name = table.columns[column] if column < len(table.columns) else ""
    # a header of two lines may give it in the upper one: 培训时长（小时） 2023年
    parts = (name, *reversed(name.split(" ")))
    if own := next(filter(None, map(printed_unit, parts)), ""):
        return own
    return "" if _COUNTED.search(name) and "元" in row.unit else row.unit


def row_words(table: Table, row: Row) -> str:
    """Say a row in words: its labels, then each value with its unit behind its column name.

    A year that the header misprints is put right, as it is in the figures.
    """
    if not table.columns and "：" in row.cells[0]:  # each cell says what it is
        return "；".join(cell for cell in row.cells if cell)
    values = []
    periods = column_periods(table.columns, "")
    for i in row.values:
        name = table.columns[i] if i < len(table.columns) else ""
        if i < len(periods) and periods[i][2]:  # a year that is misprinted
            name = _YEAR.sub(f"{periods[i][0]}", name, count=1)
        amount = quantity(row.cells[i])
        bare = amount is not None and not amount[1]
        unit = _unit(table, row, i) if bare else ""
        if unit:  # it stands behind the value
            name = _without_unit(name)
        space = "" if unit in ("", "%", "‰") else " "
        values.append(f"{name} {row.cells[i]}{space}{unit}".strip())
    said = "；".join(values)
    label = _without_unit(row.label) if _says_unit(row) else row.label
    return f"{label}：{said}" if label else said


def _without_unit(name: str) -> str:
    return " ".join(filter(None, map(without_unit, name.split(" "))))


def _says_unit(row: Row) -> bool:
    """Whether the unit that the label gives stands behind each value."""
    amounts = [quantity(row.cells[i]) for i in row.values]
    return bool(amounts) and all(amount is not None and not amount[1] for amount in amounts)


def figures(table: Table, period: str = "") -> list[Figure]:
    """Return the figures in the cells; ``period`` is the year of the report."""
    return [figure for row in row_figures(table, period) for figure in row]


def row_figures(table: Table, period: str = "") -> list[list[Figure]]:
    """Return the figures in the cells of each row.

    ``period`` is the year of the report: that of a row's only value where its column names
    none, and what 本年 and 上年 count from; several values without a year may be of several years.
    """
    periods = column_periods(table.columns, period)
    return [_figures_of(table, row, periods, period) for row in table.rows]


def _figures_of(
    table: Table, row: Row, periods: Sequence[tuple[str, str, str]], period: str
) -> list[Figure]:
    labels = (_SPACED.sub("", label) for label in row.labels if label)  # 30 岁以下 is one label
    metric = " ".join(dict.fromkeys(labels))
    group = row.group
    if not group and TOTAL.fullmatch(metric):  # of what, the caption says
        group = without_unit(table.caption)
    default = period if len(row.values) == 1 else ""
    found: list[Figure] = []
    for i in row.values:
        amount = quantity(row.cells[i])
        if amount is None or not metric:
            continue
        year, scope, note = periods[i] if i < len(periods) else ("", "", "")
        if len(row.values) == 1 and not year:
            scope = ""
        found.append(
            Figure(
                metric, group, scope, year or default, amount[0],
                amount[1] or _unit(table, row, i), row.cells[i], row.line, i, note,
            )
        )  # fmt: skip
    return found
