"""Find figures that the report gives twice, and not alike."""

import re
from collections.abc import Sequence

from index.terms import tokens
from rag import periods, wording
from rag.amounts import Amount, find_amounts, states
from rag.question import Question
from rag.rows import FigureAnswer, Row, Table

_ADDS_NOTHING = re.compile(
    r"总?人数|[总次件]数|总额|金额|数量|总量|合计|开展|情况|公司|累计|年度|总|数$"
)


def contradicting(table: Table, row: Row, year: str) -> list[Row]:
    """Return the rows elsewhere that give another figure of a year under the same label.

    A figure that is only rounded differently is the same; so is one in another scale.
    """
    figure = row.figure(year)
    if figure is None:
        return []
    stated, name = _amount(row, year), _name(row)
    found = []
    for other in table.rows_with(year):
        if other.hit.entry.passage == row.hit.entry.passage or _name(other) != name:
            continue
        given = _amount(other, year)
        if stated is None or given is None or given.unit != stated.unit:
            continue
        if not states(stated, given) and not states(given, stated):
            found.append(other)
    return found


def say_contradictions(rows: list[Row], year: str, first: int, language: str) -> str:
    """Word what the other places give; their marks count from ``first``."""
    if not rows:
        return ""
    parts = []
    for number, row in enumerate(rows, first):
        cells = [cell for cell in row.cells if cell.figure.period == year]
        parts.append(wording.state(cells, number, language))
    if language == "zh":
        return "\n\n请注意，报告在另一处给出的数字不同：" + "".join(parts)
    return "\n\nNote that the report gives another figure elsewhere: " + " ".join(parts)


def _name(row: Row) -> frozenset[str]:
    return frozenset(tokens(_ADDS_NOTHING.sub("", row.label)))


def _amount(row: Row, year: str) -> Amount | None:
    figure = row.figure(year)
    found = find_amounts(f"{figure.value:,} {figure.unit}") if figure else []
    return found[0] if len(found) == 1 else None


def with_contradictions(
    table: Table, rows: Sequence[Row], said: FigureAnswer, question: Question
) -> FigureAnswer:
    """Add what other places of the report say of the one figure that is stated, if they differ."""
    years = periods.years(question.text) or [table.index.manifest.year]
    if len(rows) != 1 or len(years) != 1:
        return said
    others = contradicting(table, rows[0], years[0])
    note = say_contradictions(others, years[0], len(said.evidence) + 1, question.language)
    more = (row.evidence(n) for n, row in enumerate(others, len(said.evidence) + 1))
    return FigureAnswer(said.text + note, (*said.evidence, *more), said.answered)
