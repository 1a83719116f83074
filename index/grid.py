"""Lines of a table, in tabs, pipes or HTML -> rows of cells, merged cells resolved."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from index.markup import (
    html_table_spans,
    is_pipe_row,
    is_separator,
    pipe_cells,
    plain_text,
)

BELOW = "\t"  # a line that belongs to the row above it
_WIDEST = 200  # columns; what claims more is no table
_TALLEST = 5000  # rows that one cell may be merged over


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: its source lines, its cells as printed and with merged cells repeated.

    ``text`` is how the row stands in its passage; ``header`` tells that the mark-up says so.
    """

    lines: tuple[int, int]
    cells: tuple[str, ...]
    full: tuple[str, ...]
    text: str
    header: bool = False


@dataclass(slots=True)
class Grid:
    """The rows of one table, and the words that stand before it on the same lines."""

    kind: str  # "tabs", "pipes" or "html"
    rows: list[GridRow] = field(default_factory=list)
    before: str = ""
    lines: tuple[int, int] = (0, 0)  # of the words before

    def continues(self, earlier: "Grid") -> bool:
        """Whether this is the next page of an earlier table: its header again, or none."""
        if not self.rows or not earlier.rows or self.kind != earlier.kind:
            return False
        if self.before:
            return False
        head, first = earlier.rows[0], self.rows[0]
        if _same_words(head.full, first.full):
            return True
        alike = len(first.full) == len(head.full) > 1
        return alike and not first.header and has_values(first.cells)


def has_values(cells: Sequence[str]) -> bool:
    """Whether a row shows amounts behind its first cell; years are names of columns."""
    amounts = [cell for cell in cells[1:] if re.match(r"[-−+(（≥≤]?\d", cell)]
    return any(not re.match(r"(19|20)\d{2}(?!\d|[,，.]\d)", cell) for cell in amounts)


def _same_words(left: Sequence[str], right: Sequence[str]) -> bool:
    return [re.sub(r"\s+", "", a) for a in left] == [re.sub(r"\s+", "", b) for b in right]


def split_cells(line: str) -> list[str]:
    """Return the cells of a tab or pipe table line, stripped."""
    if "\t" not in line and line.strip().startswith("|"):
        return pipe_cells(line)
    return [cell.strip().replace("**", "") for cell in line.split("\t")]


def read_grids(lines: Sequence[str], first: int, skip: Collection[int] = ()) -> list[Grid]:
    """Read the tables in neighbouring lines; ``first`` is the source line of ``lines[0]``.

    Source lines in ``skip`` (page numbers between two halves of a table) are passed over.
    A table that goes on behind a page break is one grid.
    """
    grids: list[Grid] = []
    spans = {span.start: span for span in html_table_spans(lines)}
    position = 0
    while position < len(lines):
        number, line = first + position, lines[position]
        if position in spans:
            stop = spans[position].stop
            grids += html_grids("\n".join(lines[position:stop]), number)
            position = stop
            continue
        if line.strip() and number not in skip:
            _add_line(grids, number, line)
        elif line == BELOW and grids and grids[-1].rows:
            row = grids[-1].rows[-1]
            grids[-1].rows[-1] = replace(row, lines=(row.lines[0], number))
        position += 1
    joined: list[Grid] = []
    for grid in grids:
        if joined and grid.continues(joined[-1]):
            joined[-1].rows += grid.rows
        else:
            joined.append(grid)
    return joined


def _add_line(grids: list[Grid], number: int, line: str) -> None:
    kind = "pipes" if "\t" not in line and is_pipe_row(line) else "tabs"
    if not grids or grids[-1].kind != kind:
        grids.append(Grid(kind))
    rows = grids[-1].rows
    if is_separator(line):
        if len(rows) == 1:
            rows[0] = replace(rows[0], header=True)
        return
    cells = tuple(split_cells(line))
    rows.append(
        GridRow((number, number), cells, cells, "\t".join(cells) if kind == "pipes" else line)
    )


def html_grids(text: str, first: int) -> list[Grid]:
    """Read the HTML tables of a text whose first line is source line ``first``."""
    parser = _HtmlTables(first)
    parser.feed(text)
    parser.close()
    parser.finish()
    return parser.grids


@dataclass(slots=True)
class _Cell:
    rowspan: int
    colspan: int
    header: bool
    text: list[str] = field(default_factory=list)


class _HtmlTables(HTMLParser):
    """Collects the rows of tables and the text around them; a table in a cell is its text."""

    def __init__(self, first: int) -> None:
        super().__init__(convert_charrefs=True)
        self.first = first
        self.grids: list[Grid] = []
        self.depth = 0
        self.cell: _Cell | None = None
        self.row: list[_Cell] = []
        self.row_line = first
        self.rows: list[tuple[int, int, list[_Cell]]] = []
        self.loose: list[str] = []
        self.loose_lines = (first, first)
        self.script = ""

    def _line(self) -> int:
        return self.first + self.getpos()[0] - 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self.depth += 1
            if self.depth == 1:
                self.rows = []
        elif tag == "tr" and self.depth == 1:
            self._end_row()
            self.row_line = self._line()
        elif tag in ("td", "th") and self.depth == 1:
            if not self.row and self.cell is None:
                self.row_line = min(self.row_line, self._line()) if self.row_line else self._line()
            self._end_cell()
            spans = (_span(given.get("rowspan"), _TALLEST), _span(given.get("colspan"), _WIDEST))
            self.cell = _Cell(*spans, header=tag == "th")
        elif tag == "br":
            self.handle_data(" ")
        elif tag in ("sup", "sub"):
            self.script = tag
        elif tag == "img":
            self.handle_data(plain_text(f'<img alt="{given.get("alt") or ""}">'))
        elif text := self.get_starttag_text():
            self.handle_data(plain_text(text))  # what is no tag of HTML stays: <ESG>

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self.depth:
            self.depth -= 1
            if self.depth == 0:
                self._end_table()
        elif tag == "tr" and self.depth == 1:
            self._end_row()
        elif tag in ("td", "th") and self.depth == 1:
            self._end_cell()
        elif tag in ("sup", "sub"):
            self.script = ""
        elif tag not in ("tr", "td", "th", "table"):
            self.handle_data(plain_text(f"</{tag}>"))

    def handle_pi(self, data: str) -> None:
        """Keep what only looks like an instruction."""
        self.handle_data(f"<?{data}>")

    def handle_decl(self, decl: str) -> None:
        """Keep what only looks like a declaration."""
        self.handle_data(f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        """Keep what only looks like a declaration."""
        self.handle_data(f"<![{data}]>")

    def handle_data(self, data: str) -> None:
        if self.script:
            data = plain_text(f"<{self.script}>{data}</{self.script}>")
        if self.cell is not None:
            self.cell.text.append(data)
        elif data.strip():
            here = self._line() + data[: len(data) - len(data.lstrip())].count("\n")
            end = here + data.strip().count("\n")
            self.loose_lines = (self.loose_lines[0] if self.loose else here, end)
            self.loose.append(data)

    def finish(self) -> None:
        """End what is still open; words behind the last table are a grid without rows."""
        if self.depth:
            self._end_table()
        if self.loose:
            self.grids.append(Grid("html", [], _words(self.loose), self.loose_lines))

    def _end_cell(self) -> None:
        if self.cell is not None:
            self.row.append(self.cell)
            self.cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self.row:
            self.rows.append((self.row_line, self._line(), self.row))
        self.row = []

    def _end_table(self) -> None:
        self._end_row()
        self.depth = 0
        grid = Grid("html", _resolved(self.rows), _words(self.loose), self.loose_lines)
        if grid.rows or grid.before:
            self.grids.append(grid)
        self.rows, self.loose = [], []


def _span(value: str | None, most: int) -> int:
    return min(max(int(value), 1), most) if value and value.isdecimal() and len(value) < 9 else 1


def _words(pieces: Sequence[str]) -> str:
    return re.sub(r"\s+", " ", plain_text("".join(pieces))).strip()


def _resolved(rows: Sequence[tuple[int, int, list[_Cell]]]) -> list[GridRow]:
    """Lay cells out by column; one merged over several places is printed in the first of them."""
    grid: list[GridRow] = []
    above: dict[int, tuple[str, int]] = {}  # column -> text of a cell from above, rows left
    for first, last, cells in rows:
        printed: dict[int, str] = {}
        full: dict[int, str] = {column: text for column, (text, _) in above.items()}
        above = {column: (text, left - 1) for column, (text, left) in above.items() if left > 1}
        column = 0
        for cell in cells:
            while column in full:
                column += 1
            if column >= _WIDEST:
                break
            text = _words(cell.text)
            printed[column] = text
            for place in range(column, min(column + cell.colspan, _WIDEST)):
                full[place] = text
                if cell.rowspan > 1:
                    above[place] = (text, cell.rowspan - 1)
        width = max(full, default=-1) + 1
        shown = tuple(printed.get(i, "") for i in range(width))
        header = all(cell.header for cell in cells)
        grid.append(
            GridRow((first, last), shown, tuple(full.get(i, "") for i in range(width)),
                    "\t".join(shown), header)
        )  # fmt: skip
    return grid
