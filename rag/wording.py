"""Word the report's figures, and arithmetic on them with its working, in either language."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from index.labels import in_english
from index.passage import FigureEntry
from index.table import Figure
from rag import amounts
from rag.question import Question

AMBIGUOUS = {
    "zh": "报告中有几个相近的指标，请看是否为其中之一：",
    "en": "The report has several figures that may be meant:",
}
PREMISE = {
    "zh": {
        1: "与所问相反，该指标是增加的。",
        -1: "与所问相反，该指标是减少的。",
        0: "该指标没有变化。",
    },
    "en": {
        1: "The premise does not hold: the figure increased. ",
        -1: "The premise does not hold: the figure decreased. ",
        0: "The premise does not hold: the figure did not change. ",
    },
}
_NO_SCOPE = ("", "数量", "金额", "数值", "人数")  # column names that add nothing
_HUNDREDTH = Decimal("0.01")


def state(cells: Sequence[FigureEntry], number: int, language: str) -> str:
    """State the cells of one row, with the mark of the evidence that they are from."""
    label = worded_label(cells[0], language)
    period = cells[0].figure.period
    if len(cells) == 1 and period:
        scope = _scope(cells[0].figure, language)
        value = printed_value(cells[0].figure, language)
        if language == "zh":
            said = f"{period} 年{scope}{label}：{value} [{number}]。"
        else:
            said = f"{label}{scope}, {period}: {value} [{number}]."
    else:
        values = [_dated_value(cell.figure, language) for cell in cells]
        if language == "zh":
            said = f"{label}：{'；'.join(values)} [{number}]。"
        else:
            said = f"{label}: {'; '.join(values)} [{number}]."
    return said + _notes(cells, language)


def extreme(figure: Figure, direction: int, language: str) -> str:
    """Say which of several cells is the largest (1) or the smallest (-1)."""
    value = printed_value(figure, language)
    if language == "zh":
        return f"{'最高' if direction > 0 else '最低'}的是 {figure.period} 年：{value}。"
    return f" The {'highest' if direction > 0 else 'lowest'} is {figure.period}: {value}."


def change(first: Figure, last: Figure, language: str) -> str:
    """Show the difference of two cells with its working, and the rate where it is no rate."""
    difference = last.value - first.value
    sign = _sign(difference)
    working = f"{last.value:,} − {first.value:,} = {sign}{abs(difference):,}"
    is_rate = first.unit in ("%", "‰")
    if first.unit == "%":
        unit = "个百分点" if language == "zh" else "percentage points"
    else:
        unit = first.unit if language == "zh" or is_rate else unit_in_english(first.unit)
    rate = ""
    if not is_rate and first.value > 0:
        percent = _rounded(difference / first.value * 100)
        result = f"{_sign(percent)}{abs(percent)}%"
        rate = f"({last.value:,} − {first.value:,}) ÷ {first.value:,} = {result}"
    money = amounts.find_amounts(f"{abs(difference)} {first.unit}")
    if language == "en" and money and money[0].unit == "CNY":
        unit = f"{first.unit} ({sign}{amounts.to_english(money[0])})"
    if language == "zh":
        said = f"{first.period} 年到 {last.period} 年：{working} {unit}"
        return f"{said}{f'；{rate}' if rate else ''}。"
    said = f" From {first.period} to {last.period}: {working} {unit}"
    return f"{said}{f'; {rate}' if rate else ''}."


def share(part: Figure, whole: Figure, part_at: int, whole_at: int, question: Question) -> str:
    """Say what share one figure is of another."""
    percent = _rounded(part.value / whole.value * 100)
    working = f"{part.value:,} ÷ {whole.value:,} = {percent}%"
    return _worked(part, whole, part_at, whole_at, working, question.language)


def each(amount: Figure, count: Figure, at: int, count_at: int, question: Question) -> str:
    """Say how much of one figure there is for each of another."""
    quotient = _rounded(amount.value / count.value)
    language = question.language
    if language == "zh":
        working = f"{amount.value:,} ÷ {count.value:,} = {quotient:,} {amount.unit}/{count.unit}"
    else:
        printed = f"{quotient} {amount.unit}"
        found = amounts.find_amounts(printed)
        money = found and found[0].unit == "CNY"
        value = f"{printed} ({amounts.to_english(found[0])})" if money else (
            f"{quotient:,} {unit_in_english(amount.unit)}"
        )  # fmt: skip
        working = f"{amount.value:,} ÷ {count.value:,} = {value} each"
    return _worked(amount, count, at, count_at, working, language)


def not_given(cells: Sequence[FigureEntry], years: Sequence[str], language: str) -> str:
    """Say that a row has no figure for these years, and which it has."""
    periods = sorted({cell.figure.period for cell in cells if cell.figure.period})
    label = worded_label(cells[0], language)
    if language == "zh":
        return (
            f"报告未披露 {'、'.join(years)} 年的{label}；已披露的年份：{'、'.join(periods)} [1]。"
        )
    return (
        f"The report does not disclose {label} for {', '.join(years)}; "
        f"it gives {', '.join(periods)} [1]."
    )


def printed_value(figure: Figure, language: str) -> str:
    """Return a cell as printed, with its unit; in English with the amount converted."""
    bare = figure.unit and not figure.printed.endswith(figure.unit)
    space = "" if figure.unit in ("%", "‰") else " "
    printed = f"{figure.printed}{space}{figure.unit}" if bare else figure.printed
    if language == "zh":
        return printed
    found = amounts.find_amounts(printed)
    if not found:
        return printed
    english = amounts.to_english(found[0])
    if found[0].unit == "CNY" or found[0].scale != 1:
        return f"{english} ({printed})"
    unit = "" if figure.unit in ("%", "‰", "") else unit_in_english(figure.unit)
    return f"{english} {unit}".rstrip()


def worded_label(cell: FigureEntry, language: str) -> str:
    """Return a row's label with its group; in English with the Chinese label in brackets."""
    figure = cell.figure
    label = figure.metric
    if figure.group:
        label = f"{figure.group}（{figure.metric.replace(' ', '，')}）"
    elif " " in figure.metric and cell.section and figure.metric.startswith("按"):
        label = f"{cell.section[-1]}（{figure.metric.replace(' ', '，')}）"
    if language == "zh":
        return label
    english = in_english(label.replace("（", " (").replace("）", ")").replace("，", ", "))
    return f"{english[0].upper()}{english[1:]} ({label})" if english else f"“{label}”"


def unit_in_english(unit: str) -> str:
    """Return a unit's English wording, or the unit as it is."""
    return in_english(unit) or unit


def _worked(
    first: Figure, second: Figure, at: int, second_at: int, working: str, language: str
) -> str:
    entries = [(first, at), (second, second_at)]
    if language == "zh":
        year = f"{first.period} 年" if first.period else ""
        given = "，".join(f"{f.metric} {printed_value(f, language)} [{n}]" for f, n in entries)
        return f"{year}{given}。{working}。"
    names = [(in_english(f.metric) or f"“{f.metric}”", f, n) for f, n in entries]
    given = ", ".join(f"{name} {printed_value(f, language)} [{n}]" for name, f, n in names)
    return f"{first.period}: {given}. {working}."


def _dated_value(figure: Figure, language: str) -> str:
    value, scope = printed_value(figure, language), _scope(figure, language)
    if language == "zh":
        return f"{figure.period} 年{scope} {value}" if figure.period else f"{scope} {value}".strip()
    return f"{figure.period}{scope} {value}".strip()


def _scope(figure: Figure, language: str) -> str:
    if figure.scope in _NO_SCOPE:
        return ""
    return figure.scope if language == "zh" else f" {in_english(figure.scope) or figure.scope}"


def _notes(cells: Sequence[FigureEntry], language: str) -> str:
    doubtful = [cell.figure for cell in cells if cell.figure.note]
    if not doubtful:
        return ""
    years = "、".join(sorted({figure.period for figure in doubtful}))
    notes = "；".join(sorted({figure.note for figure in doubtful}))
    if language == "zh":
        return f"（注：{notes}，按列序应为 {years} 年。）"
    return f" (Note: the header of this column is misprinted; by its place it is {years}.)"


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_HUNDREDTH, ROUND_HALF_UP)


def _sign(value: Decimal) -> str:
    return "+" if value > 0 else "−" if value < 0 else ""
