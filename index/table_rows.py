"""The rows below the header of a table: their groups, labels, units and values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.columns import names_all, years_back
from index.grid import GridRow
from index.quantity import is_amount, is_unit, printed_unit

TOTAL = re.compile("合计|总计|总数|小计|[Tt]otal")
_YEAR = re.compile(r"(19|20)\d{2}")
_NO_UNIT = frozenset({"/", "-", "—", "－"})
_NO_LABEL = _NO_UNIT | {"--", "——"}
_UNIT_COLUMN = re.compile(r"(计量)?单位|unit", re.IGNORECASE)
_COUNTING_COLUMN = re.compile(r"序号|编号|no\.?", re.IGNORECASE)
_RATE = re.compile(r"(率|占比|比例|比重|比率)$")


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


class RowReader:
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
            if len(self.columns) > 1 and names_all(row) and row.cells[0]:
                group, inherited = row.cells[0].rstrip("：:"), ""  # it only names the rows below it
                continue
            inherited = row.full[0] or inherited  # the first cell may be merged over several rows
            filled = (inherited, *row.full[1:])
            numbered = self.counted and not TOTAL.fullmatch(inherited)
            labels = [] if numbered else [inherited]
            labels += (label for label in filled[1:label_end] if label not in _NO_LABEL)
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
            total = group and TOTAL.search(inherited)  # 流动资产合计 ends 流动资产, 合计 any group
            own = "" if total and not TOTAL.fullmatch(inherited) else group
            found.append(
                Row(row.lines[0], cells, own, tuple(labels), unit, values, row.text, row.lines[1])
            )
            group = "" if total else group
        return tuple(found)

    def _own_unit(self, label: str) -> str:
        if self.rates_apart and _RATE.search(label):
            return "%"
        own = printed_unit(label)
        # what is counted in people or money above a table has no rates among it
        return own if own or (self.unit != "%" and _RATE.search(label)) else self.unit

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
            i for i, name in enumerate(columns) if i and (_YEAR.search(name) or years_back(name))
        )
        year_at = next(dated, 1)
        if (
            unit_at is not None
            and (unit_at < year_at or year_at <= 1)
            and unit_at < len(columns) - 1
        ):
            return unit_at
        end = 2 if self.counted and len(columns) > 2 else 1
        firsts = [row.full[0] for row in body if not names_all(row)]
        if end == 1 and len(firsts) > 1 and len(set(firsts) - {""}) == len(firsts):
            return end  # the first cells alone name the rows: what else they say has its column
        if end == 1 and year_at == 1 and _names_below(body):
            return 2
        while end < year_at and not any(
            is_amount(row.full[end]) for row in body if end < len(row.full)
        ):
            end += 1
        return end


def _names_below(body: Sequence[GridRow]) -> bool:
    """Whether first cells are merged over several rows, which the second cells tell apart."""
    rows = [row.full for row in body if len(row.full) > 2 and not names_all(row)]
    merged = any(row.full[0] and not row.cells[0] for row in body)
    named = len({row[:2] for row in rows}) == len(rows)
    return merged and named and not any(is_amount(row[1]) or not row[1] for row in rows)
