"""What is worked out from the cells of one row: a change, a mean, a sum, the spread."""

from collections.abc import Sequence
from decimal import Decimal

from index.passage import FigureEntry
from index.table import Figure
from rag import amounts, asked, combining, periods, sums, wording
from rag.question import Question

# What there is at one time, or measures a whole, does not add up over the years.
_NOT_ADDED = frozenset(("人", "名", "位", "家", "个", "户", "%", "‰", "分"))


def stated(
    cells: Sequence[FigureEntry], number: int, question: Question, *, changes: bool
) -> tuple[str, bool]:
    """State the cells of a row, cited as ``number``, and work out what is asked for; tell whether
    there was something to work out.
    """
    text, language = question.text, question.language
    said = wording.state(cells, number, language)
    figures = [cell.figure for cell in cells]
    if len(cells) < 2:
        return said, False
    if len({figure.scope for figure in figures}) > 1:  # of one year: the sum of several places
        same_year = len({figure.period for figure in figures}) == 1
        if combining.together(text) and same_year and figures[0].unit not in ("%", "‰"):
            return said + _added(figures, language), True
        if changes and len(figures) == 2 and all(periods.quarters(f.scope) for f in figures):
            return said + sums.between_quarters(figures[0], figures[1], language), True
        return said, False
    if asked.spread(text):
        return said + _spread(figures, language), True
    if extreme := asked.extreme(text):
        chosen = max(figures, key=lambda figure: extreme * figure.value)
        said += wording.extreme(chosen, extreme, language)
    if combining.average(text):
        return _mean(cells, number, language), True
    if combining.compound(text) and all(figure.value > 0 for figure in figures):
        return said + _compound(figures[0], figures[-1], language), True
    if changes:
        return said + sums.change(figures[0], figures[-1], language), True
    if combining.together(text) and not extreme and figures[0].unit not in _NOT_ADDED:
        return said + _added(figures, language), True
    return said, bool(extreme)


def _mean(row: Sequence[FigureEntry], number: int, language: str) -> str:
    """State the cells of a row, and their average."""
    figures = [cell.figure for cell in row]
    result = sums.rounded(sum((f.value for f in figures), Decimal(0)) / len(figures))
    summed = sums.plus(figures)
    working = f"({summed}) ÷ {len(figures)} = {result:,} {wording.unit(figures[0], language)}"
    said = wording.state(row, number, language)
    return f"{said}平均：{working}。" if language == "zh" else f"{said} Average: {working}."


def _compound(first: Figure, last: Figure, language: str) -> str:
    """Show the compound annual growth rate between two years."""
    years = int(last.period) - int(first.period)
    growth = (last.value / first.value) ** (Decimal(1) / years) - 1
    rate = sums.rounded(growth * 100)
    working = f"({last.value:,} ÷ {first.value:,})^(1/{years}) − 1 = {sums.sign(rate)}{abs(rate)}%"
    if language == "zh":
        return f"{first.period} 年到 {last.period} 年的年均复合增长率：{working}。"
    return f" Compound annual growth from {first.period} to {last.period}: {working}."


def _added(figures: Sequence[Figure], language: str) -> str:
    """Add the figures of one row up."""
    result = sum((figure.value for figure in figures), Decimal(0))
    summed = sums.plus(figures)
    worked = f"{summed} = {result:,} {wording.unit(figures[0], language)}"
    money = amounts.find_amounts(f"{result} {figures[0].unit}")
    if language == "en" and money and money[0].unit == "CNY":
        worked = f"{summed} = {result:,} {figures[0].unit} ({amounts.to_english(money[0])})"
    return f"合计：{worked}。" if language == "zh" else f" Total: {worked}."


def _spread(figures: Sequence[Figure], language: str) -> str:
    """Say which figure of a row is the largest and which the smallest, and how far apart."""
    least, most = (pick(figures, key=lambda figure: figure.value) for pick in (min, max))
    worked = sums.difference(least, most, language)
    shown = [f"{f.period} {wording.printed_value(f, language)}" for f in (most, least)]
    if language == "zh":
        return f"最高为 {shown[0]}，最低为 {shown[1]}，相差：{worked}。"
    return f" The highest is {shown[0]}, the lowest {shown[1]}; apart by: {worked}."
