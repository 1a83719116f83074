"""Which row of a table has the most by one of its columns, or the second most."""

import re
from collections.abc import Collection, Sequence

from rag import asked, combining, periods, wording
from rag.coverage import Coverage
from rag.question import Question
from rag.retrieve import Hit
from rag.rows import FigureAnswer, Row, Table

FEWEST = 3  # rows that are worth ranking
NAMED = 0.5  # share of a column's name that the question must name
_LOOKED_AT = 4  # hits, of which one must be a row of the table
_TOTAL = re.compile(r"合计|总计|小计|总数")
_WHICH = re.compile(r"哪|谁|什么|\b(?:which|who|what)\b", re.IGNORECASE)
_WHEN = re.compile(r"哪一?[年季月]|何时|\b(?:which (?:year|quarter)|when)\b", re.IGNORECASE)
_PLACE = re.compile(
    r"第(?P<zh>[二三四五])[大高多]"
    r"|\b(?P<en>second|third|fourth|fifth)[- ](?:largest|biggest|highest|most)\b",
    re.IGNORECASE,
)
_PLACES = ("", "", *"二三四五"), ("", "", "second", "third", "fourth", "fifth")
_SHARE_OF = re.compile(r"占.*比")
_LARGE = re.compile(r"[最二三四五]大的?([\u4e00-\u9fff]{2})")  # of what is said to be large


def ranked_row(
    table: Table, question: Question, hits: Sequence[Hit], coverage: Coverage
) -> FigureAnswer | None:
    """Return the row of a table of several columns that has the most, or the least, by the column
    that the question names; None where it names none, or no one row has.
    """
    text = question.text
    place = _PLACE.search(text)
    at = _number(place["zh"] or place["en"]) if place else 1
    direction = 1 if place else asked.extreme(text)
    grows = asked.change(text) or asked.growth(text)
    if not direction or grows or not _WHICH.search(text) or _WHEN.search(text):
        return None
    report_year = table.index.manifest.year
    years = periods.years(text) or [report_year]
    if coverage.unknown or len(years) > 1:  # of something that the report may lack
        return None
    rows = _alike(table, [hit for hit in hits if hit.entry.quote][:_LOOKED_AT], text)
    dated = {years[0], ""} if years == [report_year] else {years[0]}
    column = _column(rows, text, dated, coverage)
    cells = [cell for row in rows for cell in row.cells if cell.figure.column == column]
    if len(cells) < max(FEWEST, at) or len({cell.figure.unit for cell in cells}) > 1:
        return None
    cells.sort(key=lambda cell: -direction * cell.figure.value)
    best = cells[at - 1]
    if sum(cell.figure.value == best.figure.value for cell in cells) > 1:
        return None
    row = next(row for row in rows if best in row.cells)
    said = wording.state([best], 1, question.language)
    said += _rank(at, direction, question.language)
    return FigureAnswer(said, (row.evidence(1),))


def _alike(table: Table, hits: Sequence[Hit], text: str) -> list[Row]:
    """Return the rows of the table of several columns that the best hit of a row lies in; of a
    group, 分产品, where the question speaks of what that divides by.
    """
    for hit in hits:
        rows = table.rows_of(hit.entry.passage, hit.score)
        own = next((row for row in rows if row.hit.entry == hit.entry), None)
        if own is None or len(own.cells) < 2:
            continue
        by = wording.BY.fullmatch(own.cells[0].figure.group)
        if by and not combining.divides_by(text, by["by"]):
            continue
        alike = [row for row in rows if _kind(row) == _kind(own)]
        return [row for row in alike if not _TOTAL.fullmatch(row.cells[0].figure.metric)]
    return []


def _kind(row: Row) -> tuple[str, str, frozenset[tuple[int, str]]]:
    """What rows of one table, and one group of it, have in common."""
    figures = [cell.figure for cell in row.cells]
    columns = frozenset((figure.column, f"{figure.period} {figure.scope}") for figure in figures)
    return row.hit.entry.title, figures[0].group, columns


def _column(
    rows: Sequence[Row], text: str, dated: Collection[str], coverage: Coverage
) -> int | None:
    """Return the column that the question names, of those ``dated`` as asked; the first, where it
    asks for the largest of what the heading speaks of: 第二大股东.
    """
    figures = [cell.figure for row in rows[:1] for cell in row.cells]
    figures = [figure for figure in figures if figure.scope and figure.period in dated]
    if not (asked.share(text) or asked.rate(text)):
        figures = [figure for figure in figures if not _SHARE_OF.search(figure.scope)]
    named = {f.column: (coverage.named(f.scope), f.scope in text) for f in figures}
    best = max(named, key=lambda column: named[column], default=None)
    if best is not None and named[best][0] >= NAMED:
        return best if list(named.values()).count(named[best]) == 1 else None
    large = _LARGE.search(text)
    return figures[0].column if figures and large and large[1] in rows[0].hit.entry.title else None


def _number(word: str) -> int:
    return next(names.index(word.casefold()) for names in _PLACES if word.casefold() in names)


def _rank(at: int, direction: int, language: str) -> str:
    if at > 1:
        zh, en = (names[at] for names in _PLACES)
        return f"在表中各行里排第{zh}。" if language == "zh" else f" It is the {en} of the rows."
    if language == "zh":
        return "在表中各行里最高。" if direction > 0 else "在表中各行里最低。"
    return f" It is the {'highest' if direction > 0 else 'lowest'} of the rows."
