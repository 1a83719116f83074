"""Word sums worked out from the report's figures, each with its working, in either language."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from index.passage import FigureEntry
from index.table import Figure
from rag import amounts
from rag.question import Question
from rag.wording import label, printed_value, state, unit, unit_in_english

_HUNDREDTH = Decimal("0.01")


def change(first: Figure, last: Figure, language: str) -> str:
    """Show the difference of two cells with its working, and the rate where it is no rate."""
    difference = last.value - first.value
    signed = sign(difference)
    working = f"{last.value:,} − {first.value:,} = {signed}{abs(difference):,}"
    is_rate = first.unit in ("%", "‰")
    if first.unit == "%":
        unit = "个百分点" if language == "zh" else "percentage points"
    else:
        unit = first.unit if language == "zh" or is_rate else unit_in_english(first.unit)
    rate = ""
    if not is_rate and first.value > 0:
        percent = rounded(difference / first.value * 100)
        result = f"{sign(percent)}{abs(percent)}%"
        rate = f"({last.value:,} − {first.value:,}) ÷ {first.value:,} = {result}"
    money = amounts.find_amounts(f"{abs(difference)} {first.unit}")
    if language == "en" and money and money[0].unit == "CNY":
        unit = f"{first.unit} ({signed}{amounts.to_english(money[0])})"
    if language == "zh":
        said = f"{first.period} 年到 {last.period} 年：{working} {unit}"
        return f"{said}{f'；{rate}' if rate else ''}。"
    said = f" From {first.period} to {last.period}: {working} {unit}"
    return f"{said}{f'; {rate}' if rate else ''}."


def change_of_sum(rows: Sequence[Sequence[FigureEntry]], language: str) -> str:
    """Add rows up, each given by its cells of two years, and show how the sum changed."""
    sums = []
    lines = [state(cells, number, language) for number, cells in enumerate(rows, 1)]
    for cells in zip(*rows, strict=True):
        figures = [cell.figure for cell in cells]
        added = sum((figure.value for figure in figures), Decimal(0))
        summed = plus(figures)
        worked = f"{summed} = {added:,} {unit(figures[0], language)}"
        period = figures[0].period
        lines.append(f"{period} 年合计：{worked}。" if language == "zh" else f"{period}: {worked}.")
        sums.append(replace(figures[0], value=added))
    return "\n\n".join([*lines, change(sums[0], sums[-1], language).strip()])


def difference(first: Figure, last: Figure, language: str) -> str:
    """Show the difference of two figures of one row: 5 − 3 = +2 人."""
    result = last.value - first.value
    space = "" if last.unit in ("%", "‰") else " "
    worked = f"{last.value:,} − {first.value:,} = {sign(result)}{abs(result):,}"
    return f"{worked}{space}{unit(last, language)}"


def between_quarters(first: Figure, last: Figure, language: str) -> str:
    """Show how much more there was in the last of two quarters."""
    worked = difference(first, last, language)
    if language == "zh":
        return f"{first.scope}到{last.scope}：{worked}。"
    return f" The difference: {worked}."


def gap(first: Figure, second: Figure, at: int, second_at: int, question: Question) -> str:
    """Show by how much one figure is more than another."""
    difference = first.value - second.value
    space = "" if first.unit in ("%", "‰") else " "
    working = (
        f"{first.value:,} − {second.value:,} = {'−' if difference < 0 else ''}{abs(difference):,}"
        f"{space}{unit(first, question.language)}"
    )
    return _worked([(first, at), (second, second_at)], working, question.language)


def total(figures: Sequence[Figure], numbers: Sequence[int], question: Question) -> str:
    """Add figures of one unit up."""
    result = sum((figure.value for figure in figures), Decimal(0))
    working = f"{plus(figures)} = {result:,}"
    working += f" {unit(figures[0], question.language)}"
    return _worked(list(zip(figures, numbers, strict=True)), working, question.language)


def ratio(first: Figure, second: Figure, at: int, second_at: int, question: Question) -> str:
    """Show the ratio of one figure to another."""
    quotient = rounded(first.value / second.value)
    working = f"{first.value:,} ÷ {second.value:,} = {quotient}"
    working += f"（{quotient} : 1）" if question.language == "zh" else f" ({quotient} : 1)"
    return _worked([(first, at), (second, second_at)], working, question.language)


def quotient(
    first: Figure, second: Figure, result: str, unit_of_result: str, question: Question
) -> str:
    """Work a ratio out: ``first`` ÷ ``second``, cited as [1] and [2], is its ``result``, which
    may be without a name ("").
    """
    one, two = _amount(first), _amount(second)
    if unit_of_result == "/":
        working = _each(first, second, question.language)
    else:
        by_hundred = unit_of_result == "%"
        value = f"{rounded(one / two)}"
        working = (
            f"{_plain(first)} ÷ {_plain(second)} = {percent(one, two) if by_hundred else value}"
        )
    if result:
        lead = result if question.language == "zh" else f"{result[0].upper()}{result[1:]}"
        working = f"{lead} = {working}"
    return _worked([(first, 1), (second, 2)], working, question.language)


def against_target(goal: Figure, result: Figure, better: int, language: str) -> str:
    """Say how a result stands to its target; ``better`` is 1 where more is better, -1 where less
    is, 0 where that is not known.
    """
    way = (result.value > goal.value) - (result.value < goal.value)
    met = is_met(goal, result, better)
    gap = result.value - goal.value
    apart = f"{result.value:,} − {goal.value:,} = {sign(gap)}{abs(gap):,}"
    if goal.unit == "%":
        apart += " 个百分点" if language == "zh" else " percentage points"
    else:
        apart += f" {unit(goal, language)}"
    if language == "zh":
        said = ("等于", "高于", "低于")[way]
        by = f"，{apart}" if way else ""
        verdict = {True: "，达成目标", False: "，未达成目标", None: ""}[met]
        return f"实际 {result.printed} {said}目标 {goal.printed}{by}{verdict}。"
    said = ("equal to", "above", "below")[way]
    verdict = {True: ": the target was met", False: ": the target was not met", None: ""}[met]
    by = f", {apart}" if way else ""
    return f" The result, {result.printed}, is {said} the target of {goal.printed}{by}{verdict}."


def is_met(goal: Figure, result: Figure, better: int) -> bool | None:
    """Tell whether a result meets its target; None where it is not known which way is better."""
    way = (result.value > goal.value) - (result.value < goal.value)
    return way in (0, better) if better or not way else None


def against_whole(total: Decimal, summed: str, whole: Figure, number: int, language: str) -> str:
    """Say whether a sum is the whole that the report gives, cited as ``number``."""
    gap = abs(whole.value - total)
    printed, name = printed_value(whole, language), label(whole, language)
    working = f"{whole.value:,} − ({summed}) = {'−' if total > whole.value else ''}{gap:,}"
    if language == "zh":
        verdict = "两者一致" if not gap else f"两者不一致，相差 {gap:,} {whole.unit}（{working}）"
        return f"报告给出的{name}为 {printed} [{number}]，{verdict}。"
    verdict = "the two agree" if not gap else (
        f"the two do not agree: they differ by {gap:,} ({working})"
    )  # fmt: skip
    return f" The report's {name} is {printed} [{number}]; {verdict}."


def percent(part: Decimal, whole: Decimal) -> str:
    """Return what percentage one number is of another, to two decimals."""
    return f"{rounded(part / whole * 100)}%"


def share(part: Figure, whole: Figure, part_at: int, whole_at: int, question: Question) -> str:
    """Say what share one figure is of another."""
    working = f"{part.value:,} ÷ {whole.value:,} = {percent(part.value, whole.value)}"
    return _worked([(part, part_at), (whole, whole_at)], working, question.language)


def shares(figures: Sequence[tuple[Figure, Figure]], question: Question) -> str:
    """Say what share one figure, cited as [1], is of another, [2], in each of several years."""
    zh, (part, whole) = question.language == "zh", figures[0]
    worked = [
        f"{p.period}{' 年：' if zh else ': '}{p.value:,} ÷ {w.value:,} = "
        f"{percent(p.value, w.value)}"
        for p, w in figures
    ]
    of = f"{label(part, question.language)} [1] ÷ {label(whole, question.language)} [2]"
    if zh:
        return f"{of}：{'；'.join(worked)}。"
    return f"{of[0].upper()}{of[1:]}: {'; '.join(worked)}."


def share_of_sum(figures: Sequence[Figure], question: Question) -> str:
    """Say what share figures together are of the last one; each is cited by its place."""
    *parts, whole = figures
    total = sum((figure.value for figure in parts), Decimal(0))
    summed = plus(parts)
    added = f"{summed} = {total:,} {unit(whole, question.language)}"
    working = f"{added}；{total:,}" if question.language == "zh" else f"{added}; {total:,}"
    working += f" ÷ {whole.value:,} = {percent(total, whole.value)}"
    numbered = [(figure, number) for number, figure in enumerate(figures, 1)]
    return _worked(numbered, working, question.language)


def each(amount: Figure, count: Figure, at: int, count_at: int, question: Question) -> str:
    """Say how much of one figure there is for each of another."""
    working = _each(amount, count, question.language)
    return _worked([(amount, at), (count, count_at)], working, question.language)


def _each(amount: Figure, count: Figure, language: str) -> str:
    """Show how much there is for each; of money in the scale that suits the result."""
    found = amounts.find_amounts(_plain(amount))
    if not found or found[0].unit != "CNY":
        result = f"{rounded(amount.value / count.value):,} {unit(amount, language)}"
        per = f"/{count.unit}" if language == "zh" else " each"
        return f"{amount.value:,} ÷ {count.value:,} = {result}{per}"
    each = (found[0].value / count.value).quantize(Decimal(1), ROUND_HALF_UP)
    if language == "en":
        return f"{amounts.to_english(found[0])} ÷ {count.value:,} = RMB {each:,} each"
    value = (
        f"{each:,} 元"
        if each < 10**4
        else f"{rounded(found[0].value / count.value / 10**4):,} 万元"
    )
    return f"{_plain(amount)} ÷ {count.value:,} = {value}/{count.unit}"


def _plain(figure: Figure) -> str:
    """A figure's number with its unit, without bold stars and the like."""
    space = "" if figure.unit in ("%", "‰", "") else " "
    return f"{figure.value:,}{space}{figure.unit}"


def _amount(figure: Figure) -> Decimal:
    """A figure's value in its plain unit: 亿元 and 万元 in 元."""
    found = amounts.find_amounts(_plain(figure))
    return found[0].value if found else figure.value


def _worked(entries: Sequence[tuple[Figure, int]], working: str, language: str) -> str:
    """State figures with their marks, then what is worked out from them."""
    parts = [
        f"{label(figure, language)} {printed_value(figure, language)} [{number}]"
        for figure, number in entries
    ]
    period = entries[0][0].period
    if language == "zh":
        return f"{f'{period} 年' if period else ''}{'，'.join(parts)}。{working}。"
    return f"{f'{period}: ' if period else ''}{', '.join(parts)}. {working}."


def rounded(value: Decimal) -> Decimal:
    """Return a value with two decimals."""
    return value.quantize(_HUNDREDTH, ROUND_HALF_UP)


def plus(figures: Sequence[Figure]) -> str:
    """Return the figures as the working of their sum."""
    return " + ".join(f"{figure.value:,}" for figure in figures)


def sign(value: Decimal) -> str:
    """Return the sign of a difference, with that of a rise."""
    return "+" if value > 0 else "−" if value < 0 else ""
