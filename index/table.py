"""A table of the report -> its header, row groups and rows, and the figures in its cells."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from index.grid import Grid, GridRow, read_grids
from index.quantity import (
    NUMBER,
    is_amount,
    is_unit,
    printed_unit,
    quantity,
    without_unit,
)

_NO_UNIT = frozenset({"/", "-", "—", "－"})
_YEAR = re.compile(r"(19|20)\d{2}")
_DATED = re.compile(r"(19|20)\d{2}\s*年?度?\s*(末|底|全年|1\s*[-—]\s*12\s*月|12\s*月\s*31\s*日)?")
_THIS_YEAR = re.compile(
    r"(本|当)(年|期|报告期)(度|末)?(金额|余额|数)?|(期|年)末(余额|数)?|报告期末?"
)
_LAST_YEAR = re.compile(
    r"上(年|期|年度)(同期|末)?(金额|余额|数)?|(期|年)初(余额|数)?|(上年)?同期(数)?|上年年?末"
)
_HEADER_NAME = re.compile(r".{0,6}(指标|项目|类别|名称|内容)|indicators?|items?", re.IGNORECASE)
_UNIT_COLUMN = re.compile(r"(计量)?单位|unit", re.IGNORECASE)
_COUNTING_COLUMN = re.compile(r"序号|编号|no\.?", re.IGNORECASE)
_NOTE = re.compile(r"[（(]?(金额)?(单位|币种)")
_RATE = re.compile(r"(率|占比|比例|比重|比率)$")
_BUT_RATES = re.compile(r"(百分比|特别注明|另有注明|注明).{0,4}除外")


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: its source line, cells by column, the group it stands in, its labels and unit,
    and the columns of its values.

    ``text`` is how the row stands in its passage; ``last`` is its last source line.
    """

    line: int
    cells: tuple[str, ...]
    group: str
    labels: tuple[str, ...]
    unit: str
    values: tuple[int, ...]
    text: str = ""
    last: int = 0

    @property
    def label(self) -> str:
        """Group and labels in one, each once."""
        return " ".join(dict.fromkeys(part for part in (self.group, *self.labels) if part))


@dataclass(frozen=True, slots=True)
class Table:
    """A table: column names (from one or more header lines) and its rows.

    ``before`` are words that stand before it on its own lines, from source line ``line``.
    """

    caption: str
    columns: tuple[str, ...]
    header: tuple[int, ...]
    rows: tuple[Row, ...]
    before: str = ""
    line: int = 0


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
    return [_read(grid, *((caption, note) if i == 0 else ("", ""))) for i, grid in enumerate(grids)]


def _read(grid: Grid, caption: str, note: str) -> Table:
    rows = [row for row in grid.rows if any(row.cells)]
    header: list[int] = []
    words = f"{caption} {grid.before} {note}".strip()
    if not caption and len(grid.before) <= 40 and not _NOTE.match(grid.before):
        caption = grid.before
    while len(rows) > 1 and _names_all(rows[0]) and not _names_all(rows[1]):
        title = next(cell for cell in rows[0].cells if cell)
        words = f"{words} {title}"
        if not printed_unit(title) and (not caption or caption == grid.before):
            caption = title
        header.append(rows[0].lines[0])
        rows = rows[1:]
    size = _header_size(rows)
    columns = _columns(rows[:size])
    header += [row.lines[0] for row in rows[:size]]
    unit = next(filter(None, map(printed_unit, [caption, words, *columns[:1]])), "")
    body = [row for row in rows[size:] if not any(_same(row, top) for top in rows[:size])]
    read = _Rows(columns, unit, rates_apart=_BUT_RATES.search(words) is not None)
    return Table(
        caption, columns, tuple(header), read.rows(body, rows[:size]), grid.before, grid.line
    )


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell)


def _names_all(row: GridRow) -> bool:
    """Whether a row holds one text, perhaps merged over all columns."""
    texts = {cell for cell in row.full if cell}
    one = _filled(row.cells) == 1 or (len(row.full) > 2 and len(texts) == 1 and all(row.full))
    return one and not is_amount(next(iter(texts)))


def _same(row: GridRow, other: GridRow) -> bool:
    return re.sub(r"\s", "", "\t".join(row.full)) == re.sub(r"\s", "", "\t".join(other.full))


def _header_size(rows: Sequence[GridRow]) -> int:
    """How many header lines: none where the first line has values, more where the next ones
    only refine it.
    """
    if not rows:
        return 0
    marked = next((i for i, row in enumerate(rows) if not row.header), len(rows))
    first = rows[0].cells
    if not marked:
        if len(rows) < 2 or any(is_amount(c) or re.search(r"\d{5,}", c) for c in first):
            return 0
        label_value = all(len(row.cells) <= 2 for row in rows) and _filled(first) == 2
        named = _HEADER_NAME.fullmatch(first[0]) and _YEAR.match(first[-1])
        if label_value and not named and re.search(r"[@\d]", first[-1]):
            return 0
    size = max(marked, 1)
    while size < len(rows) - 1 and size < 4 and _refines(rows[size - 1], rows[size], rows[0]):
        size += 1
    return size


def _refines(above: GridRow, row: GridRow, first: GridRow) -> bool:
    """Whether a row only parts the columns that the header row above it names."""
    merged = row.full[0] in ("", first.full[0]) and len(set(row.full)) > 1
    parted = "" in above.cells[1:] or len(set(above.full)) < len(above.full)
    values = any(is_amount(cell) and not _YEAR.match(cell) for cell in row.cells)
    return merged and parted and _filled(row.cells) > 1 and not values


def _columns(header: Sequence[GridRow]) -> tuple[str, ...]:
    if not header:
        return ()
    names = [list(row.full) for row in header]
    for above, below in pairwise(names):
        for i in range(1, len(above)):  # a cell that is merged over those it names
            if not above[i] and i < len(below) and below[i]:
                above[i] = above[i - 1]
    width = len(names[0]) if len(names) == 1 else max(map(len, names))
    return tuple(
        " ".join(dict.fromkeys(row[i] for row in names if i < len(row) and row[i]))
        for i in range(width)
    )


class _Rows:
    """Reads the rows below a header; what a row leaves out stands in one above it."""

    def __init__(self, columns: Sequence[str], unit: str, *, rates_apart: bool) -> None:
        self.columns = columns
        self.unit = unit
        self.rates_apart = rates_apart
        self.unit_at = next(
            (i for i, name in enumerate(columns) if i and _UNIT_COLUMN.fullmatch(name)), None
        )
        self.counted = bool(columns) and _COUNTING_COLUMN.fullmatch(columns[0]) is not None

    def rows(self, body: Sequence[GridRow], header: Sequence[GridRow]) -> tuple[Row, ...]:
        """Read the rows, the header left out."""
        body = [self._shifted(row, header) for row in body]
        label_end = self._label_end(body)
        found: list[Row] = []
        group, inherited, unit = "", "", ""
        for position, row in enumerate(body):
            if len(self.columns) > 1 and _names_all(row) and row.cells[0]:
                group, inherited = row.cells[0], ""  # a line that only names the rows below it
                continue
            inherited = row.full[0] or inherited  # the first cell may be merged over several rows
            filled = (inherited, *row.full[1:])
            labels = [] if self.counted else [inherited]
            labels += filled[1:label_end]
            if self.unit_at is None:
                unit = self._own_unit(inherited)
            elif self.unit_at < len(filled) and (cell := filled[self.unit_at]):
                below = body[position + 1] if position + 1 < len(body) else row
                merged = self.unit_at == label_end and "" in (row.cells[0], below.cells[0])
                if merged and cell not in _NO_UNIT and not is_unit(cell):
                    labels.append(cell)  # a label in the unit column: the unit stands above
                else:
                    unit = "" if cell in _NO_UNIT else cell
            values = tuple(
                i for i in range(label_end, len(row.cells)) if row.cells[i] and i != self.unit_at
            )
            cells = (inherited, *row.cells[1:])
            found.append(
                Row(row.lines[0], cells, group, tuple(labels), unit, values, row.text, row.lines[1])
            )
        return tuple(found)

    def _own_unit(self, label: str) -> str:
        if self.rates_apart and _RATE.search(label):
            return "%"
        return printed_unit(label) or self.unit

    def _shifted(self, row: GridRow, header: Sequence[GridRow]) -> GridRow:
        """A row whose first cell is merged over two columns, like that of the header above it."""
        cells = row.cells
        if row.full is cells and len(header) == 1 and len(cells) == len(self.columns) > 2:
            top = header[0].cells
            if top[0] and not top[1] and all(cells[:-1]) and not cells[-1]:
                moved = (cells[0], "", *cells[1:-1])
                return replace(row, cells=moved, full=moved)
        return row

    def _label_end(self, body: Sequence[GridRow]) -> int:
        """The column behind the labels: that of the unit, else the first with numbers or a year."""
        columns, unit_at = self.columns, self.unit_at
        dated = (
            i for i, name in enumerate(columns) if i and (_YEAR.search(name) or _relative(name))
        )
        year_at = next(dated, 1)
        if (
            unit_at is not None
            and (unit_at < year_at or year_at <= 1)
            and unit_at < len(columns) - 1
        ):
            return unit_at
        end = 2 if self.counted and len(columns) > 2 else 1
        while end < year_at and not any(
            is_amount(row.full[end]) for row in body if end < len(row.full)
        ):
            end += 1
        return end


def _relative(name: str) -> int | None:
    """0 where a column is of this year, -1 where it is of the last one, else None."""
    bare = without_unit(name)
    if _THIS_YEAR.fullmatch(bare):
        return 0
    return -1 if _LAST_YEAR.fullmatch(bare) else None


def _unit(table: Table, row: Row, column: int) -> str:
    named = printed_unit(table.columns[column]) if column < len(table.columns) else ""
    return named or row.unit


def row_words(table: Table, row: Row) -> str:
    """Say a row in words: its labels, then each value with its unit behind its column name."""
    if not table.columns and "：" in row.cells[0]:  # each cell says what it is
        return "；".join(cell for cell in row.cells if cell)
    values = []
    for i in row.values:
        name = table.columns[i] if i < len(table.columns) else ""
        bare = NUMBER.fullmatch(row.cells[i]) is not None
        unit = _unit(table, row, i) if bare else ""
        space = "" if unit in ("", "%", "‰") else " "
        values.append(f"{name} {row.cells[i]}{space}{unit}".strip())
    said = "；".join(values)
    return f"{row.label}：{said}" if row.label else said


def figures(table: Table, period: str = "") -> list[Figure]:
    """Return the figures in the cells; ``period`` is the year of the report."""
    return [figure for row in row_figures(table, period) for figure in row]


def row_figures(table: Table, period: str = "") -> list[list[Figure]]:
    """Return the figures in the cells of each row.

    ``period`` is the year of the report: that of a row's only value where its column names
    none, and what 本年 and 上年 count from; several values without a year may be of several years.
    """
    periods = _column_periods(table.columns, period)
    return [_figures_of(table, row, periods, period) for row in table.rows]


def _figures_of(
    table: Table, row: Row, periods: Sequence[tuple[str, str, str]], period: str
) -> list[Figure]:
    metric = " ".join(dict.fromkeys(label for label in row.labels if label))
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
                metric, row.group, scope, year or default, amount[0],
                amount[1] or _unit(table, row, i), row.cells[i], row.line, i, note,
            )
        )  # fmt: skip
    return found


def _column_periods(columns: Sequence[str], this_year: str) -> list[tuple[str, str, str]]:
    """The year, scope and note of each column.

    Years go on from column to column; a year printed again after others is a misprint for the
    next one (2021, 2022, 2022 is 2021, 2022, 2023), and the note says so. Years that do not rise
    (2022, 2023, 2022, 2023) stand for something else and stay as printed.
    """
    periods: list[tuple[str, str, str]] = []
    seen: set[tuple[str, str]] = set()
    years = [match[0] for name in columns if (match := _YEAR.search(name))]
    rising = years == sorted(years) and len(set(years)) > 1
    for name in columns:
        match = _YEAR.search(name)
        if match is None:
            relative = _relative(name)
            if relative is not None and this_year:
                periods.append((str(int(this_year) + relative), "", ""))
            else:
                periods.append(("", without_unit(name), ""))
            continue
        year, scope = match[0], without_unit(_DATED.sub("", name).strip())
        note = ""
        while rising and year >= years[-1] and (year, scope) in seen:
            note = f"表头印作“{match[0]}”"
            year = str(int(year) + 1)
        seen.add((year, scope))
        periods.append((year, scope, note))
    return periods
