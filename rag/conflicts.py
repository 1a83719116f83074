"""Find figures that the report gives twice, and not alike."""

import re
from collections.abc import Sequence

from index.terms import tokens
from rag import periods, wording
from rag.amounts import Amount, find_amounts, states
from rag.arithmetic import TOTAL
from rag.question import Question
from rag.rows import TIED_UP, FigureAnswer, Row, Table
from rag.units import COUNTS

ADDS_NOTHING = re.compile(
    r"总?人数|[总次件]数|总额|金额|数量|总量|合计|开展|相关|情况|公司|累计|年度|时[长数间]|总|数$"
)


def contradicting(table: Table, row: Row, year: str) -> list[Row]:
    """Return the rows elsewhere that give another figure of a year under the same label, or as the
    whole of its parts.

    A figure that is only rounded differently is the same; so is one in another scale.
    """
    if row.figure(year) is None:
        return [other for other in table.rows_with(year) if _are_not_its_parts(row, other, year)]
    stated, name = _amount(row, year), _name(row)
    found = []
    for other in table.rows_with(year):
        if other.hit.entry.passage == row.hit.entry.passage or _name(other) != name:
            continue
        if bool(TIED_UP.search(other.hit.entry.title)) != bool(TIED_UP.search(row.hit.entry.title)):
            continue
        given = _amount(other, year)
        if stated is None or given is None or given.unit != stated.unit:
            continue
        if not states(stated, given) and not states(given, stated):
            found.append(other)
    return found


def contradicting_parts(table: Table, row: Row, year: str) -> Row | None:
    """Return the row elsewhere that gives the same by place or the like, if its parts do not add
    up to the figure of the year: 166, and 12 in one place and 4 in the other.
    """
    return next((other for other in table.rows() if _are_not_its_parts(other, row, year)), None)


def _are_not_its_parts(parts: Row, whole: Row, year: str) -> bool:
    """Whether a row gives by place what another gives as a whole, and both do not agree."""
    figure, stated, name = whole.figure(year), _amount(whole, year), _name(whole)
    given = [cell.figure for cell in parts.cells if cell.figure.period == year]
    scopes = {part.scope for part in given}
    divided = 1 < len(given) == len(scopes) and "" not in scopes
    if figure is None or not divided or any(map(TOTAL.search, scopes)):
        return False
    counted = stated is not None and stated.unit in COUNTS and given[0].unit == figure.unit
    alike = name and name == _tokens(parts.hit.entry.text)
    return bool(counted and alike) and sum(part.value for part in given) != figure.value


def say_parts(row: Row, year: str, number: int, language: str) -> str:
    """Word what the parts are and what they add up to."""
    cells = [cell for cell in row.cells if cell.figure.period == year]
    said = wording.state(cells, number, language)
    added = " + ".join(f"{cell.figure.value:,}" for cell in cells)
    added = f"{added} = {sum(cell.figure.value for cell in cells):,}"
    if language == "zh":
        return f"\n\n请注意，报告在另一处分项给出的数字与此不符：{said}{added}。"
    return f"\n\nNote that the parts given elsewhere do not add up to this: {said} {added}."


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
    return _tokens(row.label)


def _tokens(words: str) -> frozenset[str]:
    """The words of a label, or of what a row is told as, that say what it is of."""
    return frozenset(tokens(ADDS_NOTHING.sub("", words.partition("：")[0])))


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
    more = [row.evidence(n) for n, row in enumerate(others, len(said.evidence) + 1)]
    if not others and (parts := contradicting_parts(table, rows[0], years[0])):
        number = len(said.evidence) + 1
        note = say_parts(parts, years[0], number, question.language)
        more = [parts.evidence(number)]
    return FigureAnswer(said.text + note, (*said.evidence, *more), said.answered)
