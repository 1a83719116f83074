"""Work answers out from the figures of rows: shares, ratios, sums, differences, averages."""

import re
from collections.abc import Sequence

from index.table import Figure
from rag import asked, combining, periods, sums
from rag.question import Question
from rag.rows import FigureAnswer, Row, Table, group_name
from rag.subject import dull

NAMED = 0.7  # share of a row's label that the question must name for sums with it

_PER = re.compile(r"(?:每|平均)一?(次|场|人|名|家|件|个)")
_ALL_STAFF = re.compile(r"^(?:在职)?员工(?:总人?数|人数)$")
_PEOPLE = ("人", "名")
TOTAL = re.compile(r"总|合计|全部|小计")
_COUNTED = frozenset(("人", "名", "位", "次", "人次", "件", "个", "家", "份", "场"))


def work_out(table: Table, rows: Sequence[Row], question: Question) -> FigureAnswer | None:
    """Combine the figures of one year as the question asks, or the sums of two years; None where
    it asks for no sum.
    """
    text = question.text
    years = periods.years(text) or [table.index.manifest.year]
    # a row that the question names in part may be of something else: 研发人员 for 管理人员
    if not asked.each(text) and any(row.named < NAMED for row in rows):
        return None
    if len(years) == 2 and len(rows) > 1 and combining.added(text):
        return _change_of_sum(_as_named(rows), sorted(years), question)
    if asked.share(text) and (len(years) > 1 or periods.trend(text)):
        return _share_over_years(table, rows, periods.years(text), question)
    if len(years) != 1:
        return None
    if len(rows) > 2:
        return _sum_of_all(_as_named(rows), years[0], question)
    if asked.share(text) and not combining.sexes(text):
        return _share(table, rows, years[0], question)
    return _of_two(_as_named(rows), years[0], question)


def _of_two(rows: Sequence[Row], year: str, question: Question) -> FigureAnswer | None:
    """Show the gap, the ratio or the sum of two rows, or how much of one there is for each."""
    text = question.text
    figures = [row.figure(year) for row in rows]
    if len(rows) != 2 or figures[0] is None or figures[1] is None:
        return None
    first, second = figures[0], figures[1]
    said = None
    if first.unit == second.unit:
        if combining.gap(text):
            said = sums.gap(first, second, 1, 2, question)
        elif combining.ratio(text) and second.value:
            said = sums.ratio(first, second, 1, 2, question)
        elif combining.together(text) and not TOTAL.search(first.metric + second.metric):
            said = sums.total([first, second], [1, 2], question)
    elif asked.each(text) and _counts(first, second, text) != _counts(second, first, text):
        at, count_at = (1, 2) if _counts(second, first, text) else (2, 1)
        amount, count = (first, second) if at == 1 else (second, first)
        if count.value:
            said = sums.each(amount, count, at, count_at, question)
    if said is None:
        return None
    return FigureAnswer(said, tuple(row.evidence(n) for n, row in enumerate(rows, 1)))


def _counts(figure: Figure, other: Figure, text: str) -> bool:
    """Whether one of two figures counts what there is so much for each of: 每次 names the unit."""
    per = _PER.search(text)
    if per and (figure.unit == per[1]) != (other.unit == per[1]):
        return figure.unit == per[1]
    return figure.unit in _COUNTED


def _sum_of_all(rows: Sequence[Row], year: str, question: Question) -> FigureAnswer | None:
    """Add up more than two rows, where the question asks for that and none is itself a total."""
    figures = [figure for row in rows if (figure := row.figure(year)) is not None]
    units = {figure.unit for figure in figures}
    if len(figures) < len(rows) or len(units) > 1 or not combining.together(question.text):
        return None
    wholes = [row for row in rows if TOTAL.search(row.cells[0].figure.metric)]
    parts = [row for row in rows if row not in wholes]
    if len(wholes) == 1 and asked.share(question.text) and _of_one_group(parts):
        return _share_of_sum(parts, wholes[0], year, question)
    if wholes:
        return None
    said = sums.total(figures, range(1, len(figures) + 1), question)
    return FigureAnswer(said, tuple(row.evidence(n) for n, row in enumerate(rows, 1)))


def _change_of_sum(
    rows: Sequence[Row], years: Sequence[str], question: Question
) -> FigureAnswer | None:
    """Add rows of one unit up in two years, and show how the sum changed."""
    cells = [[c for y in years for c in row.cells if c.figure.period == y] for row in rows]
    if any(len(each) != len(years) for each in cells) or len({row.unit for row in rows}) > 1:
        return None
    if not asked.change(question.text) and not combining.gap(question.text):
        return None
    said = sums.change_of_sum(cells, question.language)
    return FigureAnswer(said, tuple(row.evidence(n) for n, row in enumerate(rows, 1)))


def complement(
    table: Table, rows: Sequence[Row], year: str, question: Question
) -> FigureAnswer | None:
    """Take one row from its whole: what there is besides."""
    if len(rows) > 2 or not (whole := _whole_of(table, rows[0], year)):
        return None
    figures = [row.figure(year) for row in (whole, rows[0])]
    if figures[0] is None or figures[1] is None or figures[0].unit != figures[1].unit:
        return None
    said = sums.gap(figures[0], figures[1], 1, 2, question)
    return FigureAnswer(said, (whole.evidence(1), rows[0].evidence(2)))


def _whole_of(table: Table, row: Row, year: str) -> Row | None:
    """Return the total of a row; of people, where its table has none, all employees."""
    if total := _total_of(table, row):
        return total
    staff = table.named(_ALL_STAFF, year) if row.unit in _PEOPLE else []
    return staff[0] if staff and staff[0].hit.entry != row.hit.entry else None


def _as_named(rows: Sequence[Row]) -> list[Row]:
    """Put two rows into the order in which the question names them."""
    return sorted(
        rows,
        key=lambda row: min(
            (at for at in row.covered if any(at not in other.covered for other in rows)),
            default=0,
        ),
    )


def _share(table: Table, rows: Sequence[Row], year: str, question: Question) -> FigureAnswer | None:
    """Divide a part by its whole: the other row, or the total of the same table and unit."""
    if rows[0].is_share:
        return None  # the share is printed
    if len(rows) == 2 and combining.together(question.text) and _of_one_group(rows):
        return _share_of_sum(rows, _total_of(table, rows[0]), year, question)
    pair = list(rows)
    if len(pair) == 1 and (total := _total_of(table, rows[0])):
        pair.append(total)
    if len(pair) == 1 or _of_two_groups(pair):
        return None
    figures = [row.figure(year) for row in pair]
    if figures[0] is None or figures[1] is None or figures[0].unit != figures[1].unit:
        return None
    order = sorted(range(2), key=lambda i: figures[i].value)  # type: ignore[union-attr]
    part, whole = figures[order[0]], figures[order[1]]
    if part is None or whole is None or not whole.value:
        return None
    said = sums.share(part, whole, order[0] + 1, order[1] + 1, question)
    return FigureAnswer(said, tuple(row.evidence(n) for n, row in enumerate(pair, 1)))


def _share_over_years(
    table: Table, rows: Sequence[Row], years: Sequence[str], question: Question
) -> FigureAnswer | None:
    """Divide a part by its whole for each of the years, or for all that both have."""
    if rows[0].is_share or len(rows) > 2:
        return None  # the share is printed
    whole = rows[1] if len(rows) == 2 else _total_of(table, rows[0])
    if whole is None or whole.unit != rows[0].unit:
        return None
    held = [year for year in rows[0].periods if year in whole.periods]
    pairs = [(rows[0].figure(year), whole.figure(year)) for year in years or held]
    figures = [(part, of) for part, of in pairs if part and of and 0 < part.value <= of.value]
    if len(figures) < max(len(pairs), 2):
        return None
    said = sums.shares(figures, question)
    return FigureAnswer(said, (rows[0].evidence(1), whole.evidence(2)))


def _of_one_group(rows: Sequence[Row]) -> bool:
    names = {group_name(row.cells[0].figure) for row in rows}
    return len(names) == 1 and "" not in names


def _of_two_groups(rows: Sequence[Row]) -> bool:
    """Whether each is a part by another criterion: who of the women holds a degree, is not told."""
    names = {group_name(row.cells[0].figure) for row in rows}
    return len(names) > 1 and "" not in names


def _share_of_sum(
    rows: Sequence[Row], whole: Row | None, year: str, question: Question
) -> FigureAnswer | None:
    """Divide parts together by the whole of their group."""
    cited = [*rows, whole] if whole else []
    figures = [figure for row in cited if (figure := row.figure(year))]
    if len(figures) < 3 or len({figure.unit for figure in figures}) > 1:
        return None
    said = sums.share_of_sum(figures, question)
    return FigureAnswer(said, tuple(row.evidence(n) for n, row in enumerate(cited, 1)))


def _total_of(table: Table, row: Row) -> Row | None:
    """Return the row that a group with this row adds up to, else the one of the same table and
    unit that says it is the total.
    """
    for group in table.groups([row.hit]):
        if row.periods and (total := table.total(group, row.periods[-1])):
            return total
    passage, label = row.hit.entry.passage, row.cells[0].figure.metric
    for other in table.rows_of(passage, row.hit.score):
        metric = other.cells[0].figure.metric
        if other.unit != row.unit or not TOTAL.search(metric):
            continue
        # of other key figures a total is none: the R&D staff are no whole of the women
        if group_name(row.cells[0].figure) or dull().sub("", metric) in label:
            return None if other.hit.entry == row.hit.entry else other
    return None


_LESS_IS_BETTER = re.compile(
    r"返修|投诉|不良|事故|流失|离职|损耗|能耗|排放|违规|违约|缺陷|退货|工伤|伤亡|报废|故障|逾期|用水|用电|废[水气物弃]"
)
_MORE_IS_BETTER = re.compile(
    r"合格|满意|覆盖|达成|完成|解决|通过|及时|准确|达标|签订|返岗|处置|回收|利用|准时|良品|收入|利润|培训"
)
_GOAL = re.compile(r"目标|计划|指标值")
_RESULT = re.compile(r"达成|实际|完成|结果")


def against_target(row: Row, year: str, language: str) -> str:
    """Say how a row's result of a year stands to its target; "" where it has not both."""
    goal, result = _goal_and_result(row, year)
    if goal is None or result is None:
        return ""
    return sums.against_target(goal, result, _better(goal), language)


def target_met(row: Row, year: str) -> bool | None:
    """Tell whether a row's result of a year met its target; None where that is not known."""
    goal, result = _goal_and_result(row, year)
    if goal is None or result is None:
        return None
    return sums.is_met(goal, result, _better(goal))


def _goal_and_result(row: Row, year: str) -> tuple[Figure | None, Figure | None]:
    cells = [cell.figure for cell in row.cells if cell.figure.period in (year, "")]
    results = [f for f in cells if _RESULT.search(f.scope)]
    goals = [f for f in cells if _GOAL.search(f.scope) and f not in results]
    if len(results) != 1 or len(goals) != 1 or results[0].unit != goals[0].unit:
        return None, None
    return goals[0], results[0]


def _better(figure: Figure) -> int:
    """Return 1 where more of it is better, -1 where less is, 0 where that is not known."""
    label = f"{figure.group} {figure.metric}"
    return bool(_MORE_IS_BETTER.search(label)) - bool(_LESS_IS_BETTER.search(label))
