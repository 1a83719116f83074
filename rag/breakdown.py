"""Answer questions about a group of rows that divide a whole: parts, sums, which is largest."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from index.english import in_english
from index.table import Figure
from rag import asked, combining, periods, sums, wording
from rag.coverage import Coverage
from rag.question import Question
from rag.retrieve import Hit
from rag.rows import LEVELS, FigureAnswer, Group, Row, Table

# Classes that stand one above the other, whatever order a table has them in.
_SCALE = ("小学", "初中", "中专", "高中", "专科", "大专", "本科", "学士", "硕士", "研究生", "博士")
CLEAR = 0.75  # share of a group's name that a question for its sum must name
NAMED_ROW = 0.9  # share of a row's label from which on that row is meant
NAMED = 0.3  # share of the question that the group's rows must cover


def answer_from_group(
    table: Table, question: Question, hits: Sequence[Hit], coverage: Coverage
) -> FigureAnswer | None:
    """Return what a group of rows answers, or None where the question asks for no group."""
    text = question.text
    if coverage.unknown:  # it may be about something that the report lacks
        return None
    direction = combining.or_more(text)
    largest = asked.extreme(text)
    changed = asked.direction(text) if largest > 0 else 0
    for group in map(partial(_dated, year=table.index.manifest.year), table.groups(hits)):
        if changed and combining.divides_by(text, group.criterion) and _about(group, coverage):
            return _most_changed(table, group, changed, question)
        year = _year(group, periods.years(text), table.index.manifest.year)
        if year is None:
            continue
        if direction:
            rows = _classes(group, coverage, direction)
            if rows:
                return _sum(table, group, rows, year, question)
            continue
        if combining.together(text) and _is_meant_whole(group, coverage):
            return _all_together(table, group, year, question)
        if not combining.divides_by(text, group.criterion) or not _about(group, coverage):
            continue
        # no table says which end of its levels is up
        of_end = group.criterion == LEVELS and combining.end_of_scale(text)
        if largest and not of_end and not periods.trend(text):
            return _largest(group, year, largest, question)
        if combining.together(text):
            return _all_together(table, group, year, question)
        if (of_end or combining.breakdown(text)) and not asked.change(text):
            return _parts(table, group, year, question)
    return None


def _about(group: Group, coverage: Coverage) -> bool:
    """Whether the question speaks of what the group divides, and not of one class alone."""
    if group.criterion == LEVELS and _names_row(group, coverage):
        return False
    if group.name != group.criterion and (rest := group.name.rpartition("的")[2]) != group.name:
        return coverage.named(rest) >= NAMED
    return True


def _dated(group: Group, year: str) -> Group:
    """Return the group with figures that have no year said to be of the report's."""
    if any(row.periods for row in group.rows):
        return group
    return replace(group, rows=tuple(row.dated(year) for row in group.rows))


def _is_meant_whole(group: Group, coverage: Coverage) -> bool:
    """Whether the question names a group that goes by what it counts, and none of its rows, or
    all of them.
    """
    whole = group.criterion in (group.name, LEVELS)
    if not whole or coverage.named(group.name) < CLEAR:
        return False
    named = [coverage.named(group.member(row)) >= NAMED_ROW for row in group.rows]
    return all(named) or not any(named)


def _names_row(group: Group, coverage: Coverage) -> bool:
    return any(coverage.named(group.member(row)) >= NAMED_ROW for row in group.rows)


def _year(group: Group, years: Sequence[str], report_year: str) -> str | None:
    """Return the one year that is asked for, where the whole group has a figure of it."""
    wanted = list(years) or [report_year]
    if len(wanted) > 1 or any(row.figure(wanted[0]) is None for row in group.rows):
        return None
    return wanted[0]


def _classes(group: Group, coverage: Coverage, direction: int) -> list[Row]:
    """Return the rows from the class that the question names on, up or down the scale."""
    places = [_place(group.member(row)) for row in group.rows]
    if None in places:
        return []
    named = [row for row in group.rows if coverage.named(group.member(row)) >= NAMED_ROW]
    if len(named) != 1:
        return []
    start = _place(group.member(named[0])) or 0
    return [
        row
        for row, place in zip(group.rows, places, strict=True)
        if place is not None and (place - start) * direction >= 0
    ]


def _place(label: str) -> int | None:
    return next((i for i, name in enumerate(_SCALE) if name in label), None)


def _figures(rows: Sequence[Row], year: str) -> list[Figure]:
    return [figure for row in rows if (figure := row.figure(year)) is not None]


def _sum(
    table: Table, group: Group, rows: list[Row], year: str, question: Question
) -> FigureAnswer:
    """Add the classes up, and give their share of the whole where that is asked for."""
    figures = _figures(rows, year)
    total = sum((figure.value for figure in figures), Decimal(0))
    unit = wording.unit(figures[0], question.language)
    said = _listed(group, rows, year, question)
    working = f"{sums.plus(figures)} = {total:,} {unit}"
    said += f"{working}。" if question.language == "zh" else f" {working}."
    cited = list(rows)
    if asked.share(question.text) and (whole := table.total(group, year)):
        whole_figure = _figures([whole], year)[0]
        cited.append(whole)
        label = wording.label(whole_figure, question.language)
        value = wording.printed_value(whole_figure, question.language)
        percent = sums.percent(total, whole_figure.value)
        summed = sums.plus(figures)
        working = f"({summed}) ÷ {whole_figure.value:,} = {percent}"
        if question.language == "zh":
            said += f"{label} {value} [{len(cited)}]；{working}。"
        else:
            said += f" {label[0].upper()}{label[1:]}: {value} [{len(cited)}]; {working}."
    return FigureAnswer(said, tuple(row.evidence(n) for n, row in enumerate(cited, 1)))


def _all_together(table: Table, group: Group, year: str, question: Question) -> FigureAnswer:
    """Add all parts up, and hold the sum against the whole that the report gives."""
    figures, language = _figures(group.rows, year), question.language
    total = sum((figure.value for figure in figures), Decimal(0))
    summed = sums.plus(figures)
    said = _listed(group, group.rows, year, question)
    working = f"{summed} = {total:,} {wording.unit(figures[0], language)}"
    said += f"{working}。" if language == "zh" else f" {working}."
    rows = list(group.rows)
    if whole := table.total(group, year):
        rows.append(whole)
        figure = _figures([whole], year)[0]
        said += sums.against_whole(total, summed, figure, len(rows), language)
    return FigureAnswer(said, tuple(row.evidence(n) for n, row in enumerate(rows, 1)))


def _largest(group: Group, year: str, direction: int, question: Question) -> FigureAnswer:
    """Say which class has most or least; the others follow."""
    rows = sorted(group.rows, key=lambda row: -direction * _figures([row], year)[0].value)
    figure = _figures([rows[0]], year)[0]
    name = _member(group, rows[0], question.language)
    value = wording.printed_value(figure, question.language)
    if question.language == "zh":
        word = "最高" if direction > 0 else "最低"
        said = f"{year} 年{word}的是{name}：{value} [1]。\n\n"
    else:
        word = "highest" if direction > 0 else "lowest"
        said = f"The {word} in {year} is {name}: {value} [1].\n\n"
    said += _listed(group, rows, year, question)
    return FigureAnswer(said, tuple(row.evidence(n) for n, row in enumerate(rows, 1)))


def _most_changed(
    table: Table, group: Group, direction: int, question: Question
) -> FigureAnswer | None:
    """Say which class rose (1) or fell (-1) most between two years; the others follow."""
    years = periods.years(question.text) or [table.index.manifest.year]
    first, last = years[0] if len(years) > 1 else str(int(years[0]) - 1), years[-1]
    before, after = _figures(group.rows, first), _figures(group.rows, last)
    if not len(before) == len(after) == len(group.rows):
        return None
    changes = zip(group.rows, before, after, strict=True)
    ranked = sorted(changes, key=lambda c: -direction * (c[2].value - c[1].value))
    language = question.language
    worded = [
        f"{_member(group, row, language)}{'：' if language == 'zh' else ': '}"
        f"{sums.difference(old, new, language)} [{number}]"
        for number, (row, old, new) in enumerate(ranked, 1)
    ]
    if (ranked[0][2].value - ranked[0][1].value) * direction <= 0:
        lead = wording.NO_CHANGE[language][direction].format(first=first, last=last)
    else:
        lead = wording.MOST_CHANGED[language][direction].format(first=first, last=last)
    said = f"{lead}{worded[0]}" + ("。\n\n" if language == "zh" else ".\n\n")
    said += ("；" if language == "zh" else "; ").join(worded[1:])
    said += "。" if language == "zh" else "."
    return FigureAnswer(said, tuple(row.evidence(n) for n, (row, *_) in enumerate(ranked, 1)))


def _parts(table: Table, group: Group, year: str, question: Question) -> FigureAnswer:
    """State every part and the whole, with the shares where they are asked for."""
    language, rows = question.language, list(group.rows)
    said = _listed(group, rows, year, question)
    if whole := table.total(group, year):
        rows.append(whole)
        figure = _figures([whole], year)[0]
        name = wording.label(figure, language)
        value = wording.printed_value(figure, language)
        said += (
            f"{name}：{value} [{len(rows)}]。"
            if language == "zh"
            else f" {name[0].upper()}{name[1:]}: {value} [{len(rows)}]."
        )
        if asked.share(question.text):
            said += "\n\n" + "\n".join(
                f"- {_member(group, row, language)}: {part.value:,} ÷ {figure.value:,} = "
                f"{sums.percent(part.value, figure.value)}"
                for row, part in zip(group.rows, _figures(group.rows, year), strict=True)
            )
    return FigureAnswer(said, tuple(row.evidence(n) for n, row in enumerate(rows, 1)))


def whole_group(
    table: Table, rows: Sequence[Row], hits: Sequence[Hit], question: Question
) -> FigureAnswer | None:
    """State the whole group where the rows that were chosen are all of its parts."""
    chosen = {row.hit.entry for row in rows}
    years = periods.years(question.text)
    for group in table.groups(hits) if len(rows) > 1 else ():
        year = _year(group, years, table.index.manifest.year)
        if year and chosen == {row.hit.entry for row in group.rows}:
            return _parts(table, group, year, question)
    return None


def _listed(group: Group, rows: Sequence[Row], year: str, question: Question) -> str:
    """List the rows' figures of a year with their marks, which count from 1."""
    language = question.language
    parts = [
        f"{_member(group, row, language)}{'：' if language == 'zh' else ': '}"
        f"{wording.printed_value(figure, language)} [{number}]"
        for number, (row, figure) in enumerate(zip(rows, _figures(rows, year), strict=True), 1)
    ]
    if language == "zh":
        return f"{year} 年{group.name}：{'；'.join(parts)}。"
    name = in_english(group.name) or f"“{group.name}”"
    return f"{name[0].upper()}{name[1:]}, {year}: {'; '.join(parts)}."


def _member(group: Group, row: Row, language: str) -> str:
    label = group.member(row)
    return label if language == "zh" else in_english(label) or f"“{label}”"
