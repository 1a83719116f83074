"""State the cells of rows for the years that are asked for."""

import re
from collections.abc import Sequence

from index.passage import FigureEntry
from index.terms import tokens
from rag import asked, combining, periods, series, wording
from rag.arithmetic import against_target
from rag.question import Question
from rag.rows import FigureAnswer, Row

_SHARE_OF = re.compile(r"占.*比|比[重例]|占比")  # a column of shares beside the amounts


def state(
    rows: Sequence[Row], years: Sequence[str], question: Question, report_year: str
) -> FigureAnswer | None:
    """State the cells of each row for the years asked."""
    changes = asked.change(question.text)
    compared = len(years) > 1 or periods.since(question.text)
    compared = compared or len(periods.quarters(question.text)) > 1
    changes = changes or (combining.gap(question.text) and compared)
    parts = []
    for number, row in enumerate(rows, 1):
        wanted = wanted_years(row, years, question.text, report_year, changes=changes)
        if wanted is None:
            return None
        cells = [c for c in row.cells if not row.periods or c.figure.period in wanted]
        cells = in_order(_in_scope(cells, question.text))
        said, worked_out = series.stated(cells, number, question, changes=changes)
        if not worked_out and asked.target(question.text) and len(wanted) == 1:
            said += against_target(row, wanted[0], question.language)
        parts.append(said)
    evidence = tuple(row.evidence(number) for number, row in enumerate(rows, 1))
    return FigureAnswer("\n\n".join(parts), evidence)


def partly(
    rows: list[Row], years: Sequence[str], question: Question, report_year: str
) -> FigureAnswer | None:
    """State what one row gives of the years asked for, and which of them it does not give."""
    given = rows[0].periods or [report_year]
    held = [year for year in years if year in given]
    if len(rows) > 1 or not held or asked.growth(question.text):
        return None
    if rows[0].is_of_quarters:
        return None  # of several years, quarters are no part
    row = rows[0] if rows[0].periods else rows[0].dated(report_year)
    missing = [year for year in years if year not in given]
    said = state([row], held, question, report_year)
    left_out = wording.left_out(missing, question.language)
    return said and FigureAnswer(said.text + left_out, said.evidence)


def wanted_years(
    row: Row, years: Sequence[str], text: str, report_year: str, *, changes: bool
) -> list[str] | None:
    """Return the years of the row to state; None where it lacks a year asked for."""
    if not row.periods:  # undated figures are those of the report's year
        known = {report_year}
        if changes and row.tells_change and report_year.isdecimal():
            known.add(str(int(report_year) - 1))
        return [] if set(years) <= known or _said_of(row, years) else None
    if not years:
        all_years = changes or periods.trend(text) or asked.spread(text)
        all_years = all_years or report_year not in row.periods
        return row.periods if all_years else [report_year]
    if not set(years) <= set(row.periods):
        return None
    before = str(int(years[0]) - 1)
    if changes and len(years) == 1 and periods.since(text) and report_year in row.periods:
        return sorted({*years, report_year})
    if changes and len(years) == 1 and before in row.periods and not periods.since(text):
        return [before, *years]
    return list(years)


def _said_of(row: Row, years: Sequence[str]) -> bool:
    """Whether the words of a row or its headings speak of all these years."""
    return all(year in f"{row.hit.entry.title} {row.hit.entry.text}" for year in years)


def _in_scope(cells: list[FigureEntry], text: str) -> list[FigureEntry]:
    """Keep the columns that the question names, where it names some and not others; those of
    shares where it asks for shares, of its quarters where it names any.
    """
    asked_for = set(periods.quarters(text))
    if quarters := [c for c in cells if asked_for & set(periods.quarters(c.figure.scope))]:
        return quarters
    amounts = [cell for cell in cells if not _SHARE_OF.search(cell.figure.scope)]
    if amounts and len(amounts) < len(cells):
        if not asked.share(text):
            cells = amounts
        elif asked.several(text):  # how much, and what share
            return cells
    named_in = set(tokens(text))
    scored = [(len(named_in & set(tokens(cell.figure.scope))), cell) for cell in cells]
    named = [cell for score, cell in scored if score]
    return named or cells


def in_order(cells: Sequence[FigureEntry]) -> list[FigureEntry]:
    """Put cells in the order of their years: many reports print the newest first."""
    return sorted(cells, key=lambda cell: cell.figure.period)
