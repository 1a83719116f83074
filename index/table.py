"""A table of the report -> its header, row groups and rows, and the figures in its cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_SEPARATOR = re.compile(r"(\|\s*)?:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?")
_PRINTED_UNIT = re.compile(r"(?:单位\s*[：:]\s*|[（(])(?P<unit>[^\s（）()：:]{1,8})[）)]?$")
_NO_UNIT = frozenset({"/", "-", "—", "－"})
_LONGEST_PAIR = 120  # characters of a label with its value
_DIGITS = r"[-−+]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?"
_NUMBER = re.compile(_DIGITS)
# "30岁以下" names a class of things and is no amount
_QUANTITY = re.compile(rf"(?P<number>{_DIGITS})\s*(?P<unit>%|‰|[^\d\s.,，。；以]{{1,5}})?")
_YEAR = re.compile(r"(19|20)\d{2}")
_HEADER_NAME = re.compile(r".{0,6}(指标|项目|类别|名称|内容)|indicators?|items?", re.IGNORECASE)
_UNIT_COLUMN = re.compile(r"(计量)?单位|unit", re.IGNORECASE)
_UNIT = re.compile(
    r"[%‰人名位次件个项份起台套家户天年月日分时元吨度米升克]|[万亿百千]*元(人民币)?|人次|小时|课时|分钟|工时"
    r"|万[^\d\s]{1,4}|亿[^\d\s]{1,4}|百分点|平方米|立方米|千瓦时|兆瓦时|[kKMG]?[wW]h|[kK]g|t|吨[^\d\s]{0,8}|[^\d\s]{1,6}/[^\d\s]{1,6}|/"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: its source line, cells by column, the group it stands in, its labels and unit,
    and the columns of its values.
    """

    line: int
    cells: tuple[str, ...]
    group: str
    labels: tuple[str, ...]
    unit: str
    values: tuple[int, ...]

    @property
    def label(self) -> str:
        """Group and labels in one, each once."""
        return " ".join(dict.fromkeys(part for part in (self.group, *self.labels) if part))


@dataclass(frozen=True, slots=True)
class Table:
    """A table: column names (from one or two header lines) and its rows."""

    caption: str
    columns: tuple[str, ...]
    header: tuple[int, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the report with all that says what it means.

    ``metric`` and ``group`` are labels; ``period`` is a year or "" where none is printed;
    ``scope`` is what a second header line says (a place, a company); ``value`` is in ``unit``
    as printed; ``line`` and ``column`` tell where it stands (column 0 is the first cell).
    ``note`` tells where the printed header cannot be right.
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


def split_cells(line: str) -> list[str]:
    """Return the cells of a tab or pipe table line, stripped."""
    if "\t" not in line and line.strip().startswith("|"):
        line = line.strip().removeprefix("|").removesuffix("|").replace("|", "\t")
    return [cell.strip().replace("**", "") for cell in line.split("\t")]


def read_table(lines: Sequence[str], first: int, caption: str = "") -> Table:
    """Read the lines of a table; ``first`` is the source line number of ``lines[0]``."""
    grid = [
        (first + i, split_cells(line))
        for i, line in enumerate(lines)
        if not _SEPARATOR.fullmatch(line.strip())
    ]
    titles: list[int] = []
    if len(grid) > 1 and _filled(grid[0][1]) == 1 and _filled(grid[1][1]) > 1:
        caption = caption or next(cell for cell in grid[0][1] if cell)
        titles, grid = [grid[0][0]], grid[1:]
    marked = not titles and len(lines) > 1 and _SEPARATOR.fullmatch(lines[1].strip())
    header_size = max(_header_size([cells for _, cells in grid]), 1 if marked else 0)
    columns = _columns([cells for _, cells in grid[:header_size]])
    header = (*titles, *(line for line, _ in grid[:header_size]))
    rows = _rows(grid[header_size:], columns, _printed_unit(caption))
    return Table(caption, columns, header, tuple(rows))


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell)


def _is_number(cell: str) -> bool:
    return _QUANTITY.fullmatch(cell) is not None and not _YEAR.fullmatch(cell[:4])


def _header_size(grid: Sequence[Sequence[str]]) -> int:
    """How many header lines: none where the first line has values, two where the second
    only refines the first.
    """
    if len(grid) < 2 or any(_is_number(cell) or re.search(r"\d{5,}", cell) for cell in grid[0]):
        return 0
    label_value = all(len(cells) <= 2 for cells in grid) and _filled(grid[0]) == 2
    named = _HEADER_NAME.fullmatch(grid[0][0]) and _YEAR.match(grid[0][-1])
    if label_value and not named and re.search(r"[@\d]", grid[0][-1]):
        return 0
    second = grid[1]
    if len(grid) > 2 and not second[0] and _filled(second) > 1 and "" in grid[0]:
        return 2 if not any(_is_number(cell) for cell in second) else 1
    return 1


def _columns(header: Sequence[Sequence[str]]) -> tuple[str, ...]:
    if not header:
        return ()
    top = list(header[0])
    if len(header) == 1:
        return tuple(top)
    for i in range(1, len(top)):
        if not top[i] and i < len(header[1]) and header[1][i]:
            top[i] = top[i - 1]
    below = list(header[1]) + [""] * (len(top) - len(header[1]))
    return tuple(f"{a} {b}".strip() for a, b in zip(top, below, strict=False))


def _label_end(
    grid: Sequence[tuple[int, list[str]]], columns: Sequence[str], unit_at: int | None
) -> int:
    """The column behind the labels: that of the unit, else the first with numbers or a year."""
    year_at = next((i for i, name in enumerate(columns) if _YEAR.search(name)), 1)
    if unit_at is not None and (unit_at < year_at or year_at <= 1) and unit_at < len(columns) - 1:
        return unit_at
    end = 1
    while end < year_at and not any(_is_number(c[end]) for _, c in grid if end < len(c)):
        end += 1
    return end


def _printed_unit(name: str) -> str:
    """The unit behind a name or in a caption: 营业收入（万元）, 单位：万元."""
    match = _PRINTED_UNIT.search(name)
    return match["unit"] if match and _UNIT.fullmatch(match["unit"]) else ""


def _rows(
    grid: Sequence[tuple[int, list[str]]], columns: Sequence[str], table_unit: str
) -> list[Row]:
    unit_at = next(
        (i for i, name in enumerate(columns) if i and _UNIT_COLUMN.fullmatch(name)), None
    )
    label_end = _label_end(grid, columns, unit_at)
    rows: list[Row] = []
    group, inherited, unit = "", "", ""
    for position, (line, cells) in enumerate(grid):
        if len(columns) > 2 and _filled(cells) == 1 and cells[0]:
            group, inherited = cells[0], ""  # a line that only names the rows below it
            continue
        inherited = cells[0] or inherited  # the first cell may be merged over several rows
        filled = (inherited, *cells[1:])
        labels = [inherited, *filled[1:label_end]]
        if unit_at is None:
            unit = _printed_unit(inherited) or table_unit
        elif unit_at < len(filled) and (cell := filled[unit_at]):
            below = grid[position + 1][1] if position + 1 < len(grid) else cells
            merged = unit_at == label_end and "" in (cells[0], below[0])
            if merged and cell not in _NO_UNIT and not _UNIT.fullmatch(cell):
                labels.append(cell)  # a label in the unit column: the unit stands above
            else:
                unit = "" if cell in _NO_UNIT else cell
        values = tuple(i for i in range(label_end, len(filled)) if filled[i] and i != unit_at)
        rows.append(Row(line, filled, group, tuple(labels), unit, values))
    return rows


def _unit(table: Table, row: Row, column: int) -> str:
    named = _printed_unit(table.columns[column]) if column < len(table.columns) else ""
    return named or row.unit


def row_words(table: Table, row: Row) -> str:
    """Say a row in words: its labels, then each value with its unit behind its column name."""
    if not table.columns and "：" in row.cells[0]:  # each cell says what it is
        return "；".join(cell for cell in row.cells if cell)
    values = []
    for i in row.values:
        name = table.columns[i] if i < len(table.columns) else ""
        bare = _NUMBER.fullmatch(row.cells[i]) is not None
        unit = _unit(table, row, i) if bare else ""
        space = "" if unit in ("", "%", "‰") else " "
        values.append(f"{name} {row.cells[i]}{space}{unit}".strip())
    return f"{row.label}：{'；'.join(values)}"


def figures(table: Table, period: str = "") -> list[Figure]:
    """Return the figures in the cells.

    ``period`` is the year of a row's only value where its column names none; several values
    without a year may be of several years.
    """
    found: list[Figure] = []
    periods = _column_periods(table.columns)
    for row in table.rows:
        metric = " ".join(dict.fromkeys(label for label in row.labels if label))
        default = period if len(row.values) == 1 else ""
        for i in row.values:
            match = _QUANTITY.fullmatch(row.cells[i])
            if match is None or not metric:
                continue
            year, scope, note = periods[i] if i < len(periods) else ("", "", "")
            value, unit = number(match["number"]), match["unit"] or _unit(table, row, i)
            found.append(
                Figure(
                    metric, row.group, scope, year or default, value, unit,
                    row.cells[i], row.line, i, note,
                )
            )  # fmt: skip
    return found


def number(text: str) -> Decimal:
    """Read a printed number: thousands separators and minus signs as Chinese reports write them."""
    return Decimal(re.sub(r"[,，]", "", text).replace("−", "-").replace("+", ""))


def _column_periods(columns: Sequence[str]) -> list[tuple[str, str, str]]:
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
            periods.append(("", "", ""))
            continue
        year, scope = match[0], re.sub(r"(19|20)\d{2}\s*年?度?", "", name).strip()
        note = ""
        while rising and year >= years[-1] and (year, scope) in seen:
            note = f"表头印作“{match[0]}”"
            year = str(int(year) + 1)
        seen.add((year, scope))
        periods.append((year, scope, note))
    return periods


def key_figure(text: str) -> tuple[str, str] | None:
    """Split "label：value unit", or these on two lines, into label and value, or None."""
    plain = re.sub(r"^\s*[-•·*]\s+", "", text.replace("**", "")).strip()
    if len(plain) > _LONGEST_PAIR:
        return None
    parts = re.split(r"\s*[:：]\s*|\s*\n\s*", plain)
    if len(parts) != 2 or not _QUANTITY.fullmatch(parts[1].strip()):
        return None
    label = re.sub(r"^[^\w《“(（]+", "", parts[0])
    return (label, parts[1].strip()) if label and not _NUMBER.fullmatch(label) else None


def key_figures(lines: Sequence[tuple[int, str]], group: str, period: str) -> list[Figure]:
    """Return the figures of "label, value" pairs; ``lines`` are (source line, text) pairs."""
    found = []
    for line, text in lines:
        pair = key_figure(text)
        if pair and (match := _QUANTITY.fullmatch(pair[1])):
            value, unit = number(match["number"]), match["unit"] or ""
            found.append(Figure(pair[0], group, "", period, value, unit, pair[1], line, 1))
    return found
