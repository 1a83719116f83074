"""The table rows that may answer a question, and the groups of rows that divide a whole."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from index.passage import Entry, FigureEntry
from index.quantity import without_unit
from index.store import Index
from index.table import Figure
from index.terms import tokens
from rag.coverage import Coverage
from rag.evidence import Evidence
from rag.periods import quarters
from rag.retrieve import Hit
from rag.units import UNIT, unit_of
from rag.wording import BY

NEAR = 1.4  # rows whose fused score is further below the best hit are not looked at
_HEADED = 0.9  # how far a label is named by what stands before its colon
_HEAD = re.compile(r"([^：:]{2,12})[：:].")
LABEL = 0.5  # share of a row's own label that the question must name

GROUPING = re.compile(r"按(?P<by>.{1,8}?)(?:划分|构成|分类|统计|区分|分)的?")

# A count of two things, 专利及软件著作权数量, is that of neither; so is 范围一+范围二合计.
_JOINT = re.compile(
    r"([\u3400-\u9fff]{2,})[及和与]([\u3400-\u9fff]{2,}?)(?:总?数量|(?<![次人])数|金额|总[数额量])"
    r"|([^+＋]{2,})[+＋]([^+＋]{2,}?)(?:合计|总计|小计|之和|总[数额量])?"
)
# What is pledged or may not be used is a part of what there is.
TIED_UP = re.compile(r"受限|抵押|质押|冻结|\b(?:restrict|pledg|mortgag|frozen)\w*", re.IGNORECASE)
_COMPARED = re.compile(r"比上[年期]|同比|比.{0,4}同期")
_CHANGED = re.compile(r"比上[年期]|同比|环比|比.{0,4}同期|增减|变动|变化|增[长幅]")
LEVELS = "级别"  # what a group of 五级, 四级 divides by

Place = tuple[int, int, str]  # passage, source line, row (a line may hold a whole HTML table)


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """A finished answer: its text with [n] marks, the rows it cites, whether it says a figure."""

    text: str
    evidence: tuple[Evidence, ...]
    answered: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A row that may answer: its cells, and how well it fits the question."""

    hit: Hit
    cells: tuple[FigureEntry, ...]
    covered: frozenset[int] = frozenset()
    named: float = 0.0

    @property
    def periods(self) -> list[str]:
        """The years it has figures for, in order."""
        return sorted({cell.figure.period for cell in self.cells if cell.figure.period})

    @property
    def unit(self) -> str:
        """The unit of its first figure."""
        return self.cells[0].figure.unit

    @property
    def is_share(self) -> bool:
        """Whether its figures are percentages, not counting how much they changed."""
        cells = [c.figure for c in self.cells if not _CHANGED.search(c.figure.scope)]
        return any("%" in figure.unit + figure.printed for figure in cells)

    @property
    def has_amounts(self) -> bool:
        """Whether some of its figures are no percentages."""
        return any("%" not in c.figure.unit + c.figure.printed for c in self.cells)

    @property
    def is_of_quarters(self) -> bool:
        """Whether each of its figures is of a quarter of a year."""
        return all(quarters(cell.figure.scope) for cell in self.cells)

    @property
    def tells_change(self) -> bool:
        """Whether a column of it tells the change since the last year: 比上年同期增减."""
        return any(_COMPARED.search(cell.figure.scope) for cell in self.cells)

    @property
    def label(self) -> str:
        """Its label without its unit, and without "by gender" and the like, which nobody asks for
        by name.
        """
        figure = self.cells[0].figure
        group = "" if BY.fullmatch(figure.group) else figure.group
        return GROUPING.sub("", f"{group} {without_unit(figure.metric)}").strip()

    def is_in(self, units: Collection[str]) -> bool:
        """Whether its figures are in one of these canonical units, or in none that is known."""
        unit = unit_of(UNIT.match(self.unit))
        return not unit or unit in units

    def dated(self, year: str) -> "Row":
        """Return the row with all figures said to be of a year."""
        cells = (replace(c, figure=replace(c.figure, period=year)) for c in self.cells)
        return replace(self, cells=tuple(cells))

    def figure(self, year: str) -> Figure | None:
        """Return its one figure of a year; None where it has none or several."""
        found = [cell.figure for cell in self.cells if cell.figure.period == year]
        return found[0] if len(found) == 1 else None

    def evidence(self, number: int) -> Evidence:
        """The row as numbered evidence."""
        return evidence_of(self.hit, number)


@dataclass(frozen=True, slots=True)
class Group:
    """The rows that divide a whole by one criterion: ``name`` is 按性别划分 or the like."""

    name: str
    rows: tuple[Row, ...]

    @property
    def criterion(self) -> str:
        """What it divides by: 性别; where its name does not say "by", 级别 where all its rows are
        levels (五级, 四级), else the whole name.
        """
        match = GROUPING.search(self.name) or BY.fullmatch(self.name)
        if match:
            return match["by"]
        levels = all(self.member(row).endswith("级") for row in self.rows)
        return LEVELS if levels else self.name

    def member(self, row: Row) -> str:
        """Return the label of one of its rows within the group."""
        figure = row.cells[0].figure
        return figure.metric.removeprefix(self.name).strip() or figure.metric


def _place(entry: Entry) -> Place:
    return entry.passage, entry.lines[0], entry.quote


class Table:
    """All rows of an index that hold figures, found by their place."""

    def __init__(self, index: Index) -> None:
        self.index = index

    @cached_property
    def _cells(self) -> Mapping[Place, tuple[FigureEntry, ...]]:
        cells: defaultdict[Place, list[FigureEntry]] = defaultdict(list)
        for figure in self.index.figures:
            cells[figure.passage, figure.figure.line, figure.quote].append(figure)
        return {place: tuple(found) for place, found in cells.items()}

    @cached_property
    def _entries(self) -> Mapping[Place, Entry]:
        return {_place(entry): entry for entry in reversed(self.index.entries) if entry.quote}

    def row(self, place: Place, score: float) -> Row | None:
        """Return the row at a place, as found with a score."""
        entry, cells = self._entries.get(place), self._cells.get(place)
        if entry is None or cells is None:
            return None
        return Row(Hit(entry, self.index.passages[entry.passage], score, 0.0, 0.0), cells)

    def candidates(self, hits: Sequence[Hit], coverage: Coverage) -> list[Row]:
        """Return the rows among the best hits whose label the question names, best first."""
        details = [hit for hit in hits if hit.entry.quote]
        rows = []
        for hit in details:
            cells = self._cells.get(_place(hit.entry))
            if hit.score < details[0].score - NEAR or not cells:
                continue
            row = _fitted(Row(hit, cells), coverage)
            if row.named >= LABEL:
                rows.append(row)
        return rows

    def beside(self, row: Row, coverage: Coverage) -> list[Row]:
        """Return the other rows of a row's passage whose label the question names: its whole."""
        rows = (_fitted(r, coverage) for r in self.rows_of(row.hit.entry.passage, row.hit.score))
        found = [r for r in rows if r.named >= LABEL and r.hit.entry != row.hit.entry]
        return sorted(found, key=lambda other: -other.named)

    def groups(self, hits: Sequence[Hit]) -> list[Group]:
        """Return the groups of rows that the best hits lie in, best first."""
        details = [hit for hit in hits if hit.entry.quote]
        found: dict[tuple[int, str], Group] = {}
        for hit in details:
            cells = self._cells.get(_place(hit.entry))
            if hit.score < details[0].score - NEAR or not cells:
                continue
            name = group_name(cells[0].figure)
            if name and (hit.entry.passage, name) not in found:
                rows = self._group_rows(hit.entry.passage, name, hit.score)
                if len(rows) > 1:
                    found[hit.entry.passage, name] = Group(name, rows)
        return list(found.values())

    def _group_rows(self, passage: int, name: str, score: float) -> tuple[Row, ...]:
        places = [
            place
            for place, cells in self._cells.items()
            if place[0] == passage and group_name(cells[0].figure) == name
        ]
        rows = [row for place in places if (row := self.row(place, score)) is not None]
        return tuple(row for row in rows if row.unit == rows[0].unit)

    def total(self, group: Group, year: str) -> Row | None:
        """Return the row that a group divides: the one that the group names (研发人员数量 in
        按学历划分的研发人员数量), else the one whose figure is the sum of the group's.
        """
        inside = {_place(row.hit.entry) for row in group.rows}
        beside = [
            row
            for row in self.rows_of(group.rows[0].hit.entry.passage, group.rows[0].hit.score)
            if row.unit == group.rows[0].unit and _place(row.hit.entry) not in inside
        ]
        whole = GROUPING.sub("", group.name)
        if named := [row for row in beside if row.label == whole and row.figure(year)]:
            return named[0]
        parts = [figure.value for row in group.rows if (figure := row.figure(year))]
        if len(parts) < len(group.rows):
            return None
        sums = (
            row for row in beside if (figure := row.figure(year)) and figure.value == sum(parts)
        )
        return next(sums, None)

    def rows_of(self, passage: int, score: float) -> list[Row]:
        """Return all rows of a passage, in reading order."""
        places = [place for place in self._cells if place[0] == passage]
        return [row for place in places if (row := self.row(place, score)) is not None]

    def rows(self) -> list[Row]:
        """Return the rows of the whole report, in reading order."""
        rows = (self.row(place, 0.0) for place in self._cells)
        return [row for row in rows if row is not None]

    def rows_with(self, year: str) -> list[Row]:
        """Return the rows of the whole report that have one figure of a year."""
        return [row for row in self.rows() if row.figure(year) is not None]

    def has_column(self, name: re.Pattern[str]) -> bool:
        """Whether a table of the report has a column of figures by this name."""
        return any(name.search(cell.figure.scope) for cell in self.index.figures)

    def named(self, label: re.Pattern[str], year: str) -> list[Row]:
        """Return the rows of the whole report whose label matches and that have one figure of
        the year; those with the shortest label first.
        """
        places = [
            place
            for place, cells in self._cells.items()
            if label.search(cells[0].figure.metric) and not cells[0].figure.group
        ]
        rows = [row for place in places if (row := self.row(place, 0.0)) is not None]
        return sorted(
            (row for row in rows if row.figure(year) is not None), key=lambda row: len(row.label)
        )


def joint_parts(label: str) -> tuple[str, ...]:
    """Return the things of which a label counts several together; () where it is of one."""
    joint = _JOINT.fullmatch(label)
    return tuple(filter(None, joint.groups())) if joint else ()


def evidence_of(hit: Hit, number: int) -> Evidence:
    """Return a hit as numbered evidence."""
    entry = hit.entry
    return Evidence(
        number, hit.passage, entry.title, entry.text, entry.quote, entry.kind, entry.lines,
        hit.score,
    )  # fmt: skip


def _fitted(row: Row, coverage: Coverage) -> Row:
    """Measure how well a row fits the question."""
    words = set(tokens(f"{row.hit.entry.title} {row.hit.entry.text}"))
    named = coverage.named(row.label)
    if head := _HEAD.match(row.label):  # 范围一：直接排放 is called by what stands before its colon
        named = max(named, _HEADED * coverage.named(head[1]))
    return Row(row.hit, row.cells, coverage.covered(words), named)


def group_name(figure: Figure) -> str:
    """Return a figure's group: 按性别划分, from a row of its own or a cell before the label's."""
    head, _, rest = figure.metric.partition(" ")
    return figure.group or (head if rest and not rest.startswith(("(", "（")) else "")
